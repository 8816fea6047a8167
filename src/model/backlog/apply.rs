//! The door: every change to a backlog comes through [`Backlog::apply`].

use std::sync::Arc;

use super::Backlog;
use crate::model::{
    Change, Comment, Delta, Extra, Grade, LogEntry, NewStory, Place, Product, Prose, Refusal,
    Stamp, Status, Story, StoryId,
};

impl Backlog {
    /// Makes one change and answers what it did; nothing where the change changes nothing.
    ///
    /// # Errors
    /// A refused change leaves the backlog as it was.
    pub fn apply(&mut self, change: &Change, stamp: &Stamp) -> Result<Vec<Delta>, Refusal> {
        let deltas = self.make(change, stamp)?;
        self.settle();
        Ok(deltas)
    }

    /// Makes one change; the orders follow later. A refused change leaves everything as it was.
    fn make(&mut self, change: &Change, stamp: &Stamp) -> Result<Vec<Delta>, Refusal> {
        match change {
            Change::Add(new) => self.add(new, stamp),
            Change::Insert(story) => self.insert(story),
            Change::Move { stories, to } => self.moved(stories, *to),
            Change::Arrange { stories } => self.arranged(stories),
            Change::Settings(product) => Ok(self.set_product(product)),
            Change::Restore(deltas) => self.restore(deltas),
            Change::AddProblem(new) => self.add_problem(new, stamp),
            Change::InsertProblem(problem) => self.insert_problem(problem),
            Change::EditProblem { problem, edit } => self.edit_problem(*problem, edit, stamp),
            Change::RemoveProblem(problem) => self.remove_problem(*problem, stamp),
            Change::Edit { story, .. }
            | Change::Step { story, .. }
            | Change::Judge { story, .. }
            | Change::NoteVerdict { story, .. }
            | Change::TickDone { story, .. }
            | Change::Accept { story, .. }
            | Change::Reject { story, .. }
            | Change::Comment { story, .. }
            | Change::Learn { story, .. } => {
                let before = self.require(*story)?;
                let after = self.changed(&before, change, stamp)?;
                Ok(self.replace(before, after))
            }
        }
    }

    /// What a change makes of the story it is about.
    fn changed(&self, story: &Story, change: &Change, stamp: &Stamp) -> Result<Story, Refusal> {
        match change {
            Change::Edit { edit, .. } => self.edited(story, edit, stamp),
            Change::Step { step, reason, .. } => self.stepped(story, *step, reason.as_ref(), stamp),
            Change::Judge {
                criterion, verdict, ..
            } => self.judged(story, criterion, *verdict, stamp),
            Change::NoteVerdict {
                criterion,
                note,
                evidence,
                ..
            } => self.noted(story, criterion, note.as_ref(), evidence.as_ref(), stamp),
            Change::TickDone { line, ticked, .. } => self.ticked(story, *line, *ticked, stamp),
            Change::Accept { reason, .. } => self.accepted(story, reason.as_ref(), stamp),
            Change::Reject { reason, .. } => self.rejected(story, reason.as_ref(), stamp),
            Change::Comment { text, .. } => Ok(commented(story, text, stamp)),
            Change::Learn { learning, .. } => self.learned(story, learning, stamp),
            // These are about no story of their own, or about several.
            Change::Add(_)
            | Change::Insert(_)
            | Change::Move { .. }
            | Change::Arrange { .. }
            | Change::Settings(_)
            | Change::Restore(_)
            | Change::AddProblem(_)
            | Change::InsertProblem(_)
            | Change::EditProblem { .. }
            | Change::RemoveProblem(_) => Ok(story.clone()),
        }
    }

