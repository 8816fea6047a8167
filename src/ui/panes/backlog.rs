//! The backlog: the list of stories in their one order, with search, marks, moves, placing and estimating.
//!
//! The selection is a story's id; its index is only remembered so that a neighbour can take over when the story leaves
//! the list.

mod estimate;
mod filter;
mod lines;
mod marks;
mod moves;
mod place;
mod render;
mod row;

use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};

use self::estimate::Estimating;
use self::filter::Filter;
use self::lines::{Divider, Dividers};
use self::marks::Marks;
use self::place::Placing;
use super::acts;
use crate::keymap::{Action, Scope, chain};
use crate::model::{Place, StoryId};
use crate::ui::effect::{Effect, Focus, Pointer};
use crate::ui::overlays::{Prompt, Purpose};
use crate::ui::pane::{Cx, Pane};
use crate::ui::widgets::viewport::Viewport;

/// The pane of the backlog.
#[derive(Debug, Default)]
pub struct BacklogPane {
    selected: Option<StoryId>,
    at: usize,
    filter: Filter,
    dividers: Dividers,
    marks: Marks,
    mode: Mode,
    view: Viewport,
    list: Rect,
    dragged: Option<StoryId>,
}

/// What the keys do at the moment.
#[derive(Debug, Default)]
enum Mode {
    /// Walk and act.
    #[default]
    Browse,
    /// Type a query; holds the one that Esc brings back.
    Search(String),
    /// Choose a place for stories.
    Place(Box<Placing>),
    /// Estimate one story after the other.
    Estimate(Estimating),
}

impl BacklogPane {
    /// The selected story.
    pub const fn selected(&self) -> Option<StoryId> {
        self.selected
    }

    /// The query that filters the list; empty when none does.
    pub fn query(&self) -> &str {
        self.filter.text()
    }

    /// Filters the list by a query.
    pub fn set_query(&mut self, query: &str, cx: &Cx) {
        self.filter.set(query, cx);
        self.settle(cx);
    }

    /// Selects a story; a filter that hides it is cleared.
    pub fn select(&mut self, id: StoryId, cx: &Cx) {
        if self.index_of(id, cx).is_none() {
            let query = if cx.backlog.position(id).is_some() {
                ""
            } else {
                "status:any"
            };
            self.filter.set(query, cx);
        }
        self.selected = Some(id);
        self.settle(cx);
    }

    /// The stories that an act is about: the marked ones in order, else the selected one.
    pub fn targets(&self) -> &[StoryId] {
        match self.marks.in_order() {
            [] => self.selected.as_slice(),
            marked => marked,
        }
    }

    /// How many rows the list has.
    fn len(&self, cx: &Cx) -> usize {
        self.filter
            .found()
            .map_or_else(|| cx.backlog.open_count(), <[StoryId]>::len)
    }

    /// The story in a row.
    fn id_at(&self, index: usize, cx: &Cx) -> Option<StoryId> {
        match self.filter.found() {
            Some(found) => found.get(index).copied(),
            None => cx.backlog.open_at(index),
        }
    }

    /// The row of a story.
    fn index_of(&self, id: StoryId, cx: &Cx) -> Option<usize> {
        match self.filter.found() {
            // Most often the story is still where it was.
            Some(found) if found.get(self.at) == Some(&id) => Some(self.at),
            Some(found) => found.iter().position(|other| *other == id),
            None => cx.backlog.position(id).map(|position| position - 1),
        }
    }

    /// Finds the lines between the rows anew, after the rows have changed.
    fn divide(&mut self, cx: &Cx) {
        self.dividers = Dividers::new(self.closed_divider(cx).into_iter().collect());
    }

    /// The line above the closed stories, where a search shows them below open ones.
    fn closed_divider(&self, cx: &Cx) -> Option<Divider> {
        let found = self
            .filter
            .found()
            .filter(|_| !self.filter.is_by_relevance())?;
        let is_open = |id: &StoryId| cx.backlog.position(*id).is_some();
        let open = found.partition_point(is_open);
        (open > 0 && open < found.len()).then(|| Divider {
            before: open,
            text: match found.len() - open {
                1 => "1 closed story".to_owned(),
                many => format!("{many} closed stories"),
            },
        })
    }

