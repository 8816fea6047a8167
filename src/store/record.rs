//! The texts of files and what they say: stories, problems and products to JSON and back.
//!
//! Invariant: same model, same bytes. Nothing here opens a file.

use std::io;
use std::path::Path;
use std::sync::Arc;

use anyhow::Result;
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};
use serde_json::Value;
use uuid::Uuid;

use super::Broken;
use super::folder::{FileChange, PROBLEMS, PRODUCT_FILE, STORIES};
use super::journal::JournalAct;
use crate::model::{Act, ActId, Delta, Line, Problem, ProblemId, Product, Story, StoryId, Subject};

/// What has a file of its own.
pub(super) trait Record: Serialize + DeserializeOwned + Clone + PartialEq {
    /// The newest format this program knows.
    const FORMAT: u32;
    /// The format the file says it has.
    fn format(&self) -> u32;
}

/// What has one file of many, named after its id.
pub(super) trait Named: Record + Send + Sync {
    /// The folder of these files.
    const FOLDER: &'static str;
    /// What a file of this id holds.
    fn subject_of(id: Uuid) -> Subject;
    /// Which one it is.
    fn subject(&self) -> Subject;
    /// The number in its key, where it has one.
    fn number(&self) -> Option<u32>;
    /// What a change does to it.
    fn delta(before: Option<Arc<Self>>, after: Option<Arc<Self>>) -> Delta;
    /// What it becomes by a change.
    fn after(delta: &Delta) -> Option<&Arc<Self>>;
}

impl Named for Story {
    const FOLDER: &'static str = STORIES;

    fn subject_of(id: Uuid) -> Subject {
        Subject::Story(StoryId::new(id))
    }

    fn subject(&self) -> Subject {
        Subject::Story(self.id)
    }

    fn number(&self) -> Option<u32> {
        Some(self.number)
    }

    fn delta(before: Option<Arc<Self>>, after: Option<Arc<Self>>) -> Delta {
        Delta::Story { before, after }
    }

    fn after(delta: &Delta) -> Option<&Arc<Self>> {
        match delta {
            Delta::Story { after, .. } => after.as_ref(),
            Delta::Problem { .. } | Delta::Product { .. } => None,
        }
    }
}

impl Named for Problem {
    const FOLDER: &'static str = PROBLEMS;

    fn subject_of(id: Uuid) -> Subject {
        Subject::Problem(ProblemId::new(id))
    }

    fn subject(&self) -> Subject {
        Subject::Problem(self.id)
    }

    fn number(&self) -> Option<u32> {
        None
    }

    fn delta(before: Option<Arc<Self>>, after: Option<Arc<Self>>) -> Delta {
        Delta::Problem { before, after }
    }

    fn after(delta: &Delta) -> Option<&Arc<Self>> {
        match delta {
            Delta::Problem { after, .. } => after.as_ref(),
            Delta::Story { .. } | Delta::Product { .. } => None,
        }
    }
}

impl Record for Problem {
    const FORMAT: u32 = Self::FORMAT;
    fn format(&self) -> u32 {
        self.format
    }
}

impl Record for Story {
    const FORMAT: u32 = Self::FORMAT;
    fn format(&self) -> u32 {
        self.format
    }
}

impl Record for Product {
    const FORMAT: u32 = Self::FORMAT;
    fn format(&self) -> u32 {
        self.format
    }
}

/// The proper path of a file inside the product's folder.
pub(super) fn path_of(subject: Subject) -> String {
    match subject {
        Subject::Story(id) => format!("{STORIES}/{id}.json"),
        Subject::Problem(id) => format!("{PROBLEMS}/{id}.json"),
        Subject::Product => PRODUCT_FILE.to_owned(),
    }
}

/// What the file of a path inside the product's folder should hold, by its name.
pub(super) fn subject_of(path: &str) -> Option<Subject> {
    if path == PRODUCT_FILE {
        return Some(Subject::Product);
    }
    let (folder, name) = path.split_once('/')?;
    of_folder(folder, id_in_name(Path::new(name))?)
}

/// What a folder's file of this id holds.
pub(super) fn of_folder(folder: &str, id: Uuid) -> Option<Subject> {
    match folder {
        STORIES => Some(Story::subject_of(id)),
        PROBLEMS => Some(Problem::subject_of(id)),
        _ => None,
    }
}

/// Reads a file's bytes; a byte order mark before them is fine.
pub(super) fn parse<T: Record>(path: &Path, bytes: &[u8]) -> Result<T, Broken> {
    let text = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
    match serde_json::from_slice::<T>(text) {
        Ok(record) if record.format() <= T::FORMAT => Ok(record),
        Ok(record) => Err(newer(path, u64::from(record.format()))),
        Err(error) => match format_of(text) {
            Some(format) if format > u64::from(T::FORMAT) => Err(newer(path, format)),
            _ => Err(broken(path, &error)),
        },
    }
}

/// Writes a record as its file's text: pretty, with a final newline.
pub(super) fn text<T: Record>(record: &T) -> Result<String> {
    let mut text = serde_json::to_string_pretty(record)?;
    text.push('\n');
    Ok(text)
}

/// Turns a merged value back into what it means; `None` when it means nothing.
pub(super) fn from_value<T: Record>(value: &Value) -> Option<T> {
    // By way of the text: it is what the file would say.
    serde_json::from_str(&value.to_string()).ok()
}

