//! Running a query: the stories' texts are prepared once and again only when a story changes.

use std::collections::HashMap;
use std::ops::Range;
use std::sync::Arc;

use unicode_segmentation::UnicodeSegmentation;

use super::fold::{fold, fold_into, trace};
use super::fuzzy;
use super::keys::Key;
use super::labels::Known;
use super::test::{Term, Test};
use super::{Query, Word};
use crate::model::{Backlog, Line, Story, StoryId};

/// The stories in their order with their prepared texts.
///
/// A search walks over them one after the other; looking up every story by its id would take several times as long.
#[derive(Debug, Default)]
pub struct Index {
    /// The backlog's state that the rows show.
    generation: Option<u64>,
    /// The open stories, then the closed ones.
    rows: Vec<Row>,
    /// How many of the rows are open.
    open: usize,
    /// The labels of the rows, collected when they are first asked for.
    labels: Option<Known>,
}

#[derive(Debug)]
struct Row {
    story: Arc<Story>,
    /// Made when the story is first searched for words.
    text: Option<Text>,
}

/// What is searched of one story, folded.
#[derive(Debug)]
struct Text {
    title: String,
    persona: String,
    rest: String,
}

/// A bare word, prepared for many stories.
struct Wanted<'a> {
    word: &'a Word,
    key: Key<'a>,
    /// The letters that may be found with others between them; none where the word must stand as it is.
    letters: Vec<char>,
}

impl Index {
    /// The stories that a query finds.
    pub fn run(&mut self, query: &Query, backlog: &Backlog) -> Vec<StoryId> {
        self.refresh(backlog);
        let prefix = fold(backlog.product().key.as_str());
        let words: Vec<Wanted> = query
            .words
            .iter()
            .map(|word| Wanted::of(word, &prefix))
            .collect();
        let terms = self.resolved(&query.terms);
        let looked_at = if query.scope.looks_at_closed() {
            self.rows.len()
        } else {
            self.open
        };
        let mut found: Vec<(u32, usize, StoryId)> = Vec::new();
        for row in self.rows.iter_mut().take(looked_at) {
            if !query.scope.holds(row.story.status)
                || !terms.iter().all(|term| term.holds(&row.story, backlog))
            {
                continue;
            }
            if words.is_empty() {
                found.push((0, 0, row.story.id));
            } else if let Some(score) = row.score(&words) {
                found.push((score, row.story.title.len(), row.story.id));
            }
        }
        if query.has_words() {
            // The sort is stable: equal matches stay in the order of the backlog.
            found.sort_by(|a, b| b.0.cmp(&a.0).then(a.1.cmp(&b.1)));
        }
        found.into_iter().map(|(_, _, id)| id).collect()
    }

    /// Puts the rows into the backlog's present order; texts of stories that are the same stay.
    fn refresh(&mut self, backlog: &Backlog) {
        if self.generation == Some(backlog.generation()) {
            return;
        }
        let rows = self.rows.drain(..);
        let mut known: HashMap<StoryId, Row> = rows.map(|row| (row.story.id, row)).collect();
        let every = backlog.open().chain(backlog.closed());
        self.rows = every
            .filter_map(|id| {
                let story = backlog.story(id)?;
                let old = known.remove(&id);
                let same = old.filter(|row| Arc::ptr_eq(&row.story, story));
                Some(same.unwrap_or_else(|| Row {
                    story: Arc::clone(story),
                    text: None,
                }))
            })
            .collect();
        self.labels = None;
        self.open = backlog.open_count();
        self.generation = Some(backlog.generation());
    }

    /// The terms with what they mean among the rows.
    fn resolved(&mut self, terms: &[Term]) -> Vec<Term> {
        let Self { labels, rows, .. } = self;
        let stories = || rows.iter().map(|row| row.story.as_ref());
        let resolve = |term: &Term| match &term.test {
            Test::Label(asked) => {
                let known = labels.get_or_insert_with(|| Known::of(stories()));
                Term {
                    is_negated: term.is_negated,
                    test: Test::Label(asked.resolved(known)),
                }
            }
            _ => term.clone(),
        };
        terms.iter().map(resolve).collect()
    }

    /// The parts of a title that the bare words of a query found, in bytes: whole graphemes, in order and apart.
    pub fn highlights(&self, query: &Query, title: &str) -> Vec<Range<usize>> {
        let title = title.trim_end();
        let traced = trace(title);
        let mut found: Vec<Range<usize>> = query
            .words
            .iter()
            .filter(|word| !word.is_negated)
            .flat_map(|word| places(word, &traced.letters))
            .filter_map(|letter| traced.source_of(letter, title.len()))
            .collect();
        found.sort_unstable_by_key(|range| range.start);
        whole_graphemes(title, &found)
    }
}

