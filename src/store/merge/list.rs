//! Merges lists entry by entry: entries are told apart by what names them, and keep their order.
//!
//! Invariant: an entry disappears only when one side removed it and the other left it as it was.

use jiff::Timestamp;
use serde_json::Value;

use super::{Merger, time};

/// What makes two entries the same entry.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Identity {
    /// The value of this field.
    Field(&'static str),
    /// All of it: words, and lines of history that are never edited.
    Whole,
}

struct Entry {
    key: String,
    value: Value,
}

impl Merger {
    /// Merges three lists, or returns `None` when their entries cannot be told apart.
    pub(super) fn list(
        &mut self,
        path: &str,
        name: &str,
        base: &[Value],
        ours: &[Value],
        theirs: &[Value],
    ) -> Option<Value> {
        let identity = identity(name, [base, ours, theirs])?;
        let base = entries(base, identity)?;
        let theirs = entries(theirs, identity)?;
        let ours = kept_apart(name, identity, &base, entries(ours, identity)?, &theirs);
        let mut merged = Vec::new();
        for key in order(&base, &ours, &theirs) {
            let field = format!("{path}[{key}]");
            let (b, o, t) = (find(&base, &key), find(&ours, &key), find(&theirs, &key));
            merged.extend(self.entry(&field, b, o, t));
        }
        if identity == Identity::Whole {
            sort_by_time(&mut merged);
        }
        Some(Value::Array(merged))
    }

    fn entry(
        &mut self,
        field: &str,
        base: Option<&Value>,
        ours: Option<&Value>,
        theirs: Option<&Value>,
    ) -> Option<Value> {
        let (Some(_), Some(_)) = (ours, theirs) else {
            // Not `Merger::field`: there a missing object is an empty one, here it is a removed entry.
            return match (base, ours.or(theirs)) {
                (Some(base), Some(left)) if left == base => None,
                (Some(_), Some(_)) => self.contested(field, ours, theirs),
                (_, added) => added.cloned(),
            };
        };
        self.field(field, "", base, ours, theirs)
    }
}

fn identity(name: &str, lists: [&[Value]; 3]) -> Option<Identity> {
    let all = || lists.into_iter().flatten();
    if all().all(|entry| !entry.is_object() && !entry.is_array())
        || matches!(name, "log" | "comments" | "evidence")
    {
        return Some(Identity::Whole);
    }
    let named = match name {
        "reviews" => "round",
        "verdicts" => "criterion",
        "done" => "text",
        "tests" => "assumption",
        _ => "id",
    };
    [named, "name"]
        .into_iter()
        .find(|field| all().all(|entry| is_name(entry.get(field))))
        .map(Identity::Field)
}

fn is_name(value: Option<&Value>) -> bool {
    value.is_some_and(|value| value.is_string() || value.is_number())
}

/// Names the entries; `None` when two of them have the same name.
fn entries(list: &[Value], identity: Identity) -> Option<Vec<Entry>> {
    let mut entries: Vec<Entry> = Vec::with_capacity(list.len());
    for value in list {
        let key = match identity {
            Identity::Whole => value.to_string(),
            Identity::Field(field) => plain(value.get(field)?),
        };
        if find(&entries, &key).is_none() {
            entries.push(Entry {
                key,
                value: value.clone(),
            });
        } else if identity != Identity::Whole {
            return None;
        }
    }
    Some(entries)
}

fn plain(value: &Value) -> String {
    value
        .as_str()
        .map_or_else(|| value.to_string(), str::to_owned)
}

fn find<'e>(entries: &'e [Entry], key: &str) -> Option<&'e Value> {
    let found = entries.iter().find(|entry| entry.key == key);
    found.map(|entry| &entry.value)
}

/// Gives our entry a name of its own where both sides used the same name for different things.
///
/// Two people who each add a criterion both call it `c3`; two who each close round 2 both made a review.
/// Both entries stay.
fn kept_apart(
    name: &str,
    identity: Identity,
    base: &[Entry],
    ours: Vec<Entry>,
    theirs: &[Entry],
) -> Vec<Entry> {
    let Identity::Field(field) = identity else {
        return ours;
    };
    let mut used: Vec<String> = [base, &ours, theirs]
        .into_iter()
        .flatten()
        .map(|entry| entry.key.clone())
        .collect();
    let mut apart = Vec::with_capacity(ours.len());
    for mut entry in ours {
        let before = find(base, &entry.key);
        let other = find(theirs, &entry.key);
        let is_other_thing = match (name, other) {
            (_, Some(other)) if *other == entry.value => false,
            ("reviews", Some(other)) => {
                is_closed(other) && is_closed(&entry.value) && !before.is_some_and(is_closed)
            }
            ("verdicts" | "done", _) | (_, None) => false,
            (_, Some(_)) => field == "id" && before.is_none(),
        };
        if !is_other_thing {
            apart.push(entry);
            continue;
        }
        // Seen from the merge, we left the other's entry as it is and added one.
        apart.extend(other.map(|value| Entry {
            key: entry.key.clone(),
            value: value.clone(),
        }));
        let fresh = fresh_name(&entry.key, &used);
        used.push(fresh.clone());
        if let Some(slot) = entry.value.get_mut(field) {
            *slot = match slot {
                Value::Number(_) => fresh
                    .parse::<u64>()
                    .map_or_else(|_| slot.clone(), Value::from),
                _ => Value::from(fresh.clone()),
            };
        }
        entry.key = fresh;
        apart.push(entry);
    }
    apart
}

