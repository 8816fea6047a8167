//! What waits for what, on the command line.

use std::fs;

use super::program::Program;

/// Two stories; the first waits for the second, which stands below it.
fn waiting() -> Program {
    let program = Program::with_product();
    for title in ["Pay with a saved card", "Check out as a guest"] {
        program.run(["add", title]).ok();
    }
    program.run(["edit", "1", "--blocked-by", "2"]).ok();
    program
}

#[test]
fn a_link_is_shown_from_both_ends() {
    let program = waiting();
    let shown = program.run(["show", "1"]).ok();
    assert!(
        shown.contains("blocked by WEB-2 Check out as a guest (idea, stands below)\n"),
        "{shown}"
    );
    let shown = program.run(["show", "2"]).ok();
    assert!(
        shown.contains("blocks     WEB-1 Pay with a saved card (idea, stands above)\n"),
        "{shown}"
    );
    program.run(["move", "2", "--top"]).ok();
    let shown = program.run(["show", "1"]).ok();
    assert!(
        shown.contains("WEB-2 Check out as a guest (idea)\n"),
        "{shown}"
    );
}

#[test]
fn a_list_says_what_waits_and_what_stands_too_high() {
    let program = waiting();
    let list = || program.run(["list"]).ok();
    assert!(list().contains("idea  misplaced"), "{}", list());
    program.run(["move", "2", "--top"]).ok();
    assert!(list().contains("idea  blocked"), "{}", list());
    assert_eq!(program.run(["list", "is:misplaced"]).ok(), "");
    let blocking = program.run(["list", "is:blocking"]).ok();
    assert!(blocking.contains("WEB-2"), "{blocking}");
    program.run(["step", "2", "drop", "--reason", "no"]).ok();
    assert!(!list().contains("blocked"), "{}", list());
}

#[test]
fn a_circle_is_told_along_its_links() {
    let sentence = waiting().run(["edit", "2", "--blocked-by", "1"]).refused();
    assert!(
        sentence.contains("WEB-2 waits for WEB-1, which waits for WEB-2."),
        "{sentence}"
    );
}

#[test]
fn a_blocker_whose_story_is_gone_is_shown_and_can_be_taken_away_by_its_id() {
    let program = waiting();
    let id = program.story("2")["id"].as_str().unwrap().to_owned();
    fs::remove_file(program.data().join(format!("webshop/stories/{id}.json"))).unwrap();
    let shown = program.run(["show", "1"]).ok();
    assert!(
        shown.contains("blocked by a story that is not here any more\n"),
        "{shown}"
    );
    program.run(["edit", "1", "--no-blocked-by", &id]).ok();
    assert!(program.story("1").get("blocked_by").is_none());
}
