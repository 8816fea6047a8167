//! `backstory learn`: which accepted stories are to be looked at again, and what became of their benefit.

use jiff::civil::Date;
use serde_json::json;

use super::context::{Context, Failure};
use super::desk::Desk;
use super::print::document::story_values;
use super::print::{Cell, Role, Table};
use crate::language::again::coming;
use crate::model::{Backlog, Change, Learning, Line, Promise, Prose, Story};

/// Learn whether accepted stories kept their promise; without KEY, those that are due are listed
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  backstory learn
  backstory learn WEB-17 --when 2027-01-15 --how \"Conversion of returning customers\"
  backstory learn WEB-17 --when \"in 3 weeks\"
  backstory learn WEB-17 --kept --number \"36 %\" --note \"Mostly on phones\"

Planning a check anew opens its question again.")]
pub(super) struct Args {
    /// The accepted story, such as WEB-17
    key: Option<String>,
    /// The benefit came
    #[arg(long, group = "result", requires = "key")]
    kept: bool,
    /// The benefit did not come
    #[arg(long, group = "result", requires = "key")]
    missed: bool,
    /// Nobody can tell
    #[arg(long, group = "result", requires = "key")]
    unknown: bool,
    /// What was seen
    #[arg(long, value_name = "TEXT", requires = "result")]
    note: Option<String>,
    /// The number that was measured
    #[arg(long, value_name = "NUMBER", requires = "result")]
    number: Option<String>,
    /// The day on which to look: 2027-01-15, tomorrow or "in 3 weeks"
    #[arg(long, value_name = "DAY", requires = "key", conflicts_with = "result")]
    when: Option<String>,
    /// How it will be known
    #[arg(long, value_name = "TEXT", requires = "key", conflicts_with = "result")]
    how: Option<String>,
}

pub(super) fn run(args: &Args, context: &mut Context) -> Result<(), Failure> {
    let Some(key) = &args.key else {
        return list(context);
    };
    let learning = learning(args, context.today())?;
    let mut desk = Desk::open(context)?;
    let id = desk.find(key)?.id;
    let change = Change::Learn {
        story: id,
        learning: learning.clone(),
    };
    let label = change.label(&desk.backlog);
    desk.perform(&label, &[change], context)?;
    let story = desk.story(id)?;
    if context.json {
        context.out.json_story(&desk.backlog, &story);
        return Ok(());
    }
    let key = desk.backlog.key(&story);
    let told = match learning {
        Learning::Result { result, .. } => {
            let outcome = match result {
                Promise::Kept => "kept its promise",
                Promise::Missed => "missed its promise",
                Promise::Unknown => "has been looked at, and nobody can tell",
            };
            format!("{key} {outcome}.")
        }
        Learning::Plan { .. } => comes_back(&desk.backlog, &story),
    };
    context.out.line(&told);
    Ok(())
}

/// When an accepted story is to be looked at again.
pub(super) fn comes_back(backlog: &Backlog, story: &Story) -> String {
    let key = backlog.key(story);
    match story.check.as_ref().and_then(|check| check.when) {
        Some(day) => format!("{key} comes back on {day}."),
        None => format!("How to check {key} is noted. Say on which day with --when."),
    }
}

fn learning(args: &Args, today: Date) -> Result<Learning, Failure> {
    let results = [
        (args.kept, Promise::Kept),
        (args.missed, Promise::Missed),
        (args.unknown, Promise::Unknown),
    ];
    if let Some((_, result)) = results.into_iter().find(|(is_asked, _)| *is_asked) {
        return Ok(Learning::Result {
            result,
            note: args.note.as_deref().map(Prose::parse),
            number: args.number.as_deref().map(Line::parse),
        });
    }
    if args.when.is_none() && args.how.is_none() {
        return Err(Failure::usage(
            "Say what was found (--kept, --missed or --unknown), or when and how to look (--when, --how).",
        ));
    }
    let when = args.when.as_deref().map(|day| coming(day, today));
    Ok(Learning::Plan {
        when: when
            .transpose()
            .map_err(|no_day| Failure::usage(no_day.to_string()))?,
        how: args.how.as_deref().map(Prose::parse),
    })
}

fn list(context: &mut Context) -> Result<(), Failure> {
    let desk = Desk::open(context)?;
    let backlog = &desk.backlog;
    let due = backlog.learn_queue(context.today());
    if context.json {
        let stories = story_values(backlog, &due);
        context
            .out
            .json("learn-list", json!({ "stories": stories }));
        return Ok(());
    }
    if due.is_empty() {
        context.note("No benefit is to be checked today.");
        return Ok(());
    }
    let mut table = Table::new(1);
    for story in due.iter().filter_map(|id| backlog.story(*id)) {
        let Some(check) = &story.check else { continue };
        let when = check.when.map_or_else(String::new, |day| day.to_string());
        let how = check.how.lines().next().unwrap_or_default();
        table.row([
            Cell::text(&backlog.key(story)).role(Role::Faint),
            Cell::text(&story.title),
            Cell::text(&when),
            Cell::text(how),
        ]);
    }
    context.out.table(&table);
    Ok(())
}
