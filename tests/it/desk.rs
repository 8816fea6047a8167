//! A program at work, without a screen: a backlog, its history and a store.

use std::fs;
use std::path::Path;
use std::sync::Arc;

use backstory::model::{
    Act, ActId, Backlog, Change, Delta, Draft, Edit, History, Line, NewProblem, NewStory, Place,
    Problem, ProblemEdit, ProblemId, Product, Prose, Stamp, Story, StoryId, Title, Weight,
};
use backstory::store::disk::Disk;
use backstory::store::{Changes, JsonStore, Opened, SaveError, Saved, Store};
use uuid::Uuid;

pub(crate) struct Desk {
    pub(crate) store: Box<dyn Store>,
    pub(crate) backlog: Backlog,
    pub(crate) history: History,
    pub(crate) opened: Opened,
}

impl Desk {
    pub(crate) fn new(mut store: Box<dyn Store>, opened: Opened) -> Self {
        let stories = opened.stories.clone();
        let highest = opened.highest_number;
        let (backlog, repairs) = Backlog::load(opened.product.clone(), stories, highest);
        let backlog = backlog.with_problems(opened.problems.clone());
        assert_eq!(repairs, [], "every number is used once");
        let history = History::from_acts(store.acts().unwrap());
        Self {
            store,
            backlog,
            history,
            opened,
        }
    }

    /// Opens the product in a folder.
    pub(crate) fn at(folder: &Path, disk: Disk) -> Self {
        let (store, opened) = JsonStore::open_with(folder, disk, |_, _| {}).unwrap();
        Self::new(Box::new(store), opened)
    }

    pub(crate) fn perform(&mut self, label: &str, changes: &[Change]) -> Arc<Act> {
        let act = self
            .history
            .perform(&mut self.backlog, new_act_id(), label, changes, &stamp())
            .unwrap();
        act.unwrap()
    }

    pub(crate) fn add(&mut self, title: &str) -> (StoryId, Arc<Act>) {
        let id = StoryId::new(Uuid::now_v7());
        let draft = Draft::titled(Title::parse(title).unwrap());
        let place = Place::Bottom;
        let story = NewStory { id, draft, place };
        let act = self.perform(&format!("add {title}"), &[Change::Add(Box::new(story))]);
        (id, act)
    }

    pub(crate) fn added(&mut self, title: &str) -> StoryId {
        let (id, act) = self.add(title);
        self.save(&act).unwrap();
        id
    }

    pub(crate) fn edit(&mut self, story: StoryId, edit: Edit) -> Arc<Act> {
        self.perform("edit", &[Change::Edit { story, edit }])
    }

    /// Adds a problem and saves that.
    pub(crate) fn problem(&mut self, title: &str) -> ProblemId {
        let id = ProblemId::new(Uuid::now_v7());
        let new = NewProblem {
            id,
            title: Title::parse(title).unwrap(),
            who: Line::default(),
            outcome: None,
        };
        let act = self.perform("add problem", &[Change::AddProblem(Box::new(new))]);
        self.save(&act).unwrap();
        id
    }

    pub(crate) fn edit_problem(&mut self, problem: ProblemId, edit: ProblemEdit) -> Arc<Act> {
        let edit = Box::new(edit);
        self.perform("edit problem", &[Change::EditProblem { problem, edit }])
    }

    /// The problem as this desk knows it.
    pub(crate) fn the_problem(&self, id: ProblemId) -> &Problem {
        self.backlog.problem(id).unwrap()
    }

    pub(crate) fn undo(&mut self) -> Arc<Act> {
        self.history
            .undo(&mut self.backlog, new_act_id(), &stamp())
            .unwrap()
    }

    pub(crate) fn redo(&mut self) -> Arc<Act> {
        self.history
            .redo(&mut self.backlog, new_act_id(), &stamp())
            .unwrap()
    }

    /// Saves an act and takes in what stands on disk then.
    pub(crate) fn save(&mut self, act: &Act) -> Result<Saved, SaveError> {
        let saved = self.store.save(act)?;
        if saved.merged {
            self.history.amend(&saved.act);
            self.take_in(&saved.act);
        }
        self.backlog.raise_highest_number(saved.highest_number);
        Ok(saved)
    }

    /// Takes in what others changed.
    pub(crate) fn reload(&mut self) -> Changes {
        let changes = self.store.reload().unwrap();
        for story in &changes.stories {
            self.backlog.adopt(story.id, Some(Arc::clone(story)));
        }
        for id in &changes.removed {
            self.backlog.adopt(*id, None);
        }
        let problems = changes.problems.iter();
        let there = problems.map(|problem| (problem.id, Some(Arc::clone(problem))));
        let gone = changes.removed_problems.iter().map(|id| (*id, None));
        self.backlog.adopt_problems(there.chain(gone));
        if let Some(product) = &changes.product {
            self.backlog.adopt_product(product.clone());
        }
        self.backlog.raise_highest_number(changes.highest_number);
        changes
    }

    fn take_in(&mut self, act: &Act) {
        for delta in &act.deltas {
            match delta {
                Delta::Story { before, after } => {
                    let id = after.as_ref().or(before.as_ref()).unwrap().id;
                    self.backlog.adopt(id, after.clone());
                }
                Delta::Problem { before, after } => {
                    let id = after.as_ref().or(before.as_ref()).unwrap().id;
                    self.backlog.adopt_problems([(id, after.clone())]);
                }
                Delta::Product { after, .. } => self.backlog.adopt_product(Product::clone(after)),
            }
        }
    }

    pub(crate) fn story(&self, id: StoryId) -> &Story {
        self.backlog.story(id).unwrap()
    }

    /// All titles with their numbers, sorted.
    pub(crate) fn titles(&self) -> Vec<String> {
        let stories = self.backlog.stories();
        let mut titles: Vec<_> = stories
            .map(|story| format!("{} {}", story.number, story.title))
            .collect();
        titles.sort();
        titles
    }
}

/// Makes a product's folder with nothing in it.
pub(crate) fn empty_product() -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    let product = Product::new("Webshop", None).unwrap();
    let text = serde_json::to_string_pretty(&product).unwrap();
    fs::write(folder.path().join("product.json"), text).unwrap();
    folder
}

/// Evidence of weight 2, heard on the first of November.
pub(crate) fn heard(text: &str) -> ProblemEdit {
    ProblemEdit::Evidence {
        date: jiff::civil::date(2026, 11, 1),
        kind: Line::parse("interview"),
        source: Line::parse("Mia"),
        text: Prose::parse(text),
        weight: Weight::clamped(2),
    }
}

pub(crate) fn title(text: &str) -> Edit {
    Edit::Title(Title::parse(text).unwrap())
}

pub(crate) fn new_act_id() -> ActId {
    ActId::new(Uuid::now_v7())
}

pub(crate) fn stamp() -> Stamp {
    Stamp::new("2026-11-23T10:00:00Z".parse().unwrap(), "Ana")
}
