//! The settings of a product, the one list of them: what each is called, what it means, its value as text and back.
//!
//! The screen of settings and `backstory config` both stand on it; there is no second list. A value is a list of
//! entries, one text each; a setting that is no list has one entry, or none where nothing is set.

mod entries;
mod reading;
mod table;
mod unfit;
mod view;

use super::{LintSettings, Product};
use crate::model::refusal::Refusal;
use crate::model::{Kind, Timestamp, score::Method};
pub use unfit::Unfit;

/// A setting of a product.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[expect(missing_docs, reason = "the table says what each of them is")]
pub enum Setting {
    Name,
    Key,
    Personas,
    ReadyCriteria,
    ReadyAnswers,
    ReadyBenefit,
    ReadyEstimate,
    ReadyProblem,
    ReadySound,
    ReadyLines,
    Done,
    Scale,
    Start,
    Weeks,
    Window,
    Counts,
    Capacity,
    FeatureCriteria,
    FeatureNotes,
    BugCriteria,
    BugNotes,
    ChoreCriteria,
    ChoreNotes,
    SpikeCriteria,
    SpikeNotes,
    LintOff,
    LintVague,
    LintCriteria,
    LintBlockers,
    LintTitle,
    Freshness,
    Scores,
    Views,
}

/// What the value of a setting is made of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Shape {
    /// One text.
    Text,
    /// One text of any number of lines.
    Prose,
    /// Yes or no.
    Switch,
    /// Any number of short words, with commas between them where they are typed; changed as a whole.
    Words,
    /// Any number of names, with commas between them where they are typed; changed one by one.
    Names,
    /// Some words of a closed list, with commas between them where they are typed.
    Choices,
    /// Any number of lines.
    Lines,
    /// Any number of texts, each of any number of lines.
    Proses,
}

/// What is to be done to the value of a setting.
///
/// A deed says what it means by its texts, not by places, so that it is still right when somebody else has changed
/// the same setting a moment before.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Deed {
    /// These entries, as they were typed, are the whole value.
    Set(Vec<String>),
    /// These entries, as they were typed, come after those there are.
    Add(Vec<String>),
    /// These entries go.
    Remove(Vec<String>),
    /// An entry becomes another one, at its place.
    Replace {
        /// The entry as it is.
        old: String,
        /// What it is to be.
        new: String,
    },
    /// An entry goes one place up.
    Raise(String),
    /// An entry goes one place down.
    Lower(String),
    /// An entry goes to the top.
    First(String),
}

impl Setting {
    /// The setting of this name, in whatever case.
    pub fn named(name: &str) -> Option<Self> {
        let name = name.trim().to_lowercase();
        Self::ALL.into_iter().find(|setting| setting.name() == name)
    }

    /// The settings whose names are nearest to a word that is none: those it begins, then those of like letters.
    pub fn nearest(word: &str) -> Vec<Self> {
        let word = word.trim().to_lowercase();
        let begins = |setting: &Self| !word.is_empty() && setting.name().starts_with(&word);
        let begun: Vec<Self> = Self::ALL.into_iter().filter(begins).collect();
        if !begun.is_empty() {
            return begun;
        }
        let nearest = Self::ALL.map(|setting| setting.distance(&word));
        let least = nearest.into_iter().min().unwrap_or(0);
        Self::ALL
            .into_iter()
            .filter(|setting| least <= 2 && setting.distance(&word) == least)
            .collect()
    }

    /// How far a word is from the setting's name, or from a part of it.
    fn distance(self, word: &str) -> usize {
        let name = self.name();
        let parts = name.split('.').map(|part| edits(part, word));
        parts.fold(edits(name, word), usize::min)
    }

    /// Whether the value is a list.
    pub const fn is_list(self) -> bool {
        !matches!(self.shape(), Shape::Text | Shape::Prose | Shape::Switch)
    }

    /// Whether what is typed for it, or for an entry of it, may have several lines.
    pub const fn takes_lines(self) -> bool {
        matches!(self.shape(), Shape::Prose | Shape::Proses)
    }

    /// The kind whose template it is part of.
    pub(super) const fn kind(self) -> Option<Kind> {
        match self {
            Self::FeatureCriteria | Self::FeatureNotes => Some(Kind::Feature),
            Self::BugCriteria | Self::BugNotes => Some(Kind::Bug),
            Self::ChoreCriteria | Self::ChoreNotes => Some(Kind::Chore),
            Self::SpikeCriteria | Self::SpikeNotes => Some(Kind::Spike),
            _ => None,
        }
    }

