//! What became of a text, word by word: which words stayed, which went, which came.
//!
//! Words are those of Unicode: in Chinese and Japanese, where no blanks part them, mostly single signs. Blanks between
//! two changes belong to the changes, so that a reworded phrase reads as one.

use similar::{Algorithm, DiffOp, DiffTag, capture_diff_slices};
use unicode_segmentation::UnicodeSegmentation as _;

/// Texts that differ in more words than this are told as a whole: nobody reads so many small changes, and to find the
/// fewest takes long.
const MOST: usize = 4_000;

/// A part of a text and what became of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Wording<'a> {
    /// It is as it was.
    Kept(&'a str),
    /// It is gone.
    Removed(&'a str),
    /// It is new.
    Added(&'a str),
}

impl<'a> Wording<'a> {
    /// The words with signs for what became of them, for where there are no colours.
    pub fn marked(self) -> String {
        match self {
            Self::Kept(words) => words.to_owned(),
            Self::Removed(words) => format!("[-{words}-]"),
            Self::Added(words) => format!("{{+{words}+}}"),
        }
    }

    /// The words.
    pub const fn words(self) -> &'a str {
        match self {
            Self::Kept(words) | Self::Removed(words) | Self::Added(words) => words,
        }
    }
}

/// Compares two states of a text. All that is kept or removed makes the old one, all that is kept or added the new one.
pub fn rewording<'a>(old: &'a str, new: &'a str) -> Vec<Wording<'a>> {
    let (was, is) = (words(old), words(new));
    let mut told = Vec::new();
    for change in changes(&was, &is) {
        if change.is_kept {
            told.push(Wording::Kept(between(
                old,
                &was,
                change.was.0,
                change.was.1,
            )));
            continue;
        }
        let removed = between(old, &was, change.was.0, change.was.1);
        let added = between(new, &is, change.is.0, change.is.1);
        if !removed.is_empty() {
            told.push(Wording::Removed(removed));
        }
        if !added.is_empty() {
            told.push(Wording::Added(added));
        }
    }
    told
}

/// Both states of a text in one, as `shows a [-date-]{+day+}`.
pub fn marked(old: &str, new: &str) -> String {
    let parts = rewording(old, new).into_iter();
    parts.map(Wording::marked).collect()
}

/// A stretch of words that are the same in both texts, or are not; first and last word, the last not included.
#[derive(Clone, Copy, Debug)]
struct Stretch {
    is_kept: bool,
    was: (usize, usize),
    is: (usize, usize),
}

/// The words of a text with the places at which they begin.
fn words(text: &str) -> Vec<(usize, &str)> {
    text.split_word_bound_indices().collect()
}

/// The text from one word to another.
fn between<'a>(text: &'a str, words: &[(usize, &str)], first: usize, last: usize) -> &'a str {
    let begins = |word: usize| words.get(word).map_or(text.len(), |(at, _)| *at);
    text.get(begins(first)..begins(last)).unwrap_or_default()
}

