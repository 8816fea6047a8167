//! Refining: one story large, its rules, examples and questions, as the team talks about them; then the next.
//!
//! The queue is made once, when refining begins: the marked stories, else the selected idea and those below it. What
//! leaves it meanwhile (agreed, dropped) is passed over.

mod cards;
mod page;

use std::time::Duration;

use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};
use ratatui::text::Line;
use ratatui::widgets::Widget;

use self::cards::{Card, question};
use super::acts;
use super::story::draw_more;
use crate::keymap::{Action, Scope, chain};
use crate::model::mapping::Sign;
use crate::model::{Change, Missing, Status, Step, Story, StoryId, Timestamp};
use crate::ui::effect::{Effect, Focus, Pointer};
use crate::ui::overlays::{Prompt, Purpose, Refined};
use crate::ui::pane::{Cx, Pane};
use crate::ui::text;
use crate::ui::widgets::pane_frame::pane_frame;

/// The pane in which stories are refined.
#[derive(Debug, Default)]
pub struct RefinePane {
    queue: Vec<StoryId>,
    story: Option<StoryId>,
    card: Option<Card>,
    /// The cards as they lay last, so that a new one is seen to be new.
    known: Vec<Card>,
    /// When the timer was started.
    since: Option<Timestamp>,
    top: usize,
    height: usize,
}

impl RefinePane {
    /// Begins with some stories, at the first of them.
    pub fn begin(&mut self, stories: Vec<StoryId>, cx: &Cx) {
        let first = stories.first().copied();
        self.queue = stories;
        self.turn_to(first, cx);
    }

    /// Lets the children of a story that is split take its place in the queue.
    pub fn split(&mut self, parent: StoryId, children: &[StoryId]) {
        if let Some(at) = self.queue.iter().position(|id| *id == parent) {
            self.queue.splice(at..=at, children.iter().copied());
            self.story = children.first().copied();
            self.card = None;
            self.known.clear();
        }
    }

    /// Shows a story of the queue, as one that undo has changed.
    pub fn show(&mut self, story: StoryId, cx: &Cx) {
        if self.story != Some(story) && self.queue.contains(&story) {
            self.turn_to(Some(story), cx);
        }
    }

    /// The story that is refined.
    pub const fn story(&self) -> Option<StoryId> {
        self.story
    }

    fn turn_to(&mut self, story: Option<StoryId>, cx: &Cx) {
        self.story = story;
        self.top = 0;
        self.since = self.since.map(|_| cx.now);
        self.known = self.shown(cx).map_or_else(Vec::new, Card::all);
        self.card = self.known.first().cloned();
    }

