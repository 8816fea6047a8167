//! `backstory problem list`: all problems, those that matter most first.

use serde_json::{Value, json};

use super::value;
use crate::cli::context::{Context, Failure};
use crate::cli::desk::Desk;
use crate::cli::print::{Cell, Role, Table};
use crate::model::{Backlog, Belief, Problem, ProblemId};

/// List problems, those that matter most first
#[derive(Debug, clap::Args)]
pub(super) struct Args {
    /// Words of the titles
    words: Vec<String>,
}

pub(super) fn run(args: &Args, context: &mut Context) -> Result<(), Failure> {
    let desk = Desk::open(context)?;
    let backlog = &desk.backlog;
    let words = args.words.join(" ");
    let mut problems = backlog.problems_by_impact();
    problems.retain(|problem| problem.is_called(&words));
    if context.json {
        let values: Vec<Value> = problems
            .iter()
            .map(|problem| value(backlog, problem, context))
            .collect();
        context
            .out
            .json("problem-list", json!({ "problems": values }));
        return Ok(());
    }
    if problems.is_empty() {
        context.note(if words.is_empty() {
            "No problem is written down yet: `backstory problem add TITLE`."
        } else {
            "No problem is called so. Without words all are listed."
        });
        return Ok(());
    }
    let mut table = Table::new(1);
    for problem in problems {
        table.row(row(backlog, problem, context));
    }
    context.out.table(&table);
    Ok(())
}

fn row(backlog: &Backlog, problem: &Problem, context: &Context) -> [Cell; 6] {
    let today = context.today();
    let freshness = if backlog.is_stale(problem, today) {
        Role::Warning
    } else {
        Role::Plain
    };
    let state = match problem.state {
        Belief::Validated => Role::Strong,
        Belief::Assumed => Role::Plain,
        Belief::Refuted => Role::Faint,
    };
    [
        Cell::text(&problem.short_id()).role(Role::Faint),
        Cell::text(&problem.title),
        Cell::text(problem.state.word()).role(state),
        Cell::number(&format!("impact {}", problem.impact())),
        Cell::text(&problem.freshness(today)).role(freshness),
        Cell::text(&stories_in_words(backlog, problem.id)),
    ]
}

/// The stories of a problem in a few words: "2 open, 1 accepted".
fn stories_in_words(backlog: &Backlog, problem: ProblemId) -> String {
    let rollup = backlog.rollup(problem);
    let accepted = rollup.count(crate::model::Status::Accepted);
    let mut parts = Vec::new();
    if rollup.open() > 0 {
        parts.push(format!("{} open", rollup.open()));
    }
    if accepted > 0 {
        parts.push(format!("{accepted} accepted"));
    }
    if parts.is_empty() {
        return "no story".to_owned();
    }
    parts.join(", ")
}
