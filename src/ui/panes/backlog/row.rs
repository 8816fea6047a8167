//! One row of the backlog, and how the width is shared among its columns.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::Style;
use ratatui::text::{Line, Span};
use ratatui::widgets::Widget;

use crate::model::{Method, Missing, Status, Story};
use crate::ui::pane::Cx;
use crate::ui::{search, text};

/// The widths of the columns, in cells; a column without room has none.
#[derive(Clone, Copy, Debug)]
pub(super) struct Columns {
    position: usize,
    key: usize,
    title: usize,
    /// Gives way first.
    score: usize,
    points: usize,
    status: usize,
}

/// What is to be seen of a story in its row.
#[derive(Debug)]
pub(super) struct Row<'a> {
    pub(super) story: &'a Story,
    /// Its place in the backlog; closed stories have none.
    pub(super) position: Option<usize>,
    pub(super) selected: bool,
    pub(super) marked: bool,
    pub(super) focused: bool,
    /// What stands in the column of scores, and whether another story raised it.
    pub(super) score: (String, bool),
    /// What a search found in the title.
    pub(super) found: Vec<std::ops::Range<usize>>,
}

impl Columns {
    /// Shares a width; the title gets what the others leave, and they give way when that is little.
    pub(super) fn share(width: u16, scores: Option<Method>, cx: &Cx) -> Self {
        let width = usize::from(width);
        let digits = |number: usize| number.checked_ilog10().unwrap_or(0) as usize + 1;
        let mut columns = Self {
            position: digits(cx.backlog.open_count()).max(2),
            key: cx.backlog.longest_key(),
            title: 0,
            score: scores.map_or(0, score_width),
            points: 3,
            status: 9,
        };
        let fixed = |c: &Self| {
            let shown = gap(1, c.score) + gap(1, c.points) + gap(2, c.status);
            3 + c.position + 2 + c.key + 2 + shown + 1
        };
        for give_way in [
            |c: &mut Self| c.score = 0,
            |c: &mut Self| c.status = 0,
            |c: &mut Self| c.points = 0,
        ] {
            if width.saturating_sub(fixed(&columns)) >= 20 {
                break;
            }
            give_way(&mut columns);
        }
        columns.title = width.saturating_sub(fixed(&columns));
        columns
    }

    /// Whether there is room for the scores.
    pub(super) const fn has_score(&self) -> bool {
        self.score > 0
    }

    /// The column where the title begins, for the ghost row.
    pub(super) const fn title_at(&self) -> usize {
        3 + self.position + 2
    }
}

/// The width of a score with the sign of a raised one.
const fn score_width(method: Method) -> usize {
    match method {
        Method::Moscow => 7,
        Method::ValueEffort | Method::Wsjf | Method::Rice | Method::Impact => 5,
    }
}

/// A column with the gap before it.
const fn gap(gap: usize, width: usize) -> usize {
    if width == 0 { 0 } else { gap + width }
}

