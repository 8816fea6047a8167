//! The thread of a story: the outcome, the problem with its freshest words, and what became of the benefit.

use ratatui::style::Style;
use ratatui::text::{Line, Span};

use crate::model::{Belief, BenefitCheck, Problem, Promise, Story};
use crate::ui::pane::Cx;
use crate::ui::text;
use crate::ui::widgets::page::Page;

/// As wide as the names in front of what they stand for.
const NAME: usize = 11;

/// Of what was seen or heard so many rows are shown; the rest is in discovery.
const QUOTE: usize = 3;

/// What the story is for: the outcome that it serves, and the problem that it is to solve.
pub(super) fn purpose(page: &mut Page, story: &Story, cx: &Cx) {
    let Some(problem) = cx.backlog.problem_of(story) else {
        return;
    };
    page.gap();
    outcome(page, problem, cx);
    named(page, problem, cx);
    state(page, problem);
    quote(page, problem, cx);
}

fn outcome(page: &mut Page, problem: &Problem, cx: &Cx) {
    let outcome = problem.outcome;
    let Some(outcome) = outcome.and_then(|id| cx.backlog.product().outcome(id)) else {
        return;
    };
    page.pair("Outcome", &outcome.title);
    let target = outcome.target_with(|day| cx.date(day));
    if !target.is_empty() {
        page.hanging(below_name(), &target, page.theme.dim());
    }
}

/// The problem, with how fresh it is.
fn named(page: &mut Page, problem: &Problem, cx: &Cx) {
    let today = cx.zone.to_datetime(cx.now).date();
    let freshness = problem.freshness(today);
    let name = text::fit("Problem", NAME);
    let room = page
        .width
        .saturating_sub(text::width(&name) + text::width(&freshness) + 2);
    let tone = if cx.backlog.is_stale(problem, today) {
        page.theme.warn()
    } else {
        page.theme.dim()
    };
    if text::width(&problem.title) > room {
        page.pair("Problem", &problem.title);
        page.hanging(below_name(), &freshness, tone);
        return;
    }
    page.lines.push(Line::from(vec![
        Span::styled(name, page.theme.dim()),
        Span::raw(text::fit(&problem.title, room + 2)),
        Span::styled(freshness, tone),
    ]));
}

/// That it is no problem after all, where that was found out.
fn state(page: &mut Page, problem: &Problem) {
    if problem.state == Belief::Refuted {
        let why = problem.reason().map(|reason| format!(": {reason}"));
        let said = format!("{}{}", problem.state, why.unwrap_or_default());
        page.hanging(below_name(), &said, page.theme.warn());
    }
}

/// The newest evidence: its words, and whose they are.
fn quote(page: &mut Page, problem: &Problem, cx: &Cx) {
    let Some(newest) = problem.newest() else {
        return;
    };
    let room = page.width.saturating_sub(NAME).max(1) * QUOTE;
    let words: Vec<&str> = newest.text.split_whitespace().collect();
    let words = text::truncate(&words.join(" "), room.saturating_sub(2)).into_owned();
    page.hanging(below_name(), &format!("\"{words}\""), Style::new());
    let voice = newest.voice();
    let mut whose = vec![cx.date(newest.date)];
    whose.extend((!voice.is_empty()).then_some(voice));
    let whose = whose.join(&format!(" {} ", page.theme.dot()));
    page.hanging(below_name(), &whose, page.theme.dim());
}

/// How and when it will be known whether the story keeps its promise, and whether it did.
pub(super) fn benefit(page: &mut Page, story: &Story, cx: &Cx) {
    let Some(check) = story.check.as_deref() else {
        return;
    };
    page.heading("Benefit check", &told(check, cx));
    let today = cx.zone.to_datetime(cx.now).date();
    let theme = page.theme;
    let (said, tone) = match (check.result, check.when) {
        (Some(Promise::Kept), _) => ("The benefit came.".to_owned(), theme.good()),
        (Some(Promise::Missed), _) => ("The benefit did not come.".to_owned(), theme.bad()),
        (Some(Promise::Unknown), _) => (
            "Nobody can tell whether the benefit came.".to_owned(),
            theme.warn(),
        ),
        (None, Some(day)) if check.is_due(today) => {
            let said = format!("To be looked at since {}.", cx.date(day));
            (said, theme.warn())
        }
        (None, Some(day)) => (
            format!("To be looked at on {}.", cx.date(day)),
            Style::new(),
        ),
        (None, None) => ("No day is set to look.".to_owned(), theme.dim()),
    };
    page.text(&said, tone);
    let parts = [
        ("How", check.how.as_str()),
        ("Number", check.number.as_str()),
        ("Seen", check.note.as_str()),
    ];
    for (name, words) in parts.into_iter().filter(|(_, words)| !words.is_empty()) {
        page.pair(name, words);
    }
}

/// When the result was told, and by whom.
fn told(check: &BenefitCheck, cx: &Cx) -> String {
    let Some(at) = check.at.filter(|_| check.result.is_some()) else {
        return String::new();
    };
    let day = cx.day(at);
    if check.by.is_empty() {
        return day;
    }
    format!("{day} {} {}", cx.theme.dot(), check.by)
}

fn below_name() -> Vec<Span<'static>> {
    vec![Span::raw(" ".repeat(NAME))]
}
