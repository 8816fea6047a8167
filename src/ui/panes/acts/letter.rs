//! The letter to the team that goes back with a rejected story, on the clipboard.

use crate::exchange::letter::letter;
use crate::model::{Outcome, Status, Story, StoryId};
use crate::ui::effect::{Effect, Request};
use crate::ui::pane::Cx;

/// Why there is nothing to copy in the review.
const NONE_REJECTED: &str =
    "No story is rejected, so there is no letter to copy. Reject one with r first.";

/// Copies the letter of a story's last rejection.
pub fn copy(story: StoryId, cx: &Cx) -> Vec<Effect> {
    let found = cx.backlog.story(story);
    let Some(text) = found.and_then(|story| letter(story, cx.backlog)) else {
        return refusal(story, cx)
            .map(Effect::refusal)
            .into_iter()
            .collect();
    };
    let key = cx.backlog.key_or_id(story);
    vec![
        Effect::Ask(Request::Copy(text)),
        Effect::news(format!("The letter to the team about {key} is copied.")),
    ]
}

/// Why a story has no letter.
pub fn refusal(story: StoryId, cx: &Cx) -> Option<String> {
    let found = cx.backlog.story(story)?;
    (found.rejections() == 0).then(|| {
        let key = cx.backlog.key(found);
        format!("{key} was never rejected, so there is no letter to copy.")
    })
}

/// Copies the letter of the story that was rejected last: it has left the queue.
pub fn copy_last(cx: &Cx) -> Vec<Effect> {
    match last(cx) {
        Some(story) => copy(story, cx),
        None => vec![Effect::refusal(NONE_REJECTED)],
    }
}

/// Why there is no such story.
pub fn refuses_last(cx: &Cx) -> Option<String> {
    last(cx).is_none().then(|| NONE_REJECTED.to_owned())
}

fn last(cx: &Cx) -> Option<StoryId> {
    let rejected_at = |story: &Story| {
        let mut rounds = story.closed_rounds().rev();
        let round = rounds.find(|round| round.outcome == Some(Outcome::Rejected))?;
        Some((round.at, story.id))
    };
    let open = cx.backlog.open().filter_map(|id| cx.backlog.story(id));
    open.filter(|story| story.status == Status::Rejected)
        .filter_map(|story| rejected_at(story))
        .max()
        .map(|(_, id)| id)
}