impl Row<'_> {
    pub(super) fn draw(&self, columns: Columns, area: Rect, buf: &mut Buffer, cx: &Cx) {
        let (story, theme) = (self.story, cx.theme);
        let position = self
            .position
            .map(|position| position.to_string())
            .unwrap_or_default();
        let mut spans = vec![
            Span::styled(if self.marked { theme.mark() } else { " " }, theme.warn()),
            Span::styled(
                if self.selected { theme.bar() } else { " " },
                theme.accent(),
            ),
            Span::styled(
                format!(" {}", text::pad_left(&position, columns.position)),
                theme.dim(),
            ),
            Span::styled(
                format!("  {}", text::fit(&cx.backlog.key(story), columns.key)),
                theme.accent(),
            ),
            Span::raw("  "),
        ];
        // What needs attention stands at the end of the title's room, so that it costs nothing where there is nothing.
        let (flags, style) = flags(story, cx);
        let flags_room = gap(1, text::width(&flags));
        if flags.is_empty() || columns.title < flags_room + 12 {
            spans.extend(self.title(columns.title, cx));
        } else {
            spans.extend(self.title(columns.title - flags_room, cx));
            spans.push(Span::styled(format!(" {flags}"), style));
        }
        if columns.score > 0 {
            spans.push(self.score(columns.score, cx));
        }
        if columns.points > 0 {
            let points = story
                .estimate
                .map(|points| points.to_string())
                .unwrap_or_default();
            spans.push(Span::raw(format!(
                " {}",
                text::pad_left(&points, columns.points)
            )));
        }
        if columns.status > 0 {
            let status = text::fit(story.status.word(), columns.status);
            spans.push(Span::styled(
                format!("  {status}"),
                theme.status(story.status),
            ));
        }
        Line::from(spans).render(area, buf);
        if is_left_out(story, cx) {
            buf.set_style(area, theme.dim());
        }
        if self.selected {
            buf.set_style(area, theme.selected(self.focused));
        }
    }

    fn score(&self, width: usize, cx: &Cx) -> Span<'static> {
        let (score, is_raised) = &self.score;
        let style = if *is_raised {
            cx.theme.accent()
        } else {
            Style::new()
        };
        Span::styled(format!(" {}", text::pad_left(score, width)), style)
    }

    /// The title, with what a search found in it.
    fn title(&self, width: usize, cx: &Cx) -> Vec<Span<'static>> {
        let title = self.story.title.as_str();
        let base = if self.story.status == Status::Dropped {
            cx.theme.dim()
        } else {
            Style::new()
        };
        search::title(title, &self.found, width, base, cx.theme)
    }
}

/// Whether the story is supposed not to be there.
fn is_left_out(story: &Story, cx: &Cx) -> bool {
    cx.forecast
        .is_some_and(|forecast| forecast.what_if.without.contains(&story.id))
}

/// How much an idea lacks to be agreed, beside the questions and findings that have flags of their own.
fn lacks(story: &Story, cx: &Cx) -> usize {
    let missing = match story.status {
        Status::Idea => cx.backlog.missing(story),
        _ => Vec::new(),
    };
    let has_none =
        |missing: &&Missing| !matches!(missing, Missing::Answers(_) | Missing::Mending(_));
    missing.iter().filter(has_none).count()
}

/// What needs attention, the most pressing first: left out of what is supposed, criteria met, rounds, open questions, findings, blockers.
fn flags(story: &Story, cx: &Cx) -> (String, Style) {
    let theme = cx.theme;
    let mut flags = Vec::new();
    let mut style = theme.dim();
    if is_left_out(story, cx) {
        flags.push("left out".to_owned());
    }
    if matches!(story.status, Status::Delivered | Status::Rejected) && !story.criteria.is_empty() {
        let met = theme.verdict_sign(Some(crate::model::Verdict::Met));
        flags.push(format!(
            "{met}{}/{}",
            story.criteria_met(),
            story.criteria.len()
        ));
    }
    let rejections = story.rejections();
    if rejections > 0 {
        flags.push(format!("{}{rejections}", theme.again()));
        style = theme.warn();
    }
    if !story.status.is_closed() {
        let open = story.open_questions().count();
        if open > 0 {
            flags.push(format!("?{open}"));
        }
        let faults = cx.backlog.faults(story).all();
        if faults > 0 {
            flags.push(format!("!{faults}"));
        }
        let missing = lacks(story, cx);
        if missing > 0 {
            flags.push(format!("{}{missing}", theme.missing()));
        }
        if cx.backlog.is_misplaced(story) {
            flags.push(theme.misplaced().to_owned());
            style = theme.warn();
        } else if cx.backlog.is_blocked(story) {
            flags.push(theme.blocked().to_owned());
            style = theme.warn();
        }
    }
    (flags.join(" "), style)
}
