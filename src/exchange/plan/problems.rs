//! Problems from our own export: new ones come along whole, known ones are brought up to what the file says where it is
//! not older.

use std::collections::HashSet;
use std::sync::Arc;

use super::Planner;
use crate::model::{Change, Delta, OutcomeId, Problem, Product};

impl Planner<'_> {
    pub(super) fn problems(&mut self, problems: Vec<Problem>) {
        let (mut new, mut changed) = (0, 0);
        for problem in problems {
            let Some(known) = self.backlog.problem(problem.id) else {
                new += 1;
                self.new_problems.insert(problem.id);
                let problem = Box::new(problem);
                self.plan.changes.push(Change::InsertProblem(problem));
                continue;
            };
            if **known == problem {
                continue;
            }
            if known.updated > problem.updated {
                self.plan.notes.push(format!(
                    "The problem \u{201c}{}\u{201d} has changed here since the file was written and stays as it is.",
                    known.title
                ));
                continue;
            }
            let after = together(known, problem);
            if **known != after {
                changed += 1;
                self.plan.changes.push(Change::Restore(vec![Delta::Problem {
                    before: Some(Arc::clone(known)),
                    after: Some(Arc::new(after)),
                }]));
            }
        }
        if new + changed > 0 {
            self.plan
                .notes
                .push(format!("Problems: {new} new, {changed} updated."));
        }
    }

    /// The product's settings with those outcomes of the file that its problems serve and that are not there yet.
    pub(super) fn with_outcomes(&self, file: &Product, problems: &[Problem]) -> Option<Product> {
        let served: HashSet<OutcomeId> = problems.iter().filter_map(|p| p.outcome).collect();
        let mut own = Product::clone(self.backlog.product());
        let missing: Vec<_> = file
            .outcomes
            .iter()
            .filter(|outcome| served.contains(&outcome.id) && own.outcome(outcome.id).is_none())
            .cloned()
            .collect();
        if missing.is_empty() {
            return None;
        }
        own.outcomes.extend(missing);
        Some(own)
    }
}

/// What the file says, with what was written down here only.
fn together(known: &Problem, file: Problem) -> Problem {
    let mut after = file;
    let evidence = known.evidence.iter();
    let here: Vec<_> = evidence
        .filter(|entry| !after.evidence.contains(entry))
        .cloned()
        .collect();
    after.evidence.extend(here);
    after.evidence.sort_by_key(|entry| entry.at);
    let is_there = |assumption: &str| {
        let mut tests = after.tests.iter();
        tests.any(|test| test.assumption.as_str() == assumption)
    };
    let here: Vec<_> = known
        .tests
        .iter()
        .filter(|test| !is_there(&test.assumption))
        .cloned()
        .collect();
    after.tests.extend(here);
    after
}
