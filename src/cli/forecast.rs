//! `backstory forecast`: which stories fall in which iteration.

use jiff::tz::TimeZone;
use serde_json::{Value, json};

use super::context::{Context, Failure};
use super::desk::Desk;
use super::print::{Cell, Out, Role, Table};
use crate::model::{
    Backlog, Basis, Cut, Expected, Forecast, Forecaster, Points, Refusal, StoryId, Unit, WhatIf,
};

/// Forecast which stories fall in which iteration
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  backstory forecast
  backstory forecast --velocity 12
  backstory forecast --without WEB-9 --without WEB-12 --json

The velocity is the mean of the points accepted in the last completed iterations. What is supposed with --velocity and \
--without is not kept.")]
pub(super) struct Args {
    /// Suppose another velocity, in points an iteration
    #[arg(long, value_name = "N", value_parser = velocity)]
    velocity: Option<Points>,
    /// Suppose that this story is left out; may be given several times
    #[arg(long, value_name = "KEY")]
    without: Vec<String>,
}

/// The stories of the backlog with when to expect them, in order.
type Stories = Vec<(StoryId, Option<Expected>)>;

pub(super) fn run(args: &Args, context: &mut Context) -> Result<(), Failure> {
    let desk = Desk::open(context)?;
    let backlog = &desk.backlog;
    let what_if = WhatIf {
        velocity: args.velocity,
        without: left_out(&desk, &args.without)?,
    };
    let now = context.stamp().at;
    let forecast = Forecaster::default().look(backlog, now, &TimeZone::system(), &what_if);
    let rows = backlog.open().enumerate();
    let stories: Stories = rows
        .map(|(row, id)| (id, forecast.expected(row, backlog)))
        .collect();
    if context.json {
        let body = document(backlog, &forecast, &stories);
        context.out.json("forecast", body);
    } else {
        print(backlog, &forecast, &stories, &mut context.out);
    }
    Ok(())
}

fn velocity(text: &str) -> Result<Points, String> {
    text.parse()
        .ok()
        .filter(|points| *points > Points::ZERO)
        .ok_or_else(|| "a velocity is a number above 0, such as 12".to_owned())
}

fn left_out(desk: &Desk, keys: &[String]) -> Result<Vec<StoryId>, Failure> {
    let find = |key: &String| {
        let story = desk.find(key)?;
        if story.status.is_closed() {
            let key = desk.backlog.key(&story);
            let status = story.status;
            return Err(Refusal::NotInBacklog { key, status }.into());
        }
        Ok(story.id)
    };
    keys.iter().map(find).collect()
}

fn print(backlog: &Backlog, forecast: &Forecast, stories: &Stories, out: &mut Out) {
    out.line(&format!(
        "Velocity: {} an iteration, {}.",
        forecast.pace.unit.count(forecast.velocity.points),
        forecast.velocity.told()
    ));
    for remark in remarks(forecast) {
        out.line(&remark);
    }
    if stories.is_empty() {
        out.line("There is no open story.");
        return;
    }
    if forecast.cuts.is_empty() {
        out.line(
            "At a velocity of 0 nobody can tell when a story is done. Try another with --velocity.",
        );
        return;
    }
    out.gap();
    out.table(&table(backlog, forecast, stories));
    let left_out = forecast.what_if.without.len();
    let known = stories.iter().filter(|(_, expected)| expected.is_some());
    match stories.len() - known.count() - left_out {
        0 => {}
        1 => out.line("1 story is too far away to tell."),
        many => out.line(&format!("{many} stories are too far away to tell.")),
    }
}

/// What one should know to believe the forecast.
fn remarks(forecast: &Forecast) -> Vec<String> {
    let calendar = &forecast.calendar;
    let kinds: Vec<String> = calendar
        .iterations()
        .counts
        .iter()
        .map(|kind| format!("{kind}s"))
        .collect();
    let kinds = kinds.join(", ");
    let mut remarks = vec![match forecast.pace.unit {
        Unit::Points => format!("Points count of: {kinds}."),
        Unit::Stories => format!("What counts: {kinds}."),
    }];
    if calendar.is_guessed() {
        remarks.push(format!(
            "The product has no iterations; two weeks each from {} on are a guess. Press w in the backlog to begin some.",
            calendar.first_day(1)
        ));
    }
    match forecast.unestimated {
        0 => {}
        1 => remarks.push("1 story without an estimate is taken for 0 points.".to_owned()),
        many => remarks.push(format!(
            "{many} stories without an estimate are taken for 0 points."
        )),
    }
    if forecast.range.is_none() {
        remarks.push("There is no range before three iterations are completed.".to_owned());
    }
    remarks
}

