//! The workflow's steps and the rounds of review: what is allowed, and what it does to a story.

use super::Backlog;
use crate::model::{
    Baseline, Criterion, Extra, Judgement, LogEntry, Outcome, Prose, Reason, Refusal, Round, Stamp,
    Status, Step, Story, StoryId, Verdict,
};

impl Backlog {
    /// Where the step would lead the story: the one answer to "is this allowed, and why not?".
    ///
    /// A reason that the step needs is asked for when the step is taken, not here. What a review needs to end is
    /// answered by [`Backlog::may_accept`] and [`Backlog::may_reject`].
    ///
    /// # Errors
    /// The refusal says why not and what to do.
    pub fn may(&self, id: StoryId, step: Step) -> Result<Status, Refusal> {
        let story = self.require(id)?;
        let key = || self.key(&story);
        let Some(status) = story.status.after(step) else {
            return Err(Refusal::NoSuchStep {
                key: key(),
                status: story.status,
                step,
            });
        };
        if step == Step::Agree {
            self.is_ready_to_agree(&story)?;
        }
        Ok(status)
    }

    /// Whether the story can be accepted without a waiver: every criterion met and every done line ticked in this
    /// round, and nothing deleted that had failed in it.
    ///
    /// # Errors
    /// The refusal counts what is missing.
    pub fn may_accept(&self, id: StoryId) -> Result<(), Refusal> {
        self.may(id, Step::Accept)?;
        let story = self.require(id)?;
        let round = story.open_round();
        let met = match round {
            Some(_) => story.criteria_met(),
            None => 0,
        };
        let unticked = match round {
            Some(round) => round.done.iter().filter(|line| !line.ticked).count(),
            None => self.product().done_for(story.kind).len(),
        };
        let removed = round.map_or(0, |round| round.unmet_and_removed(&story.criteria).count());
        let of = story.criteria.len();
        let enough = of > 0 || !story.kind.needs_criteria();
        if met == of && enough && unticked == 0 && removed == 0 {
            return Ok(());
        }
        let key = self.key(&story);
        Err(Refusal::NotAllMet {
            key,
            met,
            of,
            removed,
            unticked,
        })
    }

    /// The reason a rejection would have now, composed from the notes.
    ///
    /// # Errors
    /// Without a criterion that is not met with a note, a written reason is needed.
    pub fn may_reject(&self, id: StoryId) -> Result<Reason, Refusal> {
        self.may(id, Step::Reject)?;
        let story = self.require(id)?;
        let composed = story
            .open_round()
            .map(|round| round.composed_reason(&story.criteria))
            .unwrap_or_default();
        Reason::parse(&composed).map_err(|_| Refusal::NothingToReject(self.key(&story)))
    }

    pub(super) fn stepped(
        &self,
        story: &Story,
        step: Step,
        reason: Option<&Reason>,
        stamp: &Stamp,
    ) -> Result<Story, Refusal> {
        match step {
            Step::Accept => return self.accepted(story, reason, stamp),
            Step::Reject => return self.rejected(story, reason, stamp),
            _ => {}
        }
        let status = self.may(story.id, step)?;
        if step.needs_reason() && reason.is_none() {
            let key = self.key(story);
            return Err(Refusal::NeedsReason { key, step });
        }
        let mut after = story.clone();
        if step == Step::Agree {
            after.agreed = Some(Baseline {
                at: stamp.at,
                by: stamp.by.clone(),
                criteria: story.criteria.clone(),
                extra: Extra::new(),
            });
        }
        stand(&mut after, status, reason, stamp);
        Ok(after)
    }

    pub(super) fn judged(
        &self,
        story: &Story,
        criterion: &str,
        verdict: Option<Verdict>,
        stamp: &Stamp,
    ) -> Result<Story, Refusal> {
        let criterion = self.criterion(story, criterion)?.clone();
        let mut after = story.clone();
        let round = self.round(&mut after, stamp)?;
        let old = round
            .verdicts
            .iter()
            .position(|judgement| judgement.criterion == criterion.id);
        match (old, verdict) {
            (Some(_), None) => {
                let others = |judgement: &Judgement| judgement.criterion != criterion.id;
                round.verdicts.retain(others);
            }
            (Some(index), Some(verdict)) => {
                // A careless merge of two clones may have left two of them.
                round.join_verdicts(&criterion.id);
                // The same verdict on the same words is still the one that was given first.
                if let Some(judgement) = round.verdicts.get_mut(index)
                    && (judgement.verdict, &judgement.text) != (verdict, &criterion.text)
                {
                    judgement.verdict = verdict;
                    judgement.text = criterion.text;
                    judgement.at = Some(stamp.at);
                    judgement.by = stamp.by.clone();
                }
            }
            (None, Some(verdict)) => round.verdicts.push(Judgement {
                criterion: criterion.id,
                text: criterion.text,
                verdict,
                at: Some(stamp.at),
                by: stamp.by.clone(),
                note: Prose::default(),
                evidence: Prose::default(),
                extra: Extra::new(),
            }),
            (None, None) => return Ok(story.clone()),
        }
        let place = |judgement: &Judgement| {
            story
                .criteria
                .iter()
                .position(|c| c.id == judgement.criterion)
        };
        round
            .verdicts
            .sort_by_key(|judgement| place(judgement).unwrap_or(usize::MAX));
        if after != *story {
            after.updated = stamp.at;
        }
        Ok(after)
    }

