//! Two days at the screen, and what somebody else did between them.

use super::webshop;
use crate::cli::program::answer;
use crate::support::pty::Window;

#[test]
fn what_another_did_between_two_visits_is_told_at_the_start() {
    let program = webshop(&["One", "Two", "Three"]);
    let mut window = Window::on(&program);
    // Nobody has left the screen before, so there is nothing to tell; but the last days are shown.
    window.send("W").shows("Nothing has happened but by you.");
    window.send("\u{1b}").hides("Nothing has happened");
    window.send("J").saves("1  WEB-2");
    assert_eq!(window.send("q").ends(), 0);
    let mut ben = program.command();
    let ben = ben.env("BACKSTORY_USER", "Ben");
    answer(ben.args(["comment", "WEB-3", "Who needs that?"])).ok();
    // Her own acts beside the screen are no news.
    program.run(["step", "WEB-1", "agree"]).ok();
    let mut window = Window::on(&program);
    window.shows("a comment on WEB-3. W shows more.");
    window
        .send("W")
        .shows("comment: “Who needs that?”")
        .send("\r")
        .shows("▌  3  WEB-3");
    assert_eq!(window.send("q").ends(), 0);
    let mut window = Window::on(&program);
    window.send("W").shows("Nothing has happened but by you.");
    window.send("\u{1b}").hides("Nothing has happened");
    assert_eq!(window.send("q").ends(), 0);
}

#[test]
fn after_a_kill_what_was_not_read_is_told_again_and_the_own_acts_are_no_news() {
    let titles = [
        "One", "Two", "Three", "Four", "Five", "Six", "Seven", "Eight",
    ];
    let program = webshop(&titles);
    let mut window = Window::on(&program);
    window.send("W").shows("Nothing has happened but by you.");
    window.send("\u{1b}").hides("Nothing has happened");
    assert_eq!(window.send("q").ends(), 0);
    let mut ben = program.command();
    let ben = ben.env("BACKSTORY_USER", "Ben");
    answer(ben.args(["comment", "WEB-3", "Who needs that?"])).ok();
    let mut window = Window::on(&program);
    window.shows("a comment on WEB-3. W shows more.");
    window.send("b").saves("8  WEB-1");
    window.send(">").saves("ready");
    window.is_killed();
    let mut window = Window::on(&program);
    window.shows("a comment on WEB-3. W shows more.");
    assert_eq!(window.send("q").ends(), 0);
}
