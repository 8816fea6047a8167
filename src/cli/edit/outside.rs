//! A text in the user's own editor.
//!
//! Invariant: a text that could not be saved is kept, and the error says where.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use uuid::Uuid;

use crate::cli::context::{Failure, variable};

/// A text that came back from the editor, with the file that still holds it.
#[derive(Debug)]
pub(super) struct Draft {
    path: PathBuf,
    text: String,
}

/// Opens a text in $VISUAL or $EDITOR and waits until it is closed.
pub(super) fn edit(name: &str, text: &str) -> Result<Draft, Failure> {
    let editor = variable("VISUAL")
        .or_else(|| variable("EDITOR"))
        .ok_or_else(|| {
            Failure::refused(
                "No editor is named. Set VISUAL or EDITOR, or say by options what to change.",
            )
        })?;
    let path =
        std::env::temp_dir().join(format!("backstory-{name}-{}.md", Uuid::now_v7().simple()));
    let at_path = |error: std::io::Error| Failure::refused(format!("{}: {error}.", path.display()));
    write_private(&path, text).map_err(at_path)?;
    let status = command(&editor, &path).status();
    let ended_well = match &status {
        Ok(status) => status.success(),
        Err(_) => false,
    };
    let bytes = fs::read(&path).map_err(at_path)?;
    let draft = Draft {
        text: String::from_utf8_lossy(&bytes).into_owned(),
        path,
    };
    if ended_well {
        return Ok(draft);
    }
    let failure = Failure::refused(format!(
        "The editor `{editor}` did not end well, so nothing was changed."
    ));
    if draft.text == text {
        // It never came to typing; there is nothing to keep.
        draft.remove();
        return Err(failure);
    }
    Err(draft.kept(&failure))
}

impl Draft {
    /// The text as it came back.
    pub(super) fn text(&self) -> &str {
        &self.text
    }

    /// Removes the file once its text is saved; keeps it and says where when it is not.
    pub(super) fn settle(self, saved: Result<(), Failure>) -> Result<(), Failure> {
        match saved {
            Ok(()) => {
                self.remove();
                Ok(())
            }
            Err(failure) => Err(self.kept(&failure)),
        }
    }

    fn kept(&self, failure: &Failure) -> Failure {
        Failure::refused(format!(
            "{failure} Your text is kept in {}.",
            self.path.display()
        ))
    }

    fn remove(self) {
        // A file that stays behind in the temporary folder does no harm.
        let _ = fs::remove_file(self.path);
    }
}

/// Writes a file that only its owner can read.
fn write_private(path: &Path, text: &str) -> std::io::Result<()> {
    use std::io::Write as _;
    let mut options = fs::OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    options.open(path)?.write_all(text.as_bytes())
}

/// The editor's command line may hold options of its own, so a shell reads it.
#[cfg(unix)]
fn command(editor: &str, path: &Path) -> Command {
    let mut command = Command::new("sh");
    command
        .arg("-c")
        .arg(format!("{editor} \"$1\""))
        .arg("sh")
        .arg(path);
    command
}

#[cfg(not(unix))]
fn command(editor: &str, path: &Path) -> Command {
    let mut words = editor.split_whitespace();
    let mut command = Command::new(words.next().unwrap_or(editor));
    command.args(words).arg(path);
    command
}
