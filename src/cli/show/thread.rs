//! The thread of a story: the outcome, the problem with its freshest evidence, and what became of the benefit.

use jiff::civil::Date;

use super::Page;
use crate::cli::problem::evidence_in_words;
use crate::model::{BenefitCheck, Problem};

impl Page<'_> {
    pub(super) fn thread(&mut self, today: Date) {
        if let Some(problem) = self.backlog.problem_of(self.story) {
            self.problem(problem, today);
        } else if let Some(id) = self.story.problem {
            self.field("problem", &format!("{id}, which is not there"));
        }
        if let Some(check) = self.story.check.as_deref() {
            self.benefit(check, today);
        }
    }

    fn problem(&mut self, problem: &Problem, today: Date) {
        let outcome = problem.outcome;
        let outcome = outcome.and_then(|id| self.backlog.product().outcome(id));
        if let Some(outcome) = outcome {
            let target = outcome.target();
            let more = if target.is_empty() {
                target
            } else {
                format!(" ({target})")
            };
            self.field("outcome", &format!("{}{more}", outcome.title));
        }
        let freshness = problem.freshness(today);
        let told = format!("{} · {} · {freshness}", problem.title, problem.state);
        self.field("problem", &told);
        if let Some(newest) = problem.newest() {
            self.field("evidence", &evidence_in_words(newest));
        }
    }

    fn benefit(&mut self, check: &BenefitCheck, today: Date) {
        let mut parts = Vec::new();
        match (check.result, check.when) {
            (Some(result), _) => parts.push(result.to_string()),
            (None, Some(day)) if check.is_due(today) => {
                parts.push(format!("to be checked since {day}"));
            }
            (None, Some(day)) => parts.push(format!("to be checked on {day}")),
            (None, None) => {}
        }
        let texts = [
            ("number: ", check.number.as_str()),
            ("seen: ", check.note.as_str()),
            ("known by: ", check.how.as_str()),
        ];
        let said = texts.into_iter().filter(|(_, words)| !words.is_empty());
        parts.extend(said.map(|(name, words)| format!("{name}{words}")));
        self.field("benefit", &parts.join(" · "));
    }
}
