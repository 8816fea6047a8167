//! Running one query after the other: the stories' texts are prepared once, and again only when a story changes.
//!
//! Invariant: what is found, and in which order, is what the plain way finds.

use std::collections::HashMap;
use std::sync::Arc;

use super::bits::Bits;
use super::facts::Facts;
use super::fold::fold;
use super::labels::Known;
use super::letters::Letters;
use super::shared::Shared;
use super::test::{Term, Test, holds_text};
use super::texts::{rest, same_texts, stands_in_rest};
use super::vocabulary::Vocabulary;
use super::wanted::{IN_REST, Title, Wanted};
use super::{Query, best_first};
use crate::model::{Backlog, Line, Story, StoryId};

/// The stories in their order with their prepared texts.
///
/// Every story has a number of its own, its slot, by which all tables here name it; it keeps it wherever it moves.
#[derive(Debug, Default)]
pub struct Index {
    /// The backlog's state that the index shows.
    generation: Option<u64>,
    slots: Vec<Slot>,
    /// The slots of stories that are gone.
    free: Vec<u32>,
    places: HashMap<StoryId, u32>,
    /// The slots of the open stories in order, then of the closed ones.
    order: Vec<u32>,
    /// How many of them are open.
    open: usize,
    vocabulary: Vocabulary,
    /// The personas, the epics, and which labels go together; texts are folded.
    personas: Shared<String>,
    epics: Shared<String>,
    labels: Shared<Vec<Line>>,
    /// The labels that stories have now.
    known: Known,
}

/// What is prepared of one story.
#[derive(Debug)]
struct Slot {
    story: Arc<Story>,
    id: StoryId,
    number: u32,
    /// Apart, because a search for words passes over all slots and seldom asks for more than these.
    facts: Box<Facts>,
    persona: u32,
    epic: u32,
    labels: u32,
    title: Box<str>,
    letters: Letters,
    /// How long the title is as it was written.
    length: usize,
    /// Whether the story may stand elsewhere than the order says.
    is_stale: bool,
}

/// A field that is asked for.
struct Asked<'a> {
    term: &'a Term,
    /// Where it asks for something that stories share: its answers.
    shared: Option<Answers>,
}

/// What a field answers for each of the things that stories share, and which of these a story has.
type Answers = (Vec<bool>, fn(&Slot) -> u32);

/// A word that is looked for, with what is known before a story is looked at.
struct Search<'a> {
    wanted: Wanted<'a>,
    /// What it is worth in each of the personas.
    personas: Vec<Option<u32>>,
    /// The stories that have it in their longer texts, or may have it where it has a blank.
    rest: Bits,
    has_blank: bool,
}

impl Index {
    /// Prepares stories ahead of the first search.
    pub fn prepared(stories: &[Arc<Story>]) -> Self {
        let mut index = Self::default();
        let mut sorted: Vec<&Arc<Story>> = stories.iter().collect();
        // A search walks along the order; what it meets one after the other should lie side by side.
        sorted.sort_by(|a, b| a.rank.cmp(&b.rank).then_with(|| a.id.cmp(&b.id)));
        for story in sorted {
            index.take_in(story);
        }
        index.vocabulary.shrink();
        index
    }

    /// The stories that a query finds.
    pub fn run(&mut self, query: &Query, backlog: &Backlog) -> Vec<StoryId> {
        self.follow(backlog);
        let prefix = fold(backlog.product().key.as_str());
        let resolved = |term: &Term| term.resolved(&prefix, || &self.known);
        let terms: Vec<Term> = query.terms.iter().map(resolved).collect();
        let terms: Vec<Asked> = terms.iter().map(|term| self.asked(term)).collect();
        let words: Vec<Search> = query
            .words
            .iter()
            .map(|word| self.search(Wanted::of(word, &prefix)))
            .collect();
        let (looked_at, is_mixed) = if query.scope.looks_at_closed() {
            (self.order.len(), true)
        } else {
            (self.open, query.scope.is_choosy())
        };
        let mut buffer = String::new();
        let mut found = Vec::new();
        for at in self.order.iter().take(looked_at) {
            let Some(slot) = self.slots.get(*at as usize) else {
                continue;
            };
            // A story itself lies elsewhere in the memory and is only looked at where there is no way round.
            if let Some(score) = slot.score(*at, &words, &mut buffer)
                && (!is_mixed || query.scope.holds(slot.facts.status))
                && terms.iter().all(|term| term.holds(slot, backlog))
            {
                found.push((score, slot.length, slot.id));
            }
        }
        best_first(&found, query.has_words())
    }
}

