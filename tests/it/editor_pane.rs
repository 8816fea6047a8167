//! The story editor, by its keys: fields and leaving them.

mod follow;
mod laws;
mod lists;
mod typing;

use std::sync::Arc;

use backstory::model::{
    Criterion, Kind, Line, Points, Product, Prose, Question, Status, Story, Title,
};
use backstory::ui::{Input, Pointer, Request};

use crate::support::driver::Driver;

/// Three stories, One to Three; the editor is open on the last one, WEB-3.
fn editing() -> Driver {
    let mut driver = three();
    driver.press("e");
    driver
}

fn three() -> Driver {
    let mut driver = Driver::open(Product::new("Webshop", None).unwrap(), Vec::new());
    for title in ["One", "Two", "Three"] {
        driver.press("n").write(title).press("Enter");
    }
    driver.saved.clear();
    driver
}

/// The editor on WEB-3, the cursor in the first of these criteria.
fn with_criteria(texts: &[&str]) -> Driver {
    let mut driver = editing();
    driver.press("Ctrl+N");
    for text in texts {
        driver.write(text).press("Enter");
    }
    driver.press("Esc e Tab Tab Tab Tab");
    driver.saved.clear();
    driver
}

/// The editor on WEB-3, the cursor in one of the fields below the lists.
fn in_field(label: &str) -> Driver {
    let mut driver = editing();
    go_to(&mut driver, label);
    driver
}

/// Presses Shift+Tab until the bar stands before the label.
fn go_to(driver: &mut Driver, label: &str) {
    for _ in 0..20 {
        if driver.screen().contains(&format!("│▌{label}")) {
            return;
        }
        driver.press("Shift+Tab");
    }
    panic!("no field {label}:\n{}", driver.screen());
}

fn criteria(driver: &Driver) -> Vec<String> {
    let story = driver.story("WEB-3");
    let criteria = story.criteria.iter();
    criteria
        .map(|criterion| format!("{} {}", criterion.id, criterion.text.as_str()))
        .collect()
}

fn title(driver: &Driver) -> &str {
    driver.story("WEB-3").title.as_str()
}

/// What another program makes of WEB-3.
fn change_outside(driver: &mut Driver, change: impl FnOnce(&mut Story)) {
    let mut story = driver.story("WEB-3").clone();
    change(&mut story);
    driver.input(Input::Changed {
        stories: vec![(story.id, Some(Arc::new(story)))],
        product: None,
    });
}

/// Two stories with a persona, a label and an epic each; the editor is open on WEB-3.
fn with_vocabulary() -> Driver {
    let mut driver = three();
    for (key, persona, label) in [
        ("g", "guest", "checkout"),
        ("j", "returning guest", "payment"),
    ] {
        driver.press(key).press("e Tab").write(persona);
        go_to(&mut driver, "Labels");
        driver.write(label).press("Tab").write("Shop").press("Esc");
    }
    driver.press("j e");
    driver
}

fn click(driver: &mut Driver, column: u16, row: u16) {
    driver.input(Input::Pointer(Pointer::Press { column, row }));
    driver.input(Input::Pointer(Pointer::Release { column, row }));
}

/// Where a text stands on the screen.
fn find(driver: &Driver, text: &str) -> (u16, u16) {
    let screen = driver.screen();
    let found = screen.lines().enumerate().find_map(|(row, line)| {
        let (before, _) = line.split_once(text)?;
        Some((before.chars().count(), row))
    });
    let (column, row) = found.unwrap();
    (u16::try_from(column).unwrap(), u16::try_from(row).unwrap())
}

#[test]
fn the_editor_opens_at_the_end_of_the_title() {
    let mut driver = editing();
    driver
        .expect("Edit WEB-3 ─ feature · idea")
        .expect("│▌Title      Three");
    driver.write(" wishes").press("Esc");
    assert_eq!(title(&driver), "Three wishes");
    driver.expect_no("Edit WEB-3").expect("Backlog ─ 3 stories");
}

