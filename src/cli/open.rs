//! `backstory` without a command: the screen, or where stdout is no terminal the backlog as plain text.

use serde_json::json;

use super::context::{Context, Failure};
use super::desk::Desk;
use super::list;
use super::screen;
use crate::model::StoryId;

pub(super) fn run(context: &mut Context) -> Result<(), Failure> {
    if !context.has_product()? {
        if screen::is_there(context) {
            return screen::run(None, context);
        }
        welcome(context);
        return Ok(());
    }
    if screen::is_there(context) {
        let product = context.product()?;
        // A read-only directory can be looked at all the same.
        let _ = context.products()?.remember(&product.slug);
        return screen::run(Some(product.folder), context);
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
