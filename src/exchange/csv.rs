//! Our table for spreadsheets. What it writes, `rows` reads back; formulas in it are text.
//!
//! Behind the columns that are always there stands one for each part of the ways to score that the product uses or a
//! story has a value of.

use csv::{QuoteStyle, Terminator, WriterBuilder};

use super::columns::heading;
use super::rows::{ANSWER, is_dangerous};
use crate::model::{Backlog, Line, Method, Part, Story};

const HEADER: [&str; 19] = [
    "Key",
    "Id",
    "Title",
    "Kind",
    "Status",
    "Persona",
    "Want",
    "Benefit",
    "Criteria",
    "Questions",
    "Estimate",
    "Labels",
    "Epic",
    "Blocked by",
    "Notes",
    "Position",
    "Since",
    "Created",
    "Updated",
];

/// Writes stories as a table with one row each.
pub(super) fn export(stories: &[&Story], backlog: &Backlog) -> String {
    let mut writer = WriterBuilder::new()
        .quote_style(QuoteStyle::Necessary)
        .terminator(Terminator::CRLF)
        .from_writer(Vec::new());
    // Writing to memory cannot fail; a failure would leave the table short, which the tests would see.
    let parts = parts(stories, backlog);
    let mut header = HEADER.map(str::to_owned).to_vec();
    header.extend(parts.iter().copied().map(heading));
    let rows = stories.iter().map(|story| {
        let scores = parts.iter().map(|part| score(*part, story));
        row(story, backlog).into_iter().chain(scores).collect()
    });
    for row in std::iter::once(header).chain(rows) {
        let _ = writer.write_record(&row);
    }
    let bytes = writer.into_inner().unwrap_or_default();
    String::from_utf8_lossy(&bytes).into_owned()
}

fn row(story: &Story, backlog: &Backlog) -> [String; HEADER.len()] {
    let blockers: Vec<String> = story
        .blocked_by
        .iter()
        .map(|id| backlog.key_or_id(*id))
        .collect();
    [
        backlog.key(story),
        story.id.to_string(),
        story.title.to_string(),
        story.kind.to_string(),
        story.status.to_string(),
        story.persona.to_string(),
        story.want.to_string(),
        story.benefit.to_string(),
        numbered(
            story
                .criteria
                .iter()
                .map(|criterion| criterion.text.to_string()),
        ),
        numbered(story.questions.iter().map(|question| {
            if question.is_open() {
                question.text.to_string()
            } else {
                format!("{}\n{ANSWER}{}", question.text, question.answer)
            }
        })),
        story
            .estimate
            .map_or_else(String::new, |points| points.to_string()),
        labels(story),
        story.epic.to_string(),
        blockers.join(", "),
        story.notes.to_string(),
        backlog
            .position(story.id)
            .map_or_else(String::new, |position| position.to_string()),
        story.since().map_or_else(String::new, |at| at.to_string()),
        story.created.to_string(),
        story.updated.to_string(),
    ]
    .map(guarded)
}

/// The parts of the ways to score that are in use, or that a story has a value of.
fn parts(stories: &[&Story], backlog: &Backlog) -> Vec<Part> {
    let is_wanted = |method: Method| {
        backlog.product().scores.contains(&method)
            || stories.iter().any(|story| method.is_begun(&story.scores))
    };
    Part::all()
        .filter(|part| is_wanted(part.method()))
        .collect()
}

/// A part's value: a word, or a number that a spreadsheet can count with.
fn score(part: Part, story: &Story) -> String {
    match part.read(&story.scores) {
        None => String::new(),
        Some(class) if part == Part::Class => class.text(),
        Some(grade) => grade.number().to_string(),
    }
}

/// Keeps a spreadsheet from running a cell as a formula.
fn guarded(cell: String) -> String {
    if is_dangerous(&cell) {
        format!("'{cell}")
    } else {
        cell
    }
}

/// A numbered list; further lines of an entry are indented.
fn numbered(texts: impl Iterator<Item = String>) -> String {
    let entries: Vec<String> = texts
        .enumerate()
        .map(|(index, text)| format!("{}. {}", index + 1, text.replace('\n', "\n   ")))
        .collect();
    entries.join("\n")
}

/// Labels with commas between them, or on lines of their own where one of them holds a comma.
fn labels(story: &Story) -> String {
    let labels: Vec<&str> = story.labels.iter().map(Line::as_str).collect();
    if labels.iter().any(|label| label.contains(',')) {
        format!("{}\n", labels.join("\n"))
    } else {
        labels.join(", ")
    }
}
