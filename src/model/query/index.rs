//! Running a query: the stories' texts are prepared once and again only when a story changes.

use std::collections::HashMap;
use std::ops::Range;
use std::sync::Arc;

use nucleo_matcher::pattern::{Atom, AtomKind, CaseMatching, Normalization};
use nucleo_matcher::{Config, Matcher, Utf32String};
use unicode_segmentation::UnicodeSegmentation;

use super::fold::{fold, fold_char};
use super::{Query, Word};
use crate::model::{Backlog, KeyPrefix, Story, StoryId};

/// Words shorter than this are only found as they stand.
const SHORTEST_FUZZY: usize = 3;
/// So are longer ones: nobody types that much of a title by half, and a score of theirs would not fit its number.
const LONGEST_FUZZY: usize = 64;
/// A fuzzy match has to reach so much for each letter: less are letters scattered about.
const DENSITY: usize = 20;

/// The stories in their order with their prepared texts.
///
/// A search walks over them one after the other; looking up every story by its id would take several times as long.
#[derive(Debug)]
pub struct Index {
    /// The backlog's state that the rows show.
    generation: Option<u64>,
    /// The open stories, then the closed ones.
    rows: Vec<Row>,
    /// How many of the rows are open.
    open: usize,
    /// What the keys in the texts begin with.
    prefix: Option<KeyPrefix>,
    matcher: Matcher,
}

#[derive(Debug)]
struct Row {
    story: Arc<Story>,
    /// Made when the story is first searched for words.
    text: Option<Text>,
}

/// What is searched of one story.
#[derive(Debug)]
struct Text {
    key: String,
    title: String,
    fuzzy_title: Utf32String,
    persona: String,
    fuzzy_persona: Utf32String,
    rest: String,
}

/// A bare word, prepared for many stories.
struct Wanted<'a> {
    word: &'a Word,
    /// The lowest score of a fuzzy match that counts.
    least: usize,
    /// Where the word may be found by its letters alone.
    fuzzy: Option<Atom>,
}

impl Default for Index {
    fn default() -> Self {
        Self {
            generation: None,
            rows: Vec::new(),
            open: 0,
            prefix: None,
            matcher: Matcher::new(Config::DEFAULT),
        }
    }
}

