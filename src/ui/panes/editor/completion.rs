//! The suggestions under the field with the cursor: personas, labels and epics in use, the stories that may be waited
//! for, and the words that go on a scenario.

use std::ops::Range;

use super::field::{Field, Group};
use crate::model::Backlog;
use crate::ui::suggest::{self, Suggestion};

/// The suggestions for the field with the cursor.
#[derive(Debug, Default)]
pub(super) struct Completion {
    /// What is in use, the likeliest first; looked up once when the field is entered.
    words: Vec<String>,
    offered: Vec<Suggestion>,
    picked: Option<usize>,
}

impl Completion {
    /// Begins anew for the field that has got the cursor.
    pub(super) fn enter(&mut self, field: &Field, backlog: &Backlog) {
        let words = match field.group {
            Group::Persona => backlog.personas(),
            Group::Labels => backlog.labels(),
            Group::Epic => backlog.epics(),
            _ => Vec::new(),
        };
        self.words = words.iter().map(ToString::to_string).collect();
        self.refresh(field, backlog);
    }

    /// Looks again after the text has changed.
    pub(super) fn refresh(&mut self, field: &Field, backlog: &Backlog) {
        self.picked = None;
        let text = field.text();
        let word = text.get(current_word(field)).unwrap_or_default();
        let taken: Vec<&str> = if field.group.takes_commas() {
            suggest::listed(text).collect()
        } else {
            vec![text.trim()]
        };
        self.offered = match field.group {
            Group::Blockers => suggest::stories(word, &taken, false, backlog),
            Group::Criteria => suggest::steps(text, field.area.cursor()),
            _ => suggest::words(&self.words, word, &taken),
        };
    }

    pub(super) fn offered(&self) -> &[Suggestion] {
        &self.offered
    }

    /// The suggestion the keys are on, if they are on one.
    pub(super) const fn picked(&self) -> Option<usize> {
        self.picked
    }

    /// Goes on to the next suggestion; answers whether there was one.
    pub(super) fn down(&mut self) -> bool {
        let next = self.picked.map_or(0, |at| at + 1);
        let there_is = next < self.offered.len();
        if there_is {
            self.picked = Some(next);
        }
        there_is
    }

    /// Goes back to the suggestion before, or to the text.
    pub(super) fn up(&mut self) {
        self.picked = self.picked.and_then(|at| at.checked_sub(1));
    }

    /// Gives the keys back to the text.
    pub(super) fn close(&mut self) {
        self.picked = None;
    }

    /// Fills a suggestion in.
    pub(super) fn take(&mut self, at: usize, field: &mut Field, backlog: &Backlog) {
        let Some(suggestion) = self.offered.get(at) else {
            return;
        };
        let range = current_word(field);
        let gap = match field.group {
            Group::Criteria => " ",
            group if group.takes_commas() => suggest::gap_after(field.text(), &range),
            _ => "",
        };
        let words = format!("{}{gap}", suggestion.words);
        field.area.replace(range, &words);
        self.refresh(field, backlog);
    }
}

/// The part of the text that a suggestion completes: all of it, the words between two commas around the cursor, or the
/// line of a criterion.
fn current_word(field: &Field) -> Range<usize> {
    let (text, cursor) = (field.text(), field.area.cursor());
    match field.group {
        Group::Criteria => suggest::line_at(text, cursor),
        group if group.takes_commas() => suggest::listed_at(text, cursor),
        _ => 0..text.len(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_field_of_one_thing_is_completed_as_a_whole() {
        let field = Field::single(Group::Persona, "guest, mostly");
        assert_eq!(current_word(&field), 0..13);
    }
}
