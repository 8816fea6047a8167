//! Estimates.

use std::fmt;
use std::iter::Sum;
use std::ops::{Add, Sub};
use std::str::FromStr;

use serde::{Deserialize, Deserializer, Serialize, Serializer, de};

use super::refusal::Refusal;

/// Story points, exact to a hundredth, from 0 to 100,000.
///
/// Kept as whole hundredths so that sums over thousands of stories are exact and adding a story and taking it
/// away again ends at the same total.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Points(u64);

/// What is counted of stories: their points, or themselves where the team gives no estimates.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Unit {
    /// Points.
    Points,
    /// Stories, each of which counts as one.
    Stories,
}

impl Unit {
    /// The word for many.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Points => "points",
            Self::Stories => "stories",
        }
    }

    /// So many, in words: `1 point`, `3 stories`.
    pub fn count(self, amount: Points) -> String {
        let word = match self {
            Self::Points if amount == Points::whole(1) => "point",
            Self::Stories if amount == Points::whole(1) => "story",
            _ => self.word(),
        };
        format!("{amount} {word}")
    }
}

impl fmt::Display for Unit {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.word())
    }
}

impl Points {
    /// No points at all.
    pub const ZERO: Self = Self(0);
    const LARGEST: f64 = 100_000.0;

    /// Whole points.
    pub const fn whole(points: u32) -> Self {
        Self(points as u64 * 100)
    }

    /// Reads a number of points; `None` outside 0 to 100,000.
    pub fn from_number(number: f64) -> Option<Self> {
        if !(0.0..=Self::LARGEST).contains(&number) {
            return None;
        }
        #[expect(
            clippy::cast_possible_truncation,
            clippy::cast_sign_loss,
            reason = "the range was checked above"
        )]
        let hundredths = (number * 100.0).round() as u64;
        Some(Self(hundredths))
    }

    /// Whole hundredths of a point.
    pub const fn from_hundredths(hundredths: u64) -> Self {
        Self(hundredths)
    }

    /// The points in hundredths, for arithmetic that is to be exact.
    pub const fn hundredths(self) -> u64 {
        self.0
    }

    /// The points as a number, for arithmetic that needs no exactness.
    pub fn as_f64(self) -> f64 {
        #[expect(clippy::cast_precision_loss, reason = "far below 2^52 hundredths")]
        let hundredths = self.0 as f64;
        hundredths / 100.0
    }
}

impl fmt::Display for Points {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (whole, part) = (self.0 / 100, self.0 % 100);
        let text = if part == 0 {
            whole.to_string()
        } else if part.is_multiple_of(10) {
            format!("{whole}.{}", part / 10)
        } else {
            format!("{whole}.{part:02}")
        };
        f.pad(&text)
    }
}

impl FromStr for Points {
    type Err = Refusal;

    fn from_str(text: &str) -> Result<Self, Refusal> {
        let number = text.trim().replace(',', ".");
        number
            .parse()
            .ok()
            .and_then(Self::from_number)
            .ok_or_else(|| Refusal::NotAnEstimate(text.trim().to_owned()))
    }
}

impl Add for Points {
    type Output = Self;

    fn add(self, other: Self) -> Self {
        Self(self.0.saturating_add(other.0))
    }
}

impl Sub for Points {
    type Output = Self;

    fn sub(self, other: Self) -> Self {
        Self(self.0.saturating_sub(other.0))
    }
}

impl Sum for Points {
    fn sum<I: Iterator<Item = Self>>(points: I) -> Self {
        points.fold(Self::ZERO, Add::add)
    }
}

impl Serialize for Points {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        if self.0.is_multiple_of(100) {
            serializer.serialize_u64(self.0 / 100)
        } else {
            serializer.serialize_f64(self.as_f64())
        }
    }
}

impl<'de> Deserialize<'de> for Points {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let number = f64::deserialize(deserializer)?;
        Self::from_number(number)
            .ok_or_else(|| de::Error::custom(format_args!("{number} is no estimate")))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn points_print_without_needless_zeros() {
        for (text, shown) in [
            ("3", "3"),
            ("3.0", "3"),
            ("0.5", "0.5"),
            ("2,25", "2.25"),
            ("100", "100"),
        ] {
            assert_eq!(text.parse::<Points>().unwrap().to_string(), shown);
        }
    }

    #[test]
    fn what_is_no_estimate_is_refused() {
        for text in ["", "many", "-1", "NaN", "inf", "1e9"] {
            assert!(text.parse::<Points>().is_err(), "{text}");
        }
    }

    #[test]
    fn points_are_whole_numbers_on_disk_where_they_are_whole() {
        assert_eq!(serde_json::to_string(&Points::whole(3)).unwrap(), "3");
        assert_eq!(serde_json::to_string(&Points(50)).unwrap(), "0.5");
        assert_eq!(
            serde_json::from_str::<Points>("3.0").unwrap(),
            Points::whole(3)
        );
    }
}
