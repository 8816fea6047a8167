//! Problems, outcomes, evidence and what became of the benefit, on the command line.

use serde_json::json;

use super::program::Program;

/// A product with an outcome, two problems and two stories.
fn shop() -> Program {
    let program = Program::with_product();
    for command in [
        vec![
            "outcome",
            "add",
            "More",
            "people",
            "finish",
            "--measure",
            "conversion",
            "--from",
            "31 %",
            "--to",
            "36 %",
            "--by",
            "2027-03-31",
        ],
        vec![
            "problem",
            "add",
            "Checkout takes too long",
            "--who",
            "returning customer",
            "--outcome",
            "finish",
        ],
        vec!["problem", "add", "Checkout", "asks", "twice"],
        vec!["add", "Pay with a saved card"],
        vec!["add", "Check out as a guest"],
    ] {
        program.run(command).ok();
    }
    program
}

fn accepted(program: &Program, key: &str) {
    program.run(["edit", key, "--kind", "chore"]).ok();
    for step in ["agree", "start", "deliver"] {
        program.run(["step", key, step]).ok();
    }
    program.run(["review", key, "--accept"]).ok();
}

#[test]
fn a_problem_is_written_down_heard_of_and_shown() {
    let program = shop();
    let said = program
        .run([
            "problem",
            "evidence",
            "too long",
            "Gave up",
            "at the address",
            "--source",
            "Mia",
            "--weight",
            "3",
            "--date",
            "2026-01-02",
        ])
        .ok();
    assert!(
        said.starts_with("\u{201c}Checkout takes too long\u{201d} has impact 3 now: 1 voice · "),
        "{said}"
    );
    program
        .run([
            "problem",
            "state",
            "long",
            "validated",
            "--reason",
            "Five said so",
        ])
        .ok();
    program
        .run([
            "problem",
            "test",
            "long",
            "They have a card",
            "--how",
            "Count",
        ])
        .ok();
    program
        .run([
            "problem",
            "test",
            "long",
            "they have a card",
            "--result",
            "61 %",
        ])
        .ok();
    let document = program
        .run(["problem", "show", "too", "long", "--json"])
        .json("problem");
    let problem = &document["problem"];
    assert_eq!(problem["who"], "returning customer");
    assert_eq!(problem["evidence"][0]["text"], "Gave up at the address");
    assert_eq!(problem["evidence"][0]["kind"], "interview");
    assert_eq!(
        (&problem["impact"], &problem["voices"]),
        (&json!(3), &json!(1))
    );
    assert_eq!(problem["stale"], true);
    assert_eq!(problem["log"][0]["reason"], "Five said so");
    assert_eq!(problem["tests"][0]["result"], "61 %");
    let shown = program.run(["problem", "show", "long"]).ok();
    for words in [
        "Checkout takes too long",
        "validated · impact 3 · 1 voice · ",
        "nothing new for more than 30 days",
        "outcome    More people finish (conversion 31 % \u{2192} 36 % by 2027-03-31)",
        "2026-01-02  weight 3  interview, Mia",
        "Gave up at the address",
        "result  61 %",
        "Five said so",
    ] {
        assert!(shown.contains(words), "{words}\n{shown}");
    }
    program.run(["undo"]).ok();
    let undone = program
        .run(["problem", "show", "long", "--json"])
        .json("problem");
    assert_eq!(undone["problem"]["tests"][0].get("result"), None);
}

