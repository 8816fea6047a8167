//! A story, with everything that its file holds.

use serde::{Deserialize, Serialize};

use super::criteria::{Baseline, Criterion, Question};
use super::review::{Outcome, Round, Verdict};
use super::text::{Line, Prose, Reason, Title};
use super::workflow::Status;
use super::{BenefitCheck, Extra, Kind, Points, ProblemId, Rank, StoryId, Timestamp};

/// A backlog story. The order of the fields is their order on disk; empty ones are left out there.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Story {
    /// The version of the file's format; see [`Story::FORMAT`].
    pub format: u32,
    /// The same for ever, in every clone.
    pub id: StoryId,
    /// The number in the story's key.
    pub number: u32,
    /// Numbers the story had before another clone's story turned out to have them too.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub former_numbers: Vec<u32>,
    /// What sort of work it is.
    #[serde(default)]
    pub kind: Kind,
    /// What people call it.
    pub title: Title,
    /// Who wants it, without an article.
    #[serde(default, skip_serializing_if = "no_line")]
    pub persona: Line,
    /// What they want to do.
    #[serde(default, skip_serializing_if = "no_line")]
    pub want: Line,
    /// What for.
    #[serde(default, skip_serializing_if = "no_line")]
    pub benefit: Line,
    /// Anything else, as Markdown.
    #[serde(default, skip_serializing_if = "no_prose")]
    pub notes: Prose,
    /// What must be true for the story to be accepted.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub criteria: Vec<Criterion>,
    /// What is not known yet.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub questions: Vec<Question>,
    /// Where it stands.
    #[serde(default)]
    pub status: Status,
    /// Its place in the order.
    pub rank: Rank,
    /// How large it is.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub estimate: Option<Points>,
    /// Words to find it by.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub labels: Vec<Line>,
    /// The larger thing it is part of.
    #[serde(default, skip_serializing_if = "no_line")]
    pub epic: Line,
    /// The problem it is to solve.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub problem: Option<ProblemId>,
    /// The stories that must come first.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub blocked_by: Vec<StoryId>,
    /// Scores by method, kept as they stand in the file.
    #[serde(default, skip_serializing_if = "Extra::is_empty")]
    pub scores: Extra,
    /// The criteria as agreed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub agreed: Option<Baseline>,
    /// The rounds of review, oldest first; the last may still be open.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub reviews: Vec<Round>,
    /// Whether the promise was kept: how and when that will be known, and what was found.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub check: Option<Box<BenefitCheck>>,
    /// Every change of status.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub log: Vec<LogEntry>,
    /// The lines of the definition of ready that are ticked.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub ready: Vec<Line>,
    /// The linter's rules that are no problem in this story.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub settled: Vec<Line>,
    /// Remarks, oldest first.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub comments: Vec<Comment>,
    /// Where it was imported from.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub source: Option<Source>,
    /// When it was written down.
    pub created: Timestamp,
    /// When its content last changed; a move in the order is no change of content.
    pub updated: Timestamp,
    /// Fields this version does not know.
    #[serde(flatten)]
    pub extra: Extra,
}

/// One change of status.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct LogEntry {
    /// The status from then on.
    pub status: Status,
    /// When.
    pub at: Timestamp,
    /// By whom.
    pub by: Line,
    /// Why, where the step asks for it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reason: Option<Reason>,
    /// Fields this version does not know.
    #[serde(flatten)]
    pub extra: Extra,
}

/// A remark on a story.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Comment {
    /// When.
    pub at: Timestamp,
    /// By whom.
    pub by: Line,
    /// What was said.
    pub text: Prose,
    /// Fields this version does not know.
    #[serde(flatten)]
    pub extra: Extra,
}

