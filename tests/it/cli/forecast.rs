//! Forecasts, on the command line.

use std::fs;

use jiff::civil::Date;
use jiff::tz::TimeZone;
use jiff::{SignedDuration, Timestamp};
use serde_json::{Value, json};

use super::program::Program;

/// A product with one-week iterations from five weeks ago on: 10 points were accepted in each, four stories of 3 points
/// are open.
pub(super) fn steady() -> Program {
    let program = Program::with_product();
    let file = program.data().join("webshop/product.json");
    let mut product: Value = serde_json::from_slice(&fs::read(&file).unwrap()).unwrap();
    product["iterations"] = json!({ "start": today(-35).to_string(), "weeks": 1 });
    fs::write(&file, product.to_string()).unwrap();
    for number in 1..=4 {
        program
            .run(["add", &format!("Story {number}"), "--estimate", "3"])
            .ok();
    }
    for (number, days) in [(11, 33), (12, 26), (13, 19), (14, 12), (15, 5)] {
        let at = Timestamp::now() - SignedDuration::from_hours(days * 24);
        let id = format!("019ab3c4-7c3e-7d5a-9b1e-2f6c1d0a80{number}");
        let story = json!({
            "format": 1, "id": id, "number": number, "title": "Done", "status": "accepted", "rank": "a0", "estimate": 10,
            "log": [{ "status": "accepted", "at": at, "by": "Ana" }], "created": at, "updated": at,
        });
        let file = program.data().join(format!("webshop/stories/{id}.json"));
        fs::write(file, story.to_string()).unwrap();
    }
    program
}

fn today(days: i64) -> Date {
    let today = TimeZone::system().to_datetime(Timestamp::now()).date();
    today.saturating_add(SignedDuration::from_hours(days * 24))
}

#[test]
fn without_iterations_and_history_it_guesses_and_says_so() {
    let program = Program::with_product();
    program.run(["add", "Pay", "--estimate", "8"]).ok();
    program.run(["add", "Wrap", "--estimate", "3"]).ok();
    program.run(["add", "Return"]).ok();
    let said = program.run(["forecast"]).ok();
    assert!(
        said.starts_with("Velocity: 10 points an iteration, a guess"),
        "{said}"
    );
    for sentence in [
        "The product has no iterations",
        "1 story without an estimate is taken for 0 points.",
        "There is no range before three iterations are completed.",
        "8 of 10 points  1 story    WEB-1",
        "3 of 12 points  2 stories  WEB-2 … WEB-3",
    ] {
        assert!(said.contains(sentence), "{sentence}: {said}");
    }
    let document = program.run(["forecast", "--json"]).json("forecast");
    assert_eq!(document["guessed"], true);
    assert_eq!(document["calendar_guessed"], true);
    assert_eq!(
        document["stories"][2],
        json!({ "key": "WEB-3", "iteration": 2, "likely": null, "careful": null })
    );
}

#[test]
fn an_empty_backlog_has_a_velocity_all_the_same() {
    let said = Program::with_product().run(["forecast"]).ok();
    assert!(said.ends_with("There is no open story.\n"), "{said}");
}

#[test]
fn where_the_team_gives_no_estimates_stories_are_counted() {
    let program = steady();
    assert_eq!(
        program.run(["config", "scale", "none"]).ok(),
        "scale is now: none\n"
    );
    program.run(["add", "Without an estimate"]).ok();
    let document = program.run(["forecast", "--json"]).json("forecast");
    assert_eq!(document["velocity"], 1);
    let first = &document["iterations"][0];
    assert_eq!(first["stories"], json!(["WEB-1"]));
    assert_eq!(
        (&first["points"], &first["capacity"]),
        (&json!(1), &json!(1))
    );
    let said = program.run(["forecast"]).ok();
    assert!(!said.contains("without an estimate"), "{said}");
    assert!(
        said.starts_with("Velocity: 1 story an iteration,"),
        "{said}"
    );
    assert!(said.contains("What counts: features"), "{said}");
    // Nobody speaks of points where there are none.
    let asked: [&[&str]; 5] = [
        &["forecast"],
        &["insights"],
        &["list", "--group", "epic"],
        &["report", "iteration", "5"],
        &["report", "iteration", "5", "--to", "html"],
    ];
    for asked in asked {
        let said = program.run(asked).ok();
        assert!(!said.to_lowercase().contains("point"), "{asked:?}: {said}");
    }
    let insights = program.run(["insights"]).ok();
    assert!(insights.contains("stories are done"), "{insights}");
    for given in [
        &["edit", "WEB-1", "--estimate", "5"][..],
        &["add", "Another", "--estimate", "5"],
    ] {
        assert_eq!(
            program.run(given).refused(),
            "The team gives no estimates. Choose a scale first: `backstory config scale 1 2 3 5 8`."
        );
    }
    program.run(["edit", "WEB-1", "--estimate", ""]).ok();
    program.run(["undo"]).ok();
    program.run(["config", "scale", "1", "2", "3"]).ok();
    let document = program.run(["forecast", "--json"]).json("forecast");
    assert_eq!(document["velocity"], 10);
}

#[test]
fn a_history_gives_velocity_and_range() {
    let program = steady();
    let said = program.run(["forecast"]).ok();
    assert!(
        said.starts_with("Velocity: 10 points an iteration, the mean of 3 iterations, 3 to 5.\n"),
        "{said}"
    );
    assert!(
        said.contains("9 of 10 points  3 stories  WEB-1 … WEB-3  50 % by 6  85 % by 6"),
        "{said}"
    );
    let document = program.run(["forecast", "--json"]).json("forecast");
    assert_eq!(document["velocity"], 10);
    assert_eq!(document["guessed"], false);
    assert_eq!(document["past"].as_array().unwrap().len(), 5);
    let first = &document["iterations"][0];
    assert_eq!(first["number"], 6);
    assert_eq!(first["from"], today(0).to_string());
    assert_eq!(first["until"], today(6).to_string());
    assert_eq!(
        (&first["points"], &first["capacity"]),
        (&json!(9), &json!(10))
    );
    assert_eq!(first["stories"], json!(["WEB-1", "WEB-2", "WEB-3"]));
    assert_eq!(document["iterations"][1]["room"], 11);
    assert_eq!(
        document["stories"][3],
        json!({ "key": "WEB-4", "iteration": 7, "likely": 7, "careful": 7 })
    );
}

#[test]
fn what_is_supposed_changes_the_answer_and_nothing_else() {
    let program = steady();
    let before = program.run(["forecast", "--json"]).json("forecast");
    let supposed = program
        .run([
            "forecast",
            "--velocity",
            "6",
            "--without",
            "WEB-1",
            "--without",
            "web-2",
            "--json",
        ])
        .json("forecast");
    assert_eq!(supposed["velocity"], 6);
    assert_eq!(supposed["iterations"].as_array().unwrap().len(), 1);
    assert_eq!(supposed["stories"][0]["iteration"], Value::Null);
    assert_eq!(supposed["stories"][2]["iteration"], 6);
    assert_eq!(program.run(["forecast", "--json"]).json("forecast"), before);
}

#[test]
fn velocities_and_stories_that_are_none_are_refused() {
    let program = steady();
    for velocity in ["0", "many"] {
        let said = program.run(["forecast", "--velocity", velocity]).usage();
        assert!(said.contains("a number above 0"), "{said}");
    }
    assert!(
        program
            .run(["forecast", "--without", "WEB-99"])
            .refused()
            .contains("no story WEB-99")
    );
    assert!(
        program
            .run(["forecast", "--without", "WEB-11"])
            .refused()
            .contains("WEB-11 is accepted")
    );
}
