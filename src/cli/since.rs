//! `backstory since`: what has happened since the screen was left, or since a day.

use jiff::Timestamp;
use jiff::civil::Time;
use serde_json::{Map, Value, json};

use super::context::{Context, Failure, author, day, zone};
use super::desk::Desk;
use super::print::{Cell, Out, Role, Table};
use crate::model::since::{About, Group, News, Present, Since, What};
use crate::model::{Act, Backlog, Forecast, Forecaster, Memory, WhatIf};
use crate::store::Visit;

/// Show what has happened: delivered, came back, moved far, slipped, new evidence and so on
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  backstory since
  backstory since 2026-11-02
  backstory since --json

Without DATE it tells what is news to you since you last left the screen (or of the last 7 days where you never did): \
your own acts are left out, and so is what you have dealt with. With DATE it tells everything since the beginning of \
that day, your own acts too, as far as journal and files know it: moves in the order only where they were made on this \
machine.")]
pub(super) struct Args {
    /// The first day to tell of, such as 2026-11-02
    #[arg(value_name = "DATE")]
    date: Option<String>,
}

pub(super) fn run(args: &Args, context: &mut Context) -> Result<(), Failure> {
    let now = Timestamp::now();
    let from = args.date.as_deref().map(|date| begin(date, now));
    let from = from.transpose()?;
    let mut desk = Desk::open(context)?;
    let acts = desk.acts()?;
    let backlog = &desk.backlog;
    let name = author();
    let visit = match from {
        Some(_) => None,
        None => Visit::of(desk.folder(), &name).load(),
    };
    let memory = visit.unwrap_or_else(|| {
        let at = from.unwrap_or(now - Memory::UNVISITED);
        Memory::recalled(backlog, &acts, at, &zone())
    });
    let since = compare(
        &memory,
        backlog,
        &acts,
        now,
        from.is_none().then_some(&*name),
        desk.is_whole,
    );
    if context.json {
        context.out.json("since", value(&since, backlog));
    } else if since.news.is_empty() {
        let at = since
            .at
            .to_zoned_datetime(zone())
            .strftime("%Y-%m-%d %H:%M");
        context.note(format!("Nothing has happened since {at}."));
    } else {
        print(&since.gathered(), backlog, &mut context.out);
    }
    Ok(())
}

/// The beginning of a day that has begun.
fn begin(date: &str, now: Timestamp) -> Result<Timestamp, Failure> {
    let date = day(date)?;
    match zone().to_timestamp(date.to_datetime(Time::midnight())) {
        Ok(begin) if begin <= now => Ok(begin),
        _ => Err(Failure::usage(format!(
            "{date} has not come yet. Name a day that has."
        ))),
    }
}

fn compare(
    memory: &Memory,
    backlog: &Backlog,
    acts: &[Act],
    now: Timestamp,
    user: Option<&str>,
    is_whole: bool,
) -> Since {
    let zone = zone();
    let has_iterations = backlog.product().iterations.is_some();
    let forecast: Option<Forecast> =
        has_iterations.then(|| Forecaster::default().look(backlog, now, &zone, &WhatIf::default()));
    let present = Present {
        backlog,
        forecast: forecast.as_ref(),
        now,
        zone: &zone,
        user,
        is_whole,
    };
    Since::of(memory, present, acts)
}

fn print(since: &Since, backlog: &Backlog, out: &mut Out) {
    let zone = zone();
    let mut is_first = true;
    for group in Group::ALL {
        let mut table = Table::new(1);
        let mut is_empty = true;
        for news in since.of_group(group) {
            is_empty = false;
            let (name, title) = name(news, backlog);
            let by = news.by.as_ref().map_or("", |by| by.as_str());
            let at = match (&news.what, news.at) {
                (What::Due(day), _) => day.to_string(),
                (_, Some(at)) => at
                    .to_zoned_datetime(zone.clone())
                    .strftime("%Y-%m-%d")
                    .to_string(),
                (_, None) => String::new(),
            };
            table.row([
                Cell::text(&format!("  {name}")).role(Role::Faint),
                Cell::text(&title),
                Cell::text(&news.what.words()),
                Cell::text(by),
                Cell::text(&at).role(Role::Faint),
            ]);
        }
        if is_empty {
            continue;
        }
        if !std::mem::take(&mut is_first) {
            out.gap();
        }
        out.painted_line(&[(group.heading(), Role::Strong)]);
        out.table(&table);
    }
}

/// What people call it, and its title.
fn name(news: &News, backlog: &Backlog) -> (String, String) {
    let problem = match news.about {
        About::Problem(_) if matches!(news.what, What::AddedMany(_)) => None,
        About::Problem(id) => backlog.problem(id).map(|problem| problem.short_id()),
        About::Story(_) | About::Backlog => None,
    };
    let name = news.key(backlog).or(problem).unwrap_or_default();
    (name, news.title(backlog))
}

fn value(since: &Since, backlog: &Backlog) -> Value {
    let mut document = Map::new();
    document.insert("since".to_owned(), json!(since.at));
    for group in Group::ALL {
        let news: Vec<Value> = since
            .of_group(group)
            .map(|news| news_value(news, backlog))
            .collect();
        document.insert(group.word().to_owned(), news.into());
    }
    document.into()
}

fn news_value(news: &News, backlog: &Backlog) -> Value {
    let (name, title) = name(news, backlog);
    let mut value = match news.about {
        About::Story(id) => json!({ "key": name, "story": id, "title": title }),
        About::Problem(id) => json!({ "problem": id, "title": title }),
        About::Backlog => json!({}),
    };
    value["what"] = json!(news.what.words());
    value["by"] = json!(news.by);
    value["at"] = json!(news.at);
    let more = match &news.what {
        What::Moved { from, to } => json!({ "from": from, "to": to }),
        What::Slipped { from, to } => json!({ "from": from, "to": to }),
        What::Commented { count, last } | What::Asked { count, last } => {
            json!({ "count": count, "text": last })
        }
        What::Answered(count) => json!({ "count": count }),
        What::Edited(fields) => json!({ "fields": fields }),
        What::Heard(voices) => json!({ "voices": voices }),
        What::Believed(belief) => json!({ "state": belief }),
        What::Learned(result) => json!({ "result": result }),
        What::Due(day) => json!({ "when": day }),
        What::Set(settings) => json!({ "settings": settings }),
        What::Went(_)
        | What::Added
        | What::AddedMany(_)
        | What::SlippedMany { .. }
        | What::Gone { .. } => json!({}),
    };
    if let (Some(fields), Value::Object(more)) = (value.as_object_mut(), more) {
        fields.extend(more);
    }
    value
}
