//! Stories in groups: by epic, persona, label or status.
//!
//! Grouping only arranges what is looked at. Within a group the stories keep the order they came in, and the one order
//! of the backlog is not touched.

use std::collections::HashMap;

use super::{Backlog, Grouping, Points, Status, Story, StoryId};

/// Stories that have something in common.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Group {
    /// What they have in common; empty for those that have none of it.
    pub name: String,
    /// The stories.
    pub stories: Vec<StoryId>,
    /// Their estimates together.
    pub points: Points,
}

impl Group {
    /// Sorts stories into groups.
    ///
    /// The group of the first story comes first, and so on; that of the stories without an epic (persona, label) comes
    /// last. Statuses come in the order of the workflow. A story with several labels is in the group of its first.
    pub fn all(
        backlog: &Backlog,
        stories: impl IntoIterator<Item = StoryId>,
        by: Grouping,
    ) -> Vec<Self> {
        let mut groups: Vec<Self> = Vec::new();
        let mut known: HashMap<&str, usize> = HashMap::new();
        for story in stories.into_iter().filter_map(|id| backlog.story(id)) {
            let name = by.name(story);
            let at = *known.entry(name).or_insert_with(|| {
                groups.push(Self {
                    name: name.to_owned(),
                    stories: Vec::new(),
                    points: Points::ZERO,
                });
                groups.len() - 1
            });
            if let Some(group) = groups.get_mut(at) {
                group.stories.push(story.id);
                group.points = group.points + story.estimate.unwrap_or_default();
            }
        }
        match by {
            Grouping::Status => groups.sort_by_key(|group| place_of(&group.name)),
            Grouping::Epic | Grouping::Persona | Grouping::Label => {
                groups.sort_by_key(|group| group.name.is_empty());
            }
        }
        groups
    }

    /// What people call the group.
    pub fn title(&self, by: Grouping) -> String {
        if self.name.is_empty() {
            format!("no {by}")
        } else {
            self.name.clone()
        }
    }
}

impl Grouping {
    /// The name of the group that a story belongs to.
    fn name(self, story: &Story) -> &str {
        match self {
            Self::Epic => &story.epic,
            Self::Persona => &story.persona,
            Self::Label => story.labels.first().map_or("", |label| label),
            Self::Status => story.status.word(),
        }
    }
}

/// Where a status stands in the workflow.
fn place_of(word: &str) -> usize {
    let mut all = Status::ALL.into_iter();
    all.position(|status| status.word() == word)
        .unwrap_or(usize::MAX)
}
