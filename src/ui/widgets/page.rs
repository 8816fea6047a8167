//! A page of wrapped lines, built once and drawn in part.

use ratatui::style::Style;
use ratatui::text::{Line, Span};

use crate::ui::text;
use crate::ui::theme::Theme;

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

    /// A heading, with a remark at the right edge.
    pub fn heading(&mut self, heading: &str, remark: &str) {
        self.gap();
        let remark = text::truncate(remark, self.width.saturating_sub(text::width(heading) + 2))
            .into_owned();
        let room = self.width.saturating_sub(text::width(&remark));
        self.lines.push(Line::from(vec![
            Span::styled(text::fit(heading, room), self.theme.strong()),
            Span::styled(remark, self.theme.dim()),
        ]));
    }

    /// A name and what it stands for, wrapped beside it.
    pub fn pair(&mut self, name: &str, value: &str) {
        self.hanging(
            vec![Span::styled(text::fit(name, 11), self.theme.dim())],
            value,
            Style::new(),
        );
    }

    /// Text of any number of lines, wrapped.
    pub fn text(&mut self, value: &str, style: Style) {
        let rows = text::rows(value, self.width.max(1));
        self.lines
            .extend(rows.into_iter().map(|row| Line::styled(row, style)));
    }

    /// Text behind a lead of some columns, wrapped so that it never stands under the lead.
    pub fn hanging(&mut self, lead: Vec<Span<'static>>, value: &str, style: Style) {
        let indent: usize = lead.iter().map(|span| text::width(&span.content)).sum();
        let room = self.width.saturating_sub(indent).max(1);
        let mut rows = text::rows(value, room).into_iter();
        let mut first = lead;
        first.push(Span::styled(rows.next().unwrap_or_default(), style));
        self.lines.push(Line::from(first));
        self.lines.extend(rows.map(|row| {
            Line::from(vec![
                Span::raw(" ".repeat(indent)),
                Span::styled(row, style),
            ])
        }));
    }
}
