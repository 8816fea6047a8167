//! Suggestions under a field: personas, labels and epics in use, and the stories that may be waited for.
//!
//! They are looked up when the text changes, never while drawing.

use std::ops::Range;

use super::field::{Field, Group};
use crate::model::Backlog;

/// How many suggestions are shown.
const SHOWN: usize = 6;

/// The suggestions for the field with the cursor.
#[derive(Debug, Default)]
pub(super) struct Completion {
    /// What is in use, the likeliest first; looked up once when the field is entered.
    words: Vec<String>,
    offered: Vec<Suggestion>,
    picked: Option<usize>,
}

/// One suggestion.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Suggestion {
    /// What goes into the field.
    pub(super) words: String,
    /// What stands beside it.
    pub(super) about: String,
}

impl Completion {
    /// Begins anew for the field that has got the cursor.
    pub(super) fn enter(&mut self, field: &Field, backlog: &Backlog) {
        let words = match field.group {
            Group::Persona => backlog.personas(),
            Group::Labels => backlog.labels(),
            Group::Epic => backlog.epics(),
            _ => Vec::new(),
        };
        self.words = words.iter().map(ToString::to_string).collect();
        self.refresh(field, backlog);
    }

    /// Looks again after the text has changed.
    pub(super) fn refresh(&mut self, field: &Field, backlog: &Backlog) {
        self.picked = None;
        let text = field.text();
        let word = text
            .get(current_word(field))
            .unwrap_or_default()
            .trim()
            .to_lowercase();
        let taken: Vec<&str> = if field.group.takes_commas() {
            text.split([',', ';']).map(str::trim).collect()
        } else {
            vec![text.trim()]
        };
        self.offered = if field.group == Group::Blockers {
            blockers(&word, &taken, backlog)
        } else {
            let words = self.words.iter();
            words
                .filter(|words| words.to_lowercase().contains(&word))
                .filter(|words| !taken.contains(&words.as_str()))
                .take(SHOWN)
                .map(|words| Suggestion {
                    words: words.clone(),
                    about: String::new(),
                })
                .collect()
        };
    }

    pub(super) fn offered(&self) -> &[Suggestion] {
        &self.offered
    }

    /// The suggestion the keys are on, if they are on one.
    pub(super) const fn picked(&self) -> Option<usize> {
        self.picked
    }

    /// Goes on to the next suggestion; answers whether there was one.
    pub(super) fn down(&mut self) -> bool {
        let next = self.picked.map_or(0, |at| at + 1);
        let there_is = next < self.offered.len();
        if there_is {
            self.picked = Some(next);
        }
        there_is
    }

    /// Goes back to the suggestion before, or to the text.
    pub(super) fn up(&mut self) {
        self.picked = self.picked.and_then(|at| at.checked_sub(1));
    }

    /// Gives the keys back to the text.
    pub(super) fn close(&mut self) {
        self.picked = None;
    }

    /// Fills a suggestion in.
    pub(super) fn take(&mut self, at: usize, field: &mut Field, backlog: &Backlog) {
        let Some(suggestion) = self.offered.get(at) else {
            return;
        };
        let range = current_word(field);
        let is_last = field
            .text()
            .get(range.end..)
            .is_none_or(|rest| rest.trim().is_empty());
        let gap = if field.group.takes_commas() && is_last {
            ", "
        } else {
            ""
        };
        let words = format!("{}{gap}", suggestion.words);
        field.area.replace(range, &words);
        self.refresh(field, backlog);
    }
}

/// The part of the text that a suggestion completes: all of it, or the words between two commas around the cursor.
fn current_word(field: &Field) -> Range<usize> {
    let text = field.text();
    if !field.group.takes_commas() {
        return 0..text.len();
    }
    let comma = [',', ';'];
    let at = field.area.cursor();
    let before = text.get(..at).unwrap_or(text);
    let start = before.rfind(comma).map_or(0, |comma| comma + 1);
    let end = text
        .get(at..)
        .and_then(|rest| rest.find(comma))
        .map_or(text.len(), |comma| at + comma);
    let word = text.get(start..end).unwrap_or_default();
    start + (word.len() - word.trim_start().len())..end
}

/// Open stories whose key begins so or whose title has all of these words.
fn blockers(typed: &str, taken: &[&str], backlog: &Backlog) -> Vec<Suggestion> {
    if typed.is_empty() {
        return Vec::new();
    }
    let words: Vec<&str> = typed.split_whitespace().collect();
    let stories = backlog.open().filter_map(|id| backlog.story(id));
    stories
        .filter_map(|story| {
            let title = story.title.to_lowercase();
            let by_title = || words.iter().all(|word| title.contains(word));
            let key = backlog.key(story);
            let is_taken = taken.contains(&key.as_str());
            (!is_taken && (key.to_lowercase().starts_with(typed) || by_title())).then(|| {
                Suggestion {
                    words: key,
                    about: story.title.to_string(),
                }
            })
        })
        .take(SHOWN)
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn labels(text: &str, cursor: usize) -> (Field, Range<usize>) {
        let mut field = Field::single(Group::Labels, text);
        field.area.set_cursor(cursor);
        let range = current_word(&field);
        (field, range)
    }

    #[test]
    fn a_list_is_completed_between_its_commas() {
        let text = "checkout, pay , later";
        for (cursor, word) in [(3, "checkout"), (12, "pay "), (21, "later")] {
            let (field, range) = labels(text, cursor);
            assert_eq!(field.text().get(range), Some(word), "{cursor}");
        }
    }

    #[test]
    fn other_fields_are_completed_as_a_whole() {
        let field = Field::single(Group::Persona, "guest, mostly");
        assert_eq!(current_word(&field), 0..13);
    }
}
