//! The range: how far the iterations to come may get, by a simulation over what was accepted in those that are done.
//!
//! Every run draws for each iteration to come what was accepted in one of the past, and adds up. What is kept is not
//! the runs but, for every iteration, how many points half of them and 85 of 100 have reached by its end. So the
//! simulation depends on the history alone, and a new order asks it again without a new run.

use super::random::Random;
use crate::model::{Calendar, Past, Points};

/// So many futures are played through.
const RUNS: usize = 10_000;
/// So many iterations far; two years of those of two weeks.
const HORIZON: usize = 52;
/// The last iterations that are drawn from; what was longer ago says little of the team of today.
const SAMPLE: usize = 12;
/// With fewer there is nothing to draw from.
const FEWEST: usize = 3;

/// How many points will be accepted, by the end of each iteration to come.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Range {
    /// The number of the first iteration.
    first: i32,
    /// What half of the runs have reached.
    likely: Vec<u64>,
    /// What 85 of 100 have reached.
    careful: Vec<u64>,
}

impl Range {
    /// Simulates the iterations from `current` on; `None` with fewer than three completed ones that had any capacity.
    pub fn simulate(past: &[Past], calendar: &Calendar, current: i32, seed: u64) -> Option<Self> {
        let sample: Vec<u64> = past
            .iter()
            .rev()
            .filter_map(Past::at_usual_capacity)
            .map(Points::hundredths)
            .take(SAMPLE)
            .collect();
        if sample.len() < FEWEST {
            return None;
        }
        let mut random = Random::new(seed);
        let mut reached = vec![0; RUNS];
        let mut range = Self {
            first: current,
            likely: Vec::new(),
            careful: Vec::new(),
        };
        for number in (current..=i32::MAX).take(HORIZON) {
            let capacity = u64::from(calendar.capacity(number));
            let drawn: Vec<u64> = sample
                .iter()
                .map(|points| points * capacity / 100)
                .collect();
            for run in &mut reached {
                *run += random.pick(&drawn).unwrap_or(0);
            }
            // The order of the runs means nothing, but each must keep its own sum: so a copy is sorted out.
            let mut sums = reached.clone();
            range.likely.push(exceeded_by(50, &mut sums));
            range.careful.push(exceeded_by(85, &mut sums));
        }
        Some(range)
    }

    /// The iteration by whose end half of all futures have come so far; `None` beyond the horizon.
    pub fn likely(&self, points: Points) -> Option<i32> {
        self.by(&self.likely, points)
    }

    /// The iteration by whose end 85 of 100 futures have come so far; `None` beyond the horizon.
    pub fn careful(&self, points: Points) -> Option<i32> {
        self.by(&self.careful, points)
    }

    /// How many points half of all futures, and 85 of 100, have reached by the end of an iteration; `None` outside the
    /// horizon.
    pub fn reached(&self, iteration: i32) -> Option<(Points, Points)> {
        let index = usize::try_from(iteration.checked_sub(self.first)?).ok()?;
        let at = |reached: &[u64]| reached.get(index).copied().map(Points::from_hundredths);
        Some((at(&self.likely)?, at(&self.careful)?))
    }

    /// The range of a team that is faster or slower by the ratio of two velocities; `None` where there is no ratio.
    pub(super) fn scaled(&self, from: Points, to: Points) -> Option<Self> {
        let scale = |reached: &Vec<u64>| -> Option<Vec<u64>> {
            let scale = |points: &u64| {
                points
                    .saturating_mul(to.hundredths())
                    .checked_div(from.hundredths())
            };
            reached.iter().map(scale).collect()
        };
        Some(Self {
            first: self.first,
            likely: scale(&self.likely)?,
            careful: scale(&self.careful)?,
        })
    }

    fn by(&self, reached: &[u64], points: Points) -> Option<i32> {
        let index = reached.partition_point(|reached| *reached < points.hundredths());
        (index < reached.len()).then(|| {
            self.first
                .saturating_add_unsigned(u32::try_from(index).unwrap_or(u32::MAX))
        })
    }
}

/// The largest number that so many per cent of these reach or exceed.
fn exceeded_by(per_cent: usize, numbers: &mut [u64]) -> u64 {
    let index = numbers.len() * (100 - per_cent) / 100;
    *numbers.select_nth_unstable(index).1
}
