//! The help page: the keys that work where help was asked for, computed from the one table of actions.

use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};
use ratatui::style::Style;
use ratatui::text::{Line, Span};
use ratatui::widgets::Widget;

use super::frame;
use crate::keymap::docs;
use crate::keymap::{Action, Scope};
use crate::ui::effect::Effect;
use crate::ui::pane::Cx;
use crate::ui::text;
use crate::ui::widgets::page::Page;
use crate::ui::widgets::viewport::walk;

/// The help page of one place.
#[derive(Clone, Debug)]
pub struct Help {
    about: &'static [Scope],
    top: usize,
    height: usize,
    rows: usize,
}

impl Help {
    /// Help about the keys of a chain of scopes.
    pub const fn about(chain: &'static [Scope]) -> Self {
        Self {
            about: chain,
            top: 0,
            height: 1,
            rows: 0,
        }
    }

    pub(super) fn on_action(&mut self, action: Action, _cx: &Cx) -> Vec<Effect> {
        let last = self.rows.saturating_sub(self.height);
        if let Some(top) = walk(action, self.top, self.height, last) {
            self.top = top;
            return Vec::new();
        }
        if action == Action::Close {
            return vec![Effect::Close];
        }
        Vec::new()
    }

    pub(super) fn render(&mut self, screen: Rect, buf: &mut Buffer, cx: &Cx) -> Option<Position> {
        let lines = self.lines(cx, usize::from(frame::widest(screen, 86)));
        let height = u16::try_from(lines.len() + 2).unwrap_or(u16::MAX);
        let inside = frame::draw(screen, (90, height), "Help", cx.theme, buf);
        self.rows = lines.len();
        self.height = usize::from(inside.height).max(1);
        self.top = self.top.min(self.rows.saturating_sub(self.height));
        for (line, area) in lines.iter().skip(self.top).zip(inside.rows()) {
            line.render(area, buf);
        }
        let below = self.rows.saturating_sub(self.top + self.height);
        if below > 0 {
            let border = Rect {
                y: inside.bottom(),
                height: 1,
                ..inside
            };
            let more = Line::styled(format!(" {below} more "), cx.theme.dim());
            more.right_aligned()
                .render(border.intersection(screen), buf);
        }
        None
    }

    fn lines(&self, cx: &Cx, width: usize) -> Vec<Line<'static>> {
        let spelling = cx.theme.spelling();
        let sections = docs::help(self.about);
        let spelled = |keys: &[crate::keymap::Key]| {
            let keys: Vec<String> = keys.iter().map(|key| key.spell(spelling)).collect();
            keys.join(" ")
        };
        let keys_width = sections
            .iter()
            .flat_map(|section| &section.rows)
            .map(|row| text::width(&spelled(&row.keys)))
            .max()
            .unwrap_or(0)
            .min(width / 2);
        let mut page = Page::new(width, cx.theme);
        for section in sections {
            page.gap();
            let title = format!("{}  ", section.scope.title());
            page.hanging(
                vec![Span::styled(title, cx.theme.strong())],
                section.scope.about(),
                cx.theme.dim(),
            );
            for row in &section.rows {
                let keys = text::fit(&spelled(&row.keys), keys_width);
                let lead = vec![Span::styled(format!("  {keys}  "), cx.theme.accent())];
                page.hanging(lead, row.action.doc(), Style::new());
            }
        }
        page.lines
    }
}
