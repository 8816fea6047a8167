//! The calendar of the iterations: which one a day is in, and which days one has.

use jiff::civil::Date;
use jiff::tz::TimeZone;
use jiff::{Span, Timestamp};

use super::{Backlog, Iterations, Kind};

/// The iterations' days in the user's time zone.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Calendar {
    iterations: Iterations,
    zone: TimeZone,
    guessed: bool,
}

impl Calendar {
    /// The calendar of a product's iterations.
    pub fn new(iterations: &Iterations, zone: TimeZone) -> Self {
        Self {
            iterations: iterations.clone(),
            zone,
            guessed: false,
        }
    }

    /// A guess where the product says nothing of iterations: the usual ones from the Monday of the week in which the
    /// earliest story was written down.
    pub fn guessed(backlog: &Backlog, now: Timestamp, zone: TimeZone) -> Self {
        let created = backlog.stories().map(|story| story.created).min();
        let day = zone
            .to_datetime(created.map_or(now, |at| at.min(now)))
            .date();
        let since_monday = i64::from(day.weekday().to_monday_zero_offset());
        Self {
            iterations: Iterations::usual(later(day, -since_monday)),
            zone,
            guessed: true,
        }
    }

    /// The calendar of the backlog's product, or a guess where it has none.
    pub fn of(backlog: &Backlog, now: Timestamp, zone: &TimeZone) -> Self {
        match &backlog.product().iterations {
            Some(iterations) => Self::new(iterations, zone.clone()),
            None => Self::guessed(backlog, now, zone.clone()),
        }
    }

    /// How the time is cut.
    pub const fn iterations(&self) -> &Iterations {
        &self.iterations
    }

    /// Whether the product says nothing of iterations.
    pub const fn is_guessed(&self) -> bool {
        self.guessed
    }

    /// The day of a moment.
    pub fn day_of(&self, at: Timestamp) -> Date {
        self.zone.to_datetime(at).date()
    }

    /// The number of the iteration that a moment is in; before the first one it is 0 or less.
    pub fn number_at(&self, at: Timestamp) -> i32 {
        self.number_on(self.day_of(at))
    }

    /// The number of the iteration that a day is in; see [`Calendar::number_at`].
    pub fn number_on(&self, day: Date) -> i32 {
        let days = days_between(self.iterations.start, day);
        let number = days.div_euclid(self.length()) + 1;
        i32::try_from(number).unwrap_or(if number < 0 { i32::MIN } else { i32::MAX })
    }

    /// The first day of an iteration; the first or last day there is where the number is out of reach.
    pub fn first_day(&self, number: i32) -> Date {
        later(
            self.iterations.start,
            (i64::from(number) - 1) * self.length(),
        )
    }

    /// The last day of an iteration; see [`Calendar::first_day`].
    pub fn last_day(&self, number: i32) -> Date {
        later(self.iterations.start, i64::from(number) * self.length() - 1)
    }

    /// The moment at which an iteration begins.
    pub fn begins(&self, number: i32) -> Timestamp {
        let midnight = self
            .first_day(number)
            .to_datetime(jiff::civil::Time::midnight());
        self.zone.to_timestamp(midnight).unwrap_or(if number < 1 {
            Timestamp::MIN
        } else {
            Timestamp::MAX
        })
    }

    /// How many days the iteration of this moment still has, today included.
    pub fn days_left(&self, now: Timestamp) -> u32 {
        let last = self.last_day(self.number_at(now));
        u32::try_from(days_between(self.day_of(now), last) + 1).unwrap_or(0)
    }

    /// The capacity of an iteration in per cent of the usual.
    pub fn capacity(&self, number: i32) -> u16 {
        u32::try_from(number)
            .ok()
            .and_then(|number| self.iterations.capacity.get(&number))
            .copied()
            .unwrap_or(100)
    }

    /// Whether the points of stories of this kind make the velocity.
    pub fn counts(&self, kind: Kind) -> bool {
        self.iterations.counts.contains(&kind)
    }

    /// How many days an iteration has.
    fn length(&self) -> i64 {
        i64::from(self.iterations.weeks.get()) * 7
    }
}

