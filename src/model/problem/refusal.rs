//! Every "no" about problems, outcomes and what became of them, as a sentence that says what to do next.

use std::fmt;

use jiff::civil::Date;

use crate::model::refusal::Refusal;
use crate::model::workflow::Status;

/// Why something of the thread from outcome to problem to story was not done.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ThreadRefusal {
    /// A problem's title without words.
    NoProblemTitle,
    /// An outcome's title without words.
    NoOutcomeTitle,
    /// Evidence without words.
    NoEvidence,
    /// Evidence of a day that is still to come.
    EvidenceToCome(Date),
    /// An assumption without words.
    NoAssumption,
    /// No assumption of a problem is called so, or more than one.
    NoSuchAssumption(String),
    /// An assumption of the same words exists.
    AssumptionThere(String),
    /// A piece of evidence is not there, or not as it was.
    NoSuchEvidence(String),
    /// No problem is called so.
    NoSuchProblem(String),
    /// More than one problem is called so.
    SeveralProblems {
        /// What was asked for.
        name: String,
        /// The problems it could be.
        found: Vec<String>,
    },
    /// No outcome is called so.
    NoSuchOutcome(String),
    /// More than one outcome is called so.
    SeveralOutcomes {
        /// What was asked for.
        name: String,
        /// The outcomes it could be.
        found: Vec<String>,
    },
    /// A problem of the same id exists.
    ProblemThere(String),
    /// Refuting without a reason.
    RefutedWhy(String),
    /// The benefit of a story that is not accepted.
    NotAccepted {
        /// The story's key.
        key: String,
        /// Where it stands.
        status: Status,
    },
}

impl From<ThreadRefusal> for Refusal {
    fn from(refusal: ThreadRefusal) -> Self {
        Self::Thread(Box::new(refusal))
    }
}

impl fmt::Display for ThreadRefusal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NoProblemTitle => write!(f, "A problem needs a title. Type a few words."),
            Self::NoOutcomeTitle => write!(f, "An outcome needs a title. Type a few words."),
            Self::NoEvidence => write!(f, "Evidence needs words. Type what was seen or heard."),
            Self::EvidenceToCome(day) => write!(
                f,
                "{day} is still to come. Evidence is of a day on which something was seen or heard."
            ),
            Self::NoAssumption => write!(f, "An assumption needs words. Type what must be true."),
            Self::NoSuchAssumption(words) => write!(
                f,
                "There is not one assumption `{words}`. Use all of its words."
            ),
            Self::AssumptionThere(words) => write!(
                f,
                "The assumption \u{201c}{words}\u{201d} is already there. Use other words."
            ),
            Self::NoSuchEvidence(title) => write!(
                f,
                "The evidence of \u{201c}{title}\u{201d} is not as it was. Look at the problem again."
            ),
            Self::NoSuchProblem(name) => write!(
                f,
                "There is no problem `{name}`. Use words of its title or a part of its id."
            ),
            Self::NoSuchOutcome(name) => write!(
                f,
                "There is no outcome `{name}`. Use words of its title or a part of its id."
            ),
            Self::SeveralProblems { name, found } => several(f, "problem", name, found),
            Self::SeveralOutcomes { name, found } => several(f, "outcome", name, found),
            Self::ProblemThere(title) => {
                write!(f, "The problem \u{201c}{title}\u{201d} is already there.")
            }
            Self::RefutedWhy(title) => write!(
                f,
                "To refute \u{201c}{title}\u{201d} a reason is needed. Say what showed that it is no problem."
            ),
            Self::NotAccepted { key, status } => write!(
                f,
                "{key} is {status}, not accepted. Its benefit can be checked once it is accepted."
            ),
        }
    }
}

/// Names what was meant by a word that fits more than one.
fn several(f: &mut fmt::Formatter<'_>, what: &str, name: &str, found: &[String]) -> fmt::Result {
    write!(
        f,
        "`{name}` fits {} {what}s: {}",
        found.len(),
        found.join("; ")
    )?;
    write!(f, ". Use more words or a part of the id.")
}