#[test]
fn a_piece_of_evidence_is_changed_and_removed_by_its_number() {
    let program = shop();
    for (text, day) in [("Gave up", "2026-01-02"), ("Asked twice", "2026-01-09")] {
        let line = ["problem", "evidence", "long", text, "--date", day];
        program.run(line).ok();
    }
    let shown = program.run(["problem", "show", "long"]).ok();
    let place = |words: &str| shown.find(words).unwrap();
    assert!(place("  2  2026-01-09  weight 1") < place("  1  2026-01-02  weight 1"));
    let line = [
        "problem", "evidence", "long", "--edit", "1", "--weight", "3",
    ];
    let said = program.run(line).ok();
    assert!(said.contains("has impact 4 now: 1 voice"), "{said}");
    let line = [
        "problem", "evidence", "long", "Gave", "up twice", "--edit", "1", "--json",
    ];
    let problem = program.run(line).json("problem")["problem"].clone();
    assert_eq!(problem["evidence"][0]["text"], "Gave up twice");
    assert_eq!(problem["evidence"][0]["weight"], 3);
    assert_eq!(problem["evidence"][0]["date"], "2026-01-02");
    program
        .run(["problem", "evidence", "long", "--remove", "2"])
        .ok();
    let line = ["problem", "evidence", "long", "--remove", "2"];
    let refused = program.run(line).refused();
    assert!(
        refused
            .contains("There is no number 2: “Checkout takes too long” has 1 piece of evidence."),
        "{refused}"
    );
    let log = program.run(["log", "--limit", "1"]).ok();
    assert!(log.contains("remove evidence of the problem"), "{log}");
    program.run(["undo"]).ok();
    let document = program.run(["problem", "show", "long", "--json"]);
    let document = document.json("problem");
    assert_eq!(document["problem"]["evidence"][1]["text"], "Asked twice");
    for (line, said) in [
        (vec!["problem", "evidence", "long"], "required"),
        (
            vec!["problem", "evidence", "long", "--edit", "1"],
            "Nothing is to be changed.",
        ),
        (
            vec![
                "problem", "evidence", "long", "--edit", "1", "--weight", "3",
            ],
            "Nothing is to be changed.",
        ),
        (
            vec!["problem", "evidence", "long", "no", "--remove", "1"],
            "cannot be used",
        ),
    ] {
        let answer = program.run(line.clone());
        assert_eq!((answer.code, answer.out.as_str()), (2, ""), "{line:?}");
        assert!(answer.err.contains(said), "{line:?}: {}", answer.err);
    }
}

#[test]
fn an_assumption_is_reworded_and_removed() {
    let program = shop();
    let line = [
        "problem",
        "test",
        "long",
        "They have a card",
        "--how",
        "Count",
    ];
    program.run(line).ok();
    let line = [
        "problem",
        "test",
        "long",
        "card",
        "--reword",
        "Most have a card",
        "--result",
        "61 %",
    ];
    program.run(line).ok();
    let document = program.run(["problem", "show", "long", "--json"]);
    let tests = document.json("problem")["problem"]["tests"].clone();
    assert_eq!(
        tests,
        json!([{ "assumption": "Most have a card", "how": "Count", "result": "61 %" }])
    );
    let refused = program
        .run(["problem", "test", "long", "cash", "--remove"])
        .refused();
    assert!(
        refused.contains("There is not one assumption `cash`."),
        "{refused}"
    );
    program
        .run(["problem", "test", "long", "card", "--remove"])
        .ok();
    let document = program.run(["problem", "show", "long", "--json"]);
    assert_eq!(document.json("problem")["problem"].get("tests"), None);
}

#[test]
fn a_name_that_fits_several_problems_is_refused_with_all_of_them() {
    let program = shop();
    let said = program.run(["problem", "show", "checkout"]).refused();
    assert!(
        said.starts_with("`checkout` fits 2 problems: \u{201c}Checkout takes too long\u{201d} ("),
        "{said}"
    );
    assert!(
        said.contains("\u{201c}Checkout asks twice\u{201d}"),
        "{said}"
    );
    let document = program
        .run(["problem", "list", "--json"])
        .json("problem-list");
    let id = document["problems"][1]["id"].as_str().unwrap();
    let part = id.get(id.len() - 8..).unwrap();
    let shown = program.run(["problem", "show", part]).ok();
    assert!(
        shown.starts_with(part) && shown.contains("asks twice"),
        "{shown}"
    );
    assert_eq!(
        program.run(["problem", "show", "returns"]).refused(),
        "There is no problem `returns`. Use words of its title or a part of its id."
    );
    assert!(
        program
            .run(["problem", "add", " "])
            .refused()
            .starts_with("A problem needs a title.")
    );
    assert!(
        program
            .run(["problem", "edit", "long"])
            .usage()
            .contains("--who")
    );
    assert!(
        program
            .run(["problem", "evidence", "long", "x", "--weight", "4"])
            .usage()
            .contains("from 0 to 3")
    );
    assert!(
        program
            .run(["problem", "evidence", "long", "x", "--date", "soon"])
            .usage()
            .contains("is no day")
    );
    assert!(
        program
            .run(["problem", "state", "long", "sure"])
            .usage()
            .contains("assumed, validated, refuted")
    );
    assert!(
        program
            .run(["problem", "state", "long", "refuted"])
            .refused()
            .contains("a reason is needed")
    );
    assert!(
        program
            .run(["problem", "edit", "long", "--outcome", "none"])
            .refused()
            .starts_with("There is no outcome")
    );
}

