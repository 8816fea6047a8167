//! Options whose value is a text: it may begin with a dash, such as the number -5 or a line of a list.

use std::collections::HashSet;
use std::ffi::OsString;

use clap::{Arg, Command};

use super::context::Failure;

/// What the help calls values that are texts.
const TEXTS: [&str; 5] = ["TEXT", "N=TEXT", "VALUE", "NUMBER", "EPIC"];

/// Lets the texts of all options begin with a dash.
pub(super) fn with_dashes(command: Command) -> Command {
    let command = command.mut_args(|arg| {
        if takes_text(&arg) {
            arg.allow_hyphen_values(true)
        } else {
            arg
        }
    });
    command.mut_subcommands(with_dashes)
}

/// Refuses an option that stands where a text was forgotten: it would become that text.
pub(super) fn must_be_there(definition: &Command, arguments: &[OsString]) -> Result<(), Failure> {
    let (mut all, mut texts) = (HashSet::new(), HashSet::new());
    gather(definition, &mut all, &mut texts);
    let words = arguments.iter().map_while(|argument| {
        let word = argument.to_str().unwrap_or_default();
        (word != "--").then_some(word)
    });
    let words: Vec<&str> = words.collect();
    let forgotten = words.windows(2).find_map(|pair| match pair {
        [option, next] if texts.contains(*option) && all.contains(*next) => Some((option, next)),
        _ => None,
    });
    match forgotten {
        None => Ok(()),
        Some((option, next)) => Err(Failure::usage(format!(
            "`{option}` needs a text, but the option `{next}` follows. Write {option}={next} where that is the text."
        ))),
    }
}

/// Gathers the names of all options, and of those that take a text.
fn gather(command: &Command, all: &mut HashSet<String>, texts: &mut HashSet<String>) {
    for arg in command.get_arguments() {
        let Some(long) = arg.get_long() else {
            continue;
        };
        let name = format!("--{long}");
        if takes_text(arg) {
            texts.insert(name.clone());
        }
        all.insert(name);
    }
    for command in command.get_subcommands() {
        gather(command, all, texts);
    }
}

fn takes_text(arg: &Arg) -> bool {
    let names = arg.get_value_names().unwrap_or_default();
    !arg.is_positional() && names.iter().any(|name| TEXTS.contains(&name.as_str()))
}
