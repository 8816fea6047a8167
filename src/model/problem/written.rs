//! Evidence as other programs may write it: without the moment of writing, and without a writer.

use jiff::civil::{Date, Time};
use jiff::tz::Offset;
use serde::Deserialize;

use super::{Evidence, Weight};
use crate::model::text::{Line, Prose};
use crate::model::{Extra, Timestamp};

/// A piece of evidence as it stands in a file.
#[derive(Deserialize)]
pub(super) struct Entry {
    date: Date,
    #[serde(default)]
    kind: Line,
    #[serde(default)]
    source: Line,
    text: Prose,
    #[serde(default)]
    weight: Weight,
    at: Option<Timestamp>,
    #[serde(default)]
    by: Line,
    #[serde(flatten)]
    extra: Extra,
}

impl From<Entry> for Evidence {
    fn from(entry: Entry) -> Self {
        let begins = Offset::UTC.to_timestamp(entry.date.to_datetime(Time::midnight()));
        Self {
            date: entry.date,
            kind: entry.kind,
            source: entry.source,
            text: entry.text,
            weight: entry.weight,
            at: entry.at.or(begins.ok()).unwrap_or(Timestamp::UNIX_EPOCH),
            by: entry.by,
            extra: entry.extra,
        }
    }
}
