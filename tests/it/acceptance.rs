//! Reviews: verdicts, rounds, acceptance, rejection and the waiver.

use backstory::model::{
    Change, Criterion, Edit, Kind, Line, Outcome, Prose, Refusal, Status, Step, StoryId, Verdict,
};

use crate::ledger::{Ledger, judging, reason};

fn accept(story: StoryId, why: Option<&str>) -> Change {
    Change::Accept {
        story,
        reason: why.map(reason),
    }
}

fn reject(story: StoryId, why: Option<&str>) -> Change {
    Change::Reject {
        story,
        reason: why.map(reason),
    }
}

fn tick(story: StoryId, line: usize, ticked: bool) -> Change {
    Change::TickDone {
        story,
        line,
        ticked,
    }
}

/// A delivered story with two criteria.
fn delivered() -> (Ledger, StoryId) {
    let mut ledger = Ledger::empty();
    let id = ledger.delivered("Pay", &["It works", "It is fast\nWithin a second"]);
    (ledger, id)
}

#[test]
fn a_story_is_accepted_once_every_criterion_is_met() {
    let (mut ledger, id) = delivered();
    let sentence = "WEB-1 has 0 of 2 criteria met. Complete the review, or accept it with a written reason (a waiver).";
    assert_eq!(ledger.refusal(accept(id, None)), sentence);
    ledger.judge(id, "c1", Verdict::Met);
    assert!(ledger.refusal(accept(id, None)).contains("1 of 2"));
    ledger.judge(id, "c2", Verdict::CannotTell);
    assert!(ledger.refusal(accept(id, None)).contains("1 of 2"));
    ledger.judge(id, "c2", Verdict::Met);
    assert_eq!(ledger.backlog.may_accept(id), Ok(()));
    ledger.apply(accept(id, None));
    let story = ledger.story(id);
    assert_eq!(story.status, Status::Accepted);
    let round = story.reviews.last().unwrap();
    assert_eq!(round.outcome, Some(Outcome::Accepted));
    assert!(!round.is_waived());
    assert_eq!(story.accepted_at(), Some(round.at));
}

#[test]
fn verdicts_stand_in_the_order_of_the_criteria_with_their_words() {
    let (mut ledger, id) = delivered();
    ledger.judge(id, "c2", Verdict::NotMet);
    ledger.judge(id, "c1", Verdict::Met);
    let round = ledger.story(id).open_round().unwrap();
    let words: Vec<&str> = round.verdicts.iter().map(|j| j.text.as_str()).collect();
    assert_eq!(words, ["It works", "It is fast\nWithin a second"]);
}

#[test]
fn the_same_verdict_once_more_is_no_act() {
    let (mut ledger, id) = delivered();
    ledger.judge(id, "c1", Verdict::Met);
    let again = ledger.perform(&[judging(id, "c1", Some(Verdict::Met))]);
    assert_eq!(again, Ok(None));
    let never = ledger.perform(&[judging(id, "c2", None)]);
    assert_eq!(never, Ok(None));
}

#[test]
fn a_verdict_on_words_that_have_changed_does_not_count() {
    let (mut ledger, id) = delivered();
    ledger.judge(id, "c1", Verdict::Met);
    ledger.judge(id, "c2", Verdict::Met);
    ledger.reword(id, "c2", "It is very fast");
    assert_eq!(ledger.story(id).criteria_met(), 1);
    assert!(ledger.refusal(accept(id, None)).contains("1 of 2"));
    ledger.judge(id, "c2", Verdict::Met);
    ledger.apply(accept(id, None));
    assert_eq!(ledger.status(id), Status::Accepted);
}

#[test]
fn a_criterion_added_during_the_review_has_to_be_met_too() {
    let (mut ledger, id) = delivered();
    ledger.judge(id, "c1", Verdict::Met);
    ledger.judge(id, "c2", Verdict::Met);
    let mut criteria = ledger.story(id).criteria.clone();
    criteria.push(Criterion::new("It is safe"));
    ledger.edit(id, Edit::Criteria(criteria));
    assert!(ledger.refusal(accept(id, None)).contains("2 of 3"));
}

