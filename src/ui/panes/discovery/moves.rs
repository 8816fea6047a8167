//! Moving what the cursor stands on: an outcome among the outcomes, a problem to another outcome, a story to another
//! problem.

use super::tree::{Spot, homes};
use super::{DiscoveryPane, above};
use crate::keymap::Action;
use crate::model::{Belief, Change, Edit, OutcomeId, ProblemEdit, ProblemId, Product, StoryId};
use crate::ui::effect::Effect;
use crate::ui::pane::Cx;

/// Why what the cursor stands on cannot be moved so.
pub(super) fn refusal(action: Action, spot: Option<Spot>, cx: &Cx) -> Option<String> {
    let up = action == Action::BranchUp;
    let said = match (action, spot) {
        (_, None | Some(Spot::NoOutcome | Spot::NoProblem)) => {
            "This line only counts what stands below it. Go to one of those with j."
        }
        (Action::BranchTo, Some(Spot::Outcome(_))) => {
            "An outcome is moved among the others with K and J."
        }
        (_, Some(Spot::Problem(_))) if cx.backlog.product().outcomes.is_empty() => {
            "There is no outcome to move it to. N writes one."
        }
        (Action::BranchTo, _) => return None,
        (_, Some(Spot::Outcome(id))) if other_outcome(id, up, cx).is_none() => {
            if up {
                "This is the first outcome already."
            } else {
                "This is the last outcome already."
            }
        }
        (_, Some(Spot::Problem(id))) if other_home(id, up, cx).is_none() => {
            if up {
                "There is no outcome above. m names any outcome."
            } else {
                "The problem serves no outcome. K moves it to the one above, m to any."
            }
        }
        (_, Some(Spot::Story(id))) if other_problem(id, up, cx).is_none() => {
            if up {
                "There is no problem above. l names any problem."
            } else {
                "There is no problem below. l names any problem, x unlinks the story."
            }
        }
        _ => return None,
    };
    Some(said.to_owned())
}

/// The place before or after one among so many.
fn beside(at: usize, up: bool, len: usize) -> Option<usize> {
    let other = if up { at.checked_sub(1) } else { Some(at + 1) };
    other.filter(|other| *other < len)
}

/// The places of an outcome and of the one beside it.
fn other_outcome(id: OutcomeId, up: bool, cx: &Cx) -> Option<(usize, usize)> {
    let outcomes = &cx.backlog.product().outcomes;
    let at = outcomes.iter().position(|outcome| outcome.id == id)?;
    Some((at, beside(at, up, outcomes.len())?))
}

/// The outcome above or below a problem's; below all of them stand the problems without one.
fn other_home(id: ProblemId, up: bool, cx: &Cx) -> Option<Spot> {
    let product = cx.backlog.product();
    let homes = homes(cx.backlog);
    let outcome = cx.backlog.problem(id)?.outcome;
    let outcome = outcome.filter(|outcome| product.outcome(*outcome).is_some());
    let at = homes.iter().position(|(home, _)| *home == outcome)?;
    let (home, _) = homes.get(beside(at, up, homes.len())?)?;
    Some(home.map_or(Spot::NoOutcome, Spot::Outcome))
}

/// The problem above or below a story's that may be worth solving; stories without one stand below all problems.
fn other_problem(id: StoryId, up: bool, cx: &Cx) -> Option<ProblemId> {
    let own = cx.backlog.problem_of(cx.backlog.story(id)?);
    let own = own.map(|problem| problem.id);
    let homes = homes(cx.backlog);
    let problems = homes.iter().flat_map(|(_, problems)| problems);
    let problems: Vec<ProblemId> = problems
        .filter(|problem| problem.state != Belief::Refuted || Some(problem.id) == own)
        .map(|problem| problem.id)
        .collect();
    let at = match own {
        Some(own) => problems.iter().position(|problem| *problem == own)?,
        None => problems.len(),
    };
    problems.get(beside(at, up, problems.len())?).copied()
}

impl DiscoveryPane {
    /// Moves what the cursor stands on one place up or down; the cursor goes along.
    pub(super) fn shift(&mut self, spot: Spot, up: bool, cx: &Cx) -> Vec<Effect> {
        match spot {
            Spot::Outcome(id) => swap(id, up, cx),
            Spot::Problem(id) => {
                let Some(home) = other_home(id, up, cx) else {
                    return Vec::new();
                };
                self.unfold(home);
                let outcome = match home {
                    Spot::Outcome(outcome) => Some(outcome),
                    _ => None,
                };
                serve(id, outcome, cx)
            }
            Spot::Story(id) => {
                let Some(problem) = other_problem(id, up, cx) else {
                    return Vec::new();
                };
                for branch in above(Spot::Problem(problem), cx) {
                    self.unfold(branch);
                }
                self.unfold(Spot::Problem(problem));
                relink(id, problem, cx)
            }
            Spot::NoOutcome | Spot::NoProblem => Vec::new(),
        }
    }
}

fn swap(id: OutcomeId, up: bool, cx: &Cx) -> Vec<Effect> {
    let Some((at, other)) = other_outcome(id, up, cx) else {
        return Vec::new();
    };
    let mut product = Product::clone(cx.backlog.product());
    product.outcomes.swap(at, other);
    let title = product.outcome(id).map(|outcome| outcome.title.to_string());
    let label = format!("move the outcome “{}”", title.unwrap_or_default());
    let change = Change::Settings(Box::new(product));
    vec![Effect::act(label, vec![change])]
}

/// Lets a problem stand in the way of an outcome, or of none.
pub(crate) fn serve(problem: ProblemId, outcome: Option<OutcomeId>, cx: &Cx) -> Vec<Effect> {
    let title = super::change::title_of(problem, cx);
    let to = outcome.and_then(|id| cx.backlog.product().outcome(id));
    let (said, label) = match to {
        Some(outcome) => (
            format!("“{title}” stands in the way of “{}” now.", outcome.title),
            format!(
                "move the problem “{title}” to the outcome “{}”",
                outcome.title
            ),
        ),
        None => (
            format!("“{title}” serves no outcome now."),
            format!("take the problem “{title}” from its outcome"),
        ),
    };
    let edit = Box::new(ProblemEdit::Outcome(outcome));
    let change = Change::EditProblem { problem, edit };
    vec![Effect::news(said), Effect::act(label, vec![change])]
}

fn relink(story: StoryId, problem: ProblemId, cx: &Cx) -> Vec<Effect> {
    let title = super::change::title_of(problem, cx);
    let key = cx.backlog.key_or_id(story);
    let left = cx.backlog.no_longer(&[story], problem);
    let label = format!("link {key} to the problem “{title}”");
    let edit = Edit::Problem(Some(problem));
    vec![
        Effect::news(format!("{key} is to solve “{title}”{left}.")),
        Effect::act(label, vec![Change::Edit { story, edit }]),
    ]
}
