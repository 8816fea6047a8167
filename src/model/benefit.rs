//! The benefit check: how and when it will be known whether an accepted story kept its promise, and whether it did.

use std::fmt;
use std::str::FromStr;

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use super::refusal::Refusal;
use super::text::{Line, Prose};
use super::{Extra, Timestamp};

/// What is to be learned of an accepted story, and what was.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct BenefitCheck {
    /// The day on which to look.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub when: Option<Date>,
    /// How it will be known.
    #[serde(skip_serializing_if = "no_prose")]
    pub how: Prose,
    /// What became of the promise; none as long as nobody has looked.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub result: Option<Promise>,
    /// What was seen.
    #[serde(skip_serializing_if = "no_prose")]
    pub note: Prose,
    /// The number that was measured, as it was written.
    #[serde(skip_serializing_if = "no_line")]
    pub number: Line,
    /// When the result was told.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub at: Option<Timestamp>,
    /// By whom.
    #[serde(skip_serializing_if = "no_line")]
    pub by: Line,
    /// Fields this version does not know.
    #[serde(flatten)]
    pub extra: Extra,
}

/// What became of a story's promise.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Promise {
    /// The benefit came.
    Kept,
    /// It did not.
    Missed,
    /// It cannot be told.
    Unknown,
}

/// What is to be noted of a story's benefit.
#[derive(Clone, Debug, PartialEq)]
pub enum Learning {
    /// When and how to look. A result that was there is taken away: the question is open again.
    Plan {
        /// The day, where it is to change.
        when: Option<Date>,
        /// How it will be known, where that is to change.
        how: Option<Prose>,
    },
    /// What was found.
    Result {
        /// What became of the promise.
        result: Promise,
        /// What was seen, where that is to change.
        note: Option<Prose>,
        /// The number that was measured, where that is to change.
        number: Option<Line>,
    },
}

impl BenefitCheck {
    /// Whether it is time to look.
    pub fn is_due(&self, today: Date) -> bool {
        self.result.is_none() && self.when.is_some_and(|when| when <= today)
    }
}

impl Promise {
    /// Everything that can become of a promise.
    pub const ALL: [Self; 3] = [Self::Kept, Self::Missed, Self::Unknown];

    /// The word for it, as on disk and on the screen.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Kept => "kept",
            Self::Missed => "missed",
            Self::Unknown => "unknown",
        }
    }
}

impl fmt::Display for Promise {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.word())
    }
}

impl FromStr for Promise {
    type Err = Refusal;

    fn from_str(text: &str) -> Result<Self, Refusal> {
        let word = text.trim().to_lowercase();
        let found = Self::ALL.into_iter().find(|promise| promise.word() == word);
        found.ok_or_else(|| Refusal::UnknownWord {
            what: "result of a benefit check",
            word: text.trim().to_owned(),
            known: Self::ALL.map(Self::word).join(", "),
        })
    }
}

fn no_line(line: &Line) -> bool {
    line.is_empty()
}

fn no_prose(prose: &Prose) -> bool {
    prose.is_empty()
}
