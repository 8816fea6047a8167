//! Moves in the one order: which ranks stories get, and whose ranks have to give way.

use std::collections::HashSet;
use std::sync::Arc;

use super::Backlog;
use crate::model::{Delta, Place, Rank, Refusal, Story, StoryId};

/// A rank longer than this makes its neighbours share their room again.
const LONGEST_RANK: usize = 32;

impl Backlog {
    /// Moves stories to a place, keeping their order among themselves.
    pub(super) fn moved(&mut self, stories: &[StoryId], to: Place) -> Result<Vec<Delta>, Refusal> {
        let mut moving: Vec<(usize, Arc<Story>)> = Vec::with_capacity(stories.len());
        let mut seen = HashSet::new();
        for id in stories.iter().filter(|id| seen.insert(**id)) {
            moving.push(self.placed(*id)?);
        }
        moving.sort_unstable_by_key(|(place, _)| *place);
        let ids: Vec<StoryId> = moving.iter().map(|(_, story)| story.id).collect();
        if ids.is_empty() || self.stands_there(&moving, to)? {
            return Ok(Vec::new());
        }
        let (ranks, mut deltas) = self.room_for(&ids, ids.len(), to)?;
        for ((_, story), rank) in moving.into_iter().zip(ranks) {
            deltas.extend(self.rerank(&story, rank));
        }
        Ok(deltas)
    }

    /// `count` ranks at a place, as if the stories `without` were not there; where the neighbours leave no room, their
    /// own ranks are changed first, and the deltas say so.
    pub(super) fn room_for(
        &mut self,
        without: &[StoryId],
        count: usize,
        to: Place,
    ) -> Result<(Vec<Rank>, Vec<Delta>), Refusal> {
        let without: HashSet<StoryId> = without.iter().copied().collect();
        let gap = self.gap(&without, to)?;
        let above = gap.0.map(|index| self.rank_at(index));
        let below = gap.1.map(|index| self.rank_at(index));
        if let Some(ranks) = Rank::spread(above.as_ref(), below.as_ref(), count)
            && ranks.iter().all(|rank| rank.as_str().len() <= LONGEST_RANK)
        {
            return Ok((ranks, Vec::new()));
        }
        Ok(self.widened(&without, gap, count))
    }

    /// Shares the room of more and more neighbours around a gap until the ranks fit.
    fn widened(
        &mut self,
        without: &HashSet<StoryId>,
        gap: (Option<usize>, Option<usize>),
        count: usize,
    ) -> (Vec<Rank>, Vec<Delta>) {
        let places: Vec<(Rank, StoryId)> = self.open.places().to_vec();
        let above: Vec<&(Rank, StoryId)> = match gap.0 {
            Some(last) => places
                .iter()
                .take(last + 1)
                .rev()
                .filter(|place| !without.contains(&place.1))
                .collect(),
            None => Vec::new(),
        };
        let below: Vec<&(Rank, StoryId)> = match gap.1 {
            Some(first) => places
                .iter()
                .skip(first)
                .filter(|place| !without.contains(&place.1))
                .collect(),
            None => Vec::new(),
        };
        // First give way downwards only, one story at a time: equal ranks are mended with the fewest changes.
        let one_sided = (1..=below.len()).take(8).map(|n| (0, n));
        let two_sided = std::iter::successors(Some(8usize), |n| n.checked_mul(2))
            .take_while(|n| *n / 2 < above.len().max(below.len()))
            .map(|n| (n.min(above.len()), n.min(below.len())));
        let whole = std::iter::once((above.len(), below.len()));
        for (up, down) in one_sided.chain(two_sided).chain(whole) {
            let low = above.get(up).map(|place| &place.0);
            let high = below.get(down).map(|place| &place.0);
            let Some(ranks) = Rank::spread(low, high, up + count + down) else {
                continue;
            };
            if ranks.iter().any(|rank| rank.as_str().len() > LONGEST_RANK)
                && (up, down) != (above.len(), below.len())
            {
                continue;
            }
            let mut ranks = ranks.into_iter();
            let mut deltas = Vec::new();
            for place in above.iter().take(up).rev() {
                deltas.extend(self.rerank_id(place.1, ranks.next()));
            }
            let room: Vec<Rank> = ranks.by_ref().take(count).collect();
            for place in below.iter().take(down) {
                deltas.extend(self.rerank_id(place.1, ranks.next()));
            }
            return (room, deltas);
        }
        // Not reached: with all neighbours giving way, both ends are open and a spread always exists.
        (Vec::new(), Vec::new())
    }

