//! Drawing the tree, and beside it what is selected; where there is little room, one at a time.

use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};
use ratatui::style::Style;
use ratatui::text::{Line, Span};
use ratatui::widgets::Widget;

use super::page::many;
use super::tree::{Row, Spot, Sums};
use super::{DiscoveryPane, WIDE, today};
use crate::model::{Belief, Points, Problem, Unit};
use crate::ui::pane::Cx;
use crate::ui::widgets::pane_frame::{draw_nothing, pane_frame, within_margins};
use crate::ui::{search, text};

/// So many stories of a problem are named beside the tree.
pub(super) const MOST: usize = 50;
/// The columns right of the titles, each with the blanks before it.
const IMPACT: usize = 8;
const VOICES: usize = 8;
const HEARD: usize = 7;
const ACCEPTED: usize = 10;
const STATE: usize = 11;
const POINTS: usize = 8;
/// Where the tree is narrower, what was heard and the accepted stories are left out.
const ROOMY: usize = 60;
/// From this width on a problem's impact and voices stand in the tree, too.
const SPACIOUS: usize = 84;

/// The text of a row's columns, with their styles.
type Cells = [(String, Style); 6];

impl DiscoveryPane {
    pub(super) fn draw(
        &mut self,
        area: Rect,
        buf: &mut Buffer,
        cx: &Cx,
        focused: bool,
    ) -> Option<Position> {
        (self.list, self.beside) = (Rect::ZERO, Rect::ZERO);
        let (list, beside) = if area.width >= WIDE {
            let width = area.width * 3 / 5;
            let rest = Rect {
                x: area.x + width,
                width: area.width - width,
                ..area
            };
            (Some(Rect { width, ..area }), Some(rest))
        } else if self.reads {
            (None, Some(area))
        } else {
            (Some(area), None)
        };
        let mut cursor = None;
        if let Some(list) = list {
            self.draw_tree(list, buf, cx, focused && !self.reads);
            cursor = self.draw_search(list, buf, cx);
        }
        if let Some(beside) = beside {
            self.beside = beside;
            self.sheet.draw(beside, buf, cx, focused && self.reads);
        }
        cursor
    }

    fn draw_tree(&mut self, area: Rect, buf: &mut Buffer, cx: &Cx, focused: bool) {
        let inside = frame(area, &self.title(cx), focused, buf, cx);
        let mut areas = inside.rows();
        let mut used = 0;
        let notes = self.notes(cx);
        if self.tree.outcomes + self.tree.problems == 0 {
            for line in welcome(usize::from(inside.width), cx) {
                if let Some(area) = areas.next() {
                    line.render(area, buf);
                    used += 1;
                }
            }
        }
        // The rows matter more than what stands above them.
        let columns = (!self.tree.rows.is_empty()).then(|| head(usize::from(inside.width), cx));
        let heads = [notes, columns];
        for line in heads.into_iter().flatten() {
            if inside.height > 6
                && let Some(area) = areas.next()
            {
                line.render(area, buf);
                used += 1;
            }
        }
        self.list = Rect {
            y: inside.y + used,
            height: inside.height.saturating_sub(used),
            ..inside
        };
        self.search.search.draw_error(&mut self.list, buf, cx.theme);
        if self.tree.rows.is_empty() && self.search.found.is_some() {
            let said = "No outcome, problem or story matches.\nEsc clears the search.";
            draw_nothing(said, self.list, buf, cx.theme);
        }
        let top = self
            .view
            .show(self.at, self.tree.rows.len(), self.list.height);
        let rows = self.tree.rows.iter().enumerate().skip(top);
        for ((index, row), area) in rows.zip(self.list.rows()) {
            self.line(row, index == self.at, usize::from(area.width), cx)
                .render(area, buf);
            if index == self.at {
                buf.set_style(area, cx.theme.selected(focused));
            }
        }
        let below = self
            .tree
            .rows
            .len()
            .saturating_sub(top + self.view.height());
        // The search says in the same place how much it found.
        if self.search.found.is_none() {
            crate::ui::panes::story::draw_more(area, below, buf, cx);
        }
    }