#[test]
fn the_reason_of_a_rejection_is_composed_from_the_notes() {
    let (mut ledger, id) = delivered();
    assert_eq!(
        ledger.refusal(reject(id, None)),
        "WEB-1 has no criterion that is not met with a note. Mark what is missing (n), or give a reason."
    );
    ledger.judge(id, "c1", Verdict::NotMet);
    assert!(ledger.backlog.may_reject(id).is_err(), "a note is needed");
    ledger.note(id, "c1", "It does nothing.");
    ledger.judge(id, "c2", Verdict::NotMet);
    ledger.note(id, "c2", "It takes\ntwo seconds.");
    let composed = "1. It works: It does nothing.\n2. It is fast: It takes\ntwo seconds.";
    assert_eq!(ledger.backlog.may_reject(id).unwrap().as_str(), composed);
    ledger.apply(reject(id, None));
    let round = ledger.story(id).reviews.last().unwrap().clone();
    assert_eq!(round.reason.unwrap().as_str(), composed);
    assert_eq!(round.outcome, Some(Outcome::Rejected));
    assert_eq!(ledger.status(id), Status::Rejected);
}

#[test]
fn a_note_on_words_that_have_changed_gives_no_reason() {
    let (mut ledger, id) = delivered();
    ledger.judge(id, "c1", Verdict::NotMet);
    ledger.note(id, "c1", "It does nothing.");
    ledger.reword(id, "c1", "It works well");
    let refusal = ledger.backlog.may_reject(id).unwrap_err();
    assert_eq!(refusal, Refusal::NothingToReject("WEB-1".to_owned()));
}

#[test]
fn a_written_reason_goes_before_the_composed_one() {
    let (mut ledger, id) = delivered();
    ledger.judge(id, "c1", Verdict::NotMet);
    ledger.note(id, "c1", "It does nothing.");
    ledger.apply(reject(id, Some("Start over.")));
    let round = ledger.story(id).reviews.last().unwrap();
    assert_eq!(round.reason.as_ref().unwrap().as_str(), "Start over.");
}

#[test]
fn rounds_are_numbered_and_kept_for_ever() {
    let (mut ledger, id) = delivered();
    for round in 1..=3 {
        assert_eq!(ledger.story(id).round_number(), round);
        ledger.judge(id, "c1", Verdict::NotMet);
        assert_eq!(ledger.story(id).round_number(), round);
        ledger.apply(reject(id, Some("Not yet.")));
        ledger.step(id, Step::Restart);
        ledger.step(id, Step::Deliver);
        assert!(
            ledger.story(id).open_round().is_none(),
            "nothing is judged yet"
        );
    }
    ledger.judge(id, "c1", Verdict::Met);
    ledger.judge(id, "c2", Verdict::Met);
    ledger.apply(accept(id, None));
    let story = ledger.story(id);
    let numbers: Vec<u32> = story.reviews.iter().map(|round| round.round).collect();
    assert_eq!(numbers, [1, 2, 3, 4]);
    assert_eq!(story.rejections(), 3);
    assert_eq!(story.closed_rounds().count(), 4);
}

#[test]
fn verdicts_of_an_earlier_round_do_not_count_in_the_next() {
    let (mut ledger, id) = delivered();
    ledger.judge(id, "c1", Verdict::Met);
    ledger.judge(id, "c2", Verdict::NotMet);
    ledger.note(id, "c2", "Slow.");
    ledger.apply(reject(id, None));
    ledger.step(id, Step::Restart);
    ledger.step(id, Step::Deliver);
    assert!(ledger.refusal(accept(id, None)).contains("0 of 2"));
    assert!(ledger.backlog.may_reject(id).is_err());
    ledger.judge(id, "c2", Verdict::Met);
    assert!(ledger.refusal(accept(id, None)).contains("1 of 2"));
}

#[test]
fn a_waiver_accepts_what_is_not_met_and_says_why() {
    let (mut ledger, id) = delivered();
    ledger.judge(id, "c1", Verdict::NotMet);
    ledger.apply(accept(id, Some("The fair is tomorrow.")));
    let round = ledger.story(id).reviews.last().unwrap();
    assert!(round.is_waived());
    assert_eq!(round.reason, Some(reason("The fair is tomorrow.")));
    assert_eq!(ledger.status(id), Status::Accepted);
}

