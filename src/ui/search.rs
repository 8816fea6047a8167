//! A query as it is typed, and how it stands in the lower border of a list: shared by the backlog and discovery.
//!
//! A wrong query keeps the last good one and says where it is wrong.

use std::cell::RefCell;
use std::ops::Range;
use std::rc::Rc;

use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};
use ratatui::style::Style;
use ratatui::text::{Line, Span};
use ratatui::widgets::Widget;

use super::text;
use super::theme::Theme;
use super::typing::edit_for;
use super::widgets::text_area::{Edit, TextArea};
use crate::keymap::Action;
use crate::model::query::{Index, Query, QueryError};
use crate::model::{Backlog, StoryId, Timestamp};

/// The stories as they are prepared for searches; the lists that search them share it.
pub type Prepared = Rc<RefCell<Index>>;

/// What was prepared meanwhile, with what has changed since.
pub(super) fn prepared(mut index: Index, backlog: &Backlog) -> Prepared {
    index.follow(backlog);
    Rc::new(RefCell::new(index))
}

/// A query that is typed.
#[derive(Debug)]
pub(super) struct Search {
    pub(super) typed: TextArea,
    query: Option<Query>,
    error: Option<QueryError>,
    /// There once it was prepared; until then a search takes the plain way, which finds the same.
    index: Option<Prepared>,
}

impl Default for Search {
    fn default() -> Self {
        Self {
            typed: TextArea::single_line(""),
            query: None,
            error: None,
            index: None,
        }
    }
}

impl Search {
    /// The query as it is typed.
    pub(super) fn text(&self) -> &str {
        self.typed.text()
    }

    /// The last good query; none where nothing is typed.
    pub(super) const fn query(&self) -> Option<&Query> {
        self.query.as_ref()
    }

    /// Where and why the query is wrong.
    pub(super) const fn error(&self) -> Option<&QueryError> {
        self.error.as_ref()
    }

    /// The parts of a title that the search found.
    pub(super) fn highlights(&self, title: &str) -> Vec<Range<usize>> {
        self.query
            .as_ref()
            .filter(|query| query.has_words())
            .map(|query| query.highlights(title))
            .unwrap_or_default()
    }

    /// Searches with what was prepared meanwhile from now on.
    pub(super) fn take_index(&mut self, index: Prepared) {
        self.index = Some(index);
    }

    /// The stories that a query finds.
    pub(super) fn run(&self, query: &Query, backlog: &Backlog) -> Vec<StoryId> {
        match &self.index {
            Some(index) => index.borrow_mut().run(query, backlog),
            None => query.find(backlog),
        }
    }

    pub(super) fn set(&mut self, text: &str, now: Timestamp) {
        self.typed.set_text(text);
        self.parse(now);
    }

    /// Begins to type: a new query replaces the old one, and the arrows change it.
    pub(super) fn begin_typing(&mut self) {
        self.typed.edit(Edit::SelectAll);
    }

    /// Types into the query; answers whether it changed.
    pub(super) fn insert(&mut self, text: &str, now: Timestamp) -> bool {
        let changed = self.typed.insert(text);
        if changed {
            self.parse(now);
        }
        changed
    }

    /// Edits the query; answers whether its words changed.
    pub(super) fn edit(&mut self, action: Action, now: Timestamp) -> bool {
        let before = self.typed.text().to_owned();
        if let Some(edit) = edit_for(action) {
            self.typed.edit(edit);
        }
        let changed = self.typed.text() != before;
        if changed {
            self.parse(now);
        }
        changed
    }

    /// Ends typing; a wrong query is said once more.
    pub(super) fn accept(&self) -> Option<String> {
        self.error.as_ref().map(|error| error.message.clone())
    }

    fn parse(&mut self, now: Timestamp) {
        if self.typed.text().trim().is_empty() {
            (self.query, self.error) = (None, None);
            return;
        }
        match Query::parse(self.typed.text(), now) {
            Ok(query) => (self.query, self.error) = (Some(query), None),
            Err(error) => self.error = Some(error),
        }
    }

    /// Why the query is wrong, in the last rows of a list, which becomes shorter by them.
    pub(super) fn draw_error(&self, list: &mut Rect, buf: &mut Buffer, theme: Theme) {
        let Some(error) = &self.error else {
            return;
        };
        for line in text::rows(&error.message, usize::from(list.width))
            .into_iter()
            .take(3)
            .rev()
        {
            if list.height < 3 {
                return;
            }
            list.height -= 1;
            let row = Rect {
                y: list.bottom(),
                height: 1,
                ..*list
            };
            Line::styled(line, theme.bad()).render(row, buf);
        }
    }

