//! Ranking by comparing: "Which first?", one pair after the other, until every story has its place.
//!
//! Each story is inserted by halving the range it may still stand in. Pure: nothing here asks anybody or changes a
//! backlog. A comparison is what it began with and the answers given since; where it stands is computed from these,
//! so taking an answer back leaves it out, and going on tomorrow is reading them again.
//!
//! How many questions it takes:
//! - `n` stories among themselves: at most ⌈log₂ n!⌉ + n, and n − 1 where they are in order already.
//! - Stories inserted into `m` others: ⌈log₂(m + 1)⌉ each; a story that was placed counts among the others.
//! - *Equal* ends a story's questions early. *Skip* costs its own, and at most as many again for the skipped story.
//!
//! What *skip* does: the story is set aside with what is known of it and comes back after all others, beside another
//! story where there is one. Skipped again, it is placed where the answers allow, so that as few stories as possible
//! change sides with it, and of places alike at the lower one; so whatever was answered holds in the end, and the
//! order there was decides the rest.

mod order;
mod state;
#[cfg(test)]
mod tests;

use std::collections::{HashMap, HashSet};
use std::sync::Arc;

use serde::{Deserialize, Serialize};

use super::StoryId;
use state::State;

/// A ranking by comparing, begun, under way or done.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(try_from = "Kept", into = "Kept")]
pub struct Comparison {
    /// Every story there is to be compared with, in the order there was.
    order: Arc<[StoryId]>,
    /// Those that look for a place, in that order.
    stories: Arc<[StoryId]>,
    events: Vec<Event>,
    state: State,
}

/// What somebody says to "Which first?".
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Answer {
    /// The first of the pair.
    First,
    /// The second of the pair.
    Second,
    /// They are equal: the first is placed directly after the second.
    Equal,
    /// It cannot be told now.
    Skip,
}

/// How far a comparison has come, in questions.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Progress {
    /// Those that were answered.
    pub asked: usize,
    /// About how many are still to come: what information asks for, the binary logarithm of the orders possible.
    pub about: usize,
    /// At most how many are still to come, unless some are skipped.
    pub at_most: usize,
}

/// Something that happened to a comparison, as it is kept.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
enum Event {
    First,
    Second,
    Equal,
    Skip,
    /// The story left the backlog.
    Gone(StoryId),
}

/// A comparison as it is kept in a file.
#[derive(Serialize, Deserialize)]
struct Kept {
    order: Vec<StoryId>,
    /// Left out where it is all of them.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    stories: Option<Vec<StoryId>>,
    answers: Vec<Event>,
}

impl Comparison {
    /// Ranks stories, given in the order there is, among themselves.
    pub fn among_themselves(stories: impl IntoIterator<Item = StoryId>) -> Self {
        let order: Vec<StoryId> = distinct(stories);
        Self::begin(order.clone().into(), order.into())
    }

    /// Finds places for some of the stories of an order, among all its others; the others keep their order.
    pub fn into_order(order: impl IntoIterator<Item = StoryId>, stories: &[StoryId]) -> Self {
        let order = distinct(order);
        let wanted: HashSet<StoryId> = stories.iter().copied().collect();
        let stories = order.iter().copied().filter(|id| wanted.contains(id));
        let stories = stories.collect();
        Self::begin(order.into(), stories)
    }

    fn begin(order: Arc<[StoryId]>, stories: Arc<[StoryId]>) -> Self {
        let state = beginning(&order, &stories);
        Self {
            order,
            stories,
            events: Vec::new(),
            state,
        }
    }

    /// The pair to be told apart next: the story that looks for its place, and one that has a place.
    pub fn question(&self) -> Option<(StoryId, StoryId)> {
        self.state.question()
    }

    /// Takes the answer to the question; does nothing when there is none.
    pub fn answer(&mut self, answer: Answer) {
        if self.state.answer(answer) {
            self.events.push(answer.into());
        }
    }

