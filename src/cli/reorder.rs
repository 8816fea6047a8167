//! `backstory move`: another place in the order.

use super::context::{Context, Failure};
use super::desk::Desk;
use super::place::PlaceArgs;
use crate::model::{Change, Place};

/// Move a story to another place in the backlog
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  backstory move WEB-17 --top
  backstory move WEB-17 --above WEB-9
  backstory move WEB-17 --to 5")]
#[command(group(clap::ArgGroup::new("where").required(true).args(["top", "bottom", "above", "below", "to"])))]
pub(super) struct Args {
    /// The story, such as WEB-17
    key: String,
    #[command(flatten)]
    place: PlaceArgs,
    /// This place, counted from 1
    #[arg(long, value_name = "N", allow_negative_numbers = true, value_parser = clap::value_parser!(u32).range(1..))]
    to: Option<u32>,
}

pub(super) fn run(args: &Args, context: &mut Context) -> Result<(), Failure> {
    let mut desk = Desk::open(context)?;
    let story = desk.find(&args.key)?;
    let number = |n| Place::At(usize::try_from(n).unwrap_or(usize::MAX));
    let place = desk_place(args, &desk)?
        .or(args.to.map(number))
        .unwrap_or(Place::Bottom);
    let change = Change::Move {
        stories: vec![story.id],
        to: place,
    };
    let label = change.label(&desk.backlog);
    let moved = desk.perform(&label, &[change], context)?.is_some();
    let story = desk.story(story.id)?;
    if context.json {
        context.out.json_story(&desk.backlog, &story);
        return Ok(());
    }
    let word = if moved { "now" } else { "already" };
    let key = desk.backlog.key(&story);
    let place = desk.place_in_words(&story);
    context.out.line(&format!("{key} is {word} at {place}."));
    Ok(())
}

fn desk_place(args: &Args, desk: &Desk) -> Result<Option<Place>, Failure> {
    args.place.place(desk)
}
