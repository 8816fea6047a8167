//! The workflow: where a story stands and which steps lead on from there.
//!
//! [`Status::after`] is the only list of legal steps. What else a step needs (criteria, verdicts, a reason) is
//! answered by `Backlog::may` and `Backlog::apply`.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

use super::refusal::Refusal;

/// Where a story stands.
#[derive(
    Clone, Copy, Debug, Default, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize,
)]
#[serde(rename_all = "lowercase")]
pub enum Status {
    /// Written down, not yet agreed.
    #[default]
    Idea,
    /// Agreed: the team may start it.
    Ready,
    /// In work.
    Started,
    /// Done, says the team; waiting for the product owner.
    Delivered,
    /// Examined and accepted.
    Accepted,
    /// Examined and sent back.
    Rejected,
    /// Will not be done.
    Dropped,
}

/// The act that moves a story from one status to another.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Step {
    /// Idea to ready, once the definition of ready is met.
    Agree,
    /// Ready back to idea.
    Unready,
    /// Ready to started.
    Start,
    /// Started to delivered.
    Deliver,
    /// Delivered back to started, without a review.
    Undeliver,
    /// Rejected to started.
    Restart,
    /// Delivered to accepted, by a review.
    Accept,
    /// Delivered to rejected, by a review.
    Reject,
    /// To dropped, with a reason.
    Drop,
    /// Dropped back to idea.
    Restore,
    /// Accepted back to delivered, with a reason.
    Reopen,
}

impl Status {
    /// Every status, in the order of a story's life.
    pub const ALL: [Self; 7] = [
        Self::Idea,
        Self::Ready,
        Self::Started,
        Self::Delivered,
        Self::Accepted,
        Self::Rejected,
        Self::Dropped,
    ];

    /// The word for the status, as on disk and on the screen.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Idea => "idea",
            Self::Ready => "ready",
            Self::Started => "started",
            Self::Delivered => "delivered",
            Self::Accepted => "accepted",
            Self::Rejected => "rejected",
            Self::Dropped => "dropped",
        }
    }

    /// Whether the story has left the backlog.
    pub const fn is_closed(self) -> bool {
        matches!(self, Self::Accepted | Self::Dropped)
    }

    /// Where the step leads from here; `None` where there is no such step.
    pub const fn after(self, step: Step) -> Option<Self> {
        use Step::{
            Accept, Agree, Deliver, Drop, Reject, Reopen, Restart, Restore, Start, Undeliver,
            Unready,
        };
        match self {
            Self::Idea => match step {
                Agree => Some(Self::Ready),
                Drop => Some(Self::Dropped),
                Unready | Start | Deliver | Undeliver | Restart | Accept | Reject | Restore
                | Reopen => None,
            },
            Self::Ready => match step {
                Start => Some(Self::Started),
                Unready => Some(Self::Idea),
                Drop => Some(Self::Dropped),
                Agree | Deliver | Undeliver | Restart | Accept | Reject | Restore | Reopen => None,
            },
            Self::Started => match step {
                Deliver => Some(Self::Delivered),
                Drop => Some(Self::Dropped),
                Agree | Unready | Start | Undeliver | Restart | Accept | Reject | Restore
                | Reopen => None,
            },
            Self::Delivered => match step {
                Accept => Some(Self::Accepted),
                Reject => Some(Self::Rejected),
                Undeliver => Some(Self::Started),
                Agree | Unready | Start | Deliver | Restart | Drop | Restore | Reopen => None,
            },
            Self::Accepted => match step {
                Reopen => Some(Self::Delivered),
                Agree | Unready | Start | Deliver | Undeliver | Restart | Accept | Reject
                | Drop | Restore => None,
            },
            Self::Rejected => match step {
                Restart => Some(Self::Started),
                Drop => Some(Self::Dropped),
                Agree | Unready | Start | Deliver | Undeliver | Accept | Reject | Restore
                | Reopen => None,
            },
            Self::Dropped => match step {
                Restore => Some(Self::Idea),
                Agree | Unready | Start | Deliver | Undeliver | Restart | Accept | Reject
                | Drop | Reopen => None,
            },
        }
    }

    /// The steps that lead on from here.
    pub fn steps(self) -> impl Iterator<Item = Step> {
        Step::ALL
            .into_iter()
            .filter(move |&step| self.after(step).is_some())
    }

    /// The step most stories take next; an accepted story has none.
    pub const fn next_step(self) -> Option<Step> {
        match self {
            Self::Idea => Some(Step::Agree),
            Self::Ready => Some(Step::Start),
            Self::Started => Some(Step::Deliver),
            Self::Delivered => Some(Step::Accept),
            Self::Rejected => Some(Step::Restart),
            Self::Dropped => Some(Step::Restore),
            Self::Accepted => None,
        }
    }

    /// The step that goes back, where there is one.
    pub const fn step_back(self) -> Option<Step> {
        match self {
            Self::Ready => Some(Step::Unready),
            Self::Delivered => Some(Step::Undeliver),
            Self::Accepted => Some(Step::Reopen),
            Self::Idea | Self::Started | Self::Rejected | Self::Dropped => None,
        }
    }
}

