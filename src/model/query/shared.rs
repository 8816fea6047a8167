//! What many stories have in common, such as personas: there are few different ones however many stories there are, so
//! a search looks into each of them once.

use std::borrow::Borrow;
use std::collections::HashMap;
use std::hash::Hash;

/// Different values, each with a number.
#[derive(Debug)]
pub(super) struct Shared<T> {
    values: Vec<T>,
    numbers: HashMap<T, u32>,
}

impl<T> Default for Shared<T> {
    fn default() -> Self {
        Self {
            values: Vec::new(),
            numbers: HashMap::new(),
        }
    }
}

impl<T: Clone + Eq + Hash> Shared<T> {
    /// The number of a value.
    pub(super) fn number_of<Q>(&mut self, value: &Q) -> u32
    where
        T: Borrow<Q>,
        Q: ToOwned<Owned = T> + Eq + Hash + ?Sized,
    {
        if let Some(number) = self.numbers.get(value) {
            return *number;
        }
        let number = u32::try_from(self.values.len()).unwrap_or(u32::MAX);
        self.values.push(value.to_owned());
        self.numbers.insert(value.to_owned(), number);
        number
    }

    /// Every value, by its number.
    pub(super) fn iter(&self) -> impl Iterator<Item = &T> {
        self.values.iter()
    }
}
