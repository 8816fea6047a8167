//! A bare word, prepared for many stories, and how well it matches one of them.
//!
//! Here and nowhere else is said what a match is worth; both ways of running a query ask here.

use super::Word;
use super::fuzzy;
use super::keys::Key;
use super::letters::Letters;

/// What it is worth when the word stands in a story's longer texts.
pub(super) const IN_REST: u32 = 10_000;

/// A bare word, prepared for many stories.
pub(super) struct Wanted<'a> {
    pub(super) word: &'a Word,
    key: Key<'a>,
    /// Which letters a text must have.
    needed: Letters,
    /// The letters that may be found with others between them; none where the word must stand as it is.
    letters: Vec<char>,
}

/// The title of a story, folded, and its letters.
pub(super) struct Title<'a> {
    pub(super) text: &'a str,
    pub(super) letters: Letters,
}

impl<'a> Title<'a> {
    pub(super) fn of(text: &'a str) -> Self {
        Self {
            text,
            letters: Letters::of(text),
        }
    }
}

impl<'a> Wanted<'a> {
    /// Prepares a word; `prefix` is that of the product's keys, folded.
    pub(super) fn of(word: &'a Word, prefix: &str) -> Self {
        let is_fuzzy = !word.is_phrase && !word.is_negated;
        Self {
            word,
            key: Key::of(&word.text, prefix),
            needed: Letters::of(&word.text),
            letters: word.text.chars().filter(|_| is_fuzzy).collect(),
        }
    }

    /// How well it matches a story's key or title; better than any other place.
    pub(super) fn in_title(&self, title: &Title, number: u32) -> Option<u32> {
        let word = self.word.text.as_str();
        let may_match = title.letters.hold(self.needed);
        if self.key.is_of(number) || (may_match && title.text == word) {
            return Some(1_000_000);
        }
        if may_match {
            if title.text.starts_with(word) {
                return Some(500_000);
            }
            if title.text.contains(word) {
                return Some(if starts_a_word(title.text, word) {
                    300_000
                } else {
                    200_000
                });
            }
        }
        if self.key.begins(number) {
            return Some(150_000);
        }
        if !may_match {
            return None;
        }
        let cost = self.nearly(title.text)?;
        Some(60_000_u32.saturating_sub(cost))
    }

    /// How well it matches a persona.
    pub(super) fn in_persona(&self, persona: &str) -> Option<u32> {
        if persona.contains(&self.word.text) {
            return Some(40_000);
        }
        let cost = self.nearly(persona)?;
        Some(30_000_u32.saturating_sub(cost))
    }

    /// Whether it stands in a story's key or title as it is: what is not wanted is not guessed at.
    pub(super) fn stands_in_title(&self, title: &Title, number: u32) -> bool {
        let may_stand = title.letters.hold(self.needed);
        self.key.is_of(number) || (may_stand && title.text.contains(&self.word.text))
    }

    /// Whether a name has the word's letters close together.
    pub(super) fn is_like(&self, name: &str) -> bool {
        self.nearly(name).is_some()
    }

    /// How far apart the text has the word's letters, if they stand close enough.
    fn nearly(&self, text: &str) -> Option<u32> {
        if !fuzzy::may_match(&self.letters, text) {
            return None;
        }
        let text: Vec<char> = text.chars().collect();
        fuzzy::find(&self.letters, &text).map(|found| found.cost)
    }
}

/// Whether the word stands somewhere at another word's start.
fn starts_a_word(text: &str, word: &str) -> bool {
    text.match_indices(word).any(|(at, _)| {
        let before = text.get(..at).and_then(|text| text.chars().last());
        before.is_none_or(|char| !char.is_alphanumeric())
    })
}
