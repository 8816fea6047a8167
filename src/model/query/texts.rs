//! What is searched of a story beside its key, title and persona.

use super::fold::fold_into;
use crate::model::{Line, Story};

/// The longer texts of a story.
fn parts(story: &Story) -> impl Iterator<Item = &str> {
    let first: [&str; 4] = [&story.want, &story.benefit, &story.notes, &story.epic];
    let criteria = story.criteria.iter();
    let questions = story.questions.iter();
    first
        .into_iter()
        .chain(criteria.clone().map(|criterion| criterion.text.as_str()))
        .chain(criteria.flat_map(|criterion| criterion.examples.iter().map(Line::as_str)))
        .chain(questions.flat_map(|question| [question.text.as_str(), question.answer.as_str()]))
        .chain(story.labels.iter().map(Line::as_str))
        .chain(story.comments.iter().map(|comment| comment.text.as_str()))
        .filter(|part| !part.is_empty())
}

/// The longer texts folded, each with a line end behind it. Folded text has no line ends, so these keep phrases within
/// one text.
pub(super) fn rest(story: &Story) -> String {
    let mut rest = String::with_capacity(parts(story).map(|part| part.len() + 1).sum());
    for part in parts(story) {
        fold_into(part, &mut rest);
        rest.push('\n');
    }
    rest
}

/// Whether two stories say the same in their longer texts.
pub(super) fn same_texts(one: &Story, other: &Story) -> bool {
    parts(one).eq(parts(other))
}

/// Whether folded words stand in one of the longer texts; `buffer` is there to be used again and again.
pub(super) fn stands_in_rest(story: &Story, words: &str, buffer: &mut String) -> bool {
    // What stands there as it is need not be folded: folding leaves folded words alone, wherever they stand.
    parts(story).any(|part| part.contains(words))
        || parts(story).any(|part| {
            buffer.clear();
            fold_into(part, buffer);
            buffer.contains(words)
        })
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::super::fold::fold;

    proptest! {
        #[test]
        fn folding_leaves_folded_words_alone_wherever_they_stand(
            before in "\\PC*|[ a\u{301}\n]*",
            words in "\\PC*|[ aB\u{301}]*",
            after in "\\PC*|[ a\u{301}\n]*",
        ) {
            let words = fold(&words);
            let whole = fold(&format!("{before}{words}{after}"));
            prop_assert!(whole.contains(&words), "{whole:?} {words:?}");
        }
    }
}
