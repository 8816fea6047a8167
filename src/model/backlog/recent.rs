//! What has changed of late, so that whoever keeps something about all stories need not look at all of them again.

use std::collections::VecDeque;

use crate::model::StoryId;

/// So many changes are remembered; whoever is farther behind looks at everything.
const MEMORY: usize = 4_096;

/// The last changes of a backlog.
///
/// Generations rise, and no two backlogs ever have the same one; a copy that went its own way has those up to there.
#[derive(Clone, Debug)]
pub(super) struct Recent {
    /// The generation before the first of the changes.
    start: u64,
    /// The generation that each change began, and the story it was about, if any.
    changes: VecDeque<(u64, Option<StoryId>)>,
}

impl Recent {
    /// Nothing has changed since this generation.
    pub(super) const fn since(start: u64) -> Self {
        Self {
            start,
            changes: VecDeque::new(),
        }
    }

    pub(super) fn push(&mut self, generation: u64, story: Option<StoryId>) {
        if self.changes.len() == MEMORY
            && let Some((forgotten, _)) = self.changes.pop_front()
        {
            self.start = forgotten;
        }
        self.changes.push_back((generation, story));
    }

    /// The stories that have changed since a generation; `None` where that is none of this backlog's, or forgotten.
    pub(super) fn since_generation(
        &self,
        generation: u64,
    ) -> Option<impl Iterator<Item = StoryId> + use<'_>> {
        let first = if generation == self.start {
            0
        } else {
            let place = |(began, _): &(u64, _)| began.cmp(&generation);
            self.changes.binary_search_by(place).ok()? + 1
        };
        let changes = self.changes.range(first..);
        Some(changes.filter_map(|(_, story)| *story))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn story(number: u64) -> StoryId {
        StoryId::new(uuid::Uuid::from_u128(number.into()))
    }

    fn since(recent: &Recent, generation: u64) -> Option<Vec<StoryId>> {
        Some(recent.since_generation(generation)?.collect())
    }

    #[test]
    fn only_generations_of_this_backlog_are_known() {
        let mut recent = Recent::since(3);
        assert_eq!(since(&recent, 3), Some(vec![]));
        recent.push(5, Some(story(1)));
        recent.push(6, None);
        recent.push(9, Some(story(2)));
        assert_eq!(since(&recent, 3), Some(vec![story(1), story(2)]));
        assert_eq!(since(&recent, 5), Some(vec![story(2)]));
        assert_eq!(since(&recent, 9), Some(vec![]));
        for another in [2, 4, 7, 8, 10] {
            assert_eq!(since(&recent, another), None);
        }
    }

    #[test]
    fn what_is_long_ago_is_forgotten() {
        let mut recent = Recent::since(0);
        let all = MEMORY as u64 + 2;
        (1..=all).for_each(|generation| recent.push(generation, Some(story(generation))));
        assert_eq!(since(&recent, 1), None);
        assert_eq!(since(&recent, 2).map(|stories| stories.len()), Some(MEMORY));
        assert_eq!(since(&recent, all), Some(vec![]));
    }
}
