//! `backstory problem add`, `edit`, `evidence`, `test`, `state` and `remove`.

use serde_json::json;

use super::{perform, quoted, value};
use crate::cli::context::{Context, Failure, day};
use crate::cli::desk::Desk;
use crate::model::{
    Backlog, Belief, Change, Evidence, Line, NewProblem, OutcomeId, Problem, ProblemEdit,
    ProblemId, Prose, Reason, Refusal, Weight,
};

/// Write a problem down
#[derive(Debug, clap::Args)]
pub(super) struct AddArgs {
    /// What people call it
    #[arg(required = true)]
    title: Vec<String>,
    /// Who has it, without an article
    #[arg(long, value_name = "WHO")]
    who: Option<String>,
    /// The outcome it serves, by words of its title
    #[arg(long, value_name = "OUTCOME")]
    outcome: Option<String>,
}

/// Change a problem's title, who has it, or the outcome it serves
#[derive(Debug, clap::Args)]
pub(super) struct EditArgs {
    /// The problem, by words of its title or a part of its id
    problem: String,
    /// What people call it
    #[arg(long, value_name = "TEXT")]
    title: Option<String>,
    /// Who has it, without an article; an empty text clears it
    #[arg(long, value_name = "WHO")]
    who: Option<String>,
    /// The outcome it serves, by words of its title; an empty text clears it
    #[arg(long, value_name = "OUTCOME")]
    outcome: Option<String>,
}

/// Write down what was seen or heard of a problem, or change what is written
#[derive(Debug, clap::Args)]
pub(super) struct EvidenceArgs {
    /// The problem, by words of its title or a part of its id
    problem: String,
    /// What was seen or heard
    #[arg(required_unless_present_any = ["edit", "remove"])]
    text: Vec<String>,
    /// What sort of thing it is: interview, observation, ticket, number, survey, experiment or another word; without
    /// it, interview
    #[arg(long, value_name = "KIND")]
    kind: Option<String>,
    /// Whose voice it is: a person, a ticket, a report
    #[arg(long, value_name = "SOURCE")]
    source: Option<String>,
    /// How much it matters: 0 not, 1 nice to have, 2 important, 3 critical; without it, 1
    #[arg(long, value_name = "0-3")]
    weight: Option<u64>,
    /// The day on which it was seen or heard; without it, today
    #[arg(long, value_name = "DAY")]
    date: Option<String>,
    /// Change this piece of evidence, by its number in `problem show`; what is not said stays
    #[arg(long, value_name = "N", conflicts_with = "remove")]
    edit: Option<usize>,
    /// Take this piece of evidence away, by its number in `problem show`
    #[arg(long, value_name = "N", conflicts_with_all = ["text", "kind", "source", "weight", "date"])]
    remove: Option<usize>,
}

/// Write down what must be true, and how that was tested
#[derive(Debug, clap::Args)]
pub(super) struct TestArgs {
    /// The problem, by words of its title or a part of its id
    problem: String,
    /// What must be true; an assumption of the same words is told anew
    assumption: String,
    /// How it is tested
    #[arg(long, value_name = "TEXT")]
    how: Option<String>,
    /// What came out
    #[arg(long, value_name = "TEXT")]
    result: Option<String>,
    /// Put the assumption, which then may be named by some of its words, like this
    #[arg(long, value_name = "TEXT", conflicts_with = "remove")]
    reword: Option<String>,
    /// Take the assumption, which then may be named by some of its words, away with its test
    #[arg(long, conflicts_with_all = ["how", "result"])]
    remove: bool,
}

/// Say what is believed of a problem
#[derive(Debug, clap::Args)]
pub(super) struct StateArgs {
    /// The problem, by words of its title or a part of its id
    problem: String,
    /// assumed, validated or refuted
    state: String,
    /// Why; needed to refute
    #[arg(long, value_name = "TEXT")]
    reason: Option<String>,
}

/// Take a problem away; its stories stay
#[derive(Debug, clap::Args)]
pub(super) struct RemoveArgs {
    /// The problem, by words of its title or a part of its id
    #[arg(required = true)]
    problem: Vec<String>,
}

