//! The settings on the command line.

use serde_json::json;

use super::program::Program;

#[test]
fn all_settings_are_listed_with_their_values() {
    let program = Program::with_product();
    program
        .run(["config", "done", "Help page updated", "Told"])
        .ok();
    let listed = program.run(["config"]).ok();
    for line in [
        "name                        Webshop\n",
        "ready.criteria              1\n",
        "ready.answers               yes\n",
        "done                        Help page updated\n                            Told\n",
        "scale                       1, 2, 3, 5, 8, 13\n",
        "iterations.start            none\n",
    ] {
        assert!(listed.contains(line), "{line}{listed}");
    }
}

#[test]
fn a_value_is_printed_alone_one_line_an_entry() {
    let program = Program::with_product();
    assert_eq!(program.run(["config", "KEY"]).ok(), "WEB\n");
    assert_eq!(program.run(["config", "personas"]).ok(), "");
    program
        .run(["config", "personas", "guest, returning customer"])
        .ok();
    assert_eq!(
        program.run(["config", "personas"]).ok(),
        "guest\nreturning customer\n"
    );
}

#[test]
fn a_setting_is_changed_and_the_act_is_called_by_it() {
    let program = Program::with_product();
    assert_eq!(
        program.run(["config", "ready.criteria", "2"]).ok(),
        "ready.criteria is now: 2\n"
    );
    assert_eq!(
        program.run(["config", "ready.criteria", "2"]).ok(),
        "ready.criteria was already: 2\n"
    );
    assert_eq!(
        program.run(["config", "name", "Tea", "shop"]).ok(),
        "name is now: Tea shop\n"
    );
    let log = program.run(["log"]).ok();
    assert!(log.contains("change the definition of ready"), "{log}");
    program.run(["undo"]).ok();
    program.run(["undo"]).ok();
    assert_eq!(program.run(["config", "ready.criteria"]).ok(), "1\n");
}

#[test]
fn lists_are_added_to_taken_from_and_cleared() {
    let program = Program::with_product();
    let scores = |arguments: &[&str]| {
        program
            .run([&["config", "scores"], arguments].concat())
            .ok()
    };
    assert_eq!(scores(&["wsjf,rice"]), "scores is now: wsjf, rice\n");
    assert_eq!(
        scores(&["--add", "moscow", "--remove", "WSJF"]),
        "scores is now: rice, moscow\n"
    );
    assert_eq!(scores(&["--clear"]), "scores is now: none\n");
    program
        .run([
            "config",
            "done",
            "--add",
            "Told, and shown",
            "--add",
            "Tested",
        ])
        .ok();
    assert_eq!(
        program.run(["config", "done"]).ok(),
        "Told, and shown\nTested\n"
    );
}

#[test]
fn iterations_are_set_by_their_parts() {
    let program = Program::with_product();
    let early = program.run(["config", "iterations.weeks", "1"]).refused();
    assert!(early.contains("iterations.start"), "{early}");
    program
        .run(["config", "iterations.start", "2026-11-02"])
        .ok();
    program
        .run(["config", "iterations.capacity", "--add", "12=50%"])
        .ok();
    let document = program
        .run(["config", "iterations.weeks", "1", "--json"])
        .json("product");
    assert_eq!(
        document["product"]["iterations"],
        json!({"start": "2026-11-02", "weeks": 1, "window": 3, "counts": ["feature"], "capacity": {"12": 50}})
    );
    program.run(["config", "iterations.start", "none"]).ok();
    let document = program.run(["config", "--json"]).json("product");
    assert_eq!(document["product"].get("iterations"), None);
    assert_eq!(document["product"]["name"], "Webshop");
}

#[test]
fn what_does_not_fit_is_refused_and_nothing_changes() {
    let program = Program::with_product();
    for arguments in [
        ["ready.criteria", "many"],
        ["key", "1A"],
        ["ready.answers", "maybe"],
        ["iterations.start", "soon"],
        ["scores", "gut"],
        ["views", "Next | status:nowhere"],
        ["scale", "many"],
        ["personas", "--remove=ghost"],
    ] {
        program.run(["config"].iter().chain(&arguments)).refused();
    }
    assert_eq!(program.run(["log"]).ok(), "");
}

