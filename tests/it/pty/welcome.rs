//! The first start: no product yet.

use std::fs;

use crate::cli::program::Program;
use crate::support::pty::Start;

#[test]
fn a_product_is_named_and_the_first_story_written() {
    let program = Program::empty();
    let mut window = Start::new(&program, &[]).open();
    window.shows("Welcome to backstory").send("n");
    window.shows("Name your product").send("Tea shop\r");
    window
        .shows("backstory · Tea shop")
        .send("n")
        .shows("New story");
    window.send("As a guest, I want to smell the tea, so that I choose well\r");
    window.saves("TEA-1").send("q");
    assert_eq!(window.ends(), 0);
    window.is_given_back();
    let story = program.story("TEA-1");
    assert_eq!(story["persona"], "guest");
    assert_eq!(program.run(["products"]).ok().lines().count(), 1);
}

#[test]
fn a_name_that_is_none_is_refused_and_the_prompt_stays() {
    let program = Program::empty();
    let mut window = Start::new(&program, &[]).open();
    window.shows("Welcome").send("n").shows("Name your product");
    window.send("  \r").send("Tea\r").shows("backstory · Tea");
    window.send("q").ends();
}

#[test]
fn a_file_is_imported() {
    let program = Program::empty();
    fs::write(
        program.root().join("wishes.txt"),
        "As a guest, I want to smell the tea, so that I choose well\n\
         As a host, I want to see who comes, so that nobody waits\n",
    )
    .unwrap();
    let mut window = Start::new(&program, &[]).open();
    window.shows("Welcome").send("i").shows("Import a file");
    window.send("nowhere.txt\r").shows("Name the product");
    // The path waits in its box, to be mended.
    window
        .send("\r")
        .shows("No such file")
        .shows("Import a file");
    window.send("\u{15}~/wishes.txt\r");
    window.shows("Name the product").send("\u{15}Tea\r");
    window.shows("backstory · Tea").shows("2 stories imported.");
    window
        .send("u")
        .shows("0 stories")
        .send("U")
        .saves("2 stories");
    window.send("q").ends();
    assert_eq!(program.order().len(), 2);
}

#[test]
fn the_demo_opens_and_leaves_the_own_data_alone() {
    let program = Program::empty();
    let mut window = Start::new(&program, &[]).open();
    window.shows("Welcome").send("d").shows("1 Backlog");
    window
        .send("2")
        .shows("waiting")
        .send("1")
        .shows("Backlog ─");
    window.send("q");
    assert_eq!(window.ends(), 0);
    window.is_given_back();
    assert!(!program.data().exists());
}

#[test]
fn leaving_the_welcome_changes_nothing() {
    let program = Program::empty();
    let mut window = Start::new(&program, &[]).open();
    window.shows("Welcome").send("q");
    assert_eq!(window.ends(), 0);
    window.is_given_back();
    assert!(!program.data().exists());
}
