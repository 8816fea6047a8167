//! Stories as Gherkin features: one feature a story; a criterion told in steps is a scenario, any other a rule.
//!
//! Gherkin knows one feature a file: [`file()`] makes such a file with its name. [`super::export`] strings features
//! together for reading. Every line is valid by construction: only lines that are steps, and tables under them, are
//! written as such. A criterion in words is no scenario, because a scenario in which nothing is done passes.

mod dialect;
mod file;

use self::dialect::{Block, Dialect, Step};
pub use self::file::{FeatureFile, Mark, file, is_feature_file};
use crate::language::sentence::compose;
use crate::model::{Backlog, Criterion, Prose, Story};

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
    let dialect = Dialect::of(story);
    let header = dialect.header().map(|line| format!("{line}\n"));
    header.unwrap_or_default() + &body(story, backlog, dialect)
}

/// Writes the feature below the line that names its language.
fn body(story: &Story, backlog: &Backlog, dialect: &'static Dialect) -> String {
    let mut page = Page::new(dialect);
    let key = backlog.key(story);
    page.push(0, &tags(story, &key).join(" "));
    let word = dialect.word(Block::Feature);
    page.push(0, &format!("{word}: {key} {}", one_line(&story.title)));
    if !story.want.is_empty() {
        let sentence = compose(&story.persona, &story.want, &story.benefit);
        page.describe(2, &one_line(&sentence));
    }
    let cases: Vec<Case> = story
        .criteria
        .iter()
        .zip(1..)
        .map(|(criterion, number)| Case::of(criterion, number, dialect))
        .collect();
    // Whatever follows a rule belongs to it, so the scenarios that stand by themselves come first.
    for case in cases.iter().filter(|case| case.is_scenario()) {
        page.scenario(2, case);
        for example in &case.examples {
            page.scenario(2, example);
        }
    }
    for case in cases.iter().filter(|case| !case.is_scenario()) {
        page.rule(case);
    }
    page.text
}

/// A criterion, or an example of one, taken apart.
struct Case {
    number: usize,
    /// What was written after `Scenario:`.
    name: Option<String>,
    parts: Vec<Part>,
    /// Remarks: the examples that are not told in steps.
    remarks: Vec<String>,
    /// The examples that are.
    examples: Vec<Self>,
}

/// What a line of a criterion is.
enum Part {
    Step(Step, &'static str, String),
    /// The cells of a table row, as text between bars.
    Row(String, usize),
    /// The heading of a table of examples.
    Examples,
    Words(String),
}

impl Case {
    fn of(criterion: &Criterion, number: usize, dialect: &Dialect) -> Self {
        let mut case = Self::read(&criterion.text, number, dialect);
        for example in &criterion.examples {
            let read = Self::read(example, number, dialect);
            if read.is_scenario() && read.steps().any(|(step, _)| step == Step::Then) {
                case.examples.push(read);
            } else {
                // As steps it would ask for a test of its own.
                case.remarks.push(format!("e.g. {}", one_line(example)));
            }
        }
        case
    }

    fn read(text: &str, number: usize, dialect: &Dialect) -> Self {
        let clean = Prose::parse(text);
        let mut lines = clean
            .lines()
            .map(str::trim)
            .filter(|line| !line.is_empty())
            .peekable();
        let named = lines.peek().and_then(|line| dialect.block(line));
        let is_name = |block| matches!(block, Block::Scenario | Block::Outline | Block::Rule);
        let named = named.filter(|(block, _)| is_name(*block));
        if named.is_some() {
            lines.next();
        }
        let name = named.map(|(_, rest)| rest.to_owned());
        Self {
            number,
            name: name.filter(|name| !name.is_empty()),
            parts: lines.flat_map(|line| parts(line, dialect)).collect(),
            remarks: Vec::new(),
            examples: Vec::new(),
        }
    }

