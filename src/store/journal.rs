//! The journal: every act as one line of JSON, written and synced before the act's files are replaced.
//!
//! Invariant: a line is whole or it does not count. It must not interpret the texts it carries,
//! but for the story numbers in them, which are never handed out twice.

use std::fs::{self, File, OpenOptions};
use std::io::{self, Read as _, Seek as _, SeekFrom};
use std::path::PathBuf;

use anyhow::{Context as _, Result};
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::disk;
use super::folder::{FileChange, Folder, Lock, Marker, is_own_file, replace};

/// Past this length old acts are dropped.
const LONG: u64 = 16 * 1024 * 1024;
/// So many of the newest acts are never dropped.
const KEPT: usize = 1_000;

/// One act as the journal holds it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct JournalAct {
    /// The act's own id.
    pub id: Uuid,
    /// When it was done.
    pub at: Timestamp,
    /// Who did it.
    #[serde(default)]
    pub by: String,
    /// What it was, in a few words.
    #[serde(default)]
    pub label: String,
    /// The act it takes back, for an undo.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub undoes: Option<Uuid>,
    /// The act it does again, for a redo.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub redoes: Option<Uuid>,
    /// The files as they were and as they became.
    pub files: Vec<FileChange>,
}

/// What came of an act that was found unfinished.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Completion {
    /// The act that was completed.
    pub label: String,
    /// The files that got their text now.
    pub completed: Vec<String>,
    /// The files that had changed since and were left alone.
    pub left_alone: Vec<String>,
}

/// The journal of one product.
#[derive(Clone, Debug)]
pub(super) struct Journal {
    folder: Folder,
    path: PathBuf,
    long: u64,
}

impl Journal {
    pub(super) fn new(folder: &Folder) -> Self {
        Self {
            folder: folder.clone(),
            path: folder.local("journal.jsonl"),
            long: LONG,
        }
    }

    /// Says how long the journal is, whole lines or not.
    pub(super) fn length(&self) -> u64 {
        fs::metadata(&self.path).map_or(0, |metadata| metadata.len())
    }

    /// Says where the last whole line ends; another program may be writing the next.
    pub(super) fn whole_length(&self) -> Result<u64> {
        Ok(self.last_bytes()?.whole_length())
    }

    /// Reads the highest story number the last writer left; without the lock, so a moment old perhaps.
    pub(super) fn marked_highest(&self) -> u64 {
        self.marker().map_or(0, |marker| marker.highest_number)
    }

    /// Reads the acts that begin at `start` or later, oldest first.
    pub(super) fn acts_from(&self, start: u64) -> Result<Vec<JournalAct>> {
        let bytes = self.bytes_from(start)?;
        Ok(whole_lines(&bytes)
            .filter_map(|line| serde_json::from_slice(line).ok())
            .collect())
    }

    /// Writes an act at the end and syncs it; a line that could not be written whole is cut off again.
    ///
    /// `Ok(length)` is the promise that the act will be on disk, whatever happens next.
    pub(super) fn append(&self, act: &JournalAct) -> Result<u64> {
        let mut line = serde_json::to_vec(act)?;
        line.push(b'\n');
        let disk = self.folder.disk();
        let is_new = !self.path.exists();
        let shown = || self.path.display().to_string();
        let mut file = OpenOptions::new()
            .append(true)
            .create(true)
            .open(&self.path)
            .with_context(shown)?;
        let before = file.metadata().with_context(shown)?.len();
        let written = disk.write(&mut file, &line).and_then(|()| disk.sync(&file));
        if let Err(error) = written {
            let _ = disk.cut(&file, before);
            return Err(error).with_context(shown);
        }
        if is_new && let Some(parent) = self.path.parent() {
            disk.sync_folder(parent).with_context(shown)?;
        }
        Ok(before + line.len() as u64)
    }

