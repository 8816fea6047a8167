//! Unique: no two stories want the same.
//!
//! Two stories are the same when persona and want are, letter case and punctuation aside. They are alike when at least
//! half of their telling words are shared (Jaccard's coefficient). What is alike is found with a prefix filter (Bayardo
//! and others, *Scaling up all pairs similarity search*, 2007): a set that shares half of the words shares one of the
//! rarer ones, so that only stories with a rare word in common are ever compared.

use std::collections::{BTreeSet, HashMap};
use std::sync::Arc;

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

/// Which stories want the same, and which words each of them wants.
///
/// Every sentence and every set of words is kept once, with the stories that have it: stories that come, change or go
/// cost no more than their own words.
#[derive(Debug, Default)]
pub(super) struct Likenesses {
    sentences: Groups<String>,
    sets: Groups<Vec<usize>>,
    /// A number for every word.
    words: HashMap<String, usize>,
    /// The sets that hold a word, by its number.
    holding: Vec<Vec<usize>>,
    /// A signature for every set: what is not in it is not in the set.
    signatures: Vec<u64>,
}

/// What one story was taken for.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Taken {
    sentence: Option<usize>,
    set: Option<usize>,
}

/// Stories by something that they have in common.
#[derive(Debug)]
struct Groups<K> {
    numbers: HashMap<Arc<K>, usize>,
    keys: Vec<Arc<K>>,
    members: Vec<BTreeSet<StoryId>>,
}

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
    /// Takes a story in.
    pub(super) fn insert(&mut self, story: &Story) -> Taken {
        Taken {
            sentence: sentence(story).map(|sentence| self.sentences.join(sentence, story.id)),
            set: self.set(story),
        }
    }

    /// Forgets a story.
    pub(super) fn remove(&mut self, story: StoryId, taken: Taken) {
        self.sentences.leave(taken.sentence, story);
        self.sets.leave(taken.set, story);
    }

    /// The oldest other story that wants the same; cheap, where the most alike takes a search.
    pub(super) fn same(&self, story: StoryId, taken: Taken) -> Option<StoryId> {
        self.sentences.other(taken.sentence, story)
    }

    /// The story most like this one; of several the oldest.
    pub(super) fn of(&self, story: StoryId, taken: Taken) -> Option<Likeness> {
        if let Some(other) = self.same(story, taken) {
            return Some(Likeness {
                other,
                share: 100,
                same: true,
            });
        }
        let (other, share) = match self.sets.other(taken.set, story) {
            Some(other) => (other, 100),
            None => self.nearest(taken.set?)?,
        };
        Some(Likeness {
            other,
            share,
            same: false,
        })
    }

    /// A story of another set that shares at least half of the words, and how many per cent.
    fn nearest(&self, set: usize) -> Option<(StoryId, usize)> {
        let words = self.sets.key(set)?;
        let mut rarest: Vec<&Vec<usize>> = words
            .iter()
            .filter_map(|word| self.holding.get(*word))
            .collect();
        rarest.sort_by_key(|sets| sets.len());
        let length = words.len();
        let bits: Vec<u64> = words.iter().map(|word| bit(*word)).collect();
        let mut seen = vec![false; self.signatures.len()];
        let mut best: Option<(StoryId, usize)> = None;
        for other in rarest
            .iter()
            .take(length - length.div_ceil(2) + 1)
            .copied()
            .flatten()
        {
            let was_seen = seen
                .get_mut(*other)
                .map(|seen| std::mem::replace(seen, true));
            // Where words are few, nearly every set shares one of them, and most of those are no further look worth.
            let signature = self.signatures.get(*other).copied().unwrap_or_default();
            let at_most = bits.iter().filter(|bit| signature & **bit != 0).count();
            if *other == set || was_seen != Some(false) || at_most * 2 < length {
                continue;
            }
            let Some(oldest) = self.sets.members.get(*other).and_then(BTreeSet::first) else {
                continue;
            };
            let shared = self
                .sets
                .key(*other)
                .map_or(0, |others| shared(words, others));
            let all = length + self.sets.key(*other).map_or(0, Vec::len) - shared;
            let share = shared * 100 / all.max(1);
            let is_better =
                best.is_none_or(|(known, most)| share > most || (share == most && *oldest < known));
            if shared * 2 >= all && is_better {
                best = Some((*oldest, share));
            }
        }
        best
    }

    /// The set of the story's telling words; none where there are too few.
    fn set(&mut self, story: &Story) -> Option<usize> {
        let said = telling(wanted(story));
        if said.len() < FEWEST {
            return None;
        }
        let mut words: Vec<usize> = said.into_iter().map(|word| self.number(word)).collect();
        words.sort_unstable();
        self.join(words, story.id)
    }

    /// Puts a story to the set of these words, in the order of their numbers.
    fn join(&mut self, words: Vec<usize>, story: StoryId) -> Option<usize> {
        let known = self.sets.members.len();
        let set = self.sets.join(words.clone(), story);
        if set == known {
            let signature = words.iter().fold(0, |bits, word| bits | bit(*word));
            self.signatures.push(signature);
            for word in words {
                self.holding.get_mut(word)?.push(set);
            }
        }
        Some(set)
    }

    fn number(&mut self, word: String) -> usize {
        let next = self.words.len();
        let number = *self.words.entry(word).or_insert(next);
        if number == next {
            self.holding.push(Vec::new());
        }
        number
    }
}

