//! The backlog: all stories of a product in their one order, its problems, and the only door to change them.
//!
//! Invariants: `open` and `closed` together hold every story once, sorted by rank and then id; `delivered` holds the
//! delivered stories in the same order; `blocking` and `solving` hold the other side of every link; the totals are those of the open
//! stories. They are kept up to date with every change, so that no screen ever has to walk over all stories to draw a
//! frame.
//!
//! While a change is being made, the orders may lag behind the stories: `put` remembers which, and `settle` brings them
//! up to date, with one walk along each order however many stories have changed. Whoever reads an order in between
//! settles first.

mod apply;
mod arrange;
mod blockers;
mod blocking;
mod critic;
mod edit;
mod load;
mod order;
mod place;
mod problems;
mod ready;
mod recent;
mod room;
mod steps;

use std::collections::HashMap;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use super::history::Delta;
use super::refusal::Refusal;
use super::story::Story;
use super::text::Line;
use super::workflow::Status;
use super::{Points, Problem, ProblemId, Product, StoryId};
use blocking::Blocking;
use order::Order;
use problems::Solving;
use recent::Recent;

pub use arrange::Jump;
pub use blockers::Lift;
pub use critic::{Critic, Faults};
pub use load::Load;
pub use ready::Missing;
pub(super) use ready::tell as tell_missing;

/// All stories of one product.
#[derive(Clone, Debug)]
pub struct Backlog {
    product: Arc<Product>,
    stories: HashMap<StoryId, Arc<Story>>,
    numbers: HashMap<u32, StoryId>,
    /// Stories whose number another one has as well, until the store gives them one of their own.
    doubles: Vec<(u32, StoryId)>,
    open: Order,
    closed: Order,
    delivered: Order,
    blocking: Blocking,
    problems: HashMap<ProblemId, Arc<Problem>>,
    solving: Solving,
    /// The stories that the orders do not know yet as they are, with what they were; empty between two changes.
    stale: HashMap<StoryId, Option<Arc<Story>>>,
    counts: [usize; Status::ALL.len()],
    open_points: Points,
    highest_number: u32,
    generation: u64,
    recent: Recent,
    critic: Option<Arc<dyn Critic>>,
}

impl Backlog {
    /// Puts a backlog together as it was loaded.
    ///
    /// `highest_number` is the highest number ever handed out, as far as the store knows; numbers are never reused.
    /// Where two stories have the same number, the younger (by id) gets the next free one and remembers the old; the
    /// deltas that say so are to be saved.
    pub fn load(
        product: Product,
        stories: impl IntoIterator<Item = impl Into<Arc<Story>>>,
        highest_number: u32,
    ) -> (Self, Vec<Delta>) {
        let mut stories: Vec<Arc<Story>> = stories.into_iter().map(Into::into).collect();
        let generation = next_generation();
        // Cached, because every look into a story is a walk to another corner of the memory.
        stories.sort_by_cached_key(|story| story.id);
        stories.dedup_by_key(|story| story.id);
        let mut backlog = Self {
            product: Arc::new(product),
            stories: HashMap::with_capacity(stories.len()),
            numbers: HashMap::with_capacity(stories.len()),
            doubles: Vec::new(),
            open: Order::default(),
            closed: Order::default(),
            delivered: Order::default(),
            blocking: Blocking::default(),
            problems: HashMap::new(),
            solving: Solving::default(),
            stale: HashMap::new(),
            counts: [0; Status::ALL.len()],
            open_points: Points::ZERO,
            highest_number: stories
                .iter()
                .map(|story| story.number)
                .max()
                .unwrap_or(0)
                .max(highest_number),
            generation,
            recent: Recent::since(generation),
            critic: None,
        };
        let mut repairs = Vec::new();
        for story in &mut stories {
            if backlog.numbers.contains_key(&story.number) {
                let changed = Arc::new(story.with_number(backlog.take_number()));
                repairs.push(Delta::Story {
                    before: Some(Arc::clone(story)),
                    after: Some(Arc::clone(&changed)),
                });
                *story = changed;
            }
            backlog.numbers.insert(story.number, story.id);
            backlog.count_in(story);
            backlog.blocking.insert(story);
            backlog.solving.insert(story);
            backlog.stories.insert(story.id, Arc::clone(story));
        }
        backlog.open = Order::sorted(stories.iter().filter(|story| !story.status.is_closed()));
        backlog.closed = Order::sorted(stories.iter().filter(|story| story.status.is_closed()));
        let is_delivered = |story: &&Arc<Story>| story.status == Status::Delivered;
        backlog.delivered = Order::sorted(stories.iter().filter(is_delivered));
        (backlog, repairs)
    }

    /// An empty backlog.
    pub fn new(product: Product) -> Self {
        Self::load(product, Vec::<Story>::new(), 0).0
    }

    /// The product's settings.
    pub fn product(&self) -> &Arc<Product> {
        &self.product
    }

