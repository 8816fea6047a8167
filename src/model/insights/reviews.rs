//! What reviews led to: how many rounds ended in a rejection, and which stories came back more than once.

use std::collections::BTreeMap;

use crate::model::{Backlog, Outcome, Round, StoryId, Timestamp};

/// Rounds of review that have ended.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Rounds {
    /// How many ended.
    pub ended: usize,
    /// How many of them ended in a rejection.
    pub rejected: usize,
}

/// The rounds of review of a backlog.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Reviews {
    /// All of them.
    pub all: Rounds,
    /// By the number of the iteration in which they ended, for those iterations in which any did.
    pub by_iteration: BTreeMap<i32, Rounds>,
    /// The stories that were rejected twice or more and how often, the most often first.
    pub again: Vec<(StoryId, usize)>,
}

impl Rounds {
    /// How many in a hundred ended in a rejection, rounded; `None` where no round ended.
    pub fn percent(self) -> Option<usize> {
        (self.rejected * 100 + self.ended / 2).checked_div(self.ended)
    }

    fn count(&mut self, round: &Round) {
        self.ended += 1;
        self.rejected += usize::from(round.outcome == Some(Outcome::Rejected));
    }
}

impl Reviews {
    /// Counts the rounds; `iteration` tells the number of the iteration a moment lies in, where there is one.
    pub fn of(backlog: &Backlog, iteration: impl Fn(Timestamp) -> Option<i32>) -> Self {
        let mut reviews = Self::default();
        for story in backlog.stories() {
            for round in story.closed_rounds() {
                reviews.all.count(round);
                if let Some(number) = iteration(round.at) {
                    reviews.by_iteration.entry(number).or_default().count(round);
                }
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
        let rounds = |ended, rejected| Rounds { ended, rejected };
        assert_eq!(reviews.all, rounds(5, 2));
        let by_iteration = [(1, rounds(2, 1)), (2, rounds(2, 1))];
        assert_eq!(reviews.by_iteration, BTreeMap::from(by_iteration));
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

    #[test]
    fn the_rate_is_rounded_and_there_is_none_without_a_round() {
        for (ended, rejected, percent) in [
            (0, 0, None),
            (3, 0, Some(0)),
            (3, 1, Some(33)),
            (3, 2, Some(67)),
            (8, 1, Some(13)),
            (4, 4, Some(100)),
        ] {
            assert_eq!(Rounds { ended, rejected }.percent(), percent);
        }
    }
}
