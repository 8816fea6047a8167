//! The gate for text: parsed and cleaned once where it enters, valid from then on.
//!
//! `parse` is for text that people type, paste or import. Text read from a story's file is kept as it stands there
//! (nothing is lost by loading and saving); the screen makes all text harmless when it draws it.

use std::fmt;

use serde::{Deserialize, Serialize};

use super::refusal::Refusal;

/// A story's title: one line, never empty.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(try_from = "String")]
pub struct Title(String);

/// One line of text, which may be empty.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Line(String);

/// Text of any number of lines, which may be empty.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Prose(String);

/// Why something was rejected, waived, dropped or reopened: never empty.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(try_from = "String")]
pub struct Reason(String);

impl Title {
    /// The longest title that may be entered, in characters.
    pub const LONGEST: usize = 1_000;

    /// Reads a title; line breaks become spaces.
    ///
    /// # Errors
    /// An empty title and one of more than [`Title::LONGEST`] characters are refused.
    pub fn parse(text: &str) -> Result<Self, Refusal> {
        let line = one_line(text);
        let length = line.chars().count();
        if line.is_empty() {
            Err(Refusal::EmptyTitle)
        } else if length > Self::LONGEST {
            Err(Refusal::LongTitle { length })
        } else {
            Ok(Self(line))
        }
    }
}

impl Reason {
    /// Reads a reason.
    ///
    /// # Errors
    /// An empty one is refused.
    pub fn parse(text: &str) -> Result<Self, Refusal> {
        let text = many_lines(text);
        if text.is_empty() {
            return Err(Refusal::EmptyReason);
        }
        Ok(Self(text))
    }
}

impl Line {
    /// Cleans one line of text; line breaks become spaces.
    pub fn parse(text: &str) -> Self {
        Self(one_line(text))
    }
}

impl Prose {
    /// Cleans text of several lines.
    pub fn parse(text: &str) -> Self {
        Self(many_lines(text))
    }
}

impl TryFrom<String> for Title {
    type Error = Refusal;

    fn try_from(text: String) -> Result<Self, Refusal> {
        if text.trim().is_empty() {
            return Err(Refusal::EmptyTitle);
        }
        Ok(Self(text))
    }
}

impl TryFrom<String> for Reason {
    type Error = Refusal;

    fn try_from(text: String) -> Result<Self, Refusal> {
        if text.trim().is_empty() {
            return Err(Refusal::EmptyReason);
        }
        Ok(Self(text))
    }
}

macro_rules! text {
    ($($name:ident)*) => {$(
        impl $name {
            /// The text.
            pub fn as_str(&self) -> &str {
                &self.0
            }
        }

        impl std::ops::Deref for $name {
            type Target = str;

            fn deref(&self) -> &str {
                &self.0
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.pad(&self.0)
            }
        }
    )*};
}
text!(Title Line Prose Reason);

fn one_line(text: &str) -> String {
    let spaced: String = text
        .chars()
        .map(|c| if c.is_whitespace() { ' ' } else { c })
        .filter(|c| !c.is_control())
        .collect();
    spaced.trim().to_owned()
}

fn many_lines(text: &str) -> String {
    let unix = text.replace("\r\n", "\n").replace('\r', "\n");
    let clean: String = unix
        .chars()
        .filter(|&c| c == '\n' || c == '\t' || !c.is_control())
        .collect();
    // Blanks before the first word of the first line may be a code block's indent; blank lines around are not.
    clean.trim_start_matches('\n').trim_end().to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_title_is_one_clean_line() {
        let title = Title::parse("  Pay\twith\r\na saved \u{1b}[2Jcard\u{7} ").unwrap();
        assert_eq!(title.as_str(), "Pay with  a saved [2Jcard");
    }

    #[test]
    fn empty_and_endless_titles_are_refused() {
        assert_eq!(Title::parse(" \n\u{1b}"), Err(Refusal::EmptyTitle));
        assert_eq!(
            Title::parse(&"x".repeat(5_000)),
            Err(Refusal::LongTitle { length: 5_000 })
        );
        assert!(Title::parse(&"ü".repeat(Title::LONGEST)).is_ok());
    }

    #[test]
    fn prose_keeps_its_lines_and_loses_control_characters() {
        assert_eq!(
            Prose::parse("\r\na\r\n\tb\u{1b}\rc \n\n").as_str(),
            "a\n\tb\nc"
        );
    }

    #[test]
    fn a_reason_needs_words() {
        assert_eq!(Reason::parse(" \n "), Err(Refusal::EmptyReason));
        assert!(serde_json::from_str::<Reason>("\" \"").is_err());
    }

    #[test]
    fn text_on_disk_is_kept_as_it_stands() {
        let title: Title = serde_json::from_str("\" odd\\u0007 \"").unwrap();
        assert_eq!(serde_json::to_string(&title).unwrap(), "\" odd\\u0007 \"");
    }
}