    fn title(&self, cx: &Cx) -> String {
        let tree = &self.tree;
        format!(
            "Discovery {} {} {} {}",
            cx.theme.dash(),
            many(tree.outcomes, "outcome"),
            cx.theme.dot(),
            many(tree.problems, "problem"),
        )
    }

    /// What waits: stories to look at again, and loose ends, each with its key.
    fn notes(&self, cx: &Cx) -> Option<Line<'static>> {
        let theme = cx.theme;
        let mut spans = Vec::new();
        if self.tree.due > 0 {
            let stories = if self.tree.due == 1 {
                "story"
            } else {
                "stories"
            };
            spans.push(Span::styled(" L", theme.accent()));
            spans.push(Span::styled(
                format!(" {} {stories} to look at again ", self.tree.due),
                theme.warn(),
            ));
        }
        if self.tree.loose > 0 {
            spans.push(Span::styled(" o", theme.accent()));
            let said = format!(" {}", many(self.tree.loose, "loose end"));
            spans.push(Span::styled(said, theme.dim()));
        }
        (!spans.is_empty()).then(|| Line::from(spans))
    }

    fn line(&self, row: &Row, selected: bool, width: usize, cx: &Cx) -> Line<'static> {
        let theme = cx.theme;
        let sign = match (row.is_branch, self.is_folded(row.spot)) {
            (false, _) => " ",
            (true, true) => theme.behind(),
            (true, false) => theme.unfolded(),
        };
        let lead = format!("{}{sign} ", "  ".repeat(row.depth));
        let columns = columns(width, cx);
        let cells = cells(row, cx);
        // What is called so may reach over the columns that say nothing of it.
        let silent = cells.iter().take_while(|(said, _)| said.is_empty()).count();
        let used: usize = columns.iter().skip(silent).sum();
        let room = width.saturating_sub(1 + text::width(&lead) + used);
        let mut spans = vec![
            Span::styled(if selected { theme.bar() } else { " " }, theme.accent()),
            Span::styled(lead, theme.dim()),
        ];
        spans.extend(self.name(row, room, cx));
        for ((said, style), width) in cells.into_iter().zip(columns).skip(silent) {
            if width > 0 {
                spans.push(Span::raw("  "));
                spans.push(Span::styled(text::fit(&said, width - 2), style));
            }
        }
        Line::from(spans)
    }
}

impl DiscoveryPane {
    /// What a row is called, in so many columns, with what a search found in it.
    fn name(&self, row: &Row, room: usize, cx: &Cx) -> Vec<Span<'static>> {
        let theme = cx.theme;
        let plain = |words: &str, style| vec![Span::styled(text::fit(words, room), style)];
        let marked = |words: &str, room, style| {
            let found = self.search.search.highlights(words);
            search::title(words, &found, room, style, theme)
        };
        match row.spot {
            Spot::Outcome(id) => {
                let outcome = cx.backlog.product().outcome(id);
                let title = outcome.map_or("", |outcome| &outcome.title);
                marked(title, room, theme.strong())
            }
            Spot::Problem(id) => {
                let problem = cx.backlog.problem(id);
                let title = problem.map_or("", |problem| &problem.title);
                marked(title, room, Style::new())
            }
            Spot::NoOutcome => plain("Without an outcome", theme.dim()),
            Spot::NoProblem => {
                let stories = if row.sums.stories == 1 {
                    "1 story without a problem".to_owned()
                } else {
                    format!("{} stories without a problem", row.sums.stories)
                };
                plain(&stories, theme.dim())
            }
            Spot::Story(id) => {
                let Some(story) = cx.backlog.story(id) else {
                    return Vec::new();
                };
                let key = cx.backlog.key(story);
                let room = room.saturating_sub(text::width(&key) + 1);
                let mut spans = vec![Span::styled(format!("{key} "), theme.accent())];
                spans.extend(marked(&story.title, room, Style::new()));
                spans
            }
        }
    }
}

/// How wide each column is; none where it is left out.
fn columns(width: usize, cx: &Cx) -> [usize; 6] {
    let points = match cx.backlog.product().unit() {
        Unit::Points => POINTS,
        Unit::Stories => 0,
    };
    if width < ROOMY {
        [0, 0, 0, 0, STATE, points]
    } else if width < SPACIOUS {
        [0, 0, HEARD, ACCEPTED, STATE, points]
    } else {
        [IMPACT, VOICES, HEARD, ACCEPTED, STATE, points]
    }
}

