//! Merges two changes of one file, field by field, fields this program does not know included.
//!
//! Invariant: nothing is thrown away. What only one side changed is kept; what both sides changed
//! differently is either kept twice (list entries) or reported with both values. It must not know the model.

mod list;

use jiff::Timestamp;
use serde_json::{Map, Value};

/// A field both sides changed, differently.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FieldConflict {
    /// The field, with its way from the top: `title`, `scores.moscow`, `criteria[c1].text`.
    pub field: String,
    /// What we made of it; `None` when we emptied it.
    pub ours: Option<Value>,
    /// What the others made of it; `None` when they emptied it.
    pub theirs: Option<Value>,
}

/// Whose value stands where both sides changed the same field.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Side {
    /// The change that is being saved.
    Ours,
    /// What stands on disk.
    Theirs,
}

/// The outcome of a merge.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Merged {
    /// Both changes together; the preferred side's value stands in every contested field.
    pub value: Value,
    /// The contested fields; empty when the merge is clean.
    pub conflicts: Vec<FieldConflict>,
}

/// Merges what `ours` and `theirs` made of `base`.
pub fn merge(base: &Value, ours: &Value, theirs: &Value, prefer: Side) -> Merged {
    let mut merger = Merger {
        prefer,
        conflicts: Vec::new(),
    };
    let value = merger.field("", "", Some(base), Some(ours), Some(theirs));
    Merged {
        value: value.unwrap_or_else(|| Value::Object(Map::new())),
        conflicts: merger.conflicts,
    }
}

struct Merger {
    prefer: Side,
    conflicts: Vec<FieldConflict>,
}

impl Merger {
    /// Merges one field; `path` is its way from the top, `name` the last part of it.
    fn field(
        &mut self,
        path: &str,
        name: &str,
        base: Option<&Value>,
        ours: Option<&Value>,
        theirs: Option<&Value>,
    ) -> Option<Value> {
        if ours == theirs || theirs == base {
            return ours.cloned();
        }
        if ours == base {
            return theirs.cloned();
        }
        match name {
            // Whoever moved last knows best, and a wrong place is seen and mended with one key.
            "rank" => return ours.cloned(),
            "updated" => return later(ours, theirs).cloned(),
            // The baseline is one statement: half of one and half of another was never agreed.
            "agreed" => return self.contested(path, ours, theirs),
            // A rest of iterations that somebody ended has no first day.
            "iterations" if base.is_some() && (ours.is_none() || theirs.is_none()) => {
                return self.contested(path, ours, theirs);
            }
            _ => {}
        }
        let together = if let (Some(ours), Some(theirs)) = (fields_of(ours), fields_of(theirs)) {
            let base = fields_of(base).unwrap_or_default();
            Some(self.object(path, &base, &ours, &theirs))
        } else if let (Some(ours), Some(theirs)) = (entries_of(ours), entries_of(theirs)) {
            self.list(
                path,
                name,
                entries_of(base).unwrap_or_default(),
                ours,
                theirs,
            )
        } else {
            None
        };
        match together {
            // An empty list or object is written as no field at all, but for the scale: no field is the usual one, and an
            // empty one says that there are no estimates.
            Some(value) if is_empty(&value) && !path.is_empty() && name != "scale" => None,
            Some(value) => Some(value),
            None => self.contested(path, ours, theirs),
        }
    }

    fn object(
        &mut self,
        path: &str,
        base: &Map<String, Value>,
        ours: &Map<String, Value>,
        theirs: &Map<String, Value>,
    ) -> Value {
        let added = theirs.keys().filter(|name| !ours.contains_key(*name));
        let signs = self.signature(path, base, ours, theirs);
        let mut merged = Map::new();
        for name in ours.keys().chain(added) {
            let inner = if path.is_empty() {
                name.clone()
            } else {
                format!("{path}.{name}")
            };
            if let (Some(signs), "at" | "by") = (signs, name.as_str()) {
                merged.extend(signs.get(name).map(|value| (name.clone(), value.clone())));
                continue;
            }
            let value = self.field(
                &inner,
                name,
                base.get(name),
                ours.get(name),
                theirs.get(name),
            );
            if let Some(value) = value {
                merged.insert(name.clone(), value);
            }
        }
        Value::Object(merged)
    }

