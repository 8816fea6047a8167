//! The files at work: opening a product, saving acts, hearing of other programs' changes.
//!
//! Everything slow happens on other threads; this is only their desk.

use std::collections::HashMap;
use std::path::PathBuf;
use std::sync::Arc;
use std::sync::mpsc::Sender;
use std::thread;

use anyhow::Result;
use jiff::Timestamp;
use jiff::tz::TimeZone;

use super::events::Event;
use crate::model::query::Index;
use crate::model::{Act, ActId, Backlog, Comparison, Delta, Memory, Problem, ProblemId, Subject};
use crate::store::disk::Disk;
use crate::store::{
    self, Broken, Changes, JsonStore, Keeper, Report, Session, Side, Store as _, Unfinished, Visit,
    Watch, Writer, resolved,
};
use crate::ui::Input;
use crate::ui::effect::{Conflict, Opened};

/// Something from the files.
pub(super) enum DeskEvent {
    /// So many of so many files are read.
    Progress(u64, usize, usize),
    /// A product is read.
    Read(u64, Box<Opened>, Vec<Arc<Problem>>),
    /// A product's journal is read as well, and its store can save.
    Ready(u64, Box<JsonStore>, Vec<Act>),
    /// The product as it was last seen is read, or put together; `true` where it was really seen then.
    Remembered(u64, Box<Memory>, bool),
    /// A product's stories are prepared for searches.
    Prepared(u64, Box<Index>),
    /// A product could not be opened.
    Unreadable(u64, String),
    /// The writer has something to tell.
    Report(u64, Box<Report>),
    /// Something in the folder has changed.
    Touched(u64),
    /// Something went wrong that is worth a sentence.
    Trouble(u64, String),
}

/// The open product's files.
pub(super) struct Desk {
    sender: Sender<Event>,
    /// Who sits here.
    user: String,
    /// Which opening events belong to; those of an earlier product are late and are dropped.
    turn: u64,
    folder: Option<PathBuf>,
    writer: Option<Writer>,
    watch: Option<Watch>,
    /// Keeps a comparison that is under way; there once something was compared.
    keeper: Option<Keeper>,
    /// The comparison that was there when the product was opened.
    unfinished: Option<Comparison>,
    /// Whether the store is still being opened.
    is_opening: bool,
    /// Acts that were done before the store could save.
    early: Vec<Arc<Act>>,
    /// Acts that somebody else's change stands against.
    contested: HashMap<ActId, (Arc<Act>, Vec<store::Conflict>)>,
    news: Option<String>,
}

impl Desk {
    pub(super) fn new(sender: Sender<Event>, user: &str) -> Self {
        Self {
            sender,
            user: user.to_owned(),
            turn: 0,
            folder: None,
            writer: None,
            watch: None,
            keeper: None,
            unfinished: None,
            is_opening: false,
            early: Vec::new(),
            contested: HashMap::new(),
            news: None,
        }
    }

    /// Opens a product; what is read comes as events.
    pub(super) fn open(&mut self, folder: PathBuf) -> Result<()> {
        self.turn += 1;
        self.watch = None;
        self.writer = None;
        self.keeper = None;
        self.contested.clear();
        self.is_opening = true;
        self.folder = Some(folder.clone());
        let (turn, sender) = (self.turn, self.sender.clone());
        let visit = Visit::of(&folder, &self.user);
        thread::Builder::new()
            .name("loader".to_owned())
            .spawn(move || load(folder, &visit, turn, &sender))?;
        Ok(())
    }

    /// News to be told once the product is open.
    pub(super) fn tell(&mut self, news: Option<String>) {
        self.news = news;
    }

    pub(super) fn save(&mut self, act: Arc<Act>) {
        match &self.writer {
            Some(writer) => writer.save(act),
            None => self.early.push(act),
        }
    }

    /// Whether acts wait for a store that is still being read.
    pub(super) const fn has_early(&self) -> bool {
        self.is_opening && !self.early.is_empty()
    }

    pub(super) fn retry(&self) {
        if let Some(writer) = &self.writer {
            writer.retry();
        }
    }

    /// Saves a contested act after all, with our fields or with theirs.
    pub(super) fn settle(&mut self, id: ActId, ours: bool) {
        if let Some((act, conflicts)) = self.contested.remove(&id) {
            let side = if ours { Side::Ours } else { Side::Theirs };
            if let Some(writer) = &self.writer {
                writer.settle(Arc::new(resolved(&act, &conflicts, |_| side)));
            }
        }
    }

