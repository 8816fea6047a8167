//! A command that is run as evidence: first that it runs, then what it showed, which is kept or left.

use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};
use ratatui::style::Style;
use ratatui::text::Line;
use ratatui::widgets::Widget;

use super::frame;
use super::seen::seen;
use crate::keymap::{Action, Scope, chain};
use crate::model::review::{End, Shown};
use crate::model::{CriterionId, StoryId};
use crate::ui::effect::{Effect, Request};
use crate::ui::pane::Cx;
use crate::ui::text;
use crate::ui::widgets::page::Page;

/// A command that runs or has run.
#[derive(Clone, Debug)]
pub struct ShownBox {
    story: StoryId,
    criterion: CriterionId,
    command: String,
    /// What came of it, or why it could not be run.
    shown: Option<Result<Shown, String>>,
}

impl ShownBox {
    /// A command that is begun.
    pub fn new(story: StoryId, criterion: CriterionId, command: &str) -> Self {
        Self {
            story,
            criterion,
            command: command.to_owned(),
            shown: None,
        }
    }

    /// Takes what came of the command.
    pub fn take(&mut self, shown: Result<Shown, String>) {
        self.shown = Some(shown);
    }

    pub(super) fn chain(&self) -> &'static [Scope] {
        match self.shown {
            Some(Ok(_)) => chain::CONFIRM,
            _ => chain::HELP,
        }
    }

    pub(super) fn on_action(&mut self, action: Action, cx: &Cx) -> Vec<Effect> {
        match (action, &self.shown) {
            (Action::Yes, Some(Ok(shown))) => {
                let kept = seen(
                    self.story,
                    &self.criterion,
                    None,
                    Some(shown.evidence()),
                    cx,
                );
                Effect::closing(kept)
            }
            (Action::Close, None) => vec![Effect::Close, Effect::Ask(Request::StopCommand)],
            (Action::No | Action::Close, _) => vec![Effect::Close],
            _ => Vec::new(),
        }
    }

    pub(super) fn render(&mut self, screen: Rect, buf: &mut Buffer, cx: &Cx) -> Option<Position> {
        let width = frame::widest(screen, 90);
        let most = usize::from(screen.height).saturating_sub(8).max(1);
        let page = self.write(usize::from(width), most, cx);
        let height = u16::try_from(page.lines.len() + 2).unwrap_or(u16::MAX);
        let inside = frame::draw(screen, (width + 4, height), "Evidence", cx.theme, buf);
        for (line, area) in page.lines.iter().zip(inside.rows()) {
            line.render(area, buf);
        }
        None
    }

    /// The command, its end, the last lines of its output, and what the keys do.
    fn write(&self, width: usize, most: usize, cx: &Cx) -> Page {
        let theme = cx.theme;
        let mut page = Page::new(width, theme);
        page.text(&format!("$ {}", self.command), theme.strong());
        let keys = match &self.shown {
            None => {
                page.text("It runs …", theme.dim());
                "Esc stops it"
            }
            Some(Err(reason)) => {
                page.text(reason, theme.bad());
                "Esc closes"
            }
            Some(Ok(shown)) => {
                let style = match shown.end {
                    End::Exit(0) => theme.good(),
                    _ => theme.bad(),
                };
                page.text(&shown.told(), style);
                page.gap();
                let rows: Vec<String> = text::rows(&shown.output, width.max(1));
                let first = rows.len().saturating_sub(most.saturating_sub(5).max(1));
                for row in rows.into_iter().skip(first) {
                    page.lines.push(Line::styled(row, Style::new()));
                }
                "y or Enter keeps this as evidence, n or Esc does not"
            }
        };
        page.gap();
        page.text(keys, theme.accent());
        page
    }
}
