//! Drawing the sheet: written again only when something on it changes, drawn only as far as it is in sight.

use std::sync::Arc;

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::text::Line;
use ratatui::widgets::Widget;

use super::SheetPane;
use super::rows::Rows;
use super::written::{self, Written};
use crate::model::{Story, StoryId};
use crate::ui::pane::Cx;
use crate::ui::text;
use crate::ui::widgets::pane_frame::{draw_nothing, pane_frame, within_margins};

/// What was drawn last, and which part of it is in sight.
#[derive(Debug, Default)]
pub(super) struct View {
    area: Rect,
    top: usize,
    row: usize,
    /// Whether the cursor was moved since the last frame, so that its row must come into sight.
    moved: bool,
    sheet: Option<Sheet>,
}

/// A written sheet and what it was written from.
#[derive(Debug)]
struct Sheet {
    story: Arc<Story>,
    generation: u64,
    width: u16,
    row: usize,
    place: String,
    written: Written,
}

impl View {
    /// Shows a sheet from its start.
    pub(super) fn start(&mut self) {
        self.top = 0;
        self.moved = true;
    }

    /// Writes the sheet anew in the next frame.
    pub(super) fn forget(&mut self) {
        self.sheet = None;
    }

    /// Brings the cursor's row into sight in the next frame.
    pub(super) fn follow(&mut self) {
        self.moved = true;
    }

    /// Scrolls up within a row that reaches beyond the window; answers whether it did.
    pub(super) fn scrolls_up(&mut self) -> bool {
        let Some((lowest, _)) = self.range() else {
            return false;
        };
        let page = usize::from(self.area.height).saturating_sub(1).max(1);
        let to = self.top.saturating_sub(page).max(lowest);
        let scrolls = !self.moved && to < self.top;
        if scrolls {
            self.top = to;
        }
        scrolls
    }

    /// Scrolls down within a row that reaches beyond the window; answers whether it did.
    pub(super) fn scrolls_down(&mut self) -> bool {
        let height = usize::from(self.area.height);
        let Some(end) = self.lines_of(self.row).map(|lines| lines.end) else {
            return false;
        };
        let to = (self.top + height.saturating_sub(1).max(1)).min(end.saturating_sub(height));
        let scrolls = !self.moved && to > self.top;
        if scrolls {
            self.top = to;
        }
        scrolls
    }

    /// The row about a page below one.
    pub(super) fn page_down(&self, row: usize) -> usize {
        let Some(start) = self.lines_of(row).map(|lines| lines.start) else {
            return row + 1;
        };
        let rows = self.rows();
        let limit = start + usize::from(self.area.height);
        let within = rows.iter().take_while(|lines| lines.end <= limit).count();
        within.saturating_sub(1).max(row + 1)
    }

    /// The row about a page above one.
    pub(super) fn page_up(&self, row: usize) -> usize {
        let Some(end) = self.lines_of(row).map(|lines| lines.end) else {
            return row.saturating_sub(1);
        };
        let limit = end.saturating_sub(usize::from(self.area.height));
        let above = self
            .rows()
            .iter()
            .take_while(|lines| lines.start < limit)
            .count();
        above.min(row.saturating_sub(1))
    }

    /// The row of the sheet at a row of the screen.
    pub(super) fn row_at(&self, y: u16) -> Option<usize> {
        let offset = y
            .checked_sub(self.area.y)
            .filter(|offset| *offset < self.area.height)?;
        let line = self.top + usize::from(offset);
        self.rows().iter().position(|lines| lines.contains(&line))
    }

    fn rows(&self) -> &[std::ops::Range<usize>] {
        self.sheet
            .as_ref()
            .map(|sheet| sheet.written.rows.as_slice())
            .unwrap_or_default()
    }

    fn lines_of(&self, row: usize) -> Option<std::ops::Range<usize>> {
        self.rows().get(row).cloned()
    }

    /// The first lines in sight, lowest and highest, with which the cursor's row is in sight: whole if it is small
    /// enough, else some part of it. What stands between two rows belongs to the lower one.
    fn range(&self) -> Option<(usize, usize)> {
        let lines = self.lines_of(self.row)?;
        let above = self.row.checked_sub(1).and_then(|row| self.lines_of(row));
        let start = above.map_or(0, |above| above.end).min(lines.start);
        let low = lines.end.saturating_sub(usize::from(self.area.height));
        Some((start.min(low), start.max(low)))
    }

    /// Scrolls as little as possible so that the cursor's row is in sight.
    fn settle(&mut self) {
        let (Some(lines), Some((lowest, highest))) = (self.lines_of(self.row), self.range()) else {
            self.top = 0;
            return;
        };
        // A window that has grown shows no blanks below while there is more above.
        let end = self
            .sheet
            .as_ref()
            .map_or(0, |sheet| sheet.written.lines.len());
        let last_top = end.saturating_sub(usize::from(self.area.height));
        self.top = self.top.min(last_top).clamp(lowest, highest);
        if std::mem::take(&mut self.moved) {
            let low = lines.end.saturating_sub(usize::from(self.area.height));
            // Of a row larger than the window the beginning is shown first.
            self.top = self.top.clamp(low.min(lines.start), lines.start);
        }
    }

