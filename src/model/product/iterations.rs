//! Iterations: how the team's time is cut, and what of its work counts.

use std::collections::BTreeMap;

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use super::Within;
use crate::model::{Extra, Kind};

/// How the team's time is cut into iterations, and how its velocity is measured.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Iterations {
    /// The first day of iteration 1; every iteration begins on the same weekday.
    pub start: Date,
    /// How long an iteration is, in weeks.
    #[serde(default = "Iterations::usual_weeks")]
    pub weeks: Within<1, 4>,
    /// Over how many completed iterations the velocity is the mean.
    #[serde(default = "Iterations::usual_window")]
    pub window: Within<1, 4>,
    /// The kinds of stories whose points count.
    #[serde(default = "Iterations::usual_kinds")]
    pub counts: Vec<Kind>,
    /// The capacity of single iterations in per cent of the usual, by number; those not named have 100.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub capacity: BTreeMap<u32, u16>,
    /// Fields this version does not know.
    #[serde(flatten)]
    pub extra: Extra,
}

impl Iterations {
    /// The usual iterations from a day on: two weeks, the velocity over three, features only.
    ///
    /// Only features carry points by default, because velocity is to predict value.
    pub fn usual(start: Date) -> Self {
        Self {
            start,
            weeks: Self::usual_weeks(),
            window: Self::usual_window(),
            counts: Self::usual_kinds(),
            capacity: BTreeMap::new(),
            extra: Extra::new(),
        }
    }

    const fn usual_weeks() -> Within<1, 4> {
        Within::clamped(2)
    }

    const fn usual_window() -> Within<1, 4> {
        Within::clamped(3)
    }

    fn usual_kinds() -> Vec<Kind> {
        vec![Kind::Feature]
    }
}
