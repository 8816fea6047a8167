//! Undeclared dependency: a text that names another story as a condition, without a link to it.

use super::phrases::DEPENDENCE;
use super::words::Text;
use super::{Found, Letter, Look, Rule, Severity, Spot};
use crate::model::Story;

pub(super) const RULE: Rule = Rule {
    id: "undeclared-dependency",
    letter: Letter::Independent,
    severity: Severity::Warning,
    about: "A story that must wait for another one has it among its blockers.",
    check,
};

fn check(look: &Look, found: &mut Found) {
    let notes = Text::new(&look.story.notes);
    let criteria = look
        .criteria
        .iter()
        .enumerate()
        .map(|(index, text)| (Spot::Criterion(index), text));
    let texts = [
        (look.want_spot, &look.want),
        (Spot::Benefit, &look.benefit),
        (Spot::Story, &notes),
    ];
    for (spot, text) in texts.into_iter().chain(criteria) {
        for (index, word) in text.words.iter().enumerate() {
            // A key reads as a word of letters, a hyphen and a number.
            let Some(key) = key_at(text, index) else {
                continue;
            };
            let Ok(other) = look.around.backlog.find(&key) else {
                continue;
            };
            let is_known = other.id == look.story.id || look.story.blocked_by.contains(&other.id);
            let told = DEPENDENCE.iter().any(|phrase| {
                let length = phrase.split(' ').count();
                text.phrase(phrase)
                    .any(|words| words.end <= index && index - words.end <= 2 && length > 0)
            });
            if !is_known && told {
                let why = format!(
                    "{key} is named as a condition but is not among the blockers. Add it there, or take the words out."
                );
                let span = if spot == Spot::Story {
                    0..0
                } else {
                    word.span.start..text.span(index + 1..index + 2).end
                };
                found.add(spot, span, why);
                return;
            }
        }
    }
}

/// Whether a key could stand somewhere in the story; a cheap question to ask first.
pub(super) fn may_name_a_story(story: &Story) -> bool {
    let texts: [&str; 4] = [&story.title, &story.want, &story.benefit, &story.notes];
    let criteria = story
        .criteria
        .iter()
        .map(|criterion| criterion.text.as_str());
    texts.into_iter().chain(criteria).any(|text| {
        let bytes = text.as_bytes();
        let mut pairs = bytes.iter().zip(bytes.iter().skip(1));
        pairs.any(|(hyphen, digit)| *hyphen == b'-' && digit.is_ascii_digit())
    })
}

/// The key of a story that begins at a word, such as `WEB` before `-9`.
fn key_at(text: &Text, index: usize) -> Option<String> {
    let prefix = text.word(index);
    let number = text.word(index + 1);
    let is_key = text.between(index) == "-"
        && !number.is_empty()
        && number.bytes().all(|b| b.is_ascii_digit())
        && prefix.starts_with(|c: char| c.is_ascii_alphabetic());
    is_key.then(|| format!("{}-{number}", prefix.to_uppercase()))
}
