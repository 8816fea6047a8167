//! The law of copies: what happened in a copy of a product since is taken over by importing it, once, and importing an older
//! state undoes nothing of a story; problems and outcomes that were deleted since come back, because nothing tells a deleted
//! one from one that was never here.

use backstory::exchange::{self, Format, Plan, To};
use backstory::model::Delta;

use super::*;

/// Everything that a backlog holds, as a file.
fn file(backlog: &Backlog) -> String {
    let stories: Vec<&Story> = backlog.stories().map(AsRef::as_ref).collect();
    exchange::export(&stories, backlog, To::Json)
}

fn import(ledger: &mut Ledger, text: &str) -> Result<(Plan, Vec<Delta>), TestCaseError> {
    let imported = exchange::read(Format::Json, text.as_bytes()).unwrap();
    let stamp = ledger.stamp();
    let mut new_id = || unreachable!("whole stories have ids");
    let plan = exchange::plan(imported, &ledger.backlog, stamp.at, &mut new_id);
    let deltas = ledger.backlog.apply_all(&plan.changes, &stamp);
    let deltas = deltas.map_err(|refusal| TestCaseError::fail(refusal.to_string()))?;
    Ok((plan, deltas))
}

/// What a story says, without its place and when it changed.
fn said(story: &Story) -> Story {
    Story {
        rank: Rank::parse("a0").unwrap(),
        updated: story.created,
        ..story.clone()
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn a_newer_copy_is_taken_over_once(
        start in crowded(),
        before in deeds(),
        since in deeds(),
    ) {
        let mut here = Ledger::of(start);
        for deed in &before {
            act(&mut here, deed)?;
        }
        let mut there = here.copy();
        for deed in &since {
            act(&mut there, deed)?;
        }
        let older = file(&here.backlog);
        let newer = file(&there.backlog);
        import(&mut here, &newer)?;
        is_sound(&here.backlog)?;
        for story in there.backlog.stories() {
            let (mut known, mut theirs) = (said(here.story(story.id)), said(story));
            if there.backlog.problem_of(story).is_none() && story.problem.is_some() {
                // A problem that is nowhere is not taken over.
                (known.problem, theirs.problem) = (None, None);
            }
            prop_assert_eq!(known, theirs);
        }
        let (again, _) = import(&mut here, &newer)?;
        prop_assert_eq!(again.changes, vec![]);
        let (old, _) = import(&mut there, &older)?;
        let undone: Vec<&Change> = old
            .changes
            .iter()
            .filter(|change| !matches!(change, Change::InsertProblem(_) | Change::Settings(_)))
            .collect();
        prop_assert_eq!(undone, Vec::<&Change>::new());
    }

    #[test]
    fn two_copies_that_parted_lose_no_words_and_no_ended_round(
        start in crowded(),
        before in deeds(),
        ours in deeds(),
        theirs in deeds(),
    ) {
        let mut here = Ledger::of(start);
        for deed in &before {
            act(&mut here, deed)?;
        }
        let mut there = here.copy();
        for deed in &ours {
            act(&mut here, deed)?;
        }
        for deed in &theirs {
            act(&mut there, deed)?;
        }
        let known: Vec<Arc<Story>> = here.backlog.stories().cloned().collect();
        let text = file(&there.backlog);
        let (_, deltas) = import(&mut here, &text)?;
        is_sound(&here.backlog)?;
        for story in &known {
            let after = here.story(story.id);
            prop_assert!(after.log.starts_with(&story.log));
            prop_assert!(story.closed_rounds().all(|round| after.reviews.contains(round)));
            prop_assert!(story.comments.iter().all(|comment| after.comments.contains(comment)));
            prop_assert_eq!((after.number, &after.rank), (story.number, &story.rank));
        }
        let (again, _) = import(&mut here, &text)?;
        prop_assert_eq!(again.changes, vec![]);
        let back: Vec<Delta> = deltas.iter().rev().map(Delta::inverse).collect();
        let stamp = here.stamp();
        here.backlog.apply(&Change::Restore(back), &stamp).unwrap();
        for story in &known {
            prop_assert_eq!(here.story(story.id), story);
        }
    }
}
