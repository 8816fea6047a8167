//! What was last seen of a file, to tell a changed one without reading all of them.

use std::fs::Metadata;
use std::io;
use std::path::Path;
use std::time::{Duration, SystemTime};

use super::Broken;
use crate::model::Subject;
use crate::store::{disk, record};

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
    This(Subject),
    Nothing(Broken),
}

/// Time and length of a file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Stamp {
    modified: Option<SystemTime>,
    length: u64,
    is_settled: bool,
}

impl Seen {
    /// Something that is there and could not be read.
    pub(super) fn unreadable(path: &Path, error: &io::Error) -> Self {
        let broken = record::unreadable(path, error);
        Self {
            stamp: Stamp::NONE,
            hash: hash(broken.reason.as_bytes()),
            holds: Holds::Nothing(broken),
        }
    }
}

impl Stamp {
    /// Vouches for nothing: the file is read again at the next look.
    pub(super) const NONE: Self = Self {
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
    let metadata = disk::read_into(path, bytes)?;
    Ok(metadata.as_ref().map(Stamp::of))
}

/// Tells contents apart, quickly; it need not withstand anybody who means harm.
pub(super) fn hash(bytes: &[u8]) -> u64 {
    const SPREAD: u128 = 0x9e37_79b9_7f4a_7c15_f39c_c060_5ced_c835;
    let (words, rest) = bytes.as_chunks::<8>();
    let mut last = [0; 8];
    last.iter_mut().zip(rest).for_each(|(to, from)| *to = *from);
    let words = words.iter().chain(std::iter::once(&last));
    words.fold(bytes.len() as u64, |hash, word| {
        // Both halves of the product count, so that no bit is lost on the way.
        let product = u128::from(hash ^ u64::from_le_bytes(*word)).wrapping_mul(SPREAD);
        #[expect(
            clippy::cast_possible_truncation,
            reason = "the halves are what is wanted"
        )]
        let (high, low) = ((product >> 64) as u64, product as u64);
        high ^ low
    })
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use super::*;

    #[test]
    fn contents_that_differ_in_one_byte_or_in_length_are_told_apart() {
        let text = b"What a customer said about paying.";
        let mut hashes = HashSet::from([hash(text)]);
        for place in 0..text.len() {
            for bit in 0..8 {
                let mut other = text.to_vec();
                other[place] ^= 1 << bit;
                assert!(hashes.insert(hash(&other)), "{place} {bit}");
            }
        }
        for zeros in 0..64 {
            assert!(hashes.insert(hash(&vec![0; zeros])), "{zeros}");
        }
    }

    #[test]
    fn a_file_is_read_whole_into_a_buffer_that_held_another() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("a");
        let mut buffer = vec![7; 99];
        for length in [0, 1, 50, 5_000] {
            let bytes: Vec<u8> = (0..=250).cycle().take(length).collect();
            std::fs::write(&path, &bytes).unwrap();
            read_into(&path, &mut buffer).unwrap().unwrap();
            assert_eq!(buffer, bytes);
        }
        assert_eq!(
            read_into(&folder.path().join("b"), &mut buffer).unwrap(),
            None
        );
    }
}
