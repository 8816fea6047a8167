//! What the forecast says in words: the lines between the iterations, a story's place in time, what is supposed.

use jiff::civil::Date;

use crate::model::{Calendar, Cut, Forecast, Load, Points, Story};
use crate::ui::pane::Cx;

/// The line below an iteration's stories: "iteration 12 · 16 of 18 points · until 4 Dec".
pub fn cut_line(cut: &Cut, forecast: &Forecast, cx: &Cx) -> String {
    let dot = cx.theme.dot();
    let numbers = if cut.first == cut.last {
        format!("iteration {}", cut.last)
    } else {
        format!("iterations {}{}{}", cut.first, cx.theme.to(), cut.last)
    };
    let unestimated = match cut.unestimated {
        0 => String::new(),
        count => format!(" {dot} {count} unestimated"),
    };
    format!(
        "{numbers} {dot} {} {dot} until {}{unestimated}",
        forecast.filled(cut),
        cx.date(cut.until)
    )
}

/// When an open story is to be expected: "iteration 14 · 12–25 Dec", and below it "50 % by 14, 85 % by 16". Where more
/// is under way than will be done, no iteration is named beside a range that says otherwise.
pub fn expected(story: &Story, cx: &Cx) -> Option<String> {
    let forecast = cx.forecast.filter(|_| !story.status.is_closed())?;
    let dot = cx.theme.dot();
    if forecast.what_if.without.contains(&story.id) {
        return Some("left out".to_owned());
    }
    if forecast.velocity.points == Points::ZERO {
        return Some("unknown at a velocity of 0".to_owned());
    }
    let Some(expected) = forecast.of(story.id, cx.backlog) else {
        return Some("too far away to tell".to_owned());
    };
    let number = expected.iteration;
    let (first, last) = (
        forecast.calendar.first_day(number),
        forecast.calendar.last_day(number),
    );
    // What is under way counts into the iteration that goes on, however much that is; so far nothing is foretold.
    let in_time = |likely| likely <= number;
    let is_too_much = Load::is_begun(story.status)
        && forecast.range.is_some()
        && !expected.likely.is_some_and(in_time);
    let mut said = if is_too_much {
        format!("begun, likely after iteration {number}")
    } else {
        format!("iteration {number} {dot} {}", cx.days(first, last))
    };
    let range = match (expected.likely, expected.careful) {
        (Some(likely), Some(careful)) => format!("50 % by {likely}, 85 % by {careful}"),
        (Some(likely), None) => format!("50 % by {likely}"),
        (None, _) => String::new(),
    };
    let size = cx.backlog.product().size(story.estimate);
    if size.is_none() && forecast.calendar.counts(story.kind) {
        said.push_str(" as if 0 points");
    }
    if !range.is_empty() {
        said.push('\n');
        said.push_str(&range);
    }
    Some(said)
}

/// The day on which iterations begin that nobody has chosen a day for: the Monday of the first story's week, so that
/// what was accepted counts.
pub fn usual_start(cx: &Cx) -> Date {
    Calendar::guessed(cx.backlog, cx.now, cx.zone.clone()).first_day(1)
}

/// What is supposed: "velocity 12, without 2 stories"; `None` where nothing is.
pub fn supposed(forecast: &Forecast, cx: &Cx) -> Option<String> {
    let what_if = &forecast.what_if;
    let velocity = what_if
        .velocity
        .map(|velocity| format!("velocity {velocity}"));
    let without = match what_if.without.as_slice() {
        [] => None,
        [only] => Some(format!("without {}", cx.backlog.key_or_id(*only))),
        many => Some(format!("without {} stories", many.len())),
    };
    let parts: Vec<String> = velocity.into_iter().chain(without).collect();
    (!parts.is_empty()).then(|| parts.join(", "))
}
