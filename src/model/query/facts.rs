//! What the fields of a query ask of a story, side by side: a story's own fields lie in many corners of the memory.

use crate::model::{Kind, Points, Status, Story, Timestamp};

/// The facts about a story that can be told without other stories.
#[expect(
    clippy::struct_excessive_bools,
    reason = "a query may ask for each of them alone"
)]
#[derive(Clone, Copy, Debug)]
pub(super) struct Facts {
    pub(super) number: u32,
    pub(super) status: Status,
    pub(super) kind: Kind,
    pub(super) estimate: Option<Points>,
    pub(super) rounds: usize,
    pub(super) updated: Timestamp,
    pub(super) created: Timestamp,
    pub(super) has_problem: bool,
    /// Whether it names anything that blocks it.
    pub(super) has_blockers: bool,
    pub(super) has_questions: bool,
    pub(super) has_criteria: bool,
    pub(super) has_notes: bool,
    pub(super) has_comments: bool,
    pub(super) has_benefit: bool,
    pub(super) was_rejected: bool,
    pub(super) was_waived: bool,
}

impl Facts {
    pub(super) fn of(story: &Story) -> Self {
        Self {
            number: story.number,
            status: story.status,
            kind: story.kind,
            estimate: story.estimate,
            rounds: story.reviews.len(),
            updated: story.updated,
            created: story.created,
            has_problem: story.problem.is_some(),
            has_blockers: !story.blocked_by.is_empty(),
            has_questions: story.open_questions().next().is_some(),
            has_criteria: !story.criteria.is_empty(),
            has_notes: !story.notes.is_empty(),
            has_comments: !story.comments.is_empty(),
            has_benefit: !story.benefit.is_empty(),
            was_rejected: story.rejections() > 0,
            was_waived: story.reviews.iter().any(crate::model::Round::is_waived),
        }
    }
}
