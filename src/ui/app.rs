//! The app: owns the state of the screen, takes input, acts on what panes and overlays ask for.
//!
//! The way of one key: [`App::handle`] asks the uppermost overlay or the focused pane for its chain of scopes, resolves
//! the key, and runs the action through one door (`act`). Panes answer with effects; `perform` carries them out, and
//! what has to be done outside leaves as requests. Drawing (`render`) changes nothing but where things were drawn.

mod act;
mod contested;
mod discover;
mod idle;
mod outlook;
mod outside;
mod perform;
mod render;
mod rooms;
mod since;
mod world;

use jiff::tz::TimeZone;
use uuid::Uuid;

use self::rooms::Rooms;
use self::world::World;
use super::effect::{Effect, Focus, Input, Notice, Pointer, Request, Screen, Tone};
use super::overlays::{Overlay, Prompt};
use super::pane::{Cx, Pane};
use super::theme::Theme;
use crate::keymap::{Key, Resolved, Scope, chain, resolve};
use crate::model::{Backlog, Line, Timestamp};

/// What the app is told about the place where it runs.
#[derive(Clone, Debug)]
pub struct Setting {
    /// How to draw.
    pub theme: Theme,
    /// The name of the person at the keyboard.
    pub user: Line,
    /// Where they are.
    pub zone: TimeZone,
}

/// The screen with everything it knows.
pub struct App {
    stage: Stage,
    rooms: Rooms,
    focus: Focus,
    overlays: Vec<Overlay>,
    /// A prompt that was cancelled with text in it, for when the same is asked again.
    cancelled: Option<Prompt>,
    notice: Option<Notice>,
    /// What has happened since last time, told below a notice that was there first.
    greeting: Option<String>,
    setting: Setting,
    new_id: Box<dyn FnMut() -> Uuid + Send>,
    now: Timestamp,
    requests: Vec<Request>,
}

/// How far the start has come.
enum Stage {
    /// There is no product yet.
    Welcome,
    /// Files are being read: so many of so many. Keys typed meanwhile wait.
    Loading(usize, usize, Vec<Key>),
    /// A product is open.
    Open(Box<World>),
}

impl App {
    /// An app that waits for a product to be opened; `new_id` makes ids in the order of time.
    pub fn loading(
        setting: Setting,
        new_id: Box<dyn FnMut() -> Uuid + Send>,
        now: Timestamp,
    ) -> Self {
        Self {
            stage: Stage::Loading(0, 0, Vec::new()),
            rooms: Rooms::default(),
            focus: Focus::List,
            overlays: Vec::new(),
            cancelled: None,
            notice: None,
            greeting: None,
            setting,
            new_id,
            now,
            requests: Vec::new(),
        }
    }

    /// An app for somebody who has no product yet.
    pub fn welcome(
        setting: Setting,
        new_id: Box<dyn FnMut() -> Uuid + Send>,
        now: Timestamp,
    ) -> Self {
        Self {
            stage: Stage::Welcome,
            ..Self::loading(setting, new_id, now)
        }
    }

    /// The open backlog.
    pub fn backlog(&self) -> Option<&Backlog> {
        match &self.stage {
            Stage::Open(world) => Some(&world.backlog),
            Stage::Welcome | Stage::Loading(..) => None,
        }
    }

    /// What the screen looks like, to be kept for next time.
    pub fn session(&self) -> serde_json::Value {
        serde_json::json!({
            "selected": self.rooms.backlog.selected().map(|id| id.to_string()),
            "groups": self.rooms.backlog.grouping(),
        })
    }

    /// Whether acts are not on disk yet.
    pub fn has_unsaved(&self) -> bool {
        matches!(&self.stage, Stage::Open(world) if world.saving.is_unsaved())
    }

    /// Takes one input and answers what is to be done outside.
    pub fn handle(&mut self, input: Input, now: Timestamp) -> Vec<Request> {
        self.now = now;
        self.on_new_day();
        match input {
            Input::Key(key) => self.on_key(key),
            Input::Paste(text) => self.on_paste(&text),
            Input::Pointer(pointer) => self.on_pointer(pointer),
            Input::Resize => {}
            input => self.on_outside(input),
        }
        self.ask_when_free();
        self.greet();
        self.measure();
        std::mem::take(&mut self.requests)
    }

    /// Yesterday's forecast is none.
    fn on_new_day(&mut self) {
        if let Stage::Open(world) = &self.stage
            && world
                .outlook
                .is_stale(&world.backlog, self.now, &self.setting.zone)
        {
            self.reconcile();
        }
    }

    fn on_key(&mut self, key: Key) {
        if let Stage::Loading(_, _, waiting) = &mut self.stage
            && resolve(&[], key) == Resolved::Nothing
        {
            waiting.push(key);
            return;
        }
        self.greeting = None;
        if self
            .notice
            .as_ref()
            .is_some_and(|notice| notice.tone != Tone::Failure)
        {
            self.notice = None;
        }
        match resolve(self.chain(), key) {
            Resolved::Action(action) => self.act(action),
            Resolved::Text(text) => self.on_text(text),
            Resolved::Nothing => self.explain(key),
        }
    }

    fn on_text(&mut self, text: char) {
        let effects = self.with_room(|room, cx| match room {
            Room::Overlay(overlay) => overlay.on_text(text.encode_utf8(&mut [0; 4]), cx),
            Room::Pane(pane) => pane.on_text(text, cx),
        });
        self.perform(effects);
    }

