//! Weighs a change against what stands on disk now: write it, merge it, or ask.
//!
//! Invariant: it decides nothing that both sides changed differently.

use std::sync::Arc;

use serde_json::{Map, Value};

use super::merge::{FieldConflict, Side, merge};
use super::record::{Named, Record, from_value};
use super::told::in_words;
use crate::model::{Delta, Product, Story, Subject};

/// A story, a problem or the product that two sides changed, in a way nobody but the user can decide.
#[derive(Clone, Debug, PartialEq)]
pub struct Conflict {
    /// What both changed.
    pub subject: Subject,
    /// The contested fields; empty when one side removed what the other changed.
    pub fields: Vec<FieldConflict>,
    ours: Delta,
    theirs: Delta,
}

/// What is to be done about one record.
#[derive(Debug, PartialEq)]
enum Weighed<T> {
    /// It stands there already.
    Stands,
    /// To be written, or removed.
    Write(Option<T>),
    /// To be decided: what it would be with either side's values.
    Ask {
        fields: Vec<FieldConflict>,
        ours: Option<T>,
        theirs: Option<T>,
    },
}

/// What is to be done about one delta of an act.
#[derive(Debug, PartialEq)]
pub(super) enum Planned {
    /// Nothing: the delta is in place already.
    Stands(Delta),
    /// This delta is to be written, from what stands on disk.
    Write(Delta),
    /// The user has to decide.
    Ask(Conflict),
}

impl Conflict {
    pub(super) fn new(fields: Vec<FieldConflict>, ours: Delta, theirs: Delta) -> Self {
        Self {
            subject: ours
                .subject()
                .or_else(|| theirs.subject())
                .unwrap_or(Subject::Product),
            fields,
            ours,
            theirs,
        }
    }

    /// What saving one side's values would do: from what stands on disk to both changes together,
    /// with that side's values in the contested fields.
    pub fn kept(&self, side: Side) -> &Delta {
        match side {
            Side::Ours => &self.ours,
            Side::Theirs => &self.theirs,
        }
    }

    /// Whether the conflict is about the same as a delta.
    pub fn is_about(&self, delta: &Delta) -> bool {
        delta.subject() == Some(self.subject)
    }

    /// What it is about, in a word with its article.
    pub const fn what(&self) -> &'static str {
        match self.subject {
            Subject::Story(_) => "a story",
            Subject::Problem(_) => "a problem",
            Subject::Product => "the settings",
        }
    }

    /// Names the contested fields in a few words.
    pub fn summary(&self) -> String {
        if self.fields.is_empty() {
            return format!("{} that is gone on one side", self.what());
        }
        let fields: Vec<String> = self.fields.iter().map(|field| self.told(field)).collect();
        fields.join(", ")
    }

    /// Names one of the contested fields in words.
    pub fn told(&self, field: &FieldConflict) -> String {
        let story = [&self.ours, &self.theirs]
            .into_iter()
            .find_map(Story::after);
        in_words(&field.field, story.map(AsRef::as_ref))
    }
}

/// Weighs what we made of `base` against what stands there now.
fn weigh<T: Record>(base: Option<&T>, ours: Option<&T>, theirs: Option<&T>) -> Weighed<T> {
    if ours == theirs {
        return Weighed::Stands;
    }
    if theirs == base {
        return Weighed::Write(ours.cloned());
    }
    let ask = |fields| Weighed::Ask {
        fields,
        ours: ours.cloned(),
        theirs: theirs.cloned(),
    };
    let (Some(our), Some(their)) = (ours, theirs) else {
        return ask(Vec::new());
    };
    let (base, our, their) = (value(base), value(Some(our)), value(Some(their)));
    let merged = merge(&base, &our, &their, Side::Ours);
    let with_ours = from_value::<T>(&merged.value);
    if merged.conflicts.is_empty() {
        return match with_ours {
            Some(merged) if Some(&merged) == theirs => Weighed::Stands,
            Some(merged) => Weighed::Write(Some(merged)),
            // Each change is sound, both together are not.
            None => ask(differences(&our, &their)),
        };
    }
    let with_theirs = from_value::<T>(&merge(&base, &our, &their, Side::Theirs).value);
    Weighed::Ask {
        fields: merged.conflicts,
        ours: with_ours.or_else(|| ours.cloned()),
        theirs: with_theirs.or_else(|| theirs.cloned()),
    }
}

