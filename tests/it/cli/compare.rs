//! Ranking by comparing on the command line: in a terminal and from a pipe, interrupted, gone on with, and refused.

use serde_json::json;

use super::program::{Answer, Program};
use crate::support::pty::{Start, Window};

/// A product with these stories as ideas.
fn ideas(titles: &[&str]) -> Program {
    let program = Program::with_product();
    for title in titles {
        program.run(["add", title]).ok();
    }
    program
}

/// Runs it with answers from a pipe, one a line.
fn piped(program: &Program, arguments: &[&str], answers: &str) -> Answer {
    let lines = answers.replace(' ', "\n") + "\n";
    program.run_with_input([&["compare"], arguments].concat(), lines.as_bytes())
}

fn in_terminal(program: &Program, arguments: &[&str]) -> Window {
    Start::new(program, &[&["compare"], arguments].concat()).open()
}

/// What is kept of a comparison for later.
fn is_kept(program: &Program) -> bool {
    program.data().join("webshop/.local/compare.json").exists()
}

#[test]
fn in_a_terminal_each_pair_is_asked_and_the_new_order_is_shown_before_it_is_made() {
    let program = ideas(&["Pay", "Ship", "Wrap"]);
    let mut window = in_terminal(&program, &[]);
    window.shows("3 stories: about 3, at most 4 questions.");
    window.shows("1) WEB-2  Ship").shows("2) WEB-1  Pay");
    window.shows("1 of about 3. Which first? [1/2/=/s/u/q]");
    window.send("1\r").shows("1) WEB-3  Wrap");
    window.send("1\r").shows("3 of about 3");
    window.send("1\r").shows("Make this order? [y/N]");
    window.shows("1 -> 3     WEB-1  Pay");
    assert_eq!(program.order(), ["WEB-1", "WEB-2", "WEB-3"], "not yet made");
    window.send("y\r").shows("3  WEB-1  Pay");
    assert_eq!(window.ends(), 0);
    assert_eq!(program.order(), ["WEB-3", "WEB-2", "WEB-1"]);
    assert!(!is_kept(&program));
    let log = program.run(["log", "--limit", "1"]).ok();
    assert!(log.contains("rank 3 stories by comparing"), "{log}");
    program.run(["undo"]).ok();
    assert_eq!(program.order(), ["WEB-1", "WEB-2", "WEB-3"]);
}

#[test]
fn in_a_terminal_other_keys_are_explained_and_answers_taken_back() {
    let program = ideas(&["Pay", "Ship"]);
    let mut window = in_terminal(&program, &[]);
    window.shows("[1/2/=/s/u/q]").send("maybe\r");
    window.shows("1 or 2: that one comes first.");
    window.send("u\r").shows("Nothing has been answered yet.");
    window.send("1\r").shows("Make this order? [y/N]");
    window
        .send("\r")
        .shows("Nothing is changed. The answer is kept");
    assert_eq!(window.ends(), 0);
    assert!(is_kept(&program));
    assert_eq!(program.order(), ["WEB-1", "WEB-2"]);
    let mut again = in_terminal(&program, &[]);
    again.shows("You began to rank 2 stories by comparing (1 of about 1 questions answered).");
    again.shows("Make this order? [y/N]").send("Yes\r");
    assert_eq!(again.ends(), 0);
    assert_eq!(program.order(), ["WEB-2", "WEB-1"]);
}

#[test]
fn interrupted_in_whatever_way_it_goes_on_where_it_stopped() {
    for (leaving, told, code) in [
        ("q\r", "The answer is kept", 0),
        ("\u{4}", "The answer is kept", 0),
        ("\u{3}", "", 130),
    ] {
        let program = ideas(&["Pay", "Ship", "Wrap"]);
        let script = "trap : INT; $BACKSTORY compare; echo \"ended with $?\"";
        let mut window = Start::shell(&program, script).open();
        window
            .shows("1 of about 3")
            .send("1\r")
            .shows("2 of about 3");
        if code == 130 {
            window.insists(leaving, "ended with 130");
        } else {
            window.send(leaving).shows(told);
            window.shows(&format!("ended with {code}"));
        }
        assert_eq!(program.order(), ["WEB-1", "WEB-2", "WEB-3"]);
        let answer = piped(&program, &[], "1 1 y");
        assert!(
            answer
                .err
                .contains("(1 of about 3 questions answered). It goes on here")
        );
        assert_eq!(program.order(), ["WEB-3", "WEB-2", "WEB-1"], "{leaving:?}");
        assert!(!is_kept(&program));
    }
}

#[test]
fn the_screen_goes_on_with_what_the_command_line_began() {
    let program = ideas(&["Pay", "Ship", "Wrap"]);
    piped(&program, &[], "1");
    let mut window = Window::on(&program);
    window.send("c").shows("1 of about 3 questions");
    window.send("11").shows("2 of 3 stories move");
    window.send("\r").saves("1  WEB-3");
    assert_eq!(program.order(), ["WEB-3", "WEB-2", "WEB-1"]);
}

#[test]
fn what_others_do_meanwhile_is_not_undone() {
    let program = ideas(&["Pay", "Ship", "Wrap", "Pack"]);
    let mut window = in_terminal(&program, &["WEB-1", "WEB-2", "WEB-3"]);
    window.shows("1 of about 3");
    program.run(["move", "WEB-4", "--top"]).ok();
    program
        .run(["step", "WEB-3", "drop", "--reason", "no"])
        .ok();
    window.send("1\r").shows("2 of about 3");
    window.send("1\r").shows("3 of about 3").send("1\r");
    window.shows("2 -> 3").send("y\r");
    assert_eq!(window.ends(), 0);
    assert_eq!(program.order(), ["WEB-4", "WEB-2", "WEB-1"]);
}

