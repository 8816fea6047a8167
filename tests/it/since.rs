//! Since last time: told once at the start, shown whenever it is asked for.

use std::sync::Arc;

use backstory::model::{
    Act, Backlog, Change, Edit, Learning, Line, Memory, NewStory, Place, Points, ProblemEdit,
    ProblemId, Product, Prose, Stamp, Status, Step, StoryId, Title, Weight,
};
use backstory::ui::Input;
use jiff::tz::TimeZone;

use crate::support::driver::{Driver, now};
use crate::support::world::World;

/// What somebody does seven hours later, without the journal's knowing.
fn does(world: &mut World, by: &str, change: &Change) {
    let at = "2026-11-20T16:00:00Z".parse().unwrap();
    let stamp = Stamp::new(at, by);
    world.backlog.apply(change, &stamp).unwrap();
}

fn step(world: &mut World, by: &str, key: &str, step: Step) {
    let story = world.id(key);
    let change = Change::Step {
        story,
        step,
        reason: None,
    };
    does(world, by, &change);
}

/// A bit of everything, by Ben.
pub(crate) fn meanwhile(world: &mut World) {
    step(world, "Ben", "WEB-2", Step::Deliver);
    step(world, "Ben", "WEB-6", Step::Undeliver);
    let story = world.id("WEB-3");
    let text = Prose::parse("Only for the countries we send to?");
    does(world, "Ben", &Change::Comment { story, text });
    let story = world.id("WEB-4");
    let edit = Edit::Estimate(Some(Points::whole(8)));
    does(world, "Ben", &Change::Edit { story, edit });
    let problem = problem(world, "Nobody knows when the parcel comes");
    let edit = ProblemEdit::Evidence {
        date: "2026-11-20".parse().unwrap(),
        kind: Line::parse("ticket"),
        source: Line::parse("Lia"),
        text: Prose::parse("Waited all day"),
        weight: Weight::clamped(2),
    };
    let edit = Box::new(edit);
    does(world, "Ben", &Change::EditProblem { problem, edit });
    for number in 9..=12 {
        add(world, number);
    }
}

fn add(world: &mut World, number: u32) {
    let title = Title::parse(&format!("Story {number}")).unwrap();
    let id = StoryId::new(uuid::Uuid::from_u128((8 << 76) | u128::from(number)));
    let new = NewStory {
        id,
        draft: backstory::model::Draft::titled(title),
        place: Place::Bottom,
    };
    does(world, "Ben", &Change::Add(Box::new(new)));
}

fn problem(world: &World, title: &str) -> ProblemId {
    let problems = world.backlog.problems();
    let found = problems.iter().find(|p| p.title.as_str() == title);
    found.unwrap().id
}

/// What is remembered of a backlog when the screen is left two days before the benefit of WEB-5 falls due.
pub(crate) fn remembered(backlog: &Backlog) -> Input {
    let at = "2026-11-18T09:00:00Z".parse().unwrap();
    Input::Remembered(Box::new(Memory::of(backlog, None, at)), true)
}

/// The screen of the next day.
fn back(world: &World, remembered: Input) -> Driver {
    let mut driver = Driver::on(&world.backlog);
    driver.later(24 * 60 * 60).input(remembered);
    driver
}

const NOTICE: &str = "Since 18 Nov:";

#[test]
fn what_others_did_is_told_once_and_goes_with_the_next_key() {
    let mut world = World::discovery();
    let left = remembered(&world.backlog);
    meanwhile(&mut world);
    back(&world, left)
        .expect(
            "Since 18 Nov: WEB-2 was delivered, WEB-6 came back, a comment on WEB-3, 4 new stories, WEB-4 changed,",
        )
        .expect("and 1 more. W shows more.")
        .press("j")
        .expect_no(NOTICE)
        .press("j k Esc")
        .expect_no(NOTICE);
}

#[test]
fn where_nothing_has_happened_nothing_is_said() {
    let mut world = World::discovery();
    // Due since the day before that visit.
    let at = "2026-11-19T09:00:00Z".parse().unwrap();
    let left = Memory::of(&world.backlog, None, at);
    // From another window of hers, or another machine.
    step(&mut world, "Ana", "WEB-2", Step::Deliver);
    back(&world, Input::Remembered(Box::new(left), true))
        .expect_no("Since")
        .press("W")
        .expect("Nothing has happened but by you.")
        .press("Esc")
        .expect_no("Nothing has happened");
}

