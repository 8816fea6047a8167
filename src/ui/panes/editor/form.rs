//! The form: all fields of a story in their order, and which of them has the cursor.
//!
//! Invariants: there is always a field with the cursor; each list ends with an empty entry to type a new one into;
//! every question is followed by its answer.

use std::ops::Range;
use std::sync::Arc;

use super::field::{Field, Group};
use super::value::{self, Entry};
use crate::model::{Backlog, Edit, Story};

/// A story being written.
#[derive(Debug)]
pub(super) struct Form {
    /// The story as the form has seen it last.
    pub(super) story: Arc<Story>,
    pub(super) fields: Vec<Field>,
    pub(super) focus: usize,
}

impl Form {
    /// The form of a story, the cursor at the end of its title.
    pub(super) fn new(story: &Arc<Story>, backlog: &Backlog) -> Self {
        let mut fields = Vec::new();
        for group in Group::ALL {
            if group.is_list() {
                for entry in value::entries_of(story, group) {
                    fields.extend(fields_of(group, &entry));
                }
                fields.extend(blank(group));
            } else {
                let text = value::text_of(story, group, backlog);
                fields.push(Field::single(group, &text));
            }
        }
        Self {
            story: Arc::clone(story),
            fields,
            focus: 0,
        }
    }

    /// The field with the cursor.
    pub(super) fn field(&self) -> Option<&Field> {
        self.fields.get(self.focus)
    }

    pub(super) fn field_mut(&mut self) -> Option<&mut Field> {
        self.fields.get_mut(self.focus)
    }

    /// The group of the field with the cursor.
    pub(super) fn group(&self) -> Group {
        self.field().map_or(Group::Title, |field| field.group)
    }

    /// Where the fields of a group stand.
    pub(super) fn range(&self, group: Group) -> Range<usize> {
        let start = self
            .fields
            .iter()
            .position(|field| field.group == group)
            .unwrap_or(0);
        let members = self.fields.iter().filter(|field| field.group == group);
        start..start + members.count()
    }

    pub(super) fn fields_in(&self, group: Group) -> &[Field] {
        self.fields.get(self.range(group)).unwrap_or_default()
    }

    /// Where the fields of the entry stand that this field is part of.
    pub(super) fn entry(&self, at: usize) -> Range<usize> {
        let Some(field) = self.fields.get(at) else {
            return at..at;
        };
        let start = if field.is_answer { at - 1 } else { at };
        start..start + field.group.fields_of_entry()
    }

    /// Whether nothing is written in the entry that this field is part of.
    pub(super) fn is_blank(&self, at: usize) -> bool {
        let fields = self.fields.get(self.entry(at)).unwrap_or_default();
        fields.iter().all(Field::is_blank)
    }

    /// Whether the field is out of sight: there is no answer to a question that nobody has asked yet.
    pub(super) fn is_hidden(&self, at: usize) -> bool {
        self.fields.get(at).is_some_and(|field| field.is_answer)
            && self.is_blank(at)
            && self.focus != at
    }

    /// The next field in sight.
    pub(super) fn after(&self, at: usize) -> Option<usize> {
        (at + 1..self.fields.len()).find(|next| !self.is_hidden(*next))
    }

    /// The field in sight before this one.
    pub(super) fn before(&self, at: usize) -> Option<usize> {
        (0..at).rev().find(|next| !self.is_hidden(*next))
    }

    /// Whether something stands in the group that the story does not have.
    pub(super) fn is_typed_in(&self, group: Group) -> bool {
        let fields = self.fields_in(group);
        if fields.iter().any(Field::is_typed_in) {
            return true;
        }
        // An entry moved or removed leaves no trace in the texts.
        let size = group.fields_of_entry();
        let here = fields
            .chunks(size)
            .filter(|entry| !entry.iter().all(Field::is_blank))
            .filter_map(|entry| entry.first())
            .map(|field| field.id.as_str());
        let there = value::entries_of(&self.story, group);
        group.is_list() && !here.eq(there.iter().map(|entry| entry.id.as_str()))
    }

    /// The edit that a group stands for, or why it cannot be saved.
    pub(super) fn edit(&self, group: Group, backlog: &Backlog) -> Result<Edit, String> {
        value::edit_from(self.fields_in(group), group, &self.story, backlog)
    }

