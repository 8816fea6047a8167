//! A month with one problem: three voices, two stories that might solve it, one of them built, sent back, delivered
//! again, accepted, and a month later looked at again. The time is passed in.

use std::path::PathBuf;

use backstory::exchange::{self, Format};
use backstory::model::{Backlog, Outcome, Promise, Status, StoryId};
use uuid::Uuid;

use super::state;
use crate::support::driver::{Driver, ids, now};
use crate::support::world::World;

const DAY: i64 = 24 * 60 * 60;

/// A product of somebody's, made from a list of stories.
fn imported(text: &[u8]) -> Backlog {
    let mut world = World::empty();
    let read = exchange::read(Format::Text, text).unwrap();
    let mut number = 0;
    let plan = exchange::plan(read, &world.backlog, now(), &mut || {
        number += 1;
        StoryId::new(Uuid::from_u128((7 << 76) | (1 << 48) | number))
    });
    for change in &plan.changes {
        world.apply(change);
    }
    world.backlog
}

/// The keys of the last two stories that were written.
fn last_two(driver: &Driver) -> (String, String) {
    let mut stories: Vec<_> = driver.backlog().stories().collect();
    stories.sort_by_key(|story| story.number);
    let key = |back: usize| driver.backlog().key(stories[stories.len() - back]);
    (key(2), key(1))
}

/// Writes an outcome, a problem that stands in its way, what three people said, and two stories that might solve it.
fn discover(driver: &mut Driver) -> (String, String) {
    driver
        .press("3 N")
        .write("Fewer people give up in the middle");
    driver
        .press("Enter m")
        .write("people who finish")
        .press("Enter");
    driver.press("o").write("70 %").press("Enter Esc");
    driver.expect("Measure    people who finish");
    driver.press("n").write("Nobody finds the way back");
    driver.press("Enter").expect("no voice yet");
    for line in [
        "interview Mia: went back to the start each time !3",
        "ticket 4711: lost all that was typed !2",
        "2026-11-02 observation Jonas: gave up at the third page !2",
    ] {
        driver.press("v").write(line).press("Enter");
    }
    driver
        .expect("Impact     7 from 3 pieces of evidence")
        .expect("3 voices");
    driver.press("s v Enter").expect("validated");
    driver
        .press("a")
        .write("As a visitor, I want to go one page back, so that I need not start anew")
        .press("Enter a")
        .write("Keep what was typed for a day")
        .press("Enter")
        .expect("0 of 2");
    last_two(driver)
}

/// Agrees on the first of the two stories and has it delivered.
fn build(driver: &mut Driver, key: &str) {
    driver
        .press("1 /")
        .write(&format!("key:{key}"))
        .press("Enter g");
    driver
        .expect("Outcome    Fewer people give up")
        .expect("Problem    Nobody finds the way back");
    driver
        .press("e Ctrl+N")
        .write("One key leads to the page before");
    driver
        .press("Enter")
        .write("What was typed there is still there");
    driver.press("Esc .").write("3").press("Esc > > >");
    assert_eq!(
        driver.story(key).status,
        Status::Delivered,
        "{}",
        driver.screen()
    );
}

/// Rejects it, has it delivered again and accepts it; it is to be looked at again in a month.
fn review(driver: &mut Driver, key: &str) {
    driver.press("Esc 2");
    select(driver, key);
    driver
        .press("y n")
        .write("the second field is empty")
        .press("Enter");
    driver
        .press("r Enter")
        .expect("is rejected and goes back to the team");
    driver.later(5 * DAY);
    driver
        .press("1 /")
        .write(&format!("key:{key}"))
        .press("Enter g > >");
    driver.press("Esc 2");
    select(driver, key);
    driver
        .expect("round 2")
        .expect("failed in round 1")
        .expect("\"the second field is empty\"");
    // It begins at what failed, and what stands above gets its turn.
    driver.press("y y");
    let lines = driver.story(key).open_round().unwrap().done.len();
    for _ in 0..lines {
        driver.press("space j");
    }
    driver
        .expect("ready to accept")
        .press("A")
        .write("on staging");
    driver.press("Enter").expect("how will we know, and when?");
    driver.write("2026-12-25 people who finish").press("Enter");
    let story = driver.story(key);
    let ends: Vec<_> = story.reviews.iter().map(|round| round.outcome).collect();
    assert_eq!(ends, [Some(Outcome::Rejected), Some(Outcome::Accepted)]);
    assert_eq!(
        story.reviews[1].note.as_ref().unwrap().as_str(),
        "on staging"
    );
    assert_eq!(
        story.check.as_deref().unwrap().how.as_str(),
        "people who finish"
    );
}

