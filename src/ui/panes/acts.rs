//! What can be done to stories from wherever they are in sight: edit, step, estimate, label, drop, copy.

pub mod letter;
mod split;

use std::sync::Arc;

use crate::exchange::markdown;
use crate::keymap::Action;
use crate::model::{Change, Edit, Refusal, Status, Step, Story, StoryId};
use crate::ui::effect::{Effect, Request};
use crate::ui::overlays::prompt::{many, moved_on, steps};
use crate::ui::overlays::{Findings, Menu, MenuRow, Prompt, Purpose};
use crate::ui::pane::Cx;
use crate::ui::panes::discovery;

/// Does what an action asks of the stories; `None` when it is no act on stories.
pub fn act(action: Action, stories: &[StoryId], cx: &Cx) -> Option<Vec<Effect>> {
    let &[first, ..] = stories else {
        return is_act(action)
            .then(|| vec![Effect::refusal("There is no story here. Write one with n.")]);
    };
    Some(match action {
        Action::Edit => vec![Effect::EditStory(first)],
        Action::ReviewThis => review(first, cx),
        Action::StepMenu => vec![Effect::open(step_menu(stories, cx))],
        Action::NextStep => next_step(stories, cx),
        Action::StepBack => step_back(stories, cx),
        Action::Labels => vec![Effect::open(labels(stories, cx))],
        Action::LinkProblem => discovery::link_problem(stories, cx),
        Action::Blockers => blockers(stories, cx),
        Action::Lift => lift(stories, cx),
        Action::Findings => vec![findings(first, cx)],
        Action::Drop => take(stories, Step::Drop, cx),
        Action::Copy => copy(stories, cx),
        Action::Letter | Action::LetterFile => letter::act(action, first, cx),
        Action::Split => split::split(stories, cx),
        Action::Merge => split::merge(stories, cx),
        _ => return None,
    })
}

/// Why an act on the stories cannot be done now.
pub fn refuses(action: Action, stories: &[StoryId], cx: &Cx) -> Option<String> {
    if !is_act(action) {
        return None;
    }
    let Some(&first) = stories.first() else {
        return Some("There is no story here. Write one with n.".to_owned());
    };
    let story = cx.backlog.story(first)?;
    let refusal = match action {
        Action::Estimate => {
            let may = cx.backlog.may_estimate();
            may.and_then(|()| cx.backlog.may_edit(first)).err()
        }
        Action::Edit | Action::Labels | Action::Score | Action::Blockers => {
            cx.backlog.may_edit(first).err()
        }
        Action::Lift => cx.backlog.lift(stories).err(),
        Action::Drop => cx.backlog.may(first, Step::Drop).err(),
        Action::Split => cx.backlog.may_be_divided(first).err(),
        Action::ReviewThis if story.status != Status::Delivered => Some(Refusal::NotDelivered {
            key: cx.backlog.key(story),
            status: story.status,
        }),
        Action::NextStep => match story.status.next_step() {
            Some(step) => cx.backlog.may(first, step).err(),
            None => return Some(no_way_on(story, cx)),
        },
        Action::StepBack if story.status.step_back().is_none() => {
            return Some(no_way_back(story, cx));
        }
        Action::Letter | Action::LetterFile => return letter::refusal(first, cx),
        _ => None,
    };
    refusal.map(|refusal| refusal.to_string())
}

/// Whether an action is an act on stories.
pub const fn is_act(action: Action) -> bool {
    matches!(
        action,
        Action::Edit
            | Action::ReviewThis
            | Action::StepMenu
            | Action::NextStep
            | Action::StepBack
            | Action::Estimate
            | Action::Score
            | Action::Labels
            | Action::LinkProblem
            | Action::Blockers
            | Action::Lift
            | Action::Findings
            | Action::Drop
            | Action::Copy
            | Action::Letter
            | Action::LetterFile
            | Action::Split
            | Action::Merge
    )
}

/// So many stories are named where several are meant.
const NAMED: usize = 3;

/// Takes a step with all of the stories, asking for a reason where one is needed.
pub fn take(stories: &[StoryId], step: Step, cx: &Cx) -> Vec<Effect> {
    if let Some(refusal) = stories
        .iter()
        .find_map(|story| cx.backlog.may(*story, step).err())
    {
        return vec![Effect::refusal(refusal)];
    }
    let title = many(step, stories, cx);
    if step.needs_reason() {
        let purpose = Purpose::Reason(stories.to_vec(), step);
        return vec![Effect::open(Prompt::new(
            purpose,
            format!("Why {title}?"),
            "",
        ))];
    }
    match step {
        Step::Accept | Step::Reject => {
            let first = stories.first().map(|story| Effect::ReviewStory(*story));
            let more = (stories.len() > 1).then(|| {
                let keys = stories.iter().map(|id| cx.backlog.key_or_id(*id));
                let keys: Vec<String> = keys.take(NAMED).collect();
                let more = match stories.len() - keys.len() {
                    0 => String::new(),
                    more => format!(" and {more} more"),
                };
                let said = "A review judges one story at a time; marked are";
                Effect::news(format!("{said} {}{more}.", keys.join(", ")))
            });
            first.into_iter().chain(more).collect()
        }
        _ => moved_on(stories, step, cx)
            .into_iter()
            .chain([Effect::act(title, steps(stories, step, None))])
            .collect(),
    }
}

