//! The insights: a page of charts about the past and what may come of it, and the stories they name.
//!
//! The pane reads and walks; it changes nothing. What it shows is measured by [`InsightsPane::measure`] after an
//! input, never while drawing, and again only for another backlog or another hour.

mod progress;
mod rejections;
mod sections;
mod sheet;

use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};
use ratatui::widgets::Widget;

use self::sheet::{Sheet, StoryRow};
use super::acts;
use super::story::draw_more;
use crate::keymap::{Action, Scope, chain};
use crate::model::insights::Insights;
use crate::model::{Backlog, Forecast, StoryId, Timestamp};
use crate::ui::effect::{Effect, Focus, Pointer, Screen};
use crate::ui::pane::{Cx, Pane};
use crate::ui::widgets::pane_frame::{pane_frame, within_margins};

/// Why nothing can be opened while no story is chosen.
const NONE_CHOSEN: &str = "No story is chosen. Choose one with ] first.";

/// The page of charts.
#[derive(Debug, Default)]
pub struct InsightsPane {
    measured: Option<Measured>,
    written: Option<Written>,
    chosen: Option<StoryId>,
    /// Which of the page's rows it was last in: a story may stand in several lists.
    row: usize,
    top: usize,
    inside: Rect,
}

/// What was measured, and of what.
#[derive(Debug)]
struct Measured {
    generation: u64,
    hour: i64,
    insights: Insights,
}

/// The page as it was written last; written again only for other figures or another width.
#[derive(Debug)]
struct Written {
    width: u16,
    sheet: Sheet,
}

/// What a measurement is of: the backlog's state and the hour.
fn state(backlog: &Backlog, now: Timestamp) -> (u64, i64) {
    let hour = now.as_second().div_euclid(60 * 60);
    (backlog.generation(), hour)
}

impl InsightsPane {
    /// Whether the backlog was measured as it is now.
    pub fn is_current(&self, backlog: &Backlog, now: Timestamp) -> bool {
        let measured = self.measured.as_ref();
        measured.is_some_and(|old| (old.generation, old.hour) == state(backlog, now))
    }

    /// Measures the backlog, of which this is to be expected with nothing supposed: what is supposed in the backlog is
    /// no measurement.
    pub fn measure(&mut self, forecast: Forecast, cx: &Cx) {
        let (generation, hour) = state(cx.backlog, cx.now);
        self.measured = Some(Measured {
            generation,
            hour,
            insights: Insights::of(cx.backlog, forecast),
        });
        self.written = None;
    }

    fn write(&mut self, width: u16, cx: &Cx) {
        let Some(measured) = &self.measured else {
            return;
        };
        if self.written.as_ref().is_none_or(|old| old.width != width) {
            let sheet = sections::write(&measured.insights, usize::from(width), cx);
            self.written = Some(Written { width, sheet });
        }
    }

    fn sheet(&self) -> Option<&Sheet> {
        self.written.as_ref().map(|written| &written.sheet)
    }

    fn height(&self) -> usize {
        usize::from(self.inside.height)
    }

    fn last_top(&self) -> usize {
        let lines = self.sheet().map_or(0, |sheet| sheet.lines.len());
        lines.saturating_sub(self.height())
    }

    fn scroll(&mut self, action: Action) -> bool {
        let page = self.height().saturating_sub(1).max(1);
        self.top = match action {
            Action::Up => self.top.saturating_sub(1),
            Action::Down => self.top + 1,
            Action::PageUp => self.top.saturating_sub(page),
            Action::PageDown => self.top + page,
            Action::First => 0,
            Action::Last => usize::MAX,
            _ => return false,
        }
        .min(self.last_top());
        true
    }

    /// Chooses the next story that the page names, or the one before, and brings it in sight.
    fn choose(&mut self, forward: bool) {
        let Some(written) = &self.written else {
            return;
        };
        let rows = &written.sheet.stories;
        let at = self.chosen_row(rows);
        let next = match (at, forward) {
            (Some(at), true) => at + 1,
            (Some(at), false) => at.saturating_sub(1),
            (None, true) => 0,
            (None, false) => usize::MAX,
        };
        let next = next.min(rows.len().saturating_sub(1));
        let Some(row) = rows.get(next) else {
            return;
        };
        self.chosen = Some(row.story);
        self.row = next;
        let lowest = (row.line + 1).saturating_sub(self.height());
        self.top = self.top.clamp(lowest, row.line.max(lowest));
    }

