//! People's words inside a Markdown document: they read there as they were written, and nothing in them swallows or
//! changes what stands around them. Control characters do not get out.
//!
//! Left at work are what can do no harm beyond its own line and is useful to readers: `code`, links and addresses.

use super::markdown::{clean, line};
use crate::harmless::is_hostile;
use crate::model::review::Shown;

/// At least so many signs stand around a block of code.
const FENCE: usize = 3;
/// From so many blanks on a line could be taken for code.
const CODE_INDENT: usize = 4;
/// Headings in a story's notes go so much deeper: they stand below those of the story's own sections.
const DEEPER: usize = 3;
/// The deepest heading there is.
const DEEPEST: usize = 6;
/// What a line of Markdown may be indented by.
const BLANKS: [char; 2] = [' ', '\t'];

/// Words on one line, behind others.
pub(super) fn one_line(text: &str) -> String {
    quoted(&line(text), false, "")
}

/// Words that begin a line or a list entry; their further lines are indented.
pub(super) fn opening(text: &str, indent: &str) -> String {
    quoted(text, true, indent)
}

/// Words behind others on their line; their further lines are indented.
pub(super) fn following(text: &str, indent: &str) -> String {
    quoted(text, false, indent)
}

/// What was seen, behind what it is called: a command's output is a block of code below it.
pub(super) fn seen(text: &str, indent: &str) -> String {
    if Shown::is_output(text) {
        format!("\n{indent}{}", fenced(text, indent))
    } else {
        format!(" {}", following(text, indent))
    }
}

/// A block of code whose fence nothing in it can close.
fn fenced(text: &str, indent: &str) -> String {
    let text = harmless(text);
    let longest = text.split(|c| c != '`').map(str::len).max().unwrap_or(0);
    let fence = "`".repeat(FENCE.max(longest + 1));
    let lines = text.replace('\n', &format!("\n{indent}"));
    format!("{fence}\n{indent}{lines}\n{indent}{fence}")
}

/// Markdown that somebody wrote, as a part of a larger document: its headings go deeper, its blocks of code end, and
/// tags are words.
pub(super) fn contained(text: &str) -> String {
    let mut contained = Contained::default();
    for line in harmless(text).lines() {
        contained.take(line);
    }
    if let Some(fence) = contained.fence.take() {
        contained.lines.push(fence.closing());
    }
    contained.lines.join("\n")
}

/// Text of several lines without anything that acts on a terminal or turns the text round.
///
/// What is invisible goes before anything is quoted: taken out later it could bring a sign and a letter together.
fn harmless(text: &str) -> String {
    let clean = clean(text);
    clean
        .chars()
        .filter(|c| matches!(c, '\n' | '\t') || !is_hostile(*c))
        .collect()
}

fn quoted(text: &str, begins: bool, indent: &str) -> String {
    let text = harmless(text);
    let lines = text.trim().lines().enumerate();
    let lines: Vec<String> = lines
        .map(|(index, line)| escaped(line, begins || index > 0))
        .collect();
    // Two blanks at the end keep Given, When and Then on lines of their own.
    lines.join(&format!("  \n{indent}"))
}

/// A line whose signs are words; one that begins a line of the document cannot begin a block there.
fn escaped(line: &str, begins: bool) -> String {
    let body = line.trim();
    let block = begins.then(|| block_mark(body)).flatten();
    let mut out = String::with_capacity(line.len());
    if begins {
        let lead = line.chars().take_while(|c| c.is_whitespace()).count();
        out.push_str(&" ".repeat(lead.min(CODE_INDENT - 1)));
    }
    let mut before = None;
    let mut is_address = false;
    let mut rest = body;
    while let Some(sign) = rest.chars().next() {
        let length = if sign == '`' {
            ticks(rest, &mut out)
        } else {
            let behind = rest.get(sign.len_utf8()..).unwrap_or_default();
            is_address = !sign.is_whitespace()
                && sign != '<'
                && (is_address || begins_address(rest, before));
            let is_mark = block == Some(body.len() - rest.len());
            if is_mark || acts(sign, before, behind, is_address) {
                out.push('\\');
            }
            out.push(sign);
            sign.len_utf8()
        };
        before = Some(sign);
        rest = rest.get(length..).unwrap_or_default();
    }
    out
}

