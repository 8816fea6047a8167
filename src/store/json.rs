//! The store on disk.
//!
//! Invariant: what it has seen of a file (time, length, hash) is what the model was given, so that `reload` tells
//! each change once, and its own writes never.

mod load;
mod reload;
mod seen;

use std::collections::HashMap;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use anyhow::Result;

use super::disk::{self, Disk};
use super::folder::{FileChange, Folder, Lock, Marker, PRODUCT_FILE, Staged};
use super::journal::{Completion, Journal, JournalAct};
use super::record::{self, Named, Record, journal_act};
use super::weigh::{Conflict, Planned, weigh_named, weigh_product};
use super::{Broken, Changes, Opened, SaveError, Saved, Store, free_above};
use crate::model::{Act, ActId, Delta, Product, Story, StoryId, Subject};
use seen::{Holds, Seen};

/// A product's folder as a [`Store`].
#[derive(Debug)]
pub struct JsonStore {
    folder: Folder,
    journal: Journal,
    /// Every file of the product as it was last read or written, by its path inside the folder.
    seen: HashMap<String, Seen>,
    /// Stories and problems whose files have another name than their id.
    odd_names: HashMap<Subject, String>,
    /// Who has, or had, which number.
    numbers: HashMap<u32, StoryId>,
    highest_number: u32,
    /// How far the journal has been read for other programs' acts.
    journal_seen: u64,
    /// Acts of other programs that `reload` has still to tell.
    others_acts: Vec<Act>,
    /// An act whose save failed so late that it may be in the journal.
    in_doubt: Option<ActId>,
    opened: Option<Opened>,
}

/// What saving an act would do.
#[derive(Default)]
struct Plan {
    files: Vec<FileChange>,
    deltas: Vec<Delta>,
    merged: bool,
    conflicts: Vec<Conflict>,
    /// The numbers of the records that are written, with whose they are.
    numbers: Vec<(u32, StoryId)>,
}

impl JsonStore {
    /// Opens a product's folder and reads all of it.
    ///
    /// # Errors
    /// When it is no product's folder, or cannot be read at all.
    pub fn open(folder: impl Into<PathBuf>) -> Result<(Self, Opened)> {
        Self::open_with(folder, Disk::default(), |_, _| {})
    }

    /// Opens a product's folder on a disk of one's own; `progress` hears how many of how many files are read.
    ///
    /// # Errors
    /// As [`JsonStore::open`].
    pub fn open_with(
        folder: impl Into<PathBuf>,
        disk: Disk,
        progress: impl Fn(usize, usize) + Sync,
    ) -> Result<(Self, Opened)> {
        let folder = Folder::new(folder, disk);
        let mut store = Self {
            journal: Journal::new(&folder),
            folder,
            seen: HashMap::new(),
            odd_names: HashMap::new(),
            numbers: HashMap::new(),
            highest_number: 0,
            journal_seen: 0,
            others_acts: Vec::new(),
            in_doubt: None,
            opened: None,
        };
        let opened = store.load(&progress)?;
        Ok((store, opened))
    }

    /// The product's folder.
    pub fn root(&self) -> &Path {
        self.folder.root()
    }

    fn try_save(&mut self, act: &Act) -> Result<Result<Saved, SaveError>> {
        self.folder.must_be_there()?;
        let mut lock = self.folder.lock()?;
        let (marker, completed) = self.journal.recover(&mut lock)?;
        self.raise(marker.highest_number);
        self.read_others_acts()?;
        if let Some(act) = self.settle_doubt(act)? {
            return Ok(Ok(self.saved(act, false, completed)));
        }
        let plan = match self.plan(act)? {
            Ok(plan) if plan.conflicts.is_empty() => plan,
            Ok(plan) => return Ok(Err(SaveError::Conflict(plan.conflicts))),
            Err(broken) => return Ok(Err(SaveError::Broken(broken))),
        };
        let written = Act {
            deltas: plan.deltas,
            ..act.clone()
        };
        if !plan.files.is_empty() {
            let written = journal_act(act, plan.files);
            self.commit(&mut lock, &marker, &written, &plan.numbers)?;
        }
        Ok(Ok(self.saved(written, plan.merged, completed)))
    }

