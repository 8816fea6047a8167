//! Every operation that changes the disk, one function each, with a fault switch for tests.
//!
//! Invariant: the rest of the store changes files through this type only, so a test that lets
//! operation k fail (or the program die there) for every k has seen every way a save can end.

use std::fs::{self, File, Metadata, OpenOptions};
use std::io::{self, Read as _, Seek, SeekFrom, Write};
use std::path::Path;
use std::sync::{Arc, Mutex, PoisonError};

/// The disk, or in tests a disk that fails on request.
#[derive(Clone, Debug, Default)]
pub struct Disk {
    switch: Option<FaultSwitch>,
}

/// What happens at the chosen operation.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fault {
    /// This one operation reports the error and changes nothing.
    Once(io::ErrorKind),
    /// The program dies here: a write is torn in the middle, and nothing happens on disk afterwards.
    Crash,
}

/// Arms a [`Disk`] with a fault; clones share one state.
#[derive(Clone, Debug, Default)]
pub struct FaultSwitch {
    state: Arc<Mutex<SwitchState>>,
}

#[derive(Debug, Default)]
struct SwitchState {
    steps: usize,
    armed: Option<(usize, Fault)>,
    crashed: bool,
}

impl FaultSwitch {
    /// Lets the operation fail that comes after `steps` further ones.
    pub fn arm(&self, steps: usize, fault: Fault) {
        self.with(|state| state.armed = Some((state.steps + steps, fault)));
    }

    /// Makes the disk sound again.
    pub fn disarm(&self) {
        self.with(|state| {
            state.armed = None;
            state.crashed = false;
        });
    }

    /// Counts the operations so far.
    pub fn steps(&self) -> usize {
        self.with(|state| state.steps)
    }

    /// Says whether the armed fault has struck.
    pub fn has_struck(&self) -> bool {
        self.with(|state| state.crashed || state.armed.is_some_and(|(at, _)| state.steps > at))
    }

    fn with<T>(&self, look: impl FnOnce(&mut SwitchState) -> T) -> T {
        look(&mut self.state.lock().unwrap_or_else(PoisonError::into_inner))
    }

    fn next(&self) -> Result<(), Fault> {
        self.with(|state| {
            let step = state.steps;
            state.steps += 1;
            if state.crashed {
                // Not `Crash` again: only the operation that was under way can be torn.
                return Err(Fault::Once(io::ErrorKind::BrokenPipe));
            }
            match state.armed {
                Some((at, fault)) if at == step => {
                    state.crashed = fault == Fault::Crash;
                    Err(fault)
                }
                _ => Ok(()),
            }
        })
    }
}

impl Disk {
    /// Makes a disk that fails when its switch says so.
    pub fn with_faults() -> (Self, FaultSwitch) {
        let switch = FaultSwitch::default();
        let disk = Self {
            switch: Some(switch.clone()),
        };
        (disk, switch)
    }

    fn step(&self) -> io::Result<()> {
        self.tearing(|| ())
    }

    /// Takes one step; when the program dies in it, `torn` leaves half of the work behind.
    fn tearing(&self, torn: impl FnOnce()) -> io::Result<()> {
        let Some(switch) = &self.switch else {
            return Ok(());
        };
        switch.next().map_err(|fault| match fault {
            Fault::Once(kind) => io::Error::from(kind),
            Fault::Crash => {
                torn();
                io::Error::from(io::ErrorKind::BrokenPipe)
            }
        })
    }

    pub(super) fn make_folder(&self, path: &Path) -> io::Result<()> {
        if path.is_dir() {
            return Ok(());
        }
        self.step()?;
        fs::create_dir_all(path)
    }

    /// Creates a file that must not exist yet and writes it, without syncing it.
    pub(super) fn create(&self, path: &Path, bytes: &[u8]) -> io::Result<File> {
        let mut file = OpenOptions::new().write(true).create_new(true).open(path)?;
        self.write(&mut file, bytes)?;
        Ok(file)
    }

    /// Writes at the end of a file that was opened for appending.
    pub(super) fn write(&self, file: &mut File, bytes: &[u8]) -> io::Result<()> {
        let half = bytes.get(..bytes.len() / 2).unwrap_or_default();
        self.tearing(|| {
            let _ = file.write_all(half);
        })?;
        file.write_all(bytes)
    }

    /// Overwrites the beginning of a file in place.
    pub(super) fn overwrite(&self, file: &mut File, bytes: &[u8]) -> io::Result<()> {
        self.step()?;
        file.seek(SeekFrom::Start(0))?;
        file.write_all(bytes)
    }

    pub(super) fn cut(&self, file: &File, length: u64) -> io::Result<()> {
        self.step()?;
        file.set_len(length)
    }

