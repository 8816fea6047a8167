//! Discovery: a tree of outcomes, the problems that stand in their way and the stories that solve those, and beside it
//! the selected one in full.
//!
//! The cursor stands on an outcome, a problem or a story by its id. The rows are found anew only for another state of
//! the backlog or another day, and only while the screen is in sight.

mod change;
mod draw;
mod moves;
mod page;
mod part;
mod search;
mod sheet;
mod tree;

use std::collections::HashSet;

use jiff::civil::Date;
use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};

use self::page::Part;
use self::search::TreeSearch;
use self::sheet::Sheet;
pub use self::tree::Spot;
use self::tree::Tree;
use super::acts;
use crate::keymap::{Action, Scope, chain};
use crate::model::StoryId;
use crate::ui::effect::{Effect, Focus, Pointer, Screen};
use crate::ui::pane::{Cx, Pane};
use crate::ui::widgets::viewport::Viewport;

pub(crate) use change::{link_problem, plan_check, solve, unlink_story};
pub(crate) use moves::serve;

/// From this width on the tree and what is selected in it stand side by side.
const WIDE: u16 = 100;

/// The tree and what stands beside it.
#[derive(Debug)]
pub struct DiscoveryPane {
    tree: Tree,
    /// The row the cursor stands in.
    at: usize,
    folded: HashSet<Spot>,
    search: TreeSearch,
    /// Whether the keys go to what stands beside the tree.
    reads: bool,
    sheet: Sheet,
    view: Viewport,
    /// Where rows of the tree were drawn last, and what stands beside it.
    list: Rect,
    beside: Rect,
}

impl Default for DiscoveryPane {
    fn default() -> Self {
        Self {
            tree: Tree::default(),
            at: 0,
            // Stories without a problem may be very many.
            folded: HashSet::from([Spot::NoProblem]),
            search: TreeSearch::default(),
            reads: false,
            sheet: Sheet::default(),
            view: Viewport::default(),
            list: Rect::ZERO,
            beside: Rect::ZERO,
        }
    }
}

/// The present day where the user is.
pub(crate) fn today(cx: &Cx) -> Date {
    cx.zone.to_datetime(cx.now).date()
}

impl DiscoveryPane {
    /// What the cursor stands on.
    pub fn spot(&self) -> Option<Spot> {
        self.tree.rows.get(self.at).map(|row| row.spot)
    }

    /// What is acted upon: beside the tree the part under the cursor, where that stands in the tree, too.
    fn aimed(&self) -> Option<Spot> {
        match self.sheet.part().filter(|_| self.reads) {
            Some(Part::Spot(spot)) => Some(*spot),
            _ => self.spot(),
        }
    }

    /// Lets the cursor stand on something, and unfolds what it is a part of.
    pub fn select(&mut self, spot: Spot, cx: &Cx) {
        self.refresh(cx);
        let is_hidden = |found: &search::Found| !found.shows(spot);
        if self.search.found.as_ref().is_some_and(is_hidden) {
            self.look_for("", cx);
        }
        for above in above(spot, cx) {
            self.unfold(above);
        }
        self.write(cx);
        self.go(self.tree.place(spot).unwrap_or(self.at));
    }

    fn go(&mut self, at: usize) {
        self.at = at.min(self.tree.rows.len().saturating_sub(1));
        if let Some(spot) = self.spot() {
            self.sheet.show(spot);
        }
    }

    fn walk(&mut self, action: Action) -> bool {
        let page = self.view.height().saturating_sub(1).max(1);
        let to = match action {
            Action::Up | Action::PreviousStory => self.at.saturating_sub(1),
            Action::Down | Action::NextStory => self.at + 1,
            Action::PageUp => self.at.saturating_sub(page),
            Action::PageDown => self.at + page,
            Action::First => 0,
            Action::Last => usize::MAX,
            _ => return false,
        };
        self.go(to);
        true
    }

    /// Finds the rows anew where the backlog has changed; the cursor stays on the same thing, or where that was.
    fn refresh(&mut self, cx: &Cx) {
        if self.tree.is_of(cx.backlog, today(cx)) {
            return;
        }
        self.search.refresh(cx);
        self.rewrite(cx);
    }

    /// Writes the rows anew; the cursor stays on the same thing, or where that was.
    fn rewrite(&mut self, cx: &Cx) {
        let before = self.spot();
        self.write(cx);
        let place = before.and_then(|spot| self.tree.place(spot));
        self.go(place.unwrap_or(self.at));
    }

    fn write(&mut self, cx: &Cx) {
        let found = self.search.found.as_ref();
        let folded = if found.is_some() {
            &self.search.folded
        } else {
            &self.folded
        };
        self.tree = Tree::of(cx.backlog, today(cx), folded, found);
    }

