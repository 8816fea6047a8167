//! What a file says about one story. Values have passed the model's gates; what the file does not carry is absent.

use crate::language::sentence;
use crate::model::{
    Grade, Kind, Line, Part, Points, Prose, Question, Source, Status, Story, StoryId, Timestamp,
    Title,
};

/// One story of a file.
#[derive(Clone, Debug, PartialEq)]
pub enum Record {
    /// A story as another program or a person tells it.
    Told(Box<Told>),
    /// A story with everything, from an export of this program.
    Whole {
        /// The line it begins on.
        line: usize,
        /// The story.
        story: Box<Story>,
    },
}

/// A story as another program or a person tells it.
#[derive(Clone, Debug, PartialEq)]
pub struct Told {
    /// The line it begins on.
    pub line: usize,
    /// What makes it the same story the next time.
    pub identity: Identity,
    /// Its title.
    pub title: Title,
    /// Its other fields, as far as the file carries them.
    pub fields: Fields,
    /// Where it stands.
    pub status: Option<Status>,
    /// Since when.
    pub status_at: Option<Timestamp>,
    /// When it was written down.
    pub created: Option<Timestamp>,
    /// Remarks on it.
    pub remarks: Vec<Remark>,
    /// The keys or ids of the stories it waits for, as the file names them; `None` when the file does not say.
    pub waits_for: Option<Vec<String>>,
    /// The names other rows may call it by.
    pub names: Vec<String>,
}

/// What makes a story of a file the same story the next time.
#[derive(Clone, Debug, PartialEq)]
pub enum Identity {
    /// Its own id.
    Story(StoryId),
    /// Its id in another tool.
    Source(Source),
}

/// The fields of a story as far as a file carries them.
#[derive(Clone, Debug, Default, PartialEq)]
#[expect(missing_docs, reason = "the fields of a story, documented there")]
pub struct Fields {
    pub kind: Option<Kind>,
    pub persona: Option<Line>,
    pub want: Option<Line>,
    pub benefit: Option<Line>,
    pub notes: Option<Prose>,
    pub criteria: Option<Vec<Prose>>,
    pub questions: Option<Vec<Question>>,
    pub estimate: Option<Option<Points>>,
    pub labels: Option<Vec<Line>>,
    pub epic: Option<Line>,
    /// The parts of scores that the file has a value of, or says that there is none.
    pub scores: Vec<(Part, Option<Grade>)>,
}

/// A remark on a story.
#[derive(Clone, Debug, PartialEq)]
pub struct Remark {
    /// When, where the file says so.
    pub at: Option<Timestamp>,
    /// By whom, where the file says so.
    pub by: Line,
    /// What was said.
    pub text: Prose,
}

/// A title, with the parts of the sentence where it is one.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Heading {
    pub(super) title: Title,
    /// Persona, want and benefit of a story sentence.
    pub(super) parts: Option<[Line; 3]>,
    /// The whole text, where title and parts do not hold all of it.
    pub(super) whole: Option<String>,
    /// Whether the title was too long and has been cut.
    pub(super) is_cut: bool,
    /// The key that stood before a sentence.
    pub(super) prefix: Option<String>,
}

impl Record {
    /// The line the story begins on.
    pub fn line(&self) -> usize {
        match self {
            Self::Told(told) => told.line,
            Self::Whole { line, .. } => *line,
        }
    }
}

impl Heading {
    /// Reads a title or a story sentence; `None` when there are no words.
    pub(super) fn read(text: &str) -> Option<Self> {
        Self::sentence(text).or_else(|| Self::plain(text))
    }

    /// Reads a title as it stands.
    pub(super) fn plain(text: &str) -> Option<Self> {
        let (title, is_cut) = cut(text)?;
        Some(Self {
            title,
            parts: None,
            whole: is_cut.then(|| text.trim().to_owned()),
            is_cut,
            prefix: None,
        })
    }

    /// Reads a story sentence and proposes a title for it.
    pub(super) fn sentence(text: &str) -> Option<Self> {
        let sentence = sentence::parse(text)?;
        let (persona, want) = (sentence.persona.as_ref()?, sentence.want.as_ref()?);
        let (title, _) = cut(&sentence::propose_title(&sentence))?;
        let benefit = sentence.benefit.as_ref().map_or("", |part| &part.text);
        Some(Self {
            title,
            parts: Some([&persona.text, &want.text, benefit].map(Line::parse)),
            whole: (!sentence.rest.is_empty()).then(|| text.trim().to_owned()),
            is_cut: false,
            prefix: sentence.prefix,
        })
    }
}

/// A title of a text, cut at a word where it is too long, and whether it was.
fn cut(text: &str) -> Option<(Title, bool)> {
    let line = Line::parse(&text.replace("\r\n", "\n"));
    if let Ok(title) = Title::parse(&line) {
        return Some((title, false));
    }
    // Room for the ellipsis.
    let start: String = line.chars().take(Title::LONGEST - 1).collect();
    let whole = match start.rsplit_once(char::is_whitespace) {
        Some((words, _)) if !words.trim().is_empty() => words.trim_end(),
        _ => start.as_str(),
    };
    Title::parse(&format!("{whole}…"))
        .ok()
        .filter(|_| !whole.is_empty())
        .map(|title| (title, true))
}

/// A number for a text that stays the same in every version of the program (FNV-1a), as 16 hexadecimal digits.
pub(super) fn fingerprint(text: &str) -> String {
    let hash = text.bytes().fold(0xcbf2_9ce4_8422_2325_u64, |hash, byte| {
        (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3)
    });
    format!("{hash:016x}")
}

/// A text's words in lower case without punctuation: what two spellings of the same line have in common.
pub(super) fn words(text: &str) -> String {
    let folded: String = text
        .chars()
        .map(|c| if c.is_alphanumeric() { c } else { ' ' })
        .flat_map(char::to_lowercase)
        .collect();
    folded.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_sentence_is_split_and_gets_a_title() {
        let heading =
            Heading::read("As a buyer, I want to pay by card, so that I save time.").unwrap();
        assert_eq!(heading.title.as_str(), "Pay by card");
        let parts = heading.parts.unwrap();
        assert_eq!(
            parts.each_ref().map(Line::as_str),
            ["buyer", "pay by card", "I save time"]
        );
        assert_eq!(heading.whole, None);
    }

    #[test]
    fn an_endless_title_is_cut_at_a_word_and_kept_whole_beside_it() {
        let text = "parcel ".repeat(300);
        let heading = Heading::read(&text).unwrap();
        assert!(heading.is_cut);
        assert!(heading.title.chars().count() <= Title::LONGEST);
        assert!(heading.title.ends_with("parcel…"), "{}", heading.title);
        assert_eq!(heading.whole.as_deref(), Some(text.trim()));
        let one_word = Heading::read(&"ü".repeat(2_000)).unwrap();
        assert_eq!(one_word.title.chars().count(), Title::LONGEST);
    }

    #[test]
    fn a_text_without_words_is_no_title() {
        assert_eq!(Heading::read(" \u{1b} \n"), None);
    }

    #[test]
    fn spelling_and_punctuation_do_not_make_another_line() {
        assert_eq!(
            words("#G03# As a  User, I want X.\t"),
            "g03 as a user i want x"
        );
        assert_eq!(fingerprint("a"), "af63dc4c8601ec8c");
    }
}
