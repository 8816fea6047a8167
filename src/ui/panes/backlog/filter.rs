//! The search of the backlog: what is typed, the query it means, and the stories it finds.
//!
//! A wrong query keeps the last good result and says where it is wrong.

use std::ops::Range;

use crate::keymap::Action;
use crate::model::query::{Index, Query, QueryError};
use crate::model::{Backlog, StoryId};
use crate::ui::pane::Cx;
use crate::ui::typing::edit_for;
use crate::ui::widgets::text_area::{Edit, TextArea};

/// The search.
#[derive(Debug)]
pub(super) struct Filter {
    pub(super) typed: TextArea,
    query: Option<Query>,
    error: Option<QueryError>,
    found: Option<Vec<StoryId>>,
    /// There once it was prepared; until then a search takes the plain way, which finds the same.
    index: Option<Index>,
    generation: u64,
}

impl Default for Filter {
    fn default() -> Self {
        Self {
            typed: TextArea::single_line(""),
            query: None,
            error: None,
            found: None,
            index: None,
            generation: 0,
        }
    }
}

impl Filter {
    /// The query as it is typed.
    pub(super) fn text(&self) -> &str {
        self.typed.text()
    }

    /// The stories found, in the order they are shown; `None` when nothing is searched.
    pub(super) fn found(&self) -> Option<&[StoryId]> {
        self.found.as_deref()
    }

    /// Where and why the query is wrong.
    pub(super) const fn error(&self) -> Option<&QueryError> {
        self.error.as_ref()
    }

    /// Whether the best match comes first, rather than the order of the backlog.
    pub(super) fn is_by_relevance(&self) -> bool {
        self.query.as_ref().is_some_and(Query::has_words)
    }

    /// The parts of a title that the search found.
    pub(super) fn highlights(&self, title: &str) -> Vec<Range<usize>> {
        self.query
            .as_ref()
            .filter(|query| query.has_words())
            .map(|query| query.highlights(title))
            .unwrap_or_default()
    }

    /// Searches with what was prepared meanwhile from now on.
    pub(super) fn take_index(&mut self, mut index: Index, backlog: &Backlog) {
        index.follow(backlog);
        self.index = Some(index);
    }

    pub(super) fn set(&mut self, text: &str, cx: &Cx) {
        self.typed.set_text(text);
        self.parse(cx);
    }

    /// Begins to type: a new query replaces the old one, and the arrows change it.
    pub(super) fn begin_typing(&mut self) {
        self.typed.edit(Edit::SelectAll);
    }

    /// Types into the query; answers whether it changed.
    pub(super) fn insert(&mut self, text: &str, cx: &Cx) -> bool {
        let changed = self.typed.insert(text);
        if changed {
            self.parse(cx);
        }
        changed
    }

    /// Edits the query; answers whether its words changed.
    pub(super) fn edit(&mut self, action: Action, cx: &Cx) -> bool {
        let before = self.typed.text().to_owned();
        if let Some(edit) = edit_for(action) {
            self.typed.edit(edit);
        }
        let changed = self.typed.text() != before;
        if changed {
            self.parse(cx);
        }
        changed
    }

    /// Ends typing; a wrong query is said once more.
    pub(super) fn accept(&self) -> Option<String> {
        self.error.as_ref().map(|error| error.message.clone())
    }

    /// Searches again after the backlog has changed.
    pub(super) fn refresh(&mut self, cx: &Cx) {
        if self.generation != cx.backlog.generation() {
            self.run(cx);
        }
    }

    fn parse(&mut self, cx: &Cx) {
        if self.typed.text().trim().is_empty() {
            (self.query, self.error) = (None, None);
        } else {
            match Query::parse(self.typed.text(), cx.now) {
                Ok(query) => (self.query, self.error) = (Some(query), None),
                Err(error) => self.error = Some(error),
            }
        }
        self.run(cx);
    }

    fn run(&mut self, cx: &Cx) {
        self.generation = cx.backlog.generation();
        self.found = self.query.as_ref().map(|query| match &mut self.index {
            Some(index) => index.run(query, cx.backlog),
            None => query.find(cx.backlog),
        });
    }
}
