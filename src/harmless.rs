//! Untrusted text: how every text is cleaned before it reaches the terminal, and how its columns are counted.
//!
//! Every text of a story may come from anywhere: another program, an import, a colleague's clipboard. Ratatui keeps
//! escape sequences from the terminal, but it counts one column for each control character it then drops, lets bidi
//! overrides through, and glues lines and tabs; printed text is not guarded at all. So text goes through [`safe`]
//! before it is drawn or printed, and columns are counted here and nowhere else, one grapheme at a time, the way
//! ratatui fills its cells.
//!
//! Invariant: this module knows only strings; the screen and the command line both stand on it.

use std::borrow::Cow;

use ratatui::buffer::CellWidth;
use unicode_segmentation::UnicodeSegmentation;
use unicode_width::UnicodeWidthChar;

/// Ends a text that did not fit.
const ELLIPSIS: char = '…';
/// Stands for what cannot be drawn.
const UNKNOWN: &str = "\u{fffd}";
/// Carries a combining mark that has no letter of its own.
const DOTTED_CIRCLE: char = '◌';
/// More zero-width characters in a row than any script needs only serve to smear the screen.
const MAX_MARKS: usize = 8;
/// No honest grapheme has more characters; the longest emoji sequences have ten.
const MAX_CHARS: usize = 64;
/// No honest grapheme is wider; long conjuncts of Indic scripts come close.
pub(crate) const MAX_COLUMNS: u16 = 8;

/// Makes one line of untrusted text harmless for a span.
///
/// Control characters become their pictures (`␛`), tabs and line ends become a blank, bidi controls and invisible
/// format characters disappear, marks without a letter get a dotted circle, and no grapheme stacks more than eight
/// marks. Emoji sequences stay whole. Cleaning clean text changes nothing.
pub fn safe(text: &str) -> Cow<'_, str> {
    if is_plain_ascii(text) {
        return Cow::Borrowed(text);
    }
    let harmless = if text.chars().any(is_hostile) {
        Cow::Owned(disarm(text))
    } else {
        Cow::Borrowed(text)
    };
    if harmless.graphemes(true).all(is_sound) {
        return harmless;
    }
    Cow::Owned(harmless.graphemes(true).map(sound).collect())
}

/// Makes untrusted text harmless line by line; an empty text has no lines, a final line end starts none.
pub fn safe_lines(text: &str) -> impl Iterator<Item = Cow<'_, str>> {
    text.lines().map(safe)
}

/// Counts the columns a text takes once [`safe`] has cleaned it.
pub fn width(text: &str) -> usize {
    if is_plain_ascii(text) {
        return text.len();
    }
    safe(text).graphemes(true).map(cell_width).sum()
}

/// Cleans a text and cuts it to at most `cols` columns, the last one an ellipsis when something is missing.
pub fn truncate(text: &str, cols: usize) -> Cow<'_, str> {
    let clean = safe(text);
    if width(&clean) <= cols {
        return clean;
    }
    let Some(room) = cols.checked_sub(1) else {
        return Cow::Borrowed("");
    };
    let kept = fitting(&clean, room).trim_end();
    let mut cut = String::with_capacity(kept.len() + ELLIPSIS.len_utf8());
    cut.push_str(kept);
    cut.push(ELLIPSIS);
    Cow::Owned(cut)
}

/// Cleans a text and cuts or fills it on the right to exactly `cols` columns.
pub fn fit(text: &str, cols: usize) -> String {
    let mut fitted = truncate(text, cols).into_owned();
    let missing = cols.saturating_sub(width(&fitted));
    fitted.extend(std::iter::repeat_n(' ', missing));
    fitted
}

/// Cleans a text and cuts or fills it on the left to exactly `cols` columns.
pub fn pad_left(text: &str, cols: usize) -> String {
    let cut = truncate(text, cols);
    let missing = cols.saturating_sub(width(&cut));
    let mut padded = " ".repeat(missing);
    padded.push_str(&cut);
    padded
}

/// Gives the picture of one grapheme and its columns, for those who draw grapheme by grapheme.
pub(crate) fn picture(grapheme: &str) -> (Cow<'_, str>, usize) {
    let clean = safe(grapheme);
    let columns = width(&clean);
    (clean, columns)
}

/// Takes the longest beginning of a clean text that has at most `cols` columns.
fn fitting(clean: &str, cols: usize) -> &str {
    let mut used = 0;
    let end = clean
        .grapheme_indices(true)
        .find(|(_, grapheme)| {
            used += cell_width(grapheme);
            used > cols
        })
        .map_or(clean.len(), |(at, _)| at);
    clean.get(..end).unwrap_or_default()
}

fn is_plain_ascii(text: &str) -> bool {
    text.bytes().all(|byte| matches!(byte, b' '..=b'~'))
}

