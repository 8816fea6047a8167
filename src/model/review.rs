//! Reviews: numbered rounds with a verdict on each criterion, kept for ever.

mod failed;
mod shown;

use jiff::tz::TimeZone;
use serde::{Deserialize, Serialize};

use super::criteria::{Criterion, CriterionId};
use super::text::{Line, Prose, Reason};
use super::{Extra, Timestamp};
pub use failed::{Deleted, failed_in};
pub use shown::{End, Shown};

/// One examination of a delivered story; without an outcome while it goes on.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Round {
    /// Counts from 1.
    pub round: u32,
    /// When the round was begun, and from its end on when it ended.
    pub at: Timestamp,
    /// Who examined.
    pub by: Line,
    /// How it ended.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub outcome: Option<Outcome>,
    /// Why the story was rejected, or why it was accepted although not everything was met (a waiver).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reason: Option<Reason>,
    /// A remark on an acceptance that needed no waiver, such as "on staging".
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub note: Option<Reason>,
    /// The verdicts given so far, in the order of the criteria.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub verdicts: Vec<Judgement>,
    /// The product's definition of done, with ticks.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub done: Vec<DoneLine>,
    /// Fields this version does not know.
    #[serde(flatten)]
    pub extra: Extra,
}

/// How a round ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Outcome {
    /// The story was accepted.
    Accepted,
    /// The story was sent back.
    Rejected,
}

/// The verdict on one criterion.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Verdict {
    /// It is so.
    Met,
    /// It is not so.
    NotMet,
    /// It could not be examined.
    CannotTell,
}

/// A verdict with its words: what was judged, as it then read, and what was seen.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Judgement {
    /// The criterion's id.
    pub criterion: CriterionId,
    /// The criterion's words at the moment of the verdict.
    #[serde(default)]
    pub text: Prose,
    /// The verdict.
    pub verdict: Verdict,
    /// When it was given; a round's own time is that of its end.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub at: Option<Timestamp>,
    /// Who gave it, who need not be the one who ended the round.
    #[serde(default, skip_serializing_if = "is_nobody")]
    pub by: Line,
    /// What is missing, or another remark.
    #[serde(default, skip_serializing_if = "is_empty")]
    pub note: Prose,
    /// What was seen: words, a path, a link.
    #[serde(default, skip_serializing_if = "is_empty")]
    pub evidence: Prose,
    /// Fields this version does not know.
    #[serde(flatten)]
    pub extra: Extra,
}

/// One line of the definition of done, as it stood when the round began.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct DoneLine {
    /// What must be done.
    pub text: Line,
    /// Whether it is.
    #[serde(default)]
    pub ticked: bool,
    /// Fields this version does not know.
    #[serde(flatten)]
    pub extra: Extra,
}

impl Verdict {
    /// Every verdict, in the order of their keys.
    pub const ALL: [Self; 3] = [Self::Met, Self::NotMet, Self::CannotTell];

    /// The words for the verdict on the screen.
    pub const fn words(self) -> &'static str {
        match self {
            Self::Met => "met",
            Self::NotMet => "not met",
            Self::CannotTell => "cannot tell",
        }
    }
}

impl Outcome {
    /// The word for the outcome.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Accepted => "accepted",
            Self::Rejected => "rejected",
        }
    }
}

impl DoneLine {
    /// A line not yet ticked.
    pub fn new(text: &Line) -> Self {
        Self {
            text: text.clone(),
            ticked: false,
            extra: Extra::new(),
        }
    }
}

impl Judgement {
    /// When and by whom the verdict was given, where that was another day or another person than the round's own.
    pub fn given_apart(
        &self,
        round: &Round,
        zone: &TimeZone,
    ) -> Option<(Option<Timestamp>, &Line)> {
        let date = |at: Timestamp| zone.to_datetime(at).date();
        let is_other_day = self.at.is_some_and(|at| date(at) != date(round.at));
        let is_other_person = !self.by.is_empty() && self.by != round.by;
        (is_other_day || is_other_person).then_some((self.at, &self.by))
    }
}

impl Round {
    /// A round that begins now.
    pub fn begin(round: u32, at: Timestamp, by: Line, done: &[Line]) -> Self {
        Self {
            round,
            at,
            by,
            outcome: None,
            reason: None,
            note: None,
            verdicts: Vec::new(),
            done: done.iter().map(DoneLine::new).collect(),
            extra: Extra::new(),
        }
    }

