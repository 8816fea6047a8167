//! The labels of a backlog, and which of them a `label:` word means.

use std::collections::{BTreeMap, HashSet};
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

/// The labels that some story has, by what they are folded.
#[derive(Debug, Default)]
pub(super) struct Known(BTreeMap<String, Vec<String>>);

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

    /// Whether the story has one of them.
    pub(super) fn hold(&self, story: &Story) -> bool {
        (self.or_none && story.labels.is_empty())
            || story
                .labels
                .iter()
                .any(|label| self.words.contains(label.as_str()))
    }
}

impl Known {
    /// Collects the labels of all stories.
    pub(super) fn of<'a>(stories: impl Iterator<Item = &'a Story>) -> Self {
        let written: HashSet<&str> = stories
            .flat_map(|story| story.labels.iter().map(Line::as_str))
            .collect();
        let mut known: BTreeMap<String, Vec<String>> = BTreeMap::new();
        for label in written {
            known.entry(fold(label)).or_default().push(label.to_owned());
        }
        Self(known)
    }

    fn meant_by<'a>(&'a self, word: &'a str) -> impl Iterator<Item = &'a String> {
        let is_whole = self.0.contains_key(word);
        self.0
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
