//! The open product: its backlog, its history, and how far saving has come.

use std::collections::{HashSet, VecDeque};
use std::sync::Arc;

use super::Setting;
use super::outlook::Outlook;
use super::since::LastVisit;
use crate::keymap::Action;
use crate::language::lint::Linter;
use crate::model::{
    Act, ActId, Backlog, Delta, History, Product, Status, Story, StoryId, Subject, Timestamp,
};
use crate::ui::effect::Conflict;
use crate::ui::pane::Cx;

/// An open product.
pub(super) struct World {
    pub(super) backlog: Backlog,
    pub(super) history: History,
    /// Undo and redo asked for before the journal was read: they wait for it.
    pub(super) early_undos: Option<Vec<Action>>,
    pub(super) saving: Saving,
    pub(super) outlook: Outlook,
    pub(super) visit: LastVisit,
    /// Whether every file could be read.
    pub(super) is_whole: bool,
    pub(super) linter: Arc<Linter>,
    /// The stories of which was asked how it will be known whether they keep their promise.
    pub(super) asked: HashSet<StoryId>,
}

/// The acts that are not on disk yet.
#[derive(Debug, Default)]
pub(super) struct Saving {
    waiting: VecDeque<Arc<Act>>,
    /// Those that wait for an answer, with the question.
    contested: Vec<Conflict>,
    /// Whether the first question has not been asked yet.
    asks: bool,
    failed: bool,
}

impl World {
    pub(super) fn new(mut backlog: Backlog) -> Self {
        let linter = Arc::new(Linter::default());
        backlog.heed(Arc::<Linter>::clone(&linter));
        Self {
            backlog,
            history: History::default(),
            early_undos: Some(Vec::new()),
            saving: Saving::default(),
            outlook: Outlook::default(),
            visit: LastVisit::default(),
            is_whole: true,
            linter,
            asked: HashSet::new(),
        }
    }

    /// What panes and overlays may read.
    pub(super) fn cx<'a>(
        &'a self,
        now: Timestamp,
        setting: &'a Setting,
        selected: Option<StoryId>,
    ) -> Cx<'a> {
        Cx {
            backlog: &self.backlog,
            now,
            zone: &setting.zone,
            theme: setting.theme,
            selected,
            sent_back: self.sent_back(),
            forecast: self.outlook.forecast(),
            linter: Some(&self.linter),
        }
    }

    /// The story that the last act sent back to the team, if it did that.
    fn sent_back(&self) -> Option<StoryId> {
        let is_rejected = |story: &Option<Arc<Story>>| {
            let story = story.as_ref();
            story.is_some_and(|story| story.status == Status::Rejected)
        };
        // A rejection is an act on one story; of a larger act not even the stories are counted.
        match self.history.last_done()?.deltas.as_slice() {
            [Delta::Story { before, after, .. }] if is_rejected(after) && !is_rejected(before) => {
                after.as_ref().map(|story| story.id)
            }
            _ => None,
        }
    }

    /// Takes in an act as it stands on disk now, and says whether others' changes came with it.
    pub(super) fn settle(&mut self, act: &Arc<Act>) -> bool {
        self.saving.done(act.id);
        self.history.amend(act);
        // Where a later act waits, it stands on this one's result in memory; the store merges that one too.
        let later = self.saving.subjects();
        let mut merged = false;
        let mut merged_stories = Vec::new();
        for delta in &act.deltas {
            let Some(subject) = delta.subject().filter(|subject| !later.contains(subject)) else {
                continue;
            };
            match (delta, subject) {
                (Delta::Story { after, .. }, Subject::Story(id)) => {
                    if self.backlog.story(id) != after.as_ref() {
                        merged_stories.push((id, after.clone()));
                    }
                }
                (Delta::Problem { after, .. }, Subject::Problem(id)) => {
                    if self.backlog.problem(id) != after.as_ref() {
                        self.backlog.adopt_problems([(id, after.clone())]);
                        merged = true;
                    }
                }
                (Delta::Product { after, .. }, _) => {
                    if self.backlog.product() != after {
                        self.backlog.adopt_product(Product::clone(after));
                        merged = true;
                    }
                }
                (Delta::Story { .. } | Delta::Problem { .. }, _) => {}
            }
        }
        merged |= !merged_stories.is_empty();
        self.backlog.adopt_all(merged_stories);
        merged
    }
}

impl Saving {
    pub(super) fn begin(&mut self, act: Arc<Act>) {
        self.waiting.push_back(act);
    }

    pub(super) fn done(&mut self, act: ActId) {
        self.waiting.retain(|waiting| waiting.id != act);
        let open = self.contested.len();
        self.contested.retain(|conflict| conflict.act.id != act);
        // After the answer to one question the next has its turn.
        self.asks |= self.contested.len() < open;
        self.failed = false;
    }

    /// Keeps a question until it is answered, whatever becomes of the box that asks it.
    pub(super) fn contest(&mut self, conflict: Conflict) {
        self.contested
            .retain(|known| known.act.id != conflict.act.id);
        self.contested.push(conflict);
        self.asks = true;
    }

    /// Whether the first question is to be asked.
    pub(super) fn asks(&self) -> bool {
        self.asks && !self.contested.is_empty()
    }

    pub(super) fn was_asked(&mut self) {
        self.asks = false;
    }

    /// The question that has waited longest.
    pub(super) fn question(&self) -> Option<&Conflict> {
        self.contested.first()
    }

    pub(super) fn fail(&mut self) {
        self.failed = true;
    }

    pub(super) fn is_unsaved(&self) -> bool {
        !self.waiting.is_empty()
    }

    pub(super) fn has_failed(&self) -> bool {
        self.failed || !self.contested.is_empty()
    }

    /// How many acts wait.
    pub(super) fn waiting(&self) -> usize {
        self.waiting.len()
    }

    /// What the waiting acts are about: on disk that is older than in memory.
    fn subjects(&self) -> HashSet<Subject> {
        let deltas = self.waiting.iter().flat_map(|act| &act.deltas);
        deltas.filter_map(Delta::subject).collect()
    }
}

/// An empty world for overlays on the first page, where there is no product yet.
pub(super) fn no_world() -> Option<World> {
    let product = Product::new("backstory", None).ok()?;
    Some(World::new(Backlog::new(product)))
}