impl<K> Default for Groups<K> {
    fn default() -> Self {
        Self {
            numbers: HashMap::new(),
            keys: Vec::new(),
            members: Vec::new(),
        }
    }
}

impl<K: Eq + std::hash::Hash> Groups<K> {
    fn join(&mut self, key: K, story: StoryId) -> usize {
        let known = self.numbers.get(&key).copied();
        let number = known.unwrap_or_else(|| {
            let key = Arc::new(key);
            self.keys.push(Arc::clone(&key));
            self.members.push(BTreeSet::new());
            self.numbers.insert(key, self.keys.len() - 1);
            self.keys.len() - 1
        });
        if let Some(members) = self.members.get_mut(number) {
            members.insert(story);
        }
        number
    }

    fn leave(&mut self, group: Option<usize>, story: StoryId) {
        if let Some(members) = group.and_then(|group| self.members.get_mut(group)) {
            members.remove(&story);
        }
    }

    fn key(&self, group: usize) -> Option<&K> {
        self.keys.get(group).map(AsRef::as_ref)
    }

    /// The oldest other member.
    fn other(&self, group: Option<usize>, story: StoryId) -> Option<StoryId> {
        let mut members = self.members.get(group?)?.iter();
        members.find(|member| **member != story).copied()
    }
}

/// The bit of a signature that a word sets, by its number.
const fn bit(word: usize) -> u64 {
    1 << (word as u64)
        .wrapping_mul(0x9E37_79B9_7F4A_7C15)
        .wrapping_shr(58)
}

/// Persona and want, letter case and punctuation aside.
fn sentence(story: &Story) -> Option<String> {
    let said = Text::new(wanted(story));
    let mut sentence = story.persona.to_lowercase();
    for word in &said.words {
        sentence.push('\n');
        sentence.push_str(&word.lower);
    }
    (!said.words.is_empty()).then_some(sentence)
}

fn wanted(story: &Story) -> &str {
    if story.want.is_empty() {
        &story.title
    } else {
        &story.want
    }
}

/// The words that tell something, in small letters and each of them once.
pub(in crate::language) fn telling(text: &str) -> Vec<String> {
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
fn shared(a: &[usize], b: &[usize]) -> usize {
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

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use uuid::Uuid;

    use super::*;

    /// A set of words for every story, and what the search takes them for.
    fn search(sets: &[Vec<usize>]) -> (Likenesses, Vec<Option<usize>>) {
        let mut likenesses = Likenesses::default();
        let mut taken = Vec::new();
        for (number, set) in sets.iter().enumerate() {
            let words: Vec<String> = set.iter().map(|word| format!("word{word}")).collect();
            let mut numbers: Vec<usize> = words
                .into_iter()
                .map(|word| likenesses.number(word))
                .collect();
            numbers.sort_unstable();
            taken.push(likenesses.join(numbers, id(number)));
        }
        (likenesses, taken)
    }

    fn id(number: usize) -> StoryId {
        StoryId::new(Uuid::from_u128(number as u128))
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(256))]

        #[test]
        fn the_most_alike_is_found_as_if_all_were_compared(
            sets in prop::collection::vec(prop::collection::btree_set(0usize..90, 3..9), 1..40),
        ) {
            let sets: Vec<Vec<usize>> = sets.into_iter().map(|set| set.into_iter().collect()).collect();
            let (likenesses, taken) = search(&sets);
            for (number, set) in sets.iter().enumerate() {
                let others = sets.iter().enumerate().filter(|(_, other)| *other != set);
                let alike = others.filter_map(|(place, other)| {
                    let shared = shared(set, other);
                    let all = set.len() + other.len() - shared;
                    (shared * 2 >= all).then_some((shared * 100 / all, std::cmp::Reverse(id(place))))
                });
                let most = alike.max().map(|(share, other)| (other.0, share));
                prop_assert_eq!(likenesses.nearest(taken[number].unwrap()), most);
            }
        }
    }
}
