//! The box that every overlay is drawn in.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::text::Line;
use ratatui::widgets::{Block, Borders, Widget};

use crate::ui::text;
use crate::ui::theme::Theme;

/// Clears a box of at most this size in the middle of the screen, draws its border and title, and answers the inside.
pub fn draw(screen: Rect, size: (u16, u16), title: &str, theme: Theme, buf: &mut Buffer) -> Rect {
    let width = size.0.min(screen.width.saturating_sub(2));
    let height = size.1.min(screen.height.saturating_sub(2));
    let area = Rect {
        x: screen.x + (screen.width - width) / 2,
        y: screen.y + (screen.height - height) / 3,
        width,
        height,
    };
    text::clear(area, buf);
    let room = usize::from(width.saturating_sub(4));
    let title = format!(" {} ", text::truncate(title, room));
    let block = Block::new()
        .borders(Borders::ALL)
        .border_set(theme.border_set())
        .border_style(theme.border(true))
        .title(Line::styled(title, theme.strong()));
    let inside = block.inner(area);
    block.render(area, buf);
    Rect {
        x: inside.x + u16::from(inside.width > 2),
        width: inside.width.saturating_sub(2),
        ..inside
    }
}

/// The widest inside that a box may have on this screen.
pub const fn widest(screen: Rect, wanted: u16) -> u16 {
    let most = screen.width.saturating_sub(6);
    if wanted < most { wanted } else { most }
}
