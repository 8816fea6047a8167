//! The review.

use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};

use crate::keymap::{Action, Scope, chain};
use crate::model::StoryId;
use crate::ui::effect::{Effect, Focus};
use crate::ui::pane::{Cx, Pane};

/// The stories that wait for a review.
#[derive(Debug, Default)]
pub struct QueuePane {
    selected: Option<StoryId>,
}

/// The story that is reviewed.
#[derive(Debug, Default)]
pub struct SheetPane {
    shown: Option<StoryId>,
}

impl QueuePane {
    /// The selected story.
    pub const fn selected(&self) -> Option<StoryId> {
        self.selected
    }

    /// Selects a story.
    pub fn select(&mut self, story: StoryId) {
        self.selected = Some(story);
    }
}

impl SheetPane {
    /// Shows a story.
    pub fn show(&mut self, story: Option<StoryId>) {
        self.shown = story;
    }
}

impl Pane for QueuePane {
    fn chain(&self) -> &'static [Scope] {
        chain::REVIEW
    }

    fn on_action(&mut self, action: Action, _cx: &Cx) -> Option<Vec<Effect>> {
        (action == Action::Out).then(|| vec![Effect::Focus(Focus::List)])
    }

    fn reconcile(&mut self, cx: &Cx) {
        self.selected = self.selected.or_else(|| cx.backlog.delivered().next());
    }

    fn render(
        &mut self,
        _area: Rect,
        _buf: &mut Buffer,
        _cx: &Cx,
        _focused: bool,
    ) -> Option<Position> {
        None
    }
}

impl Pane for SheetPane {
    fn chain(&self) -> &'static [Scope] {
        chain::REVIEW
    }

    fn on_action(&mut self, action: Action, _cx: &Cx) -> Option<Vec<Effect>> {
        (action == Action::Out).then(|| vec![Effect::Focus(Focus::Queue)])
    }

    fn reconcile(&mut self, _cx: &Cx) {}

    fn render(
        &mut self,
        _area: Rect,
        _buf: &mut Buffer,
        _cx: &Cx,
        _focused: bool,
    ) -> Option<Position> {
        None
    }
}
