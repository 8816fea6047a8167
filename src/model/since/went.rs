//! A step that a story has taken, as it is told afterwards.

use super::Group;
use crate::model::Status;

/// A step that a story has taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[expect(missing_docs, reason = "the words say it")]
pub enum Went {
    Delivered,
    DeliveredAgain,
    Rejected,
    Undelivered,
    Reopened,
    Accepted,
    Agreed,
    Unready,
    Started,
    Restarted,
    Dropped,
    Restored,
}

impl Went {
    /// The step from one status to another; `None` where the story stands where it stood.
    pub(super) const fn between(before: Status, now: Status, rejections: usize) -> Option<Self> {
        Some(match (before, now) {
            (Status::Accepted, Status::Delivered) => Self::Reopened,
            (Status::Delivered, Status::Started) => Self::Undelivered,
            (Status::Rejected, Status::Started) => Self::Restarted,
            (Status::Dropped, Status::Idea) => Self::Restored,
            (Status::Idea, Status::Idea)
            | (Status::Ready, Status::Ready)
            | (Status::Started, Status::Started)
            | (Status::Delivered, Status::Delivered)
            | (Status::Accepted, Status::Accepted)
            | (Status::Rejected, Status::Rejected)
            | (Status::Dropped, Status::Dropped) => return None,
            (_, Status::Delivered) if rejections > 0 => Self::DeliveredAgain,
            (_, Status::Delivered) => Self::Delivered,
            (_, Status::Rejected) => Self::Rejected,
            (_, Status::Accepted) => Self::Accepted,
            (_, Status::Ready) => Self::Agreed,
            (_, Status::Started) => Self::Started,
            (_, Status::Dropped) => Self::Dropped,
            (_, Status::Idea) => Self::Unready,
        })
    }

    /// The word for it.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Delivered => "delivered",
            Self::DeliveredAgain => "delivered again",
            Self::Rejected => "rejected",
            Self::Undelivered => "undelivered",
            Self::Reopened => "reopened",
            Self::Accepted => "accepted",
            Self::Agreed => "agreed",
            Self::Unready => "not ready any more",
            Self::Started => "started",
            Self::Restarted => "restarted",
            Self::Dropped => "dropped",
            Self::Restored => "restored",
        }
    }

    pub(super) const fn group(self) -> Group {
        match self {
            Self::Delivered | Self::DeliveredAgain => Group::Delivered,
            Self::Rejected | Self::Undelivered | Self::Reopened => Group::CameBack,
            Self::Accepted => Group::Accepted,
            Self::Agreed
            | Self::Unready
            | Self::Started
            | Self::Restarted
            | Self::Dropped
            | Self::Restored => Group::Changed,
        }
    }
}
