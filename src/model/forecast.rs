//! The forecast: how fast the team is, and in which iteration a story is to be expected.
//!
//! Stories are taken in their order. Those under way, and what was accepted in the current iteration already, count
//! into the current one first. The others fill the iterations so that the first k of them never hold more points than
//! the capacity of k iterations: what is left over in one is carried to the next. Once a story does not fit, none after
//! it overtakes.
//!
//! Invariants: it reads what stories weigh and when they were accepted, and changes nothing; the same backlog, moment
//! and zone give the same forecast, the simulation included.

mod cut;
mod pace;
mod random;
mod range;
#[cfg(test)]
mod tests;

use std::sync::Arc;

use jiff::tz::TimeZone;

use super::{Backlog, Calendar, Points, StoryId, Timestamp};
pub use cut::Cut;
use cut::Cutting;
pub use pace::{Basis, Pace, Past, Velocity};
pub use range::Range;

/// Any number will do; a fixed one makes every forecast repeatable.
const SEED: u64 = 12;

/// What somebody supposes; by default nothing.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct WhatIf {
    /// Another velocity.
    pub velocity: Option<Points>,
    /// Stories that are left out.
    pub without: Vec<StoryId>,
}

/// What is to be expected of a backlog.
#[derive(Clone, Debug)]
pub struct Forecast {
    /// The days of the iterations.
    pub calendar: Calendar,
    /// What was accepted so far.
    pub pace: Pace,
    /// What was supposed.
    pub what_if: WhatIf,
    /// How many points an iteration of usual capacity holds: the measured velocity, or the supposed one.
    pub velocity: Velocity,
    /// Where the order is cut into iterations, the current one first; none at a velocity of 0.
    pub cuts: Vec<Cut>,
    /// How many counted stories have no estimate; they are taken for 0 points.
    pub unestimated: usize,
    /// How far the iterations to come may get; `None` with fewer than three completed ones to learn from.
    pub range: Option<Arc<Range>>,
    /// The points up to the end of each story, by its row; `None` for those beyond the cuts and those left out.
    ends: Vec<Option<Points>>,
}

/// When a story is to be expected.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Expected {
    /// The iteration it falls in.
    pub iteration: i32,
    /// The iteration by which it is done in half of all simulated futures; `None` where nobody can tell.
    pub likely: Option<i32>,
    /// The iteration by which it is done in 85 of 100.
    pub careful: Option<i32>,
}

/// Makes forecasts and keeps what takes long until the history it was made of changes.
#[derive(Clone, Debug, Default)]
pub struct Forecaster {
    known: Option<Known>,
}

#[derive(Clone, Debug)]
struct Known {
    past: Vec<Past>,
    calendar: Calendar,
    current: i32,
    range: Option<Arc<Range>>,
}

impl WhatIf {
    /// Whether nothing is supposed.
    pub const fn is_nothing(&self) -> bool {
        self.velocity.is_none() && self.without.is_empty()
    }
}

impl Forecaster {
    /// Forecasts a backlog as of `now`.
    pub fn look(
        &mut self,
        backlog: &Backlog,
        now: Timestamp,
        zone: &TimeZone,
        what_if: &WhatIf,
    ) -> Forecast {
        let calendar = Calendar::of(backlog, now, zone);
        let pace = Pace::measure(backlog, &calendar, now);
        let range = self.range(&pace, &calendar);
        let velocity = what_if.velocity.map_or(pace.velocity, |points| Velocity {
            points,
            basis: Basis::Given,
        });
        let cutting = Cutting {
            product: backlog.product(),
            calendar: &calendar,
            current: &pace.current,
            velocity: velocity.points,
            without: rows_of(&what_if.without, backlog),
        };
        let (cuts, ends) = cutting.cut(backlog.open_loads());
        let unestimated = cutting.unestimated(backlog.open_loads());
        Forecast {
            range: range.and_then(|range| at_velocity(range, pace.velocity, velocity)),
            calendar,
            pace,
            what_if: what_if.clone(),
            velocity,
            cuts,
            unestimated,
            ends,
        }
    }

    /// The range of this history; simulated only when the history is another one than last time.
    fn range(&mut self, pace: &Pace, calendar: &Calendar) -> Option<Arc<Range>> {
        let current = pace.current.number;
        if let Some(known) = &self.known
            && known.past == pace.past
            && known.calendar == *calendar
            && known.current == current
        {
            return known.range.clone();
        }
        let range = Range::simulate(&pace.past, calendar, current, SEED).map(Arc::new);
        self.known = Some(Known {
            past: pace.past.clone(),
            calendar: calendar.clone(),
            current,
            range: range.clone(),
        });
        range
    }
}

impl Forecast {
    /// When the story in this row of the whole backlog, counted from 0, is to be expected; `None` where that is too far
    /// away to say, or the story is left out.
    pub fn expected(&self, row: usize, backlog: &Backlog) -> Option<Expected> {
        let end = (*self.ends.get(row)?)?;
        let under_way = backlog.open_loads().get(row)?.is_under_way();
        let cut = match self.cuts.partition_point(|cut| cut.before <= row) {
            _ if under_way => self.cuts.first()?,
            index => self.cuts.get(index)?,
        };
        let range = self.range.as_deref();
        Some(Expected {
            iteration: if under_way {
                self.pace.current.number
            } else {
                cut.last
            },
            likely: range.and_then(|range| range.likely(end)),
            careful: range.and_then(|range| range.careful(end)),
        })
    }

    /// How full an iteration is, in words: "16 of 18 points".
    ///
    /// Only what is accepted or under way can be more than there is room for, and then it is not measured by the room, as
    /// if it were a part of it.
    pub fn filled(&self, cut: &Cut) -> String {
        let (points, room, unit) = (cut.points, cut.room, self.pace.unit);
        if points <= room {
            return format!("{points} of {room} {unit}");
        }
        let current = &self.pace.current;
        let done = if cut.first == current.number {
            current.points
        } else {
            Points::ZERO
        };
        if done == points {
            format!("{done} {unit} done")
        } else if done > Points::ZERO {
            format!("{done} {unit} done, {} under way", points - done)
        } else {
            format!("{points} {unit} under way, room for {room}")
        }
    }

    /// Whether this story is to be expected in the current iteration: it stands above the cut.
    pub fn is_above_cut(&self, id: StoryId, backlog: &Backlog) -> bool {
        let expected = self.of(id, backlog);
        expected.is_some_and(|expected| expected.iteration <= self.pace.current.number)
    }

    /// When this story is to be expected; see [`Forecast::expected`].
    pub fn of(&self, id: StoryId, backlog: &Backlog) -> Option<Expected> {
        self.expected(backlog.position(id)?.checked_sub(1)?, backlog)
    }
}

/// The rows of the stories that are open, in order.
fn rows_of(stories: &[StoryId], backlog: &Backlog) -> Vec<usize> {
    let mut rows: Vec<usize> = stories
        .iter()
        .filter_map(|id| backlog.position(*id)?.checked_sub(1))
        .collect();
    rows.sort_unstable();
    rows.dedup();
    rows
}

/// The range as it would be at another velocity: as wide for its size as the measured one.
fn at_velocity(range: Arc<Range>, measured: Velocity, supposed: Velocity) -> Option<Arc<Range>> {
    if measured.points == supposed.points {
        return Some(range);
    }
    range.scaled(measured.points, supposed.points).map(Arc::new)
}
