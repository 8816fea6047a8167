//! Minimal: a want holds what is wanted and nothing else.

use super::words::Text;
use super::{Found, Letter, Look, Repair, Rule, Severity, Spot};

pub(super) const RULE: Rule = Rule {
    id: "minimal",
    letter: Letter::Quality,
    severity: Severity::Warning,
    about: "Persona, want and benefit hold nothing else; remarks belong in the notes.",
    check,
};

/// Openers of brackets with what closes them.
const BRACKETS: [(char, char); 3] = [('(', ')'), ('[', ']'), ('{', '}')];

fn check(look: &Look, found: &mut Found) {
    if look.want_spot == Spot::Title {
        check_title(look, found);
        return;
    }
    let persona = Text::new(&look.story.persona);
    let parts = [
        (Spot::Persona, &persona),
        (Spot::Want, &look.want),
        (Spot::Benefit, &look.benefit),
    ];
    for (spot, text) in parts {
        if let Some(span) = bracketed(text.raw) {
            let why = "A remark in brackets stands in the sentence. Move it to the notes, or make it a criterion.";
            found.add_with(spot, span, why, Some(Repair::ToNotes));
        } else if let Some(span) = tail(text, false) {
            let why = "A second sentence follows. Move it to the notes, or make it a criterion.";
            found.add_with(spot, span, why, Some(Repair::ToNotes));
        }
    }
    for (spot, text) in [(Spot::Want, &look.want), (Spot::Benefit, &look.benefit)] {
        if let Some(words) = text.phrase("so that").next() {
            let why = "The sentence has a second benefit in it. Keep one, and move the other to the notes.";
            found.add(spot, text.span(words), why);
        }
    }
}

/// A title is no sentence: "Web: the list (2)" is as good as another name. Only a whole sentence after it is too much.
fn check_title(look: &Look, found: &mut Found) {
    if let Some(span) = tail(&look.want, true) {
        let why = "A second sentence follows. Move it to the notes, or make it a criterion.";
        found.add_with(Spot::Title, span, why, Some(Repair::ToNotes));
    }
}

/// The first remark in brackets, the brackets included; "(s)" within a word is none.
fn bracketed(text: &str) -> Option<std::ops::Range<usize>> {
    BRACKETS.into_iter().find_map(|(open, close)| {
        let start = text.find(open)?;
        let before = text.get(..start)?.chars().next_back();
        let end = start + text.get(start..)?.find(close)? + close.len_utf8();
        let inside = text.get(start..end)?;
        let is_ending = before.is_some_and(char::is_alphanumeric) && inside.chars().count() <= 5;
        (!is_ending && inside.contains(char::is_alphanumeric)).then_some(start..end)
    })
}

/// What follows a sentence's end or a dash: in-word hyphens, abbreviations, numbers, addresses and times of day are no end.
///
/// A title may have colons and dashes.
fn tail(text: &Text, is_title: bool) -> Option<std::ops::Range<usize>> {
    (0..text.words.len().checked_sub(1)?).find_map(|index| {
        let between = text.between(index);
        let ends = match between.trim() {
            "." => {
                between.ends_with([' ', '\n'])
                    && !is_abbreviation(text.word(index))
                    && starts_anew(text, index + 1)
            }
            ";" | "?" | "!" => between.ends_with([' ', '\n']),
            ":" => {
                !is_title
                    && between.ends_with([' ', '\n'])
                    && index > 0
                    && !matches!(text.word(index), "http" | "https")
            }
            "-" | "–" | "—" | "*" => {
                !is_title && between.starts_with(' ') && between.ends_with(' ')
            }
            _ => false,
        };
        if !ends {
            return None;
        }
        let start = text.words.get(index)?.span.end;
        Some(start..text.raw.len())
    })
}

fn is_abbreviation(word: &str) -> bool {
    word.chars().count() == 1
        || matches!(
            word,
            "e.g"
                | "i.e"
                | "eg"
                | "ie"
                | "etc"
                | "vs"
                | "approx"
                | "no"
                | "incl"
                | "resp"
                | "dr"
                | "mr"
                | "mrs"
        )
}

/// Whether a word begins with a capital or a digit, as a sentence does.
fn starts_anew(text: &Text, index: usize) -> bool {
    let first = text
        .words
        .get(index)
        .and_then(|word| text.raw.get(word.span.clone())?.chars().next());
    first.is_some_and(|c| !c.is_lowercase())
}