/// What the columns mean.
fn head(width: usize, cx: &Cx) -> Line<'static> {
    let columns = columns(width, cx);
    let room = width.saturating_sub(columns.iter().sum());
    let mut said = " ".repeat(room);
    let names = ["impact", "voices", "heard", "accepted", "state", "points"];
    for (name, width) in names.iter().zip(columns) {
        if width > 0 {
            said.push_str("  ");
            said.push_str(&text::fit(name, width - 2));
        }
    }
    Line::styled(said, cx.theme.dim())
}

fn cells(row: &Row, cx: &Cx) -> Cells {
    let theme = cx.theme;
    let nothing = || (String::new(), Style::new());
    let Sums {
        stories,
        accepted,
        points,
    } = row.sums;
    let counted = (
        if stories == 0 {
            theme.dash().to_owned()
        } else {
            format!("{accepted} of {stories}")
        },
        theme.dim(),
    );
    let weight = |points: Points| {
        let said = if points == Points::ZERO {
            String::new()
        } else {
            text::pad_left(&points.to_string(), POINTS - 2)
        };
        (said, Style::new())
    };
    let mut cells: Cells = std::array::from_fn(|_| nothing());
    let [impact, voices, heard, all, state, size] = &mut cells;
    *size = weight(points);
    match row.spot {
        Spot::NoProblem => {}
        Spot::NoOutcome => *all = counted,
        Spot::Outcome(id) => {
            *all = counted;
            let kept = cx.backlog.promises(id).kept;
            if kept > 0 {
                *state = (format!("{kept} kept"), theme.good());
            }
        }
        Spot::Problem(id) => {
            let Some(problem) = cx.backlog.problem(id) else {
                return cells;
            };
            *impact = number(&problem.impact(), IMPACT);
            *voices = number(&problem.voices(), VOICES);
            *heard = age(problem, cx);
            *all = counted;
            *state = (problem.state.to_string(), belief(problem.state, cx));
        }
        Spot::Story(id) => {
            let Some(story) = cx.backlog.story(id) else {
                return cells;
            };
            *state = (story.status.to_string(), theme.status(story.status));
            *size = weight(story.estimate.unwrap_or_default());
        }
    }
    cells
}

/// How old a problem's newest evidence is; told apart where it is older than the product allows.
fn age(problem: &Problem, cx: &Cx) -> (String, Style) {
    let style = if cx.backlog.is_stale(problem, today(cx)) {
        cx.theme.warn()
    } else {
        cx.theme.dim()
    };
    let said = match problem.age(today(cx)) {
        None => "never".to_owned(),
        Some(0) => "today".to_owned(),
        Some(days) => format!("{days} d"),
    };
    (said, style)
}

/// A number at the right edge of its column.
fn number(number: &impl ToString, width: usize) -> (String, Style) {
    (text::pad_left(&number.to_string(), width - 2), Style::new())
}

/// How a belief looks; its word stands there, too.
pub(super) fn belief(state: Belief, cx: &Cx) -> Style {
    match state {
        Belief::Assumed => Style::new(),
        Belief::Validated => cx.theme.good(),
        Belief::Refuted => cx.theme.bad(),
    }
}

/// What stands there as long as nothing is written down.
fn welcome(width: usize, cx: &Cx) -> Vec<Line<'static>> {
    let said = "A story is worth as much as the problem it solves. Write down what users need or suffer from with n, what should change for them with N, and link stories to it with l.";
    let rows = text::rows(said, width.saturating_sub(2).max(1)).into_iter();
    let lines = rows.map(|row| Line::styled(format!(" {row}"), cx.theme.dim()));
    lines.chain([Line::default()]).collect()
}

/// Draws the border of a pane with its title and answers the inside.
pub(super) fn frame(area: Rect, title: &str, focused: bool, buf: &mut Buffer, cx: &Cx) -> Rect {
    let theme = cx.theme;
    let room = usize::from(area.width.saturating_sub(4));
    let title = text::truncate(&format!(" {title} "), room).into_owned();
    let block = pane_frame(title, focused, theme);
    let inside = block.inner(area);
    block.render(area, buf);
    within_margins(inside)
}
