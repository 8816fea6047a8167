//! Splitting and merging stories by keys.

use backstory::model::{Criterion, Edit, Kind, Line, Question, Status, Step};

use crate::support::driver::Driver;
use crate::support::world::World;

/// A story to be split between two others: two rules, an example of the first, a question; the last waits for it.
fn world() -> World {
    let mut world = World::empty();
    for title in ["Log in", "Send a gift", "Track a parcel"] {
        world.add(title);
    }
    let id = world.id("WEB-2");
    let mut first = Criterion::new("Each address gets a parcel");
    first.examples = vec![Line::parse("two addresses")];
    world.edit(
        id,
        Edit::Criteria(vec![first, Criterion::new("A card is put in")]),
    );
    world.edit(id, Edit::Questions(vec![Question::new("Who pays?")]));
    world.edit(id, Edit::Labels(vec![Line::parse("gifts")]));
    world.edit(id, Edit::Persona(Line::parse("guest")));
    let last = world.id("WEB-3");
    world.edit(last, Edit::BlockedBy(vec![id]));
    world
}

fn screen() -> Driver {
    let mut driver = Driver::on(&world().backlog).tomorrow();
    driver.press("g j");
    driver
}

fn told(driver: &Driver, key: &str) -> String {
    let story = driver.story(key);
    let rules = story.criteria.iter().map(|rule| {
        let examples: Vec<&str> = rule.examples.iter().map(Line::as_str).collect();
        format!("{}({})", rule.text, examples.join(","))
    });
    let questions = story
        .questions
        .iter()
        .map(|question| format!("?{}", question.text));
    rules.chain(questions).collect::<Vec<_>>().join(" ")
}

#[test]
fn a_story_is_split_by_rules_in_four_keys() {
    let mut driver = screen();
    driver.press("| r");
    driver.expect("Send a gift, each address gets a parcel");
    driver
        .press("Enter")
        .expect("Split WEB-2 into 2")
        .press("Enter");
    driver.expect("WEB-2 is 2 stories now; u takes it back.");
    assert_eq!(driver.order(), "WEB-1 WEB-4 WEB-5 WEB-3");
    assert_eq!(
        told(&driver, "WEB-4"),
        "Each address gets a parcel(two addresses) ?Who pays?"
    );
    assert_eq!(told(&driver, "WEB-5"), "A card is put in()");
    let child = driver.story("WEB-5");
    assert_eq!(
        (
            child.epic.as_str(),
            child.persona.as_str(),
            child.labels[0].as_str()
        ),
        ("Send a gift", "guest", "gifts")
    );
    assert_eq!(driver.story("WEB-3").blocked_by.len(), 2);
    assert_eq!(driver.story("WEB-2").status, Status::Dropped);
    assert_eq!(driver.saved, ["split WEB-2 into 2"]);
    driver.press("u");
    assert_eq!(driver.order(), "WEB-1 WEB-2 WEB-3");
    assert_eq!(driver.story("WEB-3").blocked_by.len(), 1);
}

#[test]
fn digits_send_the_parts_and_a_rule_takes_its_examples_along() {
    let mut driver = screen();
    driver.press("| p Alt+A").write("Parcels").press("Enter");
    driver.expect("A story is split into 2 to 9.");
    driver.press("Ctrl+J").write("Cards").press("Enter");
    driver.expect("Split WEB-2 into 2");
    // The rule, with its example; then the example alone; the other rule nowhere; the question.
    driver.press("2 1 0 2").expect("1 part stays behind.");
    driver.press("Enter");
    let keys: Vec<&str> = vec!["WEB-4", "WEB-5"];
    assert_eq!(
        told(&driver, keys[0]),
        "Each address gets a parcel(two addresses)"
    );
    assert_eq!(
        told(&driver, keys[1]),
        "Each address gets a parcel() ?Who pays?"
    );
}

#[test]
fn a_digit_without_a_child_is_refused() {
    let mut driver = screen();
    driver
        .press("| r Enter 3")
        .expect("A digit from 1 to 2 sends this to a child");
}

#[test]
fn a_spike_takes_the_questions_and_is_one() {
    let mut driver = screen();
    driver.press("| s Enter Enter");
    assert_eq!(driver.story("WEB-4").kind, Kind::Spike);
    assert_eq!(driver.story("WEB-4").title.as_str(), "Find out: Who pays?");
    assert_eq!(told(&driver, "WEB-4"), "?Who pays?");
    assert_eq!(driver.story("WEB-5").kind, Kind::Feature);
    assert_eq!(driver.story("WEB-5").title.as_str(), "Send a gift");
    assert_eq!(
        told(&driver, "WEB-5"),
        "Each address gets a parcel(two addresses) A card is put in()"
    );
}

