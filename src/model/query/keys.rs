//! What a word means as a key.

/// A word as the key of a story, or as how some keys begin.
///
/// The prefix alone is no key: every story has it, and it is often a word of the titles too.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Key<'a> {
    /// The word is no key.
    None,
    /// The prefix with its dash, `web-`: every key begins so.
    Every,
    /// Digits of a number, from `web-1`, `web1`, `#1` or `1`.
    Number { digits: &'a str, number: u32 },
}

impl<'a> Key<'a> {
    /// Reads a folded word; `prefix` is folded too.
    pub(super) fn of(word: &'a str, prefix: &str) -> Self {
        let digits = match word.strip_prefix(prefix) {
            Some("-") => return Self::Every,
            Some(rest) => rest.strip_prefix('-').unwrap_or(rest),
            None => word.strip_prefix('#').unwrap_or(word),
        };
        let is_number =
            digits.bytes().all(|byte| byte.is_ascii_digit()) && !digits.starts_with('0');
        match digits.parse() {
            Ok(number) if is_number => Self::Number { digits, number },
            Ok(_) | Err(_) => Self::None,
        }
    }

    /// Whether this is the whole key of the story with this number.
    pub(super) fn is_of(&self, story: u32) -> bool {
        matches!(self, Self::Number { number, .. } if *number == story)
    }

    /// Whether the key of the story with this number begins so.
    pub(super) fn begins(&self, story: u32) -> bool {
        match self {
            Self::None => false,
            Self::Every => true,
            Self::Number { digits, number } => {
                *number <= story && story.to_string().starts_with(digits)
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_key_is_read_from_its_dash_or_digits_on() {
        for word in ["web-17", "web17", "#17", "17"] {
            let (digits, number) = ("17", 17);
            assert_eq!(
                Key::of(word, "web"),
                Key::Number { digits, number },
                "{word}"
            );
        }
        assert_eq!(Key::of("web-", "web"), Key::Every);
        for word in [
            "web",
            "we",
            "-",
            "#",
            "app-17",
            "017",
            "web-0",
            "+1",
            "web-1a",
            "99999999999",
        ] {
            assert_eq!(Key::of(word, "web"), Key::None, "{word}");
        }
    }
}
