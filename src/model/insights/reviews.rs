//! What reviews led to: how many rounds ended in a rejection, how many stories were accepted the first time, whether
//! that changes over time, and which stories came back more than once.

use std::collections::BTreeMap;

use crate::model::{Backlog, Outcome, Round, StoryId, Timestamp};

/// From so many on a rate says more than its numbers do.
pub(super) const ENOUGH: usize = 5;

/// Rounds of review that have ended.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Rounds {
    /// How many ended.
    pub ended: usize,
    /// How many of them ended in a rejection.
    pub rejected: usize,
    /// How many of them were the first of their stories.
    pub first: usize,
    /// How many of these ended in an acceptance.
    pub first_accepted: usize,
}

/// The rounds that ended in some iterations, one after the other.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Period {
    /// The number of the first of the iterations.
    pub first: i32,
    /// That of the last one.
    pub last: i32,
    /// What ended in them; nothing, perhaps.
    pub rounds: Rounds,
}

/// The rounds of review of a backlog.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Reviews {
    /// All of them.
    pub all: Rounds,
    /// By the number of the iteration in which they ended, for those iterations in which any did.
    pub by_iteration: BTreeMap<i32, Rounds>,
    /// Those that ended in none: before the first one.
    pub before: Rounds,
    /// The stories that were rejected twice or more and how often, the most often first.
    pub again: Vec<(StoryId, usize)>,
}

impl Rounds {
    fn count(&mut self, round: &Round, is_first: bool) {
        let is_rejected = round.outcome == Some(Outcome::Rejected);
        self.ended += 1;
        self.rejected += usize::from(is_rejected);
        self.first += usize::from(is_first);
        self.first_accepted += usize::from(is_first && !is_rejected);
    }

    fn add(&mut self, more: Self) {
        self.ended += more.ended;
        self.rejected += more.rejected;
        self.first += more.first;
        self.first_accepted += more.first_accepted;
    }
}

/// A share as it is told: `38 % of 16`, and where that is of too few to be a rate, `3 of 4`; nothing of nothing.
pub fn share(part: usize, whole: usize) -> String {
    match whole {
        0 => String::new(),
        few if few < ENOUGH => format!("{part} of {whole}"),
        _ => format!("{} % of {whole}", (part * 100 + whole / 2) / whole),
    }
}

impl Reviews {
    /// Counts the rounds; `iteration` tells the number of the iteration a moment lies in, where there is one.
    pub fn of(backlog: &Backlog, iteration: impl Fn(Timestamp) -> Option<i32>) -> Self {
        let mut reviews = Self::default();
        for story in backlog.stories() {
            for (place, round) in story.closed_rounds().enumerate() {
                let is_first = place == 0;
                reviews.all.count(round, is_first);
                let then = match iteration(round.at) {
                    Some(number) => reviews.by_iteration.entry(number).or_default(),
                    None => &mut reviews.before,
                };
                then.count(round, is_first);
            }
            let rejections = story.rejections();
            if rejections > 1 {
                reviews.again.push((story.id, rejections));
            }
        }
        reviews
            .again
            .sort_unstable_by_key(|(story, rejections)| (usize::MAX - rejections, *story));
        reviews
    }

    /// The rounds from the first iteration in which any ended to the last one, in at most so many periods. Each is of as
    /// many iterations as the others, but the first, which may be of fewer: what was last is compared best.
    pub fn over_time(&self, most: usize) -> Vec<Period> {
        let mut numbers = self.by_iteration.keys();
        let Some(&first) = numbers.next() else {
            return Vec::new();
        };
        let last = *numbers.next_back().unwrap_or(&first);
        let most = i32::try_from(most).unwrap_or(i32::MAX).max(1);
        let each = (last - first) / most + 1;
        let mut periods: Vec<Period> = (0..most)
            .map(|back| last - back * each)
            .take_while(|last| *last >= first)
            .map(|last| {
                let first = (last - each + 1).max(first);
                let mut rounds = Rounds::default();
                let within = self.by_iteration.range(first..=last);
                within.for_each(|(_, more)| rounds.add(*more));
                Period {
                    first,
                    last,
                    rounds,
                }
            })
            .collect();
        periods.reverse();
        periods
    }
}

#[cfg(test)]
mod tests {
    use super::super::tests::{day, story};
    use super::*;
    use crate::model::Outcome::{Accepted, Rejected};
    use crate::model::{Line, Product, Story};