#[test]
fn a_verdict_says_who_gave_it_and_when() {
    let (mut ledger, id) = delivered();
    ledger.judge(id, "c1", Verdict::NotMet);
    let given = ledger.story(id).open_round().unwrap().verdicts[0].clone();
    assert_eq!(given.by.as_str(), "Ana");
    assert!(given.at.is_some());
    // The same again is still the first one; another verdict is its giver's.
    ledger.now_is("Ben");
    ledger.judge(id, "c1", Verdict::NotMet);
    assert_eq!(ledger.story(id).open_round().unwrap().verdicts[0], given);
    ledger.judge(id, "c1", Verdict::Met);
    ledger.judge(id, "c2", Verdict::Met);
    let round = ledger.story(id).open_round().unwrap();
    let (by, at) = (&round.verdicts[0].by, round.verdicts[0].at);
    assert_eq!((by.as_str(), round.by.as_str()), ("Ben", "Ana"));
    assert!(at > given.at);
}

#[test]
fn what_failed_still_counts_when_its_criterion_is_deleted() {
    let (mut ledger, id) = delivered();
    ledger.judge(id, "c1", Verdict::Met);
    ledger.judge(id, "c2", Verdict::NotMet);
    ledger.note(id, "c2", "slow");
    let mut criteria = ledger.story(id).criteria.clone();
    criteria.retain(|criterion| criterion.id == *"c1");
    ledger.edit(id, Edit::Criteria(criteria));
    assert_eq!(
        ledger.refusal(accept(id, None)),
        "WEB-1 has 1 of 1 criteria met, 1 that was not met in this round was deleted. \
         Complete the review, or accept it with a written reason (a waiver)."
    );
    let composed = ledger.backlog.may_reject(id).unwrap();
    assert!(
        composed.as_str().ends_with(" (removed): slow"),
        "{composed}"
    );
    // A waiver says why it does not matter any more.
    ledger.apply(accept(id, Some("We agreed that it may be slow.")));
    let round = ledger.story(id).reviews.last().unwrap();
    assert!(round.is_waived());
    assert_eq!(round.verdicts.len(), 2);
    // What was met and is not asked for any more stands in nobody's way.
    let (mut ledger, id) = delivered();
    ledger.judge(id, "c1", Verdict::Met);
    ledger.judge(id, "c2", Verdict::Met);
    let mut criteria = ledger.story(id).criteria.clone();
    criteria.pop();
    ledger.edit(id, Edit::Criteria(criteria));
    ledger.apply(accept(id, None));
}

#[test]
fn a_remark_on_a_complete_review_is_no_waiver() {
    let (mut ledger, id) = delivered();
    ledger.judge(id, "c1", Verdict::Met);
    ledger.judge(id, "c2", Verdict::Met);
    ledger.apply(accept(id, Some("Seen on staging.")));
    let round = ledger.story(id).reviews.last().unwrap();
    assert!(!round.is_waived());
    assert_eq!(round.note, Some(reason("Seen on staging.")));
}

#[test]
fn every_line_of_the_definition_of_done_has_to_be_ticked() {
    let (mut ledger, id) = delivered();
    ledger.done_lines(&["Help page updated", "Released"]);
    ledger.judge(id, "c1", Verdict::Met);
    ledger.judge(id, "c2", Verdict::Met);
    let sentence = ledger.refusal(accept(id, None));
    assert!(sentence.contains("2 lines of the definition of done are not ticked"));
    ledger.apply(tick(id, 1, true));
    let sentence = ledger.refusal(accept(id, None));
    assert!(sentence.contains("1 line of the definition of done is not ticked"));
    ledger.apply(tick(id, 0, true));
    ledger.apply(tick(id, 1, false));
    assert!(ledger.refusal(accept(id, None)).contains("1 line of"));
    ledger.apply(tick(id, 1, true));
    ledger.apply(accept(id, None));
    assert_eq!(
        ledger.refusal(tick(id, 0, false)),
        "WEB-1 is accepted, not delivered. It can be reviewed once it is delivered."
    );
}

#[test]
fn the_definition_of_done_is_that_of_the_beginning_of_the_round() {
    let (mut ledger, id) = delivered();
    ledger.done_lines(&["Released"]);
    ledger.apply(tick(id, 0, true));
    ledger.done_lines(&["Announced"]);
    let round = ledger.story(id).open_round().unwrap();
    assert_eq!(round.done[0].text.as_str(), "Released");
    assert_eq!(
        ledger.refusal(tick(id, 1, true)),
        "WEB-1 has no line 2 in its definition of done. Look at the story again."
    );
}

