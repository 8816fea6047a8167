//! Problems: needs and pains of users, found in discovery, with what speaks for them.

mod refusal;
mod written;

use std::cmp::Reverse;
use std::collections::HashSet;
use std::fmt;
use std::str::FromStr;

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use super::query::folded;
use super::refusal::Refusal;
use super::text::{Line, Prose, Reason, Title};
use super::{Extra, OutcomeId, ProblemId, Timestamp, Within};
pub use refusal::ThreadRefusal;

/// A problem, with everything that its file holds. The order of the fields is their order on disk.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Problem {
    /// The version of the file's format; see [`Problem::FORMAT`].
    pub format: u32,
    /// The same for ever, in every clone.
    pub id: ProblemId,
    /// What people call it.
    pub title: Title,
    /// Who has it, without an article.
    #[serde(default, skip_serializing_if = "no_line")]
    pub who: Line,
    /// The outcome that solving it serves.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub outcome: Option<OutcomeId>,
    /// What is believed of it.
    #[serde(default)]
    pub state: Belief,
    /// What was seen or heard of it, in the order in which it was written down.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub evidence: Vec<Evidence>,
    /// What must be true, and how that was tested.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub tests: Vec<AssumptionTest>,
    /// Every change of what is believed.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub log: Vec<BeliefEntry>,
    /// When it was written down.
    pub created: Timestamp,
    /// When it last changed.
    pub updated: Timestamp,
    /// Fields this version does not know.
    #[serde(flatten)]
    pub extra: Extra,
}

/// What is believed of a problem.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Belief {
    /// Somebody thinks so; nothing has shown it yet.
    #[default]
    Assumed,
    /// What was seen and heard bears it out.
    Validated,
    /// It turned out to be no problem.
    Refuted,
}

/// One dated thing that was seen or heard.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(from = "written::Entry")]
pub struct Evidence {
    /// The day on which it was seen or heard.
    pub date: Date,
    /// What sort of thing it is, such as one of [`Evidence::KINDS`]; any other word is fine too.
    #[serde(default, skip_serializing_if = "no_line")]
    pub kind: Line,
    /// Whose voice it is: a person, a ticket, a report.
    #[serde(default, skip_serializing_if = "no_line")]
    pub source: Line,
    /// What was seen or heard.
    pub text: Prose,
    /// How much it matters: 0 not, 1 nice to have, 2 important, 3 critical.
    #[serde(default)]
    pub weight: Weight,
    /// When it was written down.
    pub at: Timestamp,
    /// By whom.
    pub by: Line,
    /// Fields this version does not know.
    #[serde(flatten)]
    pub extra: Extra,
}

/// How much a piece of evidence matters.
pub type Weight = Within<0, 3>;

/// Something that must be true for the problem to be worth solving, and how that was tested.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct AssumptionTest {
    /// What must be true.
    pub assumption: Line,
    /// How it is tested.
    #[serde(default, skip_serializing_if = "no_prose")]
    pub how: Prose,
    /// What came out; empty as long as nobody knows.
    #[serde(default, skip_serializing_if = "no_prose")]
    pub result: Prose,
    /// Fields this version does not know.
    #[serde(flatten)]
    pub extra: Extra,
}

/// One change of what is believed.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct BeliefEntry {
    /// What is believed from then on.
    pub state: Belief,
    /// When.
    pub at: Timestamp,
    /// By whom.
    pub by: Line,
    /// Why.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reason: Option<Reason>,
    /// Fields this version does not know.
    #[serde(flatten)]
    pub extra: Extra,
}

/// A problem to be added.
#[derive(Clone, Debug, PartialEq)]
#[expect(missing_docs, reason = "the fields of a problem, documented there")]
pub struct NewProblem {
    pub id: ProblemId,
    pub title: Title,
    pub who: Line,
    pub outcome: Option<OutcomeId>,
}

