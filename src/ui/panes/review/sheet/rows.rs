//! The rows of a sheet that the cursor walks along: criteria, lines of the definition of done, the decision.

use crate::model::{Backlog, Criterion, CriterionId, Line, Story, Verdict};

/// A row by what it is about, so that the cursor stays with it when rows come and go.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Spot {
    /// A criterion.
    Criterion(CriterionId),
    /// A line of the definition of done, counted from 0.
    Done(usize),
    /// The line at the end: accept or reject.
    Decision,
}

/// The rows of one story's sheet.
#[derive(Debug)]
pub(super) struct Rows<'a> {
    pub(super) story: &'a Story,
    /// The definition of done with its ticks: the open round's, or the product's before a round is open.
    pub(super) done: Vec<(Line, bool)>,
}

impl<'a> Rows<'a> {
    pub(super) fn of(story: &'a Story, backlog: &Backlog) -> Self {
        let done = if let Some(round) = story.open_round() {
            let lines = round.done.iter();
            lines.map(|line| (line.text.clone(), line.ticked)).collect()
        } else {
            let lines = backlog.product().done_for(story.kind).into_iter();
            lines.map(|line| (line, false)).collect()
        };
        Self { story, done }
    }

    /// The last row.
    pub(super) fn decision(&self) -> usize {
        self.story.criteria.len() + self.done.len()
    }

    /// What a row is about; beyond the end it is the decision.
    pub(super) fn spot(&self, row: usize) -> Spot {
        match self.story.criteria.get(row) {
            Some(criterion) => Spot::Criterion(criterion.id.clone()),
            None if row < self.decision() => Spot::Done(row - self.story.criteria.len()),
            None => Spot::Decision,
        }
    }

    /// The row of a spot; `hint` is where it was, which also tells two criteria of one id in a broken file apart.
    pub(super) fn row(&self, spot: &Spot, hint: usize) -> Option<usize> {
        match spot {
            Spot::Criterion(id) => {
                let is_it = |criterion: &Criterion| criterion.id == *id;
                if self.story.criteria.get(hint).is_some_and(is_it) {
                    return Some(hint);
                }
                self.story.criteria.iter().position(is_it)
            }
            Spot::Done(line) => (*line < self.done.len()).then(|| self.story.criteria.len() + line),
            Spot::Decision => Some(self.decision()),
        }
    }

    /// Where the review begins or goes on: what failed last time and has no verdict yet, else the first criterion
    /// without a verdict, else what is not done yet, else the decision.
    pub(super) fn opening(&self) -> usize {
        let failed = |criterion: &Criterion| self.story.failed_last_time(&criterion.id);
        let criteria = &self.story.criteria;
        criteria
            .iter()
            .position(|criterion| self.waits(criterion) && failed(criterion))
            .or_else(|| criteria.iter().position(|criterion| self.waits(criterion)))
            .unwrap_or_else(|| self.after_criteria())
    }

    /// The row that a verdict moves on to: the next criterion that waits for one, from the last on the first that
    /// still does, and when none does, what is not done yet, or the decision. A verdict that was given before and is
    /// given anew moves on to the next criterion whatever was said of that.
    pub(super) fn after_verdict(&self, row: usize) -> usize {
        let criteria = &self.story.criteria;
        let waits = |(_, criterion): &(usize, &Criterion)| self.waits(criterion);
        let is_first = criteria.get(row).is_some_and(|this| self.waits(this));
        if !is_first && row + 1 < criteria.len() {
            return row + 1;
        }
        let below = criteria.iter().enumerate().skip(row + 1).find(waits);
        let above = || criteria.iter().enumerate().take(row).find(waits);
        match below.or_else(above) {
            Some((next, _)) => next,
            None => self.after_criteria(),
        }
    }

    /// The criterion that a note is about: the one in this row; below them the one that was judged last, for which a note
    /// came to mind after the cursor had moved on.
    pub(super) fn to_speak_of(&self, row: usize) -> usize {
        let criteria = &self.story.criteria;
        if row < criteria.len() {
            return row;
        }
        let judged_at = |criterion: &Criterion| {
            let round = self.story.open_round()?;
            round.judgement(&criterion.id)?.at
        };
        let last = criteria
            .iter()
            .enumerate()
            .max_by_key(|(_, criterion)| judged_at(criterion));
        last.map_or(row, |(place, _)| place)
    }

    /// The first line that is not done yet, or the decision.
    fn after_criteria(&self) -> usize {
        let undone = self.done.iter().position(|(_, ticked)| !ticked);
        undone.map_or_else(|| self.decision(), |line| self.story.criteria.len() + line)
    }

    fn waits(&self, criterion: &Criterion) -> bool {
        verdict(self.story, criterion).is_none()
    }

    /// The first row whose verdict or tick is not what it was in an older state of the story.
    pub(super) fn changed_since(&self, old: &Self) -> Option<usize> {
        let criteria = &self.story.criteria;
        let judged = criteria
            .iter()
            .position(|criterion| verdict(self.story, criterion) != verdict(old.story, criterion));
        let ticked = || {
            let pairs = self.done.iter().zip(&old.done);
            let line = pairs.clone().position(|(new, old)| new != old)?;
            Some(criteria.len() + line)
        };
        judged.or_else(ticked)
    }

    /// How many lines of the definition of done are not ticked.
    pub(super) fn undone(&self) -> usize {
        self.done.iter().filter(|(_, ticked)| !ticked).count()
    }
}

/// The verdict on a criterion in the open round.
pub(super) fn verdict(story: &Story, criterion: &Criterion) -> Option<Verdict> {
    let judgement = story.open_round()?.verdict_on(criterion)?;
    Some(judgement.verdict)
}