/// Writes what begins with a backtick: a whole piece of code as it is, else the signs as signs; answers its length.
fn ticks(rest: &str, out: &mut String) -> usize {
    let run = run(rest);
    if let Some(code) = code(rest) {
        out.push_str(code);
        return code.len();
    }
    out.push_str(&"\\`".repeat(run));
    run
}

/// How many backticks stand at the beginning.
fn run(text: &str) -> usize {
    text.len() - text.trim_start_matches('`').len()
}

/// The piece of code at the beginning, with its signs.
fn code(text: &str) -> Option<&str> {
    let fence = run(text);
    if fence == 0 {
        return None;
    }
    let mut at = fence;
    loop {
        at += text.get(at..)?.find('`')?;
        let closing = run(text.get(at..)?);
        at += closing;
        if closing == fence {
            return text.get(..at);
        }
    }
}

/// Where a sign stands that would make the line begin a block, and not go on with the words before it.
fn block_mark(body: &str) -> Option<usize> {
    let is_alone = |rest: &str| rest.is_empty() || rest.starts_with(char::is_whitespace);
    let behind = |signs: &[char]| body.trim_start_matches(signs);
    let is_rule = body
        .chars()
        .all(|c| matches!(c, '=' | '-' | '|' | ':' | '_' | ' ' | '\t'));
    let digits = body.len() - body.trim_start_matches(|c: char| c.is_ascii_digit()).len();
    let number = body
        .get(digits..)
        .and_then(|rest| rest.strip_prefix(['.', ')']));
    let is_box = ["[ ]", "[x]", "[X]"]
        .iter()
        .any(|sign| body.starts_with(sign));
    let marks = match body.chars().next()? {
        '>' => true,
        '#' => is_alone(behind(&['#'])),
        '-' | '+' | '*' => is_rule || body.get(1..).is_some_and(is_alone),
        '[' => is_box || body.contains("]:"),
        _ => is_rule,
    };
    let numbers = || (digits > 0 && number.is_some_and(is_alone)).then_some(digits);
    marks.then_some(0).or_else(numbers)
}

/// Whether a sign would do something where it stands in a line.
fn acts(sign: char, before: Option<char>, behind: &str, is_address: bool) -> bool {
    let next = behind.chars().next();
    let is_blank = |c: Option<char>| c.is_none_or(char::is_whitespace);
    let is_word = |c: Option<char>| c.is_some_and(char::is_alphanumeric);
    let stands_alone = is_blank(before) && is_blank(next);
    match sign {
        '<' => next.is_some_and(|c| c.is_ascii_alphabetic() || matches!(c, '/' | '!' | '?')),
        '[' => before == Some('!') || next == Some('^'),
        '\\' => next.is_none_or(|c| c.is_ascii_punctuation()),
        // A row of them at the end of a heading would not be shown.
        '#' => is_blank(before) && behind.trim_start_matches('#').is_empty(),
        '&' => is_entity(behind),
        '*' => !stands_alone,
        '~' => !is_address && !stands_alone,
        '_' => !(is_address || stands_alone || is_word(before) && is_word(next)),
        _ => false,
    }
}

/// Whether a name or a number of a character follows, as in `&copy;`.
fn is_entity(behind: &str) -> bool {
    let name = behind.split(';').next().unwrap_or_default();
    let name_fits =
        |name: &str| !name.is_empty() && name.chars().all(|c| c.is_ascii_alphanumeric());
    name.len() < behind.len() && name_fits(name.strip_prefix('#').unwrap_or(name))
}

/// Whether the address of a page begins here; its signs are its own.
fn begins_address(rest: &str, before: Option<char>) -> bool {
    let is_one = rest.starts_with("https://") || rest.starts_with("http://");
    is_one && !before.is_some_and(char::is_alphanumeric)
}

