//! Unique: no two stories want the same.
//!
//! Two stories are the same when persona and want are, letter case and punctuation aside. They are alike when at least
//! half of their telling words are shared (Jaccard's coefficient). The pairs are found with a prefix filter (Bayardo
//! and others, *Scaling up all pairs similarity search*, 2007): two sets that share half of their words share one of
//! the rarer ones, so that only stories with a rare word in common are ever compared.

use std::collections::HashMap;

use super::phrases::COMMON;
use super::words::Text;
use super::{Found, Letter, Look, Rule, Severity};
use crate::model::{Story, StoryId};

pub(super) const UNIQUE: Rule = Rule {
    id: "unique",
    letter: Letter::Quality,
    severity: Severity::Defect,
    about: "No two stories want the same.",
    check: unique,
};

pub(super) const SIMILAR: Rule = Rule {
    id: "similar",
    letter: Letter::Quality,
    severity: Severity::Hint,
    about: "Stories that want nearly the same are looked at together.",
    check: similar,
};

/// Sets of fewer words say too little to be compared.
const FEWEST: usize = 3;

/// Another story that wants the same, or nearly.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Likeness {
    /// The other story.
    pub other: StoryId,
    /// The share of words in common, in per cent; 100 with `same` where nothing tells them apart.
    pub share: usize,
    /// Whether persona and want are the same.
    pub same: bool,
}

/// For each story the one most like it.
#[derive(Debug, Default)]
pub(super) struct Likenesses(HashMap<StoryId, Likeness>);

fn unique(look: &Look, found: &mut Found) {
    if let Some(likeness) = look
        .around
        .compared
        .likeness(look.story.id)
        .filter(|likeness| likeness.same)
    {
        let key = look.around.backlog.key_or_id(likeness.other);
        let why = format!("{key} wants the same. Merge the two, or say in what they differ.");
        found.add(look.want_spot, 0..look.want.raw.len(), why);
    }
}

fn similar(look: &Look, found: &mut Found) {
    if let Some(likeness) = look
        .around
        .compared
        .likeness(look.story.id)
        .filter(|likeness| !likeness.same)
    {
        let key = look.around.backlog.key_or_id(likeness.other);
        let share = likeness.share;
        let why = format!(
            "{key} wants nearly the same ({share} % of the words). Look whether one of them is enough."
        );
        found.add(look.want_spot, 0..look.want.raw.len(), why);
    }
}

impl Likenesses {
    pub(super) fn of(&self, story: StoryId) -> Option<&Likeness> {
        self.0.get(&story)
    }

    /// Compares stories with each other.
    pub(super) fn among(stories: &[&Story]) -> Self {
        let mut likenesses = Self::default();
        let records = records(stories);
        likenesses.add_similar(&records);
        likenesses.add_same(stories);
        likenesses
    }

    fn add_same(&mut self, stories: &[&Story]) {
        let mut first: HashMap<String, StoryId> = HashMap::new();
        for story in stories {
            let said = Text::new(wanted(story));
            if said.words.is_empty() {
                continue;
            }
            let mut sentence = story.persona.to_lowercase();
            for word in &said.words {
                sentence.push('\n');
                sentence.push_str(&word.lower);
            }
            match first.get(&sentence) {
                Some(other) => {
                    let likeness = |other| Likeness {
                        other,
                        share: 100,
                        same: true,
                    };
                    self.0.insert(story.id, likeness(*other));
                    self.0
                        .entry(*other)
                        .and_modify(|known| {
                            if !known.same {
                                *known = likeness(story.id);
                            }
                        })
                        .or_insert_with(|| likeness(story.id));
                }
                None => {
                    first.insert(sentence, story.id);
                }
            }
        }
    }