/// Counts a clean grapheme's columns, exactly as ratatui does when it fills its cells.
fn cell_width(grapheme: &str) -> usize {
    if grapheme.len() == 1 {
        1
    } else {
        usize::from(grapheme.cell_width())
    }
}

/// Tells the characters that act on the terminal or the reader instead of being seen.
pub(crate) fn is_hostile(c: char) -> bool {
    c.is_control()
        || matches!(c,
            '\u{ad}' | '\u{61c}' | '\u{180e}' | '\u{200b}' | '\u{200e}' | '\u{200f}'
            | '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{feff}' | '\u{fff9}'..='\u{fffb}'
            | '\u{1d173}'..='\u{1d17a}' | '\u{e0000}'..='\u{e00ff}' | '\u{e01f0}'..='\u{e0fff}')
}

fn disarm(text: &str) -> String {
    let mut clean = String::with_capacity(text.len());
    let mut chars = text.chars().peekable();
    while let Some(c) = chars.next() {
        match c {
            '\r' if chars.peek() == Some(&'\n') => {}
            '\t' | '\n' | '\u{2028}' | '\u{2029}' => clean.push(' '),
            c if c.is_control() => clean.push(control_picture(c)),
            c if is_hostile(c) => {}
            c => clean.push(c),
        }
    }
    clean
}

fn control_picture(c: char) -> char {
    match u32::from(c) {
        code @ 0..=0x1f => char::from_u32(0x2400 + code).unwrap_or(char::REPLACEMENT_CHARACTER),
        0x7f => '\u{2421}',
        _ => char::REPLACEMENT_CHARACTER,
    }
}

/// Tells whether a grapheme without hostile characters fills cells in an orderly way.
fn is_sound(grapheme: &str) -> bool {
    let mut chars = grapheme.chars();
    if let (Some(only), None) = (chars.next(), chars.next()) {
        return only.width().is_some_and(|columns| columns > 0);
    }
    has_few_marks(grapheme)
        && grapheme.chars().nth(MAX_CHARS).is_none()
        && (1..=MAX_COLUMNS).contains(&grapheme.cell_width())
}

fn has_few_marks(grapheme: &str) -> bool {
    let mut run = 0;
    grapheme.chars().all(|c| {
        run = if is_mark(c) { run + 1 } else { 0 };
        run <= MAX_MARKS
    })
}

fn is_mark(c: char) -> bool {
    c.width().unwrap_or(0) == 0
}

/// Repairs one grapheme: too many marks are cut, lone marks get a carrier, the rest becomes a replacement character.
fn sound(grapheme: &str) -> Cow<'_, str> {
    if is_sound(grapheme) {
        return Cow::Borrowed(grapheme);
    }
    let mut run = 0;
    let mut capped: String = grapheme
        .chars()
        .filter(|c| {
            run = if is_mark(*c) { run + 1 } else { 0 };
            run <= MAX_MARKS
        })
        .collect();
    if capped.chars().all(is_mark) {
        capped.retain(|c| !is_invisible(c));
        if capped.is_empty() {
            return Cow::Borrowed("");
        }
        capped.insert(0, DOTTED_CIRCLE);
        // A lone vowel of Hangul does not join the circle; alone it has no column to stand in.
        if !is_sound(&capped) || capped.graphemes(true).count() > 1 {
            return Cow::Borrowed(UNKNOWN);
        }
    }
    if capped.graphemes(true).all(is_sound) {
        Cow::Owned(capped)
    } else {
        Cow::Borrowed(UNKNOWN)
    }
}

