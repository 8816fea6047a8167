//! Well-formed: a story says who wants what.

use super::{Found, Letter, Look, Rule, Severity, Spot};

pub(super) const RULE: Rule = Rule {
    id: "well-formed",
    letter: Letter::Quality,
    severity: Severity::Defect,
    about: "A story says who wants it and what they want.",
    check,
};

fn check(look: &Look, found: &mut Found) {
    if look.story.kind != crate::model::Kind::Feature {
        return;
    }
    let why = match (look.story.persona.is_empty(), look.story.want.is_empty()) {
        (false, false) => return,
        (true, true) => {
            "Nobody is named who wants this, and what they want. Write the persona and the want."
        }
        (true, false) => "Nobody is named who wants this. Write the persona.",
        (false, true) => "It does not say what the persona wants. Write the want.",
    };
    found.add(Spot::Story, 0..0, why);
}
