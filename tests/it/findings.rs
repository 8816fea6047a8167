//! What the linter finds, on the screen: counted in the rows, told in the story, settled and mended.

use crate::support::driver::Driver;
use crate::support::world::World;
use backstory::model::{Edit, Line, Product};

/// A sound story, one that wants two things, and one that is only a title.
fn three() -> Driver {
    let mut world = World::empty();
    for (title, want) in [
        ("Pay by card", "pay with a card I saved before"),
        ("Print a label", "print a label and send the parcel"),
    ] {
        let id = world.add(title);
        world.edit(id, Edit::Persona(Line::parse("customer")));
        world.edit(id, Edit::Want(Line::parse(want)));
        world.edit(id, Edit::Benefit(Line::parse("I need no phone call")));
        world.criteria(id, &["The receipt shows the last four digits"]);
    }
    world.add("Fix the VAT line");
    Driver::on(&world.backlog)
}

/// The row of a story in the list.
fn row(driver: &Driver, key: &str) -> String {
    let screen = driver.screen();
    let mut rows = screen.lines().filter_map(|line| line.split('│').nth(1));
    rows.find(|row| row.contains(key)).unwrap().to_owned()
}

#[test]
fn a_row_counts_defects_and_warnings() {
    let mut driver = three();
    assert!(!row(&driver, "WEB-1").contains('!'));
    assert!(row(&driver, "WEB-2").contains(" !1"), "{}", driver.screen());
    assert!(row(&driver, "WEB-3").contains(" !1"), "{}", driver.screen());
    driver
        .press("G n")
        .write("Pay by card")
        .press("Enter e Tab")
        .write("customer");
    driver
        .press("Tab")
        .write("pay with a card I saved before")
        .press("Esc");
    // The new story wants what another one wants already, and both say so.
    assert!(row(&driver, "WEB-1").contains(" !1"), "{}", driver.screen());
    driver.press("u u u").expect("WEB-1");
    assert!(!row(&driver, "WEB-1").contains('!'), "{}", driver.screen());
}

#[test]
fn a_search_finds_what_has_findings() {
    let mut driver = three();
    driver.press("/").write("has:findings").press("Enter");
    driver.expect("2 of 3").expect_no("WEB-1");
    driver.press("/").write("has:defects").press("Enter");
    driver.expect("1 of 3").expect_no("WEB-2");
}

#[test]
fn a_rule_that_is_off_is_not_counted() {
    let driver = three();
    let mut product = Product::clone(driver.backlog().product());
    product.lint.off = vec![Line::parse("atomic")];
    let stories = driver.backlog().stories().map(|story| (**story).clone());
    let driver = Driver::open(product, stories.collect());
    assert!(!row(&driver, "WEB-2").contains('!'), "{}", driver.screen());
}
