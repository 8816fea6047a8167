//! A file of the same product: what happened in the copy since is taken over, and nothing that happened here is undone.

use super::*;
use crate::exchange::{To, export};
use crate::model::{
    Change, Edit, Learning, Line, Place, Promise, Prose, Question, Reason, Status, Step, Title,
    Verdict,
};

/// A story that was delivered, with two criteria.
fn delivered() -> Backlog {
    let mut backlog = from_csv("Title,Criteria\nPay,\"1. one\n2. two\"\nShip,\n");
    let story = first(&backlog).id;
    let steps = [Step::Agree, Step::Start, Step::Deliver];
    let steps = steps.map(|step| Change::Step {
        story,
        step,
        reason: None,
    });
    backlog.apply_all(&steps, &stamp()).unwrap();
    backlog
}

fn first(backlog: &Backlog) -> &Story {
    backlog.find("1").unwrap()
}

/// Makes changes to the first story at a minute past nine.
fn at(backlog: &mut Backlog, minute: u8, by: &str, changes: &[fn(StoryId) -> Change]) {
    let at = format!("2026-11-20T10:{minute:02}:00Z").parse().unwrap();
    let story = first(backlog).id;
    let changes: Vec<Change> = changes.iter().map(|change| change(story)).collect();
    backlog.apply_all(&changes, &Stamp::new(at, by)).unwrap();
}

fn judge(story: StoryId, criterion: &str, verdict: Verdict) -> Change {
    Change::Judge {
        story,
        criterion: criterion.to_owned(),
        verdict: Some(verdict),
    }
}

fn met(story: StoryId) -> Change {
    judge(story, "c1", Verdict::Met)
}

fn not_met(story: StoryId) -> Change {
    judge(story, "c2", Verdict::NotMet)
}

fn words(story: StoryId) -> Change {
    Change::NoteVerdict {
        story,
        criterion: "c2".to_owned(),
        note: Some(Prose::parse("slow")),
        evidence: Some(Prose::parse("3 seconds")),
    }
}

fn reject(story: StoryId) -> Change {
    Change::Reject {
        story,
        reason: None,
    }
}

fn accept(story: StoryId) -> Change {
    Change::Accept {
        story,
        reason: Some(Reason::parse("Good enough.").unwrap()),
    }
}

fn kept(story: StoryId) -> Change {
    Change::Learn {
        story,
        learning: Learning::Result {
            result: Promise::Kept,
            note: Some(Prose::parse("great")),
            number: None,
        },
    }
}

fn comment(story: StoryId) -> Change {
    Change::Comment {
        story,
        text: Prose::parse("Hm."),
    }
}

fn retitle(story: StoryId) -> Change {
    Change::Edit {
        story,
        edit: Edit::Title(Title::parse("Pay now").unwrap()),
    }
}

fn whole(backlog: &Backlog) -> String {
    export(&stories(backlog), backlog, To::Json)
}

/// Imports everything that one backlog holds into another.
fn bring(from: &Backlog, into: &mut Backlog) -> Plan {
    import(into, Format::Json, whole(from).as_bytes())
}

/// The stories as they are, apart from where they stand.
#[track_caller]
fn assert_same_stories(a: &Backlog, b: &Backlog) {
    assert_eq!(stories(a), stories(b));
}

#[test]
fn words_to_a_verdict_come_along() {
    let mut here = delivered();
    at(&mut here, 1, "Ana", &[not_met]);
    let mut there = here.clone();
    at(&mut there, 2, "Ben", &[words]);
    let plan = bring(&there, &mut here);
    assert_eq!((counts(&plan), plan.notes.len()), ([0, 1, 1, 0], 0));
    assert_same_stories(&here, &there);
    let again = bring(&there, &mut here);
    assert_eq!((again.changes, again.notes), (vec![], vec![]));
}

#[test]
fn ended_rounds_come_along_with_the_status_and_that_is_told() {
    let mut here = delivered();
    at(&mut here, 1, "Ana", &[met]);
    let mut there = here.clone();
    at(&mut there, 2, "Ben", &[not_met, words, reject, comment]);
    let before = here.clone();
    let plan = bring(&there, &mut here);
    assert_eq!(plan.notes, ["Now rejected, as in the file: WEB-1."]);
    assert_same_stories(&here, &there);
    assert_eq!(bring(&there, &mut here).changes, []);
    // The older state, imported into the newer one, undoes nothing and says so.
    let plan = bring(&before, &mut here);
    assert_eq!(plan.changes, []);
    assert_eq!(
        plan.notes,
        ["WEB-1 stays rejected; the file says delivered."]
    );
}

