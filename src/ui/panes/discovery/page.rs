//! What stands beside the tree, written out: an outcome or a problem in full, with the lines of its parts.

use std::ops::Range;

use ratatui::style::Style;
use ratatui::text::{Line, Span};

use super::tree::{Spot, stories_of};
use super::{draw, today};
use crate::model::{AssumptionTest, StoryId};
use crate::model::{Belief, Evidence, Line as Words, Points, Problem, ProblemId, ProductOutcome};
use crate::ui::pane::Cx;
use crate::ui::text;
use crate::ui::widgets::page::Page;

/// Something on the page that the cursor can stand on.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Part {
    /// The title: what is done there is done to the whole.
    Head,
    /// A piece of evidence, as it stands.
    Evidence(ProblemId, Box<Evidence>),
    /// An assumption with its test, by the assumption's words.
    Test(ProblemId, Words),
    /// A problem or a story, which stands in the tree, too.
    Spot(Spot),
}

/// A page that is being written, and the lines of its parts.
pub(super) struct Writing {
    page: Page,
    parts: Vec<(Range<usize>, Part)>,
}

impl Writing {
    /// Writes a part.
    fn part(&mut self, part: Part, write: impl FnOnce(&mut Page)) {
        let start = self.page.lines.len();
        write(&mut self.page);
        self.parts.push((start..self.page.lines.len(), part));
    }
}

/// The lines of a page, and which of them belong to which part; the first part is the title.
pub(super) type Text = (Vec<Line<'static>>, Vec<(Range<usize>, Part)>);

/// Writes out what the cursor stands on in the tree.
pub(super) fn write(spot: Spot, width: usize, cx: &Cx) -> Text {
    let mut writing = Writing {
        page: Page::new(width, cx.theme),
        parts: Vec::new(),
    };
    match spot {
        Spot::Outcome(id) => {
            if let Some(known) = cx.backlog.product().outcome(id) {
                outcome(&mut writing, known, cx);
            }
        }
        Spot::Problem(id) => {
            if let Some(known) = cx.backlog.problem(id) {
                problem(&mut writing, known, cx);
            }
        }
        Spot::NoOutcome => writing.page.text(
            "These problems serve no outcome. Go to one and press m to say which outcome it stands in the way of.",
            cx.theme.dim(),
        ),
        Spot::NoProblem => writing.page.text(
            "These open stories solve no problem. Unfold them with z, go to one and press l to say which problem it solves. o shows all loose ends.",
            cx.theme.dim(),
        ),
        Spot::Story(_) => {}
    }
    (writing.page.lines, writing.parts)
}

fn outcome(writing: &mut Writing, outcome: &ProductOutcome, cx: &Cx) {
    writing.part(Part::Head, |page| {
        page.text(&outcome.title, cx.theme.strong());
    });
    let page = &mut writing.page;
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
    problems(writing, outcome, cx);
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

fn problems(writing: &mut Writing, outcome: &ProductOutcome, cx: &Cx) {
    writing.page.heading("Problems", "");
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
        writing.part(Part::Spot(Spot::Problem(problem.id)), |page| {
            page.hanging(vec![Span::raw(" ")], &said, Style::new());
        });
    }
    if is_empty {
        writing.page.text("none yet; n writes one", cx.theme.dim());
    }
}

fn problem(writing: &mut Writing, problem: &Problem, cx: &Cx) {
    writing.part(Part::Head, |page| {
        page.text(&problem.title, cx.theme.strong());
    });
    let page = &mut writing.page;
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
    evidence(writing, problem, cx);
    tests(writing, problem);
    stories(writing, problem, cx);
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

fn evidence(writing: &mut Writing, problem: &Problem, cx: &Cx) {
    writing.page.heading("Evidence", "newest first");
    if problem.evidence.is_empty() {
        let said = "none yet; v writes some down";
        writing.page.text(said, cx.theme.dim());
    }
    let mut newest: Vec<&Evidence> = problem.evidence.iter().rev().collect();
    newest.sort_by_key(|entry| std::cmp::Reverse(entry.date));
    for entry in newest {
        let mut head = vec![cx.date(entry.date)];
        head.extend((!entry.kind.is_empty()).then(|| entry.kind.to_string()));
        head.extend((!entry.source.is_empty()).then(|| entry.source.to_string()));
        // As it is typed.
        head.push(format!("!{}", entry.weight));
        let head = head.join(&format!(" {} ", cx.theme.dot()));
        let part = Part::Evidence(problem.id, Box::new(entry.clone()));
        writing.part(part, |page| {
            page.hanging(vec![Span::raw(" ")], &head, cx.theme.dim());
            page.hanging(vec![Span::raw("   ")], &entry.text, Style::new());
        });
    }
}

fn tests(writing: &mut Writing, problem: &Problem) {
    if problem.tests.is_empty() {
        return;
    }
    writing.page.heading("Assumptions", "");
    for test in &problem.tests {
        let part = Part::Test(problem.id, test.assumption.clone());
        writing.part(part, |page| assumption(page, test));
    }
}

fn assumption(page: &mut Page, test: &AssumptionTest) {
    let lead = |name: &str| vec![Span::styled(name.to_owned(), page.theme.dim())];
    let (how, result) = (lead("   test    "), lead("   result  "));
    page.hanging(vec![Span::raw(" ")], &test.assumption, Style::new());
    if !test.how.is_empty() {
        page.hanging(how, &test.how, Style::new());
    }
    if test.result.is_empty() {
        page.hanging(result, "not known yet", page.theme.warn());
    } else {
        page.hanging(result, &test.result, Style::new());
    }
}

fn stories(writing: &mut Writing, problem: &Problem, cx: &Cx) {
    let stories = stories_of(problem.id, cx.backlog);
    let rollup = cx.backlog.rollup(problem.id);
    let remark = if cx.backlog.product().has_estimates() && rollup.points > Points::ZERO {
        format!(
            "{} of {} points accepted",
            rollup.accepted_points, rollup.points
        )
    } else {
        String::new()
    };
    writing.page.heading("Stories", &remark);
    if stories.is_empty() {
        let said = "none yet; a writes one, l links one";
        writing.page.text(said, cx.theme.dim());
    }
    for story in stories.iter().take(draw::MOST) {
        writing.part(Part::Spot(Spot::Story(*story)), |page| {
            page.lines.extend(story_line(*story, page.width, cx));
        });
    }
    if stories.len() > draw::MOST {
        writing.page.text(
            &format!(" and {} more", stories.len() - draw::MOST),
            cx.theme.dim(),
        );
    }
}

fn story_line(id: StoryId, width: usize, cx: &Cx) -> Option<Line<'static>> {
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
    let lead = Span::styled(text::fit(name, 11), page.theme.dim());
    page.hanging(vec![lead], value, style);
}

/// A number of things.
pub(super) fn many(count: impl std::fmt::Display, what: &str) -> String {
    let count = count.to_string();
    let ending = if count == "1" { "" } else { "s" };
    format!("{count} {what}{ending}")
}
