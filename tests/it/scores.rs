//! Scores in a backlog: what a story counts for, the order by score, and the laws of both.

use std::collections::HashSet;

use backstory::model::score::Shares;
use backstory::model::{
    Backlog, Board, Change, Edit, Method, Part, Points, Product, Step, Story, StoryId,
};
use proptest::prelude::*;
use uuid::Uuid;

use crate::ledger::Ledger;

fn id(number: u32) -> StoryId {
    StoryId::new(Uuid::from_u128((7 << 76) | u128::from(number)))
}

/// A story with a value over an effort of 1, blocked by others.
fn story(number: u32, value: Option<u8>, blockers: &[u32]) -> Story {
    let blockers: Vec<StoryId> = blockers.iter().map(|number| id(*number)).collect();
    let scores = match value {
        Some(value) => serde_json::json!({ "value-effort": { "value": value, "effort": 1 } }),
        None => serde_json::json!({}),
    };
    serde_json::from_value(serde_json::json!({
        "format": 1, "id": id(number), "number": number, "title": format!("{number}"),
        "rank": format!("c{number:03}V"), "blocked_by": blockers, "scores": scores,
        "created": "2026-11-19T16:00:00Z", "updated": "2026-11-20T09:12:00Z",
    }))
    .unwrap()
}

fn backlog(stories: Vec<Story>) -> Backlog {
    Backlog::load(Product::new("Webshop", None).unwrap(), stories, 0).0
}

/// The numbers of the stories by score.
fn order(backlog: &Backlog) -> Vec<u32> {
    let board = Board::new(backlog, Method::ValueEffort, backlog.open()).unwrap();
    let number = |id| backlog.story(id).unwrap().number;
    board.order().into_iter().map(number).collect()
}

#[test]
fn equal_scores_keep_their_order_and_unscored_stories_their_places() {
    let backlog = backlog(vec![
        story(1, Some(2), &[]),
        story(2, None, &[]),
        story(3, Some(5), &[]),
        story(4, Some(2), &[]),
        story(5, None, &[]),
        story(6, Some(3), &[]),
    ]);
    assert_eq!(order(&backlog), [3, 6, 1, 4]);
    let board = Board::new(&backlog, Method::ValueEffort, backlog.open()).unwrap();
    let places: Vec<(usize, usize)> = board
        .scored()
        .iter()
        .map(|placed| (placed.place, placed.by_score))
        .collect();
    assert_eq!(places, [(1, 4), (3, 1), (4, 6), (6, 3)]);
    let off: Vec<usize> = board
        .disagreements()
        .iter()
        .map(backstory::model::score::Placed::distance)
        .collect();
    assert_eq!(off, [3, 3, 2, 2], "the furthest first");
}

#[test]
fn a_blocker_counts_for_what_it_blocks_and_comes_before_it() {
    let mut ledger = Ledger::of([
        story(1, Some(4), &[3]),
        story(2, Some(3), &[]),
        story(3, Some(1), &[4]),
        story(4, None, &[]),
    ]);
    let score = |ledger: &Ledger, number| Method::ValueEffort.score(&ledger.backlog, id(number));
    let raised = score(&ledger, 4).unwrap();
    assert!((raised.number - 4.0).abs() < f64::EPSILON);
    assert_eq!(raised.from, Some(id(1)));
    assert_eq!(order(&ledger.backlog), [4, 3, 1, 2]);
    let board = Board::new(&ledger.backlog, Method::ValueEffort, ledger.backlog.open()).unwrap();
    let reasons: Vec<String> = board
        .scored()
        .iter()
        .map(|placed| board.reason(placed, &ledger.backlog))
        .collect();
    assert_eq!(
        reasons,
        [
            "value/effort 4",
            "value/effort 3",
            "blocks WEB-1 (value/effort 4)",
            "blocks WEB-1 (value/effort 4)",
        ]
    );
    ledger.step(id(1), Step::Drop);
    assert_eq!(score(&ledger, 4).unwrap().from, Some(id(3)));
}

#[test]
fn sorting_takes_two_scored_stories() {
    let sentence = |stories| {
        let backlog = backlog(stories);
        Board::new(&backlog, Method::ValueEffort, backlog.open())
            .unwrap_err()
            .to_string()
    };
    assert_eq!(
        sentence(vec![story(1, None, &[])]),
        "None of these stories has a value/effort score. Score two or more first (,)."
    );
    assert_eq!(
        sentence(vec![story(1, Some(1), &[]), story(2, None, &[])]),
        "Only one of these stories has a value/effort score. Score two or more first (,)."
    );
}

