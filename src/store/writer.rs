//! The writer: a thread that saves acts in their order, so that no key waits for the disk.
//!
//! Invariants:
//! - An act leaves the queue only when it is saved; a disk that refuses keeps all of them waiting, in order.
//! - What one act has to wait for (an answer, a file to be mended) stops the acts that build on it, and no others:
//!   an older text is never saved over a newer one.

use std::collections::{HashSet, VecDeque};
use std::sync::Arc;
use std::sync::mpsc::{Receiver, RecvTimeoutError, Sender, channel};
use std::thread::{self, JoinHandle};
use std::time::Duration;

use anyhow::Result;

use super::{Changes, Conflict, SaveError, Saved, Store};
use crate::model::{Act, ActId, Delta, Subject};

/// So often a refusing disk is asked again.
const RETRY: Duration = Duration::from_secs(5);

/// What the writer has to tell.
#[derive(Clone, Debug, PartialEq)]
pub enum Report {
    /// An act is on disk.
    Saved {
        /// What stands there.
        saved: Saved,
        /// How many acts still wait.
        waiting: usize,
    },
    /// The disk refuses, or a file cannot be read; the acts wait and are tried again.
    Failed {
        /// Why, as a sentence.
        reason: String,
        /// How many acts wait.
        waiting: usize,
    },
    /// Somebody else changed the same; the act, and those that build on it, wait for [`Writer::settle`].
    Contested {
        /// The act.
        act: Arc<Act>,
        /// What is to be decided.
        conflicts: Vec<Conflict>,
    },
    /// What others changed; never empty. Stories of acts that still wait are left out: saving those acts merges
    /// them, and tells.
    Reloaded(Box<Changes>),
    /// The folder could not be read again, with the reason as a sentence.
    Unread(String),
}

/// Acts that are not on disk.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Unsaved {
    /// How many.
    pub acts: usize,
    /// Why the first of them could not be saved, as a sentence.
    pub reason: String,
}

/// The writer's desk: orders go in, reports come out. Dropping it saves what can be saved.
#[derive(Debug)]
pub struct Writer {
    orders: Option<Sender<Order>>,
    thread: Option<JoinHandle<()>>,
}

enum Order {
    Save(Arc<Act>),
    Settle(Arc<Act>),
    Reload,
    Retry,
    Flush(Sender<Result<(), Unsaved>>),
}

struct Work<R> {
    store: Box<dyn Store>,
    /// Every act that is not on disk, in the order they were done.
    queue: VecDeque<Arc<Act>>,
    /// Those of them that wait for an answer.
    contested: HashSet<ActId>,
    /// Why the disk refuses.
    refusal: Option<String>,
    /// Why an act waits for its file to be mended.
    broken: Option<String>,
    report: R,
}

/// What the acts that have to wait are about, so that those that build on them wait too.
#[derive(Default)]
struct Held {
    acts: VecDeque<Arc<Act>>,
    /// What they change.
    about: HashSet<Subject>,
}

impl Held {
    fn stops(&self, act: &Act) -> bool {
        !self.about.is_empty()
            && act
                .deltas
                .iter()
                .filter_map(Delta::subject)
                .any(|subject| self.about.contains(&subject))
    }

    fn hold(&mut self, act: Arc<Act>) {
        self.about
            .extend(act.deltas.iter().filter_map(Delta::subject));
        self.acts.push_back(act);
    }
}

impl Writer {
    /// Starts the thread; `report` is called on it, in the order of events.
    ///
    /// # Errors
    /// When the system gives no thread.
    pub fn start(
        store: impl Store + 'static,
        report: impl FnMut(Report) + Send + 'static,
    ) -> Result<Self> {
        let (orders, received) = channel();
        let mut work = Work {
            store: Box::new(store),
            queue: VecDeque::new(),
            contested: HashSet::new(),
            refusal: None,
            broken: None,
            report,
        };
        let thread = thread::Builder::new()
            .name("writer".to_owned())
            .spawn(move || work.run(&received))?;
        Ok(Self {
            orders: Some(orders),
            thread: Some(thread),
        })
    }

    /// Saves an act, after those before it.
    pub fn save(&self, act: Arc<Act>) {
        self.order(Order::Save(act));
    }

    /// Saves a contested act as it was decided, see [`super::resolved`]; then those that waited for it.
    pub fn settle(&self, act: Arc<Act>) {
        self.order(Order::Settle(act));
    }

    /// Looks for what others changed, after the acts before it.
    pub fn reload(&self) {
        self.order(Order::Reload);
    }

    /// Tries again at once what the disk refused.
    pub fn retry(&self) {
        self.order(Order::Retry);
    }

