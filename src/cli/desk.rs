//! A product opened for one command: its backlog, and where its acts are saved.

use std::path::Path;
use std::sync::Arc;

use super::context::{Context, Failure};
use crate::language::lint::Linter;
use crate::model::{
    Act, Backlog, Change, Delta, History, Place, Refusal, Stamp, Status, Story, StoryId,
};
use crate::store::products::Listed;
use crate::store::{JsonStore, SaveError, Store as _};

/// An opened product.
#[derive(Debug)]
pub(super) struct Desk {
    /// The stories and settings.
    pub(super) backlog: Backlog,
    store: JsonStore,
    /// Whether every file could be read.
    pub(super) is_whole: bool,
    /// Numbers that two stories had; mended on disk with the next act.
    repairs: Vec<Delta>,
}

/// Which way to go in the history.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Direction {
    /// Take back the last act.
    Undo,
    /// Repeat the act taken back last.
    Redo,
}

impl Desk {
    /// Opens the product the command is about, and remembers it as the last used.
    pub(super) fn open(context: &mut Context) -> Result<Self, Failure> {
        let product = context.product()?;
        let products = context.products()?;
        let desk = Self::open_product(&product, context)?;
        // A read-only directory can be read all the same.
        let _ = products.remember(&product.slug);
        Ok(desk)
    }

    /// Opens a product's folder; what could not be read is noted.
    pub(super) fn open_product(product: &Listed, context: &mut Context) -> Result<Self, Failure> {
        let (store, opened) = JsonStore::open(&product.folder)?;
        for notice in opened.notices {
            context.note(notice);
        }
        match opened.broken.as_slice() {
            [] => {}
            [only] => context.note(format!(
                "A file could not be read and was left alone: {only}. Look at `backstory doctor`."
            )),
            [first, ..] => context.note(format!(
                "{} files could not be read and were left alone, such as {first}. Look at `backstory doctor`.",
                opened.broken.len()
            )),
        }
        let is_whole = opened.broken.is_empty();
        let (mut backlog, repairs) =
            Backlog::load(opened.product, opened.stories, opened.highest_number);
        backlog.heed(Arc::new(Linter::thorough()));
        Ok(Self {
            backlog: backlog.with_problems(opened.problems),
            store,
            is_whole,
            repairs,
        })
    }

    /// The folder of the product.
    pub(super) fn folder(&self) -> &Path {
        self.store.root()
    }

    /// Finds a story by its key.
    pub(super) fn find(&self, key: &str) -> Result<Arc<Story>, Failure> {
        Ok(Arc::clone(self.backlog.find(key)?))
    }

    /// The story as it stands now.
    pub(super) fn story(&self, id: StoryId) -> Result<Arc<Story>, Failure> {
        let missing = || Failure::from(Refusal::NoSuchStory(id.to_string()));
        self.backlog.story(id).cloned().ok_or_else(missing)
    }

    /// Makes changes as one saved act; `None` when they change nothing.
    pub(super) fn perform(
        &mut self,
        label: &str,
        changes: &[Change],
        context: &Context,
    ) -> Result<Option<Arc<Act>>, Failure> {
        let stamp = context.stamp();
        self.perform_at(label, changes, &stamp, context)
    }

    /// Makes changes as one saved act at a given time.
    pub(super) fn perform_at(
        &mut self,
        label: &str,
        changes: &[Change],
        stamp: &Stamp,
        context: &Context,
    ) -> Result<Option<Arc<Act>>, Failure> {
        let id = context.act_id();
        let act = History::default().perform(&mut self.backlog, id, label, changes, stamp)?;
        if let Some(act) = &act {
            self.save(act, context)?;
        }
        Ok(act)
    }

