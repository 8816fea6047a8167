//! `backstory insights`: what the product's past tells.

mod document;

use jiff::tz::TimeZone;

use super::context::{Context, Failure};
use super::desk::Desk;
use super::print::{Cell, Out, Role, Table};
use crate::model::forecast::Past;
use crate::model::insights::{Failures, Insights, Reviews, long, old, share};
use crate::model::{Backlog, Calendar, Forecaster, StoryId, Timestamp, Unit, WhatIf};

/// So many stories a list names; `--json` names them all.
const FEW: usize = 5;
/// So many rows the table of reviews has, and so many iterations that of the velocity.
const ROWS: usize = 8;

/// Tell what the past tells: velocity, cycle times, what is under way, rejections and what fails most
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  backstory insights
  backstory insights --json

The figures are those of the screen (4). --json has every iteration and every story.")]
pub(super) struct Args {}

pub(super) fn run(context: &mut Context) -> Result<(), Failure> {
    let desk = Desk::open(context)?;
    let (backlog, now) = (&desk.backlog, context.stamp().at);
    let nothing = WhatIf::default();
    let forecast = Forecaster::default().look(backlog, now, &TimeZone::system(), &nothing);
    let insights = Insights::of(backlog, forecast);
    if context.json {
        let body = document::document(backlog, &insights, now);
        context.out.json("insights", body);
    } else {
        print(backlog, &insights, now, &mut context.out);
    }
    Ok(())
}

fn print(backlog: &Backlog, insights: &Insights, now: Timestamp, out: &mut Out) {
    velocity(insights, out);
    let burn_up = insights.burn_up.told(insights.pace.unit);
    section(
        "Burn-up",
        &burn_up.unwrap_or_else(|| match insights.pace.unit {
            Unit::Points => "no story has an estimate".to_owned(),
            Unit::Stories => "there is no story".to_owned(),
        }),
        out,
    );
    cycle_time(backlog, insights, out);
    under_way(backlog, insights, now, out);
    let reviews = &insights.reviews;
    if reviews.all.ended == 0 {
        section("Rejections", "no review has ended", out);
        return;
    }
    section("Rejections", &reviews.all.told(), out);
    over_time(reviews, &insights.calendar, out);
    let again = reviews.again.iter();
    let again = again.map(|(id, times)| (*id, vec![format!("rejected {times} times")]));
    stories(backlog, again.collect(), out);
    failures(insights.failures.as_ref(), out);
}

/// The name of a section, and what it comes to in words.
fn section(name: &str, figure: &str, out: &mut Out) {
    if name != "Velocity" {
        out.gap();
    }
    out.painted_line(&[
        (name, Role::Strong),
        (": ", Role::Strong),
        (figure, Role::Plain),
    ]);
}

fn velocity(insights: &Insights, out: &mut Out) {
    section("Velocity", &insights.velocity_told(), out);
    let pace = &insights.pace;
    let all: Vec<&Past> = pace.past.iter().chain([&pace.current]).collect();
    let mut table = Table::new(2);
    for past in all.iter().skip(all.len().saturating_sub(ROWS)) {
        let is_current = past.number == pace.current.number;
        table.row([
            Cell::text(&format!("  iteration {}", past.number)),
            Cell::text(&from(past.number, &insights.calendar)),
            Cell::number(&past.points.to_string()),
            Cell::text(if is_current { "so far" } else { "" }).role(Role::Faint),
        ]);
    }
    out.table(&table);
}

fn from(number: i32, calendar: &Calendar) -> String {
    format!("from {}", calendar.first_day(number))
}

fn cycle_time(backlog: &Backlog, insights: &Insights, out: &mut Out) {
    let times = &insights.cycle_times;
    let Some(figure) = times.told() else {
        section(
            "Cycle time",
            "no story has gone from started to accepted",
            out,
        );
        return;
    };
    section("Cycle time", &figure, out);
    let slowest = times.slowest().take(FEW);
    let slowest = slowest.map(|slow| (slow.story, vec![long(slow.time)]));
    stories(backlog, slowest.collect(), out);
}

fn under_way(backlog: &Backlog, insights: &Insights, now: Timestamp, out: &mut Out) {
    let all = &insights.under_way;
    if all.stories.is_empty() && all.undated == 0 {
        section("Under way", "nothing is started", out);
        return;
    }
    section("Under way", &insights.under_way_told(now), out);
    let too_old = insights.too_old(now);
    let begun = insights.under_way.stories.iter().enumerate();
    let begun = begun.map(|(place, begun)| {
        let since = old(begun.since.duration_until(now));
        let sign = if place < too_old { " !" } else { "" };
        let age = old(begun.at.duration_until(now));
        let words = vec![format!("{} {since}", begun.status), format!("{age}{sign}")];
        (begun.story, words)
    });
    stories(backlog, begun.collect(), out);
}

/// Some stories, each with words beside it, and how many there are beside them.
fn stories(backlog: &Backlog, all: Vec<(StoryId, Vec<String>)>, out: &mut Out) {
    let mut table = Table::new(1);
    let more = all.len().saturating_sub(FEW);
    for (id, words) in all.into_iter().take(FEW) {
        let Some(story) = backlog.story(id) else {
            continue;
        };
        let named = [
            Cell::text(&format!("  {}", backlog.key(story))),
            Cell::text(&story.title).role(Role::Strong),
        ];
        let words = words.iter().map(|words| Cell::text(words));
        table.row(named.into_iter().chain(words).collect::<Vec<Cell>>());
    }
    out.table(&table);
    if more > 0 {
        out.line(&format!("  and {more} more; --json has them all."));
    }
}

fn over_time(reviews: &Reviews, calendar: &Calendar, out: &mut Out) {
    let mut table = Table::new(1);
    let mut rows = Vec::new();
    if reviews.before.ended > 0 {
        let before = format!("before {}", calendar.first_day(1));
        rows.push((String::new(), before, reviews.before));
    }
    rows.extend(reviews.over_time(ROWS).iter().map(|period| {
        let numbers = if period.first == period.last {
            format!("iteration {}", period.last)
        } else {
            format!("iterations {}-{}", period.first, period.last)
        };
        (numbers, from(period.first, calendar), period.rounds)
    }));
    for (numbers, when, rounds) in rows {
        let told = |share: String, what: &str| match share.as_str() {
            "" => String::new(),
            share => format!("{share} {what}"),
        };
        let rejected = share(rounds.rejected, rounds.ended);
        let first = share(rounds.first_accepted, rounds.first);
        table.row([
            Cell::text(&format!("  {numbers}")),
            Cell::text(&when),
            Cell::text(&told(rejected, "rejected")),
            Cell::text(&told(first, "accepted the first time")),
        ]);
    }
    out.table(&table);
}

fn failures(failures: Option<&Failures>, out: &mut Out) {
    let Some(failures) = failures else {
        section("Fails most often", "too few reviews to tell", out);
        return;
    };
    if failures.is_empty() {
        section("Fails most often", "nothing stands out", out);
        return;
    }
    section("Fails most often", "of the times it came up", out);
    let mut table = Table::new(1);
    for (kind, failing) in failures.kinds() {
        for one in failing {
            table.row([
                Cell::text(&format!("  {kind}")).role(Role::Faint),
                Cell::text(&one.name),
                Cell::text(&share(one.failed, one.of)),
            ]);
        }
    }
    out.table(&table);
}
