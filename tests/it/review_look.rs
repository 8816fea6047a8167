//! The review, as it is seen: queue and sheet, what is told of a criterion, small windows, hostile text.

use backstory::model::{Edit, Kind, Line, Product, Prose, Status, Step, Story, Verdict};
use backstory::ui::{Input, Pointer, Theme};
use proptest::prelude::*;

use crate::support::driver::Driver;
use crate::support::review::{
    PARCEL, delivered, failed_once, open, parcel, rewrite, started, three, verdicts, with_done,
};

#[test]
fn the_queue_holds_the_delivered_stories_in_order() {
    let mut world = with_done(&[]);
    delivered(&mut world, "Return a parcel", &PARCEL);
    started(&mut world, "Still at work", &["It works"]);
    delivered(&mut world, "Log in with a link", &["It works"]);
    let mut driver = open(&world);
    driver
        .expect("Review ─ 2 waiting")
        .expect("▌ WEB-1  Return a parcel")
        .expect("  WEB-3  Log in with a link")
        .expect_no("Still at work")
        .expect("WEB-1 ─ Return a parcel ─ round 1")
        .expect("story 1 of 2");
}

#[test]
fn an_empty_queue_says_what_would_bring_a_story() {
    let mut driver = open(&with_done(&[]));
    driver
        .expect("Review ─ 0 waiting")
        .expect("No story is delivered.")
        .expect("> takes a started story there.");
    driver.press("y").expect("No story waits for a review.");
    driver.press("a").expect("No story waits for a review.");
    driver.press("e").expect("No story waits for a review.");
    driver
        .press("Tab j Enter y")
        .expect("No story waits for a review.");
}

#[test]
fn the_sheet_shows_sentence_criteria_and_how_it_stands() {
    let mut driver = parcel();
    driver
        .expect("As a customer, I want to send things back.")
        .expect("▌ · 1  A return label can be printed")
        .expect("· 3  A mail confirms the return")
        .expect("—")
        .expect("0 of 3 met");
    driver.press("y n").write("shows 1 Jan 1970").press("Enter");
    driver
        .expect("✓ 1  A return label can be printed")
        .expect("✗ 2  The refund date is shown")
        .expect("not met")
        .expect("\"shows 1 Jan 1970\"")
        .expect("▌ · 3")
        .expect("1 of 3 met · reject: 1 not met");
}

#[test]
fn enter_tells_all_that_was_said_of_a_criterion() {
    let mut world = with_done(&[]);
    let id = delivered(&mut world, "Return a parcel", &PARCEL);
    failed_once(&mut world, id, "c2", "shows 1 Jan 1970");
    rewrite(
        &mut world,
        id,
        &[("c1", PARCEL[0]), ("c2", "The refund day is shown")],
    );
    let mut driver = open(&world);
    driver
        .press("Enter")
        .expect("WEB-1, criterion 2")
        .expect("Round 1 ─ rejected")
        .expect("20 Nov · Ana")
        .expect("since then: The refund date day is shown")
        .expect("Agreed");
    driver.press("j G Esc").expect_no("since then");
}

#[test]
fn rounds_stand_side_by_side_with_who_said_what() {
    let mut world = with_done(&["Help page updated"]);
    let id = delivered(&mut world, "Return a parcel", &PARCEL);
    failed_once(&mut world, id, "c3", "no mail came");
    let key = world.backlog.key_or_id(id);
    world.judge(&key, "c3", Verdict::Met);
    let mut stories: Vec<Story> = world.backlog.stories().map(|s| Story::clone(s)).collect();
    // Ben gave one of Ana's verdicts, and what was judged first is deleted.
    stories[0].reviews[1].verdicts[0].by = Line::parse("Ben");
    let mut gone = stories[0].reviews[0].verdicts[0].clone();
    gone.criterion = "c9".to_owned();
    gone.text = Prose::parse("It is gone");
    stories[0].reviews[0].verdicts.push(gone);
    let mut driver = Driver::open(Product::clone(world.backlog.product()), stories);
    driver.press("2 g Enter").expect("WEB-1: 2 rounds");
    let screen = driver.screen();
    let place = |words: &str| {
        let found = screen.lines().enumerate().find_map(|(row, line)| {
            let at = line.find(words)?;
            Some((row, line.get(..at).unwrap().chars().count()))
        });
        found.unwrap_or_else(|| panic!("no {words}:\n{screen}"))
    };
    let (heads, first) = place("Round 1 ─ rejected");
    let second = place("Round 2 ─ under way");
    assert!(second.0 == heads && second.1 > first + 20, "side by side");
    // The criterion that was asked for stands first, then what failed.
    assert!(place(" 1  A return label").0 < place(" 3  A mail confirms").0);
    assert!(place(" 3  A mail confirms").0 < place(" 2  The refund").0);
    assert_eq!(place("\"no mail came\"").1, first + 2);
    assert_eq!(place("20 Nov · Ben").1, second.1 + 2);
    driver
        .expect("deleted since")
        .expect("[ ] Help page updated");
    // Where they do not fit side by side, they stand one below the other.
    driver.resize(80, 24).expect("WEB-1, criterion 1");
    driver.expect("Round 2 ─ under way");
}

