//! The queue: the delivered stories in the order of the backlog, or in another one for as long as the program runs.
//!
//! The selection is a story's id; its row is only remembered so that the neighbour takes over when the story leaves.

use std::sync::Arc;

use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};
use ratatui::text::{Line, Span};
use ratatui::widgets::Widget;

use super::order::Order;
use super::{judges, refuses_without_story, without_story};
use crate::keymap::{Action, Scope, chain};
use crate::model::{Status, Story, StoryId};
use crate::ui::effect::{Effect, Focus, Pointer, Screen};
use crate::ui::pane::{Cx, Pane};
use crate::ui::panes::acts::{self, letter};
use crate::ui::text;
use crate::ui::widgets::pane_frame::{draw_nothing, pane_frame, within_margins};
use crate::ui::widgets::viewport::Viewport;

/// The stories that wait for a review.
#[derive(Debug, Default)]
pub struct QueuePane {
    selected: Option<StoryId>,
    at: usize,
    order: Order,
    /// The stories in that order; `None` where it is the backlog's own.
    sorted: Option<Arc<[StoryId]>>,
    view: Viewport,
    list: Rect,
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

    /// The stories in an order of the queue's own, if it has one.
    pub const fn sorted(&self) -> Option<&Arc<[StoryId]>> {
        self.sorted.as_ref()
    }

    /// How many stories wait.
    fn len(&self, cx: &Cx) -> usize {
        match &self.sorted {
            Some(sorted) => sorted.len(),
            None => cx.backlog.delivered().len(),
        }
    }

    /// The story in a row.
    fn story_at(&self, row: usize, cx: &Cx) -> Option<StoryId> {
        match &self.sorted {
            Some(sorted) => sorted.get(row).copied(),
            None => cx.backlog.delivered().nth(row),
        }
    }

    /// The next order, with the same story selected.
    fn reorder(&mut self, cx: &Cx) -> Vec<Effect> {
        self.order = self.order.next();
        self.reconcile(cx);
        vec![Effect::news(self.order.news())]
    }

    /// The row of the selected story.
    fn row(&self, cx: &Cx) -> Option<usize> {
        let id = self.selected?;
        // Most often the story is still where it was.
        if self.story_at(self.at, cx) == Some(id) {
            return Some(self.at);
        }
        let is_delivered = cx
            .backlog
            .story(id)
            .is_some_and(|story| story.status == Status::Delivered);
        if !is_delivered {
            return None;
        }
        match &self.sorted {
            Some(sorted) => sorted.iter().position(|other| *other == id),
            None => cx.backlog.delivered().position(|other| other == id),
        }
    }

    fn go(&mut self, row: usize, cx: &Cx) {
        self.at = row.min(self.len(cx).saturating_sub(1));
        self.selected = self.story_at(self.at, cx);
    }

    fn walk(&mut self, action: Action, cx: &Cx) -> bool {
        let at = self.row(cx).unwrap_or(self.at);
        let page = self.view.height().saturating_sub(1).max(1);
        let to = match action {
            Action::Up => at.saturating_sub(1),
            Action::Down => at + 1,
            Action::PageUp => at.saturating_sub(page),
            Action::PageDown => at + page,
            Action::First => 0,
            Action::Last => usize::MAX,
            _ => return false,
        };
        self.go(to, cx);
        true
    }

    fn draw_frame(&mut self, area: Rect, buf: &mut Buffer, cx: &Cx, focused: bool) {
        let theme = cx.theme;
        let (waiting, order) = (self.len(cx), self.order.title());
        let title = format!(" Review {} {waiting} waiting{order} ", theme.dash());
        let mut block = pane_frame(title, focused, theme);
        let selected = self.selected.and_then(|id| cx.backlog.story(id));
        if let Some(story) = selected.filter(|story| comes_again(story)) {
            let said = format!(
                " {}: round {} ",
                cx.backlog.key(story),
                story.round_number()
            );
            block = block.title_bottom(Line::styled(said, theme.bad()));
        }
        let inside = block.inner(area);
        block.render(area, buf);
        self.list = within_margins(inside);
    }
}

