//! Import and export: other programs' files as stories, stories as other programs' files.
//!
//! Invariants:
//! - It works on bytes, strings and backlogs; it never mentions the terminal, files or the store.
//! - Reading changes nothing: [`read`] says what a file holds, [`plan()`] turns it into changes that make one act, and the
//!   same file planned again changes nothing.
//! - Nothing is left out silently: every row is a story or skipped with its line, every cell has a place or is lossy.

mod columns;
mod csv;
mod dates;
mod description;
mod format;
pub mod gherkin;
mod html;
pub mod json;
pub mod letter;
pub mod markdown;
pub mod meeting;
mod plan;
mod quoted;
mod record;
mod report;
mod rows;
mod split;
mod table;
#[cfg(test)]
mod tests;
mod text;
mod words;

pub use format::{Format, To, UnknownFormat};
pub use plan::{Plan, plan};
pub use record::{Fields, Identity, Record, Remark, Told};
pub use report::{ImportError, Imported, Lossy, Skipped};

use crate::model::{Backlog, Story};

/// What is said of a title that was too long.
const CUT: &str = "The title was too long and has been cut; the notes hold the whole text.";

/// Reads a file of stories; the same bytes always read the same.
///
/// # Errors
/// A file that holds no stories at all is refused, with the line where there is one.
pub fn read(format: Format, bytes: &[u8]) -> Result<Imported, ImportError> {
    match format {
        Format::Text => text::read(bytes),
        Format::Csv => rows::read(bytes),
        Format::Json => json::read(bytes),
    }
}

/// Writes stories in the order given.
pub fn export(stories: &[&Story], backlog: &Backlog, to: To) -> String {
    match to {
        To::Json => json::export(stories, backlog),
        To::Csv => csv::export(stories, backlog),
        To::Markdown => markdown::export(stories, backlog),
        To::Gherkin => gherkin::export(stories, backlog),
    }
}
