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
    // The next day has ids of its own for new stories.
    Driver::on(&world.backlog).tomorrow()
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

#[test]
fn the_story_tells_what_is_found_and_is_silent_where_nothing_is() {
    let mut driver = three();
    driver.press("j");
    driver
        .expect("Findings")
        .expect("Q warning")
        .expect("want “and”: Two things are");
    let screen = driver.screen();
    let line = screen
        .lines()
        .position(|line| line.contains("I want to"))
        .unwrap();
    let (before, _) = screen
        .lines()
        .nth(line)
        .unwrap()
        .split_once("and ")
        .unwrap();
    let at = before.chars().count();
    let underlined = |column: usize| {
        let cell = &driver.buffer()[(u16::try_from(column).unwrap(), u16::try_from(line).unwrap())];
        cell.modifier.contains(ratatui::style::Modifier::UNDERLINED)
    };
    assert!(underlined(at) && underlined(at + 2) && !underlined(at - 2) && !underlined(at + 4));
    driver.press("k").expect_no("Findings");
}

#[test]
fn a_finding_is_mended_with_one_key_and_one_undo_takes_it_back() {
    let mut driver = three();
    driver
        .press("j !")
        .expect("Findings in WEB-2")
        .expect("m: make two stories of it");
    driver.press("m").expect("WEB-4 stands below WEB-2 now.");
    assert_eq!(driver.order(), "WEB-1 WEB-2 WEB-4 WEB-3");
    assert_eq!(driver.story("WEB-2").want.as_str(), "print a label");
    assert_eq!(driver.story("WEB-4").want.as_str(), "send the parcel");
    driver.press("Esc u");
    assert_eq!(driver.order(), "WEB-1 WEB-2 WEB-3");
    assert_eq!(
        driver.story("WEB-2").want.as_str(),
        "print a label and send the parcel"
    );
}

#[test]
fn what_is_no_problem_here_is_remembered_and_can_be_taken_back() {
    let mut driver = three();
    driver
        .press("j ! n")
        .expect("settled")
        .expect("(not a problem here)");
    assert!(driver.story("WEB-2").is_settled("atomic"));
    driver.press("m").expect("nothing to mend");
    driver.press("Esc");
    assert!(!row(&driver, "WEB-2").contains('!'));
    driver.expect_no("Q warning");
    driver.press("! n").expect("m: make two stories of it");
    assert!(!driver.story("WEB-2").is_settled("atomic"));
    driver.press("Esc u");
    assert!(driver.story("WEB-2").is_settled("atomic"));
    assert_eq!(
        driver.saved,
        [
            "settle atomic in WEB-2",
            "look for atomic in WEB-2 again",
            "undo look for atomic in WEB-2 again"
        ]
    );
}

#[test]
fn where_nothing_is_found_no_box_opens() {
    let mut driver = three();
    driver
        .press("!")
        .expect("The linter has nothing to say of WEB-1.");
    driver.press("G !").expect("Findings in WEB-3").press("m");
    driver.expect("Only words can mend this. Press Enter to write them.");
    driver.press("Enter").expect("Edit WEB-3");
}

/// Whether words that stand once in a column of the screen are underlined, from the first letter to the last.
fn is_underlined(driver: &Driver, words: &str) -> bool {
    let screen = driver.screen();
    let mut lines = screen.lines().enumerate();
    let (y, before) = lines
        .find_map(|(y, line)| Some((y, line.split_once(words)?.0)))
        .unwrap();
    let start = before.chars().count();
    (start..start + words.chars().count()).all(|x| {
        let at = (u16::try_from(x).unwrap(), u16::try_from(y).unwrap());
        driver.buffer()[at]
            .modifier
            .contains(ratatui::style::Modifier::UNDERLINED)
    })
}

#[test]
fn the_editor_is_quiet_while_one_types_and_tells_after_a_pause() {
    let mut driver = three();
    driver.press("e Tab Tab").expect_no("Two things are");
    driver
        .write(" and send a receipt")
        .expect_no("Two things are");
    assert!(!is_underlined(&driver, "and"));
    driver.pause().expect("Q Two things are wanted here.");
    assert!(is_underlined(&driver, "and"));
    assert!(!is_underlined(&driver, "send a"));
    driver.write("!").expect_no("Two things are");
    assert!(!is_underlined(&driver, "and"));
    // In the next field it is another one's turn; the words stay marked.
    driver.press("Backspace Tab").expect_no("Two things are");
    assert!(is_underlined(&driver, "and"));
    driver.press("Shift+Tab").expect("Two things are");
    driver.press("Esc");
    assert_eq!(driver.app.patience(), None);
}

#[test]
fn the_editor_mends_a_field_with_what_was_typed_in_it() {
    let mut driver = three();
    driver
        .press("e Tab Tab")
        .write(" and send a receipt")
        .press("Alt+M");
    driver.expect("WEB-4 stands below WEB-1 now.");
    assert_eq!(
        driver.story("WEB-1").want.as_str(),
        "pay with a card I saved before"
    );
    assert_eq!(driver.story("WEB-4").want.as_str(), "send a receipt");
    driver
        .expect("Edit WEB-1")
        .expect_no("Two things are")
        .expect_no("and send");
    driver
        .press("Alt+M")
        .expect("The linter has nothing to say of this field.");
    driver.press("Esc u");
    assert_eq!(
        driver.story("WEB-1").want.as_str(),
        "pay with a card I saved before and send a receipt"
    );
}

#[test]
fn the_editor_settles_what_is_no_problem_here() {
    let mut driver = three();
    driver
        .press("j e Tab Tab")
        .expect("Two things are")
        .press("Alt+N")
        .expect_no("Two things are");
    assert!(driver.story("WEB-2").is_settled("atomic"));
    assert!(!is_underlined(&driver, "and send"));
    driver
        .press("Shift+Tab")
        .press("Alt+N")
        .expect("nothing to say of this field");
    driver.press("Esc u");
    assert!(!driver.story("WEB-2").is_settled("atomic"));
}

#[test]
fn what_only_words_can_mend_is_left_to_the_writer() {
    let mut driver = three();
    driver
        .press("e Tab Tab Tab Tab")
        .write(" quickly")
        .press("Tab Tab Shift+Tab Shift+Tab");
    driver.expect("can mean anything").press("Alt+M");
    driver.expect("Only words can mend this. Write them here, or press Alt+N if it is no problem.");
    assert!(is_underlined(&driver, "quickly"));
}

#[test]
fn a_story_is_large_by_the_velocity_that_was_measured() {
    let mut driver = Driver::on(&crate::insights_pane::demo());
    driver.press("/").write("key:20").press("Enter !");
    driver.expect("It is more than half of what an iteration holds (13 of");
    // Another velocity that is only supposed changes nothing about the story.
    driver.press("Esc w v").write("60").press("Enter !");
    driver.expect("It is more than half of what an iteration holds (13 of");
}
