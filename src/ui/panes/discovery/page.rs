//! What stands beside the tree: an outcome or a problem in full, or a story as on the backlog's screen.

use jiff::civil::Date;
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::Style;
use ratatui::text::{Line, Span};

use super::tree::{Spot, stories_of};
use super::{draw, today};
use crate::keymap::Action;
use crate::model::{Belief, Evidence, Points, Problem, ProductOutcome, StoryId};
use crate::ui::effect::Pointer;
use crate::ui::pane::{Cx, Pane};
use crate::ui::panes::story::{StoryPane, draw_more};
use crate::ui::widgets::page::Page;

/// What is read, and how far it is scrolled.
#[derive(Debug, Default)]
pub(super) struct Sheet {
    spot: Option<Spot>,
    /// A story is read in a pane of its own.
    story: StoryPane,
    top: usize,
    height: usize,
    written: Option<Written>,
}

/// A page as it was written last; written again only for another state of the backlog, another day or another width.
#[derive(Debug)]
struct Written {
    known: (Spot, u64, Date, u16),
    lines: Vec<Line<'static>>,
}

impl Sheet {
    /// Shows something else, from its top.
    pub(super) fn show(&mut self, spot: Spot) {
        if self.spot != Some(spot) {
            self.spot = Some(spot);
            self.top = 0;
        }
        if let Spot::Story(story) = spot {
            self.story.show(Some(story));
        }
    }

    fn is_story(&self) -> bool {
        matches!(self.spot, Some(Spot::Story(_)))
    }

    /// Scrolls; answers whether that was asked.
    pub(super) fn scroll(&mut self, action: Action, cx: &Cx) -> bool {
        let is_scrolling = matches!(
            action,
            Action::Up
                | Action::Down
                | Action::PageUp
                | Action::PageDown
                | Action::First
                | Action::Last
        );
        if !is_scrolling {
            return false;
        }
        if self.is_story() {
            return self.story.on_action(action, cx).is_some();
        }
        let page = self.height.saturating_sub(1).max(1);
        let to = match action {
            Action::Up => self.top.saturating_sub(1),
            Action::Down => self.top + 1,
            Action::PageUp => self.top.saturating_sub(page),
            Action::PageDown => self.top + page,
            Action::First => 0,
            _ => usize::MAX,
        };
        self.top = to.min(self.last_top());
        true
    }

    pub(super) fn wheel(&mut self, pointer: Pointer, rows: isize, cx: &Cx) {
        if self.is_story() {
            self.story.on_pointer(pointer, cx);
        } else {
            self.top = self.top.saturating_add_signed(rows).min(self.last_top());
        }
    }

    fn last_top(&self) -> usize {
        let lines = self.written.as_ref().map_or(0, |page| page.lines.len());
        lines.saturating_sub(self.height)
    }

    pub(super) fn draw(&mut self, area: Rect, buf: &mut Buffer, cx: &Cx, focused: bool) {
        if self.is_story() {
            self.story.render(area, buf, cx, focused);
            return;
        }
        let title = match self.spot {
            Some(Spot::Outcome(_)) => "Outcome",
            Some(Spot::Problem(_)) => "Problem",
            _ => "",
        };
        let inside = draw::frame(area, title, focused, buf, cx);
        self.height = usize::from(inside.height);
        if inside.is_empty() {
            return;
        }
        let Some(spot) = self.spot else { return };
        let known = (spot, cx.backlog.generation(), today(cx), inside.width);
        if self.written.as_ref().is_none_or(|old| old.known != known) {
            let lines = write(spot, usize::from(inside.width), cx);
            self.written = Some(Written { known, lines });
        }
        self.top = self.top.min(self.last_top());
        let lines = self.written.iter().flat_map(|page| &page.lines);
        for (line, row) in lines.skip(self.top).zip(inside.rows()) {
            ratatui::widgets::Widget::render(line, row, buf);
        }
        draw_more(area, self.last_top().saturating_sub(self.top), buf, cx);
    }
}

fn write(spot: Spot, width: usize, cx: &Cx) -> Vec<Line<'static>> {
    let mut page = Page::new(width, cx.theme);
    match spot {
        Spot::Outcome(id) => {
            if let Some(known) = cx.backlog.product().outcome(id) {
                outcome(&mut page, known, cx);
            }
        }
        Spot::Problem(id) => {
            if let Some(known) = cx.backlog.problem(id) {
                problem(&mut page, known, cx);
            }
        }
        Spot::NoOutcome => page.text(
            "These problems serve no outcome. Go to one and press e o to say which outcome it stands in the way of.",
            cx.theme.dim(),
        ),
        Spot::NoProblem => page.text(
            "These open stories solve no problem. Unfold them with z, go to one and press l to say which problem it solves. o shows all loose ends.",
            cx.theme.dim(),
        ),
        Spot::Story(_) => {}
    }
    page.lines
}

