//! Text files: one story a line. Every line with words becomes a story or is reported.

use std::collections::HashMap;

use super::record::{Fields, Heading, Identity, Record, Told, fingerprint, words};
use super::report::{ImportError, Imported, decode};
use super::split::without_mark;
use crate::language::sentence::strip_prefix;
use crate::model::{Extra, Line, Prose, Source};

/// What stories from text files have as their source's tool.
const TOOL: &str = "text";

/// Reads a text file.
pub(super) fn read(bytes: &[u8]) -> Result<Imported, ImportError> {
    let text = decode(bytes)?;
    let lines: Vec<(usize, &str)> = text
        .lines()
        .enumerate()
        .map(|(index, line)| (index + 1, line.trim_matches(is_blank)))
        .filter(|(_, line)| !line.is_empty())
        .collect();
    let prefixes = count_prefixes(&lines);
    let mut imported = Imported::default();
    let mut seen: HashMap<String, usize> = HashMap::new();
    for (number, line) in lines {
        imported.read += 1;
        if let Some(reason) = no_story(line) {
            imported.skip(number, reason);
            continue;
        }
        let Some((told, is_cut)) = story(number, line, &prefixes) else {
            imported.skip(number, "The line has no title.");
            continue;
        };
        if let Some(first) = seen.get(&told.names.concat()) {
            imported.skip(number, format!("It says the same as line {first}."));
            continue;
        }
        if is_cut {
            imported.lose("line", super::CUT);
        }
        seen.insert(told.names.concat(), number);
        imported.records.push(Record::Told(Box::new(told)));
    }
    Ok(imported)
}

/// Blanks, and byte order marks, which stand in the middle of files that were put together from others.
fn is_blank(c: char) -> bool {
    c.is_whitespace() || c == '\u{feff}'
}

fn no_story(line: &str) -> Option<&'static str> {
    if line.starts_with("# ") || line.starts_with("## ") || line.starts_with("### ") {
        Some("It is a heading or a comment.")
    } else if !line.chars().any(char::is_alphanumeric) {
        Some("There are no words on the line.")
    } else {
        None
    }
}

/// How many lines begin with each key.
fn count_prefixes<'a>(lines: &[(usize, &'a str)]) -> HashMap<&'a str, usize> {
    let mut prefixes = HashMap::new();
    for (_, line) in lines {
        if let (Some(prefix), _) = strip_prefix(without_mark(line)) {
            *prefixes.entry(prefix).or_default() += 1;
        }
    }
    prefixes
}

/// The story on a line, and whether its title was cut.
fn story(number: usize, line: &str, prefixes: &HashMap<&str, usize>) -> Option<(Told, bool)> {
    let line = without_mark(line);
    let (prefix, body) = strip_prefix(line);
    let heading = Heading::sentence(line).or_else(|| Heading::plain(body))?;
    // A key of its own makes the story the same one after its words have changed; `#G03#` on every line does not.
    let id = match prefix.filter(|prefix| prefixes.get(prefix) == Some(&1)) {
        Some(key) => key.to_owned(),
        None => fingerprint(&words(line)),
    };
    let [persona, want, benefit] = heading.parts.unwrap_or_default();
    let told = Told {
        line: number,
        identity: Identity::Source(Source {
            tool: Line::parse(TOOL),
            id: Line::parse(&id),
            url: Line::default(),
            extra: Extra::new(),
        }),
        title: heading.title,
        fields: Fields {
            persona: Some(persona),
            want: Some(want),
            benefit: Some(benefit),
            notes: Some(Prose::parse(&heading.whole.unwrap_or_default())),
            ..Fields::default()
        },
        status: None,
        status_at: None,
        created: None,
        remarks: Vec::new(),
        waits_for: None,
        names: vec![id],
    };
    Some((told, heading.is_cut))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn told(imported: &Imported) -> Vec<&Told> {
        imported
            .records
            .iter()
            .map(|record| match record {
                Record::Told(told) => &**told,
                Record::Whole { .. } => panic!("a text line is told"),
            })
            .collect()
    }

    #[test]
    fn every_line_with_words_is_a_story() {
        let text = "#G77# As a buyer, I want to pay, so that I am done.\r\n\r\n\u{feff}#G77# As a clerk, I want to refund.\t\n- [ ] Print labels\n";
        let imported = read(text.as_bytes()).unwrap();
        let stories = told(&imported);
        let titles: Vec<&str> = stories.iter().map(|told| told.title.as_str()).collect();
        assert_eq!(titles, ["Pay", "Refund", "Print labels"]);
        let lines: Vec<usize> = stories.iter().map(|told| told.line).collect();
        assert_eq!(lines, [1, 3, 4]);
        assert_eq!(stories[0].fields.benefit.as_deref(), Some("I am done"));
        assert_eq!((imported.read, imported.skipped.len()), (3, 0));
    }

    #[test]
    fn lines_that_are_no_story_are_skipped_with_their_line_and_reason() {
        let imported = read(b"# Sprint 1\nPay\n---\npay.\n").unwrap();
        let skipped: Vec<(usize, &str)> = imported
            .skipped
            .iter()
            .map(|skipped| (skipped.line, skipped.reason.as_str()))
            .collect();
        assert_eq!(
            skipped,
            [
                (1, "It is a heading or a comment."),
                (3, "There are no words on the line."),
                (4, "It says the same as line 2."),
            ]
        );
    }

    #[test]
    fn a_key_of_its_own_is_the_storys_id_and_a_shared_one_is_not() {
        let imported = read(b"US-1: Pay\nUS-2: Refund\n#G1# Print\n#G1# Pack\n").unwrap();
        let ids: Vec<String> = told(&imported)
            .iter()
            .map(|told| told.names.concat())
            .collect();
        assert_eq!(&ids[..2], ["US-1", "US-2"]);
        assert_eq!(ids[2], fingerprint("g1 print"));
        assert_eq!(told(&imported)[0].title.as_str(), "Pay");
    }
}