    fn steps(&self) -> impl Iterator<Item = (Step, &str)> {
        self.parts.iter().filter_map(|part| match part {
            Part::Step(step, _, words) => Some((*step, words.as_str())),
            _ => None,
        })
    }

    /// Whether it is told in steps; one alone is an ordinary sentence: "When the paper is out, nothing is lost."
    fn is_scenario(&self) -> bool {
        let has_table = || self.parts.iter().any(|part| matches!(part, Part::Row(..)));
        let steps = self.steps().count();
        steps > 1 || (steps == 1 && has_table())
    }

    /// What it promises names a scenario: the first `Then`, else the first step.
    fn title(&self) -> String {
        let promise = || {
            let then = self.steps().find(|(step, _)| *step == Step::Then);
            then.or_else(|| self.steps().next())
                .map(|(_, words)| words.to_owned())
        };
        self.name
            .clone()
            .or_else(promise)
            .unwrap_or_else(|| self.number.to_string())
    }

    /// Where a sound table of examples begins: a heading and after it nothing but rows of one width, two at least.
    fn table(&self) -> Option<usize> {
        let is_heading = |part: &Part| matches!(part, Part::Examples);
        let start = self.parts.iter().position(is_heading)?;
        let rows = self.parts.iter().skip(start + 1);
        let widths: Vec<usize> = rows
            .map(|part| match part {
                Part::Row(_, cells) => *cells,
                _ => 0,
            })
            .collect();
        let first = *widths.first().filter(|width| **width > 0)?;
        let mut before = self.parts.iter().take(start);
        let has_steps = before.any(|part| matches!(part, Part::Step(..)));
        (has_steps && widths.len() > 1 && widths.iter().all(|width| *width == first))
            .then_some(start)
    }
}

/// A feature being written.
struct Page {
    text: String,
    dialect: &'static Dialect,
    /// The scenarios' names so far, in lower case: some programs make a function of each.
    names: Vec<String>,
}

impl Page {
    const fn new(dialect: &'static Dialect) -> Self {
        Self {
            text: String::new(),
            dialect,
            names: Vec::new(),
        }
    }

    fn scenario(&mut self, indent: usize, case: &Case) {
        let table = case.table();
        let block = if table.is_some() {
            Block::Outline
        } else {
            Block::Scenario
        };
        let name = self.only(&case.title());
        let word = self.dialect.word(block);
        self.text.push('\n');
        self.push(indent, &format!("{word}: {name}"));
        for remark in &case.remarks {
            self.describe(indent + 2, remark);
        }
        let end = table.unwrap_or(case.parts.len());
        self.steps(indent + 2, case.parts.get(..end).unwrap_or_default());
        if table.is_some() {
            self.text.push('\n');
            self.push(
                indent + 2,
                &format!("{}:", self.dialect.word(Block::Examples)),
            );
            for part in case.parts.get(end + 1..).unwrap_or_default() {
                if let Part::Row(row, _) = part {
                    self.push(indent + 4, row);
                }
            }
        }
    }

    /// Writes a criterion without steps: its first line is the rule, the others describe it.
    fn rule(&mut self, case: &Case) {
        let mut words = case.parts.iter().filter_map(|part| match part {
            Part::Words(words) | Part::Row(words, _) => Some(words.clone()),
            Part::Step(_, word, rest) => Some(format!("{word}{rest}")),
            Part::Examples => None,
        });
        let title = case.name.clone().or_else(|| words.next());
        let title = title.unwrap_or_else(|| case.number.to_string());
        let word = self.dialect.word(Block::Rule);
        self.text.push('\n');
        self.push(2, &format!("{word}: {title}"));
        for line in words {
            self.describe(4, &line);
        }
        for remark in &case.remarks {
            self.describe(4, remark);
        }
        for example in &case.examples {
            self.scenario(4, example);
        }
    }

