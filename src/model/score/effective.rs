//! What a story counts for: its own score, or that of a story that waits for it where that is higher.
//!
//! A blocker's score is at least that of what it blocks (FIELD.md section 5), through any number of links; circles,
//! which two clones can close together, do no harm. Stories that are closed neither raise nor are raised.

use std::collections::{HashMap, HashSet};

use super::Method;
use crate::model::{Backlog, StoryId};

/// What a story counts for.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Score {
    /// The number, higher for what should come earlier.
    pub number: f64,
    /// The story whose score it is, where that is not the story's own.
    pub from: Option<StoryId>,
}

impl Method {
    /// What one story counts for; walks along the stories that wait for it, not along the backlog.
    pub fn score(self, backlog: &Backlog, id: StoryId) -> Option<Score> {
        let number = |id| self.number(backlog.story(id)?, backlog);
        let mut best = number(id).map(|number| Score { number, from: None });
        let mut seen = HashSet::from([id]);
        let mut ways: Vec<StoryId> = backlog.waiting_for(id).collect();
        while let Some(waiting) = ways.pop() {
            if !seen.insert(waiting) {
                continue;
            }
            if let Some(number) = number(waiting)
                && best.is_none_or(|best| best.number < number)
            {
                let from = Some(waiting);
                best = Some(Score { number, from });
            }
            ways.extend(backlog.waiting_for(waiting));
        }
        best
    }

    /// What every open story counts for, in one go: O(n log n) for n scored stories, and every link once.
    pub fn scores(self, backlog: &Backlog) -> HashMap<StoryId, Score> {
        let mut own: Vec<(f64, StoryId)> = backlog
            .open()
            .filter_map(|id| Some((self.number(backlog.story(id)?, backlog)?, id)))
            .collect();
        own.sort_by(|a, b| b.0.total_cmp(&a.0));
        let mut scores = HashMap::with_capacity(own.len());
        for (number, source) in own {
            let mut ways = vec![source];
            while let Some(id) = ways.pop() {
                // Whoever has a score by now has a higher one, and so have all those it waits for.
                let Some(story) = backlog.story(id) else {
                    continue;
                };
                if story.status.is_closed() || scores.contains_key(&id) {
                    continue;
                }
                let is_raised = self.number(story, backlog).is_none_or(|own| own < number);
                let from = is_raised.then_some(source);
                scores.insert(id, Score { number, from });
                ways.extend(&story.blocked_by);
            }
        }
        scores
    }
}
