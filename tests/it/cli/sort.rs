//! Sorting by scores on the command line.

use serde_json::json;

use super::program::Program;
use super::scores::scored;

#[test]
fn sorting_moves_scored_stories_only_and_tells_the_largest_jumps_first() {
    let program = scored(&["15", "", "11", "51"]);
    let before = program.order();
    let moved = "1 -> 4  WEB-1  Story 1  value/effort 0.2 — large effort\n\
                 4 -> 1  WEB-4  Story 4  value/effort 5 — small effort\n";
    let dry = program.run(["sort", "--dry-run"]).ok();
    assert_eq!(
        dry,
        format!("2 of 3 stories would move by value/effort; the largest jumps first.\n{moved}")
    );
    assert_eq!(program.order(), before);
    let said = program.run(["sort", "--by", "value/effort"]).ok();
    assert_eq!(
        said,
        format!("2 of 3 stories moved by value/effort; the largest jumps first.\n{moved}")
    );
    assert_eq!(program.order(), ["WEB-4", "WEB-2", "WEB-3", "WEB-1"]);
    let log = program.run(["log", "--limit", "1"]).ok();
    assert!(log.contains("sort 3 stories by value/effort"), "{log}");
    let again = program.run(["sort"]).ok();
    assert_eq!(
        again,
        "The stories stand in the order of their value/effort scores already.\n"
    );
    program.run(["undo"]).ok();
    assert_eq!(program.order(), before);
}

#[test]
fn only_the_stories_a_query_finds_are_sorted() {
    let program = scored(&["15", "11", "51"]);
    program.run(["edit", "3", "--label", "later"]).ok();
    let document = program
        .run(["sort", "-label:later", "--json"])
        .json("sort-report");
    assert_eq!(
        document,
        json!({
            "format": 1, "kind": "sort-report", "method": "value-effort", "dry_run": false, "stories": 2, "kept": 0,
            "moved": [
                { "key": "WEB-1", "from": 1, "to": 2, "reason": "value/effort 0.2 — large effort" },
                { "key": "WEB-2", "from": 2, "to": 1, "reason": "value/effort 1 — small effort" },
            ]
        })
    );
    assert_eq!(program.order(), ["WEB-2", "WEB-1", "WEB-3"]);
    program.run(["sort", "status:nowhere"]).usage();
    let said = program.run(["sort", "label:later"]).refused();
    assert!(said.starts_with("Only one of these stories"), "{said}");
}

#[test]
fn stories_under_way_keep_their_places() {
    let program = scored(&["15", "13", "11", "51"]);
    program.run(["edit", "2", "--criterion", "One"]).ok();
    for step in ["agree", "start"] {
        program.run(["step", "2", step]).ok();
    }
    let said = program.run(["sort"]).ok();
    assert!(
        said.starts_with("2 of 3 stories moved by value/effort; the largest jumps first.\n"),
        "{said}"
    );
    assert!(
        said.ends_with("\n1 scored story is under way and keeps its place.\n"),
        "{said}"
    );
    assert_eq!(program.order(), ["WEB-4", "WEB-2", "WEB-3", "WEB-1"]);
    let document = program.run(["sort", "--json"]).json("sort-report");
    assert_eq!(
        (&document["stories"], &document["kept"]),
        (&json!(3), &json!(1))
    );
}

#[test]
fn nothing_but_sort_itself_sorts() {
    let program = scored(&["15", "51"]);
    let before = program.order();
    let said = Program::with_product().run(["sort"]).refused();
    assert!(said.starts_with("No way to score is in use yet."), "{said}");
    program.run(["score", "1", "value=1"]).ok();
    program.run(["score"]).ok();
    program.run(["config", "scores", "wsjf"]).ok();
    assert_eq!(program.order(), before);
}
