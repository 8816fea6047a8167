//! Writing a new story down: what it is like, and what it begins with.

use backstory::model::{Kind, Product, Story};

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

/// A screen on an empty product with a template for features and one for bugs.
fn with_templates() -> Driver {
    let mut world = World::empty();
    world.settings(|product| {
        product.templates = serde_json::from_str(
            r#"{"feature":{"criteria":["It works on a phone"]},
            "bug":{"criteria":["The steps no longer show it"],"notes":"Steps:\nSeen:"}}"#,
        )
        .unwrap();
    });
    Driver::on(&world.backlog)
}

fn begun(story: &Story) -> (Vec<&str>, &str) {
    let criteria = story.criteria.iter();
    (
        criteria.map(|criterion| criterion.text.as_str()).collect(),
        story.notes.as_str(),
    )
}

/// Sets the kind of the story in the editor.
fn set_kind(driver: &mut Driver, letter: &str) {
    driver.press("e");
    for _ in 0..20 {
        if driver.screen().contains("│▌Kind") {
            driver.press(letter).press("Ctrl+S Esc");
            return;
        }
        driver.press("Shift+Tab");
    }
    panic!("no field for the kind:\n{}", driver.screen());
}

#[test]
fn a_new_story_begins_with_the_template_of_its_kind() {
    let mut driver = with_templates();
    driver
        .press("n")
        .write("Pay with a saved card")
        .press("Enter");
    let story = driver.story("WEB-1");
    assert_eq!(begun(story), (vec!["It works on a phone"], ""));
    driver.press("n").write("Wrap a gift").press("Ctrl+J");
    driver.write("In blue paper.").press("Enter");
    let story = driver.story("WEB-2");
    assert_eq!(
        begun(story),
        (vec!["It works on a phone"], "In blue paper.")
    );
}

#[test]
fn an_idea_without_words_of_its_own_follows_its_kind() {
    let mut driver = with_templates();
    driver
        .press("n")
        .write("The VAT line is wrong")
        .press("Enter");
    set_kind(&mut driver, "b");
    let story = driver.story("WEB-1");
    assert_eq!(story.kind, Kind::Bug);
    assert_eq!(
        begun(story),
        (vec!["The steps no longer show it"], "Steps:\nSeen:")
    );
    driver.expect("The steps no longer show it");
    // One act, so one undo.
    driver.press("u");
    let story = driver.story("WEB-1");
    assert_eq!(story.kind, Kind::Feature);
    assert_eq!(begun(story), (vec!["It works on a phone"], ""));
    driver.press("U");
    set_kind(&mut driver, "s");
    assert_eq!(begun(driver.story("WEB-1")), (Vec::new(), ""));
}

#[test]
fn what_somebody_wrote_stays_whatever_the_kind() {
    let mut driver = with_templates();
    driver.press("n").write("Wrap a gift").press("Ctrl+J");
    driver.write("In blue paper.").press("Enter");
    set_kind(&mut driver, "b");
    let story = driver.story("WEB-1");
    assert_eq!(story.kind, Kind::Bug);
    assert_eq!(
        begun(story),
        (vec!["It works on a phone"], "In blue paper.")
    );
}
