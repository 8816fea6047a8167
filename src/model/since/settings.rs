//! The settings: which of them others have changed.
//!
//! A memory keeps a fingerprint of each, by its name, so that a setting this version does not know, or the version that
//! wrote the memory did not, is no news. Saved views are left out: they are looks at the backlog, not agreements.

use std::collections::BTreeMap;

use super::compare::Comparing;
use super::doers::is_own;
use super::{About, What};
use crate::model::{Product, Setting};

/// Fingerprints of settings by their names.
pub(super) type Fingerprints = BTreeMap<String, u64>;

/// What the outcomes are called, which are no setting of the list.
const OUTCOMES: (&str, &str) = ("outcomes", "the outcomes");

/// The fingerprints of a product's settings.
pub(super) fn fingerprints(product: &Product) -> Fingerprints {
    let settings = told().map(|setting| {
        let entries = setting.entries(product);
        (setting.name().to_owned(), fingerprint(&entries))
    });
    let outcomes = (OUTCOMES.0.to_owned(), fingerprint(&outcomes(product)));
    settings.chain([outcomes]).collect()
}

/// A fingerprint as a line of the memory's file.
pub(super) fn line((name, print): (&String, &u64)) -> String {
    format!("{name} {print:x}")
}

/// A fingerprint from its line.
pub(super) fn read(line: &str) -> Option<(String, u64)> {
    let (name, print) = line.split_once(' ')?;
    Some((name.to_owned(), u64::from_str_radix(print, 16).ok()?))
}

impl Comparing<'_> {
    /// The settings that are not as they were, all in one piece of news, unless the user alone changed them.
    pub(super) fn settings(&mut self) {
        let now = fingerprints(self.present.backlog.product());
        let then = &self.memory.settings;
        let changed = |name: &str| {
            let then = then.get(name);
            then.is_some() && then != now.get(name)
        };
        let user = self.present.user;
        let (mut subjects, mut last) = (Vec::new(), None);
        let mut take = |subject, did: &dyn Fn(&Product, &Product) -> bool| {
            let acts = self.doers.of_settings().iter();
            let acts: Vec<_> = acts.filter(|deed| did(deed.before, deed.after)).collect();
            let theirs = acts.iter().rev().find(|deed| !is_own(deed.act, user));
            if acts.is_empty() || theirs.is_some() {
                last = last.max(theirs.map(|deed| (deed.act.at, &deed.act.by)));
                if !subjects.contains(&subject) {
                    subjects.push(subject);
                }
            }
        };
        for setting in told().filter(|setting| changed(setting.name())) {
            take(setting.subject(), &|before, after| {
                setting.entries(before) != setting.entries(after)
            });
        }
        if changed(OUTCOMES.0) {
            take(OUTCOMES.1, &|before, after| {
                before.outcomes != after.outcomes
            });
        }
        if !subjects.is_empty() {
            let doer = (last.map(|(at, _)| at), last.map(|(_, by)| by));
            self.tell(About::Backlog, What::Set(subjects), doer);
        }
    }
}

fn told() -> impl Iterator<Item = Setting> {
    let all = Setting::ALL.into_iter();
    all.filter(|setting| *setting != Setting::Views)
}

fn outcomes(product: &Product) -> Vec<String> {
    let outcomes = product.outcomes.iter();
    outcomes
        .map(|outcome| {
            let when = outcome.by_when.map(|day| day.to_string());
            let said = [
                &*outcome.title,
                &outcome.measure,
                &outcome.from,
                &outcome.to,
            ];
            let when = when.unwrap_or_default();
            format!("{} {} {when}", outcome.id, said.join("\n"))
        })
        .collect()
}

/// Tells texts apart, today and in years (FNV-1a).
fn fingerprint(entries: &[String]) -> u64 {
    const OFFSET: u64 = 0xcbf2_9ce4_8422_2325;
    const PRIME: u64 = 0x0000_0100_0000_01b3;
    let bytes = entries.iter().flat_map(|entry| entry.bytes().chain([0]));
    bytes.fold(OFFSET, |print, byte| {
        (print ^ u64::from(byte)).wrapping_mul(PRIME)
    })
}
