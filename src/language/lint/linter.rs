//! The linter of an open product: it follows the backlog, so that what it has to say is there when somebody asks.
//!
//! Invariants: what is counted of a story is what the rules find in it now, however much has changed since (hints are
//! not counted, nor that an idea has no criteria yet); a story
//! that has not changed is not read again. Only the stories that others would turn out to be like are learnt little by
//! little ([`Linter::follow`]), because that needs all of them.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use super::{Compared, Finding, RULES, Rule, Severity, Surroundings, duplicates};
use super::{blockers, criteria, dependency, uniform};
use crate::model::{Backlog, Critic, Faults, Points, Product, Status, Story, StoryId};

/// What it costs to run the rules over a story, where looking whether it has changed costs 1.
const CHECKING: usize = 400;

/// The rules that look at other stories too.
const BESIDE: [&Rule; 6] = [
    &duplicates::UNIQUE,
    &duplicates::SIMILAR,
    &uniform::RULE,
    &dependency::RULE,
    &blockers::TOO_MANY,
    &blockers::CIRCLE,
];

/// Follows a backlog and counts what is wrong with its stories.
#[derive(Debug, Default)]
pub struct Linter {
    /// Whether all stories are compared before anything is answered.
    is_thorough: bool,
    state: Mutex<State>,
}

#[derive(Debug, Default)]
struct State {
    compared: Compared,
    known: HashMap<StoryId, Known>,
    velocity: Option<Points>,
    stamp: u64,
}

/// What the story's own text has against it, as long as neither the story nor the settings change.
#[derive(Debug)]
struct Known {
    story: Arc<Story>,
    product: Arc<Product>,
    own: Faults,
    /// Whether nothing in it can hang on other stories, but that they want the same.
    is_alone: bool,
}

impl Linter {
    /// A linter that compares all stories before it answers: for who asks once.
    pub fn thorough() -> Self {
        Self {
            is_thorough: true,
            state: Mutex::default(),
        }
    }

    /// Goes on to follow the backlog, for so much effort: looking at a story that has not changed is 1. Answers whether
    /// there is nothing left to do.
    pub fn follow(&self, backlog: &Backlog, effort: usize) -> bool {
        self.state().follow(backlog, effort)
    }

    /// Whether nothing of the backlog is left to be followed.
    pub fn is_done(&self, backlog: &Backlog) -> bool {
        self.state().compared.is_done(backlog)
    }

    /// What there is to say of a story, also of one that is being written and differs from that of the backlog.
    pub fn findings(&self, story: &Story, backlog: &Backlog) -> Vec<Finding> {
        let mut state = self.state();
        state.prepare(story.id, backlog, self.is_thorough, |compared| {
            Some(compared.likeness(story.id)?.other)
        });
        Surroundings::of(backlog, state.velocity, &state.compared).story(story)
    }

    /// Goes by another velocity from now on, by which a story is large; none where it is not known.
    pub fn measure(&self, velocity: Option<Points>) {
        let mut state = self.state();
        if state.velocity != velocity {
            state.velocity = velocity;
            state.known.clear();
            state.stamp += 1;
        }
    }

    /// Another one whenever more was learnt of the stories.
    pub fn stamp(&self) -> u64 {
        self.state().stamp
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Critic for Linter {
    fn faults(&self, story: &Arc<Story>, backlog: &Backlog) -> Faults {
        let mut state = self.state();
        state.prepare(story.id, backlog, self.is_thorough, |compared| {
            compared.same(story.id)
        });
        state.faults(story, backlog)
    }
}

impl State {
    fn follow(&mut self, backlog: &Backlog, effort: usize) -> bool {
        let Self {
            compared,
            known,
            velocity,
            stamp,
        } = self;
        let is_done = compared.follow(backlog, effort, |story| {
            if is_known(known, story, backlog) {
                return 0;
            }
            *stamp += 1;
            known.insert(story.id, Known::of(story, *velocity, backlog));
            CHECKING
        });
        if is_done && known.len() > backlog.stories().len() {
            known.retain(|id, _| backlog.story(*id).is_some());
        }
        is_done
    }

    fn prepare(
        &mut self,
        story: StoryId,
        backlog: &Backlog,
        is_thorough: bool,
        like: impl Fn(&Compared) -> Option<StoryId>,
    ) {
        if is_thorough {
            self.follow(backlog, usize::MAX);
        } else {
            self.compared.settle(story, backlog, like);
        }
    }

    fn faults(&mut self, story: &Arc<Story>, backlog: &Backlog) -> Faults {
        if !is_known(&self.known, story, backlog) {
            self.known
                .insert(story.id, Known::of(story, self.velocity, backlog));
        }
        let Some(known) = self.known.get(&story.id) else {
            return Faults::default();
        };
        let around = Surroundings::of(backlog, self.velocity, &self.compared);
        let is_unique = self.compared.same(story.id).is_none();
        if known.is_alone && is_unique {
            return known.own;
        }
        // The rule that tells the same from the similar would search for the similar, too.
        let hangs = |rule: &&Rule| {
            if rule.id == duplicates::UNIQUE.id {
                !is_unique
            } else {
                !known.is_alone
            }
        };
        let rules = BESIDE
            .into_iter()
            .filter(|rule| counts(rule) && hangs(rule));
        known.own + count(&around.run(story, rules))
    }
}

impl Known {
    fn of(story: &Arc<Story>, velocity: Option<Points>, backlog: &Backlog) -> Self {
        let nothing = Compared::default();
        let around = Surroundings::of(backlog, velocity, &nothing);
        let is_beside = |rule: &&Rule| BESIDE.iter().any(|beside| beside.id == rule.id);
        // What an idea lacks yet is nothing wrong with it: the definition of ready asks for its criteria.
        let is_to_come =
            |rule: &&Rule| story.status == Status::Idea && rule.id == criteria::MISSING.id;
        let own = RULES
            .into_iter()
            .filter(|rule| counts(rule) && !is_beside(rule) && !is_to_come(rule));
        Self {
            story: Arc::clone(story),
            product: Arc::clone(backlog.product()),
            own: count(&around.run(story, own)),
            is_alone: story.blocked_by.is_empty() && !dependency::may_name_a_story(story),
        }
    }
}

fn is_known(known: &HashMap<StoryId, Known>, story: &Arc<Story>, backlog: &Backlog) -> bool {
    known.get(&story.id).is_some_and(|known| {
        Arc::ptr_eq(&known.story, story) && Arc::ptr_eq(&known.product, backlog.product())
    })
}

/// Whether what a rule finds is counted: hints are not.
fn counts(rule: &Rule) -> bool {
    rule.severity > Severity::Hint
}

fn count(findings: &[Finding]) -> Faults {
    let of = |severity| {
        let found = findings
            .iter()
            .filter(|found| found.rule.severity == severity);
        found.count()
    };
    Faults {
        defects: of(Severity::Defect),
        warnings: of(Severity::Warning),
    }
}