    pub(super) fn sync(&self, file: &File) -> io::Result<()> {
        self.step()?;
        file.sync_all()
    }

    /// Makes renames and removals in a folder durable, where the system can.
    pub(super) fn sync_folder(&self, folder: &Path) -> io::Result<()> {
        self.step()?;
        if cfg!(unix) {
            File::open(folder)?.sync_all()?;
        }
        Ok(())
    }

    /// Makes everything written to these files durable: in one go where the system can, else one by one.
    pub(super) fn sync_many(&self, folder: &Path, files: &[File]) -> io::Result<()> {
        self.step()?;
        sync_file_system(folder, files)
    }

    pub(super) fn rename(&self, from: &Path, to: &Path) -> io::Result<()> {
        self.step()?;
        fs::rename(from, to)
    }

    /// Removes a file; one that is gone already is fine.
    pub(super) fn remove(&self, path: &Path) -> io::Result<()> {
        self.step()?;
        match fs::remove_file(path) {
            Err(error) if error.kind() != io::ErrorKind::NotFound => Err(error),
            _ => Ok(()),
        }
    }
}

#[cfg(target_os = "linux")]
fn sync_file_system(folder: &Path, _files: &[File]) -> io::Result<()> {
    Ok(rustix::fs::syncfs(File::open(folder)?)?)
}

#[cfg(not(target_os = "linux"))]
fn sync_file_system(_folder: &Path, files: &[File]) -> io::Result<()> {
    files.iter().try_for_each(File::sync_all)
}

/// Reads a file; one that does not exist is `None`.
pub(super) fn read(path: &Path) -> io::Result<Option<Vec<u8>>> {
    let mut bytes = Vec::new();
    let file = read_into(path, &mut bytes)?;
    Ok(file.map(|_| bytes))
}

/// Reads a file into a buffer that may have been used before, and tells what the file looked like before that.
///
/// A folder, a pipe or a link that leads nowhere is an error: something is there, and it is no text.
pub(super) fn read_into(path: &Path, bytes: &mut Vec<u8>) -> io::Result<Option<Metadata>> {
    bytes.clear();
    let mut file = match open(path) {
        Ok(file) => file,
        Err(error) if error.kind() == io::ErrorKind::NotFound => {
            return if path.is_symlink() {
                Err(io::Error::other("a link that leads nowhere"))
            } else {
                Ok(None)
            };
        }
        Err(error) => return Err(error),
    };
    let metadata = file.metadata()?;
    if !metadata.is_file() {
        return Err(io::Error::other("not a file"));
    }
    let length = usize::try_from(metadata.len()).unwrap_or(0);
    // One byte more than there should be: a short read then tells the end without asking for it once more.
    bytes.resize(length.saturating_add(1), 0);
    let mut filled = 0;
    loop {
        let room = bytes.get_mut(filled..).unwrap_or_default();
        match file.read(room) {
            Ok(0) => break,
            Ok(count) => filled += count,
            Err(error) if error.kind() == io::ErrorKind::Interrupted => continue,
            Err(error) => return Err(error),
        }
        if filled == length {
            break;
        }
        if filled == bytes.len() {
            bytes.resize(filled.saturating_mul(2), 0);
        }
    }
    bytes.truncate(filled);
    Ok(Some(metadata))
}

/// Opens a file for reading, and does not wait for a writer when it turns out to be a pipe.
fn open(path: &Path) -> io::Result<File> {
    let mut options = OpenOptions::new();
    options.read(true);
    #[cfg(unix)]
    {
        use std::os::unix::fs::OpenOptionsExt as _;
        options.custom_flags(rustix::fs::OFlags::NONBLOCK.bits().cast_signed());
    }
    options.open(path)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_fault_strikes_at_its_operation_and_only_there() {
        let folder = tempfile::tempdir().unwrap();
        let (disk, switch) = Disk::with_faults();
        switch.arm(1, Fault::Once(io::ErrorKind::StorageFull));
        disk.create(&folder.path().join("a"), b"1").unwrap();
        assert!(!switch.has_struck());
        let error = disk.create(&folder.path().join("b"), b"2").unwrap_err();
        assert_eq!(error.kind(), io::ErrorKind::StorageFull);
        assert!(switch.has_struck());
        disk.create(&folder.path().join("c"), b"3").unwrap();
    }

    #[test]
    fn a_crash_tears_the_write_and_stops_everything_after_it() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("a");
        let (disk, switch) = Disk::with_faults();
        switch.arm(0, Fault::Crash);
        disk.create(&path, b"four").unwrap_err();
        disk.remove(&path).unwrap_err();
        assert_eq!(fs::read(&path).unwrap(), b"fo");
        switch.disarm();
        disk.remove(&path).unwrap();
        assert!(!path.exists());
    }
}
