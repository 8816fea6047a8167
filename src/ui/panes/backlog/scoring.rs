//! Quick scores: after `,` each key sets a value, the next part and then the next story follow by themselves, until Esc.
//!
//! What is entered for one story becomes one act: with its last part, or when the story or the mode is left.

use super::scores::entered;
use super::{BacklogPane, Mode};
use crate::keymap::Action;
use crate::model::score::Scale;
use crate::model::{Change, Edit, Grade, Method, Part, StoryId};
use crate::ui::effect::Effect;
use crate::ui::overlays::prompt::many;
use crate::ui::pane::Cx;

/// A series of scores.
#[derive(Debug)]
pub(super) struct Scoring {
    method: Method,
    /// The story whose parts are asked for.
    story: StoryId,
    /// Which part is asked for.
    at: usize,
    /// What was entered for the story and is no act yet.
    given: Vec<Grade>,
    /// A number being typed.
    typed: String,
}

impl Scoring {
    const fn new(method: Method, story: StoryId) -> Self {
        Self {
            method,
            story,
            at: 0,
            given: Vec::new(),
            typed: String::new(),
        }
    }

    fn part(&self) -> Part {
        let parts = self.method.parts();
        parts.get(self.at).copied().unwrap_or(Part::Class)
    }

    fn is_last(&self) -> bool {
        self.at + 1 >= self.method.parts().len()
    }

    fn give(&mut self, grade: Grade) {
        self.given.retain(|given| given.part() != grade.part());
        self.given.push(grade);
    }

    /// What stands below the list: the parts there are, and the keys for the one that is asked for.
    pub(super) fn line(&self, cx: &Cx) -> String {
        let story = cx.backlog.story(self.story);
        let value = |part: Part| {
            let given = self.given.iter().find(|given| given.part() == part);
            let known = || part.read(&story?.scores);
            given.copied().or_else(known).map(Grade::text)
        };
        let mut words = vec![self.method.to_string()];
        for part in self.method.parts().iter().take(self.at) {
            let value = value(*part).unwrap_or_else(|| "-".to_owned());
            words.push(format!("{} {value}", part.word()));
        }
        let part = self.part();
        if part != Part::Class {
            words.push(part.word().to_owned());
        }
        words.extend(value(part).map(|value| format!("({value})")));
        let keys = match part.scale() {
            Scale::From(_) => format!("{}_ Enter", self.typed),
            Scale::Classes | Scale::Steps(_) => keys_told(part),
        };
        format!(" {}: {keys}; - none ", words.join(" "))
    }
}

impl BacklogPane {
    pub(super) fn begin_scoring(&mut self, cx: &Cx) -> Vec<Effect> {
        let targets = self.targets();
        let Some(first) = targets.first().copied() else {
            return vec![Effect::refusal(
                "There is no story to score. Write one with n.",
            )];
        };
        if let Some(refusal) = targets.iter().find_map(|id| cx.backlog.may_edit(*id).err()) {
            return vec![Effect::refusal(refusal)];
        }
        // What nobody enters is no way to score this story: there is another to choose.
        let method = self.scores.method(cx).filter(|method| method.is_entered());
        let Some(method) = method else {
            return vec![self.choose_method(cx)];
        };
        let story = match self.selected {
            Some(selected) if self.marks.is_empty() => selected,
            _ => first,
        };
        self.mode = Mode::Score(Scoring::new(method, story));
        Vec::new()
    }

    pub(super) fn scoring_action(&mut self, action: Action, cx: &Cx) -> Option<Vec<Effect>> {
        let Mode::Score(scoring) = &mut self.mode else {
            return None;
        };
        Some(match action {
            Action::Close if !scoring.typed.is_empty() => {
                scoring.typed.clear();
                Vec::new()
            }
            Action::Close => self.leave_scoring(cx),
            Action::Confirm => self.confirm_part(cx),
            Action::DeleteBack => self.one_back(cx),
            Action::OtherMethod => self.other_method(cx),
            Action::Score => self.begin_scoring(cx),
            Action::Up | Action::Down => {
                let effects = self.commit_score(cx);
                self.walk(action, cx);
                self.score_selected();
                effects
            }
            _ => return None,
        })
    }

    pub(super) fn scoring_text(&mut self, text: &str, cx: &Cx) -> Vec<Effect> {
        let mut effects = Vec::new();
        for char in text.chars() {
            let Mode::Score(scoring) = &mut self.mode else {
                break;
            };
            let part = scoring.part();
            let number = keys(part).iter().find(|(key, _)| *key == char);
            if let Some(grade) = number.and_then(|(_, number)| part.grade(*number)) {
                scoring.give(grade);
                effects.extend(self.next_part(cx));
            } else if char == '-' && scoring.typed.is_empty() {
                effects.extend(self.clear_score(cx));
            } else if matches!(part.scale(), Scale::From(_))
                && matches!(char, '0'..='9' | '.' | ',')
                && scoring.typed.len() < 12
            {
                scoring.typed.push(char);
            } else {
                effects.push(Effect::refusal(misunderstood(part)));
            }
        }
        effects
    }

