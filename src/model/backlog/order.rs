//! Stories' ids sorted by rank and id.

use std::sync::Arc;

use super::load::Load;
use crate::model::{Rank, Story, StoryId};

/// A sorted list of stories; finding a story's place takes a binary search.
///
/// Beside every place stands the story's load, in a list of its own, because a forecast reads all of them on every key.
#[derive(Clone, Debug, Default)]
pub(super) struct Order {
    places: Vec<(Rank, StoryId)>,
    loads: Vec<Load>,
}

impl Order {
    pub(super) fn sorted<'a>(stories: impl Iterator<Item = &'a Arc<Story>>) -> Self {
        let mut sorted: Vec<((Rank, StoryId), Load)> = stories
            .map(|story| ((story.rank.clone(), story.id), Load::of(story)))
            .collect();
        sorted.sort_unstable_by(|a, b| a.0.cmp(&b.0));
        let (places, loads) = sorted.into_iter().unzip();
        Self { places, loads }
    }

    pub(super) fn ids(&self) -> impl ExactSizeIterator<Item = StoryId> + DoubleEndedIterator + '_ {
        self.places.iter().map(|(_, id)| *id)
    }

    pub(super) fn places(&self) -> &[(Rank, StoryId)] {
        &self.places
    }

    pub(super) fn loads(&self) -> &[Load] {
        &self.loads
    }

    pub(super) fn at(&self, index: usize) -> Option<StoryId> {
        self.places.get(index).map(|(_, id)| *id)
    }

    pub(super) fn len(&self) -> usize {
        self.places.len()
    }

    pub(super) fn position(&self, story: &Story) -> Option<usize> {
        self.search(story).ok()
    }

    pub(super) fn insert(&mut self, story: &Story) {
        if let Err(index) = self.search(story) {
            self.places.insert(index, (story.rank.clone(), story.id));
            self.loads.insert(index, Load::of(story));
        }
    }

    pub(super) fn remove(&mut self, story: &Story) {
        if let Ok(index) = self.search(story) {
            self.places.remove(index);
            self.loads.remove(index);
        }
    }

    fn search(&self, story: &Story) -> Result<usize, usize> {
        self.places
            .binary_search_by(|(rank, id)| rank.cmp(&story.rank).then_with(|| id.cmp(&story.id)))
    }
}
