//! A store in memory, for tests: it keeps the whole contract, and fails on request.
//!
//! Two handles on one memory behave like two programs on one folder.

use std::collections::HashMap;
use std::path::PathBuf;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use anyhow::{Result, bail};

use super::record::path_of;
use super::weigh::{Conflict, Planned, weigh_named, weigh_product};
use super::{Broken, Changes, Opened, SaveError, Saved, Store, free_above};
use crate::model::{Act, Delta, Problem, ProblemId, Product, Story, StoryId, Subject};

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
    /// Removed problems stay too.
    problems: HashMap<ProblemId, Written<Option<Arc<Problem>>>>,
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
            problems: HashMap::new(),
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
            problems: memory
                .problems
                .values()
                .filter_map(|problem| problem.value.clone())
                .collect(),
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

    /// The new stories of an act whose own number another handle has used, with the next free one each.
    fn renumbered(&self, act: &Act) -> HashMap<StoryId, Arc<Story>> {
        let new: Vec<&Arc<Story>> = act.new_stories().collect();
        let numbers = new.iter().map(|story| story.number);
        let highest = numbers.fold(self.highest_number, u32::max);
        let taken = new.iter().filter(|story| {
            let owner = self.numbers.get(&story.number);
            owner.is_some_and(|owner| *owner != story.id)
        });
        let next = free_above(highest, |number| {
            self.numbers.contains_key(&number) || new.iter().any(|story| story.number == number)
        });
        let renumbered = taken.zip(next);
        renumbered
            .map(|(story, number)| (story.id, Arc::new(story.with_number(number))))
            .collect()
    }

    fn write(&mut self, delta: &Delta, by: usize) {
        let at = self.now;
        match (delta, delta.subject()) {
            (Delta::Story { after, .. }, Some(Subject::Story(id))) => {
                let value = after.clone();
                if let Some(story) = &value {
                    self.numbers.entry(story.number).or_insert(id);
                    self.highest_number = self.highest_number.max(story.number);
                }
                self.stories.insert(id, Written { value, at, by });
            }
            (Delta::Problem { after, .. }, Some(Subject::Problem(id))) => {
                let value = after.clone();
                self.problems.insert(id, Written { value, at, by });
            }
            (Delta::Product { after, .. }, _) => {
                let value = Arc::clone(after);
                self.product = Written { value, at, by };
            }
            _ => {}
        }
    }

    fn plan(&self, act: &Act) -> Result<Vec<Planned>, SaveError> {
        let renumbered = self.renumbered(act);
        let mut planned = Vec::new();
        for delta in &act.deltas {
            planned.push(match (delta, delta.subject()) {
                (Delta::Story { before, after }, Some(Subject::Story(id))) => {
                    if self.broken == Some(id) {
                        return Err(SaveError::Broken(broken(id)));
                    }
                    let after = renumbered.get(&id).or(after.as_ref());
                    weigh_named(before.as_ref(), after, self.story(id).as_ref())
                }
                (Delta::Problem { before, after }, Some(Subject::Problem(id))) => {
                    let stands = self.problems.get(&id);
                    let stands = stands.and_then(|problem| problem.value.as_ref());
                    weigh_named(before.as_ref(), after.as_ref(), stands)
                }
                (Delta::Product { before, after }, _) => {
                    weigh_product(before, after, &self.product.value)
                }
                _ => continue,
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
                .filter(|delta| delta.subject().is_some())
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
        for (id, problem) in &memory.problems {
            if problem.is_news(told, handle) {
                match &problem.value {
                    Some(problem) => changes.problems.push(Arc::clone(problem)),
                    None => changes.removed_problems.push(*id),
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
        path: PathBuf::from(path_of(Subject::Story(id))),
        line: 1,
        column: 1,
        reason: "expected value".to_owned(),
        newer: None,
    }
}

/// What a delta leaves behind, to compare two of them: the delta with the same before.
fn after(delta: &Delta) -> Delta {
    match delta.clone() {
        Delta::Story { after, .. } => Delta::Story {
            before: None,
            after,
        },
        Delta::Problem { after, .. } => Delta::Problem {
            before: None,
            after,
        },
        Delta::Product { after, .. } => Delta::Product {
            before: Arc::clone(&after),
            after,
        },
    }
}
