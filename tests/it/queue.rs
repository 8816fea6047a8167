//! The order of the review's queue.

use std::sync::Arc;

use backstory::model::{Change, Edit, Line, Place, Story};
use jiff::SignedDuration;

use crate::support::driver::Driver;
use crate::support::review::{delivered, open, with_done};
use crate::support::world::World;

/// Three delivered stories whose rank, age and labels go different ways: Old, New and Plain by age; New first by rank.
fn world() -> World {
    let mut world = with_done(&[]);
    let titles = ["Old", "Middle", "New"].into_iter();
    let ids: Vec<_> = titles
        .map(|title| delivered(&mut world, title, &["It works"]))
        .collect();
    for (id, days) in ids.iter().zip([-3, -2, -1]) {
        let mut story = Story::clone(world.backlog.story(*id).unwrap());
        story.log.last_mut().unwrap().at += SignedDuration::from_hours(24 * days);
        world.backlog.adopt(*id, Some(Arc::new(story)));
    }
    world.edit(ids[1], Edit::Labels(vec![Line::parse("checkout")]));
    world.edit(ids[2], Edit::Labels(vec![Line::parse("Account")]));
    world.apply(&Change::Move {
        stories: vec![ids[2]],
        to: Place::Top,
    });
    world
}

/// The titles in the queue, from above.
fn queue(driver: &Driver) -> Vec<&'static str> {
    let screen = driver.screen();
    let mut found: Vec<(usize, &str)> = ["Old", "Middle", "New"]
        .into_iter()
        .filter_map(|title| {
            let row = screen.lines().position(|line| {
                line.starts_with('│') && line.chars().take(30).collect::<String>().contains(title)
            });
            Some((row?, title))
        })
        .collect();
    found.sort_unstable();
    found.into_iter().map(|(_, title)| title).collect()
}

#[test]
fn one_key_orders_the_queue_by_waiting_time_by_label_and_by_rank_again() {
    let mut driver = open(&world());
    assert_eq!(queue(&driver), ["New", "Old", "Middle"]);
    driver.press("O").expect("3 waiting, oldest");
    assert_eq!(queue(&driver), ["Old", "Middle", "New"]);
    driver.press("O").expect("3 waiting, by label");
    assert_eq!(queue(&driver), ["New", "Middle", "Old"]);
    driver.press("Esc O").expect("3 waiting ");
    assert_eq!(queue(&driver), ["New", "Old", "Middle"]);
}

#[test]
fn the_same_story_stays_in_sight_and_the_next_one_is_that_of_the_new_order() {
    let mut driver = open(&world());
    driver
        .expect("WEB-3 ─ New")
        .expect("story 1 of 3")
        .press("O")
        .expect("WEB-3 ─ New")
        .expect("story 3 of 3");
    driver
        .press("[")
        .expect("WEB-2 ─ Middle")
        .expect("story 2 of 3");
    // Accepting goes on with the next one of this order, from the same place.
    driver
        .press("y a")
        .expect("WEB-3 ─ New")
        .expect("story 2 of 2");
    driver
        .press("u")
        .expect("WEB-2 ─ Middle")
        .expect("story 2 of 3");
    assert_eq!(queue(&driver), ["Old", "Middle", "New"]);
}

#[test]
fn the_order_is_kept_while_the_program_runs() {
    let mut driver = open(&world());
    driver.press("O 1 j 2").expect("3 waiting, oldest");
    let mut again = driver.tomorrow();
    again.press("2").expect("3 waiting ").expect_no("oldest");
}
