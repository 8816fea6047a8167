//! `backstory man`: the manual page.

use clap_mangen::Man;

use super::context::{Context, Failure};
use super::definition;

/// Print the manual page
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Example:
  backstory man > ~/.local/share/man/man1/backstory.1")]
pub(super) struct Args {}

pub(super) fn run(context: &mut Context) -> Result<(), Failure> {
    let mut page = Vec::new();
    Man::new(definition()).render(&mut page)?;
    context.out.own(&page);
    Ok(())
}