#[test]
fn a_story_that_comes_back_a_third_time_says_so() {
    let mut world = with_done(&[]);
    let id = delivered(&mut world, "Return a parcel", &PARCEL);
    failed_once(&mut world, id, "c2", "shows 1 Jan 1970");
    open(&world).expect("↺1 │").expect_no("was sent back");
    failed_once(&mut world, id, "c2", "shows nothing");
    let mut driver = open(&world);
    driver
        .expect("↺2! │")
        .expect("╰ WEB-1: round 3 ")
        .expect("This is round 3: it was sent back twice already.");
}

#[test]
fn changed_words_stand_in_brackets_where_there_are_no_colours() {
    let mut world = with_done(&[]);
    let id = delivered(&mut world, "Return a parcel", &["The refund date is shown"]);
    rewrite(&mut world, id, &[("c1", "The refund day is shown")]);
    let plain = Theme {
        color: false,
        ascii: true,
    };
    let product = Product::clone(world.backlog.product());
    let stories = world.backlog.stories().map(|story| Story::clone(story));
    let mut driver = Driver::with(product, stories.collect(), (120, 36), plain);
    driver
        .press("2")
        .expect("the change: The refund [-date-]{+day+}")
        .press("Enter")
        .expect("changed since: The refund [-date-]{+day+} is shown")
        .press("Esc 1")
        .expect("changed since agreed: The refund")
        .expect("[-date-]{+day+} is shown");
}

#[test]
fn what_changed_since_agreed_is_told() {
    let mut world = with_done(&[]);
    let id = delivered(&mut world, "Return a parcel", &PARCEL);
    rewrite(
        &mut world,
        id,
        &[
            ("c1", PARCEL[0]),
            ("c2", "The day is shown"),
            ("", "Brand new"),
        ],
    );
    let mut driver = open(&world);
    driver
        .expect("changed since agreed")
        .expect("new since agreed")
        .expect("removed since agreed: A mail confirms the return")
        .expect_no("the change:");
    driver
        .press("j")
        .expect("the change: The refund date day is shown");
}

#[test]
fn a_verdict_on_other_words_does_not_count() {
    let mut world = with_done(&[]);
    let id = delivered(&mut world, "Return a parcel", &PARCEL);
    world.judge("WEB-1", "c1", Verdict::Met);
    rewrite(
        &mut world,
        id,
        &[("c1", "A label can be mailed"), ("c2", PARCEL[1])],
    );
    let mut driver = open(&world);
    driver
        .expect("▌ · 1  A label can be mailed")
        .expect("changed since verdict")
        .expect("0 of 2 met");
}

#[test]
fn a_chore_without_criteria_is_accepted_at_once() {
    let mut world = with_done(&[]);
    let id = started(&mut world, "Tidy the cellar", &["x"]);
    world.edit(id, Edit::Kind(Kind::Chore));
    rewrite(&mut world, id, &[]);
    world.step("WEB-1", Step::Deliver);
    let mut driver = open(&world);
    driver
        .expect("This chore has no acceptance criteria.")
        .expect("no criteria · ready to accept")
        .press("a");
    assert_eq!(driver.story("WEB-1").status, Status::Accepted);
}

#[test]
fn a_narrow_window_shows_one_pane_at_a_time() {
    let mut driver = three();
    driver
        .resize(60, 20)
        .expect("WEB-1 ─ One ─ round 1")
        .expect_no("3 waiting");
    driver
        .press("Esc")
        .expect("Review ─ 3 waiting")
        .expect_no("round 1");
    driver.press("Enter").expect("WEB-1 ─ One ─ round 1");
    driver
        .press("y a y a y a")
        .expect("Nothing waits for a review.");
}

#[test]
fn a_criterion_larger_than_the_window_is_read_to_its_end() {
    let long: Vec<String> = (1..=80)
        .map(|line| format!("Then line {line} holds"))
        .collect();
    let mut world = with_done(&[]);
    delivered(&mut world, "Long", &[&long.join("\n"), "The second"]);
    let mut driver = open(&world);
    driver
        .expect("Then line 1 holds")
        .expect_no("Then line 40 holds");
    driver
        .press("j")
        .expect("Then line 60 holds")
        .expect_no("The second");
    driver.press("j").expect("Then line 80 holds");
    driver.press("j").expect("▌ · 2  The second");
    driver.press("k").expect("▌ · 1  Then line 1 holds");
}

