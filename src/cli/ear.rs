//! Asking on stderr and hearing the answers on stdin, line by line.

#[cfg(unix)]
use std::fs;
use std::io::{self, BufRead as _, IsTerminal as _, Write as _};

use super::context::{Failure, say};
use crate::harmless::safe;

/// Hears the answers.
#[derive(Debug, Default)]
pub(super) struct Ear {
    has_heard: bool,
    /// So many answers in a row were none of those asked for.
    misheard: usize,
}

/// So many wrong answers in a row are enough, where nobody reads what is asked.
const WRONG: usize = 5;

impl Ear {
    /// Refuses before anything is asked where nobody can answer.
    pub(super) fn must_hear(&self) -> Result<(), Failure> {
        let stdin = io::stdin();
        // A pipe may wait for the question before it answers; anything else shows at once whether there is an answer.
        if self.has_heard || stdin.is_terminal() || is_pipe(&stdin) {
            return Ok(());
        }
        if stdin.lock().fill_buf()?.is_empty() {
            return Err(nobody());
        }
        Ok(())
    }

    /// Says what the answers are after one that is none of them, and gives up after some where they come from a pipe.
    pub(super) fn mishear(&mut self, heard: &str, answers: &str) -> Result<(), Failure> {
        self.misheard += 1;
        if self.misheard >= WRONG && !io::stdin().is_terminal() {
            return Err(Failure::refused(format!(
                "`{heard}` is no answer, and neither were the {} before it. {answers}",
                WRONG - 1
            )));
        }
        say(answers);
        Ok(())
    }

    /// Learns that the last answer was one of those asked for.
    pub(super) const fn understand(&mut self) {
        self.misheard = 0;
    }

    /// Hears one line, in lower case and without blanks around it; `None` when no more come.
    pub(super) fn hear(&mut self, question: &str) -> Result<Option<String>, Failure> {
        let words = self.hear_words(question)?;
        Ok(words.map(|words| words.to_lowercase()))
    }

    /// Hears one line as it was typed, without blanks around it; `None` when no more come.
    pub(super) fn hear_words(&mut self, question: &str) -> Result<Option<String>, Failure> {
        let mut stderr = io::stderr();
        let _ = write!(stderr, "{}", safe(question)).and_then(|()| stderr.flush());
        let stdin = io::stdin();
        let mut line = Vec::new();
        let read = stdin.lock().read_until(b'\n', &mut line)?;
        if !stdin.is_terminal() || read == 0 {
            // Nobody has pressed Enter there.
            let _ = writeln!(stderr);
        }
        if read > 0 {
            self.has_heard = true;
            let line = String::from_utf8_lossy(&line).trim().to_owned();
            return Ok(Some(line));
        }
        if !self.has_heard && !stdin.is_terminal() {
            return Err(nobody());
        }
        Ok(None)
    }
}

fn nobody() -> Failure {
    Failure::refused(
        "There is nobody to answer. Run this in a terminal, or pipe the answers in, one a line.",
    )
}

#[cfg(unix)]
fn is_pipe(stdin: &io::Stdin) -> bool {
    use std::os::fd::AsFd as _;
    use std::os::unix::fs::FileTypeExt as _;

    let file = stdin.as_fd().try_clone_to_owned().map(fs::File::from);
    let kind = file.and_then(|file| Ok(file.metadata()?.file_type()));
    kind.is_ok_and(|kind| kind.is_fifo() || kind.is_socket())
}

#[cfg(not(unix))]
fn is_pipe(_: &io::Stdin) -> bool {
    true
}
