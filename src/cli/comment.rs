//! `backstory comment`: a remark on a story.

use super::context::{Context, Failure};
use super::desk::Desk;
use crate::model::{Change, Prose};

/// Add a remark to a story
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Example:
  backstory comment WEB-17 \"Ana saw it on staging, looks right\"")]
pub(super) struct Args {
    /// The story, such as WEB-17
    key: String,
    /// What there is to say
    #[arg(required = true)]
    text: Vec<String>,
}

pub(super) fn run(args: &Args, context: &mut Context) -> Result<(), Failure> {
    let text = Prose::parse(&args.text.join(" "));
    if text.trim().is_empty() {
        return Err(Failure::refused("A remark needs words. Type them."));
    }
    let mut desk = Desk::open(context)?;
    let story = desk.find(&args.key)?;
    let change = Change::Comment {
        story: story.id,
        text,
    };
    let label = change.label(&desk.backlog);
    desk.perform(&label, &[change], context)?;
    let story = desk.story(story.id)?;
    if context.json {
        context.out.json_story(&desk.backlog, &story);
    } else {
        let key = desk.backlog.key(&story);
        context.out.line(&format!("The remark stands with {key}."));
    }
    Ok(())
}
