//! Suggestions under a field: words that are in use, and stories by their key or by words of their title.
//!
//! They are looked up when the text changes, never while drawing.

use std::ops::Range;

use crate::language::scenario;
use crate::model::{Backlog, Status, Story};

/// How many suggestions are shown.
pub(super) const SHOWN: usize = 6;

/// What parts the words of a list.
const COMMAS: [char; 2] = [',', ';'];

/// One suggestion.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Suggestion {
    /// What goes into the field.
    pub(super) words: String,
    /// What stands beside it.
    pub(super) about: String,
}

/// Words in use that have what is typed in them, but those that are taken.
pub(super) fn words(known: &[String], typed: &str, taken: &[&str]) -> Vec<Suggestion> {
    let typed = typed.trim().to_lowercase();
    known
        .iter()
        .filter(|words| words.to_lowercase().contains(&typed) && !taken.contains(&words.as_str()))
        .take(SHOWN)
        .map(|words| Suggestion {
            words: words.clone(),
            about: String::new(),
        })
        .collect()
}

/// Open stories whose key begins so or whose title has all of the words, but those whose keys are taken; the one whose
/// key it is comes first. Where accepted ones are meant too, they come last.
pub(super) fn stories(
    typed: &str,
    taken: &[&str],
    with_accepted: bool,
    backlog: &Backlog,
) -> Vec<Suggestion> {
    let typed = typed.trim().to_lowercase();
    if typed.is_empty() {
        return Vec::new();
    }
    let prefix = format!("{}-", backlog.product().key.as_str().to_lowercase());
    let number = typed.strip_prefix(&prefix).unwrap_or(&typed);
    let words: Vec<&str> = typed.split_whitespace().collect();
    let fits = |story: &Story| {
        let title = story.title.to_lowercase();
        story.number.to_string().starts_with(number)
            || words.iter().all(|word| title.contains(word))
    };
    let is_accepted = |story: &Story| with_accepted && story.status == Status::Accepted;
    let exact = backlog
        .find(&typed)
        .ok()
        .filter(|story| !story.status.is_closed() || is_accepted(story))
        .map(|story| story.id);
    let accepted = backlog.closed().filter(|id| {
        let story = backlog.story(*id);
        story.is_some_and(|story| is_accepted(story))
    });
    let others = backlog.open().chain(accepted);
    let others = others.filter(|id| Some(*id) != exact);
    exact
        .into_iter()
        .chain(others)
        .filter_map(|id| backlog.story(id))
        .filter(|story| fits(story))
        .map(|story| Suggestion {
            words: backlog.key(story),
            about: story.title.to_string(),
        })
        .filter(|suggestion| !taken.contains(&suggestion.words.as_str()))
        .take(SHOWN)
        .collect()
}

/// The words of a list.
pub(super) fn listed(text: &str) -> impl Iterator<Item = &str> {
    text.split(COMMAS)
        .map(str::trim)
        .filter(|word| !word.is_empty())
}

/// The words between two commas around a place in a list.
pub(super) fn listed_at(text: &str, at: usize) -> Range<usize> {
    let before = text.get(..at).unwrap_or(text);
    let start = before.rfind(COMMAS).map_or(0, |comma| comma + 1);
    let end = text
        .get(at..)
        .and_then(|rest| rest.find(COMMAS))
        .map_or(text.len(), |comma| at + comma);
    let word = text.get(start..end).unwrap_or_default();
    start + (word.len() - word.trim_start().len())..end
}

/// The line around a place in a text, from its first word on.
pub(super) fn line_at(text: &str, at: usize) -> Range<usize> {
    let before = text.get(..at).unwrap_or(text);
    let start = before.rfind('\n').map_or(0, |end| end + 1);
    let line = text.get(start..).unwrap_or_default();
    let end = line.find('\n').map_or(text.len(), |end| start + end);
    let line = text.get(start..end).unwrap_or_default();
    start + (line.len() - line.trim_start().len())..end
}

/// The words that may begin the line around a place in a scenario: Given, When, Then and so on.
pub(super) fn steps(text: &str, at: usize) -> Vec<Suggestion> {
    let line = line_at(text, at);
    let before = text.get(..line.start).unwrap_or_default();
    let typed = text.get(line).unwrap_or_default();
    let words = scenario::next_words(before, typed).into_iter();
    words
        .map(|words| Suggestion {
            words: words.to_owned(),
            about: String::new(),
        })
        .collect()
}

/// What follows a word that is taken into a list: a comma at its end, else nothing.
pub(super) fn gap_after(text: &str, word: &Range<usize>) -> &'static str {
    let rest = text.get(word.end..).unwrap_or_default();
    if rest.trim().is_empty() { ", " } else { "" }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_list_is_completed_between_its_commas() {
        let text = "checkout, pay , later";
        for (cursor, word) in [(3, "checkout"), (12, "pay "), (21, "later")] {
            assert_eq!(text.get(listed_at(text, cursor)), Some(word), "{cursor}");
        }
    }
}
