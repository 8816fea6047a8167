//! What a forecast needs of a story, small enough to walk over a hundred thousand of them on every key.

use crate::model::{Kind, Points, Status, Story, Timestamp};

/// What a story weighs, and where it stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Load {
    /// Seconds since 1970; [`NEVER`] where the story is not accepted or nobody knows when.
    accepted: i64,
    /// Hundredths of a point; [`NONE`] without an estimate.
    hundredths: u32,
    /// What sort of work the story is.
    pub kind: Kind,
    /// Where it stands.
    pub status: Status,
}

const NEVER: i64 = i64::MIN;
const NONE: u32 = u32::MAX;

impl Load {
    pub(super) fn of(story: &Story) -> Self {
        let hundredths = story.estimate.map(Points::hundredths);
        Self {
            accepted: story.accepted_at().map_or(NEVER, Timestamp::as_second),
            hundredths: hundredths.map_or(NONE, |points| u32::try_from(points).unwrap_or(NONE - 1)),
            kind: story.kind,
            status: story.status,
        }
    }

    /// The estimate.
    pub const fn points(self) -> Option<Points> {
        match self.hundredths {
            NONE => None,
            hundredths => Some(Points::from_hundredths(hundredths as u64)),
        }
    }

    /// When the story was accepted, to the second; `None` where it is not accepted or nobody knows when.
    pub fn accepted_at(self) -> Option<Timestamp> {
        match self.accepted {
            NEVER => None,
            second => Timestamp::from_second(second).ok(),
        }
    }

    /// Whether the story is being worked on: started, delivered or rejected.
    pub const fn is_under_way(self) -> bool {
        Self::is_begun(self.status)
    }

    /// Whether a story that stands there is being worked on.
    pub const fn is_begun(status: Status) -> bool {
        matches!(
            status,
            Status::Started | Status::Delivered | Status::Rejected
        )
    }
}
