//! Velocity and burn-up: how fast the points get done, and how far the whole has come.

use ratatui::style::Style;

use super::sections::{PAST, counted};
use super::sheet::Column;
use crate::model::forecast::Past;
use crate::model::insights::{Insights, Reached};
use crate::model::{Calendar, Kind, Points};
use crate::ui::pane::Cx;
use crate::ui::widgets::bars::{Bar, Fill, Part};
use crate::ui::widgets::plot;

/// What would make the charts of accepted points appear.
const NOTHING_ACCEPTED: &str = "No story has been accepted yet. Accept one in the review (2).";
/// How high the burn-up is, its scale and labels included.
const HEIGHT: usize = 12;

/// The points accepted in each iteration, and their mean.
pub(super) fn velocity(insights: &Insights, column: &mut Column, cx: &Cx) {
    let (pace, calendar) = (&insights.pace, &insights.calendar);
    if pace.past.is_empty() && pace.current.stories == 0 {
        column.section("Velocity", "");
        column.remark(NOTHING_ACCEPTED);
        return;
    }
    let figure = format!(
        "{} points an iteration, {}",
        pace.velocity.points,
        pace.velocity.told()
    );
    column.section("Velocity", &figure);
    column.remark(&what_counts(calendar));
    let shown = pace.past.len().saturating_sub(PAST);
    let mut bars: Vec<Bar> = pace
        .past
        .iter()
        .skip(shown)
        .map(|past| bar(past, Fill::Solid, calendar, cx))
        .collect();
    let mut current = bar(&pace.current, Fill::Light, calendar, cx);
    let left = counted(
        usize::try_from(calendar.days_left(cx.now)).unwrap_or(0),
        "day",
    );
    current.words = format!("{} so far, {left} left", current.words);
    bars.push(current);
    column.bars(&bars);
}

fn bar(past: &Past, fill: Fill, calendar: &Calendar, cx: &Cx) -> Bar {
    let words = match past.capacity {
        100 => past.points.to_string(),
        capacity => format!("{} at {capacity} % of the usual capacity", past.points),
    };
    let from = cx.day(calendar.begins(past.number));
    Bar {
        label: format!("{:>2} from {from:>6}", past.number),
        parts: vec![Part {
            amount: past.points.as_f64(),
            fill,
            style: cx.theme.good(),
        }],
        words,
    }
}

fn what_counts(calendar: &Calendar) -> String {
    let kinds: Vec<String> = calendar
        .iterations()
        .counts
        .iter()
        .map(|kind| format!("{kind}s"))
        .collect();
    let what = if kinds.len() == Kind::ALL.len() {
        "stories".to_owned()
    } else {
        kinds.join(", ")
    };
    let weeks = counted(usize::from(calendar.iterations().weeks.get()), "week");
    if calendar.is_guessed() {
        format!("Points of accepted {what}; that an iteration takes {weeks} is a guess.")
    } else {
        format!("Points of accepted {what} in iterations of {weeks}.")
    }
}

/// The points done so far and the points there are.
pub(super) fn burn_up(insights: &Insights, column: &mut Column, cx: &Cx) {
    let burn_up = &insights.burn_up;
    let Some(today) = burn_up.today().filter(|today| today.scope > Points::ZERO) else {
        column.section("Burn-up", "");
        column.remark("No story has an estimate yet. Estimate one in the backlog (.).");
        return;
    };
    column.section("Burn-up", &burn_up_figure(today, burn_up.unestimated));
    let good = cx.theme.good();
    column.legend(&[(Fill::Solid, good, "done")]);
    let past = burn_up.reached.len().saturating_sub(PAST);
    let columns: Vec<plot::Column> = burn_up
        .reached
        .iter()
        .skip(past)
        .map(|reached| reached_column(reached, good))
        .collect();
    column.plot(&columns, HEIGHT);
}

fn burn_up_figure(today: Reached, unestimated: usize) -> String {
    let figure = format!("{} of {} points are done", today.done, today.scope);
    match unestimated {
        0 => figure,
        1 => format!("{figure}; 1 story has no estimate"),
        many => format!("{figure}; {many} stories have no estimate"),
    }
}

fn reached_column(reached: &Reached, style: Style) -> plot::Column {
    plot::Column {
        label: reached.number.to_string(),
        parts: vec![Part {
            amount: reached.done.as_f64(),
            fill: Fill::Solid,
            style,
        }],
        words: reached.done.to_string(),
        aim: reached.scope.as_f64(),
    }
}
