//! Where comparing begins: on the marked stories, on those found, or on the ideas; and how an unfinished one goes on.

use std::collections::HashSet;
use std::sync::Arc;

use super::BacklogPane;
use crate::keymap::Action;
use crate::model::{Comparison, Status, StoryId};
use crate::ui::effect::Effect;
use crate::ui::overlays::compare::label;
use crate::ui::overlays::{Compare, Menu, MenuRow};
use crate::ui::pane::Cx;

impl BacklogPane {
    /// Remembers the comparison that can be gone on with.
    pub fn keep_comparison(&mut self, comparison: Option<Arc<Comparison>>) {
        self.unfinished = comparison;
    }

    /// Does what a comparing action asks for; `None` when it is none.
    pub(super) fn compared(&self, action: Action, cx: &Cx) -> Option<Vec<Effect>> {
        let begun = self.begun(cx);
        let new = match action {
            Action::Compare if begun.is_some() && !self.chooses_stories() => {
                return begun.map(|begun| go_on(begun, cx));
            }
            Action::Compare => self.ranking(cx),
            Action::CompareInto => self.placing(cx),
            _ => return None,
        };
        Some(match (new, begun) {
            (Err(refusal), _) => vec![Effect::refusal(refusal)],
            (Ok(new), None) => go_on(new, cx),
            (Ok(new), Some(begun)) if is_the_same(&new, &begun) => go_on(begun, cx),
            (Ok(new), Some(begun)) => vec![Effect::open(which(begun, new, cx))],
        })
    }

    /// Why there is nothing to compare now; asked for every frame, so it looks at no more than counts.
    pub(super) fn refuses_comparing(&self, action: Action, cx: &Cx) -> Option<String> {
        match action {
            Action::Compare if self.unfinished.is_some() || self.marks.len() > 1 => None,
            Action::Compare => match self.filter.found() {
                Some(found) if found.len() < 2 => Some(too_few("stories in sight")),
                None if cx.backlog.count(Status::Idea) < 2 => Some(too_few("ideas")),
                _ => None,
            },
            Action::CompareInto if cx.backlog.open_count() <= self.targets().len() => {
                Some(no_other())
            }
            Action::CompareInto => {
                let first = self.targets().first()?;
                let is_closed = cx.backlog.position(*first).is_none();
                is_closed.then(|| has_no_place(*first, cx))
            }
            _ => None,
        }
    }

    /// The unfinished comparison, as far as its stories are still there.
    fn begun(&self, cx: &Cx) -> Option<Comparison> {
        let mut begun = Comparison::clone(self.unfinished.as_ref()?);
        begun.retain(|id| cx.backlog.position(id).is_some());
        (begun.order().len() > 1 && !begun.stories().is_empty()).then_some(begun)
    }

    /// Whether marks or a search say which stories are meant.
    fn chooses_stories(&self) -> bool {
        self.marks.len() > 1 || self.filter.found().is_some()
    }

    fn ranking(&self, cx: &Cx) -> Result<Comparison, String> {
        let is_open = |id: &StoryId| cx.backlog.position(*id).is_some();
        let (mut stories, which): (Vec<StoryId>, &str) = if self.marks.len() > 1 {
            (self.marks.in_order().to_vec(), "marked stories")
        } else if let Some(found) = self.filter.found() {
            (found.to_vec(), "stories in sight")
        } else {
            let is_idea = |id: &StoryId| {
                let story = cx.backlog.story(*id);
                story.is_some_and(|story| story.status == Status::Idea)
            };
            (cx.backlog.open().filter(is_idea).collect(), "ideas")
        };
        stories.retain(is_open);
        // A search may show the best match first; what counts is the order of the backlog.
        stories.sort_by_cached_key(|id| cx.backlog.position(*id));
        match stories.len() {
            0 | 1 => Err(too_few(which)),
            _ => Ok(Comparison::among_themselves(stories)),
        }
    }

    fn placing(&self, cx: &Cx) -> Result<Comparison, String> {
        let targets = self.targets();
        if targets.is_empty() {
            return Err("There is no story here. Write one with n.".to_owned());
        }
        let closed = targets
            .iter()
            .find(|id| cx.backlog.position(**id).is_none());
        if let Some(closed) = closed {
            return Err(has_no_place(*closed, cx));
        }
        let comparison = Comparison::into_order(cx.backlog.open(), targets);
        if comparison.is_insertion() {
            Ok(comparison)
        } else {
            Err(no_other())
        }
    }
}

fn too_few(which: &str) -> String {
    format!(
        "There are no two open {which} to compare. Mark two stories or more with space, then press c."
    )
}

fn has_no_place(story: StoryId, cx: &Cx) -> String {
    format!(
        "{} is not in the backlog, so it has no place there. Choose an open story.",
        cx.backlog.key_or_id(story)
    )
}

fn no_other() -> String {
    "There is no other open story to compare with. Rank the marked ones with c.".to_owned()
}

fn go_on(comparison: Comparison, cx: &Cx) -> Vec<Effect> {
    vec![Effect::open(Compare::new(comparison, cx))]
}

/// Whether two comparisons are about the same: then the one that is begun goes on.
fn is_the_same(one: &Comparison, other: &Comparison) -> bool {
    let stories = |comparison: &Comparison| -> HashSet<StoryId> {
        comparison.stories().into_iter().collect()
    };
    one.is_insertion() == other.is_insertion() && stories(one) == stories(other)
}

fn which(begun: Comparison, new: Comparison, cx: &Cx) -> Menu {
    let asked = begun.progress().asked;
    let answers = if asked == 1 { "answer" } else { "answers" };
    let rows = [
        (
            'g',
            format!("go on: {} ({asked} {answers} so far)", label(&begun, cx)),
            begun,
        ),
        ('n', format!("begin anew: {}", label(&new, cx)), new),
    ];
    let rows = rows.map(|(letter, label, comparison)| MenuRow {
        letter,
        label,
        refusal: None,
        effects: go_on(comparison, cx),
    });
    Menu::new("A comparison is not finished yet", rows.into())
}
