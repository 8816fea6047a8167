//! Backlogs to test with, made through the model's own door.

use backstory::model::{
    Backlog, Belief, Change, Draft, Edit, Learning, Line, NewProblem, NewStory, OutcomeId, Place,
    Points, Problem, ProblemEdit, ProblemId, Product, ProductOutcome, Prose, Question, Reason,
    Status, Step, StoryId, Title, Verdict, Weight,
};
use jiff::civil::{Date, date};

use super::driver::{ids, later_ids, stamp};

/// A backlog that is being made.
pub(crate) struct World {
    pub(crate) backlog: Backlog,
    new_id: Box<dyn FnMut() -> uuid::Uuid>,
}

impl World {
    /// The product "Webshop" without stories.
    pub(crate) fn empty() -> Self {
        Self {
            backlog: Backlog::new(Product::new("Webshop", None).unwrap()),
            new_id: Box::new(ids()),
        }
    }

    /// A small backlog with stories at every status.
    pub(crate) fn sample() -> Self {
        Self::empty().filled()
    }

    fn filled(mut self) -> Self {
        let world = &mut self;
        world.settings(|product| {
            product.done = ["Help page updated", "Released to staging"]
                .map(Line::parse)
                .to_vec();
        });
        for title in [
            "Pay with a saved card",
            "See the delivery date first",
            "Check out as a guest",
            "Wrap an order as a gift",
            "Return a parcel",
            "Log in with a link",
            "Fix the VAT line",
            "Export the orders",
        ] {
            let id = world.add(title);
            world.edit(id, Edit::Persona(Line::parse("returning customer")));
            world.edit(id, Edit::Want(Line::parse(&title.to_lowercase())));
            world.edit(id, Edit::Benefit(Line::parse("it takes less time")));
            world.edit(id, Edit::Estimate(Some(Points::whole(3))));
            world.criteria(
                id,
                &[
                    "It can be done on a phone",
                    "Given an order\nWhen it is paid\nThen a mail is sent",
                    "Nothing is lost",
                ],
            );
        }
        world.to("WEB-1", Status::Ready);
        world.to("WEB-2", Status::Started);
        for key in ["WEB-5", "WEB-6", "WEB-7"] {
            world.to(key, Status::Delivered);
        }
        world.to("WEB-8", Status::Accepted);
        let id = world.id("WEB-3");
        world.edit(id, Edit::Questions(vec![Question::new("Which countries?")]));
        world.edit(id, Edit::Labels(vec![Line::parse("checkout")]));
        let blocker = world.id("WEB-1");
        world.edit(id, Edit::BlockedBy(vec![blocker]));
        self
    }

    /// The small backlog with two outcomes, three problems, evidence, and a story to look at again.
    pub(crate) fn discovery() -> Self {
        // What is made on the screen gets other ids.
        let mut world = Self {
            new_id: Box::new(later_ids()),
            ..Self::empty()
        }
        .filled();
        let fast = world.outcome("Checkout takes a minute");
        world.settings(|product| {
            if let Some(outcome) = product.outcomes.first_mut() {
                outcome.measure = Line::parse("median time to pay");
                outcome.from = Line::parse("4 min");
                outcome.to = Line::parse("1 min");
                outcome.by_when = Some(date(2027, 3, 31));
            }
        });
        world.outcome("Fewer calls about returns");
        let long = world.problem("Typing the address takes too long", Some(fast));
        world.edit_problem(long, ProblemEdit::Who(Line::parse("returning customer")));
        world.heard(long, date(2026, 11, 8), "Mia", "Gave up at the address", 3);
        world.heard(
            long,
            date(2026, 11, 18),
            "ticket 4711",
            "Asked for a saved address",
            2,
        );
        world.edit_problem(
            long,
            ProblemEdit::Test {
                assumption: Line::parse("They have a card saved"),
                how: Some(Prose::parse("Count the saved cards")),
                result: Some(Prose::parse("61 % have")),
            },
        );
        world.believe(long, Belief::Validated, Some("four of five said so"));
        for key in ["WEB-1", "WEB-3", "WEB-5"] {
            world.solves(key, long);
        }
        let late = world.problem("Nobody knows when the parcel comes", None);
        world.heard(late, date(2026, 9, 1), "Tom", "Called twice", 1);
        world.solves("WEB-2", late);
        world.problem("Gifts look like bills", Some(fast));
        world.to("WEB-5", Status::Accepted);
        let story = world.id("WEB-5");
        world.apply(&Change::Learn {
            story,
            learning: Learning::Plan {
                when: Some(date(2026, 11, 19)),
                how: Some(Prose::parse("Median time to pay below 2 min")),
            },
        });
        world
    }