fn is_closed(review: &Value) -> bool {
    review
        .get("outcome")
        .is_some_and(|outcome| !outcome.is_null())
}

/// Counts on from the highest number in use: `c3` becomes `c4`, round 2 becomes round 3.
fn fresh_name(name: &str, used: &[String]) -> String {
    let stem = name.trim_end_matches(|c: char| c.is_ascii_digit());
    let highest = used
        .iter()
        .filter_map(|other| other.strip_prefix(stem)?.parse::<u64>().ok())
        .max();
    format!("{stem}{}", highest.unwrap_or(1).saturating_add(1))
}

/// Lists all names: in our order if we changed it, else in theirs, the other's additions after their predecessors.
fn order(base: &[Entry], ours: &[Entry], theirs: &[Entry]) -> Vec<String> {
    let shared = |of: &[Entry]| -> Vec<String> {
        of.iter()
            .map(|entry| &entry.key)
            .filter(|key| {
                [base, ours, theirs]
                    .iter()
                    .all(|list| find(list, key).is_some())
            })
            .cloned()
            .collect()
    };
    let we_reordered = shared(ours) != shared(base);
    let (spine, other) = if we_reordered {
        (ours, theirs)
    } else {
        (theirs, ours)
    };
    let mut keys: Vec<String> = spine.iter().map(|entry| entry.key.clone()).collect();
    let mut after = None;
    for entry in other {
        let place = keys.iter().position(|key| *key == entry.key);
        if place.is_some() {
            after = place;
            continue;
        }
        let mut place = after.map_or(0, |after| after + 1);
        // Behind what the spine added at the same spot: they were there first.
        while keys
            .get(place)
            .is_some_and(|key| find(other, key).is_none() && find(base, key).is_none())
        {
            place += 1;
        }
        keys.insert(place, entry.key.clone());
        after = Some(place);
    }
    keys
}

