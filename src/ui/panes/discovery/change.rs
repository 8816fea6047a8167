//! What the keys of discovery do where the cursor stands: write down, link, believe, delete.

use super::tree::{Spot, stories_of};
use super::{DiscoveryPane, moves};
use crate::keymap::Action;
use crate::model::{Belief, Change, Edit, OutcomeId, ProblemId, StoryId};
use crate::ui::effect::Effect;
use crate::ui::overlays::prompt::kinds;
use crate::ui::overlays::{
    Asked, Field, LearnBox, LooseEnds, Menu, MenuRow, OutcomeField, Prompt, Purpose,
};
use crate::ui::pane::Cx;
use crate::ui::panes::acts;

/// Whether an action is one of discovery's own.
pub(super) const fn is_mine(action: Action) -> bool {
    matches!(
        action,
        Action::NewProblem
            | Action::NewOutcome
            | Action::AddEvidence
            | Action::Solve
            | Action::LinkStories
            | Action::ChangeFields
            | Action::Believe
            | Action::Unlink
            | Action::BranchUp
            | Action::BranchDown
            | Action::BranchTo
            | Action::LooseEnds
            | Action::Learn
    )
}

/// Why a box would have nothing to show.
pub(super) const NOTHING_DUE: &str = "There is no story to look at again now.";
pub(super) const NOTHING_LOOSE: &str =
    "There are no loose ends: every story solves a problem, and every problem has stories.";

/// Why an action cannot be done where the cursor stands.
pub(super) fn refusal(action: Action, spot: Option<Spot>, cx: &Cx) -> Option<String> {
    let said = match (action, spot) {
        (Action::AddEvidence | Action::Solve, spot) if problem_at(spot, cx).is_none() => {
            match action {
                Action::AddEvidence => {
                    "Evidence belongs to a problem. Go to one with j, or write one with n."
                }
                _ => "A story solves a problem. Go to one with j, or write one with n.",
            }
        }
        (Action::LinkStories | Action::Believe, Some(Spot::Problem(_) | Spot::Story(_))) => {
            return None;
        }
        (Action::LinkStories, _) => {
            "Stories are linked to a problem. Go to one with j, or write one with n."
        }
        (Action::Believe, _) => "A state belongs to a problem. Go to one with j.",
        (Action::ChangeFields | Action::Unlink, None | Some(Spot::NoOutcome | Spot::NoProblem)) => {
            "This line only counts what stands below it. Go to one of those with j."
        }
        (Action::Unlink, Some(Spot::Story(story))) => {
            let story = cx.backlog.story(story)?;
            if story.problem.is_none() {
                "This story solves no problem. Press l to link it to one."
            } else {
                return None;
            }
        }
        (Action::BranchUp | Action::BranchDown | Action::BranchTo, spot) => {
            return moves::refusal(action, spot, cx);
        }
        _ => return None,
    };
    Some(said.to_owned())
}

/// The problem that a row is about.
fn problem_at(spot: Option<Spot>, cx: &Cx) -> Option<ProblemId> {
    match spot? {
        Spot::Problem(problem) => Some(problem),
        Spot::Story(story) => {
            let story = cx.backlog.story(story)?;
            cx.backlog.problem_of(story).map(|problem| problem.id)
        }
        Spot::Outcome(_) | Spot::NoOutcome | Spot::NoProblem => None,
    }
}

/// The outcome that a row is about.
fn outcome_at(spot: Option<Spot>, cx: &Cx) -> Option<OutcomeId> {
    if let Some(Spot::Outcome(outcome)) = spot {
        return Some(outcome);
    }
    let outcome = cx.backlog.problem(problem_at(spot, cx)?)?.outcome?;
    cx.backlog.product().outcome(outcome).map(|known| known.id)
}

