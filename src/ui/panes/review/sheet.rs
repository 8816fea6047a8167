//! The sheet: one delivered story, criterion by criterion, down to the decision.
//!
//! The cursor stands on a criterion by its id. As long as it was not moved it stands where the review goes on, which
//! follows from the verdicts there are; so nothing has to be remembered about reviews left half done.

mod render;
mod rows;
mod verdicts;
mod written;

use std::sync::Arc;

use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};

use self::render::View;
use self::rows::{Rows, Spot};
use super::{judges, refuses_without_story, without_story};
use crate::keymap::{Action, Scope, chain};
use crate::model::{Story, StoryId};
use crate::ui::effect::{Effect, Focus, Pointer};
use crate::ui::pane::{Cx, Pane};
use crate::ui::panes::acts::{self, letter};

/// The story that is reviewed.
#[derive(Debug, Default)]
pub struct SheetPane {
    shown: Option<StoryId>,
    /// Where the cursor was moved to; `None` is where the review goes on.
    cursor: Option<Cursor>,
    /// The story as it was when the backlog changed last.
    seen: Option<Arc<Story>>,
    /// Whether the next change of a verdict is this pane's own, with the cursor placed already.
    judges_itself: bool,
    /// The queue's stories, where it has an order of its own.
    queue: Option<Arc<[StoryId]>>,
    view: View,
}

/// A row that the cursor was moved to, and its place then.
#[derive(Debug)]
struct Cursor {
    spot: Spot,
    row: usize,
}

impl SheetPane {
    /// Shows a story, from where its review goes on.
    pub fn show(&mut self, story: Option<StoryId>) {
        if self.shown != story {
            self.shown = story;
            self.cursor = None;
            self.view.start();
        }
    }

    /// Follows the order of the queue.
    pub fn follow(&mut self, queue: Option<&Arc<[StoryId]>>) {
        let is_same = match (&self.queue, queue) {
            (Some(old), Some(new)) => Arc::ptr_eq(old, new),
            (None, None) => true,
            _ => false,
        };
        if !is_same {
            self.queue = queue.cloned();
            self.view.forget();
        }
    }

    fn story<'a>(&self, cx: &Cx<'a>) -> Option<&'a Arc<Story>> {
        self.shown.and_then(|id| cx.backlog.story(id))
    }

    /// The row the cursor stands in.
    fn row(&self, rows: &Rows) -> usize {
        match &self.cursor {
            None => rows.opening(),
            Some(cursor) => rows
                .row(&cursor.spot, cursor.row)
                .unwrap_or_else(|| cursor.row.min(rows.decision())),
        }
    }

    fn go(&mut self, rows: &Rows, row: usize) {
        let row = row.min(rows.decision());
        let spot = rows.spot(row);
        self.cursor = Some(Cursor { spot, row });
        self.view.follow();
    }

    fn walk(&mut self, action: Action, rows: &Rows, row: usize) -> bool {
        let to = match action {
            Action::Up if self.view.scrolls_up() => return true,
            Action::Down if self.view.scrolls_down() => return true,
            Action::Up => row.saturating_sub(1),
            Action::Down => row + 1,
            Action::PageUp => self.view.page_up(row),
            Action::PageDown => self.view.page_down(row),
            Action::First => 0,
            Action::Last => usize::MAX,
            _ => return false,
        };
        self.go(rows, to);
        true
    }
}

impl Pane for SheetPane {
    fn chain(&self) -> &'static [Scope] {
        chain::REVIEW
    }

    fn on_action(&mut self, action: Action, cx: &Cx) -> Option<Vec<Effect>> {
        match action {
            Action::Letter | Action::LetterFile => {
                return Some(letter::act_in_review(action, self.shown, cx));
            }
            Action::Out => return Some(vec![Effect::Focus(Focus::Queue)]),
            Action::NextStory | Action::PreviousStory => return None,
            _ => {}
        }
        let Some(story) = self.story(cx) else {
            return without_story(action, cx);
        };
        let rows = Rows::of(story, cx.backlog);
        let row = self.row(&rows);
        if self.walk(action, &rows, row) {
            return Some(Vec::new());
        }
        self.review(action, &rows, row, cx)
            .or_else(|| acts::act(action, &[story.id], cx))
    }

    fn on_pointer(&mut self, pointer: Pointer, cx: &Cx) -> Vec<Effect> {
        let Some(story) = self.story(cx) else {
            return Vec::new();
        };
        let rows = Rows::of(story, cx.backlog);
        match pointer {
            Pointer::Wheel { rows: by, .. } => {
                let by = isize::try_from(by).unwrap_or(0);
                self.go(&rows, self.row(&rows).saturating_add_signed(by));
            }
            Pointer::Press { row, .. } => {
                if let Some(row) = self.view.row_at(row) {
                    self.go(&rows, row);
                }
            }
            Pointer::Drag { .. } | Pointer::Release { .. } => {}
        }
        Vec::new()
    }

    /// Keeps the cursor on its row or the neighbour, and goes to a verdict that changed by undo or from outside.
    fn reconcile(&mut self, cx: &Cx) {
        let story = self.story(cx).cloned();
        let own = std::mem::take(&mut self.judges_itself);
        if let Some(new) = &story {
            let rows = Rows::of(new, cx.backlog);
            let old = self.seen.take().filter(|old| old.id == new.id && !own);
            let changed = old.and_then(|old| rows.changed_since(&Rows::of(&old, cx.backlog)));
            if let Some(row) = changed {
                self.go(&rows, row);
            } else if self.cursor.is_some() {
                let row = self.row(&rows);
                let spot = rows.spot(row);
                self.cursor = Some(Cursor { spot, row });
            }
        }
        self.seen = story;
    }

    fn render(&mut self, area: Rect, buf: &mut Buffer, cx: &Cx, focused: bool) -> Option<Position> {
        self.draw(area, buf, cx, focused);
        None
    }

    fn refuses(&self, action: Action, cx: &Cx) -> Option<String> {
        if letter::is_about(action) {
            return letter::refuses_in_review(self.shown, cx);
        }
        let Some(story) = self.story(cx) else {
            return refuses_without_story(action, cx);
        };
        let rows = Rows::of(story, cx.backlog);
        verdicts::refusal(action, &rows, self.row(&rows), cx)
            .or_else(|| acts::refuses(action, &[story.id], cx))
    }
}
