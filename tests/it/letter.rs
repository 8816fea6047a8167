//! What follows a decision: the letter to the team, the note on an acceptance, the place in the queue.

use std::path::Path;

use backstory::model::{Change, Edit, Prose, Status};
use backstory::ui::effect::{Effect, TextFile};
use backstory::ui::{Input, Request};

use crate::support::driver::Driver;
use crate::support::review::{delivered, failed_once, open, parcel, three, with_done};

fn copied(driver: &Driver) -> Option<&str> {
    driver
        .requests
        .iter()
        .rev()
        .find_map(|request| match request {
            Request::Copy(text) => Some(text.as_str()),
            _ => None,
        })
}

#[test]
fn after_a_rejection_one_key_copies_the_letter_although_another_story_is_in_sight() {
    let mut driver = three();
    driver.press("n").write("it is blue").press("Enter r Enter");
    driver
        .expect("WEB-1 is rejected and goes back to the team. Y copies the letter.")
        .expect("WEB-2 ─ Two ─ round 1")
        .press("Y")
        .expect("The letter to the team about WEB-1 is copied. E writes it into a file.");
    let text = copied(&driver).unwrap();
    assert!(text.starts_with("## WEB-1 One: sent back in round 1"));
    assert!(text.contains(r"> 1\. It works: it is blue"), "{text}");
    // In the backlog it is that of the selected story.
    driver.requests.clear();
    driver.press("1 g Y");
    assert!(copied(&driver).unwrap().starts_with("## WEB-1 One"));
    driver.requests.clear();
    driver.press("j Y").expect("WEB-2 was never rejected");
    assert_eq!(copied(&driver), None);
}

#[test]
fn without_a_rejected_story_there_is_no_letter() {
    let mut driver = parcel();
    driver.press("Y").expect("No story is rejected");
    let mut driver = open(&with_done(&[]));
    driver.press("Y").expect("No story is rejected");
    assert_eq!(copied(&driver), None);
}

#[test]
fn a_story_that_comes_again_has_its_letter_from_the_last_round() {
    let mut world = with_done(&[]);
    let first = delivered(&mut world, "One", &["It works"]);
    let second = delivered(&mut world, "Two", &["It works"]);
    failed_once(&mut world, first, "c1", "it is blue");
    failed_once(&mut world, second, "c1", "it is green");
    let mut driver = open(&world);
    driver
        .press("Y")
        .expect("The letter to the team about WEB-1 is copied.");
    assert!(copied(&driver).unwrap().contains("Note: it is blue"));
    driver
        .press("] Y")
        .expect("The letter to the team about WEB-2 is copied.");
    // One that was sent back a moment ago is meant first, although it is out of sight.
    driver
        .press("[ n")
        .write("it is red")
        .press("Enter r Enter")
        .expect("WEB-2 ─ Two ─ round 2")
        .press("Y")
        .expect("The letter to the team about WEB-1 is copied.");
    assert!(copied(&driver).unwrap().contains("Note: it is red"));
    // As soon as something else is done, it is the one in sight again.
    driver.press("n").write("it is grey").press("Enter Y");
    driver.expect("The letter to the team about WEB-2 is copied.");
}

