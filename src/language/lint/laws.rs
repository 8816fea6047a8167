//! Laws of the linter over random stories: no panic, sound places, and repairs that lose no word and mend what they say.

use std::collections::BTreeSet;

use proptest::prelude::*;
use unicode_segmentation::UnicodeSegmentation as _;
use uuid::Uuid;

use super::*;
use crate::model::{
    Change, Draft, Kind, Line, NewStory, Place, Prose, Question, Refusal, Stamp, Title,
};

/// Pieces that rules look for, so that random stories come near their edges.
const PIECES: &[&str] = &[
    " and ",
    " or ",
    " & ",
    " + ",
    ", ",
    "/",
    "-",
    " - ",
    ". ",
    "; ",
    ": ",
    "? ",
    "* ",
    " (",
    ") ",
    "[",
    "]",
    "{",
    "}",
    "(s)",
    "so that ",
    "edit ",
    "delete ",
    "pay ",
    "search for ",
    "view ",
    "the ",
    "my ",
    "a ",
    "to ",
    "then ",
    "should ",
    "cards ",
    "user-friendly ",
    "as soon as ",
    "such as ",
    "some",
    "manage",
    "process",
    "button ",
    "pivot table ",
    "CSV file ",
    "within 2 seconds ",
    "WEB-1 ",
    "after WEB-2",
    "TBD",
    "???",
    "W&O ",
    "e.g. ",
    "Given ",
    "\nWhen ",
    "\nThen ",
    "e\u{301}",
    "\u{301}",
    "👩‍👧",
    "\u{202e}",
    "\u{200d}",
    "ß",
    "ŉ",
    "İ",
    "商店",
    "。",
    "\t",
];

fn text() -> impl Strategy<Value = String> {
    let piece = prop_oneof![
        9 => proptest::sample::select(PIECES).prop_map(str::to_owned),
        1 => any::<String>(),
    ];
    proptest::collection::vec(piece, 0..10).prop_map(|pieces| pieces.concat())
}

prop_compose! {
    fn draft()(
        title in text(),
        parts in [text(), text(), text(), text()],
        criteria in proptest::collection::vec(text(), 0..3),
        is_title_want in any::<bool>(),
        kind in proptest::sample::select(Kind::ALL.to_vec()),
    ) -> Option<Draft> {
        let [persona, want, benefit, question] = parts;
        let title = if is_title_want { &want } else { &title };
        let mut draft = Draft::titled(Title::parse(title).ok()?);
        draft.kind = kind;
        draft.persona = Line::parse(&persona);
        draft.want = Line::parse(&want);
        draft.benefit = Line::parse(&benefit);
        draft.notes = Prose::parse(&question);
        draft.criteria = criteria.iter().map(|text| Prose::parse(text)).collect();
        draft.questions = vec![Question::new(&question)];
        Some(draft)
    }
}

fn id(number: u128) -> StoryId {
    StoryId::new(Uuid::from_u128((7 << 76) | number))
}

fn stamp() -> Stamp {
    Stamp::new("2026-11-23T10:00:00Z".parse().unwrap(), "Ana")
}

fn backlog(drafts: Vec<Draft>) -> Backlog {
    let mut backlog = Backlog::new(Product::new("Webshop", None).unwrap());
    for (draft, number) in drafts.into_iter().zip(1..) {
        let new = NewStory {
            id: id(number),
            draft,
            place: Place::Bottom,
        };
        let add = Change::Add(Box::new(new));
        backlog.apply(&add, &stamp()).unwrap();
    }
    backlog
}

fn findings(story: &Story, backlog: &Backlog) -> Vec<Finding> {
    let compared = Compared::of(backlog);
    Surroundings::of(backlog, Some(Points::whole(10)), &compared).story(story)
}

/// How often each letter and digit stands in some texts, whatever its case.
fn letters<'t>(texts: impl IntoIterator<Item = &'t str>) -> BTreeMap<char, usize> {
    let mut letters = BTreeMap::new();
    let raised = texts.into_iter().map(str::to_uppercase);
    for text in raised {
        for letter in text.chars().filter(|c| c.is_alphanumeric()) {
            *letters.entry(letter).or_default() += 1;
        }
    }
    letters
}

fn of_story(story: &Story) -> [&str; 5] {
    [
        &story.title,
        &story.persona,
        &story.want,
        &story.benefit,
        &story.notes,
    ]
}

/// What makes a finding that finding: where it is, and what stands there.
fn place(finding: &Finding, story: &Story) -> (&'static str, Spot, Range<usize>, String) {
    let text = finding.spot.text(story).to_owned();
    (finding.rule.id, finding.spot, finding.span.clone(), text)
}

/// Carries out the repair of a finding and looks at what has become of the story.
fn mend(backlog: &Backlog, story: &Story, finding: &Finding) -> Result<(), TestCaseError> {
    let Some(repair) = &finding.repair else {
        return Ok(());
    };
    let mended = match repair.mend(finding, story) {
        Ok(mended) => mended,
        Err(refusal) => {
            let is_title = matches!(refusal, Refusal::EmptyTitle | Refusal::LongTitle { .. });
            prop_assert!(is_title, "{refusal}");
            return Ok(());
        }
    };
    let mut after = backlog.clone();
    for edit in mended.edits {
        let edit = Change::Edit {
            story: story.id,
            edit,
        };
        after.apply(&edit, &stamp()).unwrap();
    }
    let now = after.story(story.id).unwrap();
    let beside = mended.beside.as_ref();
    let beside = beside.map_or(["", ""], |draft| [&draft.title, &draft.want]);
    // What is meant to go: the conjunction, of the want and of a title that says the same; the benefit.
    let gone = match repair {
        Repair::Split { .. } => ["and or", "and or"],
        Repair::ToNotes => ["", ""],
        Repair::DropBenefit => [story.benefit.as_str(), ""],
    };
    let known = letters(of_story(now).into_iter().chain(beside).chain(gone));
    for (letter, count) in letters(of_story(story)) {
        let kept = known.get(&letter).copied().unwrap_or(0);
        prop_assert!(
            kept >= count,
            "{letter:?} is lost by {finding:?} in {now:?}"
        );
    }
    let before = place(finding, story);
    for other in findings(now, &after) {
        prop_assert_ne!(place(&other, now), before.clone());
    }
    Ok(())
}

proptest! {
    #[test]
    fn findings_stand_between_characters_and_their_repairs_mend_them(one in draft(), other in draft()) {
        let drafts: Vec<Draft> = [one, other].into_iter().flatten().collect();
        let backlog = backlog(drafts);
        for story in backlog.stories() {
            for finding in findings(story, &backlog) {
                let text = finding.spot.text(story);
                let edges: BTreeSet<usize> = text.grapheme_indices(true).map(|(at, _)| at).chain([text.len()]).collect();
                let Range { start, end } = finding.span;
                prop_assert!(start <= end && edges.contains(&start) && edges.contains(&end), "{finding:?} in {text:?}");
                prop_assert!(finding.why.ends_with('.'), "{}", finding.why);
                mend(&backlog, story, &finding)?;
            }
        }
    }
}
