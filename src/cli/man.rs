//! `backstory man`: the manual pages, one for the program and one for each command.

use clap_mangen::Man;

use super::context::{Context, Failure};
use super::definition;

/// Print a manual page
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  backstory man > ~/.local/share/man/man1/backstory.1
  backstory man review > ~/.local/share/man/man1/backstory-review.1")]
pub(super) struct Args {
    /// The command it is about; without one it is about the program
    command: Option<String>,
}

pub(super) fn run(args: &Args, context: &mut Context) -> Result<(), Failure> {
    let mut definition = definition();
    // Only a built definition knows its commands' full names.
    definition.build();
    let about = match &args.command {
        None => definition,
        Some(name) => {
            let found = definition.find_subcommand(name).cloned();
            found.ok_or_else(|| {
                Failure::usage(format!(
                    "There is no command `{name}`. See `backstory --help`."
                ))
            })?
        }
    };
    let mut page = Vec::new();
    Man::new(about).render(&mut page)?;
    context.out.own(&page);
    Ok(())
}
