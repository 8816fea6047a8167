//! What the screen remembers between two starts: a free JSON value, of no worth to anybody else.
//!
//! Invariant: a session never stands in the way. One that cannot be read is an empty one.

use std::path::{Path, PathBuf};

use anyhow::Result;
use serde_json::Value;

use super::disk::{self, Disk};
use super::folder::{Folder, LOCAL, replace};

/// The session file in a folder's `.local`.
#[derive(Clone, Debug)]
pub struct Session {
    folder: Folder,
}

impl Session {
    /// Names the session of a product's folder, or of a data directory.
    pub fn of(folder: impl Into<PathBuf>) -> Self {
        Self {
            folder: Folder::new(folder, Disk::default()),
        }
    }

    /// Reads the session; `Null` when there is none or it cannot be read.
    pub fn load(&self) -> Value {
        let bytes = disk::read(&self.path()).ok().flatten();
        bytes
            .and_then(|bytes| serde_json::from_slice(&bytes).ok())
            .unwrap_or_default()
    }

    /// Writes the session.
    pub fn save(&self, value: &Value) -> Result<()> {
        self.folder.make_local()?;
        let mut bytes = serde_json::to_vec_pretty(value)?;
        bytes.push(b'\n');
        replace(self.folder.disk(), &self.path(), &bytes)
    }

    fn path(&self) -> PathBuf {
        self.folder.local("session.json")
    }
}

/// Says whether a path inside a product's folder belongs to this machine only, or is nobody's yet.
pub(super) fn is_private(relative: &Path) -> bool {
    relative.components().any(|part| {
        let name = part.as_os_str().to_string_lossy();
        name == LOCAL || name.starts_with('.')
    })
}

#[cfg(test)]
mod tests {
    use std::fs;

    use serde_json::json;

    use super::*;

    #[test]
    fn a_session_comes_back() {
        let root = tempfile::tempdir().unwrap();
        let session = Session::of(root.path());
        assert_eq!(session.load(), Value::Null);
        session.save(&json!({"screen": 2})).unwrap();
        assert_eq!(Session::of(root.path()).load(), json!({"screen": 2}));
    }

    #[test]
    fn a_broken_session_is_an_empty_one() {
        let root = tempfile::tempdir().unwrap();
        let session = Session::of(root.path());
        session.save(&json!({"screen": 2})).unwrap();
        fs::write(root.path().join(".local/session.json"), b"{\"scr\xff").unwrap();
        assert_eq!(session.load(), Value::Null);
        session.save(&json!(1)).unwrap();
        assert_eq!(session.load(), json!(1));
    }
}
