//! The README's promises: its key tables come from the one table of actions, its first commands are there.

use std::fs;
use std::path::Path;

use backstory::keymap::docs::readme_block;

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
