//! Keys, pastes, the mouse and signals as events.

use std::path::PathBuf;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::Sender;
use std::sync::{Arc, Condvar, Mutex, PoisonError};
use std::thread;
use std::time::Duration;

use anyhow::Result;
use crossterm::event::{self, Event as TerminalEvent, MouseButton, MouseEvent, MouseEventKind};

use super::desk::DeskEvent;
use crate::keymap::Key;
use crate::model::review::Shown;
use crate::ui::{Input, Pointer};

/// So often the thread that reads keys looks whether it should pause.
const LOOK: Duration = Duration::from_millis(150);

/// What the loop waits for.
pub(super) enum Event {
    /// Something for the app.
    Input(Input),
    /// Something from the files.
    Desk(DeskEvent),
    /// A product was made: its folder and what there is to say, or why not.
    Made(Result<(PathBuf, Option<String>)>),
    /// What came of the command with this number.
    Shown(u64, Result<Shown>),
    /// The system asks the program to end, or the terminal is gone.
    Stop,
}

/// The thread that reads the terminal.
pub(super) struct Keyboard {
    gate: Arc<(Mutex<Gate>, Condvar)>,
    /// Whether another program has the keys, and with them Ctrl+C and Ctrl+\.
    is_lent: Arc<AtomicBool>,
}

/// Whether the reader reads.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Gate {
    Reading,
    /// It should pause.
    Asked,
    /// It does.
    Paused,
    /// It has ended.
    Gone,
}

impl Keyboard {
    pub(super) fn listen(sender: Sender<Event>) -> Result<Self> {
        let is_lent = Arc::new(AtomicBool::new(false));
        listen_to_signals(sender.clone(), Arc::clone(&is_lent))?;
        let gate = Arc::new((Mutex::new(Gate::Reading), Condvar::new()));
        let theirs = Arc::clone(&gate);
        thread::Builder::new()
            .name("keyboard".to_owned())
            .spawn(move || read(&sender, &theirs))?;
        Ok(Self { gate, is_lent })
    }

    /// Runs something while nobody reads the terminal: an editor there needs all its keys for itself.
    pub(super) fn pause<T>(&self, task: impl FnOnce() -> T) -> T {
        let (lock, change) = &*self.gate;
        let mut gate = lock.lock().unwrap_or_else(PoisonError::into_inner);
        if *gate == Gate::Reading {
            *gate = Gate::Asked;
        }
        while *gate == Gate::Asked {
            gate = change.wait(gate).unwrap_or_else(PoisonError::into_inner);
        }
        self.is_lent.store(true, Ordering::SeqCst);
        let result = task();
        self.is_lent.store(false, Ordering::SeqCst);
        if *gate == Gate::Paused {
            *gate = Gate::Reading;
        }
        drop(gate);
        change.notify_all();
        result
    }
}

fn read(sender: &Sender<Event>, gate: &(Mutex<Gate>, Condvar)) {
    let (lock, change) = gate;
    loop {
        let mut state = lock.lock().unwrap_or_else(PoisonError::into_inner);
        if *state == Gate::Asked {
            *state = Gate::Paused;
            change.notify_all();
        }
        while *state == Gate::Paused {
            state = change.wait(state).unwrap_or_else(PoisonError::into_inner);
        }
        drop(state);
        let told = match event::poll(LOOK) {
            Ok(false) => continue,
            Ok(true) => match event::read() {
                Ok(event) => {
                    input(event).is_none_or(|input| sender.send(Event::Input(input)).is_ok())
                }
                Err(_) => false,
            },
            Err(_) => false,
        };
        if !told {
            // The terminal is gone, or the program is over.
            let _ = sender.send(Event::Stop);
            *lock.lock().unwrap_or_else(PoisonError::into_inner) = Gate::Gone;
            change.notify_all();
            return;
        }
    }
}

fn input(event: TerminalEvent) -> Option<Input> {
    match event {
        TerminalEvent::Key(key) => Key::from_event(key).map(Input::Key),
        TerminalEvent::Paste(text) => Some(Input::Paste(text)),
        TerminalEvent::Mouse(mouse) => pointer(mouse).map(Input::Pointer),
        TerminalEvent::Resize(..) => Some(Input::Resize),
        TerminalEvent::FocusGained | TerminalEvent::FocusLost => None,
    }
}

fn pointer(mouse: MouseEvent) -> Option<Pointer> {
    let MouseEvent { column, row, .. } = mouse;
    Some(match mouse.kind {
        MouseEventKind::Down(MouseButton::Left) => Pointer::Press { column, row },
        MouseEventKind::Drag(MouseButton::Left) => Pointer::Drag { column, row },
        MouseEventKind::Up(MouseButton::Left) => Pointer::Release { column, row },
        MouseEventKind::ScrollUp => Pointer::Wheel {
            column,
            row,
            rows: -3,
        },
        MouseEventKind::ScrollDown => Pointer::Wheel {
            column,
            row,
            rows: 3,
        },
        _ => return None,
    })
}

#[cfg(unix)]
fn listen_to_signals(sender: Sender<Event>, is_lent: Arc<AtomicBool>) -> Result<()> {
    use signal_hook::consts::{SIGHUP, SIGINT, SIGQUIT, SIGTERM};
    let mut signals = signal_hook::iterator::Signals::new([SIGTERM, SIGHUP, SIGINT, SIGQUIT])?;
    thread::Builder::new()
        .name("signals".to_owned())
        .spawn(move || {
            for signal in signals.forever() {
                // Keys of another program reach everything in the terminal, but are not meant for us.
                let is_theirs =
                    matches!(signal, SIGINT | SIGQUIT) && is_lent.load(Ordering::SeqCst);
                if !is_theirs && sender.send(Event::Stop).is_err() {
                    return;
                }
            }
        })?;
    Ok(())
}

#[cfg(not(unix))]
#[expect(
    clippy::unnecessary_wraps,
    clippy::needless_pass_by_value,
    reason = "the same signature as where there are signals"
)]
fn listen_to_signals(_sender: Sender<Event>, _is_lent: Arc<AtomicBool>) -> Result<()> {
    Ok(())
}
