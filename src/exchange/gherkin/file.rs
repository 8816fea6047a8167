//! A story's own `.feature` file: its name, and the line by which it is known again.
//!
//! The mark holds the story's id, because titles and keys change, and a sum over the rest of the file, because what
//! somebody has changed by hand is theirs. Line ends do not count: version control changes them.

use uuid::Uuid;

use super::{Dialect, body};
use crate::model::{Backlog, Story, StoryId};

/// What every such file's name ends in.
const ENDING: &str = ".feature";
/// How the line begins by which a file of ours is known.
const MARK: &str = "# backstory: ";
/// What the mark says to a reader.
const REMARK: &str = "(change the story, not this file)";
/// How many bytes of a name come from the title: readable in a list, and far from every system's limit.
const LONGEST: usize = 60;

/// A file of one feature.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FeatureFile {
    /// Its name, safe on every system.
    pub name: String,
    /// What is in it.
    pub text: String,
}

/// What the mark in a file says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Mark {
    /// The story it was written from.
    pub story: StoryId,
    /// Whether it is as it was written.
    pub is_untouched: bool,
}

/// Writes a story as a file of its own.
pub fn file(story: &Story, backlog: &Backlog) -> FeatureFile {
    let dialect = Dialect::of(story);
    let header = dialect.header().unwrap_or_default();
    let body = body(story, backlog, dialect);
    let key = backlog.key(story);
    let lines = header.lines().chain(body.lines());
    let mark = format!("{MARK}{key}, {}, {:016x} {REMARK}", story.id, sum(lines));
    // For some programs a language counts on the first line only.
    let head: Vec<&str> = header.lines().chain([mark.as_str()]).collect();
    FeatureFile {
        name: format!("{key}{}{ENDING}", slug(&story.title)),
        text: format!("{}\n{body}", head.join("\n")),
    }
}

/// Whether a file's name is that of a feature.
pub fn is_feature_file(name: &str) -> bool {
    name.to_lowercase().ends_with(ENDING)
}

impl Mark {
    /// Reads the mark among the comments that a file begins with; without one the file is somebody else's.
    pub fn read(text: &str) -> Option<Self> {
        let mut comments = text.lines().take_while(|line| line.starts_with('#'));
        let mark = comments.find_map(|line| line.strip_prefix(MARK))?;
        let mut words = mark.split_whitespace().skip(1);
        let story = Uuid::parse_str(words.next()?.trim_end_matches(',')).ok()?;
        let written = u64::from_str_radix(words.next()?, 16).ok()?;
        let lines = text.lines().filter(|line| !line.starts_with(MARK));
        Some(Self {
            story: StoryId::new(story),
            is_untouched: sum(lines) == written,
        })
    }
}

/// A sum over lines that tells one text from another (FNV-1a); nothing secret hangs on it.
fn sum<'a>(lines: impl Iterator<Item = &'a str>) -> u64 {
    let mut sum = 0xcbf2_9ce4_8422_2325_u64;
    for byte in lines.flat_map(|line| line.bytes().chain([b'\n'])) {
        sum = (sum ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3);
    }
    sum
}

/// The title as the rest of a file's name: letters and digits of any script, dashes between the words.
fn slug(title: &str) -> String {
    let mut slug = String::new();
    let mut words = title
        .split(|c: char| !c.is_alphanumeric() && !is_joining(c))
        .map(|word| word.to_lowercase().replace(is_joining, ""))
        .filter(|word| !word.is_empty());
    if let Some(first) = words.next() {
        slug.push('-');
        // Texts without blanks are one word, which may be too long alone.
        for letter in first.chars() {
            if slug.len() + letter.len_utf8() > LONGEST {
                break;
            }
            slug.push(letter);
        }
    }
    for word in words {
        if slug.len() + word.len() > LONGEST {
            break;
        }
        slug.push('-');
        slug.push_str(&word);
    }
    slug
}

/// Whether a sign stands inside a word and not between two: an apostrophe, an accent of its own.
const fn is_joining(c: char) -> bool {
    matches!(c, '\'' | '’' | '\u{300}'..='\u{36f}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_title_becomes_the_rest_of_a_name() {
        for (title, expected) in [
            ("Pay with a saved card", "-pay-with-a-saved-card"),
            (
                "  Don't lose/the \"basket\": part 2?  ",
                "-dont-lose-the-basket-part-2",
            ),
            ("../../etc/passwd", "-etc-passwd"),
            ("CON", "-con"),
            ("...", ""),
            ("Größe wählen", "-größe-wählen"),
            ("保存したカードで払う", "-保存したカードで払う"),
            ("trailing dots...", "-trailing-dots"),
            ("Cafe\u{301}s", "-cafes"),
        ] {
            assert_eq!(slug(title), expected, "{title}");
        }
    }

    #[test]
    fn a_name_stays_short_and_ends_with_a_whole_word() {
        let many = slug(&"word ".repeat(40));
        assert!(many.len() <= LONGEST && many.ends_with("-word"), "{many}");
        let one = slug(&"漢".repeat(200));
        assert!((50..=LONGEST).contains(&one.len()), "{one}");
    }

    #[test]
    fn a_file_of_somebody_else_has_no_mark() {
        for text in [
            "",
            "Feature: x\n",
            "# backstory: WEB-1\nFeature: x\n",
            "# backstory: WEB-1, not-an-id, 00\nFeature: x\n",
            "Feature: x\n# backstory: WEB-1, 019ab3c4-7c3e-7d5a-9b1e-2f6c1d0a8e4b, 00\n",
        ] {
            assert_eq!(Mark::read(text), None, "{text}");
        }
    }
}
