//! What is still open: estimate, questions, words that stand for something unknown.

use super::phrases::PLACEHOLDERS;
use super::words::Text;
use super::{Found, Letter, Look, Rule, Severity, Spot};
use crate::model::Status;

pub(super) const ESTIMATE: Rule = Rule {
    id: "no-estimate",
    letter: Letter::Estimable,
    severity: Severity::Hint,
    about: "A feature that is about to be built has an estimate.",
    check: estimate,
};

pub(super) const QUESTION: Rule = Rule {
    id: "open-question",
    letter: Letter::Estimable,
    severity: Severity::Hint,
    about: "Questions are answered before the story is built.",
    check: question,
};

pub(super) const PLACEHOLDER: Rule = Rule {
    id: "placeholder",
    letter: Letter::Estimable,
    severity: Severity::Warning,
    about: "No words stand for what is not known yet.",
    check: placeholder,
};

fn estimate(look: &Look, found: &mut Found) {
    let story = look.story;
    if look.around.product().has_estimates()
        && story.kind == crate::model::Kind::Feature
        && story.estimate.is_none()
        && story.status != Status::Idea
    {
        found.add(
            Spot::Estimate,
            0..0,
            "It is agreed but has no estimate. Estimate it.",
        );
    }
}

fn question(look: &Look, found: &mut Found) {
    for (index, question) in look.story.questions.iter().enumerate() {
        if question.is_open() {
            found.add(
                Spot::Question(index),
                0..question.text.len(),
                "This question is open. Answer it, or take it out.",
            );
        }
    }
}

fn placeholder(look: &Look, found: &mut Found) {
    let title = Text::new(&look.story.title);
    let criteria = look
        .criteria
        .iter()
        .enumerate()
        .map(|(index, text)| (Spot::Criterion(index), text));
    let texts = [
        (Spot::Title, &title),
        (Spot::Want, &look.want),
        (Spot::Benefit, &look.benefit),
    ];
    for (spot, text) in texts.into_iter().chain(criteria) {
        if spot == Spot::Want && look.want_spot == Spot::Title {
            continue;
        }
        let words = PLACEHOLDERS
            .iter()
            .flat_map(|phrase| text.phrase(phrase))
            // "to do" as two words is English; as one in capitals it is a mark.
            .find(|words| is_a_mark(text, words.start));
        let span = words.map(|words| text.span(words)).or_else(|| {
            let start = text.raw.find("???")?;
            Some(start..start + 3)
        });
        if let Some(span) = span {
            found.add(
                spot,
                span,
                "Something is left open here. Say it, or make it a question.",
            );
        }
    }
}

/// A short word is a mark only in capitals; longer phrases always are.
fn is_a_mark(text: &Text, index: usize) -> bool {
    let word = text
        .words
        .get(index)
        .and_then(|word| text.raw.get(word.span.clone()));
    word.is_some_and(|word| word == "to" || word == "To" || word.chars().all(char::is_uppercase))
}