    /// Makes what was entered for the story one act; `u` takes it back as a whole.
    pub(super) fn commit_score(&mut self, cx: &Cx) -> Vec<Effect> {
        let Mode::Score(scoring) = &mut self.mode else {
            return Vec::new();
        };
        scoring.typed.clear();
        let given = std::mem::take(&mut scoring.given);
        if given.is_empty() {
            return Vec::new();
        }
        let edits: Vec<Edit> = given.into_iter().map(Edit::Score).collect();
        vec![self.score_act(&edits, cx)]
    }

    /// Whether scores are being entered, some of which may be no act yet.
    pub fn is_scoring(&self) -> bool {
        matches!(self.mode, Mode::Score(_))
    }

    /// Whether parts of a score are given that are not saved before its last.
    pub fn is_score_begun(&self) -> bool {
        matches!(&self.mode, Mode::Score(scoring) if !scoring.given.is_empty())
    }

    /// Ends a series where the list has come to show what nobody enters; what was entered is not given up for that.
    pub(super) fn end_moot_scoring(&mut self, cx: &Cx) {
        let is_moot = |method: Method| !method.is_entered();
        if !self.is_score_begun()
            && self.is_scoring()
            && self.scores.method(cx).is_some_and(is_moot)
        {
            self.mode = Mode::Browse;
        }
    }

    /// Follows a selection that has changed meanwhile.
    pub(super) fn reconcile_scoring(&mut self) {
        let Mode::Score(scoring) = &self.mode else {
            return;
        };
        if self.marks.is_empty() && Some(scoring.story) != self.selected {
            self.score_selected();
        }
    }

    /// Asks for the first part of the selected story.
    fn score_selected(&mut self) {
        let Mode::Score(scoring) = &mut self.mode else {
            return;
        };
        match self.selected {
            Some(story) => *scoring = Scoring::new(scoring.method, story),
            None => self.mode = Mode::Browse,
        }
    }

    fn leave_scoring(&mut self, cx: &Cx) -> Vec<Effect> {
        let effects = self.commit_score(cx);
        self.mode = Mode::Browse;
        effects
    }

    /// Enter: takes the number that was typed, or leaves the part as it is.
    fn confirm_part(&mut self, cx: &Cx) -> Vec<Effect> {
        let Mode::Score(scoring) = &mut self.mode else {
            return Vec::new();
        };
        let part = scoring.part();
        if scoring.typed.is_empty() {
            let story = cx.backlog.story(scoring.story);
            let stands =
                story.is_some_and(|s| s.estimate.is_some() || part.read(&s.scores).is_some());
            if part == Part::Months && !stands {
                return vec![Effect::refusal(
                    "There is no estimate to stand for the effort. Type a number of person-months, such as 1.5.",
                )];
            }
            return self.next_part(cx);
        }
        match part.parse(&scoring.typed) {
            Ok(grade) => {
                scoring.give(grade);
                scoring.typed.clear();
                self.next_part(cx)
            }
            Err(refusal) => vec![Effect::refusal(refusal)],
        }
    }

    /// Goes on to the next part; after the last one to the next story. Marked stories get their score all at once.
    fn next_part(&mut self, cx: &Cx) -> Vec<Effect> {
        let Mode::Score(scoring) = &mut self.mode else {
            return Vec::new();
        };
        if !scoring.is_last() {
            scoring.at += 1;
            return Vec::new();
        }
        scoring.at = 0;
        let effects = self.commit_score(cx);
        self.next_scored(effects, cx)
    }

    fn clear_score(&mut self, cx: &Cx) -> Vec<Effect> {
        let Mode::Score(scoring) = &mut self.mode else {
            return Vec::new();
        };
        scoring.given.clear();
        scoring.at = 0;
        let edit = Edit::ClearScore(scoring.method);
        let effects = vec![self.score_act(&[edit], cx)];
        self.next_scored(effects, cx)
    }

    fn next_scored(&mut self, mut effects: Vec<Effect>, cx: &Cx) -> Vec<Effect> {
        if self.marks.is_empty() {
            effects.extend(self.id_below(self.at, cx).map(Effect::Select));
        } else {
            self.mode = Mode::Browse;
        }
        effects
    }

