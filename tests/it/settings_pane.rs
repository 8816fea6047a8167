//! The page of settings: walking, switching, choosing, lists, refusals, undo.

use backstory::model::{Kind, Line, Method, Product, View};
use backstory::ui::Input;

use crate::support::driver::Driver;
use crate::support::world::World;

fn open() -> Driver {
    let mut driver = Driver::on(&World::sample().backlog);
    driver.press("5");
    driver
}

fn product(driver: &Driver) -> &Product {
    driver.backlog().product()
}

fn done(driver: &Driver) -> Vec<&str> {
    product(driver).done.iter().map(Line::as_str).collect()
}

#[test]
fn the_page_is_opened_by_its_key_and_left_for_the_backlog() {
    let mut driver = open();
    driver.expect("Definition of ready").expect("5 Settings");
    driver
        .press("Esc")
        .expect("7 stories")
        .expect_no("Definition of ready");
    driver
        .press("2 5")
        .expect("Definition of ready")
        .press("1")
        .expect_no("Definition of ready");
}

#[test]
fn the_palette_finds_the_settings_by_what_people_call_them() {
    for words in [
        "settings",
        "preferences",
        "configuration",
        "definition of done",
    ] {
        let mut driver = Driver::on(&World::sample().backlog);
        driver
            .press(":")
            .write(words)
            .press("Enter")
            .expect("Key prefix");
    }
}

#[test]
fn the_tab_is_left_out_where_there_is_little_room() {
    open()
        .expect("5 Settings")
        .resize(99, 24)
        .expect_no("5 Settings");
}

#[test]
fn what_the_selected_setting_means_stands_below() {
    open()
        .expect("What people call the product.")
        .press("j")
        .expect("A new prefix changes all keys at once")
        .expect("backstory config key")
        .press("G")
        .expect("Saved looks at the backlog")
        .press("g")
        .expect("What people call the product.");
}

#[test]
fn a_text_is_changed_from_what_it_is_as_one_act() {
    let mut driver = open();
    driver
        .press("Enter")
        .expect("Change the product's name")
        .write(" two")
        .press("Enter");
    assert_eq!(product(&driver).name.as_str(), "Webshop two");
    assert_eq!(driver.saved, ["change the product's name"]);
    driver
        .press("u")
        .expect("Taken back: change the product's name.");
    assert_eq!(product(&driver).name.as_str(), "Webshop");
}

#[test]
fn a_refused_value_keeps_the_prompt_open_with_the_reason() {
    let mut driver = open();
    driver.press("j e Ctrl+U").write("1x").press("Enter");
    driver
        .expect("`1x` is no key prefix.")
        .expect("Change the key prefix");
    driver
        .press("Ctrl+U")
        .write("shp")
        .press("Enter")
        .expect_no("Change the key prefix");
    assert_eq!(driver.backlog().find("SHP-1").unwrap().number, 1);
    assert!(driver.backlog().find("WEB-1").is_err());
    assert_eq!(driver.backlog().find("1").unwrap().number, 1);
}

#[test]
fn yes_and_no_are_switched_at_once() {
    let mut driver = open();
    driver.press("j j j j space");
    assert!(!product(&driver).ready.answers);
    driver.press("Enter");
    assert!(product(&driver).ready.answers);
    assert_eq!(driver.saved, ["change the definition of ready"; 2]);
}

#[test]
fn a_list_opens_and_closes() {
    let mut driver = open();
    driver
        .press("j j j j j j j j j j")
        .expect("Help page updated; Released to staging");
    driver
        .press("Enter")
        .expect("2 lines")
        .expect("· Released to staging");
    driver.press("Enter").expect_no("2 lines");
    driver.press("→ j").expect("· Help page updated");
    driver
        .press("Esc")
        .expect_no("2 lines")
        .expect("Definition of done · Lines to tick");
}

