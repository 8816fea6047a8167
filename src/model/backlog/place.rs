//! Moves in the one order: which ranks stories get, and whose ranks have to give way.

use std::collections::HashSet;
use std::sync::Arc;

use super::Backlog;
use super::room;
use crate::model::{Delta, Place, Rank, Refusal, Story, StoryId};

/// A place between the open stories, as the indexes of its neighbours.
type Gap = (Option<usize>, Option<usize>);

impl Backlog {
    /// Moves stories to a place, keeping their order among themselves.
    pub(super) fn moved(&mut self, stories: &[StoryId], to: Place) -> Result<Vec<Delta>, Refusal> {
        let mut moving = self.placed(stories)?;
        moving.sort_unstable_by_key(|(place, _)| *place);
        let (places, moving): (Vec<usize>, Vec<Arc<Story>>) = moving.into_iter().unzip();
        if moving.is_empty() {
            return Ok(Vec::new());
        }
        let gap = self.gap(&places, to)?;
        if self.stand_there(&places, gap) {
            return Ok(Vec::new());
        }
        let (ranks, neighbours) = self.room_for(&places, moving.len(), gap);
        let moved = moving.iter().map(|story| story.id).zip(ranks);
        Ok(self.rerank_all(neighbours.into_iter().chain(moved)))
    }

    /// A rank for one new story at a place, and other ranks for neighbours that leave no room.
    pub(super) fn room_at(&self, to: Place) -> Result<(Rank, Vec<(StoryId, Rank)>), Refusal> {
        let gap = self.gap(&[], to)?;
        let (mut ranks, neighbours) = self.room_for(&[], 1, gap);
        Ok((ranks.pop().unwrap_or_else(Rank::first), neighbours))
    }

    /// `count` ranks in a gap, as if the stories at the places `without`, which rise, were not there; where the
    /// neighbours leave no room, other ranks for them as well.
    fn room_for(
        &self,
        without: &[usize],
        count: usize,
        (above, below): Gap,
    ) -> (Vec<Rank>, Vec<(StoryId, Rank)>) {
        let places = self.open.places();
        let rank = |index: usize| places.get(index).map(|place| &place.0);
        if let Some(ranks) = room::short_spread(above.and_then(rank), below.and_then(rank), count) {
            return (ranks, Vec::new());
        }
        let stays = |index: &usize| without.binary_search(index).is_err();
        let start = above.map_or(0, |index| index + 1);
        let order: Vec<Option<usize>> = (0..start)
            .filter(stays)
            .map(Some)
            .chain(std::iter::repeat_n(None, count))
            .chain((start..places.len()).filter(stays).map(Some))
            .collect();
        let known: Vec<Option<&Rank>> = order.iter().map(|index| rank((*index)?)).collect();
        let (mut ranks, mut neighbours) = (Vec::with_capacity(count), Vec::new());
        for (at, rank) in room::fill(&known) {
            match order
                .get(at)
                .copied()
                .flatten()
                .and_then(|index| self.open.at(index))
            {
                Some(id) => neighbours.push((id, rank)),
                None => ranks.push(rank),
            }
        }
        (ranks, neighbours)
    }

    /// The neighbours of a place, as if the stories at the places `without`, which rise, were not there.
    fn gap(&self, without: &[usize], to: Place) -> Result<Gap, Refusal> {
        let len = self.open.len();
        let stays = |index: &usize| without.binary_search(index).is_err();
        let up_from = |index: usize| (0..index).rev().find(stays);
        let down_from = |index: usize| (index..len).find(stays);
        Ok(match to {
            Place::Top => (None, down_from(0)),
            Place::Bottom => (up_from(len), None),
            Place::Above(beside) => {
                let index = self.anchor(beside, without)?;
                (up_from(index), Some(index))
            }
            Place::Below(beside) => {
                let index = self.anchor(beside, without)?;
                (Some(index), down_from(index + 1))
            }
            Place::At(position) => {
                let mut below = position.saturating_sub(1).min(len);
                for gone in without {
                    below += usize::from(*gone <= below);
                }
                (up_from(below.min(len)), down_from(below.min(len)))
            }
        })
    }

    fn anchor(&self, beside: StoryId, without: &[usize]) -> Result<usize, Refusal> {
        let index = self.require_place(beside)?;
        if without.binary_search(&index).is_ok() {
            return Err(Refusal::BesideItself(self.key_or_id(beside)));
        }
        Ok(index)
    }

    /// The stories with their indexes among the open ones, each once.
    pub(super) fn placed(&self, stories: &[StoryId]) -> Result<Vec<(usize, Arc<Story>)>, Refusal> {
        let mut seen = HashSet::with_capacity(stories.len());
        stories
            .iter()
            .zip(self.positions(stories))
            .filter(|(id, _)| seen.insert(**id))
            .map(|(id, position)| {
                let index = match position {
                    Some(position) => position - 1,
                    None => self.require_place(*id)?,
                };
                Ok((index, self.require(*id)?))
            })
            .collect()
    }

    /// The story's index among the open ones.
    fn require_place(&self, id: StoryId) -> Result<usize, Refusal> {
        let story = self.require(id)?;
        self.open
            .position(&story)
            .ok_or_else(|| Refusal::NotInBacklog {
                key: self.key(&story),
                status: story.status,
            })
    }

    /// Whether the stories at these places, which rise, stand together in the gap already.
    fn stand_there(&self, places: &[usize], gap: Gap) -> bool {
        let (Some(first), Some(last)) = (places.first(), places.last()) else {
            return true;
        };
        last - first + 1 == places.len()
            && gap.0 == first.checked_sub(1)
            && gap.1.unwrap_or(self.open.len()) == last + 1
    }
}