    /// Keeps the selection on its story, or on the neighbour that took its row.
    fn settle(&mut self, cx: &Cx) {
        self.divide(cx);
        if let Some(index) = self.selected.and_then(|id| self.index_of(id, cx)) {
            self.at = index;
        } else {
            self.at = self.at.min(self.len(cx).saturating_sub(1));
            self.selected = self.id_at(self.at, cx);
        }
    }

    fn go(&mut self, index: usize, cx: &Cx) {
        self.at = index.min(self.len(cx).saturating_sub(1));
        self.selected = self.id_at(self.at, cx);
    }

    fn walk(&mut self, action: Action, cx: &Cx) -> bool {
        let page = self.view.height().saturating_sub(1).max(1);
        let to = match action {
            Action::Up => self.at.saturating_sub(1),
            Action::Down => self.at + 1,
            Action::PageUp => self.at.saturating_sub(page),
            Action::PageDown => self.at + page,
            Action::First => 0,
            Action::Last => usize::MAX,
            _ => return false,
        };
        self.go(to, cx);
        true
    }

    fn capture(&self, above: bool, cx: &Cx) -> Vec<Effect> {
        let beside = self
            .selected
            .filter(|id| cx.backlog.position(*id).is_some());
        let (place, title) = match beside {
            Some(id) if above => (
                Place::Above(id),
                format!("New story above {}", cx.backlog.key_or_id(id)),
            ),
            Some(id) => (
                Place::Below(id),
                format!("New story below {}", cx.backlog.key_or_id(id)),
            ),
            None => (Place::Bottom, "New story".to_owned()),
        };
        vec![Effect::open(Prompt::new(
            Purpose::Capture(place),
            title,
            "",
        ))]
    }

    /// One step out: first the search, then the marks.
    fn out(&mut self, cx: &Cx) -> Vec<Effect> {
        if !self.filter.text().is_empty() {
            self.set_query("", cx);
        } else if !self.marks.is_empty() {
            self.marks.clear();
        }
        Vec::new()
    }

    fn browse(&mut self, action: Action, cx: &Cx) -> Option<Vec<Effect>> {
        if self.walk(action, cx) {
            return Some(Vec::new());
        }
        match action {
            Action::Open => return Some(vec![Effect::Focus(Focus::Story)]),
            Action::New | Action::NewAbove => {
                return Some(self.capture(action == Action::NewAbove, cx));
            }
            Action::Out => return Some(self.out(cx)),
            Action::Search => {
                self.mode = Mode::Search(self.filter.text().to_owned());
                self.filter.begin_typing();
            }
            Action::ClearSearch => self.set_query("", cx),
            Action::ShowAny => {
                let query = if self.filter.text() == "status:any" {
                    ""
                } else {
                    "status:any"
                };
                self.set_query(query, cx);
            }
            Action::Mark => {
                if let Some(id) = self.selected {
                    self.marks.toggle(id, cx);
                    self.go(self.at + 1, cx);
                }
            }
            Action::MarkRange => self.mark_range(cx),
            Action::MarkAll => {
                let all: Vec<StoryId> = (0..self.len(cx))
                    .filter_map(|index| self.id_at(index, cx))
                    .collect();
                self.marks.extend(all, cx);
            }
            Action::ClearMarks => self.marks.clear(),
            Action::Place => return Some(self.begin_placing(cx)),
            Action::Estimate => return Some(self.begin_estimating(cx)),
            action => {
                return self
                    .moved(action, cx)
                    .or_else(|| acts::act(action, self.targets(), cx));
            }
        }
        Some(Vec::new())
    }

