//! What the linter has to say of a story, on its page.

use ratatui::style::Style;

use crate::language::lint::{Finding, Spot};
use crate::model::Story;
use crate::ui::findings::{lead, marks, sorted};
use crate::ui::pane::Cx;
use crate::ui::widgets::page::{Mark, Page};

/// The findings of an open story; nothing is said of what is over.
pub(super) struct Findings<'a> {
    story: &'a Story,
    found: Vec<Finding>,
    cx: &'a Cx<'a>,
}

impl<'a> Findings<'a> {
    pub(super) fn of(story: &'a Story, cx: &'a Cx<'a>) -> Self {
        let found = if story.status.is_closed() {
            Vec::new()
        } else {
            sorted(cx.findings(story))
        };
        Self { story, found, cx }
    }

    /// The words to be marked in one text of the story.
    pub(super) fn marks(&self, spot: Spot) -> Vec<Mark> {
        marks(&self.found, spot, self.story, self.cx.theme)
    }

    /// Writes them down, where there are any.
    pub(super) fn write(&self, page: &mut Page) {
        if self.found.is_empty() {
            return;
        }
        page.heading("Findings", "! mends or settles them");
        for finding in &self.found {
            let said = format!("{}: {}", finding.place(self.story), finding.why);
            page.hanging(lead(finding, self.cx.theme), &said, Style::new());
        }
    }
}