#[test]
fn a_field_commits_when_it_is_left_as_one_act() {
    let mut driver = editing();
    driver.write(" wishes");
    assert!(driver.saved.is_empty());
    driver.press("Tab").write("guest").press("Tab Tab");
    assert_eq!(
        driver.saved,
        ["edit title of WEB-3", "edit persona of WEB-3"]
    );
    driver.press("Esc u");
    assert_eq!(driver.story("WEB-3").persona.as_str(), "");
    assert_eq!(title(&driver), "Three wishes");
}

#[test]
fn a_field_that_says_the_same_commits_nothing() {
    let mut driver = editing();
    driver
        .write("x")
        .press("Backspace Tab Shift+Tab")
        .write("  ")
        .press("Tab Esc");
    assert!(driver.saved.is_empty(), "{:?}", driver.saved);
}

#[test]
fn save_and_stay_keeps_the_cursor_where_it_is() {
    let mut driver = editing();
    driver
        .write(" ")
        .press("Ctrl+S")
        .write("wishes ")
        .press("Ctrl+S")
        .write("more");
    assert_eq!(title(&driver), "Three wishes");
    driver.press("Esc");
    assert_eq!(title(&driver), "Three wishes more");
}

#[test]
fn the_fields_come_in_their_order_and_tab_goes_round() {
    let mut driver = editing();
    for label in [
        "As a",
        "I want to",
        "so that",
        "1",
        "?",
        "anything else",
        "Estimate",
        "Kind",
        "Labels",
        "Epic",
        "Blocked by",
        "Title",
    ] {
        driver.press("Tab");
        let screen = driver.screen();
        let row = screen.lines().find(|line| line.contains("││▌")).unwrap();
        assert!(row.contains(&format!("││▌{label}")), "{label}: {row}");
    }
    driver.press("Shift+Tab").expect("│▌Blocked by");
}

#[test]
fn arrows_leave_a_field_at_its_first_and_last_row() {
    let mut driver = editing();
    driver
        .press("↓")
        .write("guest")
        .press("↑")
        .write("!")
        .press("Esc");
    assert_eq!(title(&driver), "Three!");
    assert_eq!(driver.story("WEB-3").persona.as_str(), "guest");
    let mut driver = with_criteria(&["one\ntwo", "three"]);
    driver
        .press("Ctrl+Home ↓")
        .write("and ")
        .press("↓")
        .write("x")
        .press("Esc");
    assert_eq!(criteria(&driver), ["c1 one\nand two", "c2 threxe"]);
}

#[test]
fn enter_goes_on_to_the_next_field() {
    let mut driver = editing();
    driver
        .press("Enter")
        .write("guest")
        .press("Enter")
        .write("pay")
        .press("Enter")
        .write("it is done");
    driver.press("Esc");
    let story = driver.story("WEB-3");
    let said = [&story.persona, &story.want, &story.benefit].map(Line::as_str);
    assert_eq!(said, ["guest", "pay", "it is done"]);
}

#[test]
fn notes_have_lines_of_their_own() {
    let mut driver = editing();
    go_to(&mut driver, "anything else");
    driver.write("one").press("Enter").write("two").press("Esc");
    assert_eq!(driver.story("WEB-3").notes.as_str(), "one\ntwo");
}

#[test]
fn an_estimate_is_a_number_or_nothing() {
    let mut driver = in_field("Estimate");
    driver
        .write("many")
        .press("Tab")
        .expect("`many` is no estimate.")
        .expect("│▌Estimate   many");
    driver.press("Alt+A").write("2,5").press("Tab Esc");
    assert_eq!(driver.story("WEB-3").estimate, "2.5".parse::<Points>().ok());
    driver.press("e");
    go_to(&mut driver, "Estimate");
    driver.press("Alt+A Delete Esc");
    assert_eq!(driver.story("WEB-3").estimate, None);
}

#[test]
fn the_kind_is_one_of_four() {
    let mut driver = in_field("Kind");
    driver.expect("feature  bug  chore  spike");
    for (key, kind) in [
        ("→", Kind::Bug),
        ("space", Kind::Chore),
        ("← ←", Kind::Feature),
        ("←", Kind::Spike),
        ("b", Kind::Bug),
    ] {
        driver.press(key).press("Ctrl+S");
        assert_eq!(driver.story("WEB-3").kind, kind, "{key}");
    }
    driver.press("z").expect("There are four kinds");
    driver.press("Backspace Tab Esc");
    assert_eq!(driver.story("WEB-3").kind, Kind::Bug);
}

