//! The story editor, by its keys: text that cannot be saved, and stories that change meanwhile.

use super::*;
use crate::support::review;

#[test]
fn esc_never_destroys_what_cannot_be_saved() {
    let mut driver = in_field("Estimate");
    driver.write("many").press("Esc");
    driver
        .expect("Not saved yet.")
        .expect("`many` is no estimate.")
        .expect("Edit WEB-3");
    driver
        .press("Esc")
        .expect_no("Edit WEB-3")
        .expect("WEB-3 keeps the estimate it had.");
    driver
        .press("k e")
        .expect("Edit WEB-2")
        .expect_no("many")
        .press("Esc j e");
    driver
        .expect("│▌Estimate   many")
        .expect("This was not saved last time.");
    driver.press("Alt+A").write("5").press("Esc");
    assert_eq!(driver.story("WEB-3").estimate, Some(Points::whole(5)));
    driver.press("e").expect_no("not saved last time");
}

#[test]
fn a_second_esc_after_more_typing_asks_again() {
    let mut driver = in_field("Estimate");
    driver
        .write("many")
        .press("Esc")
        .write("x")
        .press("Esc")
        .expect("Edit WEB-3");
    driver.press("Alt+U Alt+U Esc").expect_no("Edit WEB-3");
}

#[test]
fn an_empty_title_is_refused_and_the_old_one_stays() {
    let mut driver = editing();
    driver
        .press("Alt+A Delete Tab")
        .expect("A story needs a title.")
        .expect("│▌Title");
    driver
        .press("Esc Esc")
        .expect("WEB-3 keeps the title it had.");
    driver.press("e").expect("│▌Title      Three");
}

#[test]
fn leaving_by_the_mouse_keeps_what_cannot_be_saved() {
    let mut driver = in_field("Estimate");
    driver.write("many");
    click(&mut driver, 5, 3);
    driver
        .expect_no("Edit WEB-")
        .expect("WEB-3 keeps the estimate it had.");
    driver.press("G e").expect("│▌Estimate   many");
}

#[test]
fn quitting_commits_and_asks_before_it_loses_anything() {
    let mut driver = editing();
    driver.write("!").press("Ctrl+C");
    assert_eq!(
        (title(&driver), driver.requests.last()),
        ("Three!", Some(&Request::Quit))
    );
    let mut driver = in_field("Estimate");
    driver
        .write("many")
        .press("Ctrl+C")
        .expect("without what you typed?");
    assert!(driver.requests.is_empty());
    driver.press("n").expect("│▌Estimate   many");
    driver.press("Ctrl+C y");
    assert_eq!(driver.requests, [Request::Quit]);
}

#[test]
fn text_from_outside_for_a_closed_editor_is_on_the_clipboard() {
    let mut driver = with_criteria(&["one"]);
    driver.press("Ctrl+E");
    change_outside(&mut driver, |story| story.status = Status::Accepted);
    driver
        .input(Input::Edited(Ok("Given".to_owned())))
        .expect("not open any more");
    assert_eq!(
        driver.requests.last(),
        Some(&Request::Copy("Given".to_owned()))
    );
}

#[test]
fn fields_follow_the_story_but_the_one_being_typed_in_keeps_its_text() {
    let mut driver = editing();
    driver.write("!");
    change_outside(&mut driver, |story| {
        story.title = Title::parse("Drei").unwrap();
        story.persona = Line::parse("guest");
        story.criteria.push(Criterion {
            id: "c1".to_owned(),
            ..Criterion::new("from elsewhere")
        });
    });
    driver
        .expect("│▌Title      Three!")
        .expect("As a       guest")
        .expect("1  from elsewhere");
    driver.press("Esc");
    assert_eq!(title(&driver), "Three!");
    assert_eq!(driver.story("WEB-3").persona.as_str(), "guest");
}

#[test]
fn an_undo_from_the_palette_is_followed() {
    let mut driver = editing();
    driver
        .write("!")
        .press("Ctrl+S Ctrl+P")
        .write("undo the last act")
        .press("Enter");
    driver.expect("│▌Title      Three ").expect("Edit WEB-3");
    assert_eq!(title(&driver), "Three");
}