    /// Waits until everything has been saved, or tried once more in vain.
    ///
    /// # Errors
    /// When acts are left unsaved.
    pub fn flush(&self) -> Result<(), Unsaved> {
        let (answer, answered) = channel();
        self.order(Order::Flush(answer));
        answered.recv().unwrap_or_else(|_| {
            Err(Unsaved {
                acts: 0,
                reason: "The writer has stopped. Start the program again.".to_owned(),
            })
        })
    }

    fn order(&self, order: Order) {
        if let Some(orders) = &self.orders {
            // A writer that is gone shows at the next flush.
            let _ = orders.send(order);
        }
    }
}

impl Drop for Writer {
    fn drop(&mut self) {
        self.orders = None;
        if let Some(thread) = self.thread.take() {
            let _ = thread.join();
        }
    }
}

impl<R: FnMut(Report)> Work<R> {
    fn run(&mut self, received: &Receiver<Order>) {
        loop {
            let order = if self.queue.is_empty() {
                received.recv().map_err(RecvTimeoutError::from)
            } else {
                received.recv_timeout(RETRY)
            };
            match order {
                Ok(Order::Save(act)) => {
                    self.queue.push_back(act);
                    self.save_all();
                }
                Ok(Order::Settle(act)) => self.settle(act),
                Ok(Order::Reload) => {
                    self.reload();
                    if self.broken.is_some() {
                        // The file may have been mended.
                        self.save_all();
                    }
                }
                Ok(Order::Retry) | Err(RecvTimeoutError::Timeout) => self.save_all(),
                Ok(Order::Flush(answer)) => {
                    self.save_all();
                    let _ = answer.send(self.unsaved().map_or(Ok(()), Err));
                }
                Err(RecvTimeoutError::Disconnected) => {
                    self.save_all();
                    return;
                }
            }
        }
    }

    fn settle(&mut self, act: Arc<Act>) {
        let mut contested = self.queue.iter_mut().filter(|waiting| waiting.id == act.id);
        if let Some(waiting) = contested.next() {
            self.contested.remove(&act.id);
            *waiting = act;
            self.save_all();
        }
    }

    fn save_all(&mut self) {
        let mut held = Held::default();
        let broken_before = self.broken.take();
        let mut has_saved = false;
        while let Some(act) = self.queue.pop_front() {
            if self.contested.contains(&act.id) || held.stops(&act) {
                held.hold(act);
                continue;
            }
            match self.store.save(&act) {
                Ok(saved) => {
                    has_saved = true;
                    let waiting = held.acts.len() + self.queue.len();
                    (self.report)(Report::Saved { saved, waiting });
                }
                Err(SaveError::Failed(reason)) => {
                    held.acts.push_back(act);
                    held.acts.append(&mut self.queue);
                    self.queue = held.acts;
                    self.refusal = Some(reason.clone());
                    return self.fail(format!("{reason} It will be tried again."));
                }
                Err(SaveError::Conflict(conflicts)) => {
                    self.contested.insert(act.id);
                    held.hold(Arc::clone(&act));
                    (self.report)(Report::Contested { act, conflicts });
                }
                Err(error @ SaveError::Broken(_)) => {
                    held.hold(act);
                    self.broken.get_or_insert_with(|| error.to_string());
                }
            }
        }
        self.queue = held.acts;
        self.refusal = None;
        // Said once, and again where a success may have wiped it away.
        if let Some(reason) = self.broken.clone()
            && (has_saved || self.broken != broken_before)
        {
            self.fail(reason);
        }
    }

    fn fail(&mut self, reason: String) {
        let waiting = self.queue.len();
        (self.report)(Report::Failed { reason, waiting });
    }

    fn reload(&mut self) {
        match self.store.reload() {
            Ok(mut changes) => {
                self.leave_out_waiting(&mut changes);
                if !changes.is_empty() {
                    (self.report)(Report::Reloaded(Box::new(changes)));
                }
            }
            Err(error) => (self.report)(Report::Unread(format!(
                "The product could not be read again: {error:#}. It is tried again at the next change."
            ))),
        }
    }

    /// What waits to be saved must not disappear from the screen because somebody else was faster.
    fn leave_out_waiting(&self, changes: &mut Changes) {
        let deltas = || self.queue.iter().flat_map(|act| &act.deltas);
        let waits = |subject| deltas().any(|delta| delta.subject() == Some(subject));
        let story_waits = |id| waits(Subject::Story(id));
        changes.stories.retain(|story| !story_waits(story.id));
        changes.removed.retain(|id| !story_waits(*id));
        let problem_waits = |id| waits(Subject::Problem(id));
        changes
            .problems
            .retain(|problem| !problem_waits(problem.id));
        changes.removed_problems.retain(|id| !problem_waits(*id));
        if waits(Subject::Product) {
            changes.product = None;
        }
    }

