//! Splits a cell or a section into acceptance criteria: lists, checkboxes, Given/When/Then blocks, `;`, or one a line.

/// Splits a text into criteria.
pub(super) fn split(text: &str) -> Vec<String> {
    let text = text.replace("\r\n", "\n").replace('\r', "\n");
    let mut parts = Parts::default();
    for line in text.lines() {
        parts.take(line);
    }
    let single = parts.list.len() == 1 && !text.trim().contains('\n');
    parts
        .list
        .into_iter()
        .flat_map(|part| {
            let semicolons = single && !part.is_marked && !starts_step(&part.text);
            one_line_forms(part.text, semicolons)
        })
        .map(|text| text.trim_end().to_owned())
        .filter(|text| text.chars().any(char::is_alphanumeric) && !is_criteria_heading(text))
        .collect()
}

/// A line without its list mark, checkbox or number.
pub(super) fn without_mark(line: &str) -> &str {
    mark(line).map_or(line, |mark| mark.rest)
}

/// Whether the line is a list entry.
pub(super) fn is_marked(line: &str) -> bool {
    mark(line.trim_start()).is_some()
}

/// Whether the line is a list entry with a checkbox.
pub(super) fn is_checkbox(line: &str) -> bool {
    mark(line.trim_start()).is_some_and(|mark| mark.is_box)
}

/// Whether the line begins with a step keyword.
pub(super) fn starts_step(line: &str) -> bool {
    step(line).is_some()
}

/// The step keyword a line begins with, in lower case.
pub(super) fn step(line: &str) -> Option<&'static str> {
    const KEYWORDS: [&str; 7] = [
        "given",
        "when",
        "then",
        "and",
        "but",
        "scenario:",
        "scenario outline:",
    ];
    let line = plain(line).to_lowercase();
    KEYWORDS.into_iter().find(|keyword| {
        line.strip_prefix(keyword).is_some_and(|rest| {
            let rest = rest.trim_start_matches(['*', '_']);
            keyword.ends_with(':') || rest.starts_with([' ', '\t', ':', ','])
        })
    })
}

/// Whether the line announces acceptance criteria and says nothing else.
pub(super) fn is_criteria_heading(line: &str) -> bool {
    let words = super::record::words(line.trim_start_matches("h2.").trim_start_matches("h3."));
    matches!(
        words.as_str(),
        "acceptance criteria"
            | "acceptance criterion"
            | "acceptance criteria ac"
            | "acceptance criterias"
            | "acceptance tests"
            | "acceptance"
            | "conditions of satisfaction"
            | "definition of acceptance"
            | "criteria"
            | "ac"
            | "acs"
            | "受け入れ条件"
            | "akzeptanzkriterien"
            | "criterios de aceptación"
            | "critères d acceptation"
    )
}

/// Without blanks and emphasis around.
fn plain(line: &str) -> &str {
    line.trim_matches(|c: char| c.is_whitespace() || matches!(c, '*' | '_'))
}

struct Mark<'a> {
    rest: &'a str,
    is_nested: bool,
    is_box: bool,
}

/// Takes list marks off the beginning of a line without leading blanks.
fn mark(line: &str) -> Option<Mark<'_>> {
    let (rest, is_nested, listed) = match bullet(line).or_else(|| number(line)) {
        Some((rest, is_nested)) => (rest.trim_start(), is_nested, true),
        None => (line, false, false),
    };
    let boxed = checkbox(rest);
    let rest = match boxed {
        Some(rest) => hash_number(rest.trim_start()),
        None if listed => rest,
        None => return None,
    };
    Some(Mark {
        rest,
        is_nested,
        is_box: boxed.is_some(),
    })
}

/// `- `, `* `, `• `, and wiki lists such as `# ` and `#* `.
fn bullet(line: &str) -> Option<(&str, bool)> {
    let end = line.find(|c| !"-*#+•◦▪·–○●□☐☑✓✔".contains(c))?;
    let (marks, rest) = line.split_at_checked(end)?;
    let spaced = rest.starts_with([' ', '\t', '\u{a0}']);
    let glued = marks.chars().all(|c| "•◦▪○●□☐☑✓✔".contains(c));
    let count = marks.chars().count();
    let sound = count > 0 && (spaced || glued) && !(count > 1 && marks.chars().all(|c| c == '-'));
    sound.then_some((rest, count > 1))
}

