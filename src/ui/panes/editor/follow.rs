//! How a form follows its story, and what it keeps of a text that could not be saved.

use std::sync::Arc;

use super::field::{Field, Group};
use super::form::{Form, fields_of};
use super::value::{self, Entry};
use crate::model::{Backlog, Story};

/// What was typed into a group and could not be saved.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Kept {
    pub(super) group: Group,
    entries: Vec<Entry>,
}

impl Form {
    /// Takes in the story as it stands now: after an own commit, an undo, or another program's change. What is being
    /// typed stays, everything else follows.
    pub(super) fn follow(&mut self, story: &Arc<Story>, backlog: &Backlog) {
        for group in Group::ALL {
            if group.is_list() {
                self.follow_list(group, story);
            } else {
                self.follow_single(group, story, backlog);
            }
        }
        self.story = Arc::clone(story);
    }

    fn follow_single(&mut self, group: Group, story: &Story, backlog: &Backlog) {
        let at = self.range(group).start;
        let agrees = self.edit(group, backlog) == Ok(value::edit_of(story, group));
        let has_cursor = self.focus == at;
        let text = value::text_of(story, group, backlog);
        let Some(field) = self.fields.get_mut(at) else {
            return;
        };
        if agrees && has_cursor {
            // Saved while it is being typed in: a blank at its end may be the start of the next word.
            field.is_saved();
        } else if field.is_typed_in() && !agrees {
            field.learn(&text, true);
        } else if has_cursor {
            field.rewrite(&text);
            field.learn(&text, true);
        } else {
            field.learn(&text, false);
        }
    }

    fn follow_list(&mut self, group: Group, story: &Story) {
        let fresh = value::entries_of(story, group);
        let typed_in = self.is_typed_in(group);
        let range = self.range(group);
        let cursor = self.focus;
        let size = group.fields_of_entry();
        let within = range.contains(&cursor).then(|| cursor - range.start);
        let mut entries: Vec<Vec<Field>> = Vec::new();
        let mut fields: Vec<Field> = self.fields.drain(range.clone()).collect();
        while !fields.is_empty() {
            let rest = fields.split_off(size.min(fields.len()));
            entries.push(std::mem::replace(&mut fields, rest));
        }
        let mut list = List {
            group,
            entries,
            focus: within.map(|at| at / size),
        };
        if !list.take_as_saved(&fresh) {
            if typed_in {
                list.merge(&fresh, &value::entries_of(&self.story, group));
            } else {
                list.replace(&fresh);
            }
        }
        let focus = list.focus;
        let count = list.entries.len() * size;
        let fields: Vec<Field> = list.entries.into_iter().flatten().collect();
        self.fields.splice(range.start..range.start, fields);
        self.focus = match (focus, within) {
            (Some(entry), Some(within)) => range.start + entry * size + within % size,
            _ if cursor >= range.end => cursor - range.len() + count,
            _ => cursor,
        };
        self.offer_blanks();
    }

    /// What is typed into the group with the cursor and not in the story; `None` where there is nothing to lose.
    pub(super) fn keep(&self) -> Option<Kept> {
        let group = self.group();
        let fields = self.fields_in(group);
        if !self.is_typed_in(group) || fields.iter().all(Field::is_blank) {
            return None;
        }
        let entries = fields
            .chunks(group.fields_of_entry())
            .filter(|entry| !entry.iter().all(Field::is_blank));
        let entries = entries.map(|fields| Entry {
            id: fields
                .first()
                .map(|field| field.id.clone())
                .unwrap_or_default(),
            texts: fields.iter().map(|field| field.text().to_owned()).collect(),
        });
        Some(Kept {
            group,
            entries: entries.collect(),
        })
    }

    /// Puts a kept text back where it was typed; answers whether it still differs from the story.
    pub(super) fn give_back(&mut self, kept: &Kept) -> bool {
        let group = kept.group;
        let range = self.range(group);
        self.focus = range.start;
        if group.is_list() {
            let known = value::entries_of(&self.story, group);
            let mut fields = Vec::new();
            for entry in &kept.entries {
                let base = known.iter().find(|base| base.id == entry.id);
                let mut entry_fields = base.map_or_else(
                    || {
                        let base = Entry {
                            id: String::new(),
                            texts: vec![String::new(); entry.texts.len()],
                        };
                        fields_of(group, &base)
                    },
                    |base| fields_of(group, base),
                );
                for (field, text) in entry_fields.iter_mut().zip(&entry.texts) {
                    field.write_anew(text);
                }
                fields.extend(entry_fields);
            }
            let changed = fields.iter().position(Field::is_typed_in);
            self.fields.splice(range.clone(), fields);
            self.focus = range.start + changed.unwrap_or(0);
            self.offer_blanks();
        } else if let (Some(field), Some(entry)) =
            (self.fields.get_mut(range.start), kept.entries.first())
        {
            field.write_anew(entry.texts.first().map_or("", String::as_str));
        }
        self.is_typed_in(group)
    }
}

