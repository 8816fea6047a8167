//! The screen at work: the terminal, the events, the files and the one loop that holds them together.
//!
//! Invariants: one thread owns the app and draws; loading, saving, watching and reading keys happen on threads of
//! their own and come back as events, so a frame never waits for the disk. All waiting events are taken in before a
//! frame is drawn. Whatever happens, the terminal is given back as it was found.

mod desk;
mod editor;
mod events;
mod file;
mod shell;
mod terminal;

use std::collections::VecDeque;
use std::path::{Path, PathBuf};
use std::sync::mpsc::{Receiver, RecvTimeoutError, Sender, channel};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread::{self, JoinHandle};

use anyhow::{Result, anyhow};
use jiff::Timestamp;
use jiff::tz::TimeZone;
use uuid::Uuid;

use crate::keymap::Action;
use crate::model::Line;
use crate::ui::app::Setting;
use crate::ui::effect::TextFile;
use crate::ui::{App, Input, Request, Theme};
use desk::Desk;
use events::{Event, Keyboard};
use shell::Shell;
use terminal::Screen;

/// What the screen needs to know to start.
pub struct Start {
    /// The folder of the product to open; without one the welcome is shown.
    pub folder: Option<PathBuf>,
    /// The name of the person at the keyboard.
    pub user: String,
    /// How products come into being.
    pub doors: Box<dyn Doors>,
}

/// How products come into being; each answers the folder of the new product.
pub trait Doors: Send {
    /// Makes an empty product of this name.
    fn make(&mut self, name: &str) -> Result<PathBuf>;
    /// Makes a product of this name from a file; answers with a sentence about what was read, too.
    fn import(&mut self, file: &Path, name: &str) -> Result<(PathBuf, String)>;
    /// Makes the demo.
    fn demo(&mut self) -> Result<PathBuf>;
}

/// Runs the screen until the user quits.
///
/// # Errors
/// When there is no terminal, or it cannot be drawn on.
pub fn run(start: Start) -> Result<()> {
    let theme = theme();
    let setting = Setting {
        theme,
        user: Line::parse(&start.user),
        zone: TimeZone::system(),
    };
    let (sender, events) = channel();
    let mut screen = Screen::enter(theme.color)?;
    let keyboard = Keyboard::listen(sender.clone())?;
    let new_id = Box::new(Uuid::now_v7);
    let mut desk = Desk::new(sender.clone(), &start.user);
    let app = match start.folder {
        Some(folder) => {
            desk.open(folder)?;
            App::loading(setting, new_id, Timestamp::now())
        }
        None => App::welcome(setting, new_id, Timestamp::now()),
    };
    let mut program = Program {
        app,
        desk,
        keyboard,
        sender,
        shell: Shell::default(),
        doors: Arc::new(Mutex::new(start.doors)),
        waiting: VecDeque::new(),
        writers: Vec::new(),
        stage: Stage::Working,
    };
    let result = program.run(&events, &mut screen);
    drop(screen);
    result
}

/// The running program.
struct Program {
    app: App,
    desk: Desk,
    keyboard: Keyboard,
    sender: Sender<Event>,
    shell: Shell,
    doors: Arc<Mutex<Box<dyn Doors>>>,
    waiting: VecDeque<Request>,
    /// The threads that write files for the user.
    writers: Vec<JoinHandle<()>>,
    stage: Stage,
}

/// How far the program has come.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Stage {
    Working,
    /// The user has left.
    Left,
    /// The system wants an end, or the terminal is gone.
    Stopped,
}

impl Program {
    fn run(&mut self, events: &Receiver<Event>, screen: &mut Screen) -> Result<()> {
        let result = self.work(events, screen);
        if result.is_err() {
            // A terminal that cannot be drawn on any more is no reason to lose anything.
            self.stop();
        }
        let saved = self.save_the_rest(events);
        self.desk.keep_session(&self.app.session());
        if let Some(memory) = self.app.memory(Timestamp::now()) {
            self.desk.remember(&memory);
        }
        for writer in self.writers.drain(..) {
            // One that panicked has nothing to say any more.
            let _ = writer.join();
        }
        result.and(saved)
    }