    /// Who signs a round or a verdict that two people gave: when and by whom are one statement, and the later one's,
    /// unless the two say different things; then they are those of the side that is preferred.
    fn signature<'v>(
        &self,
        path: &str,
        base: &'v Map<String, Value>,
        ours: &'v Map<String, Value>,
        theirs: &'v Map<String, Value>,
    ) -> Option<&'v Map<String, Value>> {
        if !path.starts_with("reviews[") || !ours.contains_key("at") || !theirs.contains_key("at") {
            return None;
        }
        let says = |side: &'v Map<String, Value>| (side.get("verdict"), side.get("outcome"));
        let (before, we_say, they_say) = (says(base), says(ours), says(theirs));
        let ours_signs = if we_say == they_say {
            time(ours.get("at")) >= time(theirs.get("at"))
        } else if they_say == before {
            true
        } else {
            we_say != before && self.prefer == Side::Ours
        };
        Some(if ours_signs { ours } else { theirs })
    }

    fn contested(
        &mut self,
        path: &str,
        ours: Option<&Value>,
        theirs: Option<&Value>,
    ) -> Option<Value> {
        self.conflicts.push(FieldConflict {
            field: path.to_owned(),
            ours: ours.cloned(),
            theirs: theirs.cloned(),
        });
        match self.prefer {
            Side::Ours => ours.cloned(),
            Side::Theirs => theirs.cloned(),
        }
    }
}

/// A field that is left out is an empty object, where the other side has an object.
fn fields_of(value: Option<&Value>) -> Option<Map<String, Value>> {
    match value {
        None => Some(Map::new()),
        Some(Value::Object(fields)) => Some(fields.clone()),
        Some(_) => None,
    }
}

/// A field that is left out is an empty list, where the other side has a list.
fn entries_of(value: Option<&Value>) -> Option<&[Value]> {
    match value {
        None => Some(&[]),
        Some(Value::Array(entries)) => Some(entries),
        Some(_) => None,
    }
}

fn is_empty(value: &Value) -> bool {
    match value {
        Value::Array(entries) => entries.is_empty(),
        Value::Object(fields) => fields.is_empty(),
        _ => false,
    }
}

fn later<'v>(ours: Option<&'v Value>, theirs: Option<&'v Value>) -> Option<&'v Value> {
    if time(theirs) > time(ours) {
        theirs
    } else {
        ours
    }
}

