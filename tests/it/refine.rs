//! Refining: rules, examples and questions of one story after the other, by keys.

use backstory::model::{Edit, Line, Points, Question, Status};

use crate::support::driver::Driver;
use crate::support::world::World;

/// Three ideas and a ready story above them.
fn meeting() -> World {
    let mut world = World::empty();
    for title in ["Log in", "Send a gift", "Return a parcel", "Track a parcel"] {
        world.add(title);
    }
    let id = world.id("WEB-1");
    world.criteria(id, &["It can be done on a phone"]);
    world.to("WEB-1", Status::Ready);
    world
}

fn screen() -> Driver {
    let mut driver = Driver::on(&meeting().backlog);
    driver.press("j R");
    driver
}

fn texts(driver: &Driver, key: &str) -> Vec<String> {
    let rules = driver.story(key).criteria.iter();
    rules
        .map(|rule| {
            let examples: Vec<&str> = rule.examples.iter().map(Line::as_str).collect();
            format!("{}: {}", rule.text, examples.join(", "))
        })
        .collect()
}

#[test]
fn rules_examples_questions_and_answers_are_a_key_and_their_words_each() {
    let mut driver = screen();
    driver
        .expect("Refine ─ WEB-2 ─ 1 of 3 · idea")
        .expect("Not ready yet: it needs an acceptance criterion.");
    driver
        .press("n")
        .write("Each address gets a parcel")
        .press("Enter");
    driver.press("i").write("two addresses").press("Enter");
    driver.press("i").write("one address twice").press("Enter");
    driver
        .press("n")
        .write("The bill goes to me")
        .press("Enter");
    driver
        .press("o")
        .write("Who pays for the card?")
        .press("Enter");
    driver
        .expect("an answer to its question")
        .expect("1 rule has no example.");
    assert_eq!(
        texts(&driver, "WEB-2"),
        [
            "Each address gets a parcel: two addresses, one address twice",
            "The bill goes to me: "
        ]
    );
    driver
        .press("a")
        .expect("Who pays for the card?")
        .write("We do")
        .press("Enter");
    assert_eq!(driver.story("WEB-2").questions[0].answer.as_str(), "We do");
    driver
        .expect("all answered")
        .expect("Ready to be agreed: press >.");
    driver
        .press(".")
        .write("3")
        .press("Enter")
        .expect("3 points");
    assert_eq!(driver.story("WEB-2").estimate, Some(Points::whole(3)));
    assert_eq!(driver.saved.len(), 7);
}

#[test]
fn an_idea_that_is_agreed_makes_room_for_the_next() {
    let mut driver = screen();
    driver.press(">").expect("WEB-2 has");
    assert_eq!(driver.story("WEB-2").status, Status::Idea);
    driver.press("n").write("It arrives").press("Enter >");
    assert_eq!(driver.story("WEB-2").status, Status::Ready);
    driver
        .expect("WEB-2 is ready.")
        .expect("Refine ─ WEB-3 ─ 2 of 3");
    driver.press("]").expect("Refine ─ WEB-4 ─ 3 of 3");
    driver
        .press("]")
        .expect("That was the last idea of this round.");
    driver.press("[").expect("Refine ─ WEB-3 ─ 2 of 3");
    // What is agreed is passed over.
    driver
        .press("[")
        .expect("This is the first idea of this round.");
    driver
        .press("Esc")
        .expect("Backlog ─")
        .expect("WEB-3 ─ feature · idea");
}

#[test]
fn cards_are_changed_moved_and_deleted_and_undo_takes_it_back() {
    let mut driver = screen();
    for rule in ["One", "Two"] {
        driver.press("n").write(rule).press("Enter");
    }
    driver
        .press("k i")
        .write("a")
        .press("Enter i")
        .write("b")
        .press("Enter");
    driver.press("K");
    assert_eq!(texts(&driver, "WEB-2"), ["One: b, a", "Two: "]);
    driver
        .press("K")
        .expect("It cannot go further among its like.");
    driver.press("x");
    assert_eq!(texts(&driver, "WEB-2"), ["One: a", "Two: "]);
    driver.press("u");
    assert_eq!(texts(&driver, "WEB-2"), ["One: b, a", "Two: "]);
    driver.press("g J");
    assert_eq!(texts(&driver, "WEB-2"), ["Two: ", "One: b, a"]);
    driver.press("e").write(", really").press("Enter");
    assert_eq!(texts(&driver, "WEB-2"), ["Two: ", "One, really: b, a"]);
    driver.press("j e Ctrl+U").write("c").press("Enter");
    assert_eq!(texts(&driver, "WEB-2"), ["Two: ", "One, really: c, a"]);
}

#[test]
fn the_marked_ideas_are_the_queue() {
    let mut driver = Driver::on(&meeting().backlog);
    driver
        .press("space j j space g R")
        .expect("Refine ─ WEB-4 ─ 1 of 1");
}

