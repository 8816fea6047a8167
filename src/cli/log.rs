//! `backstory log`: the acts, newest first.

use serde_json::{Value, json};

use super::context::{Context, Failure, zone};
use super::desk::Desk;
use super::print::document::act_value;
use super::print::{Cell, Role, Table};

/// Show what was done, newest first
#[derive(Debug, clap::Args)]
pub(super) struct Args {
    /// At most so many acts
    #[arg(long, value_name = "N", default_value_t = 20)]
    limit: usize,
}

pub(super) fn run(args: &Args, context: &mut Context) -> Result<(), Failure> {
    let mut desk = Desk::open(context)?;
    let acts = desk.acts()?;
    let newest = acts.iter().rev().take(args.limit);
    if context.json {
        let values: Vec<Value> = newest
            .map(|act| act_value(act, &desk.keys_in(act)))
            .collect();
        context.out.json("act-list", json!({ "acts": values }));
        return Ok(());
    }
    let mut table = Table::new(2);
    let zone = zone();
    for act in newest {
        let at = act
            .at
            .to_zoned_datetime(zone.clone())
            .strftime("%Y-%m-%d %H:%M");
        table.row([
            Cell::text(&at.to_string()).role(Role::Faint),
            Cell::text(&act.by),
            Cell::text(&act.label),
        ]);
    }
    context.out.table(&table);
    Ok(())
}