#[test]
fn the_letter_goes_into_a_file_of_a_proposed_name_and_a_file_that_is_there_is_asked_about() {
    let mut driver = three();
    driver
        .press("n")
        .write("it is blue")
        .press("Enter r Enter E");
    driver
        .expect("Write the letter to the team about WEB-1 into the file …")
        .expect("WEB-1-round-1.md")
        .press("Enter");
    let Some(Request::WriteFile(wanted)) = driver.requests.last().cloned() else {
        panic!("it is to be written");
    };
    assert_eq!(wanted.file, Path::new("WEB-1-round-1.md"));
    assert!(
        wanted
            .text
            .starts_with("## WEB-1 One: sent back in round 1")
    );
    assert!(!wanted.replaces);
    driver
        .input(Input::FileThere(wanted.clone()))
        .expect("WEB-1-round-1.md is there already. Write over it?");
    driver.press("n");
    let asks = |driver: &Driver| {
        let asked = driver.requests.iter();
        asked
            .filter(|asked| matches!(asked, Request::WriteFile(_)))
            .count()
    };
    assert_eq!(asks(&driver), 1);
    driver.input(Input::FileThere(wanted.clone())).press("y");
    let anew = TextFile {
        replaces: true,
        ..wanted.clone()
    };
    assert_eq!(driver.requests.last(), Some(&Request::WriteFile(anew)));
    // Another name takes the place of the proposed one as soon as it is typed; none at all is refused.
    driver.press("E").write("way back.md").press("Enter");
    let Some(Request::WriteFile(other)) = driver.requests.last() else {
        panic!("it is to be written");
    };
    assert_eq!(other.file, Path::new("way back.md"));
    driver
        .press("E Backspace Enter")
        .expect("A file needs a name.");
    // What is being typed is not disturbed.
    driver
        .input(Input::FileThere(wanted))
        .expect("is there already. Choose another.")
        .expect("A file needs a name.");
}

#[test]
fn a_question_that_a_review_raises_stands_on_the_sheet_and_in_the_letter() {
    let mut driver = three();
    driver
        .press("c w")
        .write("Which currencies?")
        .press("Enter")
        .expect("The question is on WEB-1 now. If WEB-1 goes back, the letter asks it too.")
        .expect("  ? Which currencies?");
    driver.press("w Enter").expect_no("The question is on");
    assert_eq!(driver.story("WEB-1").questions.len(), 1);
    driver.press("r").write("ask first").press("Enter Y");
    let text = copied(&driver).unwrap();
    assert!(
        text.contains("\n### Open questions\n\n- Which currencies?\n"),
        "{text}"
    );
    // Once it is answered it is asked no more.
    driver.press("1 g");
    let story = driver.story("WEB-1").id;
    let mut questions = driver.story("WEB-1").questions.clone();
    questions[0].answer = Prose::parse("All.");
    let edit = Edit::Questions(questions);
    driver
        .app
        .perform(vec![Effect::change(Change::Edit { story, edit })]);
    driver.press("Y");
    assert!(!copied(&driver).unwrap().contains("currencies"));
}

#[test]
fn an_acceptance_may_have_a_note_and_needs_none() {
    let note = |driver: &Driver, key: &str| {
        let story = driver.story(key);
        assert_eq!(story.status, Status::Accepted);
        let round = story.reviews.last().unwrap();
        assert!(!round.is_waived());
        round.note.as_ref().map(ToString::to_string)
    };
    let mut driver = three();
    driver
        .press("y A")
        .expect("Accept WEB-1 with the note …")
        .write("on staging")
        .press("Enter")
        .expect("WEB-1 is accepted.");
    driver.press("y a y A Enter").expect("WEB-3 is accepted.");
    assert_eq!(note(&driver, "WEB-1"), Some("on staging".to_owned()));
    assert_eq!(note(&driver, "WEB-2"), None);
    assert_eq!(note(&driver, "WEB-3"), None);
}

#[test]
fn a_note_where_not_everything_is_met_is_a_waiver() {
    let mut driver = three();
    driver
        .press("A")
        .expect("Accept all the same because …")
        .write("good enough")
        .press("Enter");
    assert!(driver.story("WEB-1").reviews[0].is_waived());
    // Its reason stays in sight with the story.
    driver
        .press("1 /")
        .write("status:accepted")
        .press("Enter Enter")
        .expect("accepted with a waiver")
        .expect("good enough");
}

#[test]
fn accepting_in_a_row_keeps_the_place_in_the_queue() {
    let mut driver = three();
    driver.press("] y a").expect("WEB-3 ─ Three");
    driver.press("y a").expect("WEB-1 ─ One");
}