fn time(value: Option<&Value>) -> Option<Timestamp> {
    value?.as_str()?.parse().ok()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use serde_json::json;

    use super::*;

    fn clean(base: &Value, ours: &Value, theirs: &Value) -> Value {
        let merged = merge(base, ours, theirs, Side::Ours);
        assert_eq!(merged.conflicts, []);
        merged.value
    }

    #[test]
    fn a_scale_without_estimates_stays_one() {
        let scale = |points: &[u8]| json!({"scale": points});
        let merged = clean(&scale(&[1, 2, 3]), &scale(&[]), &scale(&[1, 2]));
        assert_eq!(merged, scale(&[]), "no field would be the usual scale");
    }

    #[test]
    fn two_who_say_the_same_of_a_criterion_do_not_contradict_each_other() {
        let round = |at: &str, by: &str, verdict: &str| {
            let verdict =
                json!({"criterion": "c1", "verdict": verdict, "at": at, "by": by, "note": "n"});
            json!({"reviews": [{"round": 1, "at": at, "by": by, "verdicts": [verdict]}]})
        };
        let nothing = json!({});
        let (nine, ten) = ("2026-11-20T09:00:00Z", "2026-11-20T10:00:00Z");
        let (ana, ben) = (round(nine, "Ana", "met"), round(ten, "Ben", "met"));
        assert_eq!(clean(&nothing, &ana, &ben), ben, "the later one signs");
        assert_eq!(clean(&nothing, &ben, &ana), ben);
        // One of them thought again; the other did not.
        let again = round("2026-11-20T11:00:00Z", "Ben", "not-met");
        let mut noted = ana.clone();
        noted["reviews"][0]["verdicts"][0]["note"] = json!("m");
        let merged = clean(&ana, &noted, &again);
        let verdict = &merged["reviews"][0]["verdicts"][0];
        assert_eq!(
            (&verdict["by"], &verdict["note"]),
            (&json!("Ben"), &json!("m"))
        );
        let merged = clean(&ana, &again, &noted);
        assert_eq!(merged["reviews"][0]["verdicts"][0]["by"], "Ben");
        // They disagree: whoever is preferred also signs.
        for (prefer, by, verdict) in [(Side::Ours, "Ana", "met"), (Side::Theirs, "Ben", "not-met")]
        {
            let merged = merge(&nothing, &ana, &again, prefer);
            assert_eq!(merged.conflicts.len(), 1, "{:?}", merged.conflicts);
            let given = &merged.value["reviews"][0]["verdicts"][0];
            assert_eq!(
                (&given["by"], &given["verdict"]),
                (&json!(by), &json!(verdict))
            );
        }
    }

    #[test]
    fn changes_of_different_fields_meet() {
        let base = json!({"title": "a", "estimate": 1, "custom": {"x": 1}});
        let ours = json!({"title": "b", "estimate": 1, "custom": {"x": 1, "y": 2}});
        let theirs = json!({"title": "a", "estimate": 3, "custom": {"x": 5}, "sprint": "9"});
        let both = json!({"title": "b", "estimate": 3, "custom": {"x": 5, "y": 2}, "sprint": "9"});
        assert_eq!(clean(&base, &ours, &theirs), both);
    }

    #[test]
    fn a_field_both_changed_is_reported_with_both_values() {
        let (base, ours) = (json!({"title": "a"}), json!({"title": "b"}));
        let theirs = json!({"title": "c", "notes": "n"});
        let conflict = FieldConflict {
            field: "title".to_owned(),
            ours: Some(json!("b")),
            theirs: Some(json!("c")),
        };
        for (prefer, title) in [(Side::Ours, "b"), (Side::Theirs, "c")] {
            let merged = merge(&base, &ours, &theirs, prefer);
            assert_eq!(merged.conflicts, std::slice::from_ref(&conflict));
            assert_eq!(merged.value, json!({"title": title, "notes": "n"}));
        }
    }

    #[test]
    fn an_emptied_field_against_an_edited_one_is_contested() {
        let base = json!({"notes": "a"});
        let merged = merge(&base, &json!({}), &json!({"notes": "b"}), Side::Ours);
        assert_eq!(merged.conflicts[0].field, "notes");
        assert_eq!(merged.conflicts[0].ours, None);
        assert_eq!(merged.value, json!({}));
    }

    #[test]
    fn our_rank_wins_and_the_later_update_time() {
        let base = json!({"rank": "a", "updated": "2026-11-20T09:00:00Z"});
        let ours = json!({"rank": "b", "updated": "2026-11-20T10:00:00Z"});
        let theirs = json!({"rank": "c", "updated": "2026-11-20T10:00:00.5Z"});
        let both = json!({"rank": "b", "updated": "2026-11-20T10:00:00.5Z"});
        assert_eq!(clean(&base, &ours, &theirs), both);
    }

    #[test]
    fn scores_merge_inside() {
        let base = json!({"scores": {"wsjf": {"value": 1, "risk": 1}}});
        let ours = json!({"scores": {"wsjf": {"value": 2, "risk": 1}}});
        let theirs = json!({"scores": {"moscow": "must", "wsjf": {"value": 1, "risk": 3}}});
        let both = json!({"scores": {"moscow": "must", "wsjf": {"value": 2, "risk": 3}}});
        assert_eq!(clean(&base, &ours, &theirs), both);
    }

    #[test]
    fn two_baselines_are_not_mixed() {
        let base = json!({});
        let ours = json!({"agreed": {"by": "Ana", "criteria": []}});
        let theirs = json!({"agreed": {"by": "Ben"}});
        let merged = merge(&base, &ours, &theirs, Side::Theirs);
        assert_eq!(merged.conflicts.len(), 1);
        assert_eq!(merged.value, theirs);
    }

    /// A product's file with some of its fields replaced.
    fn product(fields: Value) -> Value {
        let mut product = json!({
            "name": "Webshop", "key": "WEB", "personas": ["guest"], "done": ["Told", "Tested"],
            "ready": {"criteria": 1, "answers": true}, "scale": [1, 2, 3], "scores": ["wsjf"],
            "iterations": {"start": "2026-11-02", "weeks": 2, "counts": ["feature"], "capacity": {"12": 50}},
            "views": [{"name": "Next", "query": "is:ready", "key": "n"}],
            "templates": {"bug": {"criteria": ["It is gone"], "notes": "Steps:"}, "chore": {"notes": "Why?"}},
        });
        let (Some(all), Value::Object(fields)) = (product.as_object_mut(), fields) else {
            return Value::Null;
        };
        for (name, value) in fields {
            all.insert(name, value);
        }
        all.retain(|_, value| !value.is_null());
        product
    }

    #[test]
    fn different_settings_of_two_people_both_stay() {
        let changes = [
            json!({"name": "Shop"}),
            json!({"key": "SHP"}),
            json!({"personas": ["guest", "host"]}),
            json!({"ready": {"criteria": 2, "answers": true}}),
            json!({"done": ["Tested"]}),
            json!({"scale": [1, 2, 3, 5]}),
            json!({"scores": ["rice", "wsjf"]}),
            json!({"iterations": {"start": "2026-11-02", "weeks": 1, "counts": ["feature"], "capacity": {"12": 50}}}),
            json!({"views": []}),
            json!({"templates": {"bug": {"criteria": ["It is gone", "A test holds it"], "notes": "Steps:"}, "chore": {"notes": "Why?"}}}),
        ];
        let base = product(json!({}));
        for (place, one) in changes.iter().enumerate() {
            for other in changes.iter().skip(place + 1) {
                let mut both = product(one.clone());
                for (name, value) in other.as_object().unwrap() {
                    both[name] = value.clone();
                }
                let merged = clean(&base, &product(one.clone()), &product(other.clone()));
                assert_eq!(merged, both);
            }
        }
    }

    #[test]
    fn templates_are_merged_by_their_parts() {
        let with = |templates: Value| product(json!({ "templates": templates }));
        let base = with(json!({"bug": {"criteria": ["It is gone"], "notes": "Steps:"}}));
        let ours = with(
            json!({"bug": {"criteria": ["It is gone", "A test holds it"], "notes": "Steps:"}}),
        );
        let theirs = with(
            json!({"bug": {"criteria": ["Told", "It is gone"]}, "spike": {"notes": "By when?"}}),
        );
        let merged = clean(&base, &ours, &theirs);
        assert_eq!(
            merged["templates"],
            json!({"bug": {"criteria": ["Told", "It is gone", "A test holds it"]}, "spike": {"notes": "By when?"}})
        );
        let theirs = with(json!({"bug": {"criteria": ["It is gone"], "notes": "Seen:"}}));
        let ours = with(json!({"bug": {"criteria": ["It is gone"], "notes": "How:"}}));
        let merged = merge(&base, &ours, &theirs, Side::Theirs);
        assert_eq!(merged.conflicts.len(), 1);
        assert_eq!(merged.conflicts[0].field, "templates.bug.notes");
    }

    #[test]
    fn additions_to_one_list_of_settings_both_stay() {
        for (name, ours, theirs, both) in [
            (
                "personas",
                json!(["guest", "host"]),
                json!(["guest", "cook"]),
                json!(["guest", "cook", "host"]),
            ),
            (
                "done",
                json!(["Told", "Tested", "Shown"]),
                json!(["Sold", "Told", "Tested"]),
                json!(["Sold", "Told", "Tested", "Shown"]),
            ),
            (
                "done",
                json!(["Tested", "Told"]),
                json!(["Told"]),
                json!(["Told"]),
            ),
            (
                "scores",
                json!(["rice", "wsjf"]),
                json!(["wsjf", "moscow"]),
                json!(["rice", "wsjf", "moscow"]),
            ),
            (
                "views",
                json!([{"name": "Next", "query": "is:ready", "key": "n"}, {"name": "Mine"}]),
                json!([{"name": "Next", "query": "is:blocked", "key": "n"}, {"name": "Old"}]),
                json!([{"name": "Next", "query": "is:blocked", "key": "n"}, {"name": "Old"}, {"name": "Mine"}]),
            ),
        ] {
            let merged = clean(
                &product(json!({})),
                &product(json!({ name: ours })),
                &product(json!({ name: theirs })),
            );
            assert_eq!(merged, product(json!({ name: both })));
        }
    }

    #[test]
    fn iterations_merge_part_by_part() {
        let part = |name: &str, value: Value| {
            let mut changed = product(json!({}));
            changed["iterations"][name] = value;
            changed
        };
        let merged = clean(
            &product(json!({})),
            &part("capacity", json!({"12": 50, "13": 80})),
            &part("capacity", json!({"12": 60})),
        );
        assert_eq!(merged, part("capacity", json!({"12": 60, "13": 80})));
        let merged = clean(
            &product(json!({})),
            &part("weeks", json!(1)),
            &part("counts", json!(["feature", "bug"])),
        );
        let mut both = part("weeks", json!(1));
        both["iterations"]["counts"] = json!(["feature", "bug"]);
        assert_eq!(merged, both);
        let merged = merge(
            &product(json!({})),
            &part("weeks", json!(1)),
            &part("weeks", json!(3)),
            Side::Ours,
        );
        assert_eq!(merged.conflicts[0].field, "iterations.weeks");
    }

    #[test]
    fn iterations_ended_here_and_changed_there_are_contested_as_a_whole() {
        let ended = product(json!({"iterations": null}));
        let mut changed = product(json!({}));
        changed["iterations"]["capacity"] = json!({"12": 50, "13": 80});
        for (ours, theirs) in [(&ended, &changed), (&changed, &ended)] {
            let merged = merge(&product(json!({})), ours, theirs, Side::Theirs);
            assert_eq!(merged.conflicts.len(), 1);
            assert_eq!(merged.conflicts[0].field, "iterations");
            assert_eq!(merged.value, *theirs);
        }
    }

    #[test]
    fn the_same_view_written_twice_is_contested_in_what_differs() {
        let view = |query: &str| product(json!({"views": [{"name": "Mine", "query": query}]}));
        let base = product(json!({"views": null}));
        let merged = merge(&base, &view("label:a"), &view("label:b"), Side::Ours);
        assert_eq!(merged.conflicts[0].field, "views[Mine].query");
    }

    fn any_value() -> impl Strategy<Value = Value> {
        let leaf = prop_oneof![
            any::<bool>().prop_map(Value::from),
            (0..4u8).prop_map(Value::from),
            "[ab]{0,2}".prop_map(Value::from),
        ];
        leaf.prop_recursive(3, 24, 4, |inner| {
            prop_oneof![
                prop::collection::vec(inner.clone(), 0..4).prop_map(Value::Array),
                prop::collection::hash_map("[a-d]|id|labels|log|criteria", inner, 0..4)
                    .prop_map(|fields| Value::Object(fields.into_iter().collect())),
            ]
        })
    }

    fn any_object() -> impl Strategy<Value = Value> {
        let names = "[a-d]|rank|updated|labels|log|criteria|reviews";
        prop::collection::hash_map(names, any_value(), 0..6)
            .prop_map(|fields| Value::Object(fields.into_iter().collect()))
    }

    proptest! {
        #[test]
        fn what_one_side_left_alone_is_the_others(base in any_object(), x in any_object()) {
            prop_assert_eq!(clean(&base, &base, &x), x.clone());
            prop_assert_eq!(clean(&base, &x, &base), x.clone());
            prop_assert_eq!(clean(&base, &x, &x), x);
        }

        #[test]
        fn edits_of_different_fields_commute(base in any_object(), one in any_value(), two in any_value()) {
            let (mut ours, mut theirs) = (base.clone(), base.clone());
            ours["a"] = one;
            theirs["b"] = two;
            prop_assert_eq!(clean(&base, &ours, &theirs), clean(&base, &theirs, &ours));
        }

        #[test]
        fn a_merge_never_panics_and_the_preferred_side_is_kept(
            base in any_object(), ours in any_object(), theirs in any_object(),
        ) {
            let a = merge(&base, &ours, &theirs, Side::Ours);
            let b = merge(&base, &ours, &theirs, Side::Theirs);
            prop_assert_eq!(&a.conflicts, &b.conflicts);
            if a.conflicts.is_empty() {
                prop_assert_eq!(a.value, b.value);
            }
        }
    }
}
