//! The one door for actions: keys, palette and tests all come through [`App::act`].

use std::sync::Arc;

use super::{App, Room, Stage};
use crate::keymap::{Action, Key, Resolved, Scope, chain, docs, resolve};
use crate::model::{Act, ActId, Delta, Refusal, Stamp, StoryId};
use crate::ui::effect::{Effect, Focus, Request, Screen, Tone};
use crate::ui::overlays::{Confirm, Help, Overlay, Palette, Prompt, Purpose};

impl App {
    /// Does what an action asks for: here if it concerns the whole program, else in whatever has the keys.
    pub fn act(&mut self, action: Action) {
        match action {
            Action::Quit => self.quit(),
            Action::Suspend => self.requests.push(Request::Suspend),
            Action::Redraw => self.requests.push(Request::Redraw),
            Action::Help if self.overlays.is_empty() => {
                let help = Help::about(self.chain());
                self.open(help.into());
            }
            action => {
                let effects = self.with_room(|room, cx| match room {
                    Room::Overlay(overlay) => Some(overlay.on_action(action, cx)),
                    Room::Pane(pane) => pane.on_action(action, cx),
                });
                match effects {
                    Some(effects) => self.perform(effects),
                    None => self.act_anywhere(action),
                }
            }
        }
    }

    /// Says where a key works that does nothing here.
    pub(super) fn explain(&mut self, key: Key) {
        let here = self.chain();
        let is_typing = here.contains(&Scope::Text);
        if !self.overlays.is_empty() || is_typing || !matches!(self.stage, Stage::Open(_)) {
            return;
        }
        let works = |chain: &[Scope]| resolve(chain, key) != Resolved::Nothing;
        let spelt = key.spell(self.setting.theme.spelling());
        let said = if works(chain::BACKLOG) {
            let way = if self.focus == Focus::Story {
                "Esc"
            } else {
                "1"
            };
            format!("{spelt} is a key of the list. Press {way} to go there.")
        } else if works(chain::REVIEW) {
            format!("{spelt} is a key of the review. Press 2 to go there.")
        } else if works(chain::DISCOVERY) {
            format!("{spelt} is a key of discovery. Press 3 to go there.")
        } else if works(chain::SETTINGS) {
            format!("{spelt} is a key of the settings. Press 5 to go there.")
        } else {
            format!("{spelt} does nothing here. ? shows the keys that do.")
        };
        self.say(said, Tone::Refusal);
    }

    /// What no pane has taken: the whole program's actions, and those of a pane that has not got the keys.
    fn act_anywhere(&mut self, action: Action) {
        match action {
            Action::NameProduct => {
                self.open(Prompt::new(Purpose::ProductName, "Name your product", "").into());
            }
            Action::ImportFile => {
                self.open(Prompt::new(Purpose::ImportFile, "Import a file", "").into());
            }
            Action::OpenDemo => self.requests.push(Request::OpenDemo),
            _ if !matches!(self.stage, Stage::Open(_)) => {}
            Action::Palette => self.open_palette(),
            Action::Undo | Action::Redo => self.travel(action),
            Action::SinceLast => self.show_news(),
            Action::ShowBacklog => self.perform(vec![Effect::Show(Screen::Backlog)]),
            Action::ShowReview => self.perform(vec![Effect::Show(Screen::Review)]),
            Action::ShowDiscovery => self.perform(vec![Effect::Show(Screen::Discovery)]),
            Action::ShowInsights => self.perform(vec![Effect::Show(Screen::Insights)]),
            Action::ShowSettings => self.perform(vec![Effect::Show(Screen::Settings)]),
            Action::NextPane | Action::PreviousPane => self.next_pane(),
            Action::NextStory | Action::PreviousStory => self.next_story(action),
            Action::QueueOrder => {
                let effects = self.in_pane(Focus::Queue, |pane, cx| pane.on_action(action, cx));
                self.perform(effects.unwrap_or_default());
            }
            action => self.act_in_list(action),
        }
    }

    /// The backlog's own actions work from every screen: the list takes the keys first.
    fn act_in_list(&mut self, action: Action) {
        let effects = self.in_pane(Focus::List, |pane, cx| pane.on_action(action, cx));
        if let Some(effects) = effects {
            // What is done to stories must be in sight, and neither insights nor discovery show the list.
            if matches!(
                action,
                Action::Search | Action::Place | Action::Estimate | Action::Score
            ) || matches!(self.focus, Focus::Insights | Focus::Discovery)
            {
                self.perform(vec![Effect::Focus(Focus::List)]);
            }
            self.perform(effects);
        }
    }

    fn next_pane(&mut self) {
        let next = match self.focus {
            Focus::List => Focus::Story,
            Focus::Story => Focus::List,
            Focus::Queue => Focus::Sheet,
            Focus::Sheet => Focus::Queue,
            alone @ (Focus::Editor
            | Focus::Discovery
            | Focus::Insights
            | Focus::Settings
            | Focus::Refine) => alone,
        };
        self.perform(vec![Effect::Focus(next)]);
    }

    /// Goes along the list beside without leaving the story.
    fn next_story(&mut self, action: Action) {
        let step = if action == Action::NextStory {
            Action::Down
        } else {
            Action::Up
        };
        let list = match self.screen() {
            Screen::Backlog | Screen::Settings => Focus::List,
            Screen::Review => Focus::Queue,
            Screen::Discovery => Focus::Discovery,
            Screen::Insights => Focus::Insights,
        };
        let effects = self
            .in_pane(list, |pane, cx| pane.on_action(step, cx))
            .unwrap_or_default();
        self.perform(effects);
    }

