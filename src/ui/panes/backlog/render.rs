//! Drawing the backlog: only the rows in sight are looked at.

use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};
use ratatui::text::{Line, Span};
use ratatui::widgets::Widget;

use super::lines::{Heading, OnLine, Said};
use super::place::Placing;
use super::row::{Columns, Row};
use super::scores::Scores;
use super::{BacklogPane, Mode};
use crate::model::{Method, StoryId};
use crate::ui::pane::Cx;
use crate::ui::panes::forecast::supposed;
use crate::ui::search::{border_row, draw_counted, draw_field};
use crate::ui::text;
use crate::ui::widgets::pane_frame::{draw_nothing, pane_frame};

impl BacklogPane {
    pub(super) fn draw(
        &mut self,
        area: Rect,
        buf: &mut Buffer,
        cx: &Cx,
        focused: bool,
    ) -> Option<Position> {
        let columns = Columns::share(area.width.saturating_sub(2), self.scores.method(cx), cx);
        let block = pane_frame(
            self.title(self.scores.method(cx).filter(|_| columns.has_score()), cx),
            focused,
            cx.theme,
        );
        self.list = block.inner(area);
        block.render(area, buf);
        let cursor = self.draw_bottom(area, buf, cx);
        let mut list = self.list;
        self.filter.search.draw_error(&mut list, buf, cx.theme);
        if self.len(cx) == 0 {
            self.draw_empty(list, buf, cx);
        } else if let Mode::Place(placing) = &self.mode {
            self.view
                .show(placing.at, placing.rest.len() + 1, list.height);
            let scores = &mut self.scores;
            draw_placing(placing, scores, self.view.top(), columns, list, buf, cx);
        } else {
            self.draw_rows(columns, list, buf, cx, focused);
        }
        cursor
    }

    /// What of the list stands in a row of the screen.
    pub(super) fn on_screen(&self, row: u16, cx: &Cx) -> Option<OnLine<'_>> {
        let offset = row
            .checked_sub(self.list.y)
            .filter(|offset| *offset < self.list.height)?;
        match self.dividers.on(self.view.top() + usize::from(offset)) {
            OnLine::Row(index) if index >= self.len(cx) => None,
            found => Some(found),
        }
    }

    /// The row of the list under the pointer.
    pub(super) fn row_at(&self, row: u16, cx: &Cx) -> Option<usize> {
        match self.on_screen(row, cx)? {
            OnLine::Row(index) => Some(index),
            OnLine::Divider(_) => None,
        }
    }

    fn draw_rows(
        &mut self,
        columns: Columns,
        list: Rect,
        buf: &mut Buffer,
        cx: &Cx,
        focused: bool,
    ) {
        let lines = self.len(cx) + self.dividers.len();
        let at = self.dividers.line_of(self.at);
        let top = self.view.show(at, lines, list.height);
        for (line, area) in (top..lines).zip(list.rows()) {
            let index = match self.dividers.on(line) {
                OnLine::Row(index) => index,
                OnLine::Divider(divider) => {
                    match &divider.said {
                        Said::Heading(heading) => draw_heading(heading, false, area, buf, cx),
                        Said::Line(text) => draw_divider(text, area, buf, cx),
                    }
                    continue;
                }
            };
            if let Some(group) = self.groups.folded_at(index) {
                let is_selected = index == self.at;
                let marked = group.stories.iter().filter(|id| self.marks.contains(**id));
                let mut heading = self.groups.heading(group, cx);
                // What one has marked one wants to see more than any figure.
                match marked.count() {
                    0 => {}
                    some => heading.figures.insert(0, format!("{some} marked")),
                }
                draw_heading(&heading, is_selected, area, buf, cx);
                if is_selected {
                    buf.set_style(area, cx.theme.selected(focused));
                }
                continue;
            }
            let Some(story) = self.id_at(index, cx).and_then(|id| cx.backlog.story(id)) else {
                continue;
            };
            let row = Row {
                story,
                // Without a search the rows are the backlog, and nothing needs to be looked up.
                position: if self.is_whole() {
                    Some(index + 1)
                } else {
                    cx.backlog.position(story.id)
                },
                selected: index == self.at,
                marked: self.marks.contains(story.id),
                focused,
                score: self.scores.cell(story, cx),
                found: self.filter.highlights(&story.title),
            };
            row.draw(columns, area, buf, cx);
        }
    }

    fn draw_empty(&self, list: Rect, buf: &mut Buffer, cx: &Cx) {
        let said = if self.filter.text().is_empty() {
            "There is no open story.\nPress n to write one."
        } else {
            "No story matches.\nEsc clears the search; status:any looks at closed stories too."
        };
        draw_nothing(said, list, buf, cx.theme);
    }

    /// The bottom border: what is typed on the left, what is counted on the right.
    fn draw_bottom(&mut self, area: Rect, buf: &mut Buffer, cx: &Cx) -> Option<Position> {
        let row = border_row(area)?;
        let theme = cx.theme;
        let room = draw_counted(&self.counted(cx), row, buf);
        let error = self.filter.error().map(|error| error.at.clone());
        let (sign, typed, is_open) = match &mut self.mode {
            Mode::Search(_) => (" /", &mut self.filter.search.typed, true),
            Mode::Browse if !self.filter.text().is_empty() => {
                (" /", &mut self.filter.search.typed, false)
            }
            Mode::Place(placing) => (" place ", &mut placing.typed, true),
            Mode::Estimate(estimating) => {
                let line = match &estimating.typed {
                    Some(typed) => format!(" points: {typed}_  Enter "),
                    None => {
                        " points: a digit sets them; . for a longer number; - for none ".to_owned()
                    }
                };
                let line = text::truncate(&line, room).into_owned();
                Line::styled(line, theme.accent()).render(row, buf);
                return None;
            }
            Mode::Score(scoring) => {
                let line = scoring.line(cx);
                let line = text::truncate(&line, room).into_owned();
                Line::styled(line, theme.accent()).render(row, buf);
                return None;
            }
            Mode::Browse => return None,
        };
        let cursor = draw_field((sign, typed), error, row, room, buf, theme);
        cursor.filter(|_| is_open)
    }

    fn counted(&self, cx: &Cx) -> String {
        let mut parts = Vec::new();
        if !self.marks.is_empty() {
            parts.push(format!("{} marked", self.marks.len()));
        }
        if let Some(found) = self.filter.found() {
            let all = if self.filter.text().contains("status:") {
                cx.backlog.stories().len()
            } else {
                cx.backlog.open_count()
            };
            parts.push(format!("{} of {all}", found.len()));
        }
        parts.join(&format!(" {} ", cx.theme.dot()))
    }

    /// What stands in the upper border.
    fn title(&self, shown: Option<Method>, cx: &Cx) -> String {
        let (dash, dot) = (cx.theme.dash(), cx.theme.dot());
        if let Some(supposed) = cx.forecast.and_then(|forecast| supposed(forecast, cx)) {
            return format!(" Backlog {dash} what if: {supposed} {dot} Esc ends it ");
        }
        let mut parts = vec![match cx.backlog.open_count() {
            1 => "1 story".to_owned(),
            many => format!("{many} stories"),
        }];
        if cx.backlog.product().has_estimates() {
            parts.push(format!("{} points", cx.backlog.open_points()));
        }
        match (self.view_in_force(cx), self.groups.by()) {
            (Some(view), _) => parts.push(text::truncate(&view.name, 24).into_owned()),
            (None, Some(by)) if self.groups.rows().is_some() => parts.push(format!("by {by}")),
            (None, _) => {}
        }
        parts.extend(shown.map(|method| method.to_string()));
        format!(" Backlog {dash} {} ", parts.join(&format!(" {dot} ")))
    }
}

