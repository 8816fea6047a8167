//! What was there and is not any more: stories and problems that were deleted, here or by taking their files away.

use super::compare::{Comparing, by_act};
use super::doers::{Deed, doer};
use super::{About, What};

impl Comparing<'_> {
    /// The open stories and the problems that are gone. What no act of the journal took away may also lie in a file that
    /// cannot be read, so it is told only where there is no such file.
    pub(super) fn gone(&mut self) {
        let backlog = self.present.backlog;
        let user = self.present.user;
        let memory = self.memory;
        for known in &memory.stories {
            if backlog.story(known.id).is_some() {
                continue;
            }
            let deeds = self.doers.of_story(known.id);
            let before = deeds.iter().rev().find_map(|deed| deed.before);
            let act = doer(deeds, user, took_away);
            if act.is_none() && !self.present.is_whole {
                continue;
            }
            let number = before.map(|story| story.number).or(known.number);
            let what = What::Gone {
                key: number.map(|number| backlog.product().key_of(number)),
                title: before.map_or_else(|| known.title.clone(), |story| story.title.to_string()),
            };
            self.tell(About::Story(known.id), what, by_act(act));
        }
        let mut problems: Vec<_> = memory.problems.iter().collect();
        problems.sort_unstable_by_key(|(id, _)| **id);
        for (id, known) in problems {
            if backlog.problem(*id).is_some() {
                continue;
            }
            let deeds = self.doers.of_problem(*id);
            let before = deeds.iter().rev().find_map(|deed| deed.before);
            let act = doer(deeds, user, took_away);
            if act.is_none() && !self.present.is_whole {
                continue;
            }
            let title = before.map(|problem| problem.title.to_string());
            let what = What::Gone {
                key: None,
                title: title.unwrap_or_else(|| known.title.clone()),
            };
            self.tell(About::Problem(*id), what, by_act(act));
        }
    }
}

const fn took_away<T>(deed: &Deed<T>) -> bool {
    deed.before.is_some() && deed.after.is_none()
}
