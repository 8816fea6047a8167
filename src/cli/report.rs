//! `backstory report`: the page for a sprint review, as Markdown, as one HTML file, or as JSON.

use std::fs;
use std::path::PathBuf;

use jiff::civil::{Date, Time};
use serde_json::{Value, json};

use super::context::{Context, Failure, zone};
use super::desk::Desk;
use crate::exchange::meeting::{self, About, PageFormat, Told};
use crate::model::insights::Meeting;
use crate::model::{Backlog, Calendar, Forecaster, Pace, Past, StoryId, Timestamp, WhatIf};

/// Report what was accepted, rejected and carried over, for a sprint review
#[derive(Debug, clap::Args)]
#[command(
    arg_required_else_help = false,
    after_help = "\
Examples:
  backstory report iteration                        the iteration that goes on
  backstory report iteration 12 -o iteration.html
  backstory report iteration --since 2026-10-05     from the iteration of that day on
  backstory report review --since 2026-11-16 --to markdown

Without --to the page is Markdown, or what the file's name says."
)]
pub(super) struct Args {
    #[command(subcommand)]
    about: Which,
}

/// What a report is about.
#[derive(Debug, clap::Subcommand)]
enum Which {
    /// What happened since a day; without one, since the iteration began
    Review {
        /// The first day
        #[arg(long, value_name = "DATE", value_parser = date)]
        since: Option<Date>,
        #[command(flatten)]
        to: To,
    },
    /// What an iteration brought; without a number or a day, the one that goes on
    Iteration {
        /// Its number
        #[arg(value_name = "N")]
        number: Option<i32>,
        /// From the iteration of this day on until now
        #[arg(long, value_name = "DATE", value_parser = date, conflicts_with = "number")]
        since: Option<Date>,
        #[command(flatten)]
        to: To,
    },
}

/// How a report is written, and where to.
#[derive(Debug, clap::Args)]
struct To {
    /// markdown or html
    #[arg(long = "to", value_name = "FORMAT")]
    format: Option<PageFormat>,
    /// The file to write, over one that is there; without it, standard output
    #[arg(short, long, value_name = "FILE")]
    output: Option<PathBuf>,
}

pub(super) fn run(args: &Args, context: &mut Context) -> Result<(), Failure> {
    let (Which::Review { to, .. } | Which::Iteration { to, .. }) = &args.about;
    let desk = Desk::open(context)?;
    let backlog = &desk.backlog;
    let now = context.stamp().at;
    let forecast = Forecaster::default().look(backlog, now, &zone(), &WhatIf::default());
    let (calendar, pace) = (&forecast.calendar, &forecast.pace);
    let (about, period) = match &args.about {
        Which::Review { since, .. } => since_when(*since, calendar, pace, now)?,
        Which::Iteration {
            since: Some(day), ..
        } => since_iteration(*day, calendar, pace, now)?,
        Which::Iteration { number, .. } => which(*number, calendar, pace)?,
    };
    let meeting = Meeting::of(backlog, calendar, period, now);
    let told = Told {
        backlog,
        calendar,
        pace,
        meeting: &meeting,
        about,
    };
    let format = to.format()?;
    // A lone dash is standard output.
    let file = to.output.as_ref().filter(|path| path.as_os_str() != "-");
    let shown = file.map(|path| path.display().to_string());
    if let Some(path) = file {
        fs::write(path, meeting::write(&told, format))
            .map_err(|error| anyhow::Error::new(error).context(path.display().to_string()))?;
    }
    if context.json {
        let file = shown.map(|file| json!({ "to": format.word(), "file": file }));
        context.out.json("report", document(&told, file.as_ref()));
    } else if let Some(shown) = shown {
        context
            .out
            .line(&format!("The report is written to {shown}."));
    } else {
        context.out.document(&meeting::write(&told, format));
    }
    Ok(())
}

impl To {
    /// The format that was asked for, else the one of the file's name.
    fn format(&self) -> Result<PageFormat, Failure> {
        if let Some(format) = self.format {
            return Ok(format);
        }
        let file = self.output.as_ref();
        let Some((file, ending)) = file.and_then(|file| Some((file, file.extension()?))) else {
            return Ok(PageFormat::default());
        };
        let named = ending.to_str().and_then(|ending| ending.parse().ok());
        named.ok_or_else(|| {
            Failure::usage(format!(
                "The name {} does not say what a report can be. Let it end in .md or .html, or add --to markdown or --to html.",
                file.display()
            ))
        })
    }
}

fn date(text: &str) -> Result<Date, String> {
    text.parse()
        .map_err(|_| "a day is written as 2026-11-16".to_owned())
}