impl Row {
    /// How well the story matches all words; `None` when one does not match.
    fn score(&mut self, words: &[Wanted]) -> Option<u32> {
        let Self { story, text } = self;
        let text = text.get_or_insert_with(|| Text::of(story));
        let mut total = 0;
        for wanted in words {
            if !wanted.word.is_negated {
                total = text.score(wanted, story)?.saturating_add(total);
            } else if wanted.key.is_of(story) || text.contains(&wanted.word.text) {
                return None;
            }
        }
        Some(total)
    }
}

impl Text {
    fn of(story: &Story) -> Self {
        Self {
            title: fold(&story.title),
            persona: fold(&story.persona),
            rest: rest(story),
        }
    }

    /// The better the place, the higher: key, title, persona, then the rest.
    fn score(&self, wanted: &Wanted, story: &Story) -> Option<u32> {
        let word = wanted.word.text.as_str();
        if self.title == word || wanted.key.is_of(story) {
            return Some(1_000_000);
        }
        if self.title.starts_with(word) {
            return Some(500_000);
        }
        if self.title.contains(word) {
            let at_word = self.title.match_indices(word).any(|(at, _)| {
                let before = self.title.get(..at).and_then(|text| text.chars().last());
                before.is_none_or(|char| !char.is_alphanumeric())
            });
            return Some(if at_word { 300_000 } else { 200_000 });
        }
        if wanted.key.begins(story) {
            return Some(150_000);
        }
        if let Some(cost) = wanted.nearly(&self.title) {
            return Some(60_000_u32.saturating_sub(cost));
        }
        if self.persona.contains(word) {
            return Some(40_000);
        }
        if let Some(cost) = wanted.nearly(&self.persona) {
            return Some(30_000_u32.saturating_sub(cost));
        }
        self.rest.contains(word).then_some(10_000)
    }

    /// Whether the word stands anywhere as it is: what is not wanted is not guessed at.
    fn contains(&self, word: &str) -> bool {
        [&self.title, &self.persona, &self.rest]
            .into_iter()
            .any(|text| text.contains(word))
    }
}

/// Everything but title and persona. Folded text has no line ends, so one between two parts keeps phrases within one.
fn rest(story: &Story) -> String {
    let first: [&str; 4] = [&story.want, &story.benefit, &story.notes, &story.epic];
    let criteria = story.criteria.iter();
    let questions = story.questions.iter();
    let parts: Vec<&str> = first
        .into_iter()
        .chain(criteria.clone().map(|criterion| criterion.text.as_str()))
        .chain(criteria.flat_map(|criterion| criterion.examples.iter().map(Line::as_str)))
        .chain(questions.flat_map(|question| [question.text.as_str(), question.answer.as_str()]))
        .chain(story.labels.iter().map(Line::as_str))
        .chain(story.comments.iter().map(|comment| comment.text.as_str()))
        .filter(|part| !part.is_empty())
        .collect();
    let mut rest = String::with_capacity(parts.iter().map(|part| part.len() + 1).sum());
    for part in parts {
        fold_into(part, &mut rest);
        rest.push('\n');
    }
    rest
}

impl<'a> Wanted<'a> {
    fn of(word: &'a Word, prefix: &str) -> Self {
        let is_fuzzy = !word.is_phrase && !word.is_negated;
        Self {
            word,
            key: Key::of(&word.text, prefix),
            letters: word.text.chars().filter(|_| is_fuzzy).collect(),
        }
    }

    /// How far apart the text has the word's letters, if they stand close enough.
    fn nearly(&self, text: &str) -> Option<u32> {
        if !fuzzy::may_match(&self.letters, text) {
            return None;
        }
        let text: Vec<char> = text.chars().collect();
        fuzzy::find(&self.letters, &text).map(|found| found.cost)
    }
}

/// The letters of a title that a word matches: as it stands, at a word's start if it can be, else letter by letter.
fn places(word: &Word, title: &[char]) -> Vec<usize> {
    let wanted: Vec<char> = word.text.chars().collect();
    let mut whole = title
        .windows(wanted.len().max(1))
        .enumerate()
        .filter(|(_, part)| *part == wanted)
        .map(|(at, _)| at)
        .peekable();
    let first = whole.peek().copied();
    let place = whole.find(|at| fuzzy::starts_word(title, *at)).or(first);
    match place {
        Some(at) => (at..at + wanted.len()).collect(),
        None if word.is_phrase => Vec::new(),
        None => fuzzy::find(&wanted, title).map_or_else(Vec::new, |found| found.at),
    }
}

/// The graphemes that the ranges touch; neighbours become one. The ranges are in order.
fn whole_graphemes(text: &str, touched: &[Range<usize>]) -> Vec<Range<usize>> {
    let mut touched = touched.iter().peekable();
    let mut ranges: Vec<Range<usize>> = Vec::new();
    for (start, grapheme) in text.grapheme_indices(true) {
        let end = start + grapheme.len();
        while touched.next_if(|range| range.end <= start).is_some() {}
        if touched.peek().is_none_or(|range| end <= range.start) {
            continue;
        }
        match ranges.last_mut() {
            Some(last) if last.end == start => last.end = end,
            _ => ranges.push(start..end),
        }
    }
    ranges
}