/// The heading of a group.
fn draw_heading(heading: &Heading, is_selected: bool, area: Rect, buf: &mut Buffer, cx: &Cx) {
    let room = usize::from(area.width).saturating_sub(3);
    let said = heading.fit(room, cx.theme.dot());
    let bar = if is_selected { cx.theme.bar() } else { " " };
    let spans = vec![
        Span::styled(format!(" {bar}"), cx.theme.accent()),
        Span::styled(said, cx.theme.strong()),
    ];
    Line::from(spans).render(area, buf);
}

/// A text in the middle of a dotted line.
fn draw_divider(text: &str, area: Rect, buf: &mut Buffer, cx: &Cx) {
    let width = usize::from(area.width);
    let said = text::truncate(text, width.saturating_sub(6));
    let rest = width.saturating_sub(text::width(&said) + 4);
    let dots = |count: usize| cx.theme.dots().repeat(count);
    let line = format!(" {} {said} {} ", dots(rest / 2), dots(rest - rest / 2));
    Line::styled(line, cx.theme.dim()).render(area, buf);
}

fn draw_placing(
    placing: &Placing,
    scores: &mut Scores,
    top: usize,
    columns: Columns,
    list: Rect,
    buf: &mut Buffer,
    cx: &Cx,
) {
    for (slot, area) in (top..=placing.rest.len()).zip(list.rows()) {
        if slot == placing.at {
            draw_ghost(placing, columns, area, buf, cx);
            continue;
        }
        let index = if slot > placing.at { slot - 1 } else { slot };
        let Some(story) = placing.rest.get(index).and_then(|id| cx.backlog.story(*id)) else {
            continue;
        };
        let row = Row {
            story,
            position: cx.backlog.position(story.id),
            selected: false,
            marked: false,
            focused: false,
            score: scores.cell(story, cx),
            found: Vec::new(),
        };
        row.draw(columns, area, buf, cx);
    }
}

fn draw_ghost(placing: &Placing, columns: Columns, area: Rect, buf: &mut Buffer, cx: &Cx) {
    let title = |id: &StoryId| {
        cx.backlog
            .story(*id)
            .map(|story| format!("{}  {}", cx.backlog.key(story), story.title))
    };
    let said = match placing.stories.as_slice() {
        [only] => title(only).unwrap_or_default(),
        many => format!("{} stories", many.len()),
    };
    let gap = " ".repeat(columns.title_at().saturating_sub(4));
    let room = usize::from(area.width).saturating_sub(columns.title_at());
    let spans = vec![
        Span::raw(format!(" {}", cx.theme.bar())),
        Span::raw(gap),
        Span::raw(format!("{} ", cx.theme.arrow())),
        Span::raw(text::truncate(&said, room).into_owned()),
    ];
    Line::from(spans).render(area, buf);
    buf.set_style(area, cx.theme.selected(true));
}
