//! Where graphemes, words and lines begin and end around a position in a text.
//!
//! Pure functions over a text and a byte position; they know nothing of rows, columns or cursors.

use unicode_segmentation::{GraphemeCursor, UnicodeSegmentation};

/// Gives the first grapheme boundary at or after a position.
pub(super) fn snap(text: &str, at: usize) -> usize {
    let mut at = at.min(text.len());
    while !text.is_char_boundary(at) {
        at += 1;
    }
    let mut cursor = GraphemeCursor::new(at, text.len(), true);
    match cursor.is_boundary(text, 0) {
        Ok(true) => at,
        _ => next(text, at),
    }
}

/// Gives the grapheme boundary after a position.
pub(super) fn next(text: &str, at: usize) -> usize {
    let mut cursor = GraphemeCursor::new(at, text.len(), true);
    cursor
        .next_boundary(text, 0)
        .ok()
        .flatten()
        .unwrap_or(text.len())
}

/// Gives the grapheme boundary before a position.
pub(super) fn previous(text: &str, at: usize) -> usize {
    let mut cursor = GraphemeCursor::new(at, text.len(), true);
    cursor.prev_boundary(text, 0).ok().flatten().unwrap_or(0)
}

/// Gives the end of the word at or after a position.
pub(super) fn word_end(text: &str, at: usize) -> usize {
    let rest = text.get(at..).unwrap_or_default();
    let end = rest
        .split_word_bound_indices()
        .find(|(_, word)| !is_blank(word))
        .map_or(rest.len(), |(start, word)| start + word.len());
    snap(text, at + end)
}

/// Gives the start of the word before a position.
pub(super) fn word_start(text: &str, at: usize) -> usize {
    let rest = text.get(..at).unwrap_or_default();
    let start = rest
        .split_word_bound_indices()
        .rev()
        .find(|(_, word)| !is_blank(word))
        .map_or(0, |(start, _)| start);
    let snapped = snap(text, start);
    if snapped < at {
        snapped
    } else {
        previous(text, at)
    }
}

/// Gives the start of the unbroken run of characters in front of a position.
pub(super) fn run_start(text: &str, at: usize) -> usize {
    let rest = text.get(..at).unwrap_or_default();
    let start = rest
        .char_indices()
        .rev()
        .find(|(_, c)| c.is_whitespace())
        .map_or(0, |(blank, c)| blank + c.len_utf8());
    snap(text, start).min(at)
}

/// Gives the start of the line a position is in.
pub(super) fn line_start(text: &str, at: usize) -> usize {
    let rest = text.get(..at).unwrap_or_default();
    rest.rfind('\n').map_or(0, |end| end + 1)
}

/// Gives the end of the line a position is in.
pub(super) fn line_end(text: &str, at: usize) -> usize {
    let rest = text.get(at..).unwrap_or_default();
    rest.find('\n').map_or(text.len(), |end| at + end)
}

fn is_blank(word: &str) -> bool {
    word.chars().all(char::is_whitespace)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cluster_is_one_step() {
        let text = "a👨‍👩‍👧‍👦b";
        assert_eq!(next(text, 1), text.len() - 1);
        assert_eq!(previous(text, text.len() - 1), 1);
        assert_eq!(snap(text, 3), text.len() - 1);
    }

    #[test]
    fn words_are_those_of_unicode() {
        let text = "can't stop – 顧客";
        assert_eq!(word_end(text, 0), 5);
        assert_eq!(word_end(text, 5), 10);
        assert_eq!(word_start(text, 10), 6);
        assert_eq!(word_start(text, text.len()), text.len() - "客".len());
    }

    #[test]
    fn words_are_found_across_lines() {
        assert_eq!(word_end("one\n\n two", 3), 9);
        assert_eq!(word_start("one\n\n two", 6), 0);
    }

    #[test]
    fn a_run_ends_at_blanks_only() {
        assert_eq!(run_start("see label:pay", 13), 4);
        assert_eq!(run_start("see ", 4), 4);
    }

    #[test]
    fn lines_end_at_line_ends() {
        assert_eq!((line_start("ab\ncd", 4), line_end("ab\ncd", 0)), (3, 2));
    }
}