    /// Writes a planned act: from the journal's sync on it is a promise.
    fn commit(
        &mut self,
        lock: &mut Lock,
        marker: &Marker,
        act: &JournalAct,
        numbers: &[(u32, StoryId)],
    ) -> Result<()> {
        let staged = self.folder.stage(&act.files)?;
        let length = match self.journal.append(act) {
            Ok(length) => length,
            Err(error) => {
                self.in_doubt = Some(ActId::new(act.id));
                self.folder.discard(staged);
                return Err(error);
            }
        };
        self.journal_seen = length;
        for (number, id) in numbers {
            self.note_number(*number, *id);
        }
        self.put_in_place(act, &staged)?;
        let marker = Marker {
            done: Some(act.id),
            highest_number: u64::from(self.highest_number),
            journal: length,
            ..marker.clone()
        };
        // The act stands. Should the marker fail, the next writer looks at the act again and finds it in place.
        if lock.mark(&marker).is_ok()
            && let Ok(Some(shorter)) = self.journal.shorten(&marker)
        {
            self.journal_seen = shorter.journal;
            let _ = lock.mark(&shorter);
        }
        Ok(())
    }

    fn put_in_place(&mut self, act: &JournalAct, staged: &Staged) -> Result<()> {
        if let Err(error) = self.folder.put_in_place(staged) {
            self.in_doubt = Some(ActId::new(act.id));
            return Err(error);
        }
        for change in &act.files {
            self.see_own(change);
        }
        Ok(())
    }

    /// When this act's last save failed late: finds out whether it was brought to its end since.
    fn settle_doubt(&mut self, act: &Act) -> Result<Option<Act>> {
        if self.in_doubt != Some(act.id) {
            return Ok(None);
        }
        let lines = self.journal.acts_from(0)?;
        let line = lines.iter().rfind(|line| line.id == act.id.uuid());
        self.in_doubt = None;
        for change in line.iter().flat_map(|line| &line.files) {
            self.see_own(change);
        }
        Ok(line.map(|line| record::act(line).unwrap_or_else(|| act.clone())))
    }

    fn saved(&self, act: Act, merged: bool, completed: Option<Completion>) -> Saved {
        Saved {
            act: Arc::new(act),
            merged,
            highest_number: self.highest_number,
            completed,
        }
    }

    fn plan(&mut self, act: &Act) -> Result<Result<Plan, Broken>> {
        let mut plan = Plan::default();
        let renumbered = self.renumbered(act)?;
        for delta in &act.deltas {
            let Some(subject) = delta.subject() else {
                continue;
            };
            let planned = match delta {
                Delta::Story { before, after } => {
                    let id = after.as_ref().map(|story| story.id);
                    let other = id.and_then(|id| renumbered.get(&id));
                    plan.merged |= other.is_some();
                    let after = other.or(after.as_ref());
                    self.plan_named(&mut plan, subject, before.as_ref(), after)?
                }
                Delta::Problem { before, after } => {
                    self.plan_named(&mut plan, subject, before.as_ref(), after.as_ref())?
                }
                Delta::Product { before, after } => self.plan_product(&mut plan, before, after)?,
            };
            if let Err(broken) = planned {
                return Ok(Err(broken));
            }
        }
        Ok(Ok(plan))
    }

    fn plan_named<T: Named>(
        &mut self,
        plan: &mut Plan,
        subject: Subject,
        base: Option<&Arc<T>>,
        ours: Option<&Arc<T>>,
    ) -> Result<Result<(), Broken>> {
        let path = self.path_of(subject);
        let (text, theirs) = match self.stands::<T>(&path)? {
            Ok(stands) => stands,
            Err(broken) => return Ok(Err(broken)),
        };
        let planned = weigh_named(base, ours, theirs.as_ref());
        if let Planned::Write(delta) = &planned {
            let after = T::after(delta);
            plan.merged |= after != ours;
            plan.numbers.extend(after.and_then(numbered));
            plan.write(path, text, after.map(Arc::as_ref))?;
        }
        plan.take(planned);
        Ok(Ok(()))
    }

