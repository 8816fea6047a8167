//! Placing: a ghost row shows where the stories would go. It is moved by keys or by the mouse, and goes where a typed
//! position or key says.

use std::collections::HashSet;

use super::moves::move_to;
use super::{BacklogPane, Mode};
use crate::keymap::{Action, Key, Resolved, Scope, chain, resolve};
use crate::model::{Place, Refusal, StoryId};
use crate::ui::effect::{Effect, Pointer};
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
    /// Whether every letter is typed, because a key of this product may begin with one that would move the ghost.
    types_letters: bool,
}

impl Placing {
    pub(super) fn chain(&self) -> &'static [Scope] {
        if self.types_letters || self.is_typing() {
            chain::PLACE_TYPING
        } else {
            chain::PLACE
        }
    }

    fn is_typing(&self) -> bool {
        !self.typed.text().trim().is_empty()
    }

    pub(super) fn insert(&mut self, text: &str, cx: &Cx) {
        self.typed.insert(text);
        self.follow_typed(cx);
    }

    fn go(&mut self, at: usize) {
        self.at = at.min(self.rest.len());
    }

    /// Moves the ghost by hand: what was typed counts no longer.
    fn walk_to(&mut self, at: usize) {
        self.typed.set_text("");
        self.go(at);
    }

    /// Lets the ghost go where the typed words say, as soon as they say something.
    fn follow_typed(&mut self, cx: &Cx) {
        let beside = |id: &StoryId| self.rest.iter().position(|other| other == id);
        // Among the rows that a search left, positions are not rows.
        let shows_all = self.rest.len() + self.stories.len() == cx.backlog.open_count();
        let at = match self.typed_place(cx) {
            Ok(Place::At(position)) => shows_all.then_some(position.saturating_sub(1)),
            Ok(Place::Above(id)) => beside(&id),
            Ok(Place::Below(id)) => beside(&id).map(|index| index + 1),
            Ok(Place::Top | Place::Bottom) | Err(_) => None,
        };
        if let Some(at) = at {
            self.go(at);
        }
    }

    /// Where the stories are to go: as typed, or else where the ghost stands.
    fn place(&self, is_filtered: bool, cx: &Cx) -> Result<Place, String> {
        if self.is_typing() {
            return self.typed_place(cx);
        }
        let above = self.at.checked_sub(1).and_then(|at| self.rest.get(at));
        Ok(match (above, self.rest.get(self.at)) {
            (Some(above), _) => Place::Below(*above),
            (None, Some(below)) if is_filtered => Place::Above(*below),
            (None, _) => Place::Top,
        })
    }

    /// Reads a position (`12`), a key (`WEB-9`, the place above it) or `above WEB-9`, `below WEB-9`.
    fn typed_place(&self, cx: &Cx) -> Result<Place, String> {
        let text = self.typed.text().trim();
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
        let key = cx.backlog.key(story);
        if self.stories.contains(&story.id) {
            return Err(Refusal::BesideItself(key).to_string());
        }
        if story.status.is_closed() {
            let status = story.status;
            return Err(Refusal::NotInBacklog { key, status }.to_string());
        }
        Ok(if below {
            Place::Below(story.id)
        } else {
            Place::Above(story.id)
        })
    }
}

impl BacklogPane {
    pub(super) fn begin_placing(&mut self, cx: &Cx) -> Vec<Effect> {
        if let Some(refusal) = self.refuses_move(Action::Place) {
            return vec![Effect::refusal(refusal)];
        }
        let stories = self.targets().to_vec();
        self.place_stories(stories, cx);
        Vec::new()
    }

    fn place_stories(&mut self, stories: Vec<StoryId>, cx: &Cx) {
        // Where the stories go to is a place in the one order, so groups are left out of sight meanwhile.
        let rows = self.ungrouped(cx);
        let first = rows.iter().position(|id| stories.contains(id));
        let mut placing = Placing {
            at: 0,
            rest: self.rows_without(&stories, cx),
            stories,
            typed: TextArea::single_line(""),
            types_letters: has_moving_letter(cx.backlog.product().key.as_str()),
        };
        placing.go(first.unwrap_or(self.at));
        self.mode = Mode::Place(Box::new(placing));
    }

