//! Changes to a story's content.

use std::collections::HashSet;

use super::Backlog;
use crate::model::{Criterion, Edit, Line, Question, Refusal, Stamp, Status, Story, StoryId};

impl Backlog {
    /// Whether the story's content may be changed now.
    ///
    /// # Errors
    /// An accepted story stays as it is.
    pub fn may_edit(&self, id: StoryId) -> Result<(), Refusal> {
        let story = self.require(id)?;
        if story.status == Status::Accepted {
            return Err(Refusal::ReadOnly(self.key(&story)));
        }
        Ok(())
    }

    /// Whether this edit of the story would be made now, so that a form can say so before a field is left.
    ///
    /// The problem of an accepted story may be named, changed and taken away: it is no part of what was agreed and
    /// accepted, and often it is found out only afterwards, when somebody checks what the story was good for.
    ///
    /// # Errors
    /// An accepted story stays as it is otherwise; blockers must exist and must not close a circle; a line that is
    /// ticked must be one of the definition of ready.
    pub fn may_take(&self, id: StoryId, edit: &Edit) -> Result<(), Refusal> {
        if matches!(edit, Edit::Problem(_)) {
            return self.require(id).map(drop);
        }
        self.may_edit(id)?;
        match edit {
            Edit::BlockedBy(blockers) => self.check_blockers(&*self.require(id)?, blockers),
            Edit::Ready { line, ticked: true } => {
                if self.product().ready.lines.contains(line) {
                    return Ok(());
                }
                let key = self.key(&*self.require(id)?);
                let part = format!("line “{line}” in its definition of ready");
                Err(Refusal::NoSuchPart { key, part })
            }
            _ => Ok(()),
        }
    }

    /// Whether stories are estimated here. It is asked before an estimate is typed; an estimate that was given before the
    /// team gave them up stays as it is.
    ///
    /// # Errors
    /// Where the scale has no estimate.
    pub fn may_estimate(&self) -> Result<(), Refusal> {
        if self.product().has_estimates() {
            Ok(())
        } else {
            Err(Refusal::NoEstimates)
        }
    }

    pub(super) fn edited(
        &self,
        story: &Story,
        edit: &Edit,
        stamp: &Stamp,
    ) -> Result<Story, Refusal> {
        self.may_take(story.id, edit)?;
        let mut edited = story.clone();
        edit.clone().write(&mut edited);
        if edited != *story {
            edited.updated = stamp.at;
        }
        Ok(edited)
    }
}

impl Edit {
    /// Writes the value into a story, whether or not that is allowed: for what is being written and not said yet.
    pub fn write(self, edited: &mut Story) {
        match self {
            Self::Title(title) => edited.title = title,
            Self::Kind(kind) => edited.kind = kind,
            Self::Persona(persona) => edited.persona = persona,
            Self::Want(want) => edited.want = want,
            Self::Benefit(benefit) => edited.benefit = benefit,
            Self::Notes(notes) => edited.notes = notes,
            Self::Criteria(criteria) => set_criteria(edited, criteria),
            Self::Questions(questions) => set_questions(edited, questions),
            Self::Estimate(estimate) => edited.estimate = estimate,
            Self::Labels(labels) => edited.labels = distinct(&labels),
            Self::Epic(epic) => edited.epic = epic,
            Self::Problem(problem) => edited.problem = problem,
            Self::BlockedBy(blockers) => {
                let mut seen = HashSet::new();
                edited.blocked_by = blockers.into_iter().filter(|id| seen.insert(*id)).collect();
            }
            Self::Source(source) => edited.source = source,
            Self::Score(grade) => grade.write(&mut edited.scores),
            Self::ClearPart(part) => part.clear(&mut edited.scores),
            Self::ClearScore(method) => method.clear(&mut edited.scores),
            Self::Ready { line, ticked } => {
                edited.ready.retain(|known| *known != line);
                if ticked {
                    edited.ready.push(line);
                }
            }
            Self::Settle { rule, settled } => {
                edited.settled.retain(|known| *known != rule);
                if settled {
                    edited.settled.push(rule);
                }
            }
        }
    }
}

/// Sets the criteria; empty ones fall away, new ones get an id that the story does not know.
pub(super) fn set_criteria(story: &mut Story, criteria: impl IntoIterator<Item = Criterion>) {
    let mut criteria: Vec<Criterion> = criteria
        .into_iter()
        .filter(|criterion| !criterion.text.trim().is_empty())
        .collect();
    for criterion in &mut criteria {
        criterion.examples = distinct(&criterion.examples);
    }
    let known = story.criteria.iter().map(|criterion| &criterion.id);
    let agreed = story.agreed.iter().flat_map(|baseline| &baseline.criteria);
    let judged = story.reviews.iter().flat_map(|round| &round.verdicts);
    let known = known
        .chain(agreed.map(|criterion| &criterion.id))
        .chain(judged.map(|judgement| &judgement.criterion))
        .cloned()
        .collect();
    give_ids('c', known, criteria.iter_mut().map(|c| &mut c.id));
    story.criteria = criteria;
}

/// Sets the questions; empty ones fall away, new ones get an id that the story does not know.
pub(super) fn set_questions(story: &mut Story, questions: impl IntoIterator<Item = Question>) {
    let mut questions: Vec<Question> = questions
        .into_iter()
        .filter(|question| !question.text.trim().is_empty())
        .collect();
    let known = story.questions.iter().map(|question| question.id.clone());
    let known = known.collect();
    give_ids('q', known, questions.iter_mut().map(|q| &mut q.id));
    story.questions = questions;
}

/// Gives an id to those that have none, or one that stands further up already.
fn give_ids<'a>(
    letter: char,
    mut known: HashSet<String>,
    ids: impl Iterator<Item = &'a mut String>,
) {
    let mut seen = HashSet::new();
    let mut missing = Vec::new();
    // All that stay come first, so that no new id is one that is still to come.
    for id in ids {
        if id.is_empty() || !seen.insert(id.clone()) {
            missing.push(id);
        } else {
            known.insert(id.clone());
        }
    }
    let highest = known
        .iter()
        .filter_map(|id| id.strip_prefix(letter)?.parse::<u32>().ok())
        .max();
    let mut next = u64::from(highest.unwrap_or(0));
    for id in missing {
        *id = loop {
            next += 1;
            let new = format!("{letter}{next}");
            if known.insert(new.clone()) {
                break new;
            }
        };
    }
}

/// Lines without empty ones and doubles, in their order.
pub(super) fn distinct(lines: &[Line]) -> Vec<Line> {
    let mut seen = HashSet::new();
    lines
        .iter()
        .filter(|line| !line.is_empty() && seen.insert((*line).clone()))
        .cloned()
        .collect()
}
