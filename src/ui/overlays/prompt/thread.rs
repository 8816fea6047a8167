//! What is asked about the thread: problems, outcomes, evidence, links, and what became of the benefit.

mod answer;

use ratatui::style::Style;
use ratatui::text::{Line, Span};

use crate::language::again::{self, Again, NoDay};
use crate::language::heard::{self, Heard};
use crate::model::{Belief, Evidence, OutcomeId, Problem, ProblemId, StoryId};
use crate::ui::pane::Cx;
use crate::ui::panes::discovery::today;
use crate::ui::text;

pub(super) use answer::answer;

/// What is asked.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Asked {
    /// A new problem below this outcome.
    Problem(Option<OutcomeId>),
    /// A new outcome.
    Outcome,
    /// A field of a problem.
    Field(ProblemId, Field),
    /// The outcome that a problem is to serve.
    Serves(ProblemId),
    /// A field of an outcome.
    OutcomeField(OutcomeId, OutcomeField),
    /// What was seen or heard of a problem.
    Heard(ProblemId),
    /// A piece of evidence of a problem, told anew.
    HeardAnew(ProblemId, Box<Evidence>),
    /// Why this is believed of a problem.
    Why(ProblemId, Belief),
    /// More stories for a problem, with those that are linked already.
    Stories(ProblemId, Vec<StoryId>),
    /// The problem that these stories solve.
    Solved(Vec<StoryId>),
    /// A new story for a problem.
    Solve(ProblemId),
    /// How it will be known whether a story keeps its promise, and when.
    Check(StoryId),
    /// What was seen of a story's benefit.
    Note(StoryId),
    /// The number that was measured.
    Number(StoryId),
}

/// A field of a problem.
#[derive(Clone, Debug, PartialEq, Eq)]
#[expect(missing_docs, reason = "the fields of a problem, documented there")]
pub enum Field {
    Title,
    Who,
    Outcome,
    /// A new assumption, with how it is tested behind a colon.
    Assumption,
    /// Other words for this assumption.
    Reworded(String),
    /// How this assumption is tested.
    How(String),
    /// The result of this assumption's test.
    Result(String),
}

/// A field of an outcome.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[expect(missing_docs, reason = "the fields of an outcome, documented there")]
pub enum OutcomeField {
    Title,
    Measure,
    From,
    To,
    ByWhen,
}