impl Index {
    /// Looks at what can be known of a field before any story is looked at.
    fn asked<'a>(&self, term: &'a Term) -> Asked<'a> {
        let shared: Option<Answers> = match &term.test {
            Test::Persona(values) => {
                let personas = self.personas.iter();
                let answers = personas.map(|persona| holds_text(values, persona));
                Some((answers.collect(), |slot| slot.persona))
            }
            Test::Epic(values) => {
                let answers = self.epics.iter().map(|epic| holds_text(values, epic));
                Some((answers.collect(), |slot| slot.epic))
            }
            Test::Label(wanted) => {
                let answers = self.labels.iter().map(|labels| wanted.hold(labels));
                Some((answers.collect(), |slot| slot.labels))
            }
            _ => None,
        };
        Asked { term, shared }
    }

    /// Looks at what can be known of a word before any story is looked at.
    fn search<'a>(&self, wanted: Wanted<'a>) -> Search<'a> {
        let word = wanted.word.text.as_str();
        let in_persona = |persona: &str| {
            if wanted.word.is_negated {
                persona.contains(word).then_some(0)
            } else {
                wanted.in_persona(persona)
            }
        };
        Search {
            personas: self
                .personas
                .iter()
                .map(|persona| in_persona(persona))
                .collect(),
            rest: self.vocabulary.holding(word, self.slots.len()),
            has_blank: word.contains(' '),
            wanted,
        }
    }

    /// Follows the backlog to its present state; what is prepared of stories that are the same stays.
    pub fn follow(&mut self, backlog: &Backlog) {
        if self.generation == Some(backlog.generation()) {
            return;
        }
        let changed = self
            .generation
            .and_then(|generation| backlog.changed_since(generation));
        if let Some(changed) = changed {
            for id in changed {
                match backlog.story(id) {
                    Some(story) => self.take_in(story),
                    None => self.forget(id),
                }
            }
        } else {
            let gone = self.places.keys().copied();
            let gone: Vec<StoryId> = gone.filter(|id| backlog.story(*id).is_none()).collect();
            for id in gone {
                self.forget(id);
            }
            for story in backlog.stories() {
                self.take_in(story);
            }
            self.order.clear();
        }
        self.arrange(backlog);
        self.generation = Some(backlog.generation());
    }

    /// Puts the slots into the backlog's order. Stories that are not stale stand in it as they stood before, so only
    /// the others have to be looked up.
    fn arrange(&mut self, backlog: &Backlog) {
        let Self {
            slots,
            places,
            order,
            ..
        } = self;
        let id_of = |at: u32| slots.get(at as usize).map(|slot| slot.id);
        let is_stale = |at: u32| slots.get(at as usize).is_none_or(|slot| slot.is_stale);
        let mut known = order.iter().copied().filter(|at| !is_stale(*at)).peekable();
        let every = backlog.open().chain(backlog.closed());
        let arranged = every.filter_map(|id| {
            known
                .next_if(|at| id_of(*at) == Some(id))
                .or_else(|| places.get(&id).copied())
        });
        let arranged: Vec<u32> = arranged.collect();
        *order = arranged;
        self.open = backlog.open_count();
        for slot in slots {
            slot.is_stale = false;
        }
    }

    /// Prepares a story as it is now.
    fn take_in(&mut self, story: &Arc<Story>) {
        let Some(at) = self.places.get(&story.id).copied() else {
            return self.add(story);
        };
        let Some(slot) = self.slots.get_mut(at as usize) else {
            return;
        };
        slot.is_stale = true;
        if Arc::ptr_eq(&slot.story, story) {
            return;
        }
        let old = Arc::clone(&slot.story);
        let new = self.slot_of(story);
        if let Some(slot) = self.slots.get_mut(at as usize) {
            *slot = new;
        }
        self.known.remove(&old);
        self.known.insert(story);
        // A move changes no text.
        if !same_texts(&old, story) {
            self.vocabulary.remove(at, &rest(&old));
            self.vocabulary.insert(at, &rest(story));
        }
    }

    fn add(&mut self, story: &Arc<Story>) {
        let slot = self.slot_of(story);
        let free = self.free.pop();
        let at = free.unwrap_or_else(|| u32::try_from(self.slots.len()).unwrap_or(u32::MAX));
        match self.slots.get_mut(at as usize) {
            Some(empty) => *empty = slot,
            None => self.slots.push(slot),
        }
        self.places.insert(story.id, at);
        self.known.insert(story);
        self.vocabulary.insert(at, &rest(story));
    }

    /// A story that stands nowhere in the order yet.
    fn slot_of(&mut self, story: &Arc<Story>) -> Slot {
        let title = fold(&story.title);
        Slot {
            id: story.id,
            number: story.number,
            facts: Box::new(Facts::of(story)),
            persona: self.personas.number_of(fold(&story.persona).as_str()),
            epic: self.epics.number_of(fold(&story.epic).as_str()),
            labels: self.labels.number_of(story.labels.as_slice()),
            letters: Letters::of(&title),
            length: story.title.len(),
            title: title.into(),
            story: Arc::clone(story),
            is_stale: true,
        }
    }

    fn forget(&mut self, id: StoryId) {
        let Some(at) = self.places.remove(&id) else {
            return;
        };
        if let Some(slot) = self.slots.get_mut(at as usize) {
            slot.is_stale = true;
            self.known.remove(&slot.story);
            self.vocabulary.remove(at, &rest(&slot.story));
            self.free.push(at);
        }
    }
}

