//! Cycle time: how long accepted stories took, from their first start to their acceptance.

use jiff::SignedDuration;

use super::begun_at;
use crate::model::{Backlog, Story, StoryId};

/// Where the buckets of the distribution end, in days: Fibonacci numbers, because a day more matters less the longer
/// a story takes.
const ENDS: [u32; 8] = [1, 2, 3, 5, 8, 13, 21, 34];

/// How long one accepted story took.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct CycleTime {
    /// From its first start to its acceptance.
    pub time: SignedDuration,
    /// The story.
    pub story: StoryId,
}

/// How many accepted stories took so long.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Bucket {
    /// The longest time in it, in days; `None` in the last one, which has no end.
    pub up_to: Option<u32>,
    /// How many stories took longer than the bucket before allows, and at most so long.
    pub stories: usize,
}

/// How long the accepted stories took.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct CycleTimes {
    /// The quickest first.
    times: Vec<CycleTime>,
}

impl CycleTimes {
    /// Measures the accepted stories whose start and acceptance are known.
    pub fn of(backlog: &Backlog) -> Self {
        let times = backlog.stories().filter_map(|story| measure(story));
        let mut times: Vec<CycleTime> = times.collect();
        times.sort_unstable();
        Self { times }
    }

    /// How many stories were measured.
    pub const fn len(&self) -> usize {
        self.times.len()
    }

    /// Whether no story was measured.
    pub const fn is_empty(&self) -> bool {
        self.times.is_empty()
    }

    /// Whether enough stories were measured to speak of halves and shares of them.
    pub const fn can_tell(&self) -> bool {
        self.len() >= super::reviews::ENOUGH
    }

    /// So long half of the stories took at most.
    pub fn median(&self) -> Option<SignedDuration> {
        self.percentile(50)
    }

    /// So long 85 of 100 stories took at most: what one may promise with little risk.
    pub fn careful(&self) -> Option<SignedDuration> {
        self.percentile(85)
    }

    /// The nearest rank: the shortest time that at least so many per cent of the stories keep.
    fn percentile(&self, percent: usize) -> Option<SignedDuration> {
        let rank = (self.times.len() * percent).div_ceil(100);
        self.times
            .get(rank.saturating_sub(1))
            .map(|measured| measured.time)
    }

    /// How the times spread; empty buckets at the ends are left out.
    pub fn buckets(&self) -> Vec<Bucket> {
        let ends = ENDS.into_iter().map(Some).chain([None]);
        let mut from = 0;
        let mut buckets: Vec<Bucket> = ends
            .map(|up_to| {
                let to = up_to.map_or(self.times.len(), |end| {
                    let end = SignedDuration::from_hours(i64::from(end) * 24);
                    self.times.partition_point(|measured| measured.time <= end)
                });
                let stories = to - from;
                from = to;
                Bucket { up_to, stories }
            })
            .skip_while(|bucket| bucket.stories == 0)
            .collect();
        while buckets.last().is_some_and(|bucket| bucket.stories == 0) {
            buckets.pop();
        }
        buckets
    }

    /// The stories that took longest, the slowest first.
    pub fn slowest(&self) -> impl Iterator<Item = CycleTime> {
        self.times.iter().rev().copied()
    }
}

fn measure(story: &Story) -> Option<CycleTime> {
    let time = begun_at(story)?.duration_until(story.accepted_at()?);
    Some(CycleTime {
        time: time.max(SignedDuration::ZERO),
        story: story.id,
    })
}

#[cfg(test)]
mod tests {
    use super::super::days;
    use super::super::tests::story;
    use super::*;
    use crate::model::Product;
    use crate::model::Status::{Accepted, Delivered, Rejected, Started};

    /// A backlog of accepted stories that took so many days.
    fn taking(days: &[i64]) -> Backlog {
        let lives = days
            .iter()
            .map(|took| vec![(Started, 0), (Accepted, *took)]);
        backlog(lives)
    }

    fn backlog(lives: impl IntoIterator<Item = Vec<(crate::model::Status, i64)>>) -> Backlog {
        let stories = (1..).zip(lives).map(|(number, life)| story(number, &life));
        Backlog::load(Product::new("Shop", None).unwrap(), stories, 0).0
    }

    fn whole(time: Option<SignedDuration>) -> Option<i64> {
        time.map(|time| time.as_hours() / 24)
    }

    #[test]
    fn the_median_and_the_careful_time_are_nearest_ranks() {
        for (took, median, careful) in [
            (&[][..], None, None),
            (&[4], Some(4), Some(4)),
            (&[1, 9], Some(1), Some(9)),
            (&[9, 1, 5], Some(5), Some(9)),
            (&[1, 2, 3, 4, 5, 6, 7, 8, 9, 10], Some(5), Some(9)),
            (
                &[
                    20, 19, 18, 17, 16, 15, 14, 13, 12, 11, 10, 9, 8, 7, 6, 5, 4, 3, 2, 1,
                ],
                Some(10),
                Some(17),
            ),
        ] {
            let times = CycleTimes::of(&taking(took));
            assert_eq!(whole(times.median()), median, "{took:?}");
            assert_eq!(whole(times.careful()), careful, "{took:?}");
            assert_eq!(times.len(), took.len());
        }
    }

    #[test]
    fn a_time_ends_with_its_bucket_and_the_last_bucket_has_no_end() {
        let buckets = |took: &[i64]| -> Vec<(Option<u32>, usize)> {
            let found = CycleTimes::of(&taking(took)).buckets();
            found.iter().map(|b| (b.up_to, b.stories)).collect()
        };
        assert_eq!(buckets(&[]), []);
        assert_eq!(buckets(&[1]), [(Some(1), 1)]);
        assert_eq!(
            buckets(&[2, 3, 3, 8]),
            [(Some(2), 1), (Some(3), 2), (Some(5), 0), (Some(8), 1)]
        );
        assert_eq!(buckets(&[34, 35, 400]), [(Some(34), 1), (None, 2)]);
    }

    #[test]
    fn a_story_is_measured_from_its_first_start_to_its_last_acceptance() {
        let life = vec![
            (Started, 2),
            (Delivered, 3),
            (Rejected, 4),
            (Started, 5),
            (Delivered, 6),
            (Accepted, 7),
            (Delivered, 8),
            (Accepted, 12),
        ];
        let times = CycleTimes::of(&backlog([life]));
        assert!((days(times.median().unwrap()) - 10.0).abs() < 1e-9);
    }

    #[test]
    fn what_is_not_accepted_or_has_no_start_is_not_measured() {
        let lives = [
            vec![(Started, 1)],
            vec![(Accepted, 3)],
            vec![(Started, 1), (Accepted, 3), (Delivered, 4)],
        ];
        assert!(CycleTimes::of(&backlog(lives)).is_empty());
    }

    #[test]
    fn clocks_that_ran_backwards_make_no_negative_time() {
        let times = CycleTimes::of(&backlog([vec![(Started, 5), (Accepted, 3)]]));
        assert_eq!(times.median(), Some(SignedDuration::ZERO));
    }

    #[test]
    fn the_slowest_come_first() {
        let backlog = taking(&[3, 30, 7]);
        let slowest: Vec<u32> = CycleTimes::of(&backlog)
            .slowest()
            .map(|measured| backlog.story(measured.story).unwrap().number)
            .collect();
        assert_eq!(slowest, [2, 3, 1]);
    }
}
