//! The rows of the page: every setting, and the entries of the lists that stand open.

use crate::model::{Backlog, Setting, Shape};

/// Where the cursor can stand.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Spot {
    pub(super) setting: Setting,
    /// The entry of a list, by its text; `None` on the setting itself.
    pub(super) entry: Option<String>,
}

/// The rows, as they were when the backlog changed last.
#[derive(Debug, Default)]
pub(super) struct Rows {
    pub(super) spots: Vec<Spot>,
    /// The values of the settings, by row; an entry has none.
    values: Vec<String>,
    generation: Option<u64>,
}

impl Spot {
    /// The row of the setting itself.
    pub(super) const fn head(setting: Setting) -> Self {
        Self {
            setting,
            entry: None,
        }
    }
}

impl Rows {
    pub(super) fn of(backlog: &Backlog, open: &[Setting]) -> Self {
        let product = backlog.product();
        let mut rows = Self {
            generation: Some(backlog.generation()),
            ..Self::default()
        };
        for setting in Setting::ALL {
            let entries = setting.entries(product);
            let is_open = open.contains(&setting);
            rows.spots.push(Spot::head(setting));
            rows.values.push(if is_open && !entries.is_empty() {
                counted(setting, entries.len())
            } else {
                setting.text(product)
            });
            for entry in entries.into_iter().filter(|_| is_open) {
                rows.values.push(String::new());
                rows.spots.push(Spot {
                    setting,
                    entry: Some(entry),
                });
            }
        }
        rows
    }

    /// Whether these are the rows of the backlog as it is now.
    pub(super) fn is_of(&self, backlog: &Backlog) -> bool {
        self.generation == Some(backlog.generation())
    }

    /// The row of a spot.
    pub(super) fn place(&self, spot: &Spot) -> Option<usize> {
        self.spots.iter().position(|other| other == spot)
    }

    /// The value of the setting in a row; empty where nothing is set.
    pub(super) fn value(&self, row: usize) -> &str {
        self.values.get(row).map_or("", String::as_str)
    }

    /// Whether a row is the first of its group.
    pub(super) fn begins_group(&self, row: usize) -> bool {
        let group = |row: usize| Some(self.spots.get(row)?.setting.group());
        row.checked_sub(1).and_then(group) != group(row)
    }

    /// How many groups there are.
    pub(super) fn groups(&self) -> usize {
        (0..self.spots.len())
            .filter(|row| self.begins_group(*row))
            .count()
    }
}

/// Whether the entries of a setting are rows of their own.
pub(super) const fn unfolds(setting: Setting) -> bool {
    matches!(setting.shape(), Shape::Names | Shape::Lines | Shape::Proses)
}

fn counted(setting: Setting, entries: usize) -> String {
    let what = match setting.shape() {
        Shape::Names => ("name", "names"),
        Shape::Proses => ("criterion", "criteria"),
        _ => ("line", "lines"),
    };
    let what = if entries == 1 { what.0 } else { what.1 };
    format!("{entries} {what}")
}
