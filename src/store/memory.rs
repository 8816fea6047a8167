//! A store in memory, for tests: it keeps the whole contract, and fails on request.
//!
//! Two handles on one memory behave like two programs on one folder.

use std::collections::HashMap;
use std::path::PathBuf;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use anyhow::{Result, bail};

use super::record::story_path;
use super::weigh::{Conflict, Planned, weigh_product, weigh_story};
use super::{Broken, Changes, Opened, SaveError, Saved, Store, story_of};
use crate::model::{Act, Delta, Product, Story, StoryId};

/// A handle on a backlog in memory.
#[derive(Debug)]
pub struct MemoryStore {
    memory: Arc<Mutex<Memory>>,
    handle: usize,
    /// Everything up to this moment has been told to the handle.
    told: u64,
}

/// Makes a [`MemoryStore`] fail, and looks into it.
#[derive(Clone, Debug)]
pub struct MemorySwitch {
    memory: Arc<Mutex<Memory>>,
}

#[derive(Debug)]
struct Memory {
    product: Written<Arc<Product>>,
    /// Removed stories stay as `None`, so that the other handles learn of it.
    stories: HashMap<StoryId, Written<Option<Arc<Story>>>>,
    acts: Vec<Written<Act>>,
    numbers: HashMap<u32, StoryId>,
    highest_number: u32,
    now: u64,
    handles: usize,
    failure: Option<String>,
    broken: Option<StoryId>,
}

/// A value with the moment it was written and the handle that wrote it.
#[derive(Clone, Debug)]
struct Written<T> {
    value: T,
    at: u64,
    by: usize,
}

impl MemoryStore {
    /// Makes a memory that holds these stories.
    pub fn new(product: Product, stories: impl IntoIterator<Item = Story>) -> Self {
        let old = |value| Written {
            value,
            at: 0,
            by: 0,
        };
        let stories: HashMap<_, _> = stories
            .into_iter()
            .map(|story| (story.id, old(Some(Arc::new(story)))))
            .collect();
        let numbers: HashMap<u32, StoryId> = stories
            .iter()
            .filter_map(|(id, story)| Some((story.value.as_ref()?.number, *id)))
            .collect();
        let memory = Memory {
            product: Written {
                value: Arc::new(product),
                at: 0,
                by: 0,
            },
            stories,
            acts: Vec::new(),
            highest_number: numbers.keys().max().copied().unwrap_or(0),
            numbers,
            now: 0,
            handles: 1,
            failure: None,
            broken: None,
        };
        Self {
            memory: Arc::new(Mutex::new(memory)),
            handle: 0,
            told: 0,
        }
    }

    /// Opens a further handle, as another program would.
    pub fn open(&self) -> (Self, Opened) {
        let mut memory = lock(&self.memory);
        let handle = memory.handles;
        memory.handles += 1;
        let stories = memory.stories.values();
        let opened = Opened {
            product: Product::clone(&memory.product.value),
            stories: stories.filter_map(|story| story.value.clone()).collect(),
            broken: memory.broken.into_iter().map(broken).collect(),
            highest_number: memory.highest_number,
            notices: Vec::new(),
        };
        let store = Self {
            memory: Arc::clone(&self.memory),
            handle,
            told: memory.now,
        };
        (store, opened)
    }

    /// The switch that makes all handles on this memory fail.
    pub fn switch(&self) -> MemorySwitch {
        MemorySwitch {
            memory: Arc::clone(&self.memory),
        }
    }
}

impl MemorySwitch {
    /// Lets every save fail with this sentence from now on; `None` lets them succeed again.
    pub fn fail(&self, sentence: Option<&str>) {
        lock(&self.memory).failure = sentence.map(str::to_owned);
    }

    /// Makes a story's file unreadable from now on; `None` mends it.
    pub fn break_story(&self, story: Option<StoryId>) {
        lock(&self.memory).broken = story;
    }

    /// The story as it stands in the memory.
    pub fn story(&self, id: StoryId) -> Option<Arc<Story>> {
        lock(&self.memory).story(id)
    }

    /// The product's settings as they stand in the memory.
    pub fn product(&self) -> Arc<Product> {
        Arc::clone(&lock(&self.memory).product.value)
    }

    /// The labels of all saved acts, oldest first.
    pub fn labels(&self) -> Vec<String> {
        let memory = lock(&self.memory);
        memory
            .acts
            .iter()
            .map(|act| act.value.label.clone())
            .collect()
    }
}

impl Memory {
    fn story(&self, id: StoryId) -> Option<Arc<Story>> {
        self.stories.get(&id)?.value.clone()
    }

    /// Gives a new story the next free number when another handle has used its own.
    fn renumbered(&mut self, story: &Arc<Story>) -> Arc<Story> {
        let owner = *self.numbers.entry(story.number).or_insert(story.id);
        let mut story = Arc::clone(story);
        if owner != story.id {
            let number = self.highest_number.saturating_add(1);
            Arc::make_mut(&mut story).number = number;
            self.numbers.insert(number, story.id);
        }
        self.highest_number = self.highest_number.max(story.number);
        story
    }