#[test]
fn each_row_leads_to_where_it_is_looked_at_next() {
    let mut world = World::discovery();
    let story = world.id("WEB-8");
    world.apply(&Change::Learn {
        story,
        learning: Learning::Plan {
            when: Some(jiff::civil::date(2026, 11, 20)),
            how: None,
        },
    });
    let left = remembered(&world.backlog);
    meanwhile(&mut world);
    let mut driver = back(&world, left);
    driver.press("W").expect("Delivered").expect("Came back");
    driver.press("Enter").expect("WEB-2 ─").expect("of 3 met");
    // Undelivered: in the backlog.
    driver.press("1 W Enter").expect("▌  5  WEB-6");
    driver.press("W Enter").expect("▌  3  WEB-3");
    driver.press("W G k k Enter").expect("Waited all day");
    driver.press("W G Enter").expect("Did the benefit come?");
    driver.expect("▌ WEB-8");
    driver.press("Esc 1").expect_no("Did the benefit come?");
}

#[test]
fn it_stands_below_news_of_a_broken_file() {
    let mut world = World::discovery();
    let left = remembered(&world.backlog);
    meanwhile(&mut world);
    let mut driver = Driver::on(&world.backlog);
    let broken = "A file cannot be read and is left alone: a.json:1:1.";
    driver
        .input(Input::News(broken.to_owned(), true))
        .input(left)
        .expect(broken)
        .expect(NOTICE)
        .expect("W shows more.")
        .press("j")
        .expect_no(NOTICE)
        .expect_no(broken);
}

#[test]
fn a_failed_save_stays_before_it() {
    let mut world = World::discovery();
    let left = remembered(&world.backlog);
    meanwhile(&mut world);
    let mut driver = Driver::on(&world.backlog);
    driver.saves = false;
    let full = "The disk is full. Make room on it.";
    driver
        .press("J")
        .input(Input::SaveFailed(full.to_owned()))
        .input(left)
        .expect(full)
        .press("j")
        .expect(full);
    let act = Arc::clone(&driver.unsaved[0]);
    driver.input(Input::Saved(act)).expect(NOTICE);
}

#[test]
fn it_waits_while_text_is_typed() {
    let mut world = World::discovery();
    let left = remembered(&world.backlog);
    meanwhile(&mut world);
    let mut driver = Driver::on(&world.backlog);
    driver.press("n").write("Buy").input(left).expect_no(NOTICE);
    driver.write(" tea").expect("Buy tea").expect_no(NOTICE);
    driver.press("Esc").expect(NOTICE);
}

#[test]
fn what_was_not_told_or_is_not_saved_is_not_forgotten() {
    let mut world = World::discovery();
    let left = remembered(&world.backlog);
    meanwhile(&mut world);
    let mut driver = Driver::on(&world.backlog);
    assert_eq!(driver.app.memory(now()), None, "not read yet");
    driver.press("n").input(left);
    assert_eq!(driver.app.memory(now()), None, "not told yet");
    driver.press("Esc");
    let memory = driver.app.memory(now()).unwrap();
    assert_eq!(memory, Memory::of(&world.backlog, None, now()));
    driver.saves = false;
    driver.press("J");
    assert_eq!(driver.app.memory(now()), None, "not saved yet");
}

#[test]
fn what_was_seen_in_one_session_is_no_news_in_the_next() {
    let mut world = World::discovery();
    let left = remembered(&world.backlog);
    meanwhile(&mut world);
    let mut driver = back(&world, left);
    driver.press("j t");
    let memory = driver.app.memory(now()).unwrap();
    let mut driver = driver.tomorrow();
    driver
        .learn_problems(&world.backlog)
        .input(Input::Remembered(Box::new(memory), true))
        .expect_no("Since")
        .press("W")
        .expect("Nothing has happened but by you.");
}

