//! What waits for what: who blocks whom, which stories stand too high, and what lifting blockers does to the order.

use std::collections::{HashMap, HashSet};

use backstory::model::{Change, Edit, Place, Refusal, Step, Story, StoryId};
use proptest::prelude::*;
use uuid::Uuid;

use crate::ledger::{Ledger, stepping};

/// Stories with these one-letter titles, in this order, each waiting for those after the colon: `"a:bc b c"`.
fn ledger(told: &str) -> Ledger {
    let mut ledger = Ledger::empty();
    for word in told.split_whitespace() {
        ledger.add(word.split(':').next().unwrap());
    }
    for word in told.split_whitespace() {
        let blockers: Vec<StoryId> = word.chars().skip(2).map(|c| named(&ledger, c)).collect();
        let story = named(&ledger, word.chars().next().unwrap());
        if !blockers.is_empty() {
            ledger.edit(story, Edit::BlockedBy(blockers));
        }
    }
    ledger
}

fn named(ledger: &Ledger, title: char) -> StoryId {
    let mut stories = ledger.backlog.stories();
    stories.find(|s| s.title.starts_with(title)).unwrap().id
}

fn all(ledger: &Ledger, titles: &str) -> Vec<StoryId> {
    titles.chars().map(|title| named(ledger, title)).collect()
}

fn titles(ledger: &Ledger, ids: impl IntoIterator<Item = StoryId>) -> String {
    let titles = ids.into_iter().map(|id| ledger.story(id).title.to_string());
    titles.collect::<Vec<_>>().join(" ")
}

fn lifted(told: &str, stories: &str) -> Result<String, Refusal> {
    let mut ledger = ledger(told);
    let lift = ledger.backlog.lift(&all(&ledger, stories))?;
    let before = ledger.snapshot();
    ledger.perform(&lift.changes()).unwrap();
    let order = ledger.order();
    ledger.undo().unwrap();
    assert_eq!(ledger.snapshot(), before, "lifting is one act");
    Ok(order)
}

#[test]
fn blockers_come_directly_above_the_first_of_the_stories() {
    for (told, stories, order) in [
        ("x a:b y b", "a", "x b a y"),
        // Several keep their order, and what is above already stays.
        ("d x a:cbd y b z c", "a", "d x b c a y z"),
        // Blockers of blockers come along, and what waits comes below what it waits for.
        ("x a:b b:c y c", "a", "x c b a y"),
        ("a:b x b:c d c:e f e", "a", "e c b a x d f"),
        ("a:bd x b:c d c", "a", "c b d a x"),
        // Several stories: each blocker above the first of them that stands too high for it.
        ("x a b:c y c", "ab", "x a c b y"),
        ("a:bc b:d c d", "abc", "d b c a"),
        ("x a:b y b", "ab", "x b a y"),
        ("x a:c y b:cd c d", "ba", "x c a y d b"),
        // What stands above everything that waits for it stays.
        ("a:b b c d:c", "ad", "b a c d"),
        // What waits for another one through a story that stays does not overtake it.
        ("x:c a:b b:x c", "ab", "x c b a"),
    ] {
        let result = lifted(told, stories);
        let found = result.clone().unwrap_or_default();
        assert_eq!(found, order, "{told}, {stories}: {result:?}");
    }
}

#[test]
fn marked_stories_that_wait_for_each_other_end_in_a_possible_order() {
    // No single place is above both: 2 waits for 3, so it has to come between the two.
    for stories in ["31", "13", "312", "3124"] {
        let result = lifted("3:4 1:2 2:3 4", stories);
        assert_eq!(result.as_deref(), Ok("4 3 2 1"), "{stories}");
    }
}

#[test]
fn lifting_is_refused_where_there_is_nothing_to_lift() {
    for (told, stories, sentence) in [
        (
            "a b",
            "a",
            "WEB-1 waits for no open story. Say first what blocks it (B).",
        ),
        (
            "b a:b",
            "a",
            "All that WEB-2 waits for stands above it already.",
        ),
        (
            "a b",
            "ab",
            "None of these 2 stories waits for an open one.",
        ),
        (
            "b a:b",
            "ba",
            "All that these 2 stories wait for stands above them already.",
        ),
        (
            "x a y b:a c",
            "cab",
            "All that these 3 stories wait for stands above them already.",
        ),
    ] {
        let refusal = lifted(told, stories).unwrap_err();
        assert_eq!(refusal.to_string(), sentence, "{told}, {stories}");
    }
    let mut ledger = ledger("a:b b");
    let a = named(&ledger, 'a');
    ledger.apply(stepping(a, Step::Drop));
    let refusal = ledger.backlog.lift(&[a]).unwrap_err().to_string();
    assert!(refusal.contains("WEB-1 is dropped"), "{refusal}");
}