    pub(super) fn noted(
        &self,
        story: &Story,
        criterion: &str,
        note: Option<&Prose>,
        evidence: Option<&Prose>,
        stamp: &Stamp,
    ) -> Result<Story, Refusal> {
        self.criterion(story, criterion)?;
        self.is_delivered(story)?;
        let missing = || Refusal::NoSuchPart {
            key: self.key(story),
            part: "verdict on this criterion yet".to_owned(),
        };
        let mut after = story.clone();
        let round = after
            .reviews
            .last_mut()
            .filter(|round| round.is_open())
            .ok_or_else(missing)?;
        let judgement = round
            .verdicts
            .iter_mut()
            .find(|j| j.criterion == criterion)
            .ok_or_else(missing)?;
        if let Some(note) = note {
            judgement.note = note.clone();
        }
        if let Some(evidence) = evidence {
            judgement.evidence = evidence.clone();
        }
        if after != *story {
            after.updated = stamp.at;
        }
        Ok(after)
    }

    pub(super) fn ticked(
        &self,
        story: &Story,
        line: usize,
        ticked: bool,
        stamp: &Stamp,
    ) -> Result<Story, Refusal> {
        let mut after = story.clone();
        let round = self.round(&mut after, stamp)?;
        let Some(line) = round.done.get_mut(line) else {
            return Err(Refusal::NoSuchPart {
                key: self.key(story),
                part: format!("line {} in its definition of done", line + 1),
            });
        };
        line.ticked = ticked;
        if after != *story {
            after.updated = stamp.at;
        }
        Ok(after)
    }

    pub(super) fn accepted(
        &self,
        story: &Story,
        reason: Option<&Reason>,
        stamp: &Stamp,
    ) -> Result<Story, Refusal> {
        let status = self.may(story.id, Step::Accept)?;
        let complete = self.may_accept(story.id);
        if reason.is_none() {
            complete.clone()?;
        }
        let mut after = story.clone();
        let round = self.round(&mut after, stamp)?;
        match complete {
            Ok(()) => round.note = reason.cloned(),
            Err(_) => round.reason = reason.cloned(),
        }
        close(round, Outcome::Accepted, stamp);
        stand(&mut after, status, None, stamp);
        Ok(after)
    }

    pub(super) fn rejected(
        &self,
        story: &Story,
        reason: Option<&Reason>,
        stamp: &Stamp,
    ) -> Result<Story, Refusal> {
        let status = self.may(story.id, Step::Reject)?;
        let reason = match reason {
            Some(reason) => reason.clone(),
            None => self.may_reject(story.id)?,
        };
        let mut after = story.clone();
        let round = self.round(&mut after, stamp)?;
        round.reason = Some(reason);
        close(round, Outcome::Rejected, stamp);
        stand(&mut after, status, None, stamp);
        Ok(after)
    }

    /// The story's open round, begun now if there is none.
    fn round<'a>(&self, story: &'a mut Story, stamp: &Stamp) -> Result<&'a mut Round, Refusal> {
        self.is_delivered(story)?;
        if story.open_round().is_none() {
            let round = Round::begin(
                story.round_number(),
                stamp.at,
                stamp.by.clone(),
                &self.product().done_for(story.kind),
            );
            story.reviews.push(round);
        }
        story
            .reviews
            .last_mut()
            .ok_or_else(|| Refusal::NoSuchStory(story.id.to_string()))
    }

    fn is_delivered(&self, story: &Story) -> Result<(), Refusal> {
        if story.status == Status::Delivered {
            return Ok(());
        }
        Err(Refusal::NotDelivered {
            key: self.key(story),
            status: story.status,
        })
    }

    fn criterion<'a>(&self, story: &'a Story, id: &str) -> Result<&'a Criterion, Refusal> {
        story
            .criteria
            .iter()
            .find(|criterion| criterion.id == id)
            .ok_or_else(|| Refusal::NoSuchPart {
                key: self.key(story),
                part: format!("{} any more", former_criterion(story, id)),
            })
    }
}

/// Names a criterion that the story does not have now, by the words it had.
fn former_criterion(story: &Story, id: &str) -> String {
    let judged = story.reviews.iter().rev();
    let judged = judged.filter_map(|round| Some(&round.judgement(id)?.text));
    let agreed = story.agreed.iter().flat_map(|baseline| &baseline.criteria);
    let agreed = agreed.filter(|criterion| criterion.id == id);
    let words = judged.chain(agreed.map(|criterion| &criterion.text)).next();
    match words.and_then(|words| words.lines().next()) {
        Some(head) => format!("criterion \u{201c}{head}\u{201d}"),
        None => "such criterion".to_owned(),
    }
}

fn close(round: &mut Round, outcome: Outcome, stamp: &Stamp) {
    round.outcome = Some(outcome);
    round.at = stamp.at;
    round.by = stamp.by.clone();
}

/// Lets the story stand at a status from now on, and keeps a line about it.
fn stand(story: &mut Story, status: Status, reason: Option<&Reason>, stamp: &Stamp) {
    story.status = status;
    story.updated = stamp.at;
    story.log.push(LogEntry {
        status,
        at: stamp.at,
        by: stamp.by.clone(),
        reason: reason.cloned(),
        extra: Extra::new(),
    });
}
