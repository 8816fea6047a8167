//! What failed in earlier rounds and was not found to be met since, also where the criterion was deleted meanwhile.

use crate::model::{Criterion, Judgement, Round, Story, Verdict};

/// Agreed criteria that failed last in one round and were deleted after it.
#[derive(Clone, Debug, PartialEq)]
pub struct Deleted<'a> {
    /// The round in which they failed last.
    pub round: u32,
    /// The criteria as they were agreed.
    pub criteria: Vec<&'a Criterion>,
}

impl Story {
    /// The agreed criteria that failed, were not found to be met since, and are gone; by their rounds, oldest first.
    ///
    /// It keeps nobody from accepting the story, because what a round has not judged does not count in it; but who
    /// reads of the acceptance is to know.
    pub fn deleted_after_failing(&self) -> Vec<Deleted<'_>> {
        let mut deleted: Vec<Deleted> = Vec::new();
        for criterion in self.removed_since_agreed() {
            let Some(round) = failed_in(&self.reviews, &criterion.id) else {
                continue;
            };
            match deleted.iter_mut().find(|known| known.round == round) {
                Some(known) => known.criteria.push(criterion),
                None => deleted.push(Deleted {
                    round,
                    criteria: vec![criterion],
                }),
            }
        }
        deleted.sort_by_key(|deleted| deleted.round);
        deleted
    }

    /// What was judged in these rounds and is no criterion any more, as it was last judged.
    pub fn judged_and_gone<'a>(&self, rounds: &'a [Round]) -> Vec<&'a Judgement> {
        let mut gone: Vec<&Judgement> = Vec::new();
        for judgement in rounds.iter().rev().flat_map(|round| &round.verdicts) {
            let id = &judgement.criterion;
            let is_there = self.criteria.iter().any(|criterion| criterion.id == *id);
            if !is_there && !gone.iter().any(|other| other.criterion == *id) {
                gone.push(judgement);
            }
        }
        gone
    }
}

impl Deleted<'_> {
    /// That they were deleted, without their words.
    pub fn told(&self) -> String {
        let (count, round) = (self.criteria.len(), self.round);
        if count == 1 {
            format!("1 agreed criterion was deleted after it failed in round {round}")
        } else {
            format!("{count} agreed criteria were deleted after they failed in round {round}")
        }
    }

    /// What they said, on one line: of each its first one.
    pub fn words(&self) -> String {
        let heads = self.criteria.iter().map(|criterion| {
            let first = criterion.text.lines().next();
            first.unwrap_or_default().trim()
        });
        heads.collect::<Vec<_>>().join("; ")
    }
}

/// The last of these rounds in which the criterion was not met, where none found it met since.
pub fn failed_in<'a>(
    rounds: impl IntoIterator<Item = &'a Round, IntoIter: DoubleEndedIterator>,
    criterion: &str,
) -> Option<u32> {
    let judged = rounds.into_iter().rev().find_map(|round| {
        let judgement = round.judgement(criterion)?;
        (judgement.verdict != Verdict::CannotTell).then_some((round.round, judgement.verdict))
    });
    judged
        .filter(|(_, verdict)| *verdict == Verdict::NotMet)
        .map(|(round, _)| round)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn round(number: u32, verdict: &str) -> Round {
        let text = format!(
            r#"{{"round":{number},"at":"2026-11-20T09:00:00Z","by":"Ana",
            "verdicts":[{{"criterion":"c1","text":"One","verdict":"{verdict}"}}]}}"#
        );
        serde_json::from_str(&text).unwrap()
    }

    #[test]
    fn a_failure_stands_until_the_criterion_is_met_and_one_that_cannot_be_told_changes_nothing() {
        for (verdicts, failed) in [
            (&["not-met"][..], Some(1)),
            (&["not-met", "not-met"], Some(2)),
            (&["not-met", "cannot-tell"], Some(1)),
            (&["not-met", "met"], None),
            (&["met", "not-met"], Some(2)),
            (&["cannot-tell"], None),
        ] {
            let rounds: Vec<Round> = (1..).zip(verdicts).map(|(n, v)| round(n, v)).collect();
            assert_eq!(failed_in(&rounds, "c1"), failed, "{verdicts:?}");
            assert_eq!(failed_in(&rounds, "c2"), None);
        }
    }

    #[test]
    fn several_that_failed_in_one_round_are_told_together() {
        let criteria = ["One\nmore", "Two"].map(Criterion::new);
        let deleted = Deleted {
            round: 2,
            criteria: criteria.iter().collect(),
        };
        let told = "2 agreed criteria were deleted after they failed in round 2";
        assert_eq!(deleted.told(), told);
        assert_eq!(deleted.words(), "One; Two");
    }
}
