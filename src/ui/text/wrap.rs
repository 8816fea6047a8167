//! Soft wrapping: where a text that is too long for its columns goes on in the next row.
//!
//! Greedy, at words first, then at graphemes; around wide characters (Chinese, Japanese) anywhere but in front of
//! closing and behind opening punctuation. It hands out byte positions and never changes the text.

use std::ops::Range;

use unicode_segmentation::UnicodeSegmentation;

use super::{picture, safe, safe_lines};

/// Marks that must not begin a row.
const CLOSING: &str =
    "、。，．・：；？！）」』】〉》〕］｝々ーぁぃぅぇぉっゃゅょァィゥェォッャュョ,.;:!?)]}'\"”’…";
/// Marks that must not end a row.
const OPENING: &str = "（「『【〈《〔［｛([{“‘";

/// Cuts a line into rows of at most `cols` columns: byte ranges on grapheme boundaries, without the blanks at a row's end.
///
/// Give it text that [`safe`] has cleaned; columns are those of the drawn text. There is always at least one row. A
/// grapheme wider than `cols` has a row of its own, so that nothing but blanks is ever lost.
pub fn wrap(line: &str, cols: usize) -> Vec<Range<usize>> {
    let mut rows = Vec::new();
    let mut start = 0;
    loop {
        let rest = line.get(start..).unwrap_or_default();
        let length = first_row(rest, cols, usize::MAX);
        let shown = rest.get(..length).unwrap_or_default();
        rows.push(start..start + without_last_blanks(shown));
        start += length + line_end(rest.get(length..).unwrap_or_default());
        if start >= line.len() {
            return rows;
        }
    }
}

/// Cleans a text of several lines and wraps it to rows ready to be drawn.
pub fn rows(text: &str, cols: usize) -> Vec<String> {
    safe_lines(text)
        .flat_map(|line| {
            wrap(&line, cols)
                .into_iter()
                .map(|row| line.get(row).unwrap_or_default().to_owned())
                .collect::<Vec<_>>()
        })
        .collect()
}

/// Cleans and wraps like [`rows`], and cuts the rows where a mark begins or ends; each piece comes with the number of
/// the first mark that it is part of. Marks are bytes of the text; where a line had to be cleaned they are left out.
pub fn marked_rows(
    text: &str,
    cols: usize,
    marks: &[Range<usize>],
) -> Vec<Vec<(String, Option<usize>)>> {
    let mut rows = Vec::new();
    let mut start = 0;
    for raw in text.split_inclusive('\n') {
        let line = raw.lines().next().unwrap_or_default();
        let clean = safe(line);
        let marks: &[Range<usize>] = if clean == line { marks } else { &[] };
        for row in wrap(&clean, cols) {
            rows.push(pieces(&clean, row, start, marks));
        }
        start += raw.len();
    }
    rows
}

/// Cuts a row of a line that begins at `start` of its text.
fn pieces(
    line: &str,
    row: Range<usize>,
    start: usize,
    marks: &[Range<usize>],
) -> Vec<(String, Option<usize>)> {
    let edges = marks.iter().flat_map(|mark| [mark.start, mark.end]);
    let within = edges.filter_map(|edge| edge.checked_sub(start));
    let mut cuts: Vec<usize> = within
        .filter(|cut| row.start < *cut && *cut < row.end && line.is_char_boundary(*cut))
        .chain([row.start, row.end])
        .collect();
    cuts.sort_unstable();
    cuts.dedup();
    let spans = cuts.iter().zip(cuts.iter().skip(1));
    spans
        .map(|(from, to)| {
            let mark = marks
                .iter()
                .position(|mark| mark.start <= start + from && start + to <= mark.end);
            (line.get(*from..*to).unwrap_or_default().to_owned(), mark)
        })
        .collect()
}