/// Reads an act from its line in the journal; `None` when a text in it is not understood.
pub(super) fn act(line: &JournalAct) -> Option<Act> {
    let deltas: Option<Vec<Delta>> = line.files.iter().map(delta).collect();
    Some(Act {
        id: ActId::new(line.id),
        label: line.label.clone(),
        at: line.at,
        by: Line::parse(&line.by),
        deltas: deltas?,
        undoes: line.undoes.map(ActId::new),
        redoes: line.redoes.map(ActId::new),
    })
}

/// Writes an act as a line for the journal.
pub(super) fn journal_act(act: &Act, files: Vec<FileChange>) -> JournalAct {
    JournalAct {
        id: act.id.uuid(),
        at: act.at,
        by: act.by.to_string(),
        label: act.label.clone(),
        undoes: act.undoes.map(ActId::uuid),
        redoes: act.redoes.map(ActId::uuid),
        files,
    }
}

/// Finds the id a file's name promises.
pub(super) fn id_in_name(path: &Path) -> Option<Uuid> {
    let stem = path.file_stem()?.to_str()?;
    Uuid::try_parse(stem).ok()
}

fn delta(change: &FileChange) -> Option<Delta> {
    let path = Path::new(&change.path);
    if change.path == PRODUCT_FILE {
        return Some(Delta::Product {
            before: read::<Product>(path, change.before.as_deref()).ok()??,
            after: read::<Product>(path, change.after.as_deref()).ok()??,
        });
    }
    if path.starts_with(STORIES) {
        return named::<Story>(path, change);
    }
    if path.starts_with(PROBLEMS) {
        return named::<Problem>(path, change);
    }
    None
}

fn named<T: Named>(path: &Path, change: &FileChange) -> Option<Delta> {
    let before = read::<T>(path, change.before.as_deref()).ok()?;
    let after = read::<T>(path, change.after.as_deref()).ok()?;
    Some(T::delta(before, after))
}

/// Reads a text that may be absent.
fn read<T: Record>(path: &Path, text: Option<&str>) -> Result<Option<Arc<T>>, Broken> {
    let record = text.map(|text| parse(path, text.as_bytes())).transpose()?;
    Ok(record.map(Arc::new))
}

fn format_of(text: &[u8]) -> Option<u64> {
    #[derive(Deserialize)]
    struct Head {
        format: u64,
    }
    serde_json::from_slice::<Head>(text)
        .ok()
        .map(|head| head.format)
}

/// Tells of a file that could not even be read.
pub(super) fn unreadable(path: &Path, error: &io::Error) -> Broken {
    Broken {
        path: path.to_owned(),
        line: 0,
        column: 0,
        reason: without_code(error.to_string()),
        newer: None,
    }
}

/// Takes a system's number of an error away, which says nothing to people.
pub(super) fn without_code(mut reason: String) -> String {
    if let Some(code) = reason.find(" (os error ") {
        reason.truncate(code);
    }
    reason
}

fn newer(path: &Path, format: u64) -> Broken {
    Broken {
        path: path.to_owned(),
        line: 0,
        column: 0,
        reason: format!("format {format} comes from a newer backstory"),
        newer: Some(format),
    }
}

fn broken(path: &Path, error: &serde_json::Error) -> Broken {
    let full = error.to_string();
    // The place has fields of its own.
    let reason = full
        .rsplit_once(" at line ")
        .map_or(full.as_str(), |(reason, _)| reason);
    Broken {
        path: path.to_owned(),
        line: error.line(),
        column: error.column(),
        // Who tells it ends the sentence.
        reason: reason.trim_end_matches('.').to_owned(),
        newer: None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const STORY: &str = r#"{
  "format": 1,
  "id": "019ab3c4-7c3e-7d5a-9b1e-2f6c1d0a8e4b",
  "number": 17,
  "kind": "feature",
  "title": "Pay with a saved card",
  "status": "idea",
  "rank": "a1",
  "estimate": 3,
  "created": "2026-11-19T16:00:00Z",
  "updated": "2026-11-20T09:12:00Z",
  "sprint": {
    "name": "Nine",
    "weight": 1.50
  }
}
"#;

    #[test]
    fn a_file_with_unknown_fields_comes_back_byte_for_byte() {
        let story: Story = parse(Path::new("a.json"), STORY.as_bytes()).unwrap();
        assert_eq!(text(&story).unwrap(), STORY);
        let value = serde_json::to_value(&story).unwrap();
        assert_eq!(from_value::<Story>(&value), Some(story));
    }

    #[test]
    fn a_byte_order_mark_is_no_harm() {
        let marked = format!("\u{feff}{STORY}");
        assert!(parse::<Story>(Path::new("a.json"), marked.as_bytes()).is_ok());
    }

    #[test]
    fn a_broken_file_is_told_with_line_and_column() {
        let text = STORY.replace("17,", "seventeen,");
        let broken = parse::<Story>(Path::new("a.json"), text.as_bytes()).unwrap_err();
        assert_eq!((broken.line, broken.column), (4, 13));
        assert_eq!(broken.to_string(), "a.json:4:13: expected value");
        assert_eq!(broken.newer, None);
    }

    #[test]
    fn a_file_of_a_newer_format_is_not_called_broken() {
        for text in [
            STORY.replace("\"format\": 1", "\"format\": 2"),
            r#"{"format": 2, "title": ["quite", "different"]}"#.to_owned(),
        ] {
            let broken = parse::<Story>(Path::new("a.json"), text.as_bytes()).unwrap_err();
            assert_eq!(broken.newer, Some(2));
        }
    }
}
