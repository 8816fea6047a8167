//! The story editor, by its keys: pasting, suggestions, cutting, undo, the mouse.

use super::*;
use crate::support::world::World;

#[test]
fn pasted_lines_become_blanks_in_one_line_and_stay_lines_elsewhere() {
    let mut driver = editing();
    driver
        .paste(" and\r\nfour\n")
        .press("Ctrl+N")
        .paste("Given\r\nWhen")
        .press("Esc");
    assert_eq!(title(&driver), "Three and four");
    assert_eq!(criteria(&driver), ["c1 Given\nWhen"]);
}

#[test]
fn a_sentence_in_the_title_is_taken_apart_when_it_is_left() {
    let mut driver = editing();
    driver
        .press("Alt+A")
        .paste("As a guest,\nI want to pay later, so that I can check first.");
    driver
        .press("Tab")
        .expect("│ Title      Pay later")
        .expect("│▌As a       guest");
    let story = driver.story("WEB-3");
    assert_eq!(story.title.as_str(), "Pay later");
    let said = [&story.persona, &story.want, &story.benefit].map(Line::as_str);
    assert_eq!(said, ["guest", "pay later", "I can check first"]);
    assert_eq!(driver.saved, ["take the sentence of WEB-3 apart"]);
    driver.press("Esc u");
    assert_eq!(
        (title(&driver), driver.story("WEB-3").want.as_str()),
        ("Three", "")
    );
}

#[test]
fn a_sentence_in_the_title_stays_where_the_fields_are_taken() {
    let mut driver = editing();
    driver.press("Tab").write("owner").press("Shift+Tab Alt+A");
    driver.write("As a guest, I want to pay later").press("Esc");
    assert_eq!(title(&driver), "As a guest, I want to pay later");
    assert_eq!(driver.story("WEB-3").persona.as_str(), "owner");
}

#[test]
fn suggestions_take_keys_only_after_the_arrow_has_moved_into_them() {
    let mut driver = with_vocabulary();
    driver
        .press("Tab")
        .expect("returning guest")
        .press("Tab")
        .expect("│▌I want to");
    driver
        .press("Shift+Tab ↓ ↓ Enter")
        .expect("│▌As a       returning guest");
    driver.press("Enter").expect("│▌I want to");
    assert_eq!(driver.story("WEB-3").persona.as_str(), "returning guest");
}

#[test]
fn up_and_esc_go_back_from_the_suggestions_to_the_text() {
    let mut driver = with_vocabulary();
    driver
        .press("Tab ↓ ↑")
        .write("own")
        .press("Alt+A Delete ↓ Esc")
        .expect("│▌As a");
    driver.write("ret").press("↓ Tab Esc");
    assert_eq!(driver.story("WEB-3").persona.as_str(), "returning guest");
}

#[test]
fn the_arrow_goes_through_the_suggestions_to_the_next_field() {
    let mut driver = with_vocabulary();
    driver.press("Tab ↓ ↓ ↓").expect("│▌I want to");
    assert_eq!(driver.story("WEB-3").persona.as_str(), "");
}

#[test]
fn labels_complete_one_after_the_other() {
    let mut driver = with_vocabulary();
    go_to(&mut driver, "Labels");
    driver
        .write("pay")
        .press("↓ Tab")
        .expect("│▌Labels     payment,");
    driver
        .write("ch")
        .press("↓ Enter Tab")
        .expect("│ Labels     payment, checkout");
    driver.write("sh").press("↓ Enter Esc");
    let story = driver.story("WEB-3");
    assert_eq!(story.labels, ["payment", "checkout"].map(Line::parse));
    assert_eq!(story.epic.as_str(), "Shop");
}

#[test]
fn blockers_complete_by_key_and_by_title() {
    let mut driver = in_field("Blocked by");
    driver
        .write("tw")
        .expect("WEB-2 Two")
        .press("↓ Tab")
        .write("web-1")
        .press("↓ Tab Tab Esc");
    let keys: Vec<String> = driver
        .story("WEB-3")
        .blocked_by
        .iter()
        .map(|id| driver.backlog().key_or_id(*id))
        .collect();
    assert_eq!(keys, ["WEB-2", "WEB-1"]);
}

