//! A folder of features, written again and again.

use std::fs;
use std::path::PathBuf;

use serde_json::json;

use super::program::Program;

const STEPS: &str = "Given a card\nWhen I pay\nThen it is paid";

/// A product with a story in steps, one in words and one without criteria.
fn product() -> Program {
    let program = Program::with_product();
    program
        .run(["add", "Pay with a card", "--criterion", STEPS])
        .ok();
    program
        .run(["add", "Wrap: a gift?", "--criterion", "It is wrapped"])
        .ok();
    program.run(["add", "Nothing agreed"]).ok();
    program
}

fn export(program: &Program) -> String {
    program
        .run(["export", "--to", "gherkin", "-o", "features/"])
        .ok()
}

fn folder(program: &Program) -> PathBuf {
    program.root().join("features")
}

fn names(program: &Program) -> Vec<String> {
    let entries = fs::read_dir(folder(program)).unwrap();
    let mut names: Vec<String> = entries
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .collect();
    names.sort();
    names
}

#[test]
fn every_story_with_criteria_has_a_file() {
    let program = product();
    assert_eq!(
        export(&program),
        "2 stories exported to features/: 2 new.\nWEB-3 has no criteria to export.\n"
    );
    assert_eq!(
        names(&program),
        ["WEB-1-pay-with-a-card.feature", "WEB-2-wrap-a-gift.feature"]
    );
    let text = fs::read_to_string(folder(&program).join("WEB-2-wrap-a-gift.feature")).unwrap();
    assert!(text.contains("\nFeature: WEB-2 Wrap: a gift?\n"), "{text}");
    assert!(text.contains("\n  Rule: It is wrapped\n"), "{text}");
}

#[test]
fn the_same_again_changes_nothing_and_a_folder_needs_no_slash() {
    let program = product();
    export(&program);
    let file = folder(&program).join("WEB-1-pay-with-a-card.feature");
    let dos = fs::read_to_string(&file).unwrap().replace('\n', "\r\n");
    fs::write(&file, &dos).unwrap();
    let again = ["export", "WEB-1", "--to", "gherkin", "-o", "features"];
    assert_eq!(
        program.run(again).ok(),
        "1 story exported to features: 1 unchanged.\n\
         Left there, though not exported this time: WEB-2-wrap-a-gift.feature.\n"
    );
    assert_eq!(fs::read_to_string(&file).unwrap(), dos);
}

#[test]
fn a_file_follows_its_storys_title_and_criteria() {
    let program = product();
    export(&program);
    program
        .run([
            "edit",
            "1",
            "--title",
            "Pay by card",
            "--label",
            "check out",
        ])
        .ok();
    let said = export(&program);
    assert_eq!(
        said,
        "2 stories exported to features/: 1 changed, 1 unchanged.\n\
         WEB-1-pay-with-a-card.feature is now WEB-1-pay-by-card.feature.\n\
         WEB-3 has no criteria to export.\n"
    );
    assert_eq!(
        names(&program),
        ["WEB-1-pay-by-card.feature", "WEB-2-wrap-a-gift.feature"]
    );
    let text = fs::read_to_string(folder(&program).join("WEB-1-pay-by-card.feature")).unwrap();
    assert!(
        text.contains("\n@WEB-1 @status:idea @check-out\n"),
        "{text}"
    );
}

#[test]
fn files_of_stories_that_are_dropped_or_have_no_criteria_any_more_go() {
    let program = product();
    export(&program);
    program.run(["step", "2", "drop", "--reason", "no"]).ok();
    program.run(["edit", "1", "--no-criterion", "1"]).ok();
    assert_eq!(
        export(&program),
        "0 stories exported to features/.\n\
         Removed, because the story is dropped or has no criteria now: \
         WEB-1-pay-with-a-card.feature, WEB-2-wrap-a-gift.feature.\n\
         WEB-1, WEB-3 have no criteria to export.\n"
    );
    assert_eq!(names(&program), Vec::<String>::new());
    // One that is asked for although it is dropped has its file.
    let asked = [
        "export",
        "status:dropped",
        "--to",
        "gherkin",
        "-o",
        "features/",
    ];
    program.run(asked).ok();
    assert_eq!(names(&program), ["WEB-2-wrap-a-gift.feature"]);
}

#[test]
fn a_file_that_was_changed_by_hand_stays_although_its_story_is_dropped() {
    let program = product();
    export(&program);
    let file = folder(&program).join("WEB-2-wrap-a-gift.feature");
    let changed = fs::read_to_string(&file).unwrap() + "    # mine\n";
    fs::write(&file, &changed).unwrap();
    program.run(["step", "2", "drop", "--reason", "no"]).ok();
    let answer = program.run(["export", "--to", "gherkin", "-o", "features/"]);
    assert_eq!(answer.code, 1);
    let said = "Left alone: WEB-2-wrap-a-gift.feature was changed by hand, \
                and its story has no criteria any more or is dropped. Delete it.\n";
    assert!(answer.out.contains(said), "{}", answer.out);
    assert_eq!(fs::read_to_string(&file).unwrap(), changed);
}

