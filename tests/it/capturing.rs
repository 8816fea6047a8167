//! Writing a new story down: what it is like, and what it begins with.

use backstory::model::Product;

use crate::support::driver::Driver;
use crate::support::world::World;

/// Three ideas; the cursor stands on the last.
fn shop() -> Driver {
    let mut driver = Driver::open(Product::new("Webshop", None).unwrap(), Vec::new());
    for title in ["Pay with a saved card", "Return a parcel", "Wrap a gift"] {
        driver.press("n").write(title).press("Enter");
    }
    driver
}

#[test]
fn stories_that_a_new_one_is_like_are_shown_while_it_is_typed() {
    let mut driver = shop();
    driver.press("n").write("Pay").expect_no("like WEB-");
    driver
        .write(" with a ca")
        .expect("like WEB-1  Pay with a saved card")
        .expect("Ctrl+G go there");
    driver
        .write("rd from an aunt abroad")
        .expect_no("like WEB-");
    driver
        .press("Alt+A")
        .write("As a guest, I want to return parcels")
        .expect("As a       guest")
        .expect("like WEB-2  Return a parcel");
    driver.press("Enter").expect("4  WEB-4");
    assert_eq!(driver.order(), "WEB-1 WEB-2 WEB-3 WEB-4");
}

#[test]
fn one_key_goes_to_the_story_and_what_was_typed_waits() {
    let mut driver = shop();
    driver
        .press("n")
        .write("Pay with saved cards")
        .press("Ctrl+G");
    driver
        .expect_no("New story")
        .expect("▌  1  WEB-1")
        .expect("Press n to go on with it.");
    driver
        .press("n")
        .expect("New story below WEB-1")
        .expect("Pay with saved cards");
    driver.press("End").write(" in one step").press("Enter");
    assert_eq!(driver.order(), "WEB-1 WEB-4 WEB-2 WEB-3");
    let title = driver.story("WEB-4").title.as_str().to_owned();
    assert_eq!(title, "Pay with saved cards in one step");
}

#[test]
fn a_further_story_is_chosen_with_the_arrows() {
    let mut driver = shop();
    driver
        .press("n")
        .write("Return a big parcel")
        .press("Enter");
    driver.press("n").write("Return a parcel");
    driver
        .expect("like WEB-2  Return a parcel")
        .expect("like WEB-4  Return a big parcel");
    driver.press("↓ ↓ Enter").expect("▌  4  WEB-4");
    // One step back first, then the answer is the story again.
    driver.press("n End ↓ Esc").expect("New story");
    driver.press("Enter");
    assert_eq!(driver.backlog().open_count(), 5);
}

#[test]
fn accepted_stories_are_told_as_such_and_can_be_gone_to() {
    let world = World::sample();
    let mut driver = Driver::on(&world.backlog);
    driver
        .press("n")
        .write("Export all orders")
        .expect("like WEB-8  Export the orders (accepted)");
    driver.press("Ctrl+G").expect("WEB-8 ─ feature · accepted");
}