fn days_between(from: Date, to: Date) -> i64 {
    to.duration_since(from).as_hours() / 24
}

/// So many days later, or the last day there is; with a negative number earlier.
fn later(day: Date, days: i64) -> Date {
    let farthest = if days < 0 { Date::MIN } else { Date::MAX };
    Span::new()
        .try_days(days)
        .and_then(|span| day.checked_add(span))
        .unwrap_or(farthest)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{Product, Within};

    fn calendar(start: &str, weeks: u8, zone: TimeZone) -> Calendar {
        let iterations = Iterations {
            weeks: Within::clamped(weeks),
            ..Iterations::usual(start.parse().unwrap())
        };
        Calendar::new(&iterations, zone)
    }

    #[test]
    fn an_iteration_is_so_many_whole_lengths_after_the_start() {
        let calendar = calendar("2026-11-02", 2, TimeZone::UTC);
        for (at, number) in [
            ("2026-11-02T00:00:00Z", 1),
            ("2026-11-15T23:59:59Z", 1),
            ("2026-11-16T00:00:00Z", 2),
            ("2027-11-01T12:00:00Z", 27),
            ("2026-11-01T23:59:59Z", 0),
            ("2026-10-19T00:00:00Z", 0),
            ("2026-10-18T23:59:59Z", -1),
        ] {
            assert_eq!(calendar.number_at(at.parse().unwrap()), number, "{at}");
        }
    }

    #[test]
    fn days_are_those_of_the_users_zone() {
        let auckland = TimeZone::get("Pacific/Auckland").unwrap();
        let calendar = calendar("2026-11-02", 1, auckland);
        let monday_morning_there = "2026-11-08T11:00:00Z".parse().unwrap();
        assert_eq!(calendar.number_at(monday_morning_there), 2);
        assert_eq!(calendar.begins(2), monday_morning_there);
        let sunday_night_there = "2026-11-08T10:59:59Z".parse().unwrap();
        assert_eq!(calendar.number_at(sunday_night_there), 1);
    }

    #[test]
    fn first_and_last_days_touch_and_are_in_their_iteration() {
        for weeks in 1..=4 {
            let calendar = calendar("2026-11-05", weeks, TimeZone::UTC);
            for number in -3..40 {
                let (first, last) = (calendar.first_day(number), calendar.last_day(number));
                assert_eq!(last.tomorrow().unwrap(), calendar.first_day(number + 1));
                assert_eq!(first.weekday(), calendar.iterations().start.weekday());
                for day in [first, last] {
                    let at = day.to_zoned_datetime(TimeZone::UTC).unwrap().timestamp();
                    assert_eq!(calendar.number_at(at), number);
                }
                assert_eq!(calendar.number_at(calendar.begins(number)), number);
            }
        }
    }

    #[test]
    fn the_last_day_counts_as_a_day_left() {
        let calendar = calendar("2026-11-02", 2, TimeZone::UTC);
        for (now, left) in [
            ("2026-11-02T09:00:00Z", 14),
            ("2026-11-15T23:00:00Z", 1),
            ("2026-11-16T00:00:00Z", 14),
        ] {
            assert_eq!(calendar.days_left(now.parse().unwrap()), left, "{now}");
        }
    }

    #[test]
    fn numbers_out_of_reach_get_the_last_day_there_is() {
        let calendar = calendar("2026-11-02", 4, TimeZone::UTC);
        assert_eq!(calendar.last_day(i32::MAX), Date::MAX);
        assert_eq!(calendar.first_day(i32::MIN), Date::MIN);
        assert_eq!(calendar.begins(i32::MAX), Timestamp::MAX);
    }

    #[test]
    fn without_iterations_a_calendar_is_guessed_from_a_monday() {
        let backlog = Backlog::new(Product::new("Shop", None).unwrap());
        let now = "2026-11-20T09:00:00Z".parse().unwrap();
        let calendar = Calendar::of(&backlog, now, &TimeZone::UTC);
        assert!(calendar.is_guessed());
        assert_eq!(calendar.first_day(1).to_string(), "2026-11-16");
        assert_eq!(calendar.number_at(now), 1);
    }
}
