//! The files under an open screen: others change them, break them, or the disk refuses.

use std::fs;
use std::path::PathBuf;

use super::{file_of, webshop};
use crate::cli::program::Program;
use crate::support::pty::{Start, Window};

/// A journal that cannot be written: a folder has its name, which refuses every user, root too.
struct Journal {
    path: PathBuf,
    text: Vec<u8>,
}

impl Journal {
    fn out_of_the_way(program: &Program) -> Self {
        let path = program.data().join("webshop/.local/journal.jsonl");
        let text = fs::read(&path).unwrap();
        fs::remove_file(&path).unwrap();
        fs::create_dir(&path).unwrap();
        Self { path, text }
    }

    fn back(self) {
        fs::remove_dir(&self.path).unwrap();
        fs::write(&self.path, self.text).unwrap();
    }
}

#[test]
fn another_programs_edit_appears_without_a_key() {
    let program = webshop(&["One", "Two"]);
    let mut window = Window::on(&program);
    window.shows("One");
    let path = file_of(&program, "One");
    let text = fs::read_to_string(&path).unwrap();
    fs::write(&path, text.replace("\"One\"", "\"One, but better\"")).unwrap();
    window.shows("One, but better");
    window.send(">").saves("ready").send("q").ends();
    let story = program.story("WEB-1");
    assert_eq!(story["title"], "One, but better");
    assert_eq!(story["status"], "ready");
}

#[test]
fn a_file_that_breaks_is_told_and_left_alone_and_the_rest_works() {
    let program = webshop(&["One", "Two", "Three"]);
    let mut window = Window::on(&program);
    window.shows("WEB-3");
    let path = file_of(&program, "Three");
    let broken = "{ \"format\": 1, \"title\": <<<<<<< HEAD";
    fs::write(&path, broken).unwrap();
    window.shows("A file cannot be read and is left alone");
    window.send("J").saves("1  WEB-2");
    window.send("q").ends();
    assert_eq!(fs::read_to_string(&path).unwrap(), broken);

    // The same at the next start.
    let mut window = Start::new(&program, &[]).open();
    window.shows("A file cannot be read and is left alone");
    window
        .send("K")
        .saves("1  WEB-1")
        .send("J")
        .saves("1  WEB-2");
    assert_eq!(window.send("q").ends(), 0);
    assert_eq!(fs::read_to_string(&path).unwrap(), broken);
}

#[test]
fn a_removed_story_disappears_and_the_selection_stays_close() {
    let program = webshop(&["One", "Two", "Three"]);
    let mut window = Window::on(&program);
    window.send("j").shows("▌  2  WEB-2");
    fs::remove_file(file_of(&program, "Two")).unwrap();
    window.hides("WEB-2").shows("▌  2  WEB-3");
    assert_eq!(window.send("q").ends(), 0);
}

#[test]
fn a_disk_that_refuses_is_told_and_leaving_asks() {
    let program = webshop(&["One", "Two"]);
    let mut window = Window::on(&program);
    window.shows("WEB-2");
    let journal = Journal::out_of_the_way(&program);
    window.send("J").shows("not saved");
    window.send("q").shows("not saved yet and would be lost");
    window.send("n").hides("would be lost").shows("not saved");
    // Once the disk takes it again, it is saved by itself.
    journal.back();
    window.saves("WEB-2").send("q");
    assert_eq!(window.ends(), 0);
    window.is_given_back();
    assert_eq!(program.order(), ["WEB-2", "WEB-1"]);
}

#[test]
fn leaving_all_the_same_is_possible_and_nothing_else_is_lost() {
    let program = webshop(&["One", "Two"]);
    let mut window = Window::on(&program);
    window.send("J").saves("1  WEB-2");
    let journal = Journal::out_of_the_way(&program);
    window.send("K").shows("not saved").send("q");
    window.shows("would be lost").send("y");
    assert_eq!(window.ends(), 0);
    window.is_given_back();
    journal.back();
    assert_eq!(program.order(), ["WEB-2", "WEB-1"]);
}

#[test]
fn a_signal_with_unsaved_acts_says_so_and_fails() {
    let program = webshop(&["One", "Two"]);
    let mut window = Window::on(&program);
    let _journal = Journal::out_of_the_way(&program);
    window.send("J").shows("not saved").signal("TERM");
    assert_eq!(window.ends(), 1);
    window.is_given_back().shows("Not everything is saved.");
}
