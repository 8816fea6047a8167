//! What the keys of discovery do to a part of the page beside the tree: a piece of evidence, an assumption.

use super::change::{ask, row};
use super::page::Part;
use crate::keymap::Action;
use crate::language::heard;
use crate::model::{Change, Evidence, Line, ProblemEdit, ProblemId};
use crate::ui::effect::Effect;
use crate::ui::overlays::{Asked, Field, Menu};
use crate::ui::pane::Cx;

/// Does an action to the part that the cursor stands on; `None` when it is done to the whole, or to what stands in the
/// tree, too.
pub(super) fn act(action: Action, part: &Part, cx: &Cx) -> Option<Vec<Effect>> {
    match (action, part) {
        (Action::ChangeFields | Action::Open | Action::FoldIn, Part::Evidence(problem, entry)) => {
            Some(vec![anew(*problem, entry, cx)])
        }
        (Action::ChangeFields | Action::Open | Action::FoldIn, Part::Test(problem, assumption)) => {
            Some(test_menu(*problem, assumption, cx))
        }
        (Action::Unlink, Part::Evidence(problem, entry)) => Some(forget(*problem, entry, cx)),
        (Action::Unlink, Part::Test(problem, assumption)) => Some(drop_test(*problem, assumption)),
        _ => None,
    }
}

/// Whether an action is done to the part itself.
pub(super) const fn takes(action: Action, part: &Part) -> bool {
    matches!(action, Action::ChangeFields | Action::Unlink)
        && matches!(part, Part::Evidence(..) | Part::Test(..))
}

/// Asks for a piece of evidence anew, in one line.
fn anew(problem: ProblemId, entry: &Evidence, cx: &Cx) -> Effect {
    let title = format!("Evidence of {}", cx.date(entry.date));
    let asked = Asked::HeardAnew(problem, Box::new(entry.clone()));
    ask(asked, title, &heard::line(entry))
}

fn forget(problem: ProblemId, entry: &Evidence, cx: &Cx) -> Vec<Effect> {
    let edit = ProblemEdit::EvidenceAnew {
        old: Box::new(entry.clone()),
        new: None,
    };
    let day = cx.date(entry.date);
    vec![
        Effect::news(format!(
            "The evidence of {day} is deleted. u takes it back."
        )),
        changing(problem, edit),
    ]
}

fn drop_test(problem: ProblemId, assumption: &Line) -> Vec<Effect> {
    let edit = ProblemEdit::TestAnew {
        old: assumption.clone(),
        new: None,
    };
    vec![
        Effect::news(format!(
            "The assumption “{assumption}” is deleted. u takes it back."
        )),
        changing(problem, edit),
    ]
}

fn changing(problem: ProblemId, edit: ProblemEdit) -> Effect {
    let edit = Box::new(edit);
    Effect::change(Change::EditProblem { problem, edit })
}

fn test_menu(id: ProblemId, assumption: &Line, cx: &Cx) -> Vec<Effect> {
    let problem = cx.backlog.problem(id);
    let Some(test) = problem.and_then(|problem| problem.assumption(assumption).ok()) else {
        return Vec::new();
    };
    let words = assumption.to_string();
    let field = |field| Asked::Field(id, field);
    let rows = vec![
        row(
            'a',
            "assumption",
            assumption,
            ask(
                field(Field::Reworded(words.clone())),
                "What must be true?",
                assumption,
            ),
        ),
        row(
            't',
            "test",
            &test.how,
            ask(
                field(Field::How(words.clone())),
                "How is it tested?",
                &test.how,
            ),
        ),
        row(
            'r',
            "result",
            &test.result,
            ask(field(Field::Result(words)), "What came out?", &test.result),
        ),
    ];
    let title = format!("Edit: {assumption}");
    vec![Effect::open(Menu::new(title, rows))]
}
