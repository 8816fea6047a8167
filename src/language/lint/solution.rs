//! Solution: a want that prescribes how, so that nothing is left to talk about.

use super::phrases::SOLUTION;
use super::{Found, Letter, Look, Rule, Severity};

pub(super) const RULE: Rule = Rule {
    id: "solution",
    letter: Letter::Negotiable,
    severity: Severity::Hint,
    about: "A want says what is needed, not how it is built.",
    check,
};

fn check(look: &Look, found: &mut Found) {
    if !look.is_user_story() {
        return;
    }
    let text = &look.want;
    let first = SOLUTION
        .iter()
        .flat_map(|phrase| text.phrase(phrase))
        .filter(|words| !is_subject_matter(text.word(words.start), text.word(words.start + 1)))
        .min_by_key(|words| words.start);
    if let Some(words) = first {
        let span = text.span(words);
        let word = text.raw.get(span.clone()).unwrap_or_default();
        let why = format!(
            "“{word}” is a way to build it. Say what the persona needs; the team finds the way."
        );
        found.add(look.want_spot, span, why);
    }
}

/// Words of a solution that mean something else here: "the rest of", "database administrator", "screen reader".
fn is_subject_matter(word: &str, next: &str) -> bool {
    matches!(
        (word, next),
        ("rest", _)
            | ("screen", "reader" | "readers")
            | ("database", "administrator" | "administrators")
            | ("table", "of")
    )
}