/// `1. `, `1) `, `(1) `, `a) `, `AC1: `, `AC-2 - `.
fn number(line: &str) -> Option<(&str, bool)> {
    let ac = line
        .strip_prefix("AC")
        .map(|rest| rest.trim_start_matches([' ', '-', '#']));
    let open = line.strip_prefix('(');
    let start = ac.or(open).unwrap_or(line);
    let end = start
        .find(|c: char| !c.is_ascii_digit())
        .unwrap_or(start.len());
    let (digits, after) = start.split_at_checked(end)?;
    let after = if digits.is_empty() && ac.is_none() {
        let letter = start.chars().next().filter(char::is_ascii_lowercase)?;
        start
            .strip_prefix(letter)
            .filter(|after| after.starts_with(')'))?
    } else if (1..=3).contains(&digits.len()) {
        after
    } else {
        return None;
    };
    let closed = if ac.is_some() {
        let after = after.trim_start();
        after.strip_prefix([':', '.', ')', '-', '–'])?
    } else if open.is_some() {
        after.strip_prefix(')')?
    } else {
        after.strip_prefix(['.', ')'])?
    };
    (closed.is_empty() || closed.starts_with([' ', '\t', '\u{a0}'])).then_some((closed, false))
}

/// `[ ] ` and `[x] `.
fn checkbox(line: &str) -> Option<&str> {
    let rest = ["[ ]", "[x]", "[X]", "[]"]
        .into_iter()
        .find_map(|shape| line.strip_prefix(shape))?;
    (rest.is_empty() || rest.starts_with([' ', '\t'])).then_some(rest)
}

/// `#3 ` behind a checkbox, a number that some tools write there.
fn hash_number(line: &str) -> &str {
    line.strip_prefix('#')
        .map(|rest| (rest, rest.trim_start_matches(|c: char| c.is_ascii_digit())))
        .filter(|(rest, after)| rest.len() > after.len() && after.starts_with(' '))
        .map_or(line, |(_, after)| after.trim_start())
}

#[derive(Default)]
struct Parts {
    list: Vec<Part>,
    /// Whether a blank line came last.
    is_apart: bool,
    /// The indent of the list's top level.
    base: Option<usize>,
}

struct Part {
    text: String,
    is_marked: bool,
}

impl Parts {
    fn take(&mut self, line: &str) {
        let line = line.trim_end();
        let body = line.trim_start();
        if body.is_empty() {
            self.is_apart = true;
            return;
        }
        let indent = line.chars().count() - body.chars().count();
        let joins = match mark(body) {
            Some(mark) => {
                let is_nested = mark.is_nested || self.base.is_some_and(|base| indent > base + 1);
                if !(is_nested && self.list.last().is_some_and(|part| part.is_marked)) {
                    self.base.get_or_insert(indent);
                    self.push(mark.rest, true);
                    self.is_apart = false;
                    return;
                }
                self.join(&format!("- {}", mark.rest));
                true
            }
            None => self.continues(body, indent) && self.join(body),
        };
        if !joins {
            self.push(body, false);
        }
        self.is_apart = false;
    }

    fn push(&mut self, text: &str, is_marked: bool) {
        let text = if step(text).is_some() {
            plain_steps(text)
        } else {
            text.to_owned()
        };
        self.list.push(Part { text, is_marked });
    }

    fn join(&mut self, line: &str) -> bool {
        let Some(part) = self.list.last_mut() else {
            return false;
        };
        part.text.push('\n');
        part.text.push_str(&plain_steps(line));
        true
    }

    /// Whether an unmarked line belongs to the criterion above it.
    fn continues(&self, line: &str, indent: usize) -> bool {
        let Some(part) = self.list.last() else {
            return false;
        };
        let has = |keyword: &str| part.text.lines().any(|line| step(line) == Some(keyword));
        let has_steps = ["given", "when", "then"].into_iter().any(has);
        let headed = part
            .text
            .lines()
            .any(|line| step(line).is_some_and(|word| word.ends_with(':')));
        match step(line) {
            Some(word) if word.ends_with(':') => false,
            Some("given") => !has_steps && !self.is_apart_from(part) && (part.is_marked || headed),
            Some("when") => {
                (has_steps && !(self.is_apart && has("then")))
                    || headed
                    || (part.is_marked && !self.is_apart)
            }
            Some(_) => has_steps || headed || (part.is_marked && !self.is_apart),
            None if line.starts_with('|') || line.starts_with("Examples") => has_steps || headed,
            None if self.is_apart => part.is_marked && indent > self.base.unwrap_or(0) + 1,
            None => part.is_marked || has_steps || headed,
        }
    }

    fn is_apart_from(&self, part: &Part) -> bool {
        self.is_apart && !part.text.ends_with(':')
    }
}

/// Emphasis around a keyword (`*Given* a card`) is for wikis.
fn plain_steps(line: &str) -> String {
    let bare = line.trim_start_matches(['*', '_']);
    if bare.len() == line.len() || step(line).is_none() {
        return line.to_owned();
    }
    let keyword: String = bare.chars().take_while(|c| c.is_alphabetic()).collect();
    let rest = bare.strip_prefix(keyword.as_str()).unwrap_or_default();
    format!("{keyword}{}", rest.trim_start_matches(['*', '_', ':']))
}

