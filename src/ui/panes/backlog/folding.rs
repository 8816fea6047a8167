//! What can be done to a list in groups: fold them, mark a folded one, press a heading.

use super::BacklogPane;
use super::lines::{OnLine, Said};
use super::moves::is_move;
use crate::keymap::Action;
use crate::ui::effect::Effect;
use crate::ui::pane::Cx;
use crate::ui::panes::acts;

impl BacklogPane {
    /// Sorts the rows into groups. A search for words shows the best match first, and so nothing is grouped then.
    pub(super) fn arrange(&mut self, cx: &Cx) {
        if self.groups.by().is_none() || self.filter.is_by_relevance() {
            self.groups.set_aside();
            return;
        }
        match self.filter.found() {
            Some(found) => self.groups.arrange(found.iter().copied(), cx),
            None => self.groups.arrange(cx.backlog.open(), cx),
        }
    }

    /// Folds or unfolds groups.
    pub(super) fn fold(&mut self, action: Action, cx: &Cx) -> Vec<Effect> {
        if let Some(refusal) = self.refuses_folding(action) {
            return vec![Effect::refusal(refusal)];
        }
        self.selected = if action == Action::FoldAll {
            self.groups.turn_all(self.at)
        } else {
            self.groups.turn(self.at)
        };
        self.settle(cx);
        Vec::new()
    }

    /// Why nothing can be folded, or nothing be done to the folded group under the cursor.
    pub(super) fn refuses_folding(&self, action: Action) -> Option<String> {
        let folds = matches!(action, Action::Fold | Action::FoldAll);
        if folds && self.groups.rows().is_none() {
            return Some("The list is not grouped. Group it with F.".to_owned());
        }
        let is_about_stories = acts::is_act(action) || is_move(action) || action == Action::Place;
        let is_searched = self.targets().is_empty() && !self.filter.text().is_empty();
        if is_about_stories && is_searched && !self.groups.is_stood_on() {
            return Some("No story is in sight. Clear the search with Esc.".to_owned());
        }
        (is_about_stories && self.marks.is_empty() && self.groups.is_stood_on()).then(|| {
            "This row is a folded group. Unfold it with z, or mark its stories with space."
                .to_owned()
        })
    }

    /// Marks the story, or all stories of the folded group, and goes on; where all are marked the marks go.
    pub(super) fn mark(&mut self, cx: &Cx) {
        if let Some(group) = self.groups.folded_at(self.at) {
            let stories = group.stories.clone();
            let are_marked = stories.iter().all(|id| self.marks.contains(*id));
            for id in stories {
                if self.marks.contains(id) == are_marked {
                    self.marks.toggle(id, cx);
                }
            }
        } else if let Some(id) = self.selected {
            self.marks.toggle(id, cx);
        } else {
            return;
        }
        self.go(self.at + 1, cx);
    }

    /// The mouse: a row is gone to, and begins to be dragged; a heading folds its group.
    pub(super) fn press(&mut self, row: u16, cx: &Cx) {
        match self.on_screen(row, cx) {
            Some(OnLine::Row(index)) => {
                let is_folded = self.groups.folded_at(index).is_some();
                self.go(index, cx);
                self.dragged = self.selected;
                if is_folded {
                    self.fold(Action::Fold, cx);
                }
            }
            Some(OnLine::Divider(divider)) if matches!(divider.said, Said::Heading(_)) => {
                let first = divider.before;
                self.go(first, cx);
                self.fold(Action::Fold, cx);
            }
            Some(OnLine::Divider(_)) | None => {}
        }
    }
}