impl DiscoveryPane {
    /// Does one of discovery's own actions where the cursor stands.
    pub(super) fn change(&mut self, action: Action, cx: &Cx) -> Vec<Effect> {
        let spot = self.aimed();
        let effect = match (action, spot) {
            (Action::NewProblem, _) => {
                let outcome = outcome_at(spot, cx);
                let known = outcome.and_then(|id| cx.backlog.product().outcome(id));
                let title = known.map_or_else(
                    || "New problem".to_owned(),
                    |outcome| format!("New problem of: {}", outcome.title),
                );
                ask(Asked::Problem(outcome), title, "")
            }
            (Action::NewOutcome, _) => ask(Asked::Outcome, "New outcome", ""),
            (Action::AddEvidence, _) => match problem_at(spot, cx) {
                Some(problem) => heard(problem, cx),
                None => return Vec::new(),
            },
            (Action::Solve, _) => {
                return problem_at(spot, cx).map_or_else(Vec::new, |id| vec![solve(id, cx)]);
            }
            (Action::LinkStories, Some(Spot::Problem(problem))) => link_stories(problem, cx),
            (Action::LinkStories | Action::BranchTo, Some(Spot::Story(story))) => {
                return link_problem(&[story], cx);
            }
            (Action::ChangeFields, Some(Spot::Story(story))) => {
                return Self::go_to(story, Some(Action::Edit));
            }
            (Action::ChangeFields, Some(Spot::Problem(problem))) => {
                return problem_menu(problem, cx);
            }
            (Action::ChangeFields, Some(Spot::Outcome(outcome))) => {
                return outcome_menu(outcome, cx);
            }
            (Action::Believe, Some(Spot::Problem(problem))) => return belief_menu(problem, cx),
            (Action::Believe, Some(Spot::Story(story))) => {
                return acts::act(Action::StepMenu, &[story], cx).unwrap_or_default();
            }
            (Action::Unlink, Some(spot)) => return unlink(spot, cx),
            (Action::BranchUp | Action::BranchDown, Some(spot)) => {
                return self.shift(spot, action == Action::BranchUp, cx);
            }
            (Action::BranchTo, Some(Spot::Problem(problem))) => {
                let outcome = outcome_at(spot, cx);
                let known = outcome.and_then(|id| cx.backlog.product().outcome(id));
                let title = known.map_or("", |outcome| outcome.title.as_str());
                ask_outcome(Asked::Serves(problem), title, cx)
            }
            (Action::LooseEnds, _) => Effect::open(LooseEnds::new(cx)),
            (Action::Learn, _) => Effect::open(LearnBox::new(cx)),
            _ => return Vec::new(),
        };
        vec![effect]
    }
}

pub(super) fn ask(asked: Asked, title: impl Into<String>, text: &str) -> Effect {
    Effect::open(Prompt::new(Purpose::Thread(asked), title, text))
}

pub(super) fn title_of(problem: ProblemId, cx: &Cx) -> String {
    let known = cx.backlog.problem(problem);
    known.map_or_else(String::new, |problem| problem.title.to_string())
}

fn heard(problem: ProblemId, cx: &Cx) -> Effect {
    let title = format!("Evidence of: {}", title_of(problem, cx));
    let prompt = Prompt::new(Purpose::Thread(Asked::Heard(problem)), title, "");
    Effect::open(prompt.suggesting(kinds(cx)))
}

/// Asks for a new story that solves a problem.
pub(crate) fn solve(problem: ProblemId, cx: &Cx) -> Effect {
    let title = format!("New story for: {}", title_of(problem, cx));
    ask(Asked::Solve(problem), title, "")
}

/// Asks how it will be known whether a story keeps its promise, and when.
pub(crate) fn plan_check(story: StoryId, cx: &Cx) -> Effect {
    let key = cx.backlog.key_or_id(story);
    let how = cx
        .backlog
        .story(story)
        .and_then(|story| story.check.as_ref());
    let how = how.map_or_else(String::new, |check| check.how.to_string());
    let title = format!("{key}: how will we know, and when?");
    ask(Asked::Check(story), title, &how)
}

