//! Scores on the command line.

use serde_json::{Value, json};

use super::program::Program;

/// A product with stories of these value/effort scores, both parts in one word; an empty one has none.
pub(super) fn scored(scores: &[&str]) -> Program {
    let program = Program::with_product();
    program.run(["config", "scores", "value-effort"]).ok();
    for (number, score) in (1..).zip(scores) {
        program.run(["add", &format!("Story {number}")]).ok();
        let mut digits = score.chars();
        if let (Some(value), Some(effort)) = (digits.next(), digits.next()) {
            let values = [format!("value={value}"), format!("effort={effort}")];
            program
                .run(["score", &number.to_string(), &values[0], &values[1]])
                .ok();
        }
    }
    program
}

#[test]
fn values_are_set_as_one_act_and_shown_with_the_number_they_make() {
    let program = scored(&["", ""]);
    let said = program
        .run([
            "score",
            "WEB-1",
            "2",
            "web-1",
            "wsjf.value=8",
            "wsjf.urgency=5",
            "wsjf.risk=3",
            "size=3",
            "Won't",
        ])
        .ok();
    let told =
        "  MoSCoW wont\n  no value/effort score\n  WSJF 5.3 (value 8, urgency 5, risk 3, size 3)\n";
    let unused = |name: &str, word: &str| {
        format!(
            "{name} is not in use yet; `backstory config scores --add {word}` gives it a column on the screen.\n"
        )
    };
    assert_eq!(
        said,
        format!(
            "WEB-1  Story 1\n{told}\nWEB-2  Story 2\n{told}{}{}",
            unused("MoSCoW", "moscow"),
            unused("WSJF", "wsjf")
        )
    );
    assert_eq!(
        program.story("2")["scores"],
        json!({ "wsjf": { "value": 8, "urgency": 5, "risk": 3, "size": 3 }, "moscow": "wont" })
    );
    let log = program.run(["log", "--limit", "1"]).ok();
    assert!(log.contains("score 2 stories"), "{log}");
    program.run(["undo"]).ok();
    assert_eq!(program.story("1").get("scores"), None);
    assert_eq!(program.story("2").get("scores"), None);
}

#[test]
fn none_takes_a_value_or_a_whole_way_to_score_away() {
    let program = scored(&["42"]);
    program
        .run(["score", "1", "moscow=must", "rice.reach=9"])
        .ok();
    program.run(["score", "1", "effort=none"]).ok();
    assert_eq!(
        program.story("1")["scores"],
        json!({ "value-effort": { "value": 4 }, "moscow": "must", "rice": { "reach": 9 } })
    );
    program
        .run([
            "score",
            "1",
            "rice=none",
            "moscow=none",
            "--by",
            "value-effort",
            "value=none",
        ])
        .ok();
    assert_eq!(program.story("1").get("scores"), None);
    let said = program.run(["score", "1"]).ok();
    assert_eq!(said, "WEB-1  Story 1\n  no value/effort score\n");
}

#[test]
fn a_story_that_others_wait_for_counts_as_they_do_and_says_which() {
    let program = scored(&["", "51", "15"]);
    program.run(["edit", "2", "--blocked-by", "1"]).ok();
    program.run(["edit", "3", "--blocked-by", "1"]).ok();
    assert_eq!(
        program.run(["score", "1"]).ok(),
        "WEB-1  Story 1\n  no value/effort score\n  counts as value/effort 5, because WEB-2 waits for it\n"
    );
    let document = program
        .run(["score", "1", "2", "--json"])
        .json("score-list");
    assert_eq!(
        document["stories"][0],
        json!({
            "key": "WEB-1", "position": 1, "title": "Story 1", "scores": [
                { "method": "value-effort", "parts": {}, "own": null, "number": 5.0, "raised_by": "WEB-2" }
            ]
        })
    );
    assert_eq!(
        document["stories"][1]["scores"][0],
        json!({ "method": "value-effort", "parts": { "value": 5, "effort": 1 }, "own": 5.0, "number": 5.0, "raised_by": null })
    );
}

