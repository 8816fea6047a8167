//! Finds what other programs changed: time and length first, then the content.

use std::collections::HashSet;
use std::fs::{self, Metadata};
use std::sync::Arc;

use anyhow::Result;
use uuid::Uuid;

use super::load::read_files;
use super::seen::{self, Holds, Seen};
use super::{Changes, JsonStore, record};
use crate::model::{Problem, Product, Story, Subject};
use crate::store::folder::{FileChange, PRODUCT_FILE};
use crate::store::record::{Named, of_folder, subject_of};

impl JsonStore {
    pub(super) fn changes(&mut self) -> Result<Changes> {
        self.folder.must_be_there()?;
        let broken_before = self.broken();
        let (stories, mut gone) = self.changes_of::<Story>()?;
        let (problems, gone_problems) = self.changes_of::<Problem>()?;
        gone.extend(gone_problems);
        let mut changes = Changes {
            stories,
            problems,
            product: self.changed_product(),
            ..Changes::default()
        };
        for subject in self.nowhere(gone) {
            match subject {
                Subject::Story(id) => changes.removed.push(id),
                Subject::Problem(id) => changes.removed_problems.push(id),
                Subject::Product => {}
            }
        }
        let broken = self.broken();
        changes.broken = (broken != broken_before).then_some(broken);
        self.read_others_acts()?;
        self.raise(self.journal.marked_highest());
        changes.acts = std::mem::take(&mut self.others_acts);
        changes.highest_number = self.highest_number;
        Ok(changes)
    }

    /// The stories or problems that are new or read differently now, and the files that are gone.
    fn changes_of<T: Named>(&mut self) -> Result<Found<T>> {
        let mut names = HashSet::new();
        let mut suspects = Vec::new();
        for (path, entry) in self.entries_of::<T>()? {
            // The entry knows its folder: asking it is cheaper than asking for the path.
            if self.may_have_changed(&path, entry.metadata().ok()) {
                suspects.push(path.clone());
            }
            names.insert(path);
        }
        let mut read = read_files::<T>(self.folder.root(), &suspects, &|_, _| {});
        for read in &mut read {
            read.retain(|file| self.is_news(file.hash, &file.path, &file.stamp));
        }
        let gone = self.forget_gone(T::FOLDER, &names);
        Ok((self.take_in(read), gone))
    }

    /// Notes a file as this store has just written it.
    pub(super) fn see_own(&mut self, change: &FileChange) {
        let Some(text) = &change.after else {
            self.seen.remove(&change.path);
            return;
        };
        let subject = match change.path.split_once('/') {
            Some((folder, _)) => id_in_file(text).and_then(|id| of_folder(folder, id)),
            None => Some(Subject::Product),
        };
        let Some(holds) = subject.map(Holds::This) else {
            return;
        };
        // Not with the time the file has now: when a late save is looked into, others may have written it since.
        let seen = Seen {
            stamp: seen::Stamp::NONE,
            hash: seen::hash(text.as_bytes()),
            holds,
        };
        self.seen.insert(change.path.clone(), seen);
    }

    fn may_have_changed(&self, path: &str, now: Option<Metadata>) -> bool {
        let seen = self.seen.get(path);
        !seen.is_some_and(|seen| now.is_some_and(|now| seen.stamp.vouches_for(&now)))
    }

    /// Whether the content is another one; if not, the new time is noted.
    fn is_news(&mut self, hash: u64, path: &str, stamp: &seen::Stamp) -> bool {
        match self.seen.get_mut(path) {
            Some(seen) if seen.hash == hash => {
                seen.stamp = *stamp;
                false
            }
            _ => true,
        }
    }

    fn forget_gone(&mut self, folder: &str, names: &HashSet<String>) -> Vec<(String, Holds)> {
        let is_there = |path: &str| {
            let inside = path.strip_prefix(folder);
            inside.is_some_and(|rest| rest.starts_with('/'))
        };
        let gone: Vec<String> = self
            .seen
            .keys()
            .filter(|path| is_there(path) && !names.contains(*path))
            .cloned()
            .collect();
        gone.into_iter()
            .filter_map(|path| self.seen.remove(&path).map(|seen| (path, seen.holds)))
            .collect()
    }

    /// What has no file any more: those that are gone held it, and no other does.
    fn nowhere(&mut self, gone: Vec<(String, Holds)>) -> Vec<Subject> {
        let mut removed = Vec::new();
        for (path, holds) in gone {
            let subject = match holds {
                Holds::This(subject) => Some(subject),
                // The screen still shows it as it was before its file broke.
                Holds::Nothing(_) => subject_of(&path),
            };
            let Some(subject) = subject else { continue };
            if self.odd_names.get(&subject) == Some(&path) {
                self.odd_names.remove(&subject);
            }
            let is_held = self.seen.contains_key(&self.path_of(subject));
            if !is_held {
                removed.push(subject);
            }
        }
        removed
    }

    fn changed_product(&mut self) -> Option<Product> {
        let path = self.folder.path(PRODUCT_FILE);
        if !self.may_have_changed(PRODUCT_FILE, fs::metadata(&path).ok()) {
            return None;
        }
        let (bytes, stamp) = match seen::read(&path) {
            Ok(Some(read)) => read,
            // A product's file that is gone is no reason to forget its settings.
            Ok(None) => return None,
            Err(error) => {
                let seen = Seen::unreadable(&path, &error);
                self.seen.insert(PRODUCT_FILE.to_owned(), seen);
                return None;
            }
        };
        let hash = seen::hash(&bytes);
        if !self.is_news(hash, PRODUCT_FILE, &stamp) {
            return None;
        }
        let (product, holds) = match record::parse::<Product>(&path, &bytes) {
            Ok(product) => (Some(product), Holds::This(Subject::Product)),
            Err(broken) => (None, Holds::Nothing(broken)),
        };
        let seen = Seen { stamp, hash, holds };
        self.seen.insert(PRODUCT_FILE.to_owned(), seen);
        product
    }
}

/// What is new of one kind, and the files that are gone with what they held.
type Found<T> = (Vec<Arc<T>>, Vec<(String, Holds)>);

fn id_in_file(text: &str) -> Option<Uuid> {
    #[derive(serde::Deserialize)]
    struct Head {
        id: Uuid,
    }
    serde_json::from_str::<Head>(text).ok().map(|head| head.id)
}
