//! A text being written: the editing engine behind every field, prompt and note.
//!
//! The cursor stands between graphemes, deletions take whole graphemes, undo goes back to the first text without
//! limit. Long lines are soft-wrapped; in one line they scroll sideways. Positions are bytes of the text.
//!
//! Invariant: it knows neither keys nor the clipboard of the terminal. Its owner turns keys into [`Edit`]s, sends what
//! was cut or copied to the terminal, and draws the frame, the title and the placeholder around it.

mod draw;
mod history;
mod motion;
mod rows;

use std::ops::Range;

use unicode_segmentation::UnicodeSegmentation;

use draw::View;
use history::{Change, History, Place, Run};
use rows::{Rows, UNLIMITED};

/// A way for the cursor to go.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Motion {
    /// One grapheme back; out of a selection to its start.
    Left,
    /// One grapheme on; out of a selection to its end.
    Right,
    /// One row up, in the column the cursor came from.
    Up,
    /// One row down, in the column the cursor came from.
    Down,
    /// To the start of the word before.
    WordLeft,
    /// To the end of the word after.
    WordRight,
    /// To the start of the row, and from there to the start of the line.
    LineStart,
    /// To the end of the row, and from there to the end of the line.
    LineEnd,
    /// To the start of the text.
    TextStart,
    /// To the end of the text.
    TextEnd,
    /// As many rows up as are drawn.
    PageUp,
    /// As many rows down as are drawn.
    PageDown,
}

/// One thing to do to a text area. A deletion takes the selection where there is one.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Edit {
    /// Moves the cursor and ends the selection.
    Move(Motion),
    /// Moves the cursor and stretches the selection with it.
    Select(Motion),
    /// Selects the whole text.
    SelectAll,
    /// Deletes the grapheme before the cursor.
    DeleteBack,
    /// Deletes the grapheme after the cursor.
    DeleteForward,
    /// Deletes to the start of the word before.
    DeleteWordBack,
    /// Deletes to the end of the word after.
    DeleteWordForward,
    /// Deletes to the start of the line, or the line end before the cursor.
    DeleteToLineStart,
    /// Deletes to the end of the line, or the line end after the cursor.
    DeleteToLineEnd,
    /// Starts a new line; refused in one-line mode.
    Newline,
    /// Takes the selection out of the text and keeps it for pasting.
    Cut,
    /// Keeps the selection for pasting.
    Copy,
    /// Inserts what was cut or copied last in this text area.
    Paste,
    /// Takes the last step back.
    Undo,
    /// Makes the step last taken back again.
    Redo,
}

/// A text with a cursor, a selection, a history and a scroll position.
#[derive(Debug, Clone)]
pub struct TextArea {
    text: String,
    rows: Rows,
    place: Place,
    /// The column `Up` and `Down` aim at, however short the rows between are.
    goal: Option<usize>,
    history: History,
    clip: Option<String>,
    one_line: bool,
    view: View,
}

impl TextArea {
    /// Makes a soft-wrapped text area of many lines, the cursor at the end.
    ///
    /// Line ends become `\n` and other control characters but tabs are dropped, as in everything inserted later.
    pub fn new(text: &str) -> Self {
        Self::start(text, false)
    }

    /// Makes a text area of one line, the cursor at the end; line ends and tabs become blanks.
    pub fn single_line(text: &str) -> Self {
        Self::start(text, true)
    }

    fn start(text: &str, one_line: bool) -> Self {
        let text = clean(text, one_line);
        Self {
            rows: Rows::new(&text, UNLIMITED),
            place: Place {
                cursor: text.len(),
                anchor: None,
            },
            goal: None,
            history: History::default(),
            clip: None,
            one_line,
            view: View::default(),
            text,
        }
    }

    /// Gives the text as it stands.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// Tells whether there is no text.
    pub fn is_empty(&self) -> bool {
        self.text.is_empty()
    }

    /// Starts over with another text: cursor at the end, history forgotten, what was cut or copied kept.
    pub fn set_text(&mut self, text: &str) {
        let clip = self.clip.take();
        *self = Self {
            clip,
            ..Self::start(text, self.one_line)
        };
    }

    /// Gives the cursor's byte position, always on a grapheme boundary.
    pub fn cursor(&self) -> usize {
        self.place.cursor
    }

