//! A box with rows to choose from. A row that cannot be chosen now is grey and says why.

use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};
use ratatui::text::{Line, Span};
use ratatui::widgets::Widget;

use super::frame;
use crate::keymap::Action;
use crate::ui::effect::Effect;
use crate::ui::pane::Cx;
use crate::ui::text;
use crate::ui::widgets::viewport::walk;

/// A box with rows to choose from.
#[derive(Clone, Debug)]
pub struct Menu {
    title: String,
    body: Vec<String>,
    rows: Vec<MenuRow>,
    at: usize,
    top: usize,
    height: usize,
}

/// A row of a menu.
#[derive(Clone, Debug)]
pub struct MenuRow {
    /// The letter that chooses it at once.
    pub letter: char,
    /// What it does.
    pub label: String,
    /// Why it cannot be chosen now.
    pub refusal: Option<String>,
    /// What happens when it is chosen.
    pub effects: Vec<Effect>,
}

impl Menu {
    /// A menu; the first row that can be chosen is selected.
    pub fn new(title: impl Into<String>, rows: Vec<MenuRow>) -> Self {
        let at = rows
            .iter()
            .position(|row| row.refusal.is_none())
            .unwrap_or(0);
        Self {
            title: title.into(),
            body: Vec::new(),
            rows,
            at,
            top: 0,
            height: 1,
        }
    }

    /// The same with some lines of text above the rows.
    #[must_use]
    pub fn with_body(mut self, body: Vec<String>) -> Self {
        self.body = body;
        self
    }

    pub(super) fn on_action(&mut self, action: Action, _cx: &Cx) -> Vec<Effect> {
        let last = self.rows.len().saturating_sub(1);
        if let Some(at) = walk(action, self.at, self.height, last) {
            self.at = at;
            return Vec::new();
        }
        match action {
            Action::Confirm => return self.choose(),
            Action::Close => return vec![Effect::Close],
            _ => {}
        }
        Vec::new()
    }

    pub(super) fn on_text(&mut self, text: &str) -> Vec<Effect> {
        let row = self
            .rows
            .iter()
            .position(|row| text.chars().eq([row.letter]));
        match row {
            Some(row) => {
                self.at = row;
                self.choose()
            }
            None => Vec::new(),
        }
    }

    fn choose(&self) -> Vec<Effect> {
        match self.rows.get(self.at) {
            Some(MenuRow {
                refusal: Some(refusal),
                ..
            }) => vec![Effect::refusal(refusal)],
            Some(row) => std::iter::once(Effect::Close)
                .chain(row.effects.iter().cloned())
                .collect(),
            None => vec![Effect::Close],
        }
    }

    pub(super) fn render(&mut self, screen: Rect, buf: &mut Buffer, cx: &Cx) -> Option<Position> {
        let labels = self
            .rows
            .iter()
            .map(|row| text::width(&row.label))
            .max()
            .unwrap_or(0);
        let reasons = self
            .rows
            .iter()
            .filter_map(|row| row.refusal.as_deref())
            .map(|r| text::width(r) + 2)
            .max();
        let wanted = (labels + 6 + reasons.unwrap_or(0))
            .max(text::width(&self.title) + 4)
            .max(32);
        let width = frame::widest(screen, u16::try_from(wanted).unwrap_or(u16::MAX));
        let body: Vec<String> = self
            .body
            .iter()
            .flat_map(|line| wrapped(line, usize::from(width)))
            .collect();
        let gap = usize::from(!body.is_empty());
        let height = u16::try_from(body.len() + gap + self.rows.len() + 2).unwrap_or(u16::MAX);
        let inside = frame::draw(screen, (width + 4, height), &self.title, cx.theme, buf);
        let room = usize::from(inside.height);
        // The rows to choose from matter more than the text above them.
        let body_rows = body.len().min(room.saturating_sub(self.rows.len() + gap));
        let mut areas = inside.rows();
        for (line, area) in body.iter().take(body_rows).zip(areas.by_ref()) {
            Line::raw(text::safe(line)).render(area, buf);
        }
        if body_rows > 0 {
            areas.next();
        }
        let areas: Vec<Rect> = areas.collect();
        self.height = areas.len().max(1);
        self.top = self
            .top
            .min(self.at)
            .max((self.at + 1).saturating_sub(self.height));
        for ((index, row), area) in self.rows.iter().enumerate().skip(self.top).zip(areas) {
            draw_row(index == self.at, row, labels, area, buf, cx);
        }
        None
    }
}

fn draw_row(selected: bool, row: &MenuRow, labels: usize, area: Rect, buf: &mut Buffer, cx: &Cx) {
    let theme = cx.theme;
    let style = if row.refusal.is_some() {
        theme.dim()
    } else {
        theme.strong()
    };
    let mut spans = vec![
        Span::raw(if selected { theme.bar() } else { " " }),
        Span::styled(
            format!(" {} ", row.letter),
            if row.refusal.is_some() {
                theme.dim()
            } else {
                theme.accent()
            },
        ),
        Span::styled(text::fit(&row.label, labels), style),
    ];
    if let Some(refusal) = &row.refusal {
        let room = usize::from(area.width).saturating_sub(labels + 6);
        spans.push(Span::styled(
            format!("  {}", text::truncate(refusal, room)),
            theme.dim(),
        ));
    }
    Line::from(spans).render(area, buf);
    if selected {
        buf.set_style(area, theme.selected(true));
    }
}

fn wrapped(line: &str, width: usize) -> Vec<String> {
    let rows: Vec<String> = line
        .lines()
        .flat_map(|line| {
            text::wrap(line, width)
                .into_iter()
                .filter_map(|row| line.get(row).map(str::to_owned))
        })
        .collect();
    if rows.is_empty() {
        vec![String::new()]
    } else {
        rows
    }
}
