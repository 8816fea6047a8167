//! The plain way to run a query: story by story, with nothing prepared and nothing kept.
//!
//! For a single search; the [`Index`](super::Index) finds the same, many times as fast once it is prepared.

use std::cell::OnceCell;

use super::facts::Facts;
use super::fold::fold;
use super::labels::Known;
use super::test::Term;
use super::texts::rest;
use super::wanted::{IN_REST, Title, Wanted};
use super::{Query, best_first};
use crate::model::{Backlog, Story, StoryId};

impl Query {
    /// The stories that the query finds.
    pub fn find(&self, backlog: &Backlog) -> Vec<StoryId> {
        let prefix = fold(backlog.product().key.as_str());
        let words: Vec<Wanted> = self
            .words
            .iter()
            .map(|word| Wanted::of(word, &prefix))
            .collect();
        let known = OnceCell::new();
        let labels = || known.get_or_init(|| Known::of(backlog.stories().map(AsRef::as_ref)));
        let terms: Vec<Term> = self
            .terms
            .iter()
            .map(|term| term.resolved(&prefix, labels))
            .collect();
        let is_meant = |story: &Story| {
            let facts = Facts::of(story);
            self.scope.holds(story.status)
                && terms.iter().all(|term| term.holds(story, &facts, backlog))
        };
        let found = backlog
            .open()
            .chain(backlog.closed())
            .filter_map(|id| backlog.story(id))
            .filter(|story| is_meant(story))
            .filter_map(|story| Some((score(story, &words)?, story.title.len(), story.id)));
        best_first(&found.collect::<Vec<_>>(), self.has_words())
    }
}

/// How well the story matches all words; `None` when one does not match.
fn score(story: &Story, words: &[Wanted]) -> Option<u32> {
    if words.is_empty() {
        return Some(0);
    }
    let (title, persona) = (fold(&story.title), fold(&story.persona));
    let title = Title::of(&title);
    let texts = OnceCell::new();
    let stands_in_rest = |word: &str| texts.get_or_init(|| rest(story)).contains(word);
    let mut total: u32 = 0;
    for wanted in words {
        let word = wanted.word.text.as_str();
        if wanted.word.is_negated {
            if wanted.stands_in_title(&title, story.number)
                || persona.contains(word)
                || stands_in_rest(word)
            {
                return None;
            }
        } else {
            let score = wanted
                .in_title(&title, story.number)
                .or_else(|| wanted.in_persona(&persona))
                .or_else(|| stands_in_rest(word).then_some(IN_REST))?;
            total = total.saturating_add(score);
        }
    }
    Some(total)
}