    /// Puts the cursor at the grapheme boundary at or after a byte position and ends the selection.
    pub fn set_cursor(&mut self, at: usize) {
        self.stand(motion::snap(&self.text, at), false);
    }

    /// Gives the selected bytes, never an empty range.
    pub fn selection(&self) -> Option<Range<usize>> {
        let Place { cursor, anchor } = self.place;
        anchor
            .map(|anchor| anchor.min(cursor)..anchor.max(cursor))
            .filter(|range| !range.is_empty())
    }

    /// Gives the selected text.
    pub fn selected_text(&self) -> Option<&str> {
        self.selection().and_then(|range| self.text.get(range))
    }

    /// Gives what was cut or copied last, for the terminal's clipboard and for other text areas.
    pub fn cut_text(&self) -> Option<&str> {
        self.clip.as_deref()
    }

    /// Gives the bytes of the word that ends at the cursor, back to the blank before it; for completion.
    pub fn word_before_cursor(&self) -> Range<usize> {
        motion::run_start(&self.text, self.place.cursor)..self.place.cursor
    }

    /// Tells whether the cursor is in the first row, so that `Up` may leave the field.
    pub fn at_first_row(&self) -> bool {
        self.rows.row_of(self.place.cursor) == 0
    }

    /// Tells whether the cursor is in the last row, so that `Down` may leave the field.
    pub fn at_last_row(&self) -> bool {
        self.rows.row_of(self.place.cursor) == self.rows.last()
    }

    /// Counts the rows the text takes in an area of `cols` columns, at least one.
    pub fn height(&self, cols: u16) -> u16 {
        if self.one_line {
            return 1;
        }
        let cols = draw::columns_for_text(cols);
        let rows = if cols == self.rows.cols() {
            self.rows.len()
        } else {
            Rows::new(&self.text, cols).len()
        };
        u16::try_from(rows).unwrap_or(u16::MAX)
    }

    /// Inserts a typed character or a paste over the selection; a paste is one step of undo. Tells whether anything changed.
    pub fn insert(&mut self, text: &str) -> bool {
        let text = clean(text, self.one_line);
        let run = match text.graphemes(true).nth(1) {
            None => Run::Typing,
            Some(_) => Run::Alone,
        };
        !text.is_empty() && self.put(self.target(), &text, run)
    }

    /// Replaces a range, moved to grapheme boundaries, and puts the cursor behind the new text; one step of undo.
    pub fn replace(&mut self, range: Range<usize>, text: &str) -> bool {
        let start = motion::snap(&self.text, range.start);
        let end = motion::snap(&self.text, range.end).max(start);
        let text = clean(text, self.one_line);
        self.put(start..end, &text, Run::Alone)
    }

    /// Does an edit and tells whether it did anything: to the text, the cursor, the selection or the copied text.
    pub fn edit(&mut self, edit: Edit) -> bool {
        let (text, at) = (&self.text, self.place.cursor);
        match edit {
            Edit::Move(to) => self.go(to, false),
            Edit::Select(to) => self.go(to, true),
            Edit::SelectAll => self.select_all(),
            Edit::DeleteBack => self.delete(motion::previous(text, at), Run::DeletingBack),
            Edit::DeleteForward => self.delete(motion::next(text, at), Run::DeletingForward),
            Edit::DeleteWordBack => self.delete(motion::word_start(text, at), Run::Alone),
            Edit::DeleteWordForward => self.delete(motion::word_end(text, at), Run::Alone),
            Edit::DeleteToLineStart => match motion::line_start(text, at) {
                start if start == at => self.delete(motion::previous(text, at), Run::Alone),
                start => self.delete(start, Run::Alone),
            },
            Edit::DeleteToLineEnd => match motion::line_end(text, at) {
                end if end == at => self.delete(motion::next(text, at), Run::Alone),
                end => self.delete(end, Run::Alone),
            },
            Edit::Newline => !self.one_line && self.put(self.target(), "\n", Run::Typing),
            Edit::Cut => self.copy() && self.put(self.target(), "", Run::Alone),
            Edit::Copy => self.copy(),
            Edit::Paste => match self.clip.clone() {
                Some(clip) => self.put(self.target(), &clip, Run::Alone),
                None => false,
            },
            Edit::Undo => self.undo(),
            Edit::Redo => self.redo(),
        }
    }

