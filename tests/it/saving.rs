//! What the screen makes of saving: acts that wait, and others' changes that come with them.

use std::sync::Arc;

use backstory::model::{Act, Delta, Line, Product, Subject, Title};
use backstory::ui::effect::Conflict;
use backstory::ui::{Input, Request};

use crate::support::driver::Driver;

/// Two new stories that are not saved yet.
fn waiting() -> Driver {
    let mut driver = Driver::open(Product::new("Webshop", None).unwrap(), Vec::new());
    driver.saves = false;
    for title in ["One", "Two"] {
        driver.press("n").write(title).press("Enter");
    }
    driver
}

/// The act as the store wrote it, where somebody else had given the story another title.
fn merged(act: &Act) -> Input {
    let mut act = act.clone();
    let Some(Delta::Story {
        after: Some(story), ..
    }) = act.deltas.first_mut()
    else {
        panic!("{act:?}")
    };
    Arc::make_mut(story).title = Title::parse("Theirs").unwrap();
    Input::Saved(Arc::new(act))
}

#[test]
fn others_changes_that_came_with_a_save_are_shown_while_another_story_waits() {
    let mut driver = waiting();
    let first = merged(&driver.unsaved[0]);
    driver.input(first);
    driver.expect("Theirs").expect("saving");
}

#[test]
fn others_settings_that_came_with_a_save_are_shown() {
    let mut driver = waiting();
    let mut act = Act::clone(&driver.unsaved[0]);
    let before = Arc::clone(driver.backlog().product());
    let mut after = Product::clone(&before);
    after.name = Line::parse("Theirs");
    act.deltas = vec![Delta::Product {
        before,
        after: Arc::new(after),
    }];
    driver.input(Input::Saved(Arc::new(act)));
    driver.expect("Theirs");
}

#[test]
fn a_question_that_was_put_away_comes_back_when_quitting() {
    let mut driver = waiting();
    let act = Arc::clone(&driver.unsaved[0]);
    let conflict = Conflict {
        subject: Subject::Product,
        fields: vec![("estimate".to_owned(), "3".to_owned(), "5".to_owned())],
        act: Arc::clone(&act),
    };
    driver.input(Input::Conflict(Box::new(conflict)));
    driver.expect("Keep theirs").expect_no("quit");
    driver.press("Esc").expect_no("Keep theirs");
    driver.press("q").expect("Leave mine unsaved and quit");
    driver.press("1");
    let settle = Request::Settle {
        act: act.id,
        ours: true,
    };
    assert_eq!(driver.requests, [settle]);
    driver.input(Input::Saved(act));
    driver.press("q").expect_no("Leave mine");
}
