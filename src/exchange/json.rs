//! Our own export: stories with everything their files hold. Importing it into an empty product makes the same product.

use std::collections::HashMap;

use serde::Deserialize as _;
use serde_json::{Map, Value};

use super::record::Record;
use super::report::{ImportError, Imported, decode};
use crate::model::{Backlog, Evidence, Problem, Product, Story, StoryId};

const NOT_OURS: &str =
    "This is JSON, but no export of backstory. Export the stories there as CSV and import that.";
const NEWER: &str = "A newer version of backstory wrote this. Update backstory and import again.";

/// A story as programs read it: its file's fields, its key, and its position in the backlog.
pub fn story_value(story: &Story, backlog: &Backlog) -> Value {
    let mut value = Map::new();
    value.insert("key".to_owned(), backlog.key(story).into());
    value.insert("position".to_owned(), backlog.position(story.id).into());
    // A story is plain data with text for keys, which nothing keeps from being written.
    if let Ok(Value::Object(fields)) = serde_json::to_value(story) {
        value.extend(fields);
    }
    Value::Object(value)
}

/// Writes stories, and the product's settings and problems where all its stories are among them.
pub(super) fn export(stories: &[&Story], backlog: &Backlog) -> String {
    let mut document = Map::new();
    document.insert("format".to_owned(), Story::FORMAT.into());
    document.insert("kind".to_owned(), "story-list".into());
    let is_whole = stories.len() == backlog.stories().count();
    if is_whole && let Ok(product) = serde_json::to_value(&**backlog.product()) {
        document.insert("product".to_owned(), product);
    }
    let stories: Vec<Value> = stories
        .iter()
        .map(|story| story_value(story, backlog))
        .collect();
    let problems: Vec<&Problem> = backlog.problems().into_iter().map(AsRef::as_ref).collect();
    if is_whole
        && !problems.is_empty()
        && let Ok(problems) = serde_json::to_value(problems)
    {
        document.insert("problems".to_owned(), problems);
    }
    document.insert("stories".to_owned(), stories.into());
    let mut text = serde_json::to_string_pretty(&Value::Object(document)).unwrap_or_default();
    text.push('\n');
    text
}

/// Reads an export, or one story of it.
pub(super) fn read(bytes: &[u8]) -> Result<Imported, ImportError> {
    let text = decode(bytes)?;
    let document: Value = serde_json::from_str(text).map_err(|error| {
        let sentence = format!(
            "The JSON is broken at column {}. Mend or export it again.",
            error.column()
        );
        ImportError::at(error.line().max(1), sentence)
    })?;
    let Value::Object(mut document) = document else {
        return Err(ImportError::of_file(NOT_OURS));
    };
    let is_newer = document
        .get("format")
        .and_then(Value::as_u64)
        .is_some_and(|format| format > u64::from(Story::FORMAT));
    let kind = document
        .get("kind")
        .and_then(Value::as_str)
        .unwrap_or_default()
        .to_owned();
    let stories = match (document.remove("stories"), document.remove("story")) {
        (Some(Value::Array(stories)), _) if kind == "story-list" => stories,
        (_, Some(story @ Value::Object(_))) if kind == "story" => vec![story],
        _ => return Err(ImportError::of_file(NOT_OURS)),
    };
    if is_newer {
        return Err(ImportError::of_file(NEWER));
    }
    let lines = lines_of(text, "stories", stories.len());
    let mut imported = Imported {
        read: stories.len(),
        product: product(document.remove("product"))?,
        ..Imported::default()
    };
    let mut seen = HashMap::new();
    for (place, story) in stories.into_iter().enumerate() {
        let line = lines.get(place).copied().unwrap_or(1);
        take(story, line, &mut seen, &mut imported);
    }
    if let Some(Value::Array(problems)) = document.remove("problems") {
        let lines = lines_of(text, "problems", problems.len());
        let lines = lines.into_iter().chain(std::iter::repeat(1));
        for (problem, line) in problems.into_iter().zip(lines) {
            take_problem(problem, line, &mut imported);
        }
    }
    Ok(imported)
}

fn product(value: Option<Value>) -> Result<Option<Product>, ImportError> {
    let Some(value) = value else { return Ok(None) };
    let product: Product = serde_json::from_value(value).map_err(|error| {
        ImportError::of_file(format!(
            "The product's settings cannot be read: {error}. Mend them or take them out."
        ))
    })?;
    if product.format > Product::FORMAT {
        return Err(ImportError::of_file(NEWER));
    }
    Ok(Some(product))
}

/// Takes one entry of the list; `seen` holds the lines of the stories before it.
fn take(
    mut value: Value,
    line: usize,
    seen: &mut HashMap<StoryId, usize>,
    imported: &mut Imported,
) {
    let head = head(&value);
    if let Value::Object(fields) = &mut value {
        // These two are computed; the file of a story does not hold them.
        fields.shift_remove("key");
        fields.shift_remove("position");
    }
    match serde_json::from_value::<Story>(value) {
        Ok(story) if story.format > Story::FORMAT => imported.skip(line, NEWER),
        Ok(story) => match seen.insert(story.id, line) {
            Some(first) => {
                seen.insert(story.id, first);
                let reason = format!("It has the same id as the story on line {first}.");
                imported.skip(line, reason);
            }
            None => imported.records.push(Record::Whole {
                line,
                story: Box::new(story),
            }),
        },
        Err(error) => imported.skip(line, unreadable("story", &head, &error)),
    }
}

