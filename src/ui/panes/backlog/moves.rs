//! Moves of the selected or marked stories: a step, a page, to the ends. They go by the rows in sight.

use super::BacklogPane;
use crate::keymap::Action;
use crate::model::{Change, Place, StoryId};
use crate::ui::effect::Effect;
use crate::ui::overlays::prompt::many;
use crate::ui::pane::Cx;

impl BacklogPane {
    /// Does what a moving action asks for; `None` when it is no move.
    pub(super) fn moved(&mut self, action: Action, cx: &Cx) -> Option<Vec<Effect>> {
        if !is_move(action) {
            return None;
        }
        if let Some(refusal) = self.refuses_move(action) {
            return Some(vec![Effect::refusal(refusal)]);
        }
        let targets = self.targets().to_vec();
        let page = self.view.height().saturating_sub(1).max(1);
        let place = match action {
            Action::MoveTop => Some(Place::Top),
            Action::MoveBottom => Some(Place::Bottom),
            Action::MoveUp => self.place_up(1, cx),
            Action::MoveDown => self.place_down(1, cx),
            Action::MovePageUp => self.place_up(page, cx),
            _ => self.place_down(page, cx),
        };
        Some(match place {
            Some(place) => vec![move_to(targets, place, cx)],
            None => vec![Effect::refusal(self.end_reached(&targets, action, cx))],
        })
    }

    /// Why stories cannot be moved now.
    pub(super) fn refuses_move(&self, action: Action) -> Option<String> {
        if !is_move(action) && action != Action::Place {
            return None;
        }
        if self.targets().is_empty() {
            return Some("There is no story to move. Write one with n.".to_owned());
        }
        let relative = !matches!(action, Action::MoveTop | Action::MoveBottom | Action::Place);
        if relative && self.filter.is_by_relevance() {
            return Some(
                "The list is sorted by how well it matches, so there is no up and down. Clear the search first (Esc), or use t, b or m."
                    .to_owned(),
            );
        }
        None
    }

    /// The place some rows above the first of the stories an act is about; `None` at the top of the list, or of the
    /// group: a move changes a place, not an epic.
    fn place_up(&self, rows: usize, cx: &Cx) -> Option<Place> {
        let first = if self.is_whole() {
            let mut targets = self.targets().iter();
            targets.find_map(|id| self.index_of(*id, cx))?
        } else {
            (0..self.len(cx)).find(|row| self.has_target(*row, cx))?
        };
        let above = first.checked_sub(1)?.saturating_sub(rows.saturating_sub(1));
        let top = self.rows_around(first, cx).start;
        (first > top)
            .then(|| self.id_at(above.max(top), cx).map(Place::Above))
            .flatten()
    }

    /// The place some rows below the last of the stories an act is about; `None` at the bottom of the list, or of the
    /// group.
    fn place_down(&self, rows: usize, cx: &Cx) -> Option<Place> {
        let last = if self.is_whole() {
            let mut upwards = self.targets().iter().rev();
            upwards.find_map(|id| self.index_of(*id, cx))?
        } else {
            (0..self.len(cx)).rfind(|row| self.has_target(*row, cx))?
        };
        let below = (last + rows).min(self.rows_around(last, cx).end.saturating_sub(1));
        (below > last)
            .then(|| self.id_at(below, cx).map(Place::Below))
            .flatten()
    }

    fn end_reached(&self, targets: &[StoryId], action: Action, cx: &Cx) -> String {
        let end = if matches!(action, Action::MoveUp | Action::MovePageUp) {
            "top"
        } else {
            "bottom"
        };
        let whole = match self.groups.rows() {
            Some(_) => "its group",
            None => "the list",
        };
        match targets {
            [only] => format!(
                "{} is at the {end} of {whole} already.",
                cx.backlog.key_or_id(*only)
            ),
            _ => format!("The marked stories are at the {end} of {whole} already."),
        }
    }

    /// The rows among which a story is moved: those of its group, else all.
    fn rows_around(&self, row: usize, cx: &Cx) -> std::ops::Range<usize> {
        match self.groups.rows() {
            Some(_) => self.groups.range_around(row),
            None => 0..self.len(cx),
        }
    }

    /// Whether an act would be about the story in this row.
    fn has_target(&self, row: usize, cx: &Cx) -> bool {
        self.id_at(row, cx).is_some_and(|id| self.is_target(id))
    }

    /// Whether an act would be about this story; see [`Self::targets`].
    fn is_target(&self, id: StoryId) -> bool {
        if self.marks.is_empty() {
            self.selected == Some(id)
        } else {
            self.marks.contains(id)
        }
    }
}

/// The effect that moves stories.
pub(super) fn move_to(stories: Vec<StoryId>, to: Place, cx: &Cx) -> Effect {
    Effect::act(
        many("move", &stories, cx),
        vec![Change::Move { stories, to }],
    )
}

pub(super) const fn is_move(action: Action) -> bool {
    matches!(
        action,
        Action::MoveUp
            | Action::MoveDown
            | Action::MovePageUp
            | Action::MovePageDown
            | Action::MoveTop
            | Action::MoveBottom
    )
}
