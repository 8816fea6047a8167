//! The sections of the page, each with its main figure in words, a chart with numbers, and the stories to look at.

use ratatui::style::Style;

use super::sheet::{Column, Sheet, two};
use super::{progress, rejections};
use crate::model::insights::{Bucket, CycleTimes, Insights, UnderWay, long, old};
use crate::ui::pane::Cx;
use crate::ui::text;
use crate::ui::widgets::bars::{Bar, Fill, Part};

/// From this width on the sections stand in two columns.
const WIDE: usize = 96;
/// So many stories a list names.
pub(super) const FEW: usize = 3;
/// So many stories the list of what is under way names.
const MANY: usize = 8;
/// So many past iterations a chart shows.
pub(super) const PAST: usize = 6;

/// Writes the page.
pub(super) fn write(insights: &Insights, width: usize, cx: &Cx) -> Sheet {
    let left = |column: &mut Column| {
        progress::velocity(insights, column, cx);
        progress::burn_up(insights, column, cx);
    };
    let right = |column: &mut Column| {
        cycle_time(&insights.cycle_times, column, cx);
        under_way(insights, column, cx);
        rejections::write(insights, column, cx);
    };
    if width < WIDE {
        let mut column = Column::new(width, cx);
        left(&mut column);
        right(&mut column);
        return Sheet::of(vec![column]);
    }
    let (one, other) = two(width);
    let mut one = Column::new(one, cx);
    left(&mut one);
    let mut other = Column::new(other, cx);
    right(&mut other);
    Sheet::of(vec![one, other])
}

fn cycle_time(times: &CycleTimes, column: &mut Column, cx: &Cx) {
    let Some(figure) = times.told() else {
        column.section("Cycle time", "");
        column.remark(
            "No story has gone from started to accepted yet. Accept one in the review (2).",
        );
        return;
    };
    column.section("Cycle time", &figure);
    let bars: Vec<Bar> = times
        .buckets()
        .iter()
        .map(|bucket| bar_of(bucket, cx))
        .collect();
    column.bars(&bars);
    column.remark("The slowest:");
    let slowest: Vec<_> = times.slowest().take(FEW).collect();
    let said: Vec<String> = slowest.iter().map(|slow| long(slow.time)).collect();
    for (slow, said) in slowest.iter().zip(aligned(&said)) {
        column.story(slow.story, &[(said, Style::new())], cx);
    }
}

fn bar_of(bucket: &Bucket, cx: &Cx) -> Bar {
    let label = match bucket.up_to {
        Some(1) => "up to  1 day".to_owned(),
        Some(days) => format!("up to {days:>2} days"),
        None => "longer".to_owned(),
    };
    Bar {
        label,
        parts: vec![Part {
            amount: float(bucket.stories),
            fill: Fill::Solid,
            style: cx.theme.accent(),
        }],
        words: bucket.stories.to_string(),
    }
}

fn under_way(insights: &Insights, column: &mut Column, cx: &Cx) {
    let UnderWay { stories, undated } = &insights.under_way;
    if stories.is_empty() && *undated == 0 {
        column.section("Under way", "");
        column.remark("Nothing is started. Start a ready story (> in the backlog).");
        return;
    }
    let too_old = insights.too_old(cx.now);
    column.section("Under way", &insights.under_way_told(cx.now));
    let shown = stories.get(..stories.len().min(MANY)).unwrap_or_default();
    let since = shown.iter().map(|begun| {
        let time = begun.since.duration_until(cx.now);
        format!("{} {}", begun.status, old(time))
    });
    let since = aligned(&since.collect::<Vec<_>>());
    let ages: Vec<String> = shown
        .iter()
        .map(|begun| old(begun.at.duration_until(cx.now)))
        .collect();
    for (place, ((begun, since), age)) in shown.iter().zip(since).zip(aligned(&ages)).enumerate() {
        let (sign, style) = if place < too_old {
            ("!", cx.theme.warn())
        } else {
            (" ", Style::new())
        };
        let words = [
            (since, cx.theme.status(begun.status)),
            (format!("{age} {sign}"), style),
        ];
        column.story(begun.story, &words, cx);
    }
    let hidden = stories.len() - shown.len() + undated;
    if hidden > 0 {
        column.remark(&format!(" and {hidden} more"));
    }
}

/// Texts filled on the left to one width.
pub(super) fn aligned(texts: &[String]) -> Vec<String> {
    let widest = texts
        .iter()
        .map(|text| text::width(text))
        .max()
        .unwrap_or(0);
    texts
        .iter()
        .map(|text| text::pad_left(text, widest))
        .collect()
}

/// A number of stories as an amount to draw.
pub(super) fn float(number: usize) -> f64 {
    u32::try_from(number).map_or(f64::MAX, f64::from)
}
