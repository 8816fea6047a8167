//! The thread from outcome to problem to story and back: what follows from the links alone.
//!
//! Nothing here is kept; each figure is worked out when it is asked for.

use std::sync::Arc;

use jiff::civil::Date;

use super::{
    Backlog, Belief, Change, OutcomeId, Points, Problem, ProblemEdit, ProblemId, Product, Promise,
    Status, Story, StoryId,
};

/// The stories of a problem, together.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Rollup {
    /// How many stand at each status, in the order of [`Status::ALL`].
    pub counts: [usize; Status::ALL.len()],
    /// The points of those that are not dropped.
    pub points: Points,
    /// The points of the accepted ones.
    pub accepted_points: Points,
}

/// Loose ends of the thread.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Orphans {
    /// Open features and bugs without a problem, in the backlog's order.
    pub stories: Vec<StoryId>,
    /// Problems that no story is to solve, oldest first.
    pub unsolved: Vec<ProblemId>,
    /// Problems with one open story and no other candidate.
    pub single: Vec<ProblemId>,
    /// Refuted problems, with the open stories that are still to solve them.
    pub refuted: Vec<(ProblemId, Vec<StoryId>)>,
    /// Accepted stories of problems, of which nobody has checked what became of the benefit.
    pub unchecked: Vec<StoryId>,
}

/// How many stories kept their promise.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Promises {
    /// Accepted stories.
    pub accepted: usize,
    /// Those whose benefit came.
    pub kept: usize,
    /// Those whose benefit did not come.
    pub missed: usize,
    /// Those of which nobody can tell.
    pub unknown: usize,
}

impl Rollup {
    /// How many stories stand at a status.
    pub const fn count(&self, status: Status) -> usize {
        self.counts[status as usize]
    }

    /// How many are open.
    pub fn open(&self) -> usize {
        let open = Status::ALL.into_iter().filter(|status| !status.is_closed());
        open.map(|status| self.count(status)).sum()
    }

    /// How many are candidates to solve the problem: all that are not dropped.
    pub fn candidates(&self) -> usize {
        self.open() + self.count(Status::Accepted)
    }
}

impl Orphans {
    /// Whether there are no loose ends.
    pub fn is_empty(&self) -> bool {
        *self == Self::default()
    }
}

impl Backlog {
    /// Every problem there is, those that matter most first, refuted ones last.
    pub fn problems_by_impact(&self) -> Vec<&Arc<Problem>> {
        let mut problems = self.problems();
        problems.sort_by_cached_key(|problem| problem.pressing());
        problems
    }

    /// The problems that stand in the way of an outcome, those that matter most first.
    pub fn problems_of(&self, outcome: OutcomeId) -> impl Iterator<Item = &Arc<Problem>> {
        let mut problems = self.problems();
        problems.retain(|problem| problem.outcome == Some(outcome));
        problems.sort_by_cached_key(|problem| problem.pressing());
        problems.into_iter()
    }

    /// The stories of a problem, together.
    pub fn rollup(&self, problem: ProblemId) -> Rollup {
        let mut rollup = Rollup::default();
        for story in self.stories_of(problem) {
            let points = story.estimate.unwrap_or_default();
            if let Some(count) = rollup.counts.get_mut(story.status as usize) {
                *count += 1;
            }
            if story.status != Status::Dropped {
                rollup.points = rollup.points + points;
            }
            if story.status == Status::Accepted {
                rollup.accepted_points = rollup.accepted_points + points;
            }
        }
        rollup
    }

    /// What the evidence for a story's problem weighs; `None` without a problem, and where the problem was refuted: then
    /// nothing speaks for the story.
    pub fn impact(&self, story: &Story) -> Option<u32> {
        let problem = self.problem_of(story)?;
        (problem.state != Belief::Refuted).then(|| problem.impact())
    }

    /// What becomes of a problem's stories when it is deleted, as a sentence; nothing where it has none.
    pub fn left_behind(&self, problem: ProblemId) -> Option<String> {
        let stories = match self.stories_of(problem).count() {
            0 => return None,
            1 => "1 story solves no problem now".to_owned(),
            many => format!("{many} stories solve no problem now"),
        };
        let accepted = match self.rollup(problem).count(Status::Accepted) {
            0 => String::new(),
            1 => "; 1 of them is accepted and counts for no outcome any more".to_owned(),
            many => format!("; {many} of them are accepted and count for no outcome any more"),
        };
        Some(format!("{stories}{accepted}."))
    }

    /// What has to change so that an outcome is not there any more: its problems stay, and serve none.
    pub fn outcome_removal(&self, outcome: OutcomeId) -> Vec<Change> {
        let mut product = Product::clone(self.product());
        product.outcomes.retain(|known| known.id != outcome);
        self.problems_of(outcome)
            .map(|problem| Change::EditProblem {
                problem: problem.id,
                edit: Box::new(ProblemEdit::Outcome(None)),
            })
            .chain([Change::Settings(Box::new(product))])
            .collect()
    }

