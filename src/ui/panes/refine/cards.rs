//! The cards of a story that is refined: its rules, their examples and its questions, and what can be done to each.

use crate::model::{Criterion, CriterionId, Edit, Question, QuestionId, Story};

/// A card on the table.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Card {
    /// A rule: a criterion of the story.
    Rule(CriterionId),
    /// An example of a rule, by its place.
    Example(CriterionId, usize),
    /// A question.
    Question(QuestionId),
}

impl Card {
    /// All cards of a story, as they lie below each other.
    pub(super) fn all(story: &Story) -> Vec<Self> {
        let mut cards = Vec::new();
        for rule in &story.criteria {
            cards.push(Self::Rule(rule.id.clone()));
            let places = 0..rule.examples.len();
            cards.extend(places.map(|place| Self::Example(rule.id.clone(), place)));
        }
        let questions = story.questions.iter();
        cards.extend(questions.map(|question| Self::Question(question.id.clone())));
        cards
    }

    /// The rule that the card is, or is an example of.
    pub(super) const fn rule(&self) -> Option<&CriterionId> {
        match self {
            Self::Rule(id) | Self::Example(id, _) => Some(id),
            Self::Question(_) => None,
        }
    }

    /// What is written on the card.
    pub(super) fn text<'a>(&self, story: &'a Story) -> &'a str {
        match self {
            Self::Rule(id) => rule(story, id).map_or("", |rule| &rule.text),
            Self::Example(id, place) => rule(story, id)
                .and_then(|rule| rule.examples.get(*place))
                .map_or("", |example| example),
            Self::Question(id) => question(story, id).map_or("", |question| &question.text),
        }
    }

    /// The edit that takes the card away; a rule goes with its examples.
    pub(super) fn without(&self, story: &Story) -> Edit {
        match self {
            Self::Rule(id) => {
                let rules = story.criteria.iter().filter(|rule| rule.id != *id);
                Edit::Criteria(rules.cloned().collect())
            }
            Self::Example(id, place) => {
                let mut rules = story.criteria.clone();
                if let Some(rule) = rules.iter_mut().find(|rule| rule.id == *id)
                    && *place < rule.examples.len()
                {
                    rule.examples.remove(*place);
                }
                Edit::Criteria(rules)
            }
            Self::Question(id) => {
                let questions = story.questions.iter();
                let questions = questions.filter(|question| question.id != *id);
                Edit::Questions(questions.cloned().collect())
            }
        }
    }

    /// The card moved one place among its like, and the edit that moves it; `None` at the end.
    pub(super) fn moved(&self, up: bool, story: &Story) -> Option<(Self, Edit)> {
        let beside = |at: usize, len: usize| {
            let to = if up { at.checked_sub(1)? } else { at + 1 };
            (to < len).then_some(to)
        };
        match self {
            Self::Rule(id) => {
                let mut rules = story.criteria.clone();
                let at = rules.iter().position(|rule| rule.id == *id)?;
                let to = beside(at, rules.len())?;
                rules.swap(at, to);
                Some((self.clone(), Edit::Criteria(rules)))
            }
            Self::Example(id, place) => {
                let mut rules = story.criteria.clone();
                let rule = rules.iter_mut().find(|rule| rule.id == *id)?;
                let to = beside(*place, rule.examples.len())?;
                rule.examples.swap(*place, to);
                Some((Self::Example(id.clone(), to), Edit::Criteria(rules)))
            }
            Self::Question(id) => {
                let mut questions = story.questions.clone();
                let at = questions.iter().position(|question| question.id == *id)?;
                let to = beside(at, questions.len())?;
                questions.swap(at, to);
                Some((self.clone(), Edit::Questions(questions)))
            }
        }
    }
}

/// A rule of a story.
fn rule<'a>(story: &'a Story, id: &str) -> Option<&'a Criterion> {
    story.criteria.iter().find(|rule| rule.id == id)
}

/// A question of a story.
pub(super) fn question<'a>(story: &'a Story, id: &str) -> Option<&'a Question> {
    story.questions.iter().find(|question| question.id == id)
}