#[test]
fn a_lift_names_itself() {
    let one = ledger("a:b b");
    let lift = one.backlog.lift(&all(&one, "a")).unwrap();
    assert_eq!(lift.label(&one.backlog), "lift WEB-2 above WEB-1");
    let two = ledger("a:bc b c");
    let lift = two.backlog.lift(&all(&two, "a")).unwrap();
    assert_eq!(lift.label(&two.backlog), "lift 2 blockers above WEB-1");
    let both = ledger("a:b b c:d d");
    let lift = both.backlog.lift(&all(&both, "ac")).unwrap();
    assert_eq!(lift.label(&both.backlog), "lift 2 blockers above 2 stories");
}

#[test]
fn only_an_open_story_waits_and_only_an_open_one_blocks() {
    let mut ledger = ledger("a:b b");
    let (a, b) = (named(&ledger, 'a'), named(&ledger, 'b'));
    let look = |ledger: &Ledger| {
        let (waits, blocks) = (ledger.story(a), ledger.story(b));
        let backlog = &ledger.backlog;
        [
            backlog.is_blocked(waits),
            backlog.is_misplaced(waits),
            backlog.is_blocking(blocks),
        ]
    };
    assert_eq!(look(&ledger), [true, true, true]);
    ledger.apply(Change::Move {
        stories: vec![b],
        to: Place::Top,
    });
    assert_eq!(look(&ledger), [true, false, true], "it stands above now");
    ledger.undo().unwrap();
    for closed in [a, b] {
        ledger.apply(stepping(closed, Step::Drop));
        assert_eq!(look(&ledger), [false, false, false]);
        assert_eq!(ledger.backlog.blocks(b), [a], "the link stays");
        ledger.undo().unwrap();
    }
    assert_eq!(look(&ledger), [true, true, true]);
}

#[test]
fn what_waits_is_told_in_the_order_of_the_backlog() {
    let mut ledger = ledger("a:d b:d c:d d");
    let (a, b, d) = (
        named(&ledger, 'a'),
        named(&ledger, 'b'),
        named(&ledger, 'd'),
    );
    ledger.apply(Change::Move {
        stories: vec![a],
        to: Place::Bottom,
    });
    ledger.apply(stepping(b, Step::Drop));
    let waiting = ledger.backlog.blocks(d);
    assert_eq!(titles(&ledger, waiting), "c a b", "closed ones last");
    ledger.edit(a, Edit::BlockedBy(Vec::new()));
    let waiting = ledger.backlog.blocks(d);
    assert_eq!(titles(&ledger, waiting), "c b");
}

#[test]
fn a_blocker_named_twice_is_kept_once() {
    let mut ledger = ledger("a b");
    let (a, b) = (named(&ledger, 'a'), named(&ledger, 'b'));
    ledger.edit(a, Edit::BlockedBy(vec![b, b]));
    assert_eq!(ledger.story(a).blocked_by, [b]);
}

#[test]
fn the_shortest_circle_is_named() {
    let mut ledger = ledger("a:bc b:c c d:a");
    let (c, d) = (named(&ledger, 'c'), named(&ledger, 'd'));
    let edit = Edit::BlockedBy(vec![d]);
    let sentence = ledger.refusal(Change::Edit { story: c, edit });
    assert!(
        sentence.contains("WEB-3 waits for WEB-4, which waits for WEB-1, which waits for WEB-3."),
        "{sentence}"
    );
}

#[test]
fn a_long_chain_is_walked_without_an_end_of_the_stack() {
    let chain = 20_000;
    let stories = (1..=chain).map(|n| written(n, n, &[n + 1], "started"));
    let backlog = Ledger::of(stories).backlog;
    let first = backlog.open_at(0).unwrap();
    let lift = backlog.lift(&[first]).unwrap();
    assert_eq!(lift.blockers().count(), chain as usize - 1);
    assert_eq!(lift.blockers().last(), backlog.open_at(1));
}

/// A story as another program may have written it, with a rank and blockers by number.
fn written(number: u32, rank: u32, blockers: &[u32], status: &str) -> Story {
    let id = |number: u32| Uuid::from_u128((7 << 76) | u128::from(number));
    let blockers: Vec<Uuid> = blockers.iter().map(|number| id(*number)).collect();
    serde_json::from_value(serde_json::json!({
        "format": 1, "id": id(number), "number": number, "title": format!("{number}"),
        "rank": format!("e{rank:05}"), "status": status, "blocked_by": blockers,
        "created": "2026-11-19T16:00:00Z", "updated": "2026-11-20T09:12:00Z",
    }))
    .unwrap()
}

