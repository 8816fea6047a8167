//! The screen at work: the terminal, the events, the files and the one loop that holds them together.
//!
//! Invariants: one thread owns the app and draws; loading, saving, watching and reading keys happen on threads of
//! their own and come back as events, so a frame never waits for the disk. All waiting events are taken in before a
//! frame is drawn. Whatever happens, the terminal is given back as it was found.

mod desk;
mod editor;
mod events;
mod terminal;

use std::path::{Path, PathBuf};
use std::sync::mpsc::{Receiver, channel};

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
pub trait Doors {
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
    let mut desk = Desk::new(sender);
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
        doors: start.doors,
        waiting: Vec::new(),
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
    doors: Box<dyn Doors>,
    waiting: Vec<Request>,
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
            let requests = std::mem::take(&mut self.waiting);
            for request in requests {
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
                self.waiting.push(Request::Abandon);
            }
            Event::Input(input) => self.input(input),
            Event::Desk(event) => {
                for input in self.desk.take(event) {
                    self.input(input);
                }
            }
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
            Request::MakeProduct(name) => {
                let made = self.doors.make(&name);
                self.open(made.map(|folder| (folder, None)))?;
            }
            Request::ImportProduct { file, name } => {
                let made = self.doors.import(&file, &name);
                self.open(made.map(|(folder, said)| (folder, Some(said))))?;
            }
            Request::OpenDemo => {
                let made = self.doors.demo();
                self.open(made.map(|folder| (folder, None)))?;
            }
        }
        Ok(())
    }

    fn open(&mut self, made: Result<(PathBuf, Option<String>)>) -> Result<()> {
        match made {
            Ok((folder, said)) => {
                self.desk.open(folder)?;
                self.desk.tell(said);
            }
            Err(error) => self.input(Input::News(format!("{error:#}"), true)),
        }
        Ok(())
    }
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
