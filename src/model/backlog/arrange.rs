//! A new order for many stories at once: they share out the places that they hold together, all others keep theirs.
//!
//! Invariant: as few stories as possible get a new rank: all but the most that stand in their right order already.

use std::cmp::Reverse;
use std::collections::HashSet;
use std::sync::Arc;

use super::Backlog;
use super::room;
use crate::model::{Delta, Rank, Refusal, Story, StoryId};

/// A story's place in the backlog before and after an arrangement.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Jump {
    /// Which story.
    pub story: StoryId,
    /// Its place now, counted from 1.
    pub from: usize,
    /// Its place then, counted from 1.
    pub to: usize,
}

impl Jump {
    /// How many places it is, up or down; 0 where the story stays.
    pub const fn distance(&self) -> usize {
        self.from.abs_diff(self.to)
    }
}

impl Backlog {
    /// Where each of these stories would stand, in their new order, if [`Change::Arrange`](crate::model::Change::Arrange)
    /// were made; closed and unknown stories are left out.
    pub fn arrangement(&self, stories: &[StoryId]) -> Vec<Jump> {
        let mut seen = HashSet::with_capacity(stories.len());
        let places = stories.iter().zip(self.positions(stories));
        let moving: Vec<(StoryId, usize)> = places
            .filter_map(|(story, place)| Some((*story, place?)))
            .filter(|(story, _)| seen.insert(*story))
            .collect();
        let mut slots: Vec<usize> = moving.iter().map(|(_, from)| *from).collect();
        slots.sort_unstable();
        let arranged = moving.into_iter().zip(slots);
        arranged
            .map(|((story, from), to)| Jump { story, from, to })
            .collect()
    }

    /// The stories that [`Change::Arrange`](crate::model::Change::Arrange) would put elsewhere: the largest jumps first,
    /// equal ones by their new place.
    pub fn jumps(&self, stories: &[StoryId]) -> Vec<Jump> {
        let mut jumps = self.arrangement(stories);
        jumps.retain(|jump| jump.distance() > 0);
        jumps.sort_unstable_by_key(|jump| (Reverse(jump.distance()), jump.to));
        jumps
    }

    /// Puts open stories, in the order given, into the places they hold together.
    pub(super) fn arranged(&mut self, stories: &[StoryId]) -> Result<Vec<Delta>, Refusal> {
        let moving = self.placed(stories)?;
        let mut slots: Vec<usize> = moving.iter().map(|(place, _)| *place).collect();
        slots.sort_unstable();
        let (Some(first), Some(last)) = (slots.first(), slots.last()) else {
            return Ok(Vec::new());
        };
        let (first, last) = (*first, *last);
        // The places from the first to the last one, by where their stories come from.
        let mut window: Vec<usize> = (first..=last).collect();
        for (slot, (from, _)) in slots.iter().zip(&moving) {
            if let Some(place) = window.get_mut(slot - first) {
                *place = *from;
            }
        }
        let stays = longest_rising(&window);
        let places = self.open.places();
        let mut order: Vec<Option<&Rank>> = places.iter().map(|(rank, _)| Some(rank)).collect();
        let mut ids: Vec<StoryId> = self.open.ids().collect();
        for ((place, from), stays) in (first..).zip(&window).zip(stays) {
            if let (Some(rank), Some(id), Some((known, story))) =
                (order.get_mut(place), ids.get_mut(place), places.get(*from))
            {
                *rank = stays.then_some(known);
                *id = *story;
            }
        }
        let fresh = room::fill(&order);
        Ok(self.rerank_all(fresh.into_iter().filter_map(|(at, rank)| {
            let id = ids.get(at)?;
            Some((*id, rank))
        })))
    }

    /// Gives stories other ranks.
    pub(super) fn rerank_all(
        &mut self,
        ranks: impl IntoIterator<Item = (StoryId, Rank)>,
    ) -> Vec<Delta> {
        let ranks = ranks.into_iter();
        ranks
            .filter_map(|(id, rank)| {
                let before = self.story(id).filter(|story| story.rank != rank).cloned()?;
                let after = Arc::new(Story {
                    rank,
                    ..Story::clone(&before)
                });
                self.put(id, Some(Arc::clone(&after)));
                Some(Delta::Story {
                    before: Some(before),
                    after: Some(after),
                })
            })
            .collect()
    }
}

/// Which of these numbers, all of them different, belong to the longest row of rising ones.
fn longest_rising(numbers: &[usize]) -> Vec<bool> {
    // At index n: the smallest number that a rising row of n + 1 can end with, and where it stands.
    let mut ends: Vec<(usize, usize)> = Vec::new();
    let mut before: Vec<Option<usize>> = Vec::with_capacity(numbers.len());
    for (index, number) in numbers.iter().enumerate() {
        let length = ends.partition_point(|(end, _)| end < number);
        let shorter = length.checked_sub(1).and_then(|last| ends.get(last));
        before.push(shorter.map(|(_, index)| *index));
        match ends.get_mut(length) {
            Some(end) => *end = (*number, index),
            None => ends.push((*number, index)),
        }
    }
    let mut rises = vec![false; numbers.len()];
    let mut at = ends.last().map(|(_, index)| *index);
    while let Some(index) = at {
        if let Some(rises) = rises.get_mut(index) {
            *rises = true;
        }
        at = before.get(index).copied().flatten();
    }
    rises
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_longest_rising_row_is_found() {
        for (numbers, longest) in [
            (vec![], 0),
            (vec![3], 1),
            (vec![1, 2, 3], 3),
            (vec![3, 2, 1], 1),
            (vec![9, 1, 8, 2, 7, 3], 3),
            (vec![4, 5, 1, 2, 3], 3),
        ] {
            let rises = longest_rising(&numbers);
            let row: Vec<usize> = numbers
                .iter()
                .zip(rises)
                .filter_map(|(number, rises)| rises.then_some(*number))
                .collect();
            assert_eq!(row.len(), longest, "{numbers:?}");
            assert!(row.is_sorted());
        }
    }
}