#[test]
fn stories_are_linked_as_one_act_and_the_list_counts_them() {
    let program = shop();
    assert_eq!(program.run(["problem", "list"]).ok().lines().count(), 2);
    let said = program
        .run(["problem", "link", "long", "WEB-1", "web-2"])
        .ok();
    assert!(
        said.ends_with(" is to be solved by WEB-1, WEB-2.\n"),
        "{said}"
    );
    let document = program
        .run(["problem", "show", "long", "--json"])
        .json("problem");
    assert_eq!(document["problem"]["stories"], json!(["WEB-1", "WEB-2"]));
    assert!(
        program
            .run(["problem", "list", "LONG"])
            .ok()
            .contains("2 open")
    );
    // Whoever moves a story is told where it leaves a gap.
    program.run(["problem", "add", "Guests are lost"]).ok();
    let moved = ["problem", "link", "guests", "WEB-1", "WEB-2"];
    let said = program.run(moved).ok();
    let left = "is to be solved by WEB-1, WEB-2, and no longer “Checkout takes too long”.\n";
    assert!(said.ends_with(left), "{said}");
    for _ in 0..3 {
        program.run(["undo"]).ok();
    }
    assert!(
        program
            .run(["problem", "list", "long"])
            .ok()
            .contains("no story")
    );
    program.run(["redo"]).ok();
    program.run(["problem", "unlink", "long", "WEB-2"]).ok();
    assert_eq!(
        program
            .run(["problem", "unlink", "long", "WEB-2"])
            .refused(),
        "WEB-2 is not linked to \u{201c}Checkout takes too long\u{201d}. Look at it with `backstory show WEB-2`."
    );
    assert!(
        program
            .run(["problem", "link", "long", "WEB-9"])
            .refused()
            .contains("WEB-9")
    );
    program.run(["edit", "WEB-2", "--problem", "twice"]).ok();
    assert!(
        program
            .run(["problem", "list", "twice"])
            .ok()
            .contains("1 open")
    );
    program.run(["edit", "WEB-2", "--problem", ""]).ok();
    assert_eq!(program.story("WEB-2").get("problem"), None);
}

#[test]
fn the_problem_of_an_accepted_story_is_found_out_afterwards() {
    let program = shop();
    accepted(&program, "WEB-1");
    program.run(["problem", "link", "too long", "WEB-1"]).ok();
    assert!(program.story("WEB-1").get("problem").is_some());
    assert_eq!(
        program.run(["orphans", "--json"]).json("orphan-list")["unchecked"],
        json!(["WEB-1"]),
        "and somebody has to look what it was good for"
    );
    program.run(["edit", "WEB-1", "--problem", ""]).ok();
    assert_eq!(program.story("WEB-1").get("problem"), None);
    let refused = program.run(["edit", "WEB-1", "--epic", "x"]).refused();
    assert!(refused.contains("stays as it is"), "{refused}");
}

#[test]
fn a_problem_and_an_outcome_are_taken_away_and_come_back() {
    let program = shop();
    program.run(["problem", "link", "too long", "WEB-1"]).ok();
    let answer = program.run(["problem", "remove", "too", "long"]).ok();
    assert_eq!(
        answer,
        "“Checkout takes too long” is deleted. 1 story solves no problem now.\n"
    );
    assert_eq!(program.story("WEB-1").get("problem"), None);
    program.run(["undo"]).ok();
    assert!(program.story("WEB-1").get("problem").is_some());
    let gone = program.run(["problem", "remove", "checkout"]).refused();
    assert!(gone.contains("fits 2 problems"), "{gone}");

    let answer = program.run(["outcome", "remove", "finish"]).ok();
    assert_eq!(
        answer,
        "“More people finish” is deleted. Its problem serves no outcome now.\n"
    );
    let list = program.run(["outcome", "list", "--json"]);
    assert_eq!(list.json("outcome-list")["outcomes"], json!([]));
    let problem = program.run(["problem", "show", "too long", "--json"]);
    assert_eq!(problem.json("problem")["problem"].get("outcome"), None);
    program.run(["undo"]).ok();
    let removed = program.run(["outcome", "remove", "finish", "--json"]);
    let removed = removed.json("outcome");
    assert_eq!(removed["outcome"]["title"], "More people finish");
    assert_eq!(removed["outcome"]["problems"].as_array().unwrap().len(), 1);
    let log = program.run(["log", "--limit", "1"]).ok();
    assert!(
        log.contains("delete the outcome “More people finish”"),
        "{log}"
    );
    let gone = program.run(["outcome", "remove", "finish"]).refused();
    assert!(gone.contains("There is no outcome `finish`."), "{gone}");
}

