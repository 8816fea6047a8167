//! The text area on the screen: drawing the visible rows, keeping the cursor among them, clicks.
//!
//! Every grapheme is drawn as its clean picture in exactly the columns counted for it.

use std::borrow::Cow;
use std::ops::Range;

use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};
use ratatui::style::Style;
use unicode_segmentation::UnicodeSegmentation;

use super::rows::{Rows, UNLIMITED};
use super::{TextArea, motion};
use crate::ui::text::picture;

/// Stands for a character that is wider than the whole area.
const TOO_WIDE: &str = "…";

/// What the last drawing showed.
#[derive(Debug, Clone, Default)]
pub(super) struct View {
    width: usize,
    height: usize,
    /// The first drawn row.
    top: usize,
    /// In one line: the position of the first drawn grapheme.
    left: usize,
}

impl View {
    pub(super) fn page(&self) -> usize {
        self.height.max(1)
    }
}

/// Gives the columns text is wrapped to: one is kept free for the cursor behind a full row, where there is room.
pub(super) fn columns_for_text(width: u16) -> usize {
    match width {
        0..=2 => usize::from(width.max(1)),
        _ => usize::from(width) - 1,
    }
}

impl TextArea {
    /// Draws the visible rows and gives the cell for the terminal's own cursor; nothing in an empty area.
    ///
    /// `style` is laid over the whole area, `selection` over that where text is selected. Clear the area first if
    /// something else was drawn there.
    pub fn render(
        &mut self,
        area: Rect,
        buf: &mut Buffer,
        style: Style,
        selection: Style,
    ) -> Option<Position> {
        let area = area.intersection(buf.area);
        if area.is_empty() {
            return None;
        }
        self.fit_into(area);
        self.scroll();
        self.draw_rows(area, buf, style, selection, &[]);
        let row = self.rows.row_of(self.place.cursor);
        let column = self.column_of(self.place.cursor).min(self.view.width - 1);
        Some(Position {
            x: area.x.saturating_add(to_u16(column)),
            y: area.y.saturating_add(to_u16(row - self.view.top)),
        })
    }

    /// Draws the rows from `top` on, for a text that scrolls with others on one page; gives the cursor's cell where it
    /// is among them.
    ///
    /// Parts of the text, in bytes, are drawn in styles of their own; the first of several counts. Not for a text area
    /// of one line, which scrolls sideways by itself.
    pub fn render_from(
        &mut self,
        top: usize,
        area: Rect,
        buf: &mut Buffer,
        style: Style,
        selection: Style,
        marks: &[(Range<usize>, Style)],
    ) -> Option<Position> {
        let area = area.intersection(buf.area);
        if area.is_empty() {
            return None;
        }
        self.fit_into(area);
        self.view.top = top.min(self.rows.last());
        self.draw_rows(area, buf, style, selection, marks);
        let (row, column) = self.cell();
        let below = row.checked_sub(self.view.top)?;
        (below < self.view.height).then(|| Position {
            x: area
                .x
                .saturating_add(to_u16(column.min(self.view.width - 1))),
            y: area.y.saturating_add(to_u16(below)),
        })
    }

    /// Wraps the text to the columns it is about to be drawn in, and counts its rows.
    pub fn fit(&mut self, cols: u16) -> usize {
        self.wrap_to(columns_for_text(cols));
        self.rows.len()
    }

    /// Gives the cursor's row and column in the text as it was wrapped last.
    pub fn cell(&self) -> (usize, usize) {
        let at = self.place.cursor;
        (self.rows.row_of(at), self.column_of(at))
    }

    /// Puts the cursor into a row, as near to a column as it gets; rows beyond the last are the last.
    pub fn go_to(&mut self, row: usize, column: usize) {
        let at = self.position_in(row.min(self.rows.last()), column);
        self.stand(at, false);
    }

    /// Draws what is in view.
    fn draw_rows(
        &self,
        area: Rect,
        buf: &mut Buffer,
        style: Style,
        selection: Style,
        marks: &[(Range<usize>, Style)],
    ) {
        buf.set_style(area, style);
        let highlight = style.patch(selection);
        for (y, row) in (area.top()..area.bottom()).zip(self.view.top..self.rows.len()) {
            self.draw_row(
                row,
                Rect {
                    y,
                    height: 1,
                    ..area
                },
                buf,
                highlight,
                marks,
            );
        }
    }

    /// Puts the cursor where the mouse points, in columns and rows of the area last drawn.
    pub fn click(&mut self, column: u16, row: u16) {
        let at = self.pointed_at(column, row);
        self.stand(at, false);
    }

    /// Stretches the selection to where the mouse points, in columns and rows of the area last drawn.
    pub fn drag(&mut self, column: u16, row: u16) {
        let at = self.pointed_at(column, row);
        self.stand(at, true);
    }

