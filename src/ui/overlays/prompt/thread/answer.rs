//! What an answer about the thread means, or why it cannot be used.

use super::{Asked, Field, OutcomeField, called, kinds, parted};
use crate::keymap::Action;
use crate::language::again;
use crate::language::{capture, heard};
use crate::model::{
    Belief, Change, Edit, Learning, Line as Words, OutcomeId, Place, Problem, ProblemEdit,
    ProblemId, Product, ProductOutcome, Promise, Prose, Reason, Stamp, StoryId,
};
use crate::ui::effect::Effect;
use crate::ui::overlays::prompt::many;
use crate::ui::overlays::{Menu, MenuRow};
use crate::ui::pane::Cx;
use crate::ui::panes::discovery::{Spot, serve, today};
use crate::ui::suggest;

/// The effects of an answer, or why it cannot be used.
pub(in crate::ui::overlays::prompt) fn answer(
    asked: &Asked,
    typed: &str,
    cx: &Cx,
) -> Result<Vec<Effect>, String> {
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
                change(*problem, edit, cx)?,
                // It may stand elsewhere in the tree now, or be hidden there.
                Effect::Discover(Spot::Problem(*problem)),
                Effect::Run(Action::ChangeFields),
            ])
        }
        Asked::Serves(problem) => {
            let mut effects = serve(*problem, outcome_called(typed, cx)?, cx);
            effects.push(Effect::Discover(Spot::Problem(*problem)));
            Ok(effects)
        }
        Asked::OutcomeField(outcome, field) => outcome_field(*outcome, *field, typed, cx),
        Asked::Heard(problem) => {
            let heard = heard::heard(typed, &kinds(cx), today(cx));
            if heard.text.trim().is_empty() {
                return Err("Evidence needs words. Type what was seen or heard.".to_owned());
            }
            Ok(vec![change(*problem, heard.edit(), cx)?])
        }
        Asked::HeardAnew(problem, entry) => {
            let anew = heard::anew(entry, typed, &kinds(cx), today(cx));
            if anew.text.trim().is_empty() {
                return Err(
                    "Evidence needs words. Leave with Esc, and delete it with x.".to_owned(),
                );
            }
            let edit = ProblemEdit::EvidenceAnew {
                old: entry.clone(),
                new: Some(Box::new(anew)),
            };
            Ok(vec![change(*problem, edit, cx)?])
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
                cx,
            )?])
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
        Asked::Note(story) => Ok(learned(*story, Some(&Prose::parse(typed)), None, cx)),
        Asked::Number(story) => Ok(learned(*story, None, Some(&Words::parse(typed)), cx)),
    }
}

#[expect(
    clippy::needless_pass_by_value,
    reason = "it stands where an error is mapped"
)]
fn told(refusal: crate::model::Refusal) -> String {
    refusal.to_string()
}

/// The change of a problem; one that would be refused is refused while the text can still be mended.
fn change(problem: ProblemId, edit: ProblemEdit, cx: &Cx) -> Result<Effect, String> {
    let stamp = Stamp::new(cx.now, "");
    let allowed = cx.backlog.may_edit_problem(problem, &edit, &stamp);
    allowed.map_err(told)?;
    let edit = Box::new(edit);
    Ok(Effect::change(Change::EditProblem { problem, edit }))
}

/// The outcome of a name; none for an empty one.
fn outcome_called(typed: &str, cx: &Cx) -> Result<Option<OutcomeId>, String> {
    if typed.trim().is_empty() {
        return Ok(None);
    }
    let found = cx.backlog.find_outcome(typed);
    found.map(|outcome| Some(outcome.id)).map_err(|_| {
        format!(
            "There is no outcome `{}`. Choose one with ↓, or write it first with N.",
            typed.trim()
        )
    })
}

fn field_edit(field: &Field, typed: &str, cx: &Cx) -> Result<ProblemEdit, String> {
    Ok(match field {
        Field::Title => ProblemEdit::Title(Problem::title(typed).map_err(told)?),
        Field::Who => ProblemEdit::Who(Words::parse(typed)),
        Field::Outcome => ProblemEdit::Outcome(outcome_called(typed, cx)?),
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
        Field::Reworded(assumption) => ProblemEdit::TestAnew {
            old: Words::parse(assumption),
            new: Some(Words::parse(typed)),
        },
        Field::How(assumption) => ProblemEdit::Test {
            assumption: Words::parse(assumption),
            how: Some(Prose::parse(typed)),
            result: None,
        },
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
            let day = again::day(typed, today(cx));
            outcome.by_when = Some(day.map_err(|no_day| no_day.to_string())?);
        }
    }
    let label = format!("change the outcome “{}”", outcome.title);
    Ok(vec![
        Effect::act(label, vec![Change::Settings(Box::new(product))]),
        Effect::Discover(Spot::Outcome(id)),
        Effect::Run(Action::ChangeFields),
    ])
}

/// Links more stories to a problem.
fn linked(problem: ProblemId, typed: &str, cx: &Cx) -> Result<Vec<Effect>, String> {
    let mut changes = Vec::new();
    let mut keys = Vec::new();
    let mut stories = Vec::new();
    for word in suggest::listed(typed) {
        let story = cx.backlog.find(word).map_err(|_| {
            format!("There is no story `{word}`. Type a key, or words of a title, and choose the story with ↓.")
        })?;
        let edit = Edit::Problem(Some(problem));
        cx.backlog.may_take(story.id, &edit).map_err(told)?;
        let story = story.id;
        stories.push(story);
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
    let (keys, title) = (keys.join(", "), title.unwrap_or_default());
    let left = cx.backlog.no_longer(&stories, problem);
    let mut effects = Vec::new();
    if !left.is_empty() {
        let news = format!("{keys} is to solve “{title}”{left}.");
        effects.push(Effect::news(news));
    }
    let label = format!("link {keys} to the problem “{title}”");
    effects.push(Effect::act(label, changes));
    Ok(effects)
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
    let keys = many("", stories, cx);
    let keys = keys.trim();
    if typed.trim().is_empty() {
        let label = format!("unlink {keys} from its problem");
        return Ok(vec![Effect::act(label, to(None))]);
    }
    if let Some(problem) = called(typed, cx) {
        let label = format!("link {keys} to the problem “{}”", problem.title);
        let left = cx.backlog.no_longer(stories, problem.id);
        let news = format!("{keys} is to solve “{}”{left}.", problem.title);
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
    let again = again::again(typed, today(cx)).map_err(|no_day| no_day.to_string())?;
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
fn learned(story: StoryId, note: Option<&Prose>, number: Option<&Words>, cx: &Cx) -> Vec<Effect> {
    let learn = |result| {
        let learning = Learning::Result {
            result,
            note: note.cloned(),
            number: number.cloned(),
        };
        Effect::change(Change::Learn { story, learning })
    };
    let known = cx.backlog.story(story);
    let check = known.and_then(|story| story.check.as_ref());
    if let Some(result) = check.and_then(|check| check.result) {
        return vec![learn(result)];
    }
    // What was seen is what it is told by: it waits until somebody has said what became of the benefit.
    let rows = [
        ('y', "it came", Promise::Kept),
        ('n', "it did not come", Promise::Missed),
        ('c', "it cannot be told", Promise::Unknown),
    ];
    let rows = rows.map(|(letter, label, result)| MenuRow {
        letter,
        label: label.to_owned(),
        refusal: None,
        effects: vec![Effect::Close, learn(result)],
    });
    let menu = Menu::new("What became of the benefit?", rows.to_vec());
    vec![Effect::OpenAbove(Box::new(menu.into()))]
}