    /// A story by its id.
    pub fn story(&self, id: StoryId) -> Option<&Arc<Story>> {
        self.stories.get(&id)
    }

    /// Every story there is, in no order.
    pub fn stories(&self) -> impl ExactSizeIterator<Item = &Arc<Story>> {
        self.stories.values()
    }

    /// The open stories' ids in order: the backlog.
    pub fn open(&self) -> impl ExactSizeIterator<Item = StoryId> + DoubleEndedIterator + '_ {
        self.open.ids()
    }

    /// The accepted and dropped stories' ids, by rank.
    pub fn closed(&self) -> impl ExactSizeIterator<Item = StoryId> + DoubleEndedIterator + '_ {
        self.closed.ids()
    }

    /// The delivered stories' ids in order: the review queue.
    pub fn delivered(&self) -> impl ExactSizeIterator<Item = StoryId> + DoubleEndedIterator + '_ {
        self.delivered.ids()
    }

    /// What the open stories weigh, in order.
    pub fn open_loads(&self) -> &[Load] {
        self.open.loads()
    }

    /// What the accepted and dropped stories weigh, by rank.
    pub fn closed_loads(&self) -> &[Load] {
        self.closed.loads()
    }

    /// The open story at a place counted from 0.
    pub fn open_at(&self, index: usize) -> Option<StoryId> {
        self.open.at(index)
    }

    /// How many stories are open.
    pub fn open_count(&self) -> usize {
        self.open.len()
    }

    /// The points of the open stories.
    pub const fn open_points(&self) -> Points {
        self.open_points
    }

    /// How many stories stand at this status.
    pub const fn count(&self, status: Status) -> usize {
        self.counts[status as usize]
    }

    /// Another one after every change, and none that another backlog ever had, so that views know when to look again.
    pub const fn generation(&self) -> u64 {
        self.generation
    }

    /// The stories that have changed since an earlier state of this backlog, some of them perhaps more than once; `None`
    /// where it never was in that state, or that is too long ago to say.
    pub fn changed_since(
        &self,
        generation: u64,
    ) -> Option<impl Iterator<Item = StoryId> + use<'_>> {
        self.recent.since_generation(generation)
    }

    /// The highest number ever handed out.
    pub const fn highest_number(&self) -> u32 {
        self.highest_number
    }

    /// The story's place in the backlog, counted from 1; `None` when it is closed.
    pub fn position(&self, id: StoryId) -> Option<usize> {
        let story = self.story(id)?;
        self.open.position(story).map(|index| index + 1)
    }

    /// The stories' places in the backlog, counted from 1, as [`Self::position`] finds them one by one.
    pub fn positions(&self, stories: &[StoryId]) -> Vec<Option<usize>> {
        // From this share of all stories on, one walk along the order costs less than finding each of them in it.
        if stories.len() < self.open.len() / 8 {
            return stories.iter().map(|id| self.position(*id)).collect();
        }
        let places: HashMap<StoryId, usize> = self.open.ids().zip(1..).collect();
        stories.iter().map(|id| places.get(id).copied()).collect()
    }

    /// The story's key, such as `WEB-17`.
    pub fn key(&self, story: &Story) -> String {
        self.product.key_of(story.number)
    }

    /// The key of the story with this id, or the id itself where there is no such story.
    pub fn key_or_id(&self, id: StoryId) -> String {
        self.story(id)
            .map_or_else(|| id.to_string(), |story| self.key(story))
    }

    /// How long the longest key can be, in characters.
    pub fn longest_key(&self) -> usize {
        self.product.key_of(self.highest_number).len()
    }

    /// Finds a story by what people call it: `WEB-17`, `web-17` or `17`; a former number finds it too when no other
    /// story has that number now.
    ///
    /// # Errors
    /// When there is none.
    pub fn find(&self, key: &str) -> Result<&Arc<Story>, Refusal> {
        let missing = || Refusal::NoSuchStory(key.trim().to_owned());
        let text = key.trim();
        let number = match text.rsplit_once('-') {
            Some((prefix, number)) if prefix.eq_ignore_ascii_case(self.product.key.as_str()) => {
                number
            }
            Some(_) => return Err(missing()),
            None => text.trim_start_matches('#'),
        };
        if !number.bytes().all(|b| b.is_ascii_digit()) {
            return Err(missing());
        }
        let number: u32 = number.parse().map_err(|_| missing())?;
        self.numbers
            .get(&number)
            .and_then(|id| self.story(*id))
            .or_else(|| {
                self.stories()
                    .find(|story| story.former_numbers.contains(&number))
            })
            .ok_or_else(missing)
    }

    /// Every persona in use or named by the product, most used first.
    pub fn personas(&self) -> Vec<Line> {
        let named = self.product.personas.iter();
        by_use(self.stories().map(|story| &story.persona).chain(named))
    }

    /// Every label in use, most used first.
    pub fn labels(&self) -> Vec<Line> {
        by_use(self.stories().flat_map(|story| &story.labels))
    }

    /// Every epic in use, most used first.
    pub fn epics(&self) -> Vec<Line> {
        by_use(self.stories().map(|story| &story.epic))
    }

    /// Takes in what another program wrote: a story's new state, or `None` when it is gone. No act, no undo.
    pub fn adopt(&mut self, id: StoryId, state: Option<Arc<Story>>) {
        self.adopt_all([(id, state)]);
    }

    /// Takes in the new states of many stories, as [`Self::adopt`] does of one.
    pub fn adopt_all(&mut self, states: impl IntoIterator<Item = (StoryId, Option<Arc<Story>>)>) {
        for (id, state) in states {
            self.put(id, state);
        }
        self.settle();
    }

    /// Takes in settings that another program wrote.
    pub fn adopt_product(&mut self, product: Product) {
        self.product = Arc::new(product);
        self.begin_generation(None);
    }

    /// The story that has a number now.
    pub fn holder_of(&self, number: u32) -> Option<StoryId> {
        self.numbers.get(&number).copied()
    }

    /// Learns that numbers up to this one have been handed out.
    pub fn raise_highest_number(&mut self, number: u32) {
        self.highest_number = self.highest_number.max(number);
    }

    fn take_number(&mut self) -> u32 {
        let mut number = self.highest_number.saturating_add(1);
        // Only where a file claims the highest number there can be: then the highest one that is free.
        while self.numbers.contains_key(&number) {
            number -= 1;
        }
        self.highest_number = self.highest_number.max(number);
        number
    }

    /// A new state begins, with a change of a story or of the settings.
    fn begin_generation(&mut self, changed: Option<StoryId>) {
        self.generation = next_generation();
        self.recent.push(self.generation, changed);
    }

    /// Puts a story's state in place of the one there is; the orders follow with [`Self::settle`].
    fn put(&mut self, id: StoryId, state: Option<Arc<Story>>) {
        self.begin_generation(Some(id));
        let old = self.stories.remove(&id);
        if let Some(old) = &old {
            self.count_out(old);
            self.blocking.remove(old);
            self.solving.remove(old);
            self.give_back_number(old);
        }
        if let Some(new) = state {
            self.count_in(&new);
            self.blocking.insert(&new);
            self.solving.insert(&new);
            self.highest_number = self.highest_number.max(new.number);
            if *self.numbers.entry(new.number).or_insert(id) != id {
                self.doubles.push((new.number, id));
            }
            self.stories.insert(id, new);
        }
        self.stale.entry(id).or_insert(old);
    }

    /// Lets the orders follow the stories that were put.
    fn settle(&mut self) {
        let stale = std::mem::take(&mut self.stale);
        let changed: Vec<(Option<&Story>, Option<&Story>)> = stale
            .iter()
            .map(|(id, old)| (old.as_deref(), self.stories.get(id).map(AsRef::as_ref)))
            .collect();
        self.open
            .follow(&changed, |story| !story.status.is_closed());
        self.closed
            .follow(&changed, |story| story.status.is_closed());
        self.delivered
            .follow(&changed, |story| story.status == Status::Delivered);
    }

    /// Lets go of a story's number; another story that has it as well is found by it from now on.
    fn give_back_number(&mut self, story: &Story) {
        self.doubles.retain(|(_, id)| *id != story.id);
        if self.numbers.get(&story.number) != Some(&story.id) {
            return;
        }
        let heir = self.doubles.iter().position(|(n, _)| *n == story.number);
        match heir.map(|index| self.doubles.remove(index)) {
            Some((number, id)) => self.numbers.insert(number, id),
            None => self.numbers.remove(&story.number),
        };
    }

    fn count_in(&mut self, story: &Story) {
        self.counts[story.status as usize] += 1;
        if !story.status.is_closed() {
            self.open_points = self.open_points + story.estimate.unwrap_or_default();
        }
    }

    fn count_out(&mut self, story: &Story) {
        self.counts[story.status as usize] -= 1;
        if !story.status.is_closed() {
            self.open_points = self.open_points - story.estimate.unwrap_or_default();
        }
    }
}

/// A number that no backlog of this process has had before: a copy that went its own way differs too.
fn next_generation() -> u64 {
    static LAST: AtomicU64 = AtomicU64::new(0);
    LAST.fetch_add(1, Ordering::Relaxed) + 1
}

/// Distinct lines without empty ones, most used first, then by name.
fn by_use<'a>(lines: impl Iterator<Item = &'a Line>) -> Vec<Line> {
    let mut uses: HashMap<&Line, usize> = HashMap::new();
    for line in lines.filter(|line| !line.is_empty()) {
        *uses.entry(line).or_default() += 1;
    }
    let mut uses: Vec<(&Line, usize)> = uses.into_iter().collect();
    uses.sort_unstable_by(|a, b| b.1.cmp(&a.1).then_with(|| a.0.cmp(b.0)));
    uses.into_iter().map(|(line, _)| line.clone()).collect()
}
