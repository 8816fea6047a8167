//! From a file's stories to changes: which are new, which are known and differ, and what is left alone.
//!
//! Invariants: a plan never moves a known story. Another tool's file never changes a status and never touches an accepted
//! story, and a field that a person changed here stays as long as that file says what it said at the last import. Our own
//! export takes a story further where it tells what happened next, and undoes nothing that happened here.

mod blockers;
mod meet;
mod numbers;
mod problems;
mod told;
mod whole;

use std::collections::{HashMap, HashSet};

use self::blockers::Blockers;
use self::whole::Renewed;
use super::record::{Identity, Record};
use super::report::{Imported, Lossy, Skipped};
use crate::model::{
    Backlog, Change, Edit, Problem, ProblemId, Product, Source, Story, StoryId, Timestamp,
};

/// What importing a file would do. The changes make one act.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Plan {
    /// The changes, to be applied in this order and all together; none when the file says nothing new.
    pub changes: Vec<Change>,
    /// How many stories the file has, skipped ones included.
    pub read: usize,
    /// How many stories are new.
    pub imported: usize,
    /// How many known stories change.
    pub updated: usize,
    /// How many known stories stay as they are.
    pub unchanged: usize,
    /// The lines that made no story.
    pub skipped: Vec<Skipped>,
    /// What the stories lost on the way.
    pub lossy: Vec<Lossy>,
    /// What else there is to know, a sentence each.
    pub notes: Vec<String>,
}

/// Works out what importing would do; `now` dates remarks without a date of their own.
pub fn plan(
    imported: Imported,
    backlog: &Backlog,
    now: Timestamp,
    new_id: &mut dyn FnMut() -> StoryId,
) -> Plan {
    let mut planner = Planner::new(backlog, now);
    planner.plan.read = imported.read;
    planner.plan.skipped = imported.skipped;
    planner.plan.lossy = imported.lossy;
    planner.settings(imported.product, &imported.problems);
    planner.problems(imported.problems);
    planner.whole_ids = whole::ids(&imported.records);
    let ranks = whole::new_ranks(&imported.records, backlog);
    for record in &imported.records {
        match record {
            Record::Told(told) => planner.told(told, new_id),
            Record::Whole { line, story } => planner.whole(*line, story, &ranks),
        }
    }
    let order = whole::told_order(&imported.records, backlog);
    planner.plan.notes.extend(order);
    planner.finish()
}

struct Planner<'a> {
    backlog: &'a Backlog,
    now: Timestamp,
    plan: Plan,
    /// Known stories by where they came from.
    sources: HashMap<(String, String), StoryId>,
    blockers: Blockers,
    /// Whole stories that are new.
    inserted: Vec<Story>,
    /// Known stories that come whole.
    renewed: Vec<Renewed>,
    /// All stories that come whole.
    whole_ids: HashSet<StoryId>,
    /// The problems that come along.
    new_problems: HashSet<ProblemId>,
    /// Whether each known story changes.
    known: HashMap<StoryId, bool>,
}

impl<'a> Planner<'a> {
    fn new(backlog: &'a Backlog, now: Timestamp) -> Self {
        let sources = backlog
            .stories()
            .filter_map(|story| Some((source_name(story.source.as_ref()?), story.id)))
            .collect();
        Self {
            backlog,
            now,
            plan: Plan::default(),
            sources,
            blockers: Blockers::of(backlog),
            inserted: Vec::new(),
            renewed: Vec::new(),
            whole_ids: HashSet::new(),
            new_problems: HashSet::new(),
            known: HashMap::new(),
        }
    }

    /// Takes on the file's settings where the product has nothing of its own yet.
    fn settings(&mut self, product: Option<Product>, problems: &[Problem]) {
        let Some(product) = product else { return };
        let own = self.backlog.product();
        if **own == product {
            return;
        }
        if self.backlog.stories().next().is_none() && is_as_made(own) {
            self.plan.notes.push(format!(
                "The product took its name and settings from the file: {} ({}).",
                product.name, product.key
            ));
            self.plan.changes.push(Change::Settings(Box::new(product)));
            return;
        }
        let outcomes = self.with_outcomes(&product, problems);
        if outcomes.as_ref().is_none_or(|with| *with != product) {
            let note = "The product keeps its own settings; the file's were left out.";
            self.plan.notes.push(note.to_owned());
        }
        if let Some(with) = outcomes {
            let note = "The outcomes that the file's problems serve came along.";
            self.plan.notes.push(note.to_owned());
            self.plan.changes.push(Change::Settings(Box::new(with)));
        }
    }

    fn find(&self, identity: &Identity) -> Option<&'a Story> {
        let id = match identity {
            Identity::Story(id) => *id,
            Identity::Source(source) => *self.sources.get(&source_name(source))?,
        };
        self.backlog.story(id).map(|story| &**story)
    }

    /// Notes the changes to a known story; an accepted one stays as it is.
    fn edit(&mut self, story: &Story, edits: Vec<Edit>) {
        let may_edit = self.backlog.may_edit(story.id).is_ok();
        if !edits.is_empty() && !may_edit {
            let key = self.backlog.key(story);
            self.plan.notes.push(format!(
                "{key} is accepted and stays as it is; the file says something else."
            ));
        }
        let changes = may_edit && !edits.is_empty();
        *self.known.entry(story.id).or_default() |= changes;
        if changes {
            let edits = edits.into_iter().map(|edit| Change::Edit {
                story: story.id,
                edit,
            });
            self.plan.changes.extend(edits);
        }
    }

    fn has_changed(&mut self, id: StoryId) {
        self.known.insert(id, true);
    }

    fn finish(mut self) -> Plan {
        let inserted = numbers::taken_last(std::mem::take(&mut self.inserted), self.backlog);
        let inserted = inserted.into_iter().map(Box::new).map(Change::Insert);
        self.plan.changes.extend(inserted);
        let links = self.blockers.edits(self.backlog, &mut self.plan.lossy);
        for (story, edit) in self.renewals(links) {
            if self.backlog.story(story).is_some() {
                self.known.insert(story, true);
            }
            self.plan.changes.push(Change::Edit { story, edit });
        }
        self.plan.updated = self.known.values().filter(|changes| **changes).count();
        self.plan.unchanged = self.known.len() - self.plan.updated;
        self.plan
    }
}

/// What makes two sources the same.
fn source_name(source: &Source) -> (String, String) {
    (source.tool.to_string(), source.id.to_string())
}

/// Whether nobody has changed the product's settings since it was made.
fn is_as_made(product: &Product) -> bool {
    Product::new(&product.name, Some(product.key.clone())).is_ok_and(|made| made == *product)
}