    /// Makes several changes, all or none, and answers what they did together: each story and problem at most once.
    ///
    /// # Errors
    /// When one is refused, none is made.
    pub fn apply_all(&mut self, changes: &[Change], stamp: &Stamp) -> Result<Vec<Delta>, Refusal> {
        let mut deltas: Vec<Delta> = Vec::new();
        for change in changes {
            if reads_the_order(change) {
                self.settle();
            }
            match self.make(change, stamp) {
                Ok(more) => deltas.extend(more),
                Err(refusal) => {
                    for delta in deltas.iter().rev() {
                        self.set(&delta.inverse());
                    }
                    self.settle();
                    return Err(refusal);
                }
            }
        }
        self.settle();
        Ok(if changes.len() > 1 {
            joined(deltas)
        } else {
            deltas
        })
    }

    /// The story with this id.
    pub(super) fn require(&self, id: StoryId) -> Result<Arc<Story>, Refusal> {
        self.story(id)
            .cloned()
            .ok_or_else(|| Refusal::NoSuchStory(id.to_string()))
    }

    pub(super) fn replace(&mut self, before: Arc<Story>, after: Story) -> Vec<Delta> {
        if *before == after {
            return Vec::new();
        }
        let after = Arc::new(after);
        self.put(before.id, Some(Arc::clone(&after)));
        vec![Delta::Story {
            before: Some(before),
            after: Some(after),
        }]
    }

    fn add(&mut self, new: &NewStory, stamp: &Stamp) -> Result<Vec<Delta>, Refusal> {
        if let Some(story) = self.story(new.id) {
            return Err(Refusal::AlreadyThere(self.key(story)));
        }
        let (rank, neighbours) = self.room_at(new.place)?;
        let mut deltas = self.rerank_all(neighbours);
        let draft = &new.draft;
        let mut story = Story {
            format: Story::FORMAT,
            id: new.id,
            number: self.take_number(),
            former_numbers: Vec::new(),
            kind: draft.kind,
            title: draft.title.clone(),
            persona: draft.persona.clone(),
            want: draft.want.clone(),
            benefit: draft.benefit.clone(),
            notes: draft.notes.clone(),
            criteria: Vec::new(),
            questions: Vec::new(),
            status: draft.status,
            rank,
            estimate: draft.estimate,
            labels: super::edit::distinct(&draft.labels),
            epic: draft.epic.clone(),
            problem: draft.problem,
            blocked_by: Vec::new(),
            scores: Grade::all(&draft.scores),
            agreed: None,
            reviews: Vec::new(),
            check: None,
            log: Vec::new(),
            ready: Vec::new(),
            settled: Vec::new(),
            comments: draft.comments.clone(),
            source: draft.source.clone(),
            created: draft.created.unwrap_or(stamp.at),
            updated: stamp.at,
            extra: Extra::new(),
        };
        super::edit::set_criteria(
            &mut story,
            draft
                .criteria
                .iter()
                .map(|text| crate::model::Criterion::new(text)),
        );
        super::edit::set_questions(&mut story, draft.questions.iter().cloned());
        if story.status != Status::Idea {
            story.log.push(LogEntry {
                status: story.status,
                at: draft.status_at.unwrap_or(stamp.at),
                by: stamp.by.clone(),
                reason: None,
                extra: Extra::new(),
            });
        }
        deltas.extend(self.put_new(story));
        Ok(deltas)
    }

    fn insert(&mut self, story: &Story) -> Result<Vec<Delta>, Refusal> {
        if let Some(known) = self.story(story.id) {
            return Err(Refusal::AlreadyThere(self.key(known)));
        }
        let is_taken = self.numbers.contains_key(&story.number) || story.number == 0;
        let story = if is_taken {
            story.with_number(self.take_number())
        } else {
            story.clone()
        };
        Ok(self.put_new(story))
    }

    fn put_new(&mut self, story: Story) -> Vec<Delta> {
        let story = Arc::new(story);
        self.put(story.id, Some(Arc::clone(&story)));
        vec![Delta::Story {
            before: None,
            after: Some(story),
        }]
    }

