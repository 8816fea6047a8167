//! The cells of one row by what they hold. Rows may be shorter than the header; what is missing is empty.

use crate::exchange::columns::Column;
use crate::exchange::table::{Row, Table};

/// One row's cells.
pub(super) struct Cells<'a> {
    table: &'a Table,
    row: &'a Row,
    /// Whether an apostrophe before a formula sign is one that our export put there.
    is_ours: bool,
}

impl<'a> Cells<'a> {
    pub(super) fn new(table: &'a Table, row: &'a Row, is_ours: bool) -> Self {
        Self {
            table,
            row,
            is_ours,
        }
    }

    /// Whether the table has such a column.
    pub(super) fn has(&self, column: Column) -> bool {
        self.table.columns.has(column)
    }

    /// The cell at a place; empty where it has nothing but blanks.
    pub(super) fn at(&self, place: usize) -> &'a str {
        let cell = self.row.cells.get(place).map_or("", String::as_str);
        if self.is_ours {
            super::own::unguarded(cell)
        } else if is_nothing(cell.trim()) {
            ""
        } else {
            cell.trim()
        }
    }

    /// Every cell of a sort that holds something.
    pub(super) fn all(&self, column: Column) -> impl Iterator<Item = &'a str> {
        let places = self.table.columns.places(column);
        places
            .into_iter()
            .map(|place| self.at(place))
            .filter(|cell| !cell.is_empty())
    }

    /// The first cell of a sort that holds something, by the best name; else nothing.
    pub(super) fn first(&self, column: Column) -> &'a str {
        self.all(column).next().unwrap_or("")
    }

    /// All cells of a sort as paragraphs.
    pub(super) fn joined(&self, column: Column) -> String {
        self.all(column).collect::<Vec<_>>().join("\n\n")
    }
}

/// How some tools write an empty cell.
fn is_nothing(cell: &str) -> bool {
    matches!(cell, "NULL" | "[]" | "{}")
}