/// Lines of history stand in the order they happened.
fn sort_by_time(entries: &mut [Value]) {
    let at = |entry: &Value| -> Option<Timestamp> { time(entry.get("at")) };
    if entries.iter().all(|entry| at(entry).is_some()) {
        entries.sort_by_key(at);
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::super::{Merged, Side, merge};
    use super::*;

    #[test]
    fn evidence_of_two_people_stays_in_the_order_of_writing_and_one_assumption_is_one() {
        let heard = |text: &str, at: &str| json!({ "text": text, "at": at, "by": "Ana" });
        let (a, b) = (
            heard("a", "2026-11-01T08:00:00Z"),
            heard("b", "2026-11-01T09:00:00Z"),
        );
        let merged = clean("evidence", json!([]), json!([b]), json!([a]));
        assert_eq!(merged, json!([a, b]));
        let base = json!([{ "assumption": "They care" }]);
        let ours = json!([{ "assumption": "They care", "how": "Ask" }]);
        let theirs =
            json!([{ "assumption": "They care", "result": "3 of 5" }, { "assumption": "It pays" }]);
        let merged = clean("tests", base, ours, theirs);
        assert_eq!(
            merged,
            json!([{ "assumption": "They care", "how": "Ask", "result": "3 of 5" }, { "assumption": "It pays" }])
        );
    }

    #[test]
    fn evidence_told_anew_here_and_there_is_kept_twice_and_one_removed_is_gone() {
        let heard = |text: &str, at: &str| json!({ "text": text, "at": at, "by": "Ana" });
        let (one, two) = ("2026-11-01T08:00:00Z", "2026-11-01T09:00:00Z");
        let base = json!([heard("a", one), heard("b", two)]);
        let ours = json!([heard("a", one)]);
        let theirs = json!([heard("A", one), heard("b", two)]);
        let merged = clean("evidence", base.clone(), ours, theirs);
        assert_eq!(merged, json!([heard("A", one)]));
        let ours = json!([heard("a!", one), heard("b", two)]);
        let theirs = json!([heard("a?", one), heard("b", two)]);
        let merged = clean("evidence", base, ours, theirs);
        let texts: Vec<&Value> = merged
            .as_array()
            .unwrap()
            .iter()
            .map(|e| &e["text"])
            .collect();
        assert_eq!(texts.len(), 3, "{merged}");
        assert_eq!(texts[2], "b");
    }

    fn both(name: &str, base: Value, ours: Value, theirs: Value) -> Merged {
        let file = |list: Value| json!({ name: list });
        let merged = merge(&file(base), &file(ours), &file(theirs), Side::Ours);
        Merged {
            value: merged.value.get(name).cloned().unwrap_or(Value::Null),
            ..merged
        }
    }

    fn clean(name: &str, base: Value, ours: Value, theirs: Value) -> Value {
        let merged = both(name, base, ours, theirs);
        assert_eq!(merged.conflicts, []);
        merged.value
    }

    #[test]
    fn labels_merge_as_a_set_in_order() {
        let merged = clean(
            "labels",
            json!(["a", "b"]),
            json!(["b", "x"]),
            json!(["a", "b", "y"]),
        );
        assert_eq!(merged, json!(["b", "y", "x"]));
    }

    #[test]
    fn a_list_that_is_left_out_is_an_empty_one() {
        let merged = merge(
            &json!({}),
            &json!({"labels": ["a"]}),
            &json!({"labels": ["b"]}),
            Side::Ours,
        );
        assert_eq!(merged.value, json!({"labels": ["b", "a"]}));
        let gone = merge(
            &json!({"labels": ["a", "b"]}),
            &json!({"labels": ["a"]}),
            &json!({"labels": ["b"]}),
            Side::Ours,
        );
        assert_eq!(gone.value, json!({}));
    }

    #[test]
    fn criteria_merge_by_id_and_keep_a_new_order() {
        let c = |id: &str, text: &str| json!({"id": id, "text": text});
        let merged = clean(
            "criteria",
            json!([c("c1", "one"), c("c2", "two")]),
            json!([c("c2", "two"), c("c1", "one")]),
            json!([c("c1", "ONE"), c("c2", "two"), c("c3", "three")]),
        );
        assert_eq!(
            merged,
            json!([c("c2", "two"), c("c3", "three"), c("c1", "ONE")])
        );
    }

    #[test]
    fn two_new_criteria_of_the_same_id_both_stay() {
        let c = |id: &str, text: &str| json!({"id": id, "text": text});
        let merged = clean(
            "criteria",
            json!([c("c1", "one")]),
            json!([c("c1", "one"), c("c2", "ours")]),
            json!([c("c1", "one"), c("c2", "theirs")]),
        );
        assert_eq!(
            merged,
            json!([c("c1", "one"), c("c2", "theirs"), c("c3", "ours")])
        );
    }

    #[test]
    fn a_criterion_edited_here_and_removed_there_is_contested() {
        let merged = both(
            "criteria",
            json!([{"id": "c1", "text": "a"}]),
            json!([{"id": "c1", "text": "b"}]),
            json!([]),
        );
        assert_eq!(merged.conflicts[0].field, "criteria[c1]");
        assert_eq!(merged.conflicts[0].theirs, None);
        assert_eq!(merged.value, json!([{"id": "c1", "text": "b"}]));
    }

    #[test]
    fn a_criterion_removed_there_and_untouched_here_is_gone() {
        let base = json!([{"id": "c1", "text": "a"}, {"id": "c2", "text": "b"}]);
        let ours = json!([{"id": "c1", "text": "A"}, {"id": "c2", "text": "b"}]);
        assert_eq!(
            clean("criteria", base, ours, json!([{"id": "c1", "text": "a"}])),
            json!([{"id": "c1", "text": "A"}])
        );
    }

    #[test]
    fn the_log_keeps_both_lines_in_the_order_of_time() {
        let line = |at: &str| json!({"status": "ready", "at": at});
        let (one, two, three) = (
            line("2026-11-20T09:00:00Z"),
            line("2026-11-20T10:00:00Z"),
            line("2026-11-20T11:00:00Z"),
        );
        let merged = clean("log", json!([one]), json!([one, two]), json!([one, three]));
        assert_eq!(merged, json!([one, two, three]));
    }

    #[test]
    fn verdicts_of_one_open_round_meet() {
        let v = |c: &str, verdict: &str| json!({"criterion": c, "verdict": verdict});
        let round = |verdicts: Value| json!([{"round": 1, "verdicts": verdicts}]);
        let merged = clean(
            "reviews",
            round(json!([])),
            round(json!([v("c1", "met")])),
            round(json!([v("c2", "not-met")])),
        );
        assert_eq!(merged, round(json!([v("c2", "not-met"), v("c1", "met")])));
        let merged = both(
            "reviews",
            round(json!([])),
            round(json!([v("c1", "met")])),
            round(json!([v("c1", "not-met")])),
        );
        assert_eq!(merged.conflicts[0].field, "reviews[1].verdicts[c1].verdict");
    }

    #[test]
    fn a_round_closed_on_both_sides_becomes_two_rounds() {
        let closed = |round: u8, outcome: &str| json!({"round": round, "outcome": outcome});
        let merged = clean(
            "reviews",
            json!([{"round": 1}]),
            json!([closed(1, "accepted")]),
            json!([closed(1, "rejected")]),
        );
        assert_eq!(
            merged,
            json!([closed(1, "rejected"), closed(2, "accepted")])
        );
    }

    #[test]
    fn entries_that_cannot_be_told_apart_are_contested_as_a_whole() {
        let merged = both("custom", json!([]), json!([{"x": 1}]), json!([{"x": 2}]));
        assert_eq!(merged.conflicts[0].field, "custom");
    }
}
