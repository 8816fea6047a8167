//! How the example's stories are told: what they say, and what happened to them, so many days ago.

use crate::model::{
    Change, Criterion, Edit, Kind, Prose, Question, Reason, Refusal, Step, Story, StoryId, Verdict,
};

/// One story and its life.
pub(super) struct Tale {
    pub(super) title: &'static str,
    pub(super) kind: Kind,
    pub(super) persona: &'static str,
    pub(super) want: &'static str,
    pub(super) benefit: &'static str,
    pub(super) notes: &'static str,
    pub(super) criteria: &'static [&'static str],
    /// Questions with their answers; an empty answer is none yet.
    pub(super) questions: &'static [(&'static str, &'static str)],
    /// The estimate; 0 is none.
    pub(super) points: u32,
    pub(super) labels: &'static [&'static str],
    pub(super) epic: &'static str,
    /// The titles of stories that must come first, written down earlier.
    pub(super) blocked_by: &'static [&'static str],
    /// Its WSJF value, urgency, risk and size; 0 is not said yet.
    pub(super) wsjf: [u8; 4],
    /// So many days ago it was written down.
    pub(super) written: u16,
    /// What happened since, oldest first.
    pub(super) life: &'static [Moment],
}

/// A tale with nothing told yet.
pub(super) const BLANK: Tale = Tale {
    title: "",
    kind: Kind::Feature,
    persona: "",
    want: "",
    benefit: "",
    notes: "",
    criteria: &[],
    questions: &[],
    points: 0,
    labels: &[],
    epic: "",
    blocked_by: &[],
    wsjf: [0; 4],
    written: 60,
    life: &[],
};

/// Something that happened to a story.
pub(super) struct Moment {
    pub(super) days: u16,
    pub(super) by: &'static str,
    pub(super) what: What,
}

/// What happened.
pub(super) enum What {
    Step(Step),
    Because(Step, &'static str),
    Remark(&'static str),
    /// The criterion at a place, counted from 1, gets other words.
    Reword(usize, &'static str),
    /// Another criterion.
    Also(&'static str),
    /// Another question.
    Ask(&'static str),
    Review(Review),
}

/// One act of a review: verdicts by the criterion's place, ticks by the line's, and maybe the round's end.
pub(super) struct Review {
    /// Place, verdict, note and evidence.
    pub(super) verdicts: &'static [(usize, Verdict, &'static str, &'static str)],
    pub(super) done: &'static [usize],
    pub(super) end: End,
}

/// How an act of review ends.
pub(super) enum End {
    GoesOn,
    Accept,
    Waive(&'static str),
    Reject,
}

/// The product owner agrees to a story.
pub(super) const fn agreed(days: u16) -> Moment {
    step(days, super::OWNER, Step::Agree)
}

/// Somebody of the team takes a step.
pub(super) const fn step(days: u16, by: &'static str, step: Step) -> Moment {
    Moment {
        days,
        by,
        what: What::Step(step),
    }
}

/// Somebody says something.
pub(super) const fn said(days: u16, by: &'static str, text: &'static str) -> Moment {
    Moment {
        days,
        by,
        what: What::Remark(text),
    }
}

/// The product owner does something else.
pub(super) const fn owner(days: u16, what: What) -> Moment {
    Moment {
        days,
        by: super::OWNER,
        what,
    }
}

/// The product owner accepts a story, everything being met.
pub(super) const fn accepted(
    days: u16,
    verdicts: &'static [(usize, Verdict, &'static str, &'static str)],
) -> Moment {
    reviewed(days, verdicts, &[1, 2], End::Accept)
}

/// The product owner sends a story back.
pub(super) const fn rejected(
    days: u16,
    verdicts: &'static [(usize, Verdict, &'static str, &'static str)],
) -> Moment {
    reviewed(days, verdicts, &[1], End::Reject)
}

/// The product owner reviews a story.
pub(super) const fn reviewed(
    days: u16,
    verdicts: &'static [(usize, Verdict, &'static str, &'static str)],
    done: &'static [usize],
    end: End,
) -> Moment {
    owner(
        days,
        What::Review(Review {
            verdicts,
            done,
            end,
        }),
    )
}

impl What {
    /// The changes that make it so.
    pub(super) fn changes(&self, story: &Story) -> Result<Vec<Change>, Refusal> {
        let id = story.id;
        let edit = |edit| vec![Change::Edit { story: id, edit }];
        Ok(match self {
            Self::Step(step) => vec![Change::Step {
                story: id,
                step: *step,
                reason: None,
            }],
            Self::Because(step, reason) => vec![Change::Step {
                story: id,
                step: *step,
                reason: Some(Reason::parse(reason)?),
            }],
            Self::Remark(text) => vec![Change::Comment {
                story: id,
                text: Prose::parse(text),
            }],
            Self::Reword(place, text) => {
                let mut criteria = story.criteria.clone();
                if let Some(criterion) = criteria.get_mut(place - 1) {
                    criterion.text = Prose::parse(text);
                }
                edit(Edit::Criteria(criteria))
            }
            Self::Also(text) => {
                let mut criteria = story.criteria.clone();
                criteria.push(Criterion::new(text));
                edit(Edit::Criteria(criteria))
            }
            Self::Ask(text) => {
                let mut questions = story.questions.clone();
                questions.push(Question::new(text));
                edit(Edit::Questions(questions))
            }
            Self::Review(review) => review.changes(story)?,
        })
    }
}

impl Review {
    fn changes(&self, story: &Story) -> Result<Vec<Change>, Refusal> {
        let id = story.id;
        let mut changes = Vec::new();
        for (place, verdict, note, evidence) in self.verdicts {
            let Some(criterion) = story.criteria.get(place - 1) else {
                return Err(Refusal::NoSuchPart {
                    key: story.title.to_string(),
                    part: format!("criterion {place}"),
                });
            };
            changes.push(Change::Judge {
                story: id,
                criterion: criterion.id.clone(),
                verdict: Some(*verdict),
            });
            let words = |text: &str| (!text.is_empty()).then(|| Prose::parse(text));
            changes.push(Change::NoteVerdict {
                story: id,
                criterion: criterion.id.clone(),
                note: words(note),
                evidence: words(evidence),
            });
        }
        changes.extend(self.done.iter().map(|line| Change::TickDone {
            story: id,
            line: line - 1,
            ticked: true,
        }));
        changes.extend(self.end.change(id)?);
        Ok(changes)
    }
}

impl End {
    fn change(&self, story: StoryId) -> Result<Option<Change>, Refusal> {
        Ok(match self {
            Self::GoesOn => None,
            Self::Accept => Some(Change::Accept {
                story,
                reason: None,
            }),
            Self::Waive(reason) => Some(Change::Accept {
                story,
                reason: Some(Reason::parse(reason)?),
            }),
            Self::Reject => Some(Change::Reject {
                story,
                reason: None,
            }),
        })
    }
}
