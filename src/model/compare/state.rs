//! Where a comparison stands: which stories have a place, and which question comes next.
//!
//! The same beginning and the same answers always lead to the same state, so a state is never saved.

use std::collections::{HashMap, HashSet, VecDeque};
use std::sync::Arc;

use super::{Answer, Progress};
use crate::model::StoryId;

/// Where a comparison stands.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct State {
    /// The stories that have a place, in order; of those that are equal only the first.
    placed: Vec<StoryId>,
    /// The stories that stand directly after a placed one, as its equals.
    equals: HashMap<StoryId, Vec<StoryId>>,
    /// The stories that nothing was asked about yet.
    waiting: VecDeque<StoryId>,
    /// The stories that were skipped once.
    aside: VecDeque<Aside>,
    /// The story that looks for its place now.
    turn: Option<Turn>,
    /// Whether stories are ranked among themselves: then the order there was may well be right.
    among_themselves: bool,
    /// Whether the last story came after all others, as it would if they were in order already.
    in_order: bool,
    /// The places there were.
    was: Arc<HashMap<StoryId, usize>>,
}

/// A story that looks for its place before one of the placed stories `from..to`, or after them.
#[derive(Clone, Copy, Debug, PartialEq)]
struct Turn {
    story: StoryId,
    from: usize,
    to: usize,
    /// The placed story that it is compared with.
    beside: usize,
    was_skipped: bool,
}

/// A story that was skipped, and between which placed stories it belongs.
#[derive(Clone, Copy, Debug, PartialEq)]
struct Aside {
    story: StoryId,
    above: Option<StoryId>,
    below: Option<StoryId>,
    /// The story from which it could not be told.
    untold: StoryId,
}

impl State {
    pub(super) fn new(
        placed: Vec<StoryId>,
        stories: &[StoryId],
        was: HashMap<StoryId, usize>,
    ) -> Self {
        let among_themselves = placed.is_empty();
        let mut state = Self {
            placed,
            equals: HashMap::new(),
            waiting: stories.iter().copied().collect(),
            aside: VecDeque::new(),
            turn: None,
            among_themselves,
            in_order: among_themselves,
            was: Arc::new(was),
        };
        state.take_turns();
        state
    }

    pub(super) fn question(&self) -> Option<(StoryId, StoryId)> {
        let turn = self.turn?;
        Some((turn.story, *self.placed.get(turn.beside)?))
    }

    /// Takes an answer; says whether there was a question.
    pub(super) fn answer(&mut self, answer: Answer) -> bool {
        let Some(mut turn) = self.turn else {
            return false;
        };
        match answer {
            Answer::First => turn.to = turn.beside,
            Answer::Second => turn.from = turn.beside + 1,
            Answer::Equal => self.join(turn),
            Answer::Skip => self.skip(turn),
        }
        if matches!(answer, Answer::First | Answer::Second) {
            self.narrow(turn);
        }
        self.take_turns();
        true
    }

    /// Lets go of a story, wherever it stands.
    pub(super) fn forget(&mut self, story: StoryId) {
        self.waiting.retain(|id| *id != story);
        self.aside.retain(|aside| aside.story != story);
        for equals in self.equals.values_mut() {
            equals.retain(|id| *id != story);
        }
        if self.turn.is_some_and(|turn| turn.story == story) {
            self.turn = None;
        }
        if let Some(index) = self.placed.iter().position(|id| *id == story) {
            match self.heir(story) {
                Some(heir) => self.replace(index, heir),
                None => self.remove(index),
            }
        }
        self.take_turns();
    }

