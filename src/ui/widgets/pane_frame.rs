//! The frame that every pane stands in: focus shows in its border and its title.

use ratatui::layout::Rect;
use ratatui::style::Style;
use ratatui::text::Line;
use ratatui::widgets::{Block, Borders};

use crate::ui::theme::Theme;

/// The frame of a pane with its title, which is cut where it has no room.
pub fn pane_frame(title: impl Into<String>, focused: bool, theme: Theme) -> Block<'static> {
    let style = if focused {
        theme.strong()
    } else {
        Style::new()
    };
    Block::new()
        .borders(Borders::ALL)
        .border_set(theme.border_set())
        .border_style(theme.border(focused))
        .title(Line::styled(title.into(), style))
}

/// The room in a frame with a blank column at either side, where there is room for them.
pub const fn within_margins(inside: Rect) -> Rect {
    Rect {
        x: inside.x + if inside.width > 2 { 1 } else { 0 },
        width: inside.width.saturating_sub(2),
        ..inside
    }
}
