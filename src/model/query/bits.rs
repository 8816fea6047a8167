//! Sets of small numbers.

/// A set of numbers, one bit each.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Bits(Vec<u64>);

impl Bits {
    /// All numbers below this one.
    pub(super) fn below(end: usize) -> Self {
        let mut bits = Self(vec![u64::MAX; end / 64]);
        if !end.is_multiple_of(64) {
            bits.0.push((1 << (end % 64)) - 1);
        }
        bits
    }

    pub(super) fn insert(&mut self, number: u32) {
        let (at, bit) = place(number);
        if at >= self.0.len() {
            self.0.resize(at + 1, 0);
        }
        if let Some(word) = self.0.get_mut(at) {
            *word |= bit;
        }
    }

    pub(super) fn remove(&mut self, number: u32) {
        let (at, bit) = place(number);
        if let Some(word) = self.0.get_mut(at) {
            *word &= !bit;
        }
    }

    pub(super) fn contains(&self, number: u32) -> bool {
        let (at, bit) = place(number);
        self.0.get(at).is_some_and(|word| word & bit != 0)
    }

    /// Takes in all numbers of another set.
    pub(super) fn join(&mut self, other: &Self) {
        if self.0.len() < other.0.len() {
            self.0.resize(other.0.len(), 0);
        }
        for (word, other) in self.0.iter_mut().zip(&other.0) {
            *word |= other;
        }
    }

    /// Keeps only the numbers that another set has as well.
    pub(super) fn narrow(&mut self, other: &Self) {
        self.0.truncate(other.0.len());
        for (word, other) in self.0.iter_mut().zip(&other.0) {
            *word &= other;
        }
    }
}

const fn place(number: u32) -> (usize, u64) {
    ((number / 64) as usize, 1 << (number % 64))
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use proptest::prelude::*;

    use super::*;

    fn bits(numbers: &BTreeSet<u32>) -> Bits {
        let mut bits = Bits::default();
        for number in numbers {
            bits.insert(*number);
        }
        bits
    }

    fn numbers(bits: &Bits) -> BTreeSet<u32> {
        (0..300).filter(|number| bits.contains(*number)).collect()
    }

    proptest! {
        #[test]
        fn they_are_sets(
            one in prop::collection::btree_set(0_u32..260, 0..40),
            other in prop::collection::btree_set(0_u32..260, 0..40),
            end in 0_usize..200,
        ) {
            let mut joined = bits(&one);
            joined.join(&bits(&other));
            prop_assert_eq!(numbers(&joined), &one | &other);
            let mut both = bits(&one);
            both.narrow(&bits(&other));
            prop_assert_eq!(numbers(&both), &one & &other);
            let mut rest = bits(&one);
            for number in &other {
                rest.remove(*number);
            }
            prop_assert_eq!(numbers(&rest), &one - &other);
            let below = numbers(&Bits::below(end));
            prop_assert!(below.into_iter().eq(0..u32::try_from(end).unwrap()));
        }
    }
}
