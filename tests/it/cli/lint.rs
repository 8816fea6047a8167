//! The linter on the command line.

use serde_json::{Value, json};

use super::forecast::steady;
use super::program::Program;

const SENTENCE: &str =
    "As a customer, I want to print a label and send the parcel, so that I need no phone call";

#[test]
fn findings_are_told_by_story_and_warnings_are_no_failure() {
    let program = Program::with_product();
    program
        .run(["add", SENTENCE, "--criterion", "The label shows my address"])
        .ok();
    let told = program.run(["lint"]).ok();
    assert!(told.starts_with("WEB-1  "), "{told}");
    assert!(told.contains("warning  Q atomic"), "{told}");
    assert!(
        told.contains("want “and”: Two things are wanted here."),
        "{told}"
    );
    assert!(told.ends_with("1 warning in 1 of 1 story.\n"), "{told}");
    assert_eq!(
        program.run(["lint", "status:accepted"]).ok(),
        "Nothing to mend in 0 stories.\n"
    );
}

#[test]
fn a_defect_is_a_failure_although_the_answer_is_written() {
    let program = Program::with_product();
    program.run(["add", "Fix the VAT line"]).ok();
    let answer = program.run(["lint", "--json"]);
    assert_eq!((answer.code, answer.err.as_str()), (1, ""));
    let document: Value = serde_json::from_str(&answer.out).unwrap();
    assert_eq!(document["kind"], "finding-list");
    assert_eq!(document["stories"], 1);
    let first = &document["findings"][0];
    assert_eq!(
        (
            &first["key"],
            &first["rule"],
            &first["severity"],
            &first["letter"]
        ),
        (
            &json!("WEB-1"),
            &json!("well-formed"),
            &json!("defect"),
            &json!("Q")
        )
    );
    let answer = program.run(["lint", "--markdown"]);
    assert_eq!(answer.code, 1);
    assert!(
        answer.out.starts_with("# Findings in Webshop\n"),
        "{}",
        answer.out
    );
    assert!(
        answer.out.contains("\n## WEB-1 Fix the VAT line\n"),
        "{}",
        answer.out
    );
}

#[test]
fn places_count_characters() {
    let program = Program::with_product();
    program
        .run([
            "add",
            "As a Händler, I want to sähe übersicht einfach (später), so that I know my Größe",
            "--criterion",
            "The list shows my address",
        ])
        .ok();
    let findings = program.run(["lint", "--json"]).json("finding-list");
    let finding = &findings["findings"][0];
    assert_eq!(finding["rule"], "minimal", "{findings}");
    assert_eq!(
        (&finding["text"], &finding["start"]),
        (&json!("(später)"), &json!(23))
    );
}

#[test]
fn a_negated_condition_is_no_option() {
    let program = Program::with_product();
    program
        .run(["add", "Fix the VAT line", "--label", "later"])
        .ok();
    let findings = program.run(["lint", "-label:later", "--json"]);
    assert_eq!(findings.json("finding-list")["stories"], 0);
}

#[test]
fn stories_with_findings_or_defects_are_found_by_a_query() {
    let program = Program::with_product();
    program
        .run(["add", SENTENCE, "--criterion", "The label shows my address"])
        .ok();
    program.run(["add", "Fix the VAT line"]).ok();
    program
        .run(["add", "Tidy up the cellar", "--kind", "chore"])
        .ok();
    let keys = |query: &str| {
        let document: Value =
            serde_json::from_str(&program.run(["list", query, "--json"]).ok()).unwrap();
        let stories = document["stories"].as_array().unwrap().clone();
        stories
            .iter()
            .map(|story| story["key"].as_str().unwrap().to_owned())
            .collect::<Vec<_>>()
    };
    assert_eq!(keys("has:findings"), ["WEB-1", "WEB-2"]);
    assert_eq!(keys("has:defects"), ["WEB-2"]);
    assert_eq!(keys("-has:findings"), ["WEB-3"]);
}

#[test]
fn the_size_is_measured_by_the_velocity() {
    let program = steady();
    for (title, estimate) in [("Wrap an order as a gift", "5"), ("Return a parcel", "8")] {
        let add = ["add", title, "--kind", "bug", "--estimate", estimate];
        program.run(add).ok();
    }
    let findings = program
        .run(["lint", "kind:bug", "--json"])
        .json("finding-list");
    let sizes: Vec<&Value> = findings["findings"]
        .as_array()
        .unwrap()
        .iter()
        .filter(|finding| finding["rule"] == "too-large")
        .collect();
    assert_eq!(sizes.len(), 1, "{findings}");
    let why = sizes[0]["why"].as_str().unwrap();
    assert!(why.contains("(8 of 10 points)"), "{why}");
}

#[test]
fn a_key_names_one_story_and_one_that_is_not_there_is_refused() {
    let program = Program::with_product();
    for title in ["Pay by card", "Pay by invoice"] {
        program.run(["add", title, "--kind", "chore"]).ok();
    }
    let findings = program.run(["lint", "web-2", "--json"]);
    assert_eq!(findings.json("finding-list")["stories"], 1);
    let refused = program.run(["lint", "WEB-9"]).refused();
    assert!(refused.contains("WEB-9"), "{refused}");
    // Any other word is searched for.
    let findings = program.run(["lint", "invoice", "--json"]);
    assert_eq!(findings.json("finding-list")["stories"], 1);
}