    /// Every story that is still there, in no order.
    pub(super) fn members(&self) -> impl Iterator<Item = StoryId> + '_ {
        let placed = self.placed.iter().chain(self.equals.values().flatten());
        let aside = self.aside.iter().map(|aside| aside.story);
        let turn = self.turn.iter().map(|turn| turn.story);
        let waiting = self.waiting.iter();
        placed.chain(waiting).copied().chain(aside).chain(turn)
    }

    pub(super) fn progress(&self, asked: usize) -> Progress {
        let slots_now = self.turn.map(|turn| turn.to - turn.from + 1);
        let at: HashMap<StoryId, usize> = if self.aside.is_empty() {
            HashMap::new()
        } else {
            self.placed.iter().copied().zip(0..).collect()
        };
        let skipped = self.aside.iter().map(|aside| {
            let from = aside.above.and_then(|id| at.get(&id));
            let to = aside.below.and_then(|id| at.get(&id));
            to.map_or(self.placed.len(), |to| *to) + 1 - from.map_or(0, |from| from + 1)
        });
        // When its turn comes, a waiting story has as many placed ones before it as there are now and will be.
        let first = self.placed.len() + usize::from(self.turn.is_some()) + 1;
        let to_come = (first..).take(self.waiting.len());
        let slots = slots_now.into_iter().chain(skipped).chain(to_come.clone());
        let most = self.placed.len() + self.waiting.len() + self.aside.len() + 1;
        let again = self.aside.len() * ceil_log2(most);
        let firm = slots_now.into_iter().chain(to_come).map(ceil_log2);
        Progress {
            asked,
            about: about(slots),
            at_most: firm.sum::<usize>() + again + self.vain_hopes(),
        }
    }

    /// The stories of which something is known, best first, those that look for their place put where they fit best;
    /// and the stories of which nothing is known, in the order there was.
    pub(super) fn outcome(&self) -> (Vec<StoryId>, Vec<StoryId>) {
        let mut state = self.clone();
        let mut unknown: Vec<StoryId> = state.waiting.drain(..).collect();
        let now = state.turn.take();
        let aside = std::mem::take(&mut state.aside);
        if let Some(turn) = now {
            if turn.from == 0 && turn.to == state.placed.len() {
                unknown.push(turn.story);
            } else {
                state.settle(turn);
            }
        }
        for aside in aside {
            if aside.above.is_none() && aside.below.is_none() {
                unknown.push(aside.story);
            } else {
                let turn = state.back(aside);
                state.settle(turn);
            }
        }
        unknown.sort_unstable_by_key(|id| state.was_at(*id));
        let none = Vec::new();
        let known = state.placed.iter().flat_map(|id| {
            let equals = state.equals.get(id).unwrap_or(&none);
            std::iter::once(id).chain(equals)
        });
        (known.copied().collect(), unknown)
    }

    pub(super) fn was_at(&self, story: StoryId) -> usize {
        self.was.get(&story).copied().unwrap_or(usize::MAX)
    }

    /// Gives the turn to the next story that has something to ask.
    fn take_turns(&mut self) {
        while self.turn.is_none() {
            let turn = if let Some(story) = self.waiting.pop_front() {
                self.first_turn(story)
            } else if let Some(aside) = self.aside.pop_front() {
                self.back(aside)
            } else {
                return;
            };
            if turn.from == turn.to {
                self.place(turn.story, turn.from);
            } else {
                self.turn = Some(turn);
            }
        }
    }

    /// A story's first question: where the stories seem to be in order, whether it comes after all others.
    fn first_turn(&self, story: StoryId) -> Turn {
        let to = self.placed.len();
        let beside = if self.in_order {
            to.saturating_sub(1)
        } else {
            to / 2
        };
        Turn {
            story,
            from: 0,
            to,
            beside,
            was_skipped: false,
        }
    }

    /// How many questions may still be lost by hoping that a story comes last.
    ///
    /// A vain hope is one question, and the next story does not hope then.
    fn vain_hopes(&self) -> usize {
        let waiting = self.waiting.len();
        let may_come_last = |turn: Turn| turn.to == self.placed.len();
        let is_first = |turn: Turn| turn.from == 0 && may_come_last(turn);
        if !self.among_themselves {
            0
        } else if self.in_order && self.turn.is_some_and(is_first) {
            1 + waiting / 2
        } else if self.turn.is_some_and(may_come_last) {
            waiting.div_ceil(2)
        } else {
            waiting / 2
        }
    }

    /// The turn of a story that was skipped; it may have others than then to be compared with.
    fn back(&self, aside: Aside) -> Turn {
        let at = |id| self.placed.iter().position(|placed| *placed == id);
        let from = aside.above.and_then(at).map_or(0, |index| index + 1);
        let to = aside.below.and_then(at).unwrap_or(self.placed.len());
        let mut beside = middle(from, to);
        if self.placed.get(beside) == Some(&aside.untold) {
            beside = if beside + 1 < to {
                beside + 1
            } else {
                beside.saturating_sub(1).max(from)
            };
        }
        Turn {
            story: aside.story,
            from,
            to,
            beside,
            was_skipped: true,
        }
    }

    fn narrow(&mut self, mut turn: Turn) {
        if turn.from == turn.to {
            self.place(turn.story, turn.from);
            self.turn = None;
        } else {
            turn.beside = middle(turn.from, turn.to);
            self.turn = Some(turn);
        }
    }

    fn place(&mut self, story: StoryId, index: usize) {
        self.in_order = self.among_themselves && index == self.placed.len();
        self.placed.insert(index, story);
    }

    fn join(&mut self, turn: Turn) {
        if let Some(equal) = self.placed.get(turn.beside) {
            self.equals.entry(*equal).or_default().push(turn.story);
        }
        self.in_order = self.among_themselves && turn.beside + 1 == self.placed.len();
        self.turn = None;
    }

    fn skip(&mut self, turn: Turn) {
        self.turn = None;
        let has_company = !self.waiting.is_empty() || !self.aside.is_empty();
        match self.placed.get(turn.beside) {
            // Where it would be the same question again at once, it is not asked.
            Some(untold) if !turn.was_skipped && (has_company || turn.to - turn.from > 1) => {
                let above = turn.from.checked_sub(1);
                self.aside.push_back(Aside {
                    story: turn.story,
                    above: above.and_then(|index| self.placed.get(index)).copied(),
                    below: self.placed.get(turn.to).copied(),
                    untold: *untold,
                });
            }
            _ => self.settle(turn),
        }
    }

    /// Places a story where its answers allow, so that as few stories as possible change sides with it.
    fn settle(&mut self, turn: Turn) {
        let was = self.was_at(turn.story);
        let range = self.placed.get(turn.from..turn.to).unwrap_or_default();
        let stood_above: Vec<bool> = range.iter().map(|id| self.was_at(*id) < was).collect();
        let mut wrong = stood_above.iter().filter(|above| **above).count();
        let mut best = (wrong, turn.from);
        for (above, index) in stood_above.into_iter().zip(turn.from + 1..) {
            wrong = if above { wrong - 1 } else { wrong + 1 };
            // Of places alike the lower one: what nobody can tell is not pushed to the top.
            if wrong <= best.0 {
                best = (wrong, index);
            }
        }
        self.place(turn.story, best.1);
    }

    /// The story that stands for its equals once the first of them is gone.
    fn heir(&mut self, story: StoryId) -> Option<StoryId> {
        let mut equals = self.equals.remove(&story)?;
        if equals.is_empty() {
            return None;
        }
        let heir = equals.remove(0);
        self.equals.insert(heir, equals);
        Some(heir)
    }

    fn replace(&mut self, index: usize, heir: StoryId) {
        let Some(place) = self.placed.get_mut(index) else {
            return;
        };
        let gone = std::mem::replace(place, heir);
        for aside in &mut self.aside {
            for bound in [&mut aside.above, &mut aside.below] {
                if *bound == Some(gone) {
                    *bound = Some(heir);
                }
            }
        }
    }

    fn remove(&mut self, index: usize) {
        let gone = self.placed.remove(index);
        let before = index.checked_sub(1);
        let before = before.and_then(|index| self.placed.get(index)).copied();
        let after = self.placed.get(index).copied();
        for aside in &mut self.aside {
            if aside.above == Some(gone) {
                aside.above = before;
            }
            if aside.below == Some(gone) {
                aside.below = after;
            }
        }
        if let Some(mut turn) = self.turn.take() {
            turn.from -= usize::from(index < turn.from);
            turn.to -= usize::from(index < turn.to);
            if index == turn.beside || turn.from == turn.to {
                self.narrow(turn);
            } else {
                turn.beside -= usize::from(index < turn.beside);
                self.turn = Some(turn);
            }
        }
    }
}

/// The story to ask about first: of the places before it and after it those after it are never more.
///
/// So a story that belongs at the end is placed with ⌊log₂⌋ questions, which pays for one vain hope that the next
/// one does too.
const fn middle(from: usize, to: usize) -> usize {
    from + (to - from) / 2
}

/// The questions that information asks for to find one of `slots` places, for each of these.
#[expect(
    clippy::cast_precision_loss,
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "a sum of logarithms of lengths: small, positive, and said to be about"
)]
pub(super) fn about(slots: impl Iterator<Item = usize>) -> usize {
    let bits: f64 = slots.map(|slots| (slots as f64).log2()).sum();
    // Rounding in the sum must not make a whole number one more.
    (bits - 1e-9).ceil() as usize
}

/// The questions that halving needs at most to find one of `slots` places.
const fn ceil_log2(slots: usize) -> usize {
    slots.next_power_of_two().trailing_zeros() as usize
}

/// The stories as a set; for asking often whether one is among them.
pub(super) fn set(stories: &[StoryId]) -> HashSet<StoryId> {
    stories.iter().copied().collect()
}
