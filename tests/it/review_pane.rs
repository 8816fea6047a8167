//! The review, by its keys: verdicts, notes, ticks, the decision, and the way between stories.

use backstory::model::{Outcome, Prose, Status, Story, Verdict};
use backstory::ui::Input;

use crate::support::driver::Driver;
use crate::support::review::{PARCEL, delivered, open, parcel, three, verdicts, with_done};

#[test]
fn a_verdict_moves_on_and_the_last_one_to_the_decision() {
    let mut driver = parcel();
    driver.press("y").expect("▌ · 2");
    driver.press("c").expect("cannot tell").expect("▌ · 3");
    driver.press("y").expect("▌ a accept with a waiver");
    assert_eq!(
        verdicts(&driver, "WEB-1"),
        [Verdict::Met, Verdict::CannotTell, Verdict::Met].map(Some)
    );
    driver
        .press("y")
        .expect("There is nothing to judge in this line.");
}

#[test]
fn the_same_verdict_again_changes_nothing_and_moves_on() {
    let mut driver = parcel();
    driver.press("y k");
    let saved = driver.saved.len();
    driver.press("y").expect("▌ · 2");
    assert_eq!(driver.saved.len(), saved);
    driver.press("k c").expect("? 1");
    assert_eq!(verdicts(&driver, "WEB-1")[0], Some(Verdict::CannotTell));
}

#[test]
fn a_note_left_with_esc_leaves_the_verdict() {
    let mut driver = parcel();
    driver
        .press("n")
        .expect("Note on WEB-1, criterion 1: A return label")
        .press("Esc")
        .expect("▌ · 2");
    assert_eq!(verdicts(&driver, "WEB-1")[0], Some(Verdict::NotMet));
    driver.press("k o").write("no printer").press("Enter");
    driver.expect("\"no printer\"");
    let round = driver.story("WEB-1").open_round().unwrap();
    assert_eq!(round.verdicts[0].note.as_str(), "no printer");
}

#[test]
fn evidence_stands_below_its_criterion() {
    let mut driver = parcel();
    driver
        .press("y k v")
        .write("seen on staging")
        .press("Enter");
    driver.expect("seen: seen on staging");
    driver.press("v").expect("Evidence on WEB-1");
    // Below the criteria it is about the one that was judged last.
    driver.press("Esc G o").expect("Note on WEB-1, criterion 1");
    driver.write("and on paper").press("Enter");
    let round = driver.story("WEB-1").open_round().unwrap();
    assert_eq!(round.verdicts[0].note.as_str(), "and on paper");
}

#[test]
fn what_was_seen_before_there_is_a_verdict_asks_for_it() {
    let mut driver = parcel();
    driver.press("v").write("no label comes").press("Enter");
    driver.expect("What is the verdict on criterion 1?");
    let acts = driver.acts.len();
    // The box with the words waits below the question.
    driver.press("Esc").expect("no label comes");
    driver.press("Enter").press("n");
    driver.expect("Note on WEB-1: what is missing?");
    driver.write("the label").press("Enter");
    let story = driver.story("WEB-1");
    let given = &story.open_round().unwrap().verdicts[0];
    assert_eq!(given.verdict, Verdict::NotMet);
    assert_eq!(given.evidence.as_str(), "no label comes");
    assert_eq!(given.note.as_str(), "the label");
    assert_eq!(
        driver.acts.len(),
        acts + 2,
        "verdict and evidence are one act"
    );
    // A note that comes first is not asked for again.
    driver.press("g j o").write("not today").press("Enter n");
    driver.expect_no("what is missing?");
    let given = &driver.story("WEB-1").open_round().unwrap().verdicts[1];
    assert_eq!(
        (given.verdict, given.note.as_str()),
        (Verdict::NotMet, "not today")
    );
    let acts = driver.acts.len() - 2;
    // Without words there is nothing to ask.
    driver.press("j v Enter").expect_no("What is the verdict");
    assert_eq!(driver.acts.len(), acts + 2);
}