/// The entries of a list while it follows its story.
struct List {
    group: Group,
    entries: Vec<Vec<Field>>,
    /// The entry with the cursor.
    focus: Option<usize>,
}

impl List {
    /// After an own commit the story says what the list says: its new entries learn their ids.
    fn take_as_saved(&mut self, fresh: &[Entry]) -> bool {
        let focus = self.focus;
        let mut written: Vec<(usize, &mut Vec<Field>)> = self
            .entries
            .iter_mut()
            .enumerate()
            .filter(|(_, entry)| !is_blank(entry))
            .collect();
        let same = written.len() == fresh.len()
            && written
                .iter()
                .zip(fresh)
                .all(|((_, entry), fresh)| is_same(entry, fresh));
        if same {
            for ((index, entry), fresh) in written.iter_mut().zip(fresh) {
                for (field, text) in entry.iter_mut().zip(&fresh.texts) {
                    field.id.clone_from(&fresh.id);
                    if focus == Some(*index) {
                        field.is_saved();
                    } else {
                        field.learn(text, false);
                    }
                }
            }
        }
        same
    }

    /// Nothing is being typed into the list, so it becomes the story's; entries keep their cursors.
    fn replace(&mut self, fresh: &[Entry]) {
        let mut old = std::mem::take(&mut self.entries);
        let had_cursor = self.focus.and_then(|at| old.get(at)).map(|entry| id(entry));
        let mut focus = None;
        for entry in fresh {
            let known = old.iter().position(|known| id(known) == entry.id);
            let fields = match known {
                Some(at) => {
                    let mut fields = old.swap_remove(at);
                    learn(&mut fields, entry);
                    fields
                }
                None => fields_of(self.group, entry),
            };
            if had_cursor.as_deref() == Some(entry.id.as_str()) {
                focus = Some(self.entries.len());
            }
            self.entries.push(fields);
        }
        let blank = vec![String::new(); self.group.fields_of_entry()];
        let blank = Entry {
            id: String::new(),
            texts: blank,
        };
        self.entries.push(fields_of(self.group, &blank));
        let last = self.entries.len() - 1;
        self.focus = self.focus.map(|at| match &had_cursor {
            Some(id) if id.is_empty() => last,
            _ => focus.unwrap_or(at.min(last)),
        });
    }

    /// Something is being typed into the list: that stays, and what nobody touched here follows.
    fn merge(&mut self, fresh: &[Entry], before: &[Entry]) {
        let mut index = 0;
        while let Some(entry) = self.entries.get_mut(index) {
            let own = id(entry);
            if own.is_empty() {
                index += 1;
            } else if let Some(fresh) = fresh.iter().find(|fresh| fresh.id == own) {
                learn(entry, fresh);
                index += 1;
            } else if entry.iter().any(Field::is_typed_in) || self.focus == Some(index) {
                // Removed elsewhere while it was typed in here: it becomes a new one.
                for field in entry {
                    field.id.clear();
                    field.learn("", true);
                }
                index += 1;
            } else {
                self.entries.remove(index);
                self.focus = self.focus.map(|at| if at > index { at - 1 } else { at });
            }
        }
        for entry in fresh {
            let is_known = before.iter().any(|old| old.id == entry.id)
                || self.entries.iter().any(|own| id(own) == entry.id);
            if !is_known {
                let place = self
                    .entries
                    .iter()
                    .rposition(|own| !is_blank(own))
                    .map_or(0, |at| at + 1);
                self.entries.insert(place, fields_of(self.group, entry));
                self.focus = self.focus.map(|at| if at >= place { at + 1 } else { at });
            }
        }
    }
}

fn id(entry: &[Field]) -> String {
    entry
        .first()
        .map(|field| field.id.clone())
        .unwrap_or_default()
}

fn is_blank(entry: &[Field]) -> bool {
    entry.iter().all(Field::is_blank)
}

fn is_same(entry: &[Field], fresh: &Entry) -> bool {
    let own = id(entry);
    let texts = entry.iter().zip(&fresh.texts);
    (own.is_empty() || own == fresh.id)
        && texts
            .into_iter()
            .all(|(field, text)| value::says(field, text))
}

/// Lets the fields of an entry follow, but for those that are being typed in.
fn learn(entry: &mut [Field], fresh: &Entry) {
    for (field, text) in entry.iter_mut().zip(&fresh.texts) {
        let keep = field.is_typed_in();
        field.learn(text, keep);
    }
}
