//! Backlogs to test with, made through the model's own door.

use backstory::model::{
    Backlog, Change, Draft, Edit, Line, NewStory, Place, Points, Product, Prose, Question, Reason,
    Status, Step, StoryId, Title, Verdict,
};

use super::driver::{ids, stamp};

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
        let mut world = Self::empty();
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
        world
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
