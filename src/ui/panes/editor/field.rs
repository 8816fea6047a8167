//! The fields of the form: what each is for, and the text being written in it.

use crate::ui::widgets::text_area::TextArea;

/// What is committed as one: a field, or a whole list of them. In the order of the form.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Group {
    Title,
    Persona,
    Want,
    Benefit,
    Criteria,
    Questions,
    Notes,
    Estimate,
    Kind,
    Labels,
    Epic,
    Blockers,
}

impl Group {
    pub(super) const ALL: [Self; 12] = [
        Self::Title,
        Self::Persona,
        Self::Want,
        Self::Benefit,
        Self::Criteria,
        Self::Questions,
        Self::Notes,
        Self::Estimate,
        Self::Kind,
        Self::Labels,
        Self::Epic,
        Self::Blockers,
    ];

    /// The label beside the field, or the heading above it.
    pub(super) const fn label(self) -> &'static str {
        match self {
            Self::Title => "Title",
            Self::Persona => "As a",
            Self::Want => "I want to",
            Self::Benefit => "so that",
            Self::Criteria => "Acceptance criteria",
            Self::Questions => "Questions",
            Self::Notes => "Notes",
            Self::Estimate => "Estimate",
            Self::Kind => "Kind",
            Self::Labels => "Labels",
            Self::Epic => "Epic",
            Self::Blockers => "Blocked by",
        }
    }

    /// What the field is called in a sentence.
    pub(super) const fn words(self) -> &'static str {
        match self {
            Self::Title => "the title",
            Self::Persona => "the persona",
            Self::Want => "the want",
            Self::Benefit => "the benefit",
            Self::Criteria => "the criteria",
            Self::Questions => "the questions",
            Self::Notes => "the notes",
            Self::Estimate => "the estimate",
            Self::Kind => "the kind",
            Self::Labels => "the labels",
            Self::Epic => "the epic",
            Self::Blockers => "the blockers",
        }
    }

    /// Whether the group has a heading above it rather than a label at its left.
    pub(super) const fn has_heading(self) -> bool {
        matches!(self, Self::Criteria | Self::Questions | Self::Notes)
    }

    pub(super) const fn is_list(self) -> bool {
        matches!(self, Self::Criteria | Self::Questions)
    }

    /// How many fields an entry of the list has: a question has its answer with it.
    pub(super) const fn fields_of_entry(self) -> usize {
        match self {
            Self::Questions => 2,
            _ => 1,
        }
    }

    /// Whether its text may have several lines.
    pub(super) const fn takes_lines(self) -> bool {
        self.has_heading()
    }

    /// Whether its text is a list with commas.
    pub(super) const fn takes_commas(self) -> bool {
        matches!(self, Self::Labels | Self::Blockers)
    }
}

/// One field.
#[derive(Clone, Debug)]
pub(super) struct Field {
    pub(super) group: Group,
    /// Whether it is the answer to the question before it.
    pub(super) is_answer: bool,
    /// The id of the criterion or question; empty on a new one, and on everything else.
    pub(super) id: String,
    pub(super) area: TextArea,
    /// The text as it stands in the story, as this field would show it.
    base: String,
}

impl Field {
    pub(super) fn new(group: Group, is_answer: bool, id: &str, text: &str) -> Self {
        let area = TextArea::new(&fitting(group, text));
        Self {
            group,
            is_answer,
            id: id.to_owned(),
            base: area.text().to_owned(),
            area,
        }
    }

    pub(super) fn single(group: Group, text: &str) -> Self {
        Self::new(group, false, "", text)
    }

    pub(super) fn text(&self) -> &str {
        self.area.text()
    }

    pub(super) fn is_blank(&self) -> bool {
        self.text().trim().is_empty()
    }

    /// Whether something was typed that the story does not have.
    pub(super) fn is_typed_in(&self) -> bool {
        self.text() != self.base
    }

    /// What the story says where something else was typed.
    pub(super) fn overtaken(&self) -> Option<String> {
        self.is_typed_in().then(|| self.base.clone())
    }

    /// Types or pastes over the selection.
    pub(super) fn insert(&mut self, text: &str) -> bool {
        self.area.insert(&fitting(self.group, text))
    }

    /// Replaces the whole text as one step of the field's own undo; the cursor stays about where it was.
    pub(super) fn rewrite(&mut self, text: &str) {
        let text = fitting(self.group, text);
        if text != self.text() {
            let cursor = self.area.cursor();
            self.area.replace(0..self.text().len(), &text);
            self.area.set_cursor(cursor);
        }
    }

    /// Replaces the whole text as one step of the field's own undo, the cursor behind it.
    pub(super) fn write_anew(&mut self, text: &str) {
        let text = fitting(self.group, text);
        self.area.replace(0..self.text().len(), &text);
    }

    /// Learns what the story says now; `keep` leaves the text in the field as it is.
    pub(super) fn learn(&mut self, text: &str, keep: bool) {
        let fresh = TextArea::new(&fitting(self.group, text));
        fresh.text().clone_into(&mut self.base);
        if !keep && self.base != self.text() {
            self.area = fresh;
        }
    }

    /// Takes what stands in the field for what the story says.
    pub(super) fn is_saved(&mut self) {
        self.area.text().clone_into(&mut self.base);
    }
}

/// Text as the field can hold it: on one line where it has only one.
pub(super) fn fitting(group: Group, text: &str) -> String {
    if group.takes_lines() {
        return text.to_owned();
    }
    let text = text.replace("\r\n", "\n");
    text.trim_end_matches('\n').replace(['\n', '\r', '\t'], " ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_pasted_into_one_line_become_blanks() {
        let mut field = Field::single(Group::Title, "Pay");
        field.insert(" with\r\na card\n");
        assert_eq!(field.text(), "Pay with a card");
        assert!(field.is_typed_in());
    }

    #[test]
    fn text_that_the_screen_cannot_show_is_not_taken_for_typing() {
        let field = Field::single(Group::Title, " odd\u{7} ");
        assert!(!field.is_typed_in());
    }

    #[test]
    fn learning_follows_the_story_unless_something_was_typed() {
        let mut field = Field::single(Group::Epic, "Checkout");
        field.learn("Payment", false);
        assert_eq!(field.text(), "Payment");
        field.insert("s");
        field.learn("Cards", true);
        assert_eq!((field.text(), field.is_typed_in()), ("Payments", true));
    }
}
