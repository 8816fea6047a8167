//! The review: the queue of delivered stories on the left, the sheet of the one under review on the right.
//!
//! Nothing that was judged is kept here: every verdict, note and tick goes to the model at once, so that a review
//! can be left at any moment and goes on where it stopped. The panes remember where the cursor is, no more.

mod order;
mod queue;
mod sheet;

pub use queue::QueuePane;
pub use sheet::SheetPane;

use super::acts;
use crate::keymap::Action;
use crate::ui::effect::Effect;
use crate::ui::pane::Cx;
use crate::ui::widgets::viewport::is_walk;

/// Why nothing can be judged while no story waits.
const NOTHING_WAITS: &str =
    "No story waits for a review. Deliver a started one first (> in the backlog).";

/// Whether an action judges the story on the sheet.
const fn judges(action: Action) -> bool {
    matches!(
        action,
        Action::Met
            | Action::NotMet
            | Action::CannotTell
            | Action::Note
            | Action::Evidence
            | Action::TickDone
            | Action::Accept
            | Action::AcceptNote
            | Action::Reject
    )
}

/// Why an action cannot be done while no story waits.
fn refuses_without_story(action: Action, cx: &Cx) -> Option<String> {
    let needs_story = judges(action) || acts::refuses(action, &[], cx).is_some();
    needs_story.then(|| NOTHING_WAITS.to_owned())
}

/// Answers an action while no story waits; what is not about stories or rows is left to the whole program.
fn without_story(action: Action, cx: &Cx) -> Option<Vec<Effect>> {
    if is_walk(action) || action == Action::Open {
        return Some(Vec::new());
    }
    refuses_without_story(action, cx).map(|refusal| vec![Effect::refusal(refusal)])
}
