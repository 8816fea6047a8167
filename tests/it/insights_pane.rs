//! The insights, by their keys.

use backstory::model::{Backlog, Iterations, Line, Outcome, Product, Round, Story, Within};
use backstory::ui::Theme;
use jiff::SignedDuration;
use jiff::civil::{Date, date};
use ratatui::style::Modifier;
use uuid::Uuid;

use crate::support::driver::{Driver, now};
use crate::support::world::World;

/// The example product as of the tests' day.
pub(crate) fn demo() -> Backlog {
    let mut count = 0;
    let mut ids = move |_| {
        count += 1;
        Uuid::from_u128(count)
    };
    backstory::demo::make(now(), &mut ids).unwrap().backlog
}

fn insights() -> Driver {
    let mut driver = Driver::on(&demo());
    driver.press("4");
    driver
}

#[test]
fn the_page_tells_its_figures_in_words_with_charts_below() {
    insights()
        .expect("Velocity  14 points an iteration, the mean of 3")
        .expect("│█████████████████ 21")
        .expect("Burn-up  58 of 152 points are done, all by iteration")
        .expect("(50 %)")
        .expect("▒ 85 % sure   ░ 50 %")
        .expect("Cycle time  half of 10 stories took up to 8 days, 85")
        .expect("Under way  9 stories are begun and not accepted, 4 of")
        .expect("Rejections  38 % of 16 reviews ended in one; 62 % of 13")
        .press("G")
        .expect("rejected  first accepted")
        .expect("Fails most often, of the times it came up:")
        .expect("criterion  The card takes 200 characters and is  2 of 2");
}

#[test]
fn with_few_rounds_nobody_can_tell_what_fails_most() {
    let mut driver = crate::support::review::three();
    driver
        .press("y a 4 G")
        .expect("Too few reviews to tell which");
}

/// Stories whose reviews ended some days ago in these outcomes, first to last, in weeks that begin on a Monday.
fn reviewed(start: Date, reviews: &[(i64, Outcome)]) -> Driver {
    let mut world = World::empty();
    world.settings(|product| {
        product.iterations = Some(Iterations {
            weeks: Within::clamped(1),
            ..Iterations::usual(start)
        });
    });
    let mut stories = Vec::new();
    for (days, outcome) in reviews {
        let id = world.add("One of many");
        let at = now() - SignedDuration::from_hours(days * 24);
        let mut story = Story::clone(world.backlog.story(id).unwrap());
        story.reviews = vec![Round {
            outcome: Some(*outcome),
            ..Round::begin(1, at, Line::parse("Ana"), &[])
        }];
        stories.push(story);
    }
    let mut driver = Driver::open(Product::clone(world.backlog.product()), stories);
    driver.press("4");
    driver
}

#[test]
fn one_review_is_no_rate_and_a_week_without_any_is_seen() {
    // Today is a Friday, 20 November.
    let mut driver = reviewed(
        date(2026, 11, 2),
        &[(17, Outcome::Rejected), (1, Outcome::Accepted)],
    );
    driver
        .expect("1 of 2 reviews ended in one; 1 of 2 stories")
        .expect_no("100 %");
    driver
        .expect(" 1 from  2 Nov │█▎                1 of 1          0 of 1")
        .expect(&format!(" 2 from  9 Nov │{}│", " ".repeat(41)))
        .expect(" 3 from 16 Nov │░                 0 of 1          1 of 1");
}

#[test]
fn a_long_history_is_told_in_eight_rows_and_what_was_before_the_first_iteration_in_one_more() {
    let weekly: Vec<(i64, Outcome)> = (0..20)
        .flat_map(|week| {
            // Half of all are sent back at first, and none at last.
            let at_first = if week >= 10 {
                Outcome::Rejected
            } else {
                Outcome::Accepted
            };
            [(week * 7, at_first), (week * 7, Outcome::Accepted)]
        })
        .chain([(400, Outcome::Rejected)])
        .collect();
    let mut driver = reviewed(date(2026, 7, 6), &weekly);
    driver
        .expect("27 % of 41 reviews ended in one")
        .expect("Each row is 3 iterations, the last one up to 20.")
        .expect("before 6 Jul")
        .expect("50 % of 6       50 % of 6")
        .expect("0 % of 6      100 % of 6");
}

#[test]
fn without_stories_each_chart_says_what_would_make_it_appear() {
    let mut driver = Driver::on(&World::empty().backlog);
    driver
        .press("4")
        .expect("No story has been accepted yet. Accept one in the review ")
        .expect("No story has an estimate yet. Estimate one in the ")
        .expect("No story has gone from started to accepted yet.")
        .expect("Nothing is started. Start a ready story (> in the")
        .expect("No review has ended yet.");
    driver
        .press("] Enter")
        .expect("No story is chosen. Choose one with ] first.")
        .press("Esc")
        .expect("╭ Backlog");
}