fn take_problem(value: Value, line: usize, imported: &mut Imported) {
    let head = head(&value);
    let entries = value.get("evidence").and_then(Value::as_array);
    let faulty = entries
        .into_iter()
        .flatten()
        .zip(1..)
        .find_map(|(entry, place)| {
            let error = Evidence::deserialize(entry).err()?;
            let entry = format!("{head}, evidence {place},");
            Some(unreadable(
                "problem",
                entry.trim_start_matches(", "),
                &error,
            ))
        });
    match serde_json::from_value::<Problem>(value) {
        Ok(problem) if problem.format > Problem::FORMAT => imported.skip(line, NEWER),
        Ok(problem) if imported.problems.iter().any(|known| known.id == problem.id) => {
            imported.skip(line, "It has the same id as a problem before it.");
        }
        Ok(problem) => imported.problems.push(problem),
        Err(error) => {
            let reason = faulty.unwrap_or_else(|| unreadable("problem", &head, &error));
            imported.skip(line, reason);
        }
    }
}

/// What an entry that may be faulty is called: its key, and its title or else its id.
fn head(value: &Value) -> String {
    let word = |field| value.get(field).and_then(Value::as_str).map(str::trim);
    let word = |field| word(field).filter(|word| !word.is_empty());
    let title = word("title").map(|title| format!("\u{201c}{title}\u{201d}"));
    let name = title.or_else(|| word("id").map(str::to_owned));
    let parts = [word("key").map(str::to_owned), name].into_iter().flatten();
    parts.collect::<Vec<_>>().join(" ")
}

/// Says which entry cannot be read, and why.
fn unreadable(what: &str, head: &str, error: &serde_json::Error) -> String {
    let reason = error.to_string();
    let reason = reason.trim_end_matches('.');
    if head.is_empty() {
        format!("It cannot be read as a {what}: {reason}.")
    } else {
        format!("The {what} {head} cannot be read: {reason}.")
    }
}

/// The lines on which the entries of a list of the document begin, in a text that is known to be sound.
fn lines_of(text: &str, of: &str, count: usize) -> Vec<usize> {
    let mut lines = Vec::with_capacity(count);
    let (mut depth, mut line) = (0_usize, 1_usize);
    let (mut in_string, mut is_escaped) = (false, false);
    let mut last = String::new();
    let mut in_list = false;
    for c in text.chars() {
        line += usize::from(c == '\n');
        if in_string {
            match c {
                _ if is_escaped => is_escaped = false,
                '\\' => is_escaped = true,
                '"' => in_string = false,
                _ if depth == 1 => last.push(c),
                _ => {}
            }
            continue;
        }
        match c {
            '"' => {
                in_string = true;
                if depth == 1 {
                    last.clear();
                }
                if depth == 2 && in_list {
                    lines.push(line);
                }
            }
            '[' | '{' => {
                if depth == 1 {
                    in_list = c == '[' && last == of;
                } else if depth == 2 && in_list {
                    lines.push(line);
                }
                depth += 1;
            }
            ']' | '}' => depth = depth.saturating_sub(1),
            _ => {}
        }
    }
    lines
}

#[cfg(test)]
mod tests {
    use super::*;

    const STORY: &str = r#"{"format":1,"id":"019ab3c4-7c3e-7d5a-9b1e-2f6c1d0a8e4b","number":7,"title":"Pay","rank":"a0",
        "created":"2026-11-19T16:00:00Z","updated":"2026-11-19T16:00:00Z","odd":{"n":1.10}}"#;

    fn list(stories: &[&str]) -> String {
        format!(
            "{{\"format\":1,\"kind\":\"story-list\",\n\"stories\":[\n{}]}}",
            stories.join(",\n")
        )
    }

    #[test]
    fn stories_are_read_with_everything() {
        let imported = read(list(&[STORY]).as_bytes()).unwrap();
        let [Record::Whole { line: 3, story }] = imported.records.as_slice() else {
            panic!("{imported:?}");
        };
        assert_eq!((story.number, story.title.as_str()), (7, "Pay"));
        assert_eq!(story.extra["odd"].to_string(), r#"{"n":1.10}"#);
        let one = format!("\u{feff}{{\"format\":1,\"kind\":\"story\",\"story\":{STORY}}}");
        assert_eq!(read(one.as_bytes()).unwrap().records.len(), 1);
    }

    #[test]
    fn a_broken_story_is_one_broken_story() {
        let newer = STORY
            .replace("\"format\":1", "\"format\":2")
            .replace("019ab3c4", "019ab3c5");
        let untitled = STORY.replace("Pay", " ");
        let imported = read(list(&[STORY, &untitled, STORY, &newer]).as_bytes()).unwrap();
        let skipped: Vec<(usize, &str)> = imported
            .skipped
            .iter()
            .map(|skipped| (skipped.line, skipped.reason.as_str()))
            .collect();
        assert_eq!((imported.read, imported.records.len()), (4, 1));
        assert_eq!(skipped[0].0, 5);
        assert!(
            skipped[0]
                .1
                .starts_with("The story 019ab3c4-7c3e-7d5a-9b1e-2f6c1d0a8e4b cannot be read: "),
            "{skipped:?}"
        );
        assert_eq!(
            skipped[1],
            (7, "It has the same id as the story on line 3.")
        );
        assert_eq!(skipped[2], (9, NEWER));
    }

    #[test]
    fn other_json_and_broken_json_are_refused() {
        for text in [
            "[]",
            "{}",
            "3",
            r#"{"kind":"story-list"}"#,
            r#"{"issues":[]}"#,
        ] {
            assert_eq!(
                read(text.as_bytes()).unwrap_err().to_string(),
                NOT_OURS,
                "{text}"
            );
        }
        let broken = read(b"{\n\"kind\": }").unwrap_err();
        assert_eq!(broken.line, Some(2));
        let newer = list(&[]).replace("\"format\":1", "\"format\":2");
        assert_eq!(read(newer.as_bytes()).unwrap_err().to_string(), NEWER);
    }
}
