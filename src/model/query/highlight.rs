//! Which parts of a title a query found.

use std::ops::Range;

use unicode_segmentation::UnicodeSegmentation;

use super::Word;
use super::fold::trace;
use super::fuzzy;

/// The parts of a title that bare words found, in bytes: whole graphemes, in order and apart.
pub(super) fn parts(words: &[Word], title: &str) -> Vec<Range<usize>> {
    let title = title.trim_end();
    let traced = trace(title);
    let mut found: Vec<Range<usize>> = words
        .iter()
        .filter(|word| !word.is_negated)
        .flat_map(|word| places(word, &traced.letters))
        .filter_map(|letter| traced.source_of(letter, title.len()))
        .collect();
    found.sort_unstable_by_key(|range| range.start);
    whole_graphemes(title, &found)
}

/// The letters of a title that a word matches: as it stands, at a word's start if it can be, else letter by letter.
fn places(word: &Word, title: &[char]) -> Vec<usize> {
    let wanted: Vec<char> = word.text.chars().collect();
    let mut whole = title
        .windows(wanted.len().max(1))
        .enumerate()
        .filter(|(_, part)| *part == wanted)
        .map(|(at, _)| at)
        .peekable();
    let first = whole.peek().copied();
    let place = whole.find(|at| fuzzy::starts_word(title, *at)).or(first);
    match place {
        Some(at) => (at..at + wanted.len()).collect(),
        None if word.is_phrase => Vec::new(),
        None => fuzzy::find(&wanted, title).map_or_else(Vec::new, |found| found.at),
    }
}

/// The graphemes that the ranges touch; neighbours become one. The ranges are in order.
fn whole_graphemes(text: &str, touched: &[Range<usize>]) -> Vec<Range<usize>> {
    let mut touched = touched.iter().peekable();
    let mut ranges: Vec<Range<usize>> = Vec::new();
    for (start, grapheme) in text.grapheme_indices(true) {
        let end = start + grapheme.len();
        while touched.next_if(|range| range.end <= start).is_some() {}
        if touched.peek().is_none_or(|range| end <= range.start) {
            continue;
        }
        match ranges.last_mut() {
            Some(last) if last.end == start => last.end = end,
            _ => ranges.push(start..end),
        }
    }
    ranges
}
