//! From one line to a piece of evidence and back: `interview Ana: cannot find the button !2`.

use jiff::ToSpan;
use jiff::civil::Date;

use crate::model::{Evidence, Line, ProblemEdit, Prose, Weight};

/// More words than this before a colon are no name.
const LONGEST_NAME: usize = 5;

/// What was seen or heard, taken out of one line.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Heard {
    /// The day on which it was.
    pub date: Date,
    /// What sort of thing it is.
    pub kind: Line,
    /// Whose voice it is; empty where nobody is named.
    pub source: Line,
    /// What was seen or heard.
    pub text: Prose,
    /// How much it matters.
    pub weight: Weight,
}

/// Takes a line apart: a day, a kind and a source before a colon, a weight such as `!2` anywhere; all of them may be
/// missing. Beside the usual kinds these are known. What is no kind is a source, and what is neither is text.
pub fn heard(line: &str, kinds: &[String], today: Date) -> Heard {
    let (line, weight) = weighed(line);
    let (date, line) = dated(&line, today);
    let (head, text) = match line.split_once(':') {
        // A colon in the middle of a sentence, or in an address, parts nothing.
        Some((head, text)) if is_head(head, text, kinds) => (head.trim(), text.trim()),
        _ => ("", line.trim()),
    };
    let (kind, source, text) = if head.is_empty() {
        let (kind, text) = kind_of(text, kinds);
        (kind, "", text)
    } else {
        let (kind, source) = kind_of(head, kinds);
        (kind, source, text)
    };
    Heard {
        date,
        kind: kind.unwrap_or_else(|| Line::parse(Evidence::KINDS[0])),
        source: Line::parse(source),
        text: Prose::parse(text),
        weight,
    }
}

impl Heard {
    /// What a piece of evidence says.
    pub fn of(entry: &Evidence) -> Self {
        Self {
            date: entry.date,
            kind: entry.kind.clone(),
            source: entry.source.clone(),
            text: entry.text.clone(),
            weight: entry.weight,
        }
    }

    /// The edit that writes it down.
    pub fn edit(self) -> ProblemEdit {
        ProblemEdit::Evidence {
            date: self.date,
            kind: self.kind,
            source: self.source,
            text: self.text,
            weight: self.weight,
        }
    }
}

/// A piece of evidence as the line that it could have been written as.
pub fn line(entry: &Evidence) -> String {
    let head = [
        entry.date.to_string(),
        entry.kind.to_string(),
        entry.source.to_string(),
    ];
    let head: Vec<String> = head.into_iter().filter(|part| !part.is_empty()).collect();
    format!("{}: {} !{}", head.join(" "), entry.text, entry.weight)
}

/// The piece as its line tells it now. Only what has changed in the line changes, so that what cannot be said in a line
/// stays as it was.
pub fn anew(entry: &Evidence, typed: &str, kinds: &[String], today: Date) -> Evidence {
    let before = heard(&line(entry), kinds, today);
    let now = heard(typed, kinds, today);
    let mut anew = entry.clone();
    if now.date != before.date {
        anew.date = now.date;
    }
    if now.kind != before.kind {
        anew.kind = now.kind;
    }
    if now.source != before.source {
        anew.source = now.source;
    }
    if now.text != before.text {
        anew.text = now.text;
    }
    if now.weight != before.weight {
        anew.weight = now.weight;
    }
    anew
}

/// The line without its weight; what is not weighed is nice to have.
fn weighed(line: &str) -> (String, Weight) {
    let weight = |word: &str| match word.strip_prefix('!')? {
        "0" => Some(0),
        "1" => Some(1),
        "2" => Some(2),
        "3" => Some(3),
        _ => None,
    };
    let found = line.split_whitespace().filter_map(weight).next_back();
    let Some(found) = found else {
        return (line.to_owned(), Weight::clamped(1));
    };
    let without = |line: &str| {
        let words = line.split_whitespace();
        let words = words.filter(|word| weight(word).is_none());
        words.collect::<Vec<&str>>().join(" ")
    };
    let rest: Vec<String> = line.lines().map(without).collect();
    (rest.join("\n"), Weight::clamped(found))
}

/// The day that a line begins with, and the rest; without one it is today.
fn dated(line: &str, today: Date) -> (Date, &str) {
    let line = line.trim();
    let (first, rest) = line.split_once(' ').unwrap_or((line, ""));
    let first = first.trim_end_matches(':');
    let day = match first.to_lowercase().as_str() {
        "yesterday" => today.checked_sub(1.day()).ok(),
        "today" => Some(today),
        word => word.parse().ok(),
    };
    day.map_or((today, line), |day| (day, rest.trim()))
}