/// Tells the zero-width characters that show nothing even when they stand alone.
fn is_invisible(c: char) -> bool {
    matches!(c,
        '\u{34f}' | '\u{180b}'..='\u{180f}' | '\u{200c}' | '\u{200d}' | '\u{fe00}'..='\u{fe0f}'
        | '\u{e0100}'..='\u{e01ef}')
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use ratatui::buffer::{Buffer, Cell};
    use ratatui::layout::Rect;
    use ratatui::text::Span;
    use ratatui::widgets::Widget;

    use super::*;
    use crate::ui::text::nasty;

    #[test]
    fn plain_text_is_borrowed() {
        assert!(matches!(safe("Pay with a saved card"), Cow::Borrowed(_)));
        assert!(matches!(safe("Käufer 顧客 👨‍👩‍👧"), Cow::Borrowed(_)));
    }

    #[test]
    fn control_characters_become_visible_pictures() {
        assert_eq!(safe("a\u{1b}[2Jb"), "a␛[2Jb");
        assert_eq!(safe("\u{7}\u{7f}\u{9b}"), "␇␡\u{fffd}");
        assert_eq!(safe("a\rb"), "a␍b");
    }

    #[test]
    fn tabs_and_line_ends_become_one_blank() {
        assert_eq!(safe("a\tb\nc\r\nd\u{2028}e"), "a b c d e");
    }

    #[test]
    fn bidi_overrides_and_invisible_characters_disappear() {
        assert_eq!(
            safe("a\u{202e}b\u{200b}c\u{feff}d\u{ad}e\u{2066}f\u{e0041}g"),
            "abcdefg"
        );
    }

    #[test]
    fn emoji_sequences_stay_whole() {
        for whole in ["👨‍👩‍👧‍👦", "👍🏽", "🇩🇪", "❤️", "1️⃣", "👩🏽‍❤️‍💋‍👨🏽"]
        {
            assert_eq!(safe(whole), whole);
            assert_eq!(width(whole), 2, "{whole}");
        }
    }

    #[test]
    fn stacked_marks_are_capped_at_eight() {
        let zalgo = format!("a{}b", "\u{301}".repeat(100));
        assert_eq!(safe(&zalgo), format!("a{}b", "\u{301}".repeat(8)));
        assert_eq!(width(&zalgo), 2);
    }

    #[test]
    fn a_lone_mark_gets_a_carrier() {
        assert_eq!(safe("\u{301}a"), "◌\u{301}a");
        assert_eq!(safe("\u{200d}a"), "a");
    }

    #[test]
    fn a_lone_hangul_vowel_takes_a_column() {
        assert_eq!(safe("\u{1161}"), "\u{fffd}");
        assert_eq!(width("\u{1112}\u{1161}\u{11ab}"), 2);
    }

    #[test]
    fn a_giant_grapheme_becomes_a_replacement_character() {
        assert_eq!(safe(&"\u{1100}".repeat(40_000)), "\u{fffd}");
    }

    #[test]
    fn lam_alef_counts_the_two_cells_it_is_drawn_in() {
        assert_eq!(width("لا"), 2);
    }

    #[test]
    fn lines_are_cleaned_one_by_one() {
        let lines: Vec<_> = safe_lines("a\tb\r\n\n\u{1b}c\n").collect();
        assert_eq!(lines, ["a b", "", "␛c"]);
    }

    #[test]
    fn a_cut_text_ends_in_an_ellipsis() {
        assert_eq!(truncate("Pay with a card", 15), "Pay with a card");
        assert_eq!(truncate("Pay with a card", 9), "Pay with…");
        assert_eq!(truncate("Pay with a card", 1), "…");
        assert_eq!(truncate("Pay with a card", 0), "");
    }

    #[test]
    fn a_cut_never_splits_a_wide_character() {
        assert_eq!(truncate("顧客の声", 4), "顧…");
        assert_eq!(fit("顧客の声", 4), "顧… ");
        assert_eq!(truncate("a👨‍👩‍👧b", 2), "a…");
    }

    #[test]
    fn padding_fills_either_side() {
        assert_eq!(fit("ab", 4), "ab  ");
        assert_eq!(pad_left("ab", 4), "  ab");
        assert_eq!(pad_left("abcdef", 4), "abc…");
    }

    proptest! {
        #[test]
        fn clean_text_is_drawn_in_exactly_the_counted_columns(text in nasty()) {
            let clean = safe(&text);
            let columns = width(&clean);
            let mut buf = Buffer::filled(Rect::new(0, 0, 300, 1), Cell::new("#"));
            Span::raw(clean.as_ref()).render(buf.area, &mut buf);
            let untouched = (0..300).take_while(|x| buf[(299 - x, 0)].symbol() == "#").count();
            prop_assert!(columns < 300);
            // A `#` at the end of the text looks like an untouched cell, so the strategy has none.
            prop_assert_eq!(300 - untouched, columns);
        }

        #[test]
        fn cleaning_twice_changes_nothing_more(text in nasty()) {
            let once = safe(&text).into_owned();
            prop_assert_eq!(&safe(&once), &once);
            prop_assert!(!once.chars().any(|c| c.is_control() || is_hostile(c)));
        }

        #[test]
        fn a_cut_text_is_never_wider_than_asked(text in nasty(), cols in 0_usize..30) {
            let cut = truncate(&text, cols).into_owned();
            prop_assert!(width(&cut) <= cols, "{:?} is {} wide", cut, width(&cut));
            prop_assert_eq!(width(&fit(&text, cols)), cols);
            prop_assert_eq!(width(&pad_left(&text, cols)), cols);
            let body = cut.trim_end_matches(ELLIPSIS);
            let clean = safe(&text);
            prop_assert!(clean.starts_with(body));
            prop_assert!(cut == clean || cols == 0 || cut.ends_with(ELLIPSIS));
        }
    }
}