    /// Whether the round still goes on.
    pub const fn is_open(&self) -> bool {
        self.outcome.is_none()
    }

    /// Whether the story was accepted although not everything was met.
    pub fn is_waived(&self) -> bool {
        self.outcome == Some(Outcome::Accepted) && self.reason.is_some()
    }

    /// The verdict on a criterion; one given on other words than the present ones does not count.
    pub fn verdict_on(&self, criterion: &Criterion) -> Option<&Judgement> {
        self.judgement(&criterion.id)
            .filter(|judgement| judgement.text == criterion.text)
    }

    /// What was last said on the criterion with this id, whatever its words were.
    pub fn judgement(&self, criterion: &str) -> Option<&Judgement> {
        self.verdicts
            .iter()
            .find(|judgement| judgement.criterion == criterion)
    }

    /// What was judged in this round, was not found to be met, and is no criterion of the story any more.
    ///
    /// It still counts: what was not met does not go away with the words that asked for it.
    pub fn unmet_and_removed(&self, criteria: &[Criterion]) -> impl Iterator<Item = &Judgement> {
        let is_there = |id: &CriterionId| criteria.iter().any(|criterion| criterion.id == *id);
        let gone = self.verdicts.iter();
        gone.filter(move |judgement| {
            judgement.verdict != Verdict::Met && !is_there(&judgement.criterion)
        })
    }

    /// Makes one of all verdicts on a criterion: the first one, with the words of all.
    pub fn join_verdicts(&mut self, criterion: &str) {
        let mut joined: Option<usize> = None;
        for judgement in std::mem::take(&mut self.verdicts) {
            let is_other = judgement.criterion != criterion;
            let first = joined.filter(|_| !is_other);
            if let Some(first) = first.and_then(|place| self.verdicts.get_mut(place)) {
                join_words(&mut first.note, &judgement.note);
                join_words(&mut first.evidence, &judgement.evidence);
                join_unknown(&mut first.extra, judgement.extra);
                continue;
            }
            if !is_other {
                joined = Some(self.verdicts.len());
            }
            self.verdicts.push(judgement);
        }
    }

    /// Takes in the verdicts and ticks of another state of the same round.
    pub fn absorb(&mut self, other: Self) {
        if other.at < self.at {
            // When and by whom are one statement.
            (self.at, self.by) = (other.at, other.by);
        }
        self.reason = self.reason.take().or(other.reason);
        self.note = self.note.take().or(other.note);
        self.verdicts.extend(other.verdicts);
        for line in other.done {
            match self.done.iter_mut().find(|known| known.text == line.text) {
                Some(known) => {
                    known.ticked |= line.ticked;
                    join_unknown(&mut known.extra, line.extra);
                }
                None => self.done.push(line),
            }
        }
        join_unknown(&mut self.extra, other.extra);
    }

    /// The reason for a rejection, composed from the notes on what is not met; empty without such notes.
    pub fn composed_reason(&self, criteria: &[Criterion]) -> String {
        let there = criteria
            .iter()
            .enumerate()
            .filter_map(|(index, criterion)| {
                let judgement = self.verdict_on(criterion)?;
                let wanted = judgement.verdict == Verdict::NotMet && !judgement.note.is_empty();
                let head = criterion.text.lines().next().unwrap_or_default();
                wanted.then(|| format!("{}. {head}: {}", index + 1, judgement.note))
            });
        let gone = self.unmet_and_removed(criteria).filter_map(|judgement| {
            let wanted = judgement.verdict == Verdict::NotMet && !judgement.note.is_empty();
            let head = judgement.text.lines().next().unwrap_or_default();
            wanted.then(|| format!("{head} (removed): {}", judgement.note))
        });
        let lines: Vec<String> = there.chain(gone).collect();
        lines.join("\n")
    }
}

/// Adds unknown fields to others that do not have them yet.
fn join_unknown(fields: &mut Extra, more: Extra) {
    for (field, value) in more {
        fields.entry(field).or_insert(value);
    }
}

/// Adds words to others that do not have them yet.
fn join_words(words: &mut Prose, more: &Prose) {
    if words.is_empty() {
        words.clone_from(more);
    } else if !words.contains(more.as_str()) {
        *words = Prose::parse(&format!("{words}\n{more}"));
    }
}

fn is_empty(text: &Prose) -> bool {
    text.is_empty()
}

fn is_nobody(name: &Line) -> bool {
    name.is_empty()
}
