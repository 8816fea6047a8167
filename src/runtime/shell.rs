//! A command of the user's that runs beside the screen, at most one at a time.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::Sender;
use std::thread::{self, JoinHandle};

use anyhow::Result;

use super::events::Event;
use crate::command::{self, Group};
use crate::model::review::Shown;

/// Runs commands on a thread of their own; what one that was stopped wrote is not told any more.
#[derive(Debug, Default)]
pub(super) struct Shell {
    number: u64,
    running: Option<(Arc<AtomicBool>, JoinHandle<()>)>,
}

impl Shell {
    /// Runs a command; one that still runs is stopped.
    pub(super) fn run(&mut self, command: String, sender: Sender<Event>) -> Result<()> {
        self.stop();
        self.number += 1;
        let number = self.number;
        let stop = Arc::new(AtomicBool::new(false));
        let theirs = Arc::clone(&stop);
        let work = move || {
            let shown = command::run(&command, Group::Own, command::LIMIT, &theirs);
            // A program that has ended meanwhile needs no answer.
            let _ = sender.send(Event::Shown(number, shown));
        };
        let thread = thread::Builder::new().name("command".to_owned());
        self.running = Some((stop, thread.spawn(work)?));
        Ok(())
    }

    /// What came of the command with this number, if it was not stopped.
    pub(super) fn take(&mut self, number: u64, shown: Result<Shown>) -> Option<Result<Shown>> {
        let is_last = number == self.number && self.running.is_some();
        is_last.then(|| {
            self.running = None;
            shown
        })
    }

    /// Stops the command that runs, with everything it started, and waits for its end, which is at once.
    pub(super) fn stop(&mut self) {
        if let Some((stop, thread)) = self.running.take() {
            stop.store(true, Ordering::SeqCst);
            let _ = thread.join();
        }
    }
}

impl Drop for Shell {
    fn drop(&mut self) {
        self.stop();
    }
}

#[cfg(all(test, unix))]
mod tests {
    use std::sync::mpsc::channel;

    use super::*;
    use crate::model::review::End;

    #[test]
    fn what_a_stopped_command_wrote_is_not_told_and_the_next_one_is() {
        let (sender, events) = channel();
        let mut shell = Shell::default();
        shell.run("sleep 600".to_owned(), sender.clone()).unwrap();
        shell.stop();
        shell.run("echo two".to_owned(), sender).unwrap();
        let mut told = Vec::new();
        for _ in 0..2 {
            if let Event::Shown(number, shown) = events.recv().unwrap()
                && let Some(shown) = shell.take(number, shown)
            {
                told.push(shown.unwrap());
            }
        }
        assert_eq!(told.len(), 1);
        assert_eq!(
            (told[0].end, told[0].output.as_str()),
            (End::Exit(0), "two")
        );
    }
}