    /// Whether a problem's newest evidence is older than the product allows.
    pub fn is_stale(&self, problem: &Problem, today: Date) -> bool {
        problem.is_stale(today, u32::from(self.product().freshness.get()))
    }

    /// Whether a story is a loose end: an open feature or bug without a problem or with a refuted one, or an accepted
    /// one of a problem that nobody has checked.
    pub fn is_orphan(&self, story: &Story, today: Date) -> bool {
        let problem = self.problem_of(story);
        if story.status.is_closed() {
            return is_unchecked(story, today);
        }
        match problem {
            None => story.kind.needs_criteria() && story.problem.is_none(),
            Some(problem) => problem.state == Belief::Refuted,
        }
    }

    /// The problems that stories leave when they are linked to this one, in words that follow on the news of it:
    /// `, and no longer “A”`; nothing where they leave none.
    pub fn no_longer(&self, stories: &[StoryId], to: ProblemId) -> String {
        let left = stories.iter().filter_map(|id| self.story(*id));
        let left = left.filter_map(|story| self.problem_of(story));
        let mut titles: Vec<String> = Vec::new();
        for problem in left.filter(|problem| problem.id != to) {
            let title = format!("\u{201c}{}\u{201d}", problem.title);
            if !titles.contains(&title) {
                titles.push(title);
            }
        }
        if titles.is_empty() {
            return String::new();
        }
        format!(", and no longer {}", titles.join(", "))
    }

    /// All loose ends of the thread.
    pub fn orphans(&self, today: Date) -> Orphans {
        let mut orphans = Orphans {
            stories: self.open().filter(|id| self.has_no_problem(*id)).collect(),
            unchecked: self.accepted_where(|story| is_unchecked(story, today)),
            ..Orphans::default()
        };
        for problem in self.problems() {
            let rollup = self.rollup(problem.id);
            if problem.state == Belief::Refuted {
                let open = self.stories_of(problem.id);
                let open = open.filter(|story| !story.status.is_closed());
                let open: Vec<StoryId> = open.map(|story| story.id).collect();
                if !open.is_empty() {
                    orphans.refuted.push((problem.id, open));
                }
            } else if rollup.candidates() == 0 {
                orphans.unsolved.push(problem.id);
            } else if rollup.candidates() == 1 && rollup.open() == 1 {
                orphans.single.push(problem.id);
            }
        }
        orphans
    }

    /// The accepted stories whose benefit is to be checked by now, the longest due first.
    pub fn learn_queue(&self, today: Date) -> Vec<StoryId> {
        let mut due = self.accepted_where(|story| is_due(story, today));
        let when = |id: &StoryId| {
            let check = self.story(*id).and_then(|story| story.check.as_deref());
            check.and_then(|check| check.when)
        };
        due.sort_by_key(when);
        due
    }

    /// What became of the promises of the stories that serve an outcome.
    pub fn promises(&self, outcome: OutcomeId) -> Promises {
        let mut promises = Promises::default();
        let problems = self.problems().into_iter();
        for problem in problems.filter(|problem| problem.outcome == Some(outcome)) {
            for story in self.stories_of(problem.id) {
                if story.status != Status::Accepted {
                    continue;
                }
                promises.accepted += 1;
                match story.check.as_ref().and_then(|check| check.result) {
                    Some(Promise::Kept) => promises.kept += 1,
                    Some(Promise::Missed) => promises.missed += 1,
                    Some(Promise::Unknown) => promises.unknown += 1,
                    None => {}
                }
            }
        }
        promises
    }

    fn has_no_problem(&self, id: StoryId) -> bool {
        let story = self.story(id);
        story.is_some_and(|story| story.problem.is_none() && story.kind.needs_criteria())
    }

    /// The accepted stories that are so, by number.
    fn accepted_where(&self, is_so: impl Fn(&Story) -> bool) -> Vec<StoryId> {
        let closed = self.closed().filter_map(|id| self.story(id));
        let mut found: Vec<(u32, StoryId)> = closed
            .filter(|story| story.status == Status::Accepted && is_so(story))
            .map(|story| (story.number, story.id))
            .collect();
        found.sort_unstable();
        found.into_iter().map(|(_, id)| id).collect()
    }
}

/// Whether it is time to check an accepted story's benefit.
pub(in crate::model) fn is_due(story: &Story, today: Date) -> bool {
    let check = story.check.as_ref();
    story.status == Status::Accepted && check.is_some_and(|check| check.is_due(today))
}

/// Whether nobody has checked an accepted story of a problem, and nobody is going to.
fn is_unchecked(story: &Story, today: Date) -> bool {
    let is_planned = || {
        story.check.as_ref().is_some_and(|check| {
            check.result.is_some() || check.when.is_some_and(|when| when > today)
        })
    };
    story.status == Status::Accepted && story.problem.is_some() && !is_planned()
}
