//! The forecast on the screen: lines between the iterations, the story's place in time, what if.

use backstory::model::{Iterations, Product, Status, Story, Within};
use backstory::ui::Theme;
use jiff::SignedDuration;

use crate::support::driver::{Driver, now};

/// A product with one-week iterations, the seventh of which began on Monday; 8, 10 and 12 points were accepted in the
/// last three. Eight stories of 3 points are open.
fn shop() -> (Product, Vec<Story>) {
    let mut product = Product::new("Webshop", None).unwrap();
    product.iterations = Some(Iterations {
        weeks: Within::clamped(1),
        ..Iterations::usual("2026-10-05".parse().unwrap())
    });
    let done = [(21, 8), (14, 10), (7, 12)];
    let done = done.map(|(days, points)| ("accepted", days, points));
    let open = [("ready", 1, 3); 8];
    let stories = open.iter().chain(&done).zip(1u32..);
    let stories = stories.map(|((status, days, points), n)| story(n, status, *days, *points));
    (product, stories.collect())
}

fn story(number: u32, status: &str, days_ago: i64, points: u32) -> Story {
    let at = now() - SignedDuration::from_hours(days_ago * 24);
    serde_json::from_value(serde_json::json!({
        "format": 1, "id": uuid::Uuid::from_u128(u128::from(number)), "number": number,
        "title": format!("Story {number}"), "status": status, "estimate": points, "rank": format!("c{number:03}"),
        "created": at, "updated": at, "log": [{ "status": status, "at": at, "by": "Ana" }],
    }))
    .unwrap()
}

fn open() -> Driver {
    let (product, stories) = shop();
    Driver::open(product, stories)
}

/// The rows of the list: the keys of stories, and `--` for a line between them.
fn rows(driver: &Driver) -> String {
    let screen = driver.screen();
    let row = |line: &str| {
        if line.contains("┈ iteration") {
            return Some("--".to_owned());
        }
        let list: String = line.chars().take(60).collect();
        let key = list
            .split_whitespace()
            .find(|word| word.starts_with("WEB-"))?;
        line.starts_with('│').then(|| key.replace("WEB-", ""))
    };
    screen.lines().filter_map(row).collect::<Vec<_>>().join(" ")
}

#[test]
fn lines_stand_where_iterations_end() {
    let mut driver = open();
    driver
        .expect("iteration 7 · 9 of 10 points · until 22 Nov")
        .expect("iteration 8 · 9 of 11 points · until 29 Nov");
    assert_eq!(
        rows(&driver),
        "1 2 3 -- 4 5 6 -- 7 8",
        "the last iteration is not full yet"
    );
}

#[test]
fn a_line_follows_every_act() {
    let mut driver = open();
    driver
        .press(". 8 Esc")
        .expect("iteration 7 · 8 of 10 points");
    assert_eq!(rows(&driver), "1 -- 2 3 4 5 -- 6 7 8");
    driver.press("u");
    assert_eq!(rows(&driver), "1 2 3 -- 4 5 6 -- 7 8");
    driver.press("g b");
    assert_eq!(rows(&driver), "2 3 4 -- 5 6 7 -- 8 1");
}

#[test]
fn the_cursor_skips_the_lines() {
    let mut driver = open();
    driver.press("g j j j").expect("▌  4  WEB-4");
    driver.press("k").expect("▌  3  WEB-3");
}

#[test]
fn a_search_shows_no_iterations() {
    let mut driver = open();
    driver
        .press("/")
        .write("story")
        .press("Enter")
        .expect_no("┈ iteration");
    driver.press("Esc").expect("┈ iteration 7");
}

#[test]
fn a_product_without_iterations_has_no_lines_and_can_begin_some() {
    let (mut product, stories) = shop();
    product.iterations = None;
    let mut driver = Driver::open(product, stories);
    driver.expect_no("┈ iteration").expect_no("Forecast");
    driver
        .press("w")
        .expect("How long is an iteration?")
        .expect("The first begins on 26 Oct.");
    driver
        .press("2")
        .expect("iteration 2 · 18 of 18 points · until 22 Nov");
    driver.press("u").expect_no("┈ iteration");
}

