//! Running a command of the user's and keeping the end of what it writes.
//!
//! Invariants: nothing is run that the user has not just confirmed; a command never reads the keyboard, ends within its
//! time, and is stopped with everything it started; of its output only the end is kept, and nothing that acts on a
//! terminal.

use std::collections::VecDeque;
use std::io::{PipeReader, Read as _};
use std::process::{Command, ExitStatus, Stdio};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{Receiver, channel};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread;
use std::time::{Duration, Instant};

use anyhow::{Context as _, Result};
use jiff::SignedDuration;
use process_wrap::std::{ChildWrapper, CommandWrap};

use crate::harmless::safe_lines;
use crate::model::review::{End, Shown};

/// The longest a command may take.
pub const LIMIT: Duration = Duration::from_secs(120);
/// So many bytes at the end of the output are looked at.
const BYTES: usize = 64 * 1024;
/// So many lines at the end of the output are kept.
const LINES: usize = 20;
/// So often it is looked whether the command has ended.
const LOOK: Duration = Duration::from_millis(20);
/// So long the rest of the output is waited for, where something that the command started holds on to it.
const REST: Duration = Duration::from_millis(500);

/// Whose the terminal is while a command runs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Group {
    /// Ours: the command has none, so that nothing it starts can write across the screen or ask for a password there,
    /// and it is stopped by `stop` only, with everything it started.
    Own,
    /// Its own, too, as for any program on a command line.
    Shared,
}

/// Runs a command with the user's shell until it ends, takes too long or is to stop.
///
/// # Errors
/// When no shell can be started.
pub fn run(command: &str, group: Group, limit: Duration, stop: &AtomicBool) -> Result<Shown> {
    let (reader, writer) = std::io::pipe()?;
    let mut shell = shell(command);
    shell
        .stdin(Stdio::null())
        .stdout(writer.try_clone()?)
        .stderr(writer)
        .env("NO_COLOR", "1")
        .env("TERM", "dumb");
    let mut shell = CommandWrap::from(shell);
    #[cfg(unix)]
    if group == Group::Own {
        shell.wrap(process_wrap::std::ProcessSession);
    }
    #[cfg(not(unix))]
    let _ = group;
    let begun = Instant::now();
    let mut child = shell
        .spawn()
        .with_context(|| format!("`{command}` could not be run"))?;
    // Our own ends of the pipe, so that it ends with the command.
    drop(shell);
    let tail = Arc::new(Mutex::new(VecDeque::new()));
    let ended = listen(reader, Arc::clone(&tail));
    let end = loop {
        if let Some(status) = child.try_wait()? {
            break status.code().map_or(End::Killed, End::Exit);
        }
        let too_long = begun.elapsed() >= limit;
        if too_long || stop.load(Ordering::SeqCst) {
            let last = kill(child.as_mut());
            break match last {
                // It was faster.
                Some(status) if status.code().is_some() => End::Exit(status.code().unwrap_or(0)),
                _ if too_long => End::TooLong,
                _ => End::Stopped,
            };
        }
        thread::sleep(LOOK);
    };
    let took = SignedDuration::try_from(begun.elapsed()).unwrap_or(SignedDuration::MAX);
    let _ = ended.recv_timeout(REST);
    let mut tail = tail.lock().unwrap_or_else(PoisonError::into_inner);
    Ok(Shown {
        command: command.to_owned(),
        end,
        took,
        output: last_lines(&String::from_utf8_lossy(tail.make_contiguous())),
    })
}

#[cfg(unix)]
fn shell(command: &str) -> Command {
    let mut shell = Command::new("sh");
    shell.arg("-c").arg(command);
    shell
}

#[cfg(not(unix))]
fn shell(command: &str) -> Command {
    let mut shell = Command::new("cmd");
    shell.arg("/C").arg(command);
    shell
}

/// Stops the command, and where it has a session of its own everything in it.
fn kill(child: &mut dyn ChildWrapper) -> Option<ExitStatus> {
    // One that has ended meanwhile cannot be killed, which is as good.
    let _ = child.start_kill();
    child.wait().ok()
}

