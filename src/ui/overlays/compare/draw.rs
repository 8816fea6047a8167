//! How a comparison looks: the two stories, the question above them and the progress below.
//!
//! Invariant: from one question to the next every part of a story stays in its row, as far as its text allows.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::Style;
use ratatui::text::{Line, Span};
use ratatui::widgets::{Block, Borders, Widget};

use super::Compare;
use crate::keymap::Key;
use crate::model::{Story, StoryId};
use crate::ui::pane::Cx;
use crate::ui::text;
use crate::ui::widgets::page::Page;

/// From this width on the stories stand side by side.
const WIDE: u16 = 100;
/// From this height on a story's parts have blank lines between them.
const ROOMY: u16 = 16;
/// The longest the progress bar is, in columns.
const BAR: usize = 40;

/// Both stories as they were written last; written again only when something about them changes.
#[derive(Clone, Debug, Default)]
pub(super) struct Pages {
    of: Option<(StoryId, StoryId, u64, Rect)>,
    written: [Vec<Line<'static>>; 2],
    height: usize,
}

impl Pages {
    /// One page further down from a row, as far as there is anything.
    pub(super) fn further(&self, top: usize) -> usize {
        let rows = self.written.iter().map(Vec::len).max().unwrap_or(0);
        (top + self.step()).min(rows.saturating_sub(self.height))
    }

    /// One page back up.
    pub(super) fn back(&self, top: usize) -> usize {
        top.saturating_sub(self.step())
    }

    fn step(&self) -> usize {
        self.height.saturating_sub(1).max(1)
    }
}

impl Compare {
    pub(super) fn draw(&mut self, screen: Rect, buf: &mut Buffer, cx: &Cx) {
        text::clear(screen, buf);
        let head = Rect {
            x: screen.x + 1,
            width: screen.width.saturating_sub(2),
            height: screen.height.min(1),
            ..screen
        };
        let foot = Rect {
            y: screen.bottom().saturating_sub(1),
            ..head
        };
        let body = Rect {
            y: screen.y + head.height,
            height: screen.height.saturating_sub(2),
            ..screen
        };
        self.draw_head(head, buf, cx);
        match self.comparison.question() {
            Some((first, second)) => self.draw_pair(first, second, body, buf, cx),
            None => draw_end(body, buf, cx),
        }
        self.draw_progress(foot, buf, cx);
    }

    fn draw_head(&self, area: Rect, buf: &mut Buffer, cx: &Cx) {
        let theme = cx.theme;
        let stories = match self.comparison.stories().as_slice() {
            [only] => cx.backlog.key_or_id(*only),
            many => format!("{} stories", many.len()),
        };
        let about = if self.comparison.is_insertion() {
            format!("a place for {stories} in the backlog")
        } else {
            format!("an order for {stories}")
        };
        let room = usize::from(area.width).saturating_sub(14);
        Line::from(vec![
            Span::styled("Which first?  ", theme.strong()),
            Span::styled(text::truncate(&about, room).into_owned(), theme.dim()),
        ])
        .render(area, buf);
    }

    fn draw_pair(
        &mut self,
        first: StoryId,
        second: StoryId,
        body: Rect,
        buf: &mut Buffer,
        cx: &Cx,
    ) {
        let is_wide = body.width >= WIDE;
        let (one, other) = halves(body, is_wide);
        self.pages.height = usize::from(one.height.saturating_sub(2));
        let of = Some((first, second, cx.backlog.generation(), body));
        if self.pages.of != of {
            self.pages.of = of;
            let page = |id, area: Rect| match cx.backlog.story(id) {
                Some(story) => write(story, area, cx),
                None => Vec::new(),
            };
            self.pages.written = [page(first, one), page(second, other)];
        }
        let keys = if is_wide {
            ["←", "→"]
        } else {
            ["↑", "↓"]
        };
        let sides = [("1", first, one), ("2", second, other)];
        for (((digit, id, area), arrow), page) in
            sides.into_iter().zip(keys).zip(&self.pages.written)
        {
            let arrow = arrow.parse().map(|key: Key| key.spell(cx.theme.spelling()));
            let keys = format!(" {digit} or {} ", arrow.unwrap_or_default());
            draw_story(id, &keys, area, buf, cx);
            let inside = inside(area);
            for (line, row) in page.iter().skip(self.top).zip(inside.rows()) {
                line.render(row, buf);
            }
            let more = page
                .len()
                .saturating_sub(self.top + usize::from(inside.height));
            draw_more(area, more, buf, cx);
        }
    }

