//! Ids: what the program calls things. People use keys such as `WEB-17` instead.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};
use uuid::Uuid;

macro_rules! id {
    ($(#[$doc:meta])* $name:ident) => {
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        #[serde(transparent)]
        pub struct $name(Uuid);

        impl $name {
            /// Takes a uuid as an id; version 7 keeps ids in the order of their making.
            pub const fn new(uuid: Uuid) -> Self {
                Self(uuid)
            }

            /// The uuid behind the id.
            pub const fn uuid(self) -> Uuid {
                self.0
            }

            /// The last part of the id, enough to name by what has no key.
            pub fn short(self) -> String {
                let id = self.to_string();
                let digits = id.chars().count();
                id.chars().skip(digits.saturating_sub(8)).collect()
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                self.0.hyphenated().fmt(f)
            }
        }

        impl FromStr for $name {
            type Err = uuid::Error;

            fn from_str(text: &str) -> Result<Self, Self::Err> {
                text.trim().parse().map(Self)
            }
        }
    };
}

id! {
    /// A story's id, the same for ever and in every clone.
    StoryId
}
id! {
    /// A problem's id.
    ProblemId
}
id! {
    /// The id of an outcome.
    OutcomeId
}
id! {
    /// The id of one act in the journal.
    ActId
}