#[test]
fn without_a_visit_nothing_is_told_but_the_last_days_are_shown() {
    let mut world = World::discovery();
    meanwhile(&mut world);
    let at = "2026-11-20T12:00:00Z".parse().unwrap();
    let recalled = Memory::recalled(&world.backlog, &[] as &[Act], at, &TimeZone::UTC);
    let mut driver = Driver::on(&world.backlog);
    driver
        .later(24 * 60 * 60)
        .input(Input::Remembered(Box::new(recalled), false))
        .press("j")
        .expect_no("Since")
        .press("W")
        .expect("Since 20 Nov ─")
        .expect("delivered  Ben, 20 Nov");
}

#[test]
fn asked_for_before_it_is_read_it_is_shown_as_soon_as_it_is() {
    let mut world = World::discovery();
    let left = || remembered(&World::discovery().backlog);
    meanwhile(&mut world);
    Driver::on(&world.backlog)
        .press("W")
        .expect_no("Since 18 Nov")
        .input(left())
        .expect("Came back")
        .press("Esc")
        .expect_no("Since 18 Nov");
    // Whoever does something else by then is not disturbed.
    Driver::on(&world.backlog)
        .press("W n")
        .input(left())
        .expect("New story")
        .expect_no("Came back")
        .press("Esc")
        .expect(NOTICE);
}

#[test]
fn what_others_do_meanwhile_is_shown_and_what_was_dealt_with_is_not() {
    let world = World::discovery();
    let left = remembered(&world.backlog);
    let mut driver = back(&world, left);
    let story = world.id("WEB-2");
    let mut theirs = world.backlog.clone();
    let change = Change::Step {
        story,
        step: Step::Deliver,
        reason: None,
    };
    let stamp = Stamp::new(now(), "Ben");
    theirs.apply(&change, &stamp).unwrap();
    driver.input(Input::Changed {
        stories: vec![(story, theirs.story(story).cloned())],
        product: None,
    });
    driver.press("j W").expect("delivered  Ben, 20 Nov");
    // In the review it is sent back; that is Ana's own.
    driver
        .press("Enter n")
        .write("not on mine")
        .press("Enter y y r Enter");
    assert_eq!(driver.story("WEB-2").status, Status::Rejected);
    driver.press("1 W").expect_no("Delivered");
}

#[test]
fn a_story_that_goes_leaves_the_open_box() {
    let mut world = World::discovery();
    let left = remembered(&world.backlog);
    meanwhile(&mut world);
    let mut driver = back(&world, left);
    driver.press("W G").expect("Story 12");
    let stories = [9, 10, 11, 12].map(|number| (world.id(&format!("WEB-{number}")), None));
    driver
        .input(Input::Changed {
            stories: stories.to_vec(),
            product: None,
        })
        .expect("its benefit is due")
        .expect_no("Story 12");
}

#[test]
fn settings_lead_to_the_settings_and_what_is_gone_leads_nowhere() {
    let mut world = World::discovery();
    let left = remembered(&world.backlog);
    let mut product = Product::clone(world.backlog.product());
    product.done.push(Line::parse("Shown to a user"));
    does(&mut world, "Ben", &Change::Settings(Box::new(product)));
    let gone = world.id("WEB-3");
    world.backlog.adopt_all(vec![(gone, None)]);
    let mut driver = back(&world, left);
    driver
        .expect("Since 18 Nov: the definition of done changed, WEB-3 was deleted,")
        .press("W")
        .expect("changed: the definition of done")
        .press("j")
        .expect("▌ WEB-3")
        .press("Enter")
        .expect("It was deleted: there is nothing to go to.")
        .press("k Enter")
        .expect("Definition of ready")
        .expect_no("It was deleted");
}

#[test]
fn opened_again_the_box_is_where_it_was_left() {
    let mut world = World::discovery();
    let left = remembered(&world.backlog);
    meanwhile(&mut world);
    let mut driver = back(&world, left);
    driver.press("W j j").expect("▌ WEB-3");
    driver.press("Esc W").expect("▌ WEB-3");
    // What was gone to is seen, and the next one is selected.
    driver
        .press("Enter W")
        .expect("▌ WEB-9")
        .expect_no("▌ WEB-3");
    // The last one stays.
    driver.press("G Enter 1 W").expect("▌ WEB-5");
}
