//! Ranking by comparing, by keys: which stories are asked about, what the answers do, and that nothing is lost.

use std::sync::Arc;

use backstory::model::{Edit, Line, Status, StoryId};
use backstory::ui::Input;

use crate::support::driver::Driver;
use crate::support::world::World;

/// So many ideas, `Story 1` and so on.
fn ideas(count: usize) -> World {
    let mut world = World::empty();
    for number in 1..=count {
        world.add(&format!("Story {number}"));
    }
    world
}

fn open(count: usize) -> Driver {
    Driver::on(&ideas(count).backlog)
}

/// The keys of the two stories in sight, as the boxes name them.
fn pair(driver: &Driver) -> Option<(String, String)> {
    let screen = driver.screen();
    let row = screen.lines().nth(2)?;
    let keys: Vec<&str> = row
        .split_whitespace()
        .filter(|word| word.starts_with("WEB-"))
        .collect();
    match keys.as_slice() {
        [one, other] => Some(((*one).to_owned(), (*other).to_owned())),
        _ => None,
    }
}

fn number(key: &str) -> usize {
    key.trim_start_matches("WEB-").parse().unwrap()
}

/// Answers every question by how good the stories are (less is better); answers how many keys that took.
fn answer_all(driver: &mut Driver, worth: impl Fn(usize) -> usize) -> usize {
    let mut keys = 0;
    while !driver.screen().contains("The new order") {
        let (one, other) = pair(driver).unwrap();
        let first = worth(number(&one)) < worth(number(&other));
        driver.press(if first { "1" } else { "2" });
        keys += 1;
    }
    keys
}

/// A fixed shuffle: every number below `count` once.
fn shuffled(number: usize, count: usize) -> usize {
    number * 7 % count
}

#[test]
fn twenty_new_stories_are_ranked_with_about_sixty_two_keys() {
    let mut driver = open(20);
    driver.press("c").expect("0 of about 62 questions");
    let keys = 1 + answer_all(&mut driver, |number| shuffled(number, 20)) + 1;
    driver.press("Enter");
    let mut best: Vec<usize> = (1..=20).collect();
    best.sort_by_key(|number| shuffled(*number, 20));
    let best: Vec<String> = best.iter().map(|number| format!("WEB-{number}")).collect();
    assert_eq!(driver.order(), best.join(" "));
    assert!(keys <= 72, "{keys} keys");
    assert_eq!(driver.saved, ["rank 20 stories by comparing"]);
}

#[test]
fn the_new_order_is_one_act_that_undo_takes_back() {
    let mut driver = open(5);
    let before = driver.order();
    driver.press("c");
    answer_all(&mut driver, |number| 9 - number);
    assert_eq!(driver.order(), before);
    driver.press("Enter").expect_no("Which first?");
    assert_eq!(driver.order(), "WEB-5 WEB-4 WEB-3 WEB-2 WEB-1");
    assert_eq!(driver.acts.len(), 1);
    driver.press("u");
    assert_eq!(driver.order(), before);
}

#[test]
fn stories_in_order_are_confirmed_with_one_key_each() {
    let mut driver = open(8);
    driver.press("c 2 2 2 2 2 2 2").expect("Nothing moves");
    driver.press("Enter").expect_no("Which first?");
    assert!(driver.acts.is_empty());
    assert_eq!(driver.kept, None);
}

#[test]
fn arrows_digits_and_letters_answer_alike() {
    for (first, second) in [("1", "2"), ("←", "→"), ("h", "l"), ("↑", "↓"), ("k", "j")] {
        let mut driver = open(3);
        driver.press("c").press(first);
        // 2 is better than 1; 3 is compared with the one in the middle of both.
        let (one, _) = pair(&driver).unwrap();
        assert_eq!(one, "WEB-3", "{first}");
        driver.press(second).press(second).press("Enter");
        assert_eq!(driver.order(), "WEB-2 WEB-1 WEB-3", "{second}");
    }
}

#[test]
fn without_marks_and_search_the_ideas_are_compared() {
    let mut driver = Driver::on(&World::sample().backlog);
    driver.press("c").expect("an order for 2 stories");
    assert_eq!(
        pair(&driver),
        Some(("WEB-4".to_owned(), "WEB-3".to_owned()))
    );
}