#[test]
fn stories_of_refuted_problems_above_the_cut_are_told_apart() {
    let program = super::forecast::steady();
    program
        .run(["problem", "add", "Checkout takes too long"])
        .ok();
    program
        .run(["problem", "link", "long", "WEB-1", "WEB-4"])
        .ok();
    let line = [
        "problem",
        "state",
        "long",
        "refuted",
        "--reason",
        "No one minds",
    ];
    program.run(line).ok();
    let document = program.run(["orphans", "--json"]).json("orphan-list");
    assert_eq!(document["refuted"][0]["stories"], json!(["WEB-1", "WEB-4"]));
    assert_eq!(document["refuted"][0]["above_cut"], json!(["WEB-1"]));
    let said = program.run(["orphans"]).ok();
    let place = |words: &str| {
        said.find(words)
            .unwrap_or_else(|| panic!("{words}: {said}"))
    };
    assert!(place("Stories of refuted problems above the cut") < place("WEB-1"));
    assert!(place("WEB-1") < place("Open stories of refuted problems"));
    assert!(place("Open stories of refuted problems") < place("WEB-4"));
}

#[test]
fn a_story_shows_its_whole_thread() {
    let program = shop();
    program.run(["problem", "link", "long", "WEB-1"]).ok();
    program
        .run([
            "problem",
            "evidence",
            "long",
            "Gave up",
            "--source",
            "Mia",
            "--date",
            "2026-01-02",
        ])
        .ok();
    accepted(&program, "WEB-1");
    program
        .run([
            "learn",
            "WEB-1",
            "--when",
            "in 0 days",
            "--how",
            "Look at conversion",
        ])
        .ok();
    let shown = program.run(["show", "WEB-1"]).ok();
    let planned = program.story("WEB-1")["check"]["when"].clone();
    let check = format!(
        "benefit    to be checked since {} · known by: Look at conversion",
        planned.as_str().unwrap()
    );
    for words in [
        "outcome    More people finish (conversion",
        "problem    Checkout takes too long · assumed · 1 voice · ",
        "evidence   2026-01-02 interview, Mia: Gave up",
        check.as_str(),
    ] {
        assert!(shown.contains(words), "{words}\n{shown}");
    }
}

#[test]
fn an_accepted_story_comes_back_to_be_learned_from() {
    let program = shop();
    program.run(["problem", "link", "long", "WEB-1"]).ok();
    let early = program.run(["learn", "WEB-1", "--kept"]).refused();
    assert!(early.starts_with("WEB-1 is idea, not accepted."), "{early}");
    accepted(&program, "WEB-1");
    let over = program.run(["learn", "WEB-1", "--when", "2020-01-03"]);
    let over = over.usage();
    assert!(over.contains("2020-01-03 is over."), "{over}");
    let told = program.run(["learn", "WEB-1", "--when", "in 0 days"]).ok();
    let planned = program.story("WEB-1")["check"]["when"].clone();
    let today = planned.as_str().unwrap();
    assert_eq!(told, format!("WEB-1 comes back on {today}.\n"));
    assert!(
        program
            .run(["learn"])
            .ok()
            .contains("Pay with a saved card")
    );
    let due = program.run(["learn", "--json"]).json("learn-list");
    assert_eq!(due["stories"][0]["key"], "WEB-1");
    let story = program
        .run([
            "learn",
            "WEB-1",
            "--kept",
            "--number",
            "-3 %",
            "--note",
            "On phones",
            "--json",
        ])
        .json("story");
    let check = &story["story"]["check"];
    assert_eq!(
        (&check["result"], &check["number"]),
        (&json!("kept"), &json!("-3 %"))
    );
    assert_eq!((&check["by"], &check["when"]), (&json!("Ana"), &planned));
    let due = program.run(["learn", "--json"]).json("learn-list");
    assert_eq!(due["stories"], json!([]));
    let outcomes = program
        .run(["outcome", "list", "--json"])
        .json("outcome-list");
    assert_eq!(
        outcomes["outcomes"][0]["promises"],
        json!({ "accepted": 1, "kept": 1, "missed": 0, "unknown": 0 })
    );
    assert!(
        program
            .run(["outcome", "list"])
            .ok()
            .contains("1 problem  1 kept")
    );
    program.run(["undo"]).ok();
    assert_eq!(program.story("WEB-1")["check"].get("result"), None);
    assert!(program.run(["learn", "WEB-1"]).usage().contains("--when"));
    assert_eq!(program.run(["learn", "--kept"]).code, 2);
}

