//! The orders of the queue: by rank, by waiting time, by label. Each keeps the backlog's order among equals.

use std::cmp::Reverse;
use std::sync::Arc;

use crate::model::{Backlog, Line, Status, Story, StoryId, Timestamp};

/// What the queue is ordered by.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum Order {
    /// The backlog's own order.
    #[default]
    Rank,
    /// What has waited longest comes first.
    Waiting,
    /// By the first label; what has none comes last.
    Label,
}

impl Order {
    /// The next one, round and round.
    pub(super) const fn next(self) -> Self {
        match self {
            Self::Rank => Self::Waiting,
            Self::Waiting => Self::Label,
            Self::Label => Self::Rank,
        }
    }

    /// What stands behind the number of the waiting ones.
    pub(super) const fn title(self) -> &'static str {
        match self {
            Self::Rank => "",
            Self::Waiting => ", oldest",
            Self::Label => ", by label",
        }
    }

    /// The whole as news.
    pub(super) const fn news(self) -> &'static str {
        match self {
            Self::Rank => "The queue is in the order of the backlog.",
            Self::Waiting => "What has waited longest comes first in the queue.",
            Self::Label => "The queue is ordered by label.",
        }
    }

    /// The delivered stories in this order; `None` where it is the backlog's own.
    pub(super) fn sorted(self, backlog: &Backlog) -> Option<Arc<[StoryId]>> {
        let mut stories: Vec<StoryId> = backlog.delivered().collect();
        match self {
            Self::Rank => return None,
            Self::Waiting => stories.sort_by_cached_key(|id| waits_since(backlog, *id)),
            Self::Label => stories.sort_by_cached_key(|id| label(backlog, *id)),
        }
        Some(stories.into())
    }
}

/// Since when a story waits; one of which nobody knows comes first.
fn waits_since(backlog: &Backlog, id: StoryId) -> Option<Timestamp> {
    let delivered = |story: &Story| {
        let mut log = story.log.iter().rev();
        let entry = log.find(|entry| entry.status == Status::Delivered)?;
        Some(entry.at)
    };
    backlog.story(id).and_then(|story| delivered(story))
}

/// The first label in the alphabet, in a key by which none is the last.
fn label(backlog: &Backlog, id: StoryId) -> (Reverse<bool>, String) {
    let labels = backlog.story(id).map(|story| story.labels.as_slice());
    let first = labels.unwrap_or_default().iter().map(Line::as_str);
    let first = first.map(str::to_lowercase).min();
    (Reverse(first.is_some()), first.unwrap_or_default())
}
