//! Problems and outcomes on their way out and in.

use jiff::civil::date;

use super::*;
use crate::exchange::{To, export};
use crate::model::{
    Change, Draft, Edit, Learning, Line, NewProblem, NewStory, OutcomeId, Place, ProblemEdit,
    ProblemId, ProductOutcome, Promise, Prose, Title, Weight,
};

fn id(number: u128) -> Uuid {
    Uuid::from_u128(number)
}

fn problem() -> ProblemId {
    ProblemId::new(id(7))
}

fn title(text: &str) -> Title {
    Title::parse(text).unwrap()
}

fn heard(text: &str) -> Change {
    let edit = ProblemEdit::Evidence {
        date: date(2026, 11, 1),
        kind: Line::parse("interview"),
        source: Line::parse("Mia"),
        text: Prose::parse(text),
        weight: Weight::clamped(2),
    };
    Change::EditProblem {
        problem: problem(),
        edit: Box::new(edit),
    }
}

/// A backlog with an outcome, a problem that serves it, and an accepted story that kept its promise.
fn shop() -> Backlog {
    let mut backlog = empty();
    let outcome = ProductOutcome::titled(OutcomeId::new(id(5)), title("More finish"));
    let mut product = Product::clone(backlog.product());
    product.outcomes.push(outcome.clone());
    let story = StoryId::new(id(9));
    let mut draft = Draft::titled(title("Pay"));
    draft.problem = Some(problem());
    draft.status = crate::model::Status::Accepted;
    let changes = [
        Change::Settings(Box::new(product)),
        Change::AddProblem(Box::new(NewProblem {
            id: problem(),
            title: title("Checkout is too long"),
            who: Line::parse("guest"),
            outcome: Some(outcome.id),
        })),
        heard("Gave up"),
        Change::Add(Box::new(NewStory {
            id: story,
            draft,
            place: Place::Bottom,
        })),
        Change::Learn {
            story,
            learning: Learning::Result {
                result: Promise::Kept,
                note: None,
                number: None,
            },
        },
    ];
    backlog.apply_all(&changes, &stamp()).unwrap();
    backlog
}

fn whole(backlog: &Backlog) -> String {
    export(&stories(backlog), backlog, To::Json)
}

#[test]
fn a_whole_product_carries_its_thread_and_comes_again_without_a_change() {
    let shop = shop();
    let text = whole(&shop);
    let mut other = empty();
    let plan = import(&mut other, Format::Json, text.as_bytes());
    assert_eq!(plan.notes.last().unwrap(), "Problems: 1 new, 0 updated.");
    assert_eq!(whole(&other), text);
    assert_eq!(other.problems(), shop.problems());
    let again = import(&mut other, Format::Json, text.as_bytes());
    assert_eq!((again.changes, again.notes), (vec![], vec![]));
}

#[test]
fn some_stories_of_a_product_leave_its_problems_at_home() {
    let mut shop = shop();
    let draft = Draft::titled(title("Return"));
    let new = NewStory {
        id: StoryId::new(id(10)),
        draft,
        place: Place::Top,
    };
    shop.apply(&Change::Add(Box::new(new)), &stamp()).unwrap();
    let one = stories(&shop)[..1].to_vec();
    assert!(!export(&one, &shop, To::Json).contains("\"problems\""));
}

