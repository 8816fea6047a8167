//! What hides in a description: a section of acceptance criteria, checklists, scenarios, labels, a story sentence. What is taken
//! out is no longer in the notes; everything else stays there word for word.

use super::record::Heading;
use super::split::{is_checkbox, is_criteria_heading, is_marked, split, starts_step, step};
use crate::model::Line;

/// The longest paragraph that may be a story sentence, in characters.
const LONGEST_SENTENCE: usize = 800;
/// The longest persona in a description, in words; beyond it stands prose such as "As agreed at the meeting in spring, …".
const LONGEST_PERSONA: usize = 6;

/// A description taken apart.
#[derive(Debug, Default, PartialEq)]
pub(super) struct Description {
    pub(super) notes: String,
    pub(super) criteria: Vec<String>,
    pub(super) labels: Vec<String>,
    pub(super) parts: Option<[Line; 3]>,
}

/// What to look for.
#[derive(Clone, Copy, Debug)]
pub(super) struct Wanted {
    /// Criteria, because no column holds them.
    pub(super) criteria: bool,
    /// A story sentence, because the title is none.
    pub(super) sentence: bool,
    /// `# ` begins a list entry, not a heading.
    pub(super) is_wiki: bool,
}

/// Takes a description apart.
pub(super) fn read(text: &str, wanted: Wanted) -> Description {
    let text = text.replace("\r\n", "\n").replace('\r', "\n");
    let mut lines: Vec<&str> = text.lines().collect();
    let mut description = Description {
        labels: take_labels(&mut lines),
        ..Description::default()
    };
    if wanted.criteria {
        description.criteria = take_section(&mut lines, wanted.is_wiki)
            .or_else(|| take_checklist(&mut lines))
            .or_else(|| take_scenarios(&mut lines))
            .unwrap_or_default();
    }
    if wanted.sentence {
        description.parts = take_sentence(&mut lines);
    }
    description.notes = lines.join("\n");
    description
}

/// `/label ~setup ~"two words"` lines.
fn take_labels(lines: &mut Vec<&str>) -> Vec<String> {
    let mut labels = Vec::new();
    lines.retain(|line| {
        let Some(list) = line
            .trim()
            .strip_prefix("/label ")
            .filter(|list| list.contains('~'))
        else {
            return true;
        };
        for label in list.split('~').skip(1) {
            let label = label.trim().trim_matches('"').trim();
            labels.extend((!label.is_empty()).then(|| label.to_owned()));
        }
        false
    });
    labels
}

/// The section under a heading such as "Acceptance criteria".
fn take_section(lines: &mut Vec<&str>, is_wiki: bool) -> Option<Vec<String>> {
    let (start, first) = lines
        .iter()
        .enumerate()
        .find_map(|(place, line)| section_start(line).map(|rest| (place, rest)))?;
    let end = section_end(lines, start + 1, is_wiki);
    let body = lines.get(start + 1..end).unwrap_or_default();
    let mut text = first.to_owned();
    for line in body {
        text.push('\n');
        text.push_str(line);
    }
    let criteria = split(&text);
    if criteria.is_empty() {
        return None;
    }
    lines.drain(start..end);
    Some(criteria)
}

/// What follows the heading on its line, where the line is the heading of the section.
fn section_start(line: &str) -> Option<&str> {
    if is_criteria_heading(line) {
        return Some("");
    }
    let (head, rest) = line.split_once([':', '：'])?;
    let is_heading = is_criteria_heading(head) && head.chars().count() > 3;
    is_heading.then(|| rest.trim_start_matches(['*', '_']).trim())
}