    /// Whether somebody else's change stands against an act.
    pub(super) fn is_contested(&self) -> bool {
        !self.contested.is_empty()
    }

    /// Saves contested acts with our fields. For when nobody can be asked: the journal keeps the other side's, and undo
    /// brings them back.
    pub(super) fn settle_all(&mut self) {
        let acts: Vec<ActId> = self.contested.keys().copied().collect();
        for act in acts {
            self.settle(act, true);
        }
    }

    /// Waits until everything is saved, or says why it is not.
    pub(super) fn flush(&self) -> Result<(), String> {
        match &self.writer {
            Some(writer) => writer.flush().map_err(|unsaved| unsaved.reason),
            None => Ok(()),
        }
    }

    pub(super) fn keep_session(&self, session: &serde_json::Value) {
        if let Some(folder) = &self.folder {
            // Losing where the cursor stood is no reason to bother anybody.
            let _ = Session::of(folder).save(session);
        }
    }

    /// Remembers the product as it is left.
    pub(super) fn remember(&self, memory: &Memory) {
        if let Some(folder) = &self.folder {
            // Losing it only means that the same is told again.
            let _ = Visit::of(folder, &self.user).save(memory);
        }
    }

    /// Keeps a comparison for the next start, off the key's way.
    pub(super) fn keep_comparison(&mut self, comparison: Option<Arc<Comparison>>) {
        let Some(folder) = self.folder.clone() else {
            return;
        };
        if self.keeper.is_none() {
            let (turn, sender) = (self.turn, self.sender.clone());
            let failed = move |sentence| {
                let _ = sender.send(Event::Desk(DeskEvent::Trouble(turn, sentence)));
            };
            // Where the system has no thread left the comparison goes on; only a crash would lose it.
            let known = self.unfinished.clone();
            self.keeper = Keeper::start(Unfinished::of(folder), known, failed).ok();
        }
        if let Some(keeper) = &self.keeper {
            keeper.keep(comparison);
        }
    }

    /// What an event of the files means for the app.
    pub(super) fn take(&mut self, event: DeskEvent) -> Vec<Input> {
        let (DeskEvent::Progress(turn, ..)
        | DeskEvent::Read(turn, ..)
        | DeskEvent::Ready(turn, ..)
        | DeskEvent::Remembered(turn, ..)
        | DeskEvent::Prepared(turn, _)
        | DeskEvent::Unreadable(turn, _)
        | DeskEvent::Report(turn, _)
        | DeskEvent::Trouble(turn, _)
        | DeskEvent::Touched(turn)) = event;
        if turn != self.turn {
            return Vec::new();
        }
        match event {
            DeskEvent::Progress(_, read, of) => vec![Input::Loading(read, of)],
            DeskEvent::Read(_, opened, problems) => {
                self.unfinished.clone_from(&opened.comparison);
                let mut inputs = vec![Input::Opened(opened)];
                inputs.extend(changed_problems(problems, Vec::new()));
                inputs.extend(self.news.take().map(|news| Input::News(news, false)));
                inputs
            }
            DeskEvent::Ready(_, store, acts) => self.ready(*store, acts),
            DeskEvent::Remembered(_, memory, was_seen) => {
                vec![Input::Remembered(memory, was_seen)]
            }
            DeskEvent::Prepared(_, index) => vec![Input::Prepared(index)],
            DeskEvent::Unreadable(_, reason) => {
                self.is_opening = false;
                vec![Input::Unreadable(reason)]
            }
            DeskEvent::Touched(_) => {
                if let Some(writer) = &self.writer {
                    writer.reload();
                }
                Vec::new()
            }
            DeskEvent::Report(_, report) => self.report(*report),
            DeskEvent::Trouble(_, sentence) => vec![Input::News(sentence, true)],
        }
    }

