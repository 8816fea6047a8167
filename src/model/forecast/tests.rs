//! The field's examples, and what holds for every backlog.

use jiff::tz::TimeZone;
use proptest::prelude::*;

use super::*;
use crate::model::{Iterations, Kind, Product, Story, Within};

/// In the middle of the third week.
const NOW: &str = "2026-11-18T12:00:00Z";

fn now() -> Timestamp {
    NOW.parse().unwrap()
}

/// Weekly iterations; `NOW` is in number 3.
fn weekly() -> Iterations {
    Iterations {
        weeks: Within::clamped(1),
        ..Iterations::usual("2026-11-02".parse().unwrap())
    }
}

/// Stories in order: `3` is a ready feature of 3 points, `-` one without an estimate, `bug:3` and `started:3` say more.
/// `accepted:3` was accepted today, `accepted@2:3` on 2 November.
fn backlog(stories: &str, iterations: Iterations) -> Backlog {
    let mut product = Product::new("Shop", None).unwrap();
    product.iterations = Some(iterations);
    let stories = stories.split_whitespace().zip(1u32..);
    let stories: Vec<Story> = stories.map(|(text, n)| story(text, n)).collect();
    Backlog::load(product, stories, 0).0
}

fn story(text: &str, number: u32) -> Story {
    let (word, points) = text.rsplit_once(':').unwrap_or(("ready", text));
    let (word, day) = word.split_once('@').unwrap_or((word, "18"));
    let kind: Kind = word.parse().unwrap_or_default();
    let status = if word.parse::<Kind>().is_ok() {
        "ready"
    } else {
        word
    };
    let at = format!("2026-11-{day:0>2}T09:00:00Z");
    let mut story = serde_json::json!({
        "format": 1, "id": uuid::Uuid::from_u128(u128::from(number)), "number": number, "kind": kind, "title": text,
        "status": status, "rank": format!("c{number:03}"), "created": at, "updated": at,
        "log": [{ "status": status, "at": at, "by": "Ana" }],
    });
    if let Ok(points) = points.parse::<u32>() {
        story["estimate"] = points.into();
    }
    serde_json::from_value(story).unwrap()
}

fn look(backlog: &Backlog, what_if: &WhatIf) -> Forecast {
    Forecaster::default().look(backlog, now(), &TimeZone::UTC, what_if)
}

fn at_velocity_of(points: u32) -> WhatIf {
    WhatIf {
        velocity: Some(Points::whole(points)),
        ..WhatIf::default()
    }
}

/// The cuts as text: iterations, counted from the current one as 1, points of room.
fn cuts(forecast: &Forecast) -> String {
    let cut = |cut: &Cut| {
        let number = |number: i32| number - forecast.pace.current.number + 1;
        let numbers = match (number(cut.first), number(cut.last)) {
            (first, last) if first == last => first.to_string(),
            (first, last) => format!("{first}-{last}"),
        };
        format!("{numbers}: {}/{}", cut.points, cut.room)
    };
    let cuts: Vec<String> = forecast.cuts.iter().map(cut).collect();
    cuts.join(", ")
}

#[test]
fn the_order_is_cut_as_the_field_does() {
    for (why, stories, expected) in [
        (
            "what is left over is carried",
            "3 3 3 3 3 3 3 3 3 3",
            "1: 9/10, 2: 9/11, 3: 12/12",
        ),
        ("none overtakes", "8 5 1", "1: 8/10, 2: 6/12"),
        ("it fits exactly", "4 6 10 1", "1: 10/10, 2: 10/10, 3: 1/10"),
        (
            "a large story enters an empty stretch",
            "3 25 3",
            "1: 3/10, 2-4: 28/37",
        ),
        (
            "the current one can be that",
            "25 3 3",
            "1-3: 28/30, 4: 3/12",
        ),
        (
            "two large ones",
            "10 20 11",
            "1: 10/10, 2-3: 20/20, 4-5: 11/20",
        ),
        (
            "work in progress comes first",
            "8 5 started:6",
            "1: 6/10, 2: 13/14",
        ),
        (
            "more started than fits",
            "started:8 delivered:8 rejected:8 3 9",
            "1: 24/10, 2-3: 3/6, 4: 9/13",
        ),
        (
            "what is accepted comes first",
            "accepted:4 3 3 3",
            "1: 10/10, 2: 3/10",
        ),
        (
            "more accepted than planned is no debt",
            "accepted:14 3 3 3 3",
            "1: 14/10, 2: 9/10, 3: 3/11",
        ),
        ("bugs do not count", "3 bug:5 8", "1: 3/10, 2: 8/17"),
        ("without an estimate is 0 points", "9 - - 1 -", "1: 10/10"),
        ("dropped ones are no work", "9 dropped:8 1", "1: 10/10"),
        ("nothing to do", "", "1: 0/10"),
    ] {
        let forecast = look(&backlog(stories, weekly()), &at_velocity_of(10));
        assert_eq!(cuts(&forecast), expected, "{why}");
    }
}