    fn plan_product(
        &self,
        plan: &mut Plan,
        base: &Arc<Product>,
        ours: &Arc<Product>,
    ) -> Result<Result<(), Broken>> {
        let (text, theirs) = match self.stands::<Product>(PRODUCT_FILE)? {
            Ok(stands) => stands,
            Err(broken) => return Ok(Err(broken)),
        };
        // A product's file that is gone is written anew: there is nothing to lose.
        let planned = weigh_product(base, ours, theirs.as_ref().unwrap_or(base));
        if let Planned::Write(Delta::Product { after, .. }) = &planned {
            plan.merged |= after != ours;
            plan.write(PRODUCT_FILE.to_owned(), text, Some(after.as_ref()))?;
        }
        plan.take(planned);
        Ok(Ok(()))
    }

    /// Reads what stands on disk now: the text, and what it says.
    fn stands<T: Record>(&self, path: &str) -> Result<Result<Stands<T>, Broken>> {
        let full = self.folder.path(path);
        let bytes = match disk::read(&full) {
            Ok(Some(bytes)) => bytes,
            Ok(None) => return Ok(Ok((None, None))),
            Err(error) => return Ok(Err(record::unreadable(&full, &error))),
        };
        match record::parse::<T>(&full, &bytes) {
            Ok(record) => {
                let text = String::from_utf8(bytes)?;
                Ok(Ok((Some(text), Some(Arc::new(record)))))
            }
            Err(broken) => Ok(Err(broken)),
        }
    }

    /// The new stories of an act whose own number is used already, with the next free one each.
    ///
    /// What counts is what was used before the act, so that the stories of one act may come in any order. A number up
    /// to the highest is used even where nobody knows by whom: its act may be gone from the journal.
    fn renumbered(&mut self, act: &Act) -> Result<HashMap<StoryId, Arc<Story>>> {
        let new: Vec<&Arc<Story>> = act.new_stories().collect();
        let is_unknown = |story: &&Arc<Story>| {
            story.number <= self.highest_number && !self.numbers.contains_key(&story.number)
        };
        if new.iter().any(is_unknown) {
            self.recall_numbers()?;
        }
        let is_free = |story: &Story| match self.numbers.get(&story.number) {
            Some(owner) => *owner == story.id,
            None => story.number > self.highest_number,
        };
        let numbers = new.iter().map(|story| story.number);
        let highest = numbers.fold(self.highest_number, u32::max);
        let taken = new.iter().filter(|story| !is_free(story));
        let next = free_above(highest, |number| {
            self.numbers.contains_key(&number) || new.iter().any(|story| story.number == number)
        });
        let renumbered = taken.zip(next);
        Ok(renumbered
            .map(|(story, number)| (story.id, Arc::new(story.with_number(number))))
            .collect())
    }

    /// Learns from the journal which stories had the numbers that no story has now.
    fn recall_numbers(&mut self) -> Result<()> {
        for act in self.journal.acts_from(0)?.iter().filter_map(record::act) {
            self.note_numbers(&act);
        }
        Ok(())
    }

    /// Reads the acts other programs have written since we last looked, and the numbers they used.
    fn read_others_acts(&mut self) -> Result<()> {
        let length = self.journal.whole_length()?;
        if length == self.journal_seen {
            return Ok(());
        }
        let was_shortened = length < self.journal_seen;
        let start = if was_shortened { 0 } else { self.journal_seen };
        let lines = self.journal.acts_from(start)?;
        self.journal_seen = length;
        for act in lines.iter().filter_map(record::act) {
            self.note_numbers(&act);
            let is_ours = self.in_doubt == Some(act.id);
            // A shortened journal does not say which of its acts are new.
            if !was_shortened && !is_ours {
                self.others_acts.push(act);
            }
        }
        Ok(())
    }

