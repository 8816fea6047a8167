//! What is done while nobody does anything: in portions so small that a key never waits for them.

use std::time::Duration;

use super::{App, Stage};
use crate::ui::effect::Focus;
use crate::ui::panes::editor::EditorPane;

/// How much the linter does in one go: about as long as a frame takes.
const PORTION: usize = 40_000;

impl App {
    /// How long to wait for an input before [`Input::Idle`](crate::ui::Input::Idle) is due; without end where nothing is left to be done.
    pub fn patience(&self) -> Option<Duration> {
        let Stage::Open(world) = &self.stage else {
            return None;
        };
        if world.visit.is_news() || !world.linter.is_done(&world.backlog) {
            return Some(Duration::ZERO);
        }
        let timer = match self.focus {
            Focus::Refine => self.rooms.refine.pause(self.now),
            _ => None,
        };
        let pauses = [self.rooms.editor.pause(self.now), timer];
        pauses.into_iter().flatten().min()
    }

    pub(super) fn on_idle(&mut self) {
        if self.compare_with_last_visit() {
            return;
        }
        if let Stage::Open(world) = &self.stage {
            world.linter.follow(&world.backlog, PORTION);
        }
        self.in_editor(EditorPane::listen);
    }
}