    /// Takes back or repeats an act; answers with the act that did so, in the history with the other.
    pub(super) fn travel(
        &mut self,
        direction: Direction,
        context: &Context,
    ) -> Result<(Arc<Act>, History), Failure> {
        let mut history = History::from_acts(self.acts()?);
        let (id, stamp) = (context.act_id(), context.stamp());
        let act = match direction {
            Direction::Undo => history.undo(&mut self.backlog, id, &stamp)?,
            Direction::Redo => history.redo(&mut self.backlog, id, &stamp)?,
        };
        self.save(&act, context)?;
        Ok((act, history))
    }

    /// All acts that are known, oldest first.
    pub(super) fn acts(&mut self) -> Result<Vec<Act>, Failure> {
        Ok(self.store.acts()?)
    }

    /// The keys of the stories an act changed.
    pub(super) fn keys_in(&self, act: &Act) -> Vec<String> {
        let stories = act.deltas.iter().filter_map(|delta| match delta {
            Delta::Story { before, after } => after.as_ref().or(before.as_ref()),
            Delta::Problem { .. } | Delta::Product { .. } => None,
        });
        stories.map(|story| self.backlog.key(story)).collect()
    }

    /// A place beside another story or at an end.
    pub(super) fn beside(
        &self,
        key: &str,
        place: impl FnOnce(StoryId) -> Place,
    ) -> Result<Place, Failure> {
        let story = self.backlog.find(key)?;
        if self.backlog.position(story.id).is_none() {
            return Err(Refusal::NotInBacklog {
                key: self.backlog.key(story),
                status: story.status,
            }
            .into());
        }
        Ok(place(story.id))
    }

    /// Where a story stands in the order, in words.
    pub(super) fn place_in_words(&self, story: &Story) -> String {
        match self.backlog.position(story.id) {
            Some(position) => format!("place {position} of {}", self.backlog.open_count()),
            None if story.status == Status::Dropped => "dropped".to_owned(),
            None => "not in the backlog".to_owned(),
        }
    }

    fn save(&mut self, act: &Act, context: &Context) -> Result<(), Failure> {
        self.save_repairs(context)?;
        let saved = self.store.save(act).map_err(|error| failure(&error))?;
        if saved.merged {
            self.take_in(&saved.act);
        }
        self.backlog.raise_highest_number(saved.highest_number);
        Ok(())
    }

    /// Takes in what was really written, where others had changed the same files.
    fn take_in(&mut self, act: &Act) {
        let (mut stories, mut problems) = (Vec::new(), Vec::new());
        for delta in &act.deltas {
            match delta {
                Delta::Story { before, after } => {
                    let story = after.as_ref().or(before.as_ref());
                    stories.extend(story.map(|story| (story.id, after.clone())));
                }
                Delta::Problem { before, after } => {
                    let problem = after.as_ref().or(before.as_ref());
                    problems.extend(problem.map(|problem| (problem.id, after.clone())));
                }
                Delta::Product { after, .. } => self.backlog.adopt_product((**after).clone()),
            }
        }
        self.backlog.adopt_problems(problems);
        self.backlog.adopt_all(stories);
    }

    fn save_repairs(&mut self, context: &Context) -> Result<(), Failure> {
        if self.repairs.is_empty() {
            return Ok(());
        }
        let stamp = context.stamp();
        let act = Act {
            id: context.act_id(),
            label: "give doubled numbers anew".to_owned(),
            at: stamp.at,
            by: stamp.by,
            deltas: std::mem::take(&mut self.repairs),
            undoes: None,
            redoes: None,
        };
        self.store.save(&act).map_err(|error| failure(&error))?;
        Ok(())
    }
}

/// Says why nothing was saved; here nothing is tried again by itself.
fn failure(error: &SaveError) -> Failure {
    let sentence = match error {
        SaveError::Failed(sentence) => format!("{sentence} Run the command again."),
        SaveError::Conflict(conflicts) => {
            let fields: Vec<String> = conflicts
                .iter()
                .map(crate::store::Conflict::summary)
                .collect();
            format!(
                "Somebody else changed the same at this moment: {}. Look at it, then run the command again.",
                fields.join("; ")
            )
        }
        SaveError::Broken(_) => error.to_string(),
    };
    Failure::refused(sentence)
}