    fn mark_range(&mut self, cx: &Cx) {
        let from = self
            .marks
            .last()
            .and_then(|id| self.index_of(id, cx))
            .unwrap_or(self.at);
        let range = from.min(self.at)..=from.max(self.at);
        let ids: Vec<StoryId> = range.filter_map(|index| self.id_at(index, cx)).collect();
        self.marks.extend(ids, cx);
    }

    fn search(&mut self, action: Action, before: &str, cx: &Cx) -> Vec<Effect> {
        match action {
            Action::Confirm | Action::Enter => {
                self.mode = Mode::Browse;
                return self
                    .filter
                    .accept()
                    .into_iter()
                    .map(Effect::refusal)
                    .collect();
            }
            Action::Close => {
                self.mode = Mode::Browse;
                self.set_query(before, cx);
            }
            Action::Down | Action::Up | Action::PageDown | Action::PageUp => {
                self.walk(action, cx);
            }
            action => {
                if self.filter.edit(action, cx) {
                    self.first_found(cx);
                }
            }
        }
        Vec::new()
    }

    /// While a query is typed the best match is the selected one.
    fn first_found(&mut self, cx: &Cx) {
        self.divide(cx);
        self.view.to_top();
        self.go(0, cx);
    }
}

impl Pane for BacklogPane {
    fn chain(&self) -> &'static [Scope] {
        match &self.mode {
            Mode::Browse => chain::BACKLOG,
            Mode::Search(_) => chain::PROMPT,
            Mode::Place(placing) => placing.chain(),
            Mode::Estimate(_) => chain::ESTIMATE,
        }
    }

    fn on_action(&mut self, action: Action, cx: &Cx) -> Option<Vec<Effect>> {
        match &self.mode {
            Mode::Browse => self.browse(action, cx),
            Mode::Search(before) => {
                let before = before.clone();
                Some(self.search(action, &before, cx))
            }
            Mode::Place(_) => self.placing_action(action, cx),
            Mode::Estimate(_) => self.estimating_action(action, cx),
        }
    }

    fn on_text(&mut self, text: char, cx: &Cx) -> Vec<Effect> {
        self.on_paste(text.encode_utf8(&mut [0; 4]), cx)
    }

    fn on_paste(&mut self, text: &str, cx: &Cx) -> Vec<Effect> {
        match &mut self.mode {
            Mode::Browse => Vec::new(),
            Mode::Search(_) => {
                if self.filter.insert(text, cx) {
                    self.first_found(cx);
                }
                Vec::new()
            }
            Mode::Place(placing) => {
                placing.insert(text, cx);
                Vec::new()
            }
            Mode::Estimate(_) => self.estimating_text(text, cx),
        }
    }

    fn on_pointer(&mut self, pointer: Pointer, cx: &Cx) -> Vec<Effect> {
        if matches!(self.mode, Mode::Place(_)) {
            return self.placing_pointer(pointer, cx);
        }
        match pointer {
            Pointer::Wheel { rows, .. } => {
                self.go(
                    self.at.saturating_add_signed(rows.try_into().unwrap_or(0)),
                    cx,
                );
            }
            Pointer::Press { row, .. } => {
                if let Some(index) = self.row_at(row, cx) {
                    self.go(index, cx);
                    self.dragged = self.selected;
                }
            }
            Pointer::Drag { .. } if matches!(self.mode, Mode::Browse) => {
                return self.begin_dragging(pointer, cx);
            }
            Pointer::Drag { .. } => {}
            Pointer::Release { .. } => self.dragged = None,
        }
        Vec::new()
    }

    fn reconcile(&mut self, cx: &Cx) {
        self.filter.refresh(cx);
        self.marks.reconcile(cx);
        self.settle(cx);
        self.reconcile_placing(cx);
    }

    fn render(&mut self, area: Rect, buf: &mut Buffer, cx: &Cx, focused: bool) -> Option<Position> {
        self.draw(area, buf, cx, focused)
    }

    fn refuses(&self, action: Action, cx: &Cx) -> Option<String> {
        self.refuses_move(action)
            .or_else(|| acts::refuses(action, self.targets(), cx))
    }
}
