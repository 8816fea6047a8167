//! The user's own editor, and text that is being typed when the program has to end.

use std::fs;
use std::os::unix::fs::PermissionsExt as _;

use super::{go_to_notes, webshop};
use crate::cli::program::Program;
use crate::support::pty::{Start, Window};

/// A window whose editor is this script, with the cursor in the notes of the only story.
fn in_the_notes(program: &Program, script: &str) -> Window {
    let editor = program.root().join("editor");
    fs::write(&editor, format!("#!/bin/sh\n{script}\n")).unwrap();
    fs::set_permissions(&editor, fs::Permissions::from_mode(0o755)).unwrap();
    let start = Start::new(program, &[]).variable("EDITOR", editor.to_str().unwrap());
    let mut window = start.open();
    window.shows("WEB-1").send("e").shows("Title");
    go_to_notes(&mut window);
    window
}

fn notes(program: &Program) -> String {
    let story = program.story("WEB-1");
    story["notes"].as_str().unwrap_or_default().to_owned()
}

#[test]
fn the_own_editor_changes_the_text() {
    let program = webshop(&["One"]);
    let mut window = in_the_notes(
        &program,
        "tr a-z A-Z < \"$1\" > x && echo more >> x && mv x \"$1\"",
    );
    window
        .send("written here\u{5}")
        .shows("WRITTEN HERE")
        .shows("more");
    window.until("was taken again", vt100::Screen::alternate_screen);
    window
        .send(" and here")
        .shows("more and here")
        .send("\u{1b}");
    window.saves("History");
    assert_eq!(window.send("q").ends(), 0);
    assert_eq!(notes(&program), "WRITTEN HERE\nmore and here");
    let left = fs::read_dir(program.root()).unwrap();
    let names = left.map(|entry| entry.unwrap().file_name().into_string().unwrap());
    assert!(
        names
            .filter(|name| name.starts_with("backstory-"))
            .eq([] as [&str; 0])
    );
}

#[test]
fn keys_go_to_whoever_has_the_terminal() {
    let program = webshop(&["One"]);
    let script = "echo the editor is open; read line; echo \"$line\" >> \"$1\"";
    let mut window = in_the_notes(&program, script);
    // What comes behind Ctrl+E is not typed into the field the editor is about to replace.
    window.send("before\u{5}");
    window.shows("the editor is open");
    assert!(!window.look(vt100::Screen::alternate_screen));
    window.send("between q J\n");
    window.until("was taken again", vt100::Screen::alternate_screen);
    window.shows("before").shows("between q J");
    window
        .send("after")
        .shows("after")
        .send("\u{13}")
        .saves("after");
    assert_eq!(window.send("\u{3}").ends(), 0);
    assert_eq!(notes(&program), "before\nbetween q Jafter");
}

#[test]
fn ctrl_c_in_the_own_editor_is_not_for_the_program() {
    let program = webshop(&["One"]);
    let script = "trap 'echo stopped >> \"$1\"; exit 0' INT; echo the editor is open; while :; do sleep 0.01; done";
    let mut window = in_the_notes(&program, script);
    window.send("before\u{5}").shows("the editor is open");
    window.send("\u{3}");
    window.until("was taken again", vt100::Screen::alternate_screen);
    window.shows("stopped");
    assert_eq!(window.send("\u{3}").ends(), 0);
    window.is_given_back();
    assert_eq!(notes(&program), "before\nstopped");
}

#[test]
fn an_editor_that_fails_is_told_and_loses_nothing() {
    let program = webshop(&["One"]);
    let mut window = in_the_notes(&program, "echo ruined > \"$1\"; exit 3");
    window.send("my words\u{5}").shows("ended with an error");
    window
        .shows("my words")
        .send(" stay\u{13}")
        .saves("my words stay");
    assert_eq!(window.send("\u{3}").ends(), 0);
    assert_eq!(notes(&program), "my words stay");
}

#[test]
fn an_editor_that_is_not_there_is_told_and_loses_nothing() {
    let program = webshop(&["One"]);
    let mut window = in_the_notes(&program, "");
    fs::remove_file(program.root().join("editor")).unwrap();
    window.send("my words\u{5}").shows("could not be started");
    window.send("\u{13}").saves("my words");
    window.send("\u{3}").ends();
    assert_eq!(notes(&program), "my words");
}

#[test]
fn a_signal_while_typing_commits_the_text() {
    for signal in ["TERM", "HUP"] {
        let program = webshop(&["One"]);
        let mut window = in_the_notes(&program, "");
        window.send("half a sentence").shows("half a sentence");
        window.signal(signal);
        assert_eq!(window.ends(), 0);
        window.is_given_back();
        assert_eq!(notes(&program), "half a sentence");
    }
}

#[test]
fn ctrl_c_while_typing_commits_the_text() {
    let program = webshop(&["One"]);
    let mut window = in_the_notes(&program, "");
    window.send("half a sentence\u{3}");
    assert_eq!(window.ends(), 0);
    window.is_given_back();
    assert_eq!(notes(&program), "half a sentence");
}
