//! New problems and outcomes, and the question that follows an acceptance.

use super::{App, Stage};
use crate::keymap::Action;
use crate::model::{
    Change, Edit, NewProblem, OutcomeId, ProblemId, Product, ProductOutcome, StoryId, Title,
};
use crate::ui::effect::{Effect, Focus};
use crate::ui::panes::discovery::{Spot, plan_check};

impl App {
    /// Adds a problem and links stories to it, as one act.
    pub(super) fn add_problem(
        &mut self,
        title: Title,
        outcome: Option<OutcomeId>,
        stories: &[StoryId],
    ) {
        let id = ProblemId::new((self.new_id)());
        let new = NewProblem {
            id,
            title,
            who: crate::model::Line::default(),
            outcome,
        };
        let mut changes = vec![Change::AddProblem(Box::new(new))];
        changes.extend(stories.iter().map(|story| Change::Edit {
            story: *story,
            edit: Edit::Problem(Some(id)),
        }));
        if self.apply(None, &changes) {
            self.select_in_tree(Spot::Problem(id));
        }
    }

    /// Adds an outcome; its measure is asked for at once.
    pub(super) fn add_outcome(&mut self, title: Title) {
        let Stage::Open(world) = &self.stage else {
            return;
        };
        let id = OutcomeId::new((self.new_id)());
        let mut product = Product::clone(world.backlog.product());
        let label = format!("add the outcome \u{201c}{title}\u{201d}");
        product.outcomes.push(ProductOutcome::titled(id, title));
        if self.apply(Some(label), &[Change::Settings(Box::new(product))]) {
            self.discover(Spot::Outcome(id));
            self.act(Action::ChangeFields);
        }
    }

    /// Shows something in the tree of discovery.
    pub(super) fn discover(&mut self, spot: Spot) {
        self.focus_on(Focus::Discovery);
        self.select_in_tree(spot);
    }

    fn select_in_tree(&mut self, spot: Spot) {
        self.with_rooms(|rooms, cx| rooms.discovery.select(spot, cx));
    }

    /// Asks of a story that has just been accepted how it will be known whether it keeps its promise; once.
    pub(super) fn ask_for_check(&mut self, changes: &[Change]) {
        let [Change::Accept { story, .. }] = changes else {
            return;
        };
        let Stage::Open(world) = &mut self.stage else {
            return;
        };
        let asks = world.backlog.asks_for_check(*story);
        if asks && world.asked.insert(*story) {
            let question = self.with_rooms(|_, cx| Some(plan_check(*story, cx)));
            self.perform(question.into_iter().collect::<Vec<Effect>>());
        }
    }
}
