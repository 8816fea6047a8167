//! The folder of one product: where its files are, how they are replaced, and the lock on writing.
//!
//! Invariants: a file is never seen half written (temporary file, sync, rename, sync of the folder);
//! nothing outside the product's own files is ever written, whatever a journal may name.

use std::fs::{self, File, OpenOptions, TryLockError};
use std::io;
use std::path::{Component, Path, PathBuf};
use std::thread;
use std::time::{Duration, Instant};

use anyhow::{Context as _, Result, bail};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::disk::{self, Disk};

/// The file of the product itself.
pub const PRODUCT_FILE: &str = "product.json";
/// The folder of the stories' files.
pub const STORIES: &str = "stories";
/// The folder of the problems' files.
pub const PROBLEMS: &str = "problems";
/// The folder of what belongs to this machine only.
pub const LOCAL: &str = ".local";

/// How long a save waits for another program to finish its own.
const PATIENCE: Duration = Duration::from_secs(10);
/// More files than this in one act share one sync.
const BULK: usize = 32;
const LEFTOVER_ENDING: &str = ".tmp";

/// One file as an act changes it: the text before and after, `None` where there is no file.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct FileChange {
    /// The path inside the product's folder, with `/` between its parts.
    pub path: String,
    /// The text that was there.
    #[serde(default)]
    pub before: Option<String>,
    /// The text that is to be there.
    #[serde(default)]
    pub after: Option<String>,
}

/// The folder of one product.
#[derive(Clone, Debug)]
pub struct Folder {
    root: PathBuf,
    disk: Disk,
}

/// Files written beside their places and synced, ready to be put in place.
#[derive(Debug, Default)]
#[must_use = "staged files do nothing until they are put in place"]
pub(super) struct Staged {
    moves: Vec<(PathBuf, PathBuf)>,
    removals: Vec<PathBuf>,
}

/// The right to write, held until dropped.
#[derive(Debug)]
pub(super) struct Lock {
    file: File,
    disk: Disk,
}

/// What the lock file remembers between writes.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub(super) struct Marker {
    /// The last act whose files are all in place.
    pub(super) done: Option<Uuid>,
    /// The highest story number ever handed out here.
    pub(super) highest_number: u64,
    /// The length of the journal after that act.
    pub(super) journal: u64,
    /// The length past which the journal is shortened next.
    pub(super) shorten_past: u64,
}

impl Folder {
    /// Names a product's folder; nothing is read or made yet.
    pub fn new(root: impl Into<PathBuf>, disk: Disk) -> Self {
        Self {
            root: root.into(),
            disk,
        }
    }

    /// The folder itself.
    pub fn root(&self) -> &Path {
        &self.root
    }

    /// The place of a file named by its path inside the folder.
    pub fn path(&self, relative: &str) -> PathBuf {
        self.root.join(relative)
    }

    pub(super) fn disk(&self) -> &Disk {
        &self.disk
    }

    pub(super) fn local(&self, name: &str) -> PathBuf {
        self.root.join(LOCAL).join(name)
    }

    /// Makes the machine's own folder, which keeps itself out of version control.
    pub(super) fn make_local(&self) -> Result<()> {
        let local = self.root.join(LOCAL);
        let ignore = local.join(".gitignore");
        if ignore.exists() {
            return Ok(());
        }
        self.disk
            .make_folder(&local)
            .with_context(|| shown(&local))?;
        replace(&self.disk, &ignore, b"*\n")
    }

    /// Refuses when the product has been moved away, or its drive has: it would be made anew in the wrong place.
    pub(super) fn must_be_there(&self) -> Result<()> {
        let is_gone = |name: &str| {
            let error = fs::symlink_metadata(self.path(name)).err();
            error.is_some_and(|error| error.kind() == io::ErrorKind::NotFound)
        };
        if is_gone(PRODUCT_FILE) && is_gone(STORIES) {
            bail!("{} holds no product any more", self.root.display());
        }
        Ok(())
    }

