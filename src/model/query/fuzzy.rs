//! Fuzzy matching: the letters of a word in their order, close together.
//!
//! Written for titles: a match starts where a word starts, spans at most twice the letters typed, and enters another
//! word only at its start. Letters scattered over a sentence are no match; `chkout` finds *checkout*, `svcard` finds
//! *saved card*.

/// Words with fewer letters are only found as they stand.
const SHORTEST: usize = 3;
/// Words with more letters are only found as they stand, which bounds the work.
const LONGEST: usize = 32;
/// What it costs to leave out letters inside a word.
const GAP: u32 = 3;
/// What it costs to go on at another word's start.
const JUMP: u32 = 1;

/// A fuzzy match.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Found {
    /// Small for a close match.
    pub(super) cost: u32,
    /// The places of the letters, in order.
    pub(super) at: Vec<usize>,
}

/// One way to have matched the letters so far.
#[derive(Clone, Copy)]
struct Way {
    cost: u32,
    /// Where the letter before stands.
    from: usize,
}

/// Whether the letters occur in their order at all; a cheap question to ask first.
pub(super) fn may_match(word: &[char], text: &str) -> bool {
    let mut letters = text.chars();
    (SHORTEST..=LONGEST).contains(&word.len()) && word.iter().all(|c| letters.any(|d| d == *c))
}

/// The closest fuzzy match in a folded text.
pub(super) fn find(word: &[char], text: &[char]) -> Option<Found> {
    if !(SHORTEST..=LONGEST).contains(&word.len()) {
        return None;
    }
    let mut best: Option<Found> = None;
    for start in 0..text.len() {
        if text.get(start) == word.first() && starts_word(text, start) {
            let found = find_from(word, text, start);
            if let Some(found) = found
                && best.as_ref().is_none_or(|best| found.cost < best.cost)
            {
                best = Some(found);
            }
        }
    }
    best
}

/// Whether a word starts at this letter.
pub(super) fn starts_word(text: &[char], at: usize) -> bool {
    let before = at.checked_sub(1).and_then(|before| text.get(before));
    let here = text.get(at);
    here.is_some_and(|c| c.is_alphanumeric()) && before.is_none_or(|c| !c.is_alphanumeric())
}

/// The closest match that starts here: row by row, the cheapest way to have each letter at each place.
fn find_from(word: &[char], text: &[char], start: usize) -> Option<Found> {
    let end = text.len().min(start + 2 * word.len());
    let mut near = text.get(start..end)?.iter();
    if !word.iter().all(|letter| near.any(|near| near == letter)) {
        return None;
    }
    let mut rows: Vec<Vec<Option<Way>>> = vec![vec![None; end - start]; word.len()];
    if let Some(first) = rows.first_mut().and_then(|row| row.first_mut()) {
        *first = Some(Way { cost: 0, from: 0 });
    }
    for (nth, letter) in word.iter().enumerate().skip(1) {
        let (before, rest) = rows.split_at_mut(nth);
        let (before, row) = (before.last()?, rest.first_mut()?);
        fill(row, before, *letter, text, start);
    }
    let last = rows.last()?.iter().enumerate();
    let (place, cost) = last
        .filter_map(|(place, way)| Some((place, way.as_ref()?.cost + skipped(place, word.len()))))
        .min_by_key(|(place, cost)| (*cost, *place))?;
    Some(Found {
        cost,
        at: walk_back(&rows, place, start)?,
    })
}

/// Fills the row of one letter from the row of the letter before.
fn fill(
    row: &mut [Option<Way>],
    before: &[Option<Way>],
    letter: char,
    text: &[char],
    start: usize,
) {
    let mut in_word: Option<Way> = None;
    let mut anywhere: Option<Way> = None;
    for place in 1..row.len() {
        let here = text.get(start + place).copied().unwrap_or_default();
        let next_to = before.get(place - 1).copied().flatten().map(|way| Way {
            cost: way.cost,
            from: place - 1,
        });
        let way = if here != letter {
            None
        } else if starts_word(text, start + place) {
            cheaper(next_to, anywhere.map(|way| way.plus(JUMP)))
        } else {
            cheaper(next_to, in_word.map(|way| way.plus(GAP)))
        };
        if let Some(cell) = row.get_mut(place) {
            *cell = way;
        }
        anywhere = cheaper(anywhere, next_to);
        in_word = if here.is_alphanumeric() {
            cheaper(in_word, next_to)
        } else {
            None
        };
    }
}

impl Way {
    const fn plus(self, cost: u32) -> Self {
        Self {
            cost: self.cost + cost,
            ..self
        }
    }
}

fn cheaper(a: Option<Way>, b: Option<Way>) -> Option<Way> {
    match (a, b) {
        (Some(a), Some(b)) => Some(if b.cost < a.cost { b } else { a }),
        (a, b) => a.or(b),
    }
}

/// The letters between the first and the last that the word does not have.
fn skipped(last: usize, letters: usize) -> u32 {
    u32::try_from((last + 1).saturating_sub(letters)).unwrap_or(u32::MAX)
}

fn walk_back(rows: &[Vec<Option<Way>>], last: usize, start: usize) -> Option<Vec<usize>> {
    let mut at = Vec::with_capacity(rows.len());
    let mut place = last;
    for row in rows.iter().rev() {
        at.push(start + place);
        place = row.get(place).copied().flatten()?.from;
    }
    at.reverse();
    Some(at)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn letters(text: &str) -> Vec<char> {
        text.chars().collect()
    }

    fn cost(word: &str, text: &str) -> Option<u32> {
        find(&letters(word), &letters(text)).map(|found| found.cost)
    }

    #[test]
    fn left_out_letters_are_forgiven() {
        for (word, text) in [
            ("chkout", "faster checkout"),
            ("svcard", "pay with a saved card"),
            ("psswd", "reset a password"),
            ("msg", "send a message"),
            ("saved", "saved"),
        ] {
            assert!(cost(word, text).is_some(), "{word} in {text}");
        }
    }

    #[test]
    fn scattered_letters_are_no_match() {
        for (word, text) in [
            ("card", "choose another delivery date"),
            ("pay", "place an order by phone"),
            ("test", "the best of all shops"),
            ("export", "explain why a parcel is not on time"),
            ("ard", "saved card"),
            ("sa", "save it as a draft"),
            ("crad", "saved card"),
        ] {
            assert_eq!(cost(word, text), None, "{word} in {text}");
        }
    }

    #[test]
    fn closer_matches_cost_less() {
        assert_eq!(cost("card", "card"), Some(0));
        assert!(cost("crd", "card") < cost("crd", "c rx dx"));
        assert!(cost("svcard", "saved card") < cost("svcard", "sxvxcxard"));
    }

    #[test]
    fn the_places_are_those_of_the_letters() {
        let found = find(&letters("svcard"), &letters("a saved card")).unwrap();
        assert_eq!(found.at, [2, 4, 8, 9, 10, 11]);
    }

    proptest! {
        #[test]
        fn what_is_found_is_there_in_order_and_close(word in "[ab ]{0,8}", text in "[abc ]{0,40}") {
            let (word, text) = (letters(&word), letters(&text));
            if let Some(found) = find(&word, &text) {
                let spelled: Vec<char> = found.at.iter().map(|&at| text[at]).collect();
                prop_assert_eq!(&spelled, &word);
                prop_assert!(found.at.is_sorted_by(|a, b| a < b));
                prop_assert!(found.at[word.len() - 1] - found.at[0] < 2 * word.len());
                prop_assert!(may_match(&word, &text.iter().collect::<String>()));
            }
        }
    }
}
