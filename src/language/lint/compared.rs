//! What is learnt by comparing all open stories with each other, kept up to date at the cost of what has changed.

use std::collections::HashMap;
use std::sync::Arc;

use super::duplicates::{Likeness, Likenesses, Taken};
use super::uniform::Personas;
use crate::model::{Backlog, Story, StoryId};

/// What it costs to read a story, where looking whether it has changed costs 1.
const READING: usize = 100;

/// What is learnt by comparing all open stories with each other.
///
/// The default has compared nothing, and the rules that need it are silent.
#[derive(Debug, Default)]
pub struct Compared {
    rows: HashMap<StoryId, Row>,
    likenesses: Likenesses,
    personas: Personas,
    walk: Walk,
}

/// A story as it was read.
#[derive(Debug)]
struct Row {
    story: Arc<Story>,
    taken: Taken,
    /// The walk that came by last.
    round: u64,
}

/// How far the walk along the open stories has come.
#[derive(Debug, Default)]
struct Walk {
    /// The state of the backlog that is looked at.
    generation: Option<u64>,
    next: usize,
    round: u64,
    is_done: bool,
}

impl Compared {
    /// Compares all open stories of a backlog.
    pub fn of(backlog: &Backlog) -> Self {
        let mut compared = Self::default();
        compared.follow(backlog, usize::MAX, |_| 0);
        compared
    }

    /// Goes on to follow the backlog, for so much effort; answers whether all of it is known.
    ///
    /// `also` is done with every open story on the way and answers what it has cost.
    pub(super) fn follow(
        &mut self,
        backlog: &Backlog,
        effort: usize,
        mut also: impl FnMut(&Arc<Story>) -> usize,
    ) -> bool {
        if self.walk.generation != Some(backlog.generation()) {
            self.walk = Walk {
                generation: Some(backlog.generation()),
                next: 0,
                round: self.walk.round + 1,
                is_done: false,
            };
        }
        let mut left = effort;
        while left > 0 && !self.walk.is_done {
            let Some(id) = backlog.open_at(self.walk.next) else {
                self.sweep();
                self.walk.is_done = true;
                break;
            };
            self.walk.next += 1;
            if let Some(story) = backlog.story(id) {
                let cost = if self.learn(story) { READING } else { 1 };
                if let Some(row) = self.rows.get_mut(&id) {
                    row.round = self.walk.round;
                }
                left = left.saturating_sub(cost + also(story));
            }
        }
        self.walk.is_done
    }

    /// Whether all of the backlog is known as it is now.
    pub(super) fn is_done(&self, backlog: &Backlog) -> bool {
        self.walk.is_done && self.walk.generation == Some(backlog.generation())
    }

    /// The story most like this one.
    pub fn likeness(&self, story: StoryId) -> Option<Likeness> {
        let row = self.rows.get(&story)?;
        self.likenesses.of(story, row.taken)
    }

    /// The other story that wants the same.
    pub(super) fn same(&self, story: StoryId) -> Option<StoryId> {
        let row = self.rows.get(&story)?;
        self.likenesses.same(story, row.taken)
    }

    /// Makes sure that what is known of a story, and of the one that `like` finds for it, is so now.
    pub(super) fn settle(
        &mut self,
        story: StoryId,
        backlog: &Backlog,
        like: impl Fn(&Self) -> Option<StoryId>,
    ) {
        self.renew(story, backlog);
        while let Some(other) = like(self) {
            if !self.renew(other, backlog) {
                return;
            }
        }
    }

    /// Whether most features name a persona.
    pub(super) const fn names_personas(&self) -> bool {
        self.personas.are_usual()
    }

    /// Reads a story where it has changed; answers whether it says something else now.
    fn renew(&mut self, id: StoryId, backlog: &Backlog) -> bool {
        let is_open = |story: &&Arc<Story>| !story.status.is_closed();
        match backlog.story(id).filter(is_open) {
            Some(story) => self.learn(story),
            None => self.forget(id),
        }
    }

    fn learn(&mut self, story: &Arc<Story>) -> bool {
        if let Some(row) = self.rows.get_mut(&story.id) {
            if Arc::ptr_eq(&row.story, story) {
                return false;
            }
            if says_the_same(&row.story, story) {
                row.story = Arc::clone(story);
                return false;
            }
        }
        self.forget(story.id);
        self.personas.insert(story);
        let row = Row {
            story: Arc::clone(story),
            taken: self.likenesses.insert(story),
            round: self.walk.round,
        };
        self.rows.insert(story.id, row);
        true
    }

    fn forget(&mut self, id: StoryId) -> bool {
        let Some(row) = self.rows.remove(&id) else {
            return false;
        };
        self.personas.remove(&row.story);
        self.likenesses.remove(id, row.taken);
        true
    }

    /// Forgets the stories that the walk has not met: they are closed or gone.
    fn sweep(&mut self) {
        if self.rows.len() == self.walk.next {
            return;
        }
        let round = self.walk.round;
        let rows = self.rows.iter();
        let gone: Vec<StoryId> = rows
            .filter(|(_, row)| row.round != round)
            .map(|(id, _)| *id)
            .collect();
        for id in gone {
            self.forget(id);
        }
    }
}

/// Whether nothing differs that is compared here; a story that only moved needs no second reading.
fn says_the_same(before: &Story, after: &Story) -> bool {
    before.kind == after.kind
        && before.title == after.title
        && before.persona == after.persona
        && before.want == after.want
}
