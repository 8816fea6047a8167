//! Plain-text tables: aligned columns, one of which gives way when the terminal is narrow.

use super::Role;
use crate::harmless::{fit, pad_left, safe, width};

/// The column that gives way keeps at least so many columns.
const LEAST: usize = 12;
/// The blanks between two columns.
const BETWEEN: usize = 2;

/// Rows of cells under each other.
#[derive(Debug, Default)]
pub(in crate::cli) struct Table {
    rows: Vec<Vec<Cell>>,
    /// The column that gives way.
    flexible: usize,
}

/// One cell of a table.
#[derive(Debug, Default)]
pub(in crate::cli) struct Cell {
    text: String,
    role: Role,
    is_number: bool,
}

impl Cell {
    /// Text, to the left.
    pub(in crate::cli) fn text(text: &str) -> Self {
        Self {
            text: safe(text).into_owned(),
            ..Self::default()
        }
    }

    /// A number, to the right.
    pub(in crate::cli) fn number(text: &str) -> Self {
        Self {
            is_number: true,
            ..Self::text(text)
        }
    }

    /// The same in its role's colour.
    pub(in crate::cli) fn role(self, role: Role) -> Self {
        Self { role, ..self }
    }
}

impl Table {
    /// A table whose column `flexible`, counted from 0, gives way.
    pub(in crate::cli) fn new(flexible: usize) -> Self {
        Self {
            rows: Vec::new(),
            flexible,
        }
    }

    /// Adds a row.
    pub(in crate::cli) fn row(&mut self, cells: impl Into<Vec<Cell>>) {
        self.rows.push(cells.into());
    }

    /// The rows as pieces of clean text; with a limit no row is wider.
    pub(super) fn rows(&self, limit: Option<usize>) -> Vec<Vec<(String, Role)>> {
        let widths = self.widths(limit);
        let laid_out = |row: &Vec<Cell>| {
            let mut pieces = Vec::with_capacity(row.len() * 2);
            let mut left = limit.unwrap_or(usize::MAX);
            for (cell, columns) in row.iter().zip(&widths).filter(|(_, columns)| **columns > 0) {
                if !pieces.is_empty() {
                    let blanks = BETWEEN.min(left);
                    left -= blanks;
                    pieces.push((" ".repeat(blanks), Role::Plain));
                }
                let columns = (*columns).min(left);
                left -= columns;
                let text = if cell.is_number {
                    pad_left(&cell.text, columns)
                } else {
                    fit(&cell.text, columns)
                };
                pieces.push((text, cell.role));
            }
            pieces
        };
        self.rows.iter().map(laid_out).collect()
    }

    fn widths(&self, limit: Option<usize>) -> Vec<usize> {
        let columns = self.rows.iter().map(Vec::len).max().unwrap_or(0);
        let mut widths = vec![0; columns];
        for row in &self.rows {
            for (cell, widest) in row.iter().zip(&mut widths) {
                *widest = (*widest).max(width(&cell.text));
            }
        }
        let shown = widths.iter().filter(|columns| **columns > 0).count();
        let total = widths.iter().sum::<usize>() + BETWEEN * shown.saturating_sub(1);
        let excess = limit.map_or(0, |limit| total.saturating_sub(limit));
        if let Some(flexible) = widths.get_mut(self.flexible) {
            *flexible = (*flexible).min(flexible.saturating_sub(excess).max(LEAST));
        }
        widths
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn table() -> Table {
        let mut table = Table::new(1);
        for (number, title, word) in [("1", "Pay with a saved card", "ready"), ("12", "顧客", "")]
        {
            table.row([
                Cell::number(number),
                Cell::text(title),
                Cell::text(""),
                Cell::text(word),
            ]);
        }
        table
    }

    fn lines(limit: Option<usize>) -> Vec<String> {
        let rows = table().rows(limit);
        let joined = rows
            .iter()
            .map(|row| row.iter().map(|(text, _)| text.as_str()).collect());
        joined.collect()
    }

    #[test]
    fn columns_are_aligned_and_empty_ones_left_out() {
        assert_eq!(
            lines(None),
            [
                " 1  Pay with a saved card  ready",
                "12  顧客                        "
            ]
        );
    }

    #[test]
    fn a_narrow_terminal_cuts_the_flexible_column_first() {
        assert_eq!(
            lines(Some(26)),
            [" 1  Pay with a sav…  ready", "12  顧客                  "]
        );
    }

    #[test]
    fn no_row_is_wider_than_the_terminal() {
        for limit in 0..40 {
            for line in lines(Some(limit)) {
                assert!(width(&line) <= limit, "{limit}: {line:?}");
            }
        }
    }
}
