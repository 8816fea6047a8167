//! The rows of the tree: outcomes, their problems, the stories that solve them, and at the end what hangs loose.

use std::collections::HashSet;
use std::sync::Arc;

use jiff::civil::Date;

use super::search::Found;
use crate::model::{Backlog, OutcomeId, Points, Problem, ProblemId, Rollup, Status, StoryId};

/// Where the cursor can stand.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Spot {
    /// An outcome.
    Outcome(OutcomeId),
    /// The problems that serve no outcome.
    NoOutcome,
    /// A problem.
    Problem(ProblemId),
    /// A story, below the problem it solves or among those that solve none.
    Story(StoryId),
    /// The open stories that solve no problem.
    NoProblem,
}

/// A row of the tree.
#[derive(Clone, Debug)]
pub(super) struct Row {
    pub(super) spot: Spot,
    pub(super) depth: usize,
    /// What stands below it, together; nothing for a story.
    pub(super) sums: Sums,
    /// Whether something stands below it.
    pub(super) is_branch: bool,
}

/// Some stories, together.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Sums {
    /// How many there are, without dropped ones.
    pub(super) stories: usize,
    pub(super) accepted: usize,
    pub(super) points: Points,
}

/// The rows, as they are for a state of the backlog and a day.
#[derive(Debug, Default)]
pub(super) struct Tree {
    pub(super) rows: Vec<Row>,
    /// How many outcomes there are, problems, loose ends, and stories to look at again.
    pub(super) outcomes: usize,
    pub(super) problems: usize,
    pub(super) loose: usize,
    pub(super) due: usize,
    known: Option<(u64, Date)>,
}

impl Tree {
    /// Whether these are the rows of the backlog as it is now.
    pub(super) fn is_of(&self, backlog: &Backlog, today: Date) -> bool {
        self.known == Some((backlog.generation(), today))
    }

    /// The rows of a backlog, without what is folded and, where something is searched, without what was not found.
    pub(super) fn of(
        backlog: &Backlog,
        today: Date,
        folded: &HashSet<Spot>,
        found: Option<&Found>,
    ) -> Self {
        let orphans = backlog.orphans(today);
        let outcomes = &backlog.product().outcomes;
        let loose = orphans.stories.len()
            + orphans.unsolved.len()
            + orphans.single.len()
            + orphans.refuted.len()
            + orphans.unchecked.len();
        let tree = Self {
            rows: Vec::new(),
            outcomes: outcomes.len(),
            problems: backlog.problems().len(),
            loose,
            due: backlog.learn_queue(today).len(),
            known: Some((backlog.generation(), today)),
        };
        let mut writing = Writing {
            tree,
            backlog,
            folded,
            found,
        };
        for (outcome, below) in homes(backlog) {
            let below: Vec<ProblemId> = below.iter().map(|problem| problem.id).collect();
            match outcome {
                Some(id) => writing.branch(Spot::Outcome(id), &below),
                None if outcomes.is_empty() => writing.problems(below, 0),
                None if below.is_empty() => {}
                None => writing.branch(Spot::NoOutcome, &below),
            }
        }
        writing.without_problem(&orphans.stories);
        writing.tree
    }

    /// The row of a spot.
    pub(super) fn place(&self, spot: Spot) -> Option<usize> {
        self.rows.iter().position(|row| row.spot == spot)
    }

    /// The row that the one in this place is a part of.
    pub(super) fn parent(&self, at: usize) -> Option<usize> {
        let depth = self.rows.get(at)?.depth;
        let before = self.rows.get(..at)?;
        before.iter().rposition(|row| row.depth < depth)
    }
}

/// A tree that is being written.
struct Writing<'a> {
    tree: Tree,
    backlog: &'a Backlog,
    folded: &'a HashSet<Spot>,
    found: Option<&'a Found>,
}

