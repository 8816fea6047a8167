//! Lookalikes: the stories most like a text that is still being written.
//!
//! Two texts are alike when they share at least half of their telling words (Jaccard's coefficient), as for the linter;
//! the last word may be half typed, and *card* is *cards*. A story is compared by its want and by its title, whichever
//! is nearer. Stories are read little by little ([`Lookalikes::learn`]): who types waits for a bounded number of them,
//! however large the backlog is.

use std::collections::BTreeMap;

use super::capture;
use super::lint::telling;
use crate::model::{Backlog, Status, StoryId};

/// The fewest letters of a word half typed that tell something.
const FEWEST_LETTERS: usize = 2;

/// Finds the stories most like a text. The default knows none yet.
#[derive(Clone, Debug, Default)]
pub struct Lookalikes {
    /// The backlog's state that is read.
    generation: Option<u64>,
    /// How many of its stories have been read.
    read: usize,
    sayings: Vec<Saying>,
    /// For every word the sayings that hold it, by their place.
    holding: BTreeMap<String, Vec<usize>>,
}

/// A title or a want.
#[derive(Clone, Debug)]
struct Saying {
    story: StoryId,
    words: usize,
}

/// A story that is like the text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Alike {
    /// The story.
    pub story: StoryId,
    /// The share of words in common, in per cent.
    pub share: usize,
}

/// What is typed, as words.
struct Typed {
    whole: Vec<String>,
    /// The last word while its end may not be typed yet.
    begun: Option<String>,
}

impl Lookalikes {
    /// Knows all stories of a backlog.
    pub fn of(backlog: &Backlog) -> Self {
        let mut lookalikes = Self::default();
        lookalikes.learn(backlog, usize::MAX);
        lookalikes
    }

    /// Reads on in the backlog, at most so many stories: the open ones in order, then the accepted ones. A backlog that
    /// has changed is read anew.
    pub fn learn(&mut self, backlog: &Backlog, most: usize) {
        if self.generation != Some(backlog.generation()) {
            *self = Self {
                generation: Some(backlog.generation()),
                ..Self::default()
            };
        }
        let every = backlog.open().chain(backlog.closed());
        for id in every.skip(self.read).take(most) {
            self.read += 1;
            let story = backlog.story(id);
            if let Some(story) = story.filter(|story| story.status != Status::Dropped) {
                let title = stems(telling(&story.title));
                let want = stems(telling(&story.want));
                if want != title {
                    self.hear(id, want);
                }
                self.hear(id, title);
            }
        }
    }

    fn hear(&mut self, story: StoryId, words: Vec<String>) {
        if words.is_empty() {
            return;
        }
        let place = self.sayings.len();
        self.sayings.push(Saying {
            story,
            words: words.len(),
        });
        for word in words {
            self.holding.entry(word).or_default().push(place);
        }
    }

    /// The stories most like a text, the likest first and no more than `most`, of those that are read so far.
    pub fn find(&self, text: &str, most: usize) -> Vec<Alike> {
        self.like(&Typed::of(text, true), most)
    }

    /// The same for a text that is being typed: where nothing follows its last word, that may be half of one.
    pub fn find_typed(&self, text: &str, most: usize) -> Vec<Alike> {
        self.like(&Typed::of(text, false), most)
    }

    fn like(&self, typed: &Typed, most: usize) -> Vec<Alike> {
        let length = typed.whole.len() + usize::from(typed.begun.is_some());
        let mut alike: Vec<Alike> = Vec::new();
        for (saying, shared) in self.sayings.iter().zip(self.shared(typed)) {
            let all = length + saying.words - shared;
            let is_whole = typed.begun.is_none() && shared == all;
            if shared * 2 < all || (shared < 2 && !is_whole) {
                continue;
            }
            let (story, share) = (saying.story, shared * 100 / all);
            match alike.last_mut() {
                // A title and a want of one story stand one after the other.
                Some(last) if last.story == story => last.share = last.share.max(share),
                _ => alike.push(Alike { story, share }),
            }
        }
        // The sort is stable: those as like as each other stay in the order of the backlog.
        alike.sort_by_key(|alike| std::cmp::Reverse(alike.share));
        alike.truncate(most);
        alike
    }

    /// How many of the typed words each saying has.
    fn shared(&self, typed: &Typed) -> Vec<usize> {
        let mut shared = vec![0; self.sayings.len()];
        let mut count = |place: usize| {
            if let Some(shared) = shared.get_mut(place) {
                *shared += 1;
            }
        };
        for word in &typed.whole {
            let holding = self.holding.get(word).into_iter().flatten();
            holding.copied().for_each(&mut count);
        }
        if let Some(begun) = &typed.begun {
            let from = self.holding.range(begun.clone()..);
            let mut holding: Vec<usize> = from
                .take_while(|(word, _)| word.starts_with(begun.as_str()))
                // What is typed already is not what is being typed.
                .filter(|(word, _)| !typed.whole.contains(word))
                .flat_map(|(_, places)| places.iter().copied())
                .collect();
            holding.sort_unstable();
            holding.dedup();
            holding.into_iter().for_each(&mut count);
        }
        shared
    }
}