#[test]
fn counted_bugs_count() {
    let mut iterations = weekly();
    iterations.counts.push(Kind::Bug);
    let forecast = look(&backlog("3 bug:5 8", iterations), &at_velocity_of(10));
    assert_eq!(cuts(&forecast), "1: 8/10, 2: 8/12");
}

#[test]
fn the_capacity_of_an_iteration_scales_it() {
    let mut iterations = weekly();
    iterations.capacity = [(3, 50), (4, 0)].into();
    let forecast = look(&backlog("3 3 3 3 3", iterations), &at_velocity_of(10));
    assert_eq!(cuts(&forecast), "1: 3/5, 2-3: 12/12");
    assert_eq!(forecast.cuts[1].capacity, Points::whole(10));
}

#[test]
fn a_cut_stands_before_the_first_story_of_a_later_iteration() {
    let forecast = look(
        &backlog("started:3 5 5 5 started:3 5", weekly()),
        &at_velocity_of(10),
    );
    let places: Vec<(usize, usize)> = forecast
        .cuts
        .iter()
        .map(|c| (c.before, c.stories))
        .collect();
    assert_eq!(places, [(1, 2), (3, 2), (6, 2)]);
    let until: Vec<String> = forecast.cuts.iter().map(|c| c.until.to_string()).collect();
    assert_eq!(until, ["2026-11-22", "2026-11-29", "2026-12-06"]);
}

#[test]
fn stories_fall_in_the_iteration_that_is_cut_below_them() {
    let backlog = backlog("8 5 - started:3 25 1", weekly());
    let forecast = look(&backlog, &at_velocity_of(10));
    let numbers: Vec<i32> = (0..6)
        .map(|row| forecast.expected(row, &backlog).unwrap().iteration)
        .collect();
    assert_eq!(numbers, [4, 4, 4, 3, 7, 7]);
    assert_eq!(forecast.expected(6, &backlog), None);
}

#[test]
fn what_has_no_estimate_is_counted() {
    let forecast = look(
        &backlog("3 - bug:- started:- 9 -", weekly()),
        &at_velocity_of(10),
    );
    assert_eq!(forecast.unestimated, 3);
    let unestimated: Vec<usize> = forecast.cuts.iter().map(|cut| cut.unestimated).collect();
    assert_eq!(unestimated, [2, 1]);
}

#[test]
fn nothing_is_said_of_the_far_future_or_at_a_velocity_of_0() {
    let backlog = backlog(&"1 ".repeat(600), weekly());
    let forecast = look(&backlog, &at_velocity_of(1));
    assert!(forecast.expected(520, &backlog).is_some());
    assert!(forecast.expected(521, &backlog).is_none());
    assert_eq!(forecast.cuts.last().unwrap().before, 521);
    let forecast = look(&backlog, &at_velocity_of(0));
    assert!(forecast.cuts.is_empty() && forecast.expected(0, &backlog).is_none());
}

#[test]
fn the_measured_velocity_is_the_usual_one() {
    let backlog = backlog("accepted@2:6 accepted@9:4 5 5", weekly());
    let forecast = look(&backlog, &WhatIf::default());
    assert_eq!(cuts(&forecast), "1: 5/5, 2: 5/5");
    assert_eq!(forecast.velocity.told(), "the mean of 2 iterations, 1 to 2");
    assert!(forecast.range.is_none(), "two iterations are too few");
}

