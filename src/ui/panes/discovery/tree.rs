//! The rows of the tree: outcomes, their problems, the stories that solve them, and at the end what hangs loose.

use std::collections::HashSet;
use std::sync::Arc;

use jiff::civil::Date;

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

    /// The rows of a backlog, without what is folded.
    pub(super) fn of(backlog: &Backlog, today: Date, folded: &HashSet<Spot>) -> Self {
        let orphans = backlog.orphans(today);
        let outcomes = &backlog.product().outcomes;
        let loose = orphans.stories.len()
            + orphans.unsolved.len()
            + orphans.single.len()
            + orphans.refuted.len()
            + orphans.unchecked.len();
        let mut tree = Self {
            rows: Vec::new(),
            outcomes: outcomes.len(),
            problems: backlog.problems().len(),
            loose,
            due: backlog.learn_queue(today).len(),
            known: Some((backlog.generation(), today)),
        };
        for (outcome, below) in homes(backlog) {
            let below: Vec<ProblemId> = below.iter().map(|problem| problem.id).collect();
            match outcome {
                Some(id) => tree.branch(Spot::Outcome(id), &below, backlog, folded),
                None if outcomes.is_empty() => {
                    for problem in below {
                        tree.problem(problem, 0, backlog, folded);
                    }
                }
                None if below.is_empty() => {}
                None => tree.branch(Spot::NoOutcome, &below, backlog, folded),
            }
        }
        tree.without_problem(&orphans.stories, backlog, folded);
        tree
    }

    fn branch(
        &mut self,
        spot: Spot,
        problems: &[ProblemId],
        backlog: &Backlog,
        folded: &HashSet<Spot>,
    ) {
        let all = problems.iter().map(|id| Sums::from(&backlog.rollup(*id)));
        self.rows.push(Row {
            spot,
            depth: 0,
            sums: all.fold(Sums::default(), Sums::plus),
            is_branch: !problems.is_empty(),
        });
        if folded.contains(&spot) {
            return;
        }
        for problem in problems {
            self.problem(*problem, 1, backlog, folded);
        }
    }

    fn problem(&mut self, id: ProblemId, depth: usize, backlog: &Backlog, folded: &HashSet<Spot>) {
        let stories = stories_of(id, backlog);
        self.rows.push(Row {
            spot: Spot::Problem(id),
            depth,
            sums: Sums::from(&backlog.rollup(id)),
            is_branch: !stories.is_empty(),
        });
        if !folded.contains(&Spot::Problem(id)) {
            self.stories(&stories, depth + 1);
        }
    }

    fn without_problem(&mut self, stories: &[StoryId], backlog: &Backlog, folded: &HashSet<Spot>) {
        if stories.is_empty() {
            return;
        }
        let points = stories.iter().filter_map(|id| backlog.story(*id)?.estimate);
        self.rows.push(Row {
            spot: Spot::NoProblem,
            depth: 0,
            sums: Sums {
                stories: stories.len(),
                accepted: 0,
                points: points.sum(),
            },
            is_branch: true,
        });
        if !folded.contains(&Spot::NoProblem) {
            self.stories(stories, 1);
        }
    }

    fn stories(&mut self, stories: &[StoryId], depth: usize) {
        self.rows.extend(stories.iter().map(|id| Row {
            spot: Spot::Story(*id),
            depth,
            sums: Sums::default(),
            is_branch: false,
        }));
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
