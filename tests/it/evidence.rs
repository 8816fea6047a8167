//! Evidence that a command gives, and the question that a review raises.

use backstory::model::review::{End, Shown};
use backstory::ui::{Input, Request};
use jiff::SignedDuration;

use crate::support::driver::Driver;
use crate::support::review::{PARCEL, parcel, verdicts};

/// The evidence on the first criterion.
fn evidence(driver: &Driver) -> String {
    let story = driver.story("WEB-1");
    let judgement = story.open_round().unwrap().judgement("c1").unwrap();
    judgement.evidence.to_string()
}

/// A screen on which a command has just been confirmed as evidence on the first criterion.
fn asked() -> Driver {
    let mut driver = parcel();
    driver.press("y k v").write("!make check").press("Enter");
    driver
}

fn shown(end: End) -> Shown {
    Shown {
        command: "make check".to_owned(),
        end,
        took: SignedDuration::from_millis(1_500),
        output: "12 passed\n1 failed \u{202e}".to_owned(),
    }
}

#[test]
fn a_command_is_run_only_after_enter_and_kept_only_after_it_was_seen() {
    let mut driver = parcel();
    driver.press("y k v").write("!make check");
    let runs = Request::RunCommand("make check".to_owned());
    assert!(!driver.requests.contains(&runs));
    driver
        .press("Enter")
        .expect("$ make check")
        .expect("It runs …");
    assert!(driver.requests.contains(&runs));
    driver
        .input(Input::Shown(Ok(shown(End::Exit(2)))))
        .expect("exit code 2 after 1.5 s")
        .expect("12 passed")
        .expect("keeps this as evidence");
    assert_eq!(evidence(&driver), "");
    driver.press("Enter").expect_no("keeps this");
    let kept = evidence(&driver);
    assert!(
        kept.starts_with("$ make check\nexit code 2 after 1.5 s\n12 passed\n1 failed"),
        "{kept}"
    );
    driver.press("u");
    assert_eq!(evidence(&driver), "", "one undo takes it back");
}

#[test]
fn what_a_command_showed_need_not_be_kept() {
    let mut driver = asked();
    driver
        .input(Input::Shown(Ok(shown(End::Exit(0)))))
        .press("Esc");
    assert_eq!(evidence(&driver), "");
    assert!(!driver.requests.contains(&Request::StopCommand));
}

#[test]
fn esc_stops_a_command_and_what_comes_later_is_not_shown() {
    let mut driver = asked();
    driver.press("Esc").expect_no("It runs");
    assert!(driver.requests.contains(&Request::StopCommand));
    driver
        .input(Input::Shown(Ok(shown(End::Stopped))))
        .expect_no("12 passed");
    assert_eq!(evidence(&driver), "");
}

#[test]
fn a_command_that_cannot_be_run_says_why() {
    let mut driver = asked();
    let reason = "`make check` could not be run: there is no shell.".to_owned();
    driver
        .input(Input::Shown(Err(reason)))
        .expect("there is no shell")
        .press("Esc")
        .expect_no("there is no shell");
}

#[test]
fn evidence_that_was_kept_is_not_run_when_it_is_written_again() {
    let mut driver = asked();
    driver
        .input(Input::Shown(Ok(shown(End::Exit(0)))))
        .press("y");
    driver.requests.clear();
    driver.press("v").write(" and seen").press("Enter");
    let ran = |request: &Request| matches!(request, Request::RunCommand(_));
    assert!(!driver.requests.iter().any(ran));
    assert!(evidence(&driver).ends_with("and seen"));
}

#[test]
fn cannot_tell_moves_on_and_the_question_it_raises_is_a_key_away() {
    let mut driver = parcel();
    driver
        .press("c")
        .expect("w writes it down as a question.")
        .expect("▌ · 2")
        .press("w")
        .expect("A question about WEB-1")
        .write("Who prints it?")
        .press("Enter")
        .expect("▌ · 2");
    let questions = |driver: &Driver| -> Vec<String> {
        let questions = driver.story("WEB-1").questions.iter();
        questions
            .map(|question| question.text.to_string())
            .collect()
    };
    assert_eq!(questions(&driver), ["Who prints it?"]);
    driver.press("c c w Esc");
    assert_eq!(questions(&driver), ["Who prints it?"]);
    let unclear = Some(backstory::model::Verdict::CannotTell);
    assert_eq!(verdicts(&driver, "WEB-1"), [unclear; PARCEL.len()]);
}
