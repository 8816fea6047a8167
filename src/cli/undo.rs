//! `backstory undo` and `backstory redo`.

use std::sync::Arc;

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
    let mut desk = Desk::open(context)?;
    let act = desk.travel(Direction::Undo, context)?;
    told(&desk, &act, "Taken back", "undo ", context);
    Ok(())
}

pub(super) fn redo(context: &mut Context) -> Result<(), Failure> {
    let mut desk = Desk::open(context)?;
    let act = desk.travel(Direction::Redo, context)?;
    told(&desk, &act, "Done again", "redo ", context);
    Ok(())
}

fn told(desk: &Desk, act: &Arc<Act>, words: &str, prefix: &str, context: &mut Context) {
    if context.json {
        let value = act_value(act, &desk.keys_in(act));
        context.out.json("act", json!({ "act": value }));
        return;
    }
    let label = act.label.strip_prefix(prefix).unwrap_or(&act.label);
    context.out.line(&format!("{words}: {label}."));
}
