//! Where a sentence ends, and what is only wrapping around a part. It knows no story templates.

use std::ops::Range;

use super::source::{Source, is_blank, is_emphasis, is_gap};

/// Short forms that end in a full stop without ending a sentence.
const SHORT_FORMS: &[&str] = &[
    "e.g", "i.e", "etc", "vs", "cf", "approx", "incl", "excl", "resp", "dr", "mr", "mrs", "ms",
    "st", "no", "fig", "z.b", "d.h", "u.a", "bzw", "ca", "evtl", "ggf", "inkl", "usw", "p.ex",
    "ex", "p.ej", "ej", "bijv", "m.m", "f.eks", "t.ex", "bl.a",
];

/// What opens a new paragraph's business when a line begins with it.
const LINE_OPENERS: &[&str] = &[
    "http://",
    "https://",
    "scenario",
    "background",
    "acceptance criteria",
    "given",
    "note:",
];

/// Returns the position after the sentence that runs at `from`, its stop included.
pub(super) fn sentence_end(source: &Source, from: usize) -> usize {
    (from..source.len())
        .find_map(|at| match source.at(at)? {
            '。' | '！' | '？' => Some(source.skip(at + 1, is_closer)),
            '.' | '!' | '?' => end_after_stop(source, from, at),
            '\n' if starts_something_new(source, at) => Some(at),
            _ => None,
        })
        .unwrap_or(source.len())
}

/// Takes blanks, separators, a final full stop and unpaired quotes or emphasis off both ends.
pub(super) fn trim(source: &Source, range: Range<usize>) -> Range<usize> {
    let mut range = range;
    loop {
        let before = range.clone();
        range.start = source
            .skip(range.start, |folded| {
                is_blank(folded) || is_separator(folded)
            })
            .min(range.end);
        range.start = after_dash(source, &range);
        range.end = source.skip_back(range.end, range.start, |folded| {
            is_blank(folded) || is_separator(folded)
        });
        range = without_stop(source, range);
        range = without_emphasis(source, range);
        range = without_quotes(source, range);
        if range == before {
            return range;
        }
    }
}

fn end_after_stop(source: &Source, from: usize, at: usize) -> Option<usize> {
    let end = source.skip(at + 1, is_closer);
    let next = source.skip(end, is_gap);
    if next >= source.len() {
        return Some(source.len());
    }
    if !source.at(end).is_some_and(is_blank) {
        return None;
    }
    let new_line = (end..next).any(|i| source.at(i) == Some('\n'));
    if source.at(at) == Some('.') && !new_line && is_short_form(source, from, at) {
        return None;
    }
    let opens = source.is_upper(next)
        || !source.is_word(next)
        || source.at(next).is_some_and(char::is_numeric);
    (opens || new_line).then_some(end)
}

fn is_short_form(source: &Source, from: usize, stop: usize) -> bool {
    let start = source.skip_back(stop, from, |folded| folded.is_alphabetic() || folded == '.');
    let word = source.folded(start..stop);
    SHORT_FORMS.contains(&word.as_str())
}

fn starts_something_new(source: &Source, line_end: usize) -> bool {
    let next = source.skip(line_end + 1, is_blank);
    if (line_end + 1..next).any(|at| source.at(at) == Some('\n')) {
        return true;
    }
    let blank_follows = source.at(next + 1).is_some_and(is_blank);
    match source.at(next) {
        Some('#' | '|' | '•' | '>' | '=') => true,
        Some('-' | '*' | '+') => blank_follows,
        Some(digit) if digit.is_ascii_digit() => {
            let after = source.word_end(next);
            matches!(source.at(after), Some('.' | ')'))
                && source.at(after + 1).is_some_and(is_blank)
        }
        _ => LINE_OPENERS
            .iter()
            .any(|opener| source.run(next, opener).is_some() && opens_line(source, next, opener)),
    }
}

/// An ordinary word opens something new only when it is written like an opening.
fn opens_line(source: &Source, at: usize, opener: &str) -> bool {
    opener.contains(':') || (source.is_upper(at) && source.words(at, opener).is_some())
}

fn is_closer(folded: char) -> bool {
    matches!(folded, '"' | '\'' | ')' | ']' | '”' | '»' | '」' | '』') || is_emphasis(folded)
}

fn is_separator(folded: char) -> bool {
    matches!(folded, ',' | ';' | ':' | '，' | '、' | '；' | '：')
}

