//! What the backlog's past tells: how long stories take, what has been begun for long, what comes back.
//!
//! Invariant: everything is computed from the stories' logs and reviews, never kept; whoever shows it computes it once
//! per generation of the backlog.

mod burn_up;
mod cycle;
mod failures;
mod meeting;
mod reviews;
mod under_way;
mod words;

pub use burn_up::{Ahead, BurnUp, Reached};
pub use cycle::{Bucket, CycleTime, CycleTimes};
pub use failures::{Failing, Failures};
pub use meeting::Meeting;
pub use reviews::{Period, Reviews, Rounds, share};
pub use under_way::{Begun, UnderWay};
pub use words::{counted, long, old};

use jiff::SignedDuration;

use super::workflow::Status;
use super::{Backlog, Calendar, Forecast, Pace, Story, Timestamp};

/// All that the past tells, as of one moment.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Insights {
    /// When which iteration was.
    pub calendar: Calendar,
    /// What was accepted in each iteration, and the velocity.
    pub pace: Pace,
    /// How far the whole has come.
    pub burn_up: BurnUp,
    /// How long accepted stories took.
    pub cycle_times: CycleTimes,
    /// What is begun and not accepted.
    pub under_way: UnderWay,
    /// What the reviews led to.
    pub reviews: Reviews,
    /// What they fail by; `None` where there are too few to tell.
    pub failures: Option<Failures>,
}

impl Insights {
    /// Measures the backlog, of which this is to be expected.
    pub fn of(backlog: &Backlog, forecast: Forecast) -> Self {
        let burn_up = BurnUp::of(backlog, &forecast);
        let Forecast { calendar, pace, .. } = forecast;
        // What ended before the first iteration is in none of them.
        let iteration = |at| Some(calendar.number_at(at)).filter(|number| *number > 0);
        Self {
            cycle_times: CycleTimes::of(backlog),
            under_way: UnderWay::of(backlog),
            reviews: Reviews::of(backlog, iteration),
            failures: Failures::of(backlog),
            burn_up,
            pace,
            calendar,
        }
    }

    /// How many of the oldest stories under way have been so for longer than 85 of 100 accepted ones took;
    /// none while too few are accepted to tell.
    pub fn too_old(&self, now: Timestamp) -> usize {
        let careful = self.cycle_times.careful();
        let careful = careful.filter(|_| self.cycle_times.can_tell());
        careful.map_or(0, |careful| self.under_way.older_than(careful, now))
    }
}

/// The time as days and parts of days; none where the clocks ran backwards.
pub fn days(time: SignedDuration) -> f64 {
    time.max(SignedDuration::ZERO).as_secs_f64() / (24.0 * 60.0 * 60.0)
}

/// When work on a story began for the first time, where that is known.
fn begun_at(story: &Story) -> Option<Timestamp> {
    let started = story
        .log
        .iter()
        .find(|entry| entry.status == Status::Started);
    started.map(|entry| entry.at)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{Extra, Line, LogEntry, StoryId};

    /// Midnight of a day in November 2026, counted from 0.
    pub(super) fn day(days: i64) -> Timestamp {
        let start: Timestamp = "2026-11-02T00:00:00Z".parse().unwrap();
        start + SignedDuration::from_hours(days * 24)
    }

    /// A story that came to these statuses on these days.
    pub(super) fn story(number: u32, life: &[(Status, i64)]) -> Story {
        let id = StoryId::new(uuid::Uuid::from_u128(u128::from(number)));
        let text = format!(
            r#"{{"format":1,"id":"{id}","number":{number},"title":"Story","rank":"a{number:04}V","created":"{at}","updated":"{at}"}}"#,
            at = day(0)
        );
        let entry = |(status, days): &(Status, i64)| LogEntry {
            status: *status,
            at: day(*days),
            by: Line::parse("Ana"),
            reason: None,
            extra: Extra::new(),
        };
        Story {
            status: life.last().map_or(Status::Idea, |(status, _)| *status),
            log: life.iter().map(entry).collect(),
            ..serde_json::from_str(&text).unwrap()
        }
    }

    #[test]
    fn a_clock_that_ran_backwards_is_no_time() {
        assert!((days(SignedDuration::from_hours(36)) - 1.5).abs() < 1e-9);
        assert!(days(SignedDuration::from_hours(-5)).abs() < 1e-9);
    }
}
