//! Vague words: they sound like a demand and cannot be checked.

use super::phrases::{UNITS, VAGUE};
use super::words::Text;
use super::{Found, Letter, Look, Rule, Severity, Spot};

pub(super) const RULE: Rule = Rule {
    id: "vague",
    letter: Letter::Testable,
    severity: Severity::Hint,
    about: "What is wanted and checked can be told from what is not.",
    check,
};

fn check(look: &Look, found: &mut Found) {
    vague_in(&look.want, look.want_spot, look, found);
    for (index, text) in look.criteria.iter().enumerate() {
        vague_in(text, Spot::Criterion(index), look, found);
    }
}

fn vague_in(text: &Text, spot: Spot, look: &Look, found: &mut Found) {
    let own = &look.around.settings().vague;
    let own = own
        .iter()
        .map(|word| (word.as_str(), "Say how one could tell"));
    let known = VAGUE
        .iter()
        .flat_map(|(words, better)| words.iter().map(|word| (*word, *better)));
    let mut hits: Vec<(std::ops::Range<usize>, &str)> = known
        .chain(own)
        .flat_map(|(phrase, better)| {
            text.phrase(&phrase.to_lowercase())
                .map(|words| (words, better))
                .collect::<Vec<_>>()
        })
        .filter(|(words, _)| !is_exact(text, words.start) && !is_a_name(text, words.start))
        .filter(|(words, _)| !is_of_a_phrase(text, words))
        .collect();
    hits.sort_by_key(|(words, _)| words.start);
    let mut end = 0;
    for (words, better) in hits {
        if words.start < end {
            continue;
        }
        end = words.end;
        let span = text.span(words);
        let word = text.raw.get(span.clone()).unwrap_or_default();
        found.add(spot, span, format!("“{word}” can mean anything. {better}."));
    }
}

/// Whether a word that is vague as a verb names something here: "the migration process", "a support contract".
fn is_a_name(text: &Text, index: usize) -> bool {
    let is_either = matches!(text.word(index), "support" | "process" | "handle");
    is_either
        && index > 0
        && !matches!(
            text.word(index - 1),
            "to" | "can" | "and" | "or" | "should" | "will" | "must"
        )
}

/// Whether the words mean something else here: a part of a compound ("pre-clean"), a point in time ("as soon as it is
/// paid"), or a question ("see how many there are").
fn is_of_a_phrase(text: &Text, words: &std::ops::Range<usize>) -> bool {
    let before = words.start.checked_sub(1);
    let is_compound = before.is_some_and(|index| text.between(index) == "-")
        || (words.end > words.start
            && text.between(words.end - 1) == "-"
            && text.word(words.end) != "to");
    let before = before.map_or("", |index| text.word(index));
    let is_moment = before == "as"
        && text.word(words.start) == "soon"
        && text.word(words.end) == "as"
        && text.word(words.end + 1) != "possible";
    is_compound || is_moment || before == "how"
}

/// Whether a number with a unit stands later in the clause and makes the word exact: "fast, within 2 seconds" is not
/// one clause, "as quick as 2 seconds" is.
fn is_exact(text: &Text, index: usize) -> bool {
    let clause = text.clause(index);
    (index..clause.end).any(|index| {
        let is_number = text.word(index).starts_with(|c: char| c.is_ascii_digit());
        let unit = text.between(index).contains('%') || UNITS.contains(&text.word(index + 1));
        is_number && (unit || text.word(index).ends_with(|c: char| c.is_alphabetic()))
    })
}
