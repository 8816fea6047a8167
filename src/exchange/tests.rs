//! Import and export as a whole: files in, backlogs out, and back.

mod corpus;
mod csv_files;
mod features;
mod laws;
mod newer;
mod scores;
mod thread;
mod updates;
mod written;

use uuid::Uuid;

use super::{Format, Imported, Plan, plan, read};
use crate::model::{Backlog, KeyPrefix, Product, Stamp, Story, StoryId, Timestamp};

/// A fixed moment.
fn now() -> Timestamp {
    "2026-11-20T09:00:00Z".parse().unwrap()
}

fn stamp() -> Stamp {
    Stamp::new(now(), "Ana")
}

fn empty() -> Backlog {
    let key = KeyPrefix::parse("WEB").unwrap();
    Backlog::new(Product::new("Webshop", Some(key)).unwrap())
}

/// Plans an import with ids that count on from the backlog's stories.
fn planned(imported: Imported, backlog: &Backlog) -> Plan {
    let mut next = u128::from(backlog.highest_number()) << 64;
    plan(imported, backlog, now(), &mut || {
        next += 1;
        StoryId::new(Uuid::from_u128(next))
    })
}

/// Imports a file as one act.
fn import(backlog: &mut Backlog, format: Format, bytes: &[u8]) -> Plan {
    let plan = planned(read(format, bytes).unwrap(), backlog);
    backlog.apply_all(&plan.changes, &stamp()).unwrap();
    plan
}

/// A backlog with what a CSV file holds.
fn from_csv(text: &str) -> Backlog {
    let mut backlog = empty();
    import(&mut backlog, Format::Csv, text.as_bytes());
    backlog
}

/// All stories, open ones first, each part in order.
fn stories(backlog: &Backlog) -> Vec<&Story> {
    let ids = backlog.open().chain(backlog.closed());
    ids.map(|id| &**backlog.story(id).unwrap()).collect()
}

fn criteria(story: &Story) -> Vec<&str> {
    story
        .criteria
        .iter()
        .map(|criterion| criterion.text.as_str())
        .collect()
}

fn counts(plan: &Plan) -> [usize; 4] {
    [
        plan.imported,
        plan.updated,
        plan.unchanged,
        plan.skipped.len(),
    ]
}
