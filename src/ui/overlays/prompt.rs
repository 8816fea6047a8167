//! A box with one thing to fill in: a new story, a reason, a note, labels, a name.
//!
//! What the answer means is in `answer`; a refused answer stays in the box, with the reason below it.

mod answer;
mod likes;
mod present;
mod purpose;
mod refined;
mod thread;

use std::ops::Range;

use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};
use ratatui::text::{Line, Span};
use ratatui::widgets::Widget;

use self::likes::Likes;
use super::frame;
use crate::keymap::{Action, Scope, chain};
use crate::ui::effect::{Effect, Focus, Request};
use crate::ui::pane::Cx;
use crate::ui::suggest::{self, Suggestion};
use crate::ui::text;
use crate::ui::typing::edit_for;
use crate::ui::widgets::text_area::{Edit, TextArea};

pub(crate) use answer::{decided, many, moved_on, steps};
pub use purpose::{Part, Purpose};
pub use refined::Refined;
pub(crate) use thread::kinds;
pub use thread::{Asked, Field, OutcomeField};

/// A box with one thing to fill in.
#[derive(Clone, Debug)]
pub struct Prompt {
    purpose: Purpose,
    title: String,
    /// What stood there at first.
    given: String,
    typed: TextArea,
    /// The words to complete from, the likeliest first; stories are looked up in the backlog.
    words: Vec<String>,
    offered: Vec<Suggestion>,
    /// The stories that a new one is like; they are offered to go to.
    likes: Likes,
    picked: Option<usize>,
    refusal: Option<String>,
}

impl Prompt {
    /// Asks for something, with what is there already.
    pub fn new(purpose: Purpose, title: impl Into<String>, text: &str) -> Self {
        let typed = if purpose.takes_lines() {
            TextArea::new(text)
        } else {
            TextArea::single_line(text)
        };
        Self {
            purpose,
            title: title.into(),
            given: typed.text().to_owned(),
            typed,
            words: Vec::new(),
            offered: Vec::new(),
            likes: Likes::default(),
            picked: None,
            refusal: None,
        }
    }

    /// The same with words to complete from, the likeliest first.
    #[must_use]
    pub fn suggesting(mut self, words: Vec<String>) -> Self {
        self.words = words;
        self.offer_words();
        self
    }

    /// The same with its text selected, so that typing begins anew.
    #[must_use]
    pub fn selected(mut self) -> Self {
        self.typed.edit(Edit::SelectAll);
        self
    }

    /// What the answer is for.
    pub const fn purpose(&self) -> &Purpose {
        &self.purpose
    }

    /// Whether something was typed that is worth keeping.
    pub fn is_begun(&self) -> bool {
        !self.typed().trim().is_empty() && self.typed() != self.given
    }

    /// Goes on with what was typed when the same was asked before, from the same beginning, and cancelled.
    pub fn resume(&mut self, cancelled: &Self) -> bool {
        let is_same = self.purpose.asks_like(&cancelled.purpose) && self.given == cancelled.given;
        if is_same {
            self.typed
                .replace(0..self.typed.text().len(), cancelled.typed());
            // Selected, so that typing or pasting begins anew and the arrows go on with it.
            self.typed.edit(Edit::SelectAll);
            self.offer_words();
        }
        is_same
    }

    /// What stands in the box's border.
    pub fn title(&self) -> &str {
        &self.title
    }

    /// What has been typed so far.
    pub fn typed(&self) -> &str {
        self.typed.text()
    }

    /// Shows why the answer could not be used; the text stays.
    pub fn refuse(&mut self, refusal: String) {
        self.refusal = Some(refusal);
    }

