//! `backstory outcome`: what should change for users, and how many promises were kept on the way there.

use serde_json::{Value, json};

use super::context::{Context, Failure, day};
use super::desk::Desk;
use super::print::{Cell, Role, Table};
use crate::model::{Backlog, Change, Line, OutcomeId, Product, ProductOutcome, Promises};

/// Keep outcomes: what should change for users, with a measure
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  backstory outcome add \"More people finish the checkout\" --measure conversion --from \"31 %\" --to \"36 %\" --by 2027-03-31
  backstory outcome list
  backstory outcome remove \"finish the checkout\"

An outcome is named by words of its title or by a part of its id.")]
pub(super) struct Args {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, clap::Subcommand)]
enum Command {
    Add(AddArgs),
    List(ListArgs),
    Edit(EditArgs),
    Remove(RemoveArgs),
}

/// Write an outcome down
#[derive(Debug, clap::Args)]
struct AddArgs {
    /// What people call it
    #[arg(required = true)]
    title: Vec<String>,
    #[command(flatten)]
    target: Target,
}

/// List the outcomes
#[derive(Debug, clap::Args)]
struct ListArgs {}

/// Change an outcome
#[derive(Debug, clap::Args)]
struct EditArgs {
    /// The outcome, by words of its title or a part of its id
    outcome: String,
    /// What people call it
    #[arg(long, value_name = "TEXT")]
    title: Option<String>,
    #[command(flatten)]
    target: Target,
}

/// Take an outcome away; its problems stay
#[derive(Debug, clap::Args)]
struct RemoveArgs {
    /// The outcome, by words of its title or a part of its id
    #[arg(required = true)]
    outcome: Vec<String>,
}

#[derive(Debug, Default, PartialEq, clap::Args)]
struct Target {
    /// What is measured
    #[arg(long, value_name = "TEXT")]
    measure: Option<String>,
    /// The measure's value today
    #[arg(long, value_name = "VALUE")]
    from: Option<String>,
    /// The value it should have
    #[arg(long, value_name = "VALUE")]
    to: Option<String>,
    /// The day by which it should, such as 2027-03-31; an empty text clears it
    #[arg(long, value_name = "DAY")]
    by: Option<String>,
}

pub(super) fn run(args: &Args, context: &mut Context) -> Result<(), Failure> {
    match &args.command {
        Command::Add(args) => add(args, context),
        Command::List(_) => list(context),
        Command::Edit(args) => edit(args, context),
        Command::Remove(args) => remove(args, context),
    }
}

fn add(args: &AddArgs, context: &mut Context) -> Result<(), Failure> {
    let title = ProductOutcome::title(&args.title.join(" "))?;
    let mut outcome = ProductOutcome::titled(context.outcome_id(), title);
    args.target.set(&mut outcome)?;
    let mut desk = Desk::open(context)?;
    let mut product = Product::clone(desk.backlog.product());
    let (id, label) = (outcome.id, format!("add the outcome {}", outcome.title));
    let same = product.outcomes.iter();
    let same = same.filter(|known| known.title == outcome.title).count();
    let words = match same {
        0 => "is written down".to_owned(),
        _ => format!(
            "is written down beside another one of this title; its id ends in {}",
            id.short()
        ),
    };
    product.outcomes.push(outcome);
    save(&mut desk, product, id, &label, &words, context)
}

fn edit(args: &EditArgs, context: &mut Context) -> Result<(), Failure> {
    if args.title.is_none() && args.target == Target::default() {
        return Err(Failure::usage(
            "Nothing is to be changed. Use --title, --measure, --from, --to or --by.",
        ));
    }
    let mut desk = Desk::open(context)?;
    let id = desk.backlog.find_outcome(&args.outcome)?.id;
    let mut product = Product::clone(desk.backlog.product());
    let mut label = String::new();
    for outcome in product.outcomes.iter_mut().filter(|known| known.id == id) {
        label = format!("edit the outcome {}", outcome.title);
        if let Some(title) = &args.title {
            outcome.title = ProductOutcome::title(title)?;
        }
        args.target.set(outcome)?;
    }
    save(&mut desk, product, id, &label, "is changed", context)
}