#[test]
fn criteria_follow_one_by_one_while_one_is_typed() {
    let mut driver = with_criteria(&["one", "two", "three"]);
    driver.press("Tab").write("!");
    change_outside(&mut driver, |story| {
        story.criteria.remove(0);
        story.criteria[1].text = Prose::parse("drei");
        story.criteria.push(Criterion {
            id: "c9".to_owned(),
            ..Criterion::new("nine")
        });
    });
    driver.press("Esc");
    assert_eq!(criteria(&driver), ["c2 two!", "c3 drei", "c9 nine"]);
}

#[test]
fn a_criterion_removed_elsewhere_while_it_is_typed_stays() {
    let mut driver = with_criteria(&["one", "two"]);
    driver.write("!");
    change_outside(&mut driver, |story| drop(story.criteria.remove(0)));
    driver.press("Esc");
    let said = criteria(&driver);
    assert!(
        said[0].ends_with(" one!") && said[1] == "c2 two",
        "{said:?}"
    );
}

#[test]
fn a_story_accepted_meanwhile_closes_the_editor_and_keeps_what_was_typed() {
    let mut driver = in_field("Epic");
    driver.write("Shop");
    change_outside(&mut driver, |story| story.status = Status::Accepted);
    driver
        .expect_no("Edit WEB-3")
        .expect("WEB-3 has been accepted meanwhile")
        .expect("What you typed comes back");
    change_outside(&mut driver, |story| story.status = Status::Started);
    driver
        .press("G e")
        .expect("│▌Epic       Shop")
        .expect("not saved last time")
        .press("Esc");
    assert_eq!(driver.story("WEB-3").epic.as_str(), "Shop");
}

#[test]
fn a_story_that_is_gone_closes_the_editor_and_its_criteria_come_back_with_it() {
    let mut driver = with_criteria(&["one", "two"]);
    driver.press("Tab").write("!");
    let story = driver.story("WEB-3").clone();
    driver.input(Input::Changed {
        stories: vec![(story.id, None)],
        product: None,
    });
    driver
        .expect("WEB-3 is not there any more")
        .expect_no("Edit WEB-3");
    driver.input(Input::Changed {
        stories: vec![(story.id, Some(Arc::new(story)))],
        product: None,
    });
    driver.press("G e").expect("▌2  two!").press("Esc");
    assert_eq!(criteria(&driver), ["c1 one", "c2 two!"]);
}

#[test]
fn quitting_from_elsewhere_asks_nothing() {
    let mut driver = in_field("Estimate");
    driver.write("many").press("Esc Esc q");
    assert_eq!(driver.requests, [Request::Quit]);
}

#[test]
fn a_story_under_review_is_edited_and_the_review_goes_on() {
    let mut driver = review::parcel();
    driver
        .press("e")
        .expect("│▌Title")
        .write("!")
        .press("Ctrl+N")
        .write("Checked twice")
        .press("Esc");
    driver
        .expect_no("│▌Title")
        .expect("Checked twice")
        .press("y")
        .expect("1 of 4 met");
}

#[test]
fn the_editor_goes_back_to_where_it_came_from() {
    let mut driver = three();
    driver.press("Enter e").expect("Edit WEB-3").press("Esc");
    driver
        .expect_no("Edit WEB-3")
        .press("e")
        .expect("Edit WEB-3")
        .press("Esc Esc k")
        .expect("▌  2  WEB-2");
}

#[test]
fn a_field_that_somebody_else_changed_while_it_is_typed_in_says_so() {
    let mut driver = editing();
    driver.write(" of mine");
    change_outside(&mut driver, |story| {
        story.title = Title::parse("Theirs").unwrap();
    });
    driver
        .expect("Three of mine")
        .expect("Changed by somebody else meanwhile: “Theirs”.");
    driver.press("Tab").expect_no("Changed by somebody");
    assert_eq!(title(&driver), "Three of mine");
}

#[test]
fn what_is_typed_is_not_called_saved_before_its_field_is_left() {
    let mut driver = editing();
    driver
        .expect("saved · Ana")
        .write("!")
        .expect("typing · Ana");
    driver.press("Tab").expect("saved · Ana");
}
