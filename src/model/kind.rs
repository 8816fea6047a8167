//! The kinds of stories.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

use super::refusal::Refusal;

/// What sort of work a story is.
#[derive(
    Clone, Copy, Debug, Default, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize,
)]
#[serde(rename_all = "lowercase")]
pub enum Kind {
    /// Something new that users can do.
    #[default]
    Feature,
    /// Something that does not do what was agreed.
    Bug,
    /// Work that users do not see.
    Chore,
    /// Work that answers a question.
    Spike,
}

impl Kind {
    /// Every kind, in the order menus show them.
    pub const ALL: [Self; 4] = [Self::Feature, Self::Bug, Self::Chore, Self::Spike];

    /// The word for the kind, as on disk and on the screen.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Feature => "feature",
            Self::Bug => "bug",
            Self::Chore => "chore",
            Self::Spike => "spike",
        }
    }

    /// Whether a story of this kind needs acceptance criteria to be agreed and accepted.
    pub const fn needs_criteria(self) -> bool {
        matches!(self, Self::Feature | Self::Bug)
    }
}

impl fmt::Display for Kind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.word())
    }
}

impl FromStr for Kind {
    type Err = Refusal;

    fn from_str(text: &str) -> Result<Self, Refusal> {
        let word = text.trim().to_lowercase();
        Self::ALL
            .into_iter()
            .find(|kind| kind.word() == word)
            .ok_or_else(|| Refusal::UnknownWord {
                what: "kind",
                word: text.trim().to_owned(),
                known: Self::ALL.map(Self::word).join(", "),
            })
    }
}
