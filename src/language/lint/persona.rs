//! Persona: somebody who has something of the story.

use super::phrases::NOT_USERS;
use super::{Found, Letter, Look, Rule, Severity, Spot};

pub(super) const RULE: Rule = Rule {
    id: "no-user",
    letter: Letter::Valuable,
    severity: Severity::Warning,
    about: "The persona is somebody who uses the product.",
    check,
};

fn check(look: &Look, found: &mut Found) {
    let persona = look.story.persona.as_str();
    let is_named = look
        .around
        .product()
        .personas
        .iter()
        .any(|known| known.to_lowercase() == persona.to_lowercase());
    // Who has something of their own in it uses it: a developer of apps, in a shop for apps.
    let is_owner = [&look.want, &look.benefit]
        .iter()
        .any(|text| text.words.iter().any(|word| word.lower == "my"));
    if !is_named && !is_owner && NOT_USERS.contains(&persona.to_lowercase().as_str()) {
        let why = format!(
            "“{persona}” builds or runs the product. Say who uses it and gains by this; a product for such people names them among its personas."
        );
        found.add(Spot::Persona, 0..persona.len(), why);
    }
}
