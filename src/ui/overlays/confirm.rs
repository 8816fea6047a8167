//! A question with yes and no, for the few things that cannot be undone.

use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};
use ratatui::text::Line;
use ratatui::widgets::Widget;

use super::frame;
use crate::keymap::Action;
use crate::ui::effect::Effect;
use crate::ui::pane::Cx;
use crate::ui::text;

/// A question with yes and no.
#[derive(Clone, Debug)]
pub struct Confirm {
    title: String,
    question: String,
    yes: Vec<Effect>,
}

impl Confirm {
    /// Asks; *yes* has these effects, *no* none.
    pub fn new(title: impl Into<String>, question: impl Into<String>, yes: Vec<Effect>) -> Self {
        Self {
            title: title.into(),
            question: question.into(),
            yes,
        }
    }

    pub(super) fn on_action(&mut self, action: Action, _cx: &Cx) -> Vec<Effect> {
        match action {
            Action::Yes => {
                let mut effects = vec![Effect::Close];
                effects.append(&mut self.yes);
                effects
            }
            Action::No => vec![Effect::Close],
            _ => Vec::new(),
        }
    }

    pub(super) fn render(&mut self, screen: Rect, buf: &mut Buffer, cx: &Cx) -> Option<Position> {
        let width = frame::widest(screen, 64);
        let rows = text::wrap(&self.question, usize::from(width));
        let height = u16::try_from(rows.len())
            .unwrap_or(u16::MAX)
            .saturating_add(4);
        let inside = frame::draw(screen, (width + 4, height), &self.title, cx.theme, buf);
        let lines = rows.into_iter().filter_map(|row| self.question.get(row));
        for (line, row) in lines.zip(inside.rows()) {
            Line::raw(text::safe(line)).render(row, buf);
        }
        if inside.height > 1 {
            let row = Rect {
                y: inside.bottom() - 1,
                height: 1,
                ..inside
            };
            Line::styled("y yes   n no", cx.theme.accent()).render(row, buf);
        }
        None
    }
}
