//! Criteria: there, and each one check that somebody could make.

use super::verbs;
use super::words::Text;
use super::{Found, Letter, Look, Rule, Severity, Spot};

pub(super) const MISSING: Rule = Rule {
    id: "no-criteria",
    letter: Letter::Testable,
    severity: Severity::Warning,
    about: "A story says by what it will be accepted.",
    check: missing,
};

pub(super) const THIN: Rule = Rule {
    id: "untestable-criterion",
    letter: Letter::Testable,
    severity: Severity::Warning,
    about: "A criterion is one check with a result to be seen.",
    check: thin,
};

/// A criterion of fewer words says too little.
const FEWEST_WORDS: usize = 4;

fn missing(look: &Look, found: &mut Found) {
    if look.is_user_story() && look.story.criteria.is_empty() {
        found.add(
            Spot::Story,
            0..0,
            "Nothing says when it is done. Write a criterion.",
        );
    }
}

fn thin(look: &Look, found: &mut Found) {
    for (index, text) in look.criteria.iter().enumerate() {
        let spot = Spot::Criterion(index);
        if let Some((span, why)) = weakness(text) {
            found.add(spot, span, why);
        }
    }
}

fn weakness(text: &Text) -> Option<(std::ops::Range<usize>, &'static str)> {
    let whole = 0..text.raw.len();
    let steps = Steps::of(text);
    if steps.given > 0 && (steps.when == 0 || steps.then == 0) {
        return Some((
            whole,
            "Given needs a When and a Then: what happens, and what is then to be seen.",
        ));
    }
    if let Some(bare) = bare_step(text.raw) {
        return Some((
            bare,
            "Nothing follows this word. Say what is given, what happens, or what is then to be seen.",
        ));
    }
    if steps.when > 1 {
        return Some((
            whole,
            "There is more than one When in it. Make a criterion of each.",
        ));
    }
    let is_scenario = steps.when > 0 && steps.then > 0;
    if !is_scenario && is_spaced(text.raw) && text.words.len() < FEWEST_WORDS {
        return Some((
            whole,
            "So few words leave open what is checked. Say what is done and what is then to be seen.",
        ));
    }
    // "Then I should see" is how scenarios are written; nobody takes it for a maybe.
    let then = text.words.iter().position(|word| word.lower == "then");
    let is_outcome =
        |index: usize| text.word(index) == "should" && then.is_some_and(|then| then < index);
    let weak = text.words.iter().enumerate().find(|(index, word)| {
        matches!(word.lower.as_str(), "should" | "might" | "could") && !is_outcome(*index)
    });
    let weak = weak.map(|(_, word)| word);
    if let Some(weak) = weak {
        return Some((
            weak.span.clone(),
            "This leaves open whether it has to be so. Say that it is so, or that it is not.",
        ));
    }
    if is_scenario {
        return None;
    }
    // "Users can edit and archive tasks" is one check of two deeds.
    let two = text.words.iter().enumerate().find(|(index, word)| {
        let is_bare = index
            .checked_sub(1)
            .is_some_and(|before| verbs::is_bare(text, before));
        word.lower == "and" && !is_bare && verbs::joined_at(text, *index)
    });
    two.map(|(_, word)| {
        (
            word.span.clone(),
            "Two checks stand in one criterion. Make one of each, so that each gets its verdict.",
        )
    })
}

/// The word of a step that nothing follows.
fn bare_step(text: &str) -> Option<std::ops::Range<usize>> {
    let mut start = 0;
    for line in text.split_inclusive('\n') {
        let word = line.trim();
        let is_step = ["given", "when", "then"]
            .iter()
            .any(|step| word.eq_ignore_ascii_case(step));
        if is_step {
            let at = start + (line.len() - line.trim_start().len());
            return Some(at..at + word.len());
        }
        start += line.len();
    }
    None
}

/// How often lines begin with the words of a scenario.
struct Steps {
    given: usize,
    when: usize,
    then: usize,
}

impl Steps {
    fn of(text: &Text) -> Self {
        let count = |step: &str| {
            let begins = |line: &str| {
                let word: String = line
                    .trim_start_matches([' ', '*', '-'])
                    .chars()
                    .take_while(|c| c.is_alphabetic())
                    .collect();
                word.eq_ignore_ascii_case(step)
            };
            text.raw.lines().filter(|line| begins(line)).count()
        };
        Self {
            given: count("given"),
            when: count("when"),
            then: count("then"),
        }
    }
}

/// Whether words are told apart by blanks; in Chinese and Japanese a count of words means nothing.
fn is_spaced(text: &str) -> bool {
    text.chars()
        .filter(|c| c.is_alphabetic())
        .all(|c| (c as u32) < 0x2E80)
}
