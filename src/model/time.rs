//! Time as the model sees it: moments that are passed in, never asked for.

pub use jiff::Timestamp;

use super::text::Line;

/// When something is done, and by whom.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Stamp {
    /// The moment, to the second: files stay short and readable.
    pub at: Timestamp,
    /// The name of the person at the keyboard.
    pub by: Line,
}

impl Stamp {
    /// Makes a stamp; fractions of a second are dropped.
    pub fn new(at: Timestamp, by: &str) -> Self {
        let at = Timestamp::from_second(at.as_second()).unwrap_or(at);
        Self {
            at,
            by: Line::parse(by),
        }
    }
}
