//! The last visit: the backlog as it was when somebody left the screen, kept on this machine.
//!
//! Invariants: it never stands in the way; a file that cannot be read, or makes no sense, is no visit. Everybody who sits
//! at this machine has visits of their own: what one has seen may be news to the other.

use std::path::PathBuf;

use anyhow::Result;
use serde::{Deserialize, Serialize};

use super::disk::{self, Disk};
use super::folder::{Folder, replace};
use crate::model::Memory;

/// Somebody's last visit to a product's folder.
#[derive(Clone, Debug)]
pub struct Visit {
    folder: Folder,
    user: String,
}

/// The file.
#[derive(Serialize, Deserialize)]
struct Kept<M> {
    /// Whose visit it was; endless names that begin alike share a file.
    by: String,
    memory: M,
}

impl Visit {
    /// Names somebody's last visit to a product's folder.
    pub fn of(folder: impl Into<PathBuf>, user: &str) -> Self {
        Self {
            folder: Folder::new(folder, Disk::default()),
            user: user.to_owned(),
        }
    }

    /// Reads what was remembered; `None` when there is nothing or it cannot be read.
    pub fn load(&self) -> Option<Memory> {
        let bytes = disk::read(&self.path()).ok().flatten()?;
        let kept: Kept<Memory> = serde_json::from_slice(&bytes).ok()?;
        (kept.by == self.user).then_some(kept.memory)
    }

    /// Writes what is to be remembered.
    ///
    /// # Errors
    /// When the disk refuses.
    pub fn save(&self, memory: &Memory) -> Result<()> {
        self.folder.make_local()?;
        let by = self.user.clone();
        let mut bytes = serde_json::to_vec(&Kept { by, memory })?;
        bytes.push(b'\n');
        replace(self.folder.disk(), &self.path(), &bytes)
    }

    fn path(&self) -> PathBuf {
        self.folder
            .local(&format!("visit-{}.json", file_part(&self.user)))
    }
}

/// A name as a part of a file's name: small letters and digits as they are, every other byte in hexadecimal digits, so
/// that no two names share a file, wherever it lies. Of an endless name the beginning counts.
fn file_part(name: &str) -> String {
    let part = |byte: u8| match byte {
        b'a'..=b'z' | b'0'..=b'9' => char::from(byte).to_string(),
        other => format!("_{other:02x}"),
    };
    name.bytes().take(64).map(part).collect()
}

#[cfg(test)]
mod tests {
    use std::fs;

    use super::*;
    use crate::model::{Backlog, Product};

    #[test]
    fn a_visit_comes_back_and_a_broken_one_is_none() {
        let root = tempfile::tempdir().unwrap();
        let visit = Visit::of(root.path(), "Ana");
        assert_eq!(visit.load(), None);
        let backlog = Backlog::new(Product::new("Webshop", None).unwrap());
        let memory = Memory::of(&backlog, None, "2026-11-27T09:00:00.5Z".parse().unwrap());
        visit.save(&memory).unwrap();
        assert_eq!(Visit::of(root.path(), "Ana").load(), Some(memory.clone()));
        for other in ["Ben", "ana"] {
            assert_eq!(Visit::of(root.path(), other).load(), None);
        }
        // Nobody takes the place of another.
        for other in ["ana", "Ana ", "李", "王", "Анна", "a/b", ""] {
            Visit::of(root.path(), other).save(&memory).unwrap();
        }
        assert_eq!(visit.load(), Some(memory.clone()));
        assert_eq!(memory.at, "2026-11-27T09:00:00Z".parse().unwrap());
        fs::write(
            root.path().join(".local/visit-_41na.json"),
            b"{\"format\xff",
        )
        .unwrap();
        assert_eq!(visit.load(), None);
        visit.save(&memory).unwrap();
        assert_eq!(visit.load(), Some(memory));
    }
}
