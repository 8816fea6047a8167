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
            None => vec![Effect::refusal(end_reached(&targets, action, cx))],
        })
    }

    /// Why stories cannot be moved now.
    pub(super) fn refuses_move(&self, action: Action) -> Option<String> {
        if !is_move(action) && action != Action::Place {
            return None;
        }
        if self.selected.is_none() {
            return Some("There is no story to move. Write one with n.".to_owned());
        }
        let relative = !matches!(action, Action::MoveTop | Action::MoveBottom);
        if relative && self.filter.is_by_relevance() {
            return Some(
                "The list is sorted by how well it matches, so there is no up and down. Clear the search first (Esc), or use t, b."
                    .to_owned(),
            );
        }
        None
    }

    /// The place some rows above the first of the stories an act is about; `None` at the top.
    fn place_up(&self, rows: usize, cx: &Cx) -> Option<Place> {
        let first = if let Some(found) = self.filter.found() {
            found.iter().position(|id| self.is_target(*id))?
        } else {
            let mut targets = self.targets().iter();
            targets.find_map(|id| self.index_of(*id, cx))?
        };
        let above = first.checked_sub(1)?.saturating_sub(rows.saturating_sub(1));
        self.id_at(above, cx).map(Place::Above)
    }

    /// The place some rows below the last of the stories an act is about; `None` at the bottom.
    fn place_down(&self, rows: usize, cx: &Cx) -> Option<Place> {
        let last = if let Some(found) = self.filter.found() {
            found.iter().rposition(|id| self.is_target(*id))?
        } else {
            let mut upwards = self.targets().iter().rev();
            upwards.find_map(|id| self.index_of(*id, cx))?
        };
        let below = (last + rows).min(self.len(cx).saturating_sub(1));
        (below > last)
            .then(|| self.id_at(below, cx).map(Place::Below))
            .flatten()
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

const fn is_move(action: Action) -> bool {
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

fn end_reached(targets: &[StoryId], action: Action, cx: &Cx) -> String {
    let end = if matches!(action, Action::MoveUp | Action::MovePageUp) {
        "top"
    } else {
        "bottom"
    };
    match targets {
        [only] => format!(
            "{} is at the {end} of the list already.",
            cx.backlog.key_or_id(*only)
        ),
        _ => format!("The marked stories are at the {end} of the list already."),
    }
}
