//! What a period brought, for a sprint review: what was accepted, what was sent back, and what goes on.

use crate::model::{Backlog, Calendar, Outcome, Pace, Points, Round, Status, Story, StoryId};
use crate::model::{Load, Timestamp};

/// A period of time and what it brought.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Meeting {
    /// When it began.
    pub from: Timestamp,
    /// The moment after its end.
    pub until: Timestamp,
    /// The points of the counted stories among the accepted ones; the same that make the velocity.
    pub points: Points,
    /// The stories accepted in it that still are, in the order in which that happened.
    pub accepted: Vec<StoryId>,
    /// The rounds of review that ended in a rejection, in the order in which that happened; each by its place among
    /// the story's rounds.
    pub rejected: Vec<(StoryId, usize)>,
    /// The stories that were begun and not accepted at the end, in order, with where they then stood.
    pub carried: Vec<(StoryId, Status)>,
}

impl Meeting {
    /// Looks at what happened from a moment on until another, as of `now`.
    pub fn of(
        backlog: &Backlog,
        calendar: &Calendar,
        (from, until): (Timestamp, Timestamp),
        now: Timestamp,
    ) -> Self {
        let is_within = |at: Timestamp| from <= at && at < until;
        let mut accepted = Vec::new();
        let mut rejected = Vec::new();
        let mut carried = Vec::new();
        for story in backlog.stories() {
            accepted.extend(
                (story.accepted_at())
                    .filter(|at| is_within(*at))
                    .map(|at| (at, story.id)),
            );
            let rounds = story.reviews.iter().enumerate();
            rejected.extend(
                rounds
                    .filter(|(_, round)| is_rejection(round) && is_within(round.at))
                    .map(|(place, round)| (round.at, story.id, place)),
            );
            let stood = if now < until {
                Some(story.status)
            } else {
                status_before(story, until)
            };
            carried.extend(
                stood
                    .filter(|status| Load::is_begun(*status))
                    .map(|status| (story.id, status)),
            );
        }
        accepted.sort_by_key(|(at, _)| *at);
        rejected.sort_by_key(|(at, ..)| *at);
        carried.sort_by_cached_key(|(id, _)| backlog.position(*id).unwrap_or(usize::MAX));
        let counted = Pace::accepted(backlog, calendar).filter(|(at, _)| is_within(*at));
        Self {
            from,
            until,
            points: counted
                .filter_map(|(_, load)| backlog.product().size(load.points()))
                .sum(),
            accepted: accepted.into_iter().map(|(_, id)| id).collect(),
            rejected: (rejected.into_iter())
                .map(|(_, id, place)| (id, place))
                .collect(),
            carried,
        }
    }
}

fn is_rejection(round: &Round) -> bool {
    round.outcome == Some(Outcome::Rejected)
}

/// Where a story stood just before a moment, where that is known.
fn status_before(story: &Story, moment: Timestamp) -> Option<Status> {
    let earlier = story.log.iter().rev().find(|entry| entry.at < moment);
    earlier.map(|entry| entry.status)
}

#[cfg(test)]
mod tests {
    use super::super::tests::{day, story};
    use super::*;
    use crate::model::Status::{Accepted, Delivered, Rejected, Started};
    use crate::model::{Iterations, Kind, Line, Product, Within};
    use jiff::tz::TimeZone;

    /// A backlog in iterations of one week, and its calendar.
    fn weekly(stories: Vec<Story>) -> (Backlog, Calendar) {
        let mut product = Product::new("Shop", None).unwrap();
        let mut iterations = Iterations::usual("2026-11-02".parse().unwrap());
        iterations.weeks = Within::clamped(1);
        product.iterations = Some(iterations);
        let backlog = Backlog::load(product, stories, 0).0;
        let calendar = Calendar::of(&backlog, day(0), &TimeZone::UTC);
        (backlog, calendar)
    }

    fn estimated(points: u32, kind: Kind, story: Story) -> Story {
        Story {
            estimate: Some(Points::whole(points)),
            kind,
            ..story
        }
    }

    fn numbers(backlog: &Backlog, ids: impl IntoIterator<Item = StoryId>) -> Vec<u32> {
        let number = |id| backlog.story(id).unwrap().number;
        ids.into_iter().map(number).collect()
    }

    fn meeting(backlog: &Backlog, calendar: &Calendar, number: i32, now: i64) -> Meeting {
        let period = (calendar.begins(number), calendar.begins(number + 1));
        Meeting::of(backlog, calendar, period, day(now))
    }

    #[test]
    fn an_iteration_has_what_was_accepted_in_it_and_the_points_of_the_pace() {
        let (backlog, calendar) = weekly(vec![
            estimated(3, Kind::Feature, story(1, &[(Started, 1), (Accepted, 9)])),
            estimated(5, Kind::Feature, story(2, &[(Started, 1), (Accepted, 8)])),
            estimated(8, Kind::Bug, story(3, &[(Accepted, 10)])),
            estimated(2, Kind::Feature, story(4, &[(Accepted, 6)])),
            estimated(2, Kind::Feature, story(5, &[(Accepted, 14)])),
        ]);
        let second = meeting(&backlog, &calendar, 2, 20);
        assert_eq!(numbers(&backlog, second.accepted), [2, 1, 3]);
        assert_eq!(second.points, Points::whole(8), "bugs are not counted");
        let pace = Pace::measure(&backlog, &calendar, day(20));
        for past in &pace.past {
            let meeting = meeting(&backlog, &calendar, past.number, 20);
            assert_eq!(meeting.points, past.points, "{}", past.number);
        }
    }

    #[test]
    fn what_was_under_way_at_the_end_is_carried_over_as_it_stood_then() {
        let (backlog, calendar) = weekly(vec![
            story(1, &[(Started, 1), (Delivered, 5), (Accepted, 9)]),
            story(2, &[(Started, 2), (Accepted, 6)]),
            story(3, &[(Started, 8)]),
            story(4, &[]),
        ]);
        let first = meeting(&backlog, &calendar, 1, 20);
        let one = backlog.find("1").unwrap().id;
        assert_eq!(first.carried, [(one, Delivered)]);
        // While it goes on, what counts is where a story stands.
        let second = meeting(&backlog, &calendar, 2, 10);
        let carried = second.carried.iter().map(|(id, _)| *id);
        assert_eq!(numbers(&backlog, carried), [3]);
    }

    #[test]
    fn every_rejection_of_the_period_is_there_even_of_a_story_accepted_later() {
        let round = |number, outcome, at| Round {
            outcome: Some(outcome),
            ..Round::begin(number, day(at), Line::default(), &[])
        };
        let mut returned = story(1, &[(Rejected, 8), (Rejected, 9), (Accepted, 10)]);
        returned.reviews = vec![
            round(1, Outcome::Rejected, 3),
            round(2, Outcome::Rejected, 9),
            round(3, Outcome::Accepted, 10),
        ];
        let mut other = story(2, &[(Rejected, 8)]);
        other.reviews = vec![round(1, Outcome::Rejected, 8)];
        let (backlog, calendar) = weekly(vec![returned, other]);
        let second = meeting(&backlog, &calendar, 2, 12);
        let (places, ids): (Vec<usize>, Vec<StoryId>) = second
            .rejected
            .iter()
            .map(|(id, place)| (*place, *id))
            .unzip();
        assert_eq!(numbers(&backlog, ids), [2, 1]);
        assert_eq!(places, [0, 1]);
    }
}
