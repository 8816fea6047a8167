//! Acceptance criteria and open questions of a story, and what was agreed of them.

use serde::{Deserialize, Serialize};

use super::text::{Line, Prose};
use super::{Extra, Timestamp};

/// A criterion's id within its story, such as `c1`; empty on a new criterion until the model gives it one.
pub type CriterionId = String;
/// A question's id within its story, such as `q1`; empty on a new question until the model gives it one.
pub type QuestionId = String;

/// One acceptance criterion; may hold Given/When/Then lines.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Criterion {
    /// Stays with the criterion for ever, so that verdicts keep pointing to it.
    pub id: CriterionId,
    /// What must be true.
    pub text: Prose,
    /// Cases that show what is meant, as example mapping finds them; they are no conditions of their own.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub examples: Vec<Line>,
    /// Fields this version does not know.
    #[serde(flatten)]
    pub extra: Extra,
}

/// An open question on a story; unanswered, it keeps the story from being ready.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Question {
    /// Stays with the question for ever.
    pub id: QuestionId,
    /// What is not known yet.
    pub text: Prose,
    /// The answer; empty while there is none.
    #[serde(default, skip_serializing_if = "is_empty")]
    pub answer: Prose,
    /// Fields this version does not know.
    #[serde(flatten)]
    pub extra: Extra,
}

/// The criteria as they were when the story was agreed.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Baseline {
    /// When.
    pub at: Timestamp,
    /// By whom.
    pub by: Line,
    /// The criteria, word for word.
    #[serde(default)]
    pub criteria: Vec<Criterion>,
    /// Fields this version does not know.
    #[serde(flatten)]
    pub extra: Extra,
}

/// How a criterion stands to what was agreed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Agreement<'a> {
    /// Nothing is agreed yet, or the criterion is as agreed.
    Unchanged,
    /// The words have changed since.
    Changed {
        /// The words as agreed.
        was: &'a str,
    },
    /// The criterion came after the agreement.
    Added,
}

impl Criterion {
    /// A new criterion, without an id yet.
    pub fn new(text: &str) -> Self {
        Self {
            text: Prose::parse(text),
            ..Self::default()
        }
    }

    /// How the criterion stands to the baseline.
    pub fn agreement<'a>(&self, baseline: Option<&'a Baseline>) -> Agreement<'a> {
        let Some(baseline) = baseline else {
            return Agreement::Unchanged;
        };
        match baseline.criteria.iter().find(|agreed| agreed.id == self.id) {
            Some(agreed) if agreed.text == self.text => Agreement::Unchanged,
            Some(agreed) => Agreement::Changed { was: &agreed.text },
            None => Agreement::Added,
        }
    }
}

impl Question {
    /// A new question, without an id yet.
    pub fn new(text: &str) -> Self {
        Self {
            text: Prose::parse(text),
            ..Self::default()
        }
    }

    /// Whether it still needs an answer.
    pub fn is_open(&self) -> bool {
        self.answer.trim().is_empty()
    }
}

fn is_empty(text: &Prose) -> bool {
    text.is_empty()
}