#[test]
fn without_a_key_order_and_scores_are_compared() {
    let program = scored(&["15", "", "51", "11"]);
    let said = program.run(["score"]).ok();
    assert_eq!(
        said,
        "1  WEB-1  Story 1  0.2\n3  WEB-3  Story 3  5.0\n4  WEB-4  Story 4  1.0\n\
         1 open story has no value/effort score.\n\n\
         3 of 3 scored stories stand elsewhere; the furthest first.\n\
         1 -> 4  WEB-1  Story 1  value/effort 0.2 — large effort\n\
         3 -> 1  WEB-3  Story 3  value/effort 5 — small effort\n\
         4 -> 3  WEB-4  Story 4  value/effort 1 — small effort\n"
    );
    let document = program.run(["score", "--json"]).json("score-board");
    assert_eq!(document["method"], "value-effort");
    assert_eq!(document["unscored"], 1);
    assert_eq!(document["shares"], Value::Null);
    assert_eq!(
        document["stories"][1],
        json!({ "key": "WEB-3", "position": 3, "by_score": 1, "number": 5.0, "raised_by": null })
    );
    assert_eq!(
        document["disagreements"][0],
        json!({ "key": "WEB-1", "from": 1, "to": 4, "reason": "value/effort 0.2 — large effort" })
    );
}

#[test]
fn by_moscow_the_shares_are_told_and_too_much_must_is_noticed() {
    let program = Program::with_product();
    for (title, points) in [("Pay", "8"), ("Ship", "5"), ("Wrap", "3"), ("Rate", "3")] {
        program.run(["add", title, "--estimate", points]).ok();
    }
    for (number, class) in [("1", "must"), ("2", "must"), ("3", "should"), ("4", "wont")] {
        program
            .run(["score", number, &format!("moscow={class}")])
            .ok();
    }
    let said = program.run(["score", "--by", "MoSCoW"]).ok();
    for line in [
        "The 4 scored stories stand in the order of their scores.\n",
        "must     81 %  2 stories, 13 points\n",
        "wont           1 story, 3 points\n",
        "81 % of the effort is a must; above 60 % nothing can give way",
    ] {
        assert!(said.contains(line), "{line}{said}");
    }
    let shares = program
        .run(["score", "--by", "moscow", "--json"])
        .json("score-board")["shares"]
        .clone();
    assert_eq!(
        (&shares["of"], &shares["classes"][0]["percent"]),
        (&json!("points"), &json!(81))
    );
    assert_eq!(shares["classes"][3]["percent"], Value::Null);
    assert!(shares["notice"].as_str().unwrap().starts_with("81 %"));
}

#[test]
fn what_is_no_score_is_refused_and_nothing_changes() {
    let program = scored(&["42"]);
    for (arguments, sentence) in [
        (
            vec!["1", "wsjf.value=4"],
            "`4` is no WSJF value. Use one of: 1, 2, 3, 5, 8, 13, 20.",
        ),
        (
            vec!["1", "value=5", "effort=9"],
            "`9` is no effort. Use one of: 1, 2, 3, 4, 5.",
        ),
        (vec!["1", "mood=4"], "`mood` is no part of a score."),
        (
            vec!["1", "--by", "rice", "value=4"],
            "`rice.value` is no part of a score. Use one of: rice.reach, rice.impact",
        ),
        (vec!["9", "value=4"], "There is no story 9."),
        (
            vec!["--by", "wsjf"],
            "None of these stories has a WSJF score. Score two or more first: `backstory score KEY --by wsjf value=N urgency=N risk=N size=N`.",
        ),
        (
            vec![],
            "Only one of these stories has a value/effort score. Score two or more first: `backstory score KEY --by value-effort value=N effort=N`.",
        ),
    ] {
        let said = program
            .run([&["score"], arguments.as_slice()].concat())
            .refused();
        assert!(said.starts_with(sentence), "{said}");
    }
    assert_eq!(
        program.story("1")["scores"],
        json!({ "value-effort": { "value": 4, "effort": 2 } })
    );
    let said = program.run(["score", "value=4"]).usage();
    assert!(said.contains("`backstory score KEY value=4`"), "{said}");
    let said = program.run(["score", "1", "--by", "gut"]).usage();
    assert!(said.contains("moscow, value-effort, wsjf, rice"), "{said}");
}