/// Takes an outcome away; what is told of it is told as it was.
fn remove(args: &RemoveArgs, context: &mut Context) -> Result<(), Failure> {
    let mut desk = Desk::open(context)?;
    let outcome = desk.backlog.find_outcome(&args.outcome.join(" "))?;
    let before = value(&desk.backlog, outcome);
    let (id, title) = (outcome.id, outcome.title.clone());
    let problems = match desk.backlog.problems_of(id).count() {
        0 => "",
        1 => " Its problem serves no outcome now.",
        _ => " Its problems serve no outcome now.",
    };
    let changes = desk.backlog.outcome_removal(id);
    let label = format!("delete the outcome \u{201c}{title}\u{201d}");
    desk.perform(&label, &changes, context)?;
    if context.json {
        context.out.json("outcome", json!({ "outcome": before }));
    } else {
        let words = format!("\u{201c}{title}\u{201d} is deleted.{problems}");
        context.out.line(&words);
    }
    Ok(())
}

impl Target {
    fn set(&self, outcome: &mut ProductOutcome) -> Result<(), Failure> {
        let set = |text: &Option<String>, line: &mut Line| {
            if let Some(text) = text {
                *line = Line::parse(text);
            }
        };
        set(&self.measure, &mut outcome.measure);
        set(&self.from, &mut outcome.from);
        set(&self.to, &mut outcome.to);
        if let Some(text) = &self.by {
            let is_empty = text.trim().is_empty();
            outcome.by_when = if is_empty { None } else { Some(day(text)?) };
        }
        Ok(())
    }
}

fn save(
    desk: &mut Desk,
    product: Product,
    id: OutcomeId,
    label: &str,
    words: &str,
    context: &mut Context,
) -> Result<(), Failure> {
    desk.perform(label, &[Change::Settings(Box::new(product))], context)?;
    let Some(outcome) = desk.backlog.product().outcome(id) else {
        return Ok(());
    };
    if context.json {
        let value = value(&desk.backlog, outcome);
        context.out.json("outcome", json!({ "outcome": value }));
    } else {
        let title = &outcome.title;
        context
            .out
            .line(&format!("\u{201c}{title}\u{201d} {words}."));
    }
    Ok(())
}

fn list(context: &mut Context) -> Result<(), Failure> {
    let desk = Desk::open(context)?;
    let outcomes = &desk.backlog.product().outcomes;
    if context.json {
        let values: Vec<Value> = outcomes
            .iter()
            .map(|outcome| value(&desk.backlog, outcome))
            .collect();
        context
            .out
            .json("outcome-list", json!({ "outcomes": values }));
        return Ok(());
    }
    if outcomes.is_empty() {
        context.note("No outcome is written down yet: `backstory outcome add TITLE`.");
        return Ok(());
    }
    let mut table = Table::new(0);
    for outcome in outcomes {
        let kept = promises_in_words(desk.backlog.promises(outcome.id));
        table.row([
            Cell::text(&outcome.id.short()).role(Role::Faint),
            Cell::text(&outcome.title),
            Cell::text(&outcome.target()).role(Role::Faint),
            Cell::text(&problems_in_words(&desk.backlog, outcome.id)),
            Cell::text(&kept),
        ]);
    }
    context.out.table(&table);
    Ok(())
}

/// What became of the promises of accepted stories: "1 kept, 2 not checked".
fn promises_in_words(promises: Promises) -> String {
    let told = promises.kept + promises.missed + promises.unknown;
    let parts = [
        (promises.kept, "kept"),
        (promises.missed, "missed"),
        (promises.unknown, "unknown"),
        (promises.accepted - told, "not checked"),
    ];
    let said = parts.into_iter().filter(|(count, _)| *count > 0);
    let said: Vec<String> = said
        .map(|(count, word)| format!("{count} {word}"))
        .collect();
    said.join(", ")
}

fn problems_in_words(backlog: &Backlog, outcome: OutcomeId) -> String {
    match backlog.problems_of(outcome).count() {
        0 => "no problem".to_owned(),
        1 => "1 problem".to_owned(),
        many => format!("{many} problems"),
    }
}

/// An outcome as JSON: its fields, and what became of its stories' promises.
fn value(backlog: &Backlog, outcome: &ProductOutcome) -> Value {
    let mut value = serde_json::to_value(outcome).unwrap_or_default();
    let promises = backlog.promises(outcome.id);
    if let Some(fields) = value.as_object_mut() {
        let problems = backlog.problems_of(outcome.id);
        let serving: Vec<String> = problems.map(|problem| problem.id.to_string()).collect();
        fields.insert("problems".to_owned(), json!(serving));
        let told = json!({
            "accepted": promises.accepted,
            "kept": promises.kept,
            "missed": promises.missed,
            "unknown": promises.unknown,
        });
        fields.insert("promises".to_owned(), told);
    }
    value
}
