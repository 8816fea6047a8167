//! The open product: its backlog, its history, and how far saving has come.

use std::collections::VecDeque;
use std::sync::Arc;

use crate::model::{Act, ActId, Backlog, History, Product};

/// An open product.
pub(super) struct World {
    pub(super) backlog: Backlog,
    pub(super) history: History,
    pub(super) saving: Saving,
}

/// The acts that are not on disk yet.
#[derive(Debug, Default)]
pub(super) struct Saving {
    waiting: VecDeque<ActId>,
    failed: bool,
}

impl World {
    pub(super) fn new(backlog: Backlog) -> Self {
        Self {
            backlog,
            history: History::default(),
            saving: Saving::default(),
        }
    }

    /// Takes in an act as it stands on disk now, merged with what others wrote meanwhile.
    pub(super) fn settle(&mut self, act: &Arc<Act>) {
        self.saving.done(act.id);
        self.history.amend(act);
    }
}

impl Saving {
    pub(super) fn begin(&mut self, act: ActId) {
        self.waiting.push_back(act);
    }

    pub(super) fn done(&mut self, act: ActId) {
        self.waiting.retain(|waiting| *waiting != act);
        self.failed = false;
    }

    pub(super) fn fail(&mut self) {
        self.failed = true;
    }

    pub(super) fn is_unsaved(&self) -> bool {
        !self.waiting.is_empty()
    }

    pub(super) const fn has_failed(&self) -> bool {
        self.failed
    }

    /// How many acts wait.
    pub(super) fn waiting(&self) -> usize {
        self.waiting.len()
    }

    /// Whether a later act than this one waits, so that what is on disk is older than what is in memory.
    pub(super) fn has_later(&self, act: ActId) -> bool {
        self.waiting.iter().any(|waiting| *waiting != act)
    }
}

/// A backlog for overlays on the first page, where there is no product yet.
pub(super) fn no_backlog() -> Option<Backlog> {
    Product::new("backstory", None).ok().map(Backlog::new)
}