    fn ready(&mut self, store: JsonStore, acts: Vec<Act>) -> Vec<Input> {
        self.is_opening = false;
        let mut inputs = vec![Input::History(acts)];
        let (turn, sender) = (self.turn, self.sender.clone());
        let root = store.root().to_path_buf();
        let told = move |report| {
            let _ = sender.send(Event::Desk(DeskEvent::Report(turn, Box::new(report))));
        };
        match Writer::start(store, told) {
            Ok(writer) => {
                for act in self.early.drain(..) {
                    writer.save(act);
                }
                self.writer = Some(writer);
            }
            Err(error) => inputs.push(Input::SaveFailed(format!(
                "Nothing can be saved: {error:#}"
            ))),
        }
        let sender = self.sender.clone();
        let touched = move || {
            let _ = sender.send(Event::Desk(DeskEvent::Touched(turn)));
        };
        // Without a watch everything works but seeing others' changes at once; saving still merges them.
        self.watch = Watch::start(&root, touched).ok();
        // What others changed between loading and watching.
        if let Some(writer) = &self.writer {
            writer.reload();
        }
        inputs
    }

    fn report(&mut self, report: Report) -> Vec<Input> {
        match report {
            Report::Saved { saved, .. } => {
                let mut inputs = vec![
                    Input::HighestNumber(saved.highest_number),
                    Input::Saved(saved.act),
                ];
                let news = saved.completed.and_then(|completed| completed.sentence());
                inputs.extend(news.map(|news| Input::News(news, false)));
                inputs
            }
            Report::Failed { reason, .. } => vec![Input::SaveFailed(reason)],
            Report::Contested { act, conflicts } => {
                let asked = ask(&act, &conflicts);
                self.contested.insert(act.id, (act, conflicts));
                vec![Input::Conflict(Box::new(asked))]
            }
            Report::Reloaded(changes) => reloaded(*changes),
            Report::Unread(reason) => vec![Input::News(reason, true)],
        }
    }
}

fn load(folder: PathBuf, visit: &Visit, turn: u64, sender: &Sender<Event>) {
    let send = |event| {
        let _ = sender.send(Event::Desk(event));
    };
    let told = std::sync::Mutex::new(sender.clone());
    let progress = |read: usize, of: usize| {
        // A word now and then is enough to see that it goes on.
        if read.is_multiple_of(500)
            && let Ok(sender) = told.lock()
        {
            let _ = sender.send(Event::Desk(DeskEvent::Progress(turn, read, of)));
        }
    };
    let session = Session::of(&folder).load();
    let comparison = Unfinished::of(&folder).load();
    let (mut store, opened) = match JsonStore::open_with(folder, Disk::default(), progress) {
        Ok(opened) => opened,
        Err(error) => return send(DeskEvent::Unreadable(turn, format!("{error:#}"))),
    };
    let mut news: Vec<String> = opened.broken.iter().map(unread).collect();
    news.extend(opened.notices);
    let stories = opened.stories.clone();
    let (product, problems) = (opened.product.clone(), opened.problems.clone());
    send(DeskEvent::Read(
        turn,
        Box::new(Opened {
            product: opened.product,
            stories: opened.stories,
            highest_number: opened.highest_number,
            news,
            session,
            comparison,
        }),
        opened.problems,
    ));
    // The journal is only needed for undo, so the first frame does not wait for it.
    let acts = store.acts().unwrap_or_default();
    let unvisited = Timestamp::now() - Memory::UNVISITED;
    let recent: Vec<Act> = acts
        .iter()
        .filter(|act| act.at >= unvisited)
        .cloned()
        .collect();
    send(DeskEvent::Ready(turn, Box::new(store), acts));
    let memory = visit.load();
    let was_seen = memory.is_some();
    let memory = memory.unwrap_or_else(|| {
        let (backlog, _) = Backlog::load(product, stories.clone(), 0);
        let backlog = backlog.with_problems(problems);
        Memory::recalled(&backlog, &recent, unvisited, &TimeZone::system())
    });
    send(DeskEvent::Remembered(turn, Box::new(memory), was_seen));
    // Nobody has to wait for this: searches take the plain way until it is done.
    let index = Index::prepared(&stories);
    drop(stories);
    send(DeskEvent::Prepared(turn, Box::new(index)));
}

fn unread(broken: &Broken) -> String {
    format!("A file cannot be read and is left alone: {broken}.")
}

fn reloaded(changes: Changes) -> Vec<Input> {
    let mut inputs = vec![Input::HighestNumber(changes.highest_number)];
    if !changes.acts.is_empty() {
        inputs.push(Input::OthersActs(changes.acts));
    }
    inputs.extend(changed_problems(changes.problems, changes.removed_problems));
    let gone = changes.removed.into_iter().map(|id| (id, None));
    let stories = changes
        .stories
        .into_iter()
        .map(|story| (story.id, Some(story)))
        .chain(gone)
        .collect();
    inputs.push(Input::Changed {
        stories,
        product: changes.product.map(Box::new),
    });
    let broken = changes.broken.unwrap_or_default();
    inputs.extend(
        broken
            .first()
            .map(|broken| Input::News(unread(broken), true)),
    );
    inputs
}

