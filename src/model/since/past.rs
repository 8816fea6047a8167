//! The backlog as it was on a day of which nothing was remembered, as far as journal and dates tell.
//!
//! What the journal holds is known word for word: the state before the first act since then. Of everything else only
//! what is dated is taken back: changes of status, remarks, evidence. Where a story stood in the order is dated nowhere
//! but in the journal of this machine. A story is as old as it says, even where it came into this journal later: an import
//! of old stories is no news of theirs.

use std::collections::HashMap;
use std::sync::Arc;

use jiff::tz::TimeZone;

use super::Memory;
use crate::model::{
    Act, Backlog, Belief, Delta, Forecaster, Problem, ProblemId, Product, Status, Story, StoryId,
    Timestamp, WhatIf,
};

impl Memory {
    /// What would have been remembered of a backlog at a moment, as far as journal and dates tell; `acts` are those of the
    /// journal, oldest first.
    pub fn recalled<'a>(
        backlog: &Backlog,
        acts: impl IntoIterator<Item = &'a Act>,
        at: Timestamp,
        zone: &TimeZone,
    ) -> Self {
        let since = acts.into_iter().filter(|act| act.at >= at);
        let past = past(backlog, since, at);
        let has_iterations = past.product().iterations.is_some();
        let forecast =
            has_iterations.then(|| Forecaster::default().look(&past, at, zone, &WhatIf::default()));
        Self::of(&past, forecast.as_ref(), at)
    }
}

/// The backlog as it was at a moment; `acts` are those since then, oldest first.
fn past<'a>(backlog: &Backlog, acts: impl IntoIterator<Item = &'a Act>, at: Timestamp) -> Backlog {
    let mut stories: HashMap<StoryId, Option<Arc<Story>>> = HashMap::new();
    let mut problems: HashMap<ProblemId, Option<Arc<Problem>>> = HashMap::new();
    let mut product: Option<&Product> = None;
    for delta in acts.into_iter().flat_map(|act| &act.deltas) {
        match delta {
            Delta::Story { before, after } => {
                if let Some(story) = before.as_ref().or(after.as_ref())
                    && (before.is_some() || story.created >= at)
                {
                    stories.entry(story.id).or_insert_with(|| before.clone());
                }
            }
            Delta::Problem { before, after } => {
                if let Some(problem) = before.as_ref().or(after.as_ref())
                    && (before.is_some() || problem.created >= at)
                {
                    problems.entry(problem.id).or_insert_with(|| before.clone());
                }
            }
            Delta::Product { before, .. } => product = product.or(Some(before)),
        }
    }
    for story in backlog.stories() {
        stories
            .entry(story.id)
            .or_insert_with(|| Some(Arc::clone(story)));
    }
    for problem in backlog.problems() {
        problems
            .entry(problem.id)
            .or_insert_with(|| Some(Arc::clone(problem)));
    }
    let stories = stories.into_values().flatten();
    let stories: Vec<Arc<Story>> = stories.filter_map(|story| story_at(story, at)).collect();
    let problems = problems.into_values().flatten();
    let problems = problems.filter_map(|problem| problem_at(problem, at));
    let product = product.unwrap_or_else(|| backlog.product()).clone();
    let (past, _) = Backlog::load(product, stories, backlog.highest_number());
    past.with_problems(problems)
}

/// A story without what came since; `None` where it was not there.
fn story_at(mut story: Arc<Story>, at: Timestamp) -> Option<Arc<Story>> {
    if story.created >= at {
        return None;
    }
    if story.updated < at {
        return Some(story);
    }
    let earlier = Arc::make_mut(&mut story);
    // It did change since then, and whoever compares is to see that.
    earlier.updated = Timestamp::from_second(at.as_second() - 1).unwrap_or(at);
    let entries = earlier.log.len();
    earlier.log.retain(|entry| entry.at < at);
    if earlier.log.len() < entries {
        let last = earlier.log.last();
        earlier.status = last.map_or(Status::Idea, |entry| entry.status);
    }
    earlier.comments.retain(|comment| comment.at < at);
    earlier.reviews.retain(|round| round.at < at);
    Some(story)
}

/// A problem without what came since; `None` where it was not there.
fn problem_at(mut problem: Arc<Problem>, at: Timestamp) -> Option<Arc<Problem>> {
    if problem.created >= at {
        return None;
    }
    if problem.updated < at {
        return Some(problem);
    }
    let earlier = Arc::make_mut(&mut problem);
    earlier.evidence.retain(|evidence| evidence.at < at);
    let entries = earlier.log.len();
    earlier.log.retain(|entry| entry.at < at);
    if earlier.log.len() < entries {
        let last = earlier.log.last();
        earlier.state = last.map_or(Belief::Assumed, |entry| entry.state);
    }
    Some(problem)
}
