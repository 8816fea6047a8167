//! `backstory list`: stories in order.

use serde_json::json;

use super::context::{Context, Failure};
use super::desk::Desk;
use super::print::document::story_values;
use super::print::{Cell, Out, Role, Table};
use super::select;
use crate::model::{Backlog, Story, StoryId};

/// List stories in the backlog's order
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  backstory list
  backstory list label:checkout 'points>3'
  backstory list 'persona:\"returning customer\"' status:any

Without a status: word these are the open stories; status:any means every story there is. \
A negated word comes behind --, as in `backstory list -- -parcel`.")]
pub(super) struct Args {
    /// Words, and conditions such as status:delivered
    query: Vec<String>,
    /// At most so many stories
    #[arg(long, value_name = "N")]
    limit: Option<usize>,
}

pub(super) fn run(args: &Args, context: &mut Context) -> Result<(), Failure> {
    let desk = Desk::open(context)?;
    let mut ids = select::stories(&desk.backlog, &args.query, context.stamp().at)?;
    ids.truncate(args.limit.unwrap_or(usize::MAX));
    print(&desk.backlog, &ids, context);
    Ok(())
}

/// Writes stories: a table, or a document with `--json`.
pub(super) fn print(backlog: &Backlog, ids: &[StoryId], context: &mut Context) {
    if context.json {
        let stories = story_values(backlog, ids);
        context
            .out
            .json("story-list", json!({ "stories": stories }));
    } else {
        table(backlog, ids, &mut context.out);
    }
}

fn table(backlog: &Backlog, ids: &[StoryId], out: &mut Out) {
    let mut table = Table::new(2);
    for story in ids.iter().filter_map(|id| backlog.story(*id)) {
        let position = backlog.position(story.id);
        let estimate = story
            .estimate
            .map_or_else(String::new, |points| points.to_string());
        table.row([
            Cell::number(&position.map_or_else(|| "-".to_owned(), |place| place.to_string()))
                .role(Role::Faint),
            Cell::text(&backlog.key(story)),
            Cell::text(&story.title).role(Role::Strong),
            Cell::number(&estimate),
            Cell::text(story.status.word()).role(Role::Status(story.status)),
            Cell::text(&marks(backlog, story)).role(Role::Warning),
        ]);
    }
    out.table(&table);
}

/// What stands out: rounds so far, unanswered questions, and whether it waits for another story, or even stands above
/// that one.
fn marks(backlog: &Backlog, story: &Story) -> String {
    let mut marks = Vec::new();
    if story.rejections() > 0 {
        marks.push(format!("↺{}", story.rejections()));
    }
    let open = story.open_questions().count();
    if open > 0 {
        marks.push(format!("?{open}"));
    }
    if backlog.is_misplaced(story) {
        marks.push("misplaced".to_owned());
    } else if backlog.is_blocked(story) {
        marks.push("blocked".to_owned());
    }
    marks.join(" ")
}