    fn is_folded(&self, spot: Spot) -> bool {
        if self.search.found.is_some() {
            self.search.folded.contains(&spot)
        } else {
            self.folded.contains(&spot)
        }
    }

    /// The folded branches, where something is searched those of what was found.
    fn folds(&mut self) -> &mut HashSet<Spot> {
        if self.search.found.is_some() {
            &mut self.search.folded
        } else {
            &mut self.folded
        }
    }

    fn unfold(&mut self, branch: Spot) {
        self.folds().remove(&branch);
    }

    /// Folds the branch around the cursor, or unfolds the one it stands on.
    fn fold(&mut self, cx: &Cx) {
        let Some(row) = self.tree.rows.get(self.at) else {
            return;
        };
        let spot = if row.is_branch {
            row.spot
        } else {
            let parent = self.tree.parent(self.at);
            let Some(above) = parent.and_then(|at| self.tree.rows.get(at)) else {
                return;
            };
            above.spot
        };
        if !self.folds().remove(&spot) {
            self.folds().insert(spot);
        }
        self.write(cx);
        self.go(self.tree.place(spot).unwrap_or(self.at));
    }

    fn fold_all(&mut self, cx: &Cx) {
        let outermost = self.tree.rows.iter().filter(|row| row.depth == 0);
        let branches: Vec<Spot> = outermost
            .filter(|row| row.is_branch)
            .map(|row| row.spot)
            .collect();
        let before = self.root().unwrap_or(self.at);
        let before = self.tree.rows.get(before).map(|row| row.spot);
        if branches.iter().all(|spot| self.is_folded(*spot)) {
            self.folds().retain(|spot| *spot == Spot::NoProblem);
        } else {
            self.folds().extend(branches);
        }
        self.write(cx);
        let place = before.and_then(|spot| self.tree.place(spot));
        self.go(place.unwrap_or(0));
    }

    /// The outermost row that the cursor's is a part of.
    fn root(&self) -> Option<usize> {
        let up = |at: &usize| self.tree.parent(*at);
        std::iter::successors(Some(self.at), up).last()
    }

    fn fold_out(&mut self, cx: &Cx) {
        let row = self.tree.rows.get(self.at);
        if row.is_some_and(|row| row.is_branch && !self.is_folded(row.spot)) {
            self.fold(cx);
        } else if let Some(parent) = self.tree.parent(self.at) {
            self.go(parent);
        }
    }

    fn fold_in(&mut self, cx: &Cx) -> Vec<Effect> {
        let Some(row) = self.tree.rows.get(self.at) else {
            return Vec::new();
        };
        if self.reads || !row.is_branch {
            return self.open(cx);
        }
        if self.is_folded(row.spot) {
            self.fold(cx);
        } else {
            self.go(self.at + 1);
        }
        Vec::new()
    }

    /// Opens a story in the backlog; everything else is read in full.
    fn open(&mut self, cx: &Cx) -> Vec<Effect> {
        match self.aimed() {
            Some(Spot::Story(story)) => Self::go_to(story, None),
            Some(spot) if self.spot() != Some(spot) => {
                self.select(spot, cx);
                Vec::new()
            }
            Some(_) => {
                self.reads = true;
                Vec::new()
            }
            None => Vec::new(),
        }
    }

    /// Goes to a story in the backlog, and does something with it there.
    fn go_to(story: StoryId, action: Option<Action>) -> Vec<Effect> {
        [Effect::Select(story), Effect::Focus(Focus::List)]
            .into_iter()
            .chain(action.map(Effect::Run))
            .collect()
    }

    fn out(&mut self, cx: &Cx) -> Vec<Effect> {
        if self.reads {
            self.reads = false;
            return Vec::new();
        }
        if !self.search.search.text().is_empty() {
            self.look_for("", cx);
            return Vec::new();
        }
        vec![Effect::Show(Screen::Backlog)]
    }
}

/// What a spot is a part of.
fn above(spot: Spot, cx: &Cx) -> Vec<Spot> {
    let outcome_of = |problem| {
        let outcome = cx.backlog.problem(problem).and_then(|known| known.outcome);
        outcome.map_or(Spot::NoOutcome, Spot::Outcome)
    };
    match spot {
        Spot::Outcome(_) | Spot::NoOutcome | Spot::NoProblem => Vec::new(),
        Spot::Problem(problem) => vec![outcome_of(problem)],
        Spot::Story(story) => match cx.backlog.story(story).and_then(|story| story.problem) {
            Some(problem) => vec![outcome_of(problem), Spot::Problem(problem)],
            None => vec![Spot::NoProblem],
        },
    }
}

