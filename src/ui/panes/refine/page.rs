//! The page of a story that is refined: sentence, rules with their examples, questions with their answers.

use std::ops::Range;

use ratatui::style::Style;
use ratatui::text::{Line, Span};

use super::cards::Card;
use crate::model::Story;
use crate::ui::pane::Cx;
use crate::ui::text;
use crate::ui::widgets::page::Page;

/// The page, and the lines that each card takes.
#[derive(Debug, Default)]
pub(super) struct Written {
    pub(super) lines: Vec<Line<'static>>,
    pub(super) cards: Vec<Range<usize>>,
}

/// Writes the page.
pub(super) fn write(story: &Story, selected: Option<usize>, width: usize, cx: &Cx) -> Written {
    let mut page = Page::new(width, cx.theme);
    let mut cards = Vec::new();
    page.text(&story.title, cx.theme.strong());
    let parts = [
        ("As a", &story.persona),
        ("I want to", &story.want),
        ("so that", &story.benefit),
    ];
    for (name, words) in parts.into_iter().filter(|(_, words)| !words.is_empty()) {
        page.pair(name, words);
    }
    rules(&mut page, story, selected, &mut cards);
    questions(&mut page, story, selected, &mut cards, cx);
    if !story.notes.is_empty() {
        page.heading("Notes", "");
        page.text(&story.notes, cx.theme.dim());
    }
    Written {
        lines: page.lines,
        cards,
    }
}

fn rules(page: &mut Page, story: &Story, selected: Option<usize>, cards: &mut Vec<Range<usize>>) {
    page.heading("Rules", &count(story.criteria.len(), "rule"));
    if story.criteria.is_empty() {
        let line = Line::styled("none yet; n writes the first", page.theme.dim());
        page.lines.push(line);
    }
    for (number, rule) in (1..).zip(&story.criteria) {
        let lead = format!("{number:>2}  ");
        card(page, lead, &rule.text, Style::new(), selected, cards);
        for example in &rule.examples {
            let lead = "    e.g. ".to_owned();
            card(page, lead, example, page.theme.dim(), selected, cards);
        }
    }
}

fn questions(
    page: &mut Page,
    story: &Story,
    selected: Option<usize>,
    cards: &mut Vec<Range<usize>>,
    cx: &Cx,
) {
    let open = story.open_questions().count();
    let remark = match (story.questions.len(), open) {
        (0, _) => "none; o writes one".to_owned(),
        (_, 0) => "all answered".to_owned(),
        (_, open) => format!("{open} open"),
    };
    page.heading("Questions", &remark);
    for question in &story.questions {
        let style = if question.is_open() {
            page.theme.warn()
        } else {
            Style::new()
        };
        card(
            page,
            " ?  ".to_owned(),
            &question.text,
            style,
            selected,
            cards,
        );
        if !question.is_open() {
            let start = cards.pop().map_or(page.lines.len(), |lines| lines.start);
            let arrow = text::fit(cx.theme.arrow(), 1);
            let lead = vec![Span::styled(format!("   {arrow}  "), page.theme.dim())];
            page.hanging(lead, &question.answer, page.theme.dim());
            cards.push(start..page.lines.len());
        }
    }
}

/// One card, with the bar before it where the cursor stands.
fn card(
    page: &mut Page,
    lead: String,
    words: &str,
    style: Style,
    selected: Option<usize>,
    cards: &mut Vec<Range<usize>>,
) {
    let theme = page.theme;
    let is_selected = selected == Some(cards.len());
    let bar = if is_selected { theme.bar() } else { " " };
    let style = if is_selected { theme.strong() } else { style };
    let start = page.lines.len();
    let lead = vec![
        Span::styled(bar, theme.accent()),
        Span::styled(lead, theme.dim()),
    ];
    page.hanging(lead, words, style);
    cards.push(start..page.lines.len());
}

/// How many there are, in words.
pub(super) fn count(count: usize, what: &str) -> String {
    match count {
        1 => format!("1 {what}"),
        many => format!("{many} {what}s"),
    }
}

/// Which card of the page is this one.
pub(super) fn place(cards: &[Card], card: Option<&Card>) -> Option<usize> {
    cards.iter().position(|other| Some(other) == card)
}
