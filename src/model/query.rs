//! Queries: the words that filter a backlog, on the screen and on the command line.
//!
//! Bare words are searched in all of a story's text; `field:value` words narrow down. Without a `status:` word a query
//! means the open stories, in their order; `status:any` means every story there is, closed ones last. With bare words
//! the best match comes first.

mod accents;
mod bits;
mod facts;
mod fold;
mod fuzzy;
mod highlight;
mod index;
mod keys;
mod labels;
mod letters;
mod parse;
mod plain;
mod shared;
mod test;
mod texts;
mod vocabulary;
mod wanted;

use std::fmt;
use std::ops::Range;

pub use index::Index;

use super::{Status, StoryId, Timestamp};
use test::Term;
use wanted::Wanted;

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

    /// The parts of a title that the bare words found, in bytes: whole graphemes, in order and apart.
    pub fn highlights(&self, title: &str) -> Vec<Range<usize>> {
        highlight::parts(&self.words, title)
    }

    /// The same query, which looks at closed stories too where it does not name a status.
    #[must_use]
    pub fn everywhere(mut self) -> Self {
        if self.scope == Scope::Open {
            self.scope = Scope::All;
        }
        self
    }

    /// Whether the bare words stand in what is no story: in its names, where letters may be left out, or in its longer
    /// texts. What asks for a field or a status asks for stories alone.
    pub fn is_in(&self, names: &[&str], texts: &[&str]) -> bool {
        if self.words.is_empty() || !self.terms.is_empty() || self.scope.is_choosy() {
            return false;
        }
        let names: Vec<String> = names.iter().map(|name| folded(name)).collect();
        let texts: Vec<String> = texts.iter().map(|text| folded(text)).collect();
        self.words.iter().all(|word| {
            let mut both = names.iter().chain(&texts);
            let stands = both.any(|text| text.contains(&word.text));
            if word.is_negated {
                return !stands;
            }
            let wanted = Wanted::of(word, "");
            stands || names.iter().any(|name| wanted.is_like(name))
        })
    }

    /// Whether there are bare words to find, so that the best match comes first.
    pub fn has_words(&self) -> bool {
        self.words.iter().any(|word| !word.is_negated)
    }
}

/// A text as it is compared with others: case, accents, blanks and quotes do not count.
pub(super) fn folded(text: &str) -> String {
    fold::fold(text)
}

impl Scope {
    fn holds(&self, status: Status) -> bool {
        match self {
            Self::Open => !status.is_closed(),
            Self::All => true,
            Self::Only(statuses) => statuses.contains(&status),
        }
    }

    /// Whether only some of the open stories are meant.
    const fn is_choosy(&self) -> bool {
        matches!(self, Self::Only(_))
    }

    fn looks_at_closed(&self) -> bool {
        match self {
            Self::Open => false,
            Self::All => true,
            Self::Only(statuses) => statuses.iter().any(|status| status.is_closed()),
        }
    }
}

/// Stories that were found in their order, each with what the match is worth and the length of its title; the best
/// first where words were looked for: of equal matches the shorter title, and of equal titles the first in the order.
fn best_first(found: &[(u32, usize, StoryId)], has_words: bool) -> Vec<StoryId> {
    if !has_words {
        return found.iter().map(|(_, _, id)| *id).collect();
    }
    // One number each, because numbers are compared and moved many times as fast as what they stand for.
    let rank = |(place, (score, length, _)): (usize, &(u32, usize, StoryId))| {
        let length = u32::try_from(*length).unwrap_or(u32::MAX);
        u128::from(u32::MAX - score) << 96 | u128::from(length) << 64 | place as u128
    };
    let mut ranked: Vec<u128> = found.iter().enumerate().map(rank).collect();
    ranked.sort_unstable();
    let place = |rank: u128| usize::try_from(rank & u128::from(u64::MAX)).ok();
    let story = |rank| found.get(place(rank)?).map(|(_, _, id)| *id);
    ranked.into_iter().filter_map(story).collect()
}

impl fmt::Display for QueryError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message)
    }
}

impl std::error::Error for QueryError {}
