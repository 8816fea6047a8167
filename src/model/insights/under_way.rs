//! What is under way: started, delivered and rejected stories, and for how long.

use jiff::SignedDuration;

use super::begun_at;
use crate::model::{Backlog, Status, Story, StoryId, Timestamp};

/// A story that has been begun and is not accepted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Begun {
    /// The story.
    pub story: StoryId,
    /// Started, delivered or rejected.
    pub status: Status,
    /// When work on it began for the first time.
    pub at: Timestamp,
    /// When it came to its present status.
    pub since: Timestamp,
}

/// The stories that are begun and not accepted.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct UnderWay {
    /// Those whose log tells when they were begun, the oldest first.
    pub stories: Vec<Begun>,
    /// How many there are beside those, of which nothing is known.
    pub undated: usize,
}

impl UnderWay {
    /// Looks through the backlog.
    pub fn of(backlog: &Backlog) -> Self {
        let mut stories = Vec::new();
        let mut undated = 0;
        for story in backlog.stories().filter(|story| is_under_way(story.status)) {
            match begun(story) {
                Some(begun) => stories.push(begun),
                None => undated += 1,
            }
        }
        stories.sort_unstable_by_key(|begun| (begun.at, begun.story));
        Self { stories, undated }
    }

    /// How many stories have been under way for longer than this.
    pub fn older_than(&self, time: SignedDuration, now: Timestamp) -> usize {
        self.stories
            .partition_point(|begun| begun.at.duration_until(now) > time)
    }
}

/// Whether somebody has begun it and nobody has finished it.
const fn is_under_way(status: Status) -> bool {
    match status {
        Status::Started | Status::Delivered | Status::Rejected => true,
        Status::Idea | Status::Ready | Status::Accepted | Status::Dropped => false,
    }
}

/// A story that was imported in the middle of its life counts from the first thing that is known.
fn begun(story: &Story) -> Option<Begun> {
    let since = story.since()?;
    Some(Begun {
        story: story.id,
        status: story.status,
        at: begun_at(story).unwrap_or(since),
        since,
    })
}

#[cfg(test)]
mod tests {
    use super::super::tests::{day, story};
    use super::*;
    use crate::model::Product;
    use crate::model::Status::{Accepted, Delivered, Dropped, Ready, Rejected, Started};

    fn under_way(lives: &[&[(Status, i64)]]) -> Vec<(u32, Timestamp, Timestamp)> {
        let backlog = backlog(lives);
        let found = UnderWay::of(&backlog).stories;
        let number = |id| backlog.story(id).unwrap().number;
        found
            .iter()
            .map(|begun| (number(begun.story), begun.at, begun.since))
            .collect()
    }

    fn backlog(lives: &[&[(Status, i64)]]) -> Backlog {
        let stories = (1..).zip(lives).map(|(number, life)| story(number, life));
        Backlog::load(Product::new("Shop", None).unwrap(), stories, 0).0
    }

    #[test]
    fn what_was_begun_first_comes_first_and_the_return_of_a_story_makes_it_no_younger() {
        let found = under_way(&[
            &[(Started, 8)],
            &[(Started, 2), (Delivered, 5), (Rejected, 6), (Started, 9)],
            &[(Started, 4), (Delivered, 7)],
            &[(Started, 5), (Delivered, 6), (Rejected, 7)],
        ]);
        assert_eq!(
            found,
            [
                (2, day(2), day(9)),
                (3, day(4), day(7)),
                (4, day(5), day(7)),
                (1, day(8), day(8)),
            ]
        );
    }

    #[test]
    fn ideas_and_ready_and_closed_stories_are_not_under_way() {
        let found = under_way(&[
            &[],
            &[(Ready, 1)],
            &[(Started, 1), (Delivered, 2), (Accepted, 3)],
            &[(Started, 1), (Dropped, 3)],
            // Taken back to ready: nobody works on it.
            &[(Started, 1), (Ready, 2)],
        ]);
        assert_eq!(found, []);
    }

    #[test]
    fn a_story_without_a_start_counts_from_what_is_known_and_one_without_a_log_is_counted() {
        let mut silent = story(2, &[(Started, 1)]);
        silent.log.clear();
        let stories = [story(1, &[(Delivered, 4)]), silent];
        let backlog = Backlog::load(Product::new("Shop", None).unwrap(), stories, 0).0;
        let found = UnderWay::of(&backlog);
        assert_eq!((found.stories.len(), found.undated), (1, 1));
        assert_eq!(found.stories[0].at, day(4));
    }

    #[test]
    fn only_what_is_older_counts_as_older() {
        let found = UnderWay::of(&backlog(&[&[(Started, 1)], &[(Started, 5)]]));
        let older = |days: i64| found.older_than(SignedDuration::from_hours(days * 24), day(10));
        assert_eq!([older(4), older(5), older(8), older(9)], [2, 1, 1, 0]);
    }
}
