//! From one line of captured text to a draft of a story: a title, or a whole sentence taken apart.

use super::sentence;
use crate::model::{Draft, Line, Prose, Refusal, Title};

/// Makes a draft of captured text.
///
/// A story sentence is split into persona, want and benefit, and a title is proposed; everything else is a title. Text
/// of several lines keeps what follows the first line as notes. What fits nowhere goes to the notes: nothing is lost.
///
/// # Errors
/// Text without words, and a title that is too long, are refused.
pub fn draft(text: &str) -> Result<Draft, Refusal> {
    let text = text.trim();
    let Some(parsed) = sentence::parse(text) else {
        let (first, rest) = text.split_once('\n').unwrap_or((text, ""));
        let mut draft = Draft::titled(Title::parse(first)?);
        draft.notes = Prose::parse(rest.trim());
        return Ok(draft);
    };
    let mut draft = Draft::titled(Title::parse(&sentence::propose_title(&parsed))?);
    let part = |part: &Option<sentence::Part>| {
        part.as_ref()
            .map(|part| Line::parse(&part.text))
            .unwrap_or_default()
    };
    draft.persona = part(&parsed.persona);
    draft.want = part(&parsed.want);
    draft.benefit = part(&parsed.benefit);
    let rest: Vec<&str> = parsed
        .rest
        .iter()
        .filter_map(|span| text.get(span.clone()))
        .map(str::trim)
        .collect();
    draft.notes = Prose::parse(&rest.join("\n"));
    Ok(draft)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_sentence_is_split_and_gets_a_title() {
        let parsed = draft("As a returning customer, I want to pay with a saved card, so that checkout takes one step.").unwrap();
        assert_eq!(parsed.title.as_str(), "Pay with a saved card");
        assert_eq!(parsed.persona.as_str(), "returning customer");
        assert_eq!(parsed.want.as_str(), "pay with a saved card");
        assert_eq!(parsed.benefit.as_str(), "checkout takes one step");
        assert!(parsed.notes.is_empty());
    }

    #[test]
    fn other_text_is_a_title_and_its_further_lines_are_notes() {
        let parsed = draft("  Fix the VAT line\n\nIt shows 19 %.\nShould be 7 %. ").unwrap();
        assert_eq!(parsed.title.as_str(), "Fix the VAT line");
        assert_eq!(parsed.notes.as_str(), "It shows 19 %.\nShould be 7 %.");
        assert!(parsed.want.is_empty());
    }

    #[test]
    fn empty_text_is_refused() {
        assert_eq!(draft(" \n "), Err(Refusal::EmptyTitle));
    }
}
