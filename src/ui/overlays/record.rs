//! The record of a story's rounds: side by side where there is room, else of one criterion, round by round.

mod beside;

use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};
use ratatui::style::Style;
use ratatui::text::{Line, Span};
use ratatui::widgets::Widget;

use super::frame;
use crate::keymap::Action;
use crate::model::{Criterion, CriterionId, Outcome, Round, Story, StoryId};
use crate::ui::effect::Effect;
use crate::ui::pane::Cx;
use crate::ui::widgets::page::Page;
use crate::ui::widgets::rewording::reworded;
use crate::ui::widgets::viewport::walk;

/// The widest that the rounds stand side by side.
const WIDEST: u16 = 120;

/// The record, opened at one criterion.
#[derive(Clone, Debug)]
pub struct Record {
    story: StoryId,
    criterion: CriterionId,
    top: usize,
    height: usize,
    rows: usize,
}

impl Record {
    /// The record of a criterion of a story.
    pub const fn new(story: StoryId, criterion: CriterionId) -> Self {
        Self {
            story,
            criterion,
            top: 0,
            height: 1,
            rows: 0,
        }
    }

    pub(super) fn on_action(&mut self, action: Action, _cx: &Cx) -> Vec<Effect> {
        let last = self.rows.saturating_sub(self.height);
        if let Some(top) = walk(action, self.top, self.height, last) {
            self.top = top;
            return Vec::new();
        }
        if action == Action::Close {
            return vec![Effect::Close];
        }
        Vec::new()
    }

    pub(super) fn render(&mut self, screen: Rect, buf: &mut Buffer, cx: &Cx) -> Option<Position> {
        let story = cx.backlog.story(self.story);
        let widest = frame::widest(screen, WIDEST);
        let is_table = story.is_some_and(|story| beside::fits(story, usize::from(widest)));
        let width = if is_table {
            widest
        } else {
            frame::widest(screen, 76)
        };
        let (title, lines) = match story.filter(|_| is_table) {
            Some(story) => {
                let title = format!("{}: {} rounds", cx.backlog.key(story), story.reviews.len());
                let mut lines = beside::write(story, &self.criterion, usize::from(width), cx);
                lines.extend(self.agreed(story, usize::from(width), cx));
                (title, lines)
            }
            None => self.write(usize::from(width), cx),
        };
        let height = u16::try_from(lines.len() + 2).unwrap_or(u16::MAX);
        let inside = frame::draw(screen, (width + 4, height), &title, cx.theme, buf);
        self.rows = lines.len();
        self.height = usize::from(inside.height).max(1);
        self.top = self.top.min(self.rows.saturating_sub(self.height));
        for (line, area) in lines.iter().skip(self.top).zip(inside.rows()) {
            line.render(area, buf);
        }
        None
    }

    /// What was agreed of the criterion that was asked for.
    fn agreed(&self, story: &Story, width: usize, cx: &Cx) -> Vec<Line<'static>> {
        let mut page = Page::new(width, cx.theme);
        let mut criteria = story.criteria.iter();
        if let Some(place) = criteria.position(|criterion| criterion.id == self.criterion)
            && let (Some(criterion), true) = (story.criteria.get(place), story.agreed.is_some())
        {
            page.lines.push(Line::default());
            let heading = format!("Criterion {} as agreed", place + 1);
            write_agreed(&mut page, &heading, story, criterion, cx);
        }
        page.lines
    }

    fn write(&self, width: usize, cx: &Cx) -> (String, Vec<Line<'static>>) {
        let mut page = Page::new(width, cx.theme);
        let found = cx.backlog.story(self.story).and_then(|story| {
            let criteria = story.criteria.iter();
            let place = criteria.clone().position(|c| c.id == self.criterion)?;
            Some((story, place, story.criteria.get(place)?))
        });
        let Some((story, place, criterion)) = found else {
            page.text("The criterion is not there any more.", cx.theme.dim());
            return ("Record".to_owned(), page.lines);
        };
        page.text(&criterion.text, cx.theme.strong());
        for round in story.reviews.iter().rev() {
            write_round(&mut page, round, criterion, cx);
        }
        if story.reviews.is_empty() {
            page.gap();
            page.text("No verdict has been given yet.", cx.theme.dim());
        }
        write_agreed(&mut page, "Agreed", story, criterion, cx);
        let key = cx.backlog.key(story);
        (format!("{key}, criterion {}", place + 1), page.lines)
    }
}

fn write_round(page: &mut Page, round: &Round, criterion: &Criterion, cx: &Cx) {
    let theme = page.theme;
    let outcome = round.outcome.map_or("under way", Outcome::word);
    let heading = format!("Round {} {} {outcome}", round.round, theme.dash());
    let when = format!("{} {} {}", cx.day(round.at), theme.dot(), round.by);
    page.heading(&heading, &when);
    let Some(judgement) = round.judgement(&criterion.id) else {
        page.text(" no verdict", theme.dim());
        return;
    };
    let verdict = Some(judgement.verdict);
    let said = format!(
        " {} {}",
        theme.verdict_sign(verdict),
        judgement.verdict.words()
    );
    page.text(&said, theme.verdict(verdict));
    let indent = || vec![Span::raw("   ")];
    if !judgement.note.is_empty() {
        let note = format!("\"{}\"", judgement.note);
        page.hanging(indent(), &note, Style::new());
    }
    if !judgement.evidence.is_empty() {
        let seen = format!("seen: {}", judgement.evidence);
        page.hanging(indent(), &seen, Style::new());
    }
    if let Some(who) = cx.given_by(judgement, round) {
        page.hanging(indent(), &who, theme.dim());
    }
    if judgement.text != criterion.text {
        let mut since = vec![("since then: ".to_owned(), theme.warn())];
        since.extend(reworded(&judgement.text, &criterion.text, theme));
        page.hanging_parts(indent(), &since);
    }
}

fn write_agreed(page: &mut Page, heading: &str, story: &Story, criterion: &Criterion, cx: &Cx) {
    let Some(baseline) = &story.agreed else {
        return;
    };
    let theme = page.theme;
    let when = format!("{} {} {}", cx.day(baseline.at), theme.dot(), baseline.by);
    page.heading(heading, &when);
    let agreed = baseline.criteria.iter().find(|old| old.id == criterion.id);
    match agreed {
        None => page.text(" not agreed: it came later", theme.warn()),
        Some(old) if old.text == criterion.text => page.text(" in these words", theme.dim()),
        Some(old) => {
            let mut since = vec![("changed since: ".to_owned(), theme.warn())];
            since.extend(reworded(&old.text, &criterion.text, theme));
            page.hanging_parts(vec![Span::raw(" ")], &since);
        }
    }
}