/// Measures the bytes of a text's first row, with the blanks that end it.
///
/// Blanks may hang out of the row by `hang` columns: without limit where they are cut off anyway, by one where a
/// cursor must be able to stand on them. The row ends in front of a line end. Takes at least one grapheme.
pub(crate) fn first_row(text: &str, cols: usize, hang: usize) -> usize {
    let mut used = 0_usize;
    let mut last_break = None;
    let mut previous: Option<Kind> = None;
    for (at, grapheme) in text.grapheme_indices(true) {
        if line_end(grapheme) > 0 {
            return at;
        }
        let columns = picture(grapheme).1;
        let kind = Kind::of(grapheme, columns);
        if previous.is_some_and(|previous| previous.may_break_before(kind)) {
            last_break = Some(at);
        }
        used += columns;
        if at > 0 && columns > 0 {
            if kind == Kind::Blank && used > cols.saturating_add(hang) {
                return at;
            }
            if kind != Kind::Blank && used > cols {
                return last_break.unwrap_or(at);
            }
        }
        previous = Some(kind);
    }
    text.len()
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Kind {
    Blank,
    Letter,
    Wide,
    Opening,
    Closing,
}

impl Kind {
    fn of(grapheme: &str, columns: usize) -> Self {
        let first = grapheme.chars().next().unwrap_or(' ');
        if is_blank(grapheme) {
            Self::Blank
        } else if CLOSING.contains(first) {
            Self::Closing
        } else if OPENING.contains(first) {
            Self::Opening
        } else if columns > 1 {
            Self::Wide
        } else {
            Self::Letter
        }
    }

    fn may_break_before(self, next: Self) -> bool {
        match (self, next) {
            (Self::Blank, next) => next != Self::Blank,
            (_, Self::Blank | Self::Closing) | (Self::Opening, _) => false,
            (Self::Wide, _) | (_, Self::Wide) => true,
            (Self::Letter | Self::Closing, _) => false,
        }
    }
}

/// Tells the blanks a row may end at: all but those made to hold words together.
fn may_break(c: char) -> bool {
    c.is_whitespace() && !matches!(c, '\u{a0}' | '\u{2007}' | '\u{202f}')
}

fn is_blank(grapheme: &str) -> bool {
    grapheme.chars().all(may_break)
}

fn without_last_blanks(row: &str) -> usize {
    row.grapheme_indices(true)
        .rev()
        .find(|(_, grapheme)| !is_blank(grapheme))
        .map_or(0, |(at, grapheme)| at + grapheme.len())
}

fn line_end(text: &str) -> usize {
    if text.starts_with("\r\n") {
        2
    } else {
        usize::from(text.starts_with('\n'))
    }
}

/// Text that hurts: controls, marks, wide and joined characters, flags, words and blanks.
#[cfg(test)]
pub(crate) fn nasty() -> impl proptest::strategy::Strategy<Value = String> {
    use proptest::prelude::*;
    let piece = prop_oneof![
        4 => "[a-z]{1,9}",
        4 => "[ ]{1,3}",
        2 => prop::sample::select(vec![
            "👨‍👩‍👧‍👦", "🇩🇪", "🇩", "e\u{301}", "\u{301}", "\u{200d}", "क्ष", "क्", "❤️", "1️⃣", "👍🏽", "🏽", "顧", "客、", "「", "ｶﾞ", "ﾞ",
            "\u{1100}", "\u{1161}", "\u{11a8}", "لا", "\u{600}", "\u{1b}[2J", "\u{202e}", "\u{200b}", "\u{feff}", "\t", "\r\n", "\r", "\n", "\n",
            "\u{85}", "\u{2028}", "\u{3000}", "\u{a0}", "\u{ad}", "\u{0}", "\u{e0041}", "🏴", "\u{115f}", "\u{3164}", "ä", "–", "…", "\u{fe0f}",
        ]).prop_map(str::to_owned),
        1 => any::<char>().prop_filter("the tests' filler", |c| *c != '#').prop_map(String::from),
        1 => (1_usize..20).prop_map(|n| "\u{300}".repeat(n)),
    ];
    prop::collection::vec(piece, 0..16).prop_map(|pieces| pieces.concat())
}

#[cfg(test)]
mod tests {
    use std::slice;

    use proptest::prelude::*;

    use super::*;
    use crate::ui::text::{safe, width};

    #[test]
    fn marks_cut_the_rows_they_reach_into() {
        let mark = |text: &str| (text.to_owned(), Some(0));
        let plain = |text: &str| (text.to_owned(), None);
        assert_eq!(
            marked_rows("print and send\nit", 9, slice::from_ref(&(6..12))),
            [
                vec![plain("print "), mark("and")],
                vec![mark("se"), plain("nd")],
                vec![plain("it")],
            ]
        );
        assert_eq!(
            marked_rows("a\u{7}b c", 9, slice::from_ref(&(0..1))).len(),
            1
        );
        assert_eq!(
            marked_rows("ä b", 9, slice::from_ref(&(1..2))),
            [vec![plain("ä"), plain(" b")]]
        );
    }

    proptest! {
        #[test]
        fn marked_rows_are_the_same_rows(text in nasty(), cols in 1_usize..20, from in 0_usize..20, to in 0_usize..20) {
            let marked: Vec<String> = marked_rows(&text, cols, slice::from_ref(&(from..to)))
                .into_iter()
                .map(|pieces| pieces.into_iter().map(|(piece, _)| piece).collect())
                .collect();
            prop_assert_eq!(marked, rows(&text, cols));
        }
    }

    fn wrapped(line: &str, cols: usize) -> Vec<&str> {
        wrap(line, cols)
            .into_iter()
            .map(|row| line.get(row).unwrap())
            .collect()
    }

    #[test]
    fn words_move_to_the_next_row_whole() {
        assert_eq!(
            wrapped("pay with a saved card", 8),
            ["pay with", "a saved", "card"]
        );
        assert_eq!(
            wrapped("pay with a saved card", 80),
            ["pay with a saved card"]
        );
    }

    #[test]
    fn a_word_longer_than_the_row_is_cut_at_graphemes() {
        assert_eq!(wrapped("a Rechtsschutz", 5), ["a", "Recht", "sschu", "tz"]);
        assert_eq!(
            wrapped("e\u{301}e\u{301}e\u{301}", 2),
            ["e\u{301}e\u{301}", "e\u{301}"]
        );
    }

    #[test]
    fn chinese_breaks_anywhere_but_before_closing_marks() {
        assert_eq!(wrapped("顧客の声を聞く", 6), ["顧客の", "声を聞", "く"]);
        assert_eq!(wrapped("顧客の声、聞く", 8), ["顧客の", "声、聞く"]);
        assert_eq!(wrapped("card顧客", 6), ["card顧", "客"]);
    }

    #[test]
    fn blanks_at_a_rows_end_are_left_out_and_an_indent_stays() {
        assert_eq!(wrapped("  ab    cd  ", 4), ["  ab", "cd"]);
        assert_eq!(wrapped("   ", 2), [""]);
    }

    #[test]
    fn a_hard_blank_holds_words_together() {
        assert_eq!(wrapped("to 5\u{a0}km far", 6), ["to", "5\u{a0}km", "far"]);
    }

    #[test]
    fn an_empty_line_has_one_empty_row() {
        assert_eq!(wrapped("", 10), [""]);
        assert_eq!(wrapped("", 0), [""]);
    }

    #[test]
    fn tiny_widths_give_one_grapheme_a_row() {
        assert_eq!(wrapped("a顧b", 0), ["a", "顧", "b"]);
        assert_eq!(wrapped("a顧b", 1), ["a", "顧", "b"]);
    }

    #[test]
    fn a_text_of_several_lines_becomes_clean_rows() {
        assert_eq!(
            rows("one two\n\n\u{1b}three", 4),
            ["one", "two", "", "␛thr", "ee"]
        );
    }

    proptest! {
        #[test]
        fn wrapping_keeps_the_width_and_loses_only_blanks(text in nasty(), cols in 0_usize..20) {
            let line = safe(&text).into_owned();
            let mut end = 0;
            for row in wrap(&line, cols) {
                prop_assert!(line.get(end..row.start).unwrap().chars().all(may_break));
                let shown = line.get(row.clone()).unwrap();
                prop_assert!(width(shown) <= cols || shown.graphemes(true).count() == 1, "{shown:?}");
                prop_assert!(!shown.graphemes(true).next_back().is_some_and(is_blank));
                end = row.end;
            }
            prop_assert!(line.get(end..).unwrap().chars().all(may_break));
        }

        #[test]
        fn raw_text_is_wrapped_on_grapheme_boundaries(text in nasty(), cols in 0_usize..20) {
            let boundaries: Vec<usize> = text.grapheme_indices(true).map(|(at, _)| at).chain([text.len()]).collect();
            for row in wrap(&text, cols) {
                prop_assert!(boundaries.contains(&row.start) && boundaries.contains(&row.end), "{row:?} in {text:?}");
            }
        }
    }
}