    fn write(&mut self, story: &Arc<Story>, row: usize, queue: Option<&[StoryId]>, cx: &Cx) {
        let generation = cx.backlog.generation();
        let width = self.area.width;
        self.row = row;
        let is_current = self.sheet.as_ref().is_some_and(|sheet| {
            Arc::ptr_eq(&sheet.story, story)
                && (sheet.generation, sheet.width, sheet.row) == (generation, width, row)
        });
        if !is_current {
            let rows = Rows::of(story, cx.backlog);
            self.sheet = Some(Sheet {
                story: Arc::clone(story),
                generation,
                width,
                row,
                place: place(story.id, queue, cx),
                written: written::write(&rows, row, usize::from(width), cx),
            });
        }
    }
}

impl SheetPane {
    pub(super) fn draw(&mut self, area: Rect, buf: &mut Buffer, cx: &Cx, focused: bool) {
        let story = self.story(cx).cloned();
        let title = story.as_ref().map_or_else(String::new, |story| {
            title(story, usize::from(area.width.saturating_sub(4)), cx)
        });
        let block = pane_frame(title, focused, cx.theme);
        let inside = block.inner(area);
        block.render(area, buf);
        let inside = within_margins(inside);
        self.view.area = inside;
        let Some(story) = story else {
            draw_empty(inside, buf, cx);
            return;
        };
        if inside.is_empty() {
            return;
        }
        let row = self.row(&Rows::of(&story, cx.backlog));
        self.view.write(&story, row, self.queue.as_deref(), cx);
        self.view.settle();
        self.draw_lines(inside, buf, cx, focused);
        self.draw_bottom(area, buf, cx);
    }

    fn draw_lines(&self, inside: Rect, buf: &mut Buffer, cx: &Cx, focused: bool) {
        let Some(sheet) = &self.view.sheet else {
            return;
        };
        let selected = self.view.lines_of(self.view.row).map(|lines| lines.start);
        let lines = sheet.written.lines.iter().enumerate().skip(self.view.top);
        for ((index, line), area) in lines.zip(inside.rows()) {
            line.render(area, buf);
            if selected == Some(index) {
                let from = u16::try_from(sheet.written.bar).unwrap_or(0);
                let from = from.min(area.width);
                let row = Rect {
                    x: area.x + from,
                    width: area.width - from,
                    ..area
                };
                buf.set_style(row, cx.theme.selected(focused));
            }
        }
    }

    /// The bottom border: how the review stands on the left, which story this is on the right.
    fn draw_bottom(&self, area: Rect, buf: &mut Buffer, cx: &Cx) {
        let Some(sheet) = self.view.sheet.as_ref().filter(|_| area.height > 1) else {
            return;
        };
        let room = area.width.saturating_sub(4);
        let row = Rect {
            x: area.x + area.width.min(2),
            y: area.bottom() - 1,
            width: room,
            height: 1,
        };
        let summary = format!(" {} ", sheet.written.summary);
        let place = format!(" {} ", sheet.place);
        let (left, right) = (text::width(&summary), text::width(&place));
        let summary = text::truncate(&summary, usize::from(room)).into_owned();
        Line::styled(summary, cx.theme.strong()).render(row, buf);
        if !sheet.place.is_empty() && left + right < usize::from(room) {
            Line::styled(place, cx.theme.dim())
                .right_aligned()
                .render(right_end(row, right), buf);
        }
    }
}

/// The last columns of a row.
fn right_end(row: Rect, columns: usize) -> Rect {
    let width = u16::try_from(columns).unwrap_or(row.width).min(row.width);
    Rect {
        x: row.right() - width,
        width,
        ..row
    }
}

/// Key, title and round; a long title is cut, the others are not.
fn title(story: &Story, room: usize, cx: &Cx) -> String {
    let dash = cx.theme.dash();
    let key = format!(" {} {dash} ", cx.backlog.key(story));
    let round = format!(" {dash} round {} ", story.round_number());
    let left = room.saturating_sub(text::width(&key) + text::width(&round));
    let title = format!("{key}{}{round}", text::truncate(&story.title, left));
    text::truncate(&title, room).into_owned()
}

/// Which story of the queue this is.
fn place(id: StoryId, queue: Option<&[StoryId]>, cx: &Cx) -> String {
    let (place, of) = if let Some(queue) = queue {
        (queue.iter().position(|other| *other == id), queue.len())
    } else {
        let mut delivered = cx.backlog.delivered();
        let of = delivered.len();
        (delivered.position(|other| other == id), of)
    };
    place.map_or_else(String::new, |place| format!("story {} of {of}", place + 1))
}

fn draw_empty(area: Rect, buf: &mut Buffer, cx: &Cx) {
    let said = "Nothing waits for a review.\n\nA story comes here once it is delivered.";
    draw_nothing(said, area, buf, cx.theme);
}
