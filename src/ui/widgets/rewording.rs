//! A text with what became of it, word by word, in styles; in brackets where there are no colours.

use ratatui::style::{Modifier, Style};

use crate::language::rewording::{Wording, rewording};
use crate::ui::theme::Theme;

/// The present words of a text among those that went, each with its style.
pub fn reworded(old: &str, new: &str, theme: Theme) -> Vec<(String, Style)> {
    let gone = theme.dim().add_modifier(Modifier::CROSSED_OUT);
    let new_words = theme.good().add_modifier(Modifier::UNDERLINED);
    let mut parts: Vec<(String, Style)> = Vec::new();
    let mut last_was_removed = false;
    for wording in rewording(old, new) {
        let words = wording.words();
        if last_was_removed && matches!(wording, Wording::Added(_)) && theme.color {
            // Where a terminal cannot strike words out, the two are still two.
            parts.push((" ".to_owned(), Style::new()));
        }
        last_was_removed = matches!(wording, Wording::Removed(_));
        parts.push(match wording {
            Wording::Kept(_) => (words.to_owned(), Style::new()),
            Wording::Removed(_) if theme.color => (words.to_owned(), gone),
            Wording::Added(_) if theme.color => (words.to_owned(), new_words),
            Wording::Removed(_) => (wording.marked(), theme.dim()),
            Wording::Added(_) => (wording.marked(), theme.strong()),
        });
    }
    parts
}

#[cfg(test)]
mod tests {
    use super::*;

    fn text(theme: Theme) -> String {
        let parts = reworded("shows a date", "shows a day", theme);
        parts.into_iter().map(|(words, _)| words).collect()
    }

    #[test]
    fn changes_are_seen_with_and_without_colours() {
        assert_eq!(text(Theme::FULL), "shows a date day");
        let parts = reworded("shows a date", "shows a day", Theme::FULL);
        let crossed_out = |style: &Style| style.add_modifier.contains(Modifier::CROSSED_OUT);
        let gone: Vec<&str> = parts
            .iter()
            .filter(|(_, style)| crossed_out(style))
            .map(|(words, _)| words.as_str())
            .collect();
        assert_eq!(gone, ["date"]);
        let plain = Theme {
            color: false,
            ascii: true,
        };
        assert_eq!(text(plain), "shows a [-date-]{+day+}");
    }
}
