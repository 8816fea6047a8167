//! What waits for what, by the names a file uses. A reference to nothing and one that closes a circle are left out and reported.

use std::collections::{HashMap, HashSet};

use crate::exchange::report::{Lossy, lose};
use crate::model::{Backlog, Edit, StoryId};

/// The links of known stories and those that a file asks for.
pub(super) struct Blockers {
    links: HashMap<StoryId, Vec<StoryId>>,
    names: HashMap<String, StoryId>,
    wanted: Vec<(StoryId, Vec<String>)>,
}

impl Blockers {
    pub(super) fn of(backlog: &Backlog) -> Self {
        let links = backlog
            .stories()
            .filter(|story| !story.blocked_by.is_empty())
            .map(|story| (story.id, story.blocked_by.clone()));
        Self {
            links: links.collect(),
            names: HashMap::new(),
            wanted: Vec::new(),
        }
    }

    /// Learns what the file calls a story.
    pub(super) fn name(&mut self, id: StoryId, names: &[String]) {
        for name in names {
            self.names.entry(name.to_lowercase()).or_insert(id);
        }
    }

    /// Learns that a story of the file is there with its links.
    pub(super) fn link(&mut self, id: StoryId, links: &[StoryId]) {
        self.links.insert(id, links.to_vec());
    }

    /// Asks for a story's links.
    pub(super) fn want(&mut self, id: StoryId, names: Option<&[String]>) {
        if let Some(names) = names {
            self.wanted.push((id, names.to_vec()));
        }
    }

    /// The edits that make the links as asked for, where they are not so yet.
    pub(super) fn edits(
        &mut self,
        backlog: &Backlog,
        lossy: &mut Vec<Lossy>,
    ) -> Vec<(StoryId, Edit)> {
        let mut edits = Vec::new();
        let mut wanted = std::mem::take(&mut self.wanted);
        // Links that fall away come first, so that they close no circle with those that come.
        wanted.sort_by_key(|(_, names)| !names.is_empty());
        for (id, names) in wanted {
            let before = self.links.remove(&id).unwrap_or_default();
            let mut links: Vec<StoryId> = Vec::new();
            for name in names {
                match self.resolve(&name, backlog) {
                    None => lose(lossy, "Blocked by", "There is no such story."),
                    Some(blocker) if self.leads_to(blocker, id) => {
                        lose(
                            lossy,
                            "Blocked by",
                            "The stories would wait for each other.",
                        );
                    }
                    Some(blocker) if links.contains(&blocker) => {}
                    Some(blocker) => links.push(blocker),
                }
            }
            self.links.insert(id, links.clone());
            if links != before {
                edits.push((id, Edit::BlockedBy(links)));
            }
        }
        edits
    }

    fn resolve(&self, name: &str, backlog: &Backlog) -> Option<StoryId> {
        let known = self.names.get(&name.to_lowercase()).copied();
        known
            .or_else(|| {
                name.parse()
                    .ok()
                    .filter(|id| backlog.story(*id).is_some() || self.links.contains_key(id))
            })
            .or_else(|| backlog.find(name).ok().map(|story| story.id))
    }

    /// Whether a story waits for another, directly or through others, or is the same.
    fn leads_to(&self, from: StoryId, to: StoryId) -> bool {
        let mut seen = HashSet::new();
        let mut ahead = vec![from];
        while let Some(id) = ahead.pop() {
            if id == to {
                return true;
            }
            if seen.insert(id) {
                ahead.extend(self.links.get(&id).into_iter().flatten());
            }
        }
        false
    }
}
