//! The same day with a backlog of the public corpus, through the real program in a real terminal.

#![cfg(unix)]

use std::path::PathBuf;

use crate::cli::program::Program;
use crate::support::pty::Window;

/// A file of the corpus, if there is one on this machine.
fn corpus(file: &str) -> Option<PathBuf> {
    let folder = PathBuf::from(std::env::var_os("BACKSTORY_CORPUS")?);
    Some(folder.join(file))
}

#[test]
fn a_day_with_a_real_backlog() {
    let Some(file) = corpus("stories-dalpiaz/g02-federalspending.txt") else {
        return;
    };
    let program = Program::empty();
    program.run(["init", "Spending", "--key", "FED"]).ok();
    let file = file.to_str().unwrap();
    assert_eq!(program.run(["import", file]).code, 0);
    let stories = program.order().len();
    assert!(stories > 50, "{stories}");
    let mut window = Window::on(&program);
    window.shows(&format!("{stories} stories"));
    window.send("/broker\r").shows(&format!(" of {stories} "));
    window.send("\u{1b}").hides(&format!(" of {stories} "));
    window
        .send("g.3")
        .send("58")
        .send("\u{1b}")
        .saves("16 points");
    window.send("gKJ").saves("1  FED-2");
    window.send("m1\r").saves("1  FED-1");
    window.send("ltoday\r").saves("today");
    window.send(">").shows("has no acceptance criterion");
    window.send("e").shows("Edit FED-1").send("\u{e}");
    window.send("It is seen on the page").shows("It is seen");
    window.send("\u{1b}").hides("Edit FED-1");
    window.send(">>>").saves("2 Review 1");
    window.send("2").shows("round 1").send("nno such page\r");
    window.shows("no such page").send("r").shows("Reject FED-1");
    window.send("\r").saves("Review ─ 0 waiting");
    window.send("1g").shows("rejected").send(">>");
    window.saves("2 Review 1").send("2").shows("round 2");
    window.send("gy").shows("ready to accept").send("a");
    window.saves("FED-1 is accepted.").send("1q");
    assert_eq!(window.ends(), 0);
    window.is_given_back();
    assert_eq!(program.story("FED-1")["status"], "accepted");
    assert_eq!(program.order().len(), stories - 1);
    // The next day, in another process: everything can still be undone.
    let mut window = Window::on(&program);
    window.send("uu").saves("2 Review 1");
    assert_eq!(window.send("q").ends(), 0);
    let listed = program.run(["log"]).ok();
    assert!(listed.lines().count() > 10, "{listed}");
}
