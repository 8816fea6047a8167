//! The scores of a row: one column a part.

use super::cells::Cells;
use super::{Lost, Reader};
use crate::exchange::columns::Column;
use crate::model::{Grade, Part};

impl Reader<'_> {
    /// The parts whose columns are there, each with its value or none; a cell that holds something else says nothing.
    pub(super) fn scores(&self, cells: &Cells, lost: &mut Lost) -> Vec<(Part, Option<Grade>)> {
        let mut scores = Vec::new();
        for part in Part::all() {
            let column = Column::Score(part);
            if !cells.has(column) {
                continue;
            }
            match cells.first(column).trim() {
                "" => scores.push((part, None)),
                word => match part.parse(word) {
                    Ok(grade) => scores.push((part, Some(grade))),
                    Err(_) => lost.push(self.name(column), "It is no value of that score."),
                },
            }
        }
        scores
    }
}