/// Where a story was imported from; the same source is the same story.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Source {
    /// The other tool or kind of file, such as `pivotal` or `text`.
    pub tool: Line,
    /// The story's id there.
    pub id: Line,
    /// Where to see it.
    #[serde(default, skip_serializing_if = "no_line")]
    pub url: Line,
    /// Fields this version does not know.
    #[serde(flatten)]
    pub extra: Extra,
}

impl Story {
    /// The version of the format that this program writes; files of a newer one are left alone.
    pub const FORMAT: u32 = 1;

    /// The story under another number, which remembers the one it had.
    #[must_use]
    pub fn with_number(&self, number: u32) -> Self {
        let mut story = self.clone();
        if story.number != 0 {
            story.former_numbers.push(story.number);
        }
        story.number = number;
        story
    }

    /// The round that goes on, if one does.
    pub fn open_round(&self) -> Option<&Round> {
        self.reviews.last().filter(|round| round.is_open())
    }

    /// The rounds that have ended, oldest first.
    pub fn closed_rounds(&self) -> impl DoubleEndedIterator<Item = &Round> {
        self.reviews.iter().filter(|round| !round.is_open())
    }

    /// The number of the round that goes on, or that would come next.
    pub fn round_number(&self) -> u32 {
        match self.reviews.last() {
            Some(round) if round.is_open() => round.round,
            Some(round) => round.round.saturating_add(1),
            None => 1,
        }
    }

    /// Whether the criterion was not met in a round that has ended, and in none since was found to be.
    pub fn failed_last_time(&self, criterion: &str) -> bool {
        super::review::failed_in(self.closed_rounds(), criterion).is_some()
    }

    /// That the story comes back once more, from the third round on.
    pub fn comes_back(&self) -> Option<String> {
        let times = match self.rejections() {
            0 | 1 => return None,
            2 => "twice".to_owned(),
            many => format!("{many} times"),
        };
        let round = self.round_number();
        Some(format!(
            "This is round {round}: it was sent back {times} already."
        ))
    }

    /// How often the story was sent back.
    pub fn rejections(&self) -> usize {
        self.reviews
            .iter()
            .filter(|round| round.outcome == Some(Outcome::Rejected))
            .count()
    }

    /// How many criteria are met in the open round, or in the last one when none is open.
    pub fn criteria_met(&self) -> usize {
        let Some(round) = self.reviews.last() else {
            return 0;
        };
        self.criteria
            .iter()
            .filter(|criterion| {
                round
                    .verdict_on(criterion)
                    .is_some_and(|j| j.verdict == Verdict::Met)
            })
            .count()
    }

    /// The criteria that were agreed and are gone.
    pub fn removed_since_agreed(&self) -> impl Iterator<Item = &Criterion> {
        let agreed = self.agreed.iter().flat_map(|baseline| &baseline.criteria);
        agreed.filter(|old| !self.criteria.iter().any(|present| present.id == old.id))
    }

    /// The questions without an answer.
    pub fn open_questions(&self) -> impl Iterator<Item = &Question> {
        self.questions.iter().filter(|question| question.is_open())
    }

    /// Whether a line of the definition of ready is ticked.
    pub fn is_ticked_ready(&self, line: &Line) -> bool {
        self.ready.contains(line)
    }

    /// Whether what a rule of the linter finds is no problem in this story.
    pub fn is_settled(&self, rule: &str) -> bool {
        self.settled.iter().any(|settled| settled.as_str() == rule)
    }

    /// When the story came to where it stands, where that is known.
    pub fn since(&self) -> Option<Timestamp> {
        self.log
            .iter()
            .rev()
            .find(|entry| entry.status == self.status)
            .map(|entry| entry.at)
    }

    /// When the story was accepted, for an accepted one.
    pub fn accepted_at(&self) -> Option<Timestamp> {
        (self.status == Status::Accepted)
            .then(|| self.since())
            .flatten()
    }
}

fn no_line(line: &Line) -> bool {
    line.is_empty()
}

fn no_prose(prose: &Prose) -> bool {
    prose.is_empty()
}