#[test]
fn wrong_usage_names_what_is_near() {
    let program = Program::with_product();
    let sentence = program.run(["config", "redy.answers", "yes"]).usage();
    assert!(
        sentence.contains("The nearest is ready.answers."),
        "{sentence}"
    );
    let sentence = program.run(["config", "colour"]).usage();
    assert!(sentence.contains("`backstory config` lists"), "{sentence}");
    program.run(["config", "name", "--add", "x"]).usage();
    program.run(["config", "done", "x", "--add", "y"]).usage();
    program.run(["config", "--clear"]).usage();
}

#[test]
fn a_new_prefix_gives_all_stories_new_keys_and_numbers_still_find_them() {
    let program = Program::with_product();
    program.run(["add", "Return a parcel"]).ok();
    program.run(["config", "key", "shp"]).ok();
    assert_eq!(program.story("SHP-1")["title"], "Return a parcel");
    assert_eq!(program.story("1")["key"], "SHP-1");
    program.run(["show", "WEB-1"]).refused();
}

#[test]
fn the_linter_is_told_what_to_say() {
    let program = Program::with_product();
    program.run(["add", "Snappy search"]).ok();
    let told = |program: &Program| program.run(["lint", "--json"]).out;
    assert!(told(&program).contains("well-formed"));
    program
        .run(["config", "lint.off", "--add", "well-formed"])
        .ok();
    assert!(!told(&program).contains("well-formed"));
    program.run(["config", "lint.vague", "snappy"]).ok();
    assert!(told(&program).contains("vague"));
    let refused = program
        .run(["config", "lint.off", "--add", "spelling"])
        .refused();
    assert!(refused.contains("`spelling` is no rule of the linter. Use one of: well-formed,"));
    let document = program
        .run(["config", "lint.title", "60", "--json"])
        .json("product");
    assert_eq!(
        document["product"]["lint"],
        json!({"off": ["well-formed"], "vague": ["snappy"], "criteria": 8, "blockers": 3, "title": 60})
    );
}

#[test]
fn new_stories_begin_with_the_template_of_their_kind() {
    let program = Program::with_product();
    let scenario = "Given the steps\nWhen they are done\nThen it is not seen";
    program
        .run([
            "config",
            "templates.bug.criteria",
            scenario,
            "A test holds it",
        ])
        .ok();
    let document = program
        .run(["config", "templates.bug.notes", "Steps:\nSeen:", "--json"])
        .json("product");
    assert_eq!(
        document["product"]["templates"],
        json!({"bug": {"criteria": [scenario, "A test holds it"], "notes": "Steps:\nSeen:"}})
    );
    let criteria = |arguments: &[&str]| {
        let add = ["add", "The VAT line is wrong", "--kind"];
        let document = program
            .run(add.iter().chain(arguments).chain(&["--json"]))
            .json("story");
        let story = &document["story"];
        let texts = story["criteria"].as_array().cloned().unwrap_or_default();
        let texts = texts.iter().map(|criterion| criterion["text"].clone());
        (texts.collect::<Vec<_>>(), story["notes"].clone())
    };
    let notes = json!("Steps:\nSeen:");
    assert_eq!(
        criteria(&["bug"]),
        (
            vec![json!(scenario), json!("A test holds it")],
            notes.clone()
        )
    );
    assert_eq!(
        criteria(&["bug", "--criterion", "It shows 7 %"]),
        (vec![json!("It shows 7 %")], notes)
    );
    assert_eq!(criteria(&["chore"]), (Vec::new(), json!(null)));
    program
        .run([
            "config",
            "templates.bug.criteria",
            "--remove",
            "a test holds it",
        ])
        .ok();
}

#[test]
fn an_import_begins_with_nothing() {
    let program = Program::with_product();
    program
        .run([
            "config",
            "templates.feature.criteria",
            "It works on a phone",
        ])
        .ok();
    program
        .run_with_input(
            ["import", "-", "--from", "text"],
            b"Pay with a saved card\n",
        )
        .ok();
    assert!(program.story("1").get("criteria").is_none());
}
