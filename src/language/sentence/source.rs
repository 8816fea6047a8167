//! The input as user-perceived characters, folded for comparison. Everything that cuts a sentence counts in these, so no cut
//! can fall inside a letter with its accent or inside an emoji. It knows no language.

use std::ops::Range;

use unicode_segmentation::UnicodeSegmentation;

/// Stands for a cluster no phrase can contain, such as an emoji.
const OTHER: char = '\u{fffd}';

/// One user-perceived character.
struct Glyph {
    start: usize,
    /// Lower case, without accents, with typewriter apostrophes; `' '` and `'\n'` for all kinds of blanks.
    fold: char,
    word: bool,
    upper: bool,
}

/// A text as a row of glyphs; positions are indexes into that row unless they are called bytes.
pub(super) struct Source<'a> {
    text: &'a str,
    glyphs: Vec<Glyph>,
}

impl<'a> Source<'a> {
    /// Splits a text into glyphs.
    pub(super) fn new(text: &'a str) -> Self {
        let glyphs = text
            .grapheme_indices(true)
            .map(|(start, cluster)| {
                let first = cluster.chars().next().unwrap_or(OTHER);
                Glyph {
                    start,
                    fold: fold(cluster),
                    word: first.is_alphanumeric(),
                    upper: first.is_uppercase(),
                }
            })
            .collect();
        Self { text, glyphs }
    }

    /// Counts the glyphs.
    pub(super) fn len(&self) -> usize {
        self.glyphs.len()
    }

    /// Tells the position of the glyph that holds a byte.
    pub(super) fn position(&self, byte: usize) -> usize {
        if byte >= self.text.len() {
            return self.len();
        }
        let after = self.glyphs.partition_point(|glyph| glyph.start <= byte);
        after.saturating_sub(1)
    }

    /// Turns a range of positions into a range of bytes.
    pub(super) fn bytes(&self, range: &Range<usize>) -> Range<usize> {
        self.byte(range.start)..self.byte(range.end)
    }

    /// Returns the text of a range as it was written.
    pub(super) fn slice(&self, range: &Range<usize>) -> &'a str {
        self.text.get(self.bytes(range)).unwrap_or_default()
    }

    /// Returns the folded character at a position, or nothing past the end.
    pub(super) fn at(&self, at: usize) -> Option<char> {
        self.glyphs.get(at).map(|glyph| glyph.fold)
    }

    /// Returns the folded character before a position.
    pub(super) fn before(&self, at: usize) -> Option<char> {
        at.checked_sub(1).and_then(|previous| self.at(previous))
    }

    /// Says whether the glyph belongs to a word.
    pub(super) fn is_word(&self, at: usize) -> bool {
        self.glyphs.get(at).is_some_and(|glyph| glyph.word)
    }

    /// Says whether the glyph is a capital letter.
    pub(super) fn is_upper(&self, at: usize) -> bool {
        self.glyphs.get(at).is_some_and(|glyph| glyph.upper)
    }

    /// Says whether a range holds at least one letter or digit.
    pub(super) fn has_words(&self, range: &Range<usize>) -> bool {
        range.clone().any(|at| self.is_word(at))
    }

    /// Says whether a word may begin or end here; a small letter before a capital counts, for people who forget the blank.
    pub(super) fn is_boundary(&self, at: usize) -> bool {
        let Some(previous) = at.checked_sub(1) else {
            return true;
        };
        !self.is_word(previous)
            || !self.is_word(at)
            || (self.is_upper(at)
                && !self.is_upper(previous)
                && self
                    .at(previous)
                    .is_some_and(|letter| letter.is_ascii_lowercase()))
    }

    /// Matches a phrase and returns the position after it; a blank in the phrase stands for any blanks and emphasis marks.
    pub(super) fn run(&self, from: usize, phrase: &str) -> Option<usize> {
        let mut at = from;
        for wanted in phrase.chars() {
            if wanted == ' ' {
                let after = self.skip(at, is_gap);
                if after == at {
                    return None;
                }
                at = after;
            } else if self.at(at) == Some(wanted) {
                at += 1;
            } else {
                return None;
            }
        }
        Some(at)
    }

    /// Matches a phrase made of whole words.
    pub(super) fn words(&self, from: usize, phrase: &str) -> Option<usize> {
        if !self.is_boundary(from) {
            return None;
        }
        self.run(from, phrase).filter(|end| self.is_boundary(*end))
    }

    /// Moves right while the predicate holds.
    pub(super) fn skip(&self, from: usize, passes: impl Fn(char) -> bool) -> usize {
        let mut at = from;
        while self.at(at).is_some_and(&passes) {
            at += 1;
        }
        at
    }

    /// Moves left while the predicate holds, down to a floor.
    pub(super) fn skip_back(
        &self,
        from: usize,
        floor: usize,
        passes: impl Fn(char) -> bool,
    ) -> usize {
        let mut at = from;
        while at > floor && self.before(at).is_some_and(&passes) {
            at -= 1;
        }
        at
    }

    /// Returns the end of the word that begins at a position.
    pub(super) fn word_end(&self, from: usize) -> usize {
        let mut at = from;
        while self.is_word(at) {
            at += 1;
        }
        at
    }

    /// Returns a range folded, for comparing single words.
    pub(super) fn folded(&self, range: Range<usize>) -> String {
        range.filter_map(|at| self.at(at)).collect()
    }

    /// Says whether punctuation, a line's start or a wide gap stands before a position.
    pub(super) fn is_after_break(&self, at: usize) -> bool {
        let gap = self.skip_back(at, 0, is_gap);
        let blanks = (gap..at).filter(|i| self.at(*i).is_some_and(is_blank));
        let wide = blanks.clone().count() > 1;
        let line = blanks.clone().any(|i| self.at(i) == Some('\n'));
        line || wide || self.before(gap).is_none_or(is_break)
    }

    fn byte(&self, at: usize) -> usize {
        self.glyphs
            .get(at)
            .map_or(self.text.len(), |glyph| glyph.start)
    }
}

