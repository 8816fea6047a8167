//! The form on the screen: frame, labels, the texts in sight, and what stands below the field with the cursor.

use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};
use ratatui::style::Style;
use ratatui::text::{Line, Span};
use ratatui::widgets::Widget;

use super::EditorPane;
use super::field::{Field, Group};
use super::form::Form;
use super::layout::{Hit, Place, indent, lay_out};
use crate::model::Kind;
use crate::ui::pane::Cx;
use crate::ui::panes::story::draw_more;
use crate::ui::text;
use crate::ui::widgets::page::Mark;
use crate::ui::widgets::pane_frame::pane_frame;

impl EditorPane {
    pub(super) fn draw(
        &mut self,
        area: Rect,
        buf: &mut Buffer,
        cx: &Cx,
        focused: bool,
    ) -> Option<Position> {
        self.view.drawn.clear();
        let inside = self.draw_frame(area, buf, cx, focused);
        if inside.is_empty() {
            return None;
        }
        let below = self.below(inside.width, cx);
        let form = self.form.as_mut()?;
        let places = lay_out(form, inside.width, below.len());
        let rows = places.last().map_or(0, Place::end);
        let cursor_row = form.field().map_or(0, |field| field.area.cell().0);
        let here = places.iter().find(|place| place.field == form.focus);
        let height = usize::from(inside.height);
        self.view.settle(here, cursor_row, rows, height);
        let (top, mut cursor) = (self.view.top, None);
        let in_sight = |place: &&Place| place.end() > top && place.start < top + height;
        for place in places.iter().filter(in_sight) {
            let page = Page { inside, top };
            let has_cursor = place.field == form.focus;
            let field = form.fields.get(place.field);
            let marks = field.map(|field| self.findings.marks(field, has_cursor, cx));
            let at = page.draw_field(
                place,
                form,
                (&mut self.view.drawn, &marks.unwrap_or_default()),
                buf,
                cx,
            );
            if has_cursor {
                cursor = at;
                page.draw_below(place, &below, buf);
                let first = below.len() - self.completion.offered().len();
                for index in 0..self.completion.offered().len() {
                    let row = page.row(place.text + place.rows + first + index);
                    let hit = row.map(|row| (row, Hit::Suggestion(index)));
                    self.view.drawn.extend(hit);
                }
            }
        }
        draw_more(area, self.view.last_top.saturating_sub(top), buf, cx);
        cursor.filter(|_| focused)
    }

    fn draw_frame(&self, area: Rect, buf: &mut Buffer, cx: &Cx, focused: bool) -> Rect {
        let theme = cx.theme;
        let title = self.form.as_ref().map_or_else(String::new, |form| {
            let (story, dash, dot) = (&form.story, theme.dash(), theme.dot());
            let key = cx.backlog.key(story);
            let title = format!(" Edit {key} {dash} {} {dot} {} ", story.kind, story.status);
            text::truncate(&title, usize::from(area.width.saturating_sub(4))).into_owned()
        });
        let block = pane_frame(title, focused, theme);
        let inside = block.inner(area);
        block.render(area, buf);
        Rect {
            width: inside.width.saturating_sub(1),
            ..inside
        }
    }

    /// What stands below the field with the cursor: why it cannot be saved, and suggestions.
    fn below(&self, width: u16, cx: &Cx) -> Vec<Line<'static>> {
        let theme = cx.theme;
        let Some(form) = &self.form else {
            return Vec::new();
        };
        let indent = indent(form.group(), form.digits(), width);
        let room = usize::from(width.saturating_sub(indent + 1)).max(1);
        let lead = " ".repeat(usize::from(indent - 1));
        let mut lines = Vec::new();
        if let Some(remark) = &self.remark {
            let style = if remark.is_refusal {
                theme.bad()
            } else {
                theme.warn()
            };
            let rows = text::rows(&remark.text, room).into_iter();
            lines.extend(rows.map(|row| Line::styled(format!("{lead} {row}"), style)));
        }
        if lines.is_empty() && self.completion.offered().is_empty() {
            lines.extend(self.found_line(&lead, room, cx));
        }
        for (index, suggestion) in self.completion.offered().iter().enumerate() {
            let is_picked = self.completion.picked() == Some(index);
            let words = format!("{} {}", suggestion.words, suggestion.about);
            let words = text::truncate(words.trim_end(), room).into_owned();
            let (bar, style) = if is_picked {
                (theme.bar(), theme.selected(true))
            } else {
                (" ", theme.dim())
            };
            lines.push(Line::from(vec![
                Span::styled(format!("{lead}{bar}"), theme.accent()),
                Span::styled(words, style),
            ]));
        }
        lines
    }
}

/// The rows in sight.
#[derive(Clone, Copy)]
struct Page {
    inside: Rect,
    top: usize,
}

