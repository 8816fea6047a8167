//! Takes a sentence apart with a grammar: persona, want and benefit in the orders people write them. It knows positions only,
//! no language and no final text.

use std::ops::Range;

use super::ending::{sentence_end, trim};
use super::grammar::{Grammar, Hit};
use super::source::{Source, is_gap};

/// A persona or an opening benefit longer than this is prose, and the text no story sentence. Keeps long notes cheap, too.
const REACH: usize = 400;

/// The parts as untrimmed positions.
#[derive(Debug)]
pub(super) struct Cut {
    pub(super) persona: Range<usize>,
    pub(super) want: Range<usize>,
    /// What the wish puts before the want ("not ").
    pub(super) lead: &'static str,
    pub(super) benefit: Option<Range<usize>>,
    pub(super) rest: Vec<Range<usize>>,
}

/// Takes apart the sentence that starts at a position; `first` says that nothing stands before it.
pub(super) fn take_apart(
    source: &Source,
    grammar: &Grammar,
    at: usize,
    first: bool,
) -> Option<Cut> {
    let cut = match grammar.role_at(source, at, first) {
        Some(role) => persona_first(source, grammar, role)?,
        None => benefit_first(source, grammar, at)?,
    };
    is_sound(source, &cut).then_some(cut)
}

/// As a persona, I want, so that; or with the benefit in the middle.
fn persona_first(source: &Source, grammar: &Grammar, role: Hit) -> Option<Cut> {
    let reach = source.len().min(role.end + REACH);
    let benefit = grammar.sure_benefit_in(source, role.end..reach);
    let limit = benefit.map_or(reach, |benefit| benefit.start);
    if let Some(want) = grammar.want_in(source, role.end..limit) {
        return Some(want_onward(source, grammar, role.end, want));
    }
    let benefit = benefit?;
    let want = grammar.want_after_break_in(source, benefit.end..reach)?;
    if !source.is_after_break(benefit.start) {
        return Some(want_onward(source, grammar, role.end, want));
    }
    let mut cut = want_onward(source, grammar, role.end, want);
    let (persona, aside) = persona_and_aside(source, grammar, role.end..benefit.start);
    cut.persona = persona;
    cut.rest.retain(|range| range.start >= want.end);
    cut.rest.extend(aside);
    add_benefit(&mut cut, benefit.end..want.start);
    Some(cut)
}

/// In order to, as a persona, I want.
fn benefit_first(source: &Source, grammar: &Grammar, at: usize) -> Option<Cut> {
    let benefit = grammar.benefit_at(source, at)?;
    let reach = source.len().min(benefit.end + REACH);
    let role = (benefit.end..reach)
        .filter(|at| source.is_after_break(*at))
        .find_map(|at| grammar.role_at(source, at, true))?;
    let reach = source.len().min(role.end + REACH);
    let want = grammar.want_in(source, role.end..reach)?;
    let mut cut = want_onward(source, grammar, role.end, want);
    add_benefit(&mut cut, benefit.end..role.start);
    Some(cut)
}

/// A benefit said earlier; one found after the want as well stays as a remainder.
fn add_benefit(cut: &mut Cut, benefit: Range<usize>) {
    if let Some(second) = cut.benefit.replace(benefit) {
        cut.rest.push(second);
    }
}

/// The want up to its benefit, the benefit up to the sentence's end, and what is left.
fn want_onward(source: &Source, grammar: &Grammar, persona: usize, want: Hit) -> Cut {
    let end = sentence_end(source, want.end);
    let found = grammar
        .benefit_in(source, want.end..end)
        .filter(|hit| source.has_words(&(want.end..hit.start)))
        .or_else(|| benefit_after_stop(source, grammar, end))
        .map(|hit| (hit, sentence_end(source, hit.end)))
        .filter(|(hit, stop)| source.has_words(&(hit.end..*stop)));
    let (want_end, benefit, done) = match found {
        Some((hit, stop)) => (hit.start, Some(hit.end..stop), stop),
        None => (end, None, end),
    };
    let (persona, aside) = persona_and_aside(source, grammar, persona..want.start);
    let mut rest = Vec::from_iter(aside);
    rest.push(done..source.len());
    Cut {
        persona,
        want: want.end..want_end,
        lead: want.lead,
        benefit,
        rest,
    }
}

/// "… . So that I can finish it." and benefits on a line of their own.
fn benefit_after_stop(source: &Source, grammar: &Grammar, end: usize) -> Option<Hit> {
    let next = source.skip(end, |folded| is_gap(folded) || matches!(folded, '-' | '•'));
    grammar.benefit_at(source, next)
}

/// "user, when I am logged out," is a persona and a condition.
fn persona_and_aside(
    source: &Source,
    grammar: &Grammar,
    range: Range<usize>,
) -> (Range<usize>, Option<Range<usize>>) {
    let comma = range.clone().find(|at| {
        let next = source.skip(at + 1, is_gap);
        let word = source.folded(next..source.word_end(next));
        source.at(*at) == Some(',') && grammar.side_clause.contains(&word.as_str())
    });
    match comma {
        Some(comma) => (range.start..comma, Some(comma..range.end)),
        None => (range, None),
    }
}

/// Refuses empty parts, and a persona that runs over a sentence's end.
fn is_sound(source: &Source, cut: &Cut) -> bool {
    let persona = trim(source, cut.persona.clone());
    let one_sentence = sentence_end(source, persona.start) >= persona.end;
    !persona.is_empty() && one_sentence && !trim(source, cut.want.clone()).is_empty()
}