/// Goes to a story in the queue.
fn select(driver: &mut Driver, key: &str) {
    let waiting = driver.backlog().stories();
    let waiting = waiting
        .filter(|story| story.status == Status::Delivered)
        .count();
    for _ in 0..waiting {
        if driver.screen().contains(&format!("{key} ─ ")) {
            return;
        }
        driver.press("]");
    }
    driver.expect(&format!("{key} ─ "));
}

/// A month later: the story is in the learn queue, and kept its promise.
fn learn(driver: &mut Driver, key: &str) {
    let due = driver
        .backlog()
        .learn_queue(jiff::civil::date(2026, 12, 24))
        .len();
    driver.later(30 * DAY);
    driver.press("3").expect(&format!("{} stor", due + 1));
    driver.press("L").expect(key);
    for _ in 0..due {
        if !driver.screen().contains("people who finish") {
            driver.press("j");
        }
    }
    driver
        .expect("people who finish")
        .press("y o")
        .write("They go back and go on")
        .press("Enter v");
    driver.write("31 % fewer").press("Enter Esc");
    let check = driver.story(key).check.as_deref().unwrap();
    assert_eq!(check.result, Some(Promise::Kept));
    assert_eq!(check.number.as_str(), "31 % fewer");
    // The thread stands whole on the story's page.
    driver
        .press("1 /")
        .write(&format!("key:{key} status:any"))
        .press("Enter g Enter");
    driver
        .expect("Outcome    Fewer people give up")
        .expect("\"lost all that was typed\"")
        .press("G")
        .expect("The benefit came.");
}

/// The whole month, and back to its start.
fn month(backlog: &Backlog) {
    let mut driver = Driver::on(backlog);
    let start = (state(&driver), problems(&driver));
    let (first, second) = discover(&mut driver);
    driver.later(2 * DAY);
    build(&mut driver, &first);
    driver.later(DAY);
    review(&mut driver, &first);
    learn(&mut driver, &first);
    assert_eq!(driver.story(&second).status, Status::Idea);
    let outcome = driver.backlog().product().outcomes.last().unwrap().id;
    let promises = driver.backlog().promises(outcome);
    assert_eq!((promises.accepted, promises.kept), (1, 1));
    let end = (state(&driver), problems(&driver));
    let acts = driver.acts.len();
    for _ in 0..acts {
        driver.press("u").expect_no("nothing to undo");
    }
    assert_eq!((state(&driver), problems(&driver)), start);
    for _ in 0..acts {
        driver.press("U").expect_no("nothing to redo");
    }
    assert_eq!((state(&driver), problems(&driver)), end);
}

/// The problems as they would be written.
fn problems(driver: &Driver) -> Vec<String> {
    let problems = driver.backlog().problems().into_iter();
    problems
        .map(|problem| serde_json::to_string(problem.as_ref()).unwrap())
        .collect()
}

#[test]
fn a_problem_of_the_demo_is_followed_to_its_benefit_and_back() {
    let mut new_id = ids();
    let demo = backstory::demo::make(now(), &mut |_| {
        // What is made on the screen gets other ids.
        Uuid::from_u128(new_id().as_u128() + (1 << 48))
    });
    month(&demo.unwrap().backlog);
}

#[test]
fn a_problem_of_a_real_backlog_is_followed_to_its_benefit_and_back() {
    let Some(corpus) = std::env::var_os("BACKSTORY_CORPUS").map(PathBuf::from) else {
        return;
    };
    let text = std::fs::read(corpus.join("stories-dalpiaz/g02-federalspending.txt")).unwrap();
    let backlog = imported(&text);
    assert!(backlog.stories().count() > 50);
    month(&backlog);
}

#[test]
fn a_problem_of_a_small_backlog_is_followed_to_its_benefit_and_back() {
    month(&imported(super::WISHES.as_bytes()));
}
