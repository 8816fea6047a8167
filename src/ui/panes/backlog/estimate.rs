//! Quick estimates: after `.` each digit sets an estimate and goes on to the next story, until Esc.

use super::{BacklogPane, Mode};
use crate::keymap::Action;
use crate::model::{Change, Edit, Points, StoryId};
use crate::ui::effect::Effect;
use crate::ui::overlays::prompt::many;
use crate::ui::pane::Cx;

/// A series of estimates.
#[derive(Debug, Default)]
pub(super) struct Estimating {
    /// A number of several digits being typed; it begins with a full stop.
    pub(super) typed: Option<String>,
}

impl BacklogPane {
    pub(super) fn begin_estimating(&mut self, cx: &Cx) -> Vec<Effect> {
        let targets = self.targets();
        if targets.is_empty() {
            return vec![Effect::refusal(
                "There is no story to estimate. Write one with n.",
            )];
        }
        if let Err(refusal) = cx.backlog.may_estimate() {
            return vec![Effect::refusal(refusal)];
        }
        if let Some(refusal) = targets.iter().find_map(|id| cx.backlog.may_edit(*id).err()) {
            return vec![Effect::refusal(refusal)];
        }
        self.mode = Mode::Estimate(Estimating::default());
        Vec::new()
    }

    pub(super) fn estimating_action(&mut self, action: Action, cx: &Cx) -> Option<Vec<Effect>> {
        let Mode::Estimate(estimating) = &mut self.mode else {
            return None;
        };
        match action {
            Action::Close if estimating.typed.is_some() => estimating.typed = None,
            Action::Close => self.mode = Mode::Browse,
            Action::Confirm => {
                let typed = estimating.typed.take();
                return Some(match typed {
                    Some(typed) if !typed.is_empty() => match typed.parse() {
                        Ok(points) => self.estimate(Some(points), cx),
                        Err(refusal) => vec![Effect::refusal(refusal)],
                    },
                    _ => {
                        self.walk(Action::Down, cx);
                        Vec::new()
                    }
                });
            }
            Action::DeleteBack => match &mut estimating.typed {
                Some(typed) if !typed.is_empty() => {
                    typed.pop();
                }
                Some(_) => estimating.typed = None,
                None => return Some(self.estimate(None, cx)),
            },
            Action::Up | Action::Down => {
                self.walk(action, cx);
            }
            _ => return None,
        }
        Some(Vec::new())
    }

    pub(super) fn estimating_text(&mut self, text: &str, cx: &Cx) -> Vec<Effect> {
        let mut effects = Vec::new();
        for char in text.chars() {
            let Mode::Estimate(estimating) = &mut self.mode else {
                break;
            };
            match (&mut estimating.typed, char) {
                (Some(typed), '0'..='9' | '.' | ',') if typed.len() < 9 => typed.push(char),
                (None, '.') => estimating.typed = Some(String::new()),
                (None, '0'..='9') => {
                    let points = char.to_digit(10).map(Points::whole);
                    effects.extend(self.estimate(points, cx));
                }
                (None, '-' | '?') => effects.extend(self.estimate(None, cx)),
                _ => effects.push(Effect::refusal(
                    "A digit is an estimate. For more digits type . first, then Enter; - takes the estimate away; Esc ends.",
                )),
            }
        }
        effects
    }

    /// Sets an estimate, and goes on to the next story; marked stories get it all at once.
    fn estimate(&mut self, points: Option<Points>, cx: &Cx) -> Vec<Effect> {
        let targets = self.targets();
        let marked = !self.marks.is_empty();
        let next = self.id_below(self.at, cx);
        let effect = estimate_act(targets, points, cx);
        match next {
            Some(next) if !marked => vec![effect, Effect::Select(next)],
            _ => {
                if marked {
                    self.mode = Mode::Browse;
                }
                vec![effect]
            }
        }
    }
}

fn estimate_act(stories: &[StoryId], points: Option<Points>, cx: &Cx) -> Effect {
    let changes = stories
        .iter()
        .map(|&story| Change::Edit {
            story,
            edit: Edit::Estimate(points),
        })
        .collect();
    Effect::act(many("estimate", stories, cx), changes)
}
