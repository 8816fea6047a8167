//! Saved views on the command line.

use std::fs;

use serde_json::{Value, json};

use super::program::Program;

/// A product with a ready chore, an idea with a label, and an idea.
fn stories() -> Program {
    let program = Program::with_product();
    program
        .run(["add", "Mop the floor", "--kind", "chore"])
        .ok();
    program.run(["step", "1", "agree"]).ok();
    program.run(["add", "Pay", "--label", "later"]).ok();
    program.run(["add", "Ship"]).ok();
    program
}

#[test]
fn views_are_listed_with_the_number_of_their_stories() {
    let program = stories();
    let none = program.run(["views"]).ok();
    assert!(none.starts_with("No view is saved yet."), "{none}");
    let form = none.split('`').nth(1).unwrap();
    let said = program.run(form.split(' ').skip(1)).ok();
    assert_eq!(said, "The view Next is saved; it shows 1 story.\n");
    let said = program
        .run([
            "views",
            "add",
            "Not later",
            "-label:later",
            "Ship",
            "--key",
            "s",
            "--group",
            "epic",
        ])
        .ok();
    assert_eq!(said, "The view Not later is saved; it shows 1 story.\n");
    program.run(["views", "add", "All"]).ok();
    assert_eq!(
        program.run(["views"]).ok(),
        "Next          is:ready                    1 story\n\
         Not later  s  -label:later Ship  by epic  1 story\n\
         All                                       3 stories\n"
    );
    let document = program.run(["views", "--json"]).json("view-list");
    assert_eq!(
        document["views"][1],
        json!({ "name": "Not later", "key": "s", "query": "-label:later Ship", "group": "epic", "stories": 1 })
    );
    assert_eq!(
        document["views"][2],
        json!({ "name": "All", "key": null, "query": "", "group": null, "stories": 3 })
    );
    let listed = program.run(["list", "--view", "next"]).ok();
    assert!(
        listed.contains("Mop the floor") && !listed.contains("Ship"),
        "{listed}"
    );
}

#[test]
fn a_view_is_removed_by_its_name_and_comes_back_with_undo() {
    let program = stories();
    program
        .run(["views", "add", "a | b", "Ship|Pay", "--key", "1"])
        .ok();
    let document = program
        .run(["views", "add", "Two\nlines", "--json"])
        .json("view-list");
    let names: Vec<&Value> = document["views"]
        .as_array()
        .unwrap()
        .iter()
        .map(|view| &view["name"])
        .collect();
    assert_eq!(names, ["a | b", "Two lines"]);
    assert_eq!(
        program.run(["views", "remove", "A | B"]).ok(),
        "The view a | b is removed.\n"
    );
    let left = program.run(["views", "--json"]).json("view-list");
    assert_eq!(left["views"].as_array().unwrap().len(), 1);
    program.run(["undo"]).ok();
    let back = program.run(["views", "--json"]).json("view-list");
    assert_eq!(
        (&back["views"][0]["name"], &back["views"][0]["query"]),
        (&json!("a | b"), &json!("Ship|Pay"))
    );
    let log = program.run(["log"]).ok();
    assert!(log.contains("change the views"), "{log}");
}

#[test]
fn what_is_no_view_is_refused_and_nothing_changes() {
    let program = stories();
    program
        .run(["views", "add", "Next", "is:ready", "--key", "n"])
        .ok();
    for (arguments, sentence) in [
        (vec!["add", "next"], "The view `next` is there already."),
        (
            vec!["add", "Late", "status:nowhere"],
            "The query of Late cannot be used.",
        ),
        (
            vec!["add", "Late", "--key", "xy"],
            "`xy` cannot be the key of Late.",
        ),
        (
            vec!["add", "Late", "--key", "n"],
            "Next and Late would both have the key n.",
        ),
        (
            vec!["add", "Late", "--group", "mood"],
            "`mood` is no grouping.",
        ),
        (vec!["add", " ", "is:ready"], "A view needs words."),
        (
            vec!["remove", "Late"],
            "There is no view `Late`. Use one of: Next.",
        ),
    ] {
        let said = program
            .run([&["views"], arguments.as_slice()].concat())
            .refused();
        assert!(said.starts_with(sentence), "{said}");
    }
    program.run(["views", "rename", "Next"]).usage();
    program.run(["views", "add"]).usage();
    let left = program.run(["config", "views"]).ok();
    assert_eq!(left, "Next | is:ready | n\n");
}

#[test]
fn a_view_with_a_broken_query_is_listed_all_the_same() {
    let program = stories();
    program.run(["views", "add", "Next", "is:ready"]).ok();
    let file = program.data().join("webshop/product.json");
    let text = fs::read_to_string(&file).unwrap();
    fs::write(&file, text.replace("is:ready", "is:nothing")).unwrap();
    assert_eq!(
        program.run(["views"]).ok(),
        "Next  is:nothing  its query cannot be run\n"
    );
    let document = program.run(["views", "--json"]).json("view-list");
    assert_eq!(document["views"][0]["stories"], Value::Null);
    program.run(["views", "remove", "next"]).ok();
}
