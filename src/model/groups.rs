//! Stories in groups: by epic, persona, label, problem or status.
//!
//! Grouping only arranges what is looked at. Within a group the stories keep the order they came in, and the one order
//! of the backlog is not touched.

use std::collections::HashMap;

use super::{Backlog, Belief, Grouping, Points, Problem, ProblemId, Status, Story, StoryId, Unit};

/// Stories that have something in common.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Group {
    /// What they have in common; empty for those that have none of it.
    pub name: String,
    /// The problem that they are to solve, where that is what they have in common.
    pub problem: Option<ProblemId>,
    /// The stories.
    pub stories: Vec<StoryId>,
    /// Their estimates together.
    pub points: Points,
}

/// What a story shares with others of its group.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
enum Shared<'a> {
    Name(&'a str),
    Problem(ProblemId),
}

impl Group {
    /// Sorts stories into groups.
    ///
    /// The group of the first story comes first, and so on; that of the stories without an epic (persona, label) comes
    /// last. Statuses come in the order of the workflow. A story with several labels is in the group of its first.
    /// Problems come by their impact, the largest first, because that is what one asks them for; refuted ones come
    /// after them, and last the stories without a problem.
    pub fn all(
        backlog: &Backlog,
        stories: impl IntoIterator<Item = StoryId>,
        by: Grouping,
    ) -> Vec<Self> {
        let mut groups: Vec<Self> = Vec::new();
        let mut known: HashMap<Shared, usize> = HashMap::new();
        for story in stories.into_iter().filter_map(|id| backlog.story(id)) {
            let shared = by.of(story, backlog);
            let at = *known.entry(shared).or_insert_with(|| {
                groups.push(Self::new(shared, backlog));
                groups.len() - 1
            });
            if let Some(group) = groups.get_mut(at) {
                group.stories.push(story.id);
                group.points = group.points + story.estimate.unwrap_or_default();
            }
        }
        match by {
            Grouping::Status => groups.sort_by_key(|group| place_of(&group.name)),
            Grouping::Problem => groups.sort_by_cached_key(|group| {
                let problem = group.problem(backlog);
                (problem.is_none(), problem.map(Problem::pressing))
            }),
            Grouping::Epic | Grouping::Persona | Grouping::Label => {
                groups.sort_by_key(|group| group.name.is_empty());
            }
        }
        groups
    }

    fn new(shared: Shared, backlog: &Backlog) -> Self {
        let (name, problem) = match shared {
            Shared::Name(name) => (name.to_owned(), None),
            Shared::Problem(id) => {
                let title = backlog.problem(id).map(|problem| problem.title.to_string());
                (title.unwrap_or_default(), Some(id))
            }
        };
        Self {
            name,
            problem,
            stories: Vec::new(),
            points: Points::ZERO,
        }
    }

    /// The problem that the stories are to solve, where they are grouped by that.
    pub fn problem<'a>(&self, backlog: &'a Backlog) -> Option<&'a Problem> {
        backlog.problem(self.problem?).map(|problem| &**problem)
    }

    /// What tells the group from all others of its sort: two problems may have one title.
    pub fn identity(&self) -> String {
        let problem = self.problem.map(|problem| problem.to_string());
        problem.unwrap_or_else(|| self.name.clone())
    }

    /// What people call the group.
    pub fn title(&self, by: Grouping) -> String {
        if self.name.is_empty() {
            format!("no {by}")
        } else {
            self.name.clone()
        }
    }

    /// What the group comes to, the most telling first: a problem's impact and voices, how many stories, their points.
    pub fn figures(&self, backlog: &Backlog) -> Vec<String> {
        let mut figures = Vec::new();
        if let Some(problem) = self.problem(backlog) {
            if problem.state == Belief::Refuted {
                figures.push(problem.state.to_string());
            }
            figures.push(format!("impact {}", problem.impact()));
            figures.push(counted(problem.voices(), "voice", "voices"));
        }
        figures.push(counted(self.stories.len(), "story", "stories"));
        // Where stories count, they are told already.
        if backlog.product().unit() == Unit::Points {
            figures.push(Unit::Points.count(self.points));
        }
        figures
    }
}

impl Grouping {
    /// What tells the group that a story belongs to; a problem that is not there is none.
    fn of<'a>(self, story: &'a Story, backlog: &Backlog) -> Shared<'a> {
        Shared::Name(match self {
            Self::Epic => &story.epic,
            Self::Persona => &story.persona,
            Self::Label => story.labels.first().map_or("", |label| label),
            Self::Status => story.status.word(),
            Self::Problem => match backlog.problem_of(story) {
                Some(problem) => return Shared::Problem(problem.id),
                None => "",
            },
        })
    }
}

/// Where a status stands in the workflow.
fn place_of(word: &str) -> usize {
    let mut all = Status::ALL.into_iter();
    all.position(|status| status.word() == word)
        .unwrap_or(usize::MAX)
}

fn counted(number: usize, one: &str, many: &str) -> String {
    match number {
        1 => format!("1 {one}"),
        number => format!("{number} {many}"),
    }
}
