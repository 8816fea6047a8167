//! Notices that something in a product's folder changed; what changed, the store finds out.
//!
//! Traps: reading a file is an event too; a folder that is removed and made anew is watched no more.

use std::fs;
use std::path::{Path, PathBuf};
use std::sync::mpsc::{Receiver, RecvTimeoutError, Sender, channel};
use std::thread::{self, JoinHandle};
use std::time::{Duration, Instant};

use anyhow::{Context as _, Result};
use notify::{Event, RecommendedWatcher, RecursiveMode, Watcher as _};

use super::session::is_private;

/// A change is reported when nothing further has happened for so long.
const QUIET: Duration = Duration::from_millis(120);
/// A folder that never comes to rest is reported all the same.
const RESTLESS: Duration = Duration::from_secs(1);
/// So often the watch looks whether its folder is still the same one.
const LOOK_AGAIN: Duration = Duration::from_secs(2);

/// Watches a folder until it is dropped.
#[derive(Debug)]
pub struct Watch {
    signals: Sender<Signal>,
    thread: Option<JoinHandle<()>>,
}

enum Signal {
    Changed,
    Stop,
}

impl Watch {
    /// Starts to watch a product's folder; `changed` is called from a thread of its own.
    pub fn start(root: &Path, changed: impl FnMut() + Send + 'static) -> Result<Self> {
        let root = fs::canonicalize(root).with_context(|| root.display().to_string())?;
        let (signals, received) = channel();
        let watcher = watcher(&root, &signals).with_context(|| root.display().to_string())?;
        let mut guard = Watched {
            identity: identity(&root),
            watcher: Some(watcher),
            signals: signals.clone(),
            root,
        };
        let thread = thread::Builder::new()
            .name("watch".to_owned())
            .spawn(move || guard.run(&received, changed))?;
        Ok(Self {
            signals,
            thread: Some(thread),
        })
    }
}

impl Drop for Watch {
    fn drop(&mut self) {
        let _ = self.signals.send(Signal::Stop);
        if let Some(thread) = self.thread.take() {
            let _ = thread.join();
        }
    }
}

struct Watched {
    root: PathBuf,
    identity: Option<Identity>,
    watcher: Option<RecommendedWatcher>,
    signals: Sender<Signal>,
}

impl Watched {
    fn run(&mut self, received: &Receiver<Signal>, mut changed: impl FnMut()) {
        loop {
            let mut news = match received.recv_timeout(LOOK_AGAIN) {
                Ok(Signal::Changed) => {
                    if !settle(received) {
                        return;
                    }
                    true
                }
                Err(RecvTimeoutError::Timeout) => false,
                Ok(Signal::Stop) | Err(RecvTimeoutError::Disconnected) => return,
            };
            news |= self.watch_anew();
            if news {
                changed();
            }
        }
    }

    /// Watches the folder that now has the name, if it is another one than before.
    fn watch_anew(&mut self) -> bool {
        let now = identity(&self.root);
        if now == self.identity && self.watcher.is_some() {
            return false;
        }
        self.watcher = None;
        self.identity = now;
        if now.is_some() {
            self.watcher = watcher(&self.root, &self.signals).ok();
        }
        self.watcher.is_some()
    }
}

/// Waits for a pause; `false` when the watch is over.
fn settle(received: &Receiver<Signal>) -> bool {
    let start = Instant::now();
    while start.elapsed() < RESTLESS {
        match received.recv_timeout(QUIET) {
            Ok(Signal::Changed) => {}
            Err(RecvTimeoutError::Timeout) => return true,
            Ok(Signal::Stop) | Err(RecvTimeoutError::Disconnected) => return false,
        }
    }
    true
}

fn watcher(root: &Path, signals: &Sender<Signal>) -> notify::Result<RecommendedWatcher> {
    let signals = signals.clone();
    let folder = root.to_owned();
    let mut watcher = notify::recommended_watcher(move |event: notify::Result<Event>| {
        // An error may hide a change: better to look once too often.
        if event.map_or(true, |event| is_news(&folder, &event)) {
            let _ = signals.send(Signal::Changed);
        }
    })?;
    watcher.watch(root, RecursiveMode::Recursive)?;
    Ok(watcher)
}

fn is_news(root: &Path, event: &Event) -> bool {
    if event.kind.is_access() {
        return false;
    }
    let is_public = |path: &PathBuf| !path.strip_prefix(root).is_ok_and(is_private);
    event.paths.is_empty() || event.paths.iter().any(is_public)
}

/// What tells a folder from another one of the same name.
type Identity = (u64, u64);

#[cfg(unix)]
fn identity(root: &Path) -> Option<Identity> {
    use std::os::unix::fs::MetadataExt as _;
    let metadata = fs::metadata(root).ok()?;
    Some((metadata.dev(), metadata.ino()))
}

#[cfg(not(unix))]
fn identity(root: &Path) -> Option<Identity> {
    let created = fs::metadata(root).ok()?.created().ok()?;
    let since = created.duration_since(std::time::UNIX_EPOCH).ok()?;
    Some((since.as_secs(), u64::from(since.subsec_nanos())))
}

#[cfg(test)]
mod tests {
    use notify::EventKind;
    use notify::event::{AccessKind, CreateKind, ModifyKind};

    use super::*;

    /// Only a limit for a test that fails; a test that passes does not wait so long.
    const LIMIT: Duration = Duration::from_secs(20);

    #[test]
    fn reading_a_file_is_no_news_and_neither_is_the_machines_own_folder() {
        let root = Path::new("/home/ana/.local/share/backstory/webshop");
        let event = |kind, path: &str| Event::new(kind).add_path(root.join(path));
        let modified = EventKind::Modify(ModifyKind::Any);
        assert!(is_news(root, &event(modified, "stories/a.json")));
        assert!(is_news(
            root,
            &event(EventKind::Create(CreateKind::Folder), "stories")
        ));
        assert!(!is_news(
            root,
            &event(EventKind::Access(AccessKind::Any), "stories/a.json")
        ));
        assert!(!is_news(root, &event(modified, ".local/journal.jsonl")));
        assert!(!is_news(root, &event(modified, "stories/.a.json.1.tmp")));
    }

    #[test]
    fn a_changed_file_is_reported() {
        let root = tempfile::tempdir().unwrap();
        let (tell, told) = channel();
        let _watch = Watch::start(root.path(), move || tell.send(()).unwrap_or_default()).unwrap();
        fs::write(root.path().join("product.json"), "{}").unwrap();
        told.recv_timeout(LIMIT).unwrap();
    }

    #[test]
    fn a_folder_made_anew_is_watched_again() {
        let parent = tempfile::tempdir().unwrap();
        let root = parent.path().join("webshop");
        fs::create_dir(&root).unwrap();
        let (tell, told) = channel();
        let _watch = Watch::start(&root, move || tell.send(()).unwrap_or_default()).unwrap();
        // Kept, so that the new folder cannot get the old one's identity.
        fs::rename(&root, parent.path().join("old")).unwrap();
        fs::create_dir(&root).unwrap();
        told.recv_timeout(LIMIT).unwrap();
        // The new folder itself may be reported late and answer for the first file, but not for both.
        for name in ["product.json", "other.json"] {
            fs::write(root.join(name), "{}").unwrap();
            told.recv_timeout(LIMIT).unwrap();
        }
    }
}
