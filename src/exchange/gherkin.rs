//! Stories as Gherkin features: one feature a story, one scenario a criterion.
//!
//! Gherkin knows one feature a file: [`features`] gives each its file name. [`super::export`] strings them together for
//! reading. Every line is valid by construction: only lines that are steps, and tables under them, are written as such.

use crate::language::sentence::compose;
use crate::model::{Backlog, Criterion, Prose, Story};

/// The words before a colon that begin something in Gherkin.
const BLOCKS: [&str; 10] = [
    "feature",
    "background",
    "scenario",
    "scenario outline",
    "scenario template",
    "example",
    "examples",
    "scenarios",
    "rule",
    "ability",
];
/// The words that begin a step.
const STEPS: [&str; 5] = ["Given", "When", "Then", "And", "But"];

/// One file a story: its name and its text.
pub fn features(stories: &[&Story], backlog: &Backlog) -> Vec<(String, String)> {
    stories
        .iter()
        .map(|story| {
            let name = format!("{}.feature", backlog.key(story).to_lowercase());
            (name, feature(story, backlog))
        })
        .collect()
}

/// Writes the features one after the other.
pub(super) fn export(stories: &[&Story], backlog: &Backlog) -> String {
    let features: Vec<String> = stories
        .iter()
        .map(|story| feature(story, backlog))
        .collect();
    features.join("\n")
}

/// Writes one story as a feature.
pub fn feature(story: &Story, backlog: &Backlog) -> String {
    let mut text = String::new();
    let tags: Vec<String> = story.labels.iter().filter_map(|label| tag(label)).collect();
    if !tags.is_empty() {
        push(&mut text, 0, &tags.join(" "));
    }
    push(
        &mut text,
        0,
        &format!("Feature: {} {}", backlog.key(story), one_line(&story.title)),
    );
    if !story.want.is_empty() {
        let sentence = compose(&story.persona, &story.want, &story.benefit);
        describe(&mut text, 2, &one_line(&sentence));
    }
    for (place, criterion) in story.criteria.iter().enumerate() {
        text.push('\n');
        scenario(&mut text, criterion, place + 1);
    }
    text
}

/// What a line of a criterion is.
enum Part {
    Step(String),
    /// The cells of a table row, as text between bars.
    Row(String, usize),
    /// The heading of a table of examples.
    Examples,
    Words(String),
}

fn scenario(text: &mut String, criterion: &Criterion, number: usize) {
    let clean = Prose::parse(&criterion.text);
    let (name, body) = name_of(&clean);
    let parts: Vec<Part> = body.iter().flat_map(|line| parts(line)).collect();
    if !parts.iter().any(|part| matches!(part, Part::Step(_))) {
        let mut words = clean.lines().map(str::trim).filter(|line| !line.is_empty());
        let first = name.or_else(|| words.next().map(str::to_owned));
        push(
            text,
            2,
            &format!("Scenario: {}", first.unwrap_or_else(|| number.to_string())),
        );
        for line in words.filter(|line| block(line).is_none()) {
            describe(text, 4, line);
        }
        describe_examples(text, criterion);
        return;
    }
    let outline = examples(&parts);
    let word = if outline.is_some() {
        "Scenario Outline"
    } else {
        "Scenario"
    };
    let name = name
        .or_else(|| promise(&parts))
        .unwrap_or_else(|| number.to_string());
    push(text, 2, &format!("{word}: {name}"));
    describe_examples(text, criterion);
    let end = outline.unwrap_or(parts.len());
    steps(text, parts.get(..end).unwrap_or_default());
    if outline.is_some() {
        text.push('\n');
        push(text, 4, "Examples:");
        for part in parts.get(end + 1..).unwrap_or_default() {
            if let Part::Row(row, _) = part {
                push(text, 6, row);
            }
        }
    }
}

/// Examples illustrate a criterion; as steps they would ask for tests of their own.
fn describe_examples(text: &mut String, criterion: &Criterion) {
    for example in &criterion.examples {
        describe(text, 4, &format!("e.g. {}", one_line(example)));
    }
}

/// The name in a first line such as `Scenario: paying`, and the other lines.
fn name_of(text: &str) -> (Option<String>, Vec<&str>) {
    let mut lines: Vec<&str> = text
        .lines()
        .map(str::trim)
        .filter(|line| !line.is_empty())
        .collect();
    let name = lines
        .first()
        .and_then(|line| block(line))
        .filter(|(word, _)| word.starts_with("scenario") || word == "example")
        .map(|(_, rest)| rest.to_owned());
    if name.is_some() {
        lines.remove(0);
    }
    (name.filter(|name| !name.is_empty()), lines)
}

