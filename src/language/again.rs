//! From one line to a benefit check: when to look again, and how it will be known. `in 4 weeks: conversion above 5 %`.

use jiff::civil::Date;
use jiff::{Span, ToSpan};

use crate::model::{Learning, Prose};

/// After so many weeks people look again, where nobody says when.
pub const USUAL_WEEKS: i64 = 4;

/// When to look again, and how it will be known.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Again {
    /// The day.
    pub when: Date,
    /// Whether the day was said, rather than the usual one.
    pub is_said: bool,
    /// How it will be known; empty where nothing is said of it.
    pub how: Prose,
}

/// Takes a line apart. It may begin with a day, with `tomorrow` or with `in 4 weeks`; otherwise it is about the usual
/// time from now.
pub fn again(line: &str, today: Date) -> Again {
    let line = line.trim();
    let (said, how) = match line.split_once(' ') {
        Some((first, rest)) if first.eq_ignore_ascii_case("in") => match span(rest) {
            Some((span, rest)) => (today.checked_add(span).ok(), rest),
            None => (None, line),
        },
        Some((first, rest)) => day(first, today).map_or((None, line), |day| (Some(day), rest)),
        None => day(line, today).map_or((None, line), |day| (Some(day), "")),
    };
    let how = if said.is_some() { how } else { line };
    let how = how.trim_start_matches([':', ',']).trim();
    let usual = || today.saturating_add(USUAL_WEEKS.weeks());
    Again {
        when: said.unwrap_or_else(usual),
        is_said: said.is_some(),
        how: Prose::parse(how),
    }
}

impl Again {
    /// What it means for a story; what is not said stays as it was.
    pub fn learning(self) -> Learning {
        Learning::Plan {
            when: Some(self.when),
            how: (!self.how.is_empty()).then_some(self.how),
        }
    }
}

fn day(word: &str, today: Date) -> Option<Date> {
    let word = word.trim_end_matches([':', ',']);
    match word.to_lowercase().as_str() {
        "tomorrow" => today.tomorrow().ok(),
        word => word.parse().ok(),
    }
}

/// A number and days, weeks or months, and the rest of the words.
fn span(words: &str) -> Option<(Span, &str)> {
    let (number, rest) = words.trim_start().split_once(' ')?;
    let number: i64 = match number.to_lowercase().as_str() {
        "a" | "one" => 1,
        number => number
            .parse()
            .ok()
            .filter(|number| (0..=999).contains(number))?,
    };
    let rest = rest.trim_start();
    let end = rest.find([' ', ':', ',']).unwrap_or(rest.len());
    let (unit, rest) = rest.split_at_checked(end)?;
    let span = match unit.to_lowercase().trim_end_matches('s') {
        "day" => number.days(),
        "week" => number.weeks(),
        "month" => number.months(),
        "year" => number.years(),
        _ => return None,
    };
    Some((span, rest))
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    const TODAY: Date = date(2026, 11, 23);

    fn told(line: &str) -> (String, bool, String) {
        let again = again(line, TODAY);
        (again.when.to_string(), again.is_said, again.how.to_string())
    }

    #[test]
    fn a_line_may_begin_with_the_day() {
        for (line, when, how) in [
            ("in 4 weeks: conversion", "2026-12-21", "conversion"),
            ("In 2 months ask Mia", "2027-01-23", "ask Mia"),
            ("in a week", "2026-11-30", ""),
            ("in 10 days, count", "2026-12-03", "count"),
            ("2027-01-15: fewer calls", "2027-01-15", "fewer calls"),
            ("2027-01-15", "2027-01-15", ""),
            ("tomorrow: look", "2026-11-24", "look"),
        ] {
            let expected = (when.to_owned(), true, how.to_owned());
            assert_eq!(told(line), expected, "{line}");
        }
    }

    #[test]
    fn without_a_day_people_look_after_the_usual_time() {
        for line in [
            "fewer calls",
            "in the shop: ask",
            "in 5 shops",
            "",
            "in 9999 days: x",
        ] {
            let expected = ("2026-12-21".to_owned(), false, line.to_owned());
            assert_eq!(told(line), expected, "{line}");
        }
    }
}