    /// Takes the last answer back; says whether there was one.
    pub fn undo(&mut self) -> bool {
        let is_answer = |event: &Event| event.answer().is_some();
        let Some(last) = self.events.iter().rposition(is_answer) else {
            return false;
        };
        self.events.remove(last);
        self.state = beginning(&self.order, &self.stories);
        for event in &self.events {
            event.befall(&mut self.state);
        }
        true
    }

    /// How far it has come.
    pub fn progress(&self) -> Progress {
        let asked = self.events.iter().filter_map(|event| event.answer());
        self.state.progress(asked.count())
    }

    /// Whether any question was answered.
    pub fn is_begun(&self) -> bool {
        self.events.iter().any(|event| event.answer().is_some())
    }

    /// Whether the stories look for places among others, rather than among themselves.
    pub fn is_insertion(&self) -> bool {
        self.stories.len() < self.order.len()
    }

    /// The stories that are ranked or placed, as far as they are still there, in the order there was.
    pub fn stories(&self) -> Vec<StoryId> {
        let there: HashSet<StoryId> = self.state.members().collect();
        let stories = self.stories.iter().copied();
        stories.filter(|id| there.contains(id)).collect()
    }

    /// Lets go of the stories that are not wanted any more; what was answered about the others holds.
    pub fn retain(&mut self, is_wanted: impl Fn(StoryId) -> bool) {
        let gone: Vec<StoryId> = self.state.members().filter(|id| !is_wanted(*id)).collect();
        for event in gone.into_iter().map(Event::Gone) {
            event.befall(&mut self.state);
            self.events.push(event);
        }
    }
}

/// Where a comparison stands before the first answer.
fn beginning(order: &[StoryId], stories: &[StoryId]) -> State {
    let was: HashMap<StoryId, usize> = order.iter().copied().zip(0..).collect();
    let seeking: HashSet<&StoryId> = stories.iter().collect();
    let others = order.iter().filter(|id| !seeking.contains(id));
    State::new(others.copied().collect(), stories, was)
}

fn distinct(stories: impl IntoIterator<Item = StoryId>) -> Vec<StoryId> {
    let mut seen = HashSet::new();
    stories.into_iter().filter(|id| seen.insert(*id)).collect()
}

impl Event {
    const fn answer(self) -> Option<Answer> {
        match self {
            Self::First => Some(Answer::First),
            Self::Second => Some(Answer::Second),
            Self::Equal => Some(Answer::Equal),
            Self::Skip => Some(Answer::Skip),
            Self::Gone(_) => None,
        }
    }

    /// Lets the event happen; says whether it could.
    fn befall(self, state: &mut State) -> bool {
        match (self.answer(), self) {
            (Some(answer), _) => state.answer(answer),
            (None, Self::Gone(story)) => {
                state.forget(story);
                true
            }
            (None, _) => false,
        }
    }
}

impl From<Answer> for Event {
    fn from(answer: Answer) -> Self {
        match answer {
            Answer::First => Self::First,
            Answer::Second => Self::Second,
            Answer::Equal => Self::Equal,
            Answer::Skip => Self::Skip,
        }
    }
}

impl From<Comparison> for Kept {
    fn from(comparison: Comparison) -> Self {
        Self {
            order: comparison.order.to_vec(),
            stories: comparison
                .is_insertion()
                .then(|| comparison.stories.to_vec()),
            answers: comparison.events,
        }
    }
}

impl TryFrom<Kept> for Comparison {
    type Error = &'static str;

    fn try_from(kept: Kept) -> Result<Self, Self::Error> {
        let count = kept.order.len();
        let mut comparison = match &kept.stories {
            None => Self::among_themselves(kept.order),
            Some(stories) => Self::into_order(kept.order, stories),
        };
        let wanted = kept.stories.map_or(count, |stories| stories.len());
        if comparison.order.len() != count || comparison.stories.len() != wanted {
            return Err("a comparison names a story twice, or one that is not in its order");
        }
        if !kept
            .answers
            .iter()
            .all(|event| event.befall(&mut comparison.state))
        {
            return Err("a comparison has more answers than questions");
        }
        comparison.events = kept.answers;
        Ok(comparison)
    }
}
