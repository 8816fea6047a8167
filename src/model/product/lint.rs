//! What the linter is told by a product: rules that are off, thresholds, further vague words.

use serde::{Deserialize, Serialize};

use crate::model::{Extra, Line};

/// The linter's settings.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct LintSettings {
    /// The names of the rules that are off.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub off: Vec<Line>,
    /// Words that are vague in this product, beside the usual ones.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub vague: Vec<Line>,
    /// The most criteria of a story that is small enough.
    pub criteria: usize,
    /// The most blockers of a story that is independent enough.
    pub blockers: usize,
    /// The most characters of a title.
    pub title: usize,
    /// Fields this version does not know.
    #[serde(flatten)]
    pub extra: Extra,
}

impl Default for LintSettings {
    fn default() -> Self {
        Self {
            off: Vec::new(),
            vague: Vec::new(),
            criteria: 8,
            blockers: 3,
            title: 100,
            extra: Extra::new(),
        }
    }
}

impl LintSettings {
    /// Whether a rule is off.
    pub fn is_off(&self, rule: &str) -> bool {
        self.off.iter().any(|off| off.as_str() == rule)
    }

    /// Whether nothing was changed.
    pub fn is_usual(&self) -> bool {
        *self == Self::default()
    }
}
