//! What a pane is: a room of the screen that reads the model and asks for changes.

use jiff::tz::TimeZone;
use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};

use crate::keymap::{Action, Scope};
use crate::model::{Backlog, StoryId, Timestamp};

use super::effect::{Effect, Pointer};
use super::theme::Theme;

/// What panes and overlays may read.
#[derive(Clone, Copy, Debug)]
pub struct Cx<'a> {
    /// All stories and the settings.
    pub backlog: &'a Backlog,
    /// The present moment.
    pub now: Timestamp,
    /// Where the user is, for dates.
    pub zone: &'a TimeZone,
    /// How to draw.
    pub theme: Theme,
    /// The story selected in the backlog.
    pub selected: Option<StoryId>,
}

impl Cx<'_> {
    /// A day as people say it: `20 Nov`, with the year when it is not this year.
    pub fn day(&self, at: Timestamp) -> String {
        let then = at.to_zoned_datetime(self.zone.clone());
        let now = self.now.to_zoned_datetime(self.zone.clone());
        let form = if then.year() == now.year() {
            "%-d %b"
        } else {
            "%-d %b %Y"
        };
        then.strftime(form).to_string()
    }
}

/// A room of the screen.
pub trait Pane {
    /// The scopes that are asked what a key means while this pane has the keys.
    fn chain(&self) -> &'static [Scope];

    /// Does what an action asks for; `None` when it is not this pane's.
    fn on_action(&mut self, action: Action, cx: &Cx) -> Option<Vec<Effect>>;

    /// Takes a typed character.
    fn on_text(&mut self, _text: char, _cx: &Cx) -> Vec<Effect> {
        Vec::new()
    }

    /// Takes pasted text.
    fn on_paste(&mut self, _text: &str, _cx: &Cx) -> Vec<Effect> {
        Vec::new()
    }

    /// Takes the mouse; the pane knows where it was drawn last.
    fn on_pointer(&mut self, _pointer: Pointer, _cx: &Cx) -> Vec<Effect> {
        Vec::new()
    }

    /// Keeps selections and views sound after the model has changed.
    fn reconcile(&mut self, cx: &Cx);

    /// Draws the pane; may remember where things were drawn, nothing else. Answers where the cursor belongs.
    fn render(&mut self, area: Rect, buf: &mut Buffer, cx: &Cx, focused: bool) -> Option<Position>;

    /// Why an action of this pane cannot be done now, as a sentence for help and palette.
    fn refuses(&self, _action: Action, _cx: &Cx) -> Option<String> {
        None
    }
}