fn review(story: StoryId, cx: &Cx) -> Vec<Effect> {
    match refuses(Action::ReviewThis, &[story], cx) {
        Some(refusal) => vec![Effect::refusal(refusal)],
        None => vec![Effect::ReviewStory(story)],
    }
}

fn next_step(stories: &[StoryId], cx: &Cx) -> Vec<Effect> {
    let mut all: Vec<&Story> = stories
        .iter()
        .filter_map(|id| cx.backlog.story(*id))
        .map(AsRef::as_ref)
        .collect();
    all.dedup_by_key(|story| story.status);
    match all.as_slice() {
        [story] => match story.status.next_step() {
            Some(step) => take(stories, step, cx),
            None => vec![Effect::refusal(no_way_on(story, cx))],
        },
        _ => vec![Effect::refusal(
            "The marked stories do not stand at the same status. Mark stories of one status, or take the steps one by one.",
        )],
    }
}

fn step_back(stories: &[StoryId], cx: &Cx) -> Vec<Effect> {
    let Some(story) = stories.first().and_then(|id| cx.backlog.story(*id)) else {
        return Vec::new();
    };
    match story.status.step_back() {
        Some(step) => take(stories, step, cx),
        None => vec![Effect::refusal(no_way_back(story, cx))],
    }
}

fn no_way_on(story: &Story, cx: &Cx) -> String {
    format!(
        "{} is {}; nothing comes after that. Press s for the steps there are.",
        cx.backlog.key(story),
        story.status
    )
}

fn no_way_back(story: &Story, cx: &Cx) -> String {
    format!(
        "{} is {}; there is no step back from that. Press s for the steps there are.",
        cx.backlog.key(story),
        story.status
    )
}

/// Every step with its letter; those that cannot be taken now are grey and say why.
fn step_menu(stories: &[StoryId], cx: &Cx) -> Menu {
    let rows = Step::ALL.into_iter().map(|step| {
        let refusal = stories
            .iter()
            .find_map(|story| cx.backlog.may(*story, step).err());
        MenuRow {
            letter: letter(step),
            label: step.word().to_owned(),
            refusal: refusal.map(|refusal| in_menu(&refusal, step)),
            effects: take(stories, step, cx),
        }
    });
    // What can be done comes first.
    let (can, cannot): (Vec<MenuRow>, Vec<MenuRow>) = rows.partition(|row| row.refusal.is_none());
    let title = match stories {
        [only] => cx.backlog.story(*only).map_or_else(String::new, |story| {
            format!(
                "Step {} {} {}",
                cx.backlog.key(story),
                cx.theme.dash(),
                story.status
            )
        }),
        many => format!("Step {} stories", many.len()),
    };
    let ticks = match stories {
        [only] => ticks(*only, cx),
        _ => Vec::new(),
    };
    Menu::new(title, can.into_iter().chain(ticks).chain(cannot).collect())
}

/// The lines of the definition of ready, to be ticked by their numbers while the story is an idea.
fn ticks(id: StoryId, cx: &Cx) -> Vec<MenuRow> {
    let is_idea = |story: &&Arc<Story>| story.status == Status::Idea;
    let Some(story) = cx.backlog.story(id).filter(is_idea) else {
        return Vec::new();
    };
    let lines = cx.backlog.product().ready.lines.iter();
    lines
        .zip('1'..='9')
        .map(|(line, letter)| {
            let is_ticked = story.is_ticked_ready(line);
            let (sign, verb) = if is_ticked {
                ("[x]", "untick")
            } else {
                ("[ ]", "tick")
            };
            let edit = Edit::Ready {
                line: line.clone(),
                ticked: !is_ticked,
            };
            let label = format!("{verb} a ready line of {}", cx.backlog.key(story));
            let change = Change::Edit { story: id, edit };
            MenuRow {
                letter,
                label: format!("{sign} {line}"),
                refusal: None,
                // The menu stays: the step that this opens is in it.
                effects: vec![
                    Effect::act(label, vec![change]),
                    Effect::Run(Action::StepMenu),
                ],
            }
        })
        .collect()
}