#[test]
fn a_steady_team_has_no_spread_and_an_unsteady_one_has() {
    let now: Timestamp = "2026-11-25T12:00:00Z".parse().unwrap();
    let expected = |stories: &str| {
        let backlog = backlog(stories, weekly());
        let forecast =
            Forecaster::default().look(&backlog, now, &TimeZone::UTC, &WhatIf::default());
        let expected = forecast.expected(9, &backlog).unwrap();
        (expected.likely.unwrap(), expected.careful.unwrap())
    };
    let open = "5 ".repeat(10);
    let steady = expected(&format!(
        "accepted@2:10 accepted@9:10 accepted@16:10 {open}"
    ));
    assert_eq!(steady, (8, 8));
    let (likely, careful) = expected(&format!("accepted@2:2 accepted@9:10 accepted@16:18 {open}"));
    assert!(likely < careful, "{likely} {careful}");
}

#[test]
fn the_simulation_is_the_same_every_time_and_follows_a_supposed_velocity() {
    let now: Timestamp = "2026-11-25T12:00:00Z".parse().unwrap();
    let backlog = backlog(
        "accepted@2:5 accepted@9:10 accepted@16:15 20 20 20",
        weekly(),
    );
    let look =
        |what_if: &WhatIf| Forecaster::default().look(&backlog, now, &TimeZone::UTC, what_if);
    let first = look(&WhatIf::default());
    assert_eq!(first.range, look(&WhatIf::default()).range);
    assert!(first.range.is_some());
    let doubled = look(&at_velocity_of(20));
    let range = |forecast: &Forecast, points| {
        forecast
            .range
            .as_ref()
            .unwrap()
            .careful(Points::whole(points))
    };
    assert_eq!(range(&first, 60), range(&doubled, 120));
}

#[test]
fn one_forecaster_sees_that_the_history_has_changed() {
    let mut forecaster = Forecaster::default();
    let now: Timestamp = "2026-11-25T12:00:00Z".parse().unwrap();
    for stories in [
        "accepted@2:5 accepted@9:10 accepted@16:15 9",
        "accepted@2:50 accepted@9:10 accepted@16:15 9",
        "9",
    ] {
        let backlog = backlog(stories, weekly());
        let look = forecaster.look(&backlog, now, &TimeZone::UTC, &WhatIf::default());
        let fresh = Forecaster::default().look(&backlog, now, &TimeZone::UTC, &WhatIf::default());
        assert_eq!(look.range, fresh.range);
    }
}

/// Stories of all sizes, now and then one under way.
fn any_stories() -> impl Strategy<Value = Vec<String>> {
    let story = prop_oneof![
        8 => (0u32..9).prop_map(|points| points.to_string()),
        1 => (9u32..40).prop_map(|points| points.to_string()),
        1 => Just("-".to_owned()),
        1 => Just("bug:3".to_owned()),
        2 => (0u32..9).prop_map(|points| format!("started:{points}")),
        1 => (0u32..15).prop_map(|points| format!("accepted:{points}")),
    ];
    prop::collection::vec(story, 0..40)
}

