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
        .shows("1 of 2. Is it met? [y/n/c/e/s/q]");
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

#[test]
fn what_failed_last_time_is_asked_first_and_a_third_round_is_told() {
    let program = delivered();
    for _ in 0..2 {
        let answers = ["y", "n", "too small", "n", "r", ""];
        let answers = if verdicts(&program).is_empty() {
            &answers[..]
        } else {
            &["n", "too small", "y", "n", "r", ""][..]
        };
        let heard = piped(&program, answers);
        assert_eq!(heard.code, 0, "{}", heard.err);
        for step in ["restart", "deliver"] {
            program.run(["step", "WEB-1", step]).ok();
        }
    }
    let heard = piped(&program, &["q"]).err;
    assert!(
        heard.contains("This is round 3: it was sent back twice already."),
        "{heard}"
    );
    assert!(heard.contains("2 of 2. Is it met?"), "{heard}");
    assert!(!heard.contains("1 of 2. Is it met?"), "{heard}");
}

#[test]
#[cfg(unix)]
fn what_was_seen_comes_before_the_verdict_and_a_command_is_run_for_it() {
    let program = delivered();
    let heard = piped(
        &program,
        &[
            "e",
            "!echo a label; exit 3",
            "y",
            "n",
            "no date on it",
            "e",
            "https://shop.test/5",
            "y",
            "y",
        ],
    );
    assert_eq!(heard.code, 0, "{}", heard.err);
    assert!(heard.err.contains("     | a label\n"), "{}", heard.err);
    let story = program.story("1");
    let judged = &story["reviews"][0]["verdicts"];
    let evidence = judged[0]["evidence"].as_str().unwrap();
    assert!(
        evidence.starts_with("$ echo a label; exit 3\n"),
        "{evidence}"
    );
    assert_eq!(judged[0]["note"], "no date on it");
    assert_eq!(judged[1]["evidence"], "https://shop.test/5");
    // A number goes back to the criterion, before it is decided.
    let heard = piped(&program, &["1", "y", "a", "on staging"]);
    assert_eq!(heard.code, 0, "{}", heard.err);
    let round = &program.story("1")["reviews"][0];
    assert_eq!(round["outcome"], "accepted");
    assert_eq!(round["note"], "on staging");
}

#[test]
fn after_accepting_it_is_asked_how_the_benefit_will_be_known_where_people_look_after_problems() {
    let program = delivered();
    program.run(["edit", "1", "--benefit", "nobody calls"]).ok();
    program.run(["outcome", "add", "Fewer calls"]).ok();
    let heard = piped(
        &program,
        &["y", "y", "y", "a", "", "in 4 weeks: calls a day"],
    );
    assert!(
        heard.err.contains("How will we know, and when?"),
        "{}",
        heard.err
    );
    let check = &program.story("1")["check"];
    assert_eq!(check["how"], "calls a day");
    program.run(["undo"]).ok();
    program.run(["undo"]).ok();
    let all = [
        "review",
        "WEB-1",
        "--accept",
        "--learn",
        "2030-01-31 calls a day",
    ];
    let told = program.run(all).ok();
    assert!(
        told.ends_with("WEB-1 comes back on 2030-01-31.\n"),
        "{told}"
    );
    assert_eq!(program.story("1")["check"]["when"], "2030-01-31");
    // Acceptance and plan are one act.
    program.run(["undo"]).ok();
    assert_eq!(program.story("1")["status"], "delivered");
}

#[test]
fn what_begins_like_a_day_and_is_none_is_not_taken_for_the_words_of_a_check() {
    let program = delivered();
    program.run(["edit", "1", "--benefit", "nobody calls"]).ok();
    program.run(["outcome", "add", "Fewer calls"]).ok();
    for words in [
        "2026-13-45: calls",
        "next friday: calls",
        "in 99999999999 weeks: x",
        "2020-01-31: calls",
    ] {
        let met = ["review", "WEB-1", "--met", "1-3", "--accept"];
        let said = program.run(met.into_iter().chain(["--learn", words]));
        let said = said.usage();
        assert!(
            said.contains("is no day") || said.contains("is over"),
            "{said}"
        );
        assert_eq!(program.story("1")["status"], "delivered", "{words}");
    }
    // The dialogue asks again, and says the day.
    let answers = [
        "y",
        "y",
        "y",
        "a",
        "",
        "2026-13-45: calls",
        "4 weeks: calls",
    ];
    let heard = piped(&program, &answers);
    assert!(
        heard.err.contains("`2026-13-45` is no day."),
        "{}",
        heard.err
    );
    let check = &program.story("1")["check"];
    assert_eq!(check["how"], "calls");
    let when = check["when"].as_str().unwrap();
    let back = format!("WEB-1 comes back on {when}.");
    assert!(heard.err.contains(&back), "{}", heard.err);
}