#[test]
fn a_search_says_which_stories_are_compared() {
    let mut driver = Driver::on(&World::sample().backlog);
    driver.press("/").write("status:delivered").press("Enter c");
    driver.expect("an order for 3 stories");
}

#[test]
fn marks_say_which_stories_are_compared_before_any_search_does() {
    let mut driver = Driver::on(&World::sample().backlog);
    driver.press("space space space space / x Esc c");
    driver.expect("an order for 4 stories");
}

#[test]
fn closed_stories_in_sight_are_not_compared() {
    let mut driver = Driver::on(&World::sample().backlog);
    driver.press("/").write("status:any").press("Enter c");
    driver.expect("an order for 7 stories");
}

#[test]
fn with_nothing_to_compare_the_key_says_so() {
    let mut driver = open(1);
    driver
        .press("c")
        .expect("There are no two open ideas to compare.");
    driver
        .press("C")
        .expect("There is no other open story to compare with.");
    driver.press("/").write("story").press("Enter c");
    driver.expect("There are no two open stories in sight to compare.");
}

#[test]
fn the_place_of_one_story_is_found_by_halving() {
    let mut driver = open(32);
    driver
        .press("G C")
        .expect("a place for WEB-32 in the backlog");
    driver.expect("0 of about 5 questions");
    let keys = answer_all(
        &mut driver,
        |number| if number == 32 { 9 } else { 2 * number },
    );
    assert_eq!(keys, 5);
    driver.press("Enter");
    assert_eq!(driver.saved, ["place WEB-32 by comparing"]);
    assert_eq!(
        driver.backlog().position(driver.story("WEB-32").id),
        Some(5)
    );
    let others: Vec<String> = driver.order().split(' ').map(str::to_owned).collect();
    let others: Vec<usize> = others
        .iter()
        .map(|key| number(key))
        .filter(|n| *n != 32)
        .collect();
    assert!(others.is_sorted());
    // Only the story that was placed is written.
    assert_eq!(driver.acts[0].deltas.len(), 1);
}

#[test]
fn marked_stories_find_their_places_among_the_others() {
    let mut driver = open(10);
    driver
        .press("G space k k space C")
        .expect("a place for 2 stories in the backlog");
    answer_all(&mut driver, |number| {
        if number > 8 {
            100 - 2 * number
        } else {
            10 * number
        }
    });
    driver.press("Enter");
    assert_eq!(driver.saved, ["place 2 stories by comparing"]);
}

#[test]
fn an_equal_is_placed_right_behind_and_asked_no_more() {
    let mut driver = open(4);
    driver.press("c =");
    let (one, _) = pair(&driver).unwrap();
    assert_eq!(one, "WEB-3");
    driver.press("1 1 1").expect("The new order").press("Enter");
    assert_eq!(driver.order(), "WEB-4 WEB-3 WEB-1 WEB-2");
}

#[test]
fn what_cannot_be_told_comes_back_after_the_others() {
    let mut driver = open(3);
    driver.press("c s");
    assert_eq!(pair(&driver).unwrap().0, "WEB-3");
    driver.press("1");
    assert_eq!(pair(&driver).unwrap().0, "WEB-2");
    driver.press("s").expect("The new order").press("Enter");
    assert_eq!(driver.order(), "WEB-3 WEB-1 WEB-2");
}

#[test]
fn the_last_answer_is_taken_back() {
    let mut driver = open(6);
    driver.press("c u").expect("Nothing has been answered yet");
    let first = pair(&driver);
    driver.press("1 2");
    let third = pair(&driver);
    driver.press("1 u");
    assert_eq!(pair(&driver), third);
    driver.press("Backspace Backspace").expect("0 of about");
    assert_eq!(pair(&driver), first);
    assert_eq!(driver.kept, None);
}

#[test]
fn an_answer_after_the_last_question_is_taken_back_too() {
    let mut driver = open(2);
    driver.press("c 1").expect("The new order").press("Esc");
    driver.expect("Every question is answered.").press("1");
    driver.expect("Press Enter for the new order.").press("u");
    assert!(pair(&driver).is_some());
    driver.press("2").expect("Nothing moves");
}