    /// Brings an act to its end whose files are not all in place, and returns the marker that counts.
    ///
    /// Only an act the marker does not name is looked at: one that was finished once is history,
    /// and git may since have brought its old files back.
    pub(super) fn recover(&self, lock: &mut Lock) -> Result<(Marker, Option<Completion>)> {
        let left = lock.marker();
        if let Some(marker) = &left
            && marker.journal == self.length()
        {
            return Ok((marker.clone(), None));
        }
        let mut marker = match left {
            Some(marker) => marker,
            None => Marker {
                highest_number: self.highest_number()?,
                ..Marker::default()
            },
        };
        self.cut_torn_line()?;
        let last = self.last_act()?;
        let mut completion = None;
        if let Some(act) = last
            && marker.done != Some(act.id)
        {
            completion = Some(self.complete(&act)?);
            marker.highest_number = marker.highest_number.max(highest_number(&act));
            marker.done = Some(act.id);
        }
        marker.journal = self.length();
        lock.mark(&marker)?;
        Ok((marker, completion))
    }

    /// Says how long the journal is when all of its acts are in place, by what the last writer left.
    ///
    /// `None` when [`Journal::recover`] may have something to do. It takes no lock.
    pub(super) fn finished_length(&self) -> Option<u64> {
        let length = self.length();
        let marked = self.marker().map_or(0, |marker| marker.journal);
        (marked == length).then_some(length)
    }

    /// Drops old acts when the journal has grown long, and returns the new marker if it did.
    pub(super) fn shorten(&self, marker: &Marker) -> Result<Option<Marker>> {
        if marker.journal <= self.long.max(marker.shorten_past) {
            return Ok(None);
        }
        let bytes = self.bytes_from(0)?;
        let lines: Vec<&[u8]> = whole_lines(&bytes).collect();
        let kept = lines_to_keep(&lines, self.long / 2);
        let rest = lines.get(lines.len() - kept..).unwrap_or_default();
        let mut shorter = Vec::with_capacity(bytes.len());
        for line in rest {
            shorter.extend_from_slice(line);
            shorter.push(b'\n');
        }
        replace(self.folder.disk(), &self.path, &shorter)?;
        let length = shorter.len() as u64;
        Ok(Some(Marker {
            journal: length,
            // A thousand long acts may not fit: do not try again at every save.
            shorten_past: length * 2,
            ..marker.clone()
        }))
    }

    fn complete(&self, act: &JournalAct) -> Result<Completion> {
        let mut completion = Completion {
            label: act.label.clone(),
            ..Completion::default()
        };
        let mut missing = Vec::new();
        for change in &act.files {
            // What cannot be read as text is neither the text before nor the one after.
            let now = if is_own_file(&change.path) {
                self.folder.read_text(&change.path).ok()
            } else {
                None
            };
            match now {
                Some(text) if text == change.after => {}
                Some(text) if text == change.before => {
                    completion.completed.push(change.path.clone());
                    missing.push(change.clone());
                }
                _ => completion.left_alone.push(change.path.clone()),
            }
        }
        let staged = self.folder.stage(&missing)?;
        self.folder.put_in_place(&staged)?;
        Ok(completion)
    }

    fn marker(&self) -> Option<Marker> {
        let bytes = fs::read(self.folder.local("lock")).ok()?;
        serde_json::from_slice(&bytes).ok()
    }

    fn cut_torn_line(&self) -> Result<()> {
        let keep = self.whole_length()?;
        if keep == self.length() {
            return Ok(());
        }
        let shown = || self.path.display().to_string();
        let file = OpenOptions::new()
            .write(true)
            .open(&self.path)
            .with_context(shown)?;
        let disk = self.folder.disk();
        disk.cut(&file, keep).with_context(shown)?;
        disk.sync(&file).with_context(shown)
    }

    fn last_act(&self) -> Result<Option<JournalAct>> {
        let bytes = self.last_bytes()?;
        let last = whole_lines(&bytes.rest).last();
        Ok(last.and_then(|line| serde_json::from_slice(line).ok()))
    }

    /// Reads backwards until a whole line is in hand.
    fn last_bytes(&self) -> Result<Tail> {
        let length = self.length();
        let mut reach = 64 * 1024;
        loop {
            let start = length.saturating_sub(reach);
            let rest = self.bytes_from(start)?;
            // Two line breaks enclose a whole line; a torn one may follow the second.
            let encloses_line = rest.split(|byte| *byte == b'\n').nth(2).is_some();
            if start == 0 || encloses_line {
                return Ok(Tail { start, rest });
            }
            reach *= 8;
        }
    }

