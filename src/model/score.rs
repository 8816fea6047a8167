//! Scores: ways to say how much a story matters. They advise; the order decides.
//!
//! A story's scores stay raw JSON, as they stand in its file: [`Part`] reads and writes what this version knows of them
//! and leaves everything else alone. A score that is not complete gives no number and is kept all the same.

mod board;
mod effective;
mod entry;
mod number;
mod part;
mod raw;
mod reason;
mod shares;
mod summary;

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

use super::refusal::Refusal;
pub use board::{Board, Placed};
pub use effective::Score;
pub use entry::entry;
pub use part::{Grade, Part, Scale};
pub use raw::unknown;
pub use shares::{Share, Shares};

/// A way to score stories.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Method {
    /// Must, should, could, won't (this time).
    Moscow,
    /// Value over effort, each 1 to 5.
    ValueEffort,
    /// Weighted shortest job first: value, urgency and risk over size.
    Wsjf,
    /// Reach, impact and confidence over effort.
    Rice,
    /// What the evidence for the story's problem weighs; nothing is entered at the story.
    Impact,
}

impl Method {
    /// Every method, in the order menus show them.
    pub const ALL: [Self; 5] = [
        Self::Moscow,
        Self::ValueEffort,
        Self::Wsjf,
        Self::Rice,
        Self::Impact,
    ];

    /// The word for the method, as on disk and on the command line.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Moscow => "moscow",
            Self::ValueEffort => "value-effort",
            Self::Wsjf => "wsjf",
            Self::Rice => "rice",
            Self::Impact => "impact",
        }
    }

    /// What people call the method.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Moscow => "MoSCoW",
            Self::ValueEffort => "value/effort",
            Self::Wsjf => "WSJF",
            Self::Rice => "RICE",
            Self::Impact => "impact",
        }
    }

    /// Whether the story is given values by hand; else its score follows from what else is known.
    pub const fn is_entered(self) -> bool {
        !self.parts().is_empty()
    }
}

impl fmt::Display for Method {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.name())
    }
}

impl FromStr for Method {
    type Err = Refusal;

    fn from_str(text: &str) -> Result<Self, Refusal> {
        let word = text.trim().to_lowercase().replace('/', "-");
        Self::ALL
            .into_iter()
            .find(|method| method.word() == word)
            .ok_or_else(|| Refusal::UnknownWord {
                what: "way to score",
                word: text.trim().to_owned(),
                known: Self::ALL.map(Self::word).join(", "),
            })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_method_is_found_by_its_word_and_by_its_name() {
        for method in Method::ALL {
            assert_eq!(method.word().parse(), Ok(method));
            assert_eq!(method.name().parse(), Ok(method));
            assert_eq!(
                serde_json::to_value(method).unwrap(),
                serde_json::json!(method.word())
            );
        }
        assert!("gut".parse::<Method>().is_err());
    }
}
