//! The palette: every command by its words, with its keys, and greyed with the reason where it cannot act now.

use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};
use ratatui::text::{Line, Span};
use ratatui::widgets::Widget;

use super::frame;
use crate::keymap::docs::{self, PaletteEntry};
use crate::keymap::{Action, Scope};
use crate::ui::effect::Effect;
use crate::ui::pane::Cx;
use crate::ui::text;
use crate::ui::typing::edit_for;
use crate::ui::widgets::text_area::TextArea;
use crate::ui::widgets::viewport::walk;

/// The palette, opened from one place.
#[derive(Clone, Debug)]
pub struct Palette {
    rows: Vec<(PaletteEntry, Option<String>)>,
    typed: TextArea,
    at: usize,
    top: usize,
    height: usize,
}

impl Palette {
    /// The palette of a chain of scopes; `refuses` says why a command cannot act now.
    pub fn new(from: &'static [Scope], refuses: impl Fn(Action) -> Option<String>) -> Self {
        let rows = docs::palette(from).into_iter();
        Self {
            rows: rows
                .map(|entry| (refuses(entry.action), entry))
                .map(|(reason, entry)| (entry, reason))
                .collect(),
            typed: TextArea::single_line(""),
            at: 0,
            top: 0,
            height: 1,
        }
    }

    pub(super) fn on_action(&mut self, action: Action, _cx: &Cx) -> Vec<Effect> {
        let last = self.matches().len().saturating_sub(1);
        if let Some(at) = walk(action, self.at, self.height, last) {
            self.at = at;
            return Vec::new();
        }
        match action {
            Action::Confirm => return self.choose(),
            Action::Close => return vec![Effect::Close],
            action => {
                if let Some(edit) = edit_for(action)
                    && self.typed.edit(edit)
                {
                    self.at = 0;
                }
            }
        }
        Vec::new()
    }

    pub(super) fn on_text(&mut self, text: &str) -> Vec<Effect> {
        self.typed.insert(text);
        self.at = 0;
        Vec::new()
    }

    fn choose(&self) -> Vec<Effect> {
        match self.matches().get(self.at) {
            Some((_, Some(refusal))) => vec![Effect::refusal(refusal)],
            Some((entry, None)) => vec![Effect::Close, Effect::Run(entry.action)],
            None => Vec::new(),
        }
    }

    /// The rows that hold every word typed; those that begin with what is typed come first, then those that say it.
    ///
    /// The sort is stable, so rows alike in that stand in the table's order.
    fn matches(&self) -> Vec<&(PaletteEntry, Option<String>)> {
        let typed = self.typed.text().to_lowercase();
        let words: Vec<&str> = typed.split_whitespace().collect();
        let hit = |text: String| words.iter().all(|word| text.contains(word));
        let doc = |row: &(PaletteEntry, Option<String>)| row.0.action.doc().to_lowercase();
        let mut rows: Vec<_> = self
            .rows
            .iter()
            .filter(|row| hit(format!("{} {}", doc(row), row.0.action.words())))
            .collect();
        rows.sort_by_key(|row| (!doc(row).starts_with(typed.trim()), !hit(doc(row))));
        rows
    }

    pub(super) fn render(&mut self, screen: Rect, buf: &mut Buffer, cx: &Cx) -> Option<Position> {
        let rows = u16::try_from(self.rows.len()).unwrap_or(u16::MAX).min(18);
        let inside = frame::draw(screen, (84, rows + 4), "All commands", cx.theme, buf);
        let mut areas = inside.rows();
        let input = areas.next()?;
        let cursor = self
            .typed
            .render(input, buf, cx.theme.strong(), cx.theme.picked());
        if self.typed.is_empty() {
            Line::styled("Type what you want to do.", cx.theme.dim()).render(input, buf);
        }
        areas.next();
        let areas: Vec<Rect> = areas.collect();
        self.height = areas.len().max(1);
        let matches = self.matches();
        let at = self.at.min(matches.len().saturating_sub(1));
        let top = self.top.min(at).max((at + 1).saturating_sub(self.height));
        if matches.is_empty()
            && let Some(area) = areas.first()
        {
            Line::styled("No command has these words.", cx.theme.dim()).render(*area, buf);
        }
        for ((index, row), area) in matches.iter().enumerate().skip(top).zip(&areas) {
            draw_row(index == at, row, *area, buf, cx);
        }
        (self.at, self.top) = (at, top);
        cursor
    }
}

fn draw_row(
    selected: bool,
    row: &(PaletteEntry, Option<String>),
    area: Rect,
    buf: &mut Buffer,
    cx: &Cx,
) {
    let (entry, refusal) = row;
    let keys: Vec<String> = entry
        .keys
        .iter()
        .take(2)
        .map(|key| key.spell(cx.theme.spelling()))
        .collect();
    let keys = text::fit(&keys.join(" "), 14);
    let said = refusal.as_deref().unwrap_or_else(|| entry.action.doc());
    let style = if refusal.is_some() {
        cx.theme.dim()
    } else {
        ratatui::style::Style::new()
    };
    let room = usize::from(area.width).saturating_sub(17);
    let mut spans = vec![
        Span::raw(if selected { cx.theme.bar() } else { " " }),
        Span::styled(format!(" {keys} "), cx.theme.accent()),
    ];
    match refusal {
        Some(_) => {
            let doc = entry.action.doc().trim_end_matches('.');
            spans.push(Span::styled(
                text::truncate(&format!("{doc}: {said}"), room).into_owned(),
                style,
            ));
        }
        None => spans.push(Span::styled(text::truncate(said, room).into_owned(), style)),
    }
    Line::from(spans).render(area, buf);
    if selected {
        buf.set_style(area, cx.theme.selected(true));
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::keymap::chain;

    #[test]
    fn the_words_of_a_product_owner_find_the_commands() {
        for (words, action) in [
            ("letter", Action::Letter),
            ("letter file", Action::LetterFile),
            ("team", Action::Letter),
            ("evidence", Action::Evidence),
            ("evidence", Action::AddEvidence),
            ("waiver", Action::Accept),
            ("benefit", Action::Learn),
            ("benefit", Action::Edit),
            ("who", Action::Edit),
            ("who", Action::ChangeFields),
            ("sprint", Action::WhatIf),
            ("sprint", Action::ShowInsights),
            ("report", Action::ShowInsights),
            ("question", Action::RaiseQuestion),
            ("criteria", Action::Edit),
        ] {
            let mut palette = Palette::new(chain::REVIEW, |_| None);
            palette.on_text(words);
            let found: Vec<Action> = palette.matches().iter().map(|row| row.0.action).collect();
            assert!(found.contains(&action), "{words}: {found:?}");
        }
    }
}
