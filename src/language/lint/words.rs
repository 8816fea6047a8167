//! Text as the rules read it: words with their places.

use std::ops::Range;

use unicode_segmentation::UnicodeSegmentation as _;

/// A text taken apart into words.
#[derive(Debug)]
pub(super) struct Text<'a> {
    pub(super) raw: &'a str,
    pub(super) words: Vec<Word>,
}

/// A word of a text.
#[derive(Debug)]
pub(super) struct Word {
    /// In small letters.
    pub(super) lower: String,
    /// Its place, in bytes.
    pub(super) span: Range<usize>,
}

impl<'a> Text<'a> {
    pub(super) fn new(raw: &'a str) -> Self {
        let words = raw
            .unicode_word_indices()
            .map(|(start, word)| Word {
                lower: word.to_lowercase().replace('’', "'"),
                span: start..start + word.len(),
            })
            .collect();
        Self { raw, words }
    }

    /// The word at an index; an empty one beyond the end.
    pub(super) fn word(&self, index: usize) -> &str {
        self.words.get(index).map_or("", |word| &word.lower)
    }

    /// The place from one word to another, both included.
    pub(super) fn span(&self, words: Range<usize>) -> Range<usize> {
        let part = self.words.get(words).unwrap_or_default();
        match (part.first(), part.last()) {
            (Some(first), Some(last)) => first.span.start..last.span.end,
            _ => 0..0,
        }
    }

    /// What stands between a word and the next one.
    pub(super) fn between(&self, index: usize) -> &'a str {
        let from = self.words.get(index).map_or(0, |word| word.span.end);
        let to = self
            .words
            .get(index + 1)
            .map_or(self.raw.len(), |word| word.span.start);
        self.raw.get(from..to).unwrap_or_default()
    }

    /// Where a phrase stands, as indexes of words; hyphens and blanks between its words are the same.
    pub(super) fn phrase<'p>(&'p self, phrase: &'p str) -> impl Iterator<Item = Range<usize>> + 'p {
        let wanted: Vec<&str> = phrase.split([' ', '-']).collect();
        (0..self.words.len()).filter_map(move |start| {
            let fits = wanted
                .iter()
                .enumerate()
                .all(|(offset, word)| self.word(start + offset) == *word);
            let joined = (start..start + wanted.len() - 1)
                .all(|index| self.between(index).chars().all(|c| c == ' ' || c == '-'));
            (fits && joined).then_some(start..start + wanted.len())
        })
    }

    /// The stretch of words around one, up to the punctuation on both sides: its clause.
    pub(super) fn clause(&self, index: usize) -> Range<usize> {
        let ends = |index: &usize| {
            self.between(*index)
                .contains([',', ';', ':', '.', '\n', '(', ')'])
        };
        let start = (0..index).rev().find(ends).map_or(0, |before| before + 1);
        let end = (index..self.words.len())
            .find(ends)
            .map_or(self.words.len(), |last| last + 1);
        start..end.min(self.words.len())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn phrases_are_found_with_blanks_or_hyphens() {
        let text = Text::new("A User-friendly, as needed page; as, needed");
        let found = |phrase| {
            text.phrase(phrase)
                .map(|words| text.span(words))
                .collect::<Vec<_>>()
        };
        assert_eq!(found("user-friendly"), vec![2..15]);
        assert_eq!(found("as needed"), vec![17..26]);
    }

    #[test]
    fn a_clause_ends_at_punctuation() {
        let text = Text::new("fast, within 2 seconds");
        assert_eq!(text.clause(0), 0..1);
        assert_eq!(text.clause(2), 1..4);
    }
}
