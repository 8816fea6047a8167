//! Acts: the unit of saving and of undo. Undo and redo are acts themselves.

use std::sync::Arc;

use super::backlog::Backlog;
use super::change::Change;
use super::refusal::Refusal;
use super::story::Story;
use super::text::Line;
use super::{ActId, Problem, ProblemId, Product, Stamp, StoryId, Timestamp};

/// What one change did to one story, to one problem or to the product: its state before and after.
#[derive(Clone, Debug, PartialEq)]
pub enum Delta {
    /// A story; `None` before it was added, or after that was undone.
    Story {
        /// As it was.
        before: Option<Arc<Story>>,
        /// As it became.
        after: Option<Arc<Story>>,
    },
    /// A problem; `None` before it was added, or after that was undone.
    Problem {
        /// As it was.
        before: Option<Arc<Problem>>,
        /// As it became.
        after: Option<Arc<Problem>>,
    },
    /// The product's settings.
    Product {
        /// As they were.
        before: Arc<Product>,
        /// As they became.
        after: Arc<Product>,
    },
}

/// What a delta is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Subject {
    /// The story of this id.
    Story(StoryId),
    /// The problem of this id.
    Problem(ProblemId),
    /// The product's settings.
    Product,
}

/// One thing the user did.
#[derive(Clone, Debug, PartialEq)]
pub struct Act {
    /// Its id in the journal.
    pub id: ActId,
    /// What it did, in a few words.
    pub label: String,
    /// When.
    pub at: Timestamp,
    /// By whom.
    pub by: Line,
    /// What changed; each story and problem at most once.
    pub deltas: Vec<Delta>,
    /// The act that this one takes back.
    pub undoes: Option<ActId>,
    /// The act that this one repeats.
    pub redoes: Option<ActId>,
}

impl Act {
    /// The stories that the act adds; none for one that takes back or repeats another.
    pub fn new_stories(&self) -> impl Iterator<Item = &Arc<Story>> {
        let is_new = self.undoes.is_none() && self.redoes.is_none();
        let deltas = self.deltas.iter().filter(move |_| is_new);
        deltas.filter_map(|delta| match delta {
            Delta::Story {
                before: None,
                after: Some(story),
            } => Some(story),
            _ => None,
        })
    }
}

/// The acts that can be taken back and repeated, without limit.
#[derive(Clone, Debug, Default)]
pub struct History {
    done: Vec<Arc<Act>>,
    undone: Vec<Arc<Act>>,
    /// Every act in its order, undoing ones too.
    seen: Vec<Arc<Act>>,
}

impl Delta {
    /// The same the other way round.
    #[must_use]
    pub fn inverse(&self) -> Self {
        match self {
            Self::Story { before, after } => Self::Story {
                before: after.clone(),
                after: before.clone(),
            },
            Self::Problem { before, after } => Self::Problem {
                before: after.clone(),
                after: before.clone(),
            },
            Self::Product { before, after } => Self::Product {
                before: after.clone(),
                after: before.clone(),
            },
        }
    }

    /// What it is about; `None` for a story or a problem that is neither before nor after.
    pub fn subject(&self) -> Option<Subject> {
        match self {
            Self::Story { before, after } => {
                let story = after.as_ref().or(before.as_ref());
                story.map(|story| Subject::Story(story.id))
            }
            Self::Problem { before, after } => {
                let problem = after.as_ref().or(before.as_ref());
                problem.map(|problem| Subject::Problem(problem.id))
            }
            Self::Product { .. } => Some(Subject::Product),
        }
    }
}

impl History {
    /// The history as the journal tells it, oldest act first.
    pub fn from_acts(acts: impl IntoIterator<Item = Act>) -> Self {
        let mut history = Self::default();
        for act in acts {
            history.record(Arc::new(act));
        }
        history
    }

    /// Takes in an act that was done, here or elsewhere.
    pub fn record(&mut self, act: Arc<Act>) {
        self.seen.push(Arc::clone(&act));
        if let Some(id) = act.undoes {
            if let Some(place) = self.done.iter().rposition(|done| done.id == id) {
                let original = self.done.remove(place);
                self.undone.push(original);
            }
        } else if let Some(id) = act.redoes {
            if let Some(place) = self.undone.iter().rposition(|undone| undone.id == id) {
                let original = self.undone.remove(place);
                self.done.push(original);
            }
        } else {
            self.undone.clear();
            self.done.push(act);
        }
    }

    /// Takes in acts from the journal, oldest first, that are older than those of this session or another window's; acts
    /// known already are left as they are.
    pub fn learn(&mut self, acts: Vec<Act>) {
        let mut all: Vec<Arc<Act>> = acts.into_iter().map(Arc::new).collect();
        let journal: std::collections::HashSet<ActId> = all.iter().map(|act| act.id).collect();
        all.extend(
            self.seen
                .iter()
                .filter(|act| !journal.contains(&act.id))
                .cloned(),
        );
        *self = Self::default();
        for act in all {
            self.record(act);
        }
    }