    fn set_product(&mut self, product: &Product) -> Vec<Delta> {
        if *self.product == *product {
            return Vec::new();
        }
        let before = Arc::clone(&self.product);
        self.product = Arc::new(product.clone());
        self.begin_generation(None);
        vec![Delta::Product {
            before,
            after: Arc::clone(&self.product),
        }]
    }

    fn restore(&mut self, deltas: &[Delta]) -> Result<Vec<Delta>, Refusal> {
        for delta in deltas {
            let (unchanged, what) = match delta {
                Delta::Story { before, after } => {
                    let id = before.as_ref().or(after.as_ref()).map(|story| story.id);
                    let current = id.and_then(|id| self.story(id));
                    let what = before
                        .as_ref()
                        .or(after.as_ref())
                        .map_or_else(String::new, |story| self.key(story));
                    (current == before.as_ref(), what)
                }
                Delta::Problem { before, after } => {
                    let problem = before.as_ref().or(after.as_ref());
                    let current = problem.and_then(|problem| self.problem(problem.id));
                    let what = problem.map_or_else(String::new, |problem| {
                        format!("the problem \u{201c}{}\u{201d}", problem.title)
                    });
                    (current == before.as_ref(), what)
                }
                Delta::Product { before, .. } => {
                    (self.product == *before, "the settings".to_owned())
                }
            };
            if !unchanged {
                let label = String::new();
                return Err(Refusal::ChangedSince { label, what });
            }
        }
        for delta in deltas {
            self.set(delta);
        }
        Ok(deltas.to_vec())
    }

    /// Puts the later state of a delta in place, without asking.
    pub(super) fn set(&mut self, delta: &Delta) {
        match delta {
            Delta::Story { before, after } => {
                if let Some(id) = before.as_ref().or(after.as_ref()).map(|story| story.id) {
                    self.put(id, after.clone());
                }
            }
            Delta::Problem { before, after } => {
                if let Some(problem) = before.as_ref().or(after.as_ref()) {
                    self.put_problem(problem.id, after.clone());
                }
            }
            Delta::Product { after, .. } => {
                self.product = Arc::clone(after);
                self.begin_generation(None);
            }
        }
    }

    /// The place where a new story goes when it is added beside the selected one.
    pub fn place_below(&self, selected: Option<StoryId>) -> Place {
        match selected.filter(|id| self.position(*id).is_some()) {
            Some(id) => Place::Below(id),
            None => Place::Bottom,
        }
    }
}

fn commented(story: &Story, text: &Prose, stamp: &Stamp) -> Story {
    let mut after = story.clone();
    after.comments.push(Comment {
        at: stamp.at,
        by: stamp.by.clone(),
        text: text.clone(),
        extra: Extra::new(),
    });
    after.updated = stamp.at;
    after
}

/// Whether a change asks where open stories stand.
const fn reads_the_order(change: &Change) -> bool {
    matches!(
        change,
        Change::Add(_) | Change::Move { .. } | Change::Arrange { .. }
    )
}

/// Joins deltas of the same story or product: first state before, last state after.
fn joined(deltas: Vec<Delta>) -> Vec<Delta> {
    let mut joined: Vec<Delta> = Vec::with_capacity(deltas.len());
    let mut places = std::collections::HashMap::new();
    for delta in deltas {
        let subject = delta.subject();
        if let Some(&place) = places.get(&subject) {
            match (joined.get_mut(place), delta) {
                (Some(Delta::Story { after, .. }), Delta::Story { after: last, .. }) => {
                    *after = last;
                }
                (Some(Delta::Problem { after, .. }), Delta::Problem { after: last, .. }) => {
                    *after = last;
                }
                (Some(Delta::Product { after, .. }), Delta::Product { after: last, .. }) => {
                    *after = last;
                }
                _ => {}
            }
        } else {
            places.insert(subject, joined.len());
            joined.push(delta);
        }
    }
    joined.retain(|delta| match delta {
        Delta::Story { before, after } => before != after,
        Delta::Problem { before, after } => before != after,
        Delta::Product { before, after } => before != after,
    });
    joined
}
