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
    /// The names of the rules there are; the rules themselves are the linter's, which the model does not know.
    pub const RULES: [&'static str; 23] = [
        "well-formed",
        "atomic",
        "minimal",
        "unique",
        "similar",
        "uniform",
        "undeclared-dependency",
        "many-blockers",
        "blocked-in-a-circle",
        "solution",
        "no-benefit",
        "benefit-repeats",
        "benefit-is-a-feature",
        "no-user",
        "no-estimate",
        "open-question",
        "placeholder",
        "too-large",
        "many-criteria",
        "long-title",
        "no-criteria",
        "untestable-criterion",
        "vague",
    ];

    /// Whether a rule is off.
    pub fn is_off(&self, rule: &str) -> bool {
        self.off.iter().any(|off| off.as_str() == rule)
    }

    /// Whether nothing was changed.
    pub fn is_usual(&self) -> bool {
        *self == Self::default()
    }
}
