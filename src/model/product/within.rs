//! A small number that can only be what it is allowed to be.

use std::fmt;

use serde::{Deserialize, Serialize};

use crate::model::refusal::Refusal;

/// A whole number from `LOW` to `HIGH`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "u64")]
pub struct Within<const LOW: u8, const HIGH: u8>(u8);

impl<const LOW: u8, const HIGH: u8> Within<LOW, HIGH> {
    /// The number, or the nearest one that is allowed.
    pub const fn clamped(number: u8) -> Self {
        if number < LOW {
            Self(LOW)
        } else if number > HIGH {
            Self(HIGH)
        } else {
            Self(number)
        }
    }

    /// The number.
    pub const fn get(self) -> u8 {
        self.0
    }
}

impl<const LOW: u8, const HIGH: u8> TryFrom<u64> for Within<LOW, HIGH> {
    type Error = Refusal;

    fn try_from(number: u64) -> Result<Self, Refusal> {
        u8::try_from(number)
            .ok()
            .filter(|number| (LOW..=HIGH).contains(number))
            .map(Self)
            .ok_or(Refusal::OutOfRange {
                number,
                low: LOW,
                high: HIGH,
            })
    }
}

impl<const LOW: u8, const HIGH: u8> fmt::Display for Within<LOW, HIGH> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_outside_are_refused_with_the_numbers_there_are() {
        assert_eq!(serde_json::from_str::<Within<1, 4>>("3").unwrap().get(), 3);
        for text in ["0", "5", "300"] {
            let error = serde_json::from_str::<Within<1, 4>>(text).unwrap_err();
            assert!(error.to_string().contains("1 to 4"), "{error}");
        }
        assert_eq!(Within::<1, 4>::clamped(9).get(), 4);
    }
}