#[test]
fn a_ready_story_is_refined_when_it_is_chosen_and_the_ideas_follow() {
    let mut driver = Driver::on(&meeting().backlog);
    driver.press("R").expect("Refine ─ WEB-1 ─ 1 of 4 · ready");
    driver.press("]").expect("Refine ─ WEB-2");
    driver
        .press("Esc Enter R")
        .expect("Refine ─ WEB-2 ─ 1 of 3");
}

#[test]
fn without_an_idea_it_says_what_to_do() {
    let mut driver = Driver::on(&World::empty().backlog);
    driver.press("R").expect("There is no idea to refine here.");
}

#[test]
fn the_words_of_a_scenario_are_completed() {
    let mut driver = screen();
    driver
        .press("n")
        .write("gi")
        .press("↓ Enter")
        .write("a card")
        .press("Ctrl+J");
    driver
        .write("w")
        .expect("When")
        .press("↓ Tab")
        .write("I pay")
        .press("Ctrl+J");
    driver.press("↓ Enter").write("it is paid").press("Enter");
    assert_eq!(
        driver.story("WEB-2").criteria[0].text.as_str(),
        "Given a card\nWhen I pay\nThen it is paid"
    );
}

#[test]
fn empty_cards_and_wrong_points_are_refused_and_the_box_stays() {
    let mut driver = screen();
    driver
        .press("n Enter")
        .expect("There is nothing on the card yet.");
    driver
        .press("Esc i")
        .expect("An example belongs to a rule.");
    driver.press("a").expect("No question is open.");
    driver.press("x").expect("There is no card yet.");
    driver
        .press(".")
        .write("many")
        .press("Enter")
        .expect("`many` is no estimate.");
    assert!(driver.saved.is_empty());
}

#[test]
fn an_answer_that_is_emptied_opens_the_question_again() {
    let mut world = meeting();
    let id = world.id("WEB-2");
    let mut question = Question::new("Which countries?");
    question.answer = backstory::model::Prose::parse("All");
    world.edit(id, Edit::Questions(vec![question]));
    let mut driver = Driver::on(&world.backlog);
    driver
        .press("j R G a Ctrl+U Enter")
        .expect("an answer to its question");
}

#[test]
fn a_story_that_goes_meanwhile_makes_room_for_the_next_and_the_last_ends_refining() {
    let mut driver = screen();
    for (key, next) in [
        ("WEB-2", "Refine ─ WEB-3"),
        ("WEB-3", "Refine ─ WEB-4"),
        ("WEB-4", "Backlog ─ 1 story"),
    ] {
        let id = driver.story(key).id;
        driver.input(backstory::ui::Input::Changed {
            stories: vec![(id, None)],
            product: None,
        });
        driver.expect(next);
    }
}

#[test]
fn the_timer_tells_the_minutes_of_each_story() {
    let mut driver = screen();
    driver
        .press("T")
        .expect("0 min")
        .later(150)
        .press("j")
        .expect("2 min");
    driver
        .press("]")
        .expect("0 min")
        .press("T")
        .expect_no(" min");
}

#[test]
fn a_minute_is_waited_for_while_the_timer_runs_and_for_nothing_else() {
    let mut driver = screen();
    while driver.app.patience() == Some(std::time::Duration::ZERO) {
        driver.input(backstory::ui::Input::Idle);
    }
    assert_eq!(driver.app.patience(), None);
    driver.press("T").later(20).press("j");
    assert_eq!(
        driver.app.patience(),
        Some(std::time::Duration::from_secs(40))
    );
    driver.press("Esc");
    assert_eq!(driver.app.patience(), None);
}

#[test]
fn what_the_linter_finds_is_a_key_away() {
    let mut world = meeting();
    let id = world.id("WEB-2");
    world.edit(
        id,
        Edit::Want(Line::parse("send a gift fast (see the sketch)")),
    );
    let mut driver = Driver::on(&world.backlog);
    driver.press("j R");
    while driver.app.patience() == Some(std::time::Duration::ZERO) {
        driver.input(backstory::ui::Input::Idle);
    }
    driver
        .expect("Press ! for what its words lack.")
        .press("!")
        .expect("Findings in WEB-2");
}

#[test]
fn the_ideas_in_sight_are_the_queue_and_undo_shows_what_it_changed() {
    let mut driver = Driver::on(&meeting().backlog);
    driver
        .press("/")
        .write("points:none parcel")
        .press("Enter R")
        .expect("─ 1 of 2");
    driver
        .press("n")
        .write("It is told by mail")
        .press("Enter ]");
    driver
        .expect("─ 2 of 2")
        .press("u")
        .expect("─ 1 of 2")
        .expect("0 rules");
}
