//! The story editor, by its keys: criteria and questions.

use super::*;

#[test]
fn enter_makes_one_criterion_after_the_other_and_goes_on_from_an_empty_one() {
    let mut driver = editing();
    driver
        .press("Ctrl+N")
        .write("one")
        .press("Enter")
        .write("two")
        .press("Enter Enter");
    driver.expect("│▌?").write("Which?").press("Esc");
    assert_eq!(criteria(&driver), ["c1 one", "c2 two"]);
    assert_eq!(driver.story("WEB-3").questions[0].text.as_str(), "Which?");
    assert_eq!(
        driver.saved,
        [
            "edit criteria of WEB-3",
            "edit criteria of WEB-3",
            "edit questions of WEB-3"
        ]
    );
}

#[test]
fn enter_within_the_list_makes_room_below_and_an_empty_criterion_falls_away() {
    let mut driver = with_criteria(&["one", "two"]);
    driver
        .press("Enter")
        .write("between")
        .press("Enter")
        .press("Tab Esc");
    assert_eq!(criteria(&driver), ["c1 one", "c3 between", "c2 two"]);
}

#[test]
fn a_criterion_has_lines() {
    let mut driver = editing();
    driver
        .press("Ctrl+N")
        .write("Given a card\nWhen I pay")
        .press("Alt+Enter")
        .write("Then it is paid");
    driver.press("Esc");
    assert_eq!(
        criteria(&driver),
        ["c1 Given a card\nWhen I pay\nThen it is paid"]
    );
}

#[test]
fn backspace_takes_an_empty_criterion_away() {
    let mut driver = with_criteria(&["one", "x", "three"]);
    driver
        .press("Tab Backspace Backspace")
        .write("!")
        .press("Esc");
    assert_eq!(criteria(&driver), ["c1 one!", "c3 three"]);
    driver.press("u u");
    assert_eq!(criteria(&driver), ["c1 one", "c2 x", "c3 three"]);
}

#[test]
fn criteria_are_reordered_with_the_cursor_on_them() {
    let mut driver = with_criteria(&["one", "two", "three"]);
    driver.press("Alt+↓ Alt+↓").write("!");
    driver
        .press("Alt+↓")
        .expect("This is the last criterion already.");
    driver.press("Esc");
    assert_eq!(criteria(&driver), ["c2 two", "c3 three", "c1 one!"]);
    assert_eq!(driver.saved, ["edit criteria of WEB-3"]);
    driver.press("e Alt+↑").expect("This is no criterion.");
}

#[test]
fn a_criterion_is_deleted_and_comes_back_by_undo() {
    let mut driver = with_criteria(&["one", "two"]);
    driver.press("Alt+X").expect_no("1  one");
    assert_eq!(criteria(&driver), ["c2 two"]);
    driver.press("Alt+U Esc");
    assert_eq!(criteria(&driver), ["c2 two"]);
    driver.press("u");
    assert_eq!(criteria(&driver), ["c1 one", "c2 two"]);
}

#[test]
fn a_question_gets_its_answer() {
    let mut driver = editing();
    driver
        .press("Ctrl+N Enter")
        .write("Which cards?")
        .press("Enter")
        .write("Visa")
        .press("Enter");
    driver.write("Since when?").press("Esc");
    let said: Vec<(&str, &str)> = driver
        .story("WEB-3")
        .questions
        .iter()
        .map(|question| (question.text.as_str(), question.answer.as_str()))
        .collect();
    assert_eq!(said, [("Which cards?", "Visa"), ("Since when?", "")]);
    driver.press("e").expect("→  Visa").expect("1 open");
}

#[test]
fn an_answer_is_not_lost_with_its_question() {
    let mut driver = editing();
    driver
        .press("Ctrl+N Enter")
        .write("Which?")
        .press("Enter")
        .write("Visa")
        .press("↑ Alt+A Delete Ctrl+S");
    driver.expect("This answer has no question.").expect("Visa");
    driver.press("↓ Alt+A Delete Tab Esc");
    assert!(driver.story("WEB-3").questions.is_empty());
}
