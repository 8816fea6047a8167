//! Rows of our own table: cells are read back exactly as `exchange::csv` writes them.

use super::cells::Cells;
use crate::exchange::columns::Column;
use crate::exchange::record::Fields;
use crate::model::{Line, Prose, Question};

/// How an answer begins in a cell of questions.
pub(in crate::exchange) const ANSWER: &str = "Answer: ";

/// The content of a row; only columns that are there say something.
pub(super) fn fields(cells: &Cells) -> Fields {
    let line = |column| cells.has(column).then(|| Line::parse(cells.first(column)));
    Fields {
        kind: None,
        persona: line(Column::Persona),
        want: line(Column::Want),
        benefit: line(Column::Benefit),
        notes: cells
            .has(Column::Notes)
            .then(|| Prose::parse(cells.first(Column::Notes))),
        criteria: cells.has(Column::Criteria).then(|| {
            let texts = unnumbered(cells.first(Column::Criteria));
            texts.iter().map(|text| Prose::parse(text)).collect()
        }),
        questions: cells.has(Column::Questions).then(|| {
            let texts = unnumbered(cells.first(Column::Questions));
            texts.iter().map(|text| question(text)).collect()
        }),
        estimate: None,
        labels: cells
            .has(Column::Labels)
            .then(|| labels(cells.first(Column::Labels))),
        epic: line(Column::Epic),
        scores: Vec::new(),
    }
}

/// A cell without the apostrophe that kept a spreadsheet from running it.
pub(in crate::exchange) fn unguarded(cell: &str) -> &str {
    match cell.strip_prefix('\'') {
        Some(rest) if is_dangerous(rest) => rest,
        _ => cell,
    }
}

/// Whether a spreadsheet could take the cell for a formula, or the cell begins like a guarded one.
pub(in crate::exchange) fn is_dangerous(cell: &str) -> bool {
    cell.trim_start_matches('\'')
        .starts_with(['=', '+', '-', '@', '\t', '\r', '＝', '＋', '－', '＠'])
}

/// Takes a numbered list apart; a line that belongs to the entry above is indented. A cell that somebody typed has no
/// numbers and is one a line.
fn unnumbered(cell: &str) -> Vec<String> {
    let cell = cell.replace("\r\n", "\n");
    if cell.trim().is_empty() {
        return Vec::new();
    }
    if !cell.starts_with("1. ") {
        return crate::exchange::split::split(&cell);
    }
    let mut texts: Vec<String> = Vec::new();
    for line in cell.split('\n') {
        let next = format!("{}. ", texts.len() + 1);
        match (line.strip_prefix(next.as_str()), texts.last_mut()) {
            (Some(text), _) => texts.push(text.to_owned()),
            (None, Some(text)) => {
                text.push('\n');
                text.push_str(line.strip_prefix("   ").unwrap_or(line));
            }
            (None, None) => {}
        }
    }
    texts
}

fn question(text: &str) -> Question {
    let mut lines = text.split('\n');
    let asked: Vec<&str> = lines
        .by_ref()
        .take_while(|line| !line.starts_with(ANSWER))
        .collect();
    let answer = text
        .split('\n')
        .skip(asked.len())
        .collect::<Vec<_>>()
        .join("\n");
    Question {
        answer: Prose::parse(answer.strip_prefix(ANSWER).unwrap_or_default()),
        ..Question::new(&asked.join("\n"))
    }
}

/// Labels stand on lines of their own where one of them holds a comma.
fn labels(cell: &str) -> Vec<Line> {
    let separator = if cell.contains('\n') { '\n' } else { ',' };
    cell.split(separator)
        .map(Line::parse)
        .filter(|label| !label.is_empty())
        .collect()
}
