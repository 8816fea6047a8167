//! The lines of the list: one row a story, and dividers between the rows, which the cursor skips.

use crate::ui::text;

/// So much of a heading's title has room before figures do.
const TITLE: usize = 30;

/// A line between two rows.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Divider {
    /// The row it stands before, counted from 0; that of the row after the last one is allowed.
    pub(super) before: usize,
    /// What it says.
    pub(super) said: Said,
}

/// What a divider is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Said {
    /// The heading of the rows below it.
    Heading(Heading),
    /// A text in a line across the list.
    Line(String),
}

/// The heading of a group.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Heading {
    /// What the group is called, with the sign of being folded or not.
    pub(super) title: String,
    /// What it comes to, the most telling first.
    pub(super) figures: Vec<String>,
}

impl Divider {
    /// A line across the list.
    pub(super) const fn line(before: usize, text: String) -> Self {
        Self {
            before,
            said: Said::Line(text),
        }
    }

    /// The heading of the rows below it.
    pub(super) const fn heading(before: usize, heading: Heading) -> Self {
        Self {
            before,
            said: Said::Heading(heading),
        }
    }
}

impl Heading {
    /// The heading in so many columns. Where that is too little the last figures give way, down to the first of them,
    /// as long as the title needs room; then the title is cut.
    pub(super) fn fit(&self, width: usize, dot: &str) -> String {
        let shown = |figures: &[String]| -> String {
            let figures = figures.iter().map(|figure| format!(" {dot} {figure}"));
            figures.collect()
        };
        let wanted = text::width(&self.title).min(TITLE);
        let mut figures = self.figures.as_slice();
        while figures.len() > 1 && wanted + text::width(&shown(figures)) > width {
            figures = figures.split_last().map_or(&[], |(_, rest)| rest);
        }
        let shown = shown(figures);
        let room = width.saturating_sub(text::width(&shown));
        let title = text::truncate(&self.title, room);
        text::truncate(&format!("{title}{shown}"), width).into_owned()
    }
}

/// The dividers of a list.
#[derive(Clone, Debug, Default)]
pub(super) struct Dividers(Vec<Divider>);

/// What stands on a line.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum OnLine<'a> {
    /// This row.
    Row(usize),
    /// A divider.
    Divider(&'a Divider),
}

impl Dividers {
    /// Takes dividers in the order of their rows.
    pub(super) fn new(mut dividers: Vec<Divider>) -> Self {
        dividers.sort_by_key(|divider| divider.before);
        Self(dividers)
    }

    /// How many there are.
    pub(super) const fn len(&self) -> usize {
        self.0.len()
    }

    /// The line of a row, counted from 0.
    pub(super) fn line_of(&self, row: usize) -> usize {
        row + self.0.partition_point(|divider| divider.before <= row)
    }

    /// What stands on a line.
    pub(super) fn on(&self, line: usize) -> OnLine<'_> {
        // The divider at index i stands on line `before + i`, and these grow with i.
        let mut low = 0;
        let mut high = self.0.len();
        while low < high {
            let middle = low + (high - low) / 2;
            if self.stands_on(middle) < line {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        match self.0.get(low) {
            Some(divider) if self.stands_on(low) == line => OnLine::Divider(divider),
            _ => OnLine::Row(line - low),
        }
    }

    fn stands_on(&self, index: usize) -> usize {
        self.0
            .get(index)
            .map_or(usize::MAX, |divider| divider.before + index)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn dividers(before: &[usize]) -> Dividers {
        let divider = |before: &usize| Divider::line(*before, before.to_string());
        Dividers::new(before.iter().map(divider).collect())
    }

    #[test]
    fn dividers_stand_before_their_rows() {
        let dividers = dividers(&[0, 2, 2, 3]);
        let lines: Vec<String> = (0..8)
            .map(|line| match dividers.on(line) {
                OnLine::Row(row) => format!("row {row}"),
                OnLine::Divider(divider) => match &divider.said {
                    Said::Line(text) => text.clone(),
                    Said::Heading(heading) => heading.title.clone(),
                },
            })
            .collect();
        assert_eq!(
            lines,
            ["0", "row 0", "row 1", "2", "2", "row 2", "3", "row 3"]
        );
    }

    proptest! {
        #[test]
        fn every_row_is_found_on_its_line(
            before in prop::collection::vec(0usize..30, 0..10),
            row in 0usize..30,
        ) {
            let dividers = dividers(&before);
            prop_assert_eq!(dividers.on(dividers.line_of(row)), OnLine::Row(row));
        }
    }
}
