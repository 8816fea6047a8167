//! What is held against a story, counted by a critic from outside.
//!
//! The model knows no words of any language, so it cannot tell a sound story from another one. Whoever opens a backlog
//! gives it a critic; queries and the definition of ready ask it, on the screen and on the command line.

use std::fmt;
use std::ops::Add;
use std::sync::Arc;

use super::Backlog;
use crate::model::Story;

/// Counts what is wrong with stories.
pub trait Critic: fmt::Debug + Send + Sync {
    /// What is wrong with a story as it stands in its backlog now.
    fn faults(&self, story: &Arc<Story>, backlog: &Backlog) -> Faults;
}

/// How much is wrong with a story; hints do not count.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Faults {
    /// What makes it no sound story.
    pub defects: usize,
    /// What is likely to cause trouble.
    pub warnings: usize,
}

impl Faults {
    /// All of them.
    pub const fn all(self) -> usize {
        self.defects + self.warnings
    }
}

impl Add for Faults {
    type Output = Self;

    fn add(self, other: Self) -> Self {
        Self {
            defects: self.defects + other.defects,
            warnings: self.warnings + other.warnings,
        }
    }
}

impl Backlog {
    /// Lets a critic count what is wrong with the stories from now on.
    pub fn heed(&mut self, critic: Arc<dyn Critic>) {
        self.critic = Some(critic);
    }

    /// What is wrong with a story, as the critic sees it; nothing where there is none.
    pub fn faults(&self, story: &Story) -> Faults {
        let critic = self.critic.as_ref().zip(self.story(story.id));
        critic.map_or_else(Faults::default, |(critic, story)| {
            critic.faults(story, self)
        })
    }
}