#[test]
fn where_iterations_begin_without_a_history_the_velocity_is_called_a_guess() {
    let (mut product, stories) = shop();
    product.iterations = None;
    let open = stories.iter().filter(|story| !story.status.is_closed());
    let mut driver = Driver::open(product.clone(), open.cloned().collect());
    driver
        .press("w 2")
        .expect("where each iteration ends, at a guess of 10 points each.");
    let mut driver = Driver::open(product, stories);
    driver
        .press("w 2")
        .expect("show where each iteration ends.")
        .expect_no("guess");
}

#[test]
fn where_more_is_under_way_than_will_be_done_no_iteration_is_named_against_the_range() {
    let (product, mut stories) = shop();
    for story in &mut stories {
        if !story.status.is_closed() {
            story.status = Status::Started;
        }
    }
    let mut driver = Driver::open(product, stories);
    driver
        .press("g")
        .expect("Forecast   iteration 7 · 16–22 Nov ")
        .expect(" 50 % by 7, 85 % by 7 ");
    driver
        .press("G")
        .expect("Forecast   begun, likely after iteration 7 ")
        .expect(" 50 % by 9, 85 % by 9 ");
}

#[test]
fn the_story_says_when_it_is_to_be_expected() {
    let mut driver = open();
    driver
        .expect("Forecast   iteration 7 · 16–22 Nov ")
        .expect(" 50 % by 7, 85 % by 7 ");
    driver.press("G").expect("iteration 9 · 30 Nov–6 Dec");
}

#[test]
fn a_supposed_velocity_moves_the_lines_and_writes_nothing() {
    let mut driver = open();
    driver
        .press("w")
        .expect("The velocity is 10 points,")
        .press("v")
        .write("6")
        .press("Enter")
        .expect("what if: velocity 6 · Esc ends it");
    assert_eq!(rows(&driver), "1 2 -- 3 4 -- 5 6 -- 7 8");
    assert!(driver.acts.is_empty());
    driver.press("Esc").expect("Backlog ─ 8 stories");
    assert_eq!(rows(&driver), "1 2 3 -- 4 5 6 -- 7 8");
}

#[test]
fn what_is_no_velocity_is_refused_and_the_prompt_stays() {
    let mut driver = open();
    driver
        .press("w v")
        .write("0")
        .press("Enter")
        .expect("A velocity is a number above 0")
        .expect("What if the velocity were");
    driver.press("Esc").expect("Backlog ─ 8 stories");
}

#[test]
fn stories_are_left_out_and_taken_in_again() {
    let mut driver = open();
    driver
        .press("g w")
        .expect("without WEB-1")
        .press("x")
        .expect("what if: without WEB-1")
        .expect("Forecast   left out");
    assert_eq!(rows(&driver), "1 2 3 4 -- 5 6 7 -- 8");
    driver
        .press("w")
        .expect("with WEB-1 again")
        .press("Esc g space space w")
        .expect("without the 2 marked stories")
        .press("x")
        .expect("what if: without 2 stories");
    driver.press("w w").expect("Backlog ─ 8 stories");
    assert!(driver.acts.is_empty());
}

#[test]
fn a_story_that_is_left_out_says_so_in_its_row() {
    let mut driver = open();
    let row = |driver: &Driver| {
        let screen = driver.screen();
        let mut lines = screen.lines().enumerate();
        let (at, line) = lines.find(|(_, line)| line.contains(" 2  WEB-2 ")).unwrap();
        let key = line.chars().position(|c| c == 'W').unwrap();
        let cell = (u16::try_from(key).unwrap(), u16::try_from(at).unwrap());
        (line.contains(" left out "), driver.buffer()[cell].fg)
    };
    driver.press("g");
    let (_, usual) = row(&driver);
    driver.press("j w x g");
    let (says_so, color) = row(&driver);
    assert!(says_so && color != usual, "{}", driver.screen());
    driver.press("Esc");
    assert_eq!(row(&driver), (false, usual));
}