/// One row an iteration; the range is that of its last story.
fn table(backlog: &Backlog, forecast: &Forecast, stories: &Stories) -> Table {
    let mut table = Table::new(4);
    for cut in &forecast.cuts {
        let inside: Vec<(StoryId, Expected)> = inside(cut, stories).collect();
        let by = |per_cent: u8, number: Option<i32>| {
            let number = number.map(|number| format!("{per_cent} % by {number}"));
            Cell::text(&number.unwrap_or_default()).role(Role::Faint)
        };
        let last = inside.iter().map(|(_, expected)| *expected);
        let likely = last.clone().filter_map(|expected| expected.likely).max();
        let careful = last
            .map(|expected| expected.careful)
            .max_by_key(|careful| careful.map_or(i64::MAX, i64::from))
            .flatten();
        table.row([
            Cell::text(&numbers(cut)).role(Role::Strong),
            Cell::text(&format!(
                "{} to {}",
                forecast.calendar.first_day(cut.first),
                cut.until
            )),
            Cell::text(&forecast.filled(cut)),
            Cell::text(&match inside.len() {
                1 => "1 story".to_owned(),
                many => format!("{many} stories"),
            }),
            Cell::text(&span(backlog, &inside)),
            by(50, likely),
            by(85, careful),
        ]);
    }
    table
}

fn numbers(cut: &Cut) -> String {
    if cut.first == cut.last {
        format!("iteration {}", cut.last)
    } else {
        format!("iterations {}-{}", cut.first, cut.last)
    }
}

/// The stories of a cut.
fn inside(cut: &Cut, stories: &Stories) -> impl Iterator<Item = (StoryId, Expected)> {
    stories
        .iter()
        .filter_map(|(id, expected)| Some((*id, (*expected)?)))
        .filter(|(_, expected)| (cut.first..=cut.last).contains(&expected.iteration))
}

/// The keys of the first and the last story.
fn span(backlog: &Backlog, inside: &[(StoryId, Expected)]) -> String {
    match inside {
        [] => String::new(),
        [(only, _)] => backlog.key_or_id(*only),
        [(first, _), .., (last, _)] => format!(
            "{} … {}",
            backlog.key_or_id(*first),
            backlog.key_or_id(*last)
        ),
    }
}

fn document(backlog: &Backlog, forecast: &Forecast, stories: &Stories) -> Value {
    let calendar = &forecast.calendar;
    let iterations: Vec<Value> = forecast
        .cuts
        .iter()
        .map(|cut| {
            let keys: Vec<String> = inside(cut, stories)
                .map(|(id, _)| backlog.key_or_id(id))
                .collect();
            json!({
                "number": cut.last,
                "first": cut.first,
                "from": calendar.first_day(cut.first).to_string(),
                "until": cut.until.to_string(),
                "points": cut.points,
                "capacity": cut.capacity,
                "room": cut.room,
                "unestimated": cut.unestimated,
                "stories": keys,
            })
        })
        .collect();
    let past: Vec<Value> = forecast
        .pace
        .past
        .iter()
        .map(|past| {
            json!({
                "number": past.number,
                "from": calendar.first_day(past.number).to_string(),
                "until": calendar.last_day(past.number).to_string(),
                "points": past.points,
                "stories": past.stories,
            })
        })
        .collect();
    let stories: Vec<Value> = stories
        .iter()
        .map(|(id, expected)| {
            json!({
                "key": backlog.key_or_id(*id),
                "iteration": expected.map(|expected| expected.iteration),
                "likely": expected.and_then(|expected| expected.likely),
                "careful": expected.and_then(|expected| expected.careful),
            })
        })
        .collect();
    json!({
        "velocity": forecast.velocity.points,
        "guessed": forecast.velocity.basis == Basis::Guessed,
        "calendar_guessed": calendar.is_guessed(),
        "unestimated": forecast.unestimated,
        "iterations": iterations,
        "stories": stories,
        "past": past,
    })
}