/// Writes steps; words that are none go on with the step above, or with the description before the first.
fn steps(text: &mut String, parts: &[Part]) {
    let mut written: Vec<String> = Vec::new();
    let mut described: Vec<&str> = Vec::new();
    let mut width = None;
    for part in parts {
        match part {
            Part::Step(step) => {
                written.push(format!("    {step}"));
                width = Some(0);
            }
            Part::Row(row, cells) if width.is_some_and(|width| width == 0 || width == *cells) => {
                written.push(format!("      {row}"));
                width = Some(*cells);
            }
            Part::Row(words, _) | Part::Words(words) => match written.last_mut() {
                None => described.push(words),
                // A table has ended; what follows it can only be a remark.
                Some(_) if width.is_none_or(|width| width > 0) => {
                    written.push(format!("    # {words}"));
                }
                Some(step) => {
                    step.push(' ');
                    step.push_str(words);
                }
            },
            Part::Examples => {}
        }
    }
    for words in described {
        describe(text, 4, words);
    }
    for line in written {
        text.push_str(&line);
        text.push('\n');
    }
}

/// Where a sound table of examples begins: a heading and after it nothing but rows of one width, two at least.
fn examples(parts: &[Part]) -> Option<usize> {
    let start = parts
        .iter()
        .position(|part| matches!(part, Part::Examples))?;
    let widths: Vec<usize> = parts
        .iter()
        .skip(start + 1)
        .map(|part| match part {
            Part::Row(_, cells) => *cells,
            _ => 0,
        })
        .collect();
    let first = *widths.first().filter(|width| **width > 0)?;
    let has_steps = parts
        .iter()
        .take(start)
        .any(|part| matches!(part, Part::Step(_)));
    (has_steps && widths.len() > 1 && widths.iter().all(|width| *width == first)).then_some(start)
}

/// What a criterion promises names its scenario: the first `Then`, else the first step.
fn promise(parts: &[Part]) -> Option<String> {
    let steps = || {
        parts.iter().filter_map(|part| match part {
            Part::Step(step) => step.split_once(' '),
            _ => None,
        })
    };
    let promise = steps()
        .find(|(word, _)| *word == "Then")
        .or_else(|| steps().next());
    promise.map(|(_, words)| words.to_owned())
}

/// What a line is; several steps on one line are several.
fn parts(line: &str) -> Vec<Part> {
    if let Some(row) = row(line) {
        return vec![row];
    }
    if block(line)
        .is_some_and(|(word, rest)| (word == "examples" || word == "scenarios") && rest.is_empty())
    {
        return vec![Part::Examples];
    }
    if step(line).is_none() {
        return vec![Part::Words(line.to_owned())];
    }
    let mut steps: Vec<String> = Vec::new();
    for word in line.split_whitespace() {
        let opens = STEPS.contains(&word);
        match steps.last_mut() {
            Some(step) if !opens => {
                step.push(' ');
                step.push_str(word);
            }
            _ => steps.push(word.to_owned()),
        }
    }
    steps
        .iter()
        .map(|words| step(words).map_or_else(|| Part::Words(words.clone()), Part::Step))
        .collect()
}

/// The line as a step with its keyword spelled as Gherkin wants it.
fn step(line: &str) -> Option<String> {
    let (word, rest) = line.split_once(char::is_whitespace)?;
    let keyword = STEPS.iter().find(|step| step.eq_ignore_ascii_case(word))?;
    let rest = rest.trim();
    (!rest.is_empty()).then(|| format!("{keyword} {rest}"))
}

/// The line as a table row with its number of cells.
fn row(line: &str) -> Option<Part> {
    let inner = line.strip_prefix('|')?.strip_suffix('|')?;
    // A backslash changes what the bars after it mean; such a row is left as words.
    (!inner.contains('\\')).then(|| Part::Row(line.to_owned(), inner.split('|').count()))
}

/// The word and the rest of a line such as `Scenario: paying`.
fn block(line: &str) -> Option<(String, &str)> {
    let (word, rest) = line.trim().split_once(':')?;
    let word = word.trim().to_lowercase();
    BLOCKS.contains(&word.as_str()).then(|| (word, rest.trim()))
}

/// Writes a line of description so that it cannot be taken for anything else.
fn describe(text: &mut String, indent: usize, line: &str) {
    let line = line.trim();
    let begins = line.starts_with(['@', '#', '|', '*'])
        || line.starts_with("\"\"\"")
        || line.starts_with("```");
    if begins
        || block(line).is_some()
        || line
            .split_whitespace()
            .next()
            .is_some_and(|word| STEPS.contains(&word))
    {
        push(text, indent, &format!("> {line}"));
    } else {
        push(text, indent, line);
    }
}

fn push(text: &mut String, indent: usize, line: &str) {
    text.push_str(&" ".repeat(indent));
    text.push_str(line.trim_end());
    text.push('\n');
}

/// A label as a tag: no blanks, no signs that end a tag.
fn tag(label: &str) -> Option<String> {
    let words: Vec<String> = one_line(label)
        .split_whitespace()
        .map(|word| word.chars().filter(|c| !matches!(c, '@' | '#')).collect())
        .filter(|word: &String| !word.is_empty())
        .collect();
    (!words.is_empty()).then(|| format!("@{}", words.join("-")))
}

fn one_line(text: &str) -> String {
    Prose::parse(text)
        .split_whitespace()
        .collect::<Vec<_>>()
        .join(" ")
}
