//! The spellings of dates in other tools' files. A date that could be two days is not guessed.

use jiff::civil::{Date, DateTime};
use jiff::tz::TimeZone;

use crate::model::Timestamp;

/// Whether numbers such as 3/4/2026 have the day or the month first.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum DayMonth {
    DayFirst,
    MonthFirst,
}

impl DayMonth {
    /// Finds out from all dates of a file; `None` when no date shows it.
    pub(super) fn of<'a>(dates: impl Iterator<Item = &'a str>) -> Option<Self> {
        let (mut day, mut month) = (false, false);
        for (first, second) in dates.filter_map(slashed) {
            day |= first > 12;
            month |= second > 12;
        }
        match (day, month) {
            (true, false) => Some(Self::DayFirst),
            (false, true) => Some(Self::MonthFirst),
            _ => None,
        }
    }
}

/// Spellings with a zone of their own.
const ZONED: [&str; 3] = [
    "%Y-%m-%dT%H:%M:%S%.f%z",
    "%a %b %d %Y %H:%M:%S GMT%z",
    "%Y-%m-%d %H:%M:%S %z",
];
/// Spellings with a time of day.
const TIMED: [&str; 9] = [
    "%d/%b/%y %I:%M %p",
    "%d/%b/%Y %I:%M %p",
    "%d/%b/%y %H:%M",
    "%Y/%m/%d %H:%M:%S",
    "%Y/%m/%d %H:%M",
    "%Y-%m-%d %H:%M",
    "%b %d, %Y %H:%M",
    "%d.%m.%Y %H:%M:%S",
    "%d.%m.%Y %H:%M",
];
/// Spellings of a day.
const DAYS: [&str; 8] = [
    "%b %d, %Y",
    "%B %d, %Y",
    "%d %b %Y",
    "%d %B %Y",
    "%d/%b/%y",
    "%d/%b/%Y",
    "%Y/%m/%d",
    "%d.%m.%Y",
];

/// Reads a date; without a zone it is taken as UTC.
pub(super) fn read(text: &str, order: Option<DayMonth>) -> Option<Timestamp> {
    let text = match text.split_once(" (") {
        Some((date, _)) => date.trim(),
        None => text.trim(),
    };
    if text.is_empty() || text.len() > 40 {
        return None;
    }
    let zoned = || {
        ZONED
            .iter()
            .find_map(|format| Timestamp::strptime(format, text).ok())
    };
    let timed = || {
        TIMED
            .iter()
            .find_map(|format| DateTime::strptime(format, text).ok())
            .or_else(|| text.parse().ok())
            .or_else(|| by_numbers(text, order))
    };
    let day = || {
        DAYS.iter()
            .find_map(|format| Date::strptime(format, text).ok())
            .map(|day| day.at(0, 0, 0, 0))
    };
    text.parse()
        .ok()
        .or_else(zoned)
        .or_else(|| timed().or_else(day).and_then(utc))
        .and_then(|at| Timestamp::from_second(at.as_second()).ok())
}

fn utc(at: DateTime) -> Option<Timestamp> {
    TimeZone::UTC.to_timestamp(at).ok()
}

/// The first two numbers of a date such as 3/4/2026.
fn slashed(text: &str) -> Option<(u8, u8)> {
    let mut parts = text.trim().split('/');
    Some((parts.next()?.parse().ok()?, parts.next()?.parse().ok()?))
}

/// `11/22/2025`, with or without a time of day.
fn by_numbers(text: &str, order: Option<DayMonth>) -> Option<DateTime> {
    let (first, second) = slashed(text)?;
    let order = match order {
        Some(order) => order,
        None if first == second || second > 12 => DayMonth::MonthFirst,
        None if first > 12 => DayMonth::DayFirst,
        None => return None,
    };
    let formats = match order {
        DayMonth::MonthFirst => [
            "%m/%d/%Y %I:%M:%S %p",
            "%m/%d/%Y %I:%M %p",
            "%m/%d/%Y %H:%M:%S",
            "%m/%d/%Y %H:%M",
        ],
        DayMonth::DayFirst => [
            "%d/%m/%Y %I:%M:%S %p",
            "%d/%m/%Y %I:%M %p",
            "%d/%m/%Y %H:%M:%S",
            "%d/%m/%Y %H:%M",
        ],
    };
    let day = match order {
        DayMonth::MonthFirst => "%m/%d/%Y",
        DayMonth::DayFirst => "%d/%m/%Y",
    };
    formats
        .iter()
        .find_map(|format| DateTime::strptime(format, text).ok())
        .or_else(|| Some(Date::strptime(day, text).ok()?.at(0, 0, 0, 0)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_spelling_is_read() {
        for (text, at) in [
            ("Nov 27, 2009", "2009-11-27T00:00:00Z"),
            ("22/Sep/25 9:26 AM", "2025-09-22T09:26:00Z"),
            ("10/nov/25 4:51 PM", "2025-11-10T16:51:00Z"),
            ("2024-02-13 22:10", "2024-02-13T22:10:00Z"),
            ("2016-03-03T13:40:01.000+0000", "2016-03-03T13:40:01Z"),
            (
                "Sat Feb 11 2023 01:51:47 GMT+0000 (GMT)",
                "2023-02-11T01:51:47Z",
            ),
            (
                "Sat Feb 11 2023 01:51:47 GMT+0200 (CEST)",
                "2023-02-10T23:51:47Z",
            ),
            ("2024-02-02T14:43:34.123456Z", "2024-02-02T14:43:34Z"),
            ("2018-10-09 17:25:51.314021+00:00", "2018-10-09T17:25:51Z"),
            ("20180914T103257Z", "2018-09-14T10:32:57Z"),
            ("11/22/2025 22:48", "2025-11-22T22:48:00Z"),
            ("22/11/2025", "2025-11-22T00:00:00Z"),
            ("22.11.2025 22:48", "2025-11-22T22:48:00Z"),
            ("8/22/2025 7:00:00 AM", "2025-08-22T07:00:00Z"),
            ("2024/05/01 10:00:00", "2024-05-01T10:00:00Z"),
            ("2016-04-30", "2016-04-30T00:00:00Z"),
        ] {
            assert_eq!(read(text, None), at.parse().ok(), "{text}");
        }
        for text in ["", "soon", "2024-13-01", "0/0/2024", "99999999999"] {
            assert_eq!(read(text, None), None, "{text}");
        }
    }

    #[test]
    fn a_date_that_could_be_two_days_needs_another_that_tells() {
        assert_eq!(read("3/4/2026", None), None);
        let order = DayMonth::of(["3/4/2026", "3/14/2026", "soon"].into_iter());
        assert_eq!(order, Some(DayMonth::MonthFirst));
        assert_eq!(read("3/4/2026", order), "2026-03-04T00:00:00Z".parse().ok());
        assert_eq!(DayMonth::of(["3/14/2026", "14/3/2026"].into_iter()), None);
    }
}
