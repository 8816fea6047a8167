//! The pace: what was accepted in each iteration, and the velocity that follows from it.
//!
//! Velocity is the mean of the points accepted in the last completed iterations, as teams have measured it since
//! Extreme Programming ("yesterday's weather"): what is only delivered counts nothing, and an iteration in which
//! nothing was accepted counts 0.

use jiff::tz::TimeZone;

use crate::model::{Backlog, Calendar, Load, Points, Timestamp, Unit};

/// The velocity of a team that nobody knows anything about yet.
const GUESS: Points = Points::whole(10);
/// So many completed iterations are looked back upon; ten years of the shortest.
const MEMORY: i32 = 520;

/// What was accepted so far, by iteration.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Pace {
    /// The completed iterations since the one in which a story was first accepted, oldest first; none before the first.
    pub past: Vec<Past>,
    /// The iteration that goes on, as far as it has come.
    pub current: Past,
    /// How many points an iteration holds.
    pub velocity: Velocity,
    /// What is counted: stories where the team gives no estimates.
    pub unit: Unit,
}

/// One iteration that has begun.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Past {
    /// Its number.
    pub number: i32,
    /// The points of the counted stories that were accepted in it and still are.
    pub points: Points,
    /// How many counted stories that are, with and without an estimate.
    pub stories: usize,
    /// Its capacity in per cent of the usual.
    pub capacity: u16,
}

/// How many points an iteration of usual capacity holds, and how that is known.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Velocity {
    /// The points.
    pub points: Points,
    /// How that is known.
    pub basis: Basis,
}

/// How a velocity is known.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Basis {
    /// It is the mean of so many completed iterations, of which this is the first and this the last.
    Measured {
        /// How many.
        over: usize,
        /// The number of the oldest.
        first: i32,
        /// The number of the youngest.
        last: i32,
    },
    /// No iteration with an accepted story is completed yet, so it is a guess.
    Guessed,
    /// Somebody asked what if.
    Given,
}

impl Pace {
    /// The accepted stories whose kinds count, with when that was.
    pub fn accepted<'a>(
        backlog: &'a Backlog,
        calendar: &'a Calendar,
    ) -> impl Iterator<Item = (Timestamp, &'a Load)> {
        let loads = backlog.closed_loads().iter();
        loads
            .filter(|load| calendar.counts(load.kind))
            .filter_map(|load| Some((load.accepted_at()?, load)))
    }

    /// Looks at what was accepted, as of `now`.
    pub fn measure(backlog: &Backlog, calendar: &Calendar, now: Timestamp) -> Self {
        let accepted: Vec<(Timestamp, &Load)> = Self::accepted(backlog, calendar).collect();
        // Before its first day a team plans for iteration 1.
        let current = calendar.number_at(now).max(1);
        let first = accepted
            .iter()
            .map(|(at, _)| *at)
            .min()
            .map_or(current, |at| calendar.number_at(at))
            .clamp(1.max(current.saturating_sub(MEMORY)), current);
        let mut past: Vec<Past> = (first..=current)
            .map(|number| Past::empty(number, calendar))
            .collect();
        // Looked up in a list, because a conversion to the zone's time for every story takes too long.
        let begins: Vec<Timestamp> = past.iter().map(|p| calendar.begins(p.number)).collect();
        for (at, load) in accepted {
            let begun = begins.partition_point(|begin| *begin <= at);
            if let Some(past) = begun.checked_sub(1).and_then(|index| past.get_mut(index)) {
                let size = backlog.product().size(load.points());
                past.points = past.points + size.unwrap_or_default();
                past.stories += 1;
            }
        }
        let current = past.pop().unwrap_or_else(|| Past::empty(current, calendar));
        let velocity = Velocity::measure(&past, calendar.iterations().window.get());
        Self {
            past,
            current,
            velocity,
            unit: backlog.product().unit(),
        }
    }
}

impl Past {
    fn empty(number: i32, calendar: &Calendar) -> Self {
        Self {
            number,
            points: Points::ZERO,
            stories: 0,
            capacity: calendar.capacity(number),
        }
    }