    pub(super) fn placing_action(&mut self, action: Action, cx: &Cx) -> Option<Vec<Effect>> {
        let page = self.view.height().saturating_sub(1).max(1);
        let is_filtered = self.filter.found().is_some() && !self.filter.is_by_relevance();
        let Mode::Place(placing) = &mut self.mode else {
            return None;
        };
        match action {
            Action::Up => placing.walk_to(placing.at.saturating_sub(1)),
            Action::Down => placing.walk_to(placing.at + 1),
            Action::PageUp => placing.walk_to(placing.at.saturating_sub(page)),
            Action::PageDown => placing.walk_to(placing.at + page),
            Action::First => placing.walk_to(0),
            Action::Last => placing.walk_to(usize::MAX),
            Action::Close => {
                self.dragged = None;
                self.mode = Mode::Browse;
            }
            Action::Confirm | Action::Enter => {
                return Some(match placing.place(is_filtered, cx) {
                    Ok(place) => {
                        let stories = std::mem::take(&mut placing.stories);
                        self.mode = Mode::Browse;
                        vec![move_to(stories, place, cx)]
                    }
                    Err(refusal) => vec![Effect::refusal(refusal)],
                });
            }
            action => {
                let edit = edit_for(action)?;
                placing.typed.edit(edit);
                placing.follow_typed(cx);
            }
        }
        Some(Vec::new())
    }

    /// Moves the ghost by the mouse; letting go of dragged stories places them.
    pub(super) fn placing_pointer(&mut self, pointer: Pointer, cx: &Cx) -> Vec<Effect> {
        let top = self.view.top();
        let list = self.list;
        let Mode::Place(placing) = &mut self.mode else {
            return Vec::new();
        };
        match pointer {
            Pointer::Wheel { rows, .. } => {
                let at = placing
                    .at
                    .saturating_add_signed(rows.try_into().unwrap_or(0));
                placing.go(at);
            }
            Pointer::Press { row, .. } | Pointer::Drag { row, .. } => {
                if (list.top()..list.bottom()).contains(&row) {
                    placing.walk_to(top + usize::from(row - list.y));
                }
            }
            Pointer::Release { .. } => {
                if self.dragged.take().is_some() {
                    return self.placing_action(Action::Confirm, cx).unwrap_or_default();
                }
            }
        }
        Vec::new()
    }

    /// Begins to drag the story that was pressed, with the marked ones if it is one of them.
    pub(super) fn begin_dragging(&mut self, pointer: Pointer, cx: &Cx) -> Vec<Effect> {
        let Pointer::Drag { row, .. } = pointer else {
            return Vec::new();
        };
        let Some(id) = self.dragged.filter(|id| {
            self.row_at(row, cx)
                .is_some_and(|row| self.id_at(row, cx) != Some(*id))
        }) else {
            return Vec::new();
        };
        let is_grouped = self.groups.rows().is_some();
        let grouped = is_grouped.then(|| {
            "The list is grouped, and a drag changes the one order. Press F n for that first."
                .to_owned()
        });
        if let Some(refusal) = grouped.or_else(|| self.refuses_move(Action::Place)) {
            self.dragged = None;
            return vec![Effect::refusal(refusal)];
        }
        let stories = if self.marks.contains(id) {
            self.marks.in_order().to_vec()
        } else {
            vec![id]
        };
        self.place_stories(stories, cx);
        self.placing_pointer(pointer, cx)
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
        let stories: HashSet<&StoryId> = stories.iter().collect();
        let mut rows = self.ungrouped(cx);
        rows.retain(|id| !stories.contains(id));
        rows
    }

    /// The open stories that are looked at, in their order; all of them where the best match stands first, as a place
    /// among those is none.
    fn ungrouped(&self, cx: &Cx) -> Vec<StoryId> {
        match self
            .filter
            .found()
            .filter(|_| !self.filter.is_by_relevance())
        {
            Some(found) => {
                let open = found.iter().copied().filter(|id| is_open(*id, cx));
                open.collect()
            }
            // Without a search all rows are open stories.
            None => cx.backlog.open().collect(),
        }
    }
}

fn is_open(id: StoryId, cx: &Cx) -> bool {
    let story = cx.backlog.story(id);
    story.is_some_and(|story| !story.status.is_closed())
}

/// Whether a key with this prefix begins, in either case, with a letter that moves the ghost.
fn has_moving_letter(prefix: &str) -> bool {
    let first = prefix.chars().next().into_iter();
    first
        .flat_map(|letter| letter.to_lowercase().chain([letter]))
        .filter_map(|letter| letter.to_string().parse::<Key>().ok())
        .any(|key| matches!(resolve(chain::PLACE, key), Resolved::Action(_)))
}
