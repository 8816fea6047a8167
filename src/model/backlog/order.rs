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

    /// Follows stories from what they were to what they are, as far as they belong here: one by one where it is one,
    /// else with one walk along the list.
    pub(super) fn follow(
        &mut self,
        changed: &[(Option<&Story>, Option<&Story>)],
        belongs: impl Fn(&Story) -> bool,
    ) {
        let (mut gone, mut come) = (Vec::new(), Vec::new());
        for (old, new) in changed {
            let old = old.filter(|story| belongs(story));
            let new = new.filter(|story| belongs(story));
            let at = old.and_then(|story| self.search(story).ok());
            match (at, old.zip(new)) {
                (Some(at), Some((old, new))) if old.rank == new.rank => {
                    if let Some(load) = self.loads.get_mut(at) {
                        *load = Load::of(new);
                    }
                }
                _ => {
                    gone.extend(at);
                    come.extend(new);
                }
            }
        }
        self.remove(gone);
        self.insert(come);
    }

    fn remove(&mut self, mut indexes: Vec<usize>) {
        if let [only] = indexes.as_slice() {
            self.places.remove(*only);
            self.loads.remove(*only);
        } else if !indexes.is_empty() {
            indexes.sort_unstable();
            without(&mut self.places, &indexes);
            without(&mut self.loads, &indexes);
        }
    }

    fn insert(&mut self, mut stories: Vec<&Story>) {
        if let [only] = stories.as_slice() {
            if let Err(index) = self.search(only) {
                self.places.insert(index, (only.rank.clone(), only.id));
                self.loads.insert(index, Load::of(only));
            }
        } else if !stories.is_empty() {
            stories.sort_unstable_by(|a, b| a.rank.cmp(&b.rank).then_with(|| a.id.cmp(&b.id)));
            let cuts: Vec<usize> = stories
                .iter()
                .map(|story| self.search(story).unwrap_or_else(|cut| cut))
                .collect();
            let places = stories.iter().map(|story| (story.rank.clone(), story.id));
            merge(&mut self.places, &cuts, places);
            merge(
                &mut self.loads,
                &cuts,
                stories.iter().map(|story| Load::of(story)),
            );
        }
    }

    fn search(&self, story: &Story) -> Result<usize, usize> {
        self.places
            .binary_search_by(|(rank, id)| rank.cmp(&story.rank).then_with(|| id.cmp(&story.id)))
    }
}

/// Takes out what stands at these indexes, which rise.
fn without<T>(list: &mut Vec<T>, indexes: &[usize]) {
    let mut gone = indexes.iter().copied().peekable();
    let mut index = 0;
    list.retain(|_| {
        let is_gone = gone.next_if_eq(&index).is_some();
        index += 1;
        !is_gone
    });
}

/// Puts each of the new ones before the one that stands at its cut; the cuts rise.
fn merge<T>(list: &mut Vec<T>, cuts: &[usize], new: impl ExactSizeIterator<Item = T>) {
    let mut merged = Vec::with_capacity(list.len() + new.len());
    let mut known = std::mem::take(list).into_iter();
    let mut taken = 0;
    for (cut, new) in cuts.iter().zip(new) {
        merged.extend(known.by_ref().take(cut - taken));
        merged.push(new);
        taken = *cut;
    }
    merged.extend(known);
    *list = merged;
}
