//! Reads many files at once: several reads in flight, each parsed where it was read.

use std::fs::DirEntry;
use std::hint::black_box;
use std::io;
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;

use anyhow::{Context as _, Result, bail};
use serde_json::Value;

use super::seen::{self, Holds, Seen, Stamp};
use super::{Broken, JsonStore, Opened, record};
use crate::model::{KeyPrefix, Problem, Product, Story, Subject};
use crate::store::folder::PRODUCT_FILE;
use crate::store::record::{Named, id_in_name};

/// So many reads are in flight: a cold disk serves them together, a warm one does not mind.
const READERS: usize = 8;
/// So many files a reader takes at a time.
const HANDFUL: usize = 32;
/// About so much memory the stories of a handful need.
const ROOM: usize = 120 * 1024;

/// One story's or problem's file as it was read.
pub(super) struct ReadFile<T> {
    pub(super) path: String,
    pub(super) stamp: Stamp,
    pub(super) hash: u64,
    /// Whether the file's name is the id in it, as it should be.
    is_named_after: bool,
    pub(super) record: Result<Arc<T>, Broken>,
}

impl JsonStore {
    /// Reads everything there is; an act that was interrupted is completed first.
    pub(super) fn load(&mut self, progress: &(dyn Fn(usize, usize) + Sync)) -> Result<Opened> {
        let mut notices = Vec::new();
        // Another program may put the second half of an act in place while we read the first.
        for _ in 0..3 {
            let in_place = self.finish_interrupted_act(&mut notices);
            self.load_files(progress, &mut notices)?;
            self.journal_seen = in_place.unwrap_or_default();
            if in_place.is_none_or(|length| self.journal.length() == length) {
                break;
            }
        }
        let mut opened = self.opened.take().context("nothing was read")?;
        self.raise(self.journal.marked_highest());
        opened.highest_number = self.highest_number;
        opened.notices = notices;
        Ok(opened)
    }

    /// Says how far the journal's acts are surely in their files; `None` when that cannot be known.
    ///
    /// Not simply the journal's length: an act stands there before its files do. Whoever took it as read
    /// would never learn of its stories, and hand out their numbers a second time.
    fn finish_interrupted_act(&self, notices: &mut Vec<String>) -> Option<u64> {
        if let Some(length) = self.journal.finished_length() {
            return Some(length);
        }
        let recovered = self
            .folder
            .lock()
            .and_then(|mut lock| self.journal.recover(&mut lock));
        match recovered {
            Ok((marker, completion)) => {
                notices.extend(completion.and_then(|completion| completion.sentence()));
                Some(marker.journal)
            }
            Err(error) => {
                notices.push(super::refusal("the last act", &error));
                None
            }
        }
    }

    fn load_files(
        &mut self,
        progress: &(dyn Fn(usize, usize) + Sync),
        notices: &mut Vec<String>,
    ) -> Result<()> {
        self.seen.clear();
        self.odd_names.clear();
        let names = self.files_of::<Story>()?;
        let product = self.load_product(!names.is_empty(), notices)?;
        let read = read_files::<Story>(self.folder.root(), &names, progress);
        let stories = self.take_in(read);
        let names = self.files_of::<Problem>()?;
        let read = read_files::<Problem>(self.folder.root(), &names, &|_, _| {});
        let problems = self.take_in(read);
        self.opened = Some(Opened {
            product,
            stories,
            problems,
            broken: self.broken(),
            highest_number: 0,
            notices: Vec::new(),
        });
        Ok(())
    }

    /// Lists the files of stories or problems by their paths inside the folder.
    fn files_of<T: Named>(&self) -> Result<Vec<String>> {
        let entries = self.entries_of::<T>()?;
        Ok(entries.into_iter().map(|(path, _)| path).collect())
    }