impl Page {
    /// A row of the page, where it is in sight.
    fn row(self, row: usize) -> Option<Rect> {
        let below = u16::try_from(row.checked_sub(self.top)?).ok()?;
        (below < self.inside.height).then(|| Rect {
            y: self.inside.y + below,
            height: 1,
            ..self.inside
        })
    }

    fn draw_field(
        self,
        place: &Place,
        form: &mut Form,
        (drawn, marks): (&mut Vec<(Rect, Hit)>, &[Mark]),
        buf: &mut Buffer,
        cx: &Cx,
    ) -> Option<Position> {
        let has_cursor = place.field == form.focus;
        if place.heading
            && let Some(row) = self.row(place.text - 1)
        {
            heading(form, place.field, usize::from(row.width), cx).render(row, buf);
        }
        if let Some(row) = self.row(place.text) {
            let lead = lead(form, place, cx);
            let style = if has_cursor {
                cx.theme.accent()
            } else {
                cx.theme.dim()
            };
            Line::styled(lead, style).render(row, buf);
        }
        let skip = self.top.saturating_sub(place.text);
        let first = self.row(place.text + skip)?;
        let rows = u16::try_from(place.rows.checked_sub(skip)?).unwrap_or(u16::MAX);
        let whole = Rect {
            height: rows.min(self.inside.bottom() - first.y),
            ..first
        };
        if has_cursor {
            for row in whole.rows() {
                let bar = Rect { width: 1, ..row };
                Line::styled(cx.theme.bar(), cx.theme.accent()).render(bar, buf);
            }
        }
        let area = Rect {
            x: whole.x + place.indent.min(whole.width),
            width: whole.width.saturating_sub(place.indent),
            ..whole
        };
        drawn.push((whole, Hit::Field(place.field, area)));
        let field = form.fields.get_mut(place.field)?;
        draw_text(field, (skip, marks), area, has_cursor, buf, cx)
    }

    fn draw_below(self, place: &Place, below: &[Line<'static>], buf: &mut Buffer) {
        for (index, line) in below.iter().enumerate() {
            if let Some(row) = self.row(place.text + place.rows + index) {
                line.render(row, buf);
            }
        }
    }
}

fn draw_text(
    field: &mut Field,
    (skip, marks): (usize, &[Mark]),
    area: Rect,
    has_cursor: bool,
    buf: &mut Buffer,
    cx: &Cx,
) -> Option<Position> {
    if field.group == Group::Kind {
        return draw_kind(field.text(), area, has_cursor, buf, cx);
    }
    if field.area.is_empty() && skip == 0 {
        Line::styled(hint(field, cx), cx.theme.dim()).render(area, buf);
    }
    field
        .area
        .render_from(skip, area, buf, Style::new(), cx.theme.picked(), marks)
}

/// The kind by itself; all four of them while one is chosen.
fn draw_kind(
    word: &str,
    area: Rect,
    has_cursor: bool,
    buf: &mut Buffer,
    cx: &Cx,
) -> Option<Position> {
    if !has_cursor {
        Line::raw(word.to_owned()).render(area, buf);
        return None;
    }
    let mut spans = Vec::new();
    let mut column = 0;
    for kind in Kind::ALL {
        if kind.word() == word {
            column = spans.iter().map(Span::width).sum();
            spans.push(Span::styled(kind.word(), cx.theme.selected(true)));
        } else {
            spans.push(Span::styled(kind.word(), cx.theme.dim()));
        }
        spans.push(Span::raw("  "));
    }
    Line::from(spans).render(area, buf);
    let column = u16::try_from(column).unwrap_or(0);
    (column < area.width).then(|| Position::new(area.x + column, area.y))
}

/// What stands in front of a field: its label, number or sign, as wide as the indent.
fn lead(form: &Form, place: &Place, cx: &Cx) -> String {
    let width = usize::from(place.indent.saturating_sub(1));
    let Some(field) = form.fields.get(place.field) else {
        return String::new();
    };
    let said = match field.group {
        Group::Criteria => {
            let number = form.number(place.field).to_string();
            format!("{}  ", text::pad_left(&number, width.saturating_sub(2)))
        }
        Group::Questions if field.is_answer => cx.theme.arrow().to_owned(),
        Group::Questions => "?".to_owned(),
        Group::Notes => String::new(),
        group => group.label().to_owned(),
    };
    format!(" {}", text::fit(&said, width))
}

/// The heading above a group, with a remark at the right edge.
fn heading(form: &Form, at: usize, width: usize, cx: &Cx) -> Line<'static> {
    let theme = cx.theme;
    let group = form
        .fields
        .get(at)
        .map_or(Group::Title, |field| field.group);
    let remark = match group {
        Group::Criteria => form
            .story
            .agreed
            .as_ref()
            .map(|agreed| format!("agreed {}", cx.day(agreed.at))),
        Group::Questions => match form.story.open_questions().count() {
            0 => None,
            open => Some(format!("{open} open")),
        },
        _ => None,
    }
    .unwrap_or_default();
    let label = format!(" {}", group.label());
    let remark =
        text::truncate(&remark, width.saturating_sub(text::width(&label) + 2)).into_owned();
    let room = width.saturating_sub(text::width(&remark));
    let style = if form.group() == group {
        theme.accent().patch(theme.strong())
    } else {
        theme.strong()
    };
    Line::from(vec![
        Span::styled(text::fit(&label, room), style),
        Span::styled(remark, theme.dim()),
    ])
}

