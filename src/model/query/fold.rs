//! Text without case and accents, for comparing.

use nucleo_matcher::chars::{normalize, to_lower_case};

/// Folds a character; `None` for a combining mark, which only changes the one before it.
pub(super) fn fold_char(char: char) -> Option<char> {
    if matches!(char, '\u{300}'..='\u{36f}') {
        return None;
    }
    Some(to_lower_case(normalize(char)))
}

/// Folds a text.
pub(super) fn fold(text: &str) -> String {
    if text.is_ascii() {
        return text.to_ascii_lowercase();
    }
    text.chars().filter_map(fold_char).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn case_and_accents_make_no_difference() {
        assert_eq!(fold("Résumé ÜBER e\u{301}"), fold("resume uber é"));
        assert_eq!(fold("Pay ABC-1_z"), "pay abc-1_z");
    }
}