fn section_end(lines: &[&str], start: usize, is_wiki: bool) -> usize {
    let (mut is_apart, mut has_entry, mut has_list) = (false, false, false);
    for (place, line) in lines.iter().enumerate().skip(start) {
        let body = line.trim();
        if body.is_empty() {
            is_apart = true;
            continue;
        }
        let is_entry = is_marked(body) && (is_wiki || !is_markdown_heading(body));
        let is_indented = line.starts_with([' ', '\t']);
        let is_over = is_heading(body, is_wiki)
            || (has_list && is_apart && !is_entry && !is_indented && !starts_step(body));
        if has_entry && is_over || is_heading(body, is_wiki) {
            return place;
        }
        has_entry = true;
        has_list |= is_entry;
        is_apart = false;
    }
    lines.len()
}

fn is_markdown_heading(line: &str) -> bool {
    line.starts_with('#') && line.trim_start_matches('#').starts_with(' ')
}

fn is_heading(line: &str, is_wiki: bool) -> bool {
    if is_wiki {
        let level = line
            .strip_prefix('h')
            .map(|rest| rest.trim_start_matches(|c: char| c.is_ascii_digit()));
        if level.is_some_and(|rest| rest.starts_with(". ") && line.len() > rest.len() + 1) {
            return true;
        }
    } else if is_markdown_heading(line) {
        return true;
    }
    let bare = line.trim_matches(['*', '_', ':', ' ']);
    let is_bold = line.starts_with(['*', '_'])
        && line.trim_end_matches(':').ends_with(['*', '_'])
        && !is_marked(line);
    let announces = line.ends_with(':') && !is_marked(line) && bare.split_whitespace().count() <= 4;
    (is_bold || announces)
        && step(line).is_none()
        && !bare.is_empty()
        && !bare.starts_with("Examples")
}

/// Boxes to tick, unless they stand under a heading that says what else they are.
fn take_checklist(lines: &mut Vec<&str>) -> Option<Vec<String>> {
    let first = lines.iter().position(|line| is_checkbox(line))?;
    let heading = lines
        .iter()
        .take(first)
        .rev()
        .find(|line| is_heading(line.trim(), false))
        .map(|line| line.to_lowercase());
    if heading.is_some_and(|heading| {
        ["done", "task", "todo", "to do", "plan", "step"]
            .iter()
            .any(|word| heading.contains(word))
    }) {
        return None;
    }
    let end = lines
        .iter()
        .enumerate()
        .skip(first)
        .find(|(_, line)| {
            !line.trim().is_empty() && !is_checkbox(line) && !line.starts_with([' ', '\t'])
        })
        .map_or(lines.len(), |(place, _)| place);
    let taken: Vec<&str> = lines.drain(first..end).collect();
    Some(split(&taken.join("\n")))
}

/// Paragraphs with a `Then`, from their first step on.
fn take_scenarios(lines: &mut Vec<&str>) -> Option<Vec<String>> {
    let mut kept = Vec::new();
    let mut blocks: Vec<String> = Vec::new();
    for paragraph in lines.split(|line| line.trim().is_empty()) {
        let starts = |line: &&str| {
            matches!(
                step(line),
                Some("given" | "when" | "scenario:" | "scenario outline:")
            )
        };
        let first = paragraph.iter().position(starts);
        let has_then = paragraph.iter().any(|line| step(line) == Some("then"));
        let (before, block) = match first.filter(|_| has_then) {
            Some(first) => paragraph
                .split_at_checked(first)
                .unwrap_or((paragraph, &[])),
            None => (paragraph, &[][..]),
        };
        if !kept.is_empty() && !before.is_empty() {
            kept.push("");
        }
        kept.extend_from_slice(before);
        if !block.is_empty() {
            blocks.push(block.join("\n"));
        }
    }
    if blocks.is_empty() {
        return None;
    }
    *lines = kept;
    Some(split(&blocks.join("\n\n")))
}