#[test]
fn leaving_the_preview_leads_back_and_loses_nothing() {
    let mut driver = open(5);
    driver.press("c 1 2 Enter").expect("The order so far");
    let asked = driver.press("Esc").screen();
    assert!(asked.contains("2 of about"), "{asked}");
    assert!(driver.acts.is_empty());
    driver.press("Enter Enter").expect_no("Which first?");
    assert_eq!(driver.acts.len(), 1);
    assert_eq!(driver.kept, None);
}

#[test]
fn the_order_so_far_needs_an_answer() {
    let mut driver = open(5);
    driver
        .press("c Enter")
        .expect("Nothing has been answered yet. Say with 1 or 2");
}

#[test]
fn stopping_keeps_the_answers_and_c_goes_on() {
    let mut driver = open(6);
    driver.press("c 1 2 1");
    let question = pair(&driver);
    driver
        .press("Esc")
        .expect("The comparison is kept (3 of about");
    driver.expect("Press c to go on with it.").press("c");
    assert_eq!(pair(&driver), question);
    driver.expect("3 of about");
}

#[test]
fn a_comparison_that_was_not_begun_is_not_kept() {
    let mut driver = open(6);
    driver.press("c Esc").expect("Nothing was compared.");
    assert_eq!(driver.kept, None);
}

#[test]
fn a_comparison_goes_on_tomorrow() {
    let mut driver = open(6);
    driver.press("c 1 2 1");
    let question = pair(&driver);
    let mut driver = driver.tomorrow();
    driver.press("c").expect("3 of about");
    assert_eq!(pair(&driver), question);
    answer_all(&mut driver, |number| number);
    driver.press("Enter c");
    driver.expect("0 of about").expect("an order for 6 stories");
}

#[test]
fn other_marks_ask_whether_to_go_on_or_begin_anew() {
    let mut driver = open(6);
    driver.press("c 1 2 Esc g space space space c");
    driver.expect("A comparison is not finished yet");
    driver.expect("go on: rank 6 stories by comparing (2 answers so far)");
    driver.expect("begin anew: rank 3 stories by comparing");
    driver.press("g").expect("2 of about").press("Esc c n");
    driver
        .expect("0 of about")
        .expect("an order for 3 stories")
        .press("Esc");
    // Only an answer begins a comparison; until then the old one is kept.
    driver
        .press("c g")
        .expect("2 of about")
        .press("Esc c n 1 Esc");
    driver
        .press("c")
        .expect("an order for 3 stories")
        .expect("1 of about");
}

#[test]
fn the_same_marks_go_on_without_asking() {
    let mut driver = open(6);
    driver
        .press("space space space c 1 Esc c")
        .expect("1 of about");
    driver
        .press("Esc C")
        .expect("A comparison is not finished yet");
}

#[test]
fn a_comparison_is_thrown_away_only_after_a_question() {
    let mut driver = open(6);
    driver.press("c 1 2 x").expect("Throw 2 answers away?");
    driver.press("n").expect("2 of about");
    driver.press("x y").expect("The comparison is thrown away");
    assert_eq!(driver.kept, None);
    driver.press("c").expect("0 of about");
}

#[test]
fn stories_that_leave_the_backlog_meanwhile_drop_out() {
    let mut driver = open(4);
    driver.press("c 1");
    let (one, other) = pair(&driver).unwrap();
    for key in [&one, &other] {
        let id = driver.story(key).id;
        let gone: Vec<(StoryId, _)> = vec![(id, None)];
        driver.input(Input::Changed {
            stories: gone,
            product: None,
        });
    }
    let (left, right) = pair(&driver).unwrap();
    assert!(![&left, &right].contains(&&one) && ![&left, &right].contains(&&other));
    driver.press("Esc c").expect("an order for 2 stories");
}