impl Typed {
    fn of(text: &str, is_done: bool) -> Self {
        let Ok(draft) = capture::draft(text) else {
            return Self {
                whole: Vec::new(),
                begun: None,
            };
        };
        // Behind a want there is a benefit, or the want is what is being typed.
        let said = if draft.want.is_empty() {
            draft.title.as_str()
        } else {
            draft.want.as_str()
        };
        let ends_here = !is_done
            && text.ends_with(|c: char| c.is_alphanumeric())
            && text.get(text.len().saturating_sub(said.len())..) == Some(said);
        let last = said
            .char_indices()
            .rev()
            .find(|(_, c)| !c.is_alphanumeric())
            .map_or(0, |(at, c)| at + c.len_utf8());
        let (before, last) = if ends_here {
            said.split_at(last)
        } else {
            (said, "")
        };
        let whole = stems(telling(before));
        let begun = telling(last)
            .pop()
            .filter(|word| word.chars().count() >= FEWEST_LETTERS)
            .map(stem)
            .filter(|word| !whole.contains(word));
        Self { whole, begun }
    }
}

fn stems(words: Vec<String>) -> Vec<String> {
    let mut words: Vec<String> = words.into_iter().map(stem).collect();
    words.sort_unstable();
    words.dedup();
    words
}

/// A word without the ending of the plural.
fn stem(word: String) -> String {
    let is_plural = word.len() > 3 && word.ends_with('s') && !word.ends_with("ss");
    match word.strip_suffix('s') {
        Some(stem) if is_plural => stem.to_owned(),
        _ => word,
    }
}

#[cfg(test)]
mod tests {
    use uuid::Uuid;

    use super::*;
    use crate::model::{Change, NewStory, Place, Product, Stamp, Step};

    fn id(number: u128) -> StoryId {
        StoryId::new(Uuid::from_u128((7 << 76) | number))
    }

    /// A backlog of stories as they are captured, numbered from 1.
    fn backlog(texts: &[&str]) -> Backlog {
        let mut backlog = Backlog::new(Product::new("Webshop", None).unwrap());
        for (text, number) in texts.iter().zip(1..) {
            let new = NewStory {
                id: id(number),
                draft: capture::draft(text).unwrap(),
                place: Place::Bottom,
            };
            let add = Change::Add(Box::new(new));
            backlog.apply(&add, &stamp()).unwrap();
        }
        backlog
    }

    fn stamp() -> Stamp {
        Stamp::new("2026-11-23T10:00:00Z".parse().unwrap(), "Ana")
    }

    fn found(text: &str, backlog: &Backlog) -> Vec<(StoryId, usize)> {
        pairs(&Lookalikes::of(backlog).find(text, 3))
    }

    fn found_typed(text: &str, backlog: &Backlog) -> Vec<(StoryId, usize)> {
        pairs(&Lookalikes::of(backlog).find_typed(text, 3))
    }

    fn pairs(found: &[Alike]) -> Vec<(StoryId, usize)> {
        found.iter().map(|one| (one.story, one.share)).collect()
    }

    const STORIES: [&str; 4] = [
        "Pay with a saved card",
        "As a customer, I want to return a parcel from my sofa, so that I need no phone call",
        "Log in",
        "See the delivery date first",
    ];

    #[test]
    fn a_title_is_like_one_with_half_of_its_words() {
        let backlog = backlog(&STORIES);
        for (text, number, share) in [
            ("Pay with a saved card", 1, 100),
            ("pay with saved cards!", 1, 100),
            ("Pay with a card", 1, 66),
            ("Return the parcel", 2, 66),
            ("Log in", 3, 100),
            (
                "As a guest, I want to pay with a card, so that I go on",
                1,
                66,
            ),
        ] {
            assert_eq!(found(text, &backlog), [(id(number), share)], "{text}");
        }
        for text in [
            "",
            "  ",
            "Pay",
            "card",
            "Wrap an order as a gift",
            "Log out of it",
        ] {
            assert_eq!(found(text, &backlog), [], "{text}");
        }
    }

    #[test]
    fn the_last_word_may_be_half_typed() {
        let backlog = backlog(&STORIES);
        assert_eq!(found_typed("pay with a sav", &backlog), [(id(1), 66)]);
        assert_eq!(found_typed("pay with a sav ", &backlog), []);
        assert_eq!(
            found_typed("As a guest, I want to see the deli", &backlog),
            [(id(4), 50)]
        );
        assert_eq!(found_typed("pay with a s", &backlog), []);
    }

    #[test]
    fn accepted_stories_are_known_and_dropped_ones_are_not() {
        let mut backlog = backlog(&STORIES);
        let step = Change::Step {
            story: id(1),
            step: Step::Drop,
            reason: Some(crate::model::Reason::parse("Nobody asked").unwrap()),
        };
        backlog.apply(&step, &stamp()).unwrap();
        assert_eq!(found("Pay with a saved card", &backlog), []);
        let mut draft = capture::draft("Pay with a saved card").unwrap();
        draft.status = Status::Accepted;
        let new = NewStory {
            id: id(9),
            draft,
            place: Place::Bottom,
        };
        let add = Change::Add(Box::new(new));
        backlog.apply(&add, &stamp()).unwrap();
        assert_eq!(found("Pay with a saved card", &backlog), [(id(9), 100)]);
    }

    #[test]
    fn stories_are_read_little_by_little_and_anew_after_a_change() {
        let mut backlog = backlog(&STORIES);
        let mut lookalikes = Lookalikes::default();
        let mut shares = Vec::new();
        for _ in 0..4 {
            lookalikes.learn(&backlog, 1);
            shares.push(lookalikes.find("See the delivery date", 3).len());
        }
        assert_eq!(shares, [0, 0, 0, 1]);
        let edit = crate::model::Edit::Title(crate::model::Title::parse("Wrap it").unwrap());
        let change = Change::Edit { story: id(4), edit };
        backlog.apply(&change, &stamp()).unwrap();
        lookalikes.learn(&backlog, usize::MAX);
        assert_eq!(lookalikes.find("See the delivery date", 3), []);
        assert_eq!(lookalikes.find("Wrap it", 3).len(), 1);
    }
}
