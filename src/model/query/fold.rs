//! Folding: texts that people take for the same become the same (case, accents, blanks, typographic quotes).
//!
//! Both sides of every comparison of a query are folded, here and nowhere else.

use std::ops::Range;

use super::accents::without_accent;

/// A folded text that still knows where each of its letters came from.
pub(super) struct Traced {
    pub(super) letters: Vec<char>,
    /// For each letter the byte in the text where its character starts.
    starts: Vec<usize>,
}

impl Traced {
    /// The bytes of the text that a letter stands for; `length` is the text's.
    pub(super) fn source_of(&self, letter: usize, length: usize) -> Option<Range<usize>> {
        let start = *self.starts.get(letter)?;
        let mut later = self.starts.iter().skip(letter);
        let end = later.find(|other| **other != start).copied();
        Some(start..end.unwrap_or(length))
    }
}

/// Folds a text: lower case without accents, `ß` as `ss`, one blank between two words and none around.
pub(super) fn fold(text: &str) -> String {
    let mut folded = String::with_capacity(text.len());
    fold_into(text, &mut folded);
    folded
}

/// Folds a text to the end of another one.
pub(super) fn fold_into(text: &str, folded: &mut String) {
    if text.is_ascii() {
        fold_ascii(text, folded);
    } else {
        each(text, |_, letter| folded.push(letter));
    }
}

/// Folds a text and keeps where the letters came from.
pub(super) fn trace(text: &str) -> Traced {
    let mut traced = Traced {
        letters: Vec::with_capacity(text.len()),
        starts: Vec::with_capacity(text.len()),
    };
    each(text, |start, letter| {
        traced.letters.push(letter);
        traced.starts.push(start);
    });
    traced
}

/// The same as [`each`] does, several times as fast; most text is ASCII.
fn fold_ascii(text: &str, folded: &mut String) {
    let start = folded.len();
    let mut push = |words: &str| {
        if !words.is_empty() {
            if folded.len() > start {
                folded.push(' ');
            }
            folded.push_str(words);
        }
    };
    for line in text.split('\n').map(|line| line.trim_matches(' ')) {
        if is_even(line) {
            push(line);
        } else {
            // Not `split_ascii_whitespace`, which leaves out the vertical tab that `char::is_whitespace` has.
            line.split([' ', '\t', '\u{b}', '\u{c}', '\r'])
                .for_each(&mut push);
        }
    }
    if let Some(added) = folded.get_mut(start..) {
        added.make_ascii_lowercase();
    }
}

/// Whether there is one blank between two words and no other white space.
fn is_even(line: &str) -> bool {
    let bytes = line.as_bytes();
    let pairs = bytes.iter().zip(bytes.iter().skip(1));
    // Looked through to the end, because the processor looks at many at once.
    let doubled = pairs.fold(0, |found, (a, b)| {
        found | (u8::from(*a == b' ') & u8::from(*b == b' '))
    });
    let other = bytes.iter().fold(0, |found, byte| {
        found | u8::from(matches!(byte, b'\t'..=b'\r'))
    });
    doubled | other == 0
}

fn each(text: &str, mut take: impl FnMut(usize, char)) {
    let mut blank = None;
    let mut is_first = true;
    for (start, c) in text.char_indices() {
        if c.is_whitespace() {
            blank.get_or_insert(start);
            continue;
        }
        fold_char(c, |letter| {
            if let Some(blank) = blank.take().filter(|_| !is_first) {
                take(blank, ' ');
            }
            is_first = false;
            take(start, letter);
        });
    }
}

fn fold_char(c: char, mut take: impl FnMut(char)) {
    if c.is_ascii() {
        return take(c.to_ascii_lowercase());
    }
    for lower in c.to_lowercase() {
        match lower {
            // Accents of their own, as in decomposed text.
            '\u{300}'..='\u{36f}' => {}
            'ß' => "ss".chars().for_each(&mut take),
            'æ' => "ae".chars().for_each(&mut take),
            'œ' => "oe".chars().for_each(&mut take),
            'ς' => take('σ'),
            '‘' | '’' => take('\''),
            '“' | '”' | '„' => take('"'),
            '‐' | '‑' | '–' => take('-'),
            other => take(without_accent(other)),
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn case_accents_blanks_and_quotes_are_folded() {
        for (text, folded) in [
            ("Pay With", "pay with"),
            ("Résumé", "resume"),
            ("re\u{301}sume\u{301}", "resume"),
            ("ÜBERGRÖSSE Straße", "ubergrosse strasse"),
            ("Œuvre Æther ŁÓDŹ", "oeuvre aether lodz"),
            ("a \n\t\u{a0} b\u{b}c", "a b c"),
            (" \na  b\n", "a b"),
            ("\u{a0}é \u{301} é ", "e e"),
            ("don’t “stop”", "don't \"stop\""),
            ("ΟΔΟΣ", "οδοσ"),
            ("İ", "i"),
            ("Tiếng VIỆT", "tieng viet"),
            ("商店", "商店"),
        ] {
            assert_eq!(fold(text), folded);
        }
    }

    #[test]
    fn letters_know_where_they_came_from() {
        let traced = trace("Aß  é");
        assert_eq!(traced.letters, ['a', 's', 's', ' ', 'e']);
        let sources: Vec<_> = (0..6).map(|letter| traced.source_of(letter, 7)).collect();
        let expected = [0..1, 1..3, 1..3, 3..5, 5..7].map(Some);
        assert_eq!(sources[..5], expected);
        assert_eq!(sources[5], None);
    }

    proptest! {
        #[test]
        fn folding_twice_changes_nothing_and_the_two_ways_agree(text in "\\PC*|[ -~\\t-\\r]*") {
            let folded = fold(&text);
            prop_assert_eq!(fold(&folded), folded.clone());
            prop_assert_eq!(trace(&text).letters.into_iter().collect::<String>(), folded);
        }
    }
}
