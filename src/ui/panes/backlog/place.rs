//! Placing: a ghost row shows where the stories would go; a position or a key can be typed instead.

use super::moves::move_to;
use super::{BacklogPane, Mode};
use crate::keymap::Action;
use crate::model::{Place, StoryId};
use crate::ui::effect::Effect;
use crate::ui::pane::Cx;
use crate::ui::typing::edit_for;
use crate::ui::widgets::text_area::TextArea;

/// Stories that look for a place.
#[derive(Debug)]
pub(super) struct Placing {
    /// The stories.
    pub(super) stories: Vec<StoryId>,
    /// The rows without them.
    pub(super) rest: Vec<StoryId>,
    /// Before which of these rows the ghost stands.
    pub(super) at: usize,
    /// What is typed instead.
    pub(super) typed: TextArea,
}

impl Placing {
    pub(super) fn is_typing(&self) -> bool {
        !self.typed.is_empty()
    }

    pub(super) fn insert(&mut self, text: &str) {
        self.typed.insert(text);
    }
}

impl BacklogPane {
    pub(super) fn begin_placing(&mut self, cx: &Cx) -> Vec<Effect> {
        if let Some(refusal) = self.refuses_move(Action::Place) {
            return vec![Effect::refusal(refusal)];
        }
        let stories = self.targets().to_vec();
        let rest = self.rows_without(&stories, cx);
        let first = stories
            .iter()
            .filter_map(|id| self.index_of(*id, cx))
            .min()
            .unwrap_or(self.at);
        self.mode = Mode::Place(Box::new(Placing {
            at: first.min(rest.len()),
            stories,
            rest,
            typed: TextArea::single_line(""),
        }));
        Vec::new()
    }

    pub(super) fn placing_action(&mut self, action: Action, cx: &Cx) -> Option<Vec<Effect>> {
        let page = self.view.height().saturating_sub(1).max(1);
        let filtered = self.filter.found().is_some();
        let Mode::Place(placing) = &mut self.mode else {
            return None;
        };
        match action {
            Action::Up => placing.at = placing.at.saturating_sub(1),
            Action::Down => placing.at = (placing.at + 1).min(placing.rest.len()),
            Action::PageUp => placing.at = placing.at.saturating_sub(page),
            Action::PageDown => placing.at = (placing.at + page).min(placing.rest.len()),
            Action::First => placing.at = 0,
            Action::Last => placing.at = placing.rest.len(),
            Action::Close => self.mode = Mode::Browse,
            Action::Confirm | Action::Enter => {
                let place = if placing.is_typing() {
                    match typed_place(placing.typed.text(), cx) {
                        Ok(place) => place,
                        Err(refusal) => return Some(vec![Effect::refusal(refusal)]),
                    }
                } else {
                    ghost_place(placing, filtered)
                };
                let stories = std::mem::take(&mut placing.stories);
                self.mode = Mode::Browse;
                return Some(vec![move_to(stories, place, cx)]);
            }
            action => {
                let edit = edit_for(action)?;
                placing.typed.edit(edit);
            }
        }
        Some(Vec::new())
    }

    /// Follows a backlog that has changed meanwhile.
    pub(super) fn reconcile_placing(&mut self, cx: &Cx) {
        let Mode::Place(placing) = &self.mode else {
            return;
        };
        let stories: Vec<StoryId> = placing
            .stories
            .iter()
            .copied()
            .filter(|id| cx.backlog.position(*id).is_some())
            .collect();
        let rest = self.rows_without(&stories, cx);
        if stories.is_empty() {
            self.mode = Mode::Browse;
        } else if let Mode::Place(placing) = &mut self.mode {
            placing.at = placing.at.min(rest.len());
            placing.stories = stories;
            placing.rest = rest;
        }
    }

    fn rows_without(&self, stories: &[StoryId], cx: &Cx) -> Vec<StoryId> {
        let stories: std::collections::HashSet<&StoryId> = stories.iter().collect();
        let is_open = |id| {
            let story = cx.backlog.story(id);
            story.is_some_and(|story| !story.status.is_closed())
        };
        (0..self.len(cx))
            .filter_map(|index| self.id_at(index, cx))
            .filter(|id| !stories.contains(id) && is_open(*id))
            .collect()
    }
}

fn ghost_place(placing: &Placing, filtered: bool) -> Place {
    let above = placing
        .at
        .checked_sub(1)
        .and_then(|index| placing.rest.get(index));
    match (above, placing.rest.get(placing.at)) {
        (Some(above), _) => Place::Below(*above),
        (None, Some(below)) if filtered => Place::Above(*below),
        (None, _) => Place::Top,
    }
}

/// Reads a position (`12`), a key (`WEB-9`, the place above it) or `above WEB-9`, `below WEB-9`.
fn typed_place(text: &str, cx: &Cx) -> Result<Place, String> {
    let text = text.trim();
    if let Ok(position) = text.parse::<usize>() {
        return Ok(Place::At(position.max(1)));
    }
    let lower = text.to_lowercase();
    let (below, key) = match lower.split_once(char::is_whitespace) {
        Some(("above" | "a" | "before", key)) => (false, key.trim()),
        Some(("below" | "b" | "after", key)) => (true, key.trim()),
        _ => (false, lower.as_str()),
    };
    let story = cx.backlog.find(key).map_err(|_| {
        format!(
            "`{text}` is no place. Type a position such as 12, a key, or above or below with a key."
        )
    })?;
    Ok(if below {
        Place::Below(story.id)
    } else {
        Place::Above(story.id)
    })
}
