//! `backstory merge`: several stories into one.

use super::context::{Context, Failure};
use super::desk::Desk;
use crate::model::{Merge, StoryId};

/// Merge stories into one that stays
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Example:
  backstory merge WEB-12 WEB-30 --into WEB-9

The story that stays takes criteria, examples, questions, notes, labels and blockers of the others, the same text once. \
The others leave the backlog; what waited for them waits for it.")]
pub(super) struct Args {
    /// The stories that go into another
    #[arg(required = true)]
    keys: Vec<String>,
    /// The story that stays
    #[arg(long, value_name = "KEY")]
    into: String,
}

pub(super) fn run(args: &Args, context: &mut Context) -> Result<(), Failure> {
    let mut desk = Desk::open(context)?;
    let into = desk.find(&args.into)?;
    let mut from: Vec<StoryId> = Vec::new();
    for key in &args.keys {
        let story = desk.find(key)?;
        if story.id == into.id {
            let key = desk.backlog.key(&story);
            return Err(Failure::refused(format!(
                "{key} is not merged into itself. Name another story."
            )));
        }
        if !from.contains(&story.id) {
            from.push(story.id);
        }
    }
    let merge = Merge {
        into: into.id,
        from,
    };
    let changes = merge.changes(&desk.backlog)?;
    let keys = merge.from.iter().map(|id| desk.backlog.key_or_id(*id));
    let keys = keys.collect::<Vec<_>>().join(", ");
    let key = desk.backlog.key(&into);
    desk.perform(&format!("merge {keys} into {key}"), &changes, context)?;
    let story = desk.story(into.id)?;
    if context.json {
        context.out.json_story(&desk.backlog, &story);
    } else {
        context
            .out
            .line(&format!("{keys} went into {key}: {}", story.title));
    }
    Ok(())
}
