//! `backstory problem show`: one problem with everything that belongs to it.

use jiff::civil::Date;
use serde_json::json;

use super::value;
use crate::cli::context::{Context, Failure, zone};
use crate::cli::desk::Desk;
use crate::cli::print::{Cell, Out, Role, Table};
use crate::model::{Backlog, Evidence, Points, Problem, Story, Timestamp};

/// Show a problem
#[derive(Debug, clap::Args)]
pub(super) struct Args {
    /// The problem, by words of its title or a part of its id
    #[arg(required = true)]
    problem: Vec<String>,
}

pub(super) fn run(args: &Args, context: &mut Context) -> Result<(), Failure> {
    let desk = Desk::open(context)?;
    let problem = desk.backlog.find_problem(&args.problem.join(" "))?;
    if context.json {
        let value = value(&desk.backlog, problem, context);
        context.out.json("problem", json!({ "problem": value }));
        return Ok(());
    }
    let today = context.today();
    head(&desk.backlog, problem, today, &mut context.out);
    evidence(problem, &mut context.out);
    tests(problem, &mut context.out);
    stories(&desk.backlog, problem, &mut context.out);
    log(problem, &mut context.out);
    Ok(())
}

fn head(backlog: &Backlog, problem: &Problem, today: Date, out: &mut Out) {
    out.painted_line(&[
        (&problem.short_id(), Role::Faint),
        ("  ", Role::Plain),
        (&problem.title, Role::Strong),
    ]);
    let facts = format!(
        "{} · impact {} · {}",
        problem.state,
        problem.impact(),
        problem.freshness(today)
    );
    let stale = if backlog.is_stale(problem, today) {
        format!(
            " · nothing new for more than {} days",
            backlog.product().freshness
        )
    } else {
        String::new()
    };
    out.painted_line(&[(&facts, Role::Plain), (&stale, Role::Warning)]);
    if !problem.who.is_empty() {
        out.painted_line(&[("who        ", Role::Faint), (&problem.who, Role::Plain)]);
    }
    if let Some(outcome) = problem.outcome {
        let told = match backlog.product().outcome(outcome) {
            Some(outcome) => {
                let target = outcome.target();
                let more = if target.is_empty() {
                    String::new()
                } else {
                    format!(" ({target})")
                };
                format!("{}{more}", outcome.title)
            }
            None => format!("{outcome}, which is not there"),
        };
        out.painted_line(&[("outcome    ", Role::Faint), (&told, Role::Plain)]);
    }
}

fn evidence(problem: &Problem, out: &mut Out) {
    if problem.evidence.is_empty() {
        return;
    }
    heading("Evidence", out);
    // The number is the place in the file: it stays when older things are written down later.
    let mut entries: Vec<(usize, &Evidence)> = problem.evidence.iter().enumerate().collect();
    entries.reverse();
    entries.sort_by_key(|(_, entry)| std::cmp::Reverse(entry.date));
    let digits = entries.len().to_string().len();
    for (place, entry) in entries {
        let number = place + 1;
        let (date, weight) = (entry.date, entry.weight);
        let head = format!("  {number:>digits$}  {date}  weight {weight}  ");
        let voice = entry.voice();
        out.painted_line(&[(&head, Role::Faint), (&voice, Role::Plain)]);
        out.block(&" ".repeat(digits + 4), &entry.text);
    }
}

fn tests(problem: &Problem, out: &mut Out) {
    if problem.tests.is_empty() {
        return;
    }
    heading("Assumptions", out);
    for test in &problem.tests {
        out.block("  ", &test.assumption);
        if !test.how.is_empty() {
            out.block("    tested  ", &test.how);
        }
        let result = if test.result.is_empty() {
            "not known yet"
        } else {
            &test.result
        };
        out.block("    result  ", result);
    }
}

fn stories(backlog: &Backlog, problem: &Problem, out: &mut Out) {
    let mut stories: Vec<&Story> = backlog.stories_of(problem.id).map(AsRef::as_ref).collect();
    if stories.is_empty() {
        return;
    }
    stories.sort_by_key(|story| {
        (
            backlog.position(story.id).is_none(),
            backlog.position(story.id),
        )
    });
    let rollup = backlog.rollup(problem.id);
    let points = match rollup.points {
        Points::ZERO => String::new(),
        _ if !backlog.product().has_estimates() => String::new(),
        all => format!(" ({} of {all} points accepted)", rollup.accepted_points),
    };
    out.gap();
    out.painted_line(&[("Stories", Role::Strong), (&points, Role::Faint)]);
    let mut table = Table::new(1);
    for story in stories {
        table.row([
            Cell::text(&format!("  {}", backlog.key(story))).role(Role::Faint),
            Cell::text(&story.title),
            Cell::text(story.status.word()).role(Role::Status(story.status)),
        ]);
    }
    out.table(&table);
}

fn log(problem: &Problem, out: &mut Out) {
    heading("Log", out);
    out.line(&format!("  {}  written down", day_of(problem.created)));
    for entry in &problem.log {
        let head = format!("  {}  {}, {}", day_of(entry.at), entry.state, entry.by);
        out.line(&head);
        if let Some(reason) = &entry.reason {
            out.block("              ", reason);
        }
    }
}

fn heading(text: &str, out: &mut Out) {
    out.gap();
    out.painted_line(&[(text, Role::Strong)]);
}

/// One piece of evidence in a line.
pub(in crate::cli) fn evidence_in_words(entry: &Evidence) -> String {
    format!("{} {}: {}", entry.date, entry.voice(), entry.text)
}

fn day_of(at: Timestamp) -> Date {
    at.to_zoned_datetime(zone()).date()
}