/// From this day on until now, the present second included.
fn since_when(
    since: Option<Date>,
    calendar: &Calendar,
    pace: &Pace,
    now: Timestamp,
) -> Result<(About, (Timestamp, Timestamp)), Failure> {
    let day = since.unwrap_or_else(|| calendar.first_day(pace.current.number));
    let begins = zone()
        .to_timestamp(day.to_datetime(Time::midnight()))
        .map_err(|_| Failure::usage(format!("{day} is out of reach. Choose a later day.")))?;
    if begins > now {
        return Err(Failure::usage(format!(
            "{day} is still to come. Choose a day in the past."
        )));
    }
    Ok((About::Since(day), (begins, Timestamp::MAX)))
}

/// From the beginning of the iteration in which a day falls until now; of the present one that is the whole of it.
fn since_iteration(
    day: Date,
    calendar: &Calendar,
    pace: &Pace,
    now: Timestamp,
) -> Result<(About, (Timestamp, Timestamp)), Failure> {
    let first = calendar.number_on(day).max(1);
    if day <= calendar.day_of(now) && first < pace.current.number {
        return since_when(Some(calendar.first_day(first)), calendar, pace, now);
    }
    since_when(Some(day), calendar, pace, now)?;
    which(None, calendar, pace)
}

fn which(
    number: Option<i32>,
    calendar: &Calendar,
    pace: &Pace,
) -> Result<(About, (Timestamp, Timestamp)), Failure> {
    let current = pace.current.number;
    let number = number.unwrap_or(current);
    if !(1..=current).contains(&number) {
        return Err(Failure::refused(format!(
            "There is no iteration {number} to report on. Choose one from 1 to {current}."
        )));
    }
    let period = (calendar.begins(number), calendar.begins(number + 1));
    Ok((About::Iteration(number), period))
}

fn document(told: &Told, file: Option<&Value>) -> Value {
    let Told {
        backlog,
        calendar,
        pace,
        meeting,
        about,
    } = told;
    let from = calendar.day_of(meeting.from);
    let last = match about {
        About::Iteration(number) => Some(calendar.last_day(*number).to_string()),
        About::Since(_) => None,
    };
    let iteration = |past: &Past| {
        json!({
            "iteration": past.number,
            "from": calendar.first_day(past.number).to_string(),
            "until": calendar.last_day(past.number).to_string(),
            "stories": past.stories,
            "points": past.points,
            "current": past.number == pace.current.number,
        })
    };
    let all = pace.past.iter().chain([&pace.current]);
    json!({
        "about": match about {
            About::Iteration(number) => json!({ "iteration": number }),
            About::Since(day) => json!({ "since": day.to_string() }),
        },
        "from": from.to_string(),
        "until": last,
        "points": meeting.points,
        "accepted": accepted(backlog, calendar, &meeting.accepted),
        "rejected": rejected(backlog, &meeting.rejected),
        "carried": meeting.carried.iter().filter_map(|(id, status)| {
            let mut value = named(backlog, *id)?;
            value["status"] = json!(status);
            Some(value)
        }).collect::<Vec<Value>>(),
        "calendar_guessed": calendar.is_guessed(),
        "velocity": { "points": pace.velocity.points, "guessed": pace.velocity.is_guessed() },
        "iterations": all.map(iteration).collect::<Vec<Value>>(),
        "written": file,
    })
}

fn named(backlog: &Backlog, id: StoryId) -> Option<Value> {
    let story = backlog.story(id)?;
    Some(json!({ "key": backlog.key(story), "title": story.title, "points": story.estimate }))
}

fn accepted(backlog: &Backlog, calendar: &Calendar, stories: &[StoryId]) -> Vec<Value> {
    let value = |id: &StoryId| {
        let story = backlog.story(*id)?;
        let mut value = named(backlog, *id)?;
        value["counted"] = json!(calendar.counts(story.kind));
        value["at"] = json!(story.accepted_at());
        if let Some(round) = story.closed_rounds().next_back() {
            value["by"] = json!(round.by);
            value["round"] = json!(round.round);
            value["waiver"] = json!(round.reason);
            value["note"] = json!(round.note);
        }
        Some(value)
    };
    stories.iter().filter_map(value).collect()
}

fn rejected(backlog: &Backlog, rounds: &[(StoryId, usize)]) -> Vec<Value> {
    let value = |(id, place): &(StoryId, usize)| {
        let story = backlog.story(*id)?;
        let round = story.reviews.get(*place)?;
        let mut value = named(backlog, *id)?;
        value["at"] = json!(round.at);
        value["by"] = json!(round.by);
        value["round"] = json!(round.round);
        value["reason"] = json!(round.reason);
        value["status"] = json!(story.status);
        Some(value)
    };
    rounds.iter().filter_map(value).collect()
}