#[test]
fn answers_come_from_a_pipe_too() {
    let program = ideas(&["Pay", "Ship", "Wrap"]);
    let answer = piped(&program, &["3", "web-1"], "1 y");
    assert_eq!(answer.code, 0);
    assert_eq!(answer.out, "1  WEB-3  Wrap\n3  WEB-1  Pay\n");
    assert_eq!(program.order(), ["WEB-3", "WEB-2", "WEB-1"]);
    let answer = piped(&program, &["--yes", "Ship", "--json", "--new"], "1");
    assert_eq!(
        (answer.code, answer.out.as_str()),
        (1, ""),
        "one story is not enough"
    );
    let answer = piped(&program, &["--yes", "--json", "-label:later"], "= 1");
    let document: serde_json::Value = serde_json::from_str(&answer.out).unwrap();
    assert_eq!(
        (
            &document["kind"],
            &document["made"],
            &document["finished"],
            &document["questions"]
        ),
        (&json!("comparison"), &json!(true), &json!(true), &json!(2))
    );
    assert_eq!(document["stories"][0]["key"], "WEB-1");
    assert_eq!(program.order()[0], "WEB-1");
}

#[test]
fn a_story_finds_its_place_among_all_others() {
    let program = ideas(&["Pay", "Ship", "Wrap", "Pack"]);
    let answer = piped(&program, &["WEB-4", "--into"], "1 1 y");
    assert_eq!((answer.code, answer.out.as_str()), (0, "1  WEB-4  Pack\n"));
    assert_eq!(program.order(), ["WEB-4", "WEB-1", "WEB-2", "WEB-3"]);
    let log = program.run(["log", "--limit", "1"]).ok();
    assert!(log.contains("place WEB-4 by comparing"), "{log}");
}

#[test]
fn stories_in_their_order_already_are_not_asked_to_be_made() {
    let program = ideas(&["Pay", "Ship"]);
    let answer = piped(&program, &[], "2");
    assert_eq!(
        (answer.code, answer.out.as_str()),
        (0, "1  WEB-1  Pay\n2  WEB-2  Ship\n")
    );
    assert!(answer.err.contains("Nothing moves"), "{}", answer.err);
    assert!(!is_kept(&program));
    let log = program.run(["log"]).ok();
    assert!(!log.contains("comparing"), "{log}");
}

#[test]
fn where_nobody_can_answer_one_sentence_says_so() {
    let program = ideas(&["Pay", "Ship"]);
    for arguments in [
        &["compare"][..],
        &["compare", "--yes", "--json"],
        &["compare", "1", "2"],
    ] {
        let said = program.run(arguments).refused();
        assert!(said.starts_with("There is nobody to answer."), "{said}");
    }
    let empty_pipe = program.run_with_input(["compare"], b"");
    assert_eq!((empty_pipe.code, empty_pipe.out.as_str()), (1, ""));
    assert!(
        empty_pipe
            .err
            .ends_with("pipe the answers in, one a line.\n")
    );
    assert!(!is_kept(&program));
    piped(&program, &[], "1");
    let said = program.run(["compare"]).refused();
    assert!(said.starts_with("There is nobody to answer."), "{said}");
    let made = program.run(["compare", "--yes"]);
    assert_eq!(made.code, 0, "{}", made.err);
    assert_eq!(program.order(), ["WEB-2", "WEB-1"]);
}

#[test]
fn without_an_answer_nothing_is_said_to_be_kept() {
    let program = ideas(&["Pay", "Ship"]);
    let answer = piped(&program, &[], "q");
    assert_eq!(
        (answer.code, answer.out.as_str()),
        (0, "Nothing is changed.\n")
    );
    assert!(!is_kept(&program));
}

#[test]
fn stories_that_cannot_be_compared_are_refused_by_name() {
    let program = ideas(&["Pay", "Ship", "Wrap"]);
    program.run(["step", "3", "drop", "--reason", "no"]).ok();
    for (arguments, sentence) in [
        (vec!["WEB-1", "WEB-3"], "WEB-3 is dropped"),
        (vec!["WEB-1", "WEB-9"], "There is no story WEB-9."),
        (
            vec!["WEB-1", "WEB-1"],
            "To compare takes two open stories, and there is only one.",
        ),
        (vec!["label:none", "title:x"], "There is no field"),
        (
            vec!["label:later"],
            "To compare takes two open stories, and there is none.",
        ),
        (vec!["--into"], "Say which open stories look for a place"),
        (
            vec!["1", "2", "--into"],
            "There is no other open story to compare with.",
        ),
    ] {
        let answer = program.run([&["compare"], arguments.as_slice()].concat());
        assert!(
            answer.err.starts_with(sentence),
            "{arguments:?}: {}",
            answer.err
        );
        assert!(answer.code > 0 && answer.out.is_empty());
    }
}

#[test]
fn another_comparison_waits_for_the_one_that_is_begun() {
    let program = ideas(&["Pay", "Ship", "Wrap"]);
    piped(&program, &[], "1");
    let said = program.run(["compare", "1", "2"]).refused();
    assert_eq!(
        said,
        "You began to rank 3 stories by comparing (1 of about 3 questions answered). \
         Go on with it by `backstory compare`, or begin anew with --new."
    );
    let answer = piped(&program, &["1", "2", "--new"], "1 y");
    assert_eq!(answer.code, 0, "{}", answer.err);
    assert_eq!(program.order(), ["WEB-2", "WEB-1", "WEB-3"]);
    let same = piped(&program, &["status:idea", "--new"], "1 q");
    assert_eq!(same.code, 0);
    let same = piped(&program, &["WEB-1", "WEB-2", "WEB-3"], "q");
    assert!(same.err.contains("It goes on here"), "{}", same.err);
}
