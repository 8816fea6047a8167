//! Scores in the list: the column, the way to score that is shown, the order by score, and where it disagrees.

use std::collections::HashMap;

use super::BacklogPane;
use crate::keymap::Action;
use crate::model::score::Score;
use crate::model::{Board, Change, Method, Product, Story, StoryId};
use crate::ui::effect::Effect;
use crate::ui::overlays::{Disagreements, Menu, MenuRow, Preview};
use crate::ui::pane::Cx;

/// What is to be done where no method is in use.
const NO_METHOD: &str = "No way to score is in use yet. Press , to choose one.";

/// What the column of scores knows.
#[derive(Debug, Default)]
pub(super) struct Scores {
    /// The method chosen with Tab, for as long as it is in use.
    chosen: Option<Method>,
    /// What the stories in sight count for: a story that many others wait for is looked at once, not in every frame.
    known: HashMap<StoryId, Option<Score>>,
    /// The backlog's generation and the method that `known` is right for.
    of: (u64, Option<Method>),
}

impl Scores {
    /// The method that is shown: the one chosen, else the product's first.
    pub(super) fn method(&self, cx: &Cx) -> Option<Method> {
        let used = &cx.backlog.product().scores;
        let chosen = self.chosen.filter(|method| used.contains(method));
        chosen.or_else(|| used.first().copied())
    }

    /// What stands in the column for a story, and whether another story raised it.
    pub(super) fn cell(&mut self, story: &Story, cx: &Cx) -> (String, bool) {
        let method = self.method(cx);
        let of = (cx.backlog.generation(), method);
        if self.of != of {
            self.known.clear();
            self.of = of;
        }
        let Some(method) = method else {
            return (String::new(), false);
        };
        let score = self
            .known
            .entry(story.id)
            .or_insert_with(|| method.score(cx.backlog, story.id));
        match score {
            Some(score) => {
                let figure = method.figure(score.number);
                match score.from {
                    Some(_) => (format!("{}{figure}", cx.theme.upwards()), true),
                    None => (figure, false),
                }
            }
            None if method.is_begun(&story.scores) => ("…".to_owned(), false),
            None => (String::new(), false),
        }
    }
}

impl BacklogPane {
    /// Does what an action about scores asks for; `None` when it is about something else.
    pub(super) fn about_scores(&mut self, action: Action, cx: &Cx) -> Option<Vec<Effect>> {
        Some(match action {
            Action::Score => self.begin_scoring(cx),
            Action::ScoreMethod => vec![self.choose_method(cx)],
            Action::SortByScore => vec![self.sort_by_score(cx)],
            Action::Disagreements => vec![self.disagreements(cx)],
            _ => return None,
        })
    }

    /// Why an action about scores cannot be done now.
    pub(super) fn refuses_scores(&self, action: Action, cx: &Cx) -> Option<String> {
        let needs_method = matches!(action, Action::SortByScore | Action::Disagreements);
        (needs_method && self.scores.method(cx).is_none()).then(|| NO_METHOD.to_owned())
    }

    /// A menu of all methods; the one that is chosen becomes the product's first, and scoring begins.
    pub(super) fn choose_method(&mut self, cx: &Cx) -> Effect {
        self.scores.chosen = None;
        let used = &cx.backlog.product().scores;
        // Without a problem there is no impact to show.
        let has_problems = !cx.backlog.problems().is_empty();
        let is_offered = |method: &Method| method.is_entered() || has_problems;
        let methods = Method::ALL.into_iter().filter(is_offered);
        let rows = methods.map(|method| MenuRow {
            letter: letter(method),
            label: format!("{:<13} {}", method.name(), told(method)),
            refusal: None,
            effects: std::iter::once(Effect::act(
                format!("score by {method}"),
                vec![Change::Settings(Box::new(Product {
                    scores: std::iter::once(method)
                        .chain(used.iter().copied().filter(|other| *other != method))
                        .collect(),
                    ..Product::clone(cx.backlog.product())
                }))],
            ))
            .chain(method.is_entered().then_some(Effect::Run(Action::Score)))
            .collect(),
        });
        let body = "Scores advise; the order stays what you make it. The first way in use has a column in the list.";
        Effect::open(Menu::new("Score by", rows.collect()).with_body(vec![body.to_owned()]))
    }

    /// Shows the next method in use that asks for values.
    pub(super) fn next_method(&mut self, method: Method, cx: &Cx) {
        let used = entered(cx);
        let at = used.iter().position(|other| *other == method);
        let next = at.map_or(0, |at| at + 1);
        self.scores.chosen = used.get(next).or_else(|| used.first()).copied();
    }

    /// The stories an order by score is about: the marked ones, else those in sight.
    fn sortable(&self, cx: &Cx) -> Vec<StoryId> {
        match (self.marks.in_order(), self.filter.found()) {
            ([], None) => cx.backlog.open().collect(),
            ([], Some(found)) => found.to_vec(),
            (marked, _) => marked.to_vec(),
        }
    }

    fn sort_by_score(&self, cx: &Cx) -> Effect {
        let Some(method) = self.scores.method(cx) else {
            return Effect::refusal(NO_METHOD);
        };
        let board = match Board::new(cx.backlog, method, self.sortable(cx)) {
            Ok(board) => board,
            Err(refusal) => return Effect::refusal(refusal),
        };
        let off = board.disagreements();
        if off.is_empty() {
            let said = format!("The stories stand in the order of their {method} scores already.");
            let kept = board.told_kept().map(|kept| format!(" {kept}"));
            return Effect::news(said + &kept.unwrap_or_default());
        }
        let reasons = off
            .iter()
            .map(|placed| (placed.story, board.reason(placed, cx.backlog)))
            .collect();
        let order = board.order();
        let mut title = format!("Sort {} stories by {method}", board.free());
        let dot = cx.theme.dot();
        match board.kept() {
            0 => {}
            1 => title = format!("{title} {dot} 1 under way stays"),
            kept => title = format!("{title} {dot} {kept} under way stay"),
        }
        Effect::open(Preview::new(title, board.label(), order, cx).with_reasons(reasons))
    }

    fn disagreements(&self, cx: &Cx) -> Effect {
        let Some(method) = self.scores.method(cx) else {
            return Effect::refusal(NO_METHOD);
        };
        match Disagreements::new(method, cx) {
            Ok(disagreements) => Effect::open(disagreements),
            Err(refusal) => Effect::refusal(refusal),
        }
    }
}

/// The methods in use that ask for values.
pub(super) fn entered(cx: &Cx) -> Vec<Method> {
    let used = cx.backlog.product().scores.iter().copied();
    used.filter(|method| method.is_entered()).collect()
}

/// The letter that chooses a method.
const fn letter(method: Method) -> char {
    match method {
        Method::Moscow => 'm',
        Method::ValueEffort => 'v',
        Method::Wsjf => 'w',
        Method::Rice => 'r',
        Method::Impact => 'i',
    }
}

/// What the method asks for, in a few words.
const fn told(method: Method) -> &'static str {
    match method {
        Method::Moscow => "must, should, could, won't this time",
        Method::ValueEffort => "each from 1 to 5",
        Method::Wsjf => "value + urgency + risk, over size",
        Method::Rice => "reach x impact x confidence, over effort",
        Method::Impact => "what speaks for the problem; not entered",
    }
}