/// What is to be changed of a problem.
#[derive(Clone, Debug, PartialEq)]
pub enum ProblemEdit {
    /// Another title.
    Title(Title),
    /// Who has it.
    Who(Line),
    /// The outcome it serves.
    Outcome(Option<OutcomeId>),
    /// One more thing that was seen or heard.
    Evidence {
        /// The day.
        date: Date,
        /// What sort of thing it is.
        kind: Line,
        /// Whose voice it is.
        source: Line,
        /// What was seen or heard.
        text: Prose,
        /// How much it matters.
        weight: Weight,
    },
    /// A piece of evidence as it stands, told anew; with nothing instead it is taken away.
    EvidenceAnew {
        /// The piece, as it stands.
        old: Box<Evidence>,
        /// What is to stand there instead.
        new: Option<Box<Evidence>>,
    },
    /// An assumption with its test; one of the same words is told anew.
    Test {
        /// What must be true.
        assumption: Line,
        /// How it is tested, where that is to change.
        how: Option<Prose>,
        /// What came out, where that is to change.
        result: Option<Prose>,
    },
    /// An assumption as it stands, put in other words; with nothing instead it is taken away with its test.
    TestAnew {
        /// What must be true, as it stands.
        old: Line,
        /// What must be true instead.
        new: Option<Line>,
    },
    /// What is believed from now on.
    State {
        /// The belief.
        state: Belief,
        /// Why; needed to refute.
        reason: Option<Reason>,
    },
}

impl Problem {
    /// The version of the format that this program writes; files of a newer one are left alone.
    pub const FORMAT: u32 = 1;

    /// Reads a problem's title.
    ///
    /// # Errors
    /// An empty title and an endless one are refused.
    pub fn title(text: &str) -> Result<Title, Refusal> {
        Title::parse(text).map_err(|refusal| match refusal {
            Refusal::EmptyTitle => ThreadRefusal::NoProblemTitle.into(),
            other => other,
        })
    }

    /// How much the problem matters: the sum of its evidence's weights.
    pub fn impact(&self) -> u32 {
        let weights = self.evidence.iter().map(|entry| entry.weight);
        weights.map(|weight| u32::from(weight.get())).sum()
    }

    /// How many different voices speak of it; what nobody is named for counts as one voice together.
    pub fn voices(&self) -> usize {
        let sources = self
            .evidence
            .iter()
            .map(|entry| entry.source.to_lowercase());
        sources.collect::<HashSet<String>>().len()
    }

    /// The newest evidence; of two from one day, the one written down later.
    pub fn newest(&self) -> Option<&Evidence> {
        self.evidence.iter().max_by_key(|entry| entry.date)
    }

    /// How many days old the newest evidence is.
    pub fn age(&self, today: Date) -> Option<i64> {
        let days = |newest: &Evidence| (today - newest.date).get_days();
        self.newest().map(days).map(|days| i64::from(days).max(0))
    }

    /// Whether there is no evidence from the last so many days.
    pub fn is_stale(&self, today: Date, limit: u32) -> bool {
        self.age(today).is_none_or(|days| days > i64::from(limit))
    }

    /// How fresh it is, in a few words: "5 voices · 12 days", "1 voice · today".
    pub fn freshness(&self, today: Date) -> String {
        let count = |number: i64, one: &str| match number {
            1 => format!("1 {one}"),
            many => format!("{many} {one}s"),
        };
        let Some(days) = self.age(today) else {
            return "no evidence".to_owned();
        };
        let voices = i64::try_from(self.voices()).unwrap_or(i64::MAX);
        let newest = match days {
            0 => "today".to_owned(),
            days => count(days, "day"),
        };
        format!("{} · {newest}", count(voices, "voice"))
    }

    /// Why it is believed what is believed, where somebody said.
    pub fn reason(&self) -> Option<&Reason> {
        let last = self.log.last().filter(|entry| entry.state == self.state);
        last.and_then(|entry| entry.reason.as_ref())
    }

    /// The assumption of these words, else the only one that has them all in it; case and accents do not count.
    ///
    /// # Errors
    /// When no assumption is called so, or several are.
    pub fn assumption(&self, words: &str) -> Result<&AssumptionTest, Refusal> {
        let name = folded(words);
        let is_it = |test: &&AssumptionTest| folded(&test.assumption) == name;
        if let Some(test) = self.tests.iter().find(is_it) {
            return Ok(test);
        }
        let has_all = |test: &&AssumptionTest| {
            let text = folded(&test.assumption);
            !name.is_empty() && name.split(' ').all(|word| text.contains(word))
        };
        let mut found = self.tests.iter().filter(has_all);
        match (found.next(), found.next()) {
            (Some(only), None) => Ok(only),
            _ => Err(ThreadRefusal::NoSuchAssumption(words.trim().to_owned()).into()),
        }
    }

    /// What problems are sorted by where those that matter most come first, and refuted ones last.
    pub fn pressing(&self) -> (bool, Reverse<u32>) {
        (self.state == Belief::Refuted, Reverse(self.impact()))
    }

    /// The last part of the id, enough to name the problem by.
    pub fn short_id(&self) -> String {
        self.id.short()
    }
}

impl Evidence {
    /// The usual kinds, to be proposed.
    pub const KINDS: [&str; 6] = [
        "interview",
        "observation",
        "ticket",
        "number",
        "survey",
        "experiment",
    ];