#[test]
fn a_story_goes_on_through_several_rounds_at_once() {
    let mut here = delivered();
    let mut there = here.clone();
    at(&mut there, 1, "Ben", &[not_met, words, reject]);
    at(&mut there, 2, "Ben", &[retitle]);
    for step in [Step::Restart, Step::Deliver] {
        let story = first(&there).id;
        let change = Change::Step {
            story,
            step,
            reason: None,
        };
        let later = Stamp::new("2026-11-20T10:03:00Z".parse().unwrap(), "Ben");
        there.apply(&change, &later).unwrap();
    }
    at(&mut there, 4, "Ben", &[accept, kept]);
    bring(&there, &mut here);
    assert_same_stories(&here, &there);
    assert_eq!(first(&here).reviews.len(), 2);
}

#[test]
fn a_benefit_that_was_checked_in_the_copy_is_known_here_though_the_story_is_read_only() {
    let mut here = delivered();
    at(&mut here, 1, "Ana", &[accept]);
    let mut there = here.clone();
    at(&mut there, 2, "Ben", &[kept, comment]);
    let plan = bring(&there, &mut here);
    assert_eq!((counts(&plan), plan.notes.len()), ([0, 1, 1, 0], 0));
    assert_same_stories(&here, &there);
    // A result does not give way to a file without one.
    let mut planned = there.clone();
    let open_again: fn(StoryId) -> Change = |story| Change::Learn {
        story,
        learning: Learning::Plan {
            when: None,
            how: Some(Prose::parse("Ask")),
        },
    };
    at(&mut planned, 3, "Ben", &[open_again]);
    let plan = bring(&planned, &mut here);
    assert_eq!(
        plan.notes,
        ["WEB-1 keeps its benefit check; the file has another."]
    );
    assert_same_stories(&here, &there);
}

#[test]
fn both_sides_ended_the_round_and_each_keeps_its_own() {
    let mut here = delivered();
    let mut there = here.clone();
    at(&mut here, 1, "Ana", &[accept]);
    at(&mut there, 2, "Ben", &[not_met, words, reject, comment]);
    let plan = bring(&there, &mut here);
    assert_eq!(
        plan.notes,
        [
            "WEB-1 stays accepted; the file says rejected.",
            "WEB-1 keeps its round 1; the file tells it differently."
        ]
    );
    let story = first(&here);
    assert_eq!((story.status, story.reviews.len()), (Status::Accepted, 1));
    assert_eq!(
        story.comments,
        first(&there).comments,
        "words are never lost"
    );
}

#[test]
fn an_open_round_on_both_sides_is_one_round() {
    let mut here = delivered();
    let mut there = here.clone();
    at(&mut here, 1, "Ana", &[met]);
    at(&mut there, 2, "Ben", &[not_met, words]);
    let plan = bring(&there, &mut here);
    assert_eq!(
        plan.notes,
        ["WEB-1 keeps verdicts of its open round that the file does not have."]
    );
    let [round] = first(&here).reviews.as_slice() else {
        panic!("one round");
    };
    let verdicts: Vec<&str> = round.verdicts.iter().map(|j| j.verdict.words()).collect();
    assert_eq!(verdicts, ["met", "not met"]);
    assert_eq!(bring(&there, &mut here).changes, []);
    // A verdict that was changed here since stays.
    let change_of_mind: fn(StoryId) -> Change = |story| judge(story, "c2", Verdict::Met);
    at(&mut here, 3, "Ana", &[change_of_mind]);
    let plan = bring(&there, &mut here);
    assert_eq!(plan.changes, []);
    assert_eq!(
        plan.notes,
        ["WEB-1 has other verdicts here since the file was written; they stay."]
    );
}

#[test]
fn a_round_that_the_file_ended_waits_for_verdicts_given_here_since() {
    let mut here = delivered();
    let mut there = here.clone();
    at(&mut there, 1, "Ben", &[not_met, words, reject]);
    at(&mut here, 2, "Ana", &[met]);
    let plan = bring(&there, &mut here);
    assert_eq!(plan.changes, []);
    assert_eq!(
        plan.notes,
        [
            "WEB-1 stays delivered; the file says rejected.",
            "WEB-1 keeps its own rounds; the file's round 1 does not follow from them."
        ]
    );
    // Given before the file's, they give way, and that is told.
    let mut here = delivered();
    at(&mut here, 0, "Ana", &[met]);
    let plan = bring(&there, &mut here);
    assert_eq!(
        plan.notes,
        [
            "WEB-1 has round 1 as the file tells it; verdicts given here in that round gave way.",
            "Now rejected, as in the file: WEB-1."
        ]
    );
    assert_same_stories(&here, &there);
}