#[test]
fn an_open_round_is_decided_by_its_own_lines_and_the_next_round_by_the_new_ones() {
    let (mut ledger, id) = delivered();
    ledger.done_lines(&["Released"]);
    ledger.judge(id, "c1", Verdict::Met);
    ledger.judge(id, "c2", Verdict::Met);
    ledger.done_lines(&["Announced", "Translated"]);
    assert!(ledger.refusal(accept(id, None)).contains("1 line of"));
    ledger.apply(tick(id, 0, true));
    ledger.apply(accept(id, None));
    ledger.apply(Change::Step {
        story: id,
        step: Step::Reopen,
        reason: Some(reason("it came back")),
    });
    ledger.judge(id, "c1", Verdict::Met);
    let lines = &ledger.story(id).open_round().unwrap().done;
    let lines: Vec<&str> = lines.iter().map(|line| line.text.as_str()).collect();
    assert_eq!(lines, ["Announced", "Translated"]);
}

#[test]
fn chores_and_spikes_are_accepted_without_criteria_and_features_are_not() {
    for kind in Kind::ALL {
        let mut ledger = Ledger::empty();
        let id = ledger.delivered("Pay", &[]);
        ledger.kind(id, kind);
        match kind {
            Kind::Chore | Kind::Spike => ledger.apply(accept(id, None)),
            Kind::Feature | Kind::Bug => {
                let sentence = ledger.refusal(accept(id, None));
                assert!(sentence.contains("has no acceptance criterion to be met"));
            }
        }
    }
}

#[test]
fn a_chore_without_criteria_still_needs_its_done_lines() {
    let mut ledger = Ledger::empty();
    ledger.done_lines(&["Released"]);
    let id = ledger.delivered("Update the server", &[]);
    assert!(ledger.refusal(accept(id, None)).contains("1 line of"));
    ledger.apply(tick(id, 0, true));
    ledger.apply(accept(id, None));
}

#[test]
fn undoing_a_verdict_brings_back_the_one_before() {
    let (mut ledger, id) = delivered();
    ledger.judge(id, "c1", Verdict::Met);
    ledger.judge(id, "c1", Verdict::NotMet);
    ledger.undo().unwrap();
    let judgement = ledger.story(id).open_round().unwrap().verdicts[0].clone();
    assert_eq!(judgement.verdict, Verdict::Met);
    ledger.undo().unwrap();
    assert!(ledger.story(id).reviews.is_empty(), "no round was begun");
}

#[test]
fn undoing_an_acceptance_leaves_the_round_open_with_its_verdicts() {
    let (mut ledger, id) = delivered();
    ledger.judge(id, "c1", Verdict::Met);
    ledger.judge(id, "c2", Verdict::Met);
    ledger.apply(accept(id, None));
    ledger.undo().unwrap();
    assert_eq!(ledger.status(id), Status::Delivered);
    assert_eq!(ledger.story(id).open_round().unwrap().verdicts.len(), 2);
    ledger.redo().unwrap();
    assert_eq!(ledger.status(id), Status::Accepted);
}

#[test]
fn a_verdict_can_be_taken_back() {
    let (mut ledger, id) = delivered();
    ledger.judge(id, "c1", Verdict::Met);
    ledger.apply(judging(id, "c1", None));
    assert!(ledger.story(id).open_round().unwrap().verdicts.is_empty());
}

#[test]
fn reopening_an_accepted_story_begins_a_new_round() {
    let (mut ledger, id) = delivered();
    ledger.apply(accept(id, Some("Good enough.")));
    ledger.step(id, Step::Reopen);
    assert_eq!(ledger.story(id).round_number(), 2);
    ledger.judge(id, "c1", Verdict::NotMet);
    let story = ledger.story(id);
    assert_eq!(story.reviews.len(), 2);
    assert_eq!(story.accepted_at(), None);
}

