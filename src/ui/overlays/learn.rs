//! The accepted stories to look at again: did the benefit come? A key each; note and number may follow.
//!
//! A story that has been judged stays in the box until it is closed, so that words and a number can be added.

use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};
use ratatui::style::Style;
use ratatui::text::{Line, Span};
use ratatui::widgets::Widget;

use super::frame;
use super::prompt::{Asked, Prompt, Purpose};
use crate::keymap::Action;
use crate::model::{BenefitCheck, Change, Learning, Promise, Status, Story, StoryId};
use crate::ui::effect::{Effect, Focus};
use crate::ui::pane::Cx;
use crate::ui::panes::discovery::{plan_check, today};
use crate::ui::text;
use crate::ui::widgets::page::Page;
use crate::ui::widgets::viewport::walk;

/// The accepted stories to look at again.
#[derive(Clone, Debug)]
pub struct LearnBox {
    stories: Vec<StoryId>,
    at: usize,
    top: usize,
    height: usize,
}

impl LearnBox {
    /// The stories that are due.
    pub fn new(cx: &Cx) -> Self {
        Self {
            stories: cx.backlog.learn_queue(today(cx)),
            at: 0,
            top: 0,
            height: 1,
        }
    }

    /// The same with the cursor on one of them.
    #[must_use]
    pub fn on(mut self, story: StoryId) -> Self {
        let place = self.stories.iter().position(|due| *due == story);
        self.at = place.unwrap_or(self.at);
        self
    }

    /// Follows a backlog that has changed: what was judged here stays, what nobody waits for goes.
    pub(super) fn reconcile(&mut self, cx: &Cx) {
        let is_mine = |id: &StoryId| {
            let story = cx.backlog.story(*id);
            story.is_some_and(|story| {
                let check = story.check.as_deref();
                let concerns =
                    |check: &BenefitCheck| check.result.is_some() || check.is_due(today(cx));
                story.status == Status::Accepted && check.is_some_and(concerns)
            })
        };
        self.stories.retain(is_mine);
        for due in cx.backlog.learn_queue(today(cx)) {
            if !self.stories.contains(&due) {
                self.stories.push(due);
            }
        }
        self.at = self.at.min(self.stories.len().saturating_sub(1));
    }

    pub(super) fn on_action(&mut self, action: Action, cx: &Cx) -> Vec<Effect> {
        let last = self.stories.len().saturating_sub(1);
        if let Some(at) = walk(action, self.at, self.height, last) {
            self.at = at;
            return Vec::new();
        }
        match action {
            Action::Close => return vec![Effect::Close],
            Action::Kept => return self.judge(Promise::Kept),
            Action::Missed => return self.judge(Promise::Missed),
            Action::Unknown => return self.judge(Promise::Unknown),
            Action::LearnNote | Action::LearnNumber => return self.ask(action, cx),
            Action::LookLater => {
                return self
                    .story()
                    .map(|story| plan_check(story, cx))
                    .into_iter()
                    .collect();
            }
            Action::GoThere => {
                let go = self.story().map(|story| {
                    [
                        Effect::Close,
                        Effect::Select(story),
                        Effect::Focus(Focus::List),
                    ]
                });
                return go.into_iter().flatten().collect();
            }
            _ => {}
        }
        Vec::new()
    }

    fn story(&self) -> Option<StoryId> {
        self.stories.get(self.at).copied()
    }

    fn judge(&self, result: Promise) -> Vec<Effect> {
        let learning = Learning::Result {
            result,
            note: None,
            number: None,
        };
        let change = |story| Effect::change(Change::Learn { story, learning });
        self.story().map(change).into_iter().collect()
    }

