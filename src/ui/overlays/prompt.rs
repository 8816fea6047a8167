//! A box with one thing to fill in: a new story, a reason, a note, labels, a name.
//!
//! What the answer means is in `answer`; a refused answer stays in the box, with the reason below it.

mod answer;
mod purpose;

use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};
use ratatui::text::{Line, Span};
use ratatui::widgets::Widget;

use super::frame;
use crate::keymap::{Action, Scope, chain};
use crate::ui::effect::{Effect, Request};
use crate::ui::pane::Cx;
use crate::ui::text;
use crate::ui::typing::edit_for;
use crate::ui::widgets::text_area::{Edit, TextArea};

pub(crate) use answer::{decided, many, moved_on, steps};
pub use purpose::{Part, Purpose};

/// How many suggestions are shown.
const SUGGESTIONS: usize = 6;

/// A box with one thing to fill in.
#[derive(Clone, Debug)]
pub struct Prompt {
    purpose: Purpose,
    title: String,
    /// What stood there at first.
    given: String,
    typed: TextArea,
    suggestions: Vec<String>,
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
            suggestions: Vec::new(),
            picked: None,
            refusal: None,
        }
    }

    /// The same with words to complete from, the likeliest first.
    #[must_use]
    pub fn suggesting(mut self, suggestions: Vec<String>) -> Self {
        self.suggestions = suggestions;
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
        let is_same = self.purpose == cancelled.purpose && self.given == cancelled.given;
        if is_same {
            self.typed
                .replace(0..self.typed.text().len(), cancelled.typed());
            // Selected, so that typing or pasting begins anew and the arrows go on with it.
            self.typed.edit(Edit::SelectAll);
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
        if self.picked.is_some() {
            chain::PROMPT_COMPLETION
        } else {
            chain::PROMPT
        }
    }

    pub(super) fn on_action(&mut self, action: Action, cx: &Cx) -> Vec<Effect> {
        match action {
            Action::Confirm | Action::Enter => return self.answer(cx),
            Action::TakeSuggestion => self.take(),
            Action::Close if self.picked.is_some() => self.picked = None,
            Action::Close => return vec![Effect::Cancel],
            Action::Down | Action::Up if self.walks_suggestions(action) => self.pick(action),
            action => {
                if let Some(edit) = edit_for(action) {
                    self.typed.edit(edit);
                    self.picked = None;
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

    pub(super) fn on_text(&mut self, text: &str) -> Vec<Effect> {
        self.typed.insert(text);
        self.picked = None;
        self.refusal = None;
        Vec::new()
    }

    fn answer(&mut self, cx: &Cx) -> Vec<Effect> {
        match answer::answer(&self.purpose, self.typed.text(), cx) {
            Ok(effects) => std::iter::once(Effect::Close).chain(effects).collect(),
            Err(refusal) => {
                self.refusal = Some(refusal);
                Vec::new()
            }
        }
    }

    /// Whether up and down walk along suggestions rather than along the text's lines.
    fn walks_suggestions(&self, action: Action) -> bool {
        let at_edge = if action == Action::Down {
            self.typed.at_last_row()
        } else {
            self.picked.is_some()
        };
        at_edge && !self.offered().is_empty()
    }

    fn pick(&mut self, action: Action) {
        let last = self.offered().len().saturating_sub(1);
        self.picked = match (self.picked, action) {
            (None, _) => Some(0),
            (Some(0), Action::Up) => None,
            (Some(at), Action::Up) => Some(at - 1),
            (Some(at), _) => Some((at + 1).min(last)),
        };
    }

    fn take(&mut self) {
        let Some(words) = self
            .picked
            .and_then(|at| self.offered().get(at).map(|s| (*s).clone()))
        else {
            return;
        };
        let (start, end) = self.current_word();
        let gap = if self.purpose.takes_lists() { ", " } else { "" };
        self.typed.replace(start..end, &format!("{words}{gap}"));
        self.picked = None;
    }

    /// The part of the text that suggestions complete: all of it, or the word between two commas.
    fn current_word(&self) -> (usize, usize) {
        let text = self.typed.text();
        if !self.purpose.takes_lists() {
            return (0, text.len());
        }
        let at = self.typed.cursor();
        let before = text.get(..at).unwrap_or(text);
        let start = before.rfind(',').map_or(0, |comma| comma + 1);
        let blanks = before
            .get(start..)
            .map_or(0, |word| word.len() - word.trim_start().len());
        (start + blanks, at)
    }

    fn offered(&self) -> Vec<&String> {
        let (start, end) = self.current_word();
        let word = self
            .typed
            .text()
            .get(start..end)
            .unwrap_or_default()
            .trim()
            .to_lowercase();
        let taken: Vec<&str> = self.typed.text().split(',').map(str::trim).collect();
        self.suggestions
            .iter()
            .filter(|words| {
                words.to_lowercase().contains(&word) && !taken.contains(&words.as_str())
            })
            .take(SUGGESTIONS)
            .collect()
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
        for (index, words) in self.offered().into_iter().enumerate() {
            let words = text::truncate(words, width.saturating_sub(2)).into_owned();
            let bar = if self.picked == Some(index) {
                cx.theme.bar()
            } else {
                " "
            };
            let style = if self.picked == Some(index) {
                cx.theme.selected(true)
            } else {
                cx.theme.dim()
            };
            lines.push(Line::from(vec![
                Span::raw(bar),
                Span::styled(format!(" {words}"), style),
            ]));
        }
        lines.extend(self.purpose.preview(self.typed.text(), cx, width));
        lines
    }
}
