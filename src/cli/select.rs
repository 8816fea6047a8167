//! The stories a command is about: those a query finds, in the backlog's order.

use std::cmp::Ordering;
use std::ffi::OsString;

use super::context::Failure;
use crate::model::query::Query;
use crate::model::{Backlog, StoryId, Timestamp};

/// The commands that take a query.
const WITH_QUERY: [&str; 6] = ["list", "export", "compare", "sort", "views", "lint"];

/// Puts a blank before negated conditions such as `-label:later`, so that they are not taken for options.
pub(super) fn guarded(arguments: Vec<OsString>) -> Vec<OsString> {
    let command = arguments
        .iter()
        .position(|argument| WITH_QUERY.iter().any(|name| argument == name));
    let Some(command) = command else {
        return arguments;
    };
    let guard = |(place, argument): (usize, OsString)| match argument.to_str() {
        Some(text) if place > command && is_negated_condition(text) => format!(" {text}").into(),
        _ => argument,
    };
    arguments.into_iter().enumerate().map(guard).collect()
}

fn is_negated_condition(argument: &str) -> bool {
    let Some(rest) = argument.strip_prefix('-') else {
        return false;
    };
    let letters = rest
        .find(|c: char| !c.is_ascii_alphabetic())
        .unwrap_or_default();
    // One letter is an option, and `-oFILE` is one even where the file's name has a colon.
    letters > 1
        && !rest.starts_with('o')
        && rest
            .get(letters..)
            .is_some_and(|end| end.starts_with([':', '<', '>']))
}

/// Finds the stories; without words these are the open ones.
pub(super) fn stories(
    backlog: &Backlog,
    words: &[String],
    now: Timestamp,
) -> Result<Vec<StoryId>, Failure> {
    let text = words.join(" ");
    if text.trim().is_empty() {
        return Ok(backlog.open().collect());
    }
    let query = Query::parse(&text, now).map_err(|error| {
        let part = text.get(error.at.clone()).unwrap_or_default();
        let sentence = &error.message;
        let place = text
            .get(..error.at.start)
            .unwrap_or_default()
            .chars()
            .count()
            + 1;
        Failure::usage(format!(
            "{sentence} It stands at character {place} of the query: `{part}`."
        ))
    })?;
    let mut found = query.find(backlog);
    // Searching finds the best first; a list is always in the one order.
    found.sort_by(|a, b| in_order(backlog, *a, *b));
    Ok(found)
}

/// The backlog's order; closed stories come last.
fn in_order(backlog: &Backlog, a: StoryId, b: StoryId) -> Ordering {
    let (Some(a), Some(b)) = (backlog.story(a), backlog.story(b)) else {
        return Ordering::Equal;
    };
    let place =
        |story: &crate::model::Story| (story.status.is_closed(), story.rank.clone(), story.id);
    place(a).cmp(&place(b))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn guarded_words(words: &[&str]) -> Vec<String> {
        let arguments = words.iter().map(OsString::from).collect();
        let guarded = guarded(arguments).into_iter();
        guarded
            .map(|argument| argument.into_string().unwrap())
            .collect()
    }

    #[test]
    fn negated_conditions_are_no_options() {
        assert_eq!(
            guarded_words(&[
                "backstory",
                "-p",
                "x",
                "list",
                "-label:later",
                "-points>3",
                "--limit",
                "2"
            ]),
            [
                "backstory",
                "-p",
                "x",
                "list",
                " -label:later",
                " -points>3",
                "--limit",
                "2"
            ]
        );
        for untouched in [
            "-p",
            "-pweb",
            "-oC:\\x",
            "--limit=3",
            "-h",
            "label:x",
            "-",
            "-:",
        ] {
            assert_eq!(
                guarded_words(&["backstory", "list", untouched])
                    .last()
                    .unwrap(),
                untouched
            );
        }
        assert_eq!(
            guarded_words(&["backstory", "add", "-label:x"])
                .last()
                .unwrap(),
            "-label:x"
        );
    }
}
