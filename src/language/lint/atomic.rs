//! Atomic: a story is about one thing.
//!
//! A conjunction is a finding only where a clause with a verb of its own stands on both sides; "name and address" is
//! one thing.

use super::verbs;
use super::words::Text;
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
    // What stands behind "so that" is no want, but a benefit that was not taken apart.
    let end = text.phrase("so that").next().map(|words| words.start);
    let wanted = text.words.iter().take(end.unwrap_or(usize::MAX));
    for (index, word) in wanted.enumerate() {
        let joins = matches!(word.lower.as_str(), "and" | "or");
        let sign = text.between(index).trim();
        let signed = matches!(sign, "&" | "+");
        if !joins && !signed {
            continue;
        }
        let (left, right) = (if joins { index } else { index + 1 }, index + 1);
        let end = text.words.len();
        let is_joined = if joins {
            verbs::joined_at(text, index)
        } else {
            verbs::among(text, 0, left) && verbs::begins_at(text, right, end)
        };
        if is_joined {
            let sign_at = word.span.end + text.between(index).find(sign).unwrap_or(0);
            let span = if joins {
                word.span.clone()
            } else {
                sign_at..sign_at + sign.len()
            };
            let first = first_part(text, left, right);
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
                    first,
                    second: second.to_owned(),
                }),
            );
            return;
        }
    }
}

/// What is wanted first; what both is done to goes with it: "edit my cards" of "edit and delete my cards".
fn first_part(text: &Text, left: usize, right: usize) -> String {
    let before = text.raw.get(..text.span(0..left).end);
    let before = before.unwrap_or_default().trim();
    let is_bare = left
        .checked_sub(1)
        .is_some_and(|last| verbs::is_bare(text, last));
    let object = text.words.get(verbs::first_in(text, right) + 1);
    let object = object.and_then(|word| text.raw.get(word.span.start..));
    match object.filter(|_| is_bare) {
        // A list goes on with one deed less: "create, edit and archive tasks".
        Some(object) => match before.rsplit_once(", ") {
            Some((others, last)) if !last.contains(' ') => format!("{others} and {last} {object}"),
            _ => format!("{before} {object}"),
        },
        None => before.to_owned(),
    }
}