    /// What would have been accepted at the usual capacity; `None` where there was no capacity, which tells nothing.
    pub fn at_usual_capacity(&self) -> Option<Points> {
        (self.points.hundredths() * 100)
            .checked_div(u64::from(self.capacity))
            .map(Points::from_hundredths)
    }
}

impl Velocity {
    /// What an iteration of usual capacity holds, where the product has iterations and some are completed; no guess.
    pub fn measured(backlog: &Backlog, now: Timestamp, zone: &TimeZone) -> Option<Points> {
        backlog.product().iterations.as_ref()?;
        let calendar = Calendar::of(backlog, now, zone);
        let velocity = Pace::measure(backlog, &calendar, now).velocity;
        (!velocity.is_guessed()).then_some(velocity.points)
    }

    /// The mean of the last completed iterations that had any capacity, to a tenth of a point.
    fn measure(past: &[Past], window: u8) -> Self {
        let telling: Vec<(i32, Points)> = past
            .iter()
            .rev()
            .filter_map(|past| Some((past.number, past.at_usual_capacity()?)))
            .take(usize::from(window))
            .collect();
        let (Some((last, _)), Some((first, _))) = (telling.first(), telling.last()) else {
            return Self {
                points: GUESS,
                basis: Basis::Guessed,
            };
        };
        let sum: Points = telling.iter().map(|(_, points)| *points).sum();
        let over = telling.len() as u64;
        let tenths = (sum.hundredths() + 5 * over) / (10 * over);
        Self {
            points: Points::from_hundredths(tenths * 10),
            basis: Basis::Measured {
                over: telling.len(),
                first: *first,
                last: *last,
            },
        }
    }

    /// Whether nobody knows.
    pub const fn is_guessed(&self) -> bool {
        matches!(self.basis, Basis::Guessed)
    }

