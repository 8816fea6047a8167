//! What a `field:value` word asks of a story.

use std::cmp::Ordering;

use jiff::SignedDuration;

use super::fold::fold;
use super::labels::Labels;
use crate::model::{Backlog, Kind, Points, Status, Story, Timestamp};

/// A test, or its opposite.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Term {
    pub(super) is_negated: bool,
    pub(super) test: Test,
}

/// What is asked.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Test {
    Status(Vec<Status>),
    Kind(Vec<Kind>),
    Label(Labels),
    Persona(Vec<String>),
    Epic(Vec<String>),
    Key(Vec<String>),
    /// Estimated, and so.
    Points(Compare, Points),
    /// One of these; `None` is no estimate.
    PointsAre(Vec<Option<Points>>),
    Rounds(Compare, usize),
    Problem(bool),
    BlockedBy(Vec<String>),
    Is(Is),
    Has(Has),
    Updated(Span),
    Created(Span),
}

/// A span of time: from the first moment on, up to but without the second.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Span(Timestamp, Option<Timestamp>);

/// How two values are to stand to each other.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Compare {
    Less,
    AtMost,
    Is,
    AtLeast,
    More,
}

/// What a story is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Is {
    Blocked,
    Blocking,
    Misplaced,
    Ready,
    Waived,
    RejectedBefore,
}

/// What a story has.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Has {
    Questions,
    Criteria,
    Notes,
    Comments,
    Reviews,
    Estimate,
    Benefit,
}

impl Is {
    pub(super) const WORDS: &[(&str, Self)] = &[
        ("blocked", Self::Blocked),
        ("blocking", Self::Blocking),
        ("misplaced", Self::Misplaced),
        ("ready", Self::Ready),
        ("waived", Self::Waived),
        ("rejected-before", Self::RejectedBefore),
    ];
}

impl Has {
    pub(super) const WORDS: &[(&str, Self)] = &[
        ("questions", Self::Questions),
        ("criteria", Self::Criteria),
        ("notes", Self::Notes),
        ("comments", Self::Comments),
        ("reviews", Self::Reviews),
        ("estimate", Self::Estimate),
        ("benefit", Self::Benefit),
    ];
}

impl Compare {
    fn holds<T: Ord>(self, left: &T, right: &T) -> bool {
        match (self, left.cmp(right)) {
            (Self::Less | Self::AtMost, Ordering::Less)
            | (Self::AtMost | Self::Is | Self::AtLeast, Ordering::Equal)
            | (Self::AtLeast | Self::More, Ordering::Greater) => true,
            (Self::Less | Self::AtMost | Self::Is | Self::AtLeast | Self::More, _) => false,
        }
    }
}

impl Span {
    pub(super) const fn from(moment: Timestamp) -> Self {
        Self(moment, None)
    }

    pub(super) fn after(moment: Timestamp) -> Self {
        Self(next(moment), None)
    }

    pub(super) const fn before(moment: Timestamp) -> Self {
        Self(Timestamp::MIN, Some(moment))
    }

    pub(super) fn up_to(moment: Timestamp) -> Self {
        Self(Timestamp::MIN, Some(next(moment)))
    }

    pub(super) const fn between(start: Timestamp, end: Timestamp) -> Self {
        Self(start, Some(end))
    }

    fn holds(self, moment: Timestamp) -> bool {
        moment >= self.0 && self.1.is_none_or(|end| moment < end)
    }
}

/// The moment after this one.
fn next(moment: Timestamp) -> Timestamp {
    moment
        .checked_add(SignedDuration::from_nanos(1))
        .unwrap_or(moment)
}

impl Term {
    pub(super) fn holds(&self, story: &Story, backlog: &Backlog) -> bool {
        self.test.holds(story, backlog) != self.is_negated
    }
}

impl Test {
    fn holds(&self, story: &Story, backlog: &Backlog) -> bool {
        match self {
            Self::Status(statuses) => statuses.contains(&story.status),
            Self::Kind(kinds) => kinds.contains(&story.kind),
            Self::Label(labels) => labels.hold(story),
            Self::Persona(values) => holds_text(values, &story.persona),
            Self::Epic(values) => holds_text(values, &story.epic),
            Self::Key(values) => holds_key(values, story, backlog),
            Self::PointsAre(points) => points.contains(&story.estimate),
            Self::Points(compare, points) => story
                .estimate
                .is_some_and(|estimate| compare.holds(&estimate, points)),
            Self::Rounds(compare, number) => compare.holds(&story.reviews.len(), number),
            Self::Problem(any) => story.problem.is_some() == *any,
            Self::BlockedBy(values) => {
                let blockers = story.blocked_by.iter().filter_map(|id| backlog.story(*id));
                let is_none = || values.iter().any(|value| value == "none");
                blockers
                    .clone()
                    .any(|story| holds_key(values, story, backlog))
                    || (is_none() && blockers.count() == 0)
            }
            Self::Is(is) => is.holds(story, backlog),
            Self::Has(has) => has.holds(story),
            Self::Updated(span) => span.holds(story.updated),
            Self::Created(span) => span.holds(story.created),
        }
    }
}

fn holds_key(values: &[String], story: &Story, backlog: &Backlog) -> bool {
    let key = fold(&backlog.key(story));
    values
        .iter()
        .any(|value| *value == key || *value == story.number.to_string())
}

fn holds_text(values: &[String], text: &str) -> bool {
    let text = fold(text);
    values.iter().any(|value| {
        if value == "none" {
            text.is_empty()
        } else {
            text.contains(value)
        }
    })
}

impl Is {
    fn holds(self, story: &Story, backlog: &Backlog) -> bool {
        match self {
            Self::Blocked => backlog.is_blocked(story),
            Self::Blocking => backlog.is_blocking(story),
            Self::Misplaced => backlog.is_misplaced(story),
            Self::Ready => !story.status.is_closed() && backlog.is_ready_to_agree(story).is_ok(),
            Self::RejectedBefore => story.rejections() > 0,
            Self::Waived => story.reviews.iter().any(crate::model::Round::is_waived),
        }
    }
}

impl Has {
    fn holds(self, story: &Story) -> bool {
        match self {
            Self::Questions => story.open_questions().next().is_some(),
            Self::Criteria => !story.criteria.is_empty(),
            Self::Notes => !story.notes.is_empty(),
            Self::Comments => !story.comments.is_empty(),
            Self::Reviews => !story.reviews.is_empty(),
            Self::Estimate => story.estimate.is_some(),
            Self::Benefit => !story.benefit.is_empty(),
        }
    }
}
