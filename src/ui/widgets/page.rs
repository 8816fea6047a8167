//! A page of wrapped lines, built once and drawn in part.

use std::ops::Range;

use ratatui::style::Style;
use ratatui::text::{Line, Span};

use crate::ui::text;
use crate::ui::theme::Theme;

/// A part of a text, in bytes, and how it is drawn.
pub type Mark = (Range<usize>, Style);

/// A page of lines, each at most as wide as the page.
#[derive(Debug)]
pub struct Page {
    /// How wide it is, in columns.
    pub width: usize,
    /// How it is drawn.
    pub theme: Theme,
    /// What has been written so far.
    pub lines: Vec<Line<'static>>,
}

impl Page {
    /// An empty page.
    pub const fn new(width: usize, theme: Theme) -> Self {
        Self {
            width,
            theme,
            lines: Vec::new(),
        }
    }

    /// Leaves a blank line, unless there is one or nothing yet.
    pub fn gap(&mut self) {
        if self.lines.last().is_some_and(|line| line.width() > 0) {
            self.lines.push(Line::default());
        }
    }

    /// A heading, with a remark at the right edge, or below where there is no room for both.
    pub fn heading(&mut self, heading: &str, remark: &str) {
        self.gap();
        if text::width(heading) + text::width(remark) + 2 > self.width {
            self.text(heading, self.theme.strong());
            if !remark.is_empty() {
                self.text(remark, self.theme.dim());
            }
            return;
        }
        let room = self.width.saturating_sub(text::width(remark));
        self.lines.push(Line::from(vec![
            Span::styled(text::fit(heading, room), self.theme.strong()),
            Span::styled(remark.to_owned(), self.theme.dim()),
        ]));
    }

    /// A name and what it stands for, wrapped beside it.
    pub fn pair(&mut self, name: &str, value: &str) {
        self.marked_pair(name, value, &[]);
    }

    /// The same with parts of the value marked.
    pub fn marked_pair(&mut self, name: &str, value: &str, marks: &[Mark]) {
        let lead = vec![Span::styled(text::fit(name, 11), self.theme.dim())];
        self.marked(lead, value, Style::new(), marks);
    }

    /// Text of any number of lines, wrapped.
    pub fn text(&mut self, value: &str, style: Style) {
        let rows = text::rows(value, self.width.max(1));
        self.lines
            .extend(rows.into_iter().map(|row| Line::styled(row, style)));
    }

    /// Text behind a lead of some columns, wrapped so that it never stands under the lead.
    pub fn hanging(&mut self, lead: Vec<Span<'static>>, value: &str, style: Style) {
        self.marked(lead, value, style, &[]);
    }

    /// The same with parts of the text, in bytes, drawn in a style of their own; the first of several counts.
    pub fn marked(&mut self, lead: Vec<Span<'static>>, value: &str, style: Style, marks: &[Mark]) {
        let indent: usize = lead.iter().map(|span| text::width(&span.content)).sum();
        let room = self.width.saturating_sub(indent).max(1);
        let ranges: Vec<_> = marks.iter().map(|(range, _)| range.clone()).collect();
        let of = |mark: Option<usize>| {
            let marked = mark.and_then(|mark| marks.get(mark));
            marked.map_or(style, |(_, marked)| style.patch(*marked))
        };
        let rows = text::marked_rows(value, room, &ranges);
        let mut rows = rows.into_iter().map(|pieces| {
            let spans = pieces.into_iter();
            spans
                .map(|(piece, mark)| Span::styled(piece, of(mark)))
                .collect()
        });
        let mut first = lead;
        let words: Vec<Span<'static>> = rows.next().unwrap_or_default();
        first.extend(words);
        self.lines.push(Line::from(first));
        self.lines.extend(rows.map(|words| {
            let indent = [Span::raw(" ".repeat(indent))];
            indent.into_iter().chain(words).collect::<Line>()
        }));
    }

    /// The same with text in several styles.
    pub fn hanging_parts(&mut self, lead: Vec<Span<'static>>, parts: &[(String, Style)]) {
        let indent: usize = lead.iter().map(|span| text::width(&span.content)).sum();
        let room = self.width.saturating_sub(indent).max(1);
        let mut lead = Some(lead);
        for line in lines_of(parts) {
            let whole: String = line.iter().map(|(words, _)| words.as_str()).collect();
            for row in text::wrap(&whole, room) {
                let blank = || vec![Span::raw(" ".repeat(indent))];
                let mut spans = lead.take().unwrap_or_else(blank);
                let mut begin = 0;
                for (words, style) in &line {
                    let end = begin + words.len();
                    let shown = row.start.max(begin)..row.end.min(end);
                    if let Some(shown) = whole.get(shown).filter(|shown| !shown.is_empty()) {
                        spans.push(Span::styled(shown.to_owned(), *style));
                    }
                    begin = end;
                }
                self.lines.push(Line::from(spans));
            }
        }
    }
}

/// Parts of text cleaned and sorted into lines; always at least one.
fn lines_of(parts: &[(String, Style)]) -> Vec<Vec<(String, Style)>> {
    let mut lines = vec![Vec::new()];
    for (words, style) in parts {
        for (place, line) in words.split('\n').enumerate() {
            if place > 0 {
                lines.push(Vec::new());
            }
            if let Some(last) = lines.last_mut() {
                last.push((text::safe(line).into_owned(), *style));
            }
        }
    }
    lines
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_in_several_styles_is_wrapped_like_any_other() {
        let bold = Theme::FULL.strong();
        let parts = [
            ("Given a ".to_owned(), Style::new()),
            ("saved card\nThen\u{1b}".to_owned(), bold),
            (" I pay".to_owned(), Style::new()),
        ];
        for width in 3..30 {
            let mut styled = Page::new(width, Theme::FULL);
            styled.hanging_parts(vec![Span::raw("- ")], &parts);
            let mut plain = Page::new(width, Theme::FULL);
            let whole: String = parts.iter().map(|(words, _)| words.as_str()).collect();
            plain.hanging(vec![Span::raw("- ")], &whole, Style::new());
            let text = |page: &Page| -> Vec<String> {
                page.lines.iter().map(ToString::to_string).collect()
            };
            assert_eq!(text(&styled), text(&plain), "{width}");
        }
        let mut page = Page::new(40, Theme::FULL);
        page.hanging_parts(Vec::new(), &parts);
        let strong: Vec<&str> = page.lines[0]
            .spans
            .iter()
            .filter(|span| span.style == bold)
            .map(|span| span.content.as_ref())
            .collect();
        assert_eq!(strong, ["saved card"]);
    }
}
