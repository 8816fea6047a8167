//! The comparison that was begun and not ended, kept on this machine so that it can go on after any end.
//!
//! Invariants: a file that cannot be read, or makes no sense, is no comparison; it never stands in the way. A [`Keeper`]
//! never writes over a comparison of another window.

use std::path::PathBuf;
use std::sync::Arc;
use std::sync::mpsc::{Receiver, Sender, channel};
use std::thread::{self, JoinHandle};

use anyhow::Result;

use super::disk::{self, Disk};
use super::folder::{Folder, replace};
use crate::model::Comparison;

/// The unfinished comparison in a product's folder.
#[derive(Clone, Debug)]
pub struct Unfinished {
    folder: Folder,
}

impl Unfinished {
    /// Names the comparison of a product's folder.
    pub fn of(folder: impl Into<PathBuf>) -> Self {
        Self {
            folder: Folder::new(folder, Disk::default()),
        }
    }

    /// Reads the comparison; `None` when there is none or it cannot be read.
    pub fn load(&self) -> Option<Comparison> {
        let bytes = disk::read(&self.path()).ok().flatten()?;
        serde_json::from_slice(&bytes).ok()
    }

    /// Writes the comparison; without one the file is taken away.
    ///
    /// # Errors
    /// When the disk refuses.
    pub fn save(&self, comparison: Option<&Comparison>) -> Result<()> {
        let Some(comparison) = comparison else {
            if self.path().exists() {
                self.folder.disk().remove(&self.path())?;
            }
            return Ok(());
        };
        self.folder.make_local()?;
        let mut bytes = serde_json::to_vec(comparison)?;
        bytes.push(b'\n');
        replace(self.folder.disk(), &self.path(), &bytes)
    }

    fn path(&self) -> PathBuf {
        self.folder.local("compare.json")
    }
}

/// A thread that keeps the comparison after each answer, so that no key waits for the disk.
///
/// Of answers that come faster than the disk only the last is written. Dropping it writes what still waits.
#[derive(Debug)]
pub struct Keeper {
    states: Option<Sender<Option<Arc<Comparison>>>>,
    thread: Option<JoinHandle<()>>,
}

impl Keeper {
    /// Starts the thread. `known` is the comparison that was there when the product was opened; `failed` is told, as a
    /// sentence, when a comparison could not be kept.
    ///
    /// # Errors
    /// When the system has no thread left.
    pub fn start(
        unfinished: Unfinished,
        known: Option<Comparison>,
        failed: impl Fn(String) + Send + 'static,
    ) -> Result<Self> {
        let (states, received) = channel();
        let thread = thread::Builder::new()
            .name("keeper".to_owned())
            .spawn(move || keep(&unfinished, known, &received, failed))?;
        Ok(Self {
            states: Some(states),
            thread: Some(thread),
        })
    }

    /// Keeps a comparison, or nothing once it has ended.
    pub fn keep(&self, comparison: Option<Arc<Comparison>>) {
        if let Some(states) = &self.states {
            // The thread ends only after this sender has gone.
            let _ = states.send(comparison);
        }
    }
}

impl Drop for Keeper {
    fn drop(&mut self) {
        self.states = None;
        if let Some(thread) = self.thread.take() {
            let _ = thread.join();
        }
    }
}

fn keep(
    unfinished: &Unfinished,
    known: Option<Comparison>,
    states: &Receiver<Option<Arc<Comparison>>>,
    failed: impl Fn(String),
) {
    let mut known = known.map(Arc::new);
    let mut is_told = false;
    while let Ok(state) = states.recv() {
        let last = states.try_iter().last().unwrap_or(state);
        let there = unfinished.load();
        if there.is_some() && there.as_ref() != known.as_deref() {
            if last.is_some() && !is_told {
                is_told = true;
                failed(
                    "Another window has a comparison that is not finished, so this one is not kept for later. Finish one of them."
                        .to_owned(),
                );
            }
            continue;
        }
        known.clone_from(&last);
        if let Err(error) = unfinished.save(last.as_deref()) {
            failed(format!(
                "The comparison cannot be kept for later: {error:#}. Finish it before you quit."
            ));
        }
    }
}