#[test]
fn only_delivered_stories_are_reviewed() {
    let mut ledger = Ledger::empty();
    let id = ledger.add("Pay");
    ledger.criteria(id, &["It works"]);
    let sentence = "WEB-1 is idea, not delivered. It can be reviewed once it is delivered.";
    let note = |text: &str| Change::NoteVerdict {
        story: id,
        criterion: "c1".to_owned(),
        note: Some(Prose::parse(text)),
        evidence: None,
    };
    for change in [
        judging(id, "c1", Some(Verdict::Met)),
        tick(id, 0, true),
        note("Hm."),
    ] {
        assert_eq!(ledger.refusal(change), sentence);
    }
    for change in [accept(id, Some("why")), reject(id, Some("why"))] {
        assert!(ledger.refusal(change).contains("WEB-1 is idea"));
    }
}

#[test]
fn a_round_that_was_begun_waits_while_the_story_is_back_in_work() {
    let (mut ledger, id) = delivered();
    ledger.judge(id, "c1", Verdict::Met);
    ledger.step(id, Step::Undeliver);
    let note = Change::NoteVerdict {
        story: id,
        criterion: "c1".to_owned(),
        note: Some(Prose::parse("Hm.")),
        evidence: None,
    };
    assert!(ledger.refusal(note.clone()).contains("WEB-1 is started"));
    ledger.step(id, Step::Deliver);
    ledger.apply(note);
    assert_eq!(ledger.story(id).round_number(), 1);
}

#[test]
fn a_note_needs_a_verdict_and_a_verdict_a_criterion() {
    let (mut ledger, id) = delivered();
    let note = Change::NoteVerdict {
        story: id,
        criterion: "c1".to_owned(),
        note: Some(Prose::parse("Hm.")),
        evidence: None,
    };
    let sentence = ledger.refusal(note);
    assert!(sentence.starts_with("WEB-1 has no verdict on this criterion yet."));
    let sentence = ledger.refusal(judging(id, "c9", Some(Verdict::Met)));
    assert_eq!(
        sentence,
        "WEB-1 has no such criterion any more. Look at the story again."
    );
    // One that there was is told by its words.
    let words = ledger.story(id).criteria[0].text.to_string();
    ledger.criteria(id, &["Another"]);
    let sentence = ledger.refusal(judging(id, "c1", Some(Verdict::Met)));
    assert_eq!(
        sentence,
        format!(
            "WEB-1 has no criterion \u{201c}{words}\u{201d} any more. Look at the story again."
        )
    );
}

#[test]
fn evidence_and_note_are_kept_apart() {
    let (mut ledger, id) = delivered();
    ledger.judge(id, "c1", Verdict::Met);
    ledger.note(id, "c1", "Nice.");
    ledger.apply(Change::NoteVerdict {
        story: id,
        criterion: "c1".to_owned(),
        note: None,
        evidence: Some(Prose::parse("screen.png")),
    });
    let judgement = ledger.story(id).open_round().unwrap().verdicts[0].clone();
    assert_eq!(judgement.note.as_str(), "Nice.");
    assert_eq!(judgement.evidence.as_str(), "screen.png");
}

#[test]
fn a_rejected_story_keeps_its_place() {
    let mut ledger = Ledger::empty();
    let id = ledger.delivered("a", &["It works"]);
    ledger.add("b");
    ledger.apply(reject(id, Some("no")));
    assert_eq!(ledger.order(), "a b");
    assert_eq!(ledger.backlog.delivered().count(), 0);
    ledger.edit(id, Edit::Labels(vec![Line::parse("again")]));
}

#[test]
fn what_failed_stays_so_until_it_is_judged_again() {
    let (mut ledger, id) = delivered();
    let again = |ledger: &mut Ledger, why| {
        ledger.apply(reject(id, Some(why)));
        ledger.step(id, Step::Restart);
        ledger.step(id, Step::Deliver);
    };
    ledger.judge(id, "c1", Verdict::NotMet);
    again(&mut ledger, "no label");
    // Round 2 does not come to it.
    ledger.judge(id, "c2", Verdict::NotMet);
    again(&mut ledger, "slow");
    assert!(ledger.story(id).failed_last_time("c1"));
    assert!(ledger.story(id).failed_last_time("c2"));
    ledger.judge(id, "c1", Verdict::Met);
    again(&mut ledger, "still slow");
    assert!(!ledger.story(id).failed_last_time("c1"));
}
