//! Placing stories: with a ghost row, by typing, and by the mouse.

use backstory::model::{KeyPrefix, Product};
use backstory::ui::{Input, Pointer};

use crate::backlog_pane::three;
use crate::support::driver::Driver;
use crate::support::world::World;

#[test]
fn a_story_is_placed_by_number_by_key_and_by_its_ghost() {
    let mut driver = three();
    driver.press("m 1 Enter");
    assert_eq!(driver.order(), "WEB-3 WEB-1 WEB-2");
    driver.press("m").write("below web-2").press("Enter");
    assert_eq!(driver.order(), "WEB-1 WEB-2 WEB-3");
    driver.press("m k Enter");
    assert_eq!(driver.order(), "WEB-1 WEB-3 WEB-2");
    driver
        .press("m")
        .write("nowhere")
        .press("Enter")
        .expect("is no place");
    driver.press("Esc k j");
    assert_eq!(driver.order(), "WEB-1 WEB-3 WEB-2");
}

#[test]
fn the_ghost_goes_where_the_typed_words_say_and_arrows_take_it_on_from_there() {
    let mut driver = three();
    driver
        .press("g m")
        .write("below web-3")
        .expect("▌   → WEB-1")
        .press("↑")
        .expect_no("below web-3")
        .press("Enter");
    assert_eq!(driver.order(), "WEB-2 WEB-1 WEB-3");
    driver.press("m").write("3").press("Enter");
    assert_eq!(driver.order(), "WEB-2 WEB-3 WEB-1");
}

#[test]
fn where_placing_is_refused_the_words_stay() {
    let mut driver = three();
    driver
        .press("m")
        .write("WEB-3")
        .press("Enter")
        .expect("WEB-3 is itself being moved")
        .expect("place WEB-3");
    let mut driver = Driver::on(&World::sample().backlog);
    driver
        .press("m")
        .write("above web-8")
        .press("Enter")
        .expect("WEB-8 is accepted and has no place in the backlog")
        .expect("place above web-8");
}

#[test]
fn a_key_that_begins_with_a_letter_that_moves_can_be_typed() {
    for prefix in ["GIT", "JOB", "KEY"] {
        let product = Product::new("Tools", KeyPrefix::parse(prefix).ok()).unwrap();
        for case in [str::to_uppercase, str::to_lowercase] {
            let mut driver = Driver::open(product.clone(), Vec::new());
            for title in ["One", "Two", "Three"] {
                driver.press("n").write(title).press("Enter");
            }
            let key = case(&format!("{prefix}-1"));
            driver.press("m").write(&key).press("Enter");
            assert_eq!(driver.order().replace(prefix, ""), "-3 -1 -2", "{key}");
            driver.press("m ↓ Enter");
            assert_eq!(driver.order().replace(prefix, ""), "-1 -3 -2", "{key}");
        }
    }
}

#[test]
fn marked_stories_are_placed_as_one_group_and_one_act() {
    let mut driver = Driver::on(&World::sample().backlog);
    driver.press("g space j space m").write("below WEB-6");
    driver.expect("→ 2 stories").press("Enter");
    assert_eq!(driver.order(), "WEB-2 WEB-4 WEB-5 WEB-6 WEB-1 WEB-3 WEB-7");
    assert_eq!(driver.saved, ["move 2 stories"]);
}

fn pointer(driver: &mut Driver, inputs: &[fn(u16, u16) -> Pointer], row: u16) {
    for input in inputs {
        driver.input(Input::Pointer(input(10, row)));
    }
}

const PRESS: fn(u16, u16) -> Pointer = |column, row| Pointer::Press { column, row };
const DRAG: fn(u16, u16) -> Pointer = |column, row| Pointer::Drag { column, row };
const RELEASE: fn(u16, u16) -> Pointer = |column, row| Pointer::Release { column, row };

#[test]
fn a_dragged_story_shows_where_it_would_land_and_lands_there() {
    let mut driver = Driver::on(&World::sample().backlog);
    pointer(&mut driver, &[PRESS], 3);
    pointer(&mut driver, &[DRAG], 5);
    let line = |driver: &Driver| driver.screen().lines().nth(5).unwrap().to_owned();
    assert!(line(&driver).contains("→ WEB-2"), "{}", driver.screen());
    pointer(&mut driver, &[DRAG], 6);
    pointer(&mut driver, &[DRAG, RELEASE], 5);
    assert_eq!(driver.order(), "WEB-1 WEB-3 WEB-4 WEB-2 WEB-5 WEB-6 WEB-7");
    assert_eq!(driver.saved, ["move WEB-2"]);
}

#[test]
fn a_drag_that_comes_back_or_is_broken_off_moves_nothing() {
    let mut driver = Driver::on(&World::sample().backlog);
    pointer(&mut driver, &[PRESS], 3);
    pointer(&mut driver, &[DRAG], 5);
    pointer(&mut driver, &[DRAG, RELEASE], 3);
    pointer(&mut driver, &[PRESS], 3);
    pointer(&mut driver, &[DRAG], 5);
    driver.press("Esc");
    pointer(&mut driver, &[DRAG, RELEASE], 6);
    pointer(&mut driver, &[PRESS, RELEASE], 4);
    assert_eq!(driver.order(), "WEB-1 WEB-2 WEB-3 WEB-4 WEB-5 WEB-6 WEB-7");
    assert!(driver.saved.is_empty());
    driver.expect("▌  3  WEB-3");
}

#[test]
fn a_marked_story_is_dragged_with_all_marked_ones() {
    let mut driver = Driver::on(&World::sample().backlog);
    driver.press("g space j space");
    pointer(&mut driver, &[PRESS], 2);
    pointer(&mut driver, &[DRAG, RELEASE], 6);
    assert_eq!(driver.order(), "WEB-2 WEB-4 WEB-5 WEB-6 WEB-1 WEB-3 WEB-7");
}
