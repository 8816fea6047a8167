//! What commands write: lines, tables and JSON documents, gathered and then written at once.
//!
//! Invariant: text enters through [`Out::line`] and [`Table`], which make it harmless; colour is put around clean text
//! only, and only for a terminal without `NO_COLOR`.

pub(super) mod document;
mod table;

use std::io::{self, IsTerminal as _, Write as _};

use super::context::variable;
use crate::harmless::{safe, safe_lines};
use crate::model::{Status, Verdict};

pub(super) use table::{Cell, Table};

/// The text of one command's answer.
#[derive(Debug)]
pub(super) struct Out {
    bytes: Vec<u8>,
    /// The terminal's columns, where stdout is one.
    width: Option<usize>,
    is_terminal: bool,
    has_colour: bool,
}

/// What a piece of text is, for its colour.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum Role {
    /// Nothing special.
    #[default]
    Plain,
    /// A heading or a title.
    Strong,
    /// Less important.
    Faint,
    /// A story's status.
    Status(Status),
    /// A verdict.
    Verdict(Verdict),
    /// Something that needs a look.
    Warning,
}

impl Out {
    /// Prepares for stdout as it is.
    pub(super) fn for_stdout() -> Self {
        let is_terminal = io::stdout().is_terminal();
        let size = is_terminal.then(terminal_size::terminal_size).flatten();
        Self {
            bytes: Vec::new(),
            width: size.map(|(width, _)| usize::from(width.0)),
            is_terminal,
            has_colour: is_terminal && variable("NO_COLOR").is_none(),
        }
    }

    /// Writes one line of text, made harmless.
    pub(super) fn line(&mut self, text: &str) {
        self.painted_line(&[(text, Role::Plain)]);
    }

    /// Writes an empty line.
    pub(super) fn gap(&mut self) {
        self.bytes.push(b'\n');
    }

    /// Writes one line of pieces, made harmless and coloured.
    pub(super) fn painted_line(&mut self, pieces: &[(&str, Role)]) {
        for (text, role) in pieces {
            self.piece(&safe(text), *role);
        }
        self.bytes.push(b'\n');
    }

    /// Writes text of several lines, the first behind `head` and the others below it.
    pub(super) fn block(&mut self, head: &str, text: &str) {
        let indent = " ".repeat(crate::harmless::width(head));
        for (index, line) in safe_lines(text).enumerate() {
            let before = if index == 0 { head } else { &indent };
            self.line(format!("{before}{line}").trim_end());
        }
    }

    /// Writes a table, cut to the terminal's width.
    pub(super) fn table(&mut self, table: &Table) {
        for row in table.rows(self.width) {
            let last = row.len().saturating_sub(1);
            for (index, (text, role)) in row.into_iter().enumerate() {
                let text = if index == last {
                    text.trim_end()
                } else {
                    &text
                };
                self.piece(text, role);
            }
            while self.bytes.last() == Some(&b' ') {
                self.bytes.pop();
            }
            self.bytes.push(b'\n');
        }
    }

    /// Writes a document as it is, for files and pipes; on a terminal its lines are made harmless.
    pub(super) fn document(&mut self, text: &str) {
        if self.is_terminal {
            for line in safe_lines(text) {
                self.bytes.extend_from_slice(line.as_bytes());
                self.bytes.push(b'\n');
            }
        } else {
            self.bytes.extend_from_slice(text.as_bytes());
        }
    }

    /// Takes text of the program's own, such as a completion script.
    pub(super) fn own(&mut self, bytes: &[u8]) {
        self.bytes.extend_from_slice(bytes);
    }

    /// Writes everything to stdout; a reader who has gone away has read enough.
    pub(super) fn write(&self) -> io::Result<()> {
        let mut stdout = io::stdout().lock();
        let written = stdout.write_all(&self.bytes).and_then(|()| stdout.flush());
        match written {
            Err(error) if error.kind() == io::ErrorKind::BrokenPipe => Ok(()),
            other => other,
        }
    }

    /// Writes clean text, coloured.
    fn piece(&mut self, clean: &str, role: Role) {
        let code = if self.has_colour { role.code() } else { "" };
        if code.is_empty() || clean.trim().is_empty() {
            self.bytes.extend_from_slice(clean.as_bytes());
        } else {
            let painted = format!("\u{1b}[{code}m{clean}\u{1b}[0m");
            self.bytes.extend_from_slice(painted.as_bytes());
        }
    }
}

impl Role {
    /// The colour's code, from the terminal's own palette.
    const fn code(self) -> &'static str {
        match self {
            Self::Plain | Self::Status(Status::Idea) => "",
            Self::Strong => "1",
            Self::Faint | Self::Status(Status::Dropped) => "2",
            Self::Status(Status::Ready) => "36",
            Self::Status(Status::Started) => "34",
            Self::Status(Status::Delivered) => "35",
            Self::Status(Status::Accepted) | Self::Verdict(Verdict::Met) => "32",
            Self::Status(Status::Rejected) | Self::Verdict(Verdict::NotMet) => "31",
            Self::Verdict(Verdict::CannotTell) | Self::Warning => "33",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn out(has_colour: bool) -> Out {
        Out {
            bytes: Vec::new(),
            width: None,
            is_terminal: has_colour,
            has_colour,
        }
    }

    fn text(out: &Out) -> &str {
        std::str::from_utf8(&out.bytes).unwrap()
    }

    #[test]
    fn lines_are_harmless_and_colour_goes_around_them() {
        let mut plain = out(false);
        plain.painted_line(&[("a\u{1b}[2Jb", Role::Strong), (" c\nd", Role::Plain)]);
        assert_eq!(text(&plain), "a␛[2Jb c d\n");
        let mut coloured = out(true);
        coloured.painted_line(&[("a", Role::Strong), (" b", Role::Plain)]);
        assert_eq!(text(&coloured), "\u{1b}[1ma\u{1b}[0m b\n");
    }

    #[test]
    fn a_block_keeps_its_lines_below_each_other() {
        let mut out = out(false);
        out.block("  1  ", "Given a card\nWhen\u{7} I pay\n");
        assert_eq!(text(&out), "  1  Given a card\n     When␇ I pay\n");
    }

    #[test]
    fn a_document_is_harmless_on_a_terminal_and_untouched_elsewhere() {
        let mut terminal = out(true);
        terminal.document("a\u{1b}b\n");
        assert_eq!(text(&terminal), "a␛b\n");
        let mut pipe = out(false);
        pipe.document("a\r\nb");
        assert_eq!(text(&pipe), "a\r\nb");
    }
}
