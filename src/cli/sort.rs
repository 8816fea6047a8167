//! `backstory sort`: the order by score, made as one act and only when it is asked for.

use serde_json::{Value, json};

use super::context::{Context, Failure};
use super::desk::Desk;
use super::print::Table;
use super::score::{self, board};
use super::select;
use crate::model::{Backlog, Board, Change};

/// Sort stories by their scores
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  backstory sort --by wsjf --dry-run
  backstory sort --by wsjf
  backstory sort --by moscow label:checkout
  backstory sort --by impact                         the evidence for the stories' problems decides

Stories without a score stay exactly where they are: the scored ones change places among themselves, equal ones keep \
their order, and a story comes before those that wait for it. Stories under way stay too. Nothing else ever sorts the backlog; `backstory undo` \
takes it back.")]
pub(super) struct Args {
    /// Which stories, as in `backstory list`; without it, all open ones
    query: Vec<String>,
    /// The way to score: moscow, value-effort, wsjf, rice or impact; without it, the product's first
    #[arg(long, value_name = "SCORE")]
    by: Option<String>,
    /// Show what would move, and move nothing
    #[arg(long)]
    dry_run: bool,
}

pub(super) fn run(args: &Args, context: &mut Context) -> Result<(), Failure> {
    let by = score::method(args.by.as_deref())?;
    let mut desk = Desk::open(context)?;
    let method = score::shown(by, desk.backlog.product())?;
    let stories = select::stories(&desk.backlog, &args.query, context.stamp().at)?;
    let board = Board::new(&desk.backlog, method, stories)?;
    // What is told are the places from before.
    if context.json {
        let body = document(&desk.backlog, &board, args.dry_run);
        context.out.json("sort-report", body);
    } else {
        print(&desk.backlog, &board, args.dry_run, context);
    }
    if !args.dry_run {
        let stories = board.order();
        desk.perform(&board.label(), &[Change::Arrange { stories }], context)?;
    }
    Ok(())
}

fn document(backlog: &Backlog, board: &Board, is_dry: bool) -> Value {
    let moved: Vec<Value> = board
        .disagreements()
        .iter()
        .map(|placed| board::disagreement(backlog, board, placed))
        .collect();
    json!({
        "method": board.method().word(),
        "dry_run": is_dry,
        "stories": board.free(),
        "kept": board.kept(),
        "moved": moved,
    })
}

fn print(backlog: &Backlog, board: &Board, is_dry: bool, context: &mut Context) {
    let off = board.disagreements();
    let (all, method) = (board.free(), board.method());
    let would = if is_dry { "would move" } else { "moved" };
    context.out.line(&match off.len() {
        0 => format!("The stories stand in the order of their {method} scores already."),
        moved => format!("{moved} of {all} stories {would} by {method}; the largest jumps first."),
    });
    let mut table = Table::new(2);
    for placed in &off {
        table.row(board::row(backlog, placed, &board.reason(placed, backlog)));
    }
    context.out.table(&table);
    if let Some(kept) = board.told_kept() {
        context.out.line(&kept);
    }
}