/// Says whether a folded character is a blank or a line's end.
pub(super) fn is_blank(folded: char) -> bool {
    matches!(folded, ' ' | '\n')
}

/// Says whether a folded character is a mark of emphasis.
pub(super) fn is_emphasis(folded: char) -> bool {
    matches!(folded, '*' | '_')
}

/// Says whether a folded character may stand between the words of a phrase.
pub(super) fn is_gap(folded: char) -> bool {
    is_blank(folded) || is_emphasis(folded)
}

fn is_break(folded: char) -> bool {
    matches!(
        folded,
        ',' | ';' | '.' | ':' | '(' | '-' | '–' | '—' | '，' | '、' | '；' | '。' | '：'
    )
}

fn fold(cluster: &str) -> char {
    if cluster.chars().all(is_white) {
        let breaks = cluster.contains(['\n', '\r', '\u{2028}', '\u{2029}']);
        return if breaks { '\n' } else { ' ' };
    }
    let mut chars = cluster.chars();
    let first = chars.next().unwrap_or(OTHER);
    let accents = chars.all(|mark| ('\u{300}'..='\u{36f}').contains(&mark));
    if !accents || is_white(first) {
        return OTHER;
    }
    match first {
        '’' | '‘' | 'ʼ' => '\'',
        _ => without_accent(first.to_lowercase().next().unwrap_or(first)),
    }
}

/// A byte order mark in the middle of a file is a blank for every purpose here.
fn is_white(letter: char) -> bool {
    letter.is_whitespace() || matches!(letter, '\u{feff}' | '\u{200b}')
}

fn without_accent(letter: char) -> char {
    match letter {
        'à' | 'á' | 'â' | 'ã' | 'ä' | 'å' => 'a',
        'ç' => 'c',
        'è' | 'é' | 'ê' | 'ë' => 'e',
        'ì' | 'í' | 'î' | 'ï' => 'i',
        'ñ' => 'n',
        'ò' | 'ó' | 'ô' | 'õ' | 'ö' | 'ø' => 'o',
        'ù' | 'ú' | 'û' | 'ü' => 'u',
        'ý' | 'ÿ' => 'y',
        _ => letter,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn accents_written_in_either_way_fold_to_the_same_letter() {
        let composed = Source::new("möchte");
        let decomposed = Source::new("mo\u{308}chte");
        assert_eq!(composed.words(0, "mochte"), Some(6));
        assert_eq!(decomposed.words(0, "mochte"), Some(6));
    }

    #[test]
    fn a_blank_in_a_phrase_stands_for_line_ends_and_emphasis() {
        let source = Source::new("**I\r\nwant** to");
        assert_eq!(source.words(2, "i want to"), Some(source.len()));
    }

    #[test]
    fn a_phrase_ends_where_a_word_ends() {
        let source = Source::new("as another");
        assert_eq!(source.words(0, "as an"), None);
        let glued = Source::new("as anInspector");
        assert_eq!(glued.words(0, "as an"), Some(5));
    }

    #[test]
    fn a_byte_inside_a_glyph_belongs_to_it() {
        let source = Source::new("a \u{301}b");
        assert_eq!((source.position(1), source.position(2)), (1, 1));
        assert_eq!(source.position(99), source.len());
    }

    #[test]
    fn a_blank_that_carries_an_accent_is_no_blank() {
        let source = Source::new("a \u{301}b");
        assert_eq!(source.len(), 3);
        assert_eq!(source.at(1), Some(OTHER));
    }
}
