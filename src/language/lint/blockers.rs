//! Blockers: few, and never in a circle.

use super::{Found, Letter, Look, Rule, Severity, Spot};
use crate::model::StoryId;

pub(super) const TOO_MANY: Rule = Rule {
    id: "many-blockers",
    letter: Letter::Independent,
    severity: Severity::Warning,
    about: "A story waits for few others.",
    check: too_many,
};

pub(super) const CIRCLE: Rule = Rule {
    id: "blocked-in-a-circle",
    letter: Letter::Independent,
    severity: Severity::Defect,
    about: "No story waits for itself through others.",
    check: circle,
};

/// How many stories a walk along the blockers looks at.
const FARTHEST: usize = 1_000;

fn too_many(look: &Look, found: &mut Found) {
    let most = look.around.settings().blockers;
    let open = open_blockers(look, look.story.id).len();
    if open > most {
        let why =
            format!("It waits for {open} other stories. Split off what can be done without them.");
        found.add(Spot::Blockers, 0..0, why);
    }
}

/// Changes through the program are refused where they would close a circle; files that were merged may hold one.
fn circle(look: &Look, found: &mut Found) {
    let mut seen = std::collections::HashSet::new();
    let mut next = look.story.blocked_by.clone();
    while let Some(id) = next.pop() {
        if id == look.story.id {
            let why = "It waits for itself through its blockers. Take one of these links away.";
            found.add(Spot::Blockers, 0..0, why);
            return;
        }
        if seen.len() < FARTHEST && seen.insert(id) {
            next.extend(
                look.around
                    .backlog
                    .story(id)
                    .into_iter()
                    .flat_map(|story| &story.blocked_by),
            );
        }
    }
}

fn open_blockers(look: &Look, id: StoryId) -> Vec<StoryId> {
    let backlog = look.around.backlog;
    let Some(story) = backlog.story(id) else {
        return Vec::new();
    };
    let is_open = |id: &&StoryId| {
        backlog
            .story(**id)
            .is_some_and(|story| !story.status.is_closed())
    };
    story.blocked_by.iter().filter(is_open).copied().collect()
}
