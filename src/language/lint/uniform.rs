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

/// How many features there are, and how many of them name a persona.
#[derive(Debug, Default)]
pub(super) struct Personas {
    features: usize,
    named: usize,
}

impl Personas {
    /// Whether most features of the backlog name a persona.
    pub(super) const fn are_usual(&self) -> bool {
        self.features >= 5 && self.named * 2 > self.features
    }

    pub(super) fn insert(&mut self, story: &Story) {
        self.features += usize::from(is_feature(story));
        self.named += usize::from(names_one(story));
    }

    pub(super) fn remove(&mut self, story: &Story) {
        self.features -= usize::from(is_feature(story));
        self.named -= usize::from(names_one(story));
    }
}

fn is_feature(story: &Story) -> bool {
    story.kind == Kind::Feature
}

fn names_one(story: &Story) -> bool {
    is_feature(story) && !story.persona.is_empty()
}

fn check(look: &Look, found: &mut Found) {
    let story = look.story;
    if look.around.compared.names_personas()
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
