//! Repairs: what can be done about a finding at once.

use std::ops::Range;

use super::{Finding, Spot};
use crate::model::{Draft, Edit, Line, Prose, Refusal, Story, Title};

/// What can be done about a finding at once.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Repair {
    /// Make two stories of it.
    Split {
        /// What stays.
        first: String,
        /// What goes into a story of its own.
        second: String,
    },
    /// Move the place to the notes.
    ToNotes,
    /// Take the benefit away, as it says nothing new.
    DropBenefit,
}

/// What a repair changes.
#[derive(Clone, Debug, PartialEq)]
pub struct Mended {
    /// The story's fields.
    pub edits: Vec<Edit>,
    /// A story beside it.
    pub beside: Option<Draft>,
}

impl Repair {
    /// What it does, in a few words.
    pub const fn words(&self) -> &'static str {
        match self {
            Self::Split { .. } => "make two stories of it",
            Self::ToNotes => "move it to the notes",
            Self::DropBenefit => "take the benefit away",
        }
    }

    /// What the repair of a finding changes in its story.
    ///
    /// # Errors
    /// A title would be left without words.
    pub fn mend(&self, finding: &Finding, story: &Story) -> Result<Mended, Refusal> {
        match self {
            Self::Split { first, second } => split(finding.spot, first, second, story),
            Self::ToNotes => {
                let text = finding.spot.text(story);
                let (rest, moved) = cut(text, finding.span.clone());
                let notes = [story.notes.as_str(), &moved].join("\n");
                let edits = vec![
                    edit(finding.spot, &rest)?,
                    Edit::Notes(Prose::parse(notes.trim())),
                ];
                Ok(Mended {
                    edits,
                    beside: None,
                })
            }
            Self::DropBenefit => Ok(Mended {
                edits: vec![Edit::Benefit(Line::default())],
                beside: None,
            }),
        }
    }
}

fn split(spot: Spot, first: &str, second: &str, story: &Story) -> Result<Mended, Refusal> {
    let mut draft = Draft::titled(Title::parse(&capitalised(second))?);
    draft.kind = story.kind;
    draft.persona = story.persona.clone();
    if spot == Spot::Want {
        draft.want = Line::parse(second);
    }
    draft.benefit = story.benefit.clone();
    draft.labels.clone_from(&story.labels);
    draft.epic = story.epic.clone();
    draft.problem = story.problem;
    let mut edits = vec![edit(spot, first)?];
    // A title that is the want says now what the want says.
    if spot == Spot::Want && story.title.to_lowercase() == story.want.to_lowercase() {
        edits.push(Edit::Title(Title::parse(&capitalised(first))?));
    }
    Ok(Mended {
        edits,
        beside: Some(draft),
    })
}

fn edit(spot: Spot, text: &str) -> Result<Edit, Refusal> {
    Ok(match spot {
        Spot::Persona => Edit::Persona(Line::parse(text)),
        Spot::Want => Edit::Want(Line::parse(text)),
        Spot::Benefit => Edit::Benefit(Line::parse(text)),
        _ => Edit::Title(Title::parse(text)?),
    })
}

/// A text without a part of it, and the part; the signs that led to it go with neither.
fn cut(text: &str, span: Range<usize>) -> (String, String) {
    let before = text.get(..span.start).unwrap_or_default().trim_end();
    let after = text.get(span.end..).unwrap_or_default().trim_start();
    let rest = match (before.is_empty(), after.is_empty()) {
        (false, false) if after.starts_with([',', '.', ';']) => format!("{before}{after}"),
        (false, false) => format!("{before} {after}"),
        _ => format!("{before}{after}"),
    };
    let lead = |c: char| {
        c.is_whitespace() || matches!(c, '.' | ';' | ':' | '?' | '!' | '-' | '–' | '—' | '*')
    };
    let moved = text
        .get(span)
        .unwrap_or_default()
        .trim_start_matches(lead)
        .trim_end();
    (rest, moved.to_owned())
}

fn capitalised(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map_or_else(String::new, |first| {
        first.to_uppercase().chain(letters).collect()
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_moved_loses_what_led_to_it() {
        let text = "pay (see the mock-up) by card";
        assert_eq!(
            cut(text, 4..21),
            ("pay by card".to_owned(), "(see the mock-up)".to_owned())
        );
        let text = "pay by card. It is slow";
        assert_eq!(
            cut(text, 11..23),
            ("pay by card".to_owned(), "It is slow".to_owned())
        );
    }
}