#[cfg(test)]
mod tests {
    use std::fs;

    use uuid::Uuid;

    use super::*;
    use crate::model::StoryId;
    use crate::model::compare::Answer;

    fn begun() -> Comparison {
        let ids = (1..9_u128).map(|number| StoryId::new(Uuid::from_u128(number)));
        let mut comparison = Comparison::among_themselves(ids);
        comparison.answer(Answer::Second);
        comparison
    }

    #[test]
    fn a_comparison_comes_back_until_it_is_ended() {
        let root = tempfile::tempdir().unwrap();
        let unfinished = Unfinished::of(root.path());
        assert_eq!(unfinished.load(), None);
        unfinished.save(Some(&begun())).unwrap();
        assert_eq!(Unfinished::of(root.path()).load(), Some(begun()));
        unfinished.save(None).unwrap();
        assert_eq!(unfinished.load(), None);
        unfinished.save(None).unwrap();
    }

    #[test]
    fn a_broken_file_is_no_comparison() {
        let root = tempfile::tempdir().unwrap();
        let unfinished = Unfinished::of(root.path());
        unfinished.save(Some(&begun())).unwrap();
        for broken in ["", "{", "[]", r#"{"order":[],"answers":["first"]}"#] {
            fs::write(root.path().join(".local/compare.json"), broken).unwrap();
            assert_eq!(unfinished.load(), None, "{broken}");
        }
    }

    #[test]
    fn the_keeper_has_written_the_last_state_when_it_is_gone() {
        let root = tempfile::tempdir().unwrap();
        let failed = |sentence| panic!("{sentence}");
        let keeper = Keeper::start(Unfinished::of(root.path()), None, failed).unwrap();
        let mut comparison = begun();
        keeper.keep(Some(Arc::new(comparison.clone())));
        while comparison.question().is_some() {
            comparison.answer(Answer::First);
            keeper.keep(Some(Arc::new(comparison.clone())));
        }
        drop(keeper);
        assert_eq!(Unfinished::of(root.path()).load(), Some(comparison));
    }

    #[test]
    fn a_comparison_of_another_window_is_not_written_over() {
        let root = tempfile::tempdir().unwrap();
        let (told, hears) = channel();
        let failed = move |sentence| told.send(sentence).unwrap();
        let keeper = Keeper::start(Unfinished::of(root.path()), None, failed).unwrap();
        let other = begun();
        Unfinished::of(root.path()).save(Some(&other)).unwrap();
        let mut own = begun();
        own.answer(Answer::First);
        keeper.keep(Some(Arc::new(own.clone())));
        let sentence: String = hears.recv().unwrap();
        assert!(sentence.starts_with("Another window"), "{sentence}");
        // Ending one's own takes the other's away no more than going on does.
        keeper.keep(None);
        drop(keeper);
        assert_eq!(Unfinished::of(root.path()).load(), Some(other.clone()));
        // Who has seen it goes on with it.
        let failed = |sentence| panic!("{sentence}");
        let keeper = Keeper::start(Unfinished::of(root.path()), Some(other), failed).unwrap();
        keeper.keep(Some(Arc::new(own.clone())));
        drop(keeper);
        assert_eq!(Unfinished::of(root.path()).load(), Some(own));
    }

    #[test]
    fn what_cannot_be_kept_is_told() {
        let root = tempfile::tempdir().unwrap();
        let nowhere = root.path().join("file");
        fs::write(&nowhere, "").unwrap();
        let (told, hears) = channel();
        let failed = move |sentence| told.send(sentence).unwrap();
        let keeper = Keeper::start(Unfinished::of(nowhere), None, failed).unwrap();
        keeper.keep(Some(Arc::new(begun())));
        let sentence: String = hears.recv().unwrap();
        assert!(
            sentence.contains("Finish it before you quit."),
            "{sentence}"
        );
    }
}
