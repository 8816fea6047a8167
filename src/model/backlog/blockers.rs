//! What waits for what: blockers, circles, and blockers that stand too low in the order.
//!
//! Only an open blocker blocks, and only an open story waits. A blocker whose story is gone is kept where it is named,
//! and blocks nothing.

use std::collections::{HashMap, HashSet, VecDeque};
use std::sync::Arc;

use super::Backlog;
use crate::model::{Change, Place, Refusal, Story, StoryId};

/// Blockers that are to stand above what waits for them.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Lift {
    /// The moves, one after the other: blockers that keep their order, and the story above which they come.
    moves: Vec<(Vec<StoryId>, StoryId)>,
}

impl Backlog {
    /// The open stories that keep a story waiting; none where it is closed itself.
    pub fn open_blockers<'a>(&'a self, story: &'a Story) -> impl Iterator<Item = &'a Arc<Story>> {
        story
            .blocked_by
            .iter()
            .filter(|_| !story.status.is_closed())
            .filter_map(|id| self.story(*id))
            .filter(|blocker| !blocker.status.is_closed())
    }

    /// The stories that name this one as a blocker, in the order of the backlog; closed ones last.
    pub fn blocks(&self, id: StoryId) -> Vec<StoryId> {
        let mut named: Vec<StoryId> = self.named_by(id).collect();
        named.sort_by_cached_key(|id| (self.position(*id).unwrap_or(usize::MAX), *id));
        named
    }

    /// Whether a story waits for another one that is not closed yet.
    pub fn is_blocked(&self, story: &Story) -> bool {
        self.open_blockers(story).next().is_some()
    }

    /// Whether an open story waits for this one.
    pub fn is_blocking(&self, story: &Story) -> bool {
        self.waiting_for(story.id).next().is_some()
    }

    /// Whether a story stands above another one that has to come first.
    pub fn is_misplaced(&self, story: &Story) -> bool {
        self.open_blockers(story)
            .any(|blocker| stands_too_high(story, blocker))
    }

    /// Tells a blocker of a story in words: key, title, status, and whether it stands too low.
    pub fn blocker_in_words(&self, story: &Story, blocker: StoryId) -> String {
        let Some(blocker) = self.story(blocker) else {
            return "a story that is not here any more".to_owned();
        };
        let is_low = stands_too_high(story, blocker);
        self.in_words(blocker, if is_low { ", stands below" } else { "" })
    }

    /// Tells a story that waits for another in words: key, title, status, and whether it stands too high.
    pub fn waiting_in_words(&self, blocker: &Story, waiting: StoryId) -> String {
        let Some(waiting) = self.story(waiting) else {
            return String::new();
        };
        let is_high = stands_too_high(waiting, blocker);
        self.in_words(waiting, if is_high { ", stands above" } else { "" })
    }

    fn in_words(&self, story: &Story, more: &str) -> String {
        let key = self.key(story);
        format!("{key} {} ({}{more})", story.title, story.status)
    }

    /// The blockers that have to be lifted so that none of the stories stands above anything it waits for, directly or
    /// through others.
    ///
    /// Each comes directly above the first of the stories that waits for it from above. Blockers keep their order, but
    /// none comes above one that it waits for itself. What stands above everything that waits for it stays.
    ///
    /// # Errors
    /// When nothing blocks the stories, when all that does stands above them, or when one of them is closed.
    pub fn lift(&self, stories: &[StoryId]) -> Result<Lift, Refusal> {
        let mut placed = self.placed(stories)?;
        placed.sort_unstable_by_key(|(place, _)| *place);
        let mut lift = Lift::default();
        // What stands above all stories that are still to come, and everything it waits for with it.
        let mut settled = HashSet::new();
        for (top, story) in &placed {
            if settled.insert(story.id) {
                let ahead = self.newly_waited_for(story, &mut settled);
                let mut low: Vec<(usize, StoryId)> = ahead
                    .iter()
                    .filter_map(|id| Some((self.position(*id)? - 1, *id)))
                    .filter(|(place, _)| place > top)
                    .collect();
                low.sort_unstable();
                let groups = self.groups(&low, &ahead).into_iter();
                lift.moves.extend(groups.map(|group| (group, story.id)));
            }
        }
        if !lift.moves.is_empty() {
            return Ok(lift);
        }
        let keys = placed.iter().map(|(_, story)| self.key(story)).collect();
        Err(if placed.iter().any(|(_, story)| self.is_blocked(story)) {
            Refusal::BlockersAbove(keys)
        } else {
            Refusal::NothingBlocks(keys)
        })
    }

    /// The open stories that a story waits for, directly or through others, without those that are settled; they are
    /// from now on.
    fn newly_waited_for(&self, story: &Story, settled: &mut HashSet<StoryId>) -> HashSet<StoryId> {
        let mut found = HashSet::new();
        let mut ahead = vec![story.id];
        while let Some(story) = ahead.pop().and_then(|id| self.story(id)) {
            for blocker in self.open_blockers(story) {
                if settled.insert(blocker.id) {
                    found.insert(blocker.id);
                    ahead.push(blocker.id);
                }
            }
        }
        found
    }

