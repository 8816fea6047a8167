//! Laws of the sentence parser over random text: no panic, sound spans, nothing lost.

use std::collections::BTreeSet;

use proptest::prelude::*;
use unicode_segmentation::UnicodeSegmentation;

use super::{GRAMMARS, LABELS, Sentence, compose, parse, propose_title, strip_prefix};

/// Pieces that sentences are made of, so that random texts come near the templates.
const PIECES: &[&str] = &[
    "As a ",
    "As an ",
    "as the ",
    "As ",
    "I want to ",
    "I don't want ",
    "I can ",
    "I ",
    ", ",
    ". ",
    "\n",
    "\n\n",
    "\r\n",
    "so that ",
    "so ",
    "in order to ",
    "because ",
    "**",
    "*",
    "_",
    "\"",
    "customer",
    "pay by card",
    "e\u{301}",
    "\u{301}",
    "👩‍👧",
    "#G03# ",
    "US-12: ",
    "Als ",
    "möchte ich ",
    "damit ",
    "um ",
    "zu ",
    "En tant qu'",
    "je veux ",
    "afin de ",
    "Como ",
    "quiero ",
    "quero ",
    "para ",
    "pagar ",
    "Som en ",
    "ønsker jeg å ",
    "slik at ",
    "顧客",
    "として、",
    "支払いたい",
    "。",
    "なぜなら",
    "からだ",
    "ので、",
    "作为",
    "，",
    "我想",
    "以便",
    "The list.",
    "- ",
    "\u{feff}",
    "\t",
    "\u{202e}",
    "not ",
    "…",
    ":",
    "(",
    ")",
];

/// What stands between the parts, for the forms that differ.
const TEMPLATES: &[[&str; 3]] = &[
    ["As a ", " I want to ", ", so that "],
    ["In order to ", ", as a ", " I can "],
    ["As an ", "\nSo that ", "\nI would like "],
    [
        "#G03# **As a** ",
        "** I don't want** ",
        ". So that so that ",
    ],
    ["Als ", " möchte ich ", ", um "],
    ["Como ", " quiero ", " para pagar "],
    ["", "として、", "たい。なぜなら"],
    ["作为", "，我想", "，以便"],
];

fn pieces() -> impl Strategy<Value = String> {
    let piece = prop_oneof![
        9 => proptest::sample::select(PIECES).prop_map(str::to_owned),
        1 => any::<String>(),
    ];
    proptest::collection::vec(piece, 0..8).prop_map(|pieces| pieces.concat())
}

/// Random pieces, or a template with random pieces in its gaps.
fn near_story() -> impl Strategy<Value = String> {
    let template = proptest::sample::select(TEMPLATES);
    let filled =
        (template, [pieces(), pieces(), pieces(), pieces()]).prop_map(|(template, fill)| {
            let mut text = String::new();
            for (piece, words) in template.iter().zip(&fill) {
                text.push_str(words);
                text.push_str(piece);
            }
            text + &fill[3]
        });
    prop_oneof![filled, (pieces(), pieces()).prop_map(|(a, b)| a + &b)]
}

fn spans(sentence: &Sentence) -> Vec<std::ops::Range<usize>> {
    let parts = [&sentence.persona, &sentence.want, &sentence.benefit];
    let parts = parts.into_iter().flatten().map(|part| part.span.clone());
    let mut spans: Vec<_> = parts.chain(sentence.rest.iter().cloned()).collect();
    spans.sort_by_key(|span| span.start);
    spans
}

/// Every word the templates themselves may take away, folded.
fn connecting_words() -> BTreeSet<String> {
    let mut phrases: Vec<&str> = LABELS.to_vec();
    phrases.extend(super::japanese::connecting_words());
    for grammar in GRAMMARS {
        phrases.extend(grammar.role.iter().chain(grammar.plain_role));
        phrases.extend(grammar.subjects.iter().chain(grammar.want_tails));
        phrases.extend(grammar.want.iter().map(|(phrase, _)| phrase));
        phrases.extend(grammar.want_after_break.iter().map(|(phrase, _)| phrase));
        phrases.extend(grammar.benefit.iter().chain(grammar.statement.iter()));
        phrases.extend(grammar.maybe_benefit.iter().map(|(phrase, _)| phrase));
    }
    phrases.into_iter().flat_map(words).collect()
}

fn words(text: &str) -> Vec<String> {
    let source = super::source::Source::new(text);
    let folded = source.folded(0..source.len());
    folded
        .split(|letter: char| !letter.is_alphanumeric())
        .filter(|word| !word.is_empty())
        .map(str::to_owned)
        .collect()
}

proptest! {
    #[test]
    fn spans_are_in_bounds_apart_and_on_character_boundaries(text in near_story()) {
        let Some(sentence) = parse(&text) else { return Ok(()) };
        let mut edges: BTreeSet<usize> = text.grapheme_indices(true).map(|(at, _)| at).collect();
        edges.insert(text.len());
        let mut end = 0;
        for span in spans(&sentence) {
            prop_assert!(span.start >= end && span.start < span.end, "{sentence:?}");
            prop_assert!(edges.contains(&span.start) && edges.contains(&span.end), "{sentence:?}");
            end = span.end;
        }
        prop_assert!(sentence.persona.is_some() && sentence.want.is_some());
    }

    #[test]
    fn only_connecting_words_are_left_out(text in near_story()) {
        let Some(sentence) = parse(&text) else { return Ok(()) };
        let (_, body) = strip_prefix(&text);
        let mut at = text.len() - body.len();
        // A mark on the blank after the key makes both one character, which belongs to the rest.
        at = spans(&sentence).first().map_or(at, |span| at.min(span.start));
        let mut left = String::new();
        for span in spans(&sentence) {
            left.push_str(text.get(at..span.start).unwrap());
            left.push('\n');
            at = span.end;
        }
        left.push_str(text.get(at..).unwrap());
        let known = connecting_words();
        for word in words(&left) {
            let glued = !word.is_ascii();
            let pieces_known = known.iter().any(|phrase| word.contains(phrase.as_str()));
            prop_assert!(known.contains(&word) || (glued && pieces_known), "{word:?} lost: {sentence:?}");
        }
    }

    #[test]
    fn any_text_is_survived(text in any::<String>(), more in near_story()) {
        for text in [&text, &more] {
            let (_, body) = strip_prefix(text);
            prop_assert!(text.ends_with(body));
            if let Some(sentence) = parse(text) {
                prop_assert!(propose_title(&sentence).graphemes(true).count() <= 81);
            }
            compose(text, &more, text);
        }
    }
}
