//! Tables: finds the delimiter and reads rows with the line each begins on. It knows columns only to find the delimiter.

use csv::{ReaderBuilder, Trim};

use super::columns::Columns;
use super::report::{ImportError, decode};

/// The delimiters that are tried.
const DELIMITERS: [u8; 4] = [b',', b';', b'\t', b'|'];

/// A table as it stands in the file.
#[derive(Debug)]
pub(super) struct Table {
    pub(super) names: Vec<String>,
    pub(super) columns: Columns,
    pub(super) rows: Vec<Row>,
}

/// One row; it may be shorter or longer than the header.
#[derive(Debug)]
pub(super) struct Row {
    pub(super) line: usize,
    pub(super) cells: Vec<String>,
}

/// Whether a text begins like a table of stories.
pub(super) fn looks_like_one(text: &str) -> bool {
    let start: String = text.chars().take(20_000).collect();
    let (_, columns) = header(&start);
    columns.has_title() && columns.known() >= 2
}

/// Reads a table.
///
/// # Errors
/// Other encodings, a header without titles, and a quote that is never closed are refused.
pub(super) fn read(bytes: &[u8]) -> Result<Table, ImportError> {
    let text = decode(bytes)?;
    let (delimiter, columns) = header(text);
    let mut rows = rows(text, delimiter).into_iter();
    let first = rows.next().ok_or_else(|| {
        ImportError::of_file(
            "The file is empty. Import one with a header row and a row for each story.",
        )
    })?;
    if !columns.has_title() {
        return Err(ImportError::at(
            first.line,
            format!(
                "No column holds the stories' titles; it should be called Title, Summary or Story. Found: {}.",
                shown(&first.cells)
            ),
        ));
    }
    if let Some(line) = unclosed_quote(text, delimiter) {
        return Err(ImportError::at(
            line,
            "A quoted text begins here and never ends. Close the quote and import again.",
        ));
    }
    Ok(Table {
        names: first.cells,
        columns,
        rows: rows.collect(),
    })
}

/// The delimiter that makes most sense of the first row, and the columns it makes.
fn header(text: &str) -> (u8, Columns) {
    let mut best = (b',', Columns::default());
    let start: String = text.chars().take(100_000).collect();
    for delimiter in DELIMITERS {
        let Some(first) = first_row(&start, delimiter) else {
            continue;
        };
        let columns = Columns::of(&first.cells);
        if (columns.has_title(), columns.known()) > (best.1.has_title(), best.1.known()) {
            best = (delimiter, columns);
        }
    }
    best
}

fn first_row(text: &str, delimiter: u8) -> Option<Row> {
    rows(&first_lines(text), delimiter).into_iter().next()
}

/// Enough of the text to hold the header, which seldom has more than one line.
fn first_lines(text: &str) -> String {
    text.lines()
        .skip_while(|line| line.trim().is_empty())
        .take(20)
        .collect::<Vec<_>>()
        .join("\n")
}

/// `sep=;`, which one spreadsheet program writes before the header.
fn is_separator_row(cells: &[String]) -> bool {
    let mut cells = cells.iter();
    cells
        .next()
        .is_some_and(|cell| cell.starts_with("sep=") && cell.len() <= 5)
        && cells.all(String::is_empty)
}

fn rows(text: &str, delimiter: u8) -> Vec<Row> {
    let trim = if delimiter == b'|' {
        Trim::All
    } else {
        Trim::None
    };
    let mut reader = ReaderBuilder::new()
        .has_headers(false)
        .flexible(true)
        .delimiter(delimiter)
        .trim(trim)
        .from_reader(text.as_bytes());
    let mut lines = Lines::new(text.as_bytes());
    let mut rows = Vec::new();
    // Reading from memory as UTF-8 that was checked leaves nothing that could fail.
    for record in reader.records().map_while(Result::ok) {
        let start = record.position().map_or(0, |position| {
            usize::try_from(position.byte()).unwrap_or(usize::MAX)
        });
        let line = lines.of(start);
        let cells: Vec<String> = record.iter().map(str::to_owned).collect();
        let is_empty = cells.iter().all(|cell| cell.trim().is_empty());
        let is_note = rows.is_empty() && is_separator_row(&cells);
        if !is_empty && !is_note {
            rows.push(Row { line, cells });
        }
    }
    rows
}

