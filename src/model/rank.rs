//! Rank: a story's place in the one order, as a string between its neighbours' strings.
//!
//! A rank is a fractional index in base 62: a head that says how long the whole part is, the whole part, and a
//! fraction without a trailing zero. Plain string order is rank order. Between two different ranks there is always
//! another, so a move rewrites one file. Equal ranks arise when two clones insert at the same place; they are legal,
//! the story's id breaks the tie.
//!
//! Heads `a` to `z` stand for whole parts of 1 to 26 digits counting up, `Z` down to `A` for 1 to 26 digits counting
//! down from them, so that adding at either end costs no more than a digit now and then.

use std::fmt;

use serde::{Deserialize, Serialize};

const DIGITS: &[u8; 62] = b"0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";

/// A place in the order; compare ranks, then ids.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String")]
pub struct Rank(String);

impl Rank {
    /// The rank of the first story of all.
    pub fn first() -> Self {
        Self("a0".to_owned())
    }

    /// Reads a rank; `None` when the text is not one.
    pub fn parse(text: &str) -> Option<Self> {
        let bytes = text.as_bytes();
        let whole = whole_length(*bytes.first()?)?;
        let digits = bytes.get(1..)?;
        let sound = digits.len() >= whole
            && digits.iter().all(u8::is_ascii_alphanumeric)
            && (digits.len() == whole || digits.last() != Some(&b'0'))
            && text != lowest();
        sound.then(|| Self(text.to_owned()))
    }

    /// The rank as text.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// A rank above `above` and below `below` (in the order, above means before); an open side is the end.
    ///
    /// `None` when nothing fits: equal or reversed neighbours.
    pub fn between(above: Option<&Self>, below: Option<&Self>) -> Option<Self> {
        match (above, below) {
            (None, None) => Some(Self::first()),
            (Some(above), None) => after(&above.0).map(Self),
            (None, Some(below)) => before(&below.0).map(Self),
            (Some(above), Some(below)) if above < below => middle(&above.0, &below.0).map(Self),
            (Some(_), Some(_)) => None,
        }
    }

    /// `count` ranks in order between two neighbours, spread so that they stay short.
    pub fn spread(above: Option<&Self>, below: Option<&Self>, count: usize) -> Option<Vec<Self>> {
        let mut ranks = Vec::with_capacity(count);
        if below.is_none() {
            let mut last = above.cloned();
            for _ in 0..count {
                let next = Self::between(last.as_ref(), None)?;
                last = Some(next.clone());
                ranks.push(next);
            }
        } else if above.is_none() {
            let mut first = below.cloned();
            for _ in 0..count {
                let next = Self::between(None, first.as_ref())?;
                first = Some(next.clone());
                ranks.push(next);
            }
            ranks.reverse();
        } else {
            halve(above, below, count, &mut ranks)?;
        }
        Some(ranks)
    }
}

impl TryFrom<String> for Rank {
    type Error = String;

    fn try_from(text: String) -> Result<Self, String> {
        Self::parse(&text).ok_or_else(|| format!("`{text}` is no rank"))
    }
}

impl fmt::Display for Rank {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(&self.0)
    }
}

fn halve(
    above: Option<&Rank>,
    below: Option<&Rank>,
    count: usize,
    ranks: &mut Vec<Rank>,
) -> Option<()> {
    if count == 0 {
        return Some(());
    }
    let middle = Rank::between(above, below)?;
    let left = (count - 1) / 2;
    halve(above, Some(&middle), left, ranks)?;
    ranks.push(middle.clone());
    halve(Some(&middle), below, count - 1 - left, ranks)
}

/// The lowest whole part; nothing could be put above it, so no rank is ever that.
fn lowest() -> String {
    format!("A{}", "0".repeat(26))
}

/// The digits of the whole part that a head announces.
fn whole_length(head: u8) -> Option<usize> {
    match head {
        b'a'..=b'z' => Some(usize::from(head - b'a') + 1),
        b'A'..=b'Z' => Some(usize::from(b'Z' - head) + 1),
        _ => None,
    }
}

/// Splits a rank into head with whole part, and fraction.
fn split(rank: &str) -> Option<(&str, &str)> {
    rank.split_at_checked(1 + whole_length(*rank.as_bytes().first()?)?)
}

fn value(digit: u8) -> usize {
    DIGITS.iter().position(|&d| d == digit).unwrap_or(0)
}

fn digit(value: usize) -> char {
    char::from(DIGITS.get(value).copied().unwrap_or(b'z'))
}

fn after(rank: &str) -> Option<String> {
    let (whole, fraction) = split(rank)?;
    match step(whole, Direction::Up) {
        Some(next) => Some(next),
        // The highest whole part of all: go on behind the point.
        None => Some(format!("{whole}{}", fraction_between(fraction, None)?)),
    }
}

fn before(rank: &str) -> Option<String> {
    let (whole, fraction) = split(rank)?;
    if !fraction.is_empty() && whole != lowest() {
        return Some(whole.to_owned());
    }
    if !fraction.is_empty() {
        return Some(format!("{whole}{}", fraction_between("", Some(fraction))?));
    }
    match step(whole, Direction::Down) {
        Some(next) if next != lowest() => Some(next),
        Some(next) => Some(format!("{next}{}", fraction_between("", None)?)),
        None => None,
    }
}

