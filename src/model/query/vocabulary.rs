//! The words of the stories' longer texts, each with the stories that have it.
//!
//! Far more words are written than there are different ones: looking for some letters in the different ones and
//! gathering their stories takes a hundredth of the time of looking through all texts, and a fraction of the memory.
//!
//! A word here is what stands between two blanks, so letters without a blank among them stand in a text exactly if they
//! stand in one of its words.

use std::collections::HashMap;

use super::bits::Bits;

/// From this many stories on, and from this share of all, a word's stories are a set instead of a list.
const MANY: usize = 1_024;
const SHARE: u32 = 32;

/// Different words, and who has them; stories are named by numbers.
#[derive(Debug, Default)]
pub(super) struct Vocabulary {
    /// The words one after the other, each with a line end behind it.
    text: String,
    /// Where each word ends in the text.
    ends: Vec<usize>,
    places: HashMap<Box<str>, usize>,
    holders: Vec<Holders>,
}

/// The stories that have a word.
#[derive(Debug)]
enum Holders {
    /// In order.
    Few(Vec<u32>),
    Many(Bits),
}

impl Vocabulary {
    /// Takes in what a story says, folded.
    pub(super) fn insert(&mut self, story: u32, folded: &str) {
        for word in words(folded) {
            let place = self.place_of(word);
            if let Some(holders) = self.holders.get_mut(place) {
                holders.insert(story);
            }
        }
    }

    /// Gives back the memory that was set aside for more; for after many stories.
    pub(super) fn shrink(&mut self) {
        for holders in &mut self.holders {
            if let Holders::Few(few) = holders {
                few.shrink_to_fit();
            }
        }
        self.text.shrink_to_fit();
    }

    /// Forgets what a story said, folded.
    pub(super) fn remove(&mut self, story: u32, folded: &str) {
        for word in words(folded) {
            let place = self.places.get(word);
            if let Some(holders) = place.and_then(|place| self.holders.get_mut(*place)) {
                holders.remove(story);
            }
        }
    }

    /// The stories that may have this, of which there are so many at most; for sure where it has no blank.
    pub(super) fn holding(&self, wanted: &str, stories: usize) -> Bits {
        let mut found = Bits::below(stories);
        for part in words(wanted) {
            found.narrow(&self.holding_part(part));
        }
        found
    }

    fn holding_part(&self, part: &str) -> Bits {
        let mut found = Bits::default();
        let mut ahead = self.ends.iter().zip(&self.holders);
        let mut met = 0;
        for (at, _) in self.text.match_indices(part) {
            // A word that has the part twice was met already.
            if at < met {
                continue;
            }
            let Some((end, holders)) = ahead.find(|(end, _)| at < **end) else {
                break;
            };
            met = *end;
            match holders {
                Holders::Few(few) => few.iter().for_each(|story| found.insert(*story)),
                Holders::Many(many) => found.join(many),
            }
        }
        found
    }

    fn place_of(&mut self, word: &str) -> usize {
        if let Some(place) = self.places.get(word) {
            return *place;
        }
        let place = self.holders.len();
        self.text.push_str(word);
        self.ends.push(self.text.len());
        self.text.push('\n');
        self.places.insert(word.into(), place);
        self.holders.push(Holders::Few(Vec::new()));
        place
    }
}

impl Holders {
    fn insert(&mut self, story: u32) {
        match self {
            Self::Many(many) => many.insert(story),
            Self::Few(few) => {
                match few.last() {
                    Some(last) if *last == story => return,
                    Some(last) if *last > story => match few.binary_search(&story) {
                        Ok(_) => return,
                        Err(at) => few.insert(at, story),
                    },
                    _ => few.push(story),
                }
                let is_dense = few.last().is_some_and(|last| *last / SHARE < count(few));
                if few.len() >= MANY && is_dense {
                    let mut many = Bits::default();
                    for story in few.iter() {
                        many.insert(*story);
                    }
                    *self = Self::Many(many);
                }
            }
        }
    }

    fn remove(&mut self, story: u32) {
        match self {
            Self::Many(many) => many.remove(story),
            Self::Few(few) => {
                if let Ok(at) = few.binary_search(&story) {
                    few.remove(at);
                }
            }
        }
    }
}

fn count(stories: &[u32]) -> u32 {
    u32::try_from(stories.len()).unwrap_or(u32::MAX)
}

fn words(folded: &str) -> impl Iterator<Item = &str> {
    folded.split([' ', '\n']).filter(|word| !word.is_empty())
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn a_word_that_most_stories_have_is_kept_small_and_found() {
        let mut known = Vocabulary::default();
        for story in 0..5_000 {
            known.insert(story, if story % 2 == 0 { "the card" } else { "the" });
        }
        assert!(matches!(known.holders.first(), Some(Holders::Many(_))));
        known.remove(4_000, "the card");
        let card = known.holding("ar", 5_000);
        assert!(card.contains(4_998) && !card.contains(4_000) && !card.contains(4_999));
        assert_eq!(known.holding("", 3), Bits::below(3));
    }

    proptest! {
        #[test]
        fn letters_are_found_where_they_stand_and_nowhere_else(
            texts in prop::collection::vec("[ab]{0,3}([ \n][ab]{1,3}){0,4}", 0..12),
            rewritten in prop::collection::vec((0_usize..12, "[ab]{0,3}( [ab]{1,3}){0,3}"), 0..6),
            wanted in "[ab]{1,3}( [ab]{1,2}){0,1}",
        ) {
            let mut texts = texts;
            let mut known = Vocabulary::default();
            for (story, text) in (0..).zip(&texts) {
                known.insert(story, text);
            }
            for (at, new) in rewritten {
                if let Some(text) = texts.get_mut(at) {
                    let story = u32::try_from(at).unwrap();
                    known.remove(story, text);
                    known.insert(story, &new);
                    *text = new;
                }
            }
            let found = known.holding(&wanted, texts.len());
            for (story, text) in (0..).zip(&texts) {
                if wanted.contains(' ') {
                    prop_assert!(found.contains(story) || !text.contains(&wanted));
                } else {
                    prop_assert_eq!(found.contains(story), text.contains(&wanted));
                }
            }
        }
    }
}