fn outcome(page: &mut Page, outcome: &ProductOutcome, cx: &Cx) {
    page.text(&outcome.title, cx.theme.strong());
    page.gap();
    let pairs = [
        ("Measure", outcome.measure.as_str()),
        ("From", outcome.from.as_str()),
        ("To", outcome.to.as_str()),
    ];
    for (name, value) in pairs {
        if !value.is_empty() {
            page.pair(name, value);
        }
    }
    by_when(page, outcome, cx);
    if outcome.target().is_empty() {
        page.text(
            "Nothing is said of how it is measured. e adds that.",
            cx.theme.dim(),
        );
    }
    promises(page, outcome, cx);
    problems(page, outcome, cx);
}

/// The day by which it should be so, and how far that is.
fn by_when(page: &mut Page, outcome: &ProductOutcome, cx: &Cx) {
    if let Some(day) = outcome.by_when {
        let days = (day - today(cx)).get_days();
        let said = cx.date(day);
        match days {
            0 => named(page, "By when", &format!("{said}, today"), cx.theme.warn()),
            1.. => page.pair("By when", &format!("{said}, in {}", many(days, "day"))),
            _ => named(
                page,
                "By when",
                &format!("{said}, {} ago", many(-days, "day")),
                cx.theme.warn(),
            ),
        }
    }
}

/// How many stories kept their promise, and what became of the others.
fn promises(page: &mut Page, outcome: &ProductOutcome, cx: &Cx) {
    let promises = cx.backlog.promises(outcome.id);
    page.heading("Promises", "");
    if promises.accepted == 0 {
        page.text("No story that serves it is accepted yet.", cx.theme.dim());
    } else {
        let stories = if promises.accepted == 1 {
            "story"
        } else {
            "stories"
        };
        let said = format!(
            "{} of {} accepted {stories}",
            promises.kept, promises.accepted
        );
        page.pair("Kept", &said);
        let open = promises.accepted - promises.kept - promises.missed - promises.unknown;
        let rest = [
            (promises.missed, "missed"),
            (promises.unknown, "cannot be told"),
            (open, "not looked at yet"),
        ];
        let told = rest.iter().filter(|(count, _)| *count > 0);
        let told: Vec<String> = told
            .map(|(count, words)| format!("{count} {words}"))
            .collect();
        if !told.is_empty() {
            page.text(&told.join(&format!(" {} ", cx.theme.dot())), cx.theme.dim());
        }
    }
}

fn problems(page: &mut Page, outcome: &ProductOutcome, cx: &Cx) {
    page.heading("Problems", "");
    let mut is_empty = true;
    for problem in cx.backlog.problems_of(outcome.id) {
        is_empty = false;
        let dot = cx.theme.dot();
        let said = format!(
            "{} {dot} {} {dot} impact {}",
            problem.title,
            problem.state,
            problem.impact()
        );
        page.hanging(vec![Span::raw(" ")], &said, Style::new());
    }
    if is_empty {
        page.text("none yet; n writes one", cx.theme.dim());
    }
}

fn problem(page: &mut Page, problem: &Problem, cx: &Cx) {
    page.text(&problem.title, cx.theme.strong());
    page.gap();
    if !problem.who.is_empty() {
        page.pair("Who", &problem.who);
    }
    let outcome = problem
        .outcome
        .and_then(|id| cx.backlog.product().outcome(id));
    if let Some(outcome) = outcome {
        page.pair("Outcome", &outcome.title);
    }
    state(page, problem, cx);
    let impact = match problem.evidence.len() {
        0 => "0, without any evidence".to_owned(),
        1 => format!("{} from 1 piece of evidence", problem.impact()),
        some => format!("{} from {some} pieces of evidence", problem.impact()),
    };
    page.pair("Impact", &impact);
    freshness(page, problem, cx);
    evidence(page, problem, cx);
    tests(page, problem);
    stories(page, problem, cx);
}

fn state(page: &mut Page, problem: &Problem, cx: &Cx) {
    let style = draw::belief(problem.state, cx);
    let last = problem
        .log
        .last()
        .filter(|entry| entry.state == problem.state);
    let said = last.map_or_else(
        || problem.state.to_string(),
        |entry| format!("{} since {}", problem.state, cx.day(entry.at)),
    );
    named(page, "State", &said, style);
    if let Some(reason) = problem.reason() {
        page.hanging(vec![Span::raw(" ".repeat(11))], reason, Style::new());
    } else if problem.state == Belief::Assumed && problem.evidence.is_empty() {
        page.hanging(
            vec![Span::raw(" ".repeat(11))],
            "nothing has shown it yet",
            cx.theme.dim(),
        );
    }
}

