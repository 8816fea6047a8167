//! The story beside the list: read here, changed in the editor.

mod document;
mod findings;
mod ready;
mod thread;

use std::sync::Arc;

use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};
use ratatui::text::Line;
use ratatui::widgets::Widget;

use super::{acts, forecast, refine};
use crate::keymap::{Action, Scope, chain};
use crate::model::{Story, StoryId};
use crate::ui::effect::{Effect, Focus, Pointer};
use crate::ui::pane::{Cx, Pane};
use crate::ui::text;
use crate::ui::widgets::pane_frame::{pane_frame, within_margins};

/// The pane of one story.
#[derive(Debug, Default)]
pub struct StoryPane {
    shown: Option<StoryId>,
    top: usize,
    height: usize,
    page: Option<Written>,
}

/// A page as it was written last; written again only when the story, the width or the day changes.
#[derive(Debug)]
struct Written {
    story: Arc<Story>,
    width: u16,
    generation: u64,
    /// How much the linter knew.
    stamp: u64,
    expected: Option<String>,
    lines: Vec<Line<'static>>,
}

impl StoryPane {
    /// Shows another story, from its top.
    pub fn show(&mut self, story: Option<StoryId>) {
        if self.shown != story {
            self.shown = story;
            self.top = 0;
        }
    }

    fn last_top(&self) -> usize {
        self.page
            .as_ref()
            .map_or(0, |page| page.lines.len())
            .saturating_sub(self.height)
    }

    fn scroll(&mut self, action: Action) -> bool {
        let page = self.height.saturating_sub(1).max(1);
        self.top = match action {
            Action::Up => self.top.saturating_sub(1),
            Action::Down => self.top + 1,
            Action::PageUp => self.top.saturating_sub(page),
            Action::PageDown => self.top + page,
            Action::First => 0,
            Action::Last => usize::MAX,
            _ => return false,
        }
        .min(self.last_top());
        true
    }

    fn write(&mut self, story: &Arc<Story>, width: u16, cx: &Cx) {
        // Blockers are named on the page, so any change may be one of it.
        let generation = cx.backlog.generation();
        let expected = forecast::expected(story, cx);
        let current = self.page.as_ref().is_some_and(|page| {
            Arc::ptr_eq(&page.story, story)
                && page.width == width
                && page.generation == generation
                && page.stamp == cx.lint_stamp()
                && page.expected == expected
        });
        if !current {
            self.page = Some(Written {
                story: Arc::clone(story),
                width,
                generation,
                stamp: cx.lint_stamp(),
                lines: document::write(story, expected.as_deref(), usize::from(width), cx),
                expected,
            });
        }
    }
}

impl Pane for StoryPane {
    fn chain(&self) -> &'static [Scope] {
        chain::STORY
    }

    fn on_action(&mut self, action: Action, cx: &Cx) -> Option<Vec<Effect>> {
        if self.scroll(action) {
            return Some(Vec::new());
        }
        match action {
            Action::Out => Some(vec![Effect::Focus(Focus::List)]),
            Action::Refine => Some(match refine::queue(&[], None, self.shown, cx) {
                Ok(stories) => vec![Effect::Refine(stories)],
                Err(refusal) => vec![Effect::refusal(refusal)],
            }),
            action => acts::act(action, &self.shown.into_iter().collect::<Vec<_>>(), cx),
        }
    }

    fn on_pointer(&mut self, pointer: Pointer, _cx: &Cx) -> Vec<Effect> {
        if let Pointer::Wheel { rows, .. } = pointer {
            let rows = isize::try_from(rows).unwrap_or(0);
            self.top = self.top.saturating_add_signed(rows).min(self.last_top());
        }
        Vec::new()
    }

    fn reconcile(&mut self, _cx: &Cx) {}

    fn render(&mut self, area: Rect, buf: &mut Buffer, cx: &Cx, focused: bool) -> Option<Position> {
        let theme = cx.theme;
        let story = self.shown.and_then(|id| cx.backlog.story(id)).cloned();
        let title = story.as_ref().map_or_else(String::new, |story| {
            let title = format!(
                " {} {} {} {} {} ",
                cx.backlog.key(story),
                theme.dash(),
                story.kind,
                theme.dot(),
                story.status
            );
            text::truncate(&title, usize::from(area.width.saturating_sub(4))).into_owned()
        });
        let block = pane_frame(title, focused, theme);
        let inside = block.inner(area);
        block.render(area, buf);
        let inside = within_margins(inside);
        self.height = usize::from(inside.height);
        let story = story?;
        if inside.is_empty() {
            return None;
        }
        self.write(&story, inside.width, cx);
        self.top = self.top.min(self.last_top());
        let lines = self
            .page
            .as_ref()
            .map(|page| page.lines.as_slice())
            .unwrap_or_default();
        for (line, row) in lines.iter().skip(self.top).zip(inside.rows()) {
            line.render(row, buf);
        }
        draw_more(area, self.last_top().saturating_sub(self.top), buf, cx);
        None
    }

    fn refuses(&self, action: Action, cx: &Cx) -> Option<String> {
        acts::refuses(action, &self.shown.into_iter().collect::<Vec<_>>(), cx)
    }
}

/// Says in the bottom border how many lines are out of sight below.
pub(super) fn draw_more(area: Rect, more: usize, buf: &mut Buffer, cx: &Cx) {
    if more == 0 || area.width < 20 || area.height < 2 {
        return;
    }
    let said = format!(" {more} more ");
    let width = u16::try_from(said.len()).unwrap_or(0);
    let row = Rect {
        x: area.right().saturating_sub(width + 2),
        y: area.bottom() - 1,
        width,
        height: 1,
    };
    Line::styled(said, cx.theme.dim()).render(row, buf);
}