    fn pointed_at(&self, column: u16, row: u16) -> usize {
        let row = (self.view.top + usize::from(row)).min(self.rows.last());
        self.position_in(row, usize::from(column))
    }

    /// Gives the column of a position in its row, from the first drawn grapheme on.
    pub(super) fn column_of(&self, at: usize) -> usize {
        let start = self.drawn(self.rows.row_of(at)).start;
        let before = self.text.get(start..at).unwrap_or_default();
        before
            .graphemes(true)
            .map(|grapheme| self.shown(grapheme).1)
            .sum()
    }

    /// Gives the position in a row that is nearest to a column without passing it.
    pub(super) fn position_in(&self, row: usize, column: usize) -> usize {
        let range = self.drawn(row);
        let last = self.row_end(row);
        let mut used = 0;
        self.text
            .get(range.clone())
            .unwrap_or_default()
            .grapheme_indices(true)
            .map(|(at, grapheme)| (range.start + at, self.shown(grapheme).1))
            .find(|(_, columns)| {
                used += columns;
                used > column
            })
            .map_or(range.end, |(at, _)| at)
            .min(last)
    }

    fn fit_into(&mut self, area: Rect) {
        self.view.width = usize::from(area.width);
        self.view.height = usize::from(area.height);
        let cols = if self.one_line {
            UNLIMITED
        } else {
            columns_for_text(area.width)
        };
        self.wrap_to(cols);
    }

    fn wrap_to(&mut self, cols: usize) {
        if cols != self.rows.cols() {
            self.rows = Rows::new(&self.text, cols);
        }
    }

    /// Moves the view so that the cursor is in it and no room is wasted behind the text's end.
    fn scroll(&mut self) {
        let row = self.rows.row_of(self.place.cursor);
        let height = self.view.height;
        self.view.top = self
            .view
            .top
            .min(row)
            .max((row + 1).saturating_sub(height))
            .min(self.rows.len().saturating_sub(height));
        if self.one_line {
            let left = self
                .view
                .left
                .min(self.place.cursor)
                .min(self.screenful_before(self.text.len()));
            self.view.left = left.max(self.screenful_before(self.place.cursor));
        }
    }

    /// Gives the first position from which a cursor at `at` still has a column.
    fn screenful_before(&self, at: usize) -> usize {
        let before = self.text.get(..at).unwrap_or_default();
        let mut used = 0;
        before
            .grapheme_indices(true)
            .rev()
            .find(|(_, grapheme)| {
                used += self.shown(grapheme).1;
                used >= self.view.width
            })
            .map_or(0, |(start, grapheme)| start + grapheme.len())
    }

    /// Gives the bytes of a row from the first drawn grapheme on.
    fn drawn(&self, row: usize) -> Range<usize> {
        let range = self.rows.range(&self.text, row);
        if self.one_line {
            // An edit may have changed the graphemes in front of the view since it was drawn.
            return motion::snap(&self.text, self.view.left)..range.end;
        }
        range
    }

    fn shown<'a>(&self, grapheme: &'a str) -> (Cow<'a, str>, usize) {
        let (picture, columns) = picture(grapheme);
        if self.view.width > 0 && columns > self.view.width {
            (TOO_WIDE.into(), 1)
        } else {
            (picture, columns)
        }
    }

    fn draw_row(
        &self,
        row: usize,
        area: Rect,
        buf: &mut Buffer,
        highlight: Style,
        marks: &[(Range<usize>, Style)],
    ) {
        let range = self.drawn(row);
        let selected = self.selection().unwrap_or_default();
        let mut left = area;
        let text = self.text.get(range.clone()).unwrap_or_default();
        for (at, grapheme) in text.grapheme_indices(true) {
            let (picture, columns) = self.shown(grapheme);
            let width = to_u16(columns);
            if width > left.width {
                return;
            }
            // Ratatui resets the cells behind a wide character, so its style is laid over all of them again.
            let place = range.start + at;
            let style = if selected.contains(&place) {
                highlight
            } else {
                let plain = buf[left.as_position()].style();
                let marked = marks.iter().find(|(mark, _)| mark.contains(&place));
                marked.map_or(plain, |(_, style)| plain.patch(*style))
            };
            buf.set_stringn(left.x, left.y, picture, columns, style);
            buf.set_style(Rect { width, ..left }, style);
            left = Rect {
                x: left.x + width,
                width: left.width - width,
                ..left
            };
            if left.width == 0 {
                return;
            }
        }
        let line_end = !self.rows.is_wrapped(&self.text, row);
        if line_end && selected.contains(&range.end) {
            buf.set_style(Rect { width: 1, ..left }, highlight);
        }
    }
}

fn to_u16(columns: usize) -> u16 {
    u16::try_from(columns).unwrap_or(u16::MAX)
}