    fn open_palette(&mut self) {
        let chain = self.chain();
        let (focus, history) = match &self.stage {
            Stage::Open(world) => (
                self.focus,
                (
                    world.history.last_done().is_some(),
                    world.history.last_undone().is_some(),
                ),
            ),
            Stage::Welcome | Stage::Loading(..) => return,
        };
        let palette = self.in_pane(focus, |pane, cx| {
            Some(Palette::new(chain, |action| match action {
                Action::Undo if !history.0 => Some(Refusal::NothingToUndo.to_string()),
                Action::Redo if !history.1 => Some(Refusal::NothingToRedo.to_string()),
                action => docs::only_room(action)
                    .filter(|room| !chain.contains(room))
                    .and_then(elsewhere)
                    .map(str::to_owned)
                    .or_else(|| pane.refuses(action, cx)),
            }))
        });
        if let Some(palette) = palette {
            self.open(palette.into());
        }
    }

    /// What is being typed in the editor is committed, not lost; so are the parts of a score.
    pub(super) fn commit_typing(&mut self) {
        if self.focus == Focus::Editor {
            let effects = self.in_pane(Focus::Editor, |pane, cx| {
                pane.on_action(Action::SaveStay, cx)
            });
            self.perform(effects.unwrap_or_default());
        }
        // The first step out may only give up a number that is half typed.
        while self.rooms.backlog.is_scoring() {
            let effects = self.in_pane(Focus::List, |pane, cx| pane.on_action(Action::Close, cx));
            self.perform(effects.unwrap_or_default());
        }
    }

    fn quit(&mut self) {
        self.commit_typing();
        if let Some(reason) = self.rooms.editor.refusal() {
            let question = format!("{reason} Quit all the same, without what you typed?");
            self.overlays.clear();
            self.open(Confirm::new("Quit", question, vec![Effect::Ask(Request::Quit)]).into());
            return;
        }
        // A question on top of the box: "no" leads back to the text.
        if let Some(Overlay::Prompt(prompt)) = self.overlays.last()
            && prompt.is_begun()
        {
            let question = "What you typed is not confirmed yet. Quit all the same, without it?";
            self.open(
                Confirm::new(
                    "Quit",
                    question,
                    vec![Effect::Close, Effect::Run(Action::Quit)],
                )
                .into(),
            );
            return;
        }
        if self.ask(true) {
            return;
        }
        let Stage::Open(world) = &self.stage else {
            self.requests.push(Request::Quit);
            return;
        };
        if world.saving.has_failed() {
            let acts = match world.saving.waiting() {
                1 => "1 change is".to_owned(),
                many => format!("{many} changes are"),
            };
            let question = format!("{acts} not saved yet and would be lost. Quit all the same?");
            self.overlays.clear();
            self.open(Confirm::new("Quit", question, vec![Effect::Ask(Request::Abandon)]).into());
        } else {
            self.requests.push(Request::Quit);
        }
    }

    /// Goes back or forth in the history by one act.
    fn travel(&mut self, action: Action) {
        let id = ActId::new((self.new_id)());
        let stamp = Stamp::new(self.now, &self.setting.user);
        let Stage::Open(world) = &mut self.stage else {
            return;
        };
        let result = if action == Action::Undo {
            world.history.undo(&mut world.backlog, id, &stamp)
        } else {
            world.history.redo(&mut world.backlog, id, &stamp)
        };
        match (result, &mut world.early_undos) {
            (Ok(act), _) => {
                let news = world.history.told(&act);
                self.did(&act);
                self.say(news, Tone::News);
                if let Some(story) = only_story(&act) {
                    self.perform(vec![Effect::Select(story)]);
                }
            }
            // Acts of earlier days come with the journal, which is read after the stories.
            (Err(Refusal::NothingToUndo | Refusal::NothingToRedo), Some(early)) => {
                early.push(action);
            }
            (Err(refusal), _) => self.say(refusal.to_string(), Tone::Refusal),
        }
    }

    /// Saves an act that is done.
    pub(super) fn did(&mut self, act: &Arc<Act>) {
        if let Stage::Open(world) = &mut self.stage {
            world.saving.begin(Arc::clone(act));
        }
        self.requests.push(Request::Save(Arc::clone(act)));
        self.reconcile();
    }
}

/// Why an action of a room that has not got the keys cannot act.
const fn elsewhere(room: Scope) -> Option<&'static str> {
    match room {
        Scope::Review => Some("This is for the review of a story. Press 2 to go there."),
        Scope::Editor => Some("This is for the editor. Press e to edit a story."),
        Scope::Refine => Some("This is for refining a story. Press R in the backlog to begin."),
        Scope::Discovery => Some("This is for outcomes and problems. Press 3 to go there."),
        Scope::Learn => Some("This is for stories to look at again. Press 3 and then L."),
        Scope::Settings => Some("This is for the settings. Press 5 to go there."),
        _ => None,
    }
}

/// The story an act was about, when it was about one that is still there.
fn only_story(act: &Act) -> Option<StoryId> {
    match act.deltas.as_slice() {
        [
            Delta::Story {
                after: Some(story), ..
            },
        ] => Some(story.id),
        _ => None,
    }
}
