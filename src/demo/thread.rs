//! What the example's shop wants to change, the problems of its customers, and what is learned of what was built.

use jiff::SignedDuration;
use jiff::civil::Date;
use jiff::tz::TimeZone;

use crate::model::{
    Belief, Change, Learning, Line, NewProblem, OutcomeId, ProblemEdit, ProblemId, ProductOutcome,
    Promise, Prose, Reason, Refusal, Timestamp, Title, Weight,
};

/// So many days ago the problems were written down, before the first story.
const WRITTEN: u16 = 62;

/// What should change: title, measure, from, to, and in how many days.
const OUTCOMES: [(&str, &str, &str, &str, i64); 2] = [
    (
        "More people finish their order",
        "finished orders",
        "31 %",
        "36 %",
        100,
    ),
    (
        "Fewer calls about orders",
        "calls per 100 orders",
        "9",
        "5",
        60,
    ),
];

/// A problem of the shop's customers.
struct Told {
    title: &'static str,
    who: &'static str,
    /// The place of its outcome in the list.
    outcome: usize,
    /// The titles of the stories that are to solve it.
    stories: &'static [&'static str],
    /// Days ago, kind, source, text and weight, oldest first.
    evidence: &'static [(u16, &'static str, &'static str, &'static str, u8)],
    /// Assumption, how it is tested, and what came out.
    tests: &'static [(&'static str, &'static str, &'static str)],
    /// Days ago, what is believed since, and why.
    state: Option<(u16, Belief, &'static str)>,
}

const PROBLEMS: [Told; 4] = [
    Told {
        title: "Checkout on a phone takes too long",
        who: "returning customer",
        outcome: 0,
        stories: &[
            "Keep the address of the last order",
            "Delivery costs are shown in the basket",
            "Check out as a guest",
            "Pay with a saved card",
            "See why a payment failed",
        ],
        evidence: &[
            (
                61,
                "number",
                "web statistics",
                "7 of 10 who begin to pay on a phone do not finish.",
                3,
            ),
            (
                47,
                "interview",
                "Mia",
                "She puts the phone away when the card is in another room.",
                2,
            ),
            (
                33,
                "interview",
                "Jonas",
                "He types his address into a note once and copies it each time.",
                2,
            ),
            (
                26,
                "ticket",
                "customer service",
                "Four mails in a week: the payment failed and nobody said why.",
                2,
            ),
            (
                12,
                "observation",
                "shop visit",
                "Two of three gave up at the password.",
                3,
            ),
        ],
        tests: &[(
            "People would save a card with us",
            "Ask at the end of the checkout, without saving anything yet",
            "61 of 100 said yes.",
        )],
        state: Some((
            26,
            Belief::Validated,
            "Five voices in five weeks, and the numbers agree.",
        )),
    },
    Told {
        title: "Nobody knows when the parcel comes",
        who: "gift giver",
        outcome: 1,
        stories: &[
            "See the delivery date before paying",
            "Tell customers when a parcel is late",
        ],
        evidence: &[
            (
                40,
                "number",
                "call list",
                "38 of 120 calls ask where the parcel is.",
                3,
            ),
            (
                9,
                "interview",
                "Elif",
                "She ordered the birthday present twice, to be sure.",
                2,
            ),
        ],
        tests: &[(
            "The carrier's dates are right often enough",
            "Compare a month of them with the days of delivery",
            "",
        )],
        state: None,
    },
    Told {
        title: "Sending something back is a riddle",
        who: "returning customer",
        outcome: 1,
        stories: &[
            "Return a parcel from the sofa",
            "See the whole return on one page",
        ],
        evidence: &[
            (
                50,
                "ticket",
                "customer service",
                "12 of 14 chats of the trial were about returns.",
                3,
            ),
            (
                22,
                "interview",
                "Mr Okafor",
                "He kept a broken teapot rather than call.",
                2,
            ),
        ],
        tests: &[],
        state: Some((
            29,
            Belief::Validated,
            "The trial of the chat was about little else.",
        )),
    },
    Told {
        title: "Regulars forget to order in time",
        who: "returning customer",
        outcome: 0,
        stories: &["Tea by subscription"],
        evidence: &[(
            45,
            "interview",
            "Mia",
            "She notices when the tin is empty.",
            1,
        )],
        tests: &[("They want it to come by itself", "Ask five regulars", "")],
        state: None,
    },
];

/// The stories to be looked at again: title, days ago it was planned, in how many days from today, and how.
const CHECKS: [(&str, u16, i64, &str); 2] = [
    (
        "Delivery costs are shown in the basket",
        44,
        -14,
        "How many leave at the delivery costs: 18 % before.",
    ),
    (
        "Keep the address of the last order",
        42,
        -2,
        "Seconds in the address form, in the middle: 48 before.",
    ),
];

/// A moment of the thread: so many days ago, and what was done.
pub(super) struct Moment {
    pub(super) days: u16,
    pub(super) deed: Deed,
}