#[test]
fn a_problem_is_brought_up_to_a_newer_file_and_keeps_what_was_heard_here() {
    let mut here = shop();
    let mut there = here.clone();
    here.apply(&heard("Here"), &stamp()).unwrap();
    let later = Stamp::new("2026-11-21T09:00:00Z".parse().unwrap(), "Ben");
    there.apply(&heard("There"), &later).unwrap();
    let who = Change::EditProblem {
        problem: problem(),
        edit: Box::new(ProblemEdit::Who(Line::parse("everybody"))),
    };
    there.apply(&who, &later).unwrap();
    let plan = import(&mut here, Format::Json, whole(&there).as_bytes());
    assert_eq!(plan.notes, ["Problems: 0 new, 1 updated."]);
    let known = here.problem(problem()).unwrap();
    let texts: Vec<&str> = known.evidence.iter().map(|e| e.text.as_str()).collect();
    assert_eq!(texts, ["Gave up", "Here", "There"]);
    assert_eq!(known.who.as_str(), "everybody");
    // The other way round the file is older.
    let old = whole(&shop());
    let plan = import(&mut here, Format::Json, old.as_bytes());
    assert!(plan.changes.is_empty());
    assert!(plan.notes[0].contains("stays as it is"), "{:?}", plan.notes);
}

#[test]
fn a_product_with_settings_of_its_own_takes_the_outcomes_of_the_problems() {
    let mut other = from_csv("title\nMine\n");
    let plan = import(&mut other, Format::Json, whole(&shop()).as_bytes());
    assert!(
        plan.notes
            .contains(&"The outcomes that the file's problems serve came along.".to_owned())
    );
    let outcome = other.problem(problem()).unwrap().outcome.unwrap();
    assert!(other.product().outcome(outcome).is_some());
    assert_eq!(other.promises(outcome).kept, 1);
    let edit = Edit::Problem(Some(problem()));
    let story = stories(&other)[0].id;
    other
        .apply(&Change::Edit { story, edit }, &stamp())
        .unwrap();
}

#[test]
fn a_broken_problem_is_one_broken_problem() {
    let text = whole(&shop());
    let broken = text.replace("\"Checkout is too long\"", "\" \"");
    let imported = read(Format::Json, broken.as_bytes()).unwrap();
    assert_eq!((imported.records.len(), imported.problems.len()), (1, 0));
    let reason = &imported.skipped[0].reason;
    assert!(
        reason.starts_with("The problem 00000000-0000-0000-0000-000000000007 cannot be read: "),
        "{reason}"
    );
    assert!(imported.skipped[0].line > 10, "{:?}", imported.skipped);
    let newer = text.replacen(
        "\"problems\": [\n    {\n      \"format\": 1",
        "\"problems\": [\n    {\n      \"format\": 2",
        1,
    );
    assert!(newer != text);
    let imported = read(Format::Json, newer.as_bytes()).unwrap();
    assert_eq!(imported.skipped.len(), 1);
}

#[test]
fn a_faulty_problem_is_named_with_the_evidence_that_is_at_fault() {
    let text = whole(&shop());
    let faulty = text.replace("\"date\": \"2026-11-01\"", "\"date\": \"yesterday\"");
    let imported = read(Format::Json, faulty.as_bytes()).unwrap();
    let reason = &imported.skipped[0].reason;
    let names = "The problem \u{201c}Checkout is too long\u{201d}, evidence 1, cannot be read: ";
    assert!(reason.starts_with(names), "{reason}");
    assert!(!reason.ends_with(".."), "{reason}");
    let heavy = text.replace("\"weight\": 2", "\"weight\": 7");
    let imported = read(Format::Json, heavy.as_bytes()).unwrap();
    let reason = &imported.skipped[0].reason;
    assert!(reason.ends_with("Use a number from 0 to 3."), "{reason}");
}

#[test]
fn evidence_of_another_program_needs_no_moment_of_writing_and_no_writer() {
    let text = whole(&shop());
    let mut document: serde_json::Value = serde_json::from_str(&text).unwrap();
    let entry = document["problems"][0]["evidence"][0]
        .as_object_mut()
        .unwrap();
    entry.shift_remove("at").unwrap();
    entry.shift_remove("by").unwrap();
    let imported = read(Format::Json, document.to_string().as_bytes()).unwrap();
    assert_eq!(imported.skipped, []);
    let entry = &imported.problems[0].evidence[0];
    assert_eq!(entry.at, "2026-11-01T00:00:00Z".parse().unwrap());
    assert_eq!(entry.by, Line::default());
}
