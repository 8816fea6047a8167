//! Outcomes: what should change for users, with a measure.

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use crate::model::problem::ThreadRefusal;
use crate::model::refusal::Refusal;
use crate::model::{Extra, Line, OutcomeId, Title};

/// What should change for users; problems serve it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ProductOutcome {
    /// The same for ever, in every clone.
    pub id: OutcomeId,
    /// What people call it.
    pub title: Title,
    /// What is measured.
    #[serde(default, skip_serializing_if = "no_line")]
    pub measure: Line,
    /// The measure's value today.
    #[serde(default, skip_serializing_if = "no_line")]
    pub from: Line,
    /// The value it should have.
    #[serde(default, skip_serializing_if = "no_line")]
    pub to: Line,
    /// The day by which it should.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub by_when: Option<Date>,
    /// Fields this version does not know.
    #[serde(flatten)]
    pub extra: Extra,
}

impl ProductOutcome {
    /// An outcome with nothing but a title.
    pub fn titled(id: OutcomeId, title: Title) -> Self {
        Self {
            id,
            title,
            measure: Line::default(),
            from: Line::default(),
            to: Line::default(),
            by_when: None,
            extra: Extra::new(),
        }
    }

    /// Reads an outcome's title.
    ///
    /// # Errors
    /// An empty title and an endless one are refused.
    pub fn title(text: &str) -> Result<Title, Refusal> {
        Title::parse(text).map_err(|refusal| match refusal {
            Refusal::EmptyTitle => ThreadRefusal::NoOutcomeTitle.into(),
            other => other,
        })
    }

    /// The measure in a line: "conversion 31 % → 36 % by 2027-03-31"; empty where nothing is said of it.
    pub fn target(&self) -> String {
        self.target_with(|day| day.to_string())
    }

    /// The same with the day as a reader writes days.
    pub fn target_with(&self, day_in_words: impl FnOnce(Date) -> String) -> String {
        let mut parts: Vec<String> = Vec::new();
        if !self.measure.is_empty() {
            parts.push(self.measure.to_string());
        }
        match (self.from.is_empty(), self.to.is_empty()) {
            (false, false) => parts.push(format!("{} \u{2192} {}", self.from, self.to)),
            (false, true) => parts.push(format!("from {}", self.from)),
            (true, false) => parts.push(format!("to {}", self.to)),
            (true, true) => {}
        }
        let by_when = self.by_when.map(day_in_words);
        parts.extend(by_when.map(|day| format!("by {day}")));
        parts.join(" ")
    }
}

fn no_line(line: &Line) -> bool {
    line.is_empty()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_target_says_what_is_known_of_it() {
        let id = OutcomeId::new(uuid::Uuid::nil());
        let mut outcome = ProductOutcome::titled(id, Title::parse("Faster").unwrap());
        assert_eq!(outcome.target(), "");
        outcome.to = Line::parse("36 %");
        assert_eq!(outcome.target(), "to 36 %");
        outcome.measure = Line::parse("conversion");
        outcome.from = Line::parse("31 %");
        outcome.by_when = Some(jiff::civil::date(2027, 3, 31));
        assert_eq!(
            outcome.target(),
            "conversion 31 % \u{2192} 36 % by 2027-03-31"
        );
        let in_words = outcome.target_with(|day| day.strftime("%-d %b").to_string());
        assert!(in_words.ends_with("by 31 Mar"), "{in_words}");
    }
}