impl Slot {
    /// How well the story in this slot matches all words; `None` when one does not match.
    fn score(&self, at: u32, words: &[Search], buffer: &mut String) -> Option<u32> {
        let title = Title {
            text: &self.title,
            letters: self.letters,
        };
        let mut total: u32 = 0;
        for search in words {
            let wanted = &search.wanted;
            let persona = search.personas.get(self.persona as usize);
            let in_persona = persona.copied().flatten();
            if wanted.word.is_negated {
                if wanted.stands_in_title(&title, self.number)
                    || in_persona.is_some()
                    || search.is_in_rest(at, &self.story, buffer)
                {
                    return None;
                }
                continue;
            }
            let score = match wanted.in_title(&title, self.number).or(in_persona) {
                Some(score) => score,
                None if search.is_in_rest(at, &self.story, buffer) => IN_REST,
                None => return None,
            };
            total = total.saturating_add(score);
        }
        Some(total)
    }
}

impl Asked<'_> {
    fn holds(&self, slot: &Slot, backlog: &Backlog) -> bool {
        match &self.shared {
            Some((answers, number)) => {
                let answer = answers.get(number(slot) as usize);
                answer.is_some_and(|answer| *answer) != self.term.is_negated
            }
            None => self.term.holds(&slot.story, &slot.facts, backlog),
        }
    }
}

impl Search<'_> {
    /// Whether the word stands in the longer texts of the story in this slot.
    fn is_in_rest(&self, at: u32, story: &Story, buffer: &mut String) -> bool {
        self.rest.contains(at)
            && (!self.has_blank || stands_in_rest(story, &self.wanted.word.text, buffer))
    }
}
