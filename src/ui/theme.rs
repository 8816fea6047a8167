//! Colours and signs by role. Every colour has a sign or a word beside it, so that nothing is lost without colours.

use ratatui::style::{Color, Modifier, Style};
use ratatui::symbols::border;

use crate::keymap::Spelling;
use crate::model::{Status, Verdict};

/// How the terminal at hand can be drawn on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Theme {
    /// Whether colours may be used.
    pub color: bool,
    /// Whether only plain ASCII signs may be used.
    pub ascii: bool,
}

impl Theme {
    /// Colours and all signs.
    pub const FULL: Self = Self {
        color: true,
        ascii: false,
    };

    fn colored(self, color: Color) -> Style {
        if self.color {
            Style::new().fg(color)
        } else {
            Style::new()
        }
    }

    /// What stands in the background: hints, positions, borders without focus.
    pub fn dim(self) -> Style {
        if self.color {
            Style::new().fg(Color::DarkGray)
        } else {
            Style::new().add_modifier(Modifier::DIM)
        }
    }

    /// Titles and what should be seen first.
    pub fn strong(self) -> Style {
        Style::new().add_modifier(Modifier::BOLD)
    }

    /// Keys, links, the pane that has the keys.
    pub fn accent(self) -> Style {
        self.colored(Color::Cyan)
    }

    /// What went well.
    pub fn good(self) -> Style {
        self.colored(Color::Green)
    }

    /// What needs attention.
    pub fn warn(self) -> Style {
        self.colored(Color::Yellow)
    }

    /// What failed.
    pub fn bad(self) -> Style {
        self.colored(Color::Red)
    }

    /// The selected row; reversed only where the keys are.
    pub fn selected(self, focused: bool) -> Style {
        if focused {
            // One colour for the whole row: reversed colours beside each other are hard to read.
            Style::new()
                .fg(Color::Reset)
                .add_modifier(Modifier::REVERSED)
        } else {
            Style::new().add_modifier(Modifier::BOLD)
        }
    }

    /// Text that is selected while typing.
    pub fn picked(self) -> Style {
        Style::new().add_modifier(Modifier::REVERSED)
    }

    /// The words that a search found.
    pub fn found(self) -> Style {
        self.colored(Color::Yellow)
            .add_modifier(Modifier::UNDERLINED)
    }

    /// A border, brighter where the keys are.
    pub fn border(self, focused: bool) -> Style {
        if focused { self.accent() } else { self.dim() }
    }

    /// A status.
    pub fn status(self, status: Status) -> Style {
        match status {
            Status::Idea | Status::Dropped => self.dim(),
            Status::Ready => self.colored(Color::Cyan),
            Status::Started => self.colored(Color::Yellow),
            Status::Delivered => self.colored(Color::Magenta),
            Status::Accepted => self.good(),
            Status::Rejected => self.bad(),
        }
    }

    /// A verdict.
    pub fn verdict(self, verdict: Option<Verdict>) -> Style {
        match verdict {
            Some(Verdict::Met) => self.good(),
            Some(Verdict::NotMet) => self.bad(),
            Some(Verdict::CannotTell) => self.warn(),
            None => self.dim(),
        }
    }

    /// The lines around a pane.
    pub fn border_set(self) -> border::Set<'static> {
        if self.ascii {
            border::Set {
                top_left: "+",
                top_right: "+",
                bottom_left: "+",
                bottom_right: "+",
                vertical_left: "|",
                vertical_right: "|",
                horizontal_top: "-",
                horizontal_bottom: "-",
            }
        } else {
            border::ROUNDED
        }
    }

    /// How keys are written.
    pub const fn spelling(self) -> Spelling {
        if self.ascii {
            Spelling::Ascii
        } else {
            Spelling::Symbols
        }
    }

    const fn sign(self, sign: &'static str, ascii: &'static str) -> &'static str {
        if self.ascii { ascii } else { sign }
    }

    /// What lines between rows are drawn with.
    pub const fn dots(self) -> &'static str {
        self.sign("┈", "-")
    }

    /// Before the selected row.
    pub const fn bar(self) -> &'static str {
        self.sign("▌", ">")
    }

    /// Before a marked row.
    pub const fn mark(self) -> &'static str {
        self.sign("●", "*")
    }

    /// Rounds so far.
    pub const fn again(self) -> &'static str {
        self.sign("↺", "r")
    }

    /// Between the parts of a title.
    pub const fn dash(self) -> &'static str {
        self.sign("─", "-")
    }

    /// Between words of a line.
    pub const fn dot(self) -> &'static str {
        self.sign("·", "-")
    }

    /// Before how much a story lacks to be agreed.
    pub const fn missing(self) -> &'static str {
        self.sign("·", "~")
    }

    /// What is done of a bar.
    pub const fn full(self) -> &'static str {
        self.sign("█", "#")
    }

    /// What is left of a bar.
    pub const fn empty(self) -> &'static str {
        self.sign("░", ".")
    }

    /// From a number or a day to another.
    pub const fn to(self) -> &'static str {
        self.sign("–", "-")
    }

    /// A story that waits for another.
    pub const fn blocked(self) -> &'static str {
        self.sign("⊘", "x")
    }

    /// A story that stands above one it waits for.
    pub const fn misplaced(self) -> &'static str {
        self.sign("⇣", "v!")
    }

    /// Points from one thing to the next.
    pub const fn arrow(self) -> &'static str {
        self.sign("→", "->")
    }

    /// Before how far something goes up.
    pub const fn upwards(self) -> &'static str {
        self.sign("↑", "^")
    }

    /// Before how far something goes down.
    pub const fn downwards(self) -> &'static str {
        self.sign("↓", "v")
    }

    /// Behind words that Enter tells more about.
    pub const fn behind(self) -> &'static str {
        self.sign("▸", ">")
    }

    /// Before a list that stands open.
    pub const fn unfolded(self) -> &'static str {
        self.sign("▾", "v")
    }

    /// A verdict.
    pub const fn verdict_sign(self, verdict: Option<Verdict>) -> &'static str {
        match verdict {
            Some(Verdict::Met) => self.sign("✓", "+"),
            Some(Verdict::NotMet) => self.sign("✗", "x"),
            Some(Verdict::CannotTell) => "?",
            None => self.sign("·", "-"),
        }
    }
}