    /// The words of a closed list, with what people call them; empty where the list is open.
    pub fn choices(self) -> Vec<(&'static str, &'static str)> {
        match self {
            Self::Counts => Kind::ALL.map(|kind| (kind.word(), kind.word())).to_vec(),
            Self::Scores => Method::ALL
                .map(|method| (method.word(), method.name()))
                .to_vec(),
            Self::LintOff => LintSettings::RULES.map(|rule| (rule, rule)).to_vec(),
            _ => Vec::new(),
        }
    }

    /// Why the setting cannot be changed now, whatever it is to be.
    pub fn refuses(self, product: &Product) -> Option<Refusal> {
        let is_of_iterations = matches!(
            self,
            Self::Weeks | Self::Window | Self::Counts | Self::Capacity
        );
        (is_of_iterations && product.iterations.is_none()).then(|| Unfit::NoIterations.into())
    }

    /// The product with the setting changed; `now` is for the times in the queries of views.
    ///
    /// # Errors
    /// A text that does not fit is refused, with the form that does.
    pub fn after(self, product: &Product, deed: &Deed, now: Timestamp) -> Result<Product, Refusal> {
        if let Some(refusal) = self.refuses(product) {
            return Err(refusal);
        }
        if !self.is_list() && !matches!(deed, Deed::Set(_)) {
            return Err(Unfit::NotAList(self.name()).into());
        }
        let mut entries = self.entries(product);
        match deed {
            Deed::Set(texts) => entries = self.typed(texts),
            Deed::Add(texts) => entries.extend(self.typed(texts)),
            Deed::Remove(texts) => {
                for text in self.typed(texts) {
                    let place = self.place(&entries, &text)?;
                    entries.remove(place);
                }
            }
            Deed::Replace { old, new } => {
                let place = self.place(&entries, old)?;
                if let Some(entry) = entries.get_mut(place) {
                    new.clone_into(entry);
                }
            }
            Deed::Raise(entry) => {
                let place = self.place(&entries, entry)?;
                entries.swap(place, place.saturating_sub(1));
            }
            Deed::Lower(entry) => {
                let place = self.place(&entries, entry)?;
                let last = entries.len().saturating_sub(1);
                entries.swap(place, (place + 1).min(last));
            }
            Deed::First(entry) => {
                let place = self.place(&entries, entry)?;
                let entry = entries.remove(place);
                entries.insert(0, entry);
            }
        }
        self.with(product, &entries, now)
    }

    /// The entries that typed texts hold.
    fn typed(self, texts: &[String]) -> Vec<String> {
        let parts = texts.iter().flat_map(|text| -> Vec<&str> {
            match self.shape() {
                Shape::Words | Shape::Names | Shape::Choices => text.split(',').collect(),
                Shape::Lines => text.lines().collect(),
                Shape::Text | Shape::Prose | Shape::Proses | Shape::Switch => vec![text],
            }
        });
        parts
            .map(str::trim)
            .filter(|part| !part.is_empty())
            .map(str::to_owned)
            .collect()
    }

    fn place(self, entries: &[String], text: &str) -> Result<usize, Refusal> {
        let same = entries.iter().position(|entry| entry == text);
        same.or_else(|| entries.iter().position(|entry| self.is_meant(entry, text)))
            .ok_or_else(|| {
                Unfit::NoSuchEntry {
                    name: self.name(),
                    text: text.to_owned(),
                }
                .into()
            })
    }
}

impl Product {
    /// What turns these settings into others, in a few words for the history: "change the definition of done".
    pub fn told_change(&self, after: &Self) -> String {
        let begins_or_ends = self.iterations.is_some() != after.iterations.is_some();
        let needs_first_day = |setting: &Setting| {
            setting
                .refuses(self)
                .or_else(|| setting.refuses(after))
                .is_some()
        };
        let mut subjects: Vec<&str> = Setting::ALL
            .into_iter()
            .filter(|setting| setting.entries(self) != setting.entries(after))
            // Their values come and go with the first day.
            .filter(|setting| !(begins_or_ends && needs_first_day(setting)))
            .map(Setting::subject)
            .collect();
        subjects.dedup();
        match subjects.as_slice() {
            [only] => format!("change {only}"),
            _ => "change the settings".to_owned(),
        }
    }
}

/// How many letters must be put in, taken out or exchanged to make one word of another (Levenshtein's distance).
fn edits(one: &str, other: &str) -> usize {
    let other: Vec<char> = other.chars().collect();
    let mut row: Vec<usize> = (0..=other.len()).collect();
    for (line, letter) in one.chars().enumerate() {
        let mut above = line;
        let mut left = line + 1;
        for (cell, known) in row.iter_mut().skip(1).zip(&other) {
            let exchanged = above + usize::from(letter != *known);
            above = *cell;
            left = exchanged.min(above + 1).min(left + 1);
            *cell = left;
        }
        if let Some(first) = row.first_mut() {
            *first = line + 1;
        }
    }
    row.last().copied().unwrap_or(0)
}

#[cfg(test)]
mod tests;