    /// How it is known, as a clause that goes after the number.
    pub fn told(&self) -> String {
        match self.basis {
            Basis::Measured { over: 1, last, .. } => {
                format!("what was accepted in iteration {last}")
            }
            Basis::Measured { over, first, last } => {
                format!("the mean of {over} iterations, {first} to {last}")
            }
            Basis::Guessed => {
                "a guess, because no iteration with an accepted story is completed yet".to_owned()
            }
            Basis::Given => "as asked".to_owned(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{Iterations, Kind, Product, Story};

    /// A backlog of accepted and other stories: day of November, kind, status, points.
    fn backlog(stories: &[(u8, &str, &str, u32)], iterations: Iterations) -> Backlog {
        let mut product = Product::new("Shop", None).unwrap();
        product.iterations = Some(iterations);
        let stories = stories.iter().zip(1u32..);
        let stories = stories.map(|((day, kind, status, points), number)| -> Story {
            let at = format!("2026-11-{day:02}T09:00:00Z");
            serde_json::from_value(serde_json::json!({
                "format": 1, "id": uuid::Uuid::from_u128(u128::from(number)), "number": number, "kind": kind,
                "title": "x", "rank": "a0", "status": status, "estimate": points, "created": at, "updated": at,
                "log": [{ "status": "accepted", "at": at, "by": "Ana" }, { "status": status, "at": at, "by": "Ana" }],
            }))
            .unwrap()
        });
        Backlog::load(product, stories.collect::<Vec<_>>(), 0).0
    }

    /// Weekly iterations from 2 November 2026 on.
    fn weekly(change: impl FnOnce(&mut Iterations)) -> Iterations {
        let mut iterations = Iterations::usual("2026-11-02".parse().unwrap());
        iterations.weeks = crate::model::Within::clamped(1);
        change(&mut iterations);
        iterations
    }

    fn pace(stories: &[(u8, &str, &str, u32)], iterations: Iterations, now: &str) -> Pace {
        let backlog = backlog(stories, iterations);
        let now = now.parse().unwrap();
        let calendar = Calendar::of(&backlog, now, &TimeZone::UTC);
        Pace::measure(&backlog, &calendar, now)
    }

    const FEATURE: &str = "feature";
    const ACCEPTED: &str = "accepted";

    #[test]
    fn the_velocity_is_the_mean_of_the_last_completed_iterations() {
        let stories = [
            (2, FEATURE, ACCEPTED, 20),
            (9, FEATURE, ACCEPTED, 10),
            (15, FEATURE, ACCEPTED, 5),
            (23, FEATURE, ACCEPTED, 6),
            (30, FEATURE, ACCEPTED, 13),
        ];
        let pace = pace(&stories, weekly(|_| ()), "2026-11-30T12:00:00Z");
        let points: Vec<Points> = pace.past.iter().map(|past| past.points).collect();
        assert_eq!(
            points,
            [20, 15, 0, 6].map(Points::whole),
            "nothing accepted counts 0"
        );
        assert_eq!(
            (pace.current.number, pace.current.points),
            (5, Points::whole(13))
        );
        assert_eq!(pace.velocity.points, Points::whole(7));
        let basis = Basis::Measured {
            over: 3,
            first: 2,
            last: 4,
        };
        assert_eq!(pace.velocity.basis, basis);
    }

    #[test]
    fn the_mean_is_kept_to_a_tenth() {
        let stories = [
            (2, FEATURE, ACCEPTED, 10),
            (9, FEATURE, ACCEPTED, 10),
            (16, FEATURE, ACCEPTED, 9),
        ];
        let pace = pace(&stories, weekly(|_| ()), "2026-11-24T12:00:00Z");
        assert_eq!(pace.velocity.points.to_string(), "9.7");
    }

    #[test]
    fn without_a_completed_iteration_the_velocity_is_a_guess() {
        let now = "2026-11-04T12:00:00Z";
        for stories in [&[][..], &[(3, FEATURE, ACCEPTED, 8)]] {
            let pace = pace(stories, weekly(|_| ()), now);
            assert_eq!(pace.velocity.points, Points::whole(10));
            assert!(pace.velocity.is_guessed() && pace.past.is_empty());
        }
    }

    #[test]
    fn only_counted_kinds_that_are_still_accepted_count() {
        let stories = [
            (2, FEATURE, ACCEPTED, 1),
            (2, "bug", ACCEPTED, 2),
            (2, "chore", ACCEPTED, 4),
            (2, FEATURE, "dropped", 8),
            (2, FEATURE, "delivered", 16),
        ];
        let now = "2026-11-10T12:00:00Z";
        let features = pace(&stories, weekly(|_| ()), now);
        assert_eq!(features.velocity.points, Points::whole(1));
        let with_bugs = weekly(|i| i.counts = vec![Kind::Feature, Kind::Bug]);
        let both = pace(&stories, with_bugs, now);
        assert_eq!(
            (both.velocity.points, both.past[0].stories),
            (Points::whole(3), 2)
        );
    }

    #[test]
    fn a_weak_iteration_is_raised_to_the_usual_capacity_and_one_without_any_is_left_out() {
        let stories = [(2, FEATURE, ACCEPTED, 12), (9, FEATURE, ACCEPTED, 5)];
        let iterations = weekly(|i| i.capacity = [(2, 50), (3, 0)].into());
        let pace = pace(&stories, iterations, "2026-11-24T12:00:00Z");
        assert_eq!(pace.velocity.points, Points::whole(11));
    }

    #[test]
    fn history_begins_with_the_first_accepted_story_but_not_before_iteration_1() {
        let stories = [(10, FEATURE, ACCEPTED, 6)];
        let late = pace(&stories, weekly(|_| ()), "2026-11-24T12:00:00Z");
        assert_eq!(late.past.first().map(|past| past.number), Some(2));
        let start = weekly(|i| i.start = "2026-11-16".parse().unwrap());
        let later = pace(&stories, start.clone(), "2026-11-24T12:00:00Z");
        assert_eq!((later.past.len(), later.velocity.points), (1, Points::ZERO));
        let not_yet = pace(&stories, start, "2026-11-12T12:00:00Z");
        assert_eq!(
            (not_yet.current.number, not_yet.current.points),
            (1, Points::ZERO)
        );
        assert!(not_yet.velocity.is_guessed());
    }
}
