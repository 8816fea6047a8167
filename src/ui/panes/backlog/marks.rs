//! Marked stories: every act on the list is then about all of them. Marks survive filters.
//!
//! Their order is kept, because every frame asks for the first one, however many are marked.

use std::collections::HashSet;

use crate::model::StoryId;
use crate::ui::pane::Cx;

/// The marked stories.
#[derive(Debug, Default)]
pub(super) struct Marks {
    ids: HashSet<StoryId>,
    ordered: Vec<StoryId>,
    last: Option<StoryId>,
    /// The backlog's generation that `ordered` is right for.
    generation: u64,
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

    pub(super) fn toggle(&mut self, id: StoryId, cx: &Cx) {
        if self.ids.remove(&id) {
            self.ordered.retain(|marked| *marked != id);
            return;
        }
        self.ids.insert(id);
        self.last = Some(id);
        let place = place(id, cx);
        let at = self
            .ordered
            .partition_point(|marked| self::place(*marked, cx) < place);
        self.ordered.insert(at, id);
    }

    pub(super) fn extend(&mut self, ids: impl IntoIterator<Item = StoryId>, cx: &Cx) {
        self.ids.extend(ids);
        self.sort(cx);
    }

    pub(super) fn clear(&mut self) {
        self.ids.clear();
        self.ordered.clear();
        self.last = None;
    }

    /// The marked stories in the order of the backlog; closed ones after the open ones.
    pub(super) fn in_order(&self) -> &[StoryId] {
        &self.ordered
    }

    /// Forgets stories that are gone, and follows those that were moved.
    pub(super) fn reconcile(&mut self, cx: &Cx) {
        if self.generation != cx.backlog.generation() && !self.ids.is_empty() {
            self.ids.retain(|id| cx.backlog.story(*id).is_some());
            self.sort(cx);
        }
        self.generation = cx.backlog.generation();
    }

    fn sort(&mut self, cx: &Cx) {
        let ids: Vec<StoryId> = self.ids.iter().copied().collect();
        let places = cx.backlog.positions(&ids).into_iter().zip(ids);
        let mut places: Vec<(usize, StoryId)> = places
            .map(|(place, id)| (place.unwrap_or(usize::MAX), id))
            .collect();
        places.sort_unstable();
        self.ordered = places.into_iter().map(|(_, id)| id).collect();
    }
}

/// Where a story stands among marked ones; closed ones come last.
fn place(id: StoryId, cx: &Cx) -> (usize, StoryId) {
    (cx.backlog.position(id).unwrap_or(usize::MAX), id)
}