/// Markdown that is being made a part of a larger document.
#[derive(Default)]
struct Contained {
    lines: Vec<String>,
    /// The block of code that is open.
    fence: Option<Fence>,
    /// Whether the line before can be made a heading by a line of signs below it.
    is_in_paragraph: bool,
    /// Whether a backtick of this paragraph has no other on its line, so that what is code here cannot be told.
    is_in_doubt: bool,
}

/// The beginning of a block of code.
struct Fence {
    indent: usize,
    sign: char,
    length: usize,
}

impl Contained {
    fn take(&mut self, line: &str) {
        let body = line.trim_start_matches(BLANKS);
        let lead = line.strip_suffix(body).unwrap_or_default();
        let indent = columns(lead);
        if let Some(fence) = self.fence.take() {
            let closes = fence.is_closed_by(body, indent);
            if !closes && (indent >= fence.indent || body.trim().is_empty()) {
                self.fence = Some(fence);
                self.lines.push(line.to_owned());
                return;
            }
            // Behind a list the block ends by itself, elsewhere it does not; with this line it does everywhere.
            self.lines.push(fence.closing());
            if closes {
                return;
            }
        }
        self.fence = Fence::opened_by(line);
        if self.fence.is_some() {
            (self.is_in_paragraph, self.is_in_doubt) = (false, false);
            self.lines.push(line.to_owned());
            return;
        }
        let is_underline = is_row(body, &['=']) || is_row(body, &['-']);
        let heading = body.len() - body.trim_start_matches('#').len();
        let is_heading = heading > 0 && block_mark(body) == Some(0);
        let made = if is_heading {
            let deeper = DEEPEST.min(heading + DEEPER).saturating_sub(heading);
            "#".repeat(deeper) + &self.without_tags(body)
        } else if is_underline && self.is_in_paragraph {
            format!("\\{body}")
        } else {
            self.without_tags(body)
        };
        self.is_in_paragraph = !body.is_empty() && !is_heading;
        self.is_in_doubt &= self.is_in_paragraph;
        self.lines.push(format!("{lead}{made}"));
    }

    /// The line with its tags as words, where they are not code.
    fn without_tags(&mut self, text: &str) -> String {
        let mut out = String::with_capacity(text.len());
        let mut before = None;
        let mut rest = text;
        while let Some(sign) = rest.chars().next() {
            let mut length = sign.len_utf8();
            if sign == '`' && before != Some('\\') {
                let code = code(rest).filter(|_| !self.is_in_doubt);
                self.is_in_doubt |= code.is_none();
                length = code.map_or_else(|| run(rest), str::len);
            } else if sign == '<' && before != Some('\\') {
                let behind = rest.get(length..).unwrap_or_default();
                if acts(sign, before, behind, false) {
                    out.push('\\');
                }
            }
            out.push_str(rest.get(..length).unwrap_or_default());
            // A sign that is itself a word does not make the next one a word.
            before = (before != Some('\\') || sign != '\\').then_some(sign);
            rest = rest.get(length..).unwrap_or_default();
        }
        out
    }
}

impl Fence {
    /// The block of code that a line begins, by itself or as the beginning of a list entry.
    fn opened_by(line: &str) -> Option<Self> {
        let mut body = line;
        while let Some(entry) = ["- ", "* ", "+ ", "1. "]
            .iter()
            .find_map(|mark| body.trim_start_matches(BLANKS).strip_prefix(mark))
        {
            body = entry;
        }
        let body = body.trim_start_matches(BLANKS);
        let indent = columns(line.strip_suffix(body)?);
        let sign = body
            .chars()
            .next()
            .filter(|sign| matches!(sign, '`' | '~'))?;
        let info = body.trim_start_matches(sign);
        let length = body.len() - info.len();
        let opens = length >= FENCE && indent < CODE_INDENT && !(sign == '`' && info.contains('`'));
        opens.then_some(Self {
            indent,
            sign,
            length,
        })
    }

    fn is_closed_by(&self, body: &str, indent: usize) -> bool {
        let body = body.trim_end_matches(BLANKS);
        let is_code = indent >= self.indent + CODE_INDENT;
        !is_code && body.len() >= self.length && is_row(body, &[self.sign])
    }