/// What was done.
pub(super) enum Deed {
    /// Something about a problem.
    Change(Change),
    /// Something about the benefit of the story of a title.
    Learn(&'static str, Learning),
}

/// The problems' ids, by their place in the list.
pub(super) struct Thread {
    outcomes: Vec<OutcomeId>,
    problems: Vec<ProblemId>,
}

impl Thread {
    pub(super) fn new(mut new_id: impl FnMut() -> uuid::Uuid) -> Self {
        // Ids of one moment are in no order; sorted, they stand in that of the lists.
        let count = OUTCOMES.len() + PROBLEMS.len();
        let mut ids: Vec<uuid::Uuid> = (0..count).map(|_| new_id()).collect();
        ids.sort_unstable();
        let (outcomes, problems) = ids.split_at(OUTCOMES.len());
        Self {
            outcomes: outcomes.iter().copied().map(OutcomeId::new).collect(),
            problems: problems.iter().copied().map(ProblemId::new).collect(),
        }
    }

    /// The outcomes, for the product's settings.
    pub(super) fn outcomes(&self, now: Timestamp) -> Result<Vec<ProductOutcome>, Refusal> {
        let outcome = |(id, told): (&OutcomeId, &(&str, &str, &str, &str, i64))| {
            let (title, measure, from, to, days) = *told;
            Ok(ProductOutcome {
                measure: Line::parse(measure),
                from: Line::parse(from),
                to: Line::parse(to),
                by_when: Some(later(now, days)),
                ..ProductOutcome::titled(*id, Title::parse(title)?)
            })
        };
        self.outcomes.iter().zip(&OUTCOMES).map(outcome).collect()
    }

    /// The problem that a story is to solve.
    pub(super) fn problem_of(&self, story: &str) -> Option<ProblemId> {
        let solves = |told: &Told| told.stories.contains(&story);
        let place = PROBLEMS.iter().position(solves)?;
        self.problems.get(place).copied()
    }

    /// Everything that happened to the problems, oldest first.
    pub(super) fn moments(&self, now: Timestamp) -> Result<Vec<Moment>, Refusal> {
        let mut moments = Vec::new();
        for (id, told) in self.problems.iter().zip(&PROBLEMS) {
            let new = NewProblem {
                id: *id,
                title: Title::parse(told.title)?,
                who: Line::parse(told.who),
                outcome: self.outcomes.get(told.outcome).copied(),
            };
            moments.push(done(WRITTEN, Change::AddProblem(Box::new(new))));
            let edit = |days, edit| {
                let edit = Box::new(edit);
                done(days, Change::EditProblem { problem: *id, edit })
            };
            for (days, kind, source, text, weight) in told.evidence {
                let heard = ProblemEdit::Evidence {
                    date: later(now, -i64::from(*days)),
                    kind: Line::parse(kind),
                    source: Line::parse(source),
                    text: Prose::parse(text),
                    weight: Weight::clamped(*weight),
                };
                moments.push(edit(*days, heard));
            }
            for (assumption, how, result) in told.tests {
                let test = ProblemEdit::Test {
                    assumption: Line::parse(assumption),
                    how: Some(Prose::parse(how)),
                    result: Some(Prose::parse(result)),
                };
                let first = told.evidence.first();
                moments.push(edit(first.map_or(WRITTEN, |(days, ..)| *days), test));
            }
            if let Some((days, state, reason)) = told.state {
                let reason = Some(Reason::parse(reason)?);
                moments.push(edit(days, ProblemEdit::State { state, reason }));
            }
        }
        moments.extend(checks(now));
        // Stable: what happened on one day keeps its order.
        moments.sort_by_key(|moment| std::cmp::Reverse(moment.days));
        Ok(moments)
    }
}

/// The plans to look at stories again, and what was found of the first.
fn checks(now: Timestamp) -> Vec<Moment> {
    let plan = |(title, days, due, how): (&'static str, u16, i64, &str)| Moment {
        days,
        deed: Deed::Learn(
            title,
            Learning::Plan {
                when: Some(later(now, due)),
                how: Some(Prose::parse(how)),
            },
        ),
    };
    let found = Learning::Result {
        result: Promise::Kept,
        note: Some(Prose::parse("Mostly people who order a single tin.")),
        number: Some(Line::parse("11 %")),
    };
    let first = CHECKS.first().map(|(title, ..)| Moment {
        days: 14,
        deed: Deed::Learn(title, found),
    });
    CHECKS.into_iter().map(plan).chain(first).collect()
}

fn done(days: u16, change: Change) -> Moment {
    let deed = Deed::Change(change);
    Moment { days, deed }
}

/// The day so many days from now.
fn later(now: Timestamp, days: i64) -> Date {
    let today = TimeZone::UTC.to_datetime(now).date();
    today.saturating_add(SignedDuration::from_hours(days * 24))
}