    /// Asks for words or for a number to what was found.
    fn ask(&self, action: Action, cx: &Cx) -> Vec<Effect> {
        let Some(story) = self.story().and_then(|id| cx.backlog.story(id)) else {
            return Vec::new();
        };
        let check = story.check.as_ref();
        let told = |words: fn(&BenefitCheck) -> &str| check.map_or("", |check| words(check));
        let key = cx.backlog.key(story);
        let (asked, title, text) = if action == Action::LearnNote {
            (
                Asked::Note(story.id),
                format!("{key}: what was seen?"),
                told(|check| check.note.as_str()),
            )
        } else {
            (
                Asked::Number(story.id),
                format!("{key}: which number?"),
                told(|check| check.number.as_str()),
            )
        };
        vec![Effect::open(Prompt::new(
            Purpose::Thread(asked),
            title,
            text,
        ))]
    }

    pub(super) fn render(&mut self, screen: Rect, buf: &mut Buffer, cx: &Cx) -> Option<Position> {
        let width = frame::widest(screen, 84);
        let mut page = Page::new(usize::from(width), cx.theme);
        if let Some(story) = self.story().and_then(|id| cx.backlog.story(id)) {
            promise(&mut page, story, cx);
        } else {
            page.text("There is nothing to look at again now.", Style::new());
        }
        let wanted = self.stories.len() + page.lines.len() + 3;
        let height = u16::try_from(wanted).unwrap_or(u16::MAX);
        let inside = frame::draw(
            screen,
            (width + 4, height),
            "Did the benefit come?",
            cx.theme,
            buf,
        );
        let room = usize::from(inside.height);
        // Of many stories some are in sight, and the promise of the selected one below.
        let rows = self
            .stories
            .len()
            .min(room.saturating_sub(page.lines.len() + 1).max(1));
        self.height = rows.max(1);
        self.top = self
            .top
            .min(self.at)
            .max((self.at + 1).saturating_sub(self.height));
        let mut areas = inside.rows();
        let stories = self.stories.iter().enumerate().skip(self.top).take(rows);
        for ((index, id), area) in stories.zip(areas.by_ref()) {
            if let Some(story) = cx.backlog.story(*id) {
                row(story, index == self.at, usize::from(area.width), cx).render(area, buf);
            }
            if index == self.at {
                buf.set_style(area, cx.theme.selected(true));
            }
        }
        if !self.stories.is_empty() {
            areas.next();
        }
        for (line, area) in page.lines.iter().zip(areas) {
            line.render(area, buf);
        }
        None
    }
}

fn row(story: &Story, selected: bool, width: usize, cx: &Cx) -> Line<'static> {
    let theme = cx.theme;
    let key = cx.backlog.key(story);
    let (said, style) = match story.check.as_ref() {
        Some(check) => match (check.result, check.when) {
            (Some(Promise::Kept), _) => ("kept".to_owned(), theme.good()),
            (Some(Promise::Missed), _) => ("missed".to_owned(), theme.bad()),
            (Some(Promise::Unknown), _) => ("cannot be told".to_owned(), theme.warn()),
            (None, Some(day)) => (format!("since {}", cx.date(day)), theme.dim()),
            (None, None) => (String::new(), Style::new()),
        },
        None => (String::new(), Style::new()),
    };
    let room = width.saturating_sub(6 + text::width(&key) + text::width(&said));
    Line::from(vec![
        Span::styled(if selected { theme.bar() } else { " " }, theme.accent()),
        Span::styled(format!(" {key}  "), theme.accent()),
        Span::raw(text::fit(&story.title, room)),
        Span::styled(format!("  {said}"), style),
    ])
}

/// What the story promised, how that can be known, and what is known.
fn promise(page: &mut Page, story: &Story, cx: &Cx) {
    if !story.benefit.is_empty() {
        page.pair("so that", &story.benefit);
    }
    if let Some(problem) = cx.backlog.problem_of(story) {
        page.pair("Problem", &problem.title);
    }
    let Some(check) = &story.check else { return };
    for (name, words) in [
        ("How", check.how.as_str()),
        ("Seen", check.note.as_str()),
        ("Number", check.number.as_str()),
    ] {
        if !words.is_empty() {
            page.pair(name, words);
        }
    }
}
