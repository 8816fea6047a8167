//! The page for a sprint review, on the command line.

use std::fs;

use serde_json::json;

use super::program::Program;

/// A product in which one story was accepted by a waiver, one rejected and delivered again, one started.
fn reviewed() -> Program {
    let program = Program::with_product();
    for (title, points) in [("Pay", "3"), ("Return", "5"), ("Wrap", "2")] {
        program
            .run(["add", title, "--criterion", "one", "--estimate", points])
            .ok();
    }
    for key in ["WEB-1", "WEB-2", "WEB-3"] {
        for step in ["agree", "start", "deliver"] {
            program.run(["step", key, step]).ok();
        }
    }
    program.run(["step", "WEB-3", "undeliver"]).ok();
    let waiver = ["review", "WEB-1", "--accept", "--reason", "good enough"];
    program.run(waiver).ok();
    let note = ["--not-met", "1", "--note", "1=shows 1970", "--reject"];
    program
        .run(["review", "WEB-2"].into_iter().chain(note))
        .ok();
    for step in ["restart", "deliver"] {
        program.run(["step", "WEB-2", step]).ok();
    }
    program
}

#[test]
fn an_iteration_is_told_with_waivers_and_reasons() {
    let program = reviewed();
    let page = program.run(["report", "iteration"]).ok();
    for said in [
        "# Webshop: iteration 1",
        "## Accepted: 1 story, 3 points",
        "Waiver: good enough",
        "## Rejected: once",
        "now delivered",
        "Reason: 1. one: shows 1970",
        "## Carried over: 2 stories",
        "- **WEB-3** Wrap (2 points, started)",
        "| **1** |",
    ] {
        assert!(page.contains(said), "{said}: {page}");
    }
    let document = program
        .run(["report", "iteration", "--json"])
        .json("report");
    assert_eq!(document["about"], json!({ "iteration": 1 }));
    assert_eq!(document["points"], 3);
    assert_eq!(document["accepted"][0]["waiver"], "good enough");
    assert_eq!(document["rejected"][0]["reason"], "1. one: shows 1970");
    assert_eq!(document["carried"][1]["key"], "WEB-3");
    assert_eq!(document["iterations"][0]["points"], 3);
    assert_eq!(document["written"], json!(null));
}

#[test]
fn a_file_is_written_in_the_format_of_its_name() {
    let program = reviewed();
    let file = program.root().join("review.html");
    let path = file.display().to_string();
    let said = program.run(["report", "review", "-o", &path]).ok();
    assert_eq!(said, format!("The report is written to {path}.\n"));
    let page = fs::read_to_string(&file).unwrap();
    assert!(page.contains("<svg") && !page.contains("<script"), "{page}");
    let text = [
        "report", "review", "--to", "markdown", "-o", &path, "--json",
    ];
    let document = program.run(text).json("report");
    assert_eq!(
        document["written"],
        json!({ "to": "markdown", "file": path })
    );
    assert!(fs::read_to_string(&file).unwrap().starts_with("# Webshop"));
}

#[test]
fn a_review_since_a_day_has_what_happened_from_then_on() {
    let program = reviewed();
    let since = program
        .run(["report", "review", "--since", "2026-01-01"])
        .ok();
    assert!(since.contains("*Since 2026-01-01*"), "{since}");
    assert!(since.contains("## Accepted: 1 story"), "{since}");
}

#[test]
fn an_iteration_is_named_by_a_day_too() {
    let program = reviewed();
    let now = jiff::Timestamp::now();
    let today = jiff::tz::TimeZone::system().to_datetime(now).date();
    let since = |day: jiff::civil::Date| {
        let day = day.to_string();
        program.run(["report", "iteration", "--since", &day, "--json"])
    };
    let present = since(today).json("report");
    assert_eq!(present["about"], json!({ "iteration": 1 }));
    assert_eq!(present["accepted"][0]["counted"], true);
    // Of the days before the first iteration there is nothing to tell.
    let before = since(today.yesterday().unwrap().yesterday().unwrap());
    assert_eq!(before.json("report")["about"], json!({ "iteration": 1 }));
    since("9998-01-01".parse().unwrap()).usage();
    program
        .run(["report", "iteration", "1", "--since", "2026-01-01"])
        .usage();
    let start = today.saturating_sub(jiff::Span::new().days(20)).to_string();
    let settings = [
        ["config", "iterations.start", &start],
        ["config", "iterations.weeks", "1"],
    ];
    for setting in settings {
        program.run(setting).ok();
    }
    // From the beginning of that day's iteration on.
    let day = today.saturating_sub(jiff::Span::new().days(10));
    let first = today.saturating_sub(jiff::Span::new().days(13));
    let told = since(day).json("report");
    assert_eq!(told["about"], json!({ "since": first.to_string() }));
    assert_eq!(told["accepted"][0]["key"], "WEB-1");
}

#[test]
fn days_and_iterations_that_do_not_exist_are_refused() {
    let program = reviewed();
    let refused = program.run(["report", "iteration", "7"]).refused();
    assert_eq!(
        refused,
        "There is no iteration 7 to report on. Choose one from 1 to 1."
    );
    program
        .run(["report", "review", "--since", "9998-01-01"])
        .usage();
    program.run(["report", "review", "--since", "soon"]).usage();
    program.run(["report", "review", "--to", "pdf"]).usage();
    program.run(["report"]).usage();
    let missing = program.root().join("no/such/folder.html");
    let path = missing.display().to_string();
    let refused = program.run(["report", "review", "-o", &path]).refused();
    assert!(refused.contains("No such file"), "{refused}");
}