    /// Waits for the right to write.
    pub(super) fn lock(&self) -> Result<Lock> {
        self.make_local()?;
        let path = self.local("lock");
        let file = OpenOptions::new()
            .read(true)
            .write(true)
            .create(true)
            .truncate(false)
            .open(&path)
            .with_context(|| shown(&path))?;
        let start = Instant::now();
        loop {
            match file.try_lock() {
                Ok(()) => break,
                Err(TryLockError::WouldBlock) if start.elapsed() < PATIENCE => {
                    thread::sleep(Duration::from_millis(2));
                }
                Err(TryLockError::WouldBlock) => {
                    bail!("another program has been writing to this product for ten seconds")
                }
                // Some network drives know no locks. Refusing to save there would lose more than it keeps.
                Err(TryLockError::Error(error)) if error.kind() == io::ErrorKind::Unsupported => {
                    break;
                }
                Err(TryLockError::Error(error)) => {
                    return Err(error).with_context(|| shown(&path));
                }
            }
        }
        Ok(Lock {
            file,
            disk: self.disk.clone(),
        })
    }

    /// Writes the new texts beside their places and syncs them; nothing is replaced yet.
    ///
    /// A full disk shows here, before anything has been promised.
    pub(super) fn stage(&self, changes: &[FileChange]) -> Result<Staged> {
        let mut staged = Staged::default();
        let mut files = Vec::new();
        let bulk = changes.len() > BULK;
        let result = changes.iter().try_for_each(|change| {
            let target = self.target(&change.path)?;
            let Some(text) = &change.after else {
                staged.removals.push(target);
                return Ok(());
            };
            let temporary = temporary_beside(&target);
            staged.moves.push((temporary.clone(), target.clone()));
            let file = write_beside(&self.disk, &temporary, &target, text.as_bytes())
                .with_context(|| shown(&target))?;
            if !bulk {
                return self.disk.sync(&file).with_context(|| shown(&target));
            }
            if cfg!(not(target_os = "linux")) {
                files.push(file);
            }
            Ok(())
        });
        let result = match result {
            Ok(()) if bulk => self
                .disk
                .sync_many(&self.root, &files)
                .with_context(|| shown(&self.root)),
            other => other,
        };
        if let Err(error) = result {
            self.discard(staged);
            return Err(error);
        }
        Ok(staged)
    }

    /// Replaces the files by what was staged, and syncs their folders.
    pub(super) fn put_in_place(&self, staged: &Staged) -> Result<()> {
        let mut folders: Vec<&Path> = Vec::new();
        for (temporary, target) in &staged.moves {
            self.disk
                .rename(temporary, target)
                .with_context(|| shown(target))?;
        }
        for target in &staged.removals {
            self.disk.remove(target).with_context(|| shown(target))?;
        }
        let targets = staged.moves.iter().map(|(_, target)| target);
        for target in targets.chain(&staged.removals) {
            if let Some(folder) = target.parent()
                && !folders.contains(&folder)
            {
                folders.push(folder);
            }
        }
        folders
            .into_iter()
            .try_for_each(|folder| self.disk.sync_folder(folder).with_context(|| shown(folder)))
    }

    /// Removes what was staged and is not wanted any more.
    pub(super) fn discard(&self, staged: Staged) {
        for (temporary, _) in staged.moves {
            // What cannot be removed is a dot file nobody reads; the doctor sweeps it up.
            let _ = self.disk.remove(&temporary);
        }
    }

    /// Reads one of the product's files as text; `None` when there is none.
    pub(super) fn read_text(&self, relative: &str) -> Result<Option<String>> {
        let path = self.path(relative);
        let bytes = disk::read(&path).with_context(|| shown(&path))?;
        bytes
            .map(String::from_utf8)
            .transpose()
            .with_context(|| shown(&path))
    }

    /// Finds the file to replace: the product's own, or what a link of that name points to.
    fn target(&self, relative: &str) -> Result<PathBuf> {
        if !is_own_file(relative) {
            bail!("{relative} is not one of the product's files");
        }
        let path = self.path(relative);
        if let Some(parent) = path.parent() {
            self.disk
                .make_folder(parent)
                .with_context(|| shown(parent))?;
        }
        Ok(behind_links(&path))
    }
}

impl Lock {
    /// Reads what the last writer left; an unreadable marker counts as none.
    pub(super) fn marker(&mut self) -> Option<Marker> {
        use std::io::{Read as _, Seek as _};
        let mut text = String::new();
        self.file.rewind().ok()?;
        self.file.read_to_string(&mut text).ok()?;
        serde_json::from_str(&text).ok()
    }

