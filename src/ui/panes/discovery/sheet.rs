//! What stands beside the tree, as it is walked along: its parts, the one the cursor stands on, and how far it is
//! scrolled. A story is read in a pane of its own, as on the backlog's screen.

use std::ops::Range;

use jiff::civil::Date;
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::text::Line;
use ratatui::widgets::Widget;

use super::page::{self, Part};
use super::tree::Spot;
use super::{draw, today};
use crate::keymap::Action;
use crate::ui::effect::Pointer;
use crate::ui::pane::{Cx, Pane};
use crate::ui::panes::story::{StoryPane, draw_more};
use crate::ui::widgets::viewport::is_walk;

/// What is read.
#[derive(Debug, Default)]
pub(super) struct Sheet {
    spot: Option<Spot>,
    /// A story is read in a pane of its own.
    story: StoryPane,
    /// The part that the cursor stands on, counted from the title.
    at: usize,
    top: usize,
    inside: Rect,
    written: Option<Written>,
}

/// A page as it was written last; written again only for another state of the backlog, another day or another width.
#[derive(Debug)]
struct Written {
    known: (Spot, u64, Date, u16),
    lines: Vec<Line<'static>>,
    parts: Vec<(Range<usize>, Part)>,
}

impl Sheet {
    /// Shows something else, from its top.
    pub(super) fn show(&mut self, spot: Spot) {
        if self.spot != Some(spot) {
            self.spot = Some(spot);
            (self.at, self.top) = (0, 0);
        }
        if let Spot::Story(story) = spot {
            self.story.show(Some(story));
        }
    }

    pub(super) fn is_story(&self) -> bool {
        matches!(self.spot, Some(Spot::Story(_)))
    }

    /// The part that the cursor stands on.
    pub(super) fn part(&self) -> Option<&Part> {
        self.written.as_ref()?.part(self.at)
    }

    /// Walks along the parts; answers whether that was asked. What is longer than the page is scrolled first.
    pub(super) fn walk(&mut self, action: Action, cx: &Cx) -> bool {
        if self.is_story() {
            return is_walk(action) && self.story.on_action(action, cx).is_some();
        }
        let page = self.height().saturating_sub(1).max(1);
        match action {
            Action::Down => self.down(),
            Action::Up => self.up(),
            Action::PageDown => self.scroll(self.top + page),
            Action::PageUp => self.scroll(self.top.saturating_sub(page)),
            Action::First => (self.at, self.top) = (0, 0),
            Action::Last => {
                self.scroll(usize::MAX);
                self.at = self.written.as_ref().map_or(0, Written::last);
            }
            _ => return false,
        }
        true
    }

    fn down(&mut self) {
        let Some(written) = &self.written else { return };
        let bottom = self.top + self.height();
        if written.range(self.at).end > bottom {
            self.top += 1;
        } else if self.at < written.last() {
            self.at += 1;
            let next = written.range(self.at);
            let top = next.end.saturating_sub(self.height()).min(next.start);
            self.top = self.top.max(top);
        } else {
            self.top = (self.top + 1).min(self.last_top());
        }
    }

    fn up(&mut self) {
        let Some(written) = &self.written else { return };
        if written.range(self.at).start < self.top || self.at == 0 {
            self.top = self.top.saturating_sub(1);
            return;
        }
        self.at -= 1;
        let next = written.range(self.at);
        let top = next.end.saturating_sub(self.height()).max(next.start);
        // The title is not all that stands above the first part.
        let top = if self.at == 0 { 0 } else { top };
        self.top = self.top.min(top);
    }

    /// Scrolls to a line; the cursor goes along to the next part that is in sight.
    fn scroll(&mut self, to: usize) {
        self.top = to.min(self.last_top());
        let Some(written) = &self.written else { return };
        let sight = self.top..self.top + self.height();
        let is_seen = |at: &usize| {
            let part = written.range(*at);
            part.start < sight.end && part.end > sight.start
        };
        if !is_seen(&self.at) {
            let seen = (0..=written.last()).find(is_seen);
            self.at = seen.unwrap_or(self.at);
        }
    }

    pub(super) fn wheel(&mut self, pointer: Pointer, rows: isize, cx: &Cx) {
        if self.is_story() {
            self.story.on_pointer(pointer, cx);
        } else {
            self.scroll(self.top.saturating_add_signed(rows));
        }
    }

    /// Lets the cursor stand where the mouse was pressed.
    pub(super) fn press(&mut self, row: u16) {
        let Some(written) = &self.written else { return };
        let Some(offset) = row.checked_sub(self.inside.y) else {
            return;
        };
        let line = self.top + usize::from(offset);
        // Between two parts there is nothing to stand on, least of all what the whole page is about.
        let hit = (0..=written.last()).find(|at| written.range(*at).contains(&line));
        self.at = hit.unwrap_or(self.at);
    }

    fn height(&self) -> usize {
        usize::from(self.inside.height)
    }

    fn last_top(&self) -> usize {
        let lines = self.written.as_ref().map_or(0, |page| page.lines.len());
        lines.saturating_sub(self.height())
    }

    pub(super) fn draw(&mut self, area: Rect, buf: &mut Buffer, cx: &Cx, focused: bool) {
        if self.is_story() {
            self.story.render(area, buf, cx, focused);
            return;
        }
        let title = match self.spot {
            Some(Spot::Outcome(_)) => "Outcome",
            Some(Spot::Problem(_)) => "Problem",
            _ => "",
        };
        self.inside = draw::frame(area, title, focused, buf, cx);
        if self.inside.is_empty() {
            return;
        }
        self.follow(cx);
        self.top = self.top.min(self.last_top());
        let Some(written) = &self.written else { return };
        let chosen = written.range(self.at);
        let lines = written.lines.iter().enumerate().skip(self.top);
        for ((index, line), row) in lines.zip(self.inside.rows()) {
            line.render(row, buf);
            if focused && chosen.contains(&index) {
                buf.set_style(row, cx.theme.selected(true));
            }
        }
        draw_more(area, self.last_top().saturating_sub(self.top), buf, cx);
    }

    /// Writes the page anew where that is due; the cursor stays on its part, or where that was.
    pub(super) fn follow(&mut self, cx: &Cx) {
        let Some(spot) = self.spot else { return };
        let known = (spot, cx.backlog.generation(), today(cx), self.inside.width);
        if self.written.as_ref().is_some_and(|old| old.known == known) {
            return;
        }
        let before = self.written.take().filter(|old| old.known.0 == spot);
        let before = before.and_then(|old| old.part(self.at).cloned());
        let (lines, parts) = page::write(spot, usize::from(self.inside.width), cx);
        let written = Written {
            known,
            lines,
            parts,
        };
        let kept = before.and_then(|part| written.parts.iter().position(|(_, new)| *new == part));
        self.at = kept.unwrap_or(self.at).min(written.last());
        self.written = Some(written);
    }
}

impl Written {
    fn part(&self, at: usize) -> Option<&Part> {
        self.parts.get(at).map(|(_, part)| part)
    }

    /// The lines of a part.
    fn range(&self, at: usize) -> Range<usize> {
        self.parts.get(at).map_or(0..0, |(lines, _)| lines.clone())
    }

    fn last(&self) -> usize {
        self.parts.len().saturating_sub(1)
    }
}
