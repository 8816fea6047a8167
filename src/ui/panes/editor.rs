//! The story editor.

use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};

use crate::keymap::{Action, Scope, chain};
use crate::model::StoryId;
use crate::ui::effect::{Effect, Focus};
use crate::ui::pane::{Cx, Pane};

/// The pane in which a story is written.
#[derive(Debug, Default)]
pub struct EditorPane {
    story: Option<StoryId>,
}

impl EditorPane {
    /// Opens a story for editing.
    pub fn open(&mut self, story: StoryId, _cx: &Cx) {
        self.story = Some(story);
    }

    /// The story that is being edited.
    pub const fn story(&self) -> Option<StoryId> {
        self.story
    }

    /// Ends editing; what was typed has been committed before.
    pub fn close(&mut self) {
        self.story = None;
    }

    /// Takes the text of the focused field back from the user's own editor.
    pub fn edited_outside(&mut self, _text: &str) {}
}

impl Pane for EditorPane {
    fn chain(&self) -> &'static [Scope] {
        chain::EDITOR
    }

    fn on_action(&mut self, action: Action, _cx: &Cx) -> Option<Vec<Effect>> {
        (action == Action::SaveLeave).then(|| vec![Effect::Focus(Focus::List)])
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
