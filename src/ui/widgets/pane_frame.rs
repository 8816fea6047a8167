//! The frame that every pane stands in, where focus shows in border and title, and what stands in an empty one.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::Style;
use ratatui::text::Line;
use ratatui::widgets::{Block, Borders, Widget};

use crate::ui::text;
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

/// Draws what stands in a pane that has nothing to show: in the middle, in the upper third.
pub fn draw_nothing(said: &str, area: Rect, buf: &mut Buffer, theme: Theme) {
    let rows = text::rows(said, usize::from(area.width).max(1));
    let areas = area.rows().skip(usize::from(area.height) / 3);
    for (row, area) in rows.into_iter().zip(areas) {
        Line::styled(row, theme.dim()).centered().render(area, buf);
    }
}
