//! An owner's whole day by keys: from somebody's list of wishes to accepted stories, and all the way back.

mod binary;
mod month;

use backstory::exchange::{self, Format};
use backstory::model::{Backlog, Outcome, Status};

use crate::support::driver::{Driver, now};
use crate::support::world::World;

/// What somebody has written down.
const WISHES: &str = "\
As a reader, I want to find a book by its title, so that I need not ask.
As a reader, I want to reserve a book that is lent, so that I get it next.
As a reader, I want to see when my books are due so that I pay no fine.
As a reader, I want to extend a loan from home.
As a librarian, I want to lend a book by scanning it, so that the queue is short.
As a librarian, I want to see who is late, so that I can remind them.
As a librarian, I want to take a book out of the shelf list when it is worn.
As a parent, I want to see what my child has borrowed, so that I find it at home.
As a teacher, I want to borrow a class set for a term, so that everybody reads the same.
As a newcomer, I want to get a card without a form, so that I can start today.
As a reader, I want to be told when a new book of an author arrives.
As a librarian, I want to print the labels of a shelf.
As a visitor, I want to see the opening hours first.
As a librarian, I want to count the loans of a month, so that the town knows what it pays for.
As a reader, I want to give back a book at night, so that I need not hurry.
";

/// The wishes, imported.
fn library() -> Backlog {
    let mut world = World::empty();
    let imported = exchange::read(Format::Text, WISHES.as_bytes()).unwrap();
    let mut number = 0;
    let plan = exchange::plan(imported, &world.backlog, now(), &mut || {
        number += 1;
        backstory::model::StoryId::new(uuid::Uuid::from_u128((7 << 76) | number))
    });
    for change in &plan.changes {
        world.apply(change);
    }
    world.backlog
}

/// Everything there is, as it would be written.
fn state(driver: &Driver) -> Vec<String> {
    let backlog = driver.backlog();
    let mut files: Vec<String> = backlog
        .stories()
        .map(|story| serde_json::to_string(story.as_ref()).unwrap())
        .collect();
    files.sort();
    files.push(driver.order());
    files
}

/// Puts the list in order: search, a new story, estimates, marks, moves, places and labels.
fn groom(driver: &mut Driver) {
    driver.expect("Backlog ─ 15 stories");
    driver.press("/").write("librarian").press("Enter");
    driver.expect("5 of 15").press("Esc").expect_no("5 of 15");
    driver.press("G n");
    driver
        .write("As a reader, I want to read the first pages, so that I know whether it is for me");
    driver.press("Enter").expect("WEB-16");
    assert_eq!(driver.story("WEB-16").persona.as_str(), "reader");
    driver.press("t g . 3 5 8").write(".13").press("Enter Esc");
    driver.expect("29 points");
    driver.press("g j space space b").press("-");
    assert!(driver.order().starts_with("WEB-16 WEB-3 "));
    assert!(driver.order().ends_with(" WEB-15 WEB-1 WEB-2"));
    driver.press("g m").write("3").press("Enter");
    assert!(driver.order().starts_with("WEB-3 WEB-4 WEB-16 "));
    driver.press("m").write("above WEB-3").press("Enter");
    assert!(driver.order().starts_with("WEB-16 WEB-3 "));
    driver.press("l").write("reading, spring").press("Enter");
    driver.press("/").write("label:spring").press("Enter");
    driver.expect("1 of 16").press("Esc");
}

/// Makes WEB-16 ready: refused twice, until its criterion and its answer are there.
fn agree(driver: &mut Driver) {
    driver.press("g >");
    driver.expect("WEB-16 has no acceptance criterion. Add one first (e).");
    driver.press("e Ctrl+N").write("The first ten pages open");
    driver
        .press("Enter")
        .write("Nobody needs a card for it")
        .press("Enter Enter");
    driver.write("Does the publisher agree?").press("Esc >");
    driver.expect("WEB-16 has an unanswered question. Answer it first (e).");
    driver
        .press("e Tab Tab Tab Tab Tab Tab Tab Enter")
        .write("Yes, for ten pages.");
    driver.press("Esc >");
    assert_eq!(
        driver.story("WEB-16").status,
        Status::Ready,
        "{}",
        driver.screen()
    );
    assert_eq!(
        driver.story("WEB-16").questions[0].answer.as_str(),
        "Yes, for ten pages."
    );
    assert!(driver.story("WEB-16").agreed.is_some());
}