    fn closing(&self) -> String {
        let fence = self.sign.to_string().repeat(self.length);
        format!("{}{fence}", " ".repeat(self.indent))
    }
}

/// How far the blanks and marks before a line's words indent it.
fn columns(lead: &str) -> usize {
    let columns = |c| if c == '\t' { CODE_INDENT } else { 1 };
    lead.chars().map(columns).sum()
}

/// Whether a text is a row of such signs and nothing else.
fn is_row(text: &str, signs: &[char]) -> bool {
    !text.is_empty() && text.chars().all(|c| signs.contains(&c))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use pulldown_cmark::{CodeBlockKind, Event, Options, Parser, Tag};

    use super::*;

    /// What a reader of Markdown makes of a document.
    #[derive(Debug, Default, PartialEq, Eq)]
    struct Read {
        /// The levels of its headings.
        headings: Vec<u8>,
        entries: usize,
        /// Its blocks of code.
        code: Vec<String>,
        /// Tags, pictures, tables, rules, boxes to tick and so on.
        other: Vec<String>,
        /// Its words without blanks.
        words: String,
    }

    fn read(document: &str) -> Read {
        let mut read = Read::default();
        let mut is_code = false;
        let github = Options::ENABLE_TABLES
            | Options::ENABLE_FOOTNOTES
            | Options::ENABLE_STRIKETHROUGH
            | Options::ENABLE_TASKLISTS
            | Options::ENABLE_GFM;
        for event in Parser::new_ext(document, github) {
            match event {
                Event::Start(Tag::Heading { level, .. }) => read.headings.push(level as u8),
                Event::Start(Tag::Item) => read.entries += 1,
                Event::Start(Tag::CodeBlock(CodeBlockKind::Fenced(_))) => {
                    is_code = true;
                    read.code.push(String::new());
                }
                Event::End(pulldown_cmark::TagEnd::CodeBlock) => is_code = false,
                Event::Text(text) if is_code => read.code.last_mut().unwrap().push_str(&text),
                Event::Text(text) => read.words.push_str(&text),
                Event::Code(code) => read.words.extend(["`", &code, "`"]),
                Event::Start(Tag::Paragraph | Tag::List(None) | Tag::Link { .. })
                | Event::End(_)
                | Event::SoftBreak
                | Event::HardBreak => {}
                other => read.other.push(format!("{other:?}")),
            }
        }
        read.words.retain(|c| !c.is_whitespace());
        read
    }

    /// A document with words in every place that words can have.
    fn document(words: &str) -> String {
        format!(
            "# Shop\n\n{}\n\n- {}\n  - Note: {}\n  - Seen:{}\n\n## {}\n\nThe end.\n",
            opening(words, ""),
            opening(words, "  "),
            following(words, "    "),
            seen(words, "    "),
            one_line(words)
        )
    }

    /// What is to be read in it.
    fn expected(words: &str) -> Read {
        let plain: String = words.split_whitespace().collect();
        Read {
            headings: vec![1, 2],
            entries: 3,
            words: format!("Shop{plain}{plain}Note:{plain}Seen:{plain}{plain}Theend."),
            ..Read::default()
        }
    }

    #[test]
    fn words_are_read_as_they_were_written() {
        for words in [
            "```\nrm -rf\n",
            "~~~",
            "# not a heading",
            "<img src=x onerror=alert(1)> <!-- and <script>",
            "first\n===\nsecond\n---",
            "***\n* * *\n- - -\n_ _ _",
            "- one\n+ two\n3. three\n4) four\n> five",
            "[x] done\n[ ] left",
            "[here]: https://example.org",
            "a|b\n-|-\n1|2",
            "2*3*4 and *so* and __init__ and snake_case_name and ~~gone~~",
            "![picture](https://example.org/p.png)",
            "&copy; &#35; AT&T; \\* \\",
            "    indented\n\n    more",
            "C #\nF##",
            "one ` two",
            "`` ` ``` ` a",
            "`make check` and `<b>`",
            "https://example.org/a_b_?x=*1*&copy;=2",
            "Given a card\nWhen I pay\n\nThen it is paid",
            "[^1]: a footnote",
            "$5 a_ _b",
        ] {
            // A piece of code is read with its signs here, too.
            assert_eq!(
                read(&document(words)),
                expected(words),
                "{}",
                document(words)
            );
        }
    }

    #[test]
    fn plain_words_get_no_signs() {
        for words in [
            "It is blue: 3 * 4 < 13, says #17 (a-b), 2. of May + more!",
            "- no\n",
            "snake_case, x < 5 && y > 6, ~ 5 s",
            "See https://example.org/a_b/~ana?x=1&y=2#top, `make check` and [there](https://example.org).",
        ] {
            assert_eq!(one_line(words), words.trim_end(), "{words}");
        }
    }

    #[test]
    fn what_is_invisible_does_not_hide_a_tag() {
        assert_eq!(one_line("<\u{200b}img> \u{1b}[2J"), "\\<img> [2J");
    }

    #[test]
    fn a_commands_output_is_a_block_of_code_that_it_cannot_close() {
        let output = "$ make\nexit code 0 after 1.0 s\n````\n# no\n<b>\n   ```";
        let text = format!("- Seen:{}\n\n## End\n", seen(output, "  "));
        let read = read(&text);
        assert_eq!(read.code, [format!("{output}\n")], "{text}");
        assert_eq!((read.headings, read.other), (vec![2], vec![]), "{text}");
    }

    #[test]
    fn markdown_in_notes_stays_markdown_and_ends_with_them() {
        let within = |notes: &str| read(&format!("{}\n\n## End\n", contained(notes)));
        let read = within("# Why\n\n*Because* of `<b>`:\n\n```html\n<b>\n");
        assert_eq!(read.headings, [4, 2]);
        assert_eq!(read.code, ["<b>\n"]);
        assert_eq!(read.words, "WhyBecauseof`<b>`:End");
        assert!(
            read.other.iter().all(|other| other.contains("Emphasis")),
            "{read:?}"
        );
        // A block of code in a list ends with the list.
        let read = within("- so\n  ```\n  <i>\nand <img>");
        assert_eq!((read.headings, read.other), (vec![2], vec![]));
        assert_eq!(read.words, "soand<img>End");
        for same in [
            "1. one\n2. two",
            "> quoted",
            "a <- b",
            "```\n# x\n```\nafter",
        ] {
            assert_eq!(contained(same), same);
        }
    }

    /// Text that is as good as any at being Markdown.
    fn signs() -> impl Strategy<Value = String> {
        let part = prop::sample::select(vec![
            "`", "``", "```", "~~~", "~", "*", "**", "_", "#", "##", "<", "<b>", "</b>", "<!--",
            ">", "-", "- ", "+ ", "=", "===", "---", "|", ":", "1.", "2) ", "!", "(", ")", "\\",
            "&amp;", "&", ";", "a", "b c", "ä", " ", "  ", "    ", "\t", "\n", "\n\n", "$ ", "x: ",
            "^", "{", "}", "\"", "'", ".", "/", "\u{200b}",
        ]);
        prop::collection::vec(part, 0..24).prop_map(|parts| parts.concat())
    }

    proptest! {
        #[test]
        fn no_words_change_what_stands_around_them(words in signs()) {
            let kept: String = words.chars().filter(|c| !is_hostile(*c) || *c == '\n').collect();
            let (read, expected) = (read(&document(&words)), expected(&kept));
            let without_ticks = |text: &str| text.replace('`', "");
            prop_assert_eq!(without_ticks(&read.words), without_ticks(&expected.words), "{}", document(&words));
            prop_assert_eq!(Read { words: String::new(), ..read }, Read { words: String::new(), ..expected }, "{}", document(&words));
        }

        #[test]
        fn no_notes_swallow_what_follows(notes in signs()) {
            let text = format!("{}\n\n## End\n", contained(&notes));
            let read = read(&text);
            prop_assert_eq!(read.headings.last(), Some(&2), "{}", text);
            prop_assert!(read.words.ends_with("End"), "{}", text);
            let tags = read.other.iter().filter(|other| other.contains("Html"));
            prop_assert_eq!(tags.count(), 0, "{}", text);
        }
    }
}