proptest! {
    #[test]
    fn the_first_iterations_never_hold_more_than_their_capacity(stories in any_stories(), velocity in 1u32..14) {
        let backlog = backlog(&stories.join(" "), weekly());
        let forecast = look(&backlog, &at_velocity_of(velocity));
        let current = forecast.pace.current.number;
        let velocity = u64::from(velocity);
        let mut used = forecast.pace.current.points.hundredths().min(velocity * 100);
        let rows = backlog.open_loads().iter().enumerate();
        used += rows.clone().filter(|(_, load)| load.is_under_way())
            .map(|(_, load)| load.points().unwrap_or_default().hundredths()).sum::<u64>();
        let mut before = current;
        for (row, load) in rows {
            let expected = forecast.expected(row, &backlog).unwrap();
            if load.is_under_way() {
                prop_assert_eq!(expected.iteration, current);
                continue;
            }
            let counted = load.points().filter(|_| load.kind == Kind::Feature);
            let size = counted.unwrap_or_default().hundredths();
            used += size;
            let reach = |number: i32| u64::try_from(number - current + 1).unwrap() * velocity * 100;
            prop_assert!(expected.iteration >= before, "none overtakes");
            if size > 0 {
                prop_assert!(used <= reach(expected.iteration), "row {}", row);
            }
            if size <= velocity * 100 && expected.iteration > before {
                prop_assert!(used > reach(expected.iteration - 1), "row {} waits for nothing", row);
            }
            if size > velocity * 100 {
                let stretch = i32::try_from(size.div_ceil(velocity * 100)).unwrap();
                let empty = before + i32::from(row > 0 || forecast.cuts[0].points > Points::ZERO);
                prop_assert!(expected.iteration >= before + stretch - 1);
                prop_assert!(used > reach(current) || expected.iteration <= empty + stretch);
            }
            before = expected.iteration;
        }
    }

    #[test]
    fn every_open_story_and_every_point_is_in_one_cut(stories in any_stories(), velocity in 1u32..14) {
        let backlog = backlog(&stories.join(" "), weekly());
        let forecast = look(&backlog, &at_velocity_of(velocity));
        let cuts = &forecast.cuts;
        prop_assert_eq!(cuts.iter().map(|cut| cut.stories).sum::<usize>(), backlog.open_count());
        prop_assert_eq!(cuts.iter().map(|cut| cut.unestimated).sum::<usize>(), forecast.unestimated);
        let counted: Points = backlog.open_loads().iter().chain(backlog.closed_loads())
            .filter(|load| load.kind == Kind::Feature).filter_map(|load| load.points()).sum();
        prop_assert_eq!(cuts.iter().map(|cut| cut.points).sum::<Points>(), counted);
        prop_assert_eq!(cuts.first().unwrap().first, forecast.pace.current.number);
        prop_assert_eq!(cuts.last().unwrap().before, backlog.open_count());
        for pair in cuts.windows(2) {
            prop_assert_eq!(pair[1].first, pair[0].last + 1);
            prop_assert!(pair[0].before < pair[1].before || pair[1].before == backlog.open_count());
            prop_assert!(pair[0].until < pair[1].until);
        }
    }

    #[test]
    fn a_story_left_out_is_as_good_as_gone(
        stories in any_stories(), velocity in 1u32..14, left_out in prop::collection::vec(any::<bool>(), 40),
    ) {
        let whole = backlog(&stories.join(" "), weekly());
        let without: Vec<StoryId> = whole.open().zip(&left_out).filter(|(_, out)| **out).map(|(id, _)| id).collect();
        let supposed = look(&whole, &WhatIf { without: without.clone(), ..at_velocity_of(velocity) });
        let mut rest = whole.clone();
        for id in &without {
            rest.adopt(*id, None);
        }
        let gone = look(&rest, &at_velocity_of(velocity));
        prop_assert_eq!(cuts(&supposed), cuts(&gone));
        for id in whole.open() {
            prop_assert_eq!(supposed.of(id, &whole), gone.of(id, &rest));
        }
    }
}

proptest! {
    // Each case is a whole simulation.
    #![proptest_config(ProptestConfig::with_cases(12))]
    #[test]
    fn careful_is_never_before_likely(past in prop::collection::vec(0u32..30, 3..6), points in 0u32..300) {
        let number = |index: usize| i32::try_from(index).unwrap() + 1;
        let past: Vec<Past> = past.iter().enumerate()
            .map(|(index, points)| Past { number: number(index), points: Points::whole(*points), stories: 1, capacity: 100 })
            .collect();
        let calendar = Calendar::new(&weekly(), TimeZone::UTC);
        let range = Range::simulate(&past, &calendar, number(past.len()), SEED).unwrap();
        match (range.likely(Points::whole(points)), range.careful(Points::whole(points))) {
            (Some(likely), Some(careful)) => prop_assert!(likely <= careful),
            (likely, careful) => prop_assert!(likely.is_some() || careful.is_none()),
        }
    }
}
