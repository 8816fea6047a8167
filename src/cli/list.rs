//! `backstory list`: stories in order.

use serde_json::{Value, json};

use super::context::{Context, Failure};
use super::desk::Desk;
use super::print::document::story_values;
use super::print::{Cell, Out, Role, Table};
use super::select;
use crate::model::{Backlog, Group, Grouping, Story, StoryId};

/// List stories in the backlog's order
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  backstory list
  backstory list label:checkout 'points>3'
  backstory list 'persona:\"returning customer\"' status:any
  backstory list --view Next
  backstory list is:ready --group epic

Without a status: word these are the open stories; status:any means every story there is. \
A negated word comes behind --, as in `backstory list -- -parcel`.")]
pub(super) struct Args {
    /// Words, and conditions such as status:delivered
    query: Vec<String>,
    /// At most so many stories; in groups, these are counted whole and then shown up to the limit
    #[arg(long, value_name = "N")]
    limit: Option<usize>,
    /// Look through a saved view; further words narrow it down
    #[arg(long, value_name = "NAME")]
    view: Option<String>,
    /// Group by epic, persona, label, problem or status; none for no groups
    #[arg(long, value_name = "BY")]
    group: Option<String>,
}

pub(super) fn run(args: &Args, context: &mut Context) -> Result<(), Failure> {
    let desk = Desk::open(context)?;
    let backlog = &desk.backlog;
    let view = match &args.view {
        Some(name) => Some(backlog.product().view(name)?),
        None => None,
    };
    let by = match args.group.as_deref() {
        Some("none") => None,
        Some(word) => Some(word.parse()?),
        None => view.and_then(|view| view.group),
    };
    let mut words: Vec<String> = view
        .map(|view| view.query.to_string())
        .into_iter()
        .collect();
    words.extend(args.query.iter().cloned());
    let mut ids = select::stories(backlog, &words, context.stamp().at)?;
    let limit = args.limit.unwrap_or(usize::MAX);
    if let Some(by) = by {
        grouped(backlog, ids, by, limit, context);
    } else {
        ids.truncate(limit);
        print(backlog, &ids, context);
    }
    Ok(())
}

/// Writes stories in groups: a heading above each, or their keys beside the stories with `--json`.
///
/// The limit cuts what is shown, not what is counted: a heading speaks of the whole group, and the groups are those, in
/// that order, that there are without a limit.
fn grouped(
    backlog: &Backlog,
    ids: Vec<StoryId>,
    by: Grouping,
    limit: usize,
    context: &mut Context,
) {
    let groups = Group::all(backlog, ids, by);
    let mut left = limit;
    let mut shown: Vec<(&Group, &[StoryId])> = Vec::new();
    for group in &groups {
        let first = group.stories.len().min(left);
        left -= first;
        if let Some(stories) = group.stories.get(..first).filter(|some| !some.is_empty()) {
            shown.push((group, stories));
        }
    }
    if context.json {
        let told = shown.iter().map(|(group, stories)| {
            let keys = stories.iter().map(|id| backlog.key_or_id(*id));
            let mut told = json!({
                "name": group.name,
                "points": group.points,
                "count": group.stories.len(),
                "stories": keys.collect::<Vec<_>>(),
            });
            if let (Some(problem), Some(fields)) = (group.problem(backlog), told.as_object_mut()) {
                fields.insert("problem".to_owned(), json!(problem.id));
                fields.insert("impact".to_owned(), json!(problem.impact()));
                fields.insert("voices".to_owned(), json!(problem.voices()));
            }
            told
        });
        let told: Vec<Value> = told.collect();
        let ids = shown.iter().flat_map(|(_, stories)| *stories).copied();
        let ids: Vec<StoryId> = ids.collect();
        let stories = story_values(backlog, &ids);
        context.out.json(
            "story-list",
            json!({ "stories": stories, "group": by, "groups": told }),
        );
        return;
    }
    for (index, (group, stories)) in shown.iter().enumerate() {
        if index > 0 {
            context.out.gap();
        }
        let figures = group.figures(backlog).join(" · ");
        let cut = if stories.len() < group.stories.len() {
            format!(", the first {}", stories.len())
        } else {
            String::new()
        };
        let counts = format!(" · {figures}{cut}");
        context
            .out
            .painted_line(&[(&group.title(by), Role::Strong), (&counts, Role::Faint)]);
        table(backlog, stories, &mut context.out);
    }
}

/// Writes stories: a table, or a document with `--json`.
pub(super) fn print(backlog: &Backlog, ids: &[StoryId], context: &mut Context) {
    if context.json {
        let stories = story_values(backlog, ids);
        context
            .out
            .json("story-list", json!({ "stories": stories }));
    } else {
        table(backlog, ids, &mut context.out);
    }
}

fn table(backlog: &Backlog, ids: &[StoryId], out: &mut Out) {
    let mut table = Table::new(2);
    for story in ids.iter().filter_map(|id| backlog.story(*id)) {
        let position = backlog.position(story.id);
        let estimate = story
            .estimate
            .map_or_else(String::new, |points| points.to_string());
        table.row([
            Cell::number(&position.map_or_else(|| "-".to_owned(), |place| place.to_string()))
                .role(Role::Faint),
            Cell::text(&backlog.key(story)),
            Cell::text(&story.title).role(Role::Strong),
            Cell::number(&estimate),
            Cell::text(story.status.word()).role(Role::Status(story.status)),
            Cell::text(&marks(backlog, story)).role(Role::Warning),
        ]);
    }
    out.table(&table);
}

/// What stands out: rounds so far, unanswered questions, and whether it waits for another story, or even stands above
/// that one.
fn marks(backlog: &Backlog, story: &Story) -> String {
    let mut marks = Vec::new();
    if story.rejections() > 0 {
        marks.push(format!("↺{}", story.rejections()));
    }
    let open = story.open_questions().count();
    if open > 0 {
        marks.push(format!("?{open}"));
    }
    if backlog.is_misplaced(story) {
        marks.push("misplaced".to_owned());
    } else if backlog.is_blocked(story) {
        marks.push("blocked".to_owned());
    }
    marks.join(" ")
}