#[test]
fn an_outcome_is_changed_and_cleared() {
    let program = shop();
    program
        .run(["outcome", "edit", "finish", "--to", "40 %", "--by", ""])
        .ok();
    let listed = program.run(["outcome", "list"]).ok();
    assert!(
        listed.contains("conversion 31 % \u{2192} 40 %  1 problem"),
        "{listed}"
    );
    assert!(
        program
            .run(["outcome", "edit", "finish"])
            .usage()
            .contains("--measure")
    );
    assert!(
        program
            .run(["outcome", "add", ""])
            .refused()
            .starts_with("An outcome needs a title.")
    );
    let log = program.run(["log"]).ok();
    assert!(log.contains("edit the outcome More people finish"), "{log}");
}

#[test]
fn loose_ends_are_listed() {
    let program = shop();
    program.run(["problem", "link", "long", "WEB-1"]).ok();
    let found = program.run(["orphans"]).ok();
    let expected = [
        "Problems without a story",
        "Checkout asks twice",
        "",
        "Problems with one candidate only",
        "Checkout takes too long",
        "",
        "Open stories without a problem",
        "Check out as a guest",
    ];
    for (line, words) in found.lines().zip(expected) {
        assert!(line.contains(words), "{words}\n{found}");
    }
    let document = program.run(["orphans", "--json"]).json("orphan-list");
    assert_eq!(document["stories"], json!(["WEB-2"]));
    assert_eq!(document["unsolved"].as_array().unwrap().len(), 1);
    program
        .run([
            "problem",
            "state",
            "long",
            "refuted",
            "--reason",
            "Nobody minds",
        ])
        .ok();
    let document = program.run(["orphans", "--json"]).json("orphan-list");
    assert_eq!(document["refuted"][0]["stories"], json!(["WEB-1"]));
}

#[test]
fn an_export_carries_the_thread_to_another_product() {
    let program = shop();
    program.run(["problem", "link", "long", "WEB-1"]).ok();
    let before = program
        .run(["problem", "list", "--json"])
        .json("problem-list");
    program
        .run(["export", "--to", "json", "-o", "all.json"])
        .ok();
    program.run(["init", "Other"]).ok();
    let told = program
        .run(["-p", "other", "import", "all.json", "--json"])
        .json("import-report");
    assert_eq!(told["notes"][1], "Problems: 2 new, 0 updated.");
    let after = program
        .run(["-p", "other", "problem", "list", "--json"])
        .json("problem-list");
    assert_eq!(after["problems"], before["problems"]);
    program.run(["-p", "other", "undo"]).ok();
    let after = program
        .run(["-p", "other", "problem", "list", "--json"])
        .json("problem-list");
    assert_eq!(after["problems"], json!([]));
}

#[test]
fn outcomes_of_one_title_are_told_apart_by_their_ids() {
    let program = shop();
    let said = program.run(["outcome", "add", "More people finish"]).ok();
    assert!(
        said.contains("is written down beside another one of this title; its id ends in "),
        "{said}"
    );
    let id = said.trim_end_matches(".\n").rsplit(' ').next().unwrap();
    let listed = program.run(["outcome", "list"]).ok();
    assert!(listed.contains(id), "{listed}");
    let refused = program
        .run(["outcome", "edit", "finish", "--to", "1"])
        .refused();
    assert!(refused.contains(&format!("({id})")), "{refused}");
    program.run(["outcome", "edit", id, "--to", "40 %"]).ok();
    let said = program.run(["problem", "add", "Checkout takes too long"]);
    let said = [
        said.ok(),
        program
            .run(["problem", "add", "Checkout takes too long"])
            .ok(),
    ];
    assert!(
        said[1].contains("beside another one of this title"),
        "{said:?}"
    );
}
