//! Keys and pastes as a terminal sends them: in bursts, in brackets, while the window changes its size.

use super::{go_to_notes, webshop};
use crate::support::pty::Window;

#[test]
fn a_burst_of_keys_arrives_whole() {
    let program = webshop(&["One", "Two", "Three"]);
    let mut window = Window::on(&program);
    window.shows("WEB-3");
    // 6,000 keys that change nothing, and one that does.
    let keys = "jk".repeat(3_000) + "J";
    window.send(keys).saves("1  WEB-2");
    assert_eq!(window.send("q").ends(), 0);
    assert_eq!(program.order(), ["WEB-2", "WEB-1", "WEB-3"]);
}

#[test]
fn a_burst_of_letters_is_text_to_the_last() {
    let program = webshop(&["One"]);
    let mut window = Window::on(&program);
    let words = "backlog ".repeat(800);
    window.send("e").shows("Title");
    go_to_notes(&mut window);
    window.send(&words).send("end\u{13}").saves("backlog end");
    assert_eq!(window.send("\u{3}").ends(), 0);
    assert_eq!(program.story("WEB-1")["notes"], words + "end");
}

#[test]
fn ten_thousand_pasted_lines_are_text_and_never_keys() {
    let program = webshop(&["One", "Two"]);
    let mut window = Window::on(&program);
    let lines: Vec<String> = (1..=10_000)
        .map(|line| format!("qJx line {line}"))
        .collect();
    window.send("e").shows("Title");
    go_to_notes(&mut window);
    window.paste(&lines.join("\r")).shows("line 10000");
    window.send("\u{13}").saves("line 10000");
    assert_eq!(window.send("\u{3}").ends(), 0);
    window.is_given_back();
    let notes = program.story("WEB-1")["notes"].as_str().unwrap().to_owned();
    assert_eq!(notes, lines.join("\n"));
    assert_eq!(program.order(), ["WEB-1", "WEB-2"]);
}

#[test]
fn a_paste_into_a_prompt_stays_in_the_prompt() {
    let program = webshop(&["One", "Two"]);
    let mut window = Window::on(&program);
    let lines: Vec<String> = (1..=10_000).map(|line| format!("J line {line}")).collect();
    window.send("n").shows("New story");
    window.paste(&lines.join("\n")).shows("line 10000");
    window.send("\u{1b}").hides("New story");
    assert_eq!(window.send("q").ends(), 0);
    assert_eq!(program.order(), ["WEB-1", "WEB-2"]);
}

#[test]
fn a_paste_without_a_field_does_nothing() {
    let program = webshop(&["One", "Two"]);
    let mut window = Window::on(&program);
    window
        .paste("JJqx\rn")
        .send("G")
        .send("K")
        .saves("1  WEB-2");
    assert_eq!(window.send("q").ends(), 0);
    assert_eq!(program.order(), ["WEB-2", "WEB-1"]);
}

#[test]
fn the_screen_follows_the_size_of_the_window() {
    let program = webshop(&["One", "Two"]);
    let mut window = Window::on(&program);
    window.shows("History").resize(80, 24).hides("History");
    window.shows("1  WEB-1").resize(30, 8);
    window.shows("The window is too small").resize(120, 40);
    window.shows("History").shows("1  WEB-1");
    window.send("n").shows("New story").send("Thr").shows("Thr");
    window.resize(80, 24).shows("Thr").send("ee\r");
    window.saves("WEB-3").resize(200, 50).shows("History");
    assert_eq!(window.send("q").ends(), 0);
    window.is_given_back();
}

#[test]
fn the_mouse_selects_and_the_wheel_scrolls() {
    let program = webshop(&["One", "Two", "Three"]);
    let mut window = Window::on(&program);
    // Rows and columns count from one: the header, the border, then the stories.
    window.send("\u{1b}[<0;10;5M\u{1b}[<0;10;5m").shows("▌  3");
    window.send("\u{1b}[<64;10;5M").send("t").saves("1  WEB-");
    assert_eq!(window.send("q").ends(), 0);
}

#[test]
fn copying_asks_the_terminal_to_keep_the_text() {
    let program = webshop(&["One", "Two"]);
    let mut window = Window::on(&program);
    window.send("y").wrote("\u{1b}]52;c;");
    window.send("q").ends();
    let written = window.written();
    let (_, rest) = written.split_once("\u{1b}]52;c;").unwrap();
    let text = rest.split(['\u{7}', '\u{1b}']).next().unwrap();
    let is_base64 = |char: char| char.is_ascii_alphanumeric() || "+/=".contains(char);
    assert!(text.len() > 4 && text.chars().all(is_base64), "{text}");
}
