//! The title proposed for a story that was written as a sentence. It shortens words and judges nothing.

use unicode_segmentation::UnicodeSegmentation;

use super::Sentence;

/// How many characters a proposed title may have.
const LONGEST: usize = 80;

/// Proposes a title from the want: a capital first, no full stop, cut at a word.
pub fn propose_title(sentence: &Sentence) -> String {
    let want = sentence.want.as_ref().map_or("", |want| want.text.as_str());
    capitalised(&shortened(want))
}

fn shortened(text: &str) -> String {
    let Some((limit, _)) = text.grapheme_indices(true).nth(LONGEST) else {
        return text.to_owned();
    };
    // One character is kept for the ellipsis.
    let room = text
        .grapheme_indices(true)
        .nth(LONGEST - 1)
        .map_or(limit, |(at, _)| at);
    let kept = text.get(..room).unwrap_or_default();
    let next_is_blank = text
        .get(room..)
        .is_some_and(|rest| rest.starts_with(char::is_whitespace));
    let whole = match kept.rfind(char::is_whitespace) {
        Some(blank) if !next_is_blank => kept.get(..blank).unwrap_or(kept),
        _ => kept,
    };
    let whole = whole.trim_end_matches(|letter: char| {
        letter.is_whitespace() || matches!(letter, ',' | ';' | ':' | '.' | '-' | '–' | '(')
    });
    format!("{whole}…")
}

fn capitalised(text: &str) -> String {
    // "iOS" and "eBay" are written so on purpose.
    let first_word = text.split_whitespace().next().unwrap_or_default();
    if first_word.chars().skip(1).any(char::is_uppercase) {
        return text.to_owned();
    }
    let mut letters = text.chars();
    letters.next().map_or_else(String::new, |first| {
        first.to_uppercase().chain(letters).collect()
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::language::sentence::parse;

    fn title(want: &str) -> String {
        propose_title(&parse(&format!("As a customer, I want to {want}.")).unwrap())
    }

    #[test]
    fn the_title_is_the_want_with_a_capital() {
        assert_eq!(title("pay with a saved card"), "Pay with a saved card");
        assert_eq!(title("élargir la carte"), "Élargir la carte");
        assert_eq!(title("iOS users to pay"), "iOS users to pay");
    }

    #[test]
    fn a_long_want_is_cut_at_a_word() {
        let long = title(&"carry the heavy parcel home ".repeat(5));
        assert!(long.graphemes(true).count() <= LONGEST, "{long}");
        assert!(
            long.starts_with("Carry the heavy parcel home carry"),
            "{long}"
        );
        let words = long.trim_end_matches('…');
        assert!(
            long.ends_with('…')
                && ["carry", "the", "heavy", "parcel", "home"]
                    .iter()
                    .any(|word| words.ends_with(&format!(" {word}"))),
            "{long}"
        );
    }

    #[test]
    fn a_word_without_end_is_cut_between_characters() {
        let long = title(&"e\u{301}".repeat(300));
        assert_eq!(long.graphemes(true).count(), LONGEST);
    }
}
