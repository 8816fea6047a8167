//! Why a text does not fit a setting, as a sentence with the form that does.

use std::fmt;

use crate::model::refusal::Refusal;

/// Why a setting was not changed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Unfit {
    /// Text that is no whole number.
    NotANumber {
        /// What was given.
        text: String,
        /// The lowest there can be.
        low: u8,
        /// The highest there can be.
        high: u8,
    },
    /// Text that is no day.
    NotADay(String),
    /// Text that is no capacity of an iteration.
    NotACapacity {
        /// What was given.
        text: String,
        /// The most there can be, in per cent.
        most: u16,
    },
    /// Something about iterations where there are none.
    NoIterations,
    /// An estimate to be asked for where none are given.
    NoScale,
    /// No estimates where the definition of ready asks for one.
    EstimatesNeeded,
    /// An entry without words.
    EmptyEntry(&'static str),
    /// An empty list where at least one entry is needed.
    EmptyList {
        /// The list.
        list: &'static str,
        /// What its entries are.
        what: &'static str,
    },
    /// The same entry twice.
    Twice {
        /// What it is.
        what: &'static str,
        /// How it reads.
        text: String,
    },
    /// An entry that is not there.
    NoSuchEntry {
        /// The setting's name.
        name: &'static str,
        /// What was given.
        text: String,
    },
    /// A setting with one value, treated as a list.
    NotAList(&'static str),
    /// Text that is no view.
    NotAView(String),
    /// A key of a view that is not one character.
    NotAKey {
        /// The view's name.
        view: String,
        /// What was given.
        key: String,
    },
    /// A query of a view that cannot be run.
    BadQuery {
        /// The view's name.
        view: String,
        /// What is wrong, as a sentence.
        reason: String,
    },
    /// Two views with one key.
    SameKey {
        /// The key.
        key: char,
        /// One view's name.
        one: String,
        /// The other view's name.
        other: String,
    },
    /// A view that there is not.
    NoSuchView {
        /// The name that was asked for.
        name: String,
        /// The names there are.
        known: String,
    },
}

impl From<Unfit> for Refusal {
    fn from(unfit: Unfit) -> Self {
        Self::Unfit(Box::new(unfit))
    }
}

const NO_ITERATIONS: &str =
    "There are no iterations yet. Set their first day first (iterations.start).";
const NO_SCALE: &str =
    "The team gives no estimates. Set the estimates to choose from first (scale).";
const ESTIMATES_NEEDED: &str =
    "A story needs an estimate before it is agreed. Take that back first (ready.estimate).";

impl fmt::Display for Unfit {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NotANumber { text, low, high } => write!(
                f,
                "`{text}` is no whole number. Use one from {low} to {high}."
            ),
            Self::NotADay(text) => write!(
                f,
                "`{text}` is no day. Write it with year, month and day, such as 2026-11-02, or write none."
            ),
            Self::NotACapacity { text, most } => write!(
                f,
                "`{text}` is no capacity. Write an iteration's number and up to {most} per cent, such as 12=50%."
            ),
            Self::NoIterations => f.write_str(NO_ITERATIONS),
            Self::NoScale => f.write_str(NO_SCALE),
            Self::EstimatesNeeded => f.write_str(ESTIMATES_NEEDED),
            Self::EmptyEntry(what) => write!(f, "A {what} needs words. Type a few."),
            Self::EmptyList { list, what } => write!(
                f,
                "Without one {what} {list} would be empty. Leave at least one."
            ),
            Self::Twice { what, text } => {
                write!(f, "The {what} `{text}` is there already. Once is enough.")
            }
            Self::NoSuchEntry { name, text } => write!(
                f,
                "There is no `{text}` in {name}. Look at what is there and write it the same."
            ),
            Self::NotAList(name) => {
                write!(f, "{name} has one value and is no list. Set it as a whole.")
            }
            Self::NotAView(text) => write!(
                f,
                "`{text}` is no view. Write it as NAME | QUERY | KEY | GROUP; all but the name may be left out."
            ),
            Self::NotAKey { view, key } => write!(
                f,
                "`{key}` cannot be the key of {view}. Use one letter or digit."
            ),
            Self::BadQuery { view, reason } => {
                write!(f, "The query of {view} cannot be used. {reason}")
            }
            Self::NoSuchView { name, known } if known.is_empty() => {
                write!(f, "There is no view `{name}`. None is saved yet.")
            }
            Self::NoSuchView { name, known } => {
                write!(f, "There is no view `{name}`. Use one of: {known}.")
            }
            Self::SameKey { key, one, other } => write!(
                f,
                "{one} and {other} would both have the key {key}. Give one of them another key."
            ),
        }
    }
}
