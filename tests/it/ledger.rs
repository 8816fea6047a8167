//! A backlog with its history and a clock that ticks, for tests of the model alone.

use std::sync::Arc;

use backstory::model::{
    Act, ActId, Backlog, Change, Criterion, Draft, Edit, History, Kind, Line, NewProblem, NewStory,
    Place, Problem, ProblemEdit, ProblemId, Product, Prose, Reason, Refusal, Stamp, Status, Step,
    Story, StoryId, Timestamp, Title, Verdict,
};
use uuid::Uuid;

/// Acts on a backlog, a minute after each other, with ids counted up.
pub(crate) struct Ledger {
    pub(crate) backlog: Backlog,
    pub(crate) history: History,
    ticks: u32,
    name: &'static str,
}

impl Ledger {
    /// The product "Webshop" without stories.
    pub(crate) fn empty() -> Self {
        Self::of([])
    }

    /// The product "Webshop" with these stories.
    pub(crate) fn of(stories: impl IntoIterator<Item = Story>) -> Self {
        let product = Product::new("Webshop", None).unwrap();
        Self {
            backlog: Backlog::load(product, stories, 0).0,
            history: History::default(),
            ticks: 0,
            name: "Ana",
        }
    }

    /// A copy that goes its own way: its history begins now, and its acts are later than all here.
    pub(crate) fn copy(&self) -> Self {
        Self {
            backlog: self.backlog.clone(),
            history: History::default(),
            ticks: self.ticks + 10_000,
            name: self.name,
        }
    }

    /// An id that no story and no act has yet.
    pub(crate) fn next_id(&mut self) -> Uuid {
        self.ticks += 1;
        Uuid::from_u128((7 << 76) | (1 << 40) | u128::from(self.ticks))
    }

    /// A minute later than the last time this was asked.
    pub(crate) fn stamp(&mut self) -> Stamp {
        self.ticks += 1;
        let start: Timestamp = "2026-11-20T09:00:00Z".parse().unwrap();
        let at = Timestamp::from_second(start.as_second() + 60 * i64::from(self.ticks)).unwrap();
        Stamp::new(at, self.name)
    }

    /// Lets somebody else go on.
    pub(crate) fn now_is(&mut self, name: &'static str) {
        self.name = name;
    }

    /// Does one act; `None` when it changes nothing.
    pub(crate) fn perform(&mut self, changes: &[Change]) -> Result<Option<Arc<Act>>, Refusal> {
        let id = ActId::new(self.next_id());
        let stamp = self.stamp();
        self.history
            .perform(&mut self.backlog, id, "act", changes, &stamp)
    }

    /// Does one change that must be allowed.
    #[track_caller]
    pub(crate) fn apply(&mut self, change: Change) {
        self.perform(&[change]).unwrap();
    }

    /// The sentence with which a change is refused; the backlog must stay as it was.
    #[track_caller]
    pub(crate) fn refusal(&mut self, change: Change) -> String {
        let before = self.snapshot();
        let refusal = self.perform(&[change]).unwrap_err();
        assert_eq!(self.snapshot(), before, "a refused change changes nothing");
        refusal.to_string()
    }

    pub(crate) fn undo(&mut self) -> Result<Arc<Act>, Refusal> {
        let id = ActId::new(self.next_id());
        let stamp = self.stamp();
        self.history.undo(&mut self.backlog, id, &stamp)
    }

    pub(crate) fn redo(&mut self) -> Result<Arc<Act>, Refusal> {
        let id = ActId::new(self.next_id());
        let stamp = self.stamp();
        self.history.redo(&mut self.backlog, id, &stamp)
    }

    /// Adds a story at a place.
    pub(crate) fn add_at(&mut self, title: &str, place: Place) -> StoryId {
        let id = StoryId::new(self.next_id());
        let draft = Draft::titled(Title::parse(title).unwrap());
        self.apply(Change::Add(Box::new(NewStory { id, draft, place })));
        id
    }

    /// Adds a story at the bottom.
    pub(crate) fn add(&mut self, title: &str) -> StoryId {
        self.add_at(title, Place::Bottom)
    }

    /// Adds a problem.
    pub(crate) fn problem(&mut self, title: &str) -> ProblemId {
        let id = ProblemId::new(self.next_id());
        self.apply(Change::AddProblem(Box::new(NewProblem {
            id,
            title: Title::parse(title).unwrap(),
            who: Line::default(),
            outcome: None,
        })));
        id
    }

