//! A new order that is shown before it is made.

use std::collections::HashMap;

use backstory::model::{Act, Product, Status, StoryId};
use backstory::ui::effect::Effect;
use backstory::ui::overlays::Preview;
use backstory::ui::{Input, Theme};

use crate::support::driver::Driver;
use crate::support::world::World;

/// Opens a preview of these stories, named by their keys, on the screen.
pub(crate) fn show_order(driver: &mut Driver, keys: &str) {
    show(driver, keys, |preview| preview);
}

fn show(driver: &mut Driver, keys: &str, with: impl FnOnce(Preview) -> Preview) {
    let order: Vec<StoryId> = keys
        .split_whitespace()
        .map(|key| driver.story(key).id)
        .collect();
    let reasons = order.iter().zip(1..);
    let reasons: HashMap<StoryId, String> = reasons
        .map(|(id, n)| (*id, format!("WSJF {n}.5")))
        .collect();
    driver.open_overlay(|cx| {
        let preview = Preview::new("Sort by WSJF", "sort by WSJF", order, cx);
        with(preview.with_reasons(reasons)).into()
    });
}

fn on_sample() -> Driver {
    Driver::on(&World::sample().backlog)
}

#[test]
fn the_largest_jumps_come_first_and_the_whole_order_is_a_key_away() {
    let mut driver = on_sample();
    show_order(&mut driver, "WEB-6 WEB-2 WEB-4 WEB-1");
    driver
        .expect("2 of 4 stories move; the largest jumps first.")
        .expect("6 → 1  ↑5  WEB-6  Log in with a link")
        .expect("1 → 6  ↓5  WEB-1")
        .expect_no("WSJF 2.5");
    let screen = driver.screen();
    assert!(screen.find("↑5") < screen.find("↓5"), "{screen}");
    driver
        .press("Tab")
        .expect("The new order of 4 stories; 2 of them move.")
        .expect("    2      WEB-2  See the delivery date first");
    driver.press("Tab").expect("the largest jumps first");
    assert_eq!(driver.order(), "WEB-1 WEB-2 WEB-3 WEB-4 WEB-5 WEB-6 WEB-7");
}

#[test]
fn enter_makes_the_order_as_one_act_with_its_label() {
    let mut driver = on_sample();
    show_order(&mut driver, "WEB-6 WEB-2 WEB-4 WEB-1");
    driver.press("Enter").expect_no("Sort by WSJF");
    assert_eq!(driver.order(), "WEB-6 WEB-2 WEB-3 WEB-4 WEB-5 WEB-1 WEB-7");
    assert_eq!(driver.saved, ["sort by WSJF"]);
    driver.press("u");
    assert_eq!(driver.order(), "WEB-1 WEB-2 WEB-3 WEB-4 WEB-5 WEB-6 WEB-7");
}

#[test]
fn escape_closes_it_and_changes_nothing() {
    let mut driver = on_sample();
    show_order(&mut driver, "WEB-6 WEB-1");
    driver.press("Esc").expect_no("Sort by WSJF");
    assert!(driver.saved.is_empty());
}

#[test]
fn what_follows_is_done_after_enter_or_after_escape() {
    for (key, said) in [("Enter", "Ranked."), ("Esc", "Not ranked.")] {
        let mut driver = on_sample();
        show(&mut driver, "WEB-6 WEB-1", |preview| {
            preview
                .then(vec![Effect::news("Ranked.")])
                .otherwise(vec![Effect::news("Not ranked.")])
        });
        driver.press(key).expect(said);
    }
}

#[test]
fn an_order_that_stands_already_says_so_and_is_no_act() {
    let mut driver = on_sample();
    show(&mut driver, "WEB-1 WEB-4", |preview| {
        preview.then(vec![Effect::news("Ranked.")])
    });
    driver
        .expect("Nothing moves: the stories stand in this order already.")
        .expect("4      WEB-4  Wrap an order as a gift");
    driver.press("Enter").expect("Ranked.");
    assert!(driver.saved.is_empty());
}

#[test]
fn stories_that_are_closed_or_gone_meanwhile_drop_out_of_it() {
    let mut driver = on_sample();
    show_order(&mut driver, "WEB-6 WEB-4 WEB-2 WEB-1");
    let mut closed = driver.story("WEB-6").clone();
    closed.status = Status::Dropped;
    let gone = driver.story("WEB-2").id;
    driver.input(Input::Changed {
        stories: vec![(closed.id, Some(closed.into())), (gone, None)],
        product: None,
    });
    driver
        .expect("2 of 2 stories move")
        .expect("3 → 1  ↑2  WEB-4")
        .press("Enter");
    assert_eq!(driver.order(), "WEB-4 WEB-3 WEB-1 WEB-5 WEB-7");
}

#[test]
fn a_long_order_scrolls_and_says_how_much_is_below() {
    let mut world = World::empty();
    for n in 1..=40 {
        world.add(&format!("Story {n}"));
    }
    let stories = world.backlog.stories().map(|story| (**story).clone());
    let mut driver = Driver::with(
        Product::clone(world.backlog.product()),
        stories.collect(),
        (80, 24),
        Theme::FULL,
    );
    let keys: Vec<String> = (1..=40).rev().map(|n| format!("WEB-{n}")).collect();
    show_order(&mut driver, &keys.join(" "));
    driver.expect(" 24 more ").expect("40 →  1  ↑39  WEB-40");
    driver.press("j").expect(" 23 more ").expect_no("↑39");
    driver.press("G").expect("20 → 21  ↓1 ").expect_no("more");
    driver.press("Tab").expect("40 →  1  ↑39  WEB-40");
    driver.press("Enter");
    assert_eq!(
        driver.backlog().position(driver.story("WEB-40").id),
        Some(1)
    );
    let acts: Vec<usize> = driver
        .acts
        .iter()
        .map(|act: &std::sync::Arc<Act>| act.deltas.len())
        .collect();
    assert_eq!(acts, [39]);
}