fn middle(above: &str, below: &str) -> Option<String> {
    let (whole_above, fraction_above) = split(above)?;
    let (whole_below, fraction_below) = split(below)?;
    if whole_above == whole_below {
        return Some(format!(
            "{whole_above}{}",
            fraction_between(fraction_above, Some(fraction_below))?
        ));
    }
    match step(whole_above, Direction::Up) {
        Some(next) if next.as_str() < below => Some(next),
        _ => Some(format!(
            "{whole_above}{}",
            fraction_between(fraction_above, None)?
        )),
    }
}

#[derive(Clone, Copy, PartialEq)]
enum Direction {
    Up,
    Down,
}

/// The next or previous whole part, with its head.
fn step(whole: &str, direction: Direction) -> Option<String> {
    let bytes = whole.as_bytes();
    let (&head, digits) = bytes.split_first()?;
    let mut digits: Vec<usize> = digits.iter().map(|&b| value(b)).collect();
    for place in digits.iter_mut().rev() {
        match direction {
            Direction::Up if *place < 61 => {
                *place += 1;
                return Some(join(head, &digits));
            }
            Direction::Down if *place > 0 => {
                *place -= 1;
                return Some(join(head, &digits));
            }
            Direction::Up => *place = 0,
            Direction::Down => *place = 61,
        }
    }
    let (head, fill) = match (direction, head) {
        (Direction::Up, b'z') | (Direction::Down, b'A') => return None,
        (Direction::Up, b'Z') => (b'a', 0),
        (Direction::Down, b'a') => (b'Z', 61),
        (Direction::Up, head) => (head + 1, 0),
        (Direction::Down, head) => (head - 1, 61),
    };
    Some(join(head, &vec![fill; whole_length(head)?]))
}

fn join(head: u8, digits: &[usize]) -> String {
    std::iter::once(char::from(head))
        .chain(digits.iter().map(|&d| digit(d)))
        .collect()
}

/// A fraction strictly between two fractions, neither ending in zero; an open upper side is one.
fn fraction_between(low: &str, high: Option<&str>) -> Option<String> {
    let (low, high) = (low.as_bytes(), high.map(str::as_bytes));
    let mut result = String::new();
    let mut high = high;
    for place in 0.. {
        let from = low.get(place).map_or(0, |&b| value(b));
        let to = match high {
            Some(high) => value(*high.get(place)?),
            None => 62,
        };
        if from == to {
            result.push(digit(from));
        } else if to - from > 1 {
            result.push(digit(usize::midpoint(from, to)));
            return Some(result);
        } else {
            // Neighbouring digits: keep the lower one, and go on with nothing above.
            result.push(digit(from));
            high = None;
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn appending_and_prepending_stay_short() {
        let mut last = Rank::first();
        let mut first = Rank::first();
        for _ in 0..100_000 {
            let next = Rank::between(Some(&last), None).unwrap();
            assert!(next > last);
            last = next;
            let next = Rank::between(None, Some(&first)).unwrap();
            assert!(next < first);
            first = next;
        }
        assert!(
            last.as_str().len() <= 5 && first.as_str().len() <= 5,
            "{last} {first}"
        );
    }

    #[test]
    fn there_is_always_a_rank_above_the_lowest() {
        let mut first = Rank::parse(&format!("{}1", lowest())).unwrap();
        for _ in 0..100 {
            let next = Rank::between(None, Some(&first)).unwrap();
            assert!(next < first);
            assert_eq!(Rank::parse(next.as_str()), Some(next.clone()));
            first = next;
        }
    }

    #[test]
    fn equal_and_reversed_neighbours_have_nothing_between() {
        let (a, b) = (Rank::parse("a1").unwrap(), Rank::parse("a2").unwrap());
        assert_eq!(Rank::between(Some(&a), Some(&a)), None);
        assert_eq!(Rank::between(Some(&b), Some(&a)), None);
    }

    #[test]
    fn what_is_no_rank_is_refused() {
        for text in ["", "a", "a1 ", "a10", "b1", "!", "é", &lowest()] {
            assert_eq!(Rank::parse(text), None, "{text}");
        }
        for text in ["a0", "a1", "b10", "a0V", "Zz"] {
            assert!(Rank::parse(text).is_some(), "{text}");
        }
    }

    proptest! {
        #[test]
        fn random_inserts_keep_the_order(places in prop::collection::vec(any::<prop::sample::Index>(), 1..400)) {
            let mut ranks: Vec<Rank> = Vec::new();
            for place in places {
                let at = place.index(ranks.len() + 1);
                let rank = Rank::between(at.checked_sub(1).and_then(|i| ranks.get(i)), ranks.get(at)).unwrap();
                prop_assert_eq!(Rank::parse(rank.as_str()), Some(rank.clone()));
                ranks.insert(at, rank);
            }
            prop_assert!(ranks.is_sorted_by(|a, b| a < b));
        }

        #[test]
        fn a_spread_is_sorted_and_fits(count in 0usize..300) {
            let (low, high) = (Rank::parse("a1").unwrap(), Rank::parse("a2").unwrap());
            for (above, below) in [(None, None), (Some(&low), None), (None, Some(&low)), (Some(&low), Some(&high))] {
                let ranks = Rank::spread(above, below, count).unwrap();
                prop_assert_eq!(ranks.len(), count);
                let all: Vec<&Rank> = above.into_iter().chain(&ranks).chain(below).collect();
                prop_assert!(all.is_sorted_by(|a, b| a < b));
                prop_assert!(ranks.iter().all(|rank| rank.as_str().len() <= 8));
            }
        }
    }
}