#[test]
fn the_selected_row_is_always_in_sight() {
    let mut world = with_done(&["help page"]);
    let criteria: Vec<String> = (1..=50).map(|n| format!("Rule {n}")).collect();
    let criteria: Vec<&str> = criteria.iter().map(String::as_str).collect();
    delivered(&mut world, "Many rules", &criteria);
    let mut driver = open(&world);
    driver.resize(50, 12);
    for _ in 0..55 {
        driver.press("j").expect("▌");
    }
    driver.expect("▌ a accept");
    for keys in ["PgUp", "PgUp", "PgDn", "g", "PgDn", "G", "k", "k", "k"] {
        driver.press(keys).expect("▌");
    }
    driver.press("g").expect("▌ ·  1  Rule 1");
}

#[test]
fn the_mouse_selects_stories_and_criteria() {
    let mut driver = three();
    driver.input(Input::Pointer(Pointer::Press { column: 5, row: 3 }));
    driver.expect("▌ WEB-2  Two");
    driver.input(Input::Pointer(Pointer::Wheel {
        column: 5,
        row: 3,
        rows: 1,
    }));
    driver.expect("▌ WEB-3  Three").expect("▌ · 1");
    driver.input(Input::Pointer(Pointer::Press { column: 50, row: 6 }));
    driver.expect("▌ a accept with").press("Up y");
    assert_eq!(verdicts(&driver, "WEB-3"), [Some(Verdict::Met)]);
}

#[test]
fn hostile_text_and_plain_ascii_are_harmless() {
    let nasty = "\u{1b}[2J evil \u{202e}顧客の声を聞く👨‍👩‍👧‍👦\n\tThen";
    let mut world = with_done(&["a \u{1b}]52;c;x\u{7} line"]);
    let id = delivered(&mut world, "Bad", &["x", "y"]);
    failed_once(&mut world, id, "c1", "z");
    let mut stories: Vec<Story> = world.backlog.stories().map(|s| Story::clone(s)).collect();
    let spoil = |text: &str| serde_json::from_value::<Prose>(text.into()).unwrap();
    stories[0].criteria[0].text = spoil(nasty);
    stories[0].reviews[0].verdicts[0].note = spoil(nasty);
    stories[0].title = serde_json::from_value(nasty.into()).unwrap();
    let product = Product::clone(world.backlog.product());
    let theme = Theme {
        color: false,
        ascii: true,
    };
    let mut driver = Driver::with(product, stories, (120, 36), theme);
    driver
        .press("2")
        .expect("failed in round 1 >")
        .expect("> - 1")
        .press("Enter");
    let screen = driver.screen();
    assert!(
        !screen.contains(['\u{1b}', '\u{202e}', '\u{7}']),
        "{screen}"
    );
    for sign in ["▸", "▌", "—", "─", "·", "↺"] {
        driver.expect_no(sign);
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]

    #[test]
    fn no_keys_and_no_size_bring_the_review_down(
        keys in prop::collection::vec(prop::sample::select(vec![
            "2", "y", "n", "c", "o", "v", "space", "a", "r", "j", "k", "g", "G", "]", "[", "Tab", "Esc", "Enter",
            "u", "U", "PgDn", "PgUp", "→", "1", "x", ":", "s", ">", "<",
        ]), 1..60),
        sizes in prop::collection::vec((0u16..130, 0u16..40), 1..6),
    ) {
        let mut world = with_done(&["help page", "顧客の声を聞く"]);
        let id = delivered(&mut world, "Return a parcel", &PARCEL);
        failed_once(&mut world, id, "c2", "shows 1 Jan 1970");
        rewrite(&mut world, id, &[("c2", "顧客の声を聞く、聞く"), ("", "Brand new")]);
        delivered(&mut world, "Two", &["It works"]);
        let mut driver = open(&world);
        for (index, key) in keys.iter().enumerate() {
            driver.press(key);
            if index % 7 == 0 {
                let (width, height) = sizes[index / 7 % sizes.len()];
                driver.resize(width, height);
            }
        }
    }
}

#[test]
fn a_window_that_grows_shows_the_sheet_from_its_top_again() {
    let mut driver = parcel();
    driver.resize(41, 11).press("G").expect_no("I want to send");
    driver.resize(120, 36).expect("I want to send things back.");
}
