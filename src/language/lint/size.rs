//! Size: small enough to be built at once.

use super::{Found, Letter, Look, Rule, Severity, Spot};
use crate::model::Points;

pub(super) const LARGE: Rule = Rule {
    id: "too-large",
    letter: Letter::Small,
    severity: Severity::Warning,
    about: "A story fits well into an iteration.",
    check: large,
};

pub(super) const CRITERIA: Rule = Rule {
    id: "many-criteria",
    letter: Letter::Small,
    severity: Severity::Warning,
    about: "A story has few criteria.",
    check: criteria,
};

pub(super) const TITLE: Rule = Rule {
    id: "long-title",
    letter: Letter::Small,
    severity: Severity::Hint,
    about: "A title is short enough to be read at a glance.",
    check: title,
};

fn large(look: &Look, found: &mut Found) {
    let product = look.around.product();
    let given = product.has_estimates().then_some(look.story.estimate);
    let Some(points) = given.flatten() else {
        return;
    };
    let top = product.scale.iter().max();
    let top = top.filter(|top| product.scale.len() > 1 && points >= **top);
    let half = look
        .around
        .velocity
        .filter(|velocity| *velocity > Points::ZERO && points + points > *velocity);
    let why = match (half, top) {
        (Some(velocity), _) => format!(
            "It is more than half of what an iteration holds ({points} of {velocity} points). Split it."
        ),
        (None, Some(top)) if points > *top => {
            format!("{points} points are more than the scale has. Split it.")
        }
        (None, Some(_)) => format!("{points} points are the top of the scale. Split it."),
        (None, None) => return,
    };
    found.add(Spot::Estimate, 0..0, why);
}

fn criteria(look: &Look, found: &mut Found) {
    let (most, all) = (look.around.settings().criteria, look.story.criteria.len());
    if all > most {
        let why = format!("{all} criteria are many for one story. Split it by them.");
        found.add(Spot::Criterion(most), 0..0, why);
    }
}

fn title(look: &Look, found: &mut Found) {
    let (most, all) = (
        look.around.settings().title,
        look.story.title.chars().count(),
    );
    if all > most {
        let start = look
            .story
            .title
            .char_indices()
            .nth(most)
            .map_or(0, |(at, _)| at);
        let why = format!(
            "The title has {all} characters. Keep the few words people call it by, and put the rest in the notes."
        );
        found.add(Spot::Title, start..look.story.title.len(), why);
    }
}
