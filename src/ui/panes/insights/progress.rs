//! Velocity and burn-up: how fast the points get done, and how far the whole has come.

use super::sections::PAST;
use super::sheet::Column;
use crate::model::forecast::Past;
use crate::model::insights::{BurnUp, Insights, Reached, counted};
use crate::model::{Calendar, Kind, Points, Unit};
use crate::ui::pane::Cx;
use crate::ui::widgets::bars::{Bar, Fill, Part};
use crate::ui::widgets::plot;

/// What would make the charts of accepted points appear.
const NOTHING_ACCEPTED: &str = "No story has been accepted yet. Accept one in the review (2).";
/// How high the burn-up is, its scale and labels included.
const HEIGHT: usize = 12;
/// So many columns at most its scale takes, and a column with its gap at least.
const SCALE: usize = 8;
const NARROWEST: usize = 4;

/// The points accepted in each iteration, and their mean.
pub(super) fn velocity(insights: &Insights, column: &mut Column, cx: &Cx) {
    let (pace, calendar) = (&insights.pace, &insights.calendar);
    if pace.past.is_empty() && pace.current.stories == 0 {
        column.section("Velocity", "");
        column.remark(NOTHING_ACCEPTED);
        return;
    }
    column.section("Velocity", &insights.velocity_told());
    column.remark(&what_counts(calendar, pace.unit));
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

fn what_counts(calendar: &Calendar, unit: Unit) -> String {
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
    let what = match unit {
        Unit::Points => format!("Points of accepted {what}"),
        Unit::Stories => format!("Accepted {what}"),
    };
    if calendar.is_guessed() {
        format!("{what}; that an iteration takes {weeks} is a guess.")
    } else {
        format!("{what} in iterations of {weeks}.")
    }
}

/// The points done so far and the points there are.
pub(super) fn burn_up(insights: &Insights, column: &mut Column, cx: &Cx) {
    let burn_up = &insights.burn_up;
    let unit = insights.pace.unit;
    let (Some(today), Some(figure)) = (burn_up.today(), burn_up.told(unit)) else {
        column.section("Burn-up", "");
        column.remark(match unit {
            Unit::Points => "No story has an estimate yet. Estimate one in the backlog (.).",
            Unit::Stories => "There is no story yet. Write one in the backlog (n).",
        });
        return;
    };
    column.section("Burn-up", &figure);
    let theme = cx.theme;
    let all = match unit {
        Unit::Points => "all points",
        Unit::Stories => "all stories",
    };
    let mut legend = vec![
        (Fill::Solid.sign(theme), theme.good(), "done"),
        (plot::aim_sign(theme), theme.accent(), all),
    ];
    if !burn_up.ahead.is_empty() {
        legend.push((Fill::Dense.sign(theme), theme.warn(), "85 % sure"));
        legend.push((Fill::Light.sign(theme), theme.dim(), "50 %"));
    }
    column.legend(&legend);
    column.plot(
        &burn_up_columns(today, burn_up, column.page.width, cx),
        HEIGHT,
    );
    if burn_up.ahead.is_empty() {
        column.remark("A forecast appears after 3 completed iterations.");
    }
}

/// The completed iterations and those ahead; what is farther away than there is room for is told in the figure.
fn burn_up_columns(today: Reached, burn_up: &BurnUp, width: usize, cx: &Cx) -> Vec<plot::Column> {
    let theme = cx.theme;
    let room = width.saturating_sub(SCALE) / NARROWEST;
    let past = burn_up.reached.len().saturating_sub(1);
    // Without a forecast the iteration that goes on is the last column.
    let past = if burn_up.ahead.is_empty() {
        past + 1
    } else {
        past
    };
    let shown = past.min(PAST).min(room.div_ceil(2));
    let reached = burn_up.reached.get(past - shown..past).unwrap_or_default();
    let made_of = |amount: Points, fill, style| Part {
        amount: amount.as_f64(),
        fill,
        style,
    };
    let past = reached.iter().map(|reached| plot::Column {
        label: reached.number.to_string(),
        parts: vec![made_of(reached.done, Fill::Solid, theme.good())],
        words: reached.done.to_string(),
        aim: reached.scope.as_f64(),
    });
    let ahead = burn_up.ahead.iter().map(|ahead| plot::Column {
        label: ahead.number.to_string(),
        parts: vec![
            made_of(today.done, Fill::Solid, theme.good()),
            made_of(ahead.careful - today.done, Fill::Dense, theme.warn()),
            made_of(ahead.likely - ahead.careful, Fill::Light, theme.dim()),
        ],
        words: String::new(),
        aim: today.scope.as_f64(),
    });
    past.chain(ahead).take(room).collect()
}
