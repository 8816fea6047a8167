//! Lists through views and in groups.

use serde_json::json;

use super::program::Program;

/// A product with five stories, of two epics and of none.
fn shop() -> Program {
    let program = Program::with_product();
    for (title, estimate) in [("Pay", "3"), ("Ship", "2"), ("Refund", "1"), ("Read", "5")] {
        program.run(["add", title, "--estimate", estimate]).ok();
    }
    for (key, label) in [("WEB-1", "money"), ("WEB-2", "parcels"), ("WEB-3", "money")] {
        program.run(["edit", key, "--label", label]).ok();
    }
    program
}

#[test]
fn stories_are_listed_in_groups_with_counts_and_points() {
    let program = shop();
    assert_eq!(
        program.run(["list", "--group", "label"]).ok(),
        "money · 2 stories · 4 points\n\
         1  WEB-1  Pay     3  idea\n\
         3  WEB-3  Refund  1  idea\n\
         \n\
         parcels · 1 story · 2 points\n\
         2  WEB-2  Ship  2  idea\n\
         \n\
         no label · 1 story · 5 points\n\
         4  WEB-4  Read  5  idea\n"
    );
    let document = program
        .run(["list", "label:money", "--group", "label", "--json"])
        .json("story-list");
    assert_eq!(document["group"], "label");
    assert_eq!(
        document["groups"],
        json!([{ "name": "money", "points": 4, "count": 2, "stories": ["WEB-1", "WEB-3"] }])
    );
    assert_eq!(document["stories"][1]["key"], "WEB-3");
}

#[test]
fn problems_are_listed_with_their_impact_the_largest_first() {
    let program = shop();
    for command in [
        vec!["problem", "add", "Cards get lost"],
        vec!["problem", "add", "Parcels come late"],
        vec!["problem", "evidence", "late", "Waited", "--weight", "3"],
        vec!["edit", "WEB-1", "--problem", "Cards"],
        vec!["edit", "WEB-2", "--problem", "late"],
    ] {
        program.run(command).ok();
    }
    assert_eq!(
        program.run(["list", "--group", "problem"]).ok(),
        "Parcels come late · impact 3 · 1 voice · 1 story · 2 points\n\
         2  WEB-2  Ship  2  idea\n\
         \n\
         Cards get lost · impact 0 · 0 voices · 1 story · 3 points\n\
         1  WEB-1  Pay  3  idea\n\
         \n\
         no problem · 2 stories · 6 points\n\
         3  WEB-3  Refund  1  idea\n\
         4  WEB-4  Read    5  idea\n"
    );
    let groups = program
        .run(["list", "--group", "problem", "--json"])
        .json("story-list")["groups"]
        .clone();
    assert_eq!(
        (
            &groups[0]["name"],
            &groups[0]["impact"],
            &groups[0]["voices"]
        ),
        (&json!("Parcels come late"), &json!(3), &json!(1))
    );
    let shown = program.run(["problem", "show", "late", "--json"]);
    assert_eq!(groups[0]["problem"], shown.json("problem")["problem"]["id"]);
    assert_eq!(
        groups[2],
        json!({ "name": "", "points": 6, "count": 2, "stories": ["WEB-3", "WEB-4"] })
    );
    // A limit cuts what is shown: the first group stays the first, and all are counted whole.
    let limit = |limit| ["list", "--group", "problem", "--limit", limit];
    assert_eq!(
        program.run(limit("3")).ok(),
        "Parcels come late · impact 3 · 1 voice · 1 story · 2 points\n\
         2  WEB-2  Ship  2  idea\n\
         \n\
         Cards get lost · impact 0 · 0 voices · 1 story · 3 points\n\
         1  WEB-1  Pay  3  idea\n\
         \n\
         no problem · 2 stories · 6 points, the first 1\n\
         3  WEB-3  Refund  1  idea\n"
    );
    let first = program.run(limit("1").into_iter().chain(["--json"]));
    let first = first.json("story-list");
    assert_eq!(first["groups"].as_array().map(Vec::len), Some(1));
    assert_eq!(first["groups"][0]["stories"], json!(["WEB-2"]));
    assert_eq!(first["stories"][0]["key"], "WEB-2");
    program
        .run(["views", "add", "Why", "--group", "problem"])
        .ok();
    let listed = program.run(["list", "--view", "why"]).ok();
    assert!(listed.starts_with("Parcels come late"), "{listed}");
}

#[test]
fn a_view_is_a_query_and_a_grouping_and_words_narrow_it_down() {
    let program = shop();
    program
        .run(["config", "views", "--add", "Small | points<4 | s | label"])
        .ok();
    let listed = program.run(["list", "--view", "small"]).ok();
    assert!(listed.starts_with("money · 2 stories"), "{listed}");
    assert!(!listed.contains("WEB-4"), "{listed}");
    assert_eq!(
        program
            .run([
                "list",
                "--view",
                "Small",
                "--group",
                "none",
                "label:parcels"
            ])
            .ok(),
        "2  WEB-2  Ship  2  idea\n"
    );
}

#[test]
fn what_is_no_view_and_no_grouping_is_refused_with_what_there_is() {
    let program = shop();
    assert_eq!(
        program.run(["list", "--view", "Next"]).refused(),
        "There is no view `Next`. None is saved yet."
    );
    program
        .run(["config", "views", "--add", "Small | points<4"])
        .ok();
    assert_eq!(
        program.run(["list", "--view", "Next"]).refused(),
        "There is no view `Next`. Use one of: Small."
    );
    assert_eq!(
        program.run(["list", "--group", "colour"]).refused(),
        "`colour` is no grouping. Use one of: epic, persona, label, problem, status."
    );
}