#[test]
fn what_is_typed_stays_when_the_story_is_decided_elsewhere_meanwhile() {
    let mut driver = parcel();
    driver.press("n").write("the label has no address");
    let story = driver.story("WEB-1");
    let mut rejected = story.clone();
    rejected.status = Status::Rejected;
    rejected.reviews[0].outcome = Some(Outcome::Rejected);
    driver.input(Input::Changed {
        stories: vec![(rejected.id, Some(rejected.into()))],
        product: None,
    });
    driver.press("Enter");
    driver
        .expect("the label has no address")
        .expect("WEB-1 is rejected, not delivered.");
}

#[test]
fn what_is_typed_stays_when_the_criterion_is_deleted_elsewhere_meanwhile() {
    let mut driver = parcel();
    driver.press("v").write("no label comes");
    let mut story = driver.story("WEB-1").clone();
    story.criteria.remove(0);
    driver.input(Input::Changed {
        stories: vec![(story.id, Some(story.into()))],
        product: None,
    });
    driver
        .press("Enter")
        .expect("no label comes")
        .expect_no("What is the verdict");
}

#[test]
fn a_note_does_not_write_over_one_that_somebody_else_wrote_meanwhile() {
    let mut driver = parcel();
    driver.press("n").write("ana was here");
    let mut story = driver.story("WEB-1").clone();
    story.reviews[0].verdicts[0].note = Prose::parse("ben found the cause");
    driver.input(Input::Changed {
        stories: vec![(story.id, Some(story.into()))],
        product: None,
    });
    let note = |driver: &Driver| {
        let round = driver.story("WEB-1").open_round().unwrap();
        round.verdicts[0].note.to_string()
    };
    driver
        .press("Enter")
        .expect("Somebody else wrote “ben found the cause” meanwhile.");
    assert_eq!(note(&driver), "ben found the cause");
    driver.press("Enter");
    assert_eq!(note(&driver), "ana was here");
}

#[test]
fn what_stands_above_what_failed_last_time_gets_its_turn() {
    let mut world = with_done(&["Help page updated"]);
    delivered(&mut world, "Return a parcel", &["a", "b", "c"]);
    let mut driver = Driver::on(&world.backlog);
    driver.press("2 y n").write("no").press("Enter y r Enter");
    driver.press("1 g > > 2").expect("▌ · 2");
    driver.press("y").expect("▌ · 3");
    driver.press("y").expect("▌ · 1");
    driver.press("y").expect("▌ [ ] Help page updated");
    // With all verdicts given it opens on what is not done.
    let mut tomorrow = driver.tomorrow();
    tomorrow.press("2").expect("▌ [ ] Help page updated");
    // One that is given anew moves on to the next.
    driver.press("g c").expect("▌ ✓ 2");
}

#[test]
fn a_criterion_that_failed_and_was_deleted_is_still_told() {
    let mut driver = parcel();
    driver.press("y y n").write("no mail came").press("Enter");
    let mut story = driver.story("WEB-1").clone();
    story.criteria.pop();
    driver.input(Input::Changed {
        stories: vec![(story.id, Some(story.into()))],
        product: None,
    });
    driver
        .expect("deleted in this round, not met: ")
        .expect("2 of 2 met · 1 deleted unmet")
        .expect("a accept with a waiver");
    driver.press("a").expect("1 deleted unmet");
}

#[test]
fn a_rejection_of_five_criteria_takes_nine_keys_and_the_text() {
    let mut world = with_done(&[]);
    delivered(&mut world, "Return a parcel", &["a", "b", "c", "d", "e"]);
    let mut driver = Driver::on(&world.backlog);
    driver
        .press("2 y y n")
        .write("no date")
        .press("Enter y y r Enter");
    let story = driver.story("WEB-1");
    assert_eq!(story.status, Status::Rejected);
    let round = &story.reviews[0];
    assert_eq!(round.outcome, Some(Outcome::Rejected));
    assert_eq!(round.reason.as_ref().unwrap().as_str(), "3. c: no date");
    assert_eq!(round.verdicts.len(), 5);
    driver.expect("WEB-1 is rejected and goes back to the team.");
}

