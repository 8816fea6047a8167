//! The letter to the team that goes back with a rejected story, on the clipboard or in a file.

use crate::exchange::letter::{letter, rejection};
use crate::keymap::Action;
use crate::model::{Status, StoryId};
use crate::ui::effect::{Effect, Request, TextFile};
use crate::ui::overlays::{Prompt, Purpose};
use crate::ui::pane::Cx;

/// Why there is no letter in the review.
const NONE_REJECTED: &str =
    "No story is rejected, so there is no letter to the team. Reject one with r first.";

/// Whether an action is about a letter.
pub const fn is_about(action: Action) -> bool {
    matches!(action, Action::Letter | Action::LetterFile)
}

/// Copies the letter of a story's last rejection, or asks for the file it is to go into.
pub fn act(action: Action, story: StoryId, cx: &Cx) -> Vec<Effect> {
    if let Some(refusal) = refusal(story, cx) {
        return vec![Effect::refusal(refusal)];
    }
    let key = cx.backlog.key_or_id(story);
    let found = cx.backlog.story(story);
    if action == Action::LetterFile {
        let round = found.and_then(|story| rejection(story));
        let round = round.map_or(1, |round| round.round);
        let title = format!("Write the letter to the team about {key} into the file …");
        let prompt = Prompt::new(
            Purpose::LetterFile(story),
            title,
            &format!("{key}-round-{round}.md"),
        );
        return vec![Effect::open(prompt.selected())];
    }
    let Some(text) = found.and_then(|story| letter(story, cx.backlog)) else {
        return Vec::new();
    };
    let news = format!("The letter to the team about {key} is copied. E writes it into a file.");
    vec![Effect::Ask(Request::Copy(text)), Effect::news(news)]
}

/// The letter of a story, on its way into a file of this name.
pub fn to_file(story: StoryId, name: &str, cx: &Cx) -> Result<Vec<Effect>, String> {
    // Files dragged into a terminal come with quotes around them.
    let name = name.trim().trim_matches(['"', '\'']);
    if name.is_empty() {
        return Err("A file needs a name. Type one, or leave with Esc.".to_owned());
    }
    let found = cx.backlog.story(story);
    let Some(text) = found.and_then(|story| letter(story, cx.backlog)) else {
        return Err(refusal(story, cx).unwrap_or_else(|| NONE_REJECTED.to_owned()));
    };
    let key = cx.backlog.key_or_id(story);
    Ok(vec![Effect::Ask(Request::WriteFile(TextFile {
        file: name.into(),
        about: format!("The letter to the team about {key}"),
        text,
        replaces: false,
    }))])
}

/// Why a story has no letter.
pub fn refusal(story: StoryId, cx: &Cx) -> Option<String> {
    let found = cx.backlog.story(story)?;
    rejection(found).is_none().then(|| {
        let key = cx.backlog.key(found);
        format!("{key} was never rejected, so there is no letter to the team.")
    })
}

/// The same in the review, with the story in sight there.
pub fn act_in_review(action: Action, in_sight: Option<StoryId>, cx: &Cx) -> Vec<Effect> {
    match meant(in_sight, cx) {
        Some(story) => act(action, story, cx),
        None => vec![Effect::refusal(NONE_REJECTED)],
    }
}

/// Why there is no letter in the review.
pub fn refuses_in_review(in_sight: Option<StoryId>, cx: &Cx) -> Option<String> {
    meant(in_sight, cx)
        .is_none()
        .then(|| NONE_REJECTED.to_owned())
}

/// The story whose letter is meant in the review: one that was just sent back has left the queue; else the one in
/// sight that comes again; else the one that was sent back last.
fn meant(in_sight: Option<StoryId>, cx: &Cx) -> Option<StoryId> {
    let has_letter = |id: &StoryId| {
        cx.backlog
            .story(*id)
            .and_then(|story| rejection(story))
            .is_some()
    };
    cx.sent_back
        .or(in_sight)
        .filter(has_letter)
        .or_else(|| last(cx))
}

fn last(cx: &Cx) -> Option<StoryId> {
    let open = cx.backlog.open().filter_map(|id| cx.backlog.story(id));
    open.filter(|story| story.status == Status::Rejected)
        .filter_map(|story| Some((rejection(story)?.at, story.id)))
        .max()
        .map(|(_, id)| id)
}
