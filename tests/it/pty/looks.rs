//! Terminals that want no colour, or can show plain signs only.

use vt100::Color;

use super::webshop;
use crate::support::pty::{Start, Window};

/// The foreground and background colours in sight.
fn colours(window: &Window) -> Vec<Color> {
    window.look(|screen| {
        let (rows, columns) = screen.size();
        let cells =
            (0..rows.get()).flat_map(|row| (0..columns.get()).map(move |column| (row, column)));
        let cells = cells.filter_map(|(row, column)| screen.cell(row, column));
        let mut colours: Vec<Color> = cells
            .flat_map(|cell| [cell.fgcolor(), cell.bgcolor()])
            .collect();
        colours.retain(|colour| *colour != Color::Default);
        colours
    })
}

/// The rows with a reversed cell in them, without the header.
fn reversed_rows(window: &Window) -> Vec<u16> {
    window.look(|screen| {
        let (rows, columns) = screen.size();
        let is_reversed = |row: u16| {
            (0..columns.get())
                .any(|column| screen.cell(row, column).is_some_and(vt100::Cell::inverse))
        };
        (1..rows.get()).filter(|row| is_reversed(*row)).collect()
    })
}

#[test]
fn there_is_colour_and_the_selection_is_reversed() {
    let program = webshop(&["One", "Two"]);
    let mut window = Window::on(&program);
    window.shows("History").shows("WEB-2");
    assert!(!colours(&window).is_empty());
    assert_eq!(reversed_rows(&window), [2]);
    // Every colour is one of the sixteen the user has chosen.
    assert!(
        colours(&window)
            .iter()
            .all(|colour| matches!(colour, Color::Idx(0..16)))
    );
}

#[test]
fn no_color_shows_none_and_keeps_the_selection_reversed() {
    let program = webshop(&["One", "Two"]);
    let mut window = Start::new(&program, &[]).variable("NO_COLOR", "1").open();
    window
        .shows("WEB-2")
        .send("j")
        .shows("▌  2")
        .send("\u{c}")
        .shows("▌  2");
    window.until("reversed the second row", |screen| {
        screen.cell(3, 4).is_some_and(vt100::Cell::inverse)
    });
    assert_eq!(reversed_rows(&window), [3]);
    assert_eq!(colours(&window), []);
    window.send("s").shows("x drop");
    assert_eq!(colours(&window), []);
}

#[test]
fn a_plain_terminal_gets_plain_signs_only() {
    for (name, value) in [("TERM", "dumb"), ("LANG", "C"), ("LC_ALL", "POSIX")] {
        let program = webshop(&["Grüße an alle – “heute”", "Two"]);
        let mut window = Start::new(&program, &[]).variable(name, value).open();
        window.shows("1  WEB-1").send("s").shows("x drop");
        let written = window.written();
        assert!(written.is_ascii(), "{name}: {}", window.contents());
        window
            .send("\u{1b}")
            .hides("x drop")
            .send("?")
            .shows("These keep the one order");
        assert!(window.written().is_ascii(), "{name}");
        window.send("\u{3}");
        assert_eq!(window.ends(), 0);
        window.is_given_back();
    }
}