fn link_stories(problem: ProblemId, cx: &Cx) -> Effect {
    let linked = stories_of(problem, cx.backlog);
    let title = format!("Stories that solve: {}", title_of(problem, cx));
    ask(Asked::Stories(problem, linked), title, "")
}

/// Asks which problem stories solve; a new one may be written.
pub(crate) fn link_problem(stories: &[StoryId], cx: &Cx) -> Vec<Effect> {
    let mut problems = stories.iter().map(|id| {
        let story = cx.backlog.story(*id)?;
        cx.backlog.problem_of(story)
    });
    let first = problems.next().flatten();
    let common = first.filter(|first| problems.all(|problem| problem == Some(first)));
    let text = common.map_or("", |problem| problem.title.as_str());
    let title = match stories {
        [only] => format!("Which problem does {} solve?", cx.backlog.key_or_id(*only)),
        many => format!("Which problem do these {} stories solve?", many.len()),
    };
    // The problem that was heard of last is the likeliest.
    let mut known = cx.backlog.problems();
    known.sort_by_key(|problem| std::cmp::Reverse(problem.updated));
    let believed = known
        .iter()
        .filter(|problem| problem.state != Belief::Refuted);
    let titles = believed.map(|problem| problem.title.to_string()).collect();
    let asked = Purpose::Thread(Asked::Solved(stories.to_vec()));
    let prompt = Prompt::new(asked, title, text).suggesting(titles);
    vec![Effect::open(prompt.selected())]
}

pub(super) fn row(letter: char, name: &str, value: &str, effect: Effect) -> MenuRow {
    MenuRow {
        letter,
        label: format!("{name:<11}{}", crate::ui::text::truncate(value, 48)),
        refusal: None,
        effects: vec![effect],
    }
}

fn ask_who(id: ProblemId, who: &str, cx: &Cx) -> Effect {
    let personas = cx.backlog.personas().into_iter();
    let personas = personas.map(|persona| persona.to_string()).collect();
    let asked = Purpose::Thread(Asked::Field(id, Field::Who));
    Effect::open(Prompt::new(asked, "Who has the problem?", who).suggesting(personas))
}

fn ask_outcome(asked: Asked, outcome: &str, cx: &Cx) -> Effect {
    let outcomes = cx.backlog.product().outcomes.iter();
    let outcomes = outcomes.map(|outcome| outcome.title.to_string()).collect();
    let title = "Which outcome does it stand in the way of?";
    let prompt = Prompt::new(Purpose::Thread(asked), title, outcome).suggesting(outcomes);
    Effect::open(prompt.selected())
}

fn problem_menu(id: ProblemId, cx: &Cx) -> Vec<Effect> {
    let Some(problem) = cx.backlog.problem(id) else {
        return Vec::new();
    };
    let outcome = problem
        .outcome
        .and_then(|id| cx.backlog.product().outcome(id));
    let outcome = outcome.map_or("", |outcome| outcome.title.as_str());
    let field = |field| Asked::Field(id, field);
    let mut rows = vec![
        row(
            't',
            "title",
            &problem.title,
            ask(field(Field::Title), "The problem", &problem.title),
        ),
        row('w', "who", &problem.who, ask_who(id, &problem.who, cx)),
        row(
            'o',
            "outcome",
            outcome,
            ask_outcome(field(Field::Outcome), outcome, cx),
        ),
        row(
            'a',
            "assumption",
            "a new one",
            ask(field(Field::Assumption), "What must be true?", ""),
        ),
    ];
    for (test, letter) in problem.tests.iter().zip('1'..='9') {
        let asked = field(Field::Result(test.assumption.to_string()));
        let title = format!("What came out: {}", test.assumption);
        rows.push(row(
            letter,
            "result of",
            &test.assumption,
            ask(asked, title, &test.result),
        ));
    }
    vec![Effect::open(Menu::new(
        format!("Edit: {}", problem.title),
        rows,
    ))]
}