    /// Lists the files of stories or problems by their paths inside the folder, with their entries there.
    pub(super) fn entries_of<T: Named>(&self) -> Result<Vec<(String, DirEntry)>> {
        let folder = self.folder.path(T::FOLDER);
        let shown = || folder.display().to_string();
        let entries = match folder.read_dir() {
            Ok(entries) => entries,
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(Vec::new()),
            Err(error) => return Err(error).with_context(shown),
        };
        let mut names = Vec::new();
        for entry in entries {
            let entry = entry.with_context(shown)?;
            let name = entry.file_name();
            let Some(name) = name.to_str() else { continue };
            let is_record = Path::new(name).extension().is_some_and(|e| e == "json");
            if is_record && !name.starts_with('.') {
                names.push((format!("{}/{name}", T::FOLDER), entry));
            }
        }
        Ok(names)
    }

    fn load_product(&mut self, has_stories: bool, notices: &mut Vec<String>) -> Result<Product> {
        let path = self.folder.path(PRODUCT_FILE);
        let read = match seen::read(&path) {
            Ok(read) => read,
            Err(error) => {
                let seen = Seen::unreadable(&path, &error);
                self.seen.insert(PRODUCT_FILE.to_owned(), seen);
                return stand_in(self.folder.root(), &[]);
            }
        };
        let Some((bytes, stamp)) = read else {
            if !has_stories {
                bail!("{} holds no product", self.folder.root().display());
            }
            notices.push(format!(
                "{} is missing; the usual settings are used.",
                path.display()
            ));
            return stand_in(self.folder.root(), &[]);
        };
        let (product, holds) = match record::parse::<Product>(&path, &bytes) {
            Ok(product) => (product, Holds::This(Subject::Product)),
            Err(broken) => (
                stand_in(self.folder.root(), &bytes)?,
                Holds::Nothing(broken),
            ),
        };
        let hash = seen::hash(&bytes);
        let seen = Seen { stamp, hash, holds };
        self.seen.insert(PRODUCT_FILE.to_owned(), seen);
        Ok(product)
    }

    /// Notes what was read, and keeps the records that count.
    pub(super) fn take_in<T: Named>(&mut self, read: Vec<Vec<ReadFile<T>>>) -> Vec<Arc<T>> {
        let count = read.iter().map(Vec::len).sum();
        let mut records = Vec::with_capacity(count);
        let mut others = Vec::new();
        self.seen.reserve(count);
        self.numbers.reserve(count);
        for file in read.into_iter().flatten() {
            if file.is_named_after {
                self.take_in_one(file, &mut records);
            } else {
                // Later: a copy under another name must not take the place of the proper file.
                others.push(file);
            }
        }
        for file in others {
            self.take_in_one(file, &mut records);
        }
        records
    }

    fn take_in_one<T: Named>(&mut self, file: ReadFile<T>, records: &mut Vec<Arc<T>>) {
        let other = match &file.record {
            Ok(record) if file.is_named_after => {
                self.odd_names.remove(&record.subject());
                None
            }
            Ok(record) => self.place_of_another(&file.path, record.subject()),
            Err(_) => None,
        };
        let holds = match (file.record, other) {
            (Ok(record), Some(other)) => {
                Holds::Nothing(self.double(&file.path, record.subject(), &other))
            }
            (Ok(record), None) => {
                let subject = record.subject();
                self.note(&record);
                records.push(record);
                Holds::This(subject)
            }
            (Err(broken), _) => Holds::Nothing(broken),
        };
        let (stamp, hash) = (file.stamp, file.hash);
        self.seen.insert(file.path, Seen { stamp, hash, holds });
    }

    /// Finds another file that holds the same; if there is none, this oddly named one is the place of it.
    fn place_of_another(&mut self, path: &str, subject: Subject) -> Option<String> {
        let proper = record::path_of(subject);
        let holds = |path: &str| {
            let seen = self.seen.get(path);
            seen.is_some_and(|seen| seen.holds == Holds::This(subject))
        };
        if holds(&proper) {
            return Some(proper);
        }
        let odd = self.odd_names.get(&subject).cloned();
        match odd {
            Some(other) if other != path && holds(&other) => Some(other),
            _ => {
                self.odd_names.insert(subject, path.to_owned());
                None
            }
        }
    }