    /// Writes steps; words that are none go on with the step above, or with the description before the first.
    fn steps(&mut self, indent: usize, parts: &[Part]) {
        let outer = " ".repeat(indent);
        let mut written: Vec<String> = Vec::new();
        let mut described: Vec<&str> = Vec::new();
        let mut width = None;
        for part in parts {
            match part {
                Part::Step(_, word, words) => {
                    written.push(format!("{outer}{word}{words}"));
                    width = Some(0);
                }
                Part::Row(row, cells)
                    if width.is_some_and(|width| width == 0 || width == *cells) =>
                {
                    written.push(format!("{outer}  {row}"));
                    width = Some(*cells);
                }
                Part::Row(words, _) | Part::Words(words) => match written.last_mut() {
                    None => described.push(words),
                    // A table has ended; what follows it can only be a remark.
                    Some(_) if width.is_none_or(|width| width > 0) => {
                        written.push(format!("{outer}# {words}"));
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
            self.describe(indent, words);
        }
        for line in written {
            self.text.push_str(&line);
            self.text.push('\n');
        }
    }

    /// The name, with a number behind it where a scenario before has it.
    fn only(&mut self, name: &str) -> String {
        let mut only = name.to_owned();
        let mut number = 1;
        while self.names.contains(&only.to_lowercase()) {
            number += 1;
            only = format!("{name} ({number})");
        }
        self.names.push(only.to_lowercase());
        only
    }

    /// Writes a line of description so that it cannot be taken for anything else.
    fn describe(&mut self, indent: usize, line: &str) {
        let line = line.trim();
        if self.dialect.takes(line) {
            self.push(indent, &format!("> {line}"));
        } else {
            self.push(indent, line);
        }
    }

    fn push(&mut self, indent: usize, line: &str) {
        self.text.push_str(&" ".repeat(indent));
        self.text.push_str(line.trim_end());
        self.text.push('\n');
    }
}

/// What a line is; several steps on one line are several.
fn parts(line: &str, dialect: &Dialect) -> Vec<Part> {
    if let Some(row) = row(line) {
        return vec![row];
    }
    if dialect.block(line) == Some((Block::Examples, "")) {
        return vec![Part::Examples];
    }
    if dialect.step(line).is_none() {
        return vec![Part::Words(line.to_owned())];
    }
    let mut steps: Vec<String> = Vec::new();
    for word in line.split_whitespace() {
        match steps.last_mut() {
            Some(step) if !dialect.opens_step(word) => {
                step.push(' ');
                step.push_str(word);
            }
            _ => steps.push(word.to_owned()),
        }
    }
    let part = |words: &String| match dialect.step(words) {
        Some((step, word, rest)) => Part::Step(step, word, rest.to_owned()),
        None => Part::Words(words.clone()),
    };
    steps.iter().map(part).collect()
}

/// The line as a table row with its number of cells.
fn row(line: &str) -> Option<Part> {
    let inner = line.strip_prefix('|')?.strip_suffix('|')?;
    // A backslash changes what the bars after it mean; such a row is left as words.
    (!inner.contains('\\')).then(|| Part::Row(line.to_owned(), inner.split('|').count()))
}

/// The tags to choose stories by: the key, the status and the labels.
fn tags(story: &Story, key: &str) -> Vec<String> {
    let known = [key.to_owned(), format!("status:{}", story.status)];
    let labels = story.labels.iter().map(ToString::to_string);
    let mut tags: Vec<String> = Vec::new();
    for tag in known
        .into_iter()
        .chain(labels)
        .filter_map(|word| tag(&word))
    {
        if !tags.contains(&tag) {
            tags.push(tag);
        }
    }
    tags
}

/// A label as a tag: no blanks, no signs that end a tag.
fn tag(label: &str) -> Option<String> {
    let ends_a_tag = |c: char| matches!(c, '@' | '#' | '\u{feff}');
    let words: Vec<String> = one_line(label)
        .split_whitespace()
        .map(|word| word.chars().filter(|c| !ends_a_tag(*c)).collect())
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