/// Why a step cannot be taken, short where the menu would say the same of every row.
fn in_menu(refusal: &Refusal, step: Step) -> String {
    let Refusal::NoSuchStep { .. } = refusal else {
        return refusal.to_string();
    };
    let from: Vec<&str> = Status::ALL
        .into_iter()
        .filter(|status| status.after(step).is_some())
        .map(Status::word)
        .collect();
    format!("leads on from {}.", from.join(", "))
}

const fn letter(step: Step) -> char {
    match step {
        Step::Agree => 'a',
        Step::Unready => 'u',
        Step::Start => 's',
        Step::Deliver => 'd',
        Step::Undeliver => 'n',
        Step::Restart => 't',
        Step::Accept => 'c',
        Step::Reject => 'r',
        Step::Drop => 'x',
        Step::Restore => 'e',
        Step::Reopen => 'o',
    }
}

fn labels(stories: &[StoryId], cx: &Cx) -> Prompt {
    let found: Vec<&Story> = stories
        .iter()
        .filter_map(|id| cx.backlog.story(*id))
        .map(AsRef::as_ref)
        .collect();
    let common: Vec<String> = found
        .first()
        .map(|story| {
            let shared = story
                .labels
                .iter()
                .filter(|label| found.iter().all(|other| other.labels.contains(label)));
            shared.map(ToString::to_string).collect()
        })
        .unwrap_or_default();
    let mut text = common.join(", ");
    if !text.is_empty() {
        text.push_str(", ");
    }
    let suggestions = cx
        .backlog
        .labels()
        .iter()
        .map(ToString::to_string)
        .collect();
    let title = match stories {
        [only] => format!("Labels of {}", cx.backlog.key_or_id(*only)),
        many => format!("Labels of {} stories", many.len()),
    };
    Prompt::new(Purpose::Labels(stories.to_vec(), common), title, &text).suggesting(suggestions)
}

fn blockers(stories: &[StoryId], cx: &Cx) -> Vec<Effect> {
    if let Some(refusal) = stories.iter().find_map(|id| cx.backlog.may_edit(*id).err()) {
        return vec![Effect::refusal(refusal)];
    }
    let mut found = stories.iter().filter_map(|id| cx.backlog.story(*id));
    // One whose story is gone cannot be named, and stays.
    let known = |id: &StoryId| cx.backlog.story(*id).is_some();
    let mut common: Vec<StoryId> = found
        .next()
        .map(|story| story.blocked_by.iter().copied().filter(known).collect())
        .unwrap_or_default();
    for story in found {
        common.retain(|id| story.blocked_by.contains(id));
    }
    let keys = common.iter().map(|id| cx.backlog.key_or_id(*id));
    // A comma at the end: what is typed is one more.
    let text = keys.chain([String::new()]).collect::<Vec<_>>().join(", ");
    let title = match stories {
        [only] => format!("What blocks {}?", cx.backlog.key_or_id(*only)),
        many => format!("What blocks these {} stories?", many.len()),
    };
    let purpose = Purpose::Blockers(stories.to_vec(), common);
    vec![Effect::open(Prompt::new(purpose, title, &text))]
}

fn lift(stories: &[StoryId], cx: &Cx) -> Vec<Effect> {
    let lift = match cx.backlog.lift(stories) {
        Ok(lift) => lift,
        Err(refusal) => return vec![Effect::refusal(refusal)],
    };
    let (lifted, above) = lift.told(cx.backlog);
    let stands = if lift.blockers().nth(1).is_none() {
        "stands"
    } else {
        "stand"
    };
    vec![
        Effect::news(format!("{lifted} {stands} above {above} now.")),
        Effect::act(lift.label(cx.backlog), lift.changes()),
    ]
}

fn findings(story: StoryId, cx: &Cx) -> Effect {
    match Findings::new(story, cx) {
        Some(findings) => Effect::open(findings),
        None => Effect::news(format!(
            "The linter has nothing to say of {}.",
            cx.backlog.key_or_id(story)
        )),
    }
}

fn copy(stories: &[StoryId], cx: &Cx) -> Vec<Effect> {
    let texts: Vec<String> = stories
        .iter()
        .filter_map(|id| cx.backlog.story(*id))
        .map(|story| markdown::story(story, cx.backlog))
        .collect();
    let said = match stories {
        [only] => format!(
            "{} is on the clipboard as Markdown.",
            cx.backlog.key_or_id(*only)
        ),
        many => format!("{} stories are on the clipboard as Markdown.", many.len()),
    };
    vec![
        Effect::Ask(Request::Copy(texts.join("\n"))),
        Effect::news(said),
    ]
}

pub(crate) use split::merged;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_step_has_a_letter_of_its_own() {
        let mut letters: Vec<char> = Step::ALL.into_iter().map(letter).collect();
        letters.sort_unstable();
        letters.dedup();
        assert_eq!(letters.len(), Step::ALL.len());
    }
}