    fn add_similar(&mut self, records: &[Record]) {
        let mut index: HashMap<u32, Vec<usize>> = HashMap::new();
        let mut alike: HashMap<&[u32], StoryId> = HashMap::new();
        let mut seen = vec![usize::MAX; records.len()];
        for (at, record) in records.iter().enumerate() {
            // Stories of the very same words need no comparison with all the others once more.
            if let Some(first) = alike.get(record.words.as_slice()) {
                self.note(*first, record.story, 100);
                continue;
            }
            alike.insert(&record.words, record.story);
            let length = record.words.len();
            let prefix = length - length.div_ceil(2) + 1;
            for word in record.words.iter().take(prefix) {
                let with = index.entry(*word).or_default();
                for &other in with.iter() {
                    if let (Some(seen), Some(before)) = (seen.get_mut(other), records.get(other))
                        && *seen != at
                    {
                        *seen = at;
                        // Records come by length: a much shorter one cannot share half of the words.
                        if before.words.len() * 2 >= length {
                            self.compare(before, record);
                        }
                    }
                }
                with.push(at);
            }
        }
    }

    fn compare(&mut self, a: &Record, b: &Record) {
        let shared = shared(&a.words, &b.words);
        let all = a.words.len() + b.words.len() - shared;
        if shared * 2 < all {
            return;
        }
        self.note(a.story, b.story, shared * 100 / all);
    }

    /// Keeps for both stories the likeness if it is the greatest so far.
    fn note(&mut self, a: StoryId, b: StoryId, share: usize) {
        for (story, other) in [(a, b), (b, a)] {
            let likeness = Likeness {
                other,
                share,
                same: false,
            };
            self.0
                .entry(story)
                .and_modify(|known| {
                    if known.share < share {
                        *known = likeness;
                    }
                })
                .or_insert(likeness);
        }
    }
}

/// A story's telling words, the rarest of the backlog first.
struct Record {
    story: StoryId,
    words: Vec<u32>,
}

/// The records of all stories with enough words, the shortest first.
fn records(stories: &[&Story]) -> Vec<Record> {
    let mut uses: HashMap<String, u32> = HashMap::new();
    let said: Vec<Vec<String>> = stories.iter().map(|story| telling(wanted(story))).collect();
    for word in said.iter().flatten() {
        *uses.entry(word.clone()).or_default() += 1;
    }
    let mut by_use: Vec<(&String, &u32)> = uses.iter().collect();
    by_use.sort_unstable_by(|a, b| a.1.cmp(b.1).then_with(|| a.0.cmp(b.0)));
    let places: HashMap<&str, u32> = by_use
        .iter()
        .zip(0u32..)
        .map(|((word, _), place)| (word.as_str(), place))
        .collect();
    let mut records: Vec<Record> = stories
        .iter()
        .zip(&said)
        .filter(|(_, words)| words.len() >= FEWEST)
        .map(|(story, words)| {
            let mut words: Vec<u32> = words
                .iter()
                .filter_map(|word| places.get(word.as_str()).copied())
                .collect();
            words.sort_unstable();
            Record {
                story: story.id,
                words,
            }
        })
        .collect();
    records.sort_by_key(|record| record.words.len());
    records
}

fn wanted(story: &Story) -> &str {
    if story.want.is_empty() {
        &story.title
    } else {
        &story.want
    }
}

fn telling(text: &str) -> Vec<String> {
    let mut words: Vec<String> = Text::new(text)
        .words
        .into_iter()
        .map(|word| word.lower)
        .filter(|word| !COMMON.contains(&word.as_str()))
        .collect();
    words.sort_unstable();
    words.dedup();
    words
}

/// How many numbers two sorted lists share.
fn shared(a: &[u32], b: &[u32]) -> usize {
    let (mut a, mut b) = (a.iter().peekable(), b.iter().peekable());
    let mut count = 0;
    while let (Some(x), Some(y)) = (a.peek(), b.peek()) {
        match x.cmp(y) {
            std::cmp::Ordering::Less => {
                a.next();
            }
            std::cmp::Ordering::Greater => {
                b.next();
            }
            std::cmp::Ordering::Equal => {
                count += 1;
                a.next();
                b.next();
            }
        }
    }
    count
}
