//! The backlog: the list of stories in their one order, with search, marks, moves, placing and estimating.
//!
//! The selection is a story's id; its index is only remembered so that a neighbour can take over when the story leaves
//! the list.

mod compare;
mod estimate;
mod filter;
mod folding;
pub(crate) mod forecast;
mod groups;
mod lines;
mod marks;
mod moves;
mod place;
mod render;
mod row;
mod scores;
mod scoring;
pub(crate) mod views;

use std::sync::Arc;

use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};

use self::estimate::Estimating;
use self::filter::Filter;
use self::groups::{Groups, Row};
use self::lines::{Divider, Dividers};
use self::marks::Marks;
use self::place::Placing;
use self::scores::Scores;
use self::scoring::Scoring;
use super::{acts, refine};
use crate::keymap::{Action, Scope, chain};
use crate::model::{Comparison, Forecast, Place, StoryId, WhatIf};
use crate::ui::effect::{Effect, Focus, Pointer};
use crate::ui::overlays::{Prompt, Purpose};
use crate::ui::pane::{Cx, Pane};
use crate::ui::search::Prepared;
use crate::ui::widgets::viewport::Viewport;

/// The pane of the backlog.
#[derive(Debug, Default)]
pub struct BacklogPane {
    selected: Option<StoryId>,
    at: usize,
    filter: Filter,
    groups: Groups,
    dividers: Dividers,
    marks: Marks,
    mode: Mode,
    scores: Scores,
    view: Viewport,
    list: Rect,
    dragged: Option<StoryId>,
    /// The comparison that was begun and not ended.
    unfinished: Option<Arc<Comparison>>,
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
    /// Score one story after the other.
    Score(Scoring),
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

    /// Takes in what was prepared for searches meanwhile.
    pub fn take_index(&mut self, index: Prepared) {
        self.filter.take_index(index);
    }

    /// Filters the list by a query.
    pub fn set_query(&mut self, query: &str, cx: &Cx) {
        self.filter.set(query, cx);
        self.settle(cx);
    }

    /// Selects a story; a filter that hides it is cleared, a group that hides it unfolded.
    pub fn select(&mut self, id: StoryId, cx: &Cx) {
        if self.groups.unfold(id) {
            self.settle(cx);
        }
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
        self.reconcile_scoring();
    }

    /// The stories that an act is about: the marked ones in order, else the selected one.
    pub fn targets(&self) -> &[StoryId] {
        match self.marks.in_order() {
            [] => self.selected.as_slice(),
            marked => marked,
        }
    }

    /// Whether the rows are the whole backlog in its order.
    fn is_whole(&self) -> bool {
        self.filter.found().is_none() && self.groups.rows().is_none()
    }

    /// How many rows the list has.
    fn len(&self, cx: &Cx) -> usize {
        match (self.groups.rows(), self.filter.found()) {
            (Some(rows), _) => rows.len(),
            (None, Some(found)) => found.len(),
            (None, None) => cx.backlog.open_count(),
        }
    }

    /// The story in a row; `None` for a folded group.
    fn id_at(&self, index: usize, cx: &Cx) -> Option<StoryId> {
        match (self.groups.rows(), self.filter.found()) {
            (Some(rows), _) => match rows.get(index)? {
                Row::Story(id) => Some(*id),
                Row::Folded(_) => None,
            },
            (None, Some(found)) => found.get(index).copied(),
            (None, None) => cx.backlog.open_at(index),
        }
    }

    /// The first story below a row.
    fn id_below(&self, index: usize, cx: &Cx) -> Option<StoryId> {
        (index + 1..self.len(cx)).find_map(|index| self.id_at(index, cx))
    }

    /// The row of a story.
    fn index_of(&self, id: StoryId, cx: &Cx) -> Option<usize> {
        if let Some(rows) = self.groups.rows() {
            let is_it = |row: &Row| *row == Row::Story(id);
            return match rows.get(self.at) {
                Some(row) if is_it(row) => Some(self.at),
                _ => rows.iter().position(is_it),
            };
        }
        match self.filter.found() {
            // Most often the story is still where it was.
            Some(found) if found.get(self.at) == Some(&id) => Some(self.at),
            Some(found) => found.iter().position(|other| *other == id),
            None => cx.backlog.position(id).map(|position| position - 1),
        }
    }

    /// Finds the lines between the rows anew, after the rows have changed.
    fn divide(&mut self, cx: &Cx) {
        let headings = self.groups.headings(cx);
        let cuts = self.cut_dividers(cx);
        let closed = self.closed_divider(cx);
        let all = headings.into_iter().chain(cuts).chain(closed);
        self.dividers = Dividers::new(all.collect());
    }

    /// The line above the closed stories, where a search shows them below open ones.
    fn closed_divider(&self, cx: &Cx) -> Option<Divider> {
        let is_in_order = !self.filter.is_by_relevance() && self.groups.rows().is_none();
        let found = self.filter.found().filter(|_| is_in_order)?;
        let is_open = |id: &StoryId| cx.backlog.position(*id).is_some();
        let open = found.partition_point(is_open);
        (open > 0 && open < found.len()).then(|| {
            let text = match found.len() - open {
                1 => "1 closed story".to_owned(),
                many => format!("{many} closed stories"),
            };
            Divider::line(open, text)
        })
    }

    /// Keeps the selection on its story, or on the neighbour that took its row.
    fn settle(&mut self, cx: &Cx) {
        self.arrange(cx);
        self.divide(cx);
        let story = self.selected.and_then(|id| self.index_of(id, cx));
        let row = story.or_else(|| self.groups.cursor()).unwrap_or(self.at);
        self.go(row, cx);
    }

