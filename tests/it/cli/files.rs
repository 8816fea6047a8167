//! Import, export and queries.

use std::fs;

use serde_json::json;

use super::program::Program;

#[test]
fn a_file_is_imported_once() {
    let program = Program::with_product();
    let path = program.root().join("stories.csv");
    fs::write(
        &path,
        "Id,Title,Estimate,Sprint\n7,Pay with a saved card,3,12\n8,,1,12\n",
    )
    .unwrap();
    let path = path.to_str().unwrap();
    let dry = program
        .run(["import", path, "--dry-run", "--json"])
        .json("import-report");
    assert_eq!(
        (&dry["read"], &dry["imported"], &dry["dry_run"]),
        (&json!(2), &json!(1), &json!(true))
    );
    assert!(program.order().is_empty());
    let report = program
        .run(["import", path, "--json"])
        .json("import-report");
    assert_eq!(
        (&report["imported"], &report["updated"]),
        (&json!(1), &json!(0))
    );
    assert_eq!(report["skipped"][0]["line"], 3);
    assert!(!report["lossy"].as_array().unwrap().is_empty());
    assert_eq!(program.story("1")["title"], "Pay with a saved card");
    let again = program
        .run(["import", path, "--json"])
        .json("import-report");
    assert_eq!(
        (&again["imported"], &again["updated"]),
        (&json!(0), &json!(0))
    );
    assert_eq!(program.order(), ["WEB-1"]);
    assert_eq!(
        program.run(["undo"]).ok(),
        "Taken back: import stories.csv.\n"
    );
    assert!(program.order().is_empty());
}

#[test]
fn standard_input_is_imported() {
    let program = Program::with_product();
    let input = b"As a customer, I want to pay\nAs a clerk, I want to be paid\n";
    let told = program.run_with_input(["import", "-"], input).ok();
    assert!(told.starts_with("2 read: 2 new, 0 updated"), "{told}");
    assert_eq!(program.order().len(), 2);
}

#[test]
fn a_file_that_is_none_is_refused() {
    let program = Program::with_product();
    let path = program.root().join("stories.csv");
    fs::write(&path, "illegal quoting\"'\n").unwrap();
    program.run(["import", path.to_str().unwrap()]).refused();
    let sentence = program.run(["import", "missing.csv"]).refused();
    assert!(sentence.starts_with("missing.csv: "), "{sentence}");
    program
        .run(["import", path.to_str().unwrap(), "--from", "xlsx"])
        .usage();
    program.run(["import"]).usage();
    assert!(program.order().is_empty());
}

#[test]
fn stories_are_exported_and_imported_elsewhere() {
    let program = Program::with_product();
    program
        .run([
            "add",
            "As a customer, I want to pay",
            "--criterion",
            "Given a\nWhen b\nThen c",
        ])
        .ok();
    program.run(["add", "b"]).ok();
    let text = program.run(["export", "--to", "json"]).ok();
    let other = Program::with_product();
    other
        .run_with_input(["import", "-", "--from", "json"], text.as_bytes())
        .ok();
    assert_eq!(other.story("1"), program.story("1"));
    for (to, part) in [
        ("csv", "Pay"),
        ("markdown", "Pay"),
        ("gherkin", "Feature: "),
    ] {
        let text = program.run(["export", "--to", to]).ok();
        assert!(text.contains(part), "{to}: {text}");
    }
}

#[test]
fn keys_survive_the_way_to_an_empty_product_whatever_the_order() {
    let program = Program::with_product();
    for title in ["one", "two", "three"] {
        program.run(["add", title]).ok();
    }
    program.run(["move", "3", "--top"]).ok();
    let text = program.run(["export", "--to", "json"]).ok();
    let other = Program::with_product();
    other.run_with_input(["import", "-"], text.as_bytes()).ok();
    assert_eq!(other.order(), ["WEB-3", "WEB-1", "WEB-2"]);
    // And once more after it was taken back.
    other.run(["undo"]).ok();
    other.run_with_input(["import", "-"], text.as_bytes()).ok();
    assert_eq!(other.order(), program.order());
    assert_eq!(other.run(["export", "--to", "json"]).ok(), text);
    // Beside a story that has the number, only that one gets another, and it is said.
    let third = Program::with_product();
    third.run(["add", "mine"]).ok();
    let told = third.run_with_input(["import", "-"], text.as_bytes()).ok();
    assert!(told.contains("1 is WEB-4."), "{told}");
    assert_eq!(third.order(), ["WEB-1", "WEB-3", "WEB-4", "WEB-2"]);
    assert_eq!(third.story("4")["former_numbers"], json!([1]));
}

