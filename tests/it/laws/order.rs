//! The law of the one order, under any interleaving of everything that touches it, other programs included.

use std::collections::{HashMap, HashSet};
use std::sync::Arc;

use super::*;

/// Something that happens to a backlog.
#[derive(Clone, Debug)]
enum Turn {
    /// A person does something.
    Deed(Deed),
    /// Another program gives a story another rank and status.
    Rewritten(Index, &'static str, Status),
    /// Another program writes a new story.
    Written(u32, &'static str),
    /// Another program takes a story away.
    Gone(Index),
}

fn ordering() -> impl Strategy<Value = Deed> {
    let stories = |most: usize| prop::collection::vec(any::<Index>(), 0..most);
    let steps = [Step::Drop, Step::Restore, Step::Agree, Step::Start];
    prop_oneof![
        4 => (stories(8), place()).prop_map(|(stories, to)| Deed::Move(stories, to)),
        3 => stories(10).prop_map(Deed::Arrange),
        2 => stories(4).prop_map(Deed::Lift),
        2 => place().prop_map(|to| Deed::Add(to, Status::Idea)),
        2 => (any::<Index>(), prop::sample::select(steps.to_vec())).prop_map(|(s, t)| Deed::Step(s, t)),
        // Who waits for whom, so that there is something to lift.
        3 => (any::<Index>(), any::<u8>()).prop_map(|(s, v)| Deed::Edit(s, 12, v % 16)),
        1 => (any::<Index>(), 0..12_u8, any::<u8>()).prop_map(|(s, f, v)| Deed::Edit(s, f, v)),
        2 => Just(Deed::Undo),
        1 => Just(Deed::Redo),
    ]
}

fn turns() -> impl Strategy<Value = Vec<Turn>> {
    let rank = || prop::sample::select(vec!["Zz", "a0", "a0V", "a1", "a2V", "a5"]);
    let status = prop::sample::select(&Status::ALL[..]);
    let turn = prop_oneof![
        12 => ordering().prop_map(Turn::Deed),
        2 => (any::<Index>(), rank(), status).prop_map(|(s, r, t)| Turn::Rewritten(s, r, t)),
        1 => (1..40_u32, rank()).prop_map(|(n, r)| Turn::Written(n, r)),
        1 => any::<Index>().prop_map(Turn::Gone),
    ];
    prop::collection::vec(turn, 1..40)
}

/// The stories that changes are about.
fn subjects(changes: &[Change]) -> HashSet<StoryId> {
    let of = |change: &Change| match change {
        Change::Move { stories, .. } | Change::Arrange { stories } => stories.clone(),
        Change::Add(new) => vec![new.id],
        Change::Step { story, .. } | Change::Edit { story, .. } => vec![*story],
        other => unreachable!("{other:?} is no act of ordering"),
    };
    changes.iter().flat_map(of).collect()
}

/// The stories that were changed between two moments.
fn changed(before: &HashMap<StoryId, Arc<Story>>, ledger: &Ledger) -> HashSet<StoryId> {
    let now = ledger.backlog.stories();
    let new = now.filter(|story| before.get(&story.id) != Some(story));
    let gone = before
        .keys()
        .filter(|id| ledger.backlog.story(**id).is_none());
    new.map(|story| story.id).chain(gone.copied()).collect()
}

/// Takes a turn; answers which stories it was about, and whether it may have changed their ranks only.
fn take(ledger: &mut Ledger, turn: &Turn) -> Result<(HashSet<StoryId>, bool), TestCaseError> {
    let before: HashMap<StoryId, Arc<Story>> = ledger
        .backlog
        .stories()
        .map(|story| (story.id, Arc::clone(story)))
        .collect();
    let outside = |ledger: &mut Ledger, id: StoryId, state: Option<Story>| {
        ledger.backlog.adopt(id, state.map(Arc::new));
        Ok((HashSet::from([id]), false))
    };
    match turn {
        Turn::Deed(deed @ (Deed::Undo | Deed::Redo)) => {
            act(ledger, deed)?;
            Ok((changed(&before, ledger), false))
        }
        Turn::Deed(deed) => {
            let snapshot = ledger.snapshot();
            let is_a_move = matches!(deed, Deed::Move(..) | Deed::Arrange(_) | Deed::Lift(_));
            let Ok(changes) = changes(ledger, deed) else {
                return Ok((HashSet::new(), true));
            };
            if ledger.perform(&changes).is_err() {
                prop_assert_eq!(ledger.snapshot(), snapshot);
                return Ok((HashSet::new(), true));
            }
            Ok((subjects(&changes), is_a_move))
        }
        Turn::Rewritten(index, rank, status) => {
            let id = pick(ledger, *index);
            let state = ledger.backlog.story(id).map(|story| Story {
                rank: Rank::parse(rank).unwrap(),
                status: *status,
                ..Story::clone(story)
            });
            outside(ledger, id, state)
        }
        Turn::Written(number, rank) => {
            let mut new = story(0, ledger.backlog.highest_number() + *number, rank);
            new.id = StoryId::new(ledger.next_id());
            outside(ledger, new.id, Some(new))
        }
        Turn::Gone(index) => {
            let id = pick(ledger, *index);
            outside(ledger, id, None)
        }
    }
}

proptest! {
    #[test]
    fn whatever_happens_the_order_is_one_and_only_what_an_act_is_about_changes_in_it(
        start in crowded(),
        turns in turns(),
    ) {
        let mut ledger = Ledger::of(start);
        for turn in &turns {
            let stories: Vec<Arc<Story>> = ledger.backlog.stories().cloned().collect();
            let before: Vec<StoryId> = ledger.backlog.open().collect();
            let (about, moves_only) = take(&mut ledger, turn)?;
            let after: Vec<StoryId> = ledger.backlog.open().collect();
            let stay = |order: &[StoryId]| -> Vec<StoryId> {
                order.iter().filter(|id| !about.contains(id)).copied().collect()
            };
            prop_assert_eq!(stay(&before), stay(&after), "{:?}", turn);
            // `is_sound` compares with what loading the same stories gives: all of them, by rank and id.
            is_sound(&ledger.backlog)?;
            if moves_only {
                prop_assert_eq!(stories.len(), ledger.backlog.stories().len());
                for old in &stories {
                    let rank = ledger.story(old.id).rank.clone();
                    let moved = Story { rank, ..Story::clone(old) };
                    prop_assert_eq!(&moved, &**ledger.story(old.id), "only ranks change, `updated` does not");
                }
            }
        }
    }
}
