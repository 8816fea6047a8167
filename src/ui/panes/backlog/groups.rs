//! The list in groups: a heading before each, and one row in place of a folded group.
//!
//! Grouping is a way to look at the backlog; what it is grouped by and what is folded are no part of the product.

use std::collections::HashSet;

use super::lines::{Divider, Heading};
use crate::model::{Group, Grouping, StoryId};
use crate::ui::pane::Cx;

/// The list in groups, where it is grouped.
#[derive(Debug, Default)]
pub(super) struct Groups {
    by: Option<Grouping>,
    /// The folded groups, by what they are groups of and what tells them apart.
    folded: HashSet<(Grouping, String)>,
    sorted: Vec<Group>,
    rows: Vec<Row>,
    /// What tells the folded group under the cursor from the others.
    at: Option<String>,
}

/// A row of a grouped list.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Row {
    /// A story.
    Story(StoryId),
    /// A folded group, by its place among the groups.
    Folded(usize),
}

impl Groups {
    /// What the list is grouped by.
    pub(super) const fn by(&self) -> Option<Grouping> {
        self.by
    }

    /// Groups the list by something else, or not at all.
    pub(super) fn set(&mut self, by: Option<Grouping>) {
        self.by = by;
        self.at = None;
    }

    /// The rows, where the list is grouped now.
    pub(super) fn rows(&self) -> Option<&[Row]> {
        (!self.sorted.is_empty()).then_some(self.rows.as_slice())
    }

    /// Finds groups and rows anew; without stories there is nothing to group.
    pub(super) fn arrange(&mut self, stories: impl IntoIterator<Item = StoryId>, cx: &Cx) {
        self.rows.clear();
        self.sorted = match self.by {
            Some(by) => Group::all(cx.backlog, stories, by),
            None => Vec::new(),
        };
        for (place, group) in self.sorted.iter().enumerate() {
            if self.is_folded(group) {
                self.rows.push(Row::Folded(place));
            } else {
                self.rows
                    .extend(group.stories.iter().copied().map(Row::Story));
            }
        }
    }

    /// Shows the list as it is, without forgetting what it is grouped by.
    pub(super) fn set_aside(&mut self) {
        self.sorted.clear();
        self.rows.clear();
    }

    fn is_folded(&self, group: &Group) -> bool {
        self.by
            .is_some_and(|by| self.folded.contains(&(by, group.identity())))
    }

    /// The headings of the groups that are not folded.
    pub(super) fn headings(&self, cx: &Cx) -> Vec<Divider> {
        let mut before = 0;
        let mut headings = Vec::new();
        for group in &self.sorted {
            if self.is_folded(group) {
                before += 1;
            } else {
                headings.push(Divider::heading(before, self.heading(group, cx)));
                before += group.stories.len();
            }
        }
        headings
    }

    /// What stands in the heading of a group, or in its row when it is folded.
    pub(super) fn heading(&self, group: &Group, cx: &Cx) -> Heading {
        let sign = if self.is_folded(group) {
            cx.theme.behind()
        } else {
            cx.theme.unfolded()
        };
        let title = self.by.map_or_else(String::new, |by| group.title(by));
        Heading {
            title: format!("{sign} {title}"),
            figures: group.figures(cx.backlog),
        }
    }

    /// The group in a row, where that is a folded one.
    pub(super) fn folded_at(&self, row: usize) -> Option<&Group> {
        match self.rows.get(row)? {
            Row::Folded(place) => self.sorted.get(*place),
            Row::Story(_) => None,
        }
    }

    /// The rows of the group that a row belongs to; a folded group is one row.
    pub(super) fn range_around(&self, row: usize) -> std::ops::Range<usize> {
        let mut start = 0;
        for group in &self.sorted {
            let end = start
                + if self.is_folded(group) {
                    1
                } else {
                    group.stories.len()
                };
            if row < end {
                return start..end;
            }
            start = end;
        }
        start..start
    }

    /// The group that a row belongs to.
    pub(super) fn group_around(&self, row: usize) -> Option<&Group> {
        let start = self.range_around(row).start;
        match self.rows.get(start)? {
            Row::Folded(place) => self.sorted.get(*place),
            Row::Story(story) => self.group_of(*story),
        }
    }

    fn group_of(&self, story: StoryId) -> Option<&Group> {
        let holds = |group: &&Group| group.stories.contains(&story);
        self.sorted.iter().find(holds)
    }

    /// Lets the cursor stand on a row, if that is a folded group.
    pub(super) fn stand(&mut self, row: usize) {
        self.at = self.folded_at(row).map(Group::identity);
    }

    /// Whether the cursor stands on a folded group.
    pub(super) const fn is_stood_on(&self) -> bool {
        self.at.is_some()
    }

    /// The row of the folded group that the cursor stands on, if it is still there.
    pub(super) fn cursor(&self) -> Option<usize> {
        let identity = self.at.as_ref()?;
        (0..self.rows.len()).find(|row| {
            self.folded_at(*row)
                .is_some_and(|group| group.identity() == *identity)
        })
    }

    /// Folds or unfolds the group of a row; answers the story to go to, if one is in sight now.
    pub(super) fn turn(&mut self, row: usize) -> Option<StoryId> {
        let by = self.by?;
        let group = self.group_around(row)?;
        let (identity, first) = (group.identity(), group.stories.first().copied());
        if self.folded.remove(&(by, identity.clone())) {
            self.at = None;
            return first;
        }
        self.folded.insert((by, identity.clone()));
        self.at = Some(identity);
        None
    }

    /// Folds all groups, or unfolds them where all are folded; the cursor stays in the group of its row.
    pub(super) fn turn_all(&mut self, row: usize) -> Option<StoryId> {
        let by = self.by?;
        let here = self.group_around(row)?;
        let (identity, first) = (here.identity(), here.stories.first().copied());
        if self.sorted.iter().all(|group| self.is_folded(group)) {
            self.folded.retain(|(of, _)| *of != by);
            self.at = None;
            return first;
        }
        let all = self.sorted.iter().map(|group| (by, group.identity()));
        self.folded.extend(all);
        self.at = Some(identity);
        None
    }

    /// Unfolds the group that a story is in; answers whether it was folded.
    pub(super) fn unfold(&mut self, story: StoryId) -> bool {
        let (Some(by), Some(group)) = (self.by, self.group_of(story)) else {
            return false;
        };
        let identity = group.identity();
        self.folded.remove(&(by, identity))
    }

    /// What is to be kept for the next start.
    pub(super) fn session(&self) -> serde_json::Value {
        let mut folded: Vec<(&str, &str)> = self
            .folded
            .iter()
            .map(|(by, identity)| (by.word(), identity.as_str()))
            .collect();
        folded.sort_unstable();
        serde_json::json!({ "by": self.by, "folded": folded })
    }

    /// The list as it was grouped last time; what cannot be read is left out.
    pub(super) fn restore(&mut self, session: &serde_json::Value) {
        let word = |value: &serde_json::Value| value.as_str().and_then(|word| word.parse().ok());
        self.by = session.get("by").and_then(word);
        let folded = session.get("folded").and_then(serde_json::Value::as_array);
        self.folded = folded
            .into_iter()
            .flatten()
            .filter_map(|pair| {
                let by = pair.get(0).and_then(word)?;
                Some((by, pair.get(1)?.as_str()?.to_owned()))
            })
            .collect();
    }
}
