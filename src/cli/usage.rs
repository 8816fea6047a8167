//! What clap has to say, in this program's manner: help goes to stdout, an error is one sentence.

use std::ffi::OsString;
use std::io::{self, Write as _};
use std::process::ExitCode;

use clap::error::ErrorKind;

use super::context::{FAILED, Failure, USAGE, say};
use super::definition;
use crate::harmless::safe;

/// Prints help or the error, and answers with the exit code.
pub(super) fn answer(error: &clap::Error, arguments: &[OsString]) -> ExitCode {
    if !error.use_stderr() {
        let printed = error.print().and_then(|()| io::stdout().flush());
        return match printed {
            // A closed pipe is nobody's fault.
            Err(error) if error.kind() != io::ErrorKind::BrokenPipe => {
                say(&Failure::unwritten(&error).to_string());
                ExitCode::from(FAILED)
            }
            _ => ExitCode::SUCCESS,
        };
    }
    if error.kind() == ErrorKind::DisplayHelpOnMissingArgumentOrSubcommand {
        let _ = error.print();
        return ExitCode::from(USAGE);
    }
    say(&sentence(&error.render().to_string(), arguments));
    ExitCode::from(USAGE)
}

/// Makes one sentence of clap's first paragraph, and says where help is.
fn sentence(rendered: &str, arguments: &[OsString]) -> String {
    let paragraph = rendered.split("\n\n").next().unwrap_or_default();
    let words: Vec<&str> = paragraph.split_whitespace().collect();
    let joined = words.join(" ");
    let text = joined.strip_prefix("error: ").unwrap_or(&joined);
    let mut letters = text.chars();
    let text: String = match letters.next() {
        Some(first) => first.to_uppercase().chain(letters).collect(),
        None => String::new(),
    };
    let text = in_words(text.trim_end_matches('.'));
    let command = command_in(arguments).map_or_else(String::new, |name| format!(" {name}"));
    safe(&format!("{text}. See `backstory{command} --help`.")).into_owned()
}

/// Puts words for owners in the place of those that the standard library has for a number that is none.
fn in_words(text: &str) -> String {
    let words = [
        (
            "cannot parse integer from empty string",
            "a number is missing",
        ),
        ("invalid digit found in string", "write a whole number"),
        (
            "number too large to fit in target type",
            "the number is too large",
        ),
    ];
    let told = words.iter().find_map(|(theirs, ours)| {
        let before = text.strip_suffix(theirs)?;
        Some(format!("{before}{ours}"))
    });
    told.unwrap_or_else(|| text.to_owned())
}

/// The first argument that is a command's name.
fn command_in(arguments: &[OsString]) -> Option<String> {
    let definition = definition();
    arguments
        .iter()
        .skip(1)
        .filter_map(|argument| argument.to_str())
        .find(|argument| definition.find_subcommand(argument).is_some())
        .map(str::to_owned)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_error_becomes_one_sentence_with_the_way_to_help() {
        let rendered = "error: the following required arguments were not provided:\n  <KEY>\n\nUsage: backstory show <KEY>\n";
        let arguments = ["backstory", "--json", "show"].map(OsString::from);
        assert_eq!(
            sentence(rendered, &arguments),
            "The following required arguments were not provided: <KEY>. See `backstory show --help`."
        );
    }
}