pub(super) fn add(args: &AddArgs, context: &mut Context) -> Result<(), Failure> {
    let title = Problem::title(&args.title.join(" "))?;
    let mut desk = Desk::open(context)?;
    let new = NewProblem {
        id: context.problem_id(),
        title,
        who: Line::parse(args.who.as_deref().unwrap_or_default()),
        outcome: outcome(&desk.backlog, args.outcome.as_deref().unwrap_or_default())?,
    };
    let id = new.id;
    let problems = desk.backlog.problems();
    let words = if problems.iter().any(|known| known.title == new.title) {
        "is written down beside another one of this title"
    } else {
        "is written down"
    };
    let change = Change::AddProblem(Box::new(new));
    let label = change.label(&desk.backlog);
    perform(&mut desk, id, &label, &[change], words, context)
}

pub(super) fn edit(args: &EditArgs, context: &mut Context) -> Result<(), Failure> {
    let mut desk = Desk::open(context)?;
    let problem = desk.backlog.find_problem(&args.problem)?;
    let (id, label) = (problem.id, format!("edit the problem {}", quoted(problem)));
    let mut edits = Vec::new();
    if let Some(title) = &args.title {
        edits.push(ProblemEdit::Title(Problem::title(title)?));
    }
    edits.extend(args.who.as_deref().map(Line::parse).map(ProblemEdit::Who));
    if let Some(name) = &args.outcome {
        edits.push(ProblemEdit::Outcome(outcome(&desk.backlog, name)?));
    }
    if edits.is_empty() {
        return Err(Failure::usage(
            "Nothing is to be changed. Use --title, --who or --outcome.",
        ));
    }
    let changes: Vec<Change> = edits.into_iter().map(|edit| changing(id, edit)).collect();
    perform(&mut desk, id, &label, &changes, "is changed", context)
}

pub(super) fn evidence(args: &EvidenceArgs, context: &mut Context) -> Result<(), Failure> {
    let mut desk = Desk::open(context)?;
    let problem = desk.backlog.find_problem(&args.problem)?;
    let id = problem.id;
    let change = changing(id, args.change(problem, context)?);
    let label = change.label(&desk.backlog);
    desk.perform(&label, &[change], context)?;
    let Some(problem) = desk.backlog.problem(id) else {
        return Ok(());
    };
    if context.json {
        let value = value(&desk.backlog, problem, context);
        context.out.json("problem", json!({ "problem": value }));
        return Ok(());
    }
    let (title, impact) = (quoted(problem), problem.impact());
    let voices = problem.freshness(context.today());
    context
        .out
        .line(&format!("{title} has impact {impact} now: {voices}."));
    Ok(())
}

impl EvidenceArgs {
    fn change(&self, problem: &Problem, context: &Context) -> Result<ProblemEdit, Failure> {
        let usage = |refusal: Refusal| Failure::usage(refusal.to_string());
        let weight = self.weight.map(Weight::try_from).transpose();
        let weight = weight.map_err(usage)?;
        let date = self.date.as_deref().map(day).transpose()?;
        let kind = self.kind.as_deref().map(Line::parse);
        let source = self.source.as_deref().map(Line::parse);
        let text = (!self.text.is_empty()).then(|| Prose::parse(&self.text.join(" ")));
        let Some(number) = self.edit.or(self.remove) else {
            return Ok(ProblemEdit::Evidence {
                date: date.unwrap_or_else(|| context.today()),
                kind: kind.unwrap_or_else(|| Line::parse(Evidence::KINDS[0])),
                source: source.unwrap_or_default(),
                text: text.unwrap_or_default(),
                weight: weight.unwrap_or(Weight::clamped(1)),
            });
        };
        let old = Box::new(numbered(problem, number)?.clone());
        let new = self.edit.map(|_| {
            Box::new(Evidence {
                date: date.unwrap_or(old.date),
                kind: kind.unwrap_or_else(|| old.kind.clone()),
                source: source.unwrap_or_else(|| old.source.clone()),
                text: text.unwrap_or_else(|| old.text.clone()),
                weight: weight.unwrap_or(old.weight),
                ..Evidence::clone(&old)
            })
        });
        if new.as_ref().is_some_and(|new| *new == old) {
            return Err(Failure::usage(
                "Nothing is to be changed. Type other words, or use --kind, --source, --weight or --date.",
            ));
        }
        Ok(ProblemEdit::EvidenceAnew { old, new })
    }
}

