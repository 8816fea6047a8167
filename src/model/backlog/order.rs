//! Stories' ids sorted by rank and id.

use std::sync::Arc;

use crate::model::{Rank, Story, StoryId};

/// A sorted list of stories; finding a story's place takes a binary search.
#[derive(Clone, Debug, Default)]
pub(super) struct Order(Vec<(Rank, StoryId)>);

impl Order {
    pub(super) fn sorted<'a>(stories: impl Iterator<Item = &'a Arc<Story>>) -> Self {
        let mut places: Vec<(Rank, StoryId)> = stories
            .map(|story| (story.rank.clone(), story.id))
            .collect();
        places.sort_unstable();
        Self(places)
    }

    pub(super) fn ids(&self) -> impl ExactSizeIterator<Item = StoryId> + DoubleEndedIterator + '_ {
        self.0.iter().map(|(_, id)| *id)
    }

    pub(super) fn places(&self) -> &[(Rank, StoryId)] {
        &self.0
    }

    pub(super) fn at(&self, index: usize) -> Option<StoryId> {
        self.0.get(index).map(|(_, id)| *id)
    }

    pub(super) fn len(&self) -> usize {
        self.0.len()
    }

    pub(super) fn position(&self, story: &Story) -> Option<usize> {
        self.search(story).ok()
    }

    pub(super) fn insert(&mut self, story: &Story) {
        if let Err(index) = self.search(story) {
            self.0.insert(index, (story.rank.clone(), story.id));
        }
    }

    pub(super) fn remove(&mut self, story: &Story) {
        if let Ok(index) = self.search(story) {
            self.0.remove(index);
        }
    }

    fn search(&self, story: &Story) -> Result<usize, usize> {
        self.0
            .binary_search_by(|(rank, id)| rank.cmp(&story.rank).then_with(|| id.cmp(&story.id)))
    }
}