#[test]
fn lines_are_written_changed_moved_and_deleted_one_act_each() {
    let mut driver = open();
    driver
        .press("j j j j j j j j j j n")
        .expect("Add to the definition of done");
    driver.write("Told, and shown").press("Enter");
    assert_eq!(
        done(&driver),
        [
            "Help page updated",
            "Released to staging",
            "Told, and shown"
        ]
    );
    // The cursor is on the new line.
    driver.press("K K");
    assert_eq!(done(&driver)[0], "Told, and shown");
    driver.press("e").write(" again").press("Enter").press("J");
    assert_eq!(
        done(&driver),
        [
            "Help page updated",
            "Told, and shown again",
            "Released to staging"
        ]
    );
    driver.press("x");
    assert_eq!(done(&driver), ["Help page updated", "Released to staging"]);
    driver.press("x");
    assert_eq!(done(&driver), ["Help page updated"]);
    assert_eq!(driver.saved, ["change the definition of done"; 7]);
    driver.press("u u u u u u u");
    assert_eq!(done(&driver), ["Help page updated", "Released to staging"]);
}

#[test]
fn a_key_that_cannot_act_says_why() {
    let mut driver = open();
    driver.press("space").expect("Name is neither yes nor no.");
    driver.press("n").expect("Name has no lines of its own.");
    driver.press("x").expect("Name has no lines of its own.");
    driver
        .press("j j x")
        .expect("There is no line yet. Write one with n.");
    driver
        .press("j j j j j j j j K")
        .expect("Open the list with Enter");
    driver
        .press("Enter j K")
        .expect("This is the first line already.");
    driver.press("j J").expect("This is the last line already.");
    driver
        .press("j j j Enter")
        .expect("There are no iterations yet.");
    driver
        .press("1 :")
        .write("switch yes")
        .press("Esc :")
        .write("turn yes")
        .press("Enter")
        .expect("Press 5 to go there.");
    assert_eq!(driver.saved, [""; 0]);
}

#[test]
fn nothing_typed_is_no_new_line() {
    let mut driver = open();
    driver
        .press("j j n Enter")
        .expect("There is nothing to add yet.");
    driver.write("guest").press("Enter").expect("1 name");
    driver
        .press("n")
        .write("Guest")
        .press("Enter")
        .expect("The persona `Guest` is there already.");
}

#[test]
fn personas_of_stories_are_proposed() {
    let mut driver = open();
    driver
        .press("j j n ↓ Enter Enter")
        .expect("· returning customer");
    driver.press("n").expect_no("▌ returning customer");
    assert_eq!(
        product(&driver).personas,
        [Line::parse("returning customer")]
    );
}

#[test]
fn iterations_begin_with_their_first_day_and_end_without_it() {
    let mut driver = open();
    driver
        .press("j j j j j j j j j j j j e")
        .write("2026-13-01")
        .press("Enter")
        .expect("`2026-13-01` is no day.");
    driver.press("Ctrl+U").write("2026-11-02").press("Enter");
    driver
        .press("j e Ctrl+U")
        .write("5")
        .press("Enter")
        .expect("5 is out of range. Use a number from 1 to 4.");
    driver.press("Ctrl+U").write("1").press("Enter");
    driver.press("j j Enter").expect("[x] feature").press("b");
    driver.expect("[x] bug").press("f Esc");
    driver.press("j e").write("12=50%").press("Enter");
    let iterations = product(&driver).iterations.clone().unwrap();
    assert_eq!((iterations.weeks.get(), iterations.capacity[&12]), (1, 50));
    assert_eq!(iterations.counts, [Kind::Bug]);
    driver.press("k k k k e Ctrl+U Enter");
    assert_eq!(product(&driver).iterations, None);
    driver.press("u");
    assert_eq!(product(&driver).iterations, Some(iterations));
}

#[test]
fn the_last_kind_that_counts_cannot_be_taken_out() {
    let mut driver = open();
    driver
        .press("j j j j j j j j j j j j e")
        .write("2026-11-02")
        .press("Enter");
    driver
        .press("j j j Enter f")
        .expect("Without one kind the kinds that count would be empty.");
    assert_eq!(
        product(&driver).iterations.as_ref().unwrap().counts,
        [Kind::Feature]
    );
}

#[test]
fn ways_to_score_are_chosen_by_letters_and_put_first() {
    let mut driver = open();
    driver
        .press("G k Enter w r")
        .expect("Show RICE first")
        .press("R Esc");
    assert_eq!(product(&driver).scores, [Method::Rice, Method::Wsjf]);
    assert_eq!(driver.saved, ["change the ways to score"; 3]);
    driver.expect("rice, wsjf");
}

