//! The Japanese templates: the markers follow what they mark, so the order is its own. It answers like `take_apart`.

use std::cmp::Reverse;
use std::ops::Range;

use super::ending::{sentence_end, trim};
use super::source::{Source, is_gap};
use super::take_apart::Cut;

const ROLE: &[&str] = &["として"];
const SPEAKER: &[&str] = &["私は", "わたしは", "僕は"];
/// A want ends in a wish; anything else after として is a title.
const WISH: &[&str] = &[
    "たい",
    "たいです",
    "たいと思う",
    "たいと思います",
    "ほしい",
    "ほしいです",
    "欲しい",
    "欲しいです",
    "必要がある",
    "必要があります",
    "できる",
    "できます",
];
/// What closes a reason that stands before the want.
const REASON_BEFORE: &[&str] = &[
    "ので",
    "のために",
    "のため",
    "ために",
    "ため",
    "から",
    "ように",
];
/// What opens a reason that follows the want.
const REASON_AFTER: &[&str] = &[
    "なぜなら",
    "なぜならば",
    "なぜかというと",
    "というのは",
    "理由は",
    "それにより",
    "それによって",
    "これにより",
    "そうすれば",
];
/// What closes a reason that follows the want.
const REASON_END: &[&str] = &["からです", "からだ", "から", "ためです", "ためだ", "ため"];
/// A persona longer than this is prose.
const REACH: usize = 80;

/// Takes apart …として、…したい。なぜなら…からだ。
pub(super) fn take_apart(source: &Source, at: usize) -> Option<Cut> {
    let end = sentence_end(source, at);
    let reach = end.min(at + REACH);
    let (role_start, role_end) = (at..reach).find_map(|i| Some((i, longest(source, i, ROLE)?)))?;
    let persona = longest(source, at, SPEAKER).unwrap_or(at)..role_start;
    let after = opening_reason_in(source, role_end..end);
    let body_end = after.map_or(end, |(start, _)| start);
    let before = closing_reason_in(source, role_end..body_end);
    let want = before.map_or(role_end, |(_, end)| end)..body_end;
    if !is_persona(source, &persona) || !is_wish(source, &want) {
        return None;
    }
    let mut rest = Vec::new();
    let follows = after.or_else(|| {
        let next = source.skip(end, is_gap);
        Some((next, longest(source, next, REASON_AFTER)?))
    });
    let done = follows.map_or(end, |(_, start)| sentence_end(source, start));
    let reason = follows.map(|(_, start)| without_reason_end(source, start..done));
    let earlier = before.map(|(start, _)| role_end..start);
    let benefit = match (earlier, reason) {
        (Some(earlier), Some(reason)) => {
            rest.push(reason);
            Some(earlier)
        }
        (earlier, reason) => earlier.or(reason),
    };
    rest.push(done..source.len());
    Some(Cut {
        persona,
        want,
        lead: "",
        benefit,
        rest,
    })
}

fn longest(source: &Source, at: usize, phrases: &[&str]) -> Option<usize> {
    phrases
        .iter()
        .filter_map(|phrase| source.run(at, phrase))
        .max()
}

fn opening_reason_in(source: &Source, mut range: Range<usize>) -> Option<(usize, usize)> {
    range.find_map(|at| Some((at, longest(source, at, REASON_AFTER)?)))
}

/// The last one, for a reason may hold another; a comma has to follow it.
fn closing_reason_in(source: &Source, range: Range<usize>) -> Option<(usize, usize)> {
    range
        .filter_map(|at| {
            let end = longest(source, at, REASON_BEFORE)?;
            matches!(source.at(end), Some('、' | '，' | ',')).then_some((at, end))
        })
        .max_by_key(|(start, end)| (*end, Reverse(*start)))
}

/// A colon or a line's end shows that a heading stands before the sentence proper.
fn is_persona(source: &Source, range: &Range<usize>) -> bool {
    let headed = range
        .clone()
        .any(|at| matches!(source.at(at), Some('：' | ':' | '\n')));
    !headed && !trim(source, range.clone()).is_empty()
}

fn is_wish(source: &Source, want: &Range<usize>) -> bool {
    let want = trim(source, want.clone());
    let text = source.folded(want);
    WISH.iter().any(|wish| text.ends_with(wish))
}

fn without_reason_end(source: &Source, range: Range<usize>) -> Range<usize> {
    let reason = trim(source, range);
    let cut = REASON_END
        .iter()
        .map(|ending| reason.end.saturating_sub(ending.chars().count()))
        .filter(|cut| *cut > reason.start)
        .find(|cut| longest(source, *cut, REASON_END) == Some(reason.end));
    reason.start..cut.unwrap_or(reason.end)
}

/// Every phrase these templates take away.
#[cfg(test)]
pub(super) fn connecting_words() -> impl Iterator<Item = &'static str> {
    let lists = [ROLE, SPEAKER, REASON_BEFORE, REASON_AFTER, REASON_END];
    lists.into_iter().flatten().copied()
}