/// Weighs a story's or a problem's delta against what stands there now.
pub(super) fn weigh_named<T: Named>(
    base: Option<&Arc<T>>,
    ours: Option<&Arc<T>>,
    theirs: Option<&Arc<T>>,
) -> Planned {
    let delta =
        |before: Option<&Arc<T>>, after: Option<T>| T::delta(before.cloned(), after.map(Arc::new));
    let weighed = weigh(
        base.map(Arc::as_ref),
        ours.map(Arc::as_ref),
        theirs.map(Arc::as_ref),
    );
    match weighed {
        // What the act did is true; somebody was faster to write it.
        Weighed::Stands => Planned::Stands(delta(base, ours.map(|ours| T::clone(ours)))),
        Weighed::Write(after) => Planned::Write(delta(theirs, after)),
        Weighed::Ask {
            fields,
            ours,
            theirs: with_theirs,
        } => {
            let (ours, with_theirs) = (delta(theirs, ours), delta(theirs, with_theirs));
            Planned::Ask(Conflict::new(fields, ours, with_theirs))
        }
    }
}

/// Weighs the product's delta against the settings that stand there now.
pub(super) fn weigh_product(
    base: &Arc<Product>,
    ours: &Arc<Product>,
    theirs: &Arc<Product>,
) -> Planned {
    let delta = |before: &Arc<Product>, after: Option<Product>| Delta::Product {
        before: Arc::clone(before),
        after: after.map_or_else(|| Arc::clone(ours), Arc::new),
    };
    match weigh(
        Some(base.as_ref()),
        Some(ours.as_ref()),
        Some(theirs.as_ref()),
    ) {
        Weighed::Stands => Planned::Stands(delta(base, None)),
        Weighed::Write(after) => Planned::Write(delta(theirs, after)),
        Weighed::Ask {
            fields,
            ours,
            theirs: with_theirs,
        } => {
            let (ours, with_theirs) = (delta(theirs, ours), delta(theirs, with_theirs));
            Planned::Ask(Conflict::new(fields, ours, with_theirs))
        }
    }
}

fn value<T: Record>(record: Option<&T>) -> Value {
    record
        .and_then(|record| serde_json::to_value(record).ok())
        .unwrap_or_else(|| Value::Object(Map::new()))
}

fn differences(ours: &Value, theirs: &Value) -> Vec<FieldConflict> {
    let (Some(our), Some(their)) = (ours.as_object(), theirs.as_object()) else {
        return Vec::new();
    };
    let added = their.keys().filter(|name| !our.contains_key(*name));
    our.keys()
        .chain(added)
        .filter(|name| our.get(*name) != their.get(*name))
        .map(|name| FieldConflict {
            field: name.clone(),
            ours: our.get(name).cloned(),
            theirs: their.get(name).cloned(),
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::Story;
    use crate::store::record::parse;
    use std::path::Path;

    fn story(title: &str, notes: &str) -> Story {
        let text = format!(
            r#"{{"format":1,"id":"019ab3c4-7c3e-7d5a-9b1e-2f6c1d0a8e4b","number":1,"title":"{title}",
            "notes":"{notes}","rank":"a1","created":"2026-11-19T16:00:00Z","updated":"2026-11-19T16:00:00Z"}}"#
        );
        parse(Path::new("a.json"), text.as_bytes()).unwrap()
    }

    #[test]
    fn a_story_as_it_was_read_is_written_as_it_is() {
        let (base, ours) = (story("a", ""), story("b", ""));
        assert_eq!(
            weigh(Some(&base), Some(&ours), Some(&base)),
            Weighed::Write(Some(ours.clone()))
        );
        assert_eq!(weigh(Some(&base), None, Some(&base)), Weighed::Write(None));
        assert_eq!(weigh(None, Some(&ours), None), Weighed::Write(Some(ours)));
    }

    #[test]
    fn what_stands_there_already_is_not_written() {
        let (base, ours) = (story("a", ""), story("b", ""));
        assert_eq!(
            weigh(Some(&base), Some(&ours), Some(&ours)),
            Weighed::Stands
        );
        assert_eq!(weigh(Some(&base), None, None), Weighed::Stands);
    }

    #[test]
    fn changes_of_different_fields_are_written_together() {
        let (base, ours, theirs) = (story("a", ""), story("b", ""), story("a", "n"));
        let both = story("b", "n");
        assert_eq!(
            weigh(Some(&base), Some(&ours), Some(&theirs)),
            Weighed::Write(Some(both))
        );
    }

    #[test]
    fn a_removed_story_that_others_changed_is_asked_about() {
        let (base, theirs) = (story("a", ""), story("b", ""));
        let asked = weigh(Some(&base), None, Some(&theirs));
        let expected = Weighed::Ask {
            fields: vec![],
            ours: None,
            theirs: Some(theirs),
        };
        assert_eq!(asked, expected);
    }
}
