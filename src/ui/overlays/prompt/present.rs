//! What a field holds while a box about it is open: somebody else may have changed it since.

use super::thread::{Asked, Field, OutcomeField};
use super::{Prompt, Purpose};
use crate::ui::effect::Effect;
use crate::ui::pane::Cx;
use crate::ui::text;

/// So much of somebody else's words is repeated.
const REPEATED: usize = 60;

/// What the field holds now that the answer would take the place of; `None` where an answer takes no place.
fn present(purpose: &Purpose, cx: &Cx) -> Option<String> {
    match purpose {
        Purpose::Note(story, criterion) | Purpose::Evidence(story, criterion) => {
            let round = cx.backlog.story(*story)?.open_round()?;
            let judgement = round.judgement(criterion)?;
            let words = match purpose {
                Purpose::Note(..) => &judgement.note,
                _ => &judgement.evidence,
            };
            Some(words.to_string())
        }
        Purpose::Thread(asked) => of_thread(asked, cx),
        _ => None,
    }
}

fn of_thread(asked: &Asked, cx: &Cx) -> Option<String> {
    Some(match asked {
        Asked::Field(id, field) => {
            let problem = cx.backlog.problem(*id)?;
            let test = |words: &str| {
                let mut tests = problem.tests.iter();
                tests.find(|test| test.assumption.as_str() == words)
            };
            match field {
                Field::Title => problem.title.to_string(),
                Field::Who => problem.who.to_string(),
                Field::How(words) => test(words)?.how.to_string(),
                Field::Result(words) => test(words)?.result.to_string(),
                Field::Outcome | Field::Assumption | Field::Reworded(_) => return None,
            }
        }
        Asked::OutcomeField(id, field) => {
            let outcome = cx.backlog.product().outcome(*id)?;
            match field {
                OutcomeField::Title => outcome.title.to_string(),
                OutcomeField::Measure => outcome.measure.to_string(),
                OutcomeField::From => outcome.from.to_string(),
                OutcomeField::To => outcome.to.to_string(),
                OutcomeField::ByWhen => outcome
                    .by_when
                    .map_or_else(String::new, |day| day.to_string()),
            }
        }
        Asked::Note(story) => cx.backlog.story(*story)?.check.as_ref()?.note.to_string(),
        Asked::Number(story) => cx.backlog.story(*story)?.check.as_ref()?.number.to_string(),
        _ => return None,
    })
}

impl Prompt {
    /// Keeps an answer from writing over what somebody else wrote while the box was open: where nothing was typed theirs
    /// stays, else the box says what they wrote, and the next Enter decides for what is typed.
    pub(super) fn minds_others(&mut self, cx: &Cx) -> Option<Vec<Effect>> {
        let now = present(&self.purpose, cx)?;
        let typed = self.typed().trim();
        if now.trim() == self.given.trim() || now.trim() == typed {
            return None;
        }
        let theirs = text::truncate(now.lines().next().unwrap_or_default(), REPEATED);
        if typed == self.given.trim() {
            let news = format!("Somebody else wrote “{theirs}” meanwhile. That stays.");
            return Some(vec![Effect::Close, Effect::news(news)]);
        }
        self.refuse(format!(
            "Somebody else wrote “{theirs}” meanwhile. Enter puts yours in its place, Esc leaves it."
        ));
        self.given = now;
        Some(Vec::new())
    }
}
