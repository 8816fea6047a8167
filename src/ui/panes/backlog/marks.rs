//! Marked stories: every act on the list is then about all of them. Marks survive filters.

use std::collections::HashSet;

use crate::model::StoryId;
use crate::ui::pane::Cx;

/// The marked stories.
#[derive(Debug, Default)]
pub(super) struct Marks {
    ids: HashSet<StoryId>,
    last: Option<StoryId>,
}

impl Marks {
    pub(super) fn is_empty(&self) -> bool {
        self.ids.is_empty()
    }

    pub(super) fn len(&self) -> usize {
        self.ids.len()
    }

    pub(super) fn contains(&self, id: StoryId) -> bool {
        self.ids.contains(&id)
    }

    /// The story marked last, where a range begins.
    pub(super) fn last(&self) -> Option<StoryId> {
        self.last.filter(|id| self.contains(*id))
    }

    pub(super) fn toggle(&mut self, id: StoryId) {
        if !self.ids.remove(&id) {
            self.ids.insert(id);
            self.last = Some(id);
        }
    }

    pub(super) fn extend(&mut self, ids: impl IntoIterator<Item = StoryId>) {
        self.ids.extend(ids);
    }

    pub(super) fn clear(&mut self) {
        self.ids.clear();
        self.last = None;
    }

    /// The marked stories in the order of the backlog; closed ones after the open ones.
    pub(super) fn in_order(&self, cx: &Cx) -> Vec<StoryId> {
        let mut ids: Vec<StoryId> = self.ids.iter().copied().collect();
        ids.sort_by_key(|id| (cx.backlog.position(*id).unwrap_or(usize::MAX), *id));
        ids
    }

    /// Forgets stories that are gone.
    pub(super) fn reconcile(&mut self, cx: &Cx) {
        self.ids.retain(|id| cx.backlog.story(*id).is_some());
    }
}