/// What an empty field asks for.
fn hint(field: &Field, cx: &Cx) -> &'static str {
    match field.group {
        Group::Title => "What is it called?",
        Group::Persona => "who?",
        Group::Want => "what?",
        Group::Benefit => "what for?",
        Group::Criteria => "Given … When … Then …",
        Group::Questions if field.is_answer => "no answer yet",
        Group::Questions => "What is not known yet?",
        Group::Notes => "anything else",
        Group::Estimate if !cx.backlog.product().has_estimates() => "the team gives no estimates",
        Group::Estimate => "points",
        Group::Labels => "words with commas between them",
        Group::Epic => "the larger thing it is part of",
        Group::Blockers => "keys with commas between them",
        Group::Kind => "",
    }
}

#[cfg(test)]
mod tests {
    use jiff::tz::TimeZone;

    use super::*;
    use crate::model::{
        Backlog, Change, Draft, NewStory, Place as Rank, Product, Prose, Stamp, StoryId, Title,
    };
    use crate::ui::effect::Pointer;
    use crate::ui::pane::Pane;
    use crate::ui::theme::Theme;

    fn backlog(notes: &str) -> (Backlog, StoryId) {
        let mut backlog = Backlog::new(Product::new("Webshop", None).unwrap());
        let id = StoryId::new(uuid::Uuid::from_u128(1));
        let mut draft =
            Draft::titled(Title::parse("One \u{202e}\u{1b}[2J客客客 long title").unwrap());
        draft.notes = Prose::parse(notes);
        draft.criteria = vec![Prose::parse("Given\nWhen"), Prose::parse("客")];
        let place = Rank::Bottom;
        let new = Change::Add(Box::new(NewStory { id, draft, place }));
        let stamp = Stamp::new("2026-11-20T09:00:00Z".parse().unwrap(), "Ana");
        backlog.apply(&new, &stamp).unwrap();
        (backlog, id)
    }

    static UTC: TimeZone = TimeZone::UTC;

    fn cx(backlog: &Backlog) -> Cx<'_> {
        Cx {
            backlog,
            now: "2026-11-20T09:00:00Z".parse().unwrap(),
            zone: &UTC,
            theme: Theme::FULL,
            selected: None,
            sent_back: None,
            forecast: None,
            linter: None,
        }
    }

    #[test]
    fn the_cursor_is_in_sight_at_every_size_and_field() {
        let (backlog, id) = backlog(&"many words of a note ".repeat(20));
        let cx = cx(&backlog);
        for (width, height) in (0..34).flat_map(|width| (0..14).map(move |height| (width, height)))
        {
            let mut pane = EditorPane::default();
            pane.open(id, &cx);
            let area = Rect::new(1, 1, width, height);
            for _ in 0..16 {
                let mut buf = Buffer::empty(Rect::new(0, 0, width + 2, height + 2));
                let cursor = pane.render(area, &mut buf, &cx, true);
                // Frame, bar and one column of text.
                if width > 5 && height > 2 {
                    assert!(area.contains(cursor.unwrap()), "{width}x{height}");
                }
                assert_eq!(buf[(0, 0)].symbol(), " ");
                pane.on_action(crate::keymap::Action::NextField, &cx);
            }
        }
    }

    #[test]
    fn only_the_rows_in_sight_can_be_pointed_at() {
        let (backlog, id) = backlog(&"line\n".repeat(500));
        let cx = cx(&backlog);
        let mut pane = EditorPane::default();
        pane.open(id, &cx);
        let area = Rect::new(0, 0, 40, 12);
        let mut buf = Buffer::empty(area);
        pane.render(area, &mut buf, &cx, true);
        pane.on_pointer(
            Pointer::Wheel {
                column: 3,
                row: 3,
                rows: 200,
            },
            &cx,
        );
        pane.render(area, &mut buf, &cx, true);
        assert_eq!(pane.view.drawn.len(), 1);
        pane.on_pointer(Pointer::Press { column: 4, row: 5 }, &cx);
        let cursor = pane.render(area, &mut buf, &cx, true);
        assert_eq!(cursor, Some(Position::new(4, 5)));
    }

    #[test]
    fn a_pane_without_the_keys_shows_no_cursor() {
        let (backlog, id) = backlog("");
        let cx = cx(&backlog);
        let mut pane = EditorPane::default();
        pane.open(id, &cx);
        let area = Rect::new(0, 0, 40, 12);
        assert_eq!(
            pane.render(area, &mut Buffer::empty(area), &cx, false),
            None
        );
    }
}
