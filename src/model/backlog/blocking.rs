//! What waits for what, looked up from the blocker's side.

use std::collections::{BTreeSet, HashMap};

use super::Backlog;
use crate::model::{Story, StoryId};

/// For every story that others name as their blocker: those others, closed ones too.
#[derive(Clone, Debug, Default)]
pub(super) struct Blocking(HashMap<StoryId, BTreeSet<StoryId>>);

impl Blocking {
    pub(super) fn insert(&mut self, story: &Story) {
        for blocker in &story.blocked_by {
            self.0.entry(*blocker).or_default().insert(story.id);
        }
    }

    pub(super) fn remove(&mut self, story: &Story) {
        for blocker in &story.blocked_by {
            if let Some(waiting) = self.0.get_mut(blocker) {
                waiting.remove(&story.id);
                if waiting.is_empty() {
                    self.0.remove(blocker);
                }
            }
        }
    }
}

impl Backlog {
    /// The open stories that name this one as a blocker, by id; none once it is closed itself.
    pub fn waiting_for(&self, id: StoryId) -> impl Iterator<Item = StoryId> + '_ {
        let is_open = |id: StoryId| self.story(id).is_some_and(|s| !s.status.is_closed());
        self.named_by(id)
            .filter(move |waiting| is_open(id) && is_open(*waiting))
    }

    /// Every story that names this one as a blocker, by id.
    pub(super) fn named_by(&self, id: StoryId) -> impl Iterator<Item = StoryId> + '_ {
        self.blocking.0.get(&id).into_iter().flatten().copied()
    }
}
