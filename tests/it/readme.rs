//! The README's promises: its key tables come from the one table of actions, its first commands are there.

use std::fs;
use std::path::Path;

use backstory::keymap::docs::readme_block;

use crate::cli::program::Program;

fn readme() -> String {
    fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("README.md")).unwrap()
}

#[test]
fn the_key_tables_are_those_of_the_program() {
    let text = readme();
    let block = readme_block();
    let (before, rest) = text.split_once("<!-- keys:begin -->").unwrap();
    let (_, after) = rest.split_once("<!-- keys:end -->\n").unwrap();
    let wanted = format!("{before}{block}{after}");
    if std::env::var_os("UPDATE").is_some() {
        fs::write(
            Path::new(env!("CARGO_MANIFEST_DIR")).join("README.md"),
            &wanted,
        )
        .unwrap();
        return;
    }
    assert!(
        text == wanted,
        "The key tables are out of date: run `UPDATE=1 cargo test readme`."
    );
}

#[test]
fn the_first_two_commands_run_the_program_and_its_tests() {
    let text = readme();
    let mut commands = text.lines().filter(|line| line.starts_with("cargo "));
    assert_eq!(commands.next(), Some("cargo run --release -- demo"));
    assert_eq!(commands.next(), Some("cargo test"));
}

#[test]
fn the_commands_that_prioritise_work_as_they_stand() {
    let text = readme();
    let (_, section) = text.split_once("### Prioritising\n").unwrap();
    let block = section.split("```").nth(1).unwrap();
    let program = Program::with_product();
    for number in 1..=12 {
        let label = if number < 3 { "checkout" } else { "other" };
        let title = format!("Story {number}");
        program.run(["add", &title, "--label", label]).ok();
    }
    let values = ["value=20", "urgency=20", "risk=20", "size=1"];
    program
        .run(["score", "3", "--by", "wsjf"].iter().chain(&values))
        .ok();
    program.run(["problem", "add", "It takes too long"]).ok();
    for key in ["4", "5"] {
        program.run(["edit", key, "--problem", "too long"]).ok();
    }
    let lines: Vec<&str> = block
        .lines()
        .filter(|line| line.starts_with("backstory "))
        .collect();
    assert!(lines.len() > 8);
    for line in lines {
        // Every question of two stories, and of twelve places, is answered with the first story.
        let questions = if line.contains("--into") { 4 } else { 1 };
        let answers = "1\\n".repeat(questions);
        let answer = program.shell(&format!("printf '{answers}y\\n' | {line}"));
        assert_eq!(answer.code, 0, "{line}: {}", answer.err);
        assert!(!answer.out.is_empty(), "{line}");
    }
    assert_eq!(program.order()[0], "WEB-12");
    assert_eq!(program.story("9")["scores"]["moscow"], "must");
}
