//! The burn-up: by iteration how many points are done, and how many there were to do in all.
//!
//! Points are those that stories have today: what an estimate was before is not kept.

use crate::model::{Backlog, Forecast, Points, Status, Story, Timestamp};

/// How far the whole has come, iteration by iteration.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct BurnUp {
    /// From the first iteration with an accepted story to the one that goes on, which is reached as far as it has come.
    pub reached: Vec<Reached>,
    /// How many open stories that count have no estimate, and so add nothing to the scope.
    pub unestimated: usize,
    /// How far it may come from here, from the iteration that goes on to the one in which all is done with care; empty
    /// where nothing can be told of the iterations to come.
    pub ahead: Vec<Ahead>,
}

/// How far the whole may have come at the end of an iteration, scope as it is today.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Ahead {
    /// The iteration's number.
    pub number: i32,
    /// So many points are done in 85 of 100 futures.
    pub careful: Points,
    /// So many points are done in half of all futures.
    pub likely: Points,
}

/// How far the whole had come at the end of an iteration.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Reached {
    /// The iteration's number.
    pub number: i32,
    /// The points of the stories that had been accepted by then.
    pub done: Points,
    /// The points of all stories that had been written and not been dropped by then.
    pub scope: Points,
}

impl BurnUp {
    /// Adds up the stories whose kinds count, and looks ahead.
    pub fn of(backlog: &Backlog, forecast: &Forecast) -> Self {
        let (calendar, pace) = (&forecast.calendar, &forecast.pace);
        let numbers: Vec<i32> = (pace.past.iter().chain([&pace.current]))
            .map(|past| past.number)
            .collect();
        // What comes before the first begin belongs to what was reached by the end of the first iteration.
        let begins: Vec<Timestamp> = (numbers.iter().skip(1))
            .map(|number| calendar.begins(*number))
            .collect();
        let step_at = |at: Timestamp| begins.partition_point(|begin| *begin <= at);
        let mut steps = vec![(Points::ZERO, Points::ZERO, Points::ZERO); numbers.len()];
        let mut unestimated = 0;
        let counts = &calendar.iterations().counts;
        for story in backlog
            .stories()
            .filter(|story| counts.contains(&story.kind))
        {
            let Some(points) = backlog.product().size(story.estimate) else {
                unestimated += usize::from(!story.status.is_closed());
                continue;
            };
            let life = Life::of(story);
            if let Some((_, scope, _)) = steps.get_mut(step_at(life.from)) {
                *scope = *scope + points;
            }
            if let Some((done, ..)) = life.done.and_then(|at| steps.get_mut(step_at(at))) {
                *done = *done + points;
            }
            if let Some((.., dropped)) = life.dropped.and_then(|at| steps.get_mut(step_at(at))) {
                *dropped = *dropped + points;
            }
        }
        let (mut done, mut scope) = (Points::ZERO, Points::ZERO);
        let reached = numbers.into_iter().zip(steps).map(|(number, step)| {
            done = done + step.0;
            scope = scope + step.1 - step.2;
            Reached {
                number,
                done,
                scope,
            }
        });
        let reached: Vec<Reached> = reached.collect();
        Self {
            ahead: ahead(reached.last(), forecast),
            reached,
            unestimated,
        }
    }

    /// The iteration by whose end all is done in half of all futures, and that for 85 of 100; `None` beyond the horizon
    /// of the forecast.
    pub fn done_by(&self) -> Option<(i32, i32)> {
        let scope = self.today()?.scope;
        let likely = self.ahead.iter().find(|ahead| ahead.likely >= scope)?;
        let careful = self.ahead.iter().find(|ahead| ahead.careful >= scope)?;
        Some((likely.number, careful.number))
    }

    /// How far the whole has come today.
    pub fn today(&self) -> Option<Reached> {
        self.reached.last().copied()
    }
}

/// The range of the forecast on top of what was done before the iteration that goes on.
fn ahead(today: Option<&Reached>, forecast: &Forecast) -> Vec<Ahead> {
    let (Some(today), Some(range)) = (today, &forecast.range) else {
        return Vec::new();
    };
    let before = today.done - forecast.pace.current.points;
    let within = |points: Points| (before + points).clamp(today.done, today.scope.max(today.done));
    let mut ahead: Vec<Ahead> = (today.number..)
        .map_while(|number| {
            let (likely, careful) = range.reached(number)?;
            Some(Ahead {
                number,
                careful: within(careful),
                likely: within(likely),
            })
        })
        .collect();
    let end = ahead.partition_point(|ahead| ahead.careful < today.scope);
    ahead.truncate(end + 1);
    ahead
}

/// From when to when a story was part of the whole.
struct Life {
    from: Timestamp,
    done: Option<Timestamp>,
    dropped: Option<Timestamp>,
}