    /// Changes a problem.
    #[track_caller]
    pub(crate) fn edit_problem(&mut self, problem: ProblemId, edit: ProblemEdit) {
        let edit = Box::new(edit);
        self.apply(Change::EditProblem { problem, edit });
    }

    #[track_caller]
    pub(crate) fn edit(&mut self, story: StoryId, edit: Edit) {
        self.apply(Change::Edit { story, edit });
    }

    pub(crate) fn kind(&mut self, story: StoryId, kind: Kind) {
        self.edit(story, Edit::Kind(kind));
    }

    /// Gives a story new criteria in place of all others.
    pub(crate) fn criteria(&mut self, story: StoryId, texts: &[&str]) {
        let criteria = texts.iter().map(|text| Criterion::new(text)).collect();
        self.edit(story, Edit::Criteria(criteria));
    }

    /// Rewrites one criterion.
    pub(crate) fn reword(&mut self, story: StoryId, criterion: &str, text: &str) {
        let mut criteria = self.story(story).criteria.clone();
        for known in criteria.iter_mut().filter(|known| known.id == criterion) {
            known.text = Prose::parse(text);
        }
        self.edit(story, Edit::Criteria(criteria));
    }

    pub(crate) fn done_lines(&mut self, lines: &[&str]) {
        let mut product = Product::clone(self.backlog.product());
        product.done = lines.iter().map(|line| Line::parse(line)).collect();
        self.apply(Change::Settings(Box::new(product)));
    }

    #[track_caller]
    pub(crate) fn step(&mut self, story: StoryId, step: Step) {
        self.apply(stepping(story, step));
    }

    pub(crate) fn judge(&mut self, story: StoryId, criterion: &str, verdict: Verdict) {
        self.apply(judging(story, criterion, Some(verdict)));
    }

    pub(crate) fn note(&mut self, story: StoryId, criterion: &str, note: &str) {
        self.apply(Change::NoteVerdict {
            story,
            criterion: criterion.to_owned(),
            note: Some(Prose::parse(note)),
            evidence: None,
        });
    }

    /// Adds a story with criteria and takes it along to *delivered*.
    pub(crate) fn delivered(&mut self, title: &str, criteria: &[&str]) -> StoryId {
        let id = self.add(title);
        if criteria.is_empty() {
            self.kind(id, Kind::Chore);
        }
        self.criteria(id, criteria);
        for step in [Step::Agree, Step::Start, Step::Deliver] {
            self.step(id, step);
        }
        id
    }

    #[track_caller]
    pub(crate) fn story(&self, id: StoryId) -> &Arc<Story> {
        self.backlog.story(id).unwrap()
    }

    pub(crate) fn status(&self, id: StoryId) -> Status {
        self.story(id).status
    }

    /// Everything that undo has to bring back: the settings, the stories by id, and the order.
    pub(crate) fn snapshot(&self) -> Snapshot {
        let mut stories: Vec<Arc<Story>> = self.backlog.stories().cloned().collect();
        stories.sort_by_key(|story| story.id);
        let problems = self.backlog.problems().into_iter().cloned().collect();
        Snapshot {
            problems,
            product: Arc::clone(self.backlog.product()),
            stories,
            open: self.backlog.open().collect(),
            closed: self.backlog.closed().collect(),
        }
    }

    /// The open stories' titles in order, with blanks between them.
    pub(crate) fn order(&self) -> String {
        let titles: Vec<&str> = self
            .backlog
            .open()
            .map(|id| self.story(id).title.as_str())
            .collect();
        titles.join(" ")
    }
}

/// A backlog's state, to be compared.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Snapshot {
    product: Arc<Product>,
    stories: Vec<Arc<Story>>,
    problems: Vec<Arc<Problem>>,
    open: Vec<StoryId>,
    closed: Vec<StoryId>,
}

/// A step, with a reason where it needs one.
pub(crate) fn stepping(story: StoryId, step: Step) -> Change {
    Change::Step {
        story,
        step,
        reason: step.needs_reason().then(|| reason("because")),
    }
}

pub(crate) fn judging(story: StoryId, criterion: &str, verdict: Option<Verdict>) -> Change {
    Change::Judge {
        story,
        criterion: criterion.to_owned(),
        verdict,
    }
}

pub(crate) fn reason(text: &str) -> Reason {
    Reason::parse(text).unwrap()
}