    fn unsaved(&self) -> Option<Unsaved> {
        let undecided = || {
            (!self.contested.is_empty()).then(|| {
                "A change waits for your choice between yours and somebody else's. Choose first."
                    .to_owned()
            })
        };
        let refusal = self.refusal.clone().or_else(|| self.broken.clone());
        refusal.or_else(undecided).map(|reason| Unsaved {
            acts: self.queue.len(),
            reason,
        })
    }
}

#[cfg(test)]
mod tests {
    use uuid::Uuid;

    use super::*;
    use crate::model::{
        ActId, Backlog, Change, Draft, Edit, History, NewStory, Place, Product, Prose, Stamp,
        StoryId, Title,
    };
    use crate::store::memory::{MemoryStore, MemorySwitch};
    use crate::store::{Side, resolved};

    struct World {
        writer: Writer,
        reports: Receiver<Report>,
        switch: MemorySwitch,
        other: MemoryStore,
        backlog: Backlog,
        history: History,
    }

    fn world() -> World {
        let product = Product::new("Webshop", None).unwrap();
        let store = MemoryStore::new(product.clone(), []);
        let (other, _) = store.open();
        let switch = store.switch();
        let (sender, reports) = channel();
        let report = move |report| sender.send(report).unwrap_or_default();
        World {
            writer: Writer::start(store, report).unwrap(),
            reports,
            switch,
            other,
            backlog: Backlog::new(product),
            history: History::default(),
        }
    }

    fn stamp() -> Stamp {
        Stamp::new("2026-11-23T10:00:00Z".parse().unwrap(), "Ana")
    }

    impl World {
        fn act(&mut self, changes: &[Change]) -> Arc<Act> {
            let id = ActId::new(Uuid::now_v7());
            let act = self
                .history
                .perform(&mut self.backlog, id, "act", changes, &stamp());
            act.unwrap().unwrap()
        }

        fn add(&mut self, title: &str) -> (StoryId, Arc<Act>) {
            let id = StoryId::new(Uuid::now_v7());
            let draft = Draft::titled(Title::parse(title).unwrap());
            let place = Place::Bottom;
            let act = self.act(&[Change::Add(Box::new(NewStory { id, draft, place }))]);
            (id, act)
        }

        fn title(&mut self, story: StoryId, title: &str) -> Arc<Act> {
            let edit = Edit::Title(Title::parse(title).unwrap());
            self.act(&[Change::Edit { story, edit }])
        }
    }

    #[test]
    fn acts_are_saved_in_their_order() {
        let mut world = world();
        let (id, add) = world.add("One");
        let edit = world.title(id, "Two");
        world.writer.save(add);
        world.writer.save(Arc::clone(&edit));
        world.writer.flush().unwrap();
        assert_eq!(world.switch.story(id).unwrap().title.as_str(), "Two");
        let last = world.reports.try_iter().last().unwrap();
        assert!(matches!(last, Report::Saved { saved, waiting: 0 } if saved.act == edit));
    }

    #[test]
    fn a_refusing_disk_keeps_the_acts_waiting_until_it_takes_them() {
        let mut world = world();
        world.switch.fail(Some("The disk is full."));
        let (id, add) = world.add("One");
        let edit = world.title(id, "Two");
        world.writer.save(add);
        world.writer.save(edit);
        let unsaved = world.writer.flush().unwrap_err();
        let expected = Unsaved {
            acts: 2,
            reason: "The disk is full.".to_owned(),
        };
        assert_eq!(unsaved, expected);
        let told = world.reports.try_iter().last().unwrap();
        assert!(
            matches!(&told, Report::Failed { reason, .. } if reason == "The disk is full. It will be tried again."),
            "{told:?}"
        );
        world.switch.fail(None);
        world.writer.retry();
        world.writer.flush().unwrap();
        assert_eq!(world.switch.story(id).unwrap().title.as_str(), "Two");
    }

    /// One saved story whose title somebody else changed, without this side knowing.
    fn contested_world() -> (World, StoryId) {
        let mut world = world();
        let (id, add) = world.add("One");
        world.writer.save(add);
        world.writer.flush().unwrap();
        let theirs = world.title(id, "Theirs");
        world.other.save(&theirs).unwrap();
        let act = ActId::new(Uuid::now_v7());
        world
            .history
            .undo(&mut world.backlog, act, &stamp())
            .unwrap();
        world.reports.try_iter().for_each(drop);
        (world, id)
    }

    fn contested(reports: &Receiver<Report>) -> Vec<(Arc<Act>, Vec<Conflict>)> {
        let contested = reports.try_iter().filter_map(|report| match report {
            Report::Contested { act, conflicts } => Some((act, conflicts)),
            _ => None,
        });
        contested.collect()
    }