    pub(crate) fn outcome(&mut self, title: &str) -> OutcomeId {
        let id = OutcomeId::new((self.new_id)());
        let outcome = ProductOutcome::titled(id, Title::parse(title).unwrap());
        self.settings(|product| product.outcomes.push(outcome));
        id
    }

    pub(crate) fn problem(&mut self, title: &str, outcome: Option<OutcomeId>) -> ProblemId {
        let id = ProblemId::new((self.new_id)());
        self.apply(&Change::AddProblem(Box::new(NewProblem {
            id,
            title: Problem::title(title).unwrap(),
            who: Line::default(),
            outcome,
        })));
        id
    }

    pub(crate) fn edit_problem(&mut self, problem: ProblemId, edit: ProblemEdit) {
        let edit = Box::new(edit);
        self.apply(&Change::EditProblem { problem, edit });
    }

    pub(crate) fn heard(
        &mut self,
        problem: ProblemId,
        day: Date,
        who: &str,
        text: &str,
        weight: u64,
    ) {
        self.edit_problem(
            problem,
            ProblemEdit::Evidence {
                date: day,
                kind: Line::parse("interview"),
                source: Line::parse(who),
                text: Prose::parse(text),
                weight: Weight::try_from(weight).unwrap(),
            },
        );
    }

    pub(crate) fn believe(&mut self, problem: ProblemId, state: Belief, why: Option<&str>) {
        let reason = why.map(|why| Reason::parse(why).unwrap());
        self.edit_problem(problem, ProblemEdit::State { state, reason });
    }

    /// Links a story to the problem it solves.
    pub(crate) fn solves(&mut self, key: &str, problem: ProblemId) {
        let id = self.id(key);
        self.edit(id, Edit::Problem(Some(problem)));
    }

    pub(crate) fn id(&self, key: &str) -> StoryId {
        self.backlog.find(key).unwrap().id
    }

    #[track_caller]
    pub(crate) fn apply(&mut self, change: &Change) {
        self.backlog.apply(change, &stamp()).unwrap();
    }

    /// Adds a story with this title at the bottom.
    pub(crate) fn add(&mut self, title: &str) -> StoryId {
        let id = StoryId::new((self.new_id)());
        let draft = Draft::titled(Title::parse(title).unwrap());
        self.apply(&Change::Add(Box::new(NewStory {
            id,
            draft,
            place: Place::Bottom,
        })));
        id
    }

    pub(crate) fn edit(&mut self, story: StoryId, edit: Edit) {
        self.apply(&Change::Edit { story, edit });
    }

    pub(crate) fn criteria(&mut self, story: StoryId, texts: &[&str]) {
        let criteria = texts
            .iter()
            .map(|text| backstory::model::Criterion::new(text))
            .collect();
        self.edit(story, Edit::Criteria(criteria));
    }

    pub(crate) fn notes(&mut self, story: StoryId, text: &str) {
        self.edit(story, Edit::Notes(Prose::parse(text)));
    }

    pub(crate) fn settings(&mut self, change: impl FnOnce(&mut Product)) {
        let mut product = Product::clone(self.backlog.product());
        change(&mut product);
        self.apply(&Change::Settings(Box::new(product)));
    }

    #[track_caller]
    pub(crate) fn step(&mut self, key: &str, step: Step) {
        let story = self.id(key);
        let reason = step
            .needs_reason()
            .then(|| Reason::parse("because").unwrap());
        self.apply(&Change::Step {
            story,
            step,
            reason,
        });
    }

    pub(crate) fn judge(&mut self, key: &str, criterion: &str, verdict: Verdict) {
        let story = self.id(key);
        let criterion = criterion.to_owned();
        self.apply(&Change::Judge {
            story,
            criterion,
            verdict: Some(verdict),
        });
    }

    /// Takes a story along the usual way up to a status.
    #[track_caller]
    pub(crate) fn to(&mut self, key: &str, status: Status) {
        while self.backlog.find(key).unwrap().status != status {
            let story = self.backlog.find(key).unwrap().clone();
            match story.status {
                Status::Idea => self.step(key, Step::Agree),
                Status::Ready => self.step(key, Step::Start),
                Status::Started => self.step(key, Step::Deliver),
                Status::Delivered => {
                    let reason = Some(Reason::parse("good enough for now").unwrap());
                    self.apply(&Change::Accept {
                        story: story.id,
                        reason,
                    });
                }
                other => panic!("no way on from {other}"),
            }
        }
    }
}
