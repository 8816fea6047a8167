//! Stories by their scores, against the order as it stands.
//!
//! Only scored stories change places, and only among themselves: each takes a place that one of them has now, so that
//! stories without a score stay exactly where they are. Equal scores keep their order, except that a blocker comes
//! before what it blocks. Stories under way stay too: a score says what to begin next, and they are begun.

use std::collections::{HashMap, HashSet};

use super::{Method, Score};
use crate::model::refusal::Refusal;
use crate::model::{Backlog, Load, StoryId};

/// Some stories of a backlog by one method, computed once.
#[derive(Clone, Debug)]
pub struct Board {
    method: Method,
    /// The scored ones in the order of the backlog.
    placed: Vec<Placed>,
}

/// A scored story and its places.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Placed {
    /// The story.
    pub story: StoryId,
    /// What it counts for.
    pub score: Score,
    /// Its place in the backlog, counted from 1.
    pub place: usize,
    /// The place it would have by its score; its own where it is under way.
    pub by_score: usize,
    /// Whether it is under way, and stays where it is.
    pub is_kept: bool,
}

impl Board {
    /// Weighs open stories of the backlog by a method; closed ones are left out.
    ///
    /// # Errors
    /// With fewer than two scored stories there is nothing to sort.
    pub fn new(
        backlog: &Backlog,
        method: Method,
        stories: impl IntoIterator<Item = StoryId>,
    ) -> Result<Self, Refusal> {
        let scores = method.scores(backlog);
        let mut placed: Vec<Placed> = stories
            .into_iter()
            .filter_map(|story| {
                let (score, place) = (*scores.get(&story)?, backlog.position(story)?);
                let status = backlog.story(story)?.status;
                Some(Placed {
                    story,
                    score,
                    place,
                    by_score: place,
                    is_kept: Load::is_begun(status),
                })
            })
            .collect();
        placed.sort_unstable_by_key(|placed| placed.place);
        placed.dedup_by_key(|placed| placed.place);
        if placed.len() < 2 {
            return Err(Refusal::TooFewScores {
                method,
                scored: placed.len(),
            });
        }
        let mut free = placed.clone();
        free.retain(|placed| !placed.is_kept);
        let by_score: HashMap<StoryId, usize> = sorted(&free, backlog)
            .into_iter()
            .zip(&free)
            .filter_map(|(index, slot)| Some((free.get(index)?.story, slot.place)))
            .collect();
        for placed in &mut placed {
            placed.by_score = *by_score.get(&placed.story).unwrap_or(&placed.place);
        }
        Ok(Self { method, placed })
    }

    /// How many scored stories are under way and stay where they are.
    pub fn kept(&self) -> usize {
        self.placed.iter().filter(|placed| placed.is_kept).count()
    }

    /// Says that some stay although they have a score, as a sentence.
    pub fn told_kept(&self) -> Option<String> {
        match self.kept() {
            0 => None,
            1 => Some("1 scored story is under way and keeps its place.".to_owned()),
            many => Some(format!(
                "{many} scored stories are under way and keep their places."
            )),
        }
    }

    /// How many scored stories may change places.
    pub fn free(&self) -> usize {
        self.placed.len() - self.kept()
    }

    /// The method.
    pub const fn method(&self) -> Method {
        self.method
    }

    /// The scored stories in the order of the backlog.
    pub fn scored(&self) -> &[Placed] {
        &self.placed
    }

    /// The scored stories that may change places, in the order of their scores.
    pub fn order(&self) -> Vec<StoryId> {
        let free = self.placed.iter().filter(|placed| !placed.is_kept);
        let mut placed: Vec<&Placed> = free.collect();
        placed.sort_unstable_by_key(|placed| placed.by_score);
        placed.into_iter().map(|placed| placed.story).collect()
    }

    /// The stories whose place is not that of their score, those furthest from it first.
    pub fn disagreements(&self) -> Vec<Placed> {
        let mut off: Vec<Placed> = self.placed.clone();
        off.retain(|placed| placed.distance() > 0);
        off.sort_by_key(|placed| std::cmp::Reverse(placed.distance()));
        off
    }

    /// How far order and scores agree, as a sentence above the disagreements.
    pub fn told(&self) -> String {
        let free = self.free();
        let told = match self.placed.iter().filter(|p| p.distance() > 0).count() {
            0 => format!("The {free} scored stories stand in the order of their scores."),
            off => format!("{off} of {free} scored stories stand elsewhere; the furthest first."),
        };
        let kept = self.told_kept().map(|kept| format!(" {kept}"));
        told + &kept.unwrap_or_default()
    }

    /// What sorting by these scores is called in the history.
    pub fn label(&self) -> String {
        format!("sort {} stories by {}", self.free(), self.method)
    }
}

impl Placed {
    /// How many places lie between where the story is and where its score would have it.
    pub const fn distance(&self) -> usize {
        self.place.abs_diff(self.by_score)
    }
}

/// The indexes of the stories by score; equal ones as they stand, but each after those it waits for.
fn sorted(placed: &[Placed], backlog: &Backlog) -> Vec<usize> {
    let mut by_number: Vec<usize> = (0..placed.len()).collect();
    let number = |index: &usize| placed.get(*index).map_or(0.0, |p| p.score.number);
    by_number.sort_by(|a, b| number(b).total_cmp(&number(a)));
    let indexes: HashMap<StoryId, usize> = placed
        .iter()
        .enumerate()
        .map(|(index, placed)| (placed.story, index))
        .collect();
    let blockers = |index: usize| -> Vec<usize> {
        let story = placed.get(index).and_then(|p| backlog.story(p.story));
        let named = story.into_iter().flat_map(|story| &story.blocked_by);
        named.filter_map(|id| indexes.get(id).copied()).collect()
    };
    let mut sorted = Vec::with_capacity(placed.len());
    let (mut begun, mut done) = (HashSet::new(), HashSet::new());
    for index in by_number {
        let mut ways = vec![index];
        while let Some(&top) = ways.last() {
            if begun.insert(top) {
                // Whoever has been begun is being waited for already: a circle ends there.
                ways.extend(
                    blockers(top)
                        .into_iter()
                        .rev()
                        .filter(|i| !begun.contains(i)),
                );
            } else {
                ways.pop();
                if done.insert(top) {
                    sorted.push(top);
                }
            }
        }
    }
    sorted
}
