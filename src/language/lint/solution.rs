//! Solution: a want that prescribes how, so that nothing is left to talk about.

use std::ops::Range;

use super::phrases::SOLUTION;
use super::words::Text;
use super::{Found, Letter, Look, Rule, Severity, Spot};

pub(super) const RULE: Rule = Rule {
    id: "solution",
    letter: Letter::Negotiable,
    severity: Severity::Hint,
    about: "A want says what is needed, not how it is built.",
    check,
};

/// Words that begin a title which asks for something new.
const BUILDS: [&str; 8] = [
    "add",
    "build",
    "create",
    "implement",
    "introduce",
    "offer",
    "provide",
    "use",
];

/// Words for what is done with files.
const TRANSFERS: [&str; 7] = [
    "convert", "download", "export", "import", "read", "upload", "validate",
];

/// So many words before a word its article may stand.
const NEAR: usize = 4;

fn check(look: &Look, found: &mut Found) {
    if !look.is_user_story() {
        return;
    }
    let text = &look.want;
    // A title names what is there as well as what is to be; only "Add a button" asks for one.
    if look.want_spot == Spot::Title && !BUILDS.contains(&text.word(0)) {
        return;
    }
    let first = SOLUTION
        .iter()
        .flat_map(|phrase| text.phrase(phrase))
        .filter(|words| !is_subject_matter(text, words))
        .min_by_key(|words| words.start);
    if let Some(words) = first {
        let span = text.span(words);
        let word = text.raw.get(span.clone()).unwrap_or_default();
        let why = format!(
            "“{word}” is a way to build it. Say what the persona needs; the team finds the way."
        );
        found.add(look.want_spot, span, why);
    }
}

/// Words of a solution that are not how it is built but what it is about: what is there already ("the publish button",
/// "my CSV file"), the format of a file that comes or goes, and words that mean something else ("the rest of", "screen
/// reader").
fn is_subject_matter(text: &Text, words: &Range<usize>) -> bool {
    let word = text.word(words.start);
    let is_other = matches!(
        (word, text.word(words.end)),
        ("rest", _)
            | ("screen", "reader" | "readers")
            | ("database", "administrator" | "administrators")
            | ("table", "of")
    );
    let before = words.start.checked_sub(1);
    let is_compound =
        before.is_some_and(|index| text.between(index) == "-" || text.word(index) == "pivot");
    let is_format = matches!(word, "json" | "xml" | "csv" | "sql")
        && (0..words.start).any(|index| TRANSFERS.contains(&text.word(index)));
    is_other || is_compound || is_format || is_there_already(text, words.start)
}

/// Whether the nearest article before the word says that it is a known one; where data is kept is never need.
fn is_there_already(text: &Text, index: usize) -> bool {
    let before = (index.saturating_sub(NEAR)..index).rev();
    let mut articles = before
        .map(|index| text.word(index))
        .filter_map(|word| match word {
            "the" | "this" | "that" | "my" | "our" | "your" | "their" => Some(true),
            "a" | "an" | "one" | "new" | "with" | "in" | "by" | "via" => Some(false),
            _ => None,
        });
    text.word(index) != "database" && articles.next() == Some(true)
}