    /// Backspace: a digit, a part, and at the first part the last one of the story above.
    fn one_back(&mut self, cx: &Cx) -> Vec<Effect> {
        let Mode::Score(scoring) = &mut self.mode else {
            return Vec::new();
        };
        if scoring.typed.pop().is_some() {
            return Vec::new();
        }
        if scoring.at > 0 {
            scoring.at -= 1;
            let part = scoring.part();
            scoring.given.retain(|given| given.part() != part);
        } else if self.marks.is_empty() && self.at > 0 {
            self.walk(Action::Up, cx);
            self.score_selected();
            if let Mode::Score(scoring) = &mut self.mode {
                scoring.at = scoring.method.parts().len().saturating_sub(1);
            }
        }
        Vec::new()
    }

    /// Tab: the next method in use; where there is only one, a menu of all.
    fn other_method(&mut self, cx: &Cx) -> Vec<Effect> {
        let mut effects = self.commit_score(cx);
        let Mode::Score(scoring) = &mut self.mode else {
            return effects;
        };
        if entered(cx).len() < 2 {
            effects.push(self.choose_method(cx));
            return effects;
        }
        let method = scoring.method;
        self.next_method(method, cx);
        effects.extend(self.begin_scoring(cx));
        effects
    }

    fn score_act(&self, edits: &[Edit], cx: &Cx) -> Effect {
        let story = match &self.mode {
            Mode::Score(scoring) => Some(scoring.story),
            _ => self.selected,
        };
        let stories = match self.marks.in_order() {
            [] => story.as_slice(),
            marked => marked,
        };
        let changes = stories.iter().flat_map(|&story| {
            let edits = edits.iter().cloned();
            edits.map(move |edit| Change::Edit { story, edit })
        });
        Effect::act(many("score", stories, cx), changes.collect())
    }
}

/// The keys that set a value, for the parts that have few of them; all stand in the row of digits, or are initials.
const fn keys(part: Part) -> &'static [(char, f64)] {
    match part {
        Part::Class => &[('m', 4.0), ('s', 3.0), ('c', 2.0), ('w', 1.0)],
        Part::Value | Part::Effort => &[('1', 1.0), ('2', 2.0), ('3', 3.0), ('4', 4.0), ('5', 5.0)],
        Part::UserValue | Part::Urgency | Part::Risk | Part::Size => &[
            ('1', 1.0),
            ('2', 2.0),
            ('3', 3.0),
            ('5', 5.0),
            ('8', 8.0),
            ('9', 13.0),
            ('0', 20.0),
        ],
        Part::Impact => &[('3', 3.0), ('2', 2.0), ('1', 1.0), ('5', 0.5), ('4', 0.25)],
        Part::Confidence => &[('1', 100.0), ('8', 80.0), ('5', 50.0)],
        Part::Reach | Part::Months => &[],
    }
}

/// The keys with what they mean where that is not what they say: `1 2 3 5 8 9=13 0=20`.
fn keys_told(part: Part) -> String {
    let told = keys(part).iter().filter_map(|(key, number)| {
        let text = part.grade(*number)?.text().replace(' ', "");
        Some(if text == key.to_string() {
            text
        } else {
            format!("{key}={text}")
        })
    });
    told.collect::<Vec<_>>().join(" ")
}

fn misunderstood(part: Part) -> String {
    let (name, told) = (part.name(), keys_told(part));
    if told.is_empty() {
        format!("Type the {name} in digits, then Enter. Esc ends, - takes the score away.")
    } else {
        format!("The {name} has the keys {told}. Esc ends, - takes the score away.")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_value_has_a_key_of_its_own() {
        for part in Method::ALL.iter().flat_map(|method| method.parts()) {
            let mut letters: Vec<char> = keys(*part).iter().map(|(key, _)| *key).collect();
            let values = match part.scale() {
                Scale::Classes => 4,
                Scale::Steps(steps) => steps.len(),
                Scale::From(_) => 0,
            };
            letters.sort_unstable();
            letters.dedup();
            assert_eq!(letters.len(), values, "{part:?}");
            for (_, number) in keys(*part) {
                assert!(part.grade(*number).is_some(), "{part:?} {number}");
            }
        }
    }

    #[test]
    fn keys_are_told_with_what_they_mean() {
        assert_eq!(keys_told(Part::Size), "1 2 3 5 8 9=13 0=20");
        assert_eq!(keys_told(Part::Class), "m=must s=should c=could w=wont");
        assert_eq!(keys_told(Part::Impact), "3 2 1 5=0.5 4=0.25");
        assert_eq!(keys_told(Part::Confidence), "1=100% 8=80% 5=50%");
    }
}