    fn shown<'a>(&self, cx: &Cx<'a>) -> Option<&'a Story> {
        let story = cx.backlog.story(self.story?)?;
        Some(story)
    }

    /// Where the story stands among those that are still to be refined.
    fn place(&self) -> (usize, usize) {
        let at = self.queue.iter().position(|id| Some(*id) == self.story);
        (at.map_or(0, |at| at + 1), self.queue.len())
    }

    /// The next story of the queue that is still an idea, or the one before.
    fn beside(&self, forward: bool, cx: &Cx) -> Option<StoryId> {
        let at = self.queue.iter().position(|id| Some(*id) == self.story)?;
        let waits = |id: &&StoryId| {
            let story = cx.backlog.story(**id);
            story.is_some_and(|story| story.status == Status::Idea)
        };
        if forward {
            self.queue.iter().skip(at + 1).find(waits).copied()
        } else {
            self.queue.iter().take(at).rev().find(waits).copied()
        }
    }

    fn go_on(&mut self, forward: bool, cx: &Cx) -> Vec<Effect> {
        match self.beside(forward, cx) {
            Some(story) => {
                self.turn_to(Some(story), cx);
                vec![Effect::Select(story)]
            }
            None if forward => vec![Effect::news(
                "That was the last idea of this round. Esc goes back to the backlog.",
            )],
            None => vec![Effect::refusal("This is the first idea of this round.")],
        }
    }

    fn walk(&mut self, action: Action, cx: &Cx) -> bool {
        let cards = self.shown(cx).map_or_else(Vec::new, Card::all);
        let at = page::place(&cards, self.card.as_ref()).unwrap_or(0);
        let to = match action {
            Action::Up => at.saturating_sub(1),
            Action::Down => at + 1,
            Action::PageUp => at.saturating_sub(self.height / 2),
            Action::PageDown => at + self.height / 2,
            Action::First => 0,
            Action::Last => usize::MAX,
            _ => return false,
        };
        self.card = cards.get(to.min(cards.len().saturating_sub(1))).cloned();
        true
    }

    /// Asks for the words of a card.
    fn ask(story: &Story, what: Refined, title: &str, words: &str) -> Vec<Effect> {
        let purpose = Purpose::Refined(story.id, what);
        vec![Effect::open(Prompt::new(purpose, title, words))]
    }

    fn write(&self, action: Action, story: &Story) -> Vec<Effect> {
        let card = self.card.as_ref();
        match action {
            Action::AddRule => Self::ask(story, Refined::Rule(None), "A rule", ""),
            Action::AddQuestion => Self::ask(story, Refined::Question(None), "A question", ""),
            Action::AddExample => match card.and_then(Card::rule) {
                Some(id) => {
                    let number = story.criteria.iter().position(|rule| rule.id == *id);
                    let title = format!("An example of rule {}", number.unwrap_or(0) + 1);
                    Self::ask(story, Refined::Example(id.clone(), None), &title, "")
                }
                None => vec![Effect::refusal(
                    "An example belongs to a rule. Choose a rule, or write one with n.",
                )],
            },
            Action::AnswerQuestion => match card {
                Some(Card::Question(id)) => {
                    let answer = question(story, id).map_or("", |question| &question.answer);
                    let title = question(story, id).map_or("", |question| &question.text);
                    Self::ask(story, Refined::Answer(id.clone()), title, answer)
                }
                _ => Self::answer_first(story),
            },
            _ => match card {
                Some(card) => {
                    let what = match card {
                        Card::Rule(id) => Refined::Rule(Some(id.clone())),
                        Card::Example(id, place) => Refined::Example(id.clone(), Some(*place)),
                        Card::Question(id) => Refined::Question(Some(id.clone())),
                    };
                    Self::ask(story, what, "Change", card.text(story))
                }
                None => vec![Effect::refusal("There is no card yet. Write one with n.")],
            },
        }
    }

    /// Away from the questions, the first open one is meant.
    fn answer_first(story: &Story) -> Vec<Effect> {
        match story.open_questions().next() {
            Some(question) => Self::ask(
                story,
                Refined::Answer(question.id.clone()),
                &question.text,
                "",
            ),
            None => vec![Effect::refusal(
                "No question is open. Write one with o, or change an answer from its question.",
            )],
        }
    }

    fn rearrange(&mut self, action: Action, story: &Story) -> Vec<Effect> {
        let Some(card) = self.card.clone() else {
            return vec![Effect::refusal("There is no card yet. Write one with n.")];
        };
        let edit = if action == Action::DeleteCard {
            card.without(story)
        } else if let Some((moved, edit)) = card.moved(action == Action::CardUp, story) {
            self.card = Some(moved);
            edit
        } else {
            return vec![Effect::refusal("It cannot go further among its like.")];
        };
        vec![Effect::change(Change::Edit {
            story: story.id,
            edit,
        })]
    }

    /// The natural next step; an idea that is agreed makes room for the next.
    fn step(&mut self, story: &Story, cx: &Cx) -> Vec<Effect> {
        if story.status != Status::Idea {
            return acts::act(Action::NextStep, &[story.id], cx).unwrap_or_default();
        }
        if let Err(refusal) = cx.backlog.may(story.id, Step::Agree) {
            return vec![Effect::refusal(refusal)];
        }
        let mut effects = acts::act(Action::NextStep, &[story.id], cx).unwrap_or_default();
        let key = cx.backlog.key(story);
        effects.push(Effect::news(format!("{key} is ready.")));
        if self.beside(true, cx).is_some() {
            effects.extend(self.go_on(true, cx));
        }
        effects
    }

    fn timer(&mut self, cx: &Cx) -> Vec<Effect> {
        self.since = match self.since {
            Some(_) => None,
            None => Some(cx.now),
        };
        Vec::new()
    }

    fn title(&self, story: &Story, cx: &Cx) -> String {
        let (dash, dot) = (cx.theme.dash(), cx.theme.dot());
        let (at, of) = self.place();
        let points = story
            .estimate
            .map(|points| format!(" {dot} {points} points"))
            .unwrap_or_default();
        let timer = self.since.map(|since| {
            let minutes = (cx.now.as_second() - since.as_second()) / 60;
            format!(" {dot} {minutes} min")
        });
        format!(
            " Refine {dash} {} {dash} {at} of {of} {dot} {}{points}{} ",
            cx.backlog.key(story),
            story.status,
            timer.unwrap_or_default()
        )
    }

    /// What the story still needs to be agreed, what its cards say, and whether the linter has something to say.
    fn verdict(story: &Story, cx: &Cx) -> String {
        let missing = cx.backlog.missing(story);
        let is_told = |sign: &Sign| {
            let is_needed = |what: &Missing| {
                matches!(
                    (what, sign),
                    (Missing::Answers(_), Sign::Open(_)) | (Missing::Criteria { .. }, Sign::NoRule)
                )
            };
            missing.iter().any(is_needed)
        };
        let mut said = Vec::new();
        if story.status == Status::Idea {
            let needed: Vec<String> = missing.iter().map(ToString::to_string).collect();
            said.push(match needed.split_last() {
                None => "Ready to be agreed: press >.".to_owned(),
                Some((only, [])) => format!("Not ready yet: it needs {only}."),
                Some((last, others)) => {
                    format!("Not ready yet: it needs {} and {last}.", others.join(", "))
                }
            });
        }
        let signs = Sign::all(story).into_iter();
        said.extend(signs.filter(|sign| !is_told(sign)).map(Sign::told));
        if cx.backlog.faults(story).all() > 0 {
            said.push("Press ! for what its words lack.".to_owned());
        }
        said.join(" ")
    }

    /// How long to wait until the timer says something else; without end where none runs.
    pub fn pause(&self, now: Timestamp) -> Option<Duration> {
        let since = self.since?;
        let passed = (now.as_second() - since.as_second()).rem_euclid(60);
        Some(Duration::from_secs(60 - u64::try_from(passed).unwrap_or(0)))
    }
}

