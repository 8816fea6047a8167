//! Drawing the page: groups, settings and their values, and below what the selected one means.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::text::{Line, Span};
use ratatui::widgets::Widget;

use super::SettingsPane;
use super::rows::{Spot, unfolds};
use crate::ui::pane::Cx;
use crate::ui::text;
use crate::ui::widgets::pane_frame::{pane_frame, within_margins};

/// The columns of the groups' names.
const GROUP: usize = 21;
/// The columns of the settings' titles.
const TITLE: usize = 20;
/// Where the page is narrower, the groups' names are left out.
const WIDE: u16 = 66;
/// Where the page is lower, the explanation is left out.
const HIGH: u16 = 12;
/// The rows of the explanation: a line, the setting's name, and what it means.
const EXPLANATION: u16 = 4;

impl SettingsPane {
    pub(super) fn draw(&mut self, area: Rect, buf: &mut Buffer, cx: &Cx, focused: bool) {
        let theme = cx.theme;
        let block = pane_frame(" Settings ", focused, theme);
        let inside = block.inner(area);
        block.render(area, buf);
        let inside = within_margins(inside);
        let below = if inside.height < HIGH { 0 } else { EXPLANATION };
        self.list = Rect {
            height: inside.height - below,
            ..inside
        };
        self.draw_rows(buf, cx, focused);
        let explanation = Rect {
            y: inside.bottom() - below,
            height: below,
            ..inside
        };
        self.draw_explanation(explanation, buf, cx);
    }

    fn draw_rows(&mut self, buf: &mut Buffer, cx: &Cx, focused: bool) {
        let height = usize::from(self.list.height);
        let rows = self.rows.spots.len();
        // Blank lines between the groups where everything is in sight all the same.
        let is_airy = rows + self.rows.groups() <= height + 1;
        let top = self.view.show(self.at, rows, self.list.height);
        self.lines.clear();
        for row in (top..rows).take(height) {
            if is_airy && row > 0 && self.rows.begins_group(row) {
                self.lines.push(None);
            }
            self.lines.push(Some(row));
        }
        for (line, area) in self.lines.iter().zip(self.list.rows()) {
            if let Some(row) = line {
                self.draw_row(*row, *row == top, area, buf, cx);
                if *row == self.at {
                    buf.set_style(area, cx.theme.selected(focused));
                }
            }
        }
    }

    fn draw_row(&self, row: usize, is_top: bool, area: Rect, buf: &mut Buffer, cx: &Cx) {
        let Some(Spot { setting, entry }) = self.rows.spots.get(row) else {
            return;
        };
        let theme = cx.theme;
        let bar = if row == self.at { theme.bar() } else { " " };
        let mut spans = vec![Span::styled(format!("{bar} "), theme.accent())];
        let mut room = usize::from(area.width).saturating_sub(2);
        if area.width >= WIDE {
            let is_named = self.rows.begins_group(row) || is_top;
            let group = if is_named { setting.group() } else { "" };
            spans.push(Span::styled(text::fit(group, GROUP), theme.strong()));
            room = room.saturating_sub(GROUP);
        }
        let room = room.saturating_sub(TITLE);
        if let Some(entry) = entry {
            let line = format!("{} {}", theme.dot(), text::safe(entry));
            spans.push(Span::raw(" ".repeat(TITLE)));
            spans.push(Span::raw(text::truncate(&line, room).into_owned()));
        } else {
            let fold = match (unfolds(*setting), self.open.contains(setting)) {
                (false, _) => String::new(),
                (true, true) => format!("{} ", theme.unfolded()),
                (true, false) => format!("{} ", theme.behind()),
            };
            let room = room.saturating_sub(text::width(&fold));
            spans.push(Span::raw(text::fit(setting.title(), TITLE)));
            spans.push(Span::styled(fold, theme.dim()));
            spans.push(match self.rows.value(row) {
                "" => Span::styled("none", theme.dim()),
                value => Span::raw(text::truncate(value, room).into_owned()),
            });
        }
        Line::from(spans).render(area, buf);
    }

    fn draw_explanation(&self, area: Rect, buf: &mut Buffer, cx: &Cx) {
        let mut areas = area.rows();
        let (Some(Spot { setting, .. }), Some(rule), Some(head)) =
            (self.spot(), areas.next(), areas.next())
        else {
            return;
        };
        let theme = cx.theme;
        let width = usize::from(area.width);
        Line::styled(theme.dash().repeat(width), theme.dim()).render(rule, buf);
        let name = format!("{} {} {}", setting.group(), theme.dot(), setting.title());
        let command = format!("  backstory config {}", setting.name());
        let room = width.saturating_sub(text::width(&command));
        let (room, command) = if room < text::width(&name) {
            (width, String::new())
        } else {
            (room, command)
        };
        Line::from(vec![
            Span::styled(text::fit(&name, room), theme.strong()),
            Span::styled(command, theme.dim()),
        ])
        .render(head, buf);
        let about = setting.about();
        let said = match setting.refuses(cx.backlog.product()) {
            Some(refusal) => format!("{about} {refusal}"),
            None => about.to_owned(),
        };
        for (row, area) in text::rows(&said, width.max(1)).into_iter().zip(areas) {
            Line::raw(row).render(area, buf);
        }
    }
}