/// Reads what is written on a thread of its own, keeps the end, and tells when there is no more.
fn listen(mut reader: PipeReader, tail: Arc<Mutex<VecDeque<u8>>>) -> Receiver<()> {
    let (sender, ended) = channel();
    thread::spawn(move || {
        let mut piece = [0; 8 * 1024];
        while let Ok(read @ 1..) = reader.read(&mut piece) {
            let mut tail = tail.lock().unwrap_or_else(PoisonError::into_inner);
            tail.extend(piece.iter().take(read));
            let too_many = tail.len().saturating_sub(BYTES);
            tail.drain(..too_many);
        }
        // Nobody listens any more where the rest took too long.
        let _ = sender.send(());
    });
    ended
}

/// The last lines of a text, harmless, without the sequences that colour a terminal.
fn last_lines(text: &str) -> String {
    let plain = without_escapes(text);
    let lines: Vec<String> = safe_lines(&plain)
        .map(|line| line.trim_end().to_owned())
        .collect();
    let end = lines.iter().rposition(|line| !line.is_empty());
    let lines = lines
        .get(..end.map_or(0, |last| last + 1))
        .unwrap_or_default();
    let first = lines.len().saturating_sub(LINES);
    lines.get(first..).unwrap_or_default().join("\n")
}

/// Leaves out the control sequences of terminals: `ESC [ … letter`.
fn without_escapes(text: &str) -> String {
    let mut plain = String::with_capacity(text.len());
    let mut chars = text.chars().peekable();
    while let Some(c) = chars.next() {
        if c == '\u{1b}' && chars.next_if_eq(&'[').is_some() {
            while chars.next_if(|c| !('@'..='~').contains(c)).is_some() {}
            chars.next();
        } else {
            plain.push(c);
        }
    }
    plain
}

#[cfg(all(test, unix))]
mod tests {
    use super::*;

    fn shown(command: &str) -> Shown {
        let stop = AtomicBool::new(false);
        run(command, Group::Own, LIMIT, &stop).unwrap()
    }

    #[test]
    fn the_end_of_the_output_and_the_code_are_kept() {
        let shown = shown("for i in $(seq 1 500); do echo line $i; done; echo oh >&2; exit 3");
        assert_eq!(shown.end, End::Exit(3));
        let lines: Vec<&str> = shown.output.lines().collect();
        assert_eq!((lines.len(), lines[0], lines[19]), (20, "line 482", "oh"));
    }

    #[test]
    fn output_is_harmless() {
        let shown = shown("printf 'a\\033[31mred\\033[0m\\007\\033]0;title\\007b\\r\\n\\n\\n'");
        assert_eq!(shown.output, "ared␇␛]0;title␇b");
    }

    #[test]
    fn nothing_is_read_from_the_keyboard_and_an_unknown_command_is_told_by_the_shell() {
        assert_eq!(shown("cat").end, End::Exit(0));
        let unknown = shown("no-such-command-anywhere");
        assert_eq!(unknown.end, End::Exit(127));
        assert!(unknown.output.contains("not found"), "{}", unknown.output);
    }

    #[test]
    fn a_command_ends_within_its_time_with_all_that_it_started() {
        let stop = AtomicBool::new(false);
        let limit = Duration::from_millis(200);
        let shown = run(
            "echo begun; sleep 600; echo never",
            Group::Own,
            limit,
            &stop,
        )
        .unwrap();
        assert_eq!(shown.end, End::TooLong);
        assert_eq!(shown.output, "begun");
    }

    #[test]
    fn a_command_can_be_stopped() {
        let stop = AtomicBool::new(true);
        let shown = run("sleep 600", Group::Own, LIMIT, &stop).unwrap();
        assert_eq!(shown.end, End::Stopped);
    }

    #[test]
    fn what_runs_on_in_the_background_is_not_waited_for() {
        let shown = shown("sleep 5 & echo done");
        assert_eq!((shown.end, shown.output.as_str()), (End::Exit(0), "done"));
    }
}