    /// Replaces an act by what was really written, where saving had to merge it with somebody else's change.
    pub fn amend(&mut self, act: &Arc<Act>) {
        for acts in [&mut self.done, &mut self.undone, &mut self.seen] {
            // From the newest on: what was saved just now is found at once, however long the history is.
            if let Some(known) = acts.iter_mut().rfind(|known| known.id == act.id) {
                *known = Arc::clone(act);
            }
        }
    }

    /// The act that this one takes back or repeats.
    pub fn original(&self, act: &Act) -> Option<&Arc<Act>> {
        let id = act.undoes.or(act.redoes)?;
        self.seen.iter().rev().find(|seen| seen.id == id)
    }

    /// What is said of an act that takes back or repeats another: news, and whose act it was if it was somebody else's.
    pub fn told(&self, act: &Act) -> String {
        let Some(original) = self.original(act) else {
            return format!("Done: {}.", act.label);
        };
        let (label, by) = (&original.label, &original.by);
        let is_own = *by == act.by || by.is_empty();
        match (act.undoes.is_some(), is_own) {
            (true, true) => format!("Taken back: {label}."),
            (true, false) => format!("Took back {by}'s act: {label}."),
            (false, true) => format!("Done again: {label}."),
            (false, false) => format!("Did {by}'s act again: {label}."),
        }
    }

    /// The act that undo would take back.
    pub fn last_done(&self) -> Option<&Arc<Act>> {
        self.done.last()
    }

    /// The act that redo would repeat.
    pub fn last_undone(&self) -> Option<&Arc<Act>> {
        self.undone.last()
    }

    /// The acts that can be taken back, newest first.
    pub fn acts(&self) -> impl Iterator<Item = &Arc<Act>> {
        self.done.iter().rev()
    }

    /// Every act that is known, in its order, undoing ones too.
    pub fn seen(&self) -> impl Iterator<Item = &Act> {
        self.seen.iter().map(AsRef::as_ref)
    }

    /// Applies changes as one act; `None` when they change nothing.
    ///
    /// # Errors
    /// When one change is refused, none is made.
    pub fn perform(
        &mut self,
        backlog: &mut Backlog,
        id: ActId,
        label: &str,
        changes: &[Change],
        stamp: &Stamp,
    ) -> Result<Option<Arc<Act>>, Refusal> {
        let deltas = backlog.apply_all(changes, stamp)?;
        if deltas.is_empty() {
            return Ok(None);
        }
        let act = Arc::new(Act {
            id,
            label: label.to_owned(),
            at: stamp.at,
            by: stamp.by.clone(),
            deltas,
            undoes: None,
            redoes: None,
        });
        self.record(Arc::clone(&act));
        Ok(Some(act))
    }

    /// Takes back the last act.
    ///
    /// # Errors
    /// When there is none, or what it changed has been changed since by somebody else.
    pub fn undo(
        &mut self,
        backlog: &mut Backlog,
        id: ActId,
        stamp: &Stamp,
    ) -> Result<Arc<Act>, Refusal> {
        let original = self.last_done().cloned().ok_or(Refusal::NothingToUndo)?;
        let deltas: Vec<Delta> = original.deltas.iter().rev().map(Delta::inverse).collect();
        self.restore(backlog, &original, deltas, id, stamp, true)
    }

    /// Repeats the act that was taken back last.
    ///
    /// # Errors
    /// When there is none, or what it changed has been changed since by somebody else.
    pub fn redo(
        &mut self,
        backlog: &mut Backlog,
        id: ActId,
        stamp: &Stamp,
    ) -> Result<Arc<Act>, Refusal> {
        let original = self.last_undone().cloned().ok_or(Refusal::NothingToRedo)?;
        self.restore(
            backlog,
            &original,
            original.deltas.clone(),
            id,
            stamp,
            false,
        )
    }

    fn restore(
        &mut self,
        backlog: &mut Backlog,
        original: &Act,
        deltas: Vec<Delta>,
        id: ActId,
        stamp: &Stamp,
        undoes: bool,
    ) -> Result<Arc<Act>, Refusal> {
        let change = Change::Restore(deltas);
        let deltas = backlog
            .apply(&change, stamp)
            .map_err(|refusal| match refusal {
                Refusal::ChangedSince { what, .. } => Refusal::ChangedSince {
                    label: original.label.clone(),
                    what,
                },
                other => other,
            })?;
        let act = Arc::new(Act {
            id,
            label: format!(
                "{} {}",
                if undoes { "undo" } else { "redo" },
                original.label
            ),
            at: stamp.at,
            by: stamp.by.clone(),
            deltas,
            undoes: undoes.then_some(original.id),
            redoes: (!undoes).then_some(original.id),
        });
        self.record(Arc::clone(&act));
        Ok(act)
    }
}
