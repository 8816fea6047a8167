//! `backstory views`: the saved views, listed, added and removed.

use clap::Subcommand;
use serde_json::{Value, json};

use super::context::{Context, Failure};
use super::desk::Desk;
use super::print::{Cell, Role, Table};
use crate::model::query::{Index, Query};
use crate::model::{Backlog, Change, Deed, Line, Refusal, Setting, Timestamp, Unfit, View};

/// List the saved views, or add or remove one
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  backstory views
  backstory views add Next is:ready --key n --group epic
  backstory views add Payment 'label:payment -label:later'
  backstory views remove Next

`backstory list --view NAME` looks through one, as f does on the screen.")]
pub(super) struct Args {
    #[command(subcommand)]
    act: Option<Act>,
}

#[derive(Debug, Subcommand)]
enum Act {
    /// Save a query under a name
    Add {
        /// What to call it
        name: String,
        /// The query, as in `backstory list`; without it, the whole backlog
        query: Vec<String>,
        /// The letter or digit that chooses it in the menu of views
        #[arg(long)]
        key: Option<String>,
        /// Group its stories by epic, persona, label, problem or status
        #[arg(long, value_name = "BY")]
        group: Option<String>,
    },
    /// Remove a view; its stories stay
    Remove {
        /// Its name
        name: String,
    },
}

pub(super) fn run(args: &Args, context: &mut Context) -> Result<(), Failure> {
    let mut desk = Desk::open(context)?;
    let said = match &args.act {
        None => None,
        Some(Act::Remove { name }) => {
            let name = desk.backlog.product().view(name)?.name.clone();
            change(&Deed::Remove(vec![name.to_string()]), &mut desk, context)?;
            Some(format!("The view {name} is removed."))
        }
        Some(Act::Add {
            name,
            query,
            key,
            group,
        }) => {
            let [name, query] = [name, &query.join(" ")].map(|text| Line::parse(text));
            if name.is_empty() {
                return Err(Refusal::from(Unfit::EmptyEntry("view")).into());
            }
            let [key, group] = [key, group].map(|word| word.as_deref().unwrap_or_default());
            let line = View::line_of([&name, &query, key, group]);
            change(&Deed::Add(vec![line]), &mut desk, context)?;
            let view = desk.backlog.product().view(&name)?;
            let found = found(&desk.backlog, view, context.stamp().at);
            Some(format!(
                "The view {name} is saved; it shows {}.",
                count(found)
            ))
        }
    };
    let now = context.stamp().at;
    match said {
        Some(sentence) if !context.json => context.out.line(&sentence),
        _ => list(&desk.backlog, now, context),
    }
    Ok(())
}

fn change(deed: &Deed, desk: &mut Desk, context: &Context) -> Result<(), Failure> {
    let product = desk.backlog.product();
    let after = Setting::Views.after(product, deed, context.stamp().at)?;
    let change = Change::Settings(Box::new(after));
    let label = change.label(&desk.backlog);
    desk.perform(&label, &[change], context)?;
    Ok(())
}

fn list(backlog: &Backlog, now: Timestamp, context: &mut Context) {
    let views = &backlog.product().views;
    if context.json {
        let views: Vec<Value> = views.iter().map(|view| value(backlog, view, now)).collect();
        context.out.json("view-list", json!({ "views": views }));
        return;
    }
    if views.is_empty() {
        context
            .out
            .line("No view is saved yet. Save one, as in `backstory views add Next is:ready`.");
        return;
    }
    let mut table = Table::new(2);
    for view in views {
        let group = view.group.map(|by| format!("by {by}"));
        table.row([
            Cell::text(&view.name).role(Role::Strong),
            Cell::text(&view.key.map(String::from).unwrap_or_default()),
            Cell::text(&view.query),
            Cell::text(&group.unwrap_or_default()),
            Cell::text(&count(found(backlog, view, now))).role(Role::Faint),
        ]);
    }
    context.out.table(&table);
}

fn value(backlog: &Backlog, view: &View, now: Timestamp) -> Value {
    json!({
        "name": view.name,
        "key": view.key,
        "query": view.query,
        "group": view.group,
        "stories": found(backlog, view, now),
    })
}

/// How many stories a view shows; `None` where its query, written by hand, cannot be run.
fn found(backlog: &Backlog, view: &View, now: Timestamp) -> Option<usize> {
    let query = Query::parse(&view.query, now).ok()?;
    Some(Index::default().run(&query, backlog).len())
}

fn count(stories: Option<usize>) -> String {
    match stories {
        None => "its query cannot be run".to_owned(),
        Some(1) => "1 story".to_owned(),
        Some(many) => format!("{many} stories"),
    }
}