    /// What sort of thing it is, and whose voice: "interview, Mia"; empty where nobody said.
    pub fn voice(&self) -> String {
        let parts = [self.kind.as_str(), self.source.as_str()];
        let said: Vec<&str> = parts.into_iter().filter(|part| !part.is_empty()).collect();
        said.join(", ")
    }
}

impl Default for Weight {
    fn default() -> Self {
        Self::clamped(0)
    }
}

impl Belief {
    /// Every belief.
    pub const ALL: [Self; 3] = [Self::Assumed, Self::Validated, Self::Refuted];

    /// The word for it, as on disk and on the screen.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Assumed => "assumed",
            Self::Validated => "validated",
            Self::Refuted => "refuted",
        }
    }
}

impl fmt::Display for Belief {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.word())
    }
}

impl FromStr for Belief {
    type Err = Refusal;

    fn from_str(text: &str) -> Result<Self, Refusal> {
        let word = text.trim().to_lowercase();
        let found = Self::ALL.into_iter().find(|state| state.word() == word);
        found.ok_or_else(|| Refusal::UnknownWord {
            what: "state of a problem",
            word: text.trim().to_owned(),
            known: Self::ALL.map(Self::word).join(", "),
        })
    }
}

impl ProblemEdit {
    /// What is done, in a few words before "the problem".
    pub const fn told(&self) -> &'static str {
        match self {
            Self::Title(_) => "edit title of",
            Self::Who(_) => "edit who has",
            Self::Outcome(_) => "edit outcome of",
            Self::Evidence { .. } => "add evidence to",
            Self::EvidenceAnew { new: Some(_), .. } => "edit evidence of",
            Self::EvidenceAnew { new: None, .. } => "remove evidence of",
            Self::Test { .. } => "edit test of",
            Self::TestAnew { new: Some(_), .. } => "reword an assumption of",
            Self::TestAnew { new: None, .. } => "remove an assumption of",
            Self::State { .. } => "edit state of",
        }
    }
}

fn no_line(line: &Line) -> bool {
    line.is_empty()
}

fn no_prose(prose: &Prose) -> bool {
    prose.is_empty()
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    const PROBLEM: &str = r#"{"format":1,"id":"019ab3c4-7c3e-7d5a-9b1e-2f6c1d0a8e4b","title":"Checkout is too long","state":"assumed","evidence":[{"date":"2026-11-01","kind":"interview","source":"Mia","text":"Gave up at the address","weight":3,"at":"2026-11-02T08:00:00Z","by":"Ana","mood":"cross"},{"date":"2026-11-11","source":"mia","text":"Again","weight":2,"at":"2026-11-12T08:00:00Z","by":"Ana"},{"date":"2026-10-01","text":"4 of 10 leave","weight":1,"at":"2026-11-12T08:00:00Z","by":"Ana"}],"created":"2026-11-01T08:00:00Z","updated":"2026-11-12T08:00:00Z","colour":"red"}"#;

    #[test]
    fn a_problem_comes_back_as_it_was_written_with_what_is_not_known() {
        let problem: Problem = serde_json::from_str(PROBLEM).unwrap();
        assert_eq!(serde_json::to_string(&problem).unwrap(), PROBLEM);
    }

    #[test]
    fn what_speaks_for_a_problem_is_added_up() {
        let problem: Problem = serde_json::from_str(PROBLEM).unwrap();
        assert_eq!((problem.impact(), problem.voices()), (6, 2));
        assert_eq!(problem.newest().unwrap().text.as_str(), "Again");
        let today = date(2026, 11, 23);
        assert_eq!(problem.age(today), Some(12));
        assert!(problem.is_stale(today, 11) && !problem.is_stale(today, 12));
        assert_eq!(problem.age(date(2026, 1, 1)), Some(0), "from tomorrow");
        assert_eq!(problem.short_id(), "1d0a8e4b");
    }

    #[test]
    fn without_evidence_nothing_is_fresh() {
        let mut problem: Problem = serde_json::from_str(PROBLEM).unwrap();
        problem.evidence.clear();
        assert_eq!((problem.impact(), problem.voices()), (0, 0));
        assert_eq!(problem.age(date(2026, 11, 23)), None);
        assert!(problem.is_stale(date(2026, 11, 23), 30));
    }

    #[test]
    fn a_weight_of_four_is_no_weight() {
        let heavy = PROBLEM.replace("\"weight\":3", "\"weight\":4");
        assert!(serde_json::from_str::<Problem>(&heavy).is_err());
    }
}
