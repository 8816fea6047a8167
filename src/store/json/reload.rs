//! Finds what other programs changed: time and length first, then the content.

use std::collections::HashSet;
use std::fs::{self, Metadata};
use std::path::Path;

use anyhow::Result;

use super::load::read_stories;
use super::seen::{self, Holds, Seen};
use super::{Changes, JsonStore, record};
use crate::model::{Product, StoryId};
use crate::store::folder::{FileChange, PRODUCT_FILE};
use crate::store::record::id_in_name;

impl JsonStore {
    pub(super) fn changes(&mut self) -> Result<Changes> {
        self.folder.must_be_there()?;
        let broken_before = self.broken();
        let mut names = HashSet::new();
        let mut suspects = Vec::new();
        for (path, entry) in self.story_entries()? {
            // The entry knows its folder: asking it is cheaper than asking for the path.
            if self.may_have_changed(&path, entry.metadata().ok()) {
                suspects.push(path.clone());
            }
            names.insert(path);
        }
        let mut read = read_stories(self.folder.root(), &suspects, &|_, _| {});
        for read in &mut read {
            read.retain(|file| self.is_news(file.hash, &file.path, &file.stamp));
        }
        let gone = self.forget_gone(&names);
        let stories = self.take_in(read);
        let mut changes = Changes {
            removed: self.nowhere(gone),
            stories,
            product: self.changed_product(),
            ..Changes::default()
        };
        let broken = self.broken();
        changes.broken = (broken != broken_before).then_some(broken);
        self.read_others_acts()?;
        self.raise(self.journal.marked_highest());
        changes.acts = std::mem::take(&mut self.others_acts);
        changes.highest_number = self.highest_number;
        Ok(changes)
    }

    /// Notes a file as this store has just written it.
    pub(super) fn see_own(&mut self, change: &FileChange) {
        let Some(text) = &change.after else {
            self.seen.remove(&change.path);
            return;
        };
        let holds = match id_in_file(text) {
            _ if change.path == PRODUCT_FILE => Holds::Product,
            Some(id) => Holds::Story(id),
            None => return,
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

    fn forget_gone(&mut self, names: &HashSet<String>) -> Vec<(String, Holds)> {
        let gone: Vec<String> = self
            .seen
            .keys()
            .filter(|path| *path != PRODUCT_FILE && !names.contains(*path))
            .cloned()
            .collect();
        gone.into_iter()
            .filter_map(|path| self.seen.remove(&path).map(|seen| (path, seen.holds)))
            .collect()
    }

    /// The stories whose files are gone and that no other file holds.
    fn nowhere(&mut self, gone: Vec<(String, Holds)>) -> Vec<StoryId> {
        let mut removed = Vec::new();
        for (path, holds) in gone {
            let id = match holds {
                Holds::Story(id) => Some(id),
                // The screen still shows the story from before its file broke.
                Holds::Nothing(_) => id_in_name(Path::new(&path)),
                Holds::Product => None,
            };
            let Some(id) = id else { continue };
            if self.odd_names.get(&id) == Some(&path) {
                self.odd_names.remove(&id);
            }
            let is_held = self.seen.contains_key(&self.path_of(id));
            if !is_held {
                removed.push(id);
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
            Ok(product) => (Some(product), Holds::Product),
            Err(broken) => (None, Holds::Nothing(broken)),
        };
        let seen = Seen { stamp, hash, holds };
        self.seen.insert(PRODUCT_FILE.to_owned(), seen);
        product
    }
}

fn id_in_file(text: &str) -> Option<StoryId> {
    #[derive(serde::Deserialize)]
    struct Head {
        id: StoryId,
    }
    serde_json::from_str::<Head>(text).ok().map(|head| head.id)
}