    fn draw_progress(&self, area: Rect, buf: &mut Buffer, cx: &Cx) {
        let words = self.in_words();
        let room = usize::from(area.width).saturating_sub(text::width(&words) + 2);
        let width = room.min(BAR);
        let all = (self.progress.asked + self.progress.about).max(1);
        let done = width * self.progress.asked / all;
        Line::from(vec![
            Span::styled(cx.theme.full().repeat(done), cx.theme.accent()),
            Span::styled(cx.theme.empty().repeat(width - done), cx.theme.dim()),
            Span::raw(format!("  {words}")),
        ])
        .render(area, buf);
    }
}

/// Two equal boxes, side by side or one above the other.
const fn halves(body: Rect, is_wide: bool) -> (Rect, Rect) {
    if is_wide {
        let width = body.width / 2;
        let one = Rect { width, ..body };
        let other = Rect {
            x: body.x + body.width - width,
            ..one
        };
        (one, other)
    } else {
        let height = body.height / 2;
        let one = Rect { height, ..body };
        let other = Rect {
            y: body.y + height,
            ..one
        };
        (one, other)
    }
}

fn inside(area: Rect) -> Rect {
    let inside = Block::new().borders(Borders::ALL).inner(area);
    Rect {
        x: inside.x + u16::from(inside.width > 2),
        width: inside.width.saturating_sub(2),
        ..inside
    }
}

/// The box of a story, with the keys that choose it.
fn draw_story(id: StoryId, keys: &str, area: Rect, buf: &mut Buffer, cx: &Cx) {
    let theme = cx.theme;
    let title = cx.backlog.story(id).map_or_else(String::new, |story| {
        format!(
            " {} {} {} {} {} ",
            cx.backlog.key(story),
            theme.dash(),
            story.kind,
            theme.dot(),
            story.status
        )
    });
    let room = usize::from(area.width).saturating_sub(text::width(keys) + 5);
    Block::new()
        .borders(Borders::ALL)
        .border_set(theme.border_set())
        .border_style(theme.border(true))
        .title(Line::styled(
            text::truncate(&title, room).into_owned(),
            theme.strong(),
        ))
        .title(Line::styled(keys.to_owned(), theme.accent()).right_aligned())
        .render(area, buf);
}

fn draw_more(area: Rect, more: usize, buf: &mut Buffer, cx: &Cx) {
    if more == 0 || area.height < 2 {
        return;
    }
    let row = Rect {
        x: area.x + 1,
        y: area.bottom() - 1,
        width: area.width.saturating_sub(3),
        height: 1,
    };
    Line::styled(format!(" {more} more: PgDn "), cx.theme.dim())
        .right_aligned()
        .render(row, buf);
}

fn draw_end(body: Rect, buf: &mut Buffer, cx: &Cx) {
    let mut page = Page::new(usize::from(inside(body).width), cx.theme);
    page.text("Every question is answered.", cx.theme.strong());
    page.gap();
    for (key, does) in [
        ("Enter", "shows the new order"),
        ("u", "takes the last answer back"),
        ("Esc", "keeps the answers for later"),
        ("x", "throws them away"),
    ] {
        let lead = vec![Span::styled(text::fit(key, 8), cx.theme.accent())];
        page.hanging(lead, does, Style::new());
    }
    for (line, row) in page.lines.iter().zip(inside(body).rows()) {
        line.render(row, buf);
    }
}

/// Writes what tells a story from another one: title, facts, sentence, criteria, notes.
fn write(story: &Story, area: Rect, cx: &Cx) -> Vec<Line<'static>> {
    let is_roomy = area.height >= ROOMY;
    let width = usize::from(inside(area).width).max(1);
    let mut page = Page::new(width, cx.theme);
    let at_least = if is_roomy { 2 } else { 1 };
    page.text(&story.title, cx.theme.strong());
    fill(&mut page, at_least);
    page.text(&facts(story, cx), cx.theme.dim());
    if is_roomy {
        page.lines.push(Line::default());
    }
    let parts = [
        ("As a", &story.persona, 1),
        ("I want to", &story.want, at_least),
        ("so that", &story.benefit, at_least),
    ];
    let has_sentence = parts.iter().any(|(_, words, _)| !words.is_empty());
    for (name, words, rows) in parts {
        let end = page.lines.len() + rows;
        if !words.is_empty() {
            page.pair(name, words);
        }
        if is_roomy || (has_sentence && !words.is_empty()) {
            fill(&mut page, end);
        }
    }
    if is_roomy {
        page.lines.push(Line::default());
    }
    criteria(&mut page, story);
    if !story.notes.is_empty() {
        page.heading("Notes", "");
        page.text(&story.notes, Style::new());
    }
    page.lines
}

/// Adds blank lines up to so many lines, so that what follows stands where it stood before.
fn fill(page: &mut Page, rows: usize) {
    while page.lines.len() < rows {
        page.lines.push(Line::default());
    }
}

/// Estimate, place, labels and scores in one line.
fn facts(story: &Story, cx: &Cx) -> String {
    let mut facts = Vec::new();
    match story.estimate {
        Some(points) if points.to_string() == "1" => facts.push("1 point".to_owned()),
        Some(points) => facts.push(format!("{points} points")),
        None if cx.backlog.product().has_estimates() => facts.push("no estimate".to_owned()),
        None => {}
    }
    if let Some(place) = cx.backlog.position(story.id) {
        facts.push(format!("place {place}"));
    }
    facts.extend(story.labels.iter().map(ToString::to_string));
    facts.join(&format!(" {} ", cx.theme.dot()))
}

fn criteria(page: &mut Page, story: &Story) {
    if story.criteria.is_empty() {
        return;
    }
    page.heading("Acceptance criteria", "");
    let digits = story.criteria.len().to_string().len();
    for (criterion, number) in story.criteria.iter().zip(1..) {
        let lead = vec![Span::styled(
            format!(" {number:>digits$}  "),
            page.theme.dim(),
        )];
        page.hanging(lead, &criterion.text, Style::new());
    }
}