    fn on_paste(&mut self, text: &str) {
        let effects = self.with_room(|room, cx| match room {
            Room::Overlay(overlay) => overlay.on_text(text, cx),
            Room::Pane(pane) => pane.on_paste(text, cx),
        });
        self.perform(effects);
    }

    fn on_pointer(&mut self, pointer: Pointer) {
        if !self.overlays.is_empty() {
            return;
        }
        let (Pointer::Press { column, row }
        | Pointer::Drag { column, row }
        | Pointer::Release { column, row }
        | Pointer::Wheel { column, row, .. }) = pointer;
        if matches!(pointer, Pointer::Press { .. })
            && let Some(screen) = self.rooms.tab_at(column, row)
        {
            self.perform(vec![Effect::Show(screen)]);
            return;
        }
        let Some(focus) = self.rooms.at(column, row) else {
            return;
        };
        if matches!(pointer, Pointer::Press { .. }) && focus != self.focus {
            self.perform(vec![Effect::Focus(focus)]);
        }
        let effects = self.in_pane(focus, |pane, cx| pane.on_pointer(pointer, cx));
        self.perform(effects);
    }

    /// The scopes that are asked what a key means now.
    fn chain(&self) -> &'static [Scope] {
        if let Some(overlay) = self.overlays.last() {
            return overlay.chain();
        }
        match &self.stage {
            Stage::Welcome => chain::WELCOME,
            Stage::Loading(..) => &[],
            Stage::Open(_) => self.rooms.pane(self.focus).chain(),
        }
    }

    const fn screen(&self) -> Screen {
        self.rooms.screen_of(self.focus)
    }

    /// Lets whoever has the keys, the uppermost overlay or the focused pane, do something.
    fn with_room<R: Default>(&mut self, task: impl FnOnce(Room, &Cx) -> R) -> R {
        let selected = self.rooms.backlog.selected();
        let empty;
        let world = match &self.stage {
            Stage::Open(world) => world.as_ref(),
            Stage::Welcome | Stage::Loading(..) => {
                let Some(nothing) = world::no_world() else {
                    return R::default();
                };
                empty = nothing;
                &empty
            }
        };
        let cx = world.cx(self.now, &self.setting, selected);
        match self.overlays.last_mut() {
            Some(overlay) => task(Room::Overlay(overlay), &cx),
            None if matches!(self.stage, Stage::Open(_)) => {
                task(Room::Pane(self.rooms.pane_mut(self.focus)), &cx)
            }
            None => R::default(),
        }
    }

    /// Lets one pane do something, whoever has the keys.
    fn in_pane<R: Default>(
        &mut self,
        focus: Focus,
        task: impl FnOnce(&mut dyn Pane, &Cx) -> R,
    ) -> R {
        self.with_rooms(|rooms, cx| task(rooms.pane_mut(focus), cx))
    }

    /// Lets the rooms do something amid the open product.
    fn with_rooms<R: Default>(&mut self, task: impl FnOnce(&mut Rooms, &Cx) -> R) -> R {
        let Stage::Open(world) = &self.stage else {
            return R::default();
        };
        let cx = world.cx(self.now, &self.setting, self.rooms.backlog.selected());
        task(&mut self.rooms, &cx)
    }

    /// Lets the panes follow a backlog that has changed.
    fn reconcile(&mut self) {
        let selected = self.rooms.backlog.selected();
        let Stage::Open(world) = &mut self.stage else {
            return;
        };
        let zone = &self.setting.zone;
        world.outlook.refresh(&world.backlog, self.now, zone);
        // What is only supposed makes no story larger.
        if !world.outlook.supposes() {
            world.linter.measure(world.outlook.velocity());
        }
        let cx = world.cx(self.now, &self.setting, selected);
        self.focus = self.rooms.reconcile(self.focus, &cx);
        for overlay in &mut self.overlays {
            overlay.reconcile(&cx);
        }
        if let Some(farewell) = self.rooms.editor.farewell() {
            self.say(farewell, Tone::Refusal);
        }
    }

    /// Lets the charts follow, once an input is dealt with and only while they are in sight: they are about all
    /// stories, so neither a frame nor the acts on other screens should wait for them.
    fn measure(&mut self) {
        if self.focus != Focus::Insights {
            return;
        }
        let Stage::Open(world) = &mut self.stage else {
            return;
        };
        if self.rooms.insights.is_current(&world.backlog, self.now) {
            return;
        }
        let zone = &self.setting.zone;
        let forecast = world.outlook.measured(&world.backlog, self.now, zone);
        self.with_rooms(|rooms, cx| rooms.insights.measure(forecast, cx));
    }

    fn say(&mut self, text: impl Into<String>, tone: Tone) {
        self.notice = Some(Notice {
            text: text.into(),
            tone,
        });
    }

    fn open(&mut self, mut overlay: Overlay) {
        if let (Overlay::Prompt(prompt), Some(cancelled)) = (&mut overlay, &self.cancelled)
            && prompt.resume(cancelled)
        {
            self.cancelled = None;
        }
        self.overlays.push(overlay);
    }
}

/// Whoever has the keys.
enum Room<'a> {
    Overlay(&'a mut Overlay),
    Pane(&'a mut dyn Pane),
}
