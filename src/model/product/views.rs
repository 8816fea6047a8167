//! Views: saved queries with a name, and how their stories are grouped.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

use crate::model::refusal::Refusal;
use crate::model::{Extra, Line, Product, Unfit};

/// A saved look at the backlog.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct View {
    /// What people call it.
    pub name: Line,
    /// The query; empty for the whole backlog.
    #[serde(default, skip_serializing_if = "no_line")]
    pub query: Line,
    /// The key that chooses it in the menu of views.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub key: Option<char>,
    /// How its stories are grouped.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub group: Option<Grouping>,
    /// Fields this version does not know.
    #[serde(flatten)]
    pub extra: Extra,
}

impl Product {
    /// The view of this name, in whatever case.
    ///
    /// # Errors
    /// There is none; the refusal names those there are.
    pub fn view(&self, name: &str) -> Result<&View, Refusal> {
        let wanted = name.trim().to_lowercase();
        let mut views = self.views.iter();
        views
            .find(|view| view.name.to_lowercase() == wanted)
            .ok_or_else(|| {
                let names: Vec<&str> = self.views.iter().map(|view| view.name.as_str()).collect();
                Unfit::NoSuchView {
                    name: name.trim().to_owned(),
                    known: names.join(", "),
                }
                .into()
            })
    }
}

/// What stories are grouped by.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Grouping {
    /// The larger thing they are part of.
    Epic,
    /// Who wants them.
    Persona,
    /// Their first label.
    Label,
    /// The problem they are to solve.
    Problem,
    /// Where they stand.
    Status,
}

impl Grouping {
    /// Every way to group, in the order menus show them.
    pub const ALL: [Self; 5] = [
        Self::Epic,
        Self::Persona,
        Self::Label,
        Self::Problem,
        Self::Status,
    ];

    /// The word for it, as on disk and on the screen.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Epic => "epic",
            Self::Persona => "persona",
            Self::Label => "label",
            Self::Problem => "problem",
            Self::Status => "status",
        }
    }
}

impl fmt::Display for Grouping {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.word())
    }
}

impl FromStr for Grouping {
    type Err = Refusal;

    fn from_str(text: &str) -> Result<Self, Refusal> {
        let word = text.trim().to_lowercase();
        Self::ALL
            .into_iter()
            .find(|grouping| grouping.word() == word)
            .ok_or_else(|| Refusal::UnknownWord {
                what: "grouping",
                word: text.trim().to_owned(),
                known: Self::ALL.map(Self::word).join(", "),
            })
    }
}

fn no_line(line: &Line) -> bool {
    line.is_empty()
}
