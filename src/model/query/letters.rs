//! Which letters a text has, as a set that is cheap to compare: the quickest way to say that a word is not there.

/// A set of letters. Different letters may be taken for the same, so that it says *no* for sure and *yes* only perhaps.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Letters(u64);

impl Letters {
    pub(super) fn of(folded: &str) -> Self {
        Self(folded.chars().fold(0, |set, letter| set | bit(letter)))
    }

    /// Whether all of the other letters may be among these.
    pub(super) const fn hold(self, others: Self) -> bool {
        self.0 & others.0 == others.0
    }
}

/// The common letters and digits have a place of their own, all others share the rest.
fn bit(letter: char) -> u64 {
    let place = match letter {
        'a'..='z' => u32::from(letter) - u32::from('a'),
        '0'..='9' => 26 + u32::from(letter) - u32::from('0'),
        other => 36 + u32::from(other) % 28,
    };
    1 << place
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn letters_that_are_not_there_are_seen() {
        let text = Letters::of("pay by card 7");
        assert!(text.hold(Letters::of("card")));
        assert!(!text.hold(Letters::of("cards")));
        assert!(!text.hold(Letters::of("8")));
        assert!(text.hold(Letters::of("")));
    }

    proptest! {
        #[test]
        fn a_text_holds_the_letters_of_its_parts(before in "\\PC*", part in "\\PC*", after in "\\PC*") {
            let whole = Letters::of(&format!("{before}{part}{after}"));
            prop_assert!(whole.hold(Letters::of(&part)));
        }
    }
}
