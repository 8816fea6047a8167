//! Uniform: the stories of a backlog are written to one template.

use super::{Found, Letter, Look, Rule, Severity, Spot};
use crate::model::{Kind, Story};

pub(super) const RULE: Rule = Rule {
    id: "uniform",
    letter: Letter::Quality,
    severity: Severity::Hint,
    about: "Stories are written to the template that most of the backlog keeps to.",
    check,
};

/// Whether most features of the backlog name a persona.
pub(super) fn is_usual(stories: &[&Story]) -> bool {
    let features = stories.iter().filter(|story| story.kind == Kind::Feature);
    let (named, all) = features.fold((0, 0), |(named, all), story| {
        (named + usize::from(!story.persona.is_empty()), all + 1)
    });
    all >= 5 && named * 2 > all
}

fn check(look: &Look, found: &mut Found) {
    let story = look.story;
    if look.around.compared.usual_persona
        && story.kind == Kind::Feature
        && story.persona.is_empty()
        && story.want.is_empty()
    {
        found.add(
            Spot::Story,
            0..0,
            "Most features here say who wants what; this one is only a title. Write it as a sentence: as a …, I want to ….",
        );
    }
}
