//! Where the order and the scores disagree: the stories furthest from the place of their score, and why.
//!
//! For MoSCoW also how the effort is shared among the classes.

use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};
use ratatui::style::Style;
use ratatui::text::{Line, Span};
use ratatui::widgets::Widget;

use super::frame;
use crate::keymap::Action;
use crate::model::score::{Placed, Shares};
use crate::model::{Board, Method, Refusal};
use crate::ui::effect::{Effect, Focus};
use crate::ui::pane::Cx;
use crate::ui::text;
use crate::ui::widgets::viewport::walk;

/// Stories out of the order of their scores, to go to.
#[derive(Clone, Debug)]
pub struct Disagreements {
    method: Method,
    /// What stands above the stories.
    head: Vec<String>,
    rows: Vec<(Placed, String)>,
    at: usize,
    top: usize,
    height: usize,
    /// The backlog's generation that these are right for.
    generation: u64,
}

impl Disagreements {
    /// The disagreements by one method.
    ///
    /// # Errors
    /// With fewer than two scored stories there is no order to disagree with.
    pub fn new(method: Method, cx: &Cx) -> Result<Self, Refusal> {
        Board::new(cx.backlog, method, cx.backlog.open())?;
        let mut disagreements = Self {
            method,
            head: Vec::new(),
            rows: Vec::new(),
            at: 0,
            top: 0,
            height: 1,
            generation: 0,
        };
        disagreements.follow(cx);
        Ok(disagreements)
    }

    /// Follows a backlog that has changed.
    fn follow(&mut self, cx: &Cx) {
        if self.generation == cx.backlog.generation() {
            return;
        }
        self.generation = cx.backlog.generation();
        let board = Board::new(cx.backlog, self.method, cx.backlog.open()).ok();
        let off = board.iter().flat_map(Board::disagreements);
        self.rows = off
            .filter_map(|placed| Some((placed, board.as_ref()?.reason(&placed, cx.backlog))))
            .collect();
        self.at = self.at.min(self.rows.len().saturating_sub(1));
        let few = || "Fewer than two stories are scored now.".to_owned();
        self.head = vec![board.as_ref().map_or_else(few, Board::told)];
        if self.method == Method::Moscow {
            self.head.extend(Shares::of(cx.backlog).told());
        }
    }

    pub(super) fn on_action(&mut self, action: Action, cx: &Cx) -> Vec<Effect> {
        self.follow(cx);
        let last = self.rows.len().saturating_sub(1);
        if let Some(at) = walk(action, self.at, self.height, last) {
            self.at = at;
            return Vec::new();
        }
        match action {
            Action::Close => return vec![Effect::Close],
            Action::Confirm => {
                let story = self.rows.get(self.at).map(|(placed, _)| placed.story);
                let go = story.map(|story| [Effect::Focus(Focus::List), Effect::Select(story)]);
                return std::iter::once(Effect::Close)
                    .chain(go.into_iter().flatten())
                    .collect();
            }
            _ => {}
        }
        Vec::new()
    }

    pub(super) fn render(&mut self, screen: Rect, buf: &mut Buffer, cx: &Cx) -> Option<Position> {
        self.follow(cx);
        let width = frame::widest(screen, 96);
        let head: Vec<String> = self
            .head
            .iter()
            .flat_map(|line| text::rows(line, usize::from(width).max(1)))
            .collect();
        let gap = usize::from(!self.rows.is_empty());
        let wanted = head.len() + gap + self.rows.len() + 2;
        let height = u16::try_from(wanted).unwrap_or(u16::MAX);
        let title = format!("Order and {} scores", self.method);
        let inside = frame::draw(screen, (width + 4, height), &title, cx.theme, buf);
        // The stories matter more than what is said above them.
        let room = usize::from(inside.height);
        let above = head
            .len()
            .min(room.saturating_sub(self.rows.len().min(3) + gap));
        let mut areas = inside.rows();
        for (line, area) in head.iter().take(above).zip(areas.by_ref()) {
            Line::raw(line.as_str()).render(area, buf);
        }
        if above > 0 && gap > 0 {
            areas.next();
        }
        let areas: Vec<Rect> = areas.collect();
        self.height = areas.len().max(1);
        self.top = self
            .top
            .min(self.at)
            .max((self.at + 1).saturating_sub(self.height));
        let columns = self.columns(usize::from(inside.width), cx);
        let rows = self.rows.iter().enumerate().skip(self.top);
        for ((index, row), area) in rows.zip(areas) {
            line(row, index == self.at, &columns, cx).render(area, buf);
            if index == self.at {
                buf.set_style(area, cx.theme.selected(true));
            }
        }
        None
    }

    fn columns(&self, width: usize, cx: &Cx) -> Columns {
        let place = cx.backlog.open_count().to_string().len();
        let key = cx.backlog.longest_key();
        let fixed = 2 + 2 * place + text::width(cx.theme.arrow()) + 2 + 2 + key + 2;
        let room = width.saturating_sub(fixed);
        let reasons = self.rows.iter().skip(self.top).take(self.height);
        let widest = reasons.map(|(_, reason)| text::width(reason)).max();
        let reason = widest.unwrap_or(0).min(room / 2);
        Columns {
            place,
            key,
            title: room.saturating_sub(reason + 2),
            reason,
        }
    }
}

/// How the width of a row is shared.
struct Columns {
    place: usize,
    key: usize,
    title: usize,
    reason: usize,
}

fn line(row: &(Placed, String), selected: bool, columns: &Columns, cx: &Cx) -> Line<'static> {
    let (placed, reason) = row;
    let theme = cx.theme;
    let Some(story) = cx.backlog.story(placed.story) else {
        return Line::default();
    };
    let Columns { place, key, .. } = *columns;
    Line::from(vec![
        Span::styled(if selected { theme.bar() } else { " " }, theme.accent()),
        Span::styled(
            format!(" {:>place$} {} ", placed.place, theme.arrow()),
            theme.dim(),
        ),
        Span::raw(format!("{:>place$}  ", placed.by_score)),
        Span::styled(text::fit(&cx.backlog.key(story), key), theme.accent()),
        Span::raw(format!("  {}", text::fit(&story.title, columns.title))),
        Span::styled(
            format!("  {}", text::truncate(reason, columns.reason)),
            Style::new(),
        ),
    ])
}