    #[test]
    fn a_conflict_is_asked_about_and_stops_no_other_story() {
        let (mut world, id) = contested_world();
        let ours = world.title(id, "Ours");
        let (second, add) = world.add("Another");
        world.writer.save(Arc::clone(&ours));
        world.writer.save(add);
        let unsaved = world.writer.flush().unwrap_err();
        assert_eq!(unsaved.acts, 1, "it is not forgotten at the end");
        assert!(unsaved.reason.ends_with("Choose first."), "{unsaved:?}");
        assert_eq!(contested(&world.reports)[0].0, ours);
        assert!(world.switch.story(second).is_some());
    }

    #[test]
    fn acts_that_build_on_a_contested_one_wait_for_the_answer() {
        for (side, first, last) in [
            (Side::Ours, "Ours", "Ours, again"),
            (Side::Theirs, "Theirs", "Theirs"),
        ] {
            let (mut world, id) = contested_world();
            let ours = world.title(id, "Ours");
            let comment = world.act(&[Change::Comment {
                story: id,
                text: Prose::parse("waits"),
            }]);
            for act in [ours, comment] {
                world.writer.save(act);
            }
            world.writer.flush().unwrap_err();
            assert!(world.switch.story(id).unwrap().comments.is_empty());
            let (act, conflicts) = contested(&world.reports).remove(0);
            world
                .writer
                .settle(Arc::new(resolved(&act, &conflicts, |_| side)));
            world.writer.flush().unwrap();
            let story = world.switch.story(id).unwrap();
            assert_eq!((story.title.as_str(), story.comments.len()), (first, 1));
            // A later title of ours is no news to our own one, and a question against theirs.
            let again = world.title(id, "Ours, again");
            world.writer.save(again);
            let is_asked = world.writer.flush().is_err();
            assert_eq!(is_asked, side == Side::Theirs);
            assert_eq!(world.switch.story(id).unwrap().title.as_str(), last);
        }
    }

    #[test]
    fn an_act_on_a_broken_file_is_saved_once_the_file_is_mended() {
        let mut world = world();
        let (id, add) = world.add("One");
        world.writer.save(add);
        let (two, edit) = (world.title(id, "Two"), world.title(id, "Three"));
        let (other, add) = world.add("Another");
        world.writer.flush().unwrap();
        world.switch.break_story(Some(id));
        for act in [two, edit, add] {
            world.writer.save(act);
        }
        let unsaved = world.writer.flush().unwrap_err();
        assert_eq!(unsaved.acts, 2);
        assert!(unsaved.reason.contains("Mend it"), "{unsaved:?}");
        assert!(world.switch.story(other).is_some());
        let last = world.reports.try_iter().last();
        assert!(
            matches!(last, Some(Report::Failed { waiting: 2, .. })),
            "{last:?}"
        );
        world.switch.break_story(None);
        world.writer.reload();
        world.writer.flush().unwrap();
        assert_eq!(world.switch.story(id).unwrap().title.as_str(), "Three");
    }

    #[test]
    fn what_others_changed_is_reported() {
        let mut world = world();
        let (id, add) = world.add("Theirs");
        world.other.save(&add).unwrap();
        world.writer.reload();
        world.writer.reload();
        world.writer.flush().unwrap();
        let reports: Vec<_> = world.reports.try_iter().collect();
        assert!(
            matches!(reports.as_slice(), [Report::Reloaded(changes)] if changes.stories[0].id == id)
        );
    }

    #[test]
    fn a_story_whose_act_still_waits_is_not_reloaded_before_it_is_merged() {
        let mut world = world();
        let (id, add) = world.add("One");
        world.writer.save(add);
        world.writer.flush().unwrap();
        world.other.reload().unwrap();
        let theirs = world.title(id, "Theirs");
        let act = ActId::new(Uuid::now_v7());
        world
            .history
            .undo(&mut world.backlog, act, &stamp())
            .unwrap();
        let ours = world.act(&[Change::Comment {
            story: id,
            text: Prose::parse("ours"),
        }]);
        world.switch.fail(Some("The disk is full."));
        world.writer.save(ours);
        world.writer.flush().unwrap_err();
        world.switch.fail(None);
        world.other.save(&theirs).unwrap();
        world.writer.reload();
        world.writer.flush().unwrap();
        let reports: Vec<_> = world.reports.try_iter().collect();
        let reloaded = reports.iter().find_map(|report| match report {
            Report::Reloaded(changes) => Some(changes),
            _ => None,
        });
        assert!(reloaded.unwrap().stories.is_empty());
        assert!(matches!(reports.last(), Some(Report::Saved { saved, .. }) if saved.merged));
        let story = world.switch.story(id).unwrap();
        assert_eq!((story.title.as_str(), story.comments.len()), ("Theirs", 1));
    }

    #[test]
    fn a_dropped_writer_has_saved_everything() {
        let mut world = world();
        let (id, add) = world.add("One");
        world.writer.save(add);
        drop(world.writer);
        assert!(world.switch.story(id).is_some());
    }
}