#[test]
fn the_page_is_walked_by_rows_by_pages_and_to_its_ends() {
    let mut driver = insights();
    driver.resize(80, 24);
    let top = |driver: &Driver| {
        let screen = driver.screen();
        screen.lines().nth(2).unwrap_or_default().to_owned()
    };
    let first = top(&driver);
    driver.press("j j k k").expect("more");
    assert_eq!(top(&driver), first);
    driver.press("Ctrl+D");
    assert!(top(&driver) != first);
    driver.press("G").expect("2 times").expect_no(" more ─");
    driver.press("Ctrl+D j G").expect("2 times");
    driver.press("g");
    assert_eq!(top(&driver), first);
    driver.press("PgDn PgUp k");
    assert_eq!(top(&driver), first);
}

#[test]
fn a_story_is_chosen_and_opened_in_the_backlog() {
    let mut driver = insights();
    driver.resize(80, 24);
    // Accepted stories are named first, and the backlog shows them when they are asked for.
    driver.press("] Enter");
    driver.expect("status:any").expect("Read the shop aloud");
    driver.press("Esc 4 ] ] ]").expect("Return a parcel");
    driver.press("Enter").expect_no("status:any");
    let screen = driver.screen();
    let row = screen.lines().find(|line| line.contains('▌')).unwrap();
    assert!(row.contains("Return a parcel"), "{screen}");
}

#[test]
fn one_comes_to_the_last_row_although_a_story_stands_in_two_lists() {
    let mut driver = insights();
    for _ in 0..30 {
        driver.press("]");
    }
    let reversed = |driver: &Driver| {
        let buffer = driver.buffer();
        let cell = |y| buffer[(62, y)].modifier.contains(Modifier::REVERSED);
        (1..35).find(|y| cell(*y))
    };
    let last = reversed(&driver).unwrap();
    let row = driver
        .screen()
        .lines()
        .nth(usize::from(last))
        .map(str::to_owned);
    assert!(row.unwrap().contains("2 times"));
    driver.press("[");
    assert!(reversed(&driver).unwrap() < last);
}

#[test]
fn esc_takes_the_choice_back_before_it_leaves() {
    let mut driver = insights();
    driver.press("] ] Esc Enter").expect("No story is chosen.");
    driver.press("] Esc").expect("╭ Insights");
    driver.press("Esc").expect("╭ Backlog");
}

#[test]
fn letters_of_the_backlog_do_nothing_here() {
    let mut driver = insights();
    let before = driver.order();
    driver.press("] t b K J x e s l n y m > < . c v space *");
    driver.expect("╭ Insights");
    assert_eq!(driver.order(), before);
    assert!(driver.acts.is_empty());
}

#[test]
fn an_act_from_the_palette_happens_where_its_story_is_in_sight() {
    let mut driver = insights();
    driver
        .press("] ] ] ] ] ] ] ] ] :")
        .write("drop the story")
        .press("Enter");
    driver.expect("╭ Backlog").expect("Why drop WEB-13?");
    driver
        .press("Esc 4 :")
        .write("to the bottom")
        .press("Enter");
    driver.expect("╭ Backlog");
    assert_eq!(driver.acts.len(), 1);
}

#[test]
fn the_figures_follow_what_is_done_and_undone() {
    let mut driver = insights();
    driver.expect("9 stories are begun");
    driver.press("1 :").write("status:ready").press("Esc / ");
    driver.write("status:ready").press("Enter g > 4");
    driver.expect("10 stories are begun");
    driver.press("u").expect("9 stories are begun");
}

#[test]
fn the_figures_follow_the_clock() {
    let mut driver = insights();
    driver.expect("9 stories are begun and not accepted, 4 of");
    driver.later(20 * 24 * 60 * 60).press("j");
    driver.expect("9 stories are begun and not accepted, 9 of");
}

#[test]
fn without_a_history_there_is_no_cone_and_a_sentence_says_when_there_will_be() {
    let mut driver = Driver::on(&World::sample().backlog);
    driver
        .press("4")
        .expect("A forecast appears after 3 completed iterations.")
        .expect_no("85 % sure");
}

#[test]
fn the_header_holds_every_screen_in_eighty_columns() {
    let mut driver = insights();
    driver
        .resize(80, 24)
        .expect(" Webshop ")
        .expect("1 Backlog   2 Review 3   3 Discovery   4 Insights")
        .expect("saved · Ana");
}

#[test]
fn a_plain_terminal_tells_parts_apart_by_their_signs() {
    let demo = demo();
    let stories = demo.stories().map(|story| (**story).clone()).collect();
    let theme = Theme {
        color: false,
        ascii: true,
    };
    let mut driver = Driver::with(Product::clone(demo.product()), stories, (120, 36), theme);
    driver
        .press("4")
        .expect("# rejected   . accepted")
        .expect(" 4 from 26 Oct |");
    let screen = driver.screen();
    assert!(screen.is_ascii() && !screen.contains('?'.to_string().repeat(2).as_str()));
}
