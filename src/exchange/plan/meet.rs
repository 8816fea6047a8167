//! Two states of one story brought together: the one here, and the one of a file from the same product.
//!
//! Invariants: nothing that happened here is undone. A status is taken over only where the file's history goes on from
//! the one here; a round that has ended stays as it is; what has no place here is told.

use super::whole::edits;
use crate::model::score::unknown;
use crate::model::{BenefitCheck, Judgement, ProblemId, Round, Status, Story};

/// A story with what both sides say of it.
pub(super) struct Met {
    /// The story; as it was where the file says nothing new.
    pub(super) story: Story,
    /// What of the file has no place in it, a sentence each.
    pub(super) told: Vec<String>,
    /// Whether the story says now what the file says, so that it waits for the same stories too.
    pub(super) is_as_in_file: bool,
}

/// How the file's history of a story lies to the one here.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum History {
    /// They are the same.
    Same,
    /// The file's goes on where the one here ends.
    GoesOn,
    /// The file's ends earlier.
    EndsEarlier,
    /// Both went on, in different ways.
    Parted,
}

struct Meeting<'a> {
    known: &'a Story,
    file: &'a Story,
    key: &'a str,
    after: Story,
    told: Vec<String>,
}

/// Brings a known story and the file's together; `is_there` says whether a problem is here, or comes along.
pub(super) fn meet(
    known: &Story,
    file: &Story,
    key: &str,
    is_there: impl Fn(ProblemId) -> bool,
) -> Met {
    let mut meeting = Meeting {
        known,
        file,
        key,
        after: known.clone(),
        told: Vec::new(),
    };
    let goes_on = meeting.history();
    let is_as_in_file = meeting.content(goes_on, is_there);
    meeting.check();
    meeting.comments();
    let (mut after, told) = (meeting.after, meeting.told);
    if after != *known {
        after.updated = known.updated.max(file.updated);
    }
    Met {
        story: after,
        told,
        is_as_in_file,
    }
}

