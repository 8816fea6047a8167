//! "Which first?": two stories side by side, an answer a key, until every story has its place.
//!
//! Every answer is kept for later at once, so stopping loses nothing. The order that comes out is shown in a preview
//! in place of this; leaving that leads back here.

mod draw;

use std::sync::Arc;

use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};

use self::draw::Pages;
use super::prompt::many;
use super::{Confirm, Help, Preview};
use crate::keymap::{Action, chain};
use crate::model::compare::{Answer, Progress};
use crate::model::{Comparison, StoryId};
use crate::ui::effect::Effect;
use crate::ui::pane::Cx;

/// A comparison on the screen.
#[derive(Clone, Debug)]
pub struct Compare {
    comparison: Comparison,
    progress: Progress,
    /// How many rows of both stories are out of sight above.
    top: usize,
    pages: Pages,
}

impl Compare {
    /// Begins a comparison, or goes on with one; stories that are not in the backlog any more drop out.
    pub fn new(comparison: Comparison, cx: &Cx) -> Self {
        let mut compare = Self {
            progress: comparison.progress(),
            comparison,
            top: 0,
            pages: Pages::default(),
        };
        compare.reconcile(cx);
        compare
    }

    /// Lets go of stories that have left the backlog meanwhile.
    pub(super) fn reconcile(&mut self, cx: &Cx) {
        self.comparison
            .retain(|id| cx.backlog.position(id).is_some());
        self.progress = self.comparison.progress();
    }

    pub(super) fn on_action(&mut self, action: Action, cx: &Cx) -> Vec<Effect> {
        match action {
            Action::FirstFirst => self.answer(Answer::First, cx),
            Action::SecondFirst => self.answer(Answer::Second, cx),
            Action::BothEqual => self.answer(Answer::Equal, cx),
            Action::SkipPair => self.answer(Answer::Skip, cx),
            Action::TakeBack => self.take_back(),
            Action::ShowOrder => self.show_order(cx),
            Action::ThrowAway => self.throw_away(),
            Action::Help => vec![Effect::open(Help::about(chain::COMPARE))],
            Action::Close => self.stop(),
            Action::PageDown => {
                self.top = self.pages.further(self.top);
                Vec::new()
            }
            Action::PageUp => {
                self.top = self.pages.back(self.top);
                Vec::new()
            }
            _ => Vec::new(),
        }
    }

    pub(super) fn render(&mut self, screen: Rect, buf: &mut Buffer, cx: &Cx) -> Option<Position> {
        self.draw(screen, buf, cx);
        None
    }

    fn answer(&mut self, answer: Answer, cx: &Cx) -> Vec<Effect> {
        if self.comparison.question().is_none() {
            return vec![Effect::refusal(
                "Every question is answered. Press Enter for the new order.",
            )];
        }
        self.comparison.answer(answer);
        let mut effects = self.changed();
        if self.comparison.question().is_none() {
            effects.extend(self.show_order(cx));
        }
        effects
    }

    fn take_back(&mut self) -> Vec<Effect> {
        if self.comparison.undo() {
            self.changed()
        } else {
            vec![Effect::refusal(
                "Nothing has been answered yet, so there is nothing to take back.",
            )]
        }
    }

    /// Keeps what there is now.
    fn changed(&mut self) -> Vec<Effect> {
        self.top = 0;
        self.progress = self.comparison.progress();
        let begun = self.comparison.is_begun();
        let kept = begun.then(|| Arc::new(self.comparison.clone()));
        vec![Effect::KeepComparison(kept)]
    }

    fn show_order(&self, cx: &Cx) -> Vec<Effect> {
        if !self.comparison.is_begun() {
            return vec![Effect::refusal(
                "Nothing has been answered yet. Say with 1 or 2 which story comes first.",
            )];
        }
        let title = if self.comparison.question().is_none() {
            "The new order"
        } else {
            "The order so far"
        };
        let order = self.comparison.outcome(cx.backlog.open());
        let back = Self::new(self.comparison.clone(), cx);
        let preview = Preview::new(title, label(&self.comparison, cx), order, cx)
            .then(vec![Effect::KeepComparison(None)])
            .otherwise(vec![Effect::open(back)]);
        vec![Effect::Close, Effect::open(preview)]
    }

    fn stop(&self) -> Vec<Effect> {
        let news = if self.comparison.is_begun() {
            let come = self.in_words();
            format!("The comparison is kept ({come}). Press c to go on with it.")
        } else {
            "Nothing was compared.".to_owned()
        };
        vec![Effect::Close, Effect::news(news)]
    }

    fn throw_away(&self) -> Vec<Effect> {
        let thrown = vec![
            Effect::Close,
            Effect::KeepComparison(None),
            Effect::news("The comparison is thrown away; the backlog is as it was."),
        ];
        match self.progress.asked {
            0 => vec![Effect::Close, Effect::news("Nothing was compared.")],
            asked => {
                let answers = if asked == 1 { "answer" } else { "answers" };
                let question =
                    format!("Throw {asked} {answers} away? They cannot be brought back.");
                vec![Effect::open(Confirm::new("Comparison", question, thrown))]
            }
        }
    }

    /// How far it has come: `14 of about 62 questions`.
    fn in_words(&self) -> String {
        let Progress { asked, about, .. } = self.progress;
        match (asked, about) {
            (1, 0) => "1 question answered".to_owned(),
            (_, 0) => format!("{asked} questions answered"),
            (0, 1) => "0 of 1 question".to_owned(),
            _ => format!("{asked} of about {} questions", asked + about),
        }
    }
}

/// Says what a comparison does, as the label of the act it ends in.
pub(crate) fn label(comparison: &Comparison, cx: &Cx) -> String {
    let stories: Vec<StoryId> = comparison.stories();
    let act = if comparison.is_insertion() {
        "place"
    } else {
        "rank"
    };
    format!("{} by comparing", many(act, &stories, cx))
}
