//! `backstory problem`: needs of users, what speaks for them, and the stories that solve them.

mod change;
mod link;
mod list;
mod show;

use serde_json::{Value, json};

use super::context::{Context, Failure};
use super::desk::Desk;
use crate::model::{Backlog, Change, Problem, ProblemId};

pub(super) use show::evidence_in_words;

/// Keep problems: needs of users, with what speaks for them
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  backstory problem add \"Checkout takes too long\" --who \"returning customer\"
  backstory problem evidence checkout \"Gave up at the address\" --kind interview --source Mia --weight 3
  backstory problem evidence checkout --edit 1 --weight 2
  backstory problem test checkout \"They have a card saved\" --how \"Count the cards\" --result \"61 % have\"
  backstory problem link checkout WEB-17 WEB-18
  backstory problem state checkout validated --reason \"Five of six said so\"

A problem is named by words of its title or by a part of its id.")]
pub(super) struct Args {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, clap::Subcommand)]
enum Command {
    Add(change::AddArgs),
    List(list::Args),
    Show(show::Args),
    Edit(change::EditArgs),
    Link(link::Args),
    Unlink(link::UnlinkArgs),
    Evidence(change::EvidenceArgs),
    Test(change::TestArgs),
    State(change::StateArgs),
    Remove(change::RemoveArgs),
}

pub(super) fn run(args: &Args, context: &mut Context) -> Result<(), Failure> {
    match &args.command {
        Command::Add(args) => change::add(args, context),
        Command::List(args) => list::run(args, context),
        Command::Show(args) => show::run(args, context),
        Command::Edit(args) => change::edit(args, context),
        Command::Link(args) => link::link(args, context),
        Command::Unlink(args) => link::unlink(args, context),
        Command::Evidence(args) => change::evidence(args, context),
        Command::Test(args) => change::test(args, context),
        Command::State(args) => change::state(args, context),
        Command::Remove(args) => change::remove(args, context),
    }
}

/// Makes changes as one act and tells of the problem they are about: `words` follow its title.
fn perform(
    desk: &mut Desk,
    id: ProblemId,
    label: &str,
    changes: &[Change],
    words: &str,
    context: &mut Context,
) -> Result<(), Failure> {
    let act = desk.perform(label, changes, context)?;
    let Some(problem) = desk.backlog.problem(id) else {
        return Ok(());
    };
    if context.json {
        let value = value(&desk.backlog, problem, context);
        context.out.json("problem", json!({ "problem": value }));
        return Ok(());
    }
    let told = match act {
        Some(_) => format!("{} ({}) {words}.", quoted(problem), problem.short_id()),
        None => format!("{} is as it was.", quoted(problem)),
    };
    context.out.line(&told);
    Ok(())
}

/// A problem as JSON: its file's fields, and what follows from them.
fn value(backlog: &Backlog, problem: &Problem, context: &Context) -> Value {
    let today = context.today();
    let mut value = serde_json::to_value(problem).unwrap_or_default();
    if let Some(fields) = value.as_object_mut() {
        let stories = backlog.stories_of(problem.id);
        let keys: Vec<String> = stories.map(|story| backlog.key(story)).collect();
        fields.insert("impact".to_owned(), json!(problem.impact()));
        fields.insert("voices".to_owned(), json!(problem.voices()));
        fields.insert("age".to_owned(), json!(problem.age(today)));
        fields.insert("stale".to_owned(), json!(backlog.is_stale(problem, today)));
        fields.insert("stories".to_owned(), json!(keys));
    }
    value
}

/// A problem's title in quotation marks.
fn quoted(problem: &Problem) -> String {
    format!("\u{201c}{}\u{201d}", problem.title)
}
