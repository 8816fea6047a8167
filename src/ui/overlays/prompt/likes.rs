//! The stories that a new one is like, while it is typed: looked up when the text changes, never while drawing.

use crate::language::alike::Lookalikes;
use crate::model::{Backlog, Status, StoryId};
use crate::ui::suggest::Suggestion;

/// How many are shown.
const SHOWN: usize = 3;

/// So many stories are read for a key; a few keys are enough for most backlogs, and no key waits for a large one.
const READ_FOR_A_KEY: usize = 2_500;

/// The stories that are like what is typed, the likest first.
#[derive(Clone, Debug, Default)]
pub(super) struct Likes {
    known: Lookalikes,
    found: Vec<StoryId>,
}

impl Likes {
    /// Looks for stories that are like a text which has changed.
    pub(super) fn follow(&mut self, text: &str, backlog: &Backlog) {
        self.known.learn(backlog, READ_FOR_A_KEY);
        let found = self.known.find_typed(text, SHOWN);
        self.found = found.into_iter().map(|alike| alike.story).collect();
    }

    pub(super) fn is_empty(&self) -> bool {
        self.found.is_empty()
    }

    pub(super) fn at(&self, place: usize) -> Option<StoryId> {
        self.found.get(place).copied()
    }

    /// The rows that tell of them.
    pub(super) fn told(&self, backlog: &Backlog) -> Vec<Suggestion> {
        let stories = self.found.iter().filter_map(|id| backlog.story(*id));
        stories
            .map(|story| Suggestion {
                words: format!("like {}", backlog.key(story)),
                about: if story.status == Status::Accepted {
                    format!("{} (accepted)", story.title)
                } else {
                    story.title.to_string()
                },
            })
            .collect()
    }
}