#[test]
fn labels_and_epic_are_set() {
    let mut driver = in_field("Labels");
    driver
        .write("pay , later,, pay")
        .press("Tab")
        .write("Checkout")
        .press("Shift+Tab");
    driver.expect("│▌Labels     pay, later").press("Esc");
    let story = driver.story("WEB-3");
    assert_eq!(story.labels, ["pay", "later"].map(Line::parse));
    assert_eq!(story.epic.as_str(), "Checkout");
}

#[test]
fn blockers_are_keys_and_wrong_ones_are_refused() {
    let mut driver = in_field("Blocked by");
    driver.write("web-1, 2").press("Tab Esc");
    assert_eq!(driver.story("WEB-3").blocked_by.len(), 2);
    driver.press("g e");
    go_to(&mut driver, "Blocked by");
    driver
        .write("WEB-99")
        .press("Tab")
        .expect("There is no story WEB-99.")
        .expect("WEB-99");
    driver
        .press("Alt+A")
        .write("WEB-3")
        .press("Tab")
        .expect("That would be a circle: WEB-1 waits for WEB-3,")
        .expect("│▌Blocked by");
    driver.press("Alt+A Delete Tab").expect("│▌Title");
    assert!(driver.story("WEB-1").blocked_by.is_empty());
}

#[test]
fn the_wheel_looks_elsewhere_until_the_next_key() {
    let mut driver = with_criteria(&["one", "two", "three"]);
    driver.resize(80, 14);
    go_to(&mut driver, "Title");
    for rows in [3, 30] {
        driver.input(Input::Pointer(Pointer::Wheel {
            column: 5,
            row: 5,
            rows,
        }));
    }
    driver.expect("Blocked by").expect_no("Title");
    driver
        .write("!")
        .expect("│▌Title      Three!")
        .expect_no("Blocked by");
}

#[test]
fn a_long_text_is_wrapped_and_the_cursor_stays_in_sight() {
    let mut driver = editing();
    driver
        .write(" of the many words that do not fit into one row of the form beside the list")
        .press("Ctrl+N");
    driver.expect("Three of the many").expect("beside the list");
    driver.resize(80, 14);
    for number in 1..30 {
        driver.write(&format!("criterion {number}")).press("Enter");
        driver.expect(&format!("criterion {number}"));
    }
    driver.press("Tab").expect("│▌?");
    for _ in 0..31 {
        driver.press("↑");
    }
    driver.expect("│▌so that");
}

#[test]
fn hints_stand_only_in_empty_fields() {
    let mut driver = editing();
    for hint in ["who?", "what?", "what for?", "Given … When … Then …"] {
        driver.expect(hint);
    }
    driver.press("Tab").write("guest").expect_no("who?");
}

#[test]
fn the_form_draws_at_every_size_with_hostile_text() {
    let mut driver = with_criteria(&["one"]);
    let hostile = "\u{1b}[2J\u{202e}客客 👨‍👩‍👧‍👦\te\u{301} \u{200b}";
    change_outside(&mut driver, |story| {
        story.title = serde_json::from_value(serde_json::json!(hostile)).unwrap();
        story.notes = serde_json::from_value(serde_json::json!(hostile.repeat(30))).unwrap();
        story.questions = vec![Question {
            id: "q1".to_owned(),
            ..Question::new(hostile)
        }];
    });
    for (width, height) in [(40, 10), (41, 11), (60, 12), (99, 24), (100, 24), (200, 60)] {
        driver.resize(width, height);
        driver.press("Tab Tab Tab Tab Tab Tab Tab Tab Tab Tab Tab Tab Tab Tab ↑ ↑ ↑");
        assert!(!driver.screen().contains(['\u{1b}', '\u{202e}']));
    }
    let before = driver.story("WEB-3").clone();
    driver.press("Esc");
    assert_eq!(
        driver.story("WEB-3"),
        &before,
        "walking through the fields changes nothing"
    );
}
