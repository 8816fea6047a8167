//! What waits for what, on the screen: the prompt, the sign in the row, the key that lifts, the story's page.

use backstory::model::{Change, Place};
use backstory::ui::Theme;

use crate::support::driver::Driver;
use crate::support::world::World;

/// The sample: WEB-3 "Check out as a guest" waits for WEB-1 "Pay with a saved card".
fn sample() -> Driver {
    Driver::on(&World::sample().backlog)
}

fn blockers(driver: &Driver, key: &str) -> String {
    let story = driver.story(key);
    let keys = story.blocked_by.iter();
    let keys: Vec<String> = keys.map(|id| driver.backlog().key_or_id(*id)).collect();
    keys.join(" ")
}

#[test]
fn a_blocker_is_found_by_words_of_its_title() {
    let mut driver = sample();
    driver.press("B").expect("What blocks WEB-1?");
    driver
        .write("parc")
        .expect("WEB-5  Return a parcel")
        .press("↓ Enter")
        .expect("WEB-5,")
        .write("gift")
        .press("↓ Tab Enter")
        .expect_no("What blocks");
    assert_eq!(blockers(&driver, "WEB-1"), "WEB-5 WEB-4");
    assert_eq!(driver.saved, ["change what blocks WEB-1"]);
}

#[test]
fn present_blockers_stand_in_the_prompt_and_can_be_taken_away() {
    let mut driver = sample();
    driver
        .press("j j B")
        .expect("What blocks WEB-3?")
        .expect("WEB-1,");
    driver.press("Ctrl+U Enter");
    assert_eq!(blockers(&driver, "WEB-3"), "");
    driver.press("u");
    assert_eq!(blockers(&driver, "WEB-3"), "WEB-1");
}

#[test]
fn a_wrong_answer_stays_in_the_prompt_with_the_reason() {
    let mut driver = sample();
    driver.press("B");
    for (answer, reason) in [
        ("card", "There is no story `card`."),
        ("WEB-99", "There is no story `WEB-99`."),
        ("WEB-1", "WEB-1 cannot wait for itself."),
        ("3", "WEB-1 waits for WEB-3, which waits for WEB-1."),
    ] {
        driver
            .press("Ctrl+U")
            .write(answer)
            .press("Enter")
            .expect(reason);
        driver.expect("What blocks WEB-1?").expect(answer);
    }
    assert!(driver.saved.is_empty());
}

#[test]
fn the_prompt_offers_no_story_that_it_is_about_or_that_stands_there() {
    let mut driver = sample();
    driver
        .press("B")
        .write("pay")
        .expect_no("  Pay with a saved card\n");
    let inside = driver.screen();
    let offered = inside
        .lines()
        .filter(|line| line.contains("WEB-1  Pay with"));
    assert_eq!(offered.count(), 1, "the row of the list alone: {inside}");
}

#[test]
fn marked_stories_get_their_blockers_as_one_act_and_keep_their_own() {
    let mut driver = sample();
    driver
        .press("j space space B")
        .expect("What blocks these 2 stories?");
    driver.write("WEB-4").press("Enter");
    assert_eq!(blockers(&driver, "WEB-2"), "WEB-4");
    assert_eq!(blockers(&driver, "WEB-3"), "WEB-1 WEB-4");
    assert_eq!(driver.saved, ["change what blocks 2 stories"]);
    driver.press("B").expect("WEB-4,").press("Ctrl+U Enter");
    assert_eq!(blockers(&driver, "WEB-2"), "");
    assert_eq!(blockers(&driver, "WEB-3"), "WEB-1");
}

#[test]
fn an_accepted_story_gets_no_blockers() {
    let mut driver = sample();
    driver.press("/").write("key:WEB-8").press("Enter B");
    driver
        .expect("WEB-8 is accepted and stays as it is.")
        .expect_no("What blocks");
}

#[test]
fn a_story_above_its_blocker_has_a_sign_of_its_own_until_the_blocker_is_lifted() {
    let mut driver = sample();
    driver.expect("⊘").expect_no("⇣");
    driver.press("B").write("5").press("Enter");
    driver
        .expect("⇣")
        .expect("WEB-1 stands above what blocks it. Press L to lift that.");
    driver
        .press("L")
        .expect("WEB-5 stands above WEB-1 now.")
        .expect_no("⇣");
    assert_eq!(driver.order(), "WEB-5 WEB-1 WEB-2 WEB-3 WEB-4 WEB-6 WEB-7");
    assert_eq!(driver.saved.last().unwrap(), "lift WEB-5 above WEB-1");
    driver.press("u").expect("⇣");
    assert_eq!(driver.order(), "WEB-1 WEB-2 WEB-3 WEB-4 WEB-5 WEB-6 WEB-7");
}

#[test]
fn lifting_says_why_it_cannot() {
    let mut driver = sample();
    driver
        .press("L")
        .expect("WEB-1 waits for no open story. Say first what blocks it (B).");
    driver
        .press("j j L")
        .expect("All that WEB-3 waits for stands above it already.");
    assert!(driver.saved.is_empty());
}

#[test]
fn blockers_of_blockers_are_lifted_with_the_marked_stories_as_one_act() {
    let mut driver = sample();
    driver.press("B").write("4").press("Enter");
    driver.press("j j j B").write("6").press("Enter");
    driver
        .press("g space L")
        .expect("2 blockers stand above WEB-1 now.");
    assert_eq!(driver.order(), "WEB-6 WEB-4 WEB-1 WEB-2 WEB-3 WEB-5 WEB-7");
    driver.press("u");
    assert_eq!(driver.order(), "WEB-1 WEB-2 WEB-3 WEB-4 WEB-5 WEB-6 WEB-7");
}

#[test]
fn the_page_of_a_story_tells_both_directions() {
    let mut driver = sample();
    driver
        .expect("Blocks")
        .expect("WEB-3 Check out as a guest (idea)");
    driver.press("j j").expect("Blocked by").expect("(ready)");
    driver.press("t").expect("stands below)").press("j");
    driver.expect("stands above)");
}

#[test]
fn a_blocker_that_is_closed_or_gone_blocks_nothing_and_is_shown_harmlessly() {
    let mut world = World::sample();
    let blocker = world.id("WEB-1");
    world.apply(&Change::Move {
        stories: vec![blocker],
        to: Place::Bottom,
    });
    let mut driver = Driver::on(&world.backlog);
    driver
        .press("j")
        .expect("⇣")
        .press("G x")
        .write("no")
        .press("Enter");
    driver
        .expect_no("⇣")
        .expect_no("⊘")
        .press("g j")
        .expect("(dropped)");

    let gone = world.id("WEB-1");
    world.backlog.adopt(gone, None);
    let mut driver = Driver::on(&world.backlog);
    driver
        .expect_no("⇣")
        .press("j")
        .expect("a story that is not here");
    driver.press("L").expect("waits for no open story");
    driver.press("B").write("WEB-4").press("Enter");
    assert!(
        driver.story("WEB-3").blocked_by.contains(&gone),
        "it stays where it is named"
    );
}

#[test]
fn plain_signs_tell_it_too() {
    let world = World::sample();
    let theme = Theme {
        ascii: true,
        ..Theme::FULL
    };
    let stories = world
        .backlog
        .stories()
        .map(|story| story.as_ref().clone())
        .collect();
    let product = world.backlog.product().as_ref().clone();
    let mut driver = Driver::with(product, stories, (120, 36), theme);
    driver.press("j j t").expect("v!");
}
