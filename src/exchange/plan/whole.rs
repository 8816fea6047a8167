//! Stories from our own export: inserted as they are, or brought together with what is here.

use std::collections::{HashMap, HashSet};
use std::sync::Arc;

use super::meet::meet;
use super::{Planner, source_name};
use crate::exchange::record::Record;
use crate::exchange::report::Skipped;
use crate::model::{Backlog, Change, Delta, Edit, Part, Rank, Status, Story, StoryId, Timestamp};

/// A known story, and what it becomes.
pub(super) struct Renewed {
    before: Arc<Story>,
    after: Story,
    /// When the story last changed in the file.
    file_updated: Timestamp,
}

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

/// The ids of all stories that come whole.
pub(super) fn ids(records: &[Record]) -> HashSet<StoryId> {
    let ids = records.iter().filter_map(|record| match record {
        Record::Whole { story, .. } => Some(story.id),
        Record::Told(_) => None,
    });
    ids.collect()
}

impl Planner<'_> {
    pub(super) fn whole(&mut self, line: usize, story: &Story, ranks: &HashMap<StoryId, Rank>) {
        // What stands in the file with its own id is not that other story, whatever its source.
        let by_source = || {
            let id = self.sources.get(&source_name(story.source.as_ref()?))?;
            let known = self.backlog.story(*id);
            known.filter(|known| !self.whole_ids.contains(&known.id))
        };
        if let Some(known) = self.backlog.story(story.id).or_else(by_source) {
            self.renew(line, known, story);
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

    fn renew(&mut self, line: usize, known: &Arc<Story>, story: &Story) {
        let key = self.backlog.key(known);
        if self.known.contains_key(&known.id) {
            let reason =
                format!("It comes from the same place as another story of the file, {key} here.");
            self.plan.skipped.push(Skipped { line, reason });
            return;
        }
        let met = meet(known, story, &key, |problem| {
            self.backlog.problem(problem).is_some() || self.new_problems.contains(&problem)
        });
        self.plan.notes.extend(met.told);
        if met.is_as_in_file && known.blocked_by != story.blocked_by {
            let names: Vec<String> = story.blocked_by.iter().map(ToString::to_string).collect();
            self.blockers.want(known.id, Some(&names));
        }
        self.known.entry(known.id).or_default();
        self.renewed.push(Renewed {
            before: Arc::clone(known),
            after: met.story,
            file_updated: story.updated,
        });
    }

    /// Makes the changes that renew known stories, with their new links, and answers the links of the others.
    pub(super) fn renewals(&mut self, links: Vec<(StoryId, Edit)>) -> Vec<(StoryId, Edit)> {
        let renewed = std::mem::take(&mut self.renewed);
        let ids: HashSet<StoryId> = renewed.iter().map(|renewed| renewed.before.id).collect();
        let (ours, others): (Vec<_>, Vec<_>) =
            links.into_iter().partition(|(id, _)| ids.contains(id));
        let mut links: HashMap<StoryId, Edit> = ours.into_iter().collect();
        let mut moved: Vec<(Status, Vec<String>)> = Vec::new();
        for Renewed {
            before,
            mut after,
            file_updated,
        } in renewed
        {
            if let Some(edit) = links.remove(&before.id) {
                edit.write(&mut after);
                after.updated = before.updated.max(file_updated);
            }
            if after == *before {
                continue;
            }
            if after.status != before.status {
                let key = self.backlog.key(&before);
                match moved.iter_mut().find(|(status, _)| *status == after.status) {
                    Some((_, keys)) => keys.push(key),
                    None => moved.push((after.status, vec![key])),
                }
            }
            self.known.insert(before.id, true);
            self.plan.changes.push(Change::Restore(vec![Delta::Story {
                before: Some(before),
                after: Some(Arc::new(after)),
            }]));
        }
        let notes = moved
            .into_iter()
            .map(|(status, keys)| format!("Now {status}, as in the file: {}.", keys.join(", ")));
        self.plan.notes.extend(notes);
        others
    }
}

/// Says that the open stories which the file has stand in another order there.
pub(super) fn told_order(records: &[Record], backlog: &Backlog) -> Option<String> {
    let mut stories: Vec<(usize, &Story)> = records
        .iter()
        .filter_map(|record| match record {
            Record::Whole { story, .. } if !story.status.is_closed() => {
                Some((backlog.position(story.id)?, &**story))
            }
            _ => None,
        })
        .collect();
    stories.sort_by(|(_, a), (_, b)| a.rank.cmp(&b.rank).then_with(|| a.id.cmp(&b.id)));
    let is_same = stories.is_sorted_by_key(|(position, _)| *position);
    (!is_same).then(|| "The order stays as it is here; the file has another.".to_owned())
}

/// The edits that bring one story's content to another's.
pub(super) fn edits(known: &Story, story: &Story) -> Vec<Edit> {
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
