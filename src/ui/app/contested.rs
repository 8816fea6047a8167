//! Acts that somebody else's change stands against: both sides are shown, and the user chooses.
//!
//! Invariant: no letter that was meant as text answers the question; it waits until nothing is being typed.

use super::{App, Stage};
use crate::keymap::Scope;
use crate::model::Subject;
use crate::ui::effect::{Conflict, Effect, Request, Tone};
use crate::ui::overlays::{Menu, MenuRow};

impl App {
    pub(super) fn on_conflict(&mut self, conflict: Conflict) {
        if let Stage::Open(world) = &mut self.stage {
            world.saving.contest(conflict);
        }
        if self.is_typing() {
            let said = "Somebody else has changed the same. You are asked whose words to keep when you have finished here.";
            self.say(said, Tone::Failure);
        }
    }

    /// Asks the question that is due, once nothing else has the keys.
    pub(super) fn ask_when_free(&mut self) {
        let is_due = matches!(&self.stage, Stage::Open(world) if world.saving.asks());
        if is_due && !self.is_typing() {
            self.ask(false);
        }
    }

    /// Asks whose fields win, whatever else is going on; answers whether there was anything to ask. `quitting` can also
    /// leave ours behind.
    pub(super) fn ask(&mut self, quitting: bool) -> bool {
        let Stage::Open(world) = &mut self.stage else {
            return false;
        };
        let Some(conflict) = world.saving.question() else {
            return false;
        };
        let key = match conflict.subject {
            Subject::Story(story) => world.backlog.key_or_id(story),
            Subject::Problem(id) => world.backlog.problem(id).map_or_else(
                || "A problem".to_owned(),
                |problem| format!("\u{201c}{}\u{201d}", problem.title),
            ),
            Subject::Product => "The settings".to_owned(),
        };
        let question = question(conflict, &key, quitting);
        world.saving.was_asked();
        self.notice = None;
        self.overlays.clear();
        self.open(question.into());
        true
    }

    /// Whether a box is open or keys are text.
    fn is_typing(&self) -> bool {
        let takes_text = |scope: &Scope| *scope == Scope::Text || scope.hears_letters();
        !self.overlays.is_empty() || self.chain().iter().any(takes_text)
    }
}

fn question(conflict: &Conflict, key: &str, quitting: bool) -> Menu {
    let mut body = vec![format!(
        "Somebody else changed {key} meanwhile, and so did you."
    )];
    for (field, ours, theirs) in &conflict.fields {
        body.push(format!("{field}: yours is {ours}"));
        body.push(format!("{field}: theirs is {theirs}"));
    }
    let row = |letter, label: &str, request| MenuRow {
        letter,
        label: label.to_owned(),
        refusal: None,
        effects: vec![Effect::Ask(request)],
    };
    let settle = |ours| Request::Settle {
        act: conflict.act.id,
        ours,
    };
    // Digits: a key for the backlog that comes a moment too late must not answer.
    let mut rows = vec![
        row('1', "Keep mine", settle(true)),
        row('2', "Keep theirs", settle(false)),
    ];
    if quitting {
        rows.push(row('3', "Leave mine unsaved and quit", Request::Abandon));
    }
    Menu::new(format!("{key} changed twice"), rows).with_body(body)
}