    /// The neighbours of a place among the open stories, as indexes, as if some stories were not there.
    fn gap(
        &self,
        without: &HashSet<StoryId>,
        to: Place,
    ) -> Result<(Option<usize>, Option<usize>), Refusal> {
        let places = self.open.places();
        let stays = |index: &usize| {
            places
                .get(*index)
                .is_some_and(|place| !without.contains(&place.1))
        };
        let up_from = |index: usize| (0..index).rev().find(stays);
        let down_from = |index: usize| (index..places.len()).find(stays);
        Ok(match to {
            Place::Top => (None, down_from(0)),
            Place::Bottom => (up_from(places.len()), None),
            Place::Above(beside) => {
                let index = self.anchor(beside, without)?;
                (up_from(index), Some(index))
            }
            Place::Below(beside) => {
                let index = self.anchor(beside, without)?;
                (Some(index), down_from(index + 1))
            }
            Place::At(position) => {
                let mut rest = (0..places.len()).filter(stays);
                match position.saturating_sub(1) {
                    0 => (None, rest.next()),
                    skipped => match rest.nth(skipped - 1) {
                        Some(above) => (Some(above), rest.next()),
                        None => (up_from(places.len()), None),
                    },
                }
            }
        })
    }

    fn anchor(&self, beside: StoryId, without: &HashSet<StoryId>) -> Result<usize, Refusal> {
        let (index, story) = self.placed(beside)?;
        if without.contains(&beside) {
            return Err(Refusal::BesideItself(self.key(&story)));
        }
        Ok(index)
    }

    /// The story with its index among the open ones.
    fn placed(&self, id: StoryId) -> Result<(usize, Arc<Story>), Refusal> {
        let story = self.require(id)?;
        match self.open.position(&story) {
            Some(index) => Ok((index, story)),
            None => Err(Refusal::NotInBacklog {
                key: self.key(&story),
                status: story.status,
            }),
        }
    }

    /// Whether the stories, given in order, stand together at the place already.
    fn stands_there(&self, moving: &[(usize, Arc<Story>)], to: Place) -> Result<bool, Refusal> {
        let (Some(first), Some(last)) = (moving.first(), moving.last()) else {
            return Ok(true);
        };
        if last.0 - first.0 + 1 != moving.len() {
            return Ok(false);
        }
        let without: HashSet<StoryId> = moving.iter().map(|(_, story)| story.id).collect();
        let (above, below) = self.gap(&without, to)?;
        Ok(above == first.0.checked_sub(1) && below.unwrap_or(self.open.len()) == last.0 + 1)
    }

    fn rank_at(&self, index: usize) -> Rank {
        self.open
            .places()
            .get(index)
            .map_or_else(Rank::first, |place| place.0.clone())
    }

    fn rerank_id(&mut self, id: StoryId, rank: Option<Rank>) -> Option<Delta> {
        let story = self.story(id).cloned()?;
        self.rerank(&story, rank?)
    }

    fn rerank(&mut self, story: &Arc<Story>, rank: Rank) -> Option<Delta> {
        if story.rank == rank {
            return None;
        }
        let after = Arc::new(Story {
            rank,
            ..Story::clone(story)
        });
        self.put(story.id, Some(Arc::clone(&after)));
        Some(Delta::Story {
            before: Some(Arc::clone(story)),
            after: Some(after),
        })
    }
}