impl Pane for RefinePane {
    fn chain(&self) -> &'static [Scope] {
        chain::REFINE
    }

    fn on_action(&mut self, action: Action, cx: &Cx) -> Option<Vec<Effect>> {
        if self.walk(action, cx) {
            return Some(Vec::new());
        }
        if action == Action::Out {
            return Some(vec![Effect::Focus(Focus::List)]);
        }
        let story = self.shown(cx)?;
        Some(match action {
            Action::AddRule
            | Action::AddExample
            | Action::AddQuestion
            | Action::AnswerQuestion
            | Action::ChangeCard
            | Action::Open => match cx.backlog.may_edit(story.id) {
                Ok(()) => self.write(action, story),
                Err(refusal) => vec![Effect::refusal(refusal)],
            },
            Action::DeleteCard | Action::CardUp | Action::CardDown => self.rearrange(action, story),
            Action::NextStory | Action::PreviousStory => {
                self.go_on(action == Action::NextStory, cx)
            }
            Action::NextStep => self.step(story, cx),
            Action::Timer => self.timer(cx),
            Action::Estimate => {
                if let Err(refusal) = cx.backlog.may_estimate() {
                    return Some(vec![Effect::refusal(refusal)]);
                }
                let points = story.estimate.map(|points| points.to_string());
                Self::ask(
                    story,
                    Refined::Estimate,
                    "Points",
                    &points.unwrap_or_default(),
                )
            }
            action => return acts::act(action, &[story.id], cx),
        })
    }

    fn on_pointer(&mut self, pointer: Pointer, cx: &Cx) -> Vec<Effect> {
        if let Pointer::Wheel { rows, .. } = pointer {
            let step = if rows < 0 { Action::Up } else { Action::Down };
            self.walk(step, cx);
        }
        Vec::new()
    }

    fn reconcile(&mut self, cx: &Cx) {
        // A story that is dropped, or merged into another, makes room for the next.
        if self.shown(cx).is_none_or(|story| story.status.is_closed()) {
            let next = self.beside(true, cx).or_else(|| self.beside(false, cx));
            self.turn_to(next, cx);
        }
        let Some(story) = self.shown(cx) else {
            return;
        };
        let cards = Card::all(story);
        let new = cards.iter().find(|card| !self.known.contains(card));
        let at = page::place(&self.known, self.card.as_ref()).unwrap_or(0);
        if cards.len() > self.known.len() && new.is_some() {
            self.card = new.cloned();
        } else if page::place(&cards, self.card.as_ref()).is_none() {
            self.card = cards.get(at.min(cards.len().saturating_sub(1))).cloned();
        }
        self.known = cards;
    }

    fn render(&mut self, area: Rect, buf: &mut Buffer, cx: &Cx, focused: bool) -> Option<Position> {
        let theme = cx.theme;
        let story = self.shown(cx);
        let title = story.map_or_else(|| " Refine ".to_owned(), |story| self.title(story, cx));
        let room = usize::from(area.width.saturating_sub(4));
        let block = pane_frame(text::truncate(&title, room).into_owned(), focused, theme);
        let inside = block.inner(area);
        block.render(area, buf);
        let story = story?;
        let inside = Rect {
            x: inside.x + u16::from(inside.width > 4) * 2,
            width: inside.width.saturating_sub(4),
            ..inside
        };
        if inside.is_empty() {
            return None;
        }
        let verdict = text::rows(&Self::verdict(story, cx), usize::from(inside.width));
        let below = u16::try_from(verdict.len())
            .unwrap_or(0)
            .min(inside.height / 3);
        let page = Rect {
            height: inside.height - below,
            ..inside
        };
        self.draw_page(story, page, area, buf, cx);
        let rows = Rect {
            y: page.bottom(),
            height: below,
            ..inside
        };
        for (line, row) in verdict.into_iter().zip(rows.rows()) {
            Line::styled(line, theme.accent()).render(row, buf);
        }
        None
    }

    fn refuses(&self, action: Action, cx: &Cx) -> Option<String> {
        let story = self.shown(cx)?;
        match action {
            Action::AddRule | Action::AddQuestion | Action::ChangeCard => {
                let refusal = cx.backlog.may_edit(story.id).err()?;
                Some(refusal.to_string())
            }
            Action::AddExample if self.card.as_ref().and_then(Card::rule).is_none() => {
                Some("An example belongs to a rule. Choose a rule, or write one with n.".to_owned())
            }
            action => acts::refuses(action, &[story.id], cx),
        }
    }
}

