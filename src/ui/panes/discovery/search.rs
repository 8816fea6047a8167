//! The search of the tree: what is typed, and what it finds among outcomes, problems and stories.
//!
//! What is found stays in the tree together with what it is a part of. A branch that was found although nothing below
//! it was is folded, and holds all that is below it.

use std::collections::HashSet;

use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};

use super::tree::{Spot, homes, stories_of};
use super::{DiscoveryPane, today};
use crate::keymap::Action;
use crate::model::query::Query;
use crate::model::{Problem, ProductOutcome, StoryId};
use crate::ui::effect::Effect;
use crate::ui::pane::Cx;
use crate::ui::search::{Prepared, Search, border_row, draw_counted};

/// The search of the tree.
#[derive(Debug, Default)]
pub(super) struct TreeSearch {
    pub(super) search: Search,
    /// The query before it was typed anew, while it is typed.
    before: Option<String>,
    pub(super) found: Option<Found>,
    /// The branches that are folded in what was found.
    pub(super) folded: HashSet<Spot>,
    generation: u64,
}

/// What was found in the tree.
#[derive(Debug, Default)]
pub(super) struct Found {
    /// What the query finds.
    spots: HashSet<Spot>,
    /// What is shown: what was found and all that it is a part of.
    shown: HashSet<Spot>,
    /// The branches that were found although nothing below them was.
    alone: HashSet<Spot>,
    /// How many outcomes, problems and stories the whole tree has.
    all: usize,
}

impl Found {
    /// Searches outcomes, problems and stories; `stories` are those that the query finds among all.
    fn of(query: &Query, stories: &HashSet<StoryId>, cx: &Cx) -> Self {
        let backlog = cx.backlog;
        let mut found = Self::default();
        for (outcome, problems) in homes(backlog) {
            let branch = outcome.map_or(Spot::NoOutcome, Spot::Outcome);
            let is_any = problems.iter().fold(false, |is_any, problem| {
                let below = stories_of(problem.id, backlog);
                let is_below = found.add_stories(&below, stories);
                let is_it = is_in(problem, query);
                found.add(Spot::Problem(problem.id), is_it, is_below) || is_any
            });
            let outcome = outcome.and_then(|id| backlog.product().outcome(id));
            let is_it = outcome.is_some_and(|outcome| serves(outcome, query));
            found.add(branch, is_it, is_any);
        }
        let loose = backlog.orphans(today(cx)).stories;
        found.add_stories(&loose, stories);
        found.all += backlog.product().outcomes.len() + backlog.problems().len();
        found
    }

    /// Notes a branch; answers whether it is shown.
    fn add(&mut self, branch: Spot, is_it: bool, is_below: bool) -> bool {
        if is_it {
            self.spots.insert(branch);
        }
        if is_it && !is_below {
            self.alone.insert(branch);
        }
        if is_it || is_below {
            self.shown.insert(branch);
        }
        is_it || is_below
    }

    /// Notes those stories of a branch that were found; answers whether there are any.
    fn add_stories(&mut self, of: &[StoryId], found: &HashSet<StoryId>) -> bool {
        self.all += of.len();
        let mut is_any = false;
        for id in of.iter().filter(|id| found.contains(id)) {
            is_any = true;
            self.spots.insert(Spot::Story(*id));
            self.shown.insert(Spot::Story(*id));
        }
        is_any
    }

    pub(super) fn shows(&self, spot: Spot) -> bool {
        self.shown.contains(&spot)
    }

    /// Whether a branch was found and nothing below it.
    pub(super) fn is_alone(&self, branch: Spot) -> bool {
        self.alone.contains(&branch)
    }

    fn is_found(&self, spot: Spot) -> bool {
        self.spots.contains(&spot)
    }
}

fn serves(outcome: &ProductOutcome, query: &Query) -> bool {
    query.is_in(&[&outcome.title], &[&outcome.measure])
}

