//! The order that a comparison has come to, at its end or stopped early.

use std::collections::HashMap;

use super::Comparison;
use super::state::set;
use crate::model::StoryId;

impl Comparison {
    /// The best order known so far of all stories that take part, those merely compared with included.
    ///
    /// Whatever was answered holds in it. A story of which nothing is known stays where it was: it has as many of the
    /// others above it as before.
    pub fn order(&self) -> Vec<StoryId> {
        let (known, unknown) = self.state.outcome();
        // Where stories are placed among others, only these others have kept their places.
        let seeking = set(&self.stories);
        let counts = |id: &StoryId| !self.is_insertion() || !seeking.contains(id);
        let mut were: Vec<usize> = known
            .iter()
            .filter(|id| counts(id))
            .map(|id| self.state.was_at(*id))
            .collect();
        were.sort_unstable();
        let mut unknown = unknown
            .into_iter()
            .map(|id| {
                let was = self.state.was_at(id);
                (were.partition_point(|other| *other < was), id)
            })
            .peekable();
        let mut order = Vec::with_capacity(self.order.len());
        let mut above = 0;
        for story in known {
            while let Some((_, id)) = unknown.next_if(|(needed, _)| *needed <= above) {
                order.push(id);
            }
            above += usize::from(counts(&story));
            order.push(story);
        }
        order.extend(unknown.map(|(_, id)| id));
        order
    }

    /// The stories to be rearranged, and the order they are to have.
    ///
    /// Ranked among themselves, these are the stories alone. Placed among others, it is the whole order there is
    /// `now`, in which each story that has found its place stands behind the one it was found to follow; so the
    /// others keep what order they have been given since.
    pub fn outcome(&self, now: impl Iterator<Item = StoryId>) -> Vec<StoryId> {
        if !self.is_insertion() {
            return self.order();
        }
        let now: Vec<StoryId> = now.collect();
        let there = set(&now);
        let (mut known, _) = self.state.outcome();
        known.retain(|id| there.contains(id));
        let found = set(&known);
        let seeking = set(&self.stories);
        let moves = |id: &StoryId| seeking.contains(id) && found.contains(id);
        // Behind which story that stays each of the moving ones comes; `None` is the top.
        let mut behind: HashMap<Option<StoryId>, Vec<StoryId>> = HashMap::new();
        let mut last = None;
        for story in known {
            if moves(&story) {
                behind.entry(last).or_default().push(story);
            } else {
                last = Some(story);
            }
        }
        let mut order: Vec<StoryId> = behind.remove(&None).unwrap_or_default();
        for story in now.into_iter().filter(|id| !moves(id)) {
            order.push(story);
            order.extend(behind.remove(&Some(story)).unwrap_or_default());
        }
        order
    }
}
