//! The JSON documents of `--json`: one object with a format, a kind and what it is about.

use std::fmt::Write as _;

use serde_json::{Map, Value, json};

use super::Out;
use crate::harmless::is_hostile;
use crate::model::{Act, Backlog, Story, StoryId};

/// The version of all documents.
const FORMAT: u32 = 1;

impl Out {
    /// Writes one document of a kind, with the fields of `body`.
    pub(in crate::cli) fn json(&mut self, kind: &str, body: Value) {
        let mut document = Map::new();
        document.insert("format".to_owned(), json!(FORMAT));
        document.insert("kind".to_owned(), json!(kind));
        if let Value::Object(fields) = body {
            document.extend(fields);
        }
        let text = format!("{:#}", Value::Object(document));
        self.own(escaped(&text).as_bytes());
        self.gap();
    }

    /// Writes one story as a document.
    pub(in crate::cli) fn json_story(&mut self, backlog: &Backlog, story: &Story) {
        self.json("story", json!({ "story": story_value(backlog, story) }));
    }
}

/// A story as JSON: its file's fields, its key, and its place in the backlog.
pub(in crate::cli) fn story_value(backlog: &Backlog, story: &Story) -> Value {
    let mut value = serde_json::to_value(story).unwrap_or_default();
    if let Some(fields) = value.as_object_mut() {
        fields.insert("key".to_owned(), json!(backlog.key(story)));
        fields.insert("position".to_owned(), json!(backlog.position(story.id)));
    }
    value
}

/// Several stories as JSON, in the order given.
pub(in crate::cli) fn story_values(backlog: &Backlog, ids: &[StoryId]) -> Vec<Value> {
    ids.iter()
        .filter_map(|id| backlog.story(*id))
        .map(|story| story_value(backlog, story))
        .collect()
}

/// An act as JSON; the stories it changed are named by their keys.
pub(in crate::cli) fn act_value(act: &Act, keys: &[String]) -> Value {
    let mut value = json!({
        "id": act.id.to_string(),
        "at": act.at,
        "by": act.by,
        "label": act.label,
        "stories": keys,
    });
    for (field, other) in [("undoes", act.undoes), ("redoes", act.redoes)] {
        if let Some(id) = other {
            value[field] = json!(id.to_string());
        }
    }
    value
}

/// Escapes the characters that JSON allows in strings and a terminal or reader would obey.
///
/// Outside of strings a document holds ASCII only, so every such character stands in a string.
fn escaped(text: &str) -> String {
    let mut harmless = String::with_capacity(text.len());
    let mut units = [0; 2];
    for c in text.chars() {
        if c == '\n' || !is_hostile(c) {
            harmless.push(c);
        } else {
            for unit in c.encode_utf16(&mut units) {
                let _ = write!(harmless, "\\u{unit:04x}");
            }
        }
    }
    harmless
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hostile_characters_are_escaped_and_read_back_the_same() {
        let title = "a\u{9b}2J\u{202e}b\u{7f}c\u{e0041} 👨‍👩‍👧 e\u{301} 顧客";
        let text = format!("{:#}", json!({ "title": title }));
        let harmless = escaped(&text);
        assert!(
            harmless.contains("a\\u009b2J\\u202eb\\u007fc\\udb40\\udc41 👨‍👩‍👧 e\u{301} 顧客"),
            "{harmless}"
        );
        let back: Value = serde_json::from_str(&harmless).unwrap();
        assert_eq!(back["title"], json!(title));
    }
}
