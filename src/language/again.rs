//! From one line to a benefit check: when to look again, and how it will be known. `in 4 weeks: conversion above 5 %`.

use std::fmt;

use jiff::civil::Date;
use jiff::{Span, ToSpan};

use crate::model::{Learning, Prose};

/// After so many weeks people look again, where nobody says when.
pub const USUAL_WEEKS: i64 = 4;

/// The numbers that people write as words, from one.
const NUMBERS: [&str; 12] = [
    "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven",
    "twelve",
];

/// The days of the week, which say no day by themselves.
const WEEKDAYS: [&str; 7] = [
    "monday",
    "tuesday",
    "wednesday",
    "thursday",
    "friday",
    "saturday",
    "sunday",
];

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
///
/// # Errors
/// When it begins like a day or a time and is none, or the day is over.
pub fn again(line: &str, today: Date) -> Result<Again, NoDay> {
    let line = line.trim();
    let (when, how) = match begins(line, today)? {
        Some((day, _)) if day < today => return Err(NoDay::Over(day)),
        Some((day, how)) => (Some(day), how.trim_start_matches([':', ',']).trim()),
        None => (None, line),
    };
    Ok(Again {
        when: when.unwrap_or_else(|| today.saturating_add(USUAL_WEEKS.weeks())),
        is_said: when.is_some(),
        how: Prose::parse(how),
    })
}

/// Reads a day and nothing else: `2027-01-15`, `tomorrow` or `in 3 weeks`. It may be over.
///
/// # Errors
/// When it is none.
pub fn day(text: &str, today: Date) -> Result<Date, NoDay> {
    match begins(text.trim(), today)? {
        Some((day, "")) => Ok(day),
        _ => Err(NoDay::Unknown(text.trim().to_owned())),
    }
}

/// Reads a day that is still to come; today is one.
///
/// # Errors
/// When it is no day, or over.
pub fn coming(text: &str, today: Date) -> Result<Date, NoDay> {
    match day(text, today)? {
        day if day < today => Err(NoDay::Over(day)),
        day => Ok(day),
    }
}

/// What begins like a day and cannot be taken for one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum NoDay {
    /// No calendar has it.
    Unknown(String),
    /// It is in the past.
    Over(Date),
}

impl fmt::Display for NoDay {
    fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
        match self {
            Self::Unknown(said) => {
                write!(
                    f,
                    "`{said}` is no day. Write it as 2027-03-31, or as in 3 weeks."
                )
            }
            Self::Over(day) => write!(f, "{day} is over. Choose a day that is still to come."),
        }
    }
}

impl std::error::Error for NoDay {}

impl Again {
    /// What it means for a story; what is not said stays as it was.
    pub fn learning(self) -> Learning {
        Learning::Plan {
            when: Some(self.when),
            how: (!self.how.is_empty()).then_some(self.how),
        }
    }
}

/// The day that a line begins with, and the rest of it; `None` where it begins with other words.
fn begins(line: &str, today: Date) -> Result<Option<(Date, &str)>, NoDay> {
    let (first, rest) = parted(line, &[' ', ':', ',']);
    if first.eq_ignore_ascii_case("in") {
        return span(rest.trim_start(), true, today);
    }
    if first.eq_ignore_ascii_case("tomorrow") {
        return Ok(today.tomorrow().ok().map(|day| (day, rest)));
    }
    if looks_like_a_day(first) {
        let day = first.parse();
        let day = day.map_err(|_| NoDay::Unknown(first.to_owned()))?;
        return Ok(Some((day, rest)));
    }
    let (head, rest) = parted(line, &[':', ',']);
    let words: Vec<String> = head.split_whitespace().map(str::to_lowercase).collect();
    let is_named = match words.as_slice() {
        [word] => WEEKDAYS.contains(&word.as_str()),
        [lead, word] if matches!(lead.as_str(), "next" | "on" | "this") => {
            WEEKDAYS.contains(&word.as_str()) || unit(word, 1).is_some()
        }
        _ => false,
    };
    if is_named && (!rest.is_empty() || words.len() > 1) {
        return Err(NoDay::Unknown(head.to_owned()));
    }
    span(line, false, today)
}

/// Whether a word is made as days are: a year, a month and a day, whatever stands between them.
fn looks_like_a_day(word: &str) -> bool {
    let parts: Vec<&str> = word.split(['-', '.', '/']).collect();
    let is_number = |part: &&str| part.chars().all(|sign| sign.is_ascii_digit());
    let are_short = parts.iter().all(|part| (1..=4).contains(&part.len()));
    parts.len() == 3 && are_short && parts.iter().all(is_number)
}

