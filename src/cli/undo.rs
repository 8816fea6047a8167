//! `backstory undo` and `backstory redo`.

use serde_json::json;

use super::context::{Context, Failure};
use super::desk::{Desk, Direction};
use super::print::document::act_value;
use crate::model::Act;

/// Take back the last act
#[derive(Debug, clap::Args)]
pub(super) struct UndoArgs {}

/// Repeat the act that was taken back last
#[derive(Debug, clap::Args)]
pub(super) struct RedoArgs {}

pub(super) fn undo(context: &mut Context) -> Result<(), Failure> {
    travel(Direction::Undo, context)
}

pub(super) fn redo(context: &mut Context) -> Result<(), Failure> {
    travel(Direction::Redo, context)
}

fn travel(direction: Direction, context: &mut Context) -> Result<(), Failure> {
    let mut desk = Desk::open(context)?;
    let (act, history) = desk.travel(direction, context)?;
    if context.json {
        let value = |act: &Act| act_value(act, &desk.keys_in(act));
        let original = history.original(&act).map(|original| value(original));
        let body = json!({ "act": value(&act), "original": original });
        context.out.json("act", body);
    } else {
        context.out.line(&history.told(&act));
    }
    Ok(())
}
