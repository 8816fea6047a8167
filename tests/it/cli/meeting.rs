//! A review asked criterion by criterion, in a terminal and from a pipe.

use serde_json::{Value, json};

use super::program::{Answer, Program};
use crate::support::pty::Start;

/// A delivered story with two criteria, and a line to tick.
fn delivered() -> Program {
    let program = Program::with_product();
    program.run(["config", "done", "--add", "Told"]).ok();
    let criteria = ["--criterion", "A label", "--criterion", "A date"];
    program
        .run(["add", "Return"].into_iter().chain(criteria))
        .ok();
    for step in ["agree", "start", "deliver"] {
        program.run(["step", "WEB-1", step]).ok();
    }
    program
}

/// Runs it with answers from a pipe.
fn piped(program: &Program, answers: &[&str]) -> Answer {
    let lines = answers.join("\n") + "\n";
    program.run_with_input(["review", "WEB-1", "--ask"], lines.as_bytes())
}

fn verdicts(program: &Program) -> Vec<Value> {
    let story = program.story("1");
    let verdicts = story["reviews"][0]["verdicts"].as_array();
    let verdicts = verdicts.into_iter().flatten();
    verdicts.map(|judged| judged["verdict"].clone()).collect()
}

#[test]
fn in_a_terminal_a_review_is_asked_down_to_the_decision() {
    let program = delivered();
    let mut window = Start::new(&program, &["review", "WEB-1"]).open();
    window.shows("WEB-1  Return (round 1)");
    window
        .shows("  1  A label")
        .shows("1 of 2. Is it met? [y/n/c/s/q]");
    window.send("what\r").shows("y: met. n: not met.");
    window.send("y\r").shows("2 of 2. Is it met?");
    window.send("n\r").shows("What is missing?");
    window
        .send("Shows 1 Jan\r")
        .shows("Told: is it done? [y/n/q]");
    window
        .send("n\r")
        .shows("1 of 2 met. a: accept with a waiver, r: reject");
    window.send("a\r").shows("Why is it good enough?");
    window.send("\r").shows("1 of 2 met.");
    window.send("r\r").shows("2. A date: Shows 1 Jan");
    window.send("\r").shows("WEB-1 is rejected.");
    assert_eq!(window.ends(), 0);
    let story = program.story("1");
    assert_eq!(story["reviews"][0]["reason"], "2. A date: Shows 1 Jan");
    assert_eq!(story["reviews"][0]["outcome"], "rejected");
}

#[test]
fn answers_from_a_pipe_accept_a_story() {
    let program = delivered();
    let answer = piped(&program, &["y", "Y", "y", "a"]);
    assert_eq!(answer.code, 0, "{}", answer.err);
    assert_eq!(answer.out, "WEB-1 is accepted.\n");
    assert_eq!(program.story("1")["status"], "accepted");
    program.run(["review", "WEB-1", "--ask"]).refused();
}

#[test]
fn a_review_that_is_left_keeps_its_answers_and_goes_on_where_it_stopped() {
    let program = delivered();
    let left = piped(&program, &["y", "q"]);
    assert_eq!(left.code, 0, "{}", left.err);
    assert_eq!(verdicts(&program), [json!("met")]);
    // What was judged is not asked again; the second criterion cannot be told.
    let again = piped(&program, &["c", "Which date?", "y"]);
    assert!(!again.err.contains("1 of 2. Is it"), "{}", again.err);
    assert_eq!(verdicts(&program), [json!("met"), json!("cannot-tell")]);
    let story = program.story("1");
    assert_eq!(story["questions"][0]["text"], "Which date?");
    assert_eq!(story["reviews"][0]["done"][0]["ticked"], true);
    assert_eq!(story["status"], "delivered");
    let waived = piped(&program, &["a", "Good enough for now"]);
    assert_eq!(waived.code, 0, "{}", waived.err);
    let reason = &program.story("1")["reviews"][0]["reason"];
    assert_eq!(reason, "Good enough for now");
}

#[test]
fn what_failed_last_time_is_told_with_its_criterion() {
    let program = delivered();
    piped(&program, &["n", "too small", "s", "n", "r", ""]);
    for step in ["restart", "deliver"] {
        program.run(["step", "WEB-1", step]).ok();
    }
    let second = piped(&program, &["q"]);
    assert!(
        second.err.contains("failed in round 1: too small"),
        "{}",
        second.err
    );
}

#[test]
fn without_anybody_to_answer_nothing_is_asked() {
    let program = delivered();
    let refused = program.run(["review", "WEB-1", "--ask"]).refused();
    assert!(refused.contains("nobody to answer"), "{refused}");
    // Without a terminal the sheet is shown, as scripts expect.
    let sheet = program.run(["review", "WEB-1"]).ok();
    assert!(sheet.contains("  1  A label"), "{sheet}");
    program
        .run(["review", "WEB-1", "--ask", "--accept"])
        .usage();
}

#[test]
fn what_changed_since_agreed_is_told_before_the_question() {
    let program = delivered();
    let path = program.story_file();
    let text = std::fs::read_to_string(&path).unwrap();
    std::fs::write(&path, text.replacen("\"A date\"", "\"A day\"", 1)).unwrap();
    program.run(["edit", "1", "--no-criterion", "1"]).ok();
    program.run(["edit", "1", "--criterion", "A call"]).ok();
    let heard = piped(&program, &["q"]).err;
    for said in [
        "     removed since agreed: A label\n",
        "  1  A day\n     changed since agreed:\n     | A [-date-]{+day+}\n",
    ] {
        assert!(heard.contains(said), "{said}: {heard}");
    }
    let heard = piped(&program, &["y", "q"]).err;
    assert!(
        heard.contains("  2  A call\n     added since agreed\n"),
        "{heard}"
    );
}