#[test]
fn the_forms_that_refusals_name_do_work() {
    let program = scored(&["", ""]);
    for method in ["moscow", "value-effort", "wsjf", "rice"] {
        let said = program.run(["score", "--by", method]).refused();
        let form = said.split('`').nth(1).unwrap();
        for key in ["WEB-1", "WEB-2"] {
            let form = form
                .replace("KEY", key)
                .replace("confidence=N", "confidence=50")
                .replace("=N", "=1");
            program.run(form.split(' ').skip(1)).ok();
        }
        program.run(["score", "--by", method]).ok();
    }
}

#[test]
fn without_a_way_to_score_it_says_how_to_name_one() {
    let program = Program::with_product();
    program.run(["add", "Pay"]).ok();
    let said = program.run(["score"]).refused();
    assert!(said.starts_with("No way to score is in use yet."), "{said}");
    assert!(said.contains("`backstory config scores wsjf`"), "{said}");
    let said = program.run(["score", "WEB-1"]).ok();
    assert!(said.contains("It has no score."), "{said}");
}

#[test]
fn an_accepted_story_keeps_its_score() {
    let program = scored(&["42"]);
    program.run(["edit", "1", "--kind", "chore"]).ok();
    for step in ["agree", "start", "deliver"] {
        program.run(["step", "1", step]).ok();
    }
    program.run(["review", "1", "--accept"]).ok();
    let said = program.run(["score", "1", "value=5"]).refused();
    assert!(said.starts_with("WEB-1 is accepted"), "{said}");
    let said = program.run(["score", "1"]).ok();
    assert_eq!(
        said,
        "WEB-1  Story 1\n  value/effort 2 (value 4, effort 2)\n"
    );
}

#[test]
fn impact_is_what_the_evidence_for_the_problem_weighs_and_is_not_entered() {
    let program = Program::with_product();
    for command in [
        vec!["add", "Pay"],
        vec!["add", "Ship"],
        vec!["add", "Refund"],
        vec!["problem", "add", "Parcels come late"],
        vec!["problem", "add", "Money comes late"],
        vec!["problem", "evidence", "Parcels", "Waited", "--weight", "3"],
        vec!["edit", "WEB-2", "--problem", "Money"],
        vec!["edit", "WEB-3", "--problem", "Parcels"],
    ] {
        program.run(command).ok();
    }
    assert_eq!(
        program.run(["score", "3", "1", "--by", "impact"]).ok(),
        "WEB-3  Refund\n  impact 3 (Parcels come late)\n\nWEB-1  Pay\n  no impact score\n"
    );
    let said = program
        .run(["score", "1", "--by", "impact", "value=3"])
        .usage();
    assert!(said.contains("`backstory problem evidence`"), "{said}");
    let dry = program.run(["sort", "--by", "impact", "--dry-run"]).ok();
    assert!(
        dry.contains("3 -> 2  WEB-3  Refund  impact 3 — Parcels come late"),
        "{dry}"
    );
    program
        .run([
            "problem",
            "state",
            "Money",
            "refuted",
            "--reason",
            "It does not",
        ])
        .ok();
    let said = program.run(["sort", "--by", "impact"]).refused();
    assert_eq!(
        said,
        "Only one of these stories has a problem that stands. Name the problems of two or more first: `backstory edit KEY --problem PROBLEM`."
    );
    // The part of RICE of the same name is still entered and taken away.
    program.run(["score", "1", "impact=2"]).ok();
    assert!(program.run(["score", "1"]).ok().contains("impact 2"));
    program.run(["score", "1", "impact=none"]).ok();
    let left = program.run(["score", "1"]).ok();
    assert!(left.contains("It has no score."), "{left}");
}