/// Problems with their new states; nothing where there are none.
fn changed_problems(problems: Vec<Arc<Problem>>, removed: Vec<ProblemId>) -> Option<Input> {
    let there = problems
        .into_iter()
        .map(|problem| (problem.id, Some(problem)));
    let gone = removed.into_iter().map(|id| (id, None));
    let states: Vec<_> = there.chain(gone).collect();
    (!states.is_empty()).then_some(Input::Problems(states))
}

/// A conflict in words.
fn ask(act: &Arc<Act>, conflicts: &[store::Conflict]) -> Conflict {
    let words = |value: &Option<serde_json::Value>| match value {
        None => "nothing".to_owned(),
        Some(serde_json::Value::String(text)) => format!("\u{201c}{text}\u{201d}"),
        Some(value) => value.to_string(),
    };
    let becomes = |conflict: &store::Conflict, side| match conflict.kept(side) {
        Delta::Story { after: None, .. } | Delta::Problem { after: None, .. } => {
            "taken away".to_owned()
        }
        _ => "changed".to_owned(),
    };
    let gone = conflicts
        .iter()
        .filter(|conflict| conflict.fields.is_empty());
    let gone = gone.map(|conflict| {
        (
            match conflict.subject {
                Subject::Problem(_) => "the problem",
                Subject::Story(_) | Subject::Product => "the story",
            }
            .to_owned(),
            becomes(conflict, Side::Ours),
            becomes(conflict, Side::Theirs),
        )
    });
    let fields = conflicts.iter().flat_map(|conflict| {
        let fields = conflict.fields.iter();
        fields.map(|field| (conflict.told(field), field))
    });
    Conflict {
        act: Arc::clone(act),
        subject: conflicts
            .first()
            .map_or(Subject::Product, |conflict| conflict.subject),
        fields: fields
            .map(|(told, field)| (told, words(&field.ours), words(&field.theirs)))
            .chain(gone)
            .collect(),
    }
}

#[cfg(test)]
mod tests {
    use std::fs;
    use std::path::Path;
    use std::sync::mpsc::{Receiver, channel};

    use uuid::Uuid;

    use super::*;
    use crate::model::{
        Backlog, Change, Draft, Edit, History, NewStory, Place, Product, Prose, Stamp, Story,
        StoryId, Title,
    };

    fn stamp() -> Stamp {
        Stamp::new("2026-11-23T10:00:00Z".parse().unwrap(), "Ana")
    }

    /// Somebody with a backlog and a store.
    struct Person {
        backlog: Backlog,
        history: History,
        store: JsonStore,
    }

    impl Person {
        fn of(folder: &Path) -> Self {
            let (store, opened) = JsonStore::open(folder).unwrap();
            let highest = opened.highest_number;
            let (backlog, _) = Backlog::load(opened.product, opened.stories, highest);
            Self {
                backlog,
                history: History::default(),
                store,
            }
        }

        fn act(&mut self, change: Change) -> Arc<Act> {
            let id = ActId::new(Uuid::now_v7());
            let act = self
                .history
                .perform(&mut self.backlog, id, "act", &[change], &stamp());
            act.unwrap().unwrap()
        }

        fn title(&mut self, story: StoryId, title: &str) -> Arc<Act> {
            let edit = Edit::Title(Title::parse(title).unwrap());
            self.act(Change::Edit { story, edit })
        }

        fn notes(&mut self, story: StoryId, notes: &str) -> Arc<Act> {
            let edit = Edit::Notes(Prose::parse(notes));
            self.act(Change::Edit { story, edit })
        }

        fn save(&mut self, act: &Act) {
            self.store.save(act).unwrap();
        }
    }

    /// A desk on a product with one story, which Ben has given another title without our knowing.
    struct World {
        desk: Desk,
        events: Receiver<Event>,
        ours: Person,
        ben: Person,
        story: StoryId,
        folder: tempfile::TempDir,
    }

