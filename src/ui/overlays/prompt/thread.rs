//! What is asked about the thread: problems, outcomes, evidence, links, and what became of the benefit.

use ratatui::style::Style;
use ratatui::text::{Line, Span};

use crate::keymap::Action;
use crate::language::again::{self, Again};
use crate::language::{capture, heard};
use crate::model::{
    Belief, Change, Edit, Evidence, Learning, Line as Words, OutcomeId, Place, Problem,
    ProblemEdit, ProblemId, Product, ProductOutcome, Prose, Reason, StoryId,
};
use crate::ui::effect::Effect;
use crate::ui::pane::Cx;
use crate::ui::panes::discovery::today;
use crate::ui::suggest;
use crate::ui::text;

/// What is asked.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Asked {
    /// A new problem below this outcome.
    Problem(Option<OutcomeId>),
    /// A new outcome.
    Outcome,
    /// A field of a problem.
    Field(ProblemId, Field),
    /// A field of an outcome.
    OutcomeField(OutcomeId, OutcomeField),
    /// What was seen or heard of a problem.
    Heard(ProblemId),
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
            Self::Field(_, Field::Outcome) => "The outcome it stands in the way of; empty for none",
            Self::Field(_, Field::Assumption) => "What must be true: how it is tested",
            Self::Field(_, Field::Result(_)) => "What came out; empty for not known yet",
            Self::OutcomeField(_, OutcomeField::Measure) => "What is measured, such as conversion",
            Self::OutcomeField(_, OutcomeField::From) => "Its value today, such as 31 %",
            Self::OutcomeField(_, OutcomeField::To) => "The value it should have, such as 36 %",
            Self::OutcomeField(_, OutcomeField::ByWhen) => {
                "A day, such as 2027-03-31; empty for none"
            }
            Self::Heard(_) => "interview Ana: cannot find the button !2",
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
                | Self::Why(..)
                | Self::Note(_)
                | Self::Solve(_)
                | Self::Check(_)
                | Self::Field(_, Field::Result(_))
        )
    }

    /// What the text would become.
    pub(super) fn preview(&self, typed: &str, cx: &Cx, width: usize) -> Vec<Line<'static>> {
        if typed.trim().is_empty() {
            return Vec::new();
        }
        let pairs = match self {
            Self::Heard(_) => heard_pairs(typed, cx),
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

fn heard_pairs(typed: &str, cx: &Cx) -> Vec<(&'static str, String)> {
    let heard = heard::heard(typed, &kinds(cx), today(cx));
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

fn check_pairs(again: &Again, cx: &Cx) -> Vec<(&'static str, String)> {
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

/// The effects of an answer, or why it cannot be used.
pub(super) fn answer(asked: &Asked, typed: &str, cx: &Cx) -> Result<Vec<Effect>, String> {
    match asked {
        Asked::Problem(outcome) => Ok(vec![Effect::AddProblem {
            title: Problem::title(typed).map_err(told)?,
            outcome: *outcome,
            stories: Vec::new(),
        }]),
        Asked::Outcome => {
            let title = ProductOutcome::title(typed).map_err(told)?;
            Ok(vec![Effect::AddOutcome(title)])
        }
        Asked::Field(problem, field) => {
            let edit = field_edit(field, typed, cx)?;
            Ok(vec![
                change(*problem, edit),
                Effect::Run(Action::ChangeFields),
            ])
        }
        Asked::OutcomeField(outcome, field) => outcome_field(*outcome, *field, typed, cx),
        Asked::Heard(problem) => {
            let heard = heard::heard(typed, &kinds(cx), today(cx));
            if heard.text.trim().is_empty() {
                return Err("Evidence needs words. Type what was seen or heard.".to_owned());
            }
            Ok(vec![change(*problem, heard.edit())])
        }
        Asked::Why(problem, state) => {
            let reason = match (typed.trim(), state) {
                ("", Belief::Assumed | Belief::Validated) => None,
                (words, _) => Some(Reason::parse(words).map_err(|_| {
                    "To refute a problem a reason is needed. Say what showed that it is none."
                        .to_owned()
                })?),
            };
            Ok(vec![change(
                *problem,
                ProblemEdit::State {
                    state: *state,
                    reason,
                },
            )])
        }
        Asked::Stories(problem, _) => linked(*problem, typed, cx),
        Asked::Solved(stories) => solved(stories, typed, cx),
        Asked::Solve(problem) => {
            let mut draft = capture::draft(typed).map_err(told)?;
            draft.problem = Some(*problem);
            let place = Place::Bottom;
            Ok(vec![Effect::Add {
                draft: Box::new(draft),
                place,
            }])
        }
        Asked::Check(story) => check(*story, typed, cx),
        Asked::Note(story) => learned(*story, Some(Prose::parse(typed)), None, cx),
        Asked::Number(story) => learned(*story, None, Some(Words::parse(typed)), cx),
    }
}

#[expect(
    clippy::needless_pass_by_value,
    reason = "it stands where an error is mapped"
)]
fn told(refusal: crate::model::Refusal) -> String {
    refusal.to_string()
}

fn change(problem: ProblemId, edit: ProblemEdit) -> Effect {
    let edit = Box::new(edit);
    Effect::change(Change::EditProblem { problem, edit })
}

fn field_edit(field: &Field, typed: &str, cx: &Cx) -> Result<ProblemEdit, String> {
    Ok(match field {
        Field::Title => ProblemEdit::Title(Problem::title(typed).map_err(told)?),
        Field::Who => ProblemEdit::Who(Words::parse(typed)),
        Field::Outcome if typed.trim().is_empty() => ProblemEdit::Outcome(None),
        Field::Outcome => {
            let outcome = cx.backlog.find_outcome(typed).map_err(|_| {
                format!(
                    "There is no outcome `{}`. Choose one with ↓, or write it first with N.",
                    typed.trim()
                )
            })?;
            ProblemEdit::Outcome(Some(outcome.id))
        }
        Field::Assumption => {
            let (assumption, how) = parted(typed);
            if assumption.is_empty() {
                return Err("An assumption needs words. Type what must be true.".to_owned());
            }
            ProblemEdit::Test {
                assumption: Words::parse(assumption),
                how: (!how.is_empty()).then(|| Prose::parse(how)),
                result: None,
            }
        }
        Field::Result(assumption) => ProblemEdit::Test {
            assumption: Words::parse(assumption),
            how: None,
            result: Some(Prose::parse(typed)),
        },
    })
}

fn outcome_field(
    id: OutcomeId,
    field: OutcomeField,
    typed: &str,
    cx: &Cx,
) -> Result<Vec<Effect>, String> {
    let mut product = Product::clone(cx.backlog.product());
    let known = product.outcomes.iter_mut().find(|outcome| outcome.id == id);
    let Some(outcome) = known else {
        return Err("The outcome is gone meanwhile. Leave with Esc.".to_owned());
    };
    match field {
        OutcomeField::Title => outcome.title = ProductOutcome::title(typed).map_err(told)?,
        OutcomeField::Measure => outcome.measure = Words::parse(typed),
        OutcomeField::From => outcome.from = Words::parse(typed),
        OutcomeField::To => outcome.to = Words::parse(typed),
        OutcomeField::ByWhen if typed.trim().is_empty() => outcome.by_when = None,
        OutcomeField::ByWhen => {
            let again = again::again(typed, today(cx));
            if !again.is_said || !again.how.is_empty() {
                return Err(format!(
                    "`{}` is no day. Write it as 2027-03-31, or as in 3 months.",
                    typed.trim()
                ));
            }
            outcome.by_when = Some(again.when);
        }
    }
    let label = format!("change the outcome “{}”", outcome.title);
    Ok(vec![
        Effect::act(label, vec![Change::Settings(Box::new(product))]),
        Effect::Run(Action::ChangeFields),
    ])
}

/// Links more stories to a problem.
fn linked(problem: ProblemId, typed: &str, cx: &Cx) -> Result<Vec<Effect>, String> {
    let mut changes = Vec::new();
    let mut keys = Vec::new();
    for word in suggest::listed(typed) {
        let story = cx.backlog.find(word).map_err(|_| {
            format!("There is no story `{word}`. Type a key, or words of a title, and choose the story with ↓.")
        })?;
        let edit = Edit::Problem(Some(problem));
        cx.backlog.may_take(story.id, &edit).map_err(told)?;
        let story = story.id;
        keys.push(cx.backlog.key_or_id(story));
        changes.push(Change::Edit { story, edit });
    }
    if changes.is_empty() {
        return Err("No story is named yet. Type a key, or leave with Esc.".to_owned());
    }
    let title = cx
        .backlog
        .problem(problem)
        .map(|known| known.title.to_string());
    let label = format!(
        "link {} to the problem “{}”",
        keys.join(", "),
        title.unwrap_or_default()
    );
    Ok(vec![Effect::act(label, changes)])
}

/// Links stories to the problem of this title, or to a new one of these words, or to none.
fn solved(stories: &[StoryId], typed: &str, cx: &Cx) -> Result<Vec<Effect>, String> {
    let to = |problem: Option<ProblemId>| {
        let change = |story: &StoryId| Change::Edit {
            story: *story,
            edit: Edit::Problem(problem),
        };
        stories.iter().map(change).collect::<Vec<Change>>()
    };
    let keys = super::many("", stories, cx);
    let keys = keys.trim();
    if typed.trim().is_empty() {
        let label = format!("unlink {keys} from its problem");
        return Ok(vec![Effect::act(label, to(None))]);
    }
    if let Some(problem) = called(typed, cx) {
        let label = format!("link {keys} to the problem “{}”", problem.title);
        let news = format!("{keys} is to solve “{}”.", problem.title);
        return Ok(vec![
            Effect::news(news),
            Effect::act(label, to(Some(problem.id))),
        ]);
    }
    let title = Problem::title(typed).map_err(told)?;
    Ok(vec![
        Effect::news(format!(
            "The problem “{title}” is written down. 3 shows it."
        )),
        Effect::AddProblem {
            title,
            outcome: None,
            stories: stories.to_vec(),
        },
    ])
}

fn check(story: StoryId, typed: &str, cx: &Cx) -> Result<Vec<Effect>, String> {
    if typed.trim().is_empty() {
        return Err("Type how it will be known, or leave with Esc.".to_owned());
    }
    let again = again::again(typed, today(cx));
    let news = format!(
        "{} comes back on {}.",
        cx.backlog.key_or_id(story),
        cx.date(again.when)
    );
    let learning = again.learning();
    Ok(vec![
        Effect::news(news),
        Effect::change(Change::Learn { story, learning }),
    ])
}

/// Adds words or a number to what was found.
fn learned(
    story: StoryId,
    note: Option<Prose>,
    number: Option<Words>,
    cx: &Cx,
) -> Result<Vec<Effect>, String> {
    let check = cx
        .backlog
        .story(story)
        .and_then(|story| story.check.as_ref());
    let Some(result) = check.and_then(|check| check.result) else {
        return Err(
            "Nobody has said yet what became of the benefit. Leave with Esc, and say so first."
                .to_owned(),
        );
    };
    let learning = Learning::Result {
        result,
        note,
        number,
    };
    Ok(vec![Effect::change(Change::Learn { story, learning })])
}