#[test]
fn a_lone_dash_exports_to_standard_output() {
    let program = Program::with_product();
    program.run(["add", "a"]).ok();
    let printed = program.run(["export", "--to", "json"]).ok();
    let dashed = program.run(["export", "--to", "json", "-o", "-"]).ok();
    assert_eq!(dashed, printed);
    assert!(!program.root().join("-").exists());
}

#[test]
fn an_export_goes_to_a_file() {
    let program = Program::with_product();
    program.run(["add", "a"]).ok();
    assert_eq!(
        program.run(["export", "--to", "csv", "-o", "out.csv"]).ok(),
        "1 story exported to out.csv.\n"
    );
    assert!(
        fs::read_to_string(program.root().join("out.csv"))
            .unwrap()
            .contains("WEB-1")
    );
    let report = program
        .run(["export", "--to", "csv", "-o", "out.csv", "--json"])
        .json("export-report");
    assert_eq!(report["stories"], 1);
    program.run(["export", "--to", "xlsx"]).usage();
    program.run(["export"]).usage();
    program.run(["export", "--to", "csv", "--json"]).usage();
    let sentence = program
        .run(["export", "--to", "csv", "-o", "no/such/folder.csv"])
        .refused();
    assert!(sentence.starts_with("no/such/folder.csv: "), "{sentence}");
}

#[test]
fn a_query_finds_stories_in_their_order() {
    let program = Program::with_product();
    program
        .run(["add", "Pay with a card", "--label", "checkout"])
        .ok();
    program
        .run(["add", "Return a parcel", "--estimate", "5"])
        .ok();
    program
        .run([
            "add",
            "Pay by invoice",
            "--label",
            "checkout",
            "--kind",
            "bug",
            "--top",
        ])
        .ok();
    program.run(["step", "1", "drop", "--reason", "no"]).ok();
    let found = |query: &[&str]| {
        let document = program
            .run(["list", "--json"].iter().chain(query))
            .json("story-list");
        let stories = document["stories"].as_array().unwrap();
        let keys: Vec<String> = stories
            .iter()
            .map(|story| story["key"].as_str().unwrap().to_owned())
            .collect();
        keys.join(" ")
    };
    assert_eq!(found(&["label:checkout"]), "WEB-3");
    assert_eq!(found(&["label:checkout", "status:any"]), "WEB-3 WEB-1");
    assert_eq!(found(&["points>3"]), "WEB-2");
    assert_eq!(found(&["kind:bug -label:later"]), "WEB-3");
    assert_eq!(found(&["status:dropped"]), "WEB-1");
    assert_eq!(found(&["parcel"]), "WEB-2");
    assert_eq!(found(&["parcel", "label:checkout"]), "");
    assert_eq!(program.run(["list", "nothing-like-this"]).ok(), "");
}

#[test]
fn a_query_that_cannot_be_read_says_where() {
    let program = Program::with_product();
    program.run(["add", "a"]).ok();
    let sentence = program.run(["list", "label:x", "status:flying"]).usage();
    assert!(
        sentence.contains("`status:flying`") || sentence.contains("`flying`"),
        "{sentence}"
    );
    program
        .run(["export", "status:flying", "--to", "csv"])
        .usage();
}

#[test]
fn a_json_export_without_a_query_leaves_no_story_behind() {
    let program = Program::with_product();
    program.run(["add", "a"]).ok();
    program.run(["add", "b"]).ok();
    program
        .run(["step", "WEB-2", "drop", "--reason", "no need"])
        .ok();
    let everything = program.run(["export", "--to", "json"]).ok();
    assert!(everything.contains("\"WEB-2\""), "{everything}");
    let open = program.run(["export", "status:open", "--to", "json"]).ok();
    assert!(!open.contains("\"WEB-2\""), "{open}");
    let table = program.run(["export", "--to", "csv"]).ok();
    assert!(!table.contains("WEB-2"), "{table}");
}
