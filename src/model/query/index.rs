//! Running a query: the stories' texts are prepared once and again only when a story changes.

use std::collections::HashMap;
use std::ops::Range;
use std::sync::Arc;

use nucleo_matcher::pattern::{Atom, AtomKind, CaseMatching, Normalization};
use nucleo_matcher::{Config, Matcher, Utf32String};
use unicode_segmentation::UnicodeSegmentation;

use super::fold::{fold, fold_char};
use super::{Query, Word};
use crate::model::{Backlog, Story, StoryId};

/// Words shorter than this are only found as they stand.
const SHORTEST_FUZZY: usize = 3;
/// So are longer ones: nobody types that much of a title by half, and a score of theirs would not fit its number.
const LONGEST_FUZZY: usize = 64;
/// A fuzzy match has to reach so much for each letter: less are letters scattered about.
const DENSITY: usize = 20;

/// The prepared texts of the stories.
#[derive(Debug)]
pub struct Index {
    texts: HashMap<StoryId, Text>,
    matcher: Matcher,
}

/// What is searched of one story.
#[derive(Debug)]
struct Text {
    story: Arc<Story>,
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
            texts: HashMap::new(),
            matcher: Matcher::new(Config::DEFAULT),
        }
    }
}

impl Index {
    /// The stories that a query finds.
    pub fn run(&mut self, query: &Query, backlog: &Backlog) -> Vec<StoryId> {
        let words: Vec<Wanted> = query.words.iter().map(Wanted::of).collect();
        let open = backlog.open();
        let closed = backlog.closed().filter(|_| query.scope.looks_at_closed());
        let mut found: Vec<(u32, usize, StoryId)> = Vec::new();
        for id in open.chain(closed) {
            let Some(story) = backlog.story(id) else {
                continue;
            };
            if !query.scope.holds(story.status)
                || !query.terms.iter().all(|term| term.holds(story, backlog))
            {
                continue;
            }
            if words.is_empty() {
                found.push((0, 0, id));
            } else if let Some(score) = self.score(&words, story, backlog) {
                found.push((score, story.title.len(), id));
            }
        }
        if query.has_words() {
            // The sort is stable: equal matches stay in the order of the backlog.
            found.sort_by(|a, b| b.0.cmp(&a.0).then(a.1.cmp(&b.1)));
        }
        found.into_iter().map(|(_, _, id)| id).collect()
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

    /// How well a story matches all words; `None` when one does not match.
    fn score(&mut self, words: &[Wanted], story: &Arc<Story>, backlog: &Backlog) -> Option<u32> {
        let current = self
            .texts
            .get(&story.id)
            .is_some_and(|text| Arc::ptr_eq(&text.story, story));
        if !current {
            self.texts.insert(story.id, Text::of(story));
        }
        let text = self.texts.get(&story.id)?;
        let key = fold(&backlog.key(story));
        let mut total = 0;
        for wanted in words {
            let score = text.score(wanted, &key, &mut self.matcher);
            match (score, wanted.word.is_negated) {
                (Some(score), false) => total = score.saturating_add(total),
                (None, true) => {}
                (None, false) | (Some(_), true) => return None,
            }
        }
        Some(total)
    }
}

impl Text {
    fn of(story: &Arc<Story>) -> Self {
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
            story: Arc::clone(story),
            title: fold(&story.title),
            fuzzy_title: Utf32String::from(story.title.as_str()),
            persona: fold(&story.persona),
            fuzzy_persona: Utf32String::from(story.persona.as_str()),
            rest: fold(&rest.join("\n")),
        }
    }

    /// The better the place, the higher: key, title, persona, then the rest.
    fn score(&self, wanted: &Wanted, key: &str, matcher: &mut Matcher) -> Option<u32> {
        let word = wanted.word.text.as_str();
        if self.title == word || key == word {
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
        if key.contains(word) {
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
