//! What options take, and what is said where they cannot.

use std::fs;

use serde_json::json;

use super::program::Program;

/// A delivered story with three criteria.
fn delivered() -> Program {
    let program = Program::with_product();
    let three = [
        "--criterion",
        "one",
        "--criterion",
        "two",
        "--criterion",
        "three",
    ];
    program
        .run(["add", "Return a parcel"].into_iter().chain(three))
        .ok();
    for step in ["agree", "start", "deliver"] {
        program.run(["step", "1", step]).ok();
    }
    program
}

#[test]
fn criteria_are_named_one_by_one_and_as_ranges() {
    let program = delivered();
    program
        .run(["review", "1", "--met", "1-2", "--not-met", "3"])
        .ok();
    let verdicts = program.story("1")["reviews"][0]["verdicts"].clone();
    let words: Vec<&str> = (0..3)
        .map(|n| verdicts[n]["verdict"].as_str().unwrap())
        .collect();
    assert_eq!(words, ["met", "met", "not-met"]);
    for places in ["x", "", "1-"] {
        let sentence = program.run(["review", "1", "--met", places]).usage();
        assert!(
            sentence.contains("name them by their places in the list, such as 1,3 or 2-4"),
            "{sentence}"
        );
    }
    assert_eq!(
        program
            .run(["review", "1", "--met", "1-900000000000"])
            .refused(),
        "WEB-1 has no criterion 4. Look at the story again."
    );
    assert_eq!(
        program
            .run(["review", "1", "--done", "1-900000000000"])
            .refused(),
        "WEB-1 has no line 1 in its definition of done. Look at the story again."
    );
    let sentence = program.run(["list", "--limit", "x"]).usage();
    assert!(sentence.contains("write a whole number"), "{sentence}");
    let other = Program::with_product();
    other
        .run([
            "add",
            "a",
            "--criterion",
            "one",
            "--criterion",
            "two",
            "--criterion",
            "three",
        ])
        .ok();
    other.run(["edit", "1", "--no-criterion", "1-2"]).ok();
    assert_eq!(other.story("1")["criteria"][0]["text"], "three");
}

#[test]
fn texts_may_begin_with_a_dash() {
    let program = delivered();
    program
        .run([
            "review",
            "1",
            "--not-met",
            "1",
            "--note",
            "1=-5 degrees",
            "--reject",
        ])
        .ok();
    program
        .run([
            "edit",
            "1",
            "--notes",
            "- a line\n- another",
            "--benefit",
            "-",
        ])
        .ok();
    let story = program.story("1");
    assert_eq!(
        (&story["notes"], &story["benefit"]),
        (&json!("- a line\n- another"), &json!("-"))
    );
    program
        .run(["step", "1", "drop", "--reason", "-1 from Ben"])
        .ok();
    program
        .run([
            "outcome",
            "add",
            "Warmer",
            "--measure",
            "-x",
            "--from",
            "-5",
            "--to",
            "-1 %",
        ])
        .ok();
    let outcome = program
        .run(["outcome", "list", "--json"])
        .json("outcome-list")["outcomes"][0]
        .clone();
    assert_eq!(
        (&outcome["from"], &outcome["to"], &outcome["measure"]),
        (&json!("-5"), &json!("-1 %"), &json!("-x"))
    );
    program
        .run(["edit", "1", "--notes", "-5", "--json"])
        .json("story");
}

#[test]
fn an_option_is_not_taken_for_a_text_that_was_forgotten() {
    let program = delivered();
    let sentence = program
        .run(["review", "1", "--reject", "--reason", "--json"])
        .usage();
    assert_eq!(
        sentence,
        "`--reason` needs a text, but the option `--json` follows. Write --reason=--json where that is the text."
    );
    assert_eq!(program.story("1")["status"], "delivered");
    program
        .run(["review", "1", "--reject", "--reason=--json"])
        .ok();
    assert_eq!(program.story("1")["reviews"][0]["reason"], "--json");
}

#[test]
fn a_story_is_added_to_a_problem() {
    let program = Program::with_product();
    program.run(["problem", "add", "Checkout is too long"]).ok();
    program
        .run(["add", "Pay later", "--problem", "checkout"])
        .ok();
    let problem = program
        .run(["problem", "show", "checkout", "--json"])
        .json("problem");
    assert_eq!(program.story("1")["problem"], problem["problem"]["id"]);
    program
        .run(["add", "Pay never", "--problem", "parcel"])
        .refused();
    assert_eq!(program.order(), ["WEB-1"]);
}

#[test]
fn a_report_is_what_its_files_name_says_or_refused() {
    let program = Program::with_product();
    let sentence = program.run(["report", "iteration", "-o", "x.pdf"]).usage();
    assert_eq!(
        sentence,
        "The name x.pdf does not say what a report can be. Let it end in .md or .html, or add --to markdown or --to html."
    );
    assert!(!program.root().join("x.pdf").exists());
    for (name, beginning) in [("x.html", "<!doctype html>"), ("x.md", "#"), ("x", "#")] {
        program.run(["report", "iteration", "-o", name]).ok();
        let text = fs::read_to_string(program.root().join(name)).unwrap();
        assert!(text.to_lowercase().starts_with(beginning), "{name}: {text}");
    }
    program
        .run(["report", "iteration", "-o", "x.txt", "--to", "markdown"])
        .ok();
}

#[test]
fn answers_that_are_none_are_not_heard_for_ever() {
    let program = delivered();
    let wrong = "maybe\n".repeat(10_000);
    let input = format!("y\n{wrong}");
    let answer = program.run_with_input(["review", "1", "--ask"], input.as_bytes());
    assert_eq!((answer.code, answer.out.as_str()), (1, ""));
    assert!(answer.err.lines().count() < 40, "{}", answer.err);
    assert!(
        answer
            .err
            .contains("`maybe` is no answer, and neither were the 4 before it. y: met."),
        "{}",
        answer.err
    );
    let verdicts = program.story("1")["reviews"][0]["verdicts"].clone();
    assert_eq!(
        verdicts.as_array().unwrap().len(),
        1,
        "what was answered is kept"
    );
}