    fn bytes_from(&self, start: u64) -> Result<Vec<u8>> {
        let shown = || self.path.display().to_string();
        if start == 0 {
            let bytes = disk::read(&self.path).with_context(shown)?;
            return Ok(bytes.unwrap_or_default());
        }
        let mut file = match File::open(&self.path) {
            Ok(file) => file,
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(Vec::new()),
            Err(error) => return Err(error).with_context(shown),
        };
        let mut bytes = Vec::new();
        file.seek(SeekFrom::Start(start)).with_context(shown)?;
        file.read_to_end(&mut bytes).with_context(shown)?;
        Ok(bytes)
    }

    fn highest_number(&self) -> Result<u64> {
        let acts = self.acts_from(0)?;
        Ok(acts.iter().map(highest_number).max().unwrap_or(0))
    }
}

/// The end of the journal, from some byte on.
struct Tail {
    start: u64,
    rest: Vec<u8>,
}

impl Tail {
    fn whole_length(&self) -> u64 {
        let last_break = self.rest.iter().rposition(|byte| *byte == b'\n');
        self.start + last_break.map_or(0, |at| at as u64 + 1)
    }
}

impl Completion {
    /// Tells what happened, as a sentence; `None` when the act turned out to be in place already.
    pub fn sentence(&self) -> Option<String> {
        let label = &self.label;
        if !self.left_alone.is_empty() {
            let files = self.left_alone.join(", ");
            return Some(format!(
                "`{label}` was interrupted, and not all of it could be completed: \
                 {files} has changed since and was left alone."
            ));
        }
        (!self.completed.is_empty())
            .then(|| format!("`{label}` was interrupted; it has been completed."))
    }
}

/// Finds the highest story number an act mentions.
pub(super) fn highest_number(act: &JournalAct) -> u64 {
    #[derive(Deserialize)]
    struct Numbered {
        #[serde(default)]
        number: u64,
    }
    let texts = act
        .files
        .iter()
        .flat_map(|file| [&file.before, &file.after]);
    texts
        .flatten()
        .filter_map(|text| serde_json::from_str::<Numbered>(text).ok())
        .map(|story| story.number)
        .max()
        .unwrap_or(0)
}

fn whole_lines(bytes: &[u8]) -> impl Iterator<Item = &[u8]> {
    let end = bytes
        .iter()
        .rposition(|byte| *byte == b'\n')
        .map_or(0, |at| at + 1);
    bytes
        .get(..end)
        .unwrap_or_default()
        .split(|byte| *byte == b'\n')
        .filter(|line| !line.is_empty())
}

