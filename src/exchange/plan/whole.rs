//! Stories from our own export: inserted as they are, or brought up to what the file says where the file is not older.

use std::collections::HashMap;

use super::{Planner, source_name};
use crate::exchange::record::Record;
use crate::model::score::unknown;
use crate::model::{Backlog, Edit, Part, Rank, Story, StoryId};

/// New ranks for stories of a file that come from another product's order; none where the file's ranks are to stay.
///
/// The ranks of an export mean something in an empty backlog and in another clone of the same one. Beside the stories of a
/// different product they would mix two orders, so these stories come last, in their own order.
pub(super) fn new_ranks(records: &[Record], backlog: &Backlog) -> HashMap<StoryId, Rank> {
    let mut stories: Vec<&Story> = records
        .iter()
        .filter_map(|record| match record {
            Record::Whole { story, .. } => Some(&**story),
            Record::Told(_) => None,
        })
        .collect();
    let is_of_same = stories
        .iter()
        .any(|story| backlog.story(story.id).is_some());
    let Some(last) = backlog
        .stories()
        .map(|story| &story.rank)
        .max()
        .filter(|_| !is_of_same)
    else {
        return HashMap::new();
    };
    stories.sort_by(|a, b| a.rank.cmp(&b.rank).then_with(|| a.id.cmp(&b.id)));
    let ranks = Rank::spread(Some(last), None, stories.len()).unwrap_or_default();
    stories.iter().map(|story| story.id).zip(ranks).collect()
}

impl Planner<'_> {
    pub(super) fn whole(&mut self, story: &Story, ranks: &HashMap<StoryId, Rank>) {
        let by_source = || {
            let id = self.sources.get(&source_name(story.source.as_ref()?))?;
            self.backlog.story(*id)
        };
        if let Some(known) = self.backlog.story(story.id).or_else(by_source) {
            self.renew(&known.clone(), story);
            return;
        }
        self.blockers.link(story.id, &story.blocked_by);
        let mut story = story.clone();
        if let Some(rank) = ranks.get(&story.id) {
            story.rank = rank.clone();
        }
        self.plan.imported += 1;
        self.inserted.push(story);
    }

    fn renew(&mut self, known: &Story, story: &Story) {
        let key = self.backlog.key(known);
        let edits = edits(known, story);
        let has_other_links = known.blocked_by != story.blocked_by;
        if (!edits.is_empty() || has_other_links) && known.updated > story.updated {
            self.plan.notes.push(format!(
                "{key} has changed here since the file was written and stays as it is."
            ));
            self.known.entry(known.id).or_default();
            return;
        }
        if known.status != story.status {
            self.plan.notes.push(format!(
                "{key} stays {}; the file says {}.",
                known.status, story.status
            ));
        }
        if unknown(&known.scores) != unknown(&story.scores) || known.extra != story.extra {
            self.plan.notes.push(format!(
                "{key} keeps its unknown fields; the file's are different."
            ));
        }
        self.edit(known, edits);
        if has_other_links && self.backlog.may_edit(known.id).is_ok() {
            let names: Vec<String> = story.blocked_by.iter().map(ToString::to_string).collect();
            self.blockers.want(known.id, Some(&names));
        }
    }
}

/// The edits that bring one story's content to another's.
fn edits(known: &Story, story: &Story) -> Vec<Edit> {
    let mut edits = Vec::new();
    let mut push = |differs: bool, edit: Edit| {
        if differs {
            edits.push(edit);
        }
    };
    push(known.title != story.title, Edit::Title(story.title.clone()));
    push(known.kind != story.kind, Edit::Kind(story.kind));
    push(
        known.persona != story.persona,
        Edit::Persona(story.persona.clone()),
    );
    push(known.want != story.want, Edit::Want(story.want.clone()));
    push(
        known.benefit != story.benefit,
        Edit::Benefit(story.benefit.clone()),
    );
    push(known.notes != story.notes, Edit::Notes(story.notes.clone()));
    push(
        known.criteria != story.criteria,
        Edit::Criteria(story.criteria.clone()),
    );
    push(
        known.questions != story.questions,
        Edit::Questions(story.questions.clone()),
    );
    push(
        known.estimate != story.estimate,
        Edit::Estimate(story.estimate),
    );
    push(
        known.labels != story.labels,
        Edit::Labels(story.labels.clone()),
    );
    push(known.epic != story.epic, Edit::Epic(story.epic.clone()));
    push(known.problem != story.problem, Edit::Problem(story.problem));
    push(
        known.source != story.source,
        Edit::Source(story.source.clone()),
    );
    for part in Part::all() {
        let grade = part.read(&story.scores);
        push(
            part.read(&known.scores) != grade,
            grade.map_or(Edit::ClearPart(part), Edit::Score),
        );
    }
    edits
}
