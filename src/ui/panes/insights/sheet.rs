//! The page as lines: sections below each other, in two columns where there is room, and where its stories stand.

use ratatui::layout::Rect;
use ratatui::style::Style;
use ratatui::text::{Line, Span};

use crate::model::StoryId;
use crate::ui::pane::Cx;
use crate::ui::text;
use crate::ui::widgets::bars::{Bar, bars, table};
use crate::ui::widgets::page::Page;
use crate::ui::widgets::plot;

/// Between two columns.
const GUTTER: usize = 4;

/// A page of charts.
#[derive(Debug, Default)]
pub(super) struct Sheet {
    pub(super) lines: Vec<Line<'static>>,
    /// The rows that stand for stories, in the order in which one walks along them.
    pub(super) stories: Vec<StoryRow>,
}

/// A row that stands for a story.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct StoryRow {
    pub(super) story: StoryId,
    pub(super) line: usize,
    column: usize,
    width: usize,
}

impl Sheet {
    /// Puts columns side by side.
    pub(super) fn of(columns: Vec<Column>) -> Self {
        let mut sheet = Self::default();
        let mut left = 0;
        for column in columns {
            let width = column.page.width;
            for (at, line) in column.page.lines.into_iter().enumerate() {
                if at == sheet.lines.len() {
                    sheet.lines.push(Line::default());
                }
                if let Some(whole) = sheet.lines.get_mut(at) {
                    let gap = left - whole.width();
                    if gap > 0 {
                        whole.push_span(Span::raw(" ".repeat(gap)));
                    }
                    // A line's own style is its spans' when it becomes a part of another.
                    let style = line.style;
                    whole.extend(line.into_iter().map(|span| span.patch_style(style)));
                }
            }
            sheet
                .stories
                .extend(column.stories.into_iter().map(|(line, story)| StoryRow {
                    story,
                    line,
                    column: left,
                    width,
                }));
            left += width + GUTTER;
        }
        sheet
    }

    /// The row that has a cell of the page, and its story.
    pub(super) fn story_at(&self, line: usize, column: usize) -> Option<(usize, StoryId)> {
        let hit = |row: &StoryRow| {
            row.line == line && (row.column..row.column + row.width).contains(&column)
        };
        let at = self.stories.iter().position(hit)?;
        Some((at, self.stories.get(at)?.story))
    }
}

impl StoryRow {
    /// Where the row is drawn when the page is scrolled down to a line; nowhere when it is out of sight.
    pub(super) fn area(&self, inside: Rect, top: usize) -> Option<Rect> {
        let y = u16::try_from(self.line.checked_sub(top)?).ok()?;
        let x = u16::try_from(self.column).ok()?;
        let row = Rect {
            x: inside.x.saturating_add(x),
            y: inside.y.saturating_add(y),
            width: u16::try_from(self.width).ok()?,
            height: 1,
        };
        inside.intersects(row).then(|| inside.intersection(row))
    }
}

/// The widths of two columns side by side.
pub(super) fn two(width: usize) -> (usize, usize) {
    let left = width.saturating_sub(GUTTER) / 2;
    (left, width.saturating_sub(GUTTER + left))
}

/// A pattern, its colour, and what it stands for.
pub(super) type Pattern<'a> = (&'static str, Style, &'a str);

/// A column of sections that is being written.
#[derive(Debug)]
pub(super) struct Column {
    pub(super) page: Page,
    stories: Vec<(usize, StoryId)>,
}

impl Column {
    /// An empty column.
    pub(super) const fn new(width: usize, cx: &Cx) -> Self {
        Self {
            page: Page::new(width, cx.theme),
            stories: Vec::new(),
        }
    }

    /// Begins a section: its name, and what it comes to in words.
    pub(super) fn section(&mut self, name: &str, figure: &str) {
        self.page.gap();
        let name = Span::styled(format!("{name}  "), self.page.theme.strong());
        self.page.hanging(vec![name], figure, Style::new());
    }