    /// Keeps an empty entry at the end of each list.
    pub(super) fn offer_blanks(&mut self) {
        for group in [Group::Criteria, Group::Questions] {
            let range = self.range(group);
            if range.is_empty() || self.is_blank(range.end - 1) {
                continue;
            }
            self.fields.splice(range.end..range.end, blank(group));
            if self.focus >= range.end {
                self.focus += group.fields_of_entry();
            }
        }
    }

    /// Lets empty entries fall away, but for the one with the cursor and the last of each list.
    pub(super) fn drop_blanks(&mut self) {
        for group in [Group::Criteria, Group::Questions] {
            let size = group.fields_of_entry();
            let range = self.range(group);
            let entries = range.clone().step_by(size).rev().skip(1);
            for at in entries.collect::<Vec<_>>() {
                let entry = at..at + size;
                if self.is_blank(at) && !entry.contains(&self.focus) {
                    self.fields.drain(entry);
                    if self.focus > at {
                        self.focus -= size;
                    }
                }
            }
        }
        self.offer_blanks();
    }

    /// Puts an empty entry behind the one with the cursor; answers where.
    pub(super) fn insert_below(&mut self) -> usize {
        let at = self.entry(self.focus).end;
        self.fields.splice(at..at, blank(self.group()));
        at
    }

    /// Removes the entry with the cursor; the cursor goes to the end of the one before it, or to the next.
    pub(super) fn remove_entry(&mut self, backwards: bool) {
        let group = self.group();
        let entry = self.entry(self.focus);
        let first = self.range(group).start;
        let at = entry.start;
        self.fields.drain(entry);
        if self.range(group).is_empty() {
            self.fields.splice(at..at, blank(group));
        }
        self.offer_blanks();
        self.focus = if backwards && at > first {
            let before = at - group.fields_of_entry();
            if self.is_hidden(at - 1) {
                before
            } else {
                at - 1
            }
        } else {
            at
        };
    }

    /// Moves the entry with the cursor one place; answers why it cannot be moved.
    pub(super) fn move_entry(&mut self, up: bool) -> Result<(), &'static str> {
        let size = self.group().fields_of_entry();
        let range = self.range(self.group());
        let here = self.entry(self.focus);
        let last = range.end - size;
        if here.start == last && self.is_blank(here.start) {
            return Err("This criterion is empty. Type it first.");
        }
        let other = if up {
            here.start.checked_sub(size).filter(|at| *at >= range.start)
        } else {
            Some(here.end).filter(|at| *at < last)
        };
        let Some(other) = other else {
            return Err(if up {
                "This is the first criterion already."
            } else {
                "This is the last criterion already."
            });
        };
        for field in 0..size {
            self.fields.swap(here.start + field, other + field);
        }
        self.focus = other + (self.focus - here.start);
        Ok(())
    }

    /// How many digits the criteria's numbers have.
    pub(super) fn digits(&self) -> usize {
        self.range(Group::Criteria).len().to_string().len()
    }

    /// The place of an entry in its list, counted from 1.
    pub(super) fn number(&self, at: usize) -> usize {
        let group = self
            .fields
            .get(at)
            .map_or(Group::Title, |field| field.group);
        (at - self.range(group).start) / group.fields_of_entry() + 1
    }
}

/// The fields of an entry of a list.
pub(super) fn fields_of(group: Group, entry: &Entry) -> Vec<Field> {
    let texts = entry.texts.iter().enumerate();
    texts
        .map(|(index, text)| Field::new(group, index > 0, &entry.id, text))
        .collect()
}