/// The day after a number of days, weeks, months or years, and the rest of the words. Without `in` before it, nothing
/// but the number may stand before a colon: `4 weeks: calls`, and not `4 weeks without a call`.
fn span(words: &str, has_in: bool, today: Date) -> Result<Option<(Date, &str)>, NoDay> {
    let (number, rest) = parted(words, &[' ']);
    let (word, rest) = parted(rest.trim_start(), &[' ', ':', ',']);
    let ends = rest.is_empty() || rest.starts_with([':', ',']);
    let is_number = number.strip_prefix('-').unwrap_or(number);
    let is_number = is_number.starts_with(|sign: char| sign.is_ascii_digit());
    if unit(word, 1).is_none() || !(ends || has_in) {
        return Ok(None);
    }
    let count = match number.to_lowercase().as_str() {
        "a" | "an" => Some(1),
        number => match NUMBERS.iter().position(|known| *known == number) {
            Some(place) => i64::try_from(place).ok().map(|place| place + 1),
            None => number.parse().ok(),
        },
    };
    let day = count
        .filter(|count| (0..=999).contains(count))
        .and_then(|count| today.checked_add(unit(word, count)?).ok());
    match day {
        Some(day) => Ok(Some((day, rest))),
        None if is_number || (has_in && ends) => {
            let lead = if has_in { "in " } else { "" };
            Err(NoDay::Unknown(format!("{lead}{number} {word}")))
        }
        None => Ok(None),
    }
}

/// So many days, weeks, months or years.
fn unit(word: &str, count: i64) -> Option<Span> {
    match word.to_lowercase().trim_end_matches('s') {
        "day" => Some(count.days()),
        "week" => Some(count.weeks()),
        "month" => Some(count.months()),
        "year" => Some(count.years()),
        _ => None,
    }
}

/// The first word of a line, and what stands behind it from the sign on that ends it.
fn parted<'a>(line: &'a str, ends: &[char]) -> (&'a str, &'a str) {
    let end = line.find(ends).unwrap_or(line.len());
    line.split_at_checked(end).unwrap_or((line, ""))
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    const TODAY: Date = date(2026, 11, 23);

    fn told(line: &str) -> (String, bool, String) {
        let again = again(line, TODAY).unwrap();
        (again.when.to_string(), again.is_said, again.how.to_string())
    }

    #[test]
    fn a_line_may_begin_with_the_day() {
        for (line, when, how) in [
            ("in 4 weeks: conversion", "2026-12-21", "conversion"),
            ("4 weeks: calls", "2026-12-21", "calls"),
            ("two weeks", "2026-12-07", ""),
            ("In 2 months ask Mia", "2027-01-23", "ask Mia"),
            ("in a week", "2026-11-30", ""),
            ("in three weeks: calls", "2026-12-14", "calls"),
            ("in 10 days, count", "2026-12-03", "count"),
            ("in 0 days: count", "2026-11-23", "count"),
            ("2027-01-15: fewer calls", "2027-01-15", "fewer calls"),
            ("2027-01-15:fewer calls", "2027-01-15", "fewer calls"),
            ("2027-01-15", "2027-01-15", ""),
            ("2026-11-23: today", "2026-11-23", "today"),
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
            "in recent weeks nobody called",
            "4 weeks without a call",
            "10.5 calls a day",
            "50-100 calls",
            "friday",
            "12:30 is early enough",
            "next to nobody calls",
            "",
        ] {
            let expected = ("2026-12-21".to_owned(), false, line.to_owned());
            assert_eq!(told(line), expected, "{line}");
        }
    }

    #[test]
    fn what_is_made_like_a_day_and_is_none_is_refused() {
        for (line, said) in [
            ("2026-13-45: calls", "2026-13-45"),
            ("2026-02-30", "2026-02-30"),
            ("15.1.2027: calls", "15.1.2027"),
            ("next friday: calls", "next friday"),
            ("Friday: calls", "Friday"),
            ("next week", "next week"),
            ("in 99999999999 weeks: x", "in 99999999999 weeks"),
            ("in 9999 days: x", "in 9999 days"),
            ("in -3 weeks: x", "in -3 weeks"),
            ("in few weeks: x", "in few weeks"),
            ("1.5 weeks: x", "1.5 weeks"),
        ] {
            let refused = again(line, TODAY).map_err(|no_day| no_day.to_string());
            let expected = format!("`{said}` is no day. Write it as 2027-03-31, or as in 3 weeks.");
            assert_eq!(refused, Err(expected), "{line}");
        }
        assert_eq!(
            again("2026-11-22: calls", TODAY).map_err(|no_day| no_day.to_string()),
            Err("2026-11-22 is over. Choose a day that is still to come.".to_owned())
        );
    }

    #[test]
    fn a_day_by_itself_may_be_said_in_the_same_words() {
        assert_eq!(day("in 3 weeks", TODAY), Ok(date(2026, 12, 14)));
        assert_eq!(day(" 2020-01-31 ", TODAY), Ok(date(2020, 1, 31)));
        assert!(day("2027-01-31: calls", TODAY).is_err());
        assert!(day("calls", TODAY).is_err());
        assert!(coming("2020-01-31", TODAY).is_err());
        assert_eq!(coming("2026-11-23", TODAY), Ok(TODAY));
    }
}