#[test]
fn what_was_said_in_an_older_file_comes_along_and_what_was_written_here_since_stays() {
    let mut here = delivered();
    let mut there = here.clone();
    at(&mut there, 1, "Ben", &[comment]);
    at(&mut here, 2, "Ana", &[retitle]);
    let plan = bring(&there, &mut here);
    assert_eq!(
        plan.notes,
        ["WEB-1 has changed here since the file was written and stays as it is."]
    );
    let story = first(&here);
    assert_eq!((story.title.as_str(), story.comments.len()), ("Pay now", 1));
}

#[test]
fn another_order_is_told_and_left() {
    let mut here = delivered();
    let mut there = here.clone();
    let up = Change::Move {
        stories: vec![first(&there).id],
        to: Place::Bottom,
    };
    there.apply(&up, &stamp()).unwrap();
    let plan = bring(&there, &mut here);
    assert_eq!(plan.changes, []);
    assert_eq!(
        plan.notes,
        ["The order stays as it is here; the file has another."]
    );
}

#[test]
fn a_blocker_that_fell_away_before_the_acceptance_falls_away_here() {
    let mut here = delivered();
    let other = here.find("2").unwrap().id;
    let story = first(&here).id;
    let blocked = |by: &[StoryId]| Change::Edit {
        story,
        edit: Edit::BlockedBy(by.to_vec()),
    };
    here.apply(&blocked(&[other]), &stamp()).unwrap();
    let mut there = here.clone();
    let later = Stamp::new("2026-11-20T10:00:00Z".parse().unwrap(), "Ben");
    there.apply(&blocked(&[]), &later).unwrap();
    at(&mut there, 1, "Ben", &[accept]);
    bring(&there, &mut here);
    assert_same_stories(&here, &there);
}

#[test]
fn a_problem_that_is_not_here_is_not_pointed_to() {
    let mut here = delivered();
    let json = whole(&here);
    let id = first(&here).id;
    let story = format!("\"title\": \"Pay\",\n      \"problem\": \"{id}\"");
    let changed = json.replace("\"title\": \"Pay\"", &story);
    let plan = import(&mut here, Format::Json, changed.as_bytes());
    assert_eq!(
        plan.notes,
        ["WEB-1 keeps its problem; the file's is not here."]
    );
    assert_eq!((plan.changes.len(), first(&here).problem), (0, None));
}

#[test]
fn a_source_stands_for_one_story_of_a_file() {
    let here = from_csv("Key,Title\nA-1,Pay\n");
    let json = whole(&here);
    let own = first(&here).id.to_string();
    let twin = |title: &str, id: &str| {
        let (_, rest) = json.split_once("\"stories\": [").unwrap();
        let (story, _) = rest.rsplit_once(']').unwrap();
        story.replace(&own, id).replace("Pay", title)
    };
    let twin = [
        twin("Pay twice", "019ab3c4-7c3e-7d5a-9b1e-2f6c1d0a8e4b"),
        twin("Pay thrice", "019ab3c4-7c3e-7d5a-9b1e-2f6c1d0a8e4c"),
    ];
    // Beside the story itself they are others.
    let all = json.replace(
        "\"stories\": [",
        &format!("\"stories\": [{},", twin.join(",")),
    );
    let plan = import(&mut here.clone(), Format::Json, all.as_bytes());
    assert_eq!(counts(&plan), [2, 0, 1, 0]);
    // Alone, the first of them is that story, as another product has it.
    let head = json.split_once("\"stories\": [").unwrap().0;
    let alone = format!("{head}\"stories\": [{}]}}", twin.join(","));
    let plan = import(&mut here.clone(), Format::Json, alone.as_bytes());
    assert_eq!(counts(&plan), [0, 1, 0, 1]);
    assert_eq!(
        plan.skipped[0].reason,
        "It comes from the same place as another story of the file, WEB-1 here."
    );
}

#[test]
fn ticks_and_settled_findings_come_along_too() {
    let mut here = delivered();
    let mut there = here.clone();
    let settle: fn(StoryId) -> Change = |story| Change::Edit {
        story,
        edit: Edit::Settle {
            rule: Line::parse("no-benefit"),
            settled: true,
        },
    };
    let ask: fn(StoryId) -> Change = |story| Change::Edit {
        story,
        edit: Edit::Questions(vec![Question::new("Which cards?")]),
    };
    at(&mut there, 1, "Ben", &[settle, ask]);
    assert_eq!(bring(&there, &mut here).notes, [""; 0]);
    assert_same_stories(&here, &there);
}