    /// Stories, given with their places in order, so that none comes before one that it waits for, be it through others
    /// among `all`; a new group begins where one has to overtake.
    fn groups(&self, low: &[(usize, StoryId)], all: &HashSet<StoryId>) -> Vec<Vec<StoryId>> {
        let places: HashMap<StoryId, usize> = low.iter().map(|(place, id)| (*id, *place)).collect();
        let mut groups: Vec<Vec<StoryId>> = Vec::new();
        let mut last = usize::MAX;
        let mut begun = HashSet::new();
        let mut ended = HashSet::new();
        // Each story is met twice: what it waits for is put on top of it the first time.
        let mut ahead: Vec<StoryId> = low.iter().rev().map(|(_, id)| *id).collect();
        while let Some(id) = ahead.pop() {
            if begun.insert(id) {
                ahead.push(id);
                let blockers = self.story(id).map(|story| self.open_blockers(story));
                let mut blockers: Vec<(Option<usize>, StoryId)> = blockers
                    .into_iter()
                    .flatten()
                    .filter(|blocker| all.contains(&blocker.id) && !begun.contains(&blocker.id))
                    .map(|blocker| (places.get(&blocker.id).copied(), blocker.id))
                    .collect();
                blockers.sort_unstable_by(|a, b| b.cmp(a));
                ahead.extend(blockers.into_iter().map(|(_, id)| id));
            } else if ended.insert(id)
                && let Some(place) = places.get(&id)
            {
                match groups.last_mut().filter(|_| last < *place) {
                    Some(group) => group.push(id),
                    None => groups.push(vec![id]),
                }
                last = *place;
            }
        }
        groups
    }

    /// Refuses new blockers that do not exist or would close a circle; those there are may stay, even where their
    /// story is gone or another clone has closed the circle.
    pub(super) fn check_blockers(
        &self,
        story: &Story,
        blockers: &[StoryId],
    ) -> Result<(), Refusal> {
        for blocker in blockers {
            if story.blocked_by.contains(blocker) {
                continue;
            }
            self.require(*blocker)?;
            if let Some(path) = self.path(*blocker, story.id) {
                let mut keys = vec![self.key(story)];
                keys.extend(path.iter().map(|id| self.key_or_id(*id)));
                return Err(Refusal::Circle(keys));
            }
        }
        Ok(())
    }

    /// A shortest way from one story to another along what waits for what, both ends included.
    fn path(&self, from: StoryId, to: StoryId) -> Option<Vec<StoryId>> {
        let mut came_from: HashMap<StoryId, StoryId> = HashMap::new();
        let mut ahead = VecDeque::from([from]);
        while let Some(id) = ahead.pop_front() {
            if id == to {
                let mut path = vec![to];
                let mut end = to;
                while end != from {
                    end = *came_from.get(&end)?;
                    path.push(end);
                }
                path.reverse();
                return Some(path);
            }
            for next in self.story(id).into_iter().flat_map(|s| &s.blocked_by) {
                if *next != from && !came_from.contains_key(next) {
                    came_from.insert(*next, id);
                    ahead.push_back(*next);
                }
            }
        }
        None
    }
}

impl Lift {
    /// The blockers, each one before those that are moved after it.
    pub fn blockers(&self) -> impl Iterator<Item = StoryId> + '_ {
        self.moves.iter().flat_map(|(group, _)| group).copied()
    }

    /// The moves that do it.
    pub fn changes(&self) -> Vec<Change> {
        let moves = self.moves.iter();
        moves
            .map(|(group, above)| Change::Move {
                stories: group.clone(),
                to: Place::Above(*above),
            })
            .collect()
    }

    /// Which blockers come above what, such as "2 blockers" and "WEB-17".
    pub fn told(&self, backlog: &Backlog) -> (String, String) {
        let mut blockers = self.blockers();
        let lifted = match (blockers.next(), blockers.count()) {
            (Some(only), 0) => backlog.key_or_id(only),
            (_, more) => format!("{} blockers", more + 1),
        };
        let mut targets: Vec<StoryId> = self.moves.iter().map(|(_, above)| *above).collect();
        targets.dedup();
        let above = match targets.as_slice() {
            [only] => backlog.key_or_id(*only),
            many => format!("{} stories", many.len()),
        };
        (lifted, above)
    }

    /// What it does, in a few words for the history, such as "lift 2 blockers above WEB-17".
    pub fn label(&self, backlog: &Backlog) -> String {
        let (lifted, above) = self.told(backlog);
        format!("lift {lifted} above {above}")
    }
}

/// Whether a story stands above one that it waits for; a closed one has no place.
fn stands_too_high(waiting: &Story, blocker: &Story) -> bool {
    let are_open = !waiting.status.is_closed() && !blocker.status.is_closed();
    are_open && (&waiting.rank, waiting.id) < (&blocker.rank, blocker.id)
}