    fn world() -> World {
        let folder = tempfile::tempdir().unwrap();
        let product = Product::new("Webshop", None).unwrap();
        let text = serde_json::to_string(&product).unwrap();
        fs::write(folder.path().join("product.json"), text).unwrap();
        let mut ben = Person::of(folder.path());
        let story = StoryId::new(Uuid::now_v7());
        let draft = Draft::titled(Title::parse("One").unwrap());
        let place = Place::Bottom;
        let new = NewStory {
            id: story,
            draft,
            place,
        };
        let add = ben.act(Change::Add(Box::new(new)));
        ben.save(&add);
        let (sender, events) = channel();
        let mut desk = Desk::new(sender, "Ana");
        desk.open(folder.path().to_owned()).unwrap();
        let ours = Person::of(folder.path());
        let mut world = World {
            desk,
            events,
            ours,
            ben,
            story,
            folder,
        };
        world.until(|input| matches!(input, Input::History(_)));
        world
    }

    impl World {
        /// Takes events until the one that is waited for.
        fn until(&mut self, is_it: impl Fn(&Input) -> bool) -> Input {
            loop {
                if let Event::Desk(event) = self.events.recv().unwrap()
                    && let Some(input) = self.desk.take(event).into_iter().find(&is_it)
                {
                    return input;
                }
            }
        }

        fn saved(&mut self) -> Arc<Act> {
            match self.until(|input| matches!(input, Input::Saved(_))) {
                Input::Saved(act) => act,
                _ => unreachable!(),
            }
        }

        fn conflict(&mut self) -> Conflict {
            match self.until(|input| matches!(input, Input::Conflict(_))) {
                Input::Conflict(conflict) => *conflict,
                _ => unreachable!(),
            }
        }

        fn on_disk(&self) -> Story {
            let side = Person::of(self.folder.path());
            Story::clone(side.backlog.story(self.story).unwrap())
        }
    }

    #[test]
    fn what_was_done_after_a_contested_act_is_saved_after_the_answer() {
        for (ours, title) in [(true, "Ours"), (false, "Ben's")] {
            let mut world = world();
            let bens = world.ben.title(world.story, "Ben's");
            world.ben.save(&bens);
            let (one, two) = (
                world.ours.title(world.story, "Ours"),
                world.ours.notes(world.story, "Notes."),
            );
            for act in [&one, &two] {
                world.desk.save(Arc::clone(act));
            }
            let asked = world.conflict();
            assert_eq!(asked.act.id, one.id);
            assert!(world.desk.flush().is_err(), "nobody leaves unasked");
            assert_eq!(world.on_disk().notes.as_str(), "");
            world.desk.settle(one.id, ours);
            assert_eq!(world.saved().id, one.id);
            let last = world.saved();
            world.desk.flush().unwrap();
            let story = world.on_disk();
            assert_eq!(
                (story.title.as_str(), story.notes.as_str()),
                (title, "Notes.")
            );
            // The last one saved tells the screen all of it.
            assert!(
                matches!(&last.deltas[..], [Delta::Story { after: Some(after), .. }] if **after == story)
            );
        }
    }

    #[test]
    fn a_change_of_a_story_that_somebody_took_away_says_so() {
        let mut world = world();
        let file = format!("stories/{}.json", world.story);
        fs::remove_file(world.folder.path().join(file)).unwrap();
        let act = world.ours.title(world.story, "Ours");
        world.desk.save(Arc::clone(&act));
        let asked = world.conflict();
        let field = ("the story", "changed", "taken away");
        let (name, ours, theirs) = &asked.fields[0];
        assert_eq!((name.as_str(), ours.as_str(), theirs.as_str()), field);
        world.desk.settle(act.id, true);
        world.saved();
        assert_eq!(world.on_disk().title.as_str(), "Ours");
    }

    #[test]
    fn an_act_on_a_broken_file_is_kept_and_saved_when_the_file_is_mended() {
        let mut world = world();
        let file = world
            .folder
            .path()
            .join(format!("stories/{}.json", world.story));
        let text = fs::read(&file).unwrap();
        fs::write(&file, "<<<<<<< HEAD\n").unwrap();
        let act = world.ours.title(world.story, "Ours");
        world.desk.save(act);
        world.until(
            |input| matches!(input, Input::SaveFailed(reason) if reason.contains("Mend it")),
        );
        assert!(world.desk.flush().is_err());
        fs::write(&file, text).unwrap();
        world.desk.flush().unwrap();
        assert_eq!(world.on_disk().title.as_str(), "Ours");
    }
}