/// Stories in any order with any links; `circles` says whether they may go round.
fn tangled(circles: bool) -> impl Strategy<Value = Vec<Story>> {
    let statuses = vec!["idea", "started", "dropped"];
    let one = (
        0..40u32,
        prop::collection::vec(1..20u32, 0..3),
        prop::sample::select(statuses),
    );
    prop::collection::vec(one, 1..16).prop_map(move |stories| {
        let numbered = stories.into_iter().zip(1u32..);
        numbered
            .map(|((rank, mut blockers, status), number)| {
                blockers.retain(|blocker| circles || *blocker > number);
                written(number, rank, &blockers, status)
            })
            .collect()
    })
}

/// Everything open that some stories wait for, looked up the simple way.
fn waits_for(ledger: &Ledger, stories: &[StoryId]) -> HashSet<StoryId> {
    let is_open = |id: &StoryId| ledger.backlog.position(*id).is_some();
    let mut found: HashSet<StoryId> = HashSet::new();
    loop {
        let known = stories.iter().chain(&found);
        let more: HashSet<StoryId> = known
            .flat_map(|id| ledger.story(*id).blocked_by.clone())
            .filter(is_open)
            .collect();
        if more.is_subset(&found) {
            return found;
        }
        found.extend(more);
    }
}

proptest! {
    #[test]
    fn a_lift_puts_all_blockers_above_and_leaves_the_rest_in_its_order(
        (has_circles, stories) in any::<bool>().prop_flat_map(|circles| (Just(circles), tangled(circles))),
        picks in prop::collection::vec(any::<prop::sample::Index>(), 1..6),
    ) {
        let mut ledger = Ledger::of(stories);
        let before: Vec<StoryId> = ledger.backlog.open().collect();
        prop_assume!(!before.is_empty());
        let targets: Vec<StoryId> = picks.iter().map(|pick| *pick.get(&before)).collect();
        let waits: HashMap<StoryId, HashSet<StoryId>> =
            before.iter().map(|id| (*id, waits_for(&ledger, &[*id]))).collect();
        // Those that stand below one of the stories which waits for them: these have to move, and no others.
        let low: Vec<StoryId> = before
            .iter()
            .enumerate()
            .filter(|(place, id)| {
                let mut above = before.iter().take(*place);
                above.any(|other| targets.contains(other) && waits[other].contains(id))
            })
            .map(|(_, id)| *id)
            .collect();
        let lift = match ledger.backlog.lift(&targets) {
            Ok(lift) => lift,
            Err(refusal) => {
                prop_assert!(low.is_empty());
                prop_assert_eq!(
                    matches!(refusal, Refusal::NothingBlocks(_)),
                    targets.iter().all(|id| waits[id].is_empty())
                );
                return Ok(());
            }
        };
        let mut told: Vec<StoryId> = lift.blockers().collect();
        told.sort();
        let mut expected = low.clone();
        expected.sort();
        prop_assert_eq!(told, expected);
        let start = ledger.snapshot();
        ledger.perform(&lift.changes()).unwrap();
        let after: Vec<StoryId> = ledger.backlog.open().collect();
        let rest = |order: &[StoryId]| -> Vec<StoryId> {
            order.iter().filter(|id| !low.contains(id)).copied().collect()
        };
        prop_assert_eq!(rest(&after), rest(&before), "nothing else has moved");
        // Neither the stories nor what was lifted stands above anything it waits for.
        let is_settled = |place: usize, id: &StoryId| {
            let mut below = after.iter().skip(place + 1);
            !below.any(|other| waits[id].contains(other))
        };
        let mut moved = after.iter().enumerate().filter(|(_, id)| low.contains(id) || targets.contains(id));
        prop_assert!(has_circles || moved.all(|(place, id)| is_settled(place, id)));
        // Where the blockers stood in a possible order, those that went above the same story still stand in it.
        let lies_well = |(place, id): (usize, &StoryId)| {
            !low.iter().skip(place + 1).any(|other| waits[id].contains(other))
        };
        if low.iter().enumerate().all(lies_well) {
            let mut run: Vec<usize> = Vec::new();
            for id in &after {
                match low.iter().position(|other| other == id) {
                    Some(place) => run.push(place),
                    None => run.clear(),
                }
                prop_assert!(run.is_sorted());
            }
        }
        let again = ledger.backlog.lift(&targets);
        prop_assert!(has_circles || matches!(again, Err(Refusal::BlockersAbove(_))));
        ledger.undo().unwrap();
        prop_assert_eq!(ledger.snapshot(), start);
    }
}