    fn go(&mut self, index: usize, cx: &Cx) {
        self.at = index.min(self.len(cx).saturating_sub(1));
        self.selected = self.id_at(self.at, cx);
        self.groups.stand(self.at);
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
        if matches!(self.mode, Mode::Estimate(_) | Mode::Score(_)) {
            self.go_to_story(to, cx);
        } else {
            self.go(to, cx);
        }
        true
    }

    /// Goes to a row with a story, over folded groups; stays where there is none that way.
    fn go_to_story(&mut self, to: usize, cx: &Cx) {
        let to = to.min(self.len(cx).saturating_sub(1));
        let is_story = |row: &usize| self.id_at(*row, cx).is_some();
        let row = if to < self.at {
            (0..=to).rfind(is_story)
        } else {
            (to..self.len(cx)).find(is_story)
        };
        if let Some(row) = row {
            self.go(row, cx);
        }
    }

    fn capture(&self, above: bool, cx: &Cx) -> Vec<Effect> {
        let folded = self.groups.folded_at(self.at);
        let last = folded.and_then(|group| group.stories.last().copied());
        let beside = self
            .selected
            .or(last)
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

    /// One step out: first the view or the search, then what is supposed, then the marks, then the groups.
    fn out(&mut self, cx: &Cx) -> Vec<Effect> {
        let supposes = |forecast: &Forecast| !forecast.what_if.is_nothing();
        if self.view_in_force(cx).is_some() {
            self.look("", None, cx);
        } else if !self.filter.text().is_empty() {
            self.set_query("", cx);
        } else if cx.forecast.is_some_and(supposes) {
            return vec![Effect::Suppose(WhatIf::default())];
        } else if !self.marks.is_empty() {
            self.marks.clear();
        } else if self.groups.by().is_some() {
            self.look("", None, cx);
        }
        Vec::new()
    }

    fn browse(&mut self, action: Action, cx: &Cx) -> Option<Vec<Effect>> {
        if self.walk(action, cx) {
            return Some(Vec::new());
        }
        if let Some(refusal) = self.refuses_folding(action) {
            return Some(vec![Effect::refusal(refusal)]);
        }
        match action {
            Action::Fold | Action::FoldAll => return Some(self.fold(action, cx)),
            Action::Open if self.groups.is_stood_on() => return Some(self.fold(Action::Fold, cx)),
            Action::Open => return Some(vec![Effect::Focus(Focus::Story)]),
            Action::Refine => return Some(self.refine(cx)),
            Action::Views => return Some(vec![self.views_menu(cx)]),
            Action::GroupBy => return Some(vec![self.groups_menu()]),
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
            Action::Mark => self.mark(cx),
            Action::MarkRange => self.mark_range(cx),
            Action::MarkAll => {
                let all: Vec<StoryId> = (0..self.len(cx))
                    .filter_map(|index| self.id_at(index, cx))
                    .collect();
                self.marks.extend(all, cx);
            }
            Action::ClearMarks => self.marks.clear(),
            Action::WhatIf => return Some(vec![self.what_if(cx)]),
            Action::Place => return Some(self.begin_placing(cx)),
            Action::Estimate => return Some(self.begin_estimating(cx)),
            action => {
                return self
                    .moved(action, cx)
                    .or_else(|| self.compared(action, cx))
                    .or_else(|| self.about_scores(action, cx))
                    .or_else(|| acts::act(action, self.targets(), cx));
            }
        }
        Some(Vec::new())
    }

    fn refine(&self, cx: &Cx) -> Vec<Effect> {
        match refine::queue(
            self.marks.in_order(),
            self.filter.found(),
            self.selected,
            cx,
        ) {
            Ok(stories) => vec![Effect::Refine(stories)],
            Err(refusal) => vec![Effect::refusal(refusal)],
        }
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
        self.arrange(cx);
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
            Mode::Score(_) => chain::SCORE,
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
            Mode::Score(_) => self.scoring_action(action, cx),
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
            Mode::Score(_) => self.scoring_text(text, cx),
        }
    }

    fn on_pointer(&mut self, pointer: Pointer, cx: &Cx) -> Vec<Effect> {
        if matches!(self.mode, Mode::Place(_)) {
            return self.placing_pointer(pointer, cx);
        }
        // Other stories are scored anew; what was entered for this one stays its own.
        let effects = self.commit_score(cx);
        match pointer {
            Pointer::Wheel { rows, .. } => {
                self.go(
                    self.at.saturating_add_signed(rows.try_into().unwrap_or(0)),
                    cx,
                );
            }
            Pointer::Press { row, .. } => self.press(row, cx),
            Pointer::Drag { .. } if matches!(self.mode, Mode::Browse) => {
                return self.begin_dragging(pointer, cx);
            }
            Pointer::Drag { .. } => {}
            Pointer::Release { .. } => self.dragged = None,
        }
        self.reconcile_scoring();
        effects
    }

    fn reconcile(&mut self, cx: &Cx) {
        self.filter.refresh(cx);
        self.marks.reconcile(cx);
        self.settle(cx);
        self.reconcile_placing(cx);
        self.end_moot_scoring(cx);
        self.reconcile_scoring();
    }

    fn render(&mut self, area: Rect, buf: &mut Buffer, cx: &Cx, focused: bool) -> Option<Position> {
        self.draw(area, buf, cx, focused)
    }

    fn refuses(&self, action: Action, cx: &Cx) -> Option<String> {
        self.refuses_folding(action)
            .or_else(|| self.refuses_move(action))
            .or_else(|| self.refuses_comparing(action, cx))
            .or_else(|| self.refuses_scores(action, cx))
            .or_else(|| acts::refuses(action, self.targets(), cx))
    }
}