impl Meeting<'_> {
    /// Whether the story has changed here since the file was written.
    fn is_older(&self) -> bool {
        self.file.updated < self.known.updated
    }

    fn tell(&mut self, rest: &str) {
        self.told.push(format!("{} {rest}", self.key));
    }

    /// Takes over where the story stands and its rounds; answers whether the file's history went on from here.
    fn history(&mut self) -> bool {
        let (known, file) = (self.known, self.file);
        let lies = History::of(known, file);
        let ended = known.closed_rounds().all(|r| file.reviews.contains(r));
        let open = known.open_round();
        let is_contained = open.is_none_or(|open| {
            let theirs = file.reviews.iter().find(|r| r.round == open.round);
            theirs.is_some_and(|theirs| holds(theirs, open))
        });
        if lies == History::GoesOn && ended && (is_contained || !self.is_older()) {
            self.go_on(is_contained);
            return true;
        }
        if known.status != file.status {
            let (here, there) = (known.status, file.status);
            self.tell(&format!("stays {here}; the file says {there}."));
        } else if lies == History::Parted {
            self.tell("keeps the history it has here; the file tells another.");
        }
        self.told_rounds();
        if lies == History::Same && ended {
            self.open_round();
        }
        false
    }

    fn go_on(&mut self, is_contained: bool) {
        self.after.status = self.file.status;
        self.after.log.clone_from(&self.file.log);
        self.after.agreed.clone_from(&self.file.agreed);
        self.after.reviews.clone_from(&self.file.reviews);
        let Some(open) = self.known.open_round().filter(|_| !is_contained) else {
            return;
        };
        let is_in_file = self.file.reviews.iter().any(|r| r.round == open.round);
        if is_in_file || self.file.open_round().is_some() {
            let round = open.round;
            self.tell(&format!(
                "has round {round} as the file tells it; verdicts given here in that round gave way."
            ));
        } else {
            self.after.reviews.push(open.clone());
        }
    }

    /// Tells of ended rounds that are others in the file, and of those that are not here.
    fn told_rounds(&mut self) {
        let rounds: Vec<(u32, bool)> = self
            .file
            .closed_rounds()
            .filter(|theirs| !self.known.reviews.contains(theirs))
            .map(|theirs| {
                let mut here = self.known.closed_rounds();
                (theirs.round, here.any(|r| r.round == theirs.round))
            })
            .collect();
        for (round, is_here) in rounds {
            self.tell(&if is_here {
                format!("keeps its round {round}; the file tells it differently.")
            } else {
                format!("keeps its own rounds; the file's round {round} does not follow from them.")
            });
        }
    }

    /// Brings the rounds that go on on both sides together.
    fn open_round(&mut self) {
        let Some(theirs) = self.file.open_round() else {
            return;
        };
        let Some(ours) = self.known.open_round() else {
            self.after.reviews.push(theirs.clone());
            return;
        };
        if ours == theirs {
            return;
        }
        if self.is_older() {
            if !holds(ours, theirs) {
                self.tell("has other verdicts here since the file was written; they stay.");
            }
            return;
        }
        let is_newer = self.file.updated > self.known.updated;
        let mut round = theirs.clone();
        for ours in &ours.verdicts {
            let theirs = round.verdicts.iter_mut();
            match theirs.into_iter().find(|j| j.criterion == ours.criterion) {
                Some(theirs) if !is_newer => keep_words(theirs, ours),
                Some(_) => {}
                None => round.verdicts.push(ours.clone()),
            }
        }
        let only_here = round.verdicts.len() - theirs.verdicts.len();
        let criteria = &self.file.criteria;
        let place = |j: &Judgement| criteria.iter().position(|c| c.id == j.criterion);
        round
            .verdicts
            .sort_by_key(|j| place(j).unwrap_or(usize::MAX));
        if only_here > 0 {
            self.tell("keeps verdicts of its open round that the file does not have.");
        }
        if let Some(last) = self.after.reviews.last_mut() {
            *last = round;
        }
    }

    /// Takes over what the story says, where it has not changed here since; answers whether that was so.
    fn content(&mut self, goes_on: bool, is_there: impl Fn(ProblemId) -> bool) -> bool {
        let (known, file) = (self.known, self.file);
        let mut wanted = self.after.clone();
        for edit in edits(known, file) {
            edit.write(&mut wanted);
        }
        wanted.ready.clone_from(&file.ready);
        wanted.settled.clone_from(&file.settled);
        let differs = wanted != self.after;
        if self.is_older() {
            if differs || known.blocked_by != file.blocked_by {
                self.tell("has changed here since the file was written and stays as it is.");
            }
            return false;
        }
        if unknown(&known.scores) != unknown(&file.scores) || known.extra != file.extra {
            self.tell("keeps its unknown fields; the file's are different.");
        }
        if known.status == Status::Accepted && !goes_on {
            if differs {
                self.tell("is accepted and stays as it is; the file says something else.");
            }
            return false;
        }
        let problem = file.problem.filter(|_| file.problem != known.problem);
        if problem.is_some_and(|problem| !is_there(problem)) {
            wanted.problem = known.problem;
            self.tell("keeps its problem; the file's is not here.");
        }
        self.after = wanted;
        true
    }

    /// Takes over how the benefit is checked and what was found; a result does not give way to none.
    fn check(&mut self) {
        let Some(theirs) = &self.file.check else {
            return;
        };
        let ours = self.known.check.as_ref();
        if ours.is_none_or(|ours| ours != theirs && self.is_later(theirs, ours)) {
            self.after.check = Some(theirs.clone());
        } else if ours != Some(theirs) && !self.is_older() {
            self.tell("keeps its benefit check; the file has another.");
        }
    }

    fn is_later(&self, theirs: &BenefitCheck, ours: &BenefitCheck) -> bool {
        match (theirs.result, ours.result) {
            (Some(_), Some(_)) => theirs.at >= ours.at,
            (Some(_), None) => true,
            (None, Some(_)) => false,
            (None, None) => !self.is_older(),
        }
    }

    /// Adds the remarks that are not here, by their dates.
    fn comments(&mut self) {
        let here = &self.known.comments;
        let new = self.file.comments.iter().filter(|c| !here.contains(c));
        let new: Vec<_> = new.cloned().collect();
        if !new.is_empty() {
            self.after.comments.extend(new);
            self.after.comments.sort_by_key(|comment| comment.at);
        }
    }
}

impl History {
    fn of(known: &Story, file: &Story) -> Self {
        if known.log == file.log {
            return if known.status == file.status {
                Self::Same
            } else {
                Self::Parted
            };
        }
        if file.log.starts_with(&known.log) {
            Self::GoesOn
        } else if known.log.starts_with(&file.log) {
            Self::EndsEarlier
        } else {
            Self::Parted
        }
    }
}

/// Whether a round has every verdict and all words of an earlier state of it.
fn holds(round: &Round, earlier: &Round) -> bool {
    earlier.verdicts.iter().all(|earlier| {
        let mut verdicts = round.verdicts.iter();
        verdicts.any(|later| {
            let says = |later: &str, earlier: &str| earlier.is_empty() || later == earlier;
            later.criterion == earlier.criterion
                && later.verdict == earlier.verdict
                && later.text == earlier.text
                && says(&later.note, &earlier.note)
                && says(&later.evidence, &earlier.evidence)
        })
    })
}

/// Keeps words to a verdict that the other side has none of.
fn keep_words(theirs: &mut Judgement, ours: &Judgement) {
    if theirs.note.is_empty() {
        theirs.note.clone_from(&ours.note);
    }
    if theirs.evidence.is_empty() {
        theirs.evidence.clone_from(&ours.evidence);
    }
}