#[test]
fn more_than_there_is_room_for_is_no_part_of_the_room() {
    let (product, stories) = shop();
    for (first, said) in [
        (
            [("accepted", 34), ("ready", 3)],
            "iteration 7 · 34 points done · until 22 Nov",
        ),
        (
            [("accepted", 4), ("started", 8)],
            "iteration 7 · 4 points done, 8 under way · until 22 Nov",
        ),
        (
            [("started", 9), ("started", 5)],
            "iteration 7 · 14 points under way, room for 10 · until 22 Nov",
        ),
        (
            [("accepted", 10), ("ready", 3)],
            "iteration 7 · 10 of 10 points · until 22 Nov",
        ),
    ] {
        let mut stories = stories.clone();
        for ((status, points), number) in first.into_iter().zip(1u32..) {
            stories[number as usize - 1] = story(number, status, 1, points);
        }
        Driver::open(product.clone(), stories).expect(said);
    }
}

#[test]
fn the_settings_propose_the_day_on_which_w_would_begin() {
    let (mut product, stories) = shop();
    product.iterations = None;
    let mut begun = Driver::open(product.clone(), stories.clone());
    begun.press("w 2");
    let mut set = Driver::open(product, stories);
    set.press("5");
    while !set.screen().contains("Without it there are no") {
        set.press("j");
    }
    set.press("Enter")
        .expect("2026-10-26")
        .press("↓ Enter Enter");
    assert_eq!(
        set.backlog().product().iterations,
        begun.backlog().product().iterations
    );
    assert!(set.backlog().product().iterations.is_some());
}

#[test]
fn the_insights_and_the_list_show_one_velocity_and_only_the_list_supposes() {
    let mut driver = open();
    driver
        .press("w")
        .expect("The velocity is 10 points,")
        .press("Esc");
    driver.press("4").expect("10 points an iteration");
    driver
        .press("1 w v")
        .write("6")
        .press("Enter")
        .expect("velocity 6");
    driver.press("4").expect("10 points an iteration");
    // The day has passed for both.
    driver
        .later(3 * 24 * 60 * 60)
        .press("j")
        .expect("7.3 points an iteration");
    driver
        .press("1 Esc")
        .expect("iteration 8 · 6 of 7.3 points");
}

#[test]
fn a_story_that_is_dropped_needs_not_be_left_out() {
    let mut driver = open();
    driver
        .press("w x")
        .expect("what if")
        .press("x")
        .write("Too late")
        .press("Enter")
        .expect("Backlog ─ 7 stories");
}

#[test]
fn the_forecast_is_that_of_today() {
    let mut driver = open();
    driver.later(3 * 24 * 60 * 60).press("j");
    // Nothing was accepted in the seventh iteration: (10 + 12 + 0) ÷ 3.
    driver.expect("iteration 8 · 6 of 7.3 points · until 29 Nov");
}

#[test]
fn at_a_velocity_of_0_nobody_can_tell() {
    let mut driver = open();
    driver.later(4 * 7 * 24 * 60 * 60).press("j");
    driver
        .expect("Forecast   unknown at a velocity of 0")
        .expect_no("┈ iteration");
}

#[test]
fn plain_terminals_get_plain_lines() {
    let (product, stories) = shop();
    let theme = Theme {
        ascii: true,
        ..Theme::FULL
    };
    let mut driver = Driver::with(product, stories, (80, 24), theme);
    driver
        .expect("--- iteration 7 - 9 of 10 points - until 22 Nov ---")
        .press("Enter")
        .expect("iteration 7 - 16-22 Nov")
        .expect("50 % by 7, 85 % by 7");
}
