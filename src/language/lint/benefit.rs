//! Benefit: there, about something else than the want, and about people.

use super::phrases::COMMON;
use super::words::Text;
use super::{Found, Letter, Look, Repair, Rule, Severity, Spot};

pub(super) const MISSING: Rule = Rule {
    id: "no-benefit",
    letter: Letter::Valuable,
    severity: Severity::Hint,
    about: "A story says what it is good for.",
    check: missing,
};

pub(super) const REPEATED: Rule = Rule {
    id: "benefit-repeats",
    letter: Letter::Valuable,
    severity: Severity::Warning,
    about: "The benefit says more than the want does.",
    check: repeated,
};

pub(super) const FEATURE: Rule = Rule {
    id: "benefit-is-a-feature",
    letter: Letter::Valuable,
    severity: Severity::Hint,
    about: "The benefit is an effect for people, not another thing to click.",
    check: feature,
};

/// From this share of the benefit's words in the want on it only repeats it.
const OVERLAP: (usize, usize) = (3, 5);

/// What people do with a program rather than with their lives.
const CLICKS: [&str; 9] = [
    "i can click",
    "i can press",
    "i can scroll",
    "i can tap",
    "i can navigate",
    "i can open the page",
    "i can see the button",
    "i can use the feature",
    "i can log in",
];

fn missing(look: &Look, found: &mut Found) {
    let story = look.story;
    if story.kind == crate::model::Kind::Feature
        && story.benefit.is_empty()
        && !story.want.is_empty()
    {
        found.add(
            Spot::Benefit,
            0..0,
            "It does not say what this is good for. Write the benefit, or ask whether anybody needs it.",
        );
    }
}

fn repeated(look: &Look, found: &mut Found) {
    let (want, benefit) = (telling(&look.want), telling(&look.benefit));
    if benefit.len() < 2 || look.story.want.is_empty() {
        return;
    }
    let shared = benefit.iter().filter(|word| want.contains(*word)).count();
    if shared * OVERLAP.1 >= benefit.len() * OVERLAP.0 {
        found.add_with(
            Spot::Benefit,
            0..look.benefit.raw.len(),
            "The benefit says the want once more. Say what becomes better by it.",
            Some(Repair::DropBenefit),
        );
    }
}

fn feature(look: &Look, found: &mut Found) {
    let text = &look.benefit;
    if let Some(words) = CLICKS.iter().flat_map(|phrase| text.phrase(phrase)).next() {
        let why =
            "This is one more thing the program does. Say what becomes better for the persona.";
        found.add(Spot::Benefit, text.span(words), why);
    }
}

/// The words that tell something.
fn telling<'t>(text: &'t Text) -> Vec<&'t str> {
    let mut words: Vec<&str> = text
        .words
        .iter()
        .map(|word| word.lower.as_str())
        .filter(|word| !COMMON.contains(word))
        .collect();
    words.sort_unstable();
    words.dedup();
    words
}