/// What stands on one line although it is several: `a; b` and `Given … When … Then …`.
fn one_line_forms(text: String, semicolons: bool) -> Vec<String> {
    if text.contains('\n') {
        return vec![text];
    }
    if matches!(step(&text), Some("given" | "when")) {
        return scenarios(&text);
    }
    if semicolons && text.contains(';') {
        return text
            .split(';')
            .map(|part| part.trim().to_owned())
            .filter(|part| !part.is_empty())
            .collect();
    }
    vec![text]
}

/// Gives every step of a one-line scenario its own line; a second `Given` begins another scenario.
fn scenarios(text: &str) -> Vec<String> {
    let mut all: Vec<String> = Vec::new();
    let mut current = String::new();
    for word in text.split(' ') {
        let opens = matches!(word, "When" | "Then" | "And" | "But");
        if word == "Given" && current.contains("Then ") {
            all.push(std::mem::take(&mut current));
        } else if opens && !current.is_empty() {
            current.truncate(current.trim_end().len());
            current.push('\n');
        } else if !current.is_empty() {
            current.push(' ');
        }
        current.push_str(word);
    }
    all.push(current);
    all
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn assert_split(text: &str, parts: &[&str]) {
        assert_eq!(split(text), parts, "{text}");
    }

    #[test]
    fn lists_of_every_make_are_split_at_their_marks() {
        for text in [
            "- one\n- two",
            "* one\n* two",
            "1. one\n2. two",
            "1) one\r\n2) two",
            "(1) one\n(2) two",
            "a) one\nb) two",
            "# one\n# two",
            "• one\n• two",
            "•one\n•two",
            "- [ ] one\n- [x] two",
            "[ ] one\n[X] two",
            "- [ ] #1 one\n- [ ] #2 two",
            "AC1: one\nAC 2: two",
            "AC-1 - one\nAC-2 - two",
            "one\ntwo",
            "one\n\ntwo",
            "one; two;",
            "Acceptance criteria:\n- one\n\n- two",
        ] {
            assert_split(text, &["one", "two"]);
        }
    }

    #[test]
    fn what_belongs_to_an_entry_stays_with_it() {
        assert_split("# one\n#* deeper\n# two", &["one\n- deeper", "two"]);
        assert_split(
            "- one\n  - deeper\n  still one\n- two",
            &["one\n- deeper\nstill one", "two"],
        );
        assert_split("  - one\n  - two", &["one", "two"]);
        assert_split(
            "1. Paying\nGiven a card\nThen I pay\n2. two",
            &["Paying\nGiven a card\nThen I pay", "two"],
        );
    }

    #[test]
    fn given_when_then_stays_together() {
        let card = "Given a card\nWhen I pay\nThen I get a receipt\nAnd a mail";
        assert_split(card, &[card]);
        assert_split(&format!("{card}\n\n{card}"), &[card, card]);
        assert_split(&format!("{card}\n{card}"), &[card, card]);
        let named = "Scenario: Paying\n  Given a card\n  When I pay\n  Then it is paid";
        let flat = "Scenario: Paying\nGiven a card\nWhen I pay\nThen it is paid";
        assert_split(&format!("{named}\n{named}"), &[flat, flat]);
        assert_split(
            "*Given* a card\n*When* I pay\n*Then* done",
            &["Given a card\nWhen I pay\nThen done"],
        );
        assert_split(
            "Given a; b When I pay Then I am done",
            &["Given a; b\nWhen I pay\nThen I am done"],
        );
        assert_split(
            "Given a Then b Given c Then d",
            &["Given a\nThen b", "Given c\nThen d"],
        );
    }

    #[test]
    fn plain_words_are_no_marks() {
        for text in [
            "1.5 seconds at most",
            "2026 is a year",
            "*Bold* words stay",
            "-5 degrees are shown",
            "Whenever I pay, I get a receipt",
            "AC is cooled",
            "e.g. this",
        ] {
            assert_split(text, &[text]);
        }
        assert_split(" \n---\n", &[]);
    }

    proptest! {
        #[test]
        fn any_text_is_split_without_empty_criteria(text in "([-*#0-9.;|\\[\\] \n]|Given |Then |[a-zé]){0,60}") {
            for part in split(&text) {
                prop_assert!(!part.trim().is_empty());
            }
        }

        #[test]
        fn no_word_is_lost(words in prop::collection::vec("[b-z]{3,8}", 1..12), marks in prop::collection::vec(0usize..6, 12)) {
            let shapes = ["- ", "1. ", "", "Given ", "  * ", "\n"];
            let text: Vec<String> = words.iter().zip(&marks).map(|(word, mark)| format!("{}{word}", shapes[*mark])).collect();
            let split = split(&text.join("\n")).join("\n");
            for word in words.iter().filter(|word| !is_criteria_heading(word)) {
                prop_assert!(split.contains(word.as_str()), "{word} of {text:?} is not in {split:?}");
            }
        }
    }
}