    /// Notes the number that a record has, where it has one.
    fn note<T: Named>(&mut self, record: &Arc<T>) {
        if let Some((number, id)) = numbered(record) {
            self.note_number(number, id);
        }
    }

    /// Notes the numbers that stories got in an act.
    fn note_numbers(&mut self, act: &Act) {
        for delta in &act.deltas {
            if let Delta::Story {
                after: Some(story), ..
            } = delta
            {
                self.note_number(story.number, story.id);
            }
        }
    }

    fn note_number(&mut self, number: u32, id: StoryId) {
        self.numbers.entry(number).or_insert(id);
        self.highest_number = self.highest_number.max(number);
    }

    fn raise(&mut self, highest: u64) {
        let highest = u32::try_from(highest).unwrap_or(u32::MAX);
        self.highest_number = self.highest_number.max(highest);
    }

    /// Whether the product's settings could be read.
    pub(super) fn has_product(&self) -> bool {
        let seen = self.seen.get(PRODUCT_FILE);
        seen.is_some_and(|seen| seen.holds == Holds::This(Subject::Product))
    }

    /// What has a file of another name than its id, with that file.
    pub(super) fn odd_names(&self) -> impl Iterator<Item = (Subject, &str)> {
        let names = self.odd_names.iter();
        names.map(|(subject, path)| (*subject, path.as_str()))
    }

    /// The path of a file inside the folder.
    pub(super) fn path_of(&self, subject: Subject) -> String {
        let odd = self.odd_names.get(&subject).cloned();
        odd.unwrap_or_else(|| record::path_of(subject))
    }
}

/// The number that a record has, where it has one, and whose it is.
fn numbered<T: Named>(record: &Arc<T>) -> Option<(u32, StoryId)> {
    match record.subject() {
        Subject::Story(id) => Some((record.number()?, id)),
        Subject::Problem(_) | Subject::Product => None,
    }
}

/// A file's text and what it says; both absent when there is no file.
type Stands<T> = (Option<String>, Option<Arc<T>>);

impl Plan {
    fn take(&mut self, planned: Planned) {
        match planned {
            Planned::Stands(delta) | Planned::Write(delta) => self.deltas.push(delta),
            Planned::Ask(conflict) => self.conflicts.push(conflict),
        }
    }

    fn write<T: Record>(
        &mut self,
        path: String,
        before: Option<String>,
        after: Option<&T>,
    ) -> Result<()> {
        self.files.push(FileChange {
            path,
            before,
            after: after.map(record::text).transpose()?,
        });
        Ok(())
    }
}

impl Store for JsonStore {
    fn save(&mut self, act: &Act) -> Result<Saved, SaveError> {
        self.try_save(act)
            .unwrap_or_else(|error| Err(SaveError::Failed(refusal(&act.label, &error))))
    }

    fn reload(&mut self) -> Result<Changes> {
        self.changes()
    }

    fn acts(&mut self) -> Result<Vec<Act>> {
        let lines = self.journal.acts_from(0)?;
        Ok(lines.iter().filter_map(record::act).collect())
    }
}

/// Says why something was not saved, and what to do; whether it is tried again is the caller's to say.
pub(super) fn refusal(what: &str, error: &anyhow::Error) -> String {
    let kind = error
        .chain()
        .find_map(|cause| cause.downcast_ref::<io::Error>())
        .map(io::Error::kind);
    let advice = match kind {
        Some(io::ErrorKind::StorageFull | io::ErrorKind::QuotaExceeded) => " Free some space.",
        Some(io::ErrorKind::PermissionDenied | io::ErrorKind::ReadOnlyFilesystem) => {
            " Allow writing there."
        }
        _ => "",
    };
    let reason = record::without_code(format!("{error:#}"));
    format!("`{what}` could not be saved: {reason}.{advice}")
}
