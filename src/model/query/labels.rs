//! The labels of a backlog, and which of them a `label:` word means.

use std::collections::{BTreeMap, HashMap, HashSet};
use std::ops::Bound;

use super::fold::fold;
use crate::model::{Line, Story};

/// What a `label:` word asks for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Labels {
    /// Stories without any label are meant too.
    pub(super) or_none: bool,
    /// As they were typed, folded; once resolved, as the stories have them.
    pub(super) words: HashSet<String>,
}

/// The labels that some story has.
#[derive(Debug, Default)]
pub(super) struct Known {
    /// How many stories have each, as it is written.
    uses: HashMap<String, usize>,
    /// As they are written, by what they are folded.
    folded: BTreeMap<String, Vec<String>>,
}

impl Labels {
    /// Reads folded words.
    pub(super) fn of(words: Vec<String>) -> Self {
        let mut words: HashSet<String> = words.into_iter().collect();
        Self {
            or_none: words.remove("none"),
            words,
        }
    }

    /// A label that there is means that label alone, so that none is found beside it; any other word means all labels
    /// that begin so, so that nothing jumps while one types.
    pub(super) fn resolved(&self, known: &Known) -> Self {
        let meant = self.words.iter().flat_map(|word| known.meant_by(word));
        Self {
            or_none: self.or_none,
            words: meant.cloned().collect(),
        }
    }

    /// Whether one of them is among a story's.
    pub(super) fn hold(&self, labels: &[Line]) -> bool {
        (self.or_none && labels.is_empty())
            || labels
                .iter()
                .any(|label| self.words.contains(label.as_str()))
    }
}

impl Known {
    /// Collects the labels of all stories.
    pub(super) fn of<'a>(stories: impl Iterator<Item = &'a Story>) -> Self {
        let mut known = Self::default();
        stories.for_each(|story| known.insert(story));
        known
    }

    /// Takes in the labels of a story.
    pub(super) fn insert(&mut self, story: &Story) {
        for label in story.labels.iter().map(Line::as_str) {
            if let Some(uses) = self.uses.get_mut(label) {
                *uses += 1;
            } else {
                self.uses.insert(label.to_owned(), 1);
                let written = self.folded.entry(fold(label)).or_default();
                written.push(label.to_owned());
            }
        }
    }

    /// Forgets the labels of a story that were taken in.
    pub(super) fn remove(&mut self, story: &Story) {
        for label in story.labels.iter().map(Line::as_str) {
            match self.uses.get_mut(label) {
                Some(uses) if *uses > 1 => *uses -= 1,
                Some(_) => self.forget(label),
                None => {}
            }
        }
    }

    fn forget(&mut self, label: &str) {
        self.uses.remove(label);
        let folded = fold(label);
        if let Some(written) = self.folded.get_mut(&folded) {
            written.retain(|other| other != label);
            if written.is_empty() {
                self.folded.remove(&folded);
            }
        }
    }

    fn meant_by<'a>(&'a self, word: &'a str) -> impl Iterator<Item = &'a String> {
        let is_whole = self.folded.contains_key(word);
        self.folded
            .range::<str, _>((Bound::Included(word), Bound::Unbounded))
            .take_while(move |(label, _)| {
                if is_whole {
                    *label == word
                } else {
                    label.starts_with(word)
                }
            })
            .flat_map(|(_, written)| written)
    }
}
