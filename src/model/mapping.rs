//! What the cards of example mapping say about a story: rules are its criteria, with examples under each, and questions.
//!
//! Many rules are several stories, many examples of one rule several rules, a rule without an example is not understood
//! yet, and an open question keeps the story from being ready (Wynne, *Introducing Example Mapping*, 2015).

use super::Story;

/// More rules than this are more than one story.
pub const MOST_RULES: usize = 4;
/// More examples of a rule than this hide another rule.
pub const MOST_EXAMPLES: usize = 4;

/// One thing that the cards say.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Sign {
    /// Nothing says yet by what the story is accepted.
    NoRule,
    /// So many questions are open.
    Open(usize),
    /// So many rules: more than one story.
    ManyRules(usize),
    /// The rule at this place, counted from 1, has so many examples: more than one rule.
    ManyExamples(usize, usize),
    /// Some rules have an example, and so many have none.
    NoExample(usize),
}

impl Sign {
    /// Reads a story's cards, the most pressing sign first.
    pub fn all(story: &Story) -> Vec<Self> {
        let mut signs = Vec::new();
        let open = story.open_questions().count();
        if open > 0 {
            signs.push(Self::Open(open));
        }
        if story.criteria.is_empty() && story.kind.needs_criteria() {
            signs.push(Self::NoRule);
        }
        if story.criteria.len() > MOST_RULES {
            signs.push(Self::ManyRules(story.criteria.len()));
        }
        let counts = story.criteria.iter().map(|rule| rule.examples.len());
        for (place, count) in (1..).zip(counts.clone()) {
            if count > MOST_EXAMPLES {
                signs.push(Self::ManyExamples(place, count));
            }
        }
        let without = counts.filter(|count| *count == 0).count();
        if without > 0 && without < story.criteria.len() {
            signs.push(Self::NoExample(without));
        }
        signs
    }

    /// The sign as a sentence.
    pub fn told(self) -> String {
        match self {
            Self::NoRule => "There is no rule yet.".to_owned(),
            Self::Open(1) => "1 question is open.".to_owned(),
            Self::Open(many) => format!("{many} questions are open."),
            Self::ManyRules(many) => format!("{many} rules are likely more than one story."),
            Self::ManyExamples(place, many) => {
                format!("Rule {place} has {many} examples: likely more than one rule.")
            }
            Self::NoExample(1) => "1 rule has no example.".to_owned(),
            Self::NoExample(many) => format!("{many} rules have no example."),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{Criterion, Line, Question};

    fn story(examples: &[usize], questions: &[&str]) -> Story {
        let mut story: Story = serde_json::from_value(serde_json::json!({
            "format": 1, "id": "019ab3c4-7c3e-7d5a-9b1e-2f6c1d0a8e4b", "number": 1, "title": "Pay", "rank": "a0",
            "created": "2026-11-19T16:00:00Z", "updated": "2026-11-19T16:00:00Z",
        }))
        .unwrap();
        let rule = |count: &usize| Criterion {
            examples: (0..*count).map(|at| Line::parse(&at.to_string())).collect(),
            ..Criterion::new("A rule")
        };
        story.criteria = examples.iter().map(rule).collect();
        story.questions = questions.iter().map(|text| Question::new(text)).collect();
        story
    }

    #[test]
    fn the_cards_say_what_is_missing_and_what_is_too_much() {
        for (examples, questions, signs) in [
            (vec![], vec![], vec![Sign::NoRule]),
            (vec![0, 0], vec![], vec![]),
            (vec![1, 0, 0], vec![], vec![Sign::NoExample(2)]),
            (vec![1, 4], vec![], vec![]),
            (vec![1, 5], vec![], vec![Sign::ManyExamples(2, 5)]),
            (vec![1; 4], vec![], vec![]),
            (
                vec![1; 5],
                vec!["Who?"],
                vec![Sign::Open(1), Sign::ManyRules(5)],
            ),
        ] {
            assert_eq!(
                Sign::all(&story(&examples, &questions)),
                signs,
                "{examples:?}"
            );
        }
    }

    #[test]
    fn a_chore_needs_no_rule() {
        let mut chore = story(&[], &[]);
        chore.kind = crate::model::Kind::Chore;
        assert_eq!(Sign::all(&chore), []);
    }
}
