//! Queries: the words that filter a backlog, on the screen and on the command line.
//!
//! Bare words are searched in all of a story's text; `field:value` words narrow down. Without a `status:` word a query
//! means the open stories, in their order; `status:any` means every story there is, closed ones last. With bare words
//! the best match comes first.

mod accents;
mod fold;
mod fuzzy;
mod index;
mod keys;
mod labels;
mod parse;
mod test;

use std::fmt;
use std::ops::Range;

pub use index::Index;

use super::{Status, Timestamp};
use test::Term;

/// A query that can be run.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Query {
    words: Vec<Word>,
    terms: Vec<Term>,
    scope: Scope,
}

/// Why a query cannot be run.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct QueryError {
    /// What is wrong, in bytes of the input.
    pub at: Range<usize>,
    /// What is wrong with it and what would be right, as a sentence.
    pub message: String,
}

/// A bare word, folded.
#[derive(Clone, Debug, PartialEq)]
struct Word {
    text: String,
    /// A quoted phrase is only found as it stands.
    is_phrase: bool,
    is_negated: bool,
}

/// Which stories a query looks at.
#[derive(Clone, Debug, Default, PartialEq)]
enum Scope {
    /// The open ones.
    #[default]
    Open,
    /// All there are.
    All,
    /// Those at these statuses.
    Only(Vec<Status>),
}

impl Query {
    /// Reads a query; `now` is what ages such as `7d` count from.
    ///
    /// # Errors
    /// A field or value that does not exist, with its place in the text.
    pub fn parse(text: &str, now: Timestamp) -> Result<Self, QueryError> {
        parse::parse(text, now)
    }

    /// Whether the query says nothing, so that it means the backlog.
    pub fn is_empty(&self) -> bool {
        self.words.is_empty() && self.terms.is_empty() && self.scope == Scope::Open
    }

    /// Whether there are bare words to find, so that the best match comes first.
    pub fn has_words(&self) -> bool {
        self.words.iter().any(|word| !word.is_negated)
    }
}

impl Scope {
    fn holds(&self, status: Status) -> bool {
        match self {
            Self::Open => !status.is_closed(),
            Self::All => true,
            Self::Only(statuses) => statuses.contains(&status),
        }
    }

    fn looks_at_closed(&self) -> bool {
        match self {
            Self::Open => false,
            Self::All => true,
            Self::Only(statuses) => statuses.iter().any(|status| status.is_closed()),
        }
    }
}

impl fmt::Display for QueryError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message)
    }
}

impl std::error::Error for QueryError {}
