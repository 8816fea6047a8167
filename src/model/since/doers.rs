//! Who did it: the acts of the journal by what they changed, for what a file does not sign.

use std::collections::HashMap;

use crate::model::{Act, Delta, Problem, ProblemId, Product, Story, StoryId, Timestamp};

/// The acts since a moment, by what they changed.
pub(super) struct Doers<'a> {
    stories: HashMap<StoryId, Vec<Deed<'a, Story>>>,
    problems: HashMap<ProblemId, Vec<Deed<'a, Problem>>>,
    settings: Vec<Changed<'a>>,
}

/// What one act did to one story or problem.
pub(super) struct Deed<'a, T> {
    pub(super) act: &'a Act,
    pub(super) before: Option<&'a T>,
    pub(super) after: Option<&'a T>,
}

/// What one act did to the settings.
pub(super) struct Changed<'a> {
    pub(super) act: &'a Act,
    pub(super) before: &'a Product,
    pub(super) after: &'a Product,
}

impl<'a> Doers<'a> {
    pub(super) fn since(at: Timestamp, acts: impl IntoIterator<Item = &'a Act>) -> Self {
        let mut doers = Self {
            stories: HashMap::new(),
            problems: HashMap::new(),
            settings: Vec::new(),
        };
        for act in acts.into_iter().filter(|act| act.at >= at) {
            for delta in &act.deltas {
                doers.take(act, delta);
            }
        }
        doers
    }

    fn take(&mut self, act: &'a Act, delta: &'a Delta) {
        match delta {
            Delta::Story { before, after } => {
                let (before, after) = (before.as_deref(), after.as_deref());
                if let Some(story) = before.or(after) {
                    let deed = Deed { act, before, after };
                    self.stories.entry(story.id).or_default().push(deed);
                }
            }
            Delta::Problem { before, after } => {
                let (before, after) = (before.as_deref(), after.as_deref());
                if let Some(problem) = before.or(after) {
                    let deed = Deed { act, before, after };
                    self.problems.entry(problem.id).or_default().push(deed);
                }
            }
            Delta::Product { before, after } => self.settings.push(Changed { act, before, after }),
        }
    }

    /// What was done to a story, oldest first.
    pub(super) fn of_story(&self, id: StoryId) -> &[Deed<'a, Story>] {
        self.stories.get(&id).map_or(&[], Vec::as_slice)
    }

    /// What was done to a problem, oldest first.
    pub(super) fn of_problem(&self, id: ProblemId) -> &[Deed<'a, Problem>] {
        self.problems.get(&id).map_or(&[], Vec::as_slice)
    }

    /// What was done to the settings, oldest first.
    pub(super) fn of_settings(&self) -> &[Changed<'a>] {
        &self.settings
    }
}

/// The act that did it: the last one of somebody else, or of anybody where the user alone did.
pub(super) fn doer<'a, T>(
    deeds: &[Deed<'a, T>],
    user: Option<&str>,
    did: impl Fn(&Deed<T>) -> bool,
) -> Option<&'a Act> {
    let fitting = || deeds.iter().rev().filter(|deed| did(deed));
    fitting()
        .find(|deed| !is_own(deed.act, user))
        .or_else(|| fitting().next())
        .map(|deed| deed.act)
}

/// Whether the user did it.
pub(super) fn is_own(act: &Act, user: Option<&str>) -> bool {
    user.is_some_and(|user| act.by.as_str() == user)
}
