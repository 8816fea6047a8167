//! The search of the backlog: what is typed, the query it means, and the stories it finds.
//!
//! A wrong query keeps the last good result and says where it is wrong.

use std::ops::Range;

use crate::keymap::Action;
use crate::model::StoryId;
use crate::model::query::{Query, QueryError};
use crate::ui::pane::Cx;
use crate::ui::search::{Prepared, Search};

/// The search.
#[derive(Debug, Default)]
pub(super) struct Filter {
    pub(super) search: Search,
    found: Option<Vec<StoryId>>,
    generation: u64,
}

impl Filter {
    /// The query as it is typed.
    pub(super) fn text(&self) -> &str {
        self.search.text()
    }

    /// The stories found, in the order they are shown; `None` when nothing is searched.
    pub(super) fn found(&self) -> Option<&[StoryId]> {
        self.found.as_deref()
    }

    /// Where and why the query is wrong.
    pub(super) const fn error(&self) -> Option<&QueryError> {
        self.search.error()
    }

    /// Whether the best match comes first, rather than the order of the backlog.
    pub(super) fn is_by_relevance(&self) -> bool {
        self.search.query().is_some_and(Query::has_words)
    }

    /// The parts of a title that the search found.
    pub(super) fn highlights(&self, title: &str) -> Vec<Range<usize>> {
        self.search.highlights(title)
    }

    /// Searches with what was prepared meanwhile from now on.
    pub(super) fn take_index(&mut self, index: Prepared) {
        self.search.take_index(index);
    }

    pub(super) fn set(&mut self, text: &str, cx: &Cx) {
        self.search.set(text, cx.now);
        self.run(cx);
    }

    /// Begins to type: a new query replaces the old one, and the arrows change it.
    pub(super) fn begin_typing(&mut self) {
        self.search.begin_typing();
    }

    /// Types into the query; answers whether it changed.
    pub(super) fn insert(&mut self, text: &str, cx: &Cx) -> bool {
        let changed = self.search.insert(text, cx.now);
        if changed {
            self.run(cx);
        }
        changed
    }

    /// Edits the query; answers whether its words changed.
    pub(super) fn edit(&mut self, action: Action, cx: &Cx) -> bool {
        let changed = self.search.edit(action, cx.now);
        if changed {
            self.run(cx);
        }
        changed
    }

    /// Ends typing; a wrong query is said once more.
    pub(super) fn accept(&self) -> Option<String> {
        self.search.accept()
    }

    /// Searches again after the backlog has changed.
    pub(super) fn refresh(&mut self, cx: &Cx) {
        if self.generation != cx.backlog.generation() {
            self.run(cx);
        }
    }

    fn run(&mut self, cx: &Cx) {
        self.generation = cx.backlog.generation();
        let query = self.search.query();
        self.found = query.map(|query| self.search.run(query, cx.backlog));
    }
}