/// Whether a problem is found by its title, who has it, or what was seen, heard and tested of it.
fn is_in(problem: &Problem, query: &Query) -> bool {
    let evidence = problem.evidence.iter();
    let heard = evidence.flat_map(|entry| [entry.source.as_str(), entry.text.as_str()]);
    let assumed = problem.tests.iter().flat_map(|test| {
        let words = [test.assumption.as_str(), test.how.as_str()];
        words.into_iter().chain([test.result.as_str()])
    });
    let told: Vec<&str> = heard.chain(assumed).collect();
    query.is_in(&[&problem.title, &problem.who], &told)
}

impl TreeSearch {
    pub(super) const fn is_typing(&self) -> bool {
        self.before.is_some()
    }

    /// Leaves what is typed as it stands.
    pub(super) fn end_typing(&mut self) {
        self.before = None;
    }

    /// Searches again where the backlog has changed.
    pub(super) fn refresh(&mut self, cx: &Cx) {
        if self.generation != cx.backlog.generation() {
            self.run(cx);
        }
    }

    fn run(&mut self, cx: &Cx) {
        self.generation = cx.backlog.generation();
        self.found = self.search.query().map(|query| {
            let stories = self.search.run(&query.clone().everywhere(), cx.backlog);
            let stories: HashSet<StoryId> = stories.into_iter().collect();
            Found::of(query, &stories, cx)
        });
    }

    /// Searches with other words: what was folded by hand in what was found before is forgotten.
    fn renew(&mut self, cx: &Cx) {
        self.run(cx);
        let alone = self.found.as_ref().map(|found| found.alone.clone());
        self.folded = alone.unwrap_or_default();
    }

    /// How much was found of how much there is, while something is searched.
    fn counted(&self) -> String {
        let told = |found: &Found| format!("{} of {}", found.spots.len(), found.all);
        self.found.as_ref().map_or_else(String::new, told)
    }
}

impl DiscoveryPane {
    /// Takes in what was prepared for searches meanwhile.
    pub fn take_index(&mut self, index: Prepared) {
        self.search.search.take_index(index);
    }

    pub(super) fn begin_search(&mut self) {
        self.reads = false;
        self.search.before = Some(self.search.search.text().to_owned());
        self.search.search.begin_typing();
    }

    /// Looks for something else; the cursor stays where that is still shown.
    pub(super) fn look_for(&mut self, query: &str, cx: &Cx) {
        self.search.search.set(query, cx.now);
        self.search.renew(cx);
        self.rewrite(cx);
    }

    /// An action while a query is typed.
    pub(super) fn search_action(&mut self, action: Action, cx: &Cx) -> Vec<Effect> {
        match action {
            Action::Confirm | Action::Enter => {
                self.search.before = None;
                let wrong = self.search.search.accept();
                return wrong.into_iter().map(Effect::refusal).collect();
            }
            Action::Close => {
                if let Some(before) = self.search.before.take() {
                    self.look_for(&before, cx);
                }
            }
            Action::Down | Action::Up | Action::PageDown | Action::PageUp => {
                self.walk(action);
            }
            action => {
                if self.search.search.edit(action, cx.now) {
                    self.first_found(cx);
                }
            }
        }
        Vec::new()
    }

    pub(super) fn search_text(&mut self, text: &str, cx: &Cx) {
        if self.search.is_typing() && self.search.search.insert(text, cx.now) {
            self.first_found(cx);
        }
    }

    /// While a query is typed the first thing it finds is the selected one.
    fn first_found(&mut self, cx: &Cx) {
        self.search.renew(cx);
        self.rewrite(cx);
        if let Some(found) = &self.search.found {
            let first = self
                .tree
                .rows
                .iter()
                .position(|row| found.is_found(row.spot));
            self.view.to_top();
            self.go(first.unwrap_or(0));
        }
    }

    /// The lower border of the tree: what is typed on the left, what is counted on the right.
    pub(super) fn draw_search(
        &mut self,
        area: Rect,
        buf: &mut Buffer,
        cx: &Cx,
    ) -> Option<Position> {
        let row = border_row(area)?;
        if self.search.search.text().is_empty() && !self.search.is_typing() {
            return None;
        }
        let room = draw_counted(&self.search.counted(), row, buf);
        let cursor = self.search.search.draw(row, room, buf, cx.theme);
        cursor.filter(|_| self.search.is_typing())
    }
}