#[test]
fn views_are_written_changed_and_deleted() {
    let mut driver = open();
    driver
        .press("G n")
        .write("Next | status:nowhere")
        .press("Enter")
        .expect("The query of Next cannot be used.");
    driver
        .press("Ctrl+U")
        .write("Next | is:ready | n | epic")
        .press("Enter");
    let next: View =
        serde_json::from_str(r#"{"name":"Next","query":"is:ready","key":"n","group":"epic"}"#)
            .unwrap();
    assert_eq!(product(&driver).views, [next]);
    driver
        .press("n")
        .write("Later | label:later | n")
        .press("Enter");
    driver.expect("Next and Later would both have the key n.");
    driver.press("Backspace").write("l").press("Enter");
    assert_eq!(product(&driver).views.len(), 2);
    driver.press("x");
    assert_eq!(product(&driver).views.len(), 1);
}

#[test]
fn what_others_change_meanwhile_stays() {
    let mut driver = open();
    driver.press("G k Enter");
    let mut theirs = product(&driver).clone();
    theirs.personas = vec![Line::parse("guest")];
    driver.input(Input::Changed {
        stories: Vec::new(),
        product: Some(Box::new(theirs)),
    });
    driver.press("w Esc");
    assert_eq!(product(&driver).scores, [Method::Wsjf]);
    assert_eq!(product(&driver).personas, [Line::parse("guest")]);
}

#[test]
fn the_cursor_stays_on_its_line_when_others_change_the_list() {
    let mut driver = open();
    driver.press("j j j j j j j j j j Enter j j");
    let mut theirs = product(&driver).clone();
    theirs.done.insert(0, Line::parse("Tested"));
    driver.input(Input::Changed {
        stories: Vec::new(),
        product: Some(Box::new(theirs)),
    });
    driver.press("x");
    assert_eq!(done(&driver), ["Tested", "Help page updated"]);
}

#[test]
fn the_mouse_selects_a_setting() {
    use backstory::ui::effect::Pointer;
    let mut driver = open();
    driver.input(Input::Pointer(Pointer::Press { column: 40, row: 3 }));
    driver.expect("backstory config key");
}

#[test]
fn a_review_under_way_keeps_its_lines_while_the_definition_of_done_is_changed() {
    let mut driver = Driver::on(&World::sample().backlog);
    driver.press("2 y y y space");
    driver.press("5 j j j j j j j j j j Enter j x");
    assert_eq!(done(&driver), ["Released to staging"]);
    driver
        .press("2")
        .expect("[x] Help page updated")
        .expect("[ ] Released to staging");
    driver.press("space").expect("[ ] Help page updated");
    // A review that has not begun asks for the lines there are now.
    driver
        .press("]")
        .expect_no("Help page updated")
        .expect("[ ] Released to staging");
}

#[test]
fn rules_of_the_linter_are_taken_out_by_letters() {
    let mut driver = open();
    driver
        .press("G k k k k k k k")
        .expect("The rules of the linter that say nothing");
    driver
        .press("Enter")
        .expect("a [ ] well-formed")
        .press("a b");
    driver.expect("[x] well-formed").expect("[x] atomic");
    let off = |driver: &Driver| {
        product(driver)
            .lint
            .off
            .iter()
            .map(ToString::to_string)
            .collect::<Vec<_>>()
    };
    assert_eq!(off(&driver), ["well-formed", "atomic"]);
    driver.press("a Esc u u");
    assert_eq!(off(&driver), ["well-formed"]);
}

#[test]
fn a_template_is_written_line_by_line() {
    let mut driver = open();
    driver
        .press("G k k k k k k k k k k k k")
        .expect("templates.bug.notes");
    driver.press("Enter").expect("Change the template of bugs");
    driver
        .write("Steps:")
        .press("Ctrl+J")
        .write("Seen:")
        .press("Enter");
    assert_eq!(
        product(&driver).templates.bug.notes.as_str(),
        "Steps:\nSeen:"
    );
    driver.expect("Steps: Seen:");
    driver.press("k n").write("Given the steps").press("Ctrl+J");
    driver.write("Then it is not seen").press("Enter");
    driver.expect("Bug criteria").expect("1 criterion");
    driver.expect("Given the steps Then it is not seen");
    let criteria = &product(&driver).templates.bug.criteria;
    assert_eq!(
        criteria.first().map(backstory::model::Prose::as_str),
        Some("Given the steps\nThen it is not seen")
    );
    driver.press("u");
    assert!(product(&driver).templates.bug.criteria.is_empty());
}
