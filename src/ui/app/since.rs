//! Since last time: what has happened while nobody looked, told once at the start and shown whenever it is asked for.
//!
//! What is told never takes the place of another notice, but stands below it; it waits while text is typed and while a
//! save has failed, and goes with the next key as all news does. A visit of which the news was not told yet is not forgotten.

use super::{App, Stage};
use crate::keymap::Scope;
use crate::model::since::{Present, Since};
use crate::model::{Act, Memory, Timestamp};
use crate::ui::effect::{Notice, Tone};
use crate::ui::overlays::SinceBox;
use crate::ui::overlays::since::moment;

/// What is known of the last visit.
#[derive(Debug, Default)]
pub(super) struct LastVisit {
    /// The backlog as it was then.
    memory: Option<Box<Memory>>,
    /// Whether it was not compared yet with how it is now.
    is_news: bool,
    /// Whether it was asked for before it was read.
    is_asked: bool,
    /// The box of news as it was left.
    left: Option<Box<SinceBox>>,
    /// What is to be told.
    greeting: Option<String>,
}

impl LastVisit {
    pub(super) const fn is_news(&self) -> bool {
        self.is_news
    }
}

impl App {
    /// What is to be remembered of the backlog when it is left now; `None` where that would be too little (what was there
    /// last time is not told yet) or too much (not all is on disk).
    pub fn memory(&mut self, now: Timestamp) -> Option<Memory> {
        let Stage::Open(world) = &mut self.stage else {
            return None;
        };
        let visit = &world.visit;
        let is_told = visit.memory.is_some() && !visit.is_news && visit.greeting.is_none();
        if !is_told || world.saving.is_unsaved() {
            return None;
        }
        let has_iterations = world.backlog.product().iterations.is_some();
        let forecast = has_iterations.then(|| {
            let zone = &self.setting.zone;
            world.outlook.measured(&world.backlog, now, zone)
        });
        Some(Memory::of(&world.backlog, forecast.as_ref(), now))
    }

    pub(super) fn on_remembered(&mut self, memory: Box<Memory>, was_seen: bool) {
        let Stage::Open(world) = &mut self.stage else {
            return;
        };
        let was_asked = world.visit.is_asked && self.overlays.is_empty();
        world.visit = LastVisit {
            memory: Some(memory),
            is_news: was_seen,
            ..LastVisit::default()
        };
        if was_asked {
            self.show_news();
        }
    }

    /// Looks, the first time that nobody does anything, what there is to tell; answers whether that was done now.
    pub(super) fn compare_with_last_visit(&mut self) -> bool {
        match &mut self.stage {
            Stage::Open(world) if world.visit.is_news => world.visit.is_news = false,
            _ => return false,
        }
        let since = self.since();
        if let (Some(since), Stage::Open(world)) = (since, &mut self.stage)
            && let Some(told) = since.told(&world.backlog)
        {
            let when = moment(since.at, self.now, &self.setting.zone);
            world.visit.greeting = Some(format!("Since {when}: {told}. W shows more."));
        }
        true
    }

    /// Tells what there is to tell, below what else is said.
    pub(super) fn greet(&mut self) {
        let failure = |notice: &Notice| notice.tone == Tone::Failure;
        let is_free = !self.notice.as_ref().is_some_and(failure) && self.overlays.is_empty();
        let hears = |scope: &Scope| *scope == Scope::Text || scope.hears_letters();
        if !is_free || self.chain().iter().any(hears) {
            return;
        }
        if let Stage::Open(world) = &mut self.stage
            && let Some(greeting) = world.visit.greeting.take()
        {
            self.greeting = Some(greeting);
        }
    }

    /// Shows what has happened since the last visit, as of now.
    pub(super) fn show_news(&mut self) {
        let since = self.since();
        let Stage::Open(world) = &mut self.stage else {
            return;
        };
        match since {
            Some(since) => {
                let since = since.gathered();
                world.visit.is_news = false;
                world.visit.greeting = None;
                let shown = match world.visit.left.take() {
                    Some(left) => SinceBox::again(since, *left),
                    None => SinceBox::new(since),
                };
                self.open(shown.into());
            }
            // It is read after everything else, and shown as soon as it is.
            None => world.visit.is_asked = true,
        }
    }

    /// Keeps the place in the box of news.
    pub(super) fn leave_news(&mut self, left: SinceBox) {
        if let Stage::Open(world) = &mut self.stage {
            world.visit.left = Some(Box::new(left));
        }
    }

    fn since(&mut self) -> Option<Since> {
        let Stage::Open(world) = &mut self.stage else {
            return None;
        };
        let memory = world.visit.memory.as_deref()?;
        let zone = &self.setting.zone;
        let has_iterations = world.backlog.product().iterations.is_some();
        let forecast =
            has_iterations.then(|| world.outlook.measured(&world.backlog, self.now, zone));
        let present = Present {
            backlog: &world.backlog,
            forecast: forecast.as_ref(),
            now: self.now,
            zone,
            user: Some(&self.setting.user),
            is_whole: world.is_whole,
        };
        let acts: Vec<&Act> = world.history.seen().collect();
        Some(Since::of(memory, present, acts))
    }
}