fn is_dash(folded: char) -> bool {
    matches!(folded, '-' | '–' | '—')
}

/// A dash is wrapping only when a blank sets it off from the words.
fn after_dash(source: &Source, range: &Range<usize>) -> usize {
    let after = source.skip(range.start, is_dash).min(range.end);
    if after > range.start && source.at(after).is_some_and(is_blank) {
        after
    } else {
        range.start
    }
}

fn without_stop(source: &Source, range: Range<usize>) -> Range<usize> {
    let Range { start, end } = range;
    let dash = source.skip_back(end, start, is_dash);
    if dash < end && dash > start && source.before(dash).is_some_and(is_blank) {
        return start..dash;
    }
    let stop = end > start && matches!(source.before(end), Some('.' | '。' | '．'));
    // "and more..." and "P.O." keep their stops.
    let initials = end >= start + 3 && source.at(end - 3) == Some('.');
    if stop && !initials && source.before(end - 1) != Some('.') {
        return start..end - 1;
    }
    start..end
}

fn without_emphasis(source: &Source, range: Range<usize>) -> Range<usize> {
    let Range { start, end } = range;
    let first = source.skip(start, is_emphasis).min(end);
    let last = source.skip_back(end, first, is_emphasis);
    let inside = (first..last)
        .filter(|at| source.at(*at).is_some_and(is_emphasis))
        .filter(|at| !source.before(*at).is_some_and(is_emphasis))
        .filter(|at| !(source.is_word(at.saturating_sub(1)) && source.is_word(at + 1)))
        .count();
    match (first > start, last < end, inside % 2 == 0) {
        (true, true, _) if inside == 0 => first..last,
        (true, false, true) => first..end,
        (false, true, true) => start..last,
        _ => start..end,
    }
}

fn without_quotes(source: &Source, range: Range<usize>) -> Range<usize> {
    let Range { start, end } = range;
    let count = |quote| {
        (start..end)
            .filter(|at| source.at(*at) == Some(quote))
            .count()
    };
    for (open, close) in [('"', '"'), ('“', '”'), ('「', '」'), ('«', '»')] {
        let unpaired = if open == close {
            count(open) % 2 == 1
        } else {
            count(open) != count(close)
        };
        if !unpaired || end == start {
            continue;
        }
        if source.at(start) == Some(open) {
            return start + 1..end;
        }
        if source.before(end) == Some(close) {
            return start..end - 1;
        }
    }
    start..end
}

#[cfg(test)]
mod tests {
    use super::*;

    fn first_sentence(text: &str) -> &str {
        let source = Source::new(text);
        source.slice(&(0..sentence_end(&source, 0)))
    }

    fn trimmed(text: &str) -> &str {
        let source = Source::new(text);
        source.slice(&trim(&source, 0..source.len()))
    }

    #[test]
    fn a_stop_before_a_capital_ends_the_sentence() {
        assert_eq!(first_sentence("see it. The list"), "see it.");
        assert_eq!(first_sentence("see cloud.gov files"), "see cloud.gov files");
        assert_eq!(first_sentence("支払いたい。なぜなら"), "支払いたい。");
    }

    #[test]
    fn a_short_form_ends_no_sentence() {
        let text = "pay by card, e.g. Visa, now";
        assert_eq!(first_sentence(text), text);
    }

    #[test]
    fn a_wrapped_line_goes_on_and_a_list_does_not() {
        assert_eq!(first_sentence("pay\nby card"), "pay\nby card");
        assert_eq!(first_sentence("pay\n- by card"), "pay");
        assert_eq!(first_sentence("pay\n\nby card"), "pay");
        assert_eq!(first_sentence("pay\nhttps://example.org"), "pay");
        assert_eq!(first_sentence("pay\nGiven a card"), "pay");
    }

    #[test]
    fn wrapping_comes_off_and_pairs_stay() {
        assert_eq!(trimmed(" customer**, "), "customer");
        assert_eq!(trimmed("**customer**"), "customer");
        assert_eq!(trimmed("*really* pay"), "*really* pay");
        assert_eq!(trimmed("see \"all\"."), "see \"all\"");
        assert_eq!(trimmed("pay\""), "pay");
        assert_eq!(trimmed("and more..."), "and more...");
        assert_eq!(trimmed("P.O."), "P.O.");
        assert_eq!(trimmed("see cloud.gov."), "see cloud.gov");
        assert_eq!(trimmed("call is_open_"), "call is_open");
    }
}
