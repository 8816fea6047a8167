//! What a `field:value` word asks of a story.

use std::cmp::Ordering;

use jiff::SignedDuration;
use jiff::civil::Date;

use super::facts::Facts;
use super::fold::fold;
use super::labels::{Known, Labels};
use crate::model::thread::is_due;
use crate::model::{Backlog, Kind, Points, Status, Story, Timestamp, Title};

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
    /// What keys become once the prefix is known.
    Number(Vec<u32>),
    /// Estimated, and so.
    Points(Compare, Points),
    /// One of these; `None` is no estimate.
    PointsAre(Vec<Option<Points>>),
    Rounds(Compare, usize),
    /// The problem's title has these words; there is none, or any.
    Problem(Vec<String>),
    /// So for the outcome that the problem serves.
    Outcome(Vec<String>),
    /// Something speaks for the story, and weighs so much.
    Impact(Compare, u32),
    /// One of these; `None` is nothing that speaks for it, not even a problem.
    ImpactIs(Vec<Option<u32>>),
    BlockedBy(Vec<String>),
    /// As of a day.
    Is(Is, Date),
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
    Orphan,
    Due,
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
    Findings,
    Defects,
}

impl Is {
    pub(super) const WORDS: &[(&str, Self)] = &[
        ("blocked", Self::Blocked),
        ("blocking", Self::Blocking),
        ("misplaced", Self::Misplaced),
        ("ready", Self::Ready),
        ("waived", Self::Waived),
        ("rejected-before", Self::RejectedBefore),
        ("orphan", Self::Orphan),
        ("due", Self::Due),
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
        ("findings", Self::Findings),
        ("defects", Self::Defects),
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
    /// The term with what it means among the labels and problems there are, and with the keys' prefix taken off, which
    /// is folded.
    pub(super) fn resolved<'a>(&self, prefix: &str, known: impl FnOnce() -> &'a Known) -> Self {
        let test = match &self.test {
            Test::Label(asked) => Test::Label(asked.resolved(known())),
            Test::Key(values) => Test::Number(numbers(values, prefix)),
            _ => return self.clone(),
        };
        Self {
            is_negated: self.is_negated,
            test,
        }
    }

    pub(super) fn holds(&self, story: &Story, facts: &Facts, backlog: &Backlog) -> bool {
        self.test.holds(story, facts, backlog) != self.is_negated
    }
}

impl Test {
    fn holds(&self, story: &Story, facts: &Facts, backlog: &Backlog) -> bool {
        match self {
            Self::Status(statuses) => statuses.contains(&facts.status),
            Self::Kind(kinds) => kinds.contains(&facts.kind),
            Self::Label(labels) => labels.hold(&story.labels),
            Self::Persona(values) => holds_text(values, &fold(&story.persona)),
            Self::Epic(values) => holds_text(values, &fold(&story.epic)),
            Self::Key(values) => holds_key(values, story, backlog),
            Self::Number(numbers) => numbers.contains(&facts.number),
            Self::PointsAre(points) => points.contains(&facts.estimate),
            Self::Points(compare, points) => facts
                .estimate
                .is_some_and(|estimate| compare.holds(&estimate, points)),
            Self::Rounds(compare, number) => compare.holds(&facts.rounds, number),
            Self::Problem(values) => {
                let title = || Some(&backlog.problem_of(story)?.title);
                is_about(values, facts.has_problem, title)
            }
            Self::Outcome(values) => {
                let outcome = || {
                    let id = backlog.problem_of(story)?.outcome?;
                    backlog.product().outcome(id)
                };
                let outcome = if facts.has_problem { outcome() } else { None };
                let title = || outcome.map(|outcome| &outcome.title);
                is_about(values, outcome.is_some(), title)
            }
            Self::Impact(compare, number) => backlog
                .impact(story)
                .is_some_and(|impact| compare.holds(&impact, number)),
            Self::ImpactIs(numbers) => numbers.contains(&backlog.impact(story)),
            Self::BlockedBy(values) => {
                let is_none = values.iter().any(|value| value == "none");
                if !facts.has_blockers {
                    return is_none;
                }
                let blockers = story.blocked_by.iter().filter_map(|id| backlog.story(*id));
                blockers
                    .clone()
                    .any(|story| holds_key(values, story, backlog))
                    || (is_none && blockers.count() == 0)
            }
            Self::Is(is, today) => is.holds(story, facts, backlog, *today),
            Self::Has(has) => has.holds(story, facts, backlog),
            Self::Updated(span) => span.holds(facts.updated),
            Self::Created(span) => span.holds(facts.created),
        }
    }
}

fn holds_key(values: &[String], story: &Story, backlog: &Backlog) -> bool {
    let key = fold(&backlog.key(story));
    values
        .iter()
        .any(|value| *value == key || *value == story.number.to_string())
}

/// The numbers that keys stand for; what is no key, or is written otherwise, is none.
fn numbers(values: &[String], prefix: &str) -> Vec<u32> {
    let number = |value: &String| {
        let rest = value.strip_prefix(prefix);
        let rest = rest.and_then(|rest| rest.strip_prefix('-'));
        let digits = rest.unwrap_or(value);
        let number: u32 = digits.parse().ok()?;
        (number.to_string() == digits).then_some(number)
    };
    values.iter().filter_map(number).collect()
}

/// Whether one of the values stands in a text that is folded; the value `none` means no text.
pub(super) fn holds_text(values: &[String], folded: &str) -> bool {
    values.iter().any(|value| {
        if value == "none" {
            folded.is_empty()
        } else {
            folded.contains(value)
        }
    })
}

/// Whether one of the values is in a title; `none` and `any` ask only whether there is one.
fn is_about<'a>(
    values: &[String],
    is_there: bool,
    title: impl FnOnce() -> Option<&'a Title>,
) -> bool {
    let asks = |word: &str| values.iter().any(|value| value == word);
    if !is_there || asks("any") {
        return is_there || asks("none");
    }
    let title = title().map(|title| fold(title));
    title.is_some_and(|title| values.iter().any(|value| title.contains(value)))
}

impl Is {
    fn holds(self, story: &Story, facts: &Facts, backlog: &Backlog, today: Date) -> bool {
        match self {
            Self::Blocked => facts.has_blockers && backlog.is_blocked(story),
            Self::Blocking => backlog.is_blocking(story),
            Self::Misplaced => facts.has_blockers && backlog.is_misplaced(story),
            Self::Ready => !facts.status.is_closed() && backlog.is_ready_to_agree(story).is_ok(),
            Self::RejectedBefore => facts.was_rejected,
            Self::Waived => facts.was_waived,
            Self::Orphan => backlog.is_orphan(story, today),
            Self::Due => is_due(story, today),
        }
    }
}

impl Has {
    fn holds(self, story: &Story, facts: &Facts, backlog: &Backlog) -> bool {
        match self {
            Self::Questions => facts.has_questions,
            Self::Criteria => facts.has_criteria,
            Self::Notes => facts.has_notes,
            Self::Comments => facts.has_comments,
            Self::Reviews => facts.rounds > 0,
            Self::Estimate => facts.estimate.is_some(),
            Self::Benefit => facts.has_benefit,
            Self::Findings => backlog.faults(story).all() > 0,
            Self::Defects => backlog.faults(story).defects > 0,
        }
    }
}