fn freshness(page: &mut Page, problem: &Problem, cx: &Cx) {
    let voices = many(problem.voices(), "voice");
    let said = match problem.age(today(cx)) {
        None => "no voice yet".to_owned(),
        Some(0) => format!("{voices}, the newest from today"),
        Some(days) => format!("{voices}, the newest {} old", many(days, "day")),
    };
    if cx.backlog.is_stale(problem, today(cx)) && problem.age(today(cx)).is_some() {
        let limit = cx.backlog.product().freshness;
        let said = format!("{said}: stale, more than {limit} days");
        named(page, "Heard", &said, cx.theme.warn());
    } else if problem.evidence.is_empty() {
        named(page, "Heard", &said, cx.theme.warn());
    } else {
        page.pair("Heard", &said);
    }
}

fn evidence(page: &mut Page, problem: &Problem, cx: &Cx) {
    page.heading("Evidence", "newest first");
    if problem.evidence.is_empty() {
        page.text("none yet; v writes some down", cx.theme.dim());
    }
    let mut newest: Vec<&Evidence> = problem.evidence.iter().rev().collect();
    newest.sort_by_key(|entry| std::cmp::Reverse(entry.date));
    for entry in newest {
        let mut head = vec![cx.date(entry.date)];
        head.extend((!entry.kind.is_empty()).then(|| entry.kind.to_string()));
        head.extend((!entry.source.is_empty()).then(|| entry.source.to_string()));
        head.push(format!("weight {}", entry.weight));
        let head = head.join(&format!(" {} ", cx.theme.dot()));
        page.hanging(vec![Span::raw(" ")], &head, cx.theme.dim());
        page.hanging(vec![Span::raw("   ")], &entry.text, Style::new());
    }
}

fn tests(page: &mut Page, problem: &Problem) {
    if problem.tests.is_empty() {
        return;
    }
    page.heading("Assumptions", "");
    for test in &problem.tests {
        let dim = page.theme.dim();
        page.hanging(vec![Span::raw(" ")], &test.assumption, Style::new());
        if !test.how.is_empty() {
            page.hanging(
                vec![Span::styled("   test    ", dim)],
                &test.how,
                Style::new(),
            );
        }
        if test.result.is_empty() {
            page.hanging(vec![Span::raw("   ")], "not known yet", page.theme.warn());
        } else {
            page.hanging(
                vec![Span::styled("   result  ", dim)],
                &test.result,
                Style::new(),
            );
        }
    }
}

fn stories(page: &mut Page, problem: &Problem, cx: &Cx) {
    let stories = stories_of(problem.id, cx.backlog);
    let rollup = cx.backlog.rollup(problem.id);
    let remark = if rollup.points > Points::ZERO {
        format!(
            "{} of {} points accepted",
            rollup.accepted_points, rollup.points
        )
    } else {
        String::new()
    };
    page.heading("Stories", &remark);
    if stories.is_empty() {
        page.text("none yet; a writes one, l links one", cx.theme.dim());
    }
    for story in stories.iter().take(draw::MOST) {
        page.lines.extend(story_line(*story, page.width, cx));
    }
    if stories.len() > draw::MOST {
        page.text(
            &format!(" and {} more", stories.len() - draw::MOST),
            cx.theme.dim(),
        );
    }
}

fn story_line(id: StoryId, width: usize, cx: &Cx) -> Option<Line<'static>> {
    use crate::ui::text;
    let story = cx.backlog.story(id)?;
    let key = cx.backlog.key(story);
    let room = width.saturating_sub(text::width(&key) + 14);
    Some(Line::from(vec![
        Span::styled(format!(" {key}  "), cx.theme.accent()),
        Span::raw(text::fit(&story.title, room)),
        Span::styled(format!("  {}", story.status), cx.theme.status(story.status)),
    ]))
}

fn named(page: &mut Page, name: &str, value: &str, style: Style) {
    let lead = Span::styled(crate::ui::text::fit(name, 11), page.theme.dim());
    page.hanging(vec![lead], value, style);
}

/// A number of things.
pub(super) fn many(count: impl std::fmt::Display, what: &str) -> String {
    let count = count.to_string();
    let ending = if count == "1" { "" } else { "s" };
    format!("{count} {what}{ending}")
}
