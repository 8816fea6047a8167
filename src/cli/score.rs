//! `backstory score`: the scores of stories set and shown, and the backlog beside its order by score.

pub(super) mod board;

use serde_json::{Map, Value, json};

use super::context::{Context, Failure};
use super::desk::Desk;
use super::print::{Out, Role};
use crate::model::score::{Score, entry};
use crate::model::{Backlog, Change, Edit, Grade, Method, Part, Product, Story, StoryId};

/// Score stories, or show their scores and where the order disagrees with them
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  backstory score WEB-9 must                         or moscow=must
  backstory score WEB-9 wsjf.value=8 wsjf.urgency=5 wsjf.risk=3 wsjf.size=3
  backstory score WEB-9 WEB-12 --by rice reach=300 impact=2 confidence=80 effort=1.5
  backstory score WEB-9 wsjf.risk=none rice=none     take one value away, all of a way to score
  backstory score WEB-9                              show its scores
  backstory score --by wsjf                          show all scored stories against the order

The ways to score are moscow (must, should, could, wont), value-effort (value and effort from 1 to 5), wsjf (value, \
urgency, risk and size from 1 2 3 5 8 13 20), rice (reach, impact 3 2 1 0.5 0.25, confidence 100 80 50, effort in \
person-months) and impact (what the evidence for the story's problem weighs; nothing is entered at the story). Scores advise; the order stays until `backstory sort` or you change it.")]
pub(super) struct Args {
    /// Stories, such as WEB-9, and values, such as wsjf.value=8; none takes a value away
    #[arg(value_name = "KEY|PART=VALUE")]
    words: Vec<String>,
    /// The way to score: moscow, value-effort, wsjf, rice or impact; without it, those in use
    #[arg(long, value_name = "SCORE")]
    by: Option<String>,
}

pub(super) fn run(args: &Args, context: &mut Context) -> Result<(), Failure> {
    let by = method(args.by.as_deref())?;
    let (values, keys): (Vec<&String>, Vec<&String>) =
        args.words.iter().partition(|word| is_value(word));
    if keys.is_empty() && !values.is_empty() {
        return Err(Failure::usage(format!(
            "Say which story to score, as in `backstory score KEY {}`.",
            values[0]
        )));
    }
    let mut desk = Desk::open(context)?;
    if keys.is_empty() {
        let method = shown(by, desk.backlog.product())?;
        return board::run(&desk.backlog, method, context);
    }
    let mut stories: Vec<StoryId> = Vec::new();
    for key in keys {
        let id = desk.find(key)?.id;
        if !stories.contains(&id) {
            stories.push(id);
        }
    }
    if !values.is_empty() {
        let edits = edits(&values, by, desk.backlog.product())?;
        let changes: Vec<Change> = stories
            .iter()
            .flat_map(|&story| {
                let edits = edits.iter().cloned();
                edits.map(move |edit| Change::Edit { story, edit })
            })
            .collect();
        let label = match stories.as_slice() {
            [only] => format!("score {}", desk.backlog.key_or_id(*only)),
            many => format!("score {} stories", many.len()),
        };
        desk.perform(&label, &changes, context)?;
        show(&desk.backlog, &stories, by, context);
        tell_of_unused(&edits, desk.backlog.product(), context);
        return Ok(());
    }
    show(&desk.backlog, &stories, by, context);
    Ok(())
}

/// Says which ways to score were given a value although the list does not show them.
fn tell_of_unused(edits: &[Edit], product: &Product, context: &mut Context) {
    let is_given = |method: &Method| {
        let mut given = edits.iter();
        given.any(|edit| matches!(edit, Edit::Score(grade) if grade.part().method() == *method))
    };
    let unused = Method::ALL.into_iter().filter(is_given);
    for method in unused.filter(|method| !product.scores.contains(method)) {
        if !context.json {
            context.out.line(&format!(
                "{method} is not in use yet; `backstory config scores --add {}` gives it a column on the screen.",
                method.word()
            ));
        }
    }
}

/// The way to score of a word.
pub(super) fn method(by: Option<&str>) -> Result<Option<Method>, Failure> {
    let read = |word: &str| {
        word.parse::<Method>()
            .map_err(|refusal| Failure::usage(refusal.to_string()))
    };
    by.map(read).transpose()
}

/// The way to score that was asked for, else the product's first.
pub(super) fn shown(by: Option<Method>, product: &Product) -> Result<Method, Failure> {
    by.or_else(|| product.scores.first().copied()).ok_or_else(|| {
        Failure::refused(
            "No way to score is in use yet. Name one, as in `--by wsjf`, or choose one for good: `backstory config scores wsjf`.",
        )
    })
}

/// The command that gives a story a score.
pub(super) fn form(method: Method, key: &str) -> String {
    if method == Method::Moscow {
        return format!("backstory score {key} moscow=must");
    }
    let parts: Vec<String> = method
        .parts()
        .iter()
        .map(|part| format!("{}=N", part.word()))
        .collect();
    format!(
        "backstory score {key} --by {} {}",
        method.word(),
        parts.join(" ")
    )
}

/// Whether a word is a value rather than a story's key; a MoSCoW class may stand alone.
fn is_value(word: &str) -> bool {
    word.contains('=') || Part::Class.parse(word).is_ok()
}

/// The edits that the values ask for.
fn edits(values: &[&String], by: Option<Method>, product: &Product) -> Result<Vec<Edit>, Failure> {
    if by == Some(Method::Impact) {
        return Err(Failure::usage(
            "Impact is not entered at a story: it is what the evidence for its problem weighs. Add evidence with `backstory problem evidence`.",
        ));
    }
    let read = |value: &&String| {
        let name = value.split('=').next().unwrap_or_default();
        let is_method = name.parse().is_ok_and(Method::is_entered);
        let has_method = !value.contains('=') || name.contains('.') || is_method;
        Ok(match by.filter(|by| !has_method && *by != Method::Moscow) {
            Some(by) => entry(&format!("{}.{value}", by.word()), &[])?,
            None => entry(value, &product.scores)?,
        })
    };
    values.iter().map(read).collect()
}

fn show(backlog: &Backlog, stories: &[StoryId], by: Option<Method>, context: &mut Context) {
    let stories = stories.iter().filter_map(|id| backlog.story(*id));
    if context.json {
        let stories: Vec<Value> = stories.map(|story| value(backlog, story, by)).collect();
        context
            .out
            .json("score-list", json!({ "stories": stories }));
        return;
    }
    for (place, story) in stories.enumerate() {
        if place > 0 {
            context.out.gap();
        }
        print(backlog, story, by, &mut context.out);
    }
}

/// The ways to score that say something of a story, and those that are in use.
fn methods(backlog: &Backlog, story: &Story, by: Option<Method>) -> Vec<Method> {
    let is_told = |method: &Method| match by {
        Some(by) => *method == by,
        None => {
            backlog.product().scores.contains(method)
                || method.is_begun(&story.scores)
                || counts(backlog, story, *method).is_some()
        }
    };
    Method::ALL.into_iter().filter(is_told).collect()
}

/// What a story counts for; a closed one is raised by nothing.
fn counts(backlog: &Backlog, story: &Story, method: Method) -> Option<Score> {
    if story.status.is_closed() {
        let number = method.number(story, backlog)?;
        return Some(Score { number, from: None });
    }
    method.score(backlog, story.id)
}

fn print(backlog: &Backlog, story: &Story, by: Option<Method>, out: &mut Out) {
    let key = backlog.key(story);
    out.painted_line(&[
        (&key, Role::Plain),
        ("  ", Role::Plain),
        (&story.title, Role::Strong),
    ]);
    let methods = methods(backlog, story, by);
    if methods.is_empty() {
        out.line("  It has no score. Give it one, such as moscow=must or wsjf.value=8.");
    }
    for method in methods {
        let own = match method {
            Method::Impact => impact(backlog, story),
            method => method.summary(story, backlog),
        };
        let own = own.unwrap_or_else(|| format!("no {method} score"));
        out.line(&format!("  {own}"));
        let counts = counts(backlog, story, method);
        if let Some((number, from)) = counts.and_then(|score| Some((score.number, score.from?))) {
            let (told, from) = (method.told(number), backlog.key_or_id(from));
            out.line(&format!("  counts as {told}, because {from} waits for it"));
        }
    }
}

/// What speaks for the story, and for which problem.
fn impact(backlog: &Backlog, story: &Story) -> Option<String> {
    let told = Method::Impact.told(f64::from(backlog.impact(story)?));
    Some(format!("{told} ({})", backlog.problem_of(story)?.title))
}

fn value(backlog: &Backlog, story: &Story, by: Option<Method>) -> Value {
    let scores: Vec<Value> = methods(backlog, story, by)
        .into_iter()
        .map(|method| {
            let counts = counts(backlog, story, method);
            json!({
                "method": method.word(),
                "parts": parts(story, method),
                "own": method.number(story, backlog),
                "number": counts.map(|score| score.number),
                "raised_by": counts.and_then(|score| score.from).map(|id| backlog.key_or_id(id)),
            })
        })
        .collect();
    json!({
        "key": backlog.key(story),
        "position": backlog.position(story.id),
        "title": story.title,
        "scores": scores,
    })
}

/// The values there are, by their names.
fn parts(story: &Story, method: Method) -> Map<String, Value> {
    let value = |part: Part| {
        let grade = part.read(&story.scores)?;
        let value = match part {
            Part::Class => json!(grade.text()),
            _ => number(grade),
        };
        Some((part.word().to_owned(), value))
    };
    let parts = method.parts().iter().copied();
    parts.filter_map(value).collect()
}

/// The number of a value, written without a point where it is whole.
fn number(grade: Grade) -> Value {
    let number: Option<serde_json::Number> = grade.number().to_string().parse().ok();
    number.map_or(Value::Null, Value::Number)
}
