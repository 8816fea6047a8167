//! The numbers of whole stories: they keep their own where these are free, whatever the order of the file.

use std::collections::HashSet;

use super::Plan;
use crate::model::{Backlog, Change, Story};

/// So many new numbers are told one by one.
const TOLD: usize = 5;

/// The stories with those last that need another number, so that none of them takes one that is still to come.
pub(super) fn taken_last(stories: Vec<Story>, backlog: &Backlog) -> Vec<Story> {
    let mut used = HashSet::new();
    let (free, taken): (Vec<_>, Vec<_>) = stories.into_iter().partition(|story| {
        let is_free = backlog.holder_of(story.number).is_none();
        is_free && story.number != 0 && used.insert(story.number)
    });
    free.into_iter().chain(taken).collect()
}

impl Plan {
    /// Says which stories of the file have other numbers in the backlog, once the changes are made there.
    pub fn told_numbers(&self, backlog: &Backlog) -> Option<String> {
        let inserted = self.changes.iter().filter_map(|change| match change {
            Change::Insert(story) if story.number != 0 => Some(story),
            _ => None,
        });
        let moved: Vec<String> = inserted
            .filter_map(|story| {
                let now = backlog.story(story.id)?;
                let has_moved = now.number != story.number;
                has_moved.then(|| format!("{} is {}", story.number, backlog.key(now)))
            })
            .collect();
        let told = moved.get(..TOLD).unwrap_or(&moved);
        let more = match moved.len() - told.len() {
            0 => String::new(),
            more => format!(" and {more} more"),
        };
        (!moved.is_empty()).then(|| {
            format!(
                "Numbers of the file that are used here already: {}{more}. These stories remember their old number.",
                told.join(", ")
            )
        })
    }
}
