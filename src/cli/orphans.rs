//! `backstory orphans`: loose ends of the thread from outcome to problem to story.

use serde_json::{Value, json};

use super::context::{Context, Failure, zone};
use super::desk::Desk;
use super::print::{Cell, Out, Role, Table};
use crate::model::{Backlog, Forecaster, Orphans, ProblemId, StoryId, Timestamp, WhatIf};

/// Find loose ends: stories without a problem, problems without a story, benefits nobody checked
#[derive(Debug, clap::Args)]
pub(super) struct Args {}

pub(super) fn run(context: &mut Context) -> Result<(), Failure> {
    let desk = Desk::open(context)?;
    let orphans = desk.backlog.orphans(context.today());
    let above = above_cut(&desk.backlog, &orphans, context.stamp().at);
    if context.json {
        let body = value(&desk.backlog, &orphans, &above);
        context.out.json("orphan-list", body);
    } else if orphans.is_empty() {
        context.note("There are no loose ends.");
    } else {
        print(&desk.backlog, &orphans, &above, &mut context.out);
    }
    Ok(())
}

/// Those open stories of refuted problems that are to be built in the current iteration; none where there are no
/// iterations.
fn above_cut(backlog: &Backlog, orphans: &Orphans, now: Timestamp) -> Vec<StoryId> {
    if orphans.refuted.is_empty() || backlog.product().iterations.is_none() {
        return Vec::new();
    }
    let forecast = Forecaster::default().look(backlog, now, &zone(), &WhatIf::default());
    let stories = orphans.refuted.iter().flat_map(|(_, stories)| stories);
    let above = stories.filter(|id| forecast.is_above_cut(**id, backlog));
    above.copied().collect()
}

fn value(backlog: &Backlog, orphans: &Orphans, above: &[StoryId]) -> Value {
    let keys =
        |ids: &[StoryId]| -> Vec<String> { ids.iter().map(|id| backlog.key_or_id(*id)).collect() };
    let refuted: Vec<Value> = orphans
        .refuted
        .iter()
        .map(|(problem, stories)| {
            let is_above = |id: &StoryId| above.contains(id);
            let above: Vec<StoryId> = stories.iter().copied().filter(is_above).collect();
            json!({ "problem": problem, "stories": keys(stories), "above_cut": keys(&above) })
        })
        .collect();
    json!({
        "stories": keys(&orphans.stories),
        "unsolved": orphans.unsolved,
        "single": orphans.single,
        "refuted": refuted,
        "unchecked": keys(&orphans.unchecked),
    })
}

fn print(backlog: &Backlog, orphans: &Orphans, above: &[StoryId], out: &mut Out) {
    let refuted = orphans.refuted.iter().flat_map(|(_, stories)| stories);
    let below = refuted.copied().filter(|id| !above.contains(id));
    let below: Vec<StoryId> = below.collect();
    let mut sections = Sections {
        backlog,
        out,
        is_first: true,
    };
    // What presses most comes first, as on the screen.
    sections.problems("Problems without a story", &orphans.unsolved);
    sections.stories("Stories of refuted problems above the cut", above);
    sections.stories("Open stories of refuted problems", &below);
    sections.stories(
        "Accepted, and nobody checked the benefit",
        &orphans.unchecked,
    );
    sections.problems("Problems with one candidate only", &orphans.single);
    // These may be very many.
    sections.stories("Open stories without a problem", &orphans.stories);
}

/// Headings with what is found under each.
struct Sections<'a> {
    backlog: &'a Backlog,
    out: &'a mut Out,
    is_first: bool,
}

impl Sections<'_> {
    fn stories(&mut self, heading: &str, ids: &[StoryId]) {
        let stories = ids.iter().filter_map(|id| self.backlog.story(*id));
        let rows = stories.map(|story| (self.backlog.key(story), story.title.to_string()));
        let rows = rows.collect();
        self.section(heading, rows);
    }

    fn problems(&mut self, heading: &str, ids: &[ProblemId]) {
        let problems = ids.iter().filter_map(|id| self.backlog.problem(*id));
        let rows = problems.map(|problem| (problem.short_id(), problem.title.to_string()));
        let rows = rows.collect();
        self.section(heading, rows);
    }

    fn section(&mut self, heading: &str, rows: Vec<(String, String)>) {
        if rows.is_empty() {
            return;
        }
        if !std::mem::take(&mut self.is_first) {
            self.out.gap();
        }
        self.out.painted_line(&[(heading, Role::Strong)]);
        let mut table = Table::new(1);
        for (name, title) in rows {
            table.row([
                Cell::text(&format!("  {name}")).role(Role::Faint),
                Cell::text(&title),
            ]);
        }
        self.out.table(&table);
    }
}