/// Takes WEB-16 through two rounds: rejected, delivered again, accepted with a waiver.
fn review(driver: &mut Driver) {
    driver.press("> >");
    assert_eq!(driver.story("WEB-16").status, Status::Delivered);
    driver.expect("2 Review 1");
    driver
        .press("2 y n")
        .write("it asks for the card")
        .press("Enter");
    driver.press("r Enter").expect("WEB-16 is rejected");
    driver
        .expect("Review ─ 0 waiting")
        .press("1 g")
        .expect("rejected");
    driver.press("> >");
    assert_eq!(driver.story("WEB-16").status, Status::Delivered);
    driver.press("2").expect("round 2").press("g y c a");
    driver.expect("Accept all the same because");
    driver
        .write("the card comes with the next release")
        .press("Enter");
    driver.expect("WEB-16 is accepted.").press("1");
    let story = driver.story("WEB-16");
    assert_eq!(story.status, Status::Accepted);
    let outcomes: Vec<Option<Outcome>> = story.reviews.iter().map(|round| round.outcome).collect();
    assert_eq!(outcomes, [Some(Outcome::Rejected), Some(Outcome::Accepted)]);
    assert!(story.reviews[1].is_waived());
    assert!(!driver.order().contains("WEB-16"));
}

/// Drops a story, and takes an accepted one back.
fn tidy_up(driver: &mut Driver) {
    driver.press("G x").expect("Why drop WEB-2?");
    driver
        .press("Enter")
        .expect("A reason needs words. Type why.");
    driver.write("the desk does that").press("Enter");
    assert!(!driver.order().contains("WEB-2 "));
    driver.press("/").write("status:any").press("Enter");
    driver.expect("dropped").expect("accepted");
    driver
        .press("/")
        .write("status:accepted")
        .press("Enter")
        .press("g e");
    driver
        .expect("WEB-16")
        .expect("Reopen it first to change it (s).");
    driver
        .press("s o")
        .write("the publisher has changed their mind");
    driver.press("Enter Esc");
    assert_eq!(driver.story("WEB-16").status, Status::Delivered);
}

fn whole_day() -> Driver {
    let mut driver = Driver::on(&library());
    groom(&mut driver);
    driver.later(60 * 60);
    agree(&mut driver);
    driver.later(60 * 60);
    review(&mut driver);
    tidy_up(&mut driver);
    driver
}

#[test]
fn a_day_is_undone_to_its_start_and_redone_to_its_end() {
    let start = state(&Driver::on(&library()));
    let mut driver = whole_day();
    let end = state(&driver);
    let acts = driver.acts.len();
    assert!(acts > 20, "{:?}", driver.saved);
    for _ in 0..acts {
        driver.press("u").expect_no("Nothing to undo");
    }
    assert_eq!(state(&driver), start);
    driver.press("u").expect("There is nothing to undo");
    for _ in 0..acts {
        driver.press("U").expect_no("nothing to redo");
    }
    assert_eq!(state(&driver), end);
    driver.press("U").expect("There is nothing to redo");
}

#[test]
fn tomorrow_everything_is_where_it_was() {
    let driver = whole_day();
    let mut tomorrow = driver.tomorrow();
    assert_eq!(state(&tomorrow), state(&driver));
    // The screen is the same but for yesterday's news and a date that has passed.
    let rows = |driver: &Driver| {
        let screen = driver.screen();
        let lines: Vec<String> = screen.lines().map(str::to_owned).collect();
        lines[..lines.len() - 1].to_vec()
    };
    let mut today = driver;
    today.press("Esc");
    assert_eq!(rows(&tomorrow), rows(&today));
    // And yesterday can still be undone, all of it.
    let acts = tomorrow.acts.len();
    for _ in 0..acts {
        tomorrow.press("u");
    }
    assert_eq!(state(&tomorrow), state(&Driver::on(&library())));
}