/// Counts lines along a text, passing over the empty ones before a record.
struct Lines<'a> {
    bytes: &'a [u8],
    at: usize,
    line: usize,
}

impl<'a> Lines<'a> {
    fn new(bytes: &'a [u8]) -> Self {
        Self {
            bytes,
            at: 0,
            line: 1,
        }
    }

    /// The line of the first byte at or after `start` that is no line break.
    fn of(&mut self, start: usize) -> usize {
        while let Some(byte) = self.bytes.get(self.at) {
            let breaks = matches!(byte, b'\n' | b'\r');
            if self.at >= start && !breaks {
                break;
            }
            let pair = *byte == b'\r' && self.bytes.get(self.at + 1) == Some(&b'\n');
            self.line += usize::from(breaks && !pair);
            self.at += 1;
        }
        self.line
    }
}

/// The line of a quote that opens a cell and is never closed.
fn unclosed_quote(text: &str, delimiter: u8) -> Option<usize> {
    let (mut line, mut opened) = (1, None);
    let mut is_cell_start = true;
    for byte in text.bytes() {
        match (opened, byte) {
            (None, b'"') if is_cell_start => opened = Some(line),
            // A doubled quote closes and opens again, which comes to the same.
            (Some(_), b'"') => {
                opened = None;
                is_cell_start = true;
                continue;
            }
            _ => {}
        }
        line += usize::from(byte == b'\n');
        is_cell_start = byte == delimiter || byte == b'\n' || byte == b'\r';
    }
    opened
}

/// The first names of a header, for a message.
fn shown(cells: &[String]) -> String {
    let names: Vec<String> = cells
        .iter()
        .take(8)
        .map(|cell| {
            let clean = crate::model::Line::parse(cell);
            clean.chars().take(40).collect()
        })
        .collect();
    names.join(", ")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cells(text: &str) -> Vec<(usize, Vec<String>)> {
        let table = read(text.as_bytes()).unwrap();
        table
            .rows
            .into_iter()
            .map(|row| (row.line, row.cells))
            .collect()
    }

    #[test]
    fn the_delimiter_is_found_from_the_header() {
        for text in [
            "Id,Title\n7,Pay\n",
            "Id;Title\n7;Pay\n",
            "Id\tTitle\n7\tPay\n",
            "Id | Title\n7 | Pay\n",
            "sep=;\nId;Title\n7;Pay\n",
            "\u{feff}\"Id\",\"Title\"\r\n7,Pay\r\n",
        ] {
            let found = cells(text);
            assert_eq!(found.len(), 1, "{text}");
            assert_eq!(found[0].1, ["7", "Pay"], "{text}");
        }
    }

    #[test]
    fn a_row_has_the_line_it_begins_on() {
        let text = "\r\nTitle,Notes\r\nPay,\"a\nb\n\nc\"\r\n\r\n\r\nShip,x\r\n";
        let lines: Vec<usize> = cells(text).iter().map(|(line, _)| *line).collect();
        assert_eq!(lines, [3, 9]);
    }

    #[test]
    fn a_file_that_is_no_table_is_refused_with_the_line() {
        let error = read(b"not a table\"'\n").unwrap_err().to_string();
        assert_eq!(
            error,
            "Line 1: No column holds the stories' titles; it should be called Title, Summary or Story. Found: not a table\"'."
        );
        let error = read(b"Title,Notes\nPay,x\nShip,\"never closed\nDone,y\n").unwrap_err();
        assert_eq!(error.line, Some(3));
        assert!(read(b"Title,Notes\nPay,\"a \"\"b\"\"\"\n\"\"\"x\"\"\",5\" wide\n").is_ok());
        assert_eq!(
            read(b" \n").unwrap_err().to_string(),
            "The file is empty. Import one with a header row and a row for each story."
        );
    }
}