    fn select_all(&mut self) -> bool {
        let all = Place {
            cursor: self.text.len(),
            anchor: Some(0),
        };
        let changed = !self.text.is_empty() && self.place != all;
        if changed {
            self.place = all;
            self.goal = None;
            self.history.close();
        }
        changed
    }

    fn copy(&mut self) -> bool {
        let selected = self.selected_text().map(str::to_owned);
        let copied = selected.is_some();
        self.clip = selected.or(self.clip.take());
        copied
    }

    fn undo(&mut self) -> bool {
        let Some(change) = self.history.undo() else {
            return false;
        };
        self.apply(
            change.at..change.at + change.inserted.len(),
            &change.removed,
        );
        self.place = change.before;
        true
    }

    fn redo(&mut self) -> bool {
        let Some(change) = self.history.redo() else {
            return false;
        };
        self.apply(
            change.at..change.at + change.removed.len(),
            &change.inserted,
        );
        self.place = change.after;
        true
    }

    fn delete(&mut self, to: usize, run: Run) -> bool {
        let at = self.place.cursor;
        match self.selection() {
            Some(selected) => self.put(selected, "", Run::Alone),
            None => self.put(at.min(to)..at.max(to), "", run),
        }
    }

    /// Tells what new text replaces: the selection, or nothing at the cursor.
    fn target(&self) -> Range<usize> {
        self.selection()
            .unwrap_or(self.place.cursor..self.place.cursor)
    }

    /// The one way to change the text with a step of undo.
    fn put(&mut self, range: Range<usize>, text: &str, run: Run) -> bool {
        if range.is_empty() && text.is_empty() {
            return false;
        }
        let before = self.place;
        let at = range.start;
        let removed = self.text.get(range.clone()).unwrap_or_default().to_owned();
        self.apply(range, text);
        // The new text may join with what follows it: a letter put before a lone mark, half a flag before the other.
        let cursor = motion::snap(&self.text, at + text.len());
        self.place = Place {
            cursor,
            anchor: None,
        };
        let change = Change {
            at,
            removed,
            inserted: text.to_owned(),
            before,
            after: self.place,
        };
        self.history.record(change, run);
        true
    }

    fn apply(&mut self, range: Range<usize>, text: &str) {
        let (at, removed) = (range.start, range.len());
        self.text.replace_range(range, text);
        self.rows.follow(&self.text, at, removed, text.len());
        self.goal = None;
    }

    fn go(&mut self, to: Motion, select: bool) -> bool {
        let goal = match to {
            Motion::Up | Motion::Down | Motion::PageUp | Motion::PageDown => Some(
                self.goal
                    .unwrap_or_else(|| self.column_of(self.place.cursor)),
            ),
            _ => None,
        };
        let at = self.destination(to, goal.unwrap_or(0), select);
        let changed = self.stand(at, select);
        self.goal = goal;
        changed
    }

    /// Puts the cursor on a grapheme boundary, with or without stretching the selection.
    fn stand(&mut self, at: usize, select: bool) -> bool {
        let anchor = self.place.anchor.unwrap_or(self.place.cursor);
        let place = Place {
            cursor: at,
            anchor: (select && anchor != at).then_some(anchor),
        };
        let changed = place != self.place;
        if changed {
            self.place = place;
            self.history.close();
        }
        self.goal = None;
        changed
    }

    fn destination(&self, to: Motion, goal: usize, select: bool) -> usize {
        let (text, at) = (&self.text, self.place.cursor);
        let row = self.rows.row_of(at);
        let selected = self.selection().filter(|_| !select);
        match to {
            Motion::Left => {
                selected.map_or_else(|| motion::previous(text, at), |range| range.start)
            }
            Motion::Right => selected.map_or_else(|| motion::next(text, at), |range| range.end),
            Motion::Up => self.row_to(row, row.saturating_sub(1), goal),
            Motion::Down => self.row_to(row, row + 1, goal),
            Motion::PageUp => self.row_to(row, row.saturating_sub(self.view.page()), goal),
            Motion::PageDown => self.row_to(row, row + self.view.page(), goal),
            Motion::WordLeft => motion::word_start(text, at),
            Motion::WordRight => motion::word_end(text, at),
            Motion::LineStart => match self.rows.range(text, row).start {
                start if start == at => motion::line_start(text, at),
                start => start,
            },
            Motion::LineEnd => match self.row_end(row) {
                end if end == at => motion::line_end(text, at),
                end => end,
            },
            Motion::TextStart => 0,
            Motion::TextEnd => text.len(),
        }
    }

