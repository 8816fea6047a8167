//! What was typed and deleted, for undo and redo without limit.
//!
//! A change holds the text it took and the text it gave, so undoing is the same replacement the other way round.
//! Runs of typing and of deleting join into one change, a word at a time. It applies nothing itself.

/// The cursor, and where the selection began.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) struct Place {
    pub(super) cursor: usize,
    pub(super) anchor: Option<usize>,
}

/// One replacement in the text: one step of undo.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Change {
    pub(super) at: usize,
    pub(super) removed: String,
    pub(super) inserted: String,
    pub(super) before: Place,
    pub(super) after: Place,
}

/// What a change may join with.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Run {
    Typing,
    DeletingBack,
    DeletingForward,
    /// A change that stands alone: a paste, a cut, a completion.
    Alone,
}

#[derive(Debug, Clone, Default)]
pub(super) struct History {
    done: Vec<Change>,
    undone: Vec<Change>,
    open: Option<Run>,
}

impl History {
    /// Remembers a change that was made; what had been undone is gone.
    pub(super) fn record(&mut self, change: Change, run: Run) {
        self.undone.clear();
        let joined = self.open == Some(run)
            && self
                .done
                .last_mut()
                .is_some_and(|last| join(last, &change, run));
        if !joined {
            self.done.push(change);
        }
        self.open = (run != Run::Alone).then_some(run);
    }

    /// Ends a run: the next change is a step of its own.
    pub(super) fn close(&mut self) {
        self.open = None;
    }

    /// Hands out the change to take back.
    pub(super) fn undo(&mut self) -> Option<Change> {
        self.open = None;
        let change = self.done.pop()?;
        self.undone.push(change.clone());
        Some(change)
    }

    /// Hands out the change to make again.
    pub(super) fn redo(&mut self) -> Option<Change> {
        self.open = None;
        let change = self.undone.pop()?;
        self.done.push(change.clone());
        Some(change)
    }
}

/// Adds a change to the one before it, unless it begins a new word or happened elsewhere.
fn join(last: &mut Change, change: &Change, run: Run) -> bool {
    if last.after != change.before {
        return false;
    }
    let joins = match run {
        Run::Typing => {
            change.removed.is_empty()
                && change.at == last.at + last.inserted.len()
                && !begins_a_word(&last.inserted, &change.inserted)
        }
        Run::DeletingBack => {
            change.at + change.removed.len() == last.at
                && !begins_a_word(&change.removed, &last.removed)
        }
        Run::DeletingForward => {
            change.at == last.at && !begins_a_word(&last.removed, &change.removed)
        }
        Run::Alone => false,
    };
    if joins {
        last.inserted.push_str(&change.inserted);
        if run == Run::DeletingBack {
            last.removed.insert_str(0, &change.removed);
        } else {
            last.removed.push_str(&change.removed);
        }
        last.at = last.at.min(change.at);
        last.after = change.after;
    }
    joins
}

fn begins_a_word(before: &str, after: &str) -> bool {
    before.ends_with(char::is_whitespace) && !after.starts_with(char::is_whitespace)
}