    /// Says something in the background.
    pub(super) fn remark(&mut self, text: &str) {
        let dim = self.page.theme.dim();
        self.page.text(text, dim);
    }

    /// Draws bars.
    pub(super) fn bars(&mut self, drawn: &[Bar]) {
        let lines = bars(drawn, self.page.width, self.page.theme);
        self.page.lines.extend(lines);
    }

    /// Draws bars with figures in columns beside them; what the patterns stand for is told in the line of the headings,
    /// where there is room.
    pub(super) fn table(
        &mut self,
        patterns: &[Pattern],
        least: f64,
        drawn: &[Bar],
        heads: &[&str],
        figures: &[Vec<String>],
    ) {
        self.legend(patterns);
        let mut lines = table(
            least,
            drawn,
            heads,
            figures,
            self.page.width,
            self.page.theme,
        );
        if let (Some(legend), Some(head)) = (self.page.lines.last_mut(), lines.first()) {
            let head = head.to_string();
            let words = head.trim_start();
            let gap = (text::width(&head) - text::width(words)).checked_sub(legend.width());
            if let Some(gap) = gap {
                let words = format!("{}{words}", " ".repeat(gap));
                legend.push_span(Span::styled(words, self.page.theme.dim()));
                lines.remove(0);
            }
        }
        self.page.lines.extend(lines);
    }

    /// Draws columns, so many rows high.
    pub(super) fn plot(&mut self, drawn: &[plot::Column], height: usize) {
        let lines = plot::columns(drawn, self.page.width, height, self.page.theme);
        self.page.lines.extend(lines);
    }

    /// Says what the patterns stand for.
    pub(super) fn legend(&mut self, patterns: &[Pattern]) {
        let theme = self.page.theme;
        let spans = patterns.iter().flat_map(|(sign, style, words)| {
            [
                Span::styled(*sign, *style),
                Span::styled(format!(" {words}   "), theme.dim()),
            ]
        });
        self.page.lines.push(spans.collect());
    }

    /// A row for something that is no story: what sort of thing it is, its name, and words at the right edge. A long name
    /// goes on in a second row.
    pub(super) fn share(&mut self, kind: &str, name: &str, words: &str) {
        let (dim, width) = (self.page.theme.dim(), self.page.width);
        let lead = text::fit(&format!(" {kind}"), 12);
        let room = width.saturating_sub(text::width(&lead) + text::width(words) + 2);
        let mut rows = text::rows(name, room.max(1)).into_iter();
        self.page.lines.push(Line::from(vec![
            Span::styled(lead, dim),
            Span::raw(text::fit(&rows.next().unwrap_or_default(), room)),
            Span::raw(format!("  {words}")),
        ]));
        let rest: Vec<String> = rows.collect();
        if !rest.is_empty() {
            let rest = text::truncate(&rest.join(" "), room).into_owned();
            self.page.lines.push(Line::raw(" ".repeat(12) + &rest));
        }
    }

    /// A row for a story: its key and title, and in columns of their own some words at the right edge.
    pub(super) fn story(&mut self, story: StoryId, words: &[(String, Style)], cx: &Cx) {
        let Some(found) = cx.backlog.story(story) else {
            return;
        };
        let key = text::fit(&cx.backlog.key(found), cx.backlog.longest_key());
        let taken: usize = words.iter().map(|(words, _)| text::width(words) + 2).sum();
        let room = self
            .page
            .width
            .saturating_sub(text::width(&key) + 3 + taken);
        let mut spans = vec![
            Span::styled(format!(" {key}  "), cx.theme.accent()),
            Span::raw(text::fit(&found.title, room)),
        ];
        spans.extend(
            words
                .iter()
                .map(|(words, style)| Span::styled(format!("  {words}"), *style)),
        );
        self.stories.push((self.page.lines.len(), story));
        self.page.lines.push(Line::from(spans));
    }
}