    /// Leaves a marker for the next writer.
    ///
    /// It always has the same length, so that one write replaces all of it. It is not synced:
    /// losing it only means that an act is looked at again that is in place already.
    pub(super) fn mark(&mut self, marker: &Marker) -> Result<()> {
        let text = serde_json::to_string(marker)?;
        let line = format!("{text:<MARKER_WIDTH$}\n");
        self.disk
            .overwrite(&mut self.file, line.as_bytes())
            .context("the lock file could not be written")
    }
}

/// Wide enough for every marker: a uuid and three numbers of twenty digits with their names.
const MARKER_WIDTH: usize = 200;

/// Replaces one file durably, keeping its mode, and following a link of that name.
pub fn replace(disk: &Disk, path: &Path, bytes: &[u8]) -> Result<()> {
    if let Some(parent) = path.parent() {
        disk.make_folder(parent).with_context(|| shown(parent))?;
    }
    let target = behind_links(path);
    let temporary = temporary_beside(&target);
    let written = write_beside(disk, &temporary, &target, bytes)
        .and_then(|file| disk.sync(&file))
        .and_then(|()| disk.rename(&temporary, &target));
    if let Err(error) = written {
        let _ = disk.remove(&temporary);
        return Err(error).with_context(|| shown(path));
    }
    match target.parent() {
        Some(parent) => disk.sync_folder(parent).with_context(|| shown(parent)),
        None => Ok(()),
    }
}

/// Says whether a name is that of a temporary file a crash left behind.
pub(super) fn is_leftover(name: &str) -> bool {
    name.starts_with('.') && name.ends_with(LEFTOVER_ENDING)
}

/// Says whether a path in a journal is one the store may write.
///
/// A journal can come from a stranger, in a shared folder; it must not reach other files.
pub(super) fn is_own_file(relative: &str) -> bool {
    let mut parts = Path::new(relative).components();
    let (first, second, rest) = (parts.next(), parts.next(), parts.next());
    let plain = |part: Option<Component<'_>>| match part {
        Some(Component::Normal(name)) => name.to_str().map(str::to_owned),
        _ => None,
    };
    match (plain(first).as_deref(), second, rest) {
        (Some(PRODUCT_FILE), None, None) => true,
        (Some(STORIES | PROBLEMS), Some(_), None) => plain(second).is_some_and(|name| {
            !name.starts_with('.') && Path::new(&name).extension().is_some_and(|e| e == "json")
        }),
        _ => false,
    }
}

fn shown(path: &Path) -> String {
    path.display().to_string()
}

fn behind_links(path: &Path) -> PathBuf {
    if path.is_symlink() {
        return fs::canonicalize(path).unwrap_or_else(|_| path.to_owned());
    }
    path.to_owned()
}

fn temporary_beside(target: &Path) -> PathBuf {
    let name = target.file_name().unwrap_or_default().to_string_lossy();
    let unique = Uuid::now_v7().simple();
    target.with_file_name(format!(".{name}.{unique}{LEFTOVER_ENDING}"))
}

/// Writes a temporary file that looks like the one it will replace: same mode, same owner where allowed.
fn write_beside(disk: &Disk, temporary: &Path, target: &Path, bytes: &[u8]) -> io::Result<File> {
    let file = disk.create(temporary, bytes)?;
    if let Ok(old) = fs::metadata(target) {
        file.set_permissions(old.permissions())?;
        keep_owner(&file, &old);
    }
    Ok(file)
}

#[cfg(unix)]
fn keep_owner(file: &File, old: &fs::Metadata) {
    use std::os::unix::fs::{MetadataExt as _, fchown};
    let Ok(new) = file.metadata() else { return };
    if (new.uid(), new.gid()) != (old.uid(), old.gid()) {
        // Only root may give files away; for everybody else the writer owns what it wrote.
        let _ = fchown(file, Some(old.uid()), Some(old.gid()));
    }
}