/// A piece of evidence by the number that `problem show` gives it.
fn numbered(problem: &Problem, number: usize) -> Result<&Evidence, Failure> {
    let place = number.checked_sub(1);
    let entry = place.and_then(|place| problem.evidence.get(place));
    entry.ok_or_else(|| {
        let pieces = match problem.evidence.len() {
            0 => "has no evidence yet".to_owned(),
            1 => "has 1 piece of evidence".to_owned(),
            many => format!("has {many} pieces of evidence"),
        };
        Failure::refused(format!(
            "There is no number {number}: {} {pieces}. See them with `backstory problem show {}`.",
            quoted(problem),
            problem.short_id()
        ))
    })
}

pub(super) fn test(args: &TestArgs, context: &mut Context) -> Result<(), Failure> {
    let mut desk = Desk::open(context)?;
    let problem = desk.backlog.find_problem(&args.problem)?;
    let id = problem.id;
    let mut assumption = Line::parse(&args.assumption);
    let mut edits = Vec::new();
    let mut words = "is tested";
    if args.remove || args.reword.is_some() {
        let old = problem.assumption(&assumption)?.assumption.clone();
        let new = args.reword.as_deref().map(Line::parse);
        assumption = new.clone().unwrap_or_default();
        words = "is changed";
        edits.push(ProblemEdit::TestAnew { old, new });
    }
    let (how, result) = (args.how.as_deref(), args.result.as_deref());
    if !args.remove && (args.reword.is_none() || how.is_some() || result.is_some()) {
        edits.push(ProblemEdit::Test {
            assumption,
            how: how.map(Prose::parse),
            result: result.map(Prose::parse),
        });
    }
    let changes: Vec<Change> = edits.into_iter().map(|edit| changing(id, edit)).collect();
    let label = changes.first().map(|change| change.label(&desk.backlog));
    let label = label.unwrap_or_default();
    perform(&mut desk, id, &label, &changes, words, context)
}

pub(super) fn state(args: &StateArgs, context: &mut Context) -> Result<(), Failure> {
    let usage = |refusal: Refusal| Failure::usage(refusal.to_string());
    let state: Belief = args.state.parse().map_err(usage)?;
    let reason = args.reason.as_deref().map(Reason::parse).transpose()?;
    let mut desk = Desk::open(context)?;
    let id = desk.backlog.find_problem(&args.problem)?.id;
    let change = changing(id, ProblemEdit::State { state, reason });
    let label = change.label(&desk.backlog);
    let words = format!("is {state}");
    perform(&mut desk, id, &label, &[change], &words, context)
}

/// Takes a problem away; what is told of it is told as it was.
pub(super) fn remove(args: &RemoveArgs, context: &mut Context) -> Result<(), Failure> {
    let mut desk = Desk::open(context)?;
    let problem = desk.backlog.find_problem(&args.problem.join(" "))?;
    let before = value(&desk.backlog, problem, context);
    let left = desk.backlog.left_behind(problem.id);
    let left = left.map_or_else(String::new, |said| format!(" {said}"));
    let words = format!("{} is deleted.{left}", quoted(problem));
    let change = Change::RemoveProblem(problem.id);
    let label = change.label(&desk.backlog);
    desk.perform(&label, &[change], context)?;
    if context.json {
        context.out.json("problem", json!({ "problem": before }));
    } else {
        context.out.line(&words);
    }
    Ok(())
}

fn changing(problem: ProblemId, edit: ProblemEdit) -> Change {
    let edit = Box::new(edit);
    Change::EditProblem { problem, edit }
}

/// The outcome of a name; none for an empty one.
fn outcome(backlog: &Backlog, name: &str) -> Result<Option<OutcomeId>, Failure> {
    if name.trim().is_empty() {
        return Ok(None);
    }
    Ok(Some(backlog.find_outcome(name)?.id))
}