    fn write(&mut self, delta: &Delta, by: usize) {
        let at = self.now;
        match delta {
            Delta::Story { after, .. } => {
                if let Some(id) = story_of(delta) {
                    let value = after.clone();
                    self.stories.insert(id, Written { value, at, by });
                }
            }
            Delta::Product { after, .. } => {
                let value = Arc::clone(after);
                self.product = Written { value, at, by };
            }
        }
    }

    fn plan(&mut self, act: &Act) -> Result<Vec<Planned>, SaveError> {
        let is_new = act.undoes.is_none() && act.redoes.is_none();
        let mut planned = Vec::new();
        for delta in &act.deltas {
            planned.push(match delta {
                Delta::Story { before, after } => {
                    let Some(id) = story_of(delta) else { continue };
                    if self.broken == Some(id) {
                        return Err(SaveError::Broken(broken(id)));
                    }
                    let after = match after {
                        Some(story) if is_new && before.is_none() => Some(self.renumbered(story)),
                        other => other.clone(),
                    };
                    weigh_story(before.as_ref(), after.as_ref(), self.story(id).as_ref())
                }
                Delta::Product { before, after } => {
                    weigh_product(before, after, &self.product.value)
                }
            });
        }
        Ok(planned)
    }
}

impl Store for MemoryStore {
    fn save(&mut self, act: &Act) -> Result<Saved, SaveError> {
        let mut memory = lock(&self.memory);
        if let Some(sentence) = &memory.failure {
            return Err(SaveError::Failed(sentence.clone()));
        }
        let mut deltas = Vec::new();
        let mut writes = Vec::new();
        let mut conflicts: Vec<Conflict> = Vec::new();
        for planned in memory.plan(act)? {
            match planned {
                Planned::Stands(delta) => deltas.push(delta),
                Planned::Write(delta) => {
                    writes.push(delta.clone());
                    deltas.push(delta);
                }
                Planned::Ask(conflict) => conflicts.push(conflict),
            }
        }
        if !conflicts.is_empty() {
            return Err(SaveError::Conflict(conflicts));
        }
        let act_written = Act {
            deltas,
            ..act.clone()
        };
        if !writes.is_empty() {
            memory.now += 1;
            for delta in &writes {
                memory.write(delta, self.handle);
            }
            let (at, by) = (memory.now, self.handle);
            let value = act_written.clone();
            memory.acts.push(Written { value, at, by });
        }
        Ok(Saved {
            merged: act_written.deltas.iter().map(after).ne(act
                .deltas
                .iter()
                .filter(|delta| !is_nothing(delta))
                .map(after)),
            act: Arc::new(act_written),
            highest_number: memory.highest_number,
            completed: None,
        })
    }

    fn reload(&mut self) -> Result<Changes> {
        let memory = lock(&self.memory);
        if let Some(sentence) = &memory.failure {
            bail!("{sentence}");
        }
        let (told, handle) = (self.told, self.handle);
        self.told = memory.now;
        let mut changes = Changes {
            highest_number: memory.highest_number,
            ..Changes::default()
        };
        for (id, story) in &memory.stories {
            if story.is_news(told, handle) {
                match &story.value {
                    Some(story) => changes.stories.push(Arc::clone(story)),
                    None => changes.removed.push(*id),
                }
            }
        }
        let product = &memory.product;
        changes.product = product
            .is_news(told, handle)
            .then(|| Product::clone(&product.value));
        let acts = memory.acts.iter().filter(|act| act.is_news(told, handle));
        changes.acts = acts.map(|act| act.value.clone()).collect();
        Ok(changes)
    }

    fn acts(&mut self) -> Result<Vec<Act>> {
        let memory = lock(&self.memory);
        Ok(memory.acts.iter().map(|act| act.value.clone()).collect())
    }
}

impl<T> Written<T> {
    fn is_news(&self, told: u64, handle: usize) -> bool {
        self.at > told && self.by != handle
    }
}

fn lock(memory: &Mutex<Memory>) -> MutexGuard<'_, Memory> {
    memory.lock().unwrap_or_else(PoisonError::into_inner)
}

fn broken(id: StoryId) -> Broken {
    Broken {
        path: PathBuf::from(story_path(id)),
        line: 1,
        column: 1,
        reason: "expected value".to_owned(),
        newer: None,
    }
}

fn is_nothing(delta: &Delta) -> bool {
    matches!(
        delta,
        Delta::Story {
            before: None,
            after: None
        }
    )
}

/// What a delta leaves behind, to compare two of them.
fn after(delta: &Delta) -> (Option<Arc<Story>>, Option<Arc<Product>>) {
    match delta {
        Delta::Story { after, .. } => (after.clone(), None),
        Delta::Product { after, .. } => (None, Some(Arc::clone(after))),
    }
}