impl Pane for QueuePane {
    fn chain(&self) -> &'static [Scope] {
        chain::REVIEW
    }

    fn on_action(&mut self, action: Action, cx: &Cx) -> Option<Vec<Effect>> {
        if self.walk(action, cx) {
            return Some(Vec::new());
        }
        match action {
            Action::Letter | Action::LetterFile => {
                return Some(letter::act_in_review(action, self.selected, cx));
            }
            Action::QueueOrder => return Some(self.reorder(cx)),
            Action::Out => return Some(vec![Effect::Show(Screen::Backlog)]),
            Action::NextStory | Action::PreviousStory => return None,
            _ => {}
        }
        let Some(id) = self.selected else {
            return without_story(action, cx);
        };
        match action {
            Action::Open => Some(vec![Effect::Focus(Focus::Sheet)]),
            // What is judged must be in sight, so the sheet takes the keys first.
            action if judges(action) => {
                Some(vec![Effect::Focus(Focus::Sheet), Effect::Run(action)])
            }
            action => acts::act(action, &[id], cx),
        }
    }

    fn on_pointer(&mut self, pointer: Pointer, cx: &Cx) -> Vec<Effect> {
        match pointer {
            Pointer::Wheel { rows, .. } => {
                let at = self.row(cx).unwrap_or(self.at);
                self.go(at.saturating_add_signed(rows.try_into().unwrap_or(0)), cx);
            }
            Pointer::Press { row, .. } => {
                let row = row
                    .checked_sub(self.list.y)
                    .filter(|offset| *offset < self.list.height)
                    .map(|offset| self.view.top() + usize::from(offset))
                    .filter(|row| *row < self.len(cx));
                if let Some(row) = row {
                    self.go(row, cx);
                }
            }
            Pointer::Drag { .. } | Pointer::Release { .. } => {}
        }
        Vec::new()
    }

    fn reconcile(&mut self, cx: &Cx) {
        self.sorted = self.order.sorted(cx.backlog);
        match self.row(cx) {
            Some(row) => self.at = row,
            None => self.go(self.at, cx),
        }
    }

    fn render(&mut self, area: Rect, buf: &mut Buffer, cx: &Cx, focused: bool) -> Option<Position> {
        self.draw_frame(area, buf, cx, focused);
        let list = self.list;
        let waiting = self.len(cx);
        if waiting == 0 {
            draw_empty(list, buf, cx);
            return None;
        }
        let selected = self.row(cx);
        self.at = selected.unwrap_or(self.at);
        let top = self.view.show(self.at, waiting, list.height);
        let height = usize::from(list.height);
        let shown: Vec<StoryId> = match &self.sorted {
            Some(sorted) => sorted.iter().skip(top).take(height).copied().collect(),
            None => cx.backlog.delivered().skip(top).take(height).collect(),
        };
        for ((row, id), area) in (top..).zip(shown).zip(list.rows()) {
            if let Some(story) = cx.backlog.story(id) {
                draw_row(story, selected == Some(row), focused, area, buf, cx);
            }
        }
        None
    }

    fn refuses(&self, action: Action, cx: &Cx) -> Option<String> {
        if letter::is_about(action) {
            return letter::refuses_in_review(self.selected, cx);
        }
        match self.selected {
            Some(id) => acts::refuses(action, &[id], cx),
            None => refuses_without_story(action, cx),
        }
    }
}

/// Whether a story comes back for the third time or more often.
fn comes_again(story: &Story) -> bool {
    story.rejections() > 1
}

fn draw_empty(area: Rect, buf: &mut Buffer, cx: &Cx) {
    let said = "No story is delivered.\n\n> takes a started story there.";
    draw_nothing(said, area, buf, cx.theme);
}

fn draw_row(story: &Story, selected: bool, focused: bool, area: Rect, buf: &mut Buffer, cx: &Cx) {
    let theme = cx.theme;
    let again = match story.rejections() {
        0 => String::new(),
        1 => format!(" {}1", theme.again()),
        rounds => format!(" {}{rounds}!", theme.again()),
    };
    let again_style = if comes_again(story) {
        theme.bad()
    } else {
        theme.warn()
    };
    let key = text::fit(&cx.backlog.key(story), cx.backlog.longest_key());
    let room =
        usize::from(area.width).saturating_sub(2 + text::width(&key) + 2 + text::width(&again));
    Line::from(vec![
        Span::styled(if selected { theme.bar() } else { " " }, theme.accent()),
        Span::styled(format!(" {key}  "), theme.accent()),
        Span::raw(text::fit(&story.title, room)),
        Span::styled(again, again_style),
    ])
    .render(area, buf);
    if selected {
        buf.set_style(area, theme.selected(focused));
    }
}