impl Step {
    /// Every step, in the order of a story's life.
    pub const ALL: [Self; 11] = [
        Self::Agree,
        Self::Unready,
        Self::Start,
        Self::Deliver,
        Self::Undeliver,
        Self::Restart,
        Self::Accept,
        Self::Reject,
        Self::Drop,
        Self::Restore,
        Self::Reopen,
    ];

    /// The word for the step, as on the command line and on the screen.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Agree => "agree",
            Self::Unready => "unready",
            Self::Start => "start",
            Self::Deliver => "deliver",
            Self::Undeliver => "undeliver",
            Self::Restart => "restart",
            Self::Accept => "accept",
            Self::Reject => "reject",
            Self::Drop => "drop",
            Self::Restore => "restore",
            Self::Reopen => "reopen",
        }
    }

    /// Whether the step is only taken with a written reason.
    pub const fn needs_reason(self) -> bool {
        matches!(self, Self::Drop | Self::Reopen)
    }
}

impl fmt::Display for Status {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.word())
    }
}

impl fmt::Display for Step {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.word())
    }
}

impl FromStr for Status {
    type Err = Refusal;

    fn from_str(text: &str) -> Result<Self, Refusal> {
        let word = text.trim().to_lowercase();
        Self::ALL
            .into_iter()
            .find(|status| status.word() == word)
            .ok_or_else(|| Refusal::UnknownWord {
                what: "status",
                word: text.trim().to_owned(),
                known: Self::ALL.map(Self::word).join(", "),
            })
    }
}

impl FromStr for Step {
    type Err = Refusal;

    fn from_str(text: &str) -> Result<Self, Refusal> {
        let word = text.trim().to_lowercase();
        Self::ALL
            .into_iter()
            .find(|step| step.word() == word)
            .ok_or_else(|| Refusal::UnknownWord {
                what: "step",
                word: text.trim().to_owned(),
                known: Self::ALL.map(Self::word).join(", "),
            })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The picture of the workflow as a table: from, step, to. Every other pair is no step.
    const STEPS: [(Status, Step, Status); 14] = [
        (Status::Idea, Step::Agree, Status::Ready),
        (Status::Ready, Step::Unready, Status::Idea),
        (Status::Ready, Step::Start, Status::Started),
        (Status::Started, Step::Deliver, Status::Delivered),
        (Status::Delivered, Step::Undeliver, Status::Started),
        (Status::Delivered, Step::Accept, Status::Accepted),
        (Status::Delivered, Step::Reject, Status::Rejected),
        (Status::Rejected, Step::Restart, Status::Started),
        (Status::Accepted, Step::Reopen, Status::Delivered),
        (Status::Idea, Step::Drop, Status::Dropped),
        (Status::Ready, Step::Drop, Status::Dropped),
        (Status::Started, Step::Drop, Status::Dropped),
        (Status::Rejected, Step::Drop, Status::Dropped),
        (Status::Dropped, Step::Restore, Status::Idea),
    ];

    #[test]
    fn every_pair_of_status_and_step_is_as_the_table_says() {
        for from in Status::ALL {
            for step in Step::ALL {
                let to = STEPS
                    .iter()
                    .find(|(f, s, _)| (*f, *s) == (from, step))
                    .map(|(_, _, to)| *to);
                assert_eq!(from.after(step), to, "{from} {step}");
            }
        }
    }

    #[test]
    fn the_next_step_and_the_step_back_are_legal_steps() {
        for status in Status::ALL {
            for step in [status.next_step(), status.step_back()]
                .into_iter()
                .flatten()
            {
                assert!(status.after(step).is_some(), "{status} {step}");
            }
        }
    }

    #[test]
    fn words_are_read_back() {
        for status in Status::ALL {
            assert_eq!(status.word().parse(), Ok(status));
        }
        for step in Step::ALL {
            assert_eq!(step.word().to_uppercase().parse(), Ok(step));
        }
        assert!("finished".parse::<Status>().is_err());
    }
}