#[test]
fn a_story_dropped_between_two_sittings_is_asked_no_more() {
    let mut driver = open(4);
    driver.press("c 1 Esc G x").write("not now").press("Enter");
    assert_eq!(driver.story("WEB-4").status, Status::Dropped);
    driver.press("c").expect("an order for 3 stories");
    answer_all(&mut driver, |number| number);
    driver.press("Enter");
    assert_eq!(driver.order(), "WEB-2 WEB-1 WEB-3");
}

#[test]
fn when_too_few_are_left_there_is_no_comparison_any_more() {
    let mut driver = open(3);
    driver.press("c 1 Esc G x").write("not now").press("Enter");
    driver.press("g x").write("nor this").press("Enter c");
    driver.expect("There are no two open ideas to compare.");
}

#[test]
fn both_stories_are_shown_with_what_tells_them_apart() {
    let mut world = World::sample();
    let id = world.id("WEB-4");
    world.edit(id, Edit::Labels(vec![Line::parse("gifts")]));
    let mut driver = Driver::on(&world.backlog);
    driver
        .press("c")
        .expect("Wrap an order as a gift")
        .expect("Check out as a guest");
    driver
        .expect("3 points · place 4 · gifts")
        .expect("As a       returning customer");
    driver
        .expect("Acceptance criteria")
        .expect("WEB-4 ─ feature · idea");
    driver.resize(80, 24);
    driver
        .expect("Wrap an order as a gift")
        .expect("Check out as a guest");
    driver.expect("1 or ↑").expect("2 or ↓");
}

#[test]
fn from_one_question_to_the_next_every_part_stays_in_its_row() {
    let mut world = ideas(8);
    for number in 1..=8 {
        let id = world.id(&format!("WEB-{number}"));
        world.edit(id, Edit::Persona(Line::parse("customer")));
        let want = "buy tea ".repeat(number);
        world.edit(id, Edit::Want(Line::parse(&want)));
        world.edit(id, Edit::Benefit(Line::parse("I can drink it")));
        world.criteria(id, &["It is warm"]);
    }
    let mut driver = Driver::on(&world.backlog);
    driver.press("c");
    let rows = |driver: &Driver| -> Vec<Option<usize>> {
        let screen = driver.screen();
        ["As a ", "so that", "Acceptance criteria"]
            .iter()
            .map(|part| {
                screen
                    .lines()
                    .position(|line| line.matches(part).count() == 2)
            })
            .collect()
    };
    let first = rows(&driver);
    assert!(first.iter().all(Option::is_some), "{}", driver.screen());
    for key in ["2", "1", "1", "2", "1"] {
        driver.press(key);
        assert_eq!(rows(&driver), first, "{}", driver.screen());
    }
}

#[test]
fn what_does_not_fit_is_scrolled_to() {
    let mut world = ideas(2);
    let id = world.id("WEB-1");
    let notes: Vec<String> = (1..=60).map(|line| format!("line {line}")).collect();
    world.notes(id, &notes.join("\n"));
    let mut driver = Driver::on(&world.backlog);
    driver.press("c").expect("more: PgDn").expect_no("line 60");
    driver
        .press("PgDn PgDn PgDn")
        .expect("line 60")
        .expect_no("more: PgDn");
    driver.press("PgUp PgUp PgUp").expect("line 1");
}

#[test]
fn help_tells_the_keys_of_the_comparison() {
    let mut driver = open(3);
    driver.press("c ?").expect("Take the last answer back.");
    driver.press("Esc").expect("Which first?");
}

#[test]
fn what_cannot_be_kept_is_told() {
    let mut driver = open(3);
    driver.press("c 1");
    let sentence = "The comparison cannot be kept for later: no room. Finish it before you quit.";
    driver
        .input(Input::News(sentence.to_owned(), true))
        .expect("cannot be kept");
}

#[test]
fn every_answer_is_handed_on_to_be_kept() {
    let mut driver = open(5);
    let mut kept: Vec<Option<usize>> = Vec::new();
    for key in ["c", "1", "2", "u", "s"] {
        driver.press(key);
        kept.push(
            driver
                .kept
                .as_ref()
                .map(|c| Arc::as_ref(c).progress().asked),
        );
    }
    assert_eq!(kept, [None, Some(1), Some(2), Some(1), Some(2)]);
}