/// The fields of an empty entry.
fn blank(group: Group) -> Vec<Field> {
    let entry = Entry {
        id: String::new(),
        texts: vec![String::new(); group.fields_of_entry()],
    };
    fields_of(group, &entry)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{Change, Criterion, Draft, NewStory, Place, Product, Stamp, StoryId, Title};

    /// A form of a story with these criteria.
    fn form(criteria: &[&str]) -> (Form, Backlog) {
        let mut backlog = Backlog::new(Product::new("Webshop", None).unwrap());
        let id = StoryId::new(uuid::Uuid::from_u128(1));
        let mut draft = Draft::titled(Title::parse("One").unwrap());
        draft.criteria = criteria
            .iter()
            .map(|text| Criterion::new(text).text)
            .collect();
        let place = Place::Bottom;
        let new = Change::Add(Box::new(NewStory { id, draft, place }));
        let stamp = Stamp::new("2026-11-20T09:00:00Z".parse().unwrap(), "Ana");
        backlog.apply(&new, &stamp).unwrap();
        let mut form = Form::new(backlog.story(id).unwrap(), &backlog);
        form.focus = form.range(Group::Criteria).start;
        (form, backlog)
    }

    fn texts(form: &Form) -> Vec<&str> {
        let fields = form.fields_in(Group::Criteria).iter();
        fields.map(Field::text).collect()
    }

    #[test]
    fn a_list_ends_with_an_empty_entry() {
        let (mut form, _) = form(&[]);
        assert_eq!(texts(&form), [""]);
        form.field_mut().unwrap().insert("one");
        form.offer_blanks();
        assert_eq!(texts(&form), ["one", ""]);
    }

    #[test]
    fn nothing_is_typed_in_a_fresh_form() {
        let (form, _) = form(&["one", "two"]);
        assert!(Group::ALL.iter().all(|group| !form.is_typed_in(*group)));
    }

    #[test]
    fn empty_entries_fall_away_but_not_under_the_cursor() {
        let (mut form, _) = form(&["one", "two", "three"]);
        for field in form
            .fields
            .iter_mut()
            .filter(|field| field.group == Group::Criteria)
        {
            field.write_anew("");
        }
        form.focus += 1;
        form.drop_blanks();
        assert_eq!(texts(&form), ["", ""]);
        assert_eq!(form.field().unwrap().id, "c2");
        assert!(form.is_typed_in(Group::Criteria));
    }

    #[test]
    fn a_moved_entry_takes_the_cursor_along_and_stops_at_the_ends() {
        let (mut form, _) = form(&["one", "two"]);
        assert!(form.move_entry(true).is_err());
        form.move_entry(false).unwrap();
        assert_eq!(
            (texts(&form), form.field().unwrap().text()),
            (vec!["two", "one", ""], "one")
        );
        assert!(form.is_typed_in(Group::Criteria));
        assert!(form.move_entry(false).is_err());
        form.move_entry(true).unwrap();
        assert!(!form.is_typed_in(Group::Criteria));
    }

    #[test]
    fn a_removed_entry_leaves_the_cursor_with_its_neighbour() {
        let (mut form, _) = form(&["one", "two", "three"]);
        form.focus += 1;
        form.remove_entry(true);
        assert_eq!(
            (texts(&form), form.field().unwrap().text()),
            (vec!["one", "three", ""], "one")
        );
        form.remove_entry(false);
        assert_eq!(form.field().unwrap().text(), "three");
        form.remove_entry(true);
        assert_eq!(texts(&form), [""]);
    }

    #[test]
    fn the_answer_of_a_question_that_nobody_asked_is_out_of_sight() {
        let (mut form, _) = form(&[]);
        let question = form.range(Group::Questions).start;
        assert_eq!(form.after(question), Some(question + 2));
        form.fields[question].insert("Which?");
        form.offer_blanks();
        assert_eq!(form.after(question), Some(question + 1));
        assert_eq!(form.range(Group::Questions).len(), 4);
    }

    #[test]
    fn only_what_was_typed_differs_from_the_story_in_an_edit() {
        let (mut form, backlog) = form(&["one", "two"]);
        form.field_mut().unwrap().insert("!");
        let mut expected = form.story.criteria.clone();
        expected[0].text = Criterion::new("one!").text;
        let edit = form.edit(Group::Criteria, &backlog);
        assert_eq!(edit, Ok(Edit::Criteria(expected)));
    }

    #[test]
    fn a_new_criterion_learns_its_id_from_the_saved_story() {
        let (mut form, backlog) = form(&["one"]);
        form.focus += 1;
        form.field_mut().unwrap().insert("two ");
        form.offer_blanks();
        let mut saved = Story::clone(&form.story);
        saved.criteria.push(Criterion {
            id: "c7".to_owned(),
            ..Criterion::new("two")
        });
        form.follow(&Arc::new(saved), &backlog);
        let field = form.field().unwrap();
        assert_eq!((field.id.as_str(), field.text()), ("c7", "two "));
        assert!(!form.is_typed_in(Group::Criteria));
    }

    #[test]
    fn what_is_kept_comes_back_as_typed() {
        let (mut form, backlog) = form(&["one", "two"]);
        assert_eq!(form.keep(), None);
        form.field_mut().unwrap().insert("!");
        let kept = form.keep().unwrap();
        let mut again = Form::new(&form.story, &backlog);
        assert!(again.give_back(&kept));
        assert_eq!(again.field().unwrap().text(), "one!");
        assert_eq!(
            again.edit(Group::Criteria, &backlog),
            form.edit(Group::Criteria, &backlog)
        );
    }
}