impl Writing<'_> {
    fn branch(&mut self, spot: Spot, problems: &[ProblemId]) {
        if !self.is_shown(spot) {
            return;
        }
        let sums = problems.iter();
        let sums = sums.map(|id| Sums::from(&self.backlog.rollup(*id)));
        let below = self.below(spot, problems.iter().map(|id| Spot::Problem(*id)));
        self.tree.rows.push(Row {
            spot,
            depth: 0,
            sums: sums.fold(Sums::default(), Sums::plus),
            is_branch: !below.is_empty(),
        });
        if !self.folded.contains(&spot) {
            self.problems(below.into_iter().filter_map(Spot::problem), 1);
        }
    }

    fn problems(&mut self, ids: impl IntoIterator<Item = ProblemId>, depth: usize) {
        for id in ids {
            self.problem(id, depth);
        }
    }

    fn problem(&mut self, id: ProblemId, depth: usize) {
        let spot = Spot::Problem(id);
        let stories = stories_of(id, self.backlog).into_iter();
        let below = self.below(spot, stories.map(Spot::Story));
        // Below an outcome that alone was found all its problems stand.
        if depth == 0 && !self.is_shown(spot) {
            return;
        }
        self.tree.rows.push(Row {
            spot,
            depth,
            sums: Sums::from(&self.backlog.rollup(id)),
            is_branch: !below.is_empty(),
        });
        if !self.folded.contains(&spot) {
            self.stories(&below, depth + 1);
        }
    }

    fn without_problem(&mut self, stories: &[StoryId]) {
        let shown = stories.iter().map(|id| Spot::Story(*id));
        let shown = self.below(Spot::NoProblem, shown);
        if shown.is_empty() {
            return;
        }
        let ids = shown.iter().filter_map(|spot| spot.story());
        let points = ids.filter_map(|id| self.backlog.story(id)?.estimate);
        self.tree.rows.push(Row {
            spot: Spot::NoProblem,
            depth: 0,
            sums: Sums {
                stories: shown.len(),
                accepted: 0,
                points: points.sum(),
            },
            is_branch: true,
        });
        if !self.folded.contains(&Spot::NoProblem) {
            self.stories(&shown, 1);
        }
    }

    fn stories(&mut self, stories: &[Spot], depth: usize) {
        self.tree.rows.extend(stories.iter().map(|spot| Row {
            spot: *spot,
            depth,
            sums: Sums::default(),
            is_branch: false,
        }));
    }

    fn is_shown(&self, spot: Spot) -> bool {
        self.found.is_none_or(|found| found.shows(spot))
    }

    /// What is shown below a branch: all of it, or what was found of it; all again where the branch alone was found.
    fn below(&self, branch: Spot, all: impl Iterator<Item = Spot>) -> Vec<Spot> {
        match self.found {
            Some(found) if !found.is_alone(branch) => {
                all.filter(|spot| found.shows(*spot)).collect()
            }
            _ => all.collect(),
        }
    }
}

impl Spot {
    const fn problem(self) -> Option<ProblemId> {
        match self {
            Self::Problem(problem) => Some(problem),
            _ => None,
        }
    }

    const fn story(self) -> Option<StoryId> {
        match self {
            Self::Story(story) => Some(story),
            _ => None,
        }
    }
}

impl Sums {
    fn plus(self, other: Self) -> Self {
        Self {
            stories: self.stories + other.stories,
            accepted: self.accepted + other.accepted,
            points: self.points + other.points,
        }
    }
}

impl From<&Rollup> for Sums {
    fn from(rollup: &Rollup) -> Self {
        Self {
            stories: rollup.candidates(),
            accepted: rollup.count(Status::Accepted),
            points: rollup.points,
        }
    }
}

/// The outcomes with the problems in their way, and at the end those that serve none.
pub(super) fn homes(backlog: &Backlog) -> Vec<(Option<OutcomeId>, Vec<Arc<Problem>>)> {
    let product = backlog.product();
    let ids = product.outcomes.iter().map(|outcome| Some(outcome.id));
    let mut homes: Vec<(Option<OutcomeId>, Vec<Arc<Problem>>)> =
        ids.chain([None]).map(|id| (id, Vec::new())).collect();
    for problem in backlog.problems_by_impact() {
        let outcome = problem.outcome.and_then(|id| product.outcome(id));
        let outcome = outcome.map(|outcome| outcome.id);
        if let Some((_, below)) = homes.iter_mut().find(|(home, _)| *home == outcome) {
            below.push(Arc::clone(problem));
        }
    }
    homes
}

/// The stories of a problem: open ones in the backlog's order, then closed ones by number.
pub(super) fn stories_of(problem: ProblemId, backlog: &Backlog) -> Vec<StoryId> {
    let stories = backlog.stories_of(problem);
    let mut placed: Vec<(usize, u32, StoryId)> = stories
        .map(|story| {
            let place = backlog.position(story.id).unwrap_or(usize::MAX);
            (place, story.number, story.id)
        })
        .collect();
    placed.sort_unstable();
    placed.into_iter().map(|(_, _, id)| id).collect()
}
