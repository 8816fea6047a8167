//! Where each row of the screen begins in the text, kept up to date edit by edit.
//!
//! Rows are soft-wrapped to a number of columns, or one for each line. An edit wraps anew only from a little before
//! the edit to the first row that begins where it did before, so typing into a long text costs a few rows.
//! It knows byte positions only; who draws or moves the cursor asks it.

use std::ops::Range;

use crate::ui::text::first_row;

/// No soft wrapping: one row for each line.
pub(super) const UNLIMITED: usize = usize::MAX;

/// A cursor stands behind a full row's last character, on the one blank that may hang out of the row.
const HANG: usize = 1;

/// An edit may let the words in front of it move up; wrapping looks no further ahead than this.
const ROWS_BEFORE: usize = 2;

#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Rows {
    cols: usize,
    starts: Vec<usize>,
}

impl Rows {
    /// Wraps a whole text.
    pub(super) fn new(text: &str, cols: usize) -> Self {
        let mut starts = vec![0];
        let mut start = 0;
        while let Some(next) = next_row(text, start, cols) {
            starts.push(next);
            start = next;
        }
        Self { cols, starts }
    }

    pub(super) fn cols(&self) -> usize {
        self.cols
    }

    pub(super) fn len(&self) -> usize {
        self.starts.len()
    }

    pub(super) fn last(&self) -> usize {
        self.starts.len() - 1
    }

    /// Finds the row a position is drawn in; where a row was wrapped, its end belongs to the next one.
    pub(super) fn row_of(&self, at: usize) -> usize {
        self.starts
            .partition_point(|start| *start <= at)
            .saturating_sub(1)
    }

    /// Gives the bytes of a row, without the line end.
    pub(super) fn range(&self, text: &str, row: usize) -> Range<usize> {
        let start = self.starts.get(row).copied().unwrap_or(text.len());
        let end = match self.starts.get(row + 1) {
            Some(next) if ends_line(text, *next) => next - 1,
            Some(next) => *next,
            None => text.len(),
        };
        start..end
    }

    /// Tells whether a row goes on in the next one without a line end.
    pub(super) fn is_wrapped(&self, text: &str, row: usize) -> bool {
        self.starts
            .get(row + 1)
            .is_some_and(|next| !ends_line(text, *next))
    }

    /// Follows an edit: at `at`, `removed` bytes gave way to `inserted` bytes; `text` is the text afterwards.
    pub(super) fn follow(&mut self, text: &str, at: usize, removed: usize, inserted: usize) {
        let old_end = at + removed;
        let moved = |start: usize| start - removed + inserted;
        let first = self.row_of(at).saturating_sub(ROWS_BEFORE);
        let mut start = self.starts.get(first).copied().unwrap_or(0);
        let mut fresh = Vec::new();
        let mut old = first + 1;
        loop {
            let Some(next) = next_row(text, start, self.cols) else {
                old = self.starts.len();
                break;
            };
            while self
                .starts
                .get(old)
                .is_some_and(|s| *s < old_end || moved(*s) < next)
            {
                old += 1;
            }
            if self.starts.get(old).is_some_and(|s| moved(*s) == next) {
                break;
            }
            fresh.push(next);
            start = next;
        }
        let unchanged = first + 1 + fresh.len();
        self.starts.splice(first + 1..old, fresh);
        for start in self.starts.iter_mut().skip(unchanged) {
            *start = moved(*start);
        }
    }
}

fn next_row(text: &str, start: usize, cols: usize) -> Option<usize> {
    let rest = text.get(start..).unwrap_or_default();
    let length = if cols == UNLIMITED {
        rest.find('\n').unwrap_or(rest.len())
    } else {
        first_row(rest, cols, HANG)
    };
    match rest.as_bytes().get(length) {
        Some(b'\n') => Some(start + length + 1),
        Some(_) => Some(start + length),
        None => None,
    }
}

fn ends_line(text: &str, next: usize) -> bool {
    next > 0 && text.as_bytes().get(next - 1) == Some(&b'\n')
}

#[cfg(test)]
mod tests {
    use super::*;

    fn drawn(text: &str, cols: usize) -> Vec<&str> {
        let rows = Rows::new(text, cols);
        (0..rows.len())
            .map(|row| text.get(rows.range(text, row)).unwrap())
            .collect()
    }

    #[test]
    fn rows_hold_the_whole_text() {
        assert_eq!(
            drawn("one two three\n\nfour\n", 7),
            ["one two ", "three", "", "four", ""]
        );
    }

    #[test]
    fn one_blank_hangs_out_and_the_next_goes_on_below() {
        assert_eq!(drawn("one     two", 3), ["one ", "    ", "two"]);
    }

    #[test]
    fn unlimited_rows_are_lines() {
        assert_eq!(
            drawn("one two three\nfour", UNLIMITED),
            ["one two three", "four"]
        );
    }

    #[test]
    fn a_wrapped_end_belongs_to_the_next_row() {
        let rows = Rows::new("one two", 4);
        assert_eq!((rows.row_of(3), rows.row_of(4), rows.row_of(7)), (0, 1, 1));
        assert!(rows.is_wrapped("one two", 0));
        assert!(!rows.is_wrapped("one two", 1));
    }
}