/// A story sentence among the first paragraphs.
fn take_sentence(lines: &mut Vec<&str>) -> Option<[Line; 3]> {
    let mut start = 0;
    for _ in 0..3 {
        start += lines
            .iter()
            .skip(start)
            .take_while(|line| line.trim().is_empty())
            .count();
        let length = lines
            .iter()
            .skip(start)
            .take_while(|line| !line.trim().is_empty())
            .count();
        let paragraph = lines.get(start..start + length)?.join("\n");
        if length == 0 {
            return None;
        }
        let is_short = paragraph.chars().count() <= LONGEST_SENTENCE;
        if is_short && let Some(heading) = Heading::sentence(&paragraph).filter(names_a_person) {
            if heading.whole.is_none() {
                lines.drain(start..start + length);
            }
            return heading.parts;
        }
        start += length;
    }
    None
}

fn names_a_person(heading: &Heading) -> bool {
    let persona = heading.parts.as_ref().map_or("", |[persona, ..]| persona);
    persona.split_whitespace().count() <= LONGEST_PERSONA
}

#[cfg(test)]
mod tests {
    use super::*;

    const ALL: Wanted = Wanted {
        criteria: true,
        sentence: true,
        is_wiki: false,
    };

    fn assert_read(text: &str, notes: &str, criteria: &[&str]) {
        let read = read(text, ALL);
        assert_eq!(
            (
                read.notes.trim(),
                read.criteria.iter().map(String::as_str).collect::<Vec<_>>()
            ),
            (notes, criteria.to_vec()),
            "{text}"
        );
    }

    #[test]
    fn a_section_of_criteria_leaves_the_notes() {
        assert_read(
            "Why.\n\n## Acceptance criteria\n\n- one\n- two\n\n## Design\nBlue.",
            "Why.\n\n## Design\nBlue.",
            &["one", "two"],
        );
        assert_read(
            "**Acceptance Criteria:**\n1. one\n2. two\n\nSome more words.",
            "Some more words.",
            &["one", "two"],
        );
        assert_read(
            "Why.\nAcceptance criteria: it is blue",
            "Why.",
            &["it is blue"],
        );
        assert_read(
            "Acceptance criteria:\nNotes:\nnothing",
            "Acceptance criteria:\nNotes:\nnothing",
            &[],
        );
        assert_read("AC:\n- one\n*Open:* ask", "", &["one\n*Open:* ask"]);
    }

    #[test]
    fn in_a_wiki_a_hash_is_a_number() {
        let wiki = Wanted {
            is_wiki: true,
            ..ALL
        };
        let text = "h2. Acceptance Criteria\n# one\n#* more\n# two\nh2. Links\nnone";
        let found = read(text, wiki);
        assert_eq!(found.criteria, ["one\n- more", "two"]);
        assert_eq!(found.notes, "h2. Links\nnone");
    }

    #[test]
    fn checklists_and_scenarios_are_criteria_where_no_section_is() {
        assert_read("Do it.\n- [ ] one\n- [x] two\n", "Do it.", &["one", "two"]);
        let tasks = "## Tasks\n- [ ] one";
        assert_read(tasks, tasks, &[]);
        assert_read(
            "As a user\nWhen I pay\nThen I see it\n\nremember!",
            "As a user\n\nremember!",
            &["When I pay\nThen I see it"],
        );
        let prose = "When I pay\nthe page is slow.";
        assert_read(prose, prose, &[]);
    }

    #[test]
    fn a_story_sentence_gives_its_parts() {
        let read = read("As a buyer\nI want to pay\nSo that I am done\n\nMore.", ALL);
        assert_eq!(
            read.parts.unwrap().each_ref().map(Line::as_str),
            ["buyer", "pay", "I am done"]
        );
        assert_eq!(read.notes.trim(), "More.");
    }

    #[test]
    fn prose_that_begins_like_a_sentence_is_none() {
        let prose = "As agreed by all at the meeting in spring, we need this plan to move on.";
        assert_eq!(read(prose, ALL).parts, None);
    }

    #[test]
    fn quick_actions_become_labels() {
        let read = read("Do it.\n\n/label ~setup ~\"two words\"", ALL);
        assert_eq!(read.labels, ["setup", "two words"]);
        assert_eq!(read.notes.trim(), "Do it.");
    }
}