#[test]
fn text_is_cut_and_pasted_across_fields() {
    let mut driver = editing();
    driver
        .write(" wishes")
        .press("Ctrl+Shift+← Ctrl+X Tab Ctrl+V Esc");
    assert_eq!(
        (title(&driver), driver.story("WEB-3").persona.as_str()),
        ("Three", "wishes")
    );
    assert_eq!(driver.requests, [Request::Copy("wishes".to_owned())]);
    driver.press("e Alt+C").expect("Nothing is selected.");
    driver.press("Alt+A Alt+C");
    assert_eq!(
        driver.requests.last(),
        Some(&Request::Copy("Three".to_owned()))
    );
}

#[test]
fn typing_is_undone_in_its_field_alone() {
    let mut driver = editing();
    driver
        .press("Tab")
        .write("guest")
        .press("Shift+Tab")
        .write(" wishes")
        .press("Alt+U")
        .expect("▌Title      Three");
    driver
        .press("Alt+R")
        .expect("Three wishes")
        .press("Alt+U Alt+U Alt+U Esc");
    assert_eq!(
        (title(&driver), driver.story("WEB-3").persona.as_str()),
        ("Three", "guest")
    );
}

#[test]
fn a_field_is_written_in_the_users_own_editor() {
    let mut driver = with_criteria(&["one"]);
    driver.press("Ctrl+E");
    assert_eq!(driver.requests, [Request::EditOutside("one".to_owned())]);
    driver.input(Input::Edited(Ok("Given\nWhen\n".to_owned())));
    driver.press("Alt+U").expect("▌1  one").press("Alt+R Esc");
    assert_eq!(criteria(&driver), ["c1 Given\nWhen"]);
}

#[test]
fn a_click_places_the_cursor_in_a_field() {
    let mut driver = with_criteria(&["one", "Given\nWhen"]);
    let (column, row) = find(&driver, "When");
    click(&mut driver, column + 2, row);
    driver.write("X").press("Esc");
    assert_eq!(criteria(&driver), ["c1 one", "c2 Given\nWhXen"]);
}

#[test]
fn text_is_selected_by_dragging() {
    let mut driver = editing();
    let (column, row) = find(&driver, "▌Title      Three");
    driver.input(Input::Pointer(Pointer::Press {
        column: column + 12,
        row,
    }));
    driver.input(Input::Pointer(Pointer::Drag {
        column: column + 15,
        row,
    }));
    driver.write("Fr").press("Esc");
    assert_eq!(title(&driver), "Free");
}

#[test]
fn a_click_takes_a_suggestion() {
    let mut driver = with_vocabulary();
    driver.press("Tab");
    let (column, row) = find(&driver, "returning guest");
    click(&mut driver, column, row);
    driver.press("Esc");
    assert_eq!(driver.story("WEB-3").persona.as_str(), "returning guest");
}

#[test]
fn the_words_of_a_scenario_are_completed_in_a_criterion() {
    let mut world = World::empty();
    world.add("Pay");
    let mut driver = Driver::on(&world.backlog);
    driver
        .press("e Tab Tab Tab Tab")
        .write("gi")
        .press("↓ Enter")
        .write("a card")
        .press("Ctrl+J");
    driver
        .write("w")
        .press("↓ Tab")
        .write("I pay")
        .press("Ctrl+J ↓ Tab")
        .write("it is paid")
        .press("Esc");
    assert_eq!(
        driver.story("WEB-1").criteria[0].text.as_str(),
        "Given a card\nWhen I pay\nThen it is paid"
    );
}

#[test]
fn from_a_plain_criterion_down_goes_to_the_next() {
    let mut world = World::empty();
    world.add("Pay");
    let mut driver = Driver::on(&world.backlog);
    driver.press("e Tab Tab Tab Tab").write("Cards work");
    driver.press("Ctrl+J ↓").write("Next").press("Esc");
    assert_eq!(driver.story("WEB-1").criteria.len(), 2);
}
