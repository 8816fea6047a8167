//! Text for the screen: cleaned and measured by [`harmless`](crate::harmless), wrapped here, and cleared from under popups.
//!
//! Invariant: this module knows the buffer it clears and otherwise only strings.

mod wrap;

use ratatui::buffer::{Buffer, CellWidth};
use ratatui::layout::Rect;
use ratatui::widgets::{Clear, Widget};

use crate::harmless::MAX_COLUMNS;
pub(crate) use crate::harmless::picture;
pub use crate::harmless::{fit, pad_left, safe, safe_lines, truncate, width};
pub(crate) use wrap::first_row;
#[cfg(test)]
pub(crate) use wrap::nasty;
pub use wrap::{marked_rows, rows, wrap};

/// Empties an area for a popup, and the halves of wide characters its left and right edges cut through.
///
/// A wide character that starts left of the area would still be drawn over the popup's border, so it becomes a
/// blank; the half that remains right of the area keeps the style of the character it belonged to.
pub fn clear(area: Rect, buf: &mut Buffer) {
    let area = area.intersection(buf.area);
    if area.is_empty() {
        return;
    }
    for y in area.top()..area.bottom() {
        if let Some(x) = reaching_over(area.left(), y, buf) {
            for cut in x..area.left() {
                let style = buf[(x, y)].style();
                buf[(cut, y)].set_symbol(" ").set_style(style);
            }
        }
        if let Some(x) = reaching_over(area.right(), y, buf) {
            let style = buf[(x, y)].style();
            let end = x.saturating_add(buf[(x, y)].symbol().cell_width());
            for cut in area.right()..end.min(buf.area.right()) {
                buf[(cut, y)].set_symbol(" ").set_style(style);
            }
        }
    }
    Clear.render(area, buf);
}

/// Finds the cell left of the edge at `x` whose character reaches over the edge.
fn reaching_over(x: u16, y: u16, buf: &Buffer) -> Option<u16> {
    (1..MAX_COLUMNS)
        .map_while(|back| Some((x.checked_sub(back)?, back)))
        .take_while(|(left, _)| *left >= buf.area.left())
        .find(|(left, back)| {
            let symbol = buf[(*left, y)].symbol();
            symbol.len() > 1 && symbol.cell_width() > *back
        })
        .map(|(left, _)| left)
}

#[cfg(test)]
mod tests {
    use ratatui::style::{Color, Style};

    use super::*;

    #[test]
    fn clearing_blanks_the_wide_character_under_the_left_edge() {
        let mut buf = Buffer::with_lines(["顧客顧客"]);
        clear(Rect::new(3, 0, 2, 1), &mut buf);
        assert_eq!(buf[(2, 0)].symbol(), " ");
        assert_eq!(buf[(0, 0)].symbol(), "顧");
        assert_eq!(buf[(6, 0)].symbol(), "客");
    }

    #[test]
    fn clearing_leaves_a_styled_blank_behind_the_right_edge() {
        let red = Style::new().bg(Color::Red);
        let mut buf = Buffer::empty(Rect::new(0, 0, 6, 1));
        buf.set_string(2, 0, "顧", red);
        clear(Rect::new(1, 0, 2, 1), &mut buf);
        assert_eq!(buf[(2, 0)].symbol(), " ");
        assert_eq!(buf[(3, 0)].symbol(), " ");
        assert_eq!(buf[(3, 0)].bg, Color::Red);
        assert_eq!(buf[(2, 0)].bg, Color::Reset);
    }

    #[test]
    fn clearing_outside_the_buffer_is_harmless() {
        let mut buf = Buffer::with_lines(["顧客"]);
        clear(Rect::new(9, 9, 4, 4), &mut buf);
        clear(Rect::new(1, 0, 40, 40), &mut buf);
        assert_eq!(buf[(0, 0)].symbol(), " ");
    }
}