    fn reviewed(number: u32, rounds: &[(Option<Outcome>, i64)]) -> Story {
        let rounds = (1..).zip(rounds).map(|(number, (outcome, at))| Round {
            outcome: *outcome,
            ..Round::begin(number, day(*at), Line::default(), &[])
        });
        Story {
            reviews: rounds.collect(),
            ..story(number, &[])
        }
    }

    fn weekly(backlog: &Backlog) -> Reviews {
        let seconds = 7 * 24 * 60 * 60;
        let start = day(0).as_second();
        Reviews::of(backlog, |at| {
            i32::try_from((at.as_second() - start).div_euclid(seconds) + 1)
                .ok()
                .filter(|number| *number > 0)
        })
    }

    fn backlog(stories: impl IntoIterator<Item = Story>) -> Backlog {
        Backlog::load(Product::new("Shop", None).unwrap(), stories, 0).0
    }

    #[test]
    fn rounds_count_where_they_ended_and_open_ones_do_not() {
        let backlog = backlog([
            reviewed(1, &[(Some(Rejected), 1), (Some(Accepted), 8)]),
            reviewed(2, &[(Some(Accepted), 2)]),
            reviewed(3, &[(Some(Rejected), 9), (None, 15)]),
            // Before the first iteration.
            reviewed(4, &[(Some(Accepted), -3)]),
        ]);
        let reviews = weekly(&backlog);
        assert_eq!(told(reviews.all), (5, 2, 4, 2));
        let by_iteration = reviews.by_iteration.iter();
        let by_iteration: Vec<_> = by_iteration
            .map(|(n, rounds)| (*n, told(*rounds)))
            .collect();
        assert_eq!(by_iteration, [(1, (2, 1, 2, 1)), (2, (2, 1, 1, 0))]);
        assert_eq!(told(reviews.before), (1, 0, 1, 1));
    }

    /// Ended, rejected, first ones, and those of them that were accepted.
    fn told(rounds: Rounds) -> (usize, usize, usize, usize) {
        (
            rounds.ended,
            rounds.rejected,
            rounds.first,
            rounds.first_accepted,
        )
    }

    #[test]
    fn a_long_time_is_told_in_few_periods_of_one_length_and_gaps_are_part_of_it() {
        let weeks = [0, 1, 4, 5, 6];
        let stories = (1..).zip(weeks).map(|(number, week)| {
            let outcome = if week == 5 { Rejected } else { Accepted };
            reviewed(number, &[(Some(outcome), week * 7)])
        });
        let reviews = weekly(&backlog(stories));
        let periods = |most| -> Vec<(i32, i32, usize, usize)> {
            let periods = reviews.over_time(most).into_iter();
            periods
                .map(|p| (p.first, p.last, p.rounds.ended, p.rounds.rejected))
                .collect()
        };
        assert_eq!(
            periods(7),
            [
                (1, 1, 1, 0),
                (2, 2, 1, 0),
                (3, 3, 0, 0),
                (4, 4, 0, 0),
                (5, 5, 1, 0),
                (6, 6, 1, 1),
                (7, 7, 1, 0),
            ]
        );
        assert_eq!(periods(3), [(1, 1, 1, 0), (2, 4, 1, 0), (5, 7, 3, 1)]);
        assert_eq!(periods(4).len(), 4);
        assert_eq!(periods(1), [(1, 7, 5, 1)]);
        assert!(weekly(&backlog([])).over_time(3).is_empty());
    }

    #[test]
    fn a_share_of_few_is_no_rate_and_a_rate_is_rounded() {
        for (part, whole, said) in [
            (1, 1, "1 of 1"),
            (4, 4, "4 of 4"),
            (4, 5, "80 % of 5"),
            (5, 5, "100 % of 5"),
            (1, 8, "13 % of 8"),
            (6, 9, "67 % of 9"),
            (0, 0, ""),
        ] {
            assert_eq!(share(part, whole), said);
        }
    }

    #[test]
    fn stories_that_came_back_more_than_once_are_named_the_worst_first() {
        let rejected = |times: usize| vec![(Some(Rejected), 1); times];
        let backlog = backlog([
            reviewed(1, &rejected(1)),
            reviewed(2, &rejected(2)),
            reviewed(3, &rejected(4)),
            reviewed(4, &rejected(2)),
        ]);
        let again: Vec<(u32, usize)> = weekly(&backlog)
            .again
            .iter()
            .map(|(id, times)| (backlog.story(*id).unwrap().number, *times))
            .collect();
        assert_eq!(again, [(3, 4), (2, 2), (4, 2)]);
    }
}
