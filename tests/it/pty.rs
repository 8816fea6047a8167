//! The real program in a real terminal: that it starts, works, and always gives the terminal back.

mod editor;
mod files;
mod leaving;
mod looks;
mod since;
mod typing;
mod welcome;
mod windows;

use std::fs;
use std::path::PathBuf;

use serde_json::Value;

use crate::cli::program::Program;
use crate::support::pty::Window;

/// The product Webshop with these titles as chores, in order; chores can be agreed without criteria.
fn webshop(titles: &[&str]) -> Program {
    let program = Program::with_product();
    for title in titles {
        program.run(["add", title, "--kind", "chore"]).ok();
    }
    program
}

/// The file of the story with this title.
fn file_of(program: &Program, title: &str) -> PathBuf {
    let files = fs::read_dir(program.data().join("webshop/stories")).unwrap();
    let mut paths = files.map(|entry| entry.unwrap().path());
    let wanted = |path: &PathBuf| {
        let story: Value = serde_json::from_slice(&fs::read(path).unwrap()).unwrap();
        story["title"] == title
    };
    paths.find(wanted).unwrap()
}

/// Goes into the notes of a chore of which nothing but the title is written, the editor being open on its title.
fn go_to_notes(window: &mut Window) {
    let back = "\u{1b}[Z";
    window.send(back.repeat(6)).shows("▌anything else");
}
