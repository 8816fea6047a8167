//! Two windows on one product, and the command line beside them.

use super::webshop;
use crate::cli::program::Program;
use crate::support::pty::Window;

#[test]
fn an_act_in_one_window_appears_in_the_other() {
    let program = webshop(&["One", "Two", "Three"]);
    let mut here = Window::on(&program);
    let mut there = Window::on(&program);
    there.send("jj").shows("▌  3  WEB-3");
    here.send("J").saves("1  WEB-2");
    there.shows("1  WEB-2").shows("▌  3  WEB-3");
    // Text that is being typed stays, and so does what it is about.
    there
        .send("n")
        .shows("New story below WEB-3")
        .send("Four, h");
    there.shows("Four, h");
    here.send("b").saves("3  WEB-1");
    there.shows("3  WEB-1").shows("Four, h");
    there.send("alf\r").saves("Four, half");
    here.shows("Four, half");
    for window in [&mut here, &mut there] {
        assert_eq!(window.send("q").ends(), 0);
        window.is_given_back();
    }
    assert_eq!(program.order(), ["WEB-2", "WEB-3", "WEB-4", "WEB-1"]);
}

#[test]
fn an_act_of_one_window_can_be_undone_in_the_other() {
    let program = webshop(&["One", "Two"]);
    let mut here = Window::on(&program);
    let mut there = Window::on(&program);
    here.send("J").saves("1  WEB-2");
    there.shows("1  WEB-2").send("u").saves("1  WEB-1");
    here.shows("1  WEB-1");
    assert_eq!(program.order(), ["WEB-1", "WEB-2"]);
}

#[test]
fn the_command_line_writes_into_an_open_screen() {
    let program = webshop(&["One"]);
    let mut window = Window::on(&program);
    program.run(["add", "From the shell"]).ok();
    window.shows("From the shell").shows("▌  1  WEB-1");
    program.run(["edit", "WEB-1", "--estimate", "8"]).ok();
    window.shows("8 points");
    program.run(["undo"]).ok();
    window.hides("8 points");
    window.send("j").shows("▌  2").send("K").saves("1  WEB-2");
    assert_eq!(program.order(), ["WEB-2", "WEB-1"]);
}

/// Two windows with the title of the same story being changed in both; that of the second is on disk.
fn both_change_the_title(program: &Program) -> (Window, Window) {
    let mut here = Window::on(program);
    let mut there = Window::on(program);
    there.send("e").shows("Title").send("\u{15}Theirs");
    there.shows("Theirs");
    here.send("e")
        .shows("Title")
        .send("\u{15}Ours")
        .shows("Ours");
    there.send("\u{1b}").hides("Edit WEB-1").saves("Theirs");
    assert_eq!(there.send("q").ends(), 0);
    (here, there)
}

fn title(program: &Program) -> String {
    program.story("WEB-1")["title"].as_str().unwrap().to_owned()
}

#[test]
fn the_same_field_in_both_windows_is_asked_about_and_either_can_stay() {
    for (answer, kept) in [("1", "Ours"), ("2", "Theirs")] {
        let program = webshop(&["One"]);
        let (mut here, _) = both_change_the_title(&program);
        // Letters are text as long as the editor is open: the question waits.
        here.send("\u{13}")
            .shows("Somebody else has changed the same");
        here.send("\t12").shows("12").shows("not saved");
        here.send("\u{1b}").shows("WEB-1 changed twice");
        here.shows("yours is “Ours”").shows("theirs is “Theirs”");
        here.send(answer).hides("changed twice").saves(kept);
        assert_eq!(here.send("q").ends(), 0);
        assert_eq!(title(&program), kept);
        assert_eq!(program.story("WEB-1")["persona"], "12");
    }
}

#[test]
fn leaving_with_a_contested_change_asks_first() {
    let program = webshop(&["One"]);
    let (mut here, _) = both_change_the_title(&program);
    here.send("\u{3}").shows("WEB-1 changed twice");
    here.send("\u{1b}")
        .hides("changed twice")
        .shows("not saved");
    here.send("\u{3}").shows("WEB-1 changed twice").send("1");
    here.hides("changed twice").saves("Ours");
    assert_eq!(here.send("\u{3}").ends(), 0);
    assert_eq!(title(&program), "Ours");
}

#[test]
fn a_signal_keeps_the_words_that_are_being_typed_and_undo_brings_back_the_others() {
    let program = webshop(&["One"]);
    let (mut here, _) = both_change_the_title(&program);
    here.signal("TERM");
    assert_eq!(here.ends(), 0);
    here.is_given_back();
    assert_eq!(title(&program), "Ours");
    program.run(["undo"]).ok();
    assert_eq!(title(&program), "Theirs");
}