fn changes(was: &[(usize, &str)], is: &[(usize, &str)]) -> Vec<Stretch> {
    let texts = |words: &[(usize, &'_ str)]| -> Vec<String> {
        words.iter().map(|(_, word)| (*word).to_owned()).collect()
    };
    let (old, new) = (texts(was), texts(is));
    let pairs = || old.iter().zip(&new);
    let before = pairs().take_while(|(old, new)| old == new).count();
    let ends = old.iter().rev().zip(new.iter().rev());
    let after = ends.take_while(|(old, new)| old == new).count();
    let after = after.min(old.len().min(new.len()) - before);
    let inner = |words: usize| words - before - after;
    if inner(old.len()) + inner(new.len()) > MOST {
        let whole = |is_kept, was, is| Stretch { is_kept, was, is };
        let (old_end, new_end) = (old.len() - after, new.len() - after);
        let all = [
            whole(true, (0, before), (0, before)),
            whole(false, (before, old_end), (before, new_end)),
            whole(true, (old_end, old.len()), (new_end, new.len())),
        ];
        return all
            .into_iter()
            .filter(|s| s.was.0 < s.was.1 || s.is.0 < s.is.1)
            .collect();
    }
    joined(&capture_diff_slices(Algorithm::Myers, &old, &new), was)
}

/// The changes with those that only blanks part taken together.
fn joined(ops: &[DiffOp], was: &[(usize, &str)]) -> Vec<Stretch> {
    let mut told: Vec<Stretch> = Vec::new();
    // Only the lengths count: what an insertion says of the old text's place may be out of date.
    let (mut old_at, mut new_at) = (0, 0);
    for (place, op) in ops.iter().enumerate() {
        let (tag, old, new) = op.as_tag_tuple();
        let old = old_at..old_at + old.len();
        let new = new_at..new_at + new.len();
        (old_at, new_at) = (old.end, new.end);
        let is_blank = (was.get(old.clone()).unwrap_or_default().iter())
            .all(|(_, word)| word.chars().all(|c| c == ' '));
        let is_inside = place > 0 && place + 1 < ops.len();
        let next = Stretch {
            is_kept: tag == DiffTag::Equal && !(is_blank && is_inside),
            was: (old.start, old.end),
            is: (new.start, new.end),
        };
        match told.last_mut() {
            Some(last) if !last.is_kept && !next.is_kept => {
                last.was.1 = next.was.1;
                last.is.1 = next.is.1;
            }
            _ => told.push(next),
        }
    }
    told
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::Wording::{Added, Kept, Removed};
    use super::*;

    #[test]
    fn words_that_went_and_came_are_told_and_the_rest_stays() {
        for (old, new, told) in [
            ("", "", vec![]),
            ("Pay", "Pay", vec![Kept("Pay")]),
            ("", "Pay", vec![Added("Pay")]),
            ("Pay", "", vec![Removed("Pay")]),
            (
                "The refund date is shown",
                "The refund day is shown",
                vec![
                    Kept("The refund "),
                    Removed("date"),
                    Added("day"),
                    Kept(" is shown"),
                ],
            ),
            (
                "It takes 100 characters",
                "It takes 200 characters and emoji",
                vec![
                    Kept("It takes "),
                    Removed("100"),
                    Added("200"),
                    Kept(" characters"),
                    Added(" and emoji"),
                ],
            ),
        ] {
            assert_eq!(rewording(old, new), told, "{old:?} {new:?}");
        }
    }

    #[test]
    fn both_states_are_read_without_colours() {
        for (old, new, both) in [
            ("Pay", "Pay", "Pay"),
            ("shows a date", "shows a day", "shows a [-date-]{+day+}"),
            ("", "Pay", "{+Pay+}"),
            ("A call and a mail", "A mail", "A [-call and a -]mail"),
        ] {
            assert_eq!(marked(old, new), both);
        }
    }

    #[test]
    fn a_reworded_phrase_is_one_change() {
        let told = rewording("It is a green button.", "It is one red button.");
        let expected = [
            Kept("It is "),
            Removed("a green"),
            Added("one red"),
            Kept(" button."),
        ];
        assert_eq!(told, expected);
    }

    #[test]
    fn lines_stay_lines() {
        let told = rewording(
            "Given a card\nThen paid",
            "Given a card\nWhen I pay\nThen paid",
        );
        let removed = told.iter().filter(|part| matches!(part, Removed(_)));
        assert_eq!(removed.count(), 0);
        let added: String = told
            .iter()
            .filter(|part| matches!(part, Added(_)))
            .map(|part| part.words())
            .collect();
        assert_eq!(added.trim(), "When I pay");
    }

    #[test]
    fn signs_without_blanks_between_them_are_words() {
        let told = rewording("顧客は青い票を見る", "顧客は赤い票を見る");
        let expected = [
            Kept("顧客は"),
            Removed("青"),
            Added("赤"),
            Kept("い票を見る"),
        ];
        assert_eq!(told, expected);
        let told = rewording("显示退款日期", "显示退货日期");
        let expected = [Kept("显示退"), Removed("款"), Added("货"), Kept("日期")];
        assert_eq!(told, expected);
    }

    #[test]
    fn long_texts_that_have_nothing_in_common_are_told_as_a_whole() {
        let many = |word: &str| format!("Same {}end", format!("{word} ").repeat(20_000));
        let (old, new) = (many("one"), many("two"));
        let told = rewording(&old, &new);
        assert_eq!(told.len(), 4);
        assert_eq!((told[0], told[3]), (Kept("Same "), Kept(" end")));
        // A long text with a small change is told by the word.
        let changed = old.replacen("one one", "one 1", 1);
        let told = rewording(&old, &changed);
        assert!(
            told.iter()
                .all(|part| matches!(part, Kept(_)) || part.words().len() < 10),
            "{}",
            told.len()
        );
    }

    proptest! {
        #[test]
        fn both_texts_can_be_read_from_it(old in "[ab 顧\u{301}\n.]{0,40}", new in "[ab 顧\u{301}\n.]{0,40}") {
            let told = rewording(&old, &new);
            let without = |is_out: fn(&Wording) -> bool| -> String {
                told.iter().filter(|part| !is_out(part)).map(|part| part.words()).collect()
            };
            prop_assert_eq!(without(|part| matches!(part, Added(_))), old.as_str());
            prop_assert_eq!(without(|part| matches!(part, Removed(_))), new.as_str());
        }
    }
}
