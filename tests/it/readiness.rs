//! The definition of ready on the screen: what an idea lacks, and the lines to be ticked.

use crate::support::driver::Driver;
use crate::support::world::World;
use backstory::model::{Line, Status};

/// One idea of a product that wants two lines ticked, and no defect.
fn idea() -> Driver {
    let mut world = World::empty();
    world.settings(|product| {
        product.ready.sound = true;
        product.ready.lines = ["Sketch seen by two users", "Costs known"]
            .map(Line::parse)
            .to_vec();
    });
    world.add("Pay with a saved card");
    Driver::on(&world.backlog).tomorrow()
}

#[test]
fn the_story_and_its_row_show_what_is_missing() {
    let mut driver = idea();
    driver
        .expect("To be agreed                       4 missing")
        .expect("·  an acceptance criterion")
        .expect("·  its defect mended")
        .expect("[ ] Sketch seen by two users")
        .expect(" !1 ·3 ");
    driver.press(">").expect(
        "WEB-1 is not ready yet: it needs an acceptance criterion, its defect mended, “Sketch seen by two users”",
    );
}

#[test]
fn lines_are_ticked_in_the_menu_of_steps_each_as_one_act() {
    let mut driver = idea();
    driver
        .press("s")
        .expect("1 [ ] Sketch seen by two users")
        .press("1 2");
    driver.expect("1 [x] Sketch seen by two users").press("Esc");
    driver.expect("2 missing").expect("[x] Costs known");
    assert_eq!(driver.story("WEB-1").ready.len(), 2);
    driver.press("u").expect("[ ] Costs known");
    driver.press("s 1 Esc");
    assert!(driver.story("WEB-1").ready.is_empty());
    assert_eq!(driver.saved.last().unwrap(), "untick a ready line of WEB-1");
}

#[test]
fn an_idea_that_lacks_nothing_is_agreed() {
    let mut driver = idea();
    driver
        .press("e Tab")
        .write("customer")
        .press("Tab")
        .write("pay with a card I saved before");
    driver
        .press("Ctrl+N")
        .write("The receipt shows the last four digits")
        .press("Esc");
    driver.press(">").expect("ticked and “Costs known” ticked.");
    driver
        .press("s 1 2 Esc")
        .expect("ready: > agrees it")
        .expect_no("·2");
    driver.press(">");
    assert_eq!(driver.story("WEB-1").status, Status::Ready);
    driver.expect_no("To be agreed");
    // What is ready has no lines to be ticked any more.
    driver.press("s").expect_no("Sketch");
}
