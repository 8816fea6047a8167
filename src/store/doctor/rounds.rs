//! Rounds of review as a careless merge of two clones leaves them: two that go on, two verdicts on one criterion.
//!
//! Invariant: what is mended loses no verdict and no word; a round that has ended is history and left alone.

use crate::model::{Round, Story};

/// The story with its rounds mended, and what was mended, in words that follow the key; none where all is well.
pub(super) fn mended(story: &Story) -> Option<(Story, String)> {
    let mut after = story.clone();
    let mut done = Vec::new();
    let mut rounds: Vec<Round> = Vec::new();
    for round in std::mem::take(&mut after.reviews) {
        let mut open = rounds.iter_mut().filter(|known| known.is_open());
        match open.find(|known| round.is_open() && known.round == round.round) {
            Some(known) => {
                done.push(format!("round {} goes on twice", round.round));
                known.absorb(round);
            }
            None => rounds.push(round),
        }
    }
    for round in rounds.iter_mut().filter(|round| round.is_open()) {
        for criterion in doubles(round) {
            if agree(round, &criterion) {
                done.push(format!(
                    "{} has two verdicts that say the same in round {}",
                    name(story, &criterion),
                    round.round
                ));
                round.join_verdicts(&criterion);
            }
        }
    }
    after.reviews = rounds;
    (!done.is_empty()).then(|| (after, done.join(", and ")))
}

/// What only a person can decide, once what is safe is mended, in words that follow the key.
pub(super) fn left(story: &Story, key: &str) -> Vec<String> {
    let mut left = Vec::new();
    left.extend(ended_twice(story));
    let ended = story.reviews.iter().rposition(|round| !round.is_open());
    for (place, round) in story.reviews.iter().enumerate() {
        let number = round.round;
        if round.is_open() && ended.is_some_and(|ended| place < ended) {
            left.push(format!(
                "round {number} goes on although a later one has ended. Take it out of the file"
            ));
        } else if round.is_open() && place + 1 < story.reviews.len() {
            left.push(format!(
                "round {number} goes on although a later one has begun. Take one of them out of the file"
            ));
        }
        for criterion in doubles(round) {
            let name = name(story, &criterion);
            let is_last = round.is_open() && place + 1 == story.reviews.len();
            let advice = match story.criteria.iter().position(|c| c.id == criterion) {
                Some(place) if is_last => format!(
                    "Give it anew: `backstory review {key} --met {0}` or --not-met {0}",
                    place + 1
                ),
                _ => "Take one of them out of the file".to_owned(),
            };
            left.push(format!(
                "{name} has two verdicts in round {number}. {advice}"
            ));
        }
    }
    left
}

/// The numbers that several rounds have that have ended; which of them is history, a person knows.
fn ended_twice(story: &Story) -> Vec<String> {
    let mut told = Vec::new();
    let mut numbers: Vec<u32> = story.closed_rounds().map(|round| round.round).collect();
    numbers.sort_unstable();
    for same in numbers.chunk_by(|one, other| one == other) {
        if let [number, _, ..] = same {
            let times = match same.len() {
                2 => "twice".to_owned(),
                many => format!("{many} times"),
            };
            told.push(format!(
                "round {number} has ended {times}. Take out of the file what is there too often, \
                 or give it a number of its own"
            ));
        }
    }
    told
}

/// The criteria on which a round has several verdicts.
fn doubles(round: &Round) -> Vec<String> {
    let mut doubles: Vec<String> = Vec::new();
    for (place, judgement) in round.verdicts.iter().enumerate() {
        let mut earlier = round.verdicts.iter().take(place);
        let is_double = earlier.any(|known| known.criterion == judgement.criterion);
        if is_double && !doubles.contains(&judgement.criterion) {
            doubles.push(judgement.criterion.clone());
        }
    }
    doubles
}

/// Whether all verdicts on a criterion say the same about the same words.
fn agree(round: &Round, criterion: &str) -> bool {
    let mut verdicts = round.verdicts.iter().filter(|j| j.criterion == criterion);
    let first = verdicts.next();
    verdicts
        .all(|j| first.is_some_and(|first| (first.verdict, &first.text) == (j.verdict, &j.text)))
}

fn name(story: &Story, criterion: &str) -> String {
    match story.criteria.iter().position(|c| c.id == criterion) {
        Some(place) => format!("criterion {}", place + 1),
        None => "a former criterion".to_owned(),
    }
}
