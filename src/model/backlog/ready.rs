//! Readiness: what a story lacks to be agreed, by the product's definition of ready.

use std::fmt;

use super::Backlog;
use crate::model::refusal::{Advice, Refusal, Way};
use crate::model::{Line, Story};

/// Something that a story lacks to be agreed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Missing {
    /// Acceptance criteria.
    Criteria {
        /// How many are needed.
        needed: usize,
        /// How many there are.
        there: usize,
    },
    /// Answers to so many questions.
    Answers(usize),
    /// A benefit.
    Benefit,
    /// An estimate.
    Estimate,
    /// A problem that it is to solve.
    Problem,
    /// So many defects are still to be mended.
    Mending(usize),
    /// A line of the definition that is not ticked.
    Tick(Line),
}

impl Backlog {
    /// What the story lacks to be agreed, what is written first before what is ticked last.
    pub fn missing(&self, story: &Story) -> Vec<Missing> {
        let ready = &self.product().ready;
        let mut missing = Vec::new();
        let mut lacks = |is_missing: bool, what: Missing| {
            if is_missing {
                missing.push(what);
            }
        };
        let is_for_users = story.kind.needs_criteria();
        let (needed, there) = (ready.criteria, story.criteria.len());
        let criteria = Missing::Criteria { needed, there };
        lacks(is_for_users && there < needed, criteria);
        let open = story.open_questions().count();
        lacks(ready.answers && open > 0, Missing::Answers(open));
        let is_pointless = is_for_users && story.benefit.is_empty();
        lacks(ready.benefit && is_pointless, Missing::Benefit);
        // Two people may have asked for estimates and given them up.
        let estimates = ready.estimate && self.product().has_estimates();
        lacks(estimates && story.estimate.is_none(), Missing::Estimate);
        lacks(ready.problem && story.problem.is_none(), Missing::Problem);
        if ready.sound {
            let defects = self.faults(story).defects;
            lacks(defects > 0, Missing::Mending(defects));
        }
        for line in &ready.lines {
            lacks(!story.is_ticked_ready(line), Missing::Tick(line.clone()));
        }
        missing
    }

    /// Whether the story meets the product's definition of ready.
    ///
    /// # Errors
    /// The refusal names all that is missing.
    pub fn is_ready_to_agree(&self, story: &Story) -> Result<(), Refusal> {
        let missing = self.missing(story);
        if missing.is_empty() {
            return Ok(());
        }
        let key = self.key(story);
        Err(Refusal::NotReady { key, missing })
    }
}

impl fmt::Display for Missing {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Criteria { needed, there } => match needed - there {
                1 if *there == 0 => write!(f, "an acceptance criterion"),
                1 => write!(f, "one more acceptance criterion"),
                many if *there == 0 => write!(f, "{many} acceptance criteria"),
                many => write!(f, "{many} more acceptance criteria"),
            },
            Self::Answers(1) => write!(f, "an answer to its question"),
            Self::Answers(open) => write!(f, "answers to {open} questions"),
            Self::Benefit => write!(f, "a benefit"),
            Self::Estimate => write!(f, "an estimate"),
            Self::Problem => write!(f, "a problem that it solves"),
            Self::Mending(1) => write!(f, "its defect mended"),
            Self::Mending(many) => write!(f, "its {many} defects mended"),
            Self::Tick(line) => write!(f, "“{line}” ticked"),
        }
    }
}

/// Tells what a story lacks, and what to do where it is one thing.
pub(in crate::model) fn tell(
    f: &mut dyn fmt::Write,
    key: &str,
    missing: &[Missing],
    way: &Way<'_>,
) -> fmt::Result {
    let [only] = missing else {
        let (last, others) = missing.split_last().ok_or(fmt::Error)?;
        let others: Vec<String> = others.iter().map(ToString::to_string).collect();
        return write!(
            f,
            "{key} is not ready yet: it needs {} and {last}.",
            others.join(", ")
        );
    };
    let (said, advice) = match only {
        Missing::Criteria { needed: 1, .. } => (
            "has no acceptance criterion. Add one first".to_owned(),
            Advice::AddCriterion,
        ),
        Missing::Criteria { needed, .. } => (
            format!("needs {needed} acceptance criteria. Add what is missing first"),
            Advice::AddCriterion,
        ),
        Missing::Answers(1) => (
            "has an unanswered question. Answer it first".to_owned(),
            Advice::Answer,
        ),
        Missing::Answers(open) => (
            format!("has {open} unanswered questions. Answer them first"),
            Advice::Answer,
        ),
        Missing::Benefit => (
            "says nothing of its benefit. Write what it is for first".to_owned(),
            Advice::WriteBenefit,
        ),
        Missing::Estimate => (
            "has no estimate. Estimate it first".to_owned(),
            Advice::Estimate,
        ),
        Missing::Problem => (
            "solves no problem yet. Say which one first".to_owned(),
            Advice::NameProblem,
        ),
        Missing::Mending(1) => (
            "has a defect. Mend it first, or settle it".to_owned(),
            Advice::MendDefects,
        ),
        Missing::Mending(many) => (
            format!("has {many} defects. Mend them first, or settle them"),
            Advice::MendDefects,
        ),
        Missing::Tick(line) => (
            format!("is not ready: “{line}” is not ticked. Tick it first"),
            Advice::TickReady,
        ),
    };
    write!(f, "{key} {said}{}.", way(advice, key))
}