#[cfg(not(unix))]
fn keep_owner(_file: &File, _old: &fs::Metadata) {}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::store::disk::Fault;

    fn change(path: &str, after: Option<&str>) -> FileChange {
        FileChange {
            path: path.to_owned(),
            before: None,
            after: after.map(str::to_owned),
        }
    }

    fn names(folder: &Path) -> Vec<String> {
        let mut names: Vec<_> = fs::read_dir(folder)
            .unwrap()
            .map(|entry| entry.unwrap().file_name().into_string().unwrap())
            .collect();
        names.sort();
        names
    }

    #[test]
    fn a_staged_file_is_invisible_until_it_is_put_in_place() {
        let root = tempfile::tempdir().unwrap();
        let folder = Folder::new(root.path(), Disk::default());
        let staged = folder
            .stage(&[change("stories/a.json", Some("new"))])
            .unwrap();
        assert!(!folder.path("stories/a.json").exists());
        folder.put_in_place(&staged).unwrap();
        assert_eq!(
            fs::read_to_string(folder.path("stories/a.json")).unwrap(),
            "new"
        );
        assert_eq!(names(&folder.path("stories")), ["a.json"]);
    }

    #[test]
    fn a_full_disk_while_staging_leaves_nothing_behind() {
        let root = tempfile::tempdir().unwrap();
        let (disk, switch) = Disk::with_faults();
        let folder = Folder::new(root.path(), disk);
        folder.disk.make_folder(&folder.path(STORIES)).unwrap();
        let changes = [
            change("stories/a.json", Some("a")),
            change("stories/b.json", Some("b")),
        ];
        switch.arm(2, Fault::Once(io::ErrorKind::StorageFull));
        let error = folder.stage(&changes).unwrap_err();
        assert!(format!("{error:#}").contains("b.json"), "{error:#}");
        assert!(names(&folder.path(STORIES)).is_empty());
    }

    #[test]
    fn many_files_are_staged_and_placed_like_few() {
        let root = tempfile::tempdir().unwrap();
        let folder = Folder::new(root.path(), Disk::default());
        let changes: Vec<_> = (0..BULK + 8)
            .map(|n| change(&format!("stories/{n:03}.json"), Some("text")))
            .collect();
        let staged = folder.stage(&changes).unwrap();
        folder.put_in_place(&staged).unwrap();
        assert_eq!(names(&folder.path(STORIES)).len(), BULK + 8);
        let gone: Vec<_> = changes.iter().map(|c| change(&c.path, None)).collect();
        let staged = folder.stage(&gone).unwrap();
        folder.put_in_place(&staged).unwrap();
        assert!(names(&folder.path(STORIES)).is_empty());
    }

    #[cfg(unix)]
    #[test]
    fn a_replaced_file_keeps_its_mode_and_a_link_stays_a_link() {
        use std::os::unix::fs::{PermissionsExt as _, symlink};
        let root = tempfile::tempdir().unwrap();
        let real = root.path().join("real.json");
        let link = root.path().join("link.json");
        fs::write(&real, "old").unwrap();
        fs::set_permissions(&real, fs::Permissions::from_mode(0o640)).unwrap();
        symlink(&real, &link).unwrap();
        replace(&Disk::default(), &link, b"new").unwrap();
        assert!(link.is_symlink());
        assert_eq!(fs::read_to_string(&real).unwrap(), "new");
        assert_eq!(
            fs::metadata(&real).unwrap().permissions().mode() & 0o777,
            0o640
        );
    }

    #[test]
    fn the_machines_own_folder_ignores_itself() {
        let root = tempfile::tempdir().unwrap();
        let folder = Folder::new(root.path(), Disk::default());
        drop(folder.lock().unwrap());
        assert_eq!(
            fs::read_to_string(folder.local(".gitignore")).unwrap(),
            "*\n"
        );
    }

    #[test]
    fn the_marker_comes_back_as_it_was_left() {
        let root = tempfile::tempdir().unwrap();
        let folder = Folder::new(root.path(), Disk::default());
        let mut lock = folder.lock().unwrap();
        assert_eq!(lock.marker(), None);
        let large = Marker {
            done: Some(Uuid::max()),
            highest_number: u64::MAX,
            journal: u64::MAX,
            shorten_past: u64::MAX,
        };
        for marker in [large, Marker::default()] {
            lock.mark(&marker).unwrap();
            assert_eq!(lock.marker(), Some(marker));
        }
        let length = fs::metadata(folder.local("lock")).unwrap().len();
        assert_eq!(length, MARKER_WIDTH as u64 + 1);
    }

    #[test]
    fn only_the_products_own_files_are_written() {
        for own in ["product.json", "stories/a.json", "problems/b.json"] {
            assert!(is_own_file(own), "{own}");
        }
        for foreign in [
            "",
            "../product.json",
            "/product.json",
            "stories/../../a.json",
            "stories",
            "stories/a/b.json",
            "stories/.a.json",
            "stories/a.txt",
            ".local/lock",
        ] {
            assert!(!is_own_file(foreign), "{foreign}");
        }
    }
}