    fn work(&mut self, events: &Receiver<Event>, screen: &mut Screen) -> Result<()> {
        screen.draw(&mut self.app)?;
        while self.stage == Stage::Working {
            let event = self.next(events)?;
            self.take(event);
            // A held key or a paste is many events: take what is there, then draw once. What comes after a key that
            // leaves the screen or hands it to somebody else waits until that is over.
            while !self.waiting.iter().any(leaves)
                && let Ok(event) = events.try_recv()
            {
                self.take(event);
            }
            while let Some(request) = self.waiting.pop_front() {
                self.answer(request, screen, events)?;
            }
            screen.draw(&mut self.app)?;
        }
        Ok(())
    }

    /// The next thing that happens; while nothing does, the app goes on by itself.
    fn next(&mut self, events: &Receiver<Event>) -> Result<Event> {
        let mut has_worked = false;
        while let Some(patience) = self.app.patience() {
            // What came of the work is to be seen before anything is waited for.
            if has_worked && !patience.is_zero() {
                break;
            }
            match events.recv_timeout(patience) {
                Err(RecvTimeoutError::Timeout) => self.input(Input::Idle),
                event => return Ok(event?),
            }
            has_worked = true;
        }
        if has_worked {
            return Ok(Event::Input(Input::Resize));
        }
        Ok(events.recv()?)
    }

    /// After a signal nobody can be asked; what the disk refuses then is told at least.
    fn save_the_rest(&mut self, events: &Receiver<Event>) -> Result<()> {
        let mut saved = self.finish(events);
        if self.stage == Stage::Left {
            // Whoever leaves with unsaved acts was asked.
            return Ok(());
        }
        while self.desk.is_contested() {
            self.desk.settle_all();
            saved = self.finish(events);
        }
        saved.map_err(|reason| anyhow!("Not everything is saved. {reason}"))
    }

    /// Waits until everything is saved, and hears what stands against it. Keys that come meanwhile were typed behind
    /// the one that leaves and are dropped.
    fn finish(&mut self, events: &Receiver<Event>) -> Result<(), String> {
        while self.desk.has_early() {
            match events.recv() {
                Ok(Event::Input(_)) => {}
                Ok(event) => self.take(event),
                Err(_) => break,
            }
        }
        let saved = self.desk.flush();
        for event in events.try_iter() {
            if let Event::Desk(event) = event {
                self.take(Event::Desk(event));
            }
        }
        saved
    }

    fn take(&mut self, event: Event) {
        match event {
            Event::Stop => self.stop(),
            Event::Input(input) => self.input(input),
            Event::Shown(number, shown) => {
                if let Some(shown) = self.shell.take(number, shown) {
                    self.input(Input::Shown(shown.map_err(|error| format!("{error:#}."))));
                }
            }
            Event::Desk(event) => {
                for input in self.desk.take(event) {
                    self.input(input);
                }
            }
            Event::Made(Ok((folder, said))) => {
                self.desk.tell(said);
                if let Err(error) = self.desk.open(folder) {
                    self.input(Input::Unreadable(format!("{error:#}")));
                }
            }
            Event::Made(Err(error)) => self.input(Input::Unreadable(format!("{error:#}"))),
        }
    }

    /// Leaves without asking: the terminal may be gone, and nobody can answer. What is being typed is committed.
    fn stop(&mut self) {
        self.stage = Stage::Stopped;
        self.input(Input::Stop);
        for request in std::mem::take(&mut self.waiting) {
            match request {
                Request::Save(act) => self.desk.save(act),
                Request::Settle { act, ours } => self.desk.settle(act, ours),
                Request::KeepComparison(comparison) => self.desk.keep_comparison(comparison),
                _ => {}
            }
        }
    }

    fn input(&mut self, input: Input) {
        let requests = self.app.handle(input, Timestamp::now());
        self.waiting.extend(requests);
    }

