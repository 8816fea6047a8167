//! What failed and was deleted, and what a round has not looked at: who reads of the end of the round is told.

use super::program::{Program, answer};

/// A story with four criteria, the second of which failed in round 1 and the third was met; nobody looked at the others.
fn rejected() -> Program {
    let program = Program::with_product();
    let criteria = ["One", "Two is shown", "Three", "Four"];
    let criteria = criteria.iter().flat_map(|words| ["--criterion", words]);
    program
        .run(["add", "Return"].into_iter().chain(criteria))
        .ok();
    steps(&program, &["agree", "start", "deliver"]);
    review(
        &program,
        &["--not-met", "2", "--met", "3", "--reject", "--reason", "no"],
    );
    program
}

fn steps(program: &Program, steps: &[&str]) {
    for step in steps {
        program.run(["step", "1", step]).ok();
    }
}

fn review(program: &Program, given: &[&str]) -> String {
    let review = ["review", "1"].into_iter();
    program.run(review.chain(given.iter().copied())).ok()
}

fn again(program: &Program, without: &[&str]) {
    for place in without {
        program.run(["edit", "1", "--no-criterion", place]).ok();
    }
    steps(program, &["restart", "deliver"]);
}

const TOLD: &str = "1 agreed criterion was deleted after it failed in round 1: Two is shown\n";

#[test]
fn an_acceptance_and_its_report_tell_of_a_criterion_that_failed_and_was_deleted_between_rounds() {
    let program = rejected();
    again(&program, &["2"]);
    let said = review(&program, &["--met", "1-3", "--accept"]);
    assert_eq!(said, format!("WEB-1 is accepted.\n{TOLD}"));
    let report = program.run(["report", "review"]).ok();
    assert!(report.contains(&format!("\n  - {TOLD}")), "{report}");
    let page = ["report", "review", "--to", "html"];
    let page = program.run(page).ok();
    assert!(
        page.contains("was deleted after it failed in round 1"),
        "{page}"
    );
}

#[test]
fn a_waiver_does_not_hide_it_and_what_was_met_or_not_judged_is_not_told() {
    let program = rejected();
    again(&program, &["4", "3", "2"]);
    let waived = review(&program, &["--accept", "--reason", "slow is fine"]);
    assert_eq!(
        waived,
        format!("WEB-1 is accepted by waiver.\n  slow is fine\n{TOLD}")
    );
    let report = program.run(["report", "review"]).ok();
    let both = format!("\n  - Waiver: slow is fine\n  - {TOLD}");
    assert!(report.contains(&both), "{report}");
}

#[test]
fn what_was_found_to_be_met_since_has_not_failed() {
    let program = rejected();
    again(&program, &[]);
    review(
        &program,
        &["--met", "2", "--not-met", "1", "--reject", "--reason", "no"],
    );
    again(&program, &["2"]);
    let said = review(&program, &["--met", "1-3", "--accept"]);
    assert_eq!(said, "WEB-1 is accepted.\n");
}

#[test]
fn the_letter_names_what_was_not_looked_at_and_what_failed_and_is_gone() {
    let program = rejected();
    again(&program, &[]);
    let second = ["--met", "1", "--not-met", "4", "--reject", "--reason", "no"];
    review(&program, &second);
    let letter = review(&program, &["--letter", "-"]);
    let open = "
### Not met

- **4** Four

### Not looked at

- **2** Two is shown
  - Failed in round 1
- **3** Three

1 of 4 criteria are met.
";
    assert!(letter.ends_with(open), "{letter}");
    program.run(["edit", "1", "--no-criterion", "2"]).ok();
    program.run(["edit", "1", "--no-criterion", "1"]).ok();
    let letter = review(&program, &["--letter", "-"]);
    let gone = format!("\n- **1** Three\n\n0 of 2 criteria are met.\n\n{TOLD}");
    assert!(letter.ends_with(&gone), "{letter}");
}

#[test]
fn rounds_side_by_side_keep_the_row_of_a_criterion_that_is_gone() {
    let program = rejected();
    again(&program, &["2"]);
    review(
        &program,
        &[
            "--met",
            "1",
            "--not-met",
            "2",
            "--note",
            "2=slow",
            "--reject",
        ],
    );
    let shown = program.run(["show", "1"]).ok();
    let table = "
Rounds side by side
     round 1  round 2
  1  -        met      One
  2  met      not met  Three
  3  -        -        Four
  -  not met  -        Two is shown (deleted since)
";
    assert!(shown.contains(table), "{shown}");
}

#[test]
fn a_verdict_that_somebody_else_gave_says_so() {
    let program = rejected();
    again(&program, &[]);
    let mut ben = program.command();
    ben.env("BACKSTORY_USER", "Ben");
    answer(ben.args(["review", "1", "--met", "1", "--note", "1=seen on staging"])).ok();
    review(&program, &["--met", "2", "--reject", "--reason", "no"]);
    let shown = program.run(["show", "1"]).ok();
    let day = shown.split_once("Review, round 2 (rejected, ").unwrap().1;
    let day = day.split_once(" by Ana)").unwrap().0;
    let judged = format!(
        "  1  met: One\n     note: seen on staging\n     judged {day} by Ben\n  2  met: Two is shown\n"
    );
    assert!(shown.contains(&judged), "{judged}: {shown}");
    assert_eq!(shown.matches("judged").count(), 1, "{shown}");
}

#[test]
fn a_verdict_of_another_day_says_so() {
    let program = rejected();
    let path = program.story_file();
    let text = std::fs::read_to_string(&path).unwrap();
    let mut story: serde_json::Value = serde_json::from_str(&text).unwrap();
    story["reviews"][0]["verdicts"][0]["at"] = "2020-02-03T12:00:00Z".into();
    std::fs::write(&path, story.to_string()).unwrap();
    let shown = program.run(["show", "1"]).ok();
    let judged = "  2  not met: Two is shown\n     judged 3 Feb 2020 by Ana\n";
    assert!(shown.contains(judged), "{shown}");
}
