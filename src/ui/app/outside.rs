//! News from outside: files loaded, acts saved or not, other programs' changes, text from the user's own editor.

use std::sync::Arc;

use super::world::World;
use super::{App, Stage};
use crate::model::query::Index;
use crate::model::{Act, Backlog, Delta, Stamp, StoryId};
use crate::ui::effect::{Effect, Focus, Input, Opened, Request, TextFile, Tone};
use crate::ui::overlays::{Confirm, Overlay};
use crate::ui::search::{self, Prepared};

impl App {
    pub(super) fn on_outside(&mut self, input: Input) {
        match input {
            Input::Loading(read, of) => match &mut self.stage {
                Stage::Loading(so_far, all, _) => (*so_far, *all) = (read, of),
                Stage::Welcome => self.stage = Stage::Loading(read, of, Vec::new()),
                Stage::Open(_) => {}
            },
            Input::Opened(opened) => self.on_opened(*opened),
            Input::Prepared(index) => self.on_prepared(*index),
            Input::Remembered(memory, was_seen) => self.on_remembered(memory, was_seen),
            Input::Saved(act) => self.on_saved(&act),
            Input::SaveFailed(reason) => {
                if let Stage::Open(world) = &mut self.stage {
                    world.saving.fail();
                }
                self.say(reason, Tone::Failure);
            }
            Input::Conflict(conflict) => self.on_conflict(*conflict),
            Input::Unreadable(reason) => {
                self.stage = Stage::Welcome;
                self.say(reason, Tone::Failure);
            }
            Input::Stop => self.commit_typing(),
            Input::Edited(text) => match text {
                Ok(text) => {
                    let effects = self.in_editor(|editor, cx| editor.edited_outside(&text, cx));
                    self.perform(effects);
                }
                Err(reason) => self.say(reason, Tone::Refusal),
            },
            Input::Shown(shown) => {
                // Whoever has closed the box does not want to know.
                if let Some(Overlay::Shown(waiting)) = self.overlays.last_mut() {
                    waiting.take(shown);
                }
            }
            Input::FileThere(wanted) => self.on_file_there(wanted),
            Input::News(text, went_wrong) => {
                self.say(
                    text,
                    if went_wrong {
                        Tone::Refusal
                    } else {
                        Tone::News
                    },
                );
            }
            Input::History(_)
            | Input::OthersActs(_)
            | Input::HighestNumber(_)
            | Input::Problems(_)
            | Input::Changed { .. } => {
                self.on_others(input);
            }
            Input::Idle => self.on_idle(),
            Input::Key(_) | Input::Paste(_) | Input::Pointer(_) | Input::Resize => {}
        }
    }

    /// Asks whether a file that is there already is to be written over; never while something else is asked or typed.
    fn on_file_there(&mut self, wanted: TextFile) {
        let file = wanted.file.display();
        if self.overlays.is_empty() {
            let question = format!("{file} is there already. Write over it?");
            let anew = TextFile {
                replaces: true,
                ..wanted
            };
            let yes = vec![Effect::Ask(Request::WriteFile(anew))];
            self.open(Confirm::new("Write over a file", question, yes).into());
        } else {
            let about = &wanted.about;
            let said = format!("{about} is not written: {file} is there already. Choose another.");
            self.say(said, Tone::Refusal);
        }
    }

    /// What other programs, or this one earlier, did to the same files.
    fn on_others(&mut self, input: Input) {
        let Stage::Open(world) = &mut self.stage else {
            return;
        };
        match input {
            Input::History(acts) => {
                world.history.learn(acts);
                for action in world.early_undos.take().unwrap_or_default() {
                    self.act(action);
                }
            }
            Input::OthersActs(acts) => {
                for act in acts {
                    world.history.record(Arc::new(act));
                }
            }
            Input::HighestNumber(number) => world.backlog.raise_highest_number(number),
            Input::Problems(states) => {
                world.backlog.adopt_problems(states);
                self.reconcile();
            }
            Input::Changed { stories, product } => {
                world.backlog.adopt_all(stories);
                if let Some(product) = product {
                    world.backlog.adopt_product(*product);
                }
                self.reconcile();
            }
            _ => {}
        }
    }

    fn on_opened(&mut self, opened: Opened) {
        let (backlog, repairs) =
            Backlog::load(opened.product, opened.stories, opened.highest_number);
        let waiting =
            match std::mem::replace(&mut self.stage, Stage::Open(Box::new(World::new(backlog)))) {
                Stage::Loading(_, _, waiting) => waiting,
                Stage::Welcome | Stage::Open(_) => Vec::new(),
            };
        self.overlays.clear();
        self.rooms = super::Rooms::default();
        self.focus = Focus::List;
        let comparison = opened.comparison.map(Arc::new);
        self.rooms.backlog.keep_comparison(comparison);
        self.restore_session(&opened.session);
        self.reconcile();
        if !repairs.is_empty() {
            self.save_repairs(repairs);
        }
        if let Stage::Open(world) = &mut self.stage {
            world.is_whole = opened.news.is_empty();
        }
        if let Some(first) = opened.news.first() {
            let more = opened.news.len() - 1;
            let rest = if more == 0 {
                String::new()
            } else {
                format!(" And {more} more: run `backstory doctor`.")
            };
            self.say(format!("{first}{rest}"), Tone::Refusal);
        }
        for key in waiting {
            self.on_key(key);
        }
    }

    fn on_prepared(&mut self, index: Index) {
        let Stage::Open(world) = &self.stage else {
            return;
        };
        let index = search::prepared(index, &world.backlog);
        self.rooms.backlog.take_index(Prepared::clone(&index));
        self.rooms.discovery.take_index(index);
    }

    fn restore_session(&mut self, session: &serde_json::Value) {
        let selected: Option<StoryId> = session
            .get("selected")
            .and_then(serde_json::Value::as_str)
            .and_then(|id| id.parse().ok());
        self.with_rooms(|rooms, cx| {
            if let Some(groups) = session.get("groups") {
                rooms.backlog.regroup(groups, cx);
            }
            if let Some(selected) = selected.filter(|id| cx.backlog.story(*id).is_some()) {
                rooms.backlog.select(selected, cx);
            }
        });
    }

    /// Two clones had handed out the same numbers: loading has settled that, and now it is saved.
    fn save_repairs(&mut self, repairs: Vec<Delta>) {
        let stamp = Stamp::new(self.now, &self.setting.user);
        let act = Arc::new(Act {
            id: crate::model::ActId::new((self.new_id)()),
            label: "give doubled numbers anew".to_owned(),
            at: stamp.at,
            by: stamp.by,
            deltas: repairs,
            undoes: None,
            redoes: None,
        });
        self.did(&act);
    }

    fn on_saved(&mut self, act: &Arc<Act>) {
        let Stage::Open(world) = &mut self.stage else {
            return;
        };
        let merged = world.settle(act);
        if self
            .notice
            .as_ref()
            .is_some_and(|notice| notice.tone == Tone::Failure)
        {
            self.notice = None;
        }
        if merged {
            self.reconcile();
        }
    }
}