    fn answer(
        &mut self,
        request: Request,
        screen: &mut Screen,
        events: &Receiver<Event>,
    ) -> Result<()> {
        match request {
            Request::Save(act) => self.desk.save(act),
            Request::Retry => self.desk.retry(),
            Request::Settle { act, ours } => self.desk.settle(act, ours),
            Request::KeepComparison(comparison) => self.desk.keep_comparison(comparison),
            Request::RunCommand(command) => self.shell.run(command, self.sender.clone())?,
            Request::StopCommand => self.shell.stop(),
            Request::Copy(text) => Screen::copy(&text)?,
            Request::WriteFile(wanted) => self.write_file(wanted)?,
            Request::Redraw => screen.clear()?,
            Request::Quit => match self.finish(events) {
                Ok(()) => self.stage = Stage::Left,
                Err(reason) => {
                    self.input(Input::SaveFailed(reason));
                    if self.desk.is_contested() {
                        // Leaving asks whose words are to stay.
                        self.app.act(Action::Quit);
                    }
                }
            },
            Request::Abandon => self.stage = Stage::Left,
            Request::Suspend => self.keyboard.pause(|| screen.suspend())?,
            Request::EditOutside(text) => {
                let edited = self
                    .keyboard
                    .pause(|| screen.outside(|| editor::edit(&text)))?;
                self.input(Input::Edited(edited.map_err(|error| format!("{error:#}"))));
            }
            Request::MakeProduct(name) => self.make(move |doors| Ok((doors.make(&name)?, None)))?,
            Request::ImportProduct { file, name } => self.make(move |doors| {
                let (folder, said) = doors.import(&file, &name)?;
                Ok((folder, Some(said)))
            })?,
            Request::OpenDemo => self.make(|doors| Ok((doors.demo()?, None)))?,
        }
        Ok(())
    }

    /// Writes a file on a thread of its own, because its disk may be slow.
    fn write_file(&mut self, wanted: TextFile) -> Result<()> {
        let sender = self.sender.clone();
        let writer = thread::Builder::new()
            .name("file".to_owned())
            .spawn(move || {
                // A program that has ended meanwhile needs no answer.
                let _ = sender.send(Event::Input(file::write(wanted)));
            })?;
        self.writers.push(writer);
        Ok(())
    }

    /// Makes a product on a thread of its own: a large file takes its time.
    fn make(
        &mut self,
        task: impl FnOnce(&mut dyn Doors) -> Result<Made> + Send + 'static,
    ) -> Result<()> {
        self.input(Input::Loading(0, 0));
        let (doors, sender) = (Arc::clone(&self.doors), self.sender.clone());
        thread::Builder::new()
            .name("maker".to_owned())
            .spawn(move || {
                let mut doors = doors.lock().unwrap_or_else(PoisonError::into_inner);
                // A program that has ended meanwhile needs no answer.
                let _ = sender.send(Event::Made(task(doors.as_mut())));
            })?;
        Ok(())
    }
}

/// A product that was made: its folder, and what there is to say about it.
type Made = (PathBuf, Option<String>);

/// Whether what is typed after this request is not meant for the screen as it is now.
const fn leaves(request: &Request) -> bool {
    matches!(
        request,
        Request::Quit | Request::Abandon | Request::Suspend | Request::EditOutside(_)
    )
}

/// How this terminal can be drawn on, as its environment tells.
fn theme() -> Theme {
    let variable = |name: &str| std::env::var(name).ok().filter(|value| !value.is_empty());
    let term = variable("TERM").unwrap_or_default();
    let locale = ["LC_ALL", "LC_CTYPE", "LANG"]
        .into_iter()
        .find_map(variable)
        .unwrap_or_default();
    let locale = locale.to_lowercase();
    // Windows and most terminals of today write UTF-8 whatever the locale says; these say they do not.
    let plain = term == "dumb" || term == "vt100" || matches!(locale.as_str(), "c" | "posix");
    Theme {
        color: variable("NO_COLOR").is_none() && term != "dumb",
        ascii: plain || variable("BACKSTORY_ASCII").is_some(),
    }
}
