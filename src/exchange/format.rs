//! The formats there are, their names, and how to tell what a file is. It reads no more than the file's beginning.

use std::fmt;
use std::str::FromStr;

use super::table;

/// A format that can be imported.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Format {
    /// One story a line.
    Text,
    /// A table with one story a row.
    Csv,
    /// An export of this program.
    Json,
}

/// A format that can be exported.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum To {
    /// Everything there is, to be imported again.
    Json,
    /// A table for spreadsheets.
    Csv,
    /// A document to read.
    Markdown,
    /// Features with scenarios.
    Gherkin,
}

/// A word that names no format; printed, it says which there are.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct UnknownFormat {
    word: String,
    known: String,
}

impl Format {
    /// Every format that can be imported.
    pub const ALL: [Self; 3] = [Self::Text, Self::Csv, Self::Json];

    /// The word for the format.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Text => "text",
            Self::Csv => "csv",
            Self::Json => "json",
        }
    }

    /// Tells a file's format by its name, or by how it begins where the name says nothing.
    pub fn detect(name: Option<&str>, bytes: &[u8]) -> Self {
        let extension = name
            .and_then(|name| name.rsplit_once('.'))
            .map(|(_, extension)| extension.to_lowercase());
        match extension.as_deref() {
            Some("json") => Self::Json,
            Some("csv" | "tsv") => Self::Csv,
            Some("txt" | "text" | "md") => Self::Text,
            _ => Self::by_content(bytes),
        }
    }

    fn by_content(bytes: &[u8]) -> Self {
        let text = String::from_utf8_lossy(bytes);
        let text = text.trim_start_matches('\u{feff}').trim_start();
        if text.starts_with('{') || text.starts_with("[{") {
            Self::Json
        } else if table::looks_like_one(text) {
            Self::Csv
        } else {
            Self::Text
        }
    }
}

impl To {
    /// Every format that can be exported.
    pub const ALL: [Self; 4] = [Self::Json, Self::Csv, Self::Markdown, Self::Gherkin];

    /// The word for the format.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Json => "json",
            Self::Csv => "csv",
            Self::Markdown => "markdown",
            Self::Gherkin => "gherkin",
        }
    }
}

impl FromStr for Format {
    type Err = UnknownFormat;

    fn from_str(text: &str) -> Result<Self, UnknownFormat> {
        let word = text.trim().to_lowercase();
        Self::ALL
            .into_iter()
            .find(|format| format.word() == word)
            .ok_or_else(|| UnknownFormat::new(text, &Self::ALL.map(Self::word)))
    }
}

impl FromStr for To {
    type Err = UnknownFormat;

    fn from_str(text: &str) -> Result<Self, UnknownFormat> {
        let word = text.trim().to_lowercase();
        Self::ALL
            .into_iter()
            .find(|format| format.word() == word)
            .ok_or_else(|| UnknownFormat::new(text, &Self::ALL.map(Self::word)))
    }
}

impl fmt::Display for Format {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.word())
    }
}

impl fmt::Display for To {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.word())
    }
}

impl UnknownFormat {
    fn new(word: &str, known: &[&str]) -> Self {
        Self {
            word: word.trim().to_owned(),
            known: known.join(", "),
        }
    }
}

impl fmt::Display for UnknownFormat {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { word, known } = self;
        write!(f, "`{word}` is no format. Use one of: {known}.")
    }
}

impl std::error::Error for UnknownFormat {}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_decides_before_the_content() {
        assert_eq!(Format::detect(Some("a.CSV"), b"{"), Format::Csv);
        assert_eq!(Format::detect(Some("a.txt"), b"Title,Id\n"), Format::Text);
        assert_eq!(Format::detect(Some("x.d/a.json"), b""), Format::Json);
    }

    #[test]
    fn without_a_telling_name_the_beginning_decides() {
        for (bytes, format) in [
            (&b"\xef\xbb\xbf {\"format\":1}"[..], Format::Json),
            (b"Id,Title,Labels\n1,Pay,\n", Format::Csv),
            (b"Epic | User Story\nx | y\n", Format::Csv),
            (b"As a buyer, I want to pay.\n", Format::Text),
            (b"Story of my life, in brief\n", Format::Text),
            (b"", Format::Text),
            (b"\xff\xfe\x00", Format::Text),
        ] {
            assert_eq!(Format::detect(None, bytes), format, "{bytes:?}");
            assert_eq!(Format::detect(Some("-"), bytes), format, "{bytes:?}");
        }
    }

    #[test]
    fn words_are_read_back_and_others_are_refused_with_the_list() {
        for format in Format::ALL {
            assert_eq!(format.word().parse(), Ok(format));
        }
        for to in To::ALL {
            assert_eq!(to.word().to_uppercase().parse(), Ok(to));
        }
        let refused = "xlsx".parse::<To>().unwrap_err().to_string();
        assert_eq!(
            refused,
            "`xlsx` is no format. Use one of: json, csv, markdown, gherkin."
        );
    }
}