impl RefinePane {
    fn draw_page(&mut self, story: &Story, page: Rect, area: Rect, buf: &mut Buffer, cx: &Cx) {
        let cards = Card::all(story);
        let at = page::place(&cards, self.card.as_ref());
        let written = page::write(story, at, usize::from(page.width), cx);
        self.height = usize::from(page.height);
        let last = written.lines.len().saturating_sub(self.height);
        if let Some(lines) = at.and_then(|at| written.cards.get(at)) {
            // The first card brings the story's sentence in sight too.
            let start = if at == Some(0) { 0 } else { lines.start };
            self.top = self
                .top
                .min(start)
                .max(lines.end.saturating_sub(self.height));
        }
        self.top = self.top.min(last);
        let lines = written.lines.iter().skip(self.top);
        for (line, row) in lines.zip(page.rows()) {
            line.render(row, buf);
        }
        draw_more(area, last - self.top, buf, cx);
    }
}

/// The stories to refine: the marked ideas, else the selected story where it is not started yet, and all ideas in sight
/// from there on.
///
/// # Errors
/// Where there is nothing to refine it says what to do.
pub(crate) fn queue(
    marked: &[StoryId],
    found: Option<&[StoryId]>,
    selected: Option<StoryId>,
    cx: &Cx,
) -> Result<Vec<StoryId>, String> {
    let status = |id: &StoryId| cx.backlog.story(*id).map(|story| story.status);
    let is_idea = |id: &StoryId| status(id) == Some(Status::Idea);
    let stories: Vec<StoryId> = if marked.is_empty() {
        let in_sight: Vec<StoryId> = match found {
            Some(found) => found.to_vec(),
            None => cx.backlog.open().collect(),
        };
        let at = in_sight.iter().position(|id| Some(*id) == selected);
        let (above, below) = in_sight.split_at(at.unwrap_or(0));
        let chosen = selected.filter(|id| status(id) == Some(Status::Ready));
        let ideas = below.iter().chain(above).copied().filter(is_idea);
        chosen.into_iter().chain(ideas).collect()
    } else {
        marked.iter().copied().filter(is_idea).collect()
    };
    if stories.is_empty() {
        return Err("There is no idea to refine here. Write one with n, or mark ideas.".to_owned());
    }
    Ok(stories)
}