    pub(super) fn chain(&self) -> &'static [Scope] {
        if !self.likes.is_empty() {
            chain::PROMPT_ALIKE
        } else if self.picked.is_some() {
            chain::PROMPT_COMPLETION
        } else {
            chain::PROMPT
        }
    }

    pub(super) fn on_action(&mut self, action: Action, cx: &Cx) -> Vec<Effect> {
        match action {
            Action::GoToAlike => return self.go_to_alike(),
            Action::Confirm | Action::Enter if self.picks_alike() => return self.go_to_alike(),
            Action::Confirm | Action::Enter => return self.answer(cx),
            Action::TakeSuggestion => self.take(cx),
            Action::Close if self.picked.is_some() => self.picked = None,
            Action::Close => return vec![Effect::Cancel],
            Action::Down | Action::Up if self.walks_suggestions(action) => self.pick(action),
            action => {
                if let Some(edit) = edit_for(action) {
                    self.typed.edit(edit);
                    self.offer(cx);
                    if matches!(edit, Edit::Cut | Edit::Copy)
                        && let Some(text) = self.typed.cut_text()
                    {
                        return vec![Effect::Ask(Request::Copy(text.to_owned()))];
                    }
                }
            }
        }
        Vec::new()
    }

    pub(super) fn on_text(&mut self, text: &str, cx: &Cx) -> Vec<Effect> {
        self.typed.insert(text);
        self.offer(cx);
        self.refusal = None;
        Vec::new()
    }

    fn answer(&mut self, cx: &Cx) -> Vec<Effect> {
        if let Some(effects) = self.minds_others(cx) {
            return effects;
        }
        match answer::answer(&self.purpose, self.typed.text(), cx) {
            Ok(effects) => Effect::closing(effects),
            Err(refusal) => {
                self.refusal = Some(refusal);
                Vec::new()
            }
        }
    }

    fn picks_alike(&self) -> bool {
        self.picked.is_some() && !self.likes.is_empty()
    }

    /// Goes to the chosen one of the stories that are like what is typed, else to the likest; the text waits.
    fn go_to_alike(&self) -> Vec<Effect> {
        let Some(story) = self.likes.at(self.picked.unwrap_or(0)) else {
            return Vec::new();
        };
        vec![
            Effect::Cancel,
            Effect::Focus(Focus::List),
            Effect::Select(story),
            Effect::news("What you typed waits. Press n to go on with it."),
        ]
    }

    /// Whether up and down walk along suggestions rather than along the text's lines.
    fn walks_suggestions(&self, action: Action) -> bool {
        let at_edge = if action == Action::Down {
            self.typed.at_last_row()
        } else {
            self.picked.is_some()
        };
        at_edge && !self.offered.is_empty()
    }

    fn pick(&mut self, action: Action) {
        let last = self.offered.len().saturating_sub(1);
        self.picked = match (self.picked, action) {
            (None, _) => Some(0),
            (Some(0), Action::Up) => None,
            (Some(at), Action::Up) => Some(at - 1),
            (Some(at), _) => Some((at + 1).min(last)),
        };
    }

    fn take(&mut self, cx: &Cx) {
        let Some(suggestion) = self.picked.and_then(|at| self.offered.get(at)) else {
            return;
        };
        let range = self.current_word();
        let gap = if self.purpose.takes_lists() {
            suggest::gap_after(self.typed.text(), &range)
        } else if self.purpose.takes_steps() {
            " "
        } else {
            ""
        };
        let words = format!("{}{gap}", suggestion.words);
        self.typed.replace(range, &words);
        self.offer(cx);
    }

    /// The part of the text that suggestions complete: all of it, or the words between two commas.
    fn current_word(&self) -> Range<usize> {
        let text = self.typed.text();
        if self.purpose.takes_lists() {
            suggest::listed_at(text, self.typed.cursor())
        } else if self.purpose.takes_steps() {
            suggest::line_at(text, self.typed.cursor())
        } else {
            0..text.len()
        }
    }

    /// Looks for suggestions after the text has changed.
    fn offer(&mut self, cx: &Cx) {
        if let Some(stories) = self.purpose.takes_story() {
            // No story is offered twice, and none of those that it is about.
            let keys = stories.iter().map(|id| cx.backlog.key_or_id(*id));
            let keys: Vec<String> = keys.collect();
            let text = self.typed.text();
            let taken: Vec<&str> = suggest::listed(text)
                .chain(keys.iter().map(String::as_str))
                .collect();
            let word = text.get(self.current_word()).unwrap_or_default();
            let with_accepted = self.purpose.takes_accepted();
            self.offered = suggest::stories(word, &taken, with_accepted, cx.backlog);
            self.picked = None;
        } else if self.purpose.takes_steps() {
            self.offered = suggest::steps(self.typed.text(), self.typed.cursor());
            self.picked = None;
        } else if let Purpose::Capture(_) = &self.purpose {
            self.likes.follow(self.typed.text(), cx.backlog);
            self.offered = self.likes.told(cx.backlog);
            self.picked = None;
        } else {
            self.offer_words();
        }
    }

    fn offer_words(&mut self) {
        let text = self.typed.text();
        let taken: Vec<&str> = suggest::listed(text).collect();
        let word = text.get(self.current_word()).unwrap_or_default();
        self.offered = suggest::words(&self.words, word, &taken);
        self.picked = None;
    }

    pub(super) fn render(&mut self, screen: Rect, buf: &mut Buffer, cx: &Cx) -> Option<Position> {
        let width = frame::widest(screen, 72);
        let typed_rows = self.typed.height(width).clamp(1, 8);
        let below = self.below(cx, usize::from(width));
        let gap = u16::from(!below.is_empty());
        let rows = u16::try_from(below.len()).unwrap_or(u16::MAX);
        let height = typed_rows.saturating_add(rows).saturating_add(gap + 2);
        let mut inside = frame::draw(screen, (width + 4, height), &self.title, cx.theme, buf);
        let typed = Rect {
            height: typed_rows.min(inside.height),
            ..inside
        };
        let style = ratatui::style::Style::new();
        let cursor = self.typed.render(typed, buf, style, cx.theme.picked());
        if self.typed.is_empty() {
            Line::styled(self.purpose.hint(), cx.theme.dim()).render(typed, buf);
        }
        inside.y += typed.height + gap;
        inside.height = inside.height.saturating_sub(typed.height + gap);
        for (line, area) in below.iter().zip(inside.rows()) {
            line.render(area, buf);
        }
        cursor
    }

    /// What stands below the input: the refusal, the suggestions, or what the text would become.
    fn below(&self, cx: &Cx, width: usize) -> Vec<Line<'static>> {
        let mut lines = Vec::new();
        if let Some(refusal) = &self.refusal {
            lines.extend(
                text::rows(refusal, width)
                    .into_iter()
                    .map(|row| Line::styled(row, cx.theme.bad())),
            );
        }
        // What is typed stands still while the stories like it come and go below.
        let is_new_story = matches!(self.purpose, Purpose::Capture(_));
        if is_new_story {
            lines.extend(self.purpose.preview(self.typed.text(), cx, width));
        }
        for (index, suggestion) in self.offered.iter().enumerate() {
            let words = format!(" {}  {}", suggestion.words, suggestion.about);
            let words = text::truncate(words.trim_end(), width.saturating_sub(1)).into_owned();
            let (bar, style) = if self.picked == Some(index) {
                (cx.theme.bar(), cx.theme.selected(true))
            } else {
                (" ", cx.theme.dim())
            };
            lines.push(Line::from(vec![Span::raw(bar), Span::styled(words, style)]));
        }
        if !is_new_story {
            lines.extend(self.purpose.preview(self.typed.text(), cx, width));
        }
        lines
    }
}
