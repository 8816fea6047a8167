//! What was last seen of a file, to tell a changed one without reading all of them.

use std::fs::{File, Metadata};
use std::hash::{DefaultHasher, Hash as _, Hasher as _};
use std::io::{self, Read as _};
use std::path::Path;
use std::time::{Duration, SystemTime};

use super::Broken;
use crate::model::StoryId;

/// A file changed this short a time before it was read may change again and keep its time.
const UNSETTLED: Duration = Duration::from_secs(2);

/// A file as it was last read or written.
#[derive(Clone, Debug)]
pub(super) struct Seen {
    pub(super) stamp: Stamp,
    pub(super) hash: u64,
    pub(super) holds: Holds,
}

/// What a file holds.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Holds {
    Product,
    Story(StoryId),
    Nothing(Broken),
}

/// Time and length of a file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Stamp {
    modified: Option<SystemTime>,
    length: u64,
    is_settled: bool,
}

impl Stamp {
    /// The stamp of a file that could not be read: it is tried again each time.
    pub(super) const UNSETTLED: Self = Self {
        modified: None,
        length: 0,
        is_settled: false,
    };

    pub(super) fn of(metadata: &Metadata) -> Self {
        let modified = metadata.modified().ok();
        let age = modified.and_then(|modified| modified.elapsed().ok());
        Self {
            modified,
            length: metadata.len(),
            is_settled: age.is_some_and(|age| age > UNSETTLED),
        }
    }

    /// Whether a file that now looks like `now` is surely the one that was read.
    pub(super) fn vouches_for(&self, now: &Metadata) -> bool {
        self.is_settled && self.modified == now.modified().ok() && self.length == now.len()
    }
}

/// Reads a file with its stamp; `None` when there is none.
pub(super) fn read(path: &Path) -> io::Result<Option<(Vec<u8>, Stamp)>> {
    let mut bytes = Vec::new();
    let stamp = read_into(path, &mut bytes)?;
    Ok(stamp.map(|stamp| (bytes, stamp)))
}

/// Reads a file into a buffer that has been used before; `None` when there is none.
pub(super) fn read_into(path: &Path, bytes: &mut Vec<u8>) -> io::Result<Option<Stamp>> {
    let file = match File::open(path) {
        Ok(file) => file,
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(None),
        Err(error) => return Err(error),
    };
    let metadata = file.metadata()?;
    let stamp = Stamp::of(&metadata);
    let length = usize::try_from(metadata.len()).unwrap_or(0);
    bytes.clear();
    bytes.reserve(length.saturating_add(1));
    // By way of `take`, because a `File` read on its own asks for its length once more.
    file.take(u64::MAX).read_to_end(bytes)?;
    Ok(Some(stamp))
}

pub(super) fn hash(bytes: &[u8]) -> u64 {
    let mut hasher = DefaultHasher::new();
    bytes.hash(&mut hasher);
    hasher.finish()
}