    /// The row of the chosen story: the one it was last in, else its first.
    fn chosen_row(&self, rows: &[StoryRow]) -> Option<usize> {
        let chosen = self.chosen?;
        let is_there = |row: &StoryRow| row.story == chosen;
        if rows.get(self.row).is_some_and(is_there) {
            return Some(self.row);
        }
        rows.iter().position(is_there)
    }

    /// Goes to a story in the backlog, and does something with it there.
    fn go(story: StoryId, action: Option<Action>) -> Vec<Effect> {
        [Effect::Select(story), Effect::Focus(Focus::List)]
            .into_iter()
            .chain(action.map(Effect::Run))
            .collect()
    }

    fn draw_frame(&mut self, area: Rect, buf: &mut Buffer, cx: &Cx, focused: bool) {
        let theme = cx.theme;
        let block = pane_frame(" Insights ", focused, theme);
        let inside = block.inner(area);
        block.render(area, buf);
        self.inside = within_margins(inside);
    }
}

impl Pane for InsightsPane {
    fn chain(&self) -> &'static [Scope] {
        chain::INSIGHTS
    }

    fn on_action(&mut self, action: Action, _cx: &Cx) -> Option<Vec<Effect>> {
        if self.scroll(action) {
            return Some(Vec::new());
        }
        match (action, self.chosen) {
            (Action::NextStory | Action::PreviousStory, _) => {
                self.choose(action == Action::NextStory);
                Some(Vec::new())
            }
            (Action::Open, Some(story)) => Some(Self::go(story, None)),
            (Action::Open, None) => Some(vec![Effect::refusal(NONE_CHOSEN)]),
            (Action::Out, Some(_)) => {
                self.chosen = None;
                Some(Vec::new())
            }
            (Action::Out, None) => Some(vec![Effect::Show(Screen::Backlog)]),
            // What is done to a story is done where the story is.
            (action, Some(story)) if acts::is_act(action) => Some(Self::go(story, Some(action))),
            _ => None,
        }
    }

    fn on_pointer(&mut self, pointer: Pointer, _cx: &Cx) -> Vec<Effect> {
        match pointer {
            Pointer::Wheel { rows, .. } => {
                let rows = isize::try_from(rows).unwrap_or(0);
                self.top = self.top.saturating_add_signed(rows).min(self.last_top());
            }
            Pointer::Press { column, row } if self.inside.contains((column, row).into()) => {
                let line = self.top + usize::from(row - self.inside.y);
                let column = usize::from(column - self.inside.x);
                let hit = self.sheet().and_then(|sheet| sheet.story_at(line, column));
                if let Some((row, story)) = hit {
                    self.row = row;
                    self.chosen = Some(story);
                }
            }
            Pointer::Press { .. } | Pointer::Drag { .. } | Pointer::Release { .. } => {}
        }
        Vec::new()
    }

    fn reconcile(&mut self, cx: &Cx) {
        self.chosen = self.chosen.filter(|id| cx.backlog.story(*id).is_some());
    }

    fn render(&mut self, area: Rect, buf: &mut Buffer, cx: &Cx, focused: bool) -> Option<Position> {
        self.draw_frame(area, buf, cx, focused);
        let inside = self.inside;
        if inside.is_empty() {
            return None;
        }
        self.write(inside.width, cx);
        self.top = self.top.min(self.last_top());
        let sheet = self.sheet()?;
        for (line, row) in sheet.lines.iter().skip(self.top).zip(inside.rows()) {
            line.render(row, buf);
        }
        let chosen = self.chosen_row(&sheet.stories);
        let chosen = chosen.and_then(|row| sheet.stories.get(row));
        if let Some(area) = chosen.and_then(|row| row.area(inside, self.top)) {
            buf.set_style(area, cx.theme.selected(focused));
        }
        draw_more(area, self.last_top().saturating_sub(self.top), buf, cx);
        None
    }

    fn refuses(&self, action: Action, cx: &Cx) -> Option<String> {
        match (action, self.chosen) {
            (Action::Open, None) => Some(NONE_CHOSEN.to_owned()),
            (action, chosen) => {
                let story: Vec<StoryId> = chosen.or(cx.selected).into_iter().collect();
                acts::refuses(action, &story, cx)
            }
        }
    }
}