impl Asked {
    /// What stands in the empty field.
    pub(super) const fn hint(&self) -> &'static str {
        match self {
            Self::Problem(_) | Self::Field(_, Field::Title) => "What users need or suffer from",
            Self::Outcome | Self::OutcomeField(_, OutcomeField::Title) => {
                "What should change for users"
            }
            Self::Field(_, Field::Who) => "Who has it, such as returning customer",
            Self::Serves(_) | Self::Field(_, Field::Outcome) => {
                "The outcome it stands in the way of; empty for none"
            }
            Self::Field(_, Field::Assumption) => "What must be true: how it is tested",
            Self::Field(_, Field::Reworded(_)) => "What must be true",
            Self::Field(_, Field::How(_)) => "How it is tested",
            Self::Field(_, Field::Result(_)) => "What came out; empty for not known yet",
            Self::OutcomeField(_, OutcomeField::Measure) => "What is measured, such as conversion",
            Self::OutcomeField(_, OutcomeField::From) => "Its value today, such as 31 %",
            Self::OutcomeField(_, OutcomeField::To) => "The value it should have, such as 36 %",
            Self::OutcomeField(_, OutcomeField::ByWhen) => {
                "A day, such as 2027-03-31; empty for none"
            }
            Self::Heard(_) | Self::HeardAnew(..) => "interview Ana: cannot find the button !2",
            Self::Why(_, Belief::Refuted) => "What showed that it is no problem?",
            Self::Why(..) => "Why? Enter alone says nothing of it",
            Self::Stories(..) => "Keys with commas between them, or words of a title to find one",
            Self::Solved(_) => "Words of a problem's title, or a new problem; empty for none",
            Self::Solve(_) => "A title, or: As a …, I want to …, so that …",
            Self::Check(_) => "in 4 weeks: what will have changed; Esc if you do not want to know",
            Self::Note(_) => "What was seen",
            Self::Number(_) => "The number that was measured, such as 36 %",
        }
    }

    /// Whether the answer may have several lines.
    pub(super) const fn takes_lines(&self) -> bool {
        matches!(
            self,
            Self::Heard(_)
                | Self::HeardAnew(..)
                | Self::Why(..)
                | Self::Note(_)
                | Self::Solve(_)
                | Self::Check(_)
                | Self::Field(_, Field::Result(_) | Field::How(_))
        )
    }

    /// What the text would become.
    pub(super) fn preview(&self, typed: &str, cx: &Cx, width: usize) -> Vec<Line<'static>> {
        if typed.trim().is_empty() {
            return Vec::new();
        }
        let pairs = match self {
            Self::Heard(_) => {
                let heard = heard::heard(typed, &kinds(cx), today(cx));
                heard_pairs(&heard, cx)
            }
            Self::HeardAnew(_, entry) => {
                let anew = heard::anew(entry, typed, &kinds(cx), today(cx));
                heard_pairs(&Heard::of(&anew), cx)
            }
            Self::Check(_) => check_pairs(&again::again(typed, today(cx)), cx),
            Self::Field(_, Field::Assumption) => {
                let (assumption, how) = parted(typed);
                vec![
                    ("Assumption", assumption.to_owned()),
                    ("Test", how.to_owned()),
                ]
            }
            Self::Solved(_) => match called(typed, cx) {
                Some(problem) => vec![("Solves", problem.title.to_string())],
                None => vec![("New", format!("the problem “{}”", typed.trim()))],
            },
            _ => Vec::new(),
        };
        pairs
            .into_iter()
            .filter(|(_, words)| !words.is_empty())
            .map(|(name, words)| {
                Line::from(vec![
                    Span::styled(format!("{name:<11}"), cx.theme.dim()),
                    Span::styled(
                        text::truncate(&words, width.saturating_sub(11)).into_owned(),
                        Style::new(),
                    ),
                ])
            })
            .collect()
    }
}

fn heard_pairs(heard: &Heard, cx: &Cx) -> Vec<(&'static str, String)> {
    let weight = match heard.weight.get() {
        0 => "0, does not matter",
        1 => "1, nice to have; !2 important, !3 critical",
        2 => "2, important",
        _ => "3, critical",
    };
    let source = if heard.source.is_empty() {
        "nobody is named; a name and a colon before the words name somebody".to_owned()
    } else {
        heard.source.to_string()
    };
    vec![
        ("Heard", format!("{}, {}", heard.kind, cx.date(heard.date))),
        ("From", source),
        ("Words", heard.text.to_string()),
        ("Weight", weight.to_owned()),
    ]
}

fn check_pairs(again: &Result<Again, NoDay>, cx: &Cx) -> Vec<(&'static str, String)> {
    let again = match again {
        Ok(again) => again,
        Err(no_day) => return vec![("Look again", no_day.to_string())],
    };
    let when = if again.is_said {
        cx.date(again.when)
    } else {
        format!("{}, in {} weeks", cx.date(again.when), again::USUAL_WEEKS)
    };
    vec![("Look again", when), ("How", again.how.to_string())]
}

/// The kinds of evidence that are in use.
pub(crate) fn kinds(cx: &Cx) -> Vec<String> {
    let problems = cx.backlog.problems();
    let entries = problems.iter().flat_map(|problem| &problem.evidence);
    let used = entries.map(|entry| entry.kind.to_string());
    let usual = Evidence::KINDS.map(str::to_owned);
    let mut kinds: Vec<String> = usual.into_iter().chain(used).collect();
    let mut seen = std::collections::HashSet::new();
    kinds.retain(|kind| !kind.is_empty() && seen.insert(kind.to_lowercase()));
    kinds
}

/// An assumption and how it is tested, parted by a colon.
fn parted(typed: &str) -> (&str, &str) {
    let (assumption, how) = typed.split_once(": ").unwrap_or((typed, ""));
    (assumption.trim(), how.trim())
}

/// The problem of this title.
fn called(typed: &str, cx: &Cx) -> Option<std::sync::Arc<Problem>> {
    let typed = typed.trim().to_lowercase();
    let mut problems = cx.backlog.problems().into_iter();
    problems
        .find(|problem| problem.title.to_lowercase() == typed)
        .cloned()
}