impl Life {
    fn of(story: &Story) -> Self {
        let since =
            |status| (story.status == status).then(|| story.since().unwrap_or(story.updated));
        let done = since(Status::Accepted);
        let dropped = since(Status::Dropped);
        let end = done.or(dropped).unwrap_or(story.created);
        Self {
            // An imported story may have been written down here after its end.
            from: story.created.min(end),
            done,
            dropped,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::tests::{day, story};
    use super::*;
    use crate::model::Status::{Accepted, Dropped, Ready, Started};
    use crate::model::{Forecaster, Iterations, Kind, Product, WhatIf, Within};
    use jiff::tz::TimeZone;

    /// A story of so many points that was written on a day and came to these statuses.
    fn written(number: u32, points: u32, on: i64, life: &[(Status, i64)]) -> Story {
        Story {
            created: day(on),
            updated: day(on),
            estimate: Some(Points::whole(points)),
            ..story(number, life)
        }
    }

    /// In iteration 3 of a week each.
    const TODAY: i64 = 16;

    /// Weekly iterations from day 0 on.
    fn measured(stories: Vec<Story>) -> BurnUp {
        let mut product = Product::new("Shop", None).unwrap();
        product.iterations = Some(Iterations {
            weeks: Within::clamped(1),
            ..Iterations::usual("2026-11-02".parse().unwrap())
        });
        let backlog = Backlog::load(product, stories, 0).0;
        let nothing = WhatIf::default();
        let forecast = Forecaster::default().look(&backlog, day(TODAY), &TimeZone::UTC, &nothing);
        BurnUp::of(&backlog, &forecast)
    }

    fn whole(points: Points) -> u64 {
        points.hundredths() / 100
    }

    fn burn_up(stories: Vec<Story>) -> (Vec<(i32, u64, u64)>, usize) {
        let found = measured(stories);
        let reached = found.reached.iter();
        let reached = reached.map(|r| (r.number, whole(r.done), whole(r.scope)));
        (reached.collect(), found.unestimated)
    }

    #[test]
    fn what_is_done_and_what_there_is_add_up_by_iteration() {
        let (reached, _) = burn_up(vec![
            written(1, 3, 0, &[(Accepted, 2)]),
            written(2, 5, 1, &[(Accepted, 8)]),
            written(3, 8, 9, &[(Started, 15)]),
            written(4, 2, 15, &[(Accepted, 15)]),
        ]);
        assert_eq!(reached, [(1, 3, 8), (2, 8, 16), (3, 10, 18)]);
    }

    #[test]
    fn a_dropped_story_is_no_part_of_the_whole_from_then_on() {
        let (reached, _) = burn_up(vec![
            written(1, 1, 0, &[(Accepted, 1)]),
            written(2, 8, 0, &[(Dropped, 9)]),
        ]);
        assert_eq!(reached, [(1, 1, 9), (2, 1, 1), (3, 1, 1)]);
    }

    #[test]
    fn what_was_done_before_the_first_iteration_counts_from_its_end_on() {
        let (reached, _) = burn_up(vec![
            written(1, 5, -20, &[(Accepted, -10)]),
            // Imported after its end.
            written(2, 3, 15, &[(Accepted, 3)]),
        ]);
        assert_eq!(reached, [(1, 8, 8), (2, 8, 8), (3, 8, 8)]);
    }

    /// A team that accepted 5 points in each of four weeks, one more today, and has so many to go.
    fn steady(to_go: u32) -> BurnUp {
        let mut stories: Vec<Story> = (0..4)
            .map(|week| {
                written(
                    week + 1,
                    5,
                    -20,
                    &[(Accepted, TODAY - 7 * i64::from(week + 1))],
                )
            })
            .collect();
        stories.push(written(8, 1, -20, &[(Accepted, TODAY)]));
        stories.push(written(9, to_go, -20, &[(Ready, 1)]));
        let mut product = Product::new("Shop", None).unwrap();
        product.iterations = Some(Iterations {
            weeks: Within::clamped(1),
            ..Iterations::usual("2026-10-12".parse().unwrap())
        });
        let backlog = Backlog::load(product, stories, 0).0;
        let nothing = WhatIf::default();
        let forecast = Forecaster::default().look(&backlog, day(TODAY), &TimeZone::UTC, &nothing);
        BurnUp::of(&backlog, &forecast)
    }

    #[test]
    fn the_way_ahead_goes_on_from_what_was_done_before_this_iteration_up_to_the_scope() {
        let found = steady(12);
        let today = found.today().unwrap();
        assert_eq!((whole(today.done), whole(today.scope)), (21, 33));
        let ahead: Vec<(i32, u64, u64)> = (found.ahead.iter())
            .map(|ahead| {
                let number = ahead.number - today.number;
                (number, whole(ahead.careful), whole(ahead.likely))
            })
            .collect();
        assert_eq!(ahead, [(0, 25, 25), (1, 30, 30), (2, 33, 33)]);
        let by = today.number + 2;
        assert_eq!(found.done_by(), Some((by, by)));
    }

    #[test]
    fn what_is_done_is_never_taken_back_ahead_and_nothing_to_do_is_done_now() {
        let found = steady(0);
        let today = found.today().unwrap();
        assert_eq!(found.ahead.len(), 1);
        assert_eq!(whole(found.ahead[0].careful), 21);
        assert_eq!(found.done_by(), Some((today.number, today.number)));
    }

    #[test]
    fn with_little_history_nothing_is_said_of_what_is_ahead() {
        let found = measured(vec![
            written(1, 5, 0, &[(Accepted, 1)]),
            written(2, 5, 0, &[]),
        ]);
        assert_eq!((found.ahead.len(), found.done_by()), (0, None));
    }

    #[test]
    fn only_kinds_that_count_and_stories_with_an_estimate_are_added_up() {
        let bug = Story {
            kind: Kind::Bug,
            ..written(1, 5, 0, &[(Accepted, 1)])
        };
        let unestimated = Story {
            estimate: None,
            ..story(3, &[(Ready, 1)])
        };
        let (reached, open) = burn_up(vec![bug, written(2, 3, 0, &[]), unestimated]);
        assert_eq!(reached, [(3, 0, 3)]);
        assert_eq!(open, 1);
    }
}