#[test]
fn a_rejection_without_notes_needs_words() {
    let mut driver = parcel();
    driver.press("r").expect("Reject WEB-1 because …");
    driver.press("Enter").expect("A reason needs words");
    driver.write("not what we meant").press("Enter");
    assert_eq!(driver.story("WEB-1").status, Status::Rejected);
}

#[test]
fn everything_met_is_accepted_by_one_key() {
    let mut driver = three();
    driver
        .press("y")
        .expect("1 of 1 met · ready to accept")
        .expect("▌ a accept   r reject with a reason");
    driver
        .press("a")
        .expect("WEB-1 is accepted.")
        .expect("Review ─ 2 waiting")
        .expect("WEB-2 ─ Two ─ round 1");
    assert_eq!(driver.story("WEB-1").status, Status::Accepted);
    driver
        .press("y a y a")
        .expect("WEB-3 is accepted.")
        .expect("Review ─ 0 waiting");
}

#[test]
fn what_is_not_met_is_accepted_with_a_waiver_only() {
    let mut driver = parcel();
    driver
        .press("y y c a")
        .expect("WEB-1: 2 of 3 met. Accept all the same because …");
    driver.press("Enter").expect("A reason needs words");
    driver.write("good enough for now").press("Enter");
    driver.expect("WEB-1 is accepted.");
    let story = driver.story("WEB-1");
    assert_eq!(story.status, Status::Accepted);
    assert!(story.reviews[0].is_waived());
}

#[test]
fn the_second_round_opens_on_what_failed() {
    let mut world = with_done(&[]);
    delivered(&mut world, "Return a parcel", &PARCEL);
    delivered(&mut world, "Another", &["It works"]);
    let mut driver = open(&world);
    driver
        .press("y n")
        .write("shows 1 Jan 1970")
        .press("Enter y r Enter");
    driver.expect("WEB-2 ─ Another ─ round 1");
    // The team takes it up again.
    driver
        .press("Esc Esc g s t > 2 [")
        .expect("WEB-1 ─ Return a parcel ─ round 2");
    driver
        .expect("▌ WEB-1  Return a parcel")
        .expect("↺1")
        .expect("▌ · 2  The refund date is shown")
        .expect("failed in round 1 ▸")
        .expect("round 1: \"shows 1 Jan 1970\"");
    driver.press("y").expect("▌ · 3");
    // What is left has no verdict yet; it is where the review goes on.
    driver.press("] [").expect("▌ · 1");
}

#[test]
fn the_definition_of_done_is_ticked_line_by_line() {
    let mut world = with_done(&["help page", "released to staging"]);
    delivered(&mut world, "Return a parcel", &["It works"]);
    let mut driver = open(&world);
    driver
        .expect("Definition of done   [ ] help page")
        .expect("0 of 1 met · 2 done lines left");
    driver
        .press("space")
        .expect("A criterion gets a verdict: y met, n not met, c cannot tell.");
    driver.press("y").expect("▌ [ ] help page");
    driver.press("c").expect("ticked or not");
    driver.press("space").expect("▌ [x] help page");
    driver
        .press("space space j")
        .expect("▌ [ ] released to staging");
    driver
        .expect("Definition of done   [x] help page")
        .expect("1 done line left");
    driver
        .press("a")
        .expect("WEB-1: 1 of 1 met, 1 done line left. Accept all the same");
    driver
        .press("Esc y")
        .expect("▌ a accept   r")
        .expect("ready to accept");
    driver.press("a");
    assert_eq!(driver.story("WEB-1").status, Status::Accepted);
}

#[test]
fn undo_goes_back_to_the_verdict_it_takes_back() {
    let mut driver = parcel();
    driver.press("y y").expect("▌ · 3");
    driver.press("u").expect("▌ · 2");
    assert_eq!(verdicts(&driver, "WEB-1"), [Some(Verdict::Met), None, None]);
    driver.press("U").expect("▌ ✓ 2");
}

