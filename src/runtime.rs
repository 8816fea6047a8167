//! The screen at work: the terminal, the events, the files and the one loop that holds them together.
//!
//! Invariants: one thread owns the app and draws; loading, saving, watching and reading keys happen on threads of
//! their own and come back as events, so a frame never waits for the disk. All waiting events are taken in before a
//! frame is drawn. Whatever happens, the terminal is given back as it was found.

mod desk;
mod editor;
mod events;
mod terminal;

use std::collections::VecDeque;
use std::path::{Path, PathBuf};
use std::sync::mpsc::{Receiver, Sender, channel};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread;

use anyhow::Result;
use jiff::Timestamp;
use jiff::tz::TimeZone;
use uuid::Uuid;

use crate::model::Line;
use crate::ui::app::Setting;
use crate::ui::{App, Input, Request, Theme};
use desk::Desk;
use events::{Event, Keyboard};
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
    let mut desk = Desk::new(sender.clone());
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
        doors: Arc::new(Mutex::new(start.doors)),
        waiting: VecDeque::new(),
        leaving: None,
        is_over: false,
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
    doors: Arc<Mutex<Box<dyn Doors>>>,
    waiting: VecDeque<Request>,
    /// The request to end that waits until early acts can be saved.
    leaving: Option<Request>,
    is_over: bool,
}

impl Program {
    fn run(&mut self, events: &Receiver<Event>, screen: &mut Screen) -> Result<()> {
        screen.draw(&mut self.app)?;
        while let Ok(event) = events.recv() {
            self.take(event);
            // A held key or a paste is many events: take what is there, then draw once.
            while let Ok(event) = events.try_recv() {
                self.take(event);
            }
            while let Some(request) = self.waiting.pop_front() {
                self.answer(request, screen)?;
            }
            if self.is_over {
                break;
            }
            screen.draw(&mut self.app)?;
        }
        self.desk.keep_session(&self.app.session());
        Ok(())
    }

    fn take(&mut self, event: Event) {
        if self.is_over {
            return;
        }
        match event {
            Event::Stop => {
                // The terminal may be gone already; what is done is saved, and nobody can be asked.
                let requests = self.app.handle(Input::Stop, Timestamp::now());
                self.waiting.extend(
                    requests
                        .into_iter()
                        .filter(|request| matches!(request, Request::Save(_))),
                );
                self.waiting.push_back(Request::Abandon);
            }
            Event::Input(input) => self.input(input),
            Event::Desk(event) => {
                for input in self.desk.take(event) {
                    self.input(input);
                }
                if !self.desk.has_early() {
                    self.waiting.extend(self.leaving.take());
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

    fn input(&mut self, input: Input) {
        let requests = self.app.handle(input, Timestamp::now());
        self.waiting.extend(requests);
    }

    fn answer(&mut self, request: Request, screen: &mut Screen) -> Result<()> {
        match request {
            Request::Save(act) => self.desk.save(act),
            Request::Retry => self.desk.retry(),
            Request::Settle { act, ours } => self.desk.settle(act, ours),
            Request::Copy(text) => Screen::copy(&text)?,
            Request::Redraw => screen.clear()?,
            Request::Quit | Request::Abandon if self.desk.has_early() => {
                self.leaving = Some(request);
            }
            Request::Quit => match self.desk.flush() {
                Ok(()) => self.is_over = true,
                Err(reason) => self.input(Input::SaveFailed(reason)),
            },
            Request::Abandon => {
                // The last try; what the disk still refuses was the user's choice to leave.
                let _ = self.desk.flush();
                self.is_over = true;
            }
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
