//! Atomic: a story is about one thing.
//!
//! A conjunction is a finding only where a clause with a verb of its own stands on both sides; "name and address" is
//! one thing.

use super::verbs;
use super::{Found, Letter, Look, Repair, Rule, Severity};

pub(super) const RULE: Rule = Rule {
    id: "atomic",
    letter: Letter::Quality,
    severity: Severity::Warning,
    about: "A story is about one thing.",
    check,
};

fn check(look: &Look, found: &mut Found) {
    let text = &look.want;
    for (index, word) in text.words.iter().enumerate() {
        let joins = matches!(word.lower.as_str(), "and" | "or");
        let sign = text.between(index).trim();
        let signed = matches!(sign, "&" | "+");
        if !joins && !signed {
            continue;
        }
        let (left, right) = (if joins { index } else { index + 1 }, index + 1);
        let end = text.words.len();
        if verbs::among(text, 0, left) && verbs::begins_at(text, right, end) {
            let sign_at = word.span.end + text.between(index).find(sign).unwrap_or(0);
            let span = if joins {
                word.span.clone()
            } else {
                sign_at..sign_at + sign.len()
            };
            let first = text
                .raw
                .get(..text.span(0..left).end)
                .unwrap_or_default()
                .trim();
            let second = text
                .raw
                .get(text.span(right..end).start..)
                .unwrap_or_default()
                .trim();
            found.add_with(
                look.want_spot,
                span,
                "Two things are wanted here. Make a story of each, so that they can be ranked and accepted one by one.",
                Some(Repair::Split {
                    first: first.to_owned(),
                    second: second.to_owned(),
                }),
            );
            return;
        }
    }
}