impl Index {
    /// The stories that a query finds.
    pub fn run(&mut self, query: &Query, backlog: &Backlog) -> Vec<StoryId> {
        self.refresh(backlog);
        let words: Vec<Wanted> = query.words.iter().map(Wanted::of).collect();
        let looked_at = if query.scope.looks_at_closed() {
            self.rows.len()
        } else {
            self.open
        };
        let mut found: Vec<(u32, usize, StoryId)> = Vec::new();
        for row in self.rows.iter_mut().take(looked_at) {
            if !query.scope.holds(row.story.status)
                || !query
                    .terms
                    .iter()
                    .all(|term| term.holds(&row.story, backlog))
            {
                continue;
            }
            if words.is_empty() {
                found.push((0, 0, row.story.id));
            } else if let Some(score) = row.score(&words, backlog, &mut self.matcher) {
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
        let prefix = Some(&backlog.product().key);
        if self.prefix.as_ref() != prefix {
            self.rows.clear();
            self.prefix = prefix.cloned();
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
        self.open = backlog.open_count();
        self.generation = Some(backlog.generation());
    }

    /// The parts of a title that the bare words of a query found, in bytes.
    pub fn highlights(&self, query: &Query, title: &str) -> Vec<Range<usize>> {
        let chars: Vec<(usize, char)> = title
            .char_indices()
            .filter_map(|(at, char)| Some((at, fold_char(char)?)))
            .collect();
        let mut hits: Vec<usize> = Vec::new();
        for word in query.words.iter().filter(|word| !word.is_negated) {
            hits.extend(places(&chars, word));
        }
        hits.sort_unstable();
        hits.dedup();
        let mut ranges: Vec<Range<usize>> = Vec::new();
        for (start, grapheme) in title.grapheme_indices(true) {
            let end = start + grapheme.len();
            if !hits.iter().any(|hit| (start..end).contains(hit)) {
                continue;
            }
            match ranges.last_mut() {
                Some(last) if last.end == start => last.end = end,
                _ => ranges.push(start..end),
            }
        }
        ranges
    }
}

impl Row {
    /// How well the story matches all words; `None` when one does not match.
    fn score(&mut self, words: &[Wanted], backlog: &Backlog, matcher: &mut Matcher) -> Option<u32> {
        let text = self
            .text
            .get_or_insert_with(|| Text::of(&self.story, backlog));
        let mut total = 0;
        for wanted in words {
            match (text.score(wanted, matcher), wanted.word.is_negated) {
                (Some(score), false) => total = score.saturating_add(total),
                (None, true) => {}
                (None, false) | (Some(_), true) => return None,
            }
        }
        Some(total)
    }
}

impl Text {
    fn of(story: &Story, backlog: &Backlog) -> Self {
        let mut rest: Vec<&str> = vec![&story.want, &story.benefit, &story.notes, &story.epic];
        rest.extend(
            story
                .criteria
                .iter()
                .map(|criterion| criterion.text.as_str()),
        );
        rest.extend(
            story
                .questions
                .iter()
                .flat_map(|question| [question.text.as_str(), question.answer.as_str()]),
        );
        rest.extend(story.labels.iter().map(crate::model::Line::as_str));
        rest.extend(story.comments.iter().map(|comment| comment.text.as_str()));
        Self {
            key: fold(&backlog.key(story)),
            title: fold(&story.title),
            fuzzy_title: Utf32String::from(story.title.as_str()),
            persona: fold(&story.persona),
            fuzzy_persona: Utf32String::from(story.persona.as_str()),
            rest: fold(&rest.join("\n")),
        }
    }

    /// The better the place, the higher: key, title, persona, then the rest.
    fn score(&self, wanted: &Wanted, matcher: &mut Matcher) -> Option<u32> {
        let word = wanted.word.text.as_str();
        if self.title == word || self.key == word {
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
        if self.key.contains(word) {
            return Some(150_000);
        }
        if let Some(score) = wanted.nearly(&self.fuzzy_title, matcher) {
            return Some(50_000 + score);
        }
        if self.persona.contains(word) {
            return Some(40_000);
        }
        if let Some(score) = wanted.nearly(&self.fuzzy_persona, matcher) {
            return Some(20_000 + score);
        }
        self.rest.contains(word).then_some(10_000)
    }
}

impl<'a> Wanted<'a> {
    fn of(word: &'a Word) -> Self {
        let length = word.text.chars().count();
        let is_fuzzy = !word.is_phrase
            && !word.is_negated
            && (SHORTEST_FUZZY..=LONGEST_FUZZY).contains(&length);
        let atom = |text| {
            let (case, normal) = (CaseMatching::Ignore, Normalization::Smart);
            Atom::new(text, case, normal, AtomKind::Fuzzy, false)
        };
        Self {
            word,
            least: DENSITY * length,
            fuzzy: is_fuzzy.then(|| atom(&word.text)),
        }
    }

    /// How well the text has the word's letters in their order, if they stand close enough.
    fn nearly(&self, text: &Utf32String, matcher: &mut Matcher) -> Option<u32> {
        let score = self.fuzzy.as_ref()?.score(text.slice(..), matcher)?;
        (usize::from(score) >= self.least).then(|| u32::from(score))
    }
}

/// The byte places of the characters that a word matches: as it stands, else letter by letter.
fn places(chars: &[(usize, char)], word: &Word) -> Vec<usize> {
    let wanted: Vec<char> = word.text.chars().collect();
    let whole = chars
        .windows(wanted.len().max(1))
        .find(|window| window.iter().map(|(_, c)| c).eq(&wanted));
    if let Some(window) = whole {
        return window.iter().map(|(at, _)| *at).collect();
    }
    if word.is_phrase || !(SHORTEST_FUZZY..=LONGEST_FUZZY).contains(&wanted.len()) {
        return Vec::new();
    }
    let mut left = chars.iter();
    let scattered: Vec<usize> = wanted
        .iter()
        .filter_map(|wanted| left.find(|(_, char)| char == wanted).map(|(at, _)| *at))
        .collect();
    if scattered.len() == wanted.len() {
        scattered
    } else {
        Vec::new()
    }
}
