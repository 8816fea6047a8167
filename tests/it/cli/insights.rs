//! The insights, on the command line.

use serde_json::json;

use super::forecast::steady;
use super::program::Program;

/// A product in which one story was rejected twice and accepted then, and another is delivered.
fn reviewed() -> Program {
    let program = Program::with_product();
    for title in ["Pay", "Ship"] {
        program
            .run([
                "add",
                title,
                "--criterion",
                "A mail is sent",
                "--estimate",
                "3",
            ])
            .ok();
    }
    for step in ["agree", "start", "deliver"] {
        program.run(["step", "WEB-1", step]).ok();
        program.run(["step", "WEB-2", step]).ok();
    }
    for _ in 0..2 {
        let rejected = [
            "review",
            "WEB-1",
            "--not-met",
            "1",
            "--note",
            "1=none came",
            "--reject",
        ];
        program.run(rejected).ok();
        program.run(["step", "WEB-1", "restart"]).ok();
        program.run(["step", "WEB-1", "deliver"]).ok();
    }
    program
        .run(["review", "WEB-1", "--met", "1", "--accept"])
        .ok();
    program
}

#[test]
fn the_figures_of_the_screen_are_printed_with_their_stories() {
    let said = reviewed().run(["insights"]).ok();
    for words in [
        "Velocity: 10 points an iteration, a guess",
        "Burn-up: 3 of 6 points are done",
        "Cycle time: too few stories to tell\n",
        "Under way: 1 story is begun and not accepted\n",
        "WEB-2  Ship  delivered 0 hours  0 hours",
        "Rejections: 2 of 3 reviews ended in one; 0 of 1 story was accepted the first time",
        "2 of 3 rejected  0 of 1 accepted the first time",
        "WEB-1  Pay  rejected 2 times",
        "Fails most often: too few reviews to tell",
    ] {
        assert!(said.contains(words), "{words}: {said}");
    }
}

#[test]
fn a_document_has_every_count() {
    let document = reviewed().run(["insights", "--json"]).json("insights");
    let rounds = json!({ "ended": 3, "rejected": 2, "first": 1, "first_accepted": 0 });
    let reviews = &document["reviews"];
    assert_eq!(reviews["all"], rounds);
    assert_eq!(reviews["iterations"][0]["rejected"], 2);
    assert_eq!(
        reviews["again"],
        json!([{ "key": "WEB-1", "title": "Pay", "rejected": 2 }])
    );
    assert_eq!(document["failures"], json!(null));
    assert_eq!(document["under_way"]["stories"][0]["key"], "WEB-2");
    assert_eq!(document["velocity"]["guessed"], true);
    let measured = steady().run(["insights", "--json"]).json("insights");
    assert_eq!(
        measured["velocity"],
        json!({ "points": 10, "guessed": false })
    );
    assert_eq!(measured["iterations"][0]["points"], 10);
    assert_eq!(measured["burn_up"]["done"], 50);
}

#[test]
fn what_fails_most_is_printed_with_how_often_it_came_up() {
    let program = Program::with_product();
    for number in 1..=8 {
        let (criterion, verdict) = if number <= 3 {
            ("The refund is shown", "--not-met")
        } else {
            ("It works on paper", "--met")
        };
        let key = program
            .run(["add", &format!("Story {number}"), "--criterion", criterion])
            .ok();
        let key = key.trim();
        for step in ["agree", "start", "deliver"] {
            program.run(["step", key, step]).ok();
        }
        let end = if number <= 3 { "--reject" } else { "--accept" };
        program
            .run(["review", key, verdict, "1", "--note", "1=as seen", end])
            .ok();
    }
    let said = program.run(["insights"]).ok();
    for words in [
        "Rejections: 38 % of 8 reviews ended in one; 63 % of 8 stories",
        "criterion  The refund is shown  3 of 3",
        "word       refund, shown        3 of 3",
    ] {
        assert!(said.contains(words), "{words}: {said}");
    }
}

#[test]
fn a_new_product_says_what_is_missing() {
    let said = Program::with_product().run(["insights"]).ok();
    for words in [
        "Burn-up: no story has an estimate",
        "Cycle time: no story has gone from started to accepted",
        "Under way: nothing is started",
        "Rejections: no review has ended",
    ] {
        assert!(said.contains(words), "{words}: {said}");
    }
}
