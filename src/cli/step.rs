//! `backstory step`: the workflow, except for acceptance.

use clap::builder::PossibleValuesParser;

use super::context::{Context, Failure};
use super::desk::Desk;
use crate::model::{Change, Reason, Step};

/// The steps that need no review; accepting and rejecting belong to `backstory review`.
const STEPS: [&str; 9] = [
    "agree",
    "unready",
    "start",
    "deliver",
    "undeliver",
    "restart",
    "drop",
    "restore",
    "reopen",
];

/// Take a story one step further in its workflow
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  backstory step WEB-17 agree
  backstory step WEB-17 drop --reason \"nobody asked for it again\"

Delivered stories are accepted and rejected with `backstory review`.")]
pub(super) struct Args {
    /// The story, such as WEB-17
    key: String,
    /// The step
    #[arg(value_parser = PossibleValuesParser::new(STEPS))]
    step: String,
    /// Why; needed to drop and to reopen
    #[arg(long, value_name = "TEXT")]
    reason: Option<String>,
}

pub(super) fn run(args: &Args, context: &mut Context) -> Result<(), Failure> {
    let step: Step = args.step.parse()?;
    let reason = args.reason.as_deref().map(Reason::parse).transpose()?;
    let mut desk = Desk::open(context)?;
    let story = desk.find(&args.key)?;
    let change = Change::Step {
        story: story.id,
        step,
        reason,
    };
    let label = change.label(&desk.backlog);
    desk.perform(&label, &[change], context)?;
    let story = desk.story(story.id)?;
    if context.json {
        context.out.json_story(&desk.backlog, &story);
    } else {
        let key = desk.backlog.key(&story);
        context.out.line(&format!("{key} is {} now.", story.status));
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_step_but_acceptance_and_rejection_can_be_typed() {
        let typed: Vec<Step> = STEPS.iter().map(|step| step.parse().unwrap()).collect();
        for step in Step::ALL {
            let is_review = matches!(step, Step::Accept | Step::Reject);
            assert_eq!(typed.contains(&step), !is_review, "{step}");
        }
    }
}
