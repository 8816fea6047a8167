//! What reading a file came to: stories, what was left out and why. It decides nothing.

use std::fmt;

use serde::Serialize;

use super::record::Record;
use crate::model::{Problem, Product};

/// Everything that was read from a file.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Imported {
    /// The stories, in the file's order.
    pub records: Vec<Record>,
    /// The problems that the stories are to solve, where the file has them.
    pub problems: Vec<Problem>,
    /// The product's settings, where the file has them.
    pub product: Option<Product>,
    /// The lines that made no story.
    pub skipped: Vec<Skipped>,
    /// What the stories lost on the way.
    pub lossy: Vec<Lossy>,
    /// How many stories the file has, skipped ones included.
    pub read: usize,
}

/// A line, row or entry that made no story.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Skipped {
    /// The line it begins on, counted from 1.
    pub line: usize,
    /// Why, as a sentence.
    pub reason: String,
}

/// Something in the file that found no place in a story.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Lossy {
    /// The field or column, as the file names it.
    pub field: String,
    /// How many stories it touches.
    pub stories: usize,
    /// What became of it, as a sentence.
    pub reason: String,
}

/// Why a file could not be read at all; printed, it is a sentence that says what to do.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ImportError {
    /// The line that made reading impossible, where there is one.
    pub line: Option<usize>,
    sentence: String,
}

impl ImportError {
    pub(super) fn at(line: usize, sentence: impl Into<String>) -> Self {
        Self {
            line: Some(line),
            sentence: sentence.into(),
        }
    }

    pub(super) fn of_file(sentence: impl Into<String>) -> Self {
        Self {
            line: None,
            sentence: sentence.into(),
        }
    }
}

impl fmt::Display for ImportError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.line {
            Some(line) => write!(f, "Line {line}: {}", self.sentence),
            None => f.write_str(&self.sentence),
        }
    }
}

impl std::error::Error for ImportError {}

impl Imported {
    pub(super) fn skip(&mut self, line: usize, reason: impl Into<String>) {
        self.skipped.push(Skipped {
            line,
            reason: reason.into(),
        });
    }

    /// Counts one more story that lost something.
    pub(super) fn lose(&mut self, field: &str, reason: &str) {
        lose(&mut self.lossy, field, reason);
    }
}

/// Counts one more story that lost something.
pub(super) fn lose(lossy: &mut Vec<Lossy>, field: &str, reason: &str) {
    match lossy
        .iter_mut()
        .find(|known| known.field == field && known.reason == reason)
    {
        Some(known) => known.stories += 1,
        None => lossy.push(Lossy {
            field: field.to_owned(),
            stories: 1,
            reason: reason.to_owned(),
        }),
    }
}

/// Reads bytes as UTF-8 without a byte order mark.
///
/// # Errors
/// Other encodings are refused with the line, rather than read as rubbish.
pub(super) fn decode(bytes: &[u8]) -> Result<&str, ImportError> {
    if bytes.starts_with(&[0xff, 0xfe]) || bytes.starts_with(&[0xfe, 0xff]) {
        return Err(ImportError::at(
            1,
            "The file is UTF-16. Save it again as UTF-8 and import that.",
        ));
    }
    match std::str::from_utf8(bytes) {
        Ok(text) => Ok(text.trim_start_matches('\u{feff}')),
        Err(error) => {
            let sound = bytes.get(..error.valid_up_to()).unwrap_or_default();
            let line = sound.split(|byte| *byte == b'\n').count();
            Err(ImportError::at(
                line,
                "The text is not UTF-8. Save the file again as UTF-8 and import that.",
            ))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn other_encodings_are_refused_with_the_line() {
        let latin = decode(b"Title\nCaf\xe9\n").unwrap_err();
        assert_eq!(
            latin.to_string(),
            "Line 2: The text is not UTF-8. Save the file again as UTF-8 and import that."
        );
        let wide = decode(b"\xff\xfeT\0").unwrap_err();
        assert_eq!(
            wide.to_string(),
            "Line 1: The file is UTF-16. Save it again as UTF-8 and import that."
        );
        assert_eq!(decode(b"\xef\xbb\xbfx"), Ok("x"));
    }

    #[test]
    fn what_is_lost_is_counted_once_a_reason() {
        let mut imported = Imported::default();
        imported.lose("Sprint", "There is no place for it.");
        imported.lose("Sprint", "There is no place for it.");
        imported.lose("Title", "It was cut.");
        let counts: Vec<usize> = imported.lossy.iter().map(|lossy| lossy.stories).collect();
        assert_eq!(counts, [2, 1]);
    }
}