    fn row_to(&self, from: usize, to: usize, goal: usize) -> usize {
        match to.min(self.rows.last()) {
            to if to == from => self.place.cursor,
            to => self.position_in(to, goal),
        }
    }

    /// Gives the last position drawn in a row; behind the last grapheme of a wrapped row the next row begins.
    fn row_end(&self, row: usize) -> usize {
        let range = self.rows.range(&self.text, row);
        if self.rows.is_wrapped(&self.text, row) {
            motion::previous(&self.text, range.end).max(range.start)
        } else {
            range.end
        }
    }
}

/// The gate for text from outside: line ends become `\n`, or blanks in one line; other controls but tabs are dropped.
fn clean(text: &str, one_line: bool) -> String {
    let mut clean = String::with_capacity(text.len());
    let mut chars = text.chars().peekable();
    while let Some(c) = chars.next() {
        match c {
            '\r' if chars.peek() == Some(&'\n') => {}
            '\r' | '\n' | '\t' if one_line => clean.push(' '),
            '\r' | '\n' => clean.push('\n'),
            '\t' => clean.push('\t'),
            c if c.is_control() => {}
            c => clean.push(c),
        }
    }
    clean
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use ratatui::buffer::Buffer;
    use ratatui::layout::{Position, Rect};
    use ratatui::style::{Modifier, Style};
    use unicode_segmentation::GraphemeCursor;

    use super::*;
    use crate::ui::text::nasty;

    /// Draws an area and gives its rows and the cursor.
    fn draw(area: &mut TextArea, width: u16, height: u16) -> (Vec<String>, Option<Position>) {
        let (buf, cursor) = paint(area, width, height);
        let row = |y| (0..width).map(|x| buf[(x, y)].symbol()).collect::<String>();
        (
            (0..height).map(|y| row(y).trim_end().to_owned()).collect(),
            cursor,
        )
    }

    fn paint(area: &mut TextArea, width: u16, height: u16) -> (Buffer, Option<Position>) {
        let mut buf = Buffer::empty(Rect::new(0, 0, width, height));
        let cursor = area.render(buf.area, &mut buf, Style::new(), Style::new().reversed());
        (buf, cursor)
    }

    fn selected_cells(area: &mut TextArea, width: u16, height: u16) -> Vec<(u16, u16)> {
        let (buf, _) = paint(area, width, height);
        buf.area
            .positions()
            .filter(|at| buf[*at].modifier.contains(Modifier::REVERSED))
            .map(|at| (at.x, at.y))
            .collect()
    }

    fn write(area: &mut TextArea, text: &str) {
        for grapheme in text.graphemes(true) {
            area.insert(grapheme);
        }
    }

    fn press(area: &mut TextArea, edits: &[Edit]) {
        for edit in edits {
            area.edit(*edit);
        }
    }

    fn at<T: From<Position>>(x: u16, y: u16) -> T {
        Position { x, y }.into()
    }

    #[test]
    fn a_cluster_is_one_step_and_one_deletion() {
        for cluster in ["👨‍👩‍👧‍👦", "🇩🇪", "e\u{301}", "顧", "क्ष", "❤️", "1️⃣", "👍🏽"]
        {
            let mut area = TextArea::new(&format!("a{cluster}b"));
            press(
                &mut area,
                &[Edit::Move(Motion::Left), Edit::Move(Motion::Left)],
            );
            assert_eq!(area.cursor(), 1, "{cluster}");
            press(&mut area, &[Edit::Move(Motion::Right), Edit::DeleteBack]);
            assert_eq!(area.text(), "ab");
            area.edit(Edit::Undo);
            press(&mut area, &[Edit::Move(Motion::Left), Edit::DeleteForward]);
            assert_eq!(area.text(), "ab");
        }
    }

    #[test]
    fn a_typed_mark_joins_the_letter_before_it() {
        let mut area = TextArea::new("");
        write(&mut area, "e");
        area.insert("\u{301}");
        assert_eq!(area.cursor(), 3);
        area.edit(Edit::DeleteBack);
        assert!(area.is_empty());
    }

    #[test]
    fn long_lines_are_wrapped_at_words() {
        let mut area = TextArea::new("pay with a saved card\n\nnow");
        let (rows, cursor) = draw(&mut area, 9, 6);
        assert_eq!(rows, ["pay with", "a saved", "card", "", "now", ""]);
        assert_eq!(cursor, at(3, 4));
        assert_eq!(area.height(9), 5);
        assert_eq!(area.height(80), 3);
    }

    #[test]
    fn a_full_row_leaves_a_column_for_the_cursor() {
        let mut area = TextArea::new("12345678");
        assert_eq!(
            draw(&mut area, 9, 1),
            (vec!["12345678".to_owned()], at(8, 0))
        );
        area.insert(" ");
        assert_eq!(draw(&mut area, 9, 1).1, at(8, 0));
        area.insert("9");
        assert_eq!(draw(&mut area, 9, 2).1, at(1, 1));
    }

    #[test]
    fn up_and_down_keep_their_column_over_short_and_wrapped_rows() {
        let mut area = TextArea::new("one two three\nx\nfour five");
        draw(&mut area, 10, 9);
        press(
            &mut area,
            &[Edit::Move(Motion::TextStart), Edit::Move(Motion::LineEnd)],
        );
        assert_eq!(area.cursor(), 7);
        let mut seen = Vec::new();
        while area.edit(Edit::Move(Motion::Down)) {
            seen.push(draw(&mut area, 10, 9).1.unwrap());
        }
        let seen: Vec<_> = seen.iter().map(|p| (p.x, p.y)).collect();
        assert_eq!(seen, [(5, 1), (1, 2), (7, 3)]);
        assert!(area.at_last_row() && !area.at_first_row());
        press(&mut area, &[Edit::Move(Motion::Up); 3]);
        assert_eq!(area.cursor(), 7);
        assert!(area.at_first_row());
        assert!(!area.edit(Edit::Move(Motion::Up)));
    }

    #[test]
    fn home_and_end_go_to_the_row_first_and_to_the_line_next() {
        let mut area = TextArea::new("one two three");
        draw(&mut area, 8, 3);
        let ends: Vec<usize> = [
            Motion::LineStart,
            Motion::LineStart,
            Motion::LineEnd,
            Motion::LineEnd,
        ]
        .into_iter()
        .map(|to| {
            area.edit(Edit::Move(to));
            area.cursor()
        })
        .collect();
        assert_eq!(ends, [8, 0, 7, 13]);
    }

    #[test]
    fn a_page_is_as_many_rows_as_are_drawn() {
        let mut area = TextArea::new("a\nb\nc\nd\ne");
        draw(&mut area, 5, 2);
        area.edit(Edit::Move(Motion::PageUp));
        assert_eq!(area.cursor(), 5);
        assert_eq!(draw(&mut area, 5, 2).0, ["c", "d"]);
        press(
            &mut area,
            &[Edit::Move(Motion::PageUp), Edit::Move(Motion::PageUp)],
        );
        assert_eq!(area.cursor(), 1);
        area.edit(Edit::Move(Motion::PageDown));
        assert_eq!(area.cursor(), 5);
    }

    #[test]
    fn deletions_reach_words_and_line_ends() {
        let mut area = TextArea::new("one two\nthree four");
        area.edit(Edit::DeleteWordBack);
        assert_eq!(area.text(), "one two\nthree ");
        area.edit(Edit::DeleteToLineStart);
        assert_eq!(area.text(), "one two\n");
        area.edit(Edit::DeleteToLineStart);
        assert_eq!(area.text(), "one two");
        area.edit(Edit::Move(Motion::TextStart));
        area.edit(Edit::DeleteWordForward);
        assert_eq!(area.text(), " two");
        area.edit(Edit::DeleteToLineEnd);
        assert!(area.is_empty());
        assert!(!area.edit(Edit::DeleteBack));
    }

    #[test]
    fn typing_is_undone_word_by_word() {
        let mut area = TextArea::new("");
        write(&mut area, "pay with card");
        let mut seen = Vec::new();
        while area.edit(Edit::Undo) {
            seen.push(area.text().to_owned());
        }
        assert_eq!(seen, ["pay with ", "pay ", ""]);
        while area.edit(Edit::Redo) {}
        assert_eq!(area.text(), "pay with card");
    }

    #[test]
    fn a_moved_cursor_starts_a_new_step() {
        let mut area = TextArea::new("");
        write(&mut area, "ab");
        press(
            &mut area,
            &[Edit::Move(Motion::Left), Edit::Move(Motion::Right)],
        );
        write(&mut area, "cd");
        area.edit(Edit::Undo);
        assert_eq!(area.text(), "ab");
        assert_eq!(area.cursor(), 2);
    }

    #[test]
    fn backspaces_are_undone_together_and_typing_after_an_undo_ends_the_redo() {
        let mut area = TextArea::new("one two");
        press(&mut area, &[Edit::DeleteBack; 3]);
        area.edit(Edit::Undo);
        assert_eq!(area.text(), "one two");
        write(&mut area, "x");
        assert!(!area.edit(Edit::Redo));
        assert_eq!(area.text(), "one twox");
    }

    #[test]
    fn a_paste_is_one_step_with_plain_line_ends() {
        let mut area = TextArea::new("");
        area.insert("one\r\ntwo\rthree\u{1b}[2J\tfour");
        assert_eq!(area.text(), "one\ntwo\nthree[2J\tfour");
        area.edit(Edit::Undo);
        assert!(area.is_empty());
    }

    #[test]
    fn a_selection_is_replaced_by_what_is_typed() {
        let mut area = TextArea::new("one two");
        area.edit(Edit::Select(Motion::WordLeft));
        assert_eq!(area.selected_text(), Some("two"));
        write(&mut area, "x");
        assert_eq!(area.text(), "one x");
        area.edit(Edit::Undo);
        assert_eq!(
            (area.text(), area.selected_text()),
            ("one two", Some("two"))
        );
    }

    #[test]
    fn left_and_right_leave_a_selection_at_its_ends() {
        let mut area = TextArea::new("one two");
        press(
            &mut area,
            &[Edit::Select(Motion::WordLeft), Edit::Move(Motion::Right)],
        );
        assert_eq!((area.cursor(), area.selection()), (7, None));
        press(&mut area, &[Edit::SelectAll, Edit::Move(Motion::Left)]);
        assert_eq!((area.cursor(), area.selection()), (0, None));
    }

    #[test]
    fn cut_and_paste_move_text() {
        let mut area = TextArea::new("one two");
        assert!(!area.edit(Edit::Cut) && !area.edit(Edit::Paste));
        press(&mut area, &[Edit::Select(Motion::WordLeft), Edit::Cut]);
        assert_eq!((area.text(), area.cut_text()), ("one ", Some("two")));
        press(&mut area, &[Edit::Move(Motion::TextStart), Edit::Paste]);
        assert_eq!(area.text(), "twoone ");
        press(&mut area, &[Edit::SelectAll, Edit::Copy]);
        assert_eq!((area.text(), area.cut_text()), ("twoone ", Some("twoone ")));
    }

    #[test]
    fn a_selection_is_drawn_with_its_line_ends() {
        let mut area = TextArea::new("a顧\n\nb");
        area.edit(Edit::SelectAll);
        let cells = selected_cells(&mut area, 6, 4);
        assert_eq!(cells, [(0, 0), (1, 0), (2, 0), (3, 0), (0, 1), (0, 2)]);
    }

    #[test]
    fn one_line_takes_no_line_ends_and_scrolls_sideways() {
        let mut area = TextArea::single_line("one\ntwo\tthree");
        assert_eq!(area.text(), "one two three");
        assert!(!area.edit(Edit::Newline) && !area.edit(Edit::Move(Motion::Up)));
        assert_eq!(draw(&mut area, 6, 1), (vec!["three".to_owned()], at(5, 0)));
        assert_eq!(area.height(6), 1);
        area.edit(Edit::Move(Motion::TextStart));
        assert_eq!(draw(&mut area, 6, 1), (vec!["one tw".to_owned()], at(0, 0)));
    }

    #[test]
    fn one_line_shows_the_end_again_when_it_grows_shorter() {
        let mut area = TextArea::single_line("0123456789");
        draw(&mut area, 6, 1);
        press(&mut area, &[Edit::DeleteBack; 7]);
        assert_eq!(draw(&mut area, 6, 1), (vec!["012".to_owned()], at(3, 0)));
    }

    #[test]
    fn a_click_puts_the_cursor_and_a_drag_selects() {
        let mut area = TextArea::new("one\n顧客の声");
        draw(&mut area, 12, 3);
        area.click(3, 1);
        assert_eq!(area.cursor(), 4 + "顧".len());
        area.drag(1, 0);
        assert_eq!(area.selected_text(), Some("ne\n顧"));
        area.click(90, 90);
        assert_eq!((area.cursor(), area.selection()), (area.text().len(), None));
    }

    #[test]
    fn hostile_text_is_drawn_harmless() {
        let mut area = TextArea::new("a\tb\u{202e}c\u{301}\n\u{301}");
        assert_eq!(
            draw(&mut area, 9, 2),
            (
                vec!["a bc\u{301}".to_owned(), "◌\u{301}".to_owned()],
                at(1, 1)
            )
        );
    }

    #[test]
    fn a_character_wider_than_the_area_is_hinted_at() {
        let mut area = TextArea::new("顧客");
        assert_eq!(draw(&mut area, 1, 2).0, ["…", "…"]);
    }

    #[test]
    fn a_completion_replaces_the_word_before_the_cursor() {
        let mut area = TextArea::single_line("done label:pa");
        let word = area.word_before_cursor();
        assert_eq!(area.text().get(word.clone()), Some("label:pa"));
        assert!(area.replace(word, "label:payment "));
        assert_eq!((area.text(), area.cursor()), ("done label:payment ", 19));
        area.edit(Edit::Undo);
        assert_eq!(area.text(), "done label:pa");
    }

    #[test]
    fn another_text_starts_over_but_keeps_what_was_cut() {
        let mut area = TextArea::new("one");
        press(&mut area, &[Edit::SelectAll, Edit::Cut]);
        area.set_text("two");
        assert!(!area.edit(Edit::Undo));
        area.edit(Edit::Paste);
        assert_eq!(area.text(), "twoone");
    }

    #[test]
    fn a_very_long_line_and_very_many_lines_work() {
        for text in [
            "word ".repeat(20_000),
            "x".repeat(100_000),
            "a line of text\n".repeat(10_000),
        ] {
            let mut area = TextArea::new("");
            area.insert(&text);
            draw(&mut area, 40, 10);
            area.edit(Edit::Move(Motion::TextStart));
            write(&mut area, "顧");
            area.edit(Edit::Move(Motion::TextEnd));
            write(&mut area, "y");
            let (rows, cursor) = draw(&mut area, 40, 10);
            assert!(rows[9].ends_with('y'));
            assert_eq!(cursor.map(|cursor| cursor.y), Some(9));
        }
    }

    #[derive(Debug, Clone)]
    enum Deed {
        Insert(String),
        Do(Edit),
        Click(u16, u16),
        Drag(u16, u16),
        Replace(usize, usize, String),
        Cursor(usize),
    }

    fn motion() -> impl Strategy<Value = Motion> {
        use Motion::*;
        prop::sample::select(vec![
            Left, Right, Up, Down, WordLeft, WordRight, LineStart, LineEnd, TextStart, TextEnd,
            PageUp, PageDown,
        ])
    }

    fn deed() -> impl Strategy<Value = Deed> {
        use Edit::*;
        let other = vec![
            SelectAll,
            DeleteBack,
            DeleteForward,
            DeleteWordBack,
            DeleteWordForward,
            DeleteToLineStart,
            DeleteToLineEnd,
            Newline,
            Cut,
            Copy,
            Paste,
            Undo,
            Redo,
            DeleteBack,
            DeleteForward,
            Undo,
            Redo,
        ];
        prop_oneof![
            3 => nasty().prop_map(Deed::Insert),
            4 => any::<char>().prop_map(|c| Deed::Insert(c.into())),
            4 => "[a-c ]".prop_map(Deed::Insert),
            4 => motion().prop_map(|to| Deed::Do(Move(to))),
            3 => motion().prop_map(|to| Deed::Do(Select(to))),
            6 => prop::sample::select(other).prop_map(Deed::Do),
            1 => (0_u16..25, 0_u16..8).prop_map(|(x, y)| Deed::Click(x, y)),
            1 => (0_u16..25, 0_u16..8).prop_map(|(x, y)| Deed::Drag(x, y)),
            1 => (0_usize..90, 0_usize..90, nasty()).prop_map(|(a, b, text)| Deed::Replace(a, b, text)),
            1 => (0_usize..90).prop_map(Deed::Cursor),
        ]
    }

    fn perform(area: &mut TextArea, deed: &Deed) {
        match deed {
            Deed::Insert(text) => _ = area.insert(text),
            Deed::Do(edit) => _ = area.edit(*edit),
            Deed::Click(x, y) => area.click(*x, *y),
            Deed::Drag(x, y) => area.drag(*x, *y),
            Deed::Replace(from, to, text) => _ = area.replace(*from..*to, text),
            Deed::Cursor(at) => area.set_cursor(*at),
        }
    }

    fn is_boundary(text: &str, at: usize) -> bool {
        text.is_char_boundary(at)
            && GraphemeCursor::new(at, text.len(), true)
                .is_boundary(text, 0)
                .unwrap()
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(400))]

        #[test]
        fn whatever_is_done_the_cursor_is_on_a_boundary_and_visible(
            start in nasty(),
            one_line in any::<bool>(),
            deeds in prop::collection::vec((deed(), 0_u16..24, 0_u16..6), 1..60),
        ) {
            let mut area = TextArea::start(&start, one_line);
            let first = area.text().to_owned();
            for (deed, width, height) in &deeds {
                perform(&mut area, deed);
                let text = area.text().to_owned();
                prop_assert!(is_boundary(&text, area.cursor()), "{deed:?}");
                if let Some(selection) = area.selection() {
                    prop_assert!(is_boundary(&text, selection.start) && is_boundary(&text, selection.end), "{deed:?}");
                }
                prop_assert_eq!(&area.rows, &Rows::new(&text, area.rows.cols()), "{:?}", deed);
                let screen = Rect::new(0, 0, *width + 2, *height + 2);
                let field = Rect::new(1, 1, *width, *height);
                let mut buf = Buffer::filled(screen, ratatui::buffer::Cell::new("#"));
                let cursor = area.render(field, &mut buf, Style::new(), Style::new().reversed());
                prop_assert_eq!(cursor.is_some(), !field.is_empty());
                prop_assert!(cursor.is_none_or(|cursor| field.contains(cursor)), "{cursor:?} not in {field:?}");
                for at in screen.positions().filter(|at| !field.contains(*at)) {
                    prop_assert_eq!(buf[at].symbol(), "#");
                }
            }
            let last = area.text().to_owned();
            while area.edit(Edit::Redo) {}
            let end = area.text().to_owned();
            while area.edit(Edit::Undo) {}
            prop_assert_eq!(area.text(), first);
            while area.edit(Edit::Redo) {}
            prop_assert_eq!(area.text(), &end);
            prop_assert!(end == last || deeds.iter().any(|(deed, ..)| matches!(deed, Deed::Do(Edit::Undo))));
        }
    }

    #[test]
    fn a_part_is_drawn_wherever_the_cursor_is() {
        let mut area = TextArea::new("one two three\nfour");
        assert_eq!(area.fit(6), 4);
        let mut buf = Buffer::empty(Rect::new(0, 0, 6, 2));
        let plain = Style::new();
        assert_eq!(
            area.render_from(1, buf.area, &mut buf, plain, plain, &[]),
            None
        );
        assert_eq!((buf[(0, 0)].symbol(), buf[(1, 1)].symbol()), ("t", "h"));
        area.click(2, 0);
        assert_eq!((area.cursor(), area.cell()), (6, (1, 2)));
        let cursor = area.render_from(1, buf.area, &mut buf, plain, plain, &[]);
        assert_eq!(cursor, Some(Position::new(2, 0)));
    }

    #[test]
    fn the_cursor_goes_to_a_row_and_column_or_as_near_as_it_gets() {
        let mut area = TextArea::new("one two three\nfour");
        area.fit(6);
        area.go_to(0, 2);
        assert_eq!(area.cursor(), 2);
        area.go_to(usize::MAX, 9);
        assert_eq!(area.cell(), (3, 4));
    }
}