#[test]
fn an_acceptance_taken_back_is_selected_again() {
    let mut driver = three();
    driver.press("] y a").expect("WEB-3 ─ Three ─ round 1");
    driver
        .press("u")
        .expect("▌ WEB-2  Two")
        .expect("WEB-2 ─ Two ─ round 1");
    assert_eq!(driver.story("WEB-2").status, Status::Delivered);
    driver.expect("1 of 1 met · ready to accept").press("a");
    assert_eq!(driver.story("WEB-2").status, Status::Accepted);
}

#[test]
fn the_keys_walk_between_stories_queue_sheet_and_backlog() {
    let mut driver = three();
    driver
        .press("]")
        .expect("WEB-2 ─ Two")
        .expect("story 2 of 3");
    driver.press("[ Esc j G").expect("▌ WEB-3  Three");
    driver.press("k Enter j").expect("▌ a accept with a waiver");
    driver.press("Tab g").expect("▌ WEB-1  One");
    driver.press("Tab Esc Esc").expect("Backlog ─ 3 stories");
}

#[test]
fn a_verdict_given_in_the_queue_counts_on_the_sheet() {
    let mut driver = three();
    driver.press("Esc j y");
    assert_eq!(verdicts(&driver, "WEB-2"), [Some(Verdict::Met)]);
    driver
        .press("a")
        .expect("WEB-2 is accepted.")
        .expect("WEB-3 ─ Three");
}

#[test]
fn the_neighbour_takes_over_when_a_story_leaves() {
    let mut driver = three();
    driver.press("G ] ] y a").expect("▌ WEB-2  Two");
    driver
        .press("[ y a")
        .expect("▌ WEB-2  Two")
        .expect("story 1 of 1");
}

#[test]
fn a_story_that_another_program_takes_away_takes_its_sheet_along() {
    let mut driver = three();
    let mut story = Story::clone(driver.story("WEB-1"));
    story.status = Status::Started;
    let id = story.id;
    driver.input(Input::Changed {
        stories: vec![(id, Some(story.into()))],
        product: None,
    });
    driver
        .expect("WEB-2 ─ Two")
        .expect("Review ─ 2 waiting")
        .press("y");
    assert_eq!(verdicts(&driver, "WEB-2"), [Some(Verdict::Met)]);
}

#[test]
fn a_review_left_half_done_goes_on_where_it_stopped() {
    let mut driver = parcel();
    driver.press("y c 1 2").expect("▌ · 3").expect("1 of 3 met");
    let mut again = Driver::on(driver.backlog());
    again.press("2").expect("▌ · 3").expect("cannot tell");
}

#[test]
fn what_cannot_be_done_says_why_in_the_palette_too() {
    let mut driver = parcel();
    driver.press("G :").write("criterion is met");
    driver.expect("There is nothing to judge");
}

#[test]
fn accepting_from_the_backlog_goes_to_the_sheet_of_that_story() {
    let mut driver = three();
    driver.press("1 G s c").expect("WEB-3 ─ Three ─ round 1");
    driver.expect("▌ WEB-3  Three").expect("story 3 of 3");
}

#[test]
fn several_marked_stories_are_judged_one_by_one_and_that_is_said() {
    let mut driver = three();
    driver.press("1 g space j space s c");
    driver.expect("A review judges one story at a time; marked are WEB-1, WEB-3.");
    driver.expect("WEB-1 ─ One ─ round 1");
}

#[test]
fn what_was_to_follow_a_refused_answer_does_not_follow() {
    let mut driver = parcel();
    driver.press("v").write("no label comes").press("Enter");
    driver.expect("What is the verdict on criterion 1?");
    let mut story = driver.story("WEB-1").clone();
    story.status = Status::Rejected;
    driver.input(Input::Changed {
        stories: vec![(story.id, Some(story.into()))],
        product: None,
    });
    driver
        .press("n")
        .expect("no label comes")
        .expect("WEB-1 is rejected, not delivered.");
    driver.press("Esc").expect_no("what is missing?");
}
