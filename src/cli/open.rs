//! `backstory` without a command: where stdout is no terminal, the backlog as plain text.

use serde_json::json;

use super::context::{Context, Failure};
use super::desk::Desk;
use super::list;
use crate::model::StoryId;

pub(super) fn run(context: &mut Context) -> Result<(), Failure> {
    if !context.has_product()? {
        welcome(context);
        return Ok(());
    }
    let desk = Desk::open(context)?;
    print(&desk, context);
    Ok(())
}

/// Says how to begin where there is nothing to show yet.
fn welcome(context: &mut Context) {
    if context.json {
        context.out.json("story-list", json!({ "stories": [] }));
        return;
    }
    context.out.line("There is no product yet. Make one with `backstory init NAME`, or look at `backstory demo`.");
}

/// Writes the backlog: a table, or a document with `--json`.
pub(super) fn print(desk: &Desk, context: &mut Context) {
    let ids: Vec<StoryId> = desk.backlog.open().collect();
    list::print(&desk.backlog, &ids, context);
}
