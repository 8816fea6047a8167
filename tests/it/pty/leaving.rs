//! Coming and going: the terminal is given back, and what was done is on disk.

use super::webshop;
use crate::cli::program::Program;
use crate::support::pty::{Start, Window};

#[test]
fn it_shows_the_backlog_and_q_gives_the_terminal_back() {
    let program = webshop(&["Pay with a saved card", "Check out as a guest"]);
    let mut window = Window::on(&program);
    window.shows("Pay with a saved card");
    window.shows("Check out as a guest").shows("Ana");
    assert!(window.look(vt100::Screen::alternate_screen));
    assert!(window.look(vt100::Screen::bracketed_paste));
    assert_eq!(window.send("q").ends(), 0);
    window.is_given_back();
    assert_eq!(window.contents().trim(), "", "nothing is left behind");
}

#[test]
fn ctrl_c_leaves_from_anywhere() {
    let program = webshop(&["One"]);
    let mut window = Window::on(&program);
    window.send("n").send("half a titl").shows("half a titl");
    window.send("\u{3}").shows("Quit all the same");
    assert_eq!(window.send("\u{3}").ends(), 0);
    window.is_given_back();
    assert_eq!(program.order(), ["WEB-1"]);
}

#[test]
fn a_signal_saves_what_was_done_and_gives_the_terminal_back() {
    for signal in ["TERM", "HUP", "INT", "QUIT"] {
        let program = webshop(&["One", "Two"]);
        let mut window = Window::on(&program);
        window.shows("Two");
        window.send("J").signal(signal);
        assert_eq!(window.ends(), 0, "{signal}");
        window.is_given_back();
        // The key may have come before the signal or after it; nothing in between.
        let order = program.order().join(" ");
        assert!(["WEB-1 WEB-2", "WEB-2 WEB-1"].contains(&order.as_str()));

        let mut window = Window::on(&program);
        window.send("n").shows("New story");
        window.send("Three\r").shows("WEB-3").signal(signal);
        assert_eq!(window.ends(), 0, "{signal}");
        window.is_given_back();
        assert_eq!(program.order().len(), 3, "{signal}");
    }
}

#[test]
fn a_closed_window_ends_the_program_and_keeps_what_was_done() {
    let program = webshop(&["One", "Two"]);
    let mut window = Window::on(&program);
    window.send("J").shows("1  WEB-2").hang_up();
    window.ends();
    assert_eq!(program.order(), ["WEB-2", "WEB-1"]);
}

#[test]
fn a_power_cut_loses_nothing_that_was_called_saved_and_undo_goes_on() {
    let program = webshop(&["One", "Two", "Three"]);
    let mut window = Window::on(&program);
    window.send("J").saves("1  WEB-2");
    window.is_killed();
    assert_eq!(program.order(), ["WEB-2", "WEB-1", "WEB-3"]);
    let mut window = Window::on(&program);
    window.shows("1  WEB-2").send("u").saves("1  WEB-1");
    window.is_killed();
    let mut window = Window::on(&program);
    window.shows("1  WEB-1").send("U").saves("1  WEB-2");
    assert_eq!(window.send("q").ends(), 0);
    assert_eq!(program.order(), ["WEB-2", "WEB-1", "WEB-3"]);
}

#[test]
fn ctrl_z_goes_back_to_the_shell_and_fg_returns() {
    let program = webshop(&["One", "Two"]);
    // A shell with job control: it gets the terminal when the program is stopped.
    let script = "set -m; \"$BACKSTORY\"; echo first; read line; fg; echo second; read line; fg; echo ended: $?";
    let mut window = Start::shell(&program, script).open();
    for told in ["first", "second"] {
        window.shows("WEB-2").send("\u{1a}").shows(told);
        window.is_given_back().send("\n");
        window.until("was taken again", vt100::Screen::alternate_screen);
    }
    window.send("J").saves("1  WEB-2").send("q");
    window.shows("ended: 0").ends();
    window.is_given_back();
}

#[test]
fn keys_sent_before_the_backlog_is_read_wait_for_it_and_are_saved() {
    let program = webshop(&["One"]);
    let mut window = Start::new(&program, &[]).open();
    window.until("was taken", vt100::Screen::alternate_screen);
    window.send("nTyped ahead\rJq");
    assert_eq!(window.ends(), 0);
    window.is_given_back();
    let titles = program.run(["list"]).ok();
    assert!(titles.contains("Typed ahead"), "{titles}");
}

#[test]
fn keys_after_the_last_one_do_nothing() {
    let program = webshop(&["One", "Two"]);
    let mut window = Window::on(&program);
    assert_eq!(window.send("qJnThree\r").ends(), 0);
    assert_eq!(program.order(), ["WEB-1", "WEB-2"]);
}

#[test]
fn without_a_terminal_to_write_on_the_backlog_is_plain_text() {
    let program = webshop(&["One", "Two"]);
    let answer = program.run([] as [&str; 0]).ok();
    assert!(answer.contains("WEB-1  One"), "{answer}");
    assert!(!answer.contains('\u{1b}'));
}

#[test]
fn without_standard_input_the_keys_come_from_the_terminal_all_the_same() {
    let program = webshop(&["One", "Two"]);
    for script in ["exec \"$BACKSTORY\" <&-", "exec \"$BACKSTORY\" </dev/null"] {
        let mut window = Start::shell(&program, script).open();
        window.shows("WEB-2").send("q");
        assert_eq!(window.ends(), 0, "{script}");
        window.is_given_back();
    }
}

#[test]
fn a_terminal_that_is_not_ours_is_refused_with_a_sentence() {
    let program = Program::with_product();
    // A session of its own has no terminal to read keys from, though it may write on one.
    let script = "setsid -w \"$BACKSTORY\" </dev/null; echo ended: $?";
    let mut window = Start::shell(&program, script).open();
    window.shows("ended: 1");
    window.shows("The terminal cannot be drawn on.");
    window.ends();
    window.is_given_back();
}

#[test]
fn a_command_run_as_evidence_cannot_write_across_the_screen() {
    let program = webshop(&["One"]);
    program
        .run(["edit", "WEB-1", "--criterion", "It works"])
        .ok();
    for step in ["agree", "start", "deliver"] {
        program.run(["step", "WEB-1", step]).ok();
    }
    let mut window = Window::on(&program);
    window
        .send("2")
        .shows("round 1")
        .send("v")
        .shows("Evidence on");
    window.send("!printf 'AC%sSS' RO > /dev/tty || echo refused\r");
    window.shows("y or Enter keeps this").shows("refused");
    assert!(!window.written().contains("ACROSS"));
    window
        .send("\r")
        .shows("What is the verdict on criterion 1?");
    window.send("y").saves("seen: $ printf");
    window.send("q").ends();
}