#[test]
fn files_of_stories_that_were_not_asked_for_or_are_not_here_stay_and_are_told() {
    let program = product();
    export(&program);
    let other = Program::with_product();
    other.run(["add", "Read", "--criterion", "One"]).ok();
    let shared = folder(&program).display().to_string();
    let said = other.run(["export", "--to", "gherkin", "-o", &shared]).ok();
    let left = "Left there, though not exported this time: \
                WEB-1-pay-with-a-card.feature, WEB-2-wrap-a-gift.feature.\n";
    assert!(said.ends_with(left), "{said}");
    assert_eq!(names(&program).len(), 3);
    let report = [
        "export",
        "WEB-1",
        "--to",
        "gherkin",
        "-o",
        "features/",
        "--json",
    ];
    let report = program.run(report).json("export-report");
    let stay = json!(["WEB-1-read.feature", "WEB-2-wrap-a-gift.feature"]);
    assert_eq!(report["left"], stay);
}

#[test]
fn what_others_wrote_is_left_alone_and_told() {
    let program = product();
    fs::create_dir(folder(&program)).unwrap();
    let foreign = folder(&program).join("web-1-PAY-with-a-card.feature");
    fs::write(&foreign, "Feature: ours\n").unwrap();
    fs::write(folder(&program).join("other.feature"), [0xff, 0xfe]).unwrap();
    fs::create_dir(folder(&program).join("WEB-2-wrap-a-gift.feature")).unwrap();
    let answer = program.run(["export", "--to", "gherkin", "-o", "features/"]);
    assert_eq!((answer.code, answer.err.as_str()), (1, ""));
    assert_eq!(
        answer.out,
        "0 stories exported to features/.\n\
         Left alone: web-1-PAY-with-a-card.feature was not written by backstory. Rename it, then export again.\n\
         Left alone: WEB-2-wrap-a-gift.feature was not written by backstory. Rename it, then export again.\n\
         WEB-3 has no criteria to export.\n"
    );
    assert_eq!(fs::read_to_string(&foreign).unwrap(), "Feature: ours\n");
    assert_eq!(names(&program).len(), 3);
}

#[test]
fn a_change_by_hand_is_never_lost_even_when_the_title_changes() {
    let program = product();
    export(&program);
    let name = "WEB-1-pay-with-a-card.feature";
    let file = folder(&program).join(name);
    let changed = fs::read_to_string(&file).unwrap() + "    And a receipt is printed\n";
    fs::write(&file, &changed).unwrap();
    program.run(["edit", "1", "--title", "Pay by card"]).ok();
    let report = ["export", "--to", "gherkin", "-o", "features/", "--json"];
    let answer = program.run(report);
    assert_eq!(answer.code, 1);
    let document: serde_json::Value = serde_json::from_str(&answer.out).unwrap();
    assert_eq!(document["files"][0]["state"], "touched");
    assert_eq!(document["files"][0]["file"], name);
    assert_eq!(fs::read_to_string(&file).unwrap(), changed);
    assert_eq!(names(&program).len(), 2);
    fs::remove_file(&file).unwrap();
    export(&program);
    assert!(folder(&program).join("WEB-1-pay-by-card.feature").exists());
}

#[test]
fn twins_that_two_clones_wrote_become_one() {
    let program = product();
    export(&program);
    let name = "WEB-1-pay-with-a-card.feature";
    let text = fs::read(folder(&program).join(name)).unwrap();
    fs::write(folder(&program).join("WEB-1-a-former-title.feature"), text).unwrap();
    export(&program);
    assert_eq!(names(&program), [name, "WEB-2-wrap-a-gift.feature"]);
}

#[test]
fn the_report_names_every_file() {
    let program = product();
    let report = ["export", "--to", "gherkin", "-o", "features/", "--json"];
    let document = program.run(report).json("export-report");
    assert_eq!(document["to"], "gherkin");
    assert_eq!(document["folder"], "features/");
    assert_eq!(document["stories"], 2);
    assert_eq!(document["without_criteria"], json!(["WEB-3"]));
    assert_eq!(
        document["files"][1],
        json!({
            "key": "WEB-2", "file": "WEB-2-wrap-a-gift.feature", "state": "new", "was": null, "reason": null
        })
    );
}

#[test]
fn other_formats_and_blocked_folders_are_refused() {
    let program = product();
    let said = program.run(["export", "--to", "csv", "-o", "out/"]).usage();
    assert_eq!(
        said,
        "out/ is a folder, and --to csv writes one file. Name the file."
    );
    fs::write(program.root().join("taken"), "x").unwrap();
    let said = program
        .run(["export", "--to", "gherkin", "-o", "taken/"])
        .refused();
    assert!(said.starts_with("taken/: "), "{said}");
}