impl DiscoveryPane {
    /// Why there is nothing to show in a box. The footer asks after every key, so what the tree has counted counts.
    fn has_nothing(&self, action: Action, cx: &Cx) -> Option<String> {
        let is_counted = self.tree.is_of(cx.backlog, today(cx));
        let (is_empty, why) = match action {
            Action::Learn if is_counted => (self.tree.due == 0, change::NOTHING_DUE),
            Action::Learn => {
                let due = cx.backlog.learn_queue(today(cx));
                (due.is_empty(), change::NOTHING_DUE)
            }
            _ if is_counted => (self.tree.loose == 0, change::NOTHING_LOOSE),
            _ => {
                let loose = cx.backlog.orphans(today(cx));
                (loose.is_empty(), change::NOTHING_LOOSE)
            }
        };
        is_empty.then(|| why.to_owned())
    }
}

impl Pane for DiscoveryPane {
    fn chain(&self) -> &'static [Scope] {
        if self.search.is_typing() {
            return chain::PROMPT;
        }
        // A page is walked along like a list.
        if self.reads && self.sheet.is_story() {
            chain::DISCOVERED
        } else {
            chain::DISCOVERY
        }
    }

    fn on_action(&mut self, action: Action, cx: &Cx) -> Option<Vec<Effect>> {
        self.refresh(cx);
        if self.search.is_typing() {
            return Some(self.search_action(action, cx));
        }
        if self.reads {
            self.sheet.follow(cx);
            if self.sheet.walk(action, cx) {
                return Some(Vec::new());
            }
            if let Some(effects) = self
                .sheet
                .part()
                .and_then(|part| part::act(action, part, cx))
            {
                return Some(effects);
            }
        }
        if self.walk(action) {
            return Some(Vec::new());
        }
        match action {
            Action::Search => self.begin_search(),
            Action::Fold => self.fold(cx),
            Action::FoldAll => self.fold_all(cx),
            Action::FoldOut if self.reads => self.reads = false,
            Action::FoldOut => self.fold_out(cx),
            Action::FoldIn => return Some(self.fold_in(cx)),
            Action::Open => return Some(self.open(cx)),
            Action::NextPane | Action::PreviousPane => self.reads = !self.reads,
            Action::Out => return Some(self.out(cx)),
            action if change::is_mine(action) => {
                return Some(match self.refuses(action, cx) {
                    Some(refusal) => vec![Effect::refusal(refusal)],
                    None => self.change(action, cx),
                });
            }
            // What else is done to a story is done where the story is.
            action if acts::is_act(action) => match self.aimed() {
                Some(Spot::Story(story)) => return Some(Self::go_to(story, Some(action))),
                _ => return None,
            },
            _ => return None,
        }
        Some(Vec::new())
    }

    fn on_text(&mut self, text: char, cx: &Cx) -> Vec<Effect> {
        self.on_paste(text.encode_utf8(&mut [0; 4]), cx)
    }

    fn on_paste(&mut self, text: &str, cx: &Cx) -> Vec<Effect> {
        self.search_text(text, cx);
        Vec::new()
    }

    fn on_pointer(&mut self, pointer: Pointer, cx: &Cx) -> Vec<Effect> {
        self.refresh(cx);
        match pointer {
            Pointer::Wheel { column, row, rows } => {
                let rows = isize::try_from(rows).unwrap_or(0);
                if self.beside.contains((column, row).into()) {
                    self.sheet.wheel(pointer, rows, cx);
                } else {
                    self.go(self.at.saturating_add_signed(rows));
                }
            }
            Pointer::Press { column, row } if self.list.contains((column, row).into()) => {
                self.reads = false;
                let at = self.view.top() + usize::from(row - self.list.y);
                if at < self.tree.rows.len() {
                    self.go(at);
                }
            }
            Pointer::Press { column, row } if self.beside.contains((column, row).into()) => {
                self.reads = true;
                self.search.end_typing();
                self.sheet.press(row);
            }
            Pointer::Press { .. } | Pointer::Drag { .. } | Pointer::Release { .. } => {}
        }
        Vec::new()
    }

    // The rows follow when they are looked at: acts on other screens should not wait for them.
    fn reconcile(&mut self, _cx: &Cx) {}

    fn render(&mut self, area: Rect, buf: &mut Buffer, cx: &Cx, focused: bool) -> Option<Position> {
        self.refresh(cx);
        self.draw(area, buf, cx, focused)
    }

    fn refuses(&self, action: Action, cx: &Cx) -> Option<String> {
        let part = self.sheet.part().filter(|_| self.reads);
        if part.is_some_and(|part| part::takes(action, part)) {
            return None;
        }
        match action {
            Action::LooseEnds | Action::Learn => self.has_nothing(action, cx),
            action => change::refusal(action, self.aimed(), cx),
        }
    }
}