    fn double(&self, path: &str, subject: Subject, other: &str) -> Broken {
        let what = match subject {
            Subject::Story(id) => format!("story as {other} ({id})"),
            Subject::Problem(id) => format!("problem as {other} ({id})"),
            Subject::Product => format!("product as {other}"),
        };
        Broken {
            path: self.folder.path(path),
            line: 0,
            column: 0,
            reason: format!("holds the same {what}"),
            newer: None,
        }
    }

    /// Lists the files that could not be read, by path.
    pub(super) fn broken(&self) -> Vec<Broken> {
        let mut broken: Vec<Broken> = self
            .seen
            .values()
            .filter_map(|seen| match &seen.holds {
                Holds::Nothing(broken) => Some(broken.clone()),
                Holds::This(_) => None,
            })
            .collect();
        broken.sort_by(|a, b| a.path.cmp(&b.path));
        broken
    }
}

/// Reads and parses the files of stories or problems; one that disappears meanwhile is left out.
pub(super) fn read_files<T: Named>(
    root: &Path,
    paths: &[String],
    progress: &(dyn Fn(usize, usize) + Sync),
) -> Vec<Vec<ReadFile<T>>> {
    let total = paths.len();
    let next = AtomicUsize::new(0);
    let done = AtomicUsize::new(0);
    let reader = || {
        let mut read = Vec::with_capacity(total / READERS + HANDFUL);
        let mut buffer = Vec::new();
        loop {
            let start = next.fetch_add(HANDFUL, Ordering::Relaxed);
            let end = start.saturating_add(HANDFUL).min(total);
            let Some(handful) = paths.get(start..end).filter(|paths| !paths.is_empty()) else {
                return read;
            };
            make_room();
            for path in handful {
                read.extend(read_file(root, path, &mut buffer));
            }
            progress(
                done.fetch_add(handful.len(), Ordering::Relaxed) + handful.len(),
                total,
            );
        }
    };
    let readers = READERS.min(total.div_ceil(HANDFUL));
    let mut all = Vec::with_capacity(readers);
    thread::scope(|scope| {
        let others: Vec<_> = (1..readers).map(|_| scope.spawn(reader)).collect();
        all.push(reader());
        all.extend(others.into_iter().filter_map(|other| other.join().ok()));
    });
    all
}

/// Lets the thread's heap grow once for a handful.
///
/// The allocator of Linux lets a thread's heap grow page by page, with a system call each that stops the other readers:
/// one for every second story. What is asked for and given back at once stays with the thread, so that one call does
/// for a handful.
fn make_room() {
    drop(black_box(Vec::<u8>::with_capacity(ROOM)));
}

/// Reads a file, whatever it is; `None` when it has just disappeared.
fn read_file<T: Named>(root: &Path, path: &str, buffer: &mut Vec<u8>) -> Option<ReadFile<T>> {
    let full = root.join(path);
    let (stamp, record) = match seen::read_into(&full, buffer) {
        Ok(Some(stamp)) => (stamp, record::parse::<T>(&full, buffer)),
        Ok(None) => return None,
        Err(error) => {
            let broken = record::unreadable(&full, &error);
            buffer.clear();
            buffer.extend_from_slice(broken.reason.as_bytes());
            (Stamp::NONE, Err(broken))
        }
    };
    let subject = record.as_ref().map(T::subject).ok();
    Some(ReadFile {
        path: path.to_owned(),
        stamp,
        hash: seen::hash(buffer),
        is_named_after: subject.is_some() && subject == id_in_name(&full).map(T::subject_of),
        record: record.map(Arc::new),
    })
}

/// Makes settings for a product whose own cannot be read: name and key if they can be found, else the folder's name.
fn stand_in(root: &Path, bytes: &[u8]) -> Result<Product> {
    let found: Value = serde_json::from_slice(bytes).unwrap_or_default();
    let word = |field: &str| found.get(field).and_then(Value::as_str);
    let key = word("key").and_then(|key| KeyPrefix::parse(key).ok());
    let folder = root.file_name().unwrap_or_default().to_string_lossy();
    Product::new(word("name").unwrap_or_default(), key.clone())
        .or_else(|_| Product::new(&folder, key))
        .or_else(|_| Product::new("Backlog", None))
        .map_err(Into::into)
}