fn is_head(head: &str, text: &str, kinds: &[String]) -> bool {
    let begins_anew = text.is_empty() || text.starts_with(char::is_whitespace);
    let has_kind = kind_of(head, kinds).0.is_some();
    begins_anew && (has_kind || head.split_whitespace().count() <= LONGEST_NAME)
}

/// The kind that words begin with, and what follows.
fn kind_of<'a>(words: &'a str, kinds: &[String]) -> (Option<Line>, &'a str) {
    let (first, rest) = words.split_once(' ').unwrap_or((words, ""));
    let kind = first.trim_end_matches(',').to_lowercase();
    let is_known = Evidence::KINDS.contains(&kind.as_str())
        || kinds.iter().any(|known| known.to_lowercase() == kind);
    if is_known {
        (Some(Line::parse(&kind)), rest.trim())
    } else {
        (None, words)
    }
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    const TODAY: Date = date(2026, 11, 23);

    fn told(line: &str) -> String {
        let Heard {
            date,
            kind,
            source,
            text,
            weight,
        } = heard(line, &["forum".to_owned()], TODAY);
        format!("{date}|{kind}|{source}|{text}|{}", weight.get())
    }

    #[test]
    fn a_line_is_taken_apart_into_kind_source_words_and_weight() {
        for (line, parts) in [
            (
                "interview Ana: cannot find the button !2",
                "2026-11-23|interview|Ana|cannot find the button|2",
            ),
            ("Ana Lee: no !3", "2026-11-23|interview|Ana Lee|no|3"),
            ("Ticket 4711: it fails", "2026-11-23|ticket|4711|it fails|1"),
            ("!0 number: 4 of 10", "2026-11-23|number||4 of 10|0"),
            ("forum: slow", "2026-11-23|forum||slow|1"),
            ("yesterday survey q3: 12 %", "2026-11-22|survey|q3|12 %|1"),
            (
                "2026-11-01 Mia: gave up",
                "2026-11-01|interview|Mia|gave up|1",
            ),
            (
                "observation people look for it",
                "2026-11-23|observation||people look for it|1",
            ),
        ] {
            assert_eq!(told(line), parts, "{line}");
        }
    }

    #[test]
    fn a_sentence_with_a_colon_in_it_stays_whole() {
        for line in [
            "they look for a button that is not there: nobody finds it",
            "see https://example.org/1",
            "it happens at 12:30",
        ] {
            assert_eq!(told(line), format!("2026-11-23|interview||{line}|1"));
        }
    }

    fn piece(kind: &str, source: &str, text: &str) -> Evidence {
        Evidence {
            date: date(2026, 11, 1),
            kind: Line::parse(kind),
            source: Line::parse(source),
            text: Prose::parse(text),
            weight: Weight::clamped(3),
            at: jiff::Timestamp::UNIX_EPOCH,
            by: Line::parse("Ana"),
            extra: crate::model::Extra::new(),
        }
    }

    #[test]
    fn a_piece_goes_into_a_line_and_comes_back() {
        for (entry, told) in [
            (
                piece("interview", "Mia", "gave up"),
                "2026-11-01 interview Mia: gave up !3",
            ),
            (
                piece("ticket", "4711", "it fails:\nalways"),
                "2026-11-01 ticket 4711: it fails:\nalways !3",
            ),
            (
                piece("number", "", "4 of 10"),
                "2026-11-01 number: 4 of 10 !3",
            ),
        ] {
            assert_eq!(line(&entry), told);
            let Heard {
                kind, source, text, ..
            } = heard(told, &[], TODAY);
            assert_eq!(
                (kind, source, text),
                (entry.kind.clone(), entry.source.clone(), entry.text.clone())
            );
            assert_eq!(anew(&entry, told, &[], TODAY), entry);
        }
    }

    #[test]
    fn only_what_changed_in_the_line_changes_in_the_piece() {
        // Neither this kind nor this source can be said in a line.
        let odd = piece(
            "phone call",
            "the man from the shop down the road",
            "no: why?",
        );
        let told = line(&odd);
        assert_eq!(anew(&odd, &told, &[], TODAY), odd);
        let lighter = anew(&odd, &told.replace("!3", "!1"), &[], TODAY);
        let wanted = Evidence {
            weight: Weight::clamped(1),
            ..odd
        };
        assert_eq!(lighter, wanted);
    }

    #[test]
    fn a_name_without_words_is_no_evidence() {
        assert_eq!(told("Ana: !2"), "2026-11-23|interview|Ana||2");
    }

    #[test]
    fn what_looks_like_a_weight_and_is_none_stays_in_the_words() {
        assert_eq!(told("Mia: wow !4 !"), "2026-11-23|interview|Mia|wow !4 !|1");
        assert_eq!(told(""), "2026-11-23|interview|||1");
    }
}
