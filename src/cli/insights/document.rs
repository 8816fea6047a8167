//! The insights as JSON.

use serde_json::{Map, Value, json};

use crate::model::forecast::Past;
use crate::model::insights::{Failing, Insights, Rounds, days};
use crate::model::{Backlog, StoryId, Timestamp};

pub(super) fn document(backlog: &Backlog, insights: &Insights, now: Timestamp) -> Value {
    let pace = &insights.pace;
    let past = pace.past.iter().chain([&pace.current]);
    json!({
        "velocity": { "points": pace.velocity.points, "guessed": pace.velocity.is_guessed() },
        "calendar_guessed": insights.calendar.is_guessed(),
        "iterations": past.map(|past| iteration(past, insights)).collect::<Vec<Value>>(),
        "burn_up": burn_up(insights),
        "cycle_time": cycle_time(backlog, insights),
        "under_way": under_way(backlog, insights, now),
        "reviews": reviews(backlog, insights),
        "failures": failures(insights),
    })
}

fn iteration(past: &Past, insights: &Insights) -> Value {
    let mut value = dated(past.number, insights);
    value.insert("points".to_owned(), json!(past.points));
    value.insert("stories".to_owned(), json!(past.stories));
    let is_current = past.number == insights.pace.current.number;
    value.insert("current".to_owned(), json!(is_current));
    Value::Object(value)
}

/// An iteration's number and days.
fn dated(number: i32, insights: &Insights) -> Map<String, Value> {
    let calendar = &insights.calendar;
    let fields = [
        ("iteration", json!(number)),
        ("from", json!(calendar.first_day(number).to_string())),
        ("until", json!(calendar.last_day(number).to_string())),
    ];
    let fields = fields.map(|(name, value)| (name.to_owned(), value));
    fields.into_iter().collect()
}

fn burn_up(insights: &Insights) -> Value {
    let burn_up = &insights.burn_up;
    let today = burn_up.today();
    let by = burn_up.done_by();
    json!({
        "done": today.map(|today| today.done),
        "points": today.map(|today| today.scope),
        "unestimated": burn_up.unestimated,
        "likely": by.map(|(likely, _)| likely),
        "careful": by.map(|(_, careful)| careful),
    })
}

fn cycle_time(backlog: &Backlog, insights: &Insights) -> Value {
    let times = &insights.cycle_times;
    let all = times.slowest().filter_map(|slow| {
        let mut value = named(backlog, slow.story)?;
        value["days"] = json!(days(slow.time));
        Some(value)
    });
    json!({
        "half_days": times.median().map(days),
        "careful_days": times.careful().map(days),
        "stories": all.collect::<Vec<Value>>(),
    })
}

fn under_way(backlog: &Backlog, insights: &Insights, now: Timestamp) -> Value {
    let too_old = insights.too_old(now);
    let all = insights.under_way.stories.iter().enumerate();
    let all = all.filter_map(|(place, begun)| {
        let mut value = named(backlog, begun.story)?;
        value["status"] = json!(begun.status);
        value["since"] = json!(begun.since);
        value["begun"] = json!(begun.at);
        value["days"] = json!(days(begun.at.duration_until(now)));
        value["too_old"] = json!(place < too_old);
        Some(value)
    });
    json!({ "stories": all.collect::<Vec<Value>>(), "undated": insights.under_way.undated })
}

fn reviews(backlog: &Backlog, insights: &Insights) -> Value {
    let reviews = &insights.reviews;
    let by_iteration = reviews.by_iteration.iter().map(|(number, ended)| {
        let mut value = dated(*number, insights);
        value.extend(rounds(*ended));
        Value::Object(value)
    });
    let again = reviews.again.iter().filter_map(|(id, times)| {
        let mut value = named(backlog, *id)?;
        value["rejected"] = json!(times);
        Some(value)
    });
    json!({
        "all": rounds(reviews.all),
        "before": rounds(reviews.before),
        "iterations": by_iteration.collect::<Vec<Value>>(),
        "again": again.collect::<Vec<Value>>(),
    })
}

fn rounds(rounds: Rounds) -> Map<String, Value> {
    let fields = [
        ("ended", rounds.ended),
        ("rejected", rounds.rejected),
        ("first", rounds.first),
        ("first_accepted", rounds.first_accepted),
    ];
    let fields = fields.map(|(name, count)| (name.to_owned(), json!(count)));
    fields.into_iter().collect()
}

/// What fails more often than the rest; null where there are too few reviews to tell.
fn failures(insights: &Insights) -> Value {
    let one = |failing: &Failing| json!({ "name": failing.name, "failed": failing.failed, "of": failing.of });
    let all = |failing: &[Failing]| failing.iter().map(one).collect::<Vec<Value>>();
    match &insights.failures {
        None => Value::Null,
        Some(failures) => json!({
            "criteria": all(&failures.criteria),
            "words": all(&failures.words),
            "personas": all(&failures.personas),
            "labels": all(&failures.labels),
        }),
    }
}

fn named(backlog: &Backlog, id: StoryId) -> Option<Value> {
    let story = backlog.story(id)?;
    Some(json!({ "key": backlog.key(story), "title": story.title }))
}
