//! `backstory move`: another place in the order.

use std::sync::Arc;

use super::context::{Context, Failure};
use super::desk::Desk;
use super::list;
use super::place::PlaceArgs;
use crate::model::{Change, Place, Story, StoryId};

/// Move stories to another place in the backlog
///
/// Several stories move together, as one act; they keep the order that they have in the backlog, in whatever order
/// their keys are given.
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  backstory move WEB-17 --top
  backstory move WEB-17 --above WEB-9
  backstory move WEB-17 WEB-21 WEB-4 --to 5")]
#[command(group(clap::ArgGroup::new("where").required(true).args(["top", "bottom", "above", "below", "to"])))]
pub(super) struct Args {
    /// The stories, such as WEB-17
    #[arg(required = true, value_name = "KEY")]
    keys: Vec<String>,
    #[command(flatten)]
    place: PlaceArgs,
    /// This place, counted from 1; of several stories the first one gets it
    #[arg(long, value_name = "N", allow_negative_numbers = true, value_parser = clap::value_parser!(u32).range(1..))]
    to: Option<u32>,
}

pub(super) fn run(args: &Args, context: &mut Context) -> Result<(), Failure> {
    let mut desk = Desk::open(context)?;
    let mut stories: Vec<StoryId> = Vec::new();
    for key in &args.keys {
        let id = desk.find(key)?.id;
        if !stories.contains(&id) {
            stories.push(id);
        }
    }
    let number = |n| Place::At(usize::try_from(n).unwrap_or(usize::MAX));
    let to = args.place.place(&desk)?;
    let to = to.or(args.to.map(number)).unwrap_or(Place::Bottom);
    let change = Change::Move {
        stories: stories.clone(),
        to,
    };
    let label = change.label(&desk.backlog);
    let moved = desk.perform(&label, &[change], context)?.is_some();
    let mut moving: Vec<Arc<Story>> = Vec::with_capacity(stories.len());
    for id in stories {
        moving.push(desk.story(id)?);
    }
    moving.sort_by_key(|story| desk.backlog.position(story.id));
    match moving.as_slice() {
        [only] if context.json => context.out.json_story(&desk.backlog, only),
        all if context.json => {
            let ids: Vec<StoryId> = all.iter().map(|story| story.id).collect();
            list::print(&desk.backlog, &ids, context);
        }
        all => context.out.line(&said(all, moved, &desk)),
    }
    Ok(())
}

/// Where the stories stand now, in words.
fn said(moving: &[Arc<Story>], moved: bool, desk: &Desk) -> String {
    let word = if moved { "now" } else { "already" };
    let backlog = &desk.backlog;
    let keys: Vec<String> = moving.iter().map(|story| backlog.key(story)).collect();
    match moving {
        [only] => {
            let place = desk.place_in_words(only);
            format!("{} is {word} at {place}.", keys.concat())
        }
        all => {
            let place = |story: Option<&Arc<Story>>| {
                let place = story.and_then(|story| backlog.position(story.id));
                place.unwrap_or_default()
            };
            format!(
                "{} stories are {word} at places {} to {} of {}: {}.",
                all.len(),
                place(all.first()),
                place(all.last()),
                backlog.open_count(),
                keys.join(", ")
            )
        }
    }
}
