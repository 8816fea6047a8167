//! Boxes above the screen: they ask, the app acts. An overlay never closes itself.

pub mod compare;
pub mod confirm;
pub mod disagreements;
pub mod findings;
pub mod frame;
pub mod help;
pub mod learn;
pub mod loose;
pub mod menu;
pub mod palette;
pub mod preview;
pub mod prompt;
pub mod record;
mod seen;
pub mod shown;
pub mod since;
pub mod split;

use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};

use crate::keymap::{Action, Scope, chain};

use super::effect::Effect;
use super::pane::Cx;

pub use compare::Compare;
pub use confirm::Confirm;
pub use disagreements::Disagreements;
pub use findings::Findings;
pub use help::Help;
pub use learn::LearnBox;
pub use loose::LooseEnds;
pub use menu::{Menu, MenuRow};
pub use palette::Palette;
pub use preview::Preview;
pub use prompt::{Asked, Field, OutcomeField, Part, Prompt, Purpose, Refined};
pub use record::Record;
pub use shown::ShownBox;
pub use since::SinceBox;
pub use split::SplitBox;

/// A box above the screen.
#[derive(Clone, Debug)]
#[expect(missing_docs, reason = "the types say it")]
pub enum Overlay {
    Help(Help),
    Palette(Palette),
    Preview(Preview),
    Prompt(Prompt),
    Menu(Menu),
    Compare(Compare),
    Confirm(Confirm),
    Record(Record),
    Disagreements(Disagreements),
    Split(SplitBox),
    Findings(Findings),
    Shown(ShownBox),
    Loose(LooseEnds),
    Learn(LearnBox),
    Since(SinceBox),
}

macro_rules! each {
    ($overlay:expr, $inner:ident => $body:expr) => {
        match $overlay {
            Overlay::Help($inner) => $body,
            Overlay::Palette($inner) => $body,
            Overlay::Preview($inner) => $body,
            Overlay::Prompt($inner) => $body,
            Overlay::Menu($inner) => $body,
            Overlay::Compare($inner) => $body,
            Overlay::Confirm($inner) => $body,
            Overlay::Record($inner) => $body,
            Overlay::Disagreements($inner) => $body,
            Overlay::Split($inner) => $body,
            Overlay::Findings($inner) => $body,
            Overlay::Shown($inner) => $body,
            Overlay::Loose($inner) => $body,
            Overlay::Learn($inner) => $body,
            Overlay::Since($inner) => $body,
        }
    };
}

impl Overlay {
    /// The scopes that are asked what a key means while this box is the uppermost.
    pub fn chain(&self) -> &'static [Scope] {
        match self {
            Self::Help(_) | Self::Record(_) => chain::HELP,
            Self::Palette(_) => chain::PALETTE,
            Self::Preview(_) => chain::PREVIEW,
            Self::Prompt(prompt) => prompt.chain(),
            Self::Menu(_) => chain::MENU,
            Self::Compare(_) => chain::COMPARE,
            Self::Confirm(_) => chain::CONFIRM,
            Self::Disagreements(_) | Self::Since(_) => chain::FOUND,
            Self::Split(_) => chain::SPLIT,
            Self::Findings(_) => chain::FINDINGS,
            Self::Shown(shown) => shown.chain(),
            Self::Loose(_) => chain::LOOSE,
            Self::Learn(_) => chain::LEARN,
        }
    }

    /// Does what an action asks for.
    pub fn on_action(&mut self, action: Action, cx: &Cx) -> Vec<Effect> {
        each!(self, overlay => overlay.on_action(action, cx))
    }

    /// Follows a backlog that has changed.
    pub fn reconcile(&mut self, cx: &Cx) {
        match self {
            Self::Compare(compare) => compare.reconcile(cx),
            Self::Split(split) => split.reconcile(cx),
            Self::Learn(learn) => learn.reconcile(cx),
            Self::Since(since) => since.reconcile(cx),
            _ => {}
        }
    }

    /// Takes typed or pasted text.
    pub fn on_text(&mut self, text: &str, cx: &Cx) -> Vec<Effect> {
        match self {
            Self::Palette(palette) => palette.on_text(text),
            Self::Prompt(prompt) => prompt.on_text(text, cx),
            Self::Menu(menu) => menu.on_text(text),
            Self::Split(split) => split.on_text(text),
            Self::Help(_)
            | Self::Preview(_)
            | Self::Compare(_)
            | Self::Confirm(_)
            | Self::Record(_)
            | Self::Shown(_)
            | Self::Disagreements(_)
            | Self::Findings(_)
            | Self::Loose(_)
            | Self::Learn(_)
            | Self::Since(_) => Vec::new(),
        }
    }

    /// Draws the box within the screen and answers where the cursor belongs.
    pub fn render(&mut self, screen: Rect, buf: &mut Buffer, cx: &Cx) -> Option<Position> {
        each!(self, overlay => overlay.render(screen, buf, cx))
    }
}

impl From<Help> for Overlay {
    fn from(overlay: Help) -> Self {
        Self::Help(overlay)
    }
}

impl From<Palette> for Overlay {
    fn from(overlay: Palette) -> Self {
        Self::Palette(overlay)
    }
}

impl From<Preview> for Overlay {
    fn from(overlay: Preview) -> Self {
        Self::Preview(overlay)
    }
}

impl From<Prompt> for Overlay {
    fn from(overlay: Prompt) -> Self {
        Self::Prompt(overlay)
    }
}

impl From<Menu> for Overlay {
    fn from(overlay: Menu) -> Self {
        Self::Menu(overlay)
    }
}

impl From<Compare> for Overlay {
    fn from(overlay: Compare) -> Self {
        Self::Compare(overlay)
    }
}

impl From<Confirm> for Overlay {
    fn from(overlay: Confirm) -> Self {
        Self::Confirm(overlay)
    }
}

impl From<Record> for Overlay {
    fn from(overlay: Record) -> Self {
        Self::Record(overlay)
    }
}

impl From<Findings> for Overlay {
    fn from(overlay: Findings) -> Self {
        Self::Findings(overlay)
    }
}

impl From<LooseEnds> for Overlay {
    fn from(overlay: LooseEnds) -> Self {
        Self::Loose(overlay)
    }
}

impl From<LearnBox> for Overlay {
    fn from(overlay: LearnBox) -> Self {
        Self::Learn(overlay)
    }
}

impl From<SinceBox> for Overlay {
    fn from(overlay: SinceBox) -> Self {
        Self::Since(overlay)
    }
}

impl From<Disagreements> for Overlay {
    fn from(overlay: Disagreements) -> Self {
        Self::Disagreements(overlay)
    }
}

impl From<SplitBox> for Overlay {
    fn from(overlay: SplitBox) -> Self {
        Self::Split(overlay)
    }
}

impl From<ShownBox> for Overlay {
    fn from(overlay: ShownBox) -> Self {
        Self::Shown(overlay)
    }
}
