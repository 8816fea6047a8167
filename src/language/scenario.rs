//! Given, When and Then: the words that go on a scenario, for whoever writes one.

/// The words that begin a step, in the order in which they come.
const STEPS: [&str; 3] = ["Given", "When", "Then"];
/// The words that go on with a step.
const MORE: [&str; 2] = ["And", "But"];

/// The words that may begin the last line of a text: what was typed of them, in whatever case, and what comes next in
/// the scenario first. Without a letter typed they are offered only where a scenario has begun.
pub fn next_words(before: &str, typed: &str) -> Vec<&'static str> {
    let typed = typed.to_lowercase();
    let done = before.lines().filter_map(step).max();
    if typed.is_empty() && done.is_none_or(|done| done + 1 == STEPS.len()) {
        return Vec::new();
    }
    let next = done.map_or(0, |done| done + 1);
    let order = STEPS.iter().skip(next).take(1);
    let more = MORE.iter().filter(|_| done.is_some());
    let words = order.chain(more).copied();
    words
        .filter(|word| {
            let lower = word.to_lowercase();
            lower.starts_with(&typed) && lower != typed
        })
        .collect()
}

/// Which step a line begins.
fn step(line: &str) -> Option<usize> {
    let first = line.split_whitespace().next()?;
    STEPS
        .iter()
        .position(|word| word.eq_ignore_ascii_case(first))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_next_step_is_offered_first() {
        for (before, typed, words) in [
            ("", "", vec![]),
            ("", "g", vec!["Given"]),
            ("", "w", vec![]),
            ("A plain rule", "", vec![]),
            ("Given a card", "", vec!["When", "And", "But"]),
            ("given a card\nand money", "WH", vec!["When"]),
            ("Given a card\nWhen I pay", "", vec!["Then", "And", "But"]),
            ("Given a card\nWhen I pay\nThen it is paid", "", vec![]),
            (
                "Given a card\nWhen I pay\nThen it is paid",
                "a",
                vec!["And"],
            ),
            ("Given a card", "when", vec![]),
        ] {
            assert_eq!(next_words(before, typed), words, "{before:?} {typed:?}");
        }
    }
}