#[test]
fn a_score_is_edited_part_by_part_and_taken_back() {
    let mut ledger = Ledger::empty();
    let id = ledger.add("Pay");
    for (part, value) in [
        (Part::Value, "4"),
        (Part::Effort, "2"),
        (Part::Class, "must"),
    ] {
        ledger.edit(id, Edit::Score(part.parse(value).unwrap()));
    }
    assert_eq!(
        Method::ValueEffort.number(ledger.story(id), &ledger.backlog),
        Some(2.0)
    );
    ledger.edit(id, Edit::ClearScore(Method::ValueEffort));
    assert_eq!(
        Method::ValueEffort.number(ledger.story(id), &ledger.backlog),
        None
    );
    assert!(Method::Moscow.is_begun(&ledger.story(id).scores));
    ledger.undo().unwrap();
    assert_eq!(
        Method::ValueEffort.number(ledger.story(id), &ledger.backlog),
        Some(2.0)
    );
    let nothing = ledger.perform(&[Change::Edit {
        story: id,
        edit: Edit::ClearScore(Method::Rice),
    }]);
    assert_eq!(nothing, Ok(None));
}

#[test]
fn an_accepted_story_keeps_its_score() {
    let mut ledger = Ledger::empty();
    let id = ledger.delivered("Pay", &[]);
    ledger.apply(Change::Accept {
        story: id,
        reason: None,
    });
    let edit = Edit::Score(Part::Class.parse("must").unwrap());
    let sentence = ledger.refusal(Change::Edit { story: id, edit });
    assert!(sentence.starts_with("WEB-1 is accepted"), "{sentence}");
}

/// A backlog whose stories have these classes and points; 0 is no estimate.
fn classed(stories: &[(&str, u32)]) -> Backlog {
    let stories = (1..).zip(stories).map(|(number, (class, points))| {
        let mut story = story(number, None, &[]);
        story.scores = serde_json::from_value(serde_json::json!({ "moscow": class })).unwrap();
        story.estimate = (*points > 0).then(|| Points::whole(*points));
        story
    });
    backlog(stories.collect())
}

#[test]
fn shares_of_effort_leave_wont_aside_and_warn_above_sixty_per_cent() {
    for (stories, percents, warns) in [
        (
            vec![("must", 6), ("should", 2), ("could", 2), ("wont", 90)],
            [60, 20, 20],
            false,
        ),
        (
            vec![("must", 7), ("should", 2), ("could", 2), ("must", 0)],
            [64, 18, 18],
            true,
        ),
        (vec![("must", 0), ("could", 0)], [50, 0, 50], false),
        (
            vec![("must", 0), ("must", 0), ("could", 0)],
            [67, 0, 33],
            true,
        ),
    ] {
        let shares = Shares::of(&classed(&stories));
        let given: Vec<u64> = shares
            .classes()
            .take(3)
            .filter_map(|(_, share)| shares.percent(share))
            .collect();
        assert_eq!(given, percents, "{stories:?}");
        assert_eq!(shares.notice().is_some(), warns, "{stories:?}");
    }
    let nothing = Shares::of(&classed(&[("wont", 3), ("later", 2)]));
    assert_eq!((nothing.notice(), nothing.unscored), (None, 1));
    assert!(
        nothing
            .classes()
            .all(|(_, share)| nothing.percent(share).is_none())
    );
}

/// Backlogs with any links among their stories, circles too.
fn tangled() -> impl Strategy<Value = Backlog> {
    let any_story = (
        prop::option::of(1u8..=5),
        prop::collection::vec(1u32..13, 0..3),
        0u8..8,
    );
    prop::collection::vec(any_story, 2..12).prop_map(|stories| {
        let stories = (1..)
            .zip(stories)
            .map(|(number, (value, blockers, status))| {
                let mut story = story(number, value, &blockers);
                if status == 0 {
                    story.status = backstory::model::Status::Dropped;
                }
                story
            });
        backlog(stories.collect())
    })
}

proptest! {
    #[test]
    fn a_blocker_counts_for_no_less_than_it_does_itself_and_than_what_it_blocks(backlog in tangled()) {
        let method = Method::ValueEffort;
        let scores = method.scores(&backlog);
        for id in backlog.open() {
            let story = backlog.story(id).unwrap();
            let score = scores.get(&id).map(|score| score.number);
            prop_assert!(score >= method.number(story, &backlog));
            prop_assert_eq!(score, method.score(&backlog, id).map(|score| score.number));
            let raised = scores.get(&id).is_some_and(|score| score.from.is_some());
            prop_assert_eq!(raised, score > method.number(story, &backlog));
            for blocker in &story.blocked_by {
                if backlog.position(*blocker).is_some() {
                    prop_assert!(scores.get(blocker).map(|score| score.number) >= score);
                }
            }
        }
    }

    #[test]
    fn the_order_by_score_is_sorted_and_holds_the_same_stories(backlog in tangled()) {
        let Ok(board) = Board::new(&backlog, Method::ValueEffort, backlog.open()) else {
            return Ok(());
        };
        let order = board.order();
        let numbers: Vec<f64> = order
            .iter()
            .map(|id| board.scored().iter().find(|placed| placed.story == *id).unwrap().score.number)
            .collect();
        prop_assert!(numbers.is_sorted_by(|a, b| a >= b));
        let slots = |by: fn(&backstory::model::score::Placed) -> usize| -> HashSet<usize> {
            board.scored().iter().map(by).collect()
        };
        prop_assert_eq!(slots(|placed| placed.place), slots(|placed| placed.by_score));
        prop_assert_eq!(slots(|placed| placed.by_score).len(), order.len());
    }
}
