//! Splitting and merging on the command line.

use serde_json::json;

use super::program::Program;

/// A story of three criteria, the first with an example, and two questions.
fn shop() -> Program {
    let program = Program::with_product();
    program
        .run([
            "add",
            "Pay",
            "--criterion",
            "Cards work",
            "--criterion",
            "Invoices work",
            "--criterion",
            "A bill is sent",
        ])
        .ok();
    program
        .run([
            "edit",
            "1",
            "--example",
            "1=a Visa card",
            "--question",
            "Which cards?",
            "--question",
            "Which countries?",
        ])
        .ok();
    program
}

#[test]
fn a_story_is_split_by_its_rules() {
    let program = shop();
    assert_eq!(
        program.run(["split", "1", "--by", "rules"]).ok(),
        "1  WEB-2  Pay, cards work      idea  ?2\n\
         2  WEB-3  Pay, invoices work   idea\n\
         3  WEB-4  Pay, a bill is sent  idea\n"
    );
    let child = program.story("2");
    assert_eq!(child["epic"], "Pay");
    assert_eq!(child["criteria"][0]["examples"], json!(["a Visa card"]));
    assert_eq!(program.story("1")["status"], "dropped");
    program.run(["undo"]).ok();
    assert_eq!(program.order(), ["WEB-1"]);
}

#[test]
fn criteria_and_questions_are_sent_where_the_options_say() {
    let program = shop();
    let document = program
        .run([
            "split",
            "1",
            "By card",
            "By invoice",
            "--criteria",
            "2=2,3",
            "--questions",
            "2=2",
            "--keep-epic",
            "--json",
        ])
        .json("story-list");
    let texts = |story: usize, list: &str| -> Vec<String> {
        let parts = document["stories"][story][list].as_array().cloned();
        let parts = parts.unwrap_or_default().into_iter();
        parts
            .map(|part| part["text"].as_str().unwrap().to_owned())
            .collect()
    };
    assert_eq!(texts(0, "criteria"), ["Cards work"]);
    assert_eq!(texts(1, "criteria"), ["Invoices work", "A bill is sent"]);
    assert_eq!(texts(0, "questions"), ["Which cards?"]);
    assert_eq!(texts(1, "questions"), ["Which countries?"]);
    assert_eq!(document["stories"][0].get("epic"), None);
}

#[test]
fn what_makes_no_split_is_refused() {
    let program = shop();
    assert_eq!(
        program.run(["split", "1"]).usage(),
        "A split needs titles, or a way to propose some such as --by rules."
    );
    assert_eq!(
        program.run(["split", "1", "Only one"]).refused(),
        "WEB-1 would stay one story. Give each of at least two stories something of it."
    );
    for (option, refusal) in [
        ("3=1", "There is no child 3. Use a number from 1 to 2."),
        (
            "1=9",
            "The story has no criterion 9. Look at it with `backstory show`.",
        ),
    ] {
        let answer = program.run(["split", "1", "A", "B", "--criteria", option]);
        assert_eq!(answer.refused(), refusal);
    }
    assert_eq!(
        program
            .run(["split", "1", "A", "B", "--questions", "two"])
            .usage(),
        "`two` does not say which question goes to which child. Write it as 2=1,3."
    );
    let twice = [
        "split",
        "1",
        "A",
        "B",
        "--criteria",
        "1=1",
        "--criteria",
        "2=1",
    ];
    assert_eq!(
        program.run(twice).usage(),
        "Criterion 1 is sent to two children. Decide on one."
    );
    assert_eq!(program.order(), ["WEB-1"]);
}

#[test]
fn a_story_with_an_epic_leaves_it_to_its_children_unless_it_becomes_one() {
    let program = shop();
    program.run(["edit", "1", "--epic", "Checkout"]).ok();
    program.run(["split", "1", "--by", "rules"]).ok();
    assert_eq!(program.story("2")["epic"], "Checkout");
    program.run(["undo"]).ok();
    program
        .run(["split", "1", "--by", "rules", "--as-epic"])
        .ok();
    let order = program.order();
    assert_eq!(program.story(&order[0])["epic"], "Pay");
}

#[test]
fn stories_are_merged_into_one() {
    let program = shop();
    program
        .run([
            "add",
            "Pay by card",
            "--criterion",
            "Cards work",
            "--label",
            "money",
        ])
        .ok();
    program
        .run(["edit", "2", "--example", "1=a debit card"])
        .ok();
    assert_eq!(
        program.run(["merge", "WEB-2", "2", "--into", "1"]).ok(),
        "WEB-2 went into WEB-1: Pay\n"
    );
    let story = program.story("1");
    assert_eq!(
        story["criteria"][0]["examples"],
        json!(["a Visa card", "a debit card"])
    );
    assert_eq!(story["criteria"].as_array().unwrap().len(), 3);
    assert_eq!(story["labels"], json!(["money"]));
    assert_eq!(program.order(), ["WEB-1"]);
    assert_eq!(
        program.run(["merge", "1", "--into", "WEB-1"]).refused(),
        "WEB-1 is not merged into itself. Name another story."
    );
}