#[test]
fn the_parent_can_be_dropped_without_becoming_an_epic() {
    let mut driver = screen();
    driver
        .press("| r Enter Tab")
        .expect("the children get no epic.")
        .press("Enter");
    assert_eq!(driver.story("WEB-4").epic.as_str(), "");
}

#[test]
fn esc_goes_back_to_the_titles_and_out() {
    let mut driver = screen();
    driver
        .press("| d Enter")
        .expect("Split WEB-2 into 2")
        .press("Esc");
    driver
        .expect("Split WEB-2 by data: a title a line")
        .press("Esc");
    assert!(driver.saved.is_empty());
    driver.expect("Send a gift");
}

#[test]
fn what_cannot_leave_the_backlog_is_not_split() {
    let mut world = world();
    world.edit(world.id("WEB-2"), Edit::Questions(Vec::new()));
    world.to("WEB-2", Status::Delivered);
    let mut driver = Driver::on(&world.backlog);
    driver.press("j |").expect("WEB-2 is delivered");
    driver.press("&").expect("WEB-2 is delivered");
    driver
        .press("* |")
        .expect("Stories are split one at a time.");
}

#[test]
fn a_story_is_merged_into_one_that_is_found_by_words() {
    let mut driver = screen();
    driver
        .press("G &")
        .expect("Merge WEB-3 into which?")
        .write("gift")
        .press("↓ Enter Enter");
    driver.expect("WEB-3 went into WEB-2; u takes it back.");
    assert_eq!(driver.order(), "WEB-1 WEB-2");
    assert_eq!(driver.story("WEB-2").blocked_by, []);
    driver.press("u");
    assert_eq!(driver.order(), "WEB-1 WEB-2 WEB-3");
}

#[test]
fn a_merge_into_nothing_or_itself_is_refused_and_the_box_stays() {
    let mut driver = screen();
    driver
        .press("&")
        .write("zebra")
        .press("Enter")
        .expect("There is no story `zebra`.");
    driver
        .press("Ctrl+U")
        .write("WEB-2")
        .press("Enter")
        .expect("A story is not merged into itself.");
    assert!(driver.saved.is_empty());
}

#[test]
fn of_marked_stories_the_chosen_one_stays() {
    let mut driver = screen();
    driver
        .press("* &")
        .expect("Merge: which story stays?")
        .press("2");
    driver.expect("WEB-1, WEB-3 went into WEB-2; u takes it back.");
    assert_eq!(driver.order(), "WEB-2");
    assert_eq!(driver.saved, ["merge WEB-1, WEB-3 into WEB-2"]);
}

#[test]
fn a_story_that_is_split_while_it_is_refined_leaves_its_place_to_its_children() {
    let mut driver = screen();
    driver
        .press("R | r Enter Enter")
        .expect("Refine ─ WEB-4 ─ 1 of 4");
    driver.press("]").expect("Refine ─ WEB-5 ─ 2 of 4");
}

#[test]
fn a_story_that_changes_while_it_is_split_brings_its_new_parts() {
    let mut world = world();
    let mut driver = screen();
    driver.press("| r Enter 2");
    let id = world.id("WEB-2");
    let mut rules = world.backlog.story(id).unwrap().criteria.clone();
    rules.push(Criterion::new("It comes with a bow"));
    world.edit(id, Edit::Criteria(rules));
    let story = world.backlog.story(id).cloned();
    driver.input(backstory::ui::Input::Changed {
        stories: vec![(id, story)],
        product: None,
    });
    driver.expect("It comes with a bow").press("Enter");
    assert_eq!(told(&driver, "WEB-4"), "It comes with a bow() ?Who pays?");
}

#[test]
fn a_dropped_story_is_passed_over_while_refining() {
    let mut world = world();
    let mut driver = screen();
    driver.press("g R");
    world.step("WEB-1", Step::Drop);
    let id = world.id("WEB-1");
    let story = world.backlog.story(id).cloned();
    driver.input(backstory::ui::Input::Changed {
        stories: vec![(id, story)],
        product: None,
    });
    driver.expect("Refine ─ WEB-2");
}