fn outcome_menu(id: OutcomeId, cx: &Cx) -> Vec<Effect> {
    let Some(outcome) = cx.backlog.product().outcome(id) else {
        return Vec::new();
    };
    let day = outcome
        .by_when
        .map_or_else(String::new, |day| day.to_string());
    let fields = [
        ('t', "title", OutcomeField::Title, outcome.title.as_str()),
        (
            'm',
            "measure",
            OutcomeField::Measure,
            outcome.measure.as_str(),
        ),
        ('f', "from", OutcomeField::From, outcome.from.as_str()),
        ('o', "to", OutcomeField::To, outcome.to.as_str()),
        ('b', "by when", OutcomeField::ByWhen, day.as_str()),
    ];
    let rows = fields.map(|(letter, name, field, value)| {
        let title = format!("The outcome's {name}");
        let title = if field == OutcomeField::ByWhen {
            "By when?".to_owned()
        } else {
            title
        };
        row(
            letter,
            name,
            value,
            ask(Asked::OutcomeField(id, field), title, value),
        )
    });
    vec![Effect::open(Menu::new(
        format!("Edit: {}", outcome.title),
        rows.into(),
    ))]
}

fn belief_menu(id: ProblemId, cx: &Cx) -> Vec<Effect> {
    let Some(problem) = cx.backlog.problem(id) else {
        return Vec::new();
    };
    let rows = Belief::ALL.map(|state| {
        let (letter, about) = match state {
            Belief::Assumed => ('a', "somebody thinks so"),
            Belief::Validated => ('v', "what was seen and heard bears it out"),
            Belief::Refuted => ('r', "it turned out to be none"),
        };
        let title = format!("{state}: {}", problem.title);
        row(
            letter,
            state.word(),
            about,
            ask(Asked::Why(id, state), title, ""),
        )
    });
    let title = format!("{} {} {}", problem.title, cx.theme.dash(), problem.state);
    vec![Effect::open(Menu::new(title, rows.into()))]
}

fn unlink(spot: Spot, cx: &Cx) -> Vec<Effect> {
    match spot {
        Spot::Story(story) => unlink_story(story, cx),
        Spot::Problem(id) => {
            let title = title_of(id, cx);
            let left = cx.backlog.left_behind(id);
            let left = left.map_or_else(String::new, |said| format!(" {said}"));
            vec![
                Effect::news(format!("“{title}” is deleted.{left} u takes it back.")),
                Effect::change(Change::RemoveProblem(id)),
            ]
        }
        Spot::Outcome(id) => delete_outcome(id, cx),
        Spot::NoOutcome | Spot::NoProblem => Vec::new(),
    }
}

/// Takes a story away from its problem.
pub(crate) fn unlink_story(story: StoryId, cx: &Cx) -> Vec<Effect> {
    let problem = cx.backlog.story(story).and_then(|story| story.problem);
    let title = problem.map_or_else(String::new, |problem| title_of(problem, cx));
    let key = cx.backlog.key_or_id(story);
    let label = format!("unlink {key} from the problem “{title}”");
    let edit = Edit::Problem(None);
    vec![
        Effect::news(format!("{key} solves no problem now. u takes it back.")),
        Effect::act(label, vec![Change::Edit { story, edit }]),
    ]
}

fn delete_outcome(id: OutcomeId, cx: &Cx) -> Vec<Effect> {
    let Some(outcome) = cx.backlog.product().outcome(id) else {
        return Vec::new();
    };
    let title = &outcome.title;
    let changes = cx.backlog.outcome_removal(id);
    let problems = match changes.len() - 1 {
        0 => String::new(),
        1 => " 1 problem serves no outcome now;".to_owned(),
        many => format!(" {many} problems serve no outcome now;"),
    };
    vec![
        Effect::news(format!("“{title}” is deleted.{problems} u takes it back.")),
        Effect::act(format!("delete the outcome “{title}”"), changes),
    ]
}