fn lines_to_keep(lines: &[&[u8]], room: u64) -> usize {
    let mut used = 0;
    lines
        .iter()
        .rev()
        .enumerate()
        .take_while(|(place, line)| {
            used += line.len() as u64 + 1;
            *place < KEPT || used <= room
        })
        .count()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::store::disk::{Disk, Fault};

    const FILE: &str = "stories/a.json";

    fn act(label: &str, before: Option<&str>, after: Option<&str>) -> JournalAct {
        JournalAct {
            id: Uuid::now_v7(),
            at: "2026-11-20T09:12:00Z".parse().unwrap(),
            by: "Ana".to_owned(),
            label: label.to_owned(),
            undoes: None,
            redoes: None,
            files: vec![FileChange {
                path: FILE.to_owned(),
                before: before.map(str::to_owned),
                after: after.map(str::to_owned),
            }],
        }
    }

    struct World {
        folder: Folder,
        journal: Journal,
        _root: tempfile::TempDir,
    }

    fn world() -> World {
        let root = tempfile::tempdir().unwrap();
        let folder = Folder::new(root.path(), Disk::default());
        folder.make_local().unwrap();
        fs::create_dir(folder.path("stories")).unwrap();
        World {
            journal: Journal::new(&folder),
            folder,
            _root: root,
        }
    }

    impl World {
        fn recover(&self) -> (Marker, Option<Completion>) {
            self.journal
                .recover(&mut self.folder.lock().unwrap())
                .unwrap()
        }
        fn file(&self) -> Option<String> {
            self.folder.read_text(FILE).unwrap()
        }
        fn labels(&self) -> Vec<String> {
            let acts = self.journal.acts_from(0).unwrap();
            acts.into_iter().map(|act| act.label).collect()
        }
    }

    #[test]
    fn an_act_comes_back_as_it_was_written() {
        let world = world();
        let first = act("add WEB-1", None, Some("{}"));
        let second = JournalAct {
            undoes: Some(first.id),
            ..act("undo", Some("{}"), None)
        };
        let start = world.journal.append(&first).unwrap();
        world.journal.append(&second).unwrap();
        assert_eq!(world.journal.acts_from(0).unwrap(), [first, second.clone()]);
        assert_eq!(world.journal.acts_from(start).unwrap(), [second]);
    }

    #[test]
    fn a_torn_last_line_does_not_count_and_is_cut() {
        let world = world();
        world
            .journal
            .append(&act("whole", None, Some("1")))
            .unwrap();
        let mut bytes = fs::read(&world.journal.path).unwrap();
        bytes.extend_from_slice(b"{\"id\":\"019ab3c4");
        fs::write(&world.journal.path, bytes).unwrap();
        assert_eq!(world.labels(), ["whole"]);
        world.recover();
        world.journal.append(&act("next", None, Some("2"))).unwrap();
        assert_eq!(world.labels(), ["whole", "next"]);
    }

    #[test]
    fn a_line_that_cannot_be_written_is_taken_back() {
        let mut world = world();
        let (disk, switch) = Disk::with_faults();
        world.journal.folder = Folder::new(world.folder.root(), disk);
        world.journal.append(&act("one", None, None)).unwrap();
        switch.arm(1, Fault::Once(io::ErrorKind::StorageFull));
        world.journal.append(&act("two", None, None)).unwrap_err();
        world.journal.append(&act("three", None, None)).unwrap();
        assert_eq!(world.labels(), ["one", "three"]);
    }

    #[test]
    fn an_unfinished_act_is_completed_once() {
        let world = world();
        world
            .journal
            .append(&act("add", None, Some("new")))
            .unwrap();
        let (_, completion) = world.recover();
        assert_eq!(completion.unwrap().completed, [FILE]);
        assert_eq!(world.file().as_deref(), Some("new"));
        // Somebody brings the old state back: the act was finished, so this stands.
        fs::remove_file(world.folder.path(FILE)).unwrap();
        assert_eq!(world.recover().1, None);
        assert_eq!(world.file(), None);
    }

    #[test]
    fn a_file_that_is_neither_before_nor_after_is_left_alone() {
        let world = world();
        fs::write(world.folder.path(FILE), "by hand").unwrap();
        world
            .journal
            .append(&act("edit", Some("old"), Some("new")))
            .unwrap();
        let completion = world.recover().1.unwrap();
        assert_eq!(completion.left_alone, [FILE]);
        assert_eq!(world.file().as_deref(), Some("by hand"));
    }

    #[test]
    fn a_journal_cannot_reach_out_of_its_folder() {
        let world = world();
        let mut hostile = act("edit", None, Some("evil"));
        hostile.files[0].path = "../evil.json".to_owned();
        world.journal.append(&hostile).unwrap();
        assert_eq!(world.recover().1.unwrap().left_alone, ["../evil.json"]);
        assert!(!world.folder.path("../evil.json").exists());
    }

    #[test]
    fn a_lost_marker_takes_the_highest_number_from_the_journal() {
        let world = world();
        let text = r#"{"number":17}"#;
        world.journal.append(&act("add", None, Some(text))).unwrap();
        world
            .journal
            .append(&act("undo", Some(text), None))
            .unwrap();
        fs::write(world.folder.local("lock"), "torn").unwrap();
        assert_eq!(world.recover().0.highest_number, 17);
    }

    #[test]
    fn a_long_journal_loses_its_oldest_acts_but_never_the_last_thousand() {
        let mut world = world();
        for n in 0..KEPT + 50 {
            world
                .journal
                .append(&act(&n.to_string(), None, None))
                .unwrap();
        }
        let (marker, _) = world.recover();
        assert_eq!(world.journal.shorten(&marker).unwrap(), None);
        world.journal.long = 1_000;
        let shorter = world.journal.shorten(&marker).unwrap().unwrap();
        assert_eq!(shorter.journal, world.journal.length());
        let labels = world.labels();
        assert_eq!(labels.len(), KEPT);
        assert_eq!(labels[0], "50");
        assert_eq!(
            world.journal.shorten(&shorter).unwrap(),
            None,
            "not at every save"
        );
    }
}
