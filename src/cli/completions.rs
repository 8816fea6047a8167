//! `backstory completions`: a script that lets a shell complete commands and options.

use clap_complete::Shell;

use super::context::Context;
use super::definition;

/// Print a completion script for a shell
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Example:
  backstory completions bash > ~/.local/share/bash-completion/completions/backstory")]
pub(super) struct Args {
    /// The shell
    shell: Shell,
}

pub(super) fn run(args: &Args, context: &mut Context) {
    let mut script = Vec::new();
    clap_complete::generate(args.shell, &mut definition(), "backstory", &mut script);
    context.out.own(&script);
}