    /// Draws the query into so much room of a border; answers where the cursor belongs.
    pub(super) fn draw(
        &mut self,
        row: Rect,
        room: usize,
        buf: &mut Buffer,
        theme: Theme,
    ) -> Option<Position> {
        let error = self.error.as_ref().map(|error| error.at.clone());
        draw_field((" /", &mut self.typed), error, row, room, buf, theme)
    }
}

/// The row of a pane's lower border, where something is typed and counted; none where there is no room for that.
pub(super) fn border_row(area: Rect) -> Option<Rect> {
    (area.height >= 2 && area.width >= 12).then(|| Rect {
        x: area.x + 2,
        y: area.bottom() - 1,
        width: area.width - 4,
        height: 1,
    })
}

/// Draws what is counted at the right edge of a border; answers the room that is left beside it.
pub(super) fn draw_counted(counted: &str, row: Rect, buf: &mut Buffer) -> usize {
    if counted.is_empty() {
        return usize::from(row.width).saturating_sub(1);
    }
    let counted = format!(" {counted} ");
    let width = text::width(&counted).min(usize::from(row.width));
    let x = row.right() - u16::try_from(width).unwrap_or(row.width);
    let cell = Rect {
        x,
        width: row.right() - x,
        ..row
    };
    Line::raw(counted).render(cell, buf);
    usize::from(row.width).saturating_sub(width + 1)
}

/// Draws what is typed, behind its sign, into so much room of a border, with the wrong part of it coloured; answers
/// where the cursor belongs.
pub(super) fn draw_field(
    (sign, typed): (&str, &mut TextArea),
    wrong: Option<Range<usize>>,
    row: Rect,
    room: usize,
    buf: &mut Buffer,
    theme: Theme,
) -> Option<Position> {
    let sign_width = text::width(sign);
    if room <= sign_width + 2 {
        return None;
    }
    let wanted = text::width(typed.text()) + 2;
    let width = wanted.min(room - sign_width);
    let field = Rect {
        x: row.x + u16::try_from(sign_width).unwrap_or(0),
        width: u16::try_from(width).unwrap_or(row.width),
        ..row
    };
    Line::styled(sign, theme.accent()).render(row, buf);
    Line::raw(" ".repeat(width)).render(field, buf);
    let cursor = typed.render(field, buf, theme.strong(), theme.picked());
    if let Some(at) = wrong {
        underline(typed.text(), at, field, buf, theme.bad());
    }
    cursor
}

/// Colours the wrong part of a query, as long as the query is short enough to stand still.
fn underline(typed: &str, at: Range<usize>, field: Rect, buf: &mut Buffer, style: Style) {
    if text::width(typed) + 1 > usize::from(field.width) {
        return;
    }
    let columns = |end: usize| typed.get(..end).map_or(0, text::width);
    let start = u16::try_from(columns(at.start)).unwrap_or(0);
    let width = u16::try_from(columns(at.end))
        .unwrap_or(0)
        .saturating_sub(start);
    let part = Rect {
        x: field.x + start,
        width,
        ..field
    };
    buf.set_style(part.intersection(field), style);
}

/// A title in so many columns, with what a search found in it.
pub(super) fn title(
    title: &str,
    found: &[Range<usize>],
    width: usize,
    base: Style,
    theme: Theme,
) -> Vec<Span<'static>> {
    let fitted = text::fit(title, width);
    // Cleaning may have changed the text; what was found is only shown where the places still agree.
    let kept = fitted.trim_end().trim_end_matches('…').len();
    let mut spans = Vec::new();
    let mut at = 0;
    for found in found {
        let (Some(before), Some(hit)) = (fitted.get(at..found.start), fitted.get(found.clone()))
        else {
            break;
        };
        if found.end > kept || title.get(found.clone()) != Some(hit) {
            break;
        }
        spans.push(Span::styled(before.to_owned(), base));
        spans.push(Span::styled(hit.to_owned(), theme.found()));
        at = found.end;
    }
    let rest = fitted.get(at..).unwrap_or_default();
    spans.push(Span::styled(rest.to_owned(), base));
    spans
}
