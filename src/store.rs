//! Backlogs on disk: one folder a product, one file a story or problem, and a journal of acts.
//!
//! Invariants:
//! - One act, one transaction. New texts are written beside their files and synced; the act becomes one synced line of
//!   the journal; only then are the files replaced. A crash at any instant leaves whole acts only.
//! - Nothing is written over that was not read: a file that others changed is merged field by field, under a lock.
//! - A file that cannot be read is listed and left alone, and so is one of a newer format.
//! - The store knows the model, and never the screen.

pub mod disk;
pub mod doctor;
pub mod folder;
pub mod journal;
pub mod json;
pub mod memory;
pub mod merge;
pub mod products;
mod record;
pub mod session;
pub mod slug;
mod told;
pub mod unfinished;
pub mod visit;
pub mod watch;
mod weigh;
pub mod writer;

use std::fmt;
use std::path::PathBuf;
use std::sync::Arc;

use anyhow::Result;

use crate::model::{Act, Delta, Problem, ProblemId, Product, Story, StoryId, Subject};
pub use journal::Completion;
pub use json::JsonStore;
pub use memory::MemoryStore;
pub use merge::{FieldConflict, Side};
pub use products::Products;
pub use session::Session;
pub use unfinished::{Keeper, Unfinished};
pub use visit::Visit;
pub use watch::Watch;
pub use weigh::Conflict;
pub use writer::{Report, Writer};

/// Where a backlog is kept.
///
/// The contract, for every implementation (`tests/it/store_contract.rs` asks for all of it):
/// - `save` answers `Ok` only when the act will survive whatever happens next. Then *all* of it stands, and
///   [`Saved::act`] says what exactly: where others had changed the same files, both changes together.
/// - An error means that *nothing* of the act stands, or that the store cannot know and will bring it to its end.
///   In both cases the same act may be saved again, and is not done twice.
/// - A field that both sides changed differently is never decided here: [`SaveError::Conflict`].
/// - `reload` tells what others changed since this store last read or wrote, each change once.
pub trait Store: Send {
    /// Saves an act.
    ///
    /// # Errors
    /// See [`SaveError`].
    fn save(&mut self, act: &Act) -> Result<Saved, SaveError>;

    /// Looks for what others changed.
    ///
    /// # Errors
    /// When the folder cannot be read.
    fn reload(&mut self) -> Result<Changes>;

    /// Reads all acts that are still known, oldest first, for the history of undo.
    ///
    /// # Errors
    /// When the journal cannot be read.
    fn acts(&mut self) -> Result<Vec<Act>>;
}

/// What became of an act that was saved.
#[derive(Clone, Debug, PartialEq)]
pub struct Saved {
    /// The act as it was written: the states before and after are those on disk.
    pub act: Arc<Act>,
    /// Whether that differs from the act that was asked for, because others had changed the same files.
    pub merged: bool,
    /// The highest story number handed out so far, here or elsewhere.
    pub highest_number: u32,
    /// An act of an earlier, interrupted save that was brought to its end first.
    pub completed: Option<Completion>,
}

/// Why an act was not saved.
#[derive(Clone, Debug, PartialEq)]
pub enum SaveError {
    /// The disk refused: why, and what to do, in whole sentences. To be tried again.
    Failed(String),
    /// Others changed the same fields; to be decided, see [`resolved`].
    Conflict(Vec<Conflict>),
    /// A file of the act cannot be read any more and is not saved over.
    Broken(Broken),
}

/// Makes the act that saves a conflicting one after all, with the decision for each contested story, problem or product.
///
/// It has the same id: the first try left no trace.
#[must_use]
pub fn resolved(act: &Act, conflicts: &[Conflict], decide: impl Fn(&Conflict) -> Side) -> Act {
    let deltas = act.deltas.iter().map(|delta| {
        let conflict = conflicts.iter().find(|conflict| conflict.is_about(delta));
        match conflict {
            Some(conflict) => conflict.kept(decide(conflict)).clone(),
            None => delta.clone(),
        }
    });
    Act {
        deltas: deltas.collect(),
        ..act.clone()
    }
}

/// A file that could not be read; it is left untouched.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Broken {
    /// The file.
    pub path: PathBuf,
    /// The line, counted from 1; 0 where no line is to blame.
    pub line: usize,
    /// The column, counted from 1; 0 where no column is to blame.
    pub column: usize,
    /// What is wrong.
    pub reason: String,
    /// The format of a file that a newer program wrote.
    pub newer: Option<u64>,
}

/// What others changed.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Changes {
    /// Stories that are new or read differently now.
    pub stories: Vec<Arc<Story>>,
    /// Stories whose files are gone.
    pub removed: Vec<StoryId>,
    /// Problems that are new or read differently now.
    pub problems: Vec<Arc<Problem>>,
    /// Problems whose files are gone.
    pub removed_problems: Vec<ProblemId>,
    /// The product's settings, if they changed.
    pub product: Option<Product>,
    /// All unreadable files, if they are others than before.
    pub broken: Option<Vec<Broken>>,
    /// The acts of other programs, oldest first.
    pub acts: Vec<Act>,
    /// The highest story number handed out so far, here or elsewhere.
    pub highest_number: u32,
}

/// A product as it was read from disk.
#[derive(Clone, Debug, PartialEq)]
pub struct Opened {
    /// The product's settings; where its file cannot be read, the usual ones under the folder's name.
    pub product: Product,
    /// Every story that could be read, in no order.
    pub stories: Vec<Arc<Story>>,
    /// Every problem that could be read, in no order.
    pub problems: Vec<Arc<Problem>>,
    /// The files that could not be read, those of a newer format among them.
    pub broken: Vec<Broken>,
    /// The highest story number ever handed out here.
    pub highest_number: u32,
    /// News of the start, as sentences: an act that was completed, or could not be.
    pub notices: Vec<String>,
}

impl Changes {
    /// Whether nothing changed.
    pub fn is_empty(&self) -> bool {
        self.stories.is_empty()
            && self.removed.is_empty()
            && self.problems.is_empty()
            && self.removed_problems.is_empty()
            && self.product.is_none()
            && self.broken.is_none()
            && self.acts.is_empty()
    }
}

impl fmt::Display for Broken {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.path.display())?;
        if self.line > 0 {
            write!(f, ":{}:{}", self.line, self.column)?;
        }
        write!(f, ": {}", self.reason)
    }
}

impl fmt::Display for SaveError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Failed(sentence) => write!(f, "{sentence}"),
            Self::Conflict(conflicts) => {
                let fields: Vec<String> = conflicts.iter().map(Conflict::summary).collect();
                write!(
                    f,
                    "Somebody else changed the same: {}. Choose which to keep.",
                    fields.join("; ")
                )
            }
            Self::Broken(broken) => write!(
                f,
                "A file cannot be read and was not saved over: {broken}. Mend it, then save again."
            ),
        }
    }
}

impl std::error::Error for SaveError {}

/// The story that a delta is about.
fn story_of(delta: &Delta) -> Option<StoryId> {
    match delta.subject() {
        Some(Subject::Story(id)) => Some(id),
        _ => None,
    }
}

/// The numbers that are free above the highest one; where a file claims the highest there can be, those below it.
fn free_above(highest: u32, is_used: impl Fn(u32) -> bool) -> impl Iterator<Item = u32> {
    let above = highest.saturating_add(1)..=u32::MAX;
    above
        .chain((1..=highest).rev())
        .filter(move |number| !is_used(*number))
}
