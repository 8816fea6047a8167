//! Rejections: how often stories come back, whether that changes over time, and what they fail by.

use super::sections::{FEW, aligned, float};
use super::sheet::Column;
use crate::model::Calendar;
use crate::model::insights::{Failures, Insights, Reviews, Rounds, share};
use crate::ui::pane::Cx;
use crate::ui::widgets::bars::{Bar, Fill, Part};

/// So many rows the chart has at most.
const ROWS: usize = 8;
/// So many reviews fill a row at least: one of one is not to be seen as all.
const FULL: f64 = 10.0;

/// Writes the section.
pub(super) fn write(insights: &Insights, column: &mut Column, cx: &Cx) {
    let reviews = &insights.reviews;
    if reviews.all.ended == 0 {
        column.section("Rejections", "");
        column.remark("No review has ended yet. Accept or reject a story in the review (2).");
        return;
    }
    column.section("Rejections", &reviews.all.told());
    over_time(reviews, &insights.calendar, column, cx);
    if !reviews.again.is_empty() {
        column.remark("Rejected more than once:");
    }
    for (story, times) in reviews.again.iter().take(FEW) {
        let words = format!("{times} times");
        column.story(*story, &[(words, cx.theme.warn())], cx);
    }
    failures(insights.failures.as_ref(), column);
}

/// A row for each iteration, or for some of them together where there are many. The bars are as long as there were
/// reviews.
fn over_time(reviews: &Reviews, calendar: &Calendar, column: &mut Column, cx: &Cx) {
    let periods = reviews.over_time(ROWS);
    let each = periods.last().map_or(1, |last| last.last - last.first + 1);
    let mut rows = Vec::new();
    if reviews.before.ended > 0 {
        let first = cx.day(calendar.begins(1));
        rows.push((format!("before {first}"), reviews.before));
    }
    let from = periods
        .iter()
        .map(|period| cx.day(calendar.begins(period.first)));
    let from = aligned(&from.collect::<Vec<_>>());
    rows.extend(periods.iter().zip(from).map(|(period, from)| {
        let label = if each == 1 {
            format!("{:>2} from {from}", period.first)
        } else {
            format!("from {from}")
        };
        (label, period.rounds)
    }));
    if let Some(last) = periods.last().filter(|_| each > 1) {
        let last = last.last;
        column.remark(&format!(
            "Each row is {each} iterations, the last one up to {last}."
        ));
    }
    let bars: Vec<Bar> = (rows.iter())
        .map(|(label, rounds)| bar(label.clone(), *rounds, cx))
        .collect();
    let figures: Vec<Vec<String>> = (rows.iter())
        .map(|(_, rounds)| {
            vec![
                share(rounds.rejected, rounds.ended),
                share(rounds.first_accepted, rounds.first),
            ]
        })
        .collect();
    let legend = [
        (Fill::Solid.sign(cx.theme), cx.theme.bad(), "rejected"),
        (Fill::Light.sign(cx.theme), cx.theme.good(), "accepted"),
    ];
    column.table(
        &legend,
        FULL,
        &bars,
        &["rejected", "first accepted"],
        &figures,
    );
}

fn bar(label: String, rounds: Rounds, cx: &Cx) -> Bar {
    let part = |amount, fill, style| Part {
        amount: float(amount),
        fill,
        style,
    };
    Bar {
        label,
        parts: vec![
            part(rounds.rejected, Fill::Solid, cx.theme.bad()),
            part(rounds.ended - rounds.rejected, Fill::Light, cx.theme.good()),
        ],
        words: String::new(),
    }
}

/// What reviews fail by, a line each.
fn failures(failures: Option<&Failures>, column: &mut Column) {
    let Some(failures) = failures else {
        column
            .remark("Too few reviews to tell which criteria, words, personas or labels fail most.");
        return;
    };
    if failures.is_empty() {
        column
            .remark("No criterion, word, persona or label fails clearly more often than the rest.");
        return;
    }
    column.remark("Fails most often, of the times it came up:");
    for (kind, failing) in failures.kinds() {
        for (place, one) in failing.iter().enumerate() {
            let kind = if place == 0 { kind } else { "" };
            column.share(kind, &one.name, &share(one.failed, one.of));
        }
    }
}
