//! The screen of discovery by its keys: the tree, what stands beside it, evidence, links, loose ends, and what is learnt.

use backstory::model::query::Index;
use backstory::model::{
    Belief, Change, Edit, Iterations, Learning, Line, Problem, Promise, Status,
};
use backstory::ui::Input;

use crate::support::driver::Driver;
use crate::support::world::World;

fn open() -> Driver {
    let mut driver = Driver::on(&World::discovery().backlog);
    driver.press("3");
    driver
}

fn problem<'a>(driver: &'a Driver, words: &str) -> &'a Problem {
    driver.backlog().find_problem(words).unwrap()
}

/// The title of the problem that a story solves.
fn solved(driver: &Driver, key: &str) -> Option<String> {
    let problem = driver.backlog().problem_of(driver.story(key))?;
    Some(problem.title.to_string())
}

#[test]
fn the_tree_shows_outcomes_with_their_problems_and_stories_and_what_hangs_loose() {
    let mut driver = open();
    driver
        .expect("Discovery ─ 2 outcomes · 3 problems")
        .expect("▾ Checkout takes a minute")
        .expect("▾ Typing the address takes t…")
        .expect("WEB-1 Pay with a saved card")
        .expect("Without an outcome")
        .expect("▸ 3 stories without a problem")
        .expect("1 story to look at again");
    let screen = driver.screen();
    let row = |words: &str| {
        let found = screen.lines().find(|line| line.contains(words));
        found
            .unwrap_or_else(|| panic!("no {words}:\n{screen}"))
            .to_owned()
    };
    let outcome = row("▾ Checkout takes");
    assert!(
        outcome.contains("1 of 3") && outcome.contains(" 9 "),
        "{outcome}"
    );
    let long = row("▾ Typing the address");
    assert!(long.contains("validated") && long.contains("2 d"), "{long}");
    assert!(row("Gifts look like bills").contains("never"));
    assert!(row("▾ Nobody knows").contains("80 d"));
    driver
        .press("1")
        .expect("6 stories")
        .expect_no("Fewer calls about returns");
}

#[test]
fn branches_fold_and_unfold_and_the_cursor_stays_in_sight() {
    let mut driver = open();
    driver
        .press("z")
        .expect("▸ Checkout takes a minute")
        .expect_no("WEB-1 Pay");
    driver.press("→").expect("WEB-1 Pay with a saved card");
    driver
        .press("→ → ← ←")
        .expect("▸ Typing the address")
        .expect_no("WEB-1 Pay");
    driver.press("z").expect("WEB-1 Pay");
    driver
        .press("Z")
        .expect("▸ Checkout takes")
        .expect_no("▾ Typing the address");
    driver.press("Z").expect("WEB-1 Pay");
    driver.press("G z").expect("WEB-7 Fix the VAT line");
    driver
        .press("j ←")
        .expect("▾ 3 stories")
        .press("←")
        .expect("▸ 3 stories");
}

#[test]
fn what_is_selected_stands_beside_the_tree_in_full() {
    let mut driver = open();
    driver
        .expect("median time to pay")
        .expect("31 Mar 2027, in 131 days")
        .expect("Kept       0 of 1 accepted story")
        .expect("1 not looked at yet");
    driver
        .press("j")
        .expect("returning customer")
        .expect("validated since 20 Nov")
        .expect("four of five said so")
        .expect("5 from 2 pieces of evidence")
        .expect("2 voices, the newest 2 days old")
        .expect("Gave up at the address")
        .expect("61 % have")
        .expect("3 of 9 points accepted");
    let screen = driver.screen();
    let place = |words: &str| screen.find(words).unwrap();
    assert!(place("Asked for a saved address") < place("Gave up at the address"));
    driver.press("j").expect("It can be done on a phone");
}

#[test]
fn a_problem_that_nobody_has_spoken_of_for_long_is_stale() {
    let mut driver = open();
    driver.press("G k k").expect("stale, more than 30 days");
}

#[test]
fn where_there_is_little_room_one_thing_is_read_at_a_time() {
    let mut driver = open();
    driver
        .resize(80, 24)
        .press("j")
        .expect("WEB-1 Pay")
        .expect_no("four of five");
    driver
        .press("Enter")
        .expect("four of five said so")
        .expect_no("WEB-1 Pay with a saved card   ");
    driver
        .press("Esc")
        .expect("▾ Typing the address")
        .press("Esc")
        .expect("6 stories");
}

#[test]
fn enter_opens_a_story_in_the_backlog() {
    let mut driver = open();
    driver
        .press("j j j Enter")
        .expect("╭ Backlog")
        .expect("WEB-3 ─ feature");
}

#[test]
fn a_problem_is_written_below_the_outcome_and_undone() {
    let mut driver = open();
    driver
        .press("n")
        .expect("New problem of: Checkout takes a minute");
    driver.write("Cards are declined").press("Enter");
    let new = problem(&driver, "declined");
    let outcome = driver.backlog().find_outcome("minute").unwrap();
    assert_eq!(new.outcome, Some(outcome.id));
    assert_eq!(driver.saved, ["add the problem “Cards are declined”"]);
    driver.expect("╭ Problem").expect("no voice yet");
    driver.press("u").expect_no("▌     Cards are declined");
    assert!(driver.backlog().find_problem("declined").is_err());
}

#[test]
fn an_outcome_is_written_with_its_measure() {
    let mut driver = open();
    driver
        .press("N")
        .write("Nobody waits")
        .press("Enter")
        .expect("Edit: Nobody waits");
    driver.press("m").write("minutes on hold").press("Enter");
    driver.press("b").write("in 3 months").press("Enter");
    driver
        .expect("Edit: Nobody waits")
        .press("Esc")
        .expect("minutes on hold");
    let outcome = driver.backlog().find_outcome("waits").unwrap();
    assert_eq!(outcome.target(), "minutes on hold by 2027-02-20");
    driver.press("K K").expect("▌  Nobody waits");
    assert_eq!(
        driver.backlog().product().outcomes[0].title.as_str(),
        "Nobody waits"
    );
    driver
        .press("K")
        .expect("This is the first outcome already.");
    driver.press("u u u u u");
    assert!(driver.backlog().find_outcome("waits").is_err());
}

#[test]
fn evidence_is_one_line_with_a_preview() {
    let mut driver = open();
    driver.press("v").expect("Evidence belongs to a problem.");
    driver
        .press("j v")
        .write("ticket Ana: cannot find the button !2");
    driver
        .expect("ticket, 20 Nov")
        .expect("From       Ana")
        .expect("2, important")
        .press("Enter")
        .expect("7 from 3 pieces of evidence")
        .expect("3 voices, the newest from today");
    let long = problem(&driver, "address");
    let entry = long.newest().unwrap();
    assert_eq!(entry.kind.as_str(), "ticket");
    assert_eq!(entry.text.as_str(), "cannot find the button");
    driver
        .press("v")
        .write("Ana: !2")
        .press("Enter")
        .expect("Evidence needs words.");
    driver.press("Esc u");
    assert_eq!(problem(&driver, "address").evidence.len(), 2);
}

#[test]
fn one_piece_of_evidence_is_chosen_beside_the_tree_and_told_anew_or_deleted() {
    let mut driver = open();
    driver
        .press("j Enter j e")
        .expect("Evidence of 18 Nov")
        .expect("2026-11-18 interview ticket 4711: Asked for a saved address !2");
    driver
        .press("Backspace")
        .write("3")
        .expect("3, critical")
        .press("Enter")
        .expect("6 from 2 pieces of evidence");
    assert_eq!(
        driver.saved,
        ["edit evidence of the problem “Typing the address takes too long”"]
    );
    driver
        .press("Enter Alt+A")
        .write("Tom: !2")
        .press("Enter")
        .expect("Evidence needs words. Leave with Esc, and delete it with x.");
    driver
        .press("Esc j x")
        .expect("The evidence of 8 Nov is deleted. u takes it back.")
        .expect_no("Gave up at the address");
    let long = problem(&driver, "address");
    assert_eq!((long.evidence.len(), long.impact()), (1, 3));
    assert!(long.tests.len() == 1 && solved(&driver, "WEB-1").is_some());
    driver.press("u u").expect("5 from 2 pieces of evidence");
}

#[test]
fn an_assumption_is_chosen_beside_the_tree_and_changed_or_deleted() {
    let mut driver = open();
    driver
        .press("j Enter j j j e")
        .expect("Edit: They have a card saved")
        .press("a Alt+A")
        .write("Most have a card")
        .press("Enter")
        .expect("Edit: Most have a card")
        .press("t Alt+A")
        .write("Ask")
        .press("Enter r Alt+A")
        .write("40 %")
        .press("Enter Esc");
    let tests = &problem(&driver, "address").tests;
    assert_eq!(tests.len(), 1);
    assert_eq!(tests[0].assumption.as_str(), "Most have a card");
    assert_eq!(
        (tests[0].how.as_str(), tests[0].result.as_str()),
        ("Ask", "40 %")
    );
    driver
        .press("e a Alt+A Backspace Enter")
        .expect("An assumption needs words.");
    driver
        .press("Esc x")
        .expect("The assumption “Most have a card” is deleted.");
    assert!(problem(&driver, "address").tests.is_empty());
    driver.press("u").expect("Most have a card");
}

#[test]
fn stories_and_problems_are_acted_upon_where_they_are_named_beside_the_tree() {
    let mut driver = open();
    driver.press("j Enter G k x");
    assert_eq!(
        solved(&driver, "WEB-3"),
        None,
        "it solved the problem before"
    );
    driver.press("u G").press("Enter").expect("WEB-5 ─ feature");
    driver
        .press("3 Esc g Tab j")
        .press("Enter")
        .expect("╭ Problem")
        .expect("four of five said so")
        .press("Esc j")
        .expect("╭ WEB-1");
    driver
        .press("g Tab j j v")
        .write("Ann: it has a sum on it")
        .press("Enter");
    assert_eq!(problem(&driver, "gifts").evidence.len(), 1);
    driver
        .press("g x")
        .expect("“Checkout takes a minute” is deleted.");
}

#[test]
fn a_long_page_is_walked_along_to_its_end_and_back() {
    let mut driver = open();
    driver
        .resize(80, 12)
        .press("j Enter")
        .expect("returning customer");
    driver
        .press("j j j j j j")
        .expect("WEB-5")
        .press("k k k")
        .expect("61 % have")
        .press("k k k k k k k")
        .expect("returning customer");
    driver
        .press("G")
        .expect("WEB-5")
        .press("g")
        .expect("returning customer");
    driver
        .press("PgDn")
        .expect("Gave up")
        .press("PgUp")
        .expect("Who ");
}

/// The title of the outcome that a problem serves.
fn served(driver: &Driver, words: &str) -> Option<String> {
    let outcome = problem(driver, words).outcome?;
    let outcome = driver.backlog().product().outcome(outcome)?;
    Some(outcome.title.to_string())
}

#[test]
fn a_problem_is_moved_to_another_outcome_by_one_key_and_the_cursor_goes_along() {
    let mut driver = open();
    driver
        .press("j J")
        .expect("“Typing the address takes too long” stands in the way of “Fewer calls about returns” now.")
        .expect("▌  ▾ Typing the address");
    assert_eq!(
        served(&driver, "address").unwrap(),
        "Fewer calls about returns"
    );
    driver
        .press("J")
        .expect("“Typing the address takes too long” serves no outcome now.");
    assert_eq!(served(&driver, "address"), None);
    driver.press("J").expect("The problem serves no outcome.");
    assert_eq!(
        driver.saved,
        [
            "move the problem “Typing the address takes too long” to the outcome “Fewer calls about returns”",
            "take the problem “Typing the address takes too long” from its outcome",
        ]
    );
    driver.press("u");
    assert_eq!(
        served(&driver, "address").unwrap(),
        "Fewer calls about returns"
    );
    driver.press("K K").expect("There is no outcome above.");
    assert_eq!(
        served(&driver, "address").unwrap(),
        "Checkout takes a minute"
    );
    driver
        .press("m")
        .expect("Which outcome does it stand in the way of?")
        .write("calls")
        .press("↓ Enter Enter");
    assert_eq!(
        served(&driver, "address").unwrap(),
        "Fewer calls about returns"
    );
    driver.press("m").write("nowhere").press("Enter");
    driver.expect("There is no outcome `nowhere`.");
    driver.press("Alt+A Backspace Enter");
    assert_eq!(served(&driver, "address"), None);
}

#[test]
fn a_story_is_moved_to_the_problem_above_or_below() {
    let mut driver = open();
    driver
        .press("j j K")
        .expect("There is no problem above. l names any problem.")
        .press("J")
        .expect("WEB-1 is to solve “Gifts look like bills”, and no longer “Typing the address takes too long”.")
        .expect("▌      WEB-1 Pay with a saved card");
    assert_eq!(solved(&driver, "WEB-1").unwrap(), "Gifts look like bills");
    driver.press("J");
    assert_eq!(
        solved(&driver, "WEB-1").unwrap(),
        "Nobody knows when the parcel comes"
    );
    driver
        .press("J")
        .expect("There is no problem below. l names any problem, x unlinks the story.")
        .press("u u");
    assert_eq!(
        solved(&driver, "WEB-1").unwrap(),
        "Typing the address takes too long"
    );
    driver
        .press("G z G K")
        .expect("WEB-7 is to solve “Nobody knows");
    driver.press("m").expect("Which problem does WEB-7 solve?");
    driver
        .press("Esc G z")
        .press("K")
        .expect("This line only counts");
}

#[test]
fn a_story_passes_by_refuted_problems_and_folded_branches_open_for_it() {
    let mut driver = open();
    driver
        .press("j j J k s r")
        .write("no one cares")
        .press("Enter");
    // The refuted problem stands last of its outcome; the next one above it may be worth solving.
    driver.press("g j z j j").expect("▌      WEB-1 Pay");
    driver
        .press("K")
        .expect("WEB-1 is to solve “Typing the address takes too long”, and no longer")
        .expect("▌      WEB-1 Pay")
        .press("J");
    assert_eq!(
        solved(&driver, "WEB-1").unwrap(),
        "Nobody knows when the parcel comes"
    );
}

#[test]
fn problems_that_matter_more_stand_above_and_refuted_ones_last() {
    let mut driver = open();
    driver
        .press("j j j j j")
        .expect("▌    Gifts look like bills");
    for _ in 0..2 {
        driver
            .press("v")
            .write("Ann: it has a sum on it !3")
            .press("Enter");
    }
    driver.expect("▌    Gifts look like bills");
    let place = |driver: &mut Driver, words: &str| driver.screen().find(words).unwrap();
    assert!(place(&mut driver, "▌    Gifts look") < place(&mut driver, "▾ Typing the address"));
    driver.press("s r").write("nobody minds").press("Enter");
    assert!(place(&mut driver, "▌    Gifts look") > place(&mut driver, "▾ Typing the address"));
    driver.expect("▌    Gifts look like bills");
}

#[test]
fn the_tree_is_searched_as_one_types_and_what_is_found_stays_with_what_it_is_a_part_of() {
    let mut driver = open();
    driver
        .press("/")
        .write("parcel")
        .expect("─ /parcel")
        .expect("2 of 12 ─")
        .expect("▾ Checkout takes a minute")
        .expect("▾ Typing the address")
        .expect("▌      WEB-5 Return a parcel")
        .expect("▾ Without an outcome")
        .expect("▸ Nobody knows when the parc…")
        .expect_no("WEB-1 ")
        .expect_no("without a problem");
    driver
        .press("Enter G")
        .expect("▌  ▸ Nobody knows")
        .press("Esc")
        .expect("WEB-1 ")
        .expect("▌  ▾ Nobody knows")
        .expect_no("of 12");
    driver
        .press("/")
        .write("vat")
        .expect("▾ 1 story without a problem")
        .expect("▌    WEB-7 Fix the VAT line")
        .press("l")
        .expect("/vatl");
}

#[test]
fn evidence_is_found_too_and_a_branch_found_alone_is_folded() {
    let mut driver = open();
    driver
        .press("/")
        .write("saved addr")
        .expect("1 of 12")
        .expect("▌  ▸ Typing the address")
        .expect_no("WEB-1 Pay");
    driver
        .press("Enter →")
        .expect("WEB-1 Pay with a saved card")
        .expect("WEB-3 ")
        .press("→ e")
        .press("Esc");
    driver.press("3").expect("1 of 12");
    // What is found below a branch unfolds it.
    driver
        .press("Esc g z /")
        .write("guest")
        .expect("▾ Checkout")
        .expect("Check out as a guest");
    driver.press("Esc").expect("▸ Checkout takes a minute");
}

#[test]
fn a_search_of_the_tree_speaks_the_query_language_and_says_where_it_is_wrong() {
    let mut driver = open();
    driver
        .press("/")
        .write("status:accepted")
        .expect("1 of 12")
        .expect("WEB-5 ")
        .expect_no("WEB-3 ");
    driver
        .press("Alt+A")
        .write("colour:red")
        .expect("WEB-5 ")
        .press("Enter")
        .expect("There is no field");
    driver
        .press("/")
        .write("zzzz")
        .expect("No outcome, problem or story matches.")
        .expect("0 of 12");
    driver.press("Esc").expect("colour:red");
    driver
        .press("Esc")
        .expect("Checkout takes a minute")
        .press("Esc")
        .expect("╭ Backlog");
}

#[test]
fn what_was_prepared_for_searches_finds_the_same_in_the_tree() {
    let mut driver = open();
    let stories: Vec<_> = driver.backlog().stories().cloned().collect();
    driver
        .press("G z j l")
        .write("Gifts look like bills")
        .press("Enter");
    driver.input(Input::Prepared(Box::new(Index::prepared(&stories))));
    driver
        .press("/")
        .write("parcel")
        .expect("2 of 12")
        .expect("WEB-5 Return");
    driver
        .press("Alt+A")
        .write("problem:gifts")
        .expect("1 of 12")
        .expect("WEB-4");
}

#[test]
fn what_is_shown_from_elsewhere_ends_a_search_that_hides_it() {
    let mut driver = open();
    driver
        .press("/")
        .write("gifts")
        .press("Enter")
        .expect("1 of 12");
    // A new problem does not fit the search.
    driver.press("n").write("Cards are declined").press("Enter");
    driver.expect("Cards are declined").expect_no("/gifts");
    driver
        .resize(80, 24)
        .press("g j Enter")
        .expect("╭ Problem")
        .press("/")
        .write("gifts");
    driver
        .expect("Gifts look like bills")
        .expect("/gifts")
        .press("Enter u")
        .expect("1 of 12");
}

#[test]
fn a_state_has_its_reason_and_refuting_needs_one() {
    let mut driver = open();
    driver
        .press("j s r Enter")
        .expect("To refute a problem a reason is needed.");
    driver
        .write("five of five did not mind")
        .press("Enter")
        .expect("five of five did not mind");
    assert_eq!(problem(&driver, "address").state, Belief::Refuted);
    driver.press("s a Enter");
    assert_eq!(problem(&driver, "address").state, Belief::Assumed);
    driver.press("u u");
    assert_eq!(problem(&driver, "address").state, Belief::Validated);
}

#[test]
fn the_fields_of_a_problem_are_changed_one_by_one() {
    let mut driver = open();
    driver
        .press("j e")
        .expect("t title")
        .press("w Ctrl+U")
        .write("guest")
        .press("Enter");
    driver
        .press("o Ctrl+U")
        .write("calls")
        .press("↓ Enter Enter");
    driver
        .press("a")
        .write("They would pay: ask ten of them")
        .expect("Test       ask ten of them");
    driver
        .press("Enter")
        .expect("result of")
        .press("2")
        .write("three would")
        .press("Enter Esc");
    let changed = problem(&driver, "address");
    assert_eq!(changed.who.as_str(), "guest");
    assert_eq!(changed.tests[1].how.as_str(), "ask ten of them");
    assert_eq!(changed.tests[1].result.as_str(), "three would");
    let calls = driver.backlog().find_outcome("calls").unwrap();
    assert_eq!(changed.outcome, Some(calls.id));
    driver
        .press("e o Ctrl+U")
        .write("nowhere")
        .press("Enter")
        .expect("There is no outcome `nowhere`.");
}

#[test]
fn stories_are_linked_by_completion_and_unlinked() {
    let mut driver = open();
    driver.press("j l").write("gift").press("↓ Enter Enter");
    assert_eq!(
        solved(&driver, "WEB-4").unwrap(),
        "Typing the address takes too long"
    );
    driver
        .press("j j j")
        .expect("Wrap an order as a gift")
        .press("x");
    assert_eq!(solved(&driver, "WEB-4"), None);
    driver.expect("WEB-4 solves no problem now.").press("u");
    assert!(solved(&driver, "WEB-4").is_some());
    driver
        .press("g j l")
        .write("99")
        .press("Enter")
        .expect("There is no story `99`.");
}

#[test]
fn an_accepted_story_is_linked_afterwards_and_unlinked() {
    let mut driver = open();
    driver
        .press("j j j j")
        .expect("WEB-5 ─ feature · accepted")
        .press("x")
        .expect("WEB-5 solves no problem now.");
    assert_eq!(solved(&driver, "WEB-5"), None);
    driver
        .press("G k k l")
        .write("return")
        .expect("WEB-5  ")
        .press("↓ Enter Enter");
    assert_eq!(
        solved(&driver, "WEB-5").unwrap(),
        "Nobody knows when the parcel comes"
    );
    driver
        .press("1 /")
        .write("WEB-5 status:any")
        .press("Enter P");
    driver.press("Ctrl+U Enter");
    assert_eq!(solved(&driver, "WEB-5"), None);
    assert_eq!(driver.story("WEB-5").status, Status::Accepted);
}

#[test]
fn a_story_is_written_for_a_problem() {
    let mut driver = open();
    driver
        .press("j a")
        .write("Keep the address")
        .press("Enter")
        .expect("WEB-9 Keep the address");
    assert_eq!(
        solved(&driver, "WEB-9").unwrap(),
        "Typing the address takes too long"
    );
}

#[test]
fn a_deleted_problem_leaves_its_stories_and_comes_back_with_its_links() {
    let mut driver = open();
    driver
        .press("j x")
        .expect("3 stories solve no problem now; 1 of them is accepted");
    assert!(driver.backlog().find_problem("address").is_err());
    assert_eq!(driver.story("WEB-5").problem, None, "accepted ones too");
    driver
        .press("u")
        .expect("Typing the address takes too long");
    assert!(solved(&driver, "WEB-1").is_some() && solved(&driver, "WEB-5").is_some());
}

#[test]
fn a_deleted_outcome_leaves_its_problems() {
    let mut driver = open();
    driver
        .press("x")
        .expect_no("▾ Checkout takes a minute")
        .expect("Typing the address");
    assert_eq!(problem(&driver, "address").outcome, None);
    driver.press("u").expect("▾ Checkout takes a minute");
    assert!(problem(&driver, "address").outcome.is_some());
}

#[test]
fn loose_ends_are_mended_one_after_the_other() {
    let mut driver = open();
    driver
        .press("o")
        .expect("Problems without a story")
        .expect("Gifts look like bills")
        .expect("Problems with one candidate only")
        .expect("Stories without a problem")
        .press("Enter")
        .write("Print no price")
        .press("Enter");
    assert_eq!(solved(&driver, "WEB-9").unwrap(), "Gifts look like bills");
    driver
        .press("G Enter")
        .write("Gifts look")
        .press("↓ Enter Enter");
    assert_eq!(solved(&driver, "WEB-7").unwrap(), "Gifts look like bills");
    driver.press("Esc").expect("2 outcomes");
}

#[test]
fn an_open_story_of_a_refuted_problem_is_a_loose_end() {
    let mut driver = open();
    driver.press("j s r").write("no").press("Enter o");
    driver
        .expect("Open stories of refuted problems")
        .press("j Enter");
    assert_eq!(solved(&driver, "WEB-1"), None);
    driver
        .press("g e")
        .expect("╭ Problem")
        .expect("no voice yet");
}

#[test]
fn a_story_of_a_refuted_problem_above_the_cut_comes_first_and_may_be_dropped() {
    let mut world = World::discovery();
    world.settings(|product| {
        product.iterations = Some(Iterations::usual("2026-11-16".parse().unwrap()));
    });
    // The last of the order is far below the cut.
    for number in 0..8 {
        world.add(&format!("Story {number}"));
        let id = world.id(&format!("WEB-{}", 9 + number));
        world.edit(id, Edit::Estimate(Some("8".parse().unwrap())));
    }
    world.solves("WEB-16", world.backlog.find_problem("parcel").unwrap().id);
    let mut driver = Driver::on(&world.backlog);
    driver
        .press("3 /")
        .write("nobody")
        .press("Enter s r")
        .write("no")
        .press("Enter o");
    let screen = driver.screen();
    let row = |words: &str| {
        let found = screen
            .lines()
            .find(|line| line.contains(words) && line.contains("unlink"));
        found
            .unwrap_or_else(|| panic!("no {words}:\n{screen}"))
            .to_owned()
    };
    assert!(row("WEB-2 ").contains("above the cut"), "{screen}");
    assert!(!row("WEB-16 ").contains("above the cut"), "{screen}");
    assert!(screen.find("WEB-2  See").unwrap() < screen.find("WEB-16  Story").unwrap());
    driver.press("x").expect("Only stories are dropped here.");
    driver
        .press("j x")
        .expect("WEB-2")
        .write("nobody has it")
        .press("Enter");
    assert_eq!(driver.story("WEB-2").status, Status::Dropped);
    driver.expect("loose ends").expect_no("WEB-2  See");
}

#[test]
fn a_loose_end_is_looked_at_again_where_it_is_chosen() {
    let mut world = World::discovery();
    world.solves("WEB-6", world.backlog.find_problem("address").unwrap().id);
    world.to("WEB-6", Status::Accepted);
    let story = world.id("WEB-6");
    world.apply(&Change::Learn {
        story,
        learning: Learning::Plan {
            when: Some("2026-11-20".parse().unwrap()),
            how: None,
        },
    });
    let mut driver = Driver::on(&world.backlog);
    driver.press("3 o");
    let screen = driver.screen();
    assert!(screen.find("WEB-5 ").unwrap() < screen.find("WEB-6 ").unwrap());
    driver
        .press("j j Enter")
        .expect("Did the benefit come?")
        .press("y Esc");
    assert!(
        driver
            .story("WEB-5")
            .check
            .as_ref()
            .unwrap()
            .result
            .is_none()
    );
    let judged = driver.story("WEB-6").check.as_ref().unwrap().result;
    assert_eq!(judged, Some(Promise::Kept));
    driver.press("Esc g").expect("1 kept");
}

#[test]
fn where_there_is_much_room_impact_and_voices_stand_in_the_tree() {
    let mut driver = open();
    driver.resize(150, 36).expect("  impact  voices  heard");
    let screen = driver.screen();
    let row = screen
        .lines()
        .find(|line| line.contains("▾ Typing the address"))
        .unwrap();
    assert!(
        row.contains("5       2  2 d    1 of 3    validated"),
        "{row}"
    );
}

#[test]
fn a_story_is_linked_from_the_backlog_or_a_problem_is_made_of_it() {
    let mut driver = Driver::on(&World::discovery().backlog);
    driver
        .press("G P")
        .write("parcel")
        .expect("the problem “parcel”");
    driver
        .press("↓ Enter")
        .expect("Solves     Nobody knows")
        .press("Enter");
    assert_eq!(
        solved(&driver, "WEB-7").unwrap(),
        "Nobody knows when the parcel comes"
    );
    driver
        .press("P")
        .write("The tax is wrong")
        .press("Enter")
        .expect("is written down");
    assert_eq!(solved(&driver, "WEB-7").unwrap(), "The tax is wrong");
    driver.press("u");
    assert_eq!(
        solved(&driver, "WEB-7").unwrap(),
        "Nobody knows when the parcel comes"
    );
    driver.press("P Ctrl+U Enter");
    assert_eq!(solved(&driver, "WEB-7"), None);
}

#[test]
fn the_learn_queue_takes_a_key_and_then_words_and_a_number() {
    let mut driver = open();
    driver
        .press("L")
        .expect("Did the benefit come?")
        .expect("since 19 Nov")
        .expect("it takes less time")
        .expect("Median time to pay below 2 min")
        .press("o")
        .write("Mostly on phones")
        .press("Enter")
        .expect("What became of the benefit?")
        .press("Esc")
        .expect("Mostly on phones")
        .press("Enter y v")
        .write("1.5 min")
        .press("Enter")
        .expect("Mostly on phones")
        .press("Esc")
        .expect_no("to look at again");
    let check = driver.story("WEB-5").check.as_deref().unwrap();
    assert_eq!(check.result, Some(Promise::Kept));
    assert_eq!(
        (check.note.as_str(), check.number.as_str()),
        ("Mostly on phones", "1.5 min")
    );
    driver.press("g").expect("Kept       1 of 1 accepted story");
    driver
        .press("L")
        .expect("There is no story to look at again now.");
    driver.press("u u u").expect("1 story to look at again");
}

#[test]
fn a_story_may_be_looked_at_later() {
    let mut driver = open();
    driver
        .press("L w")
        .expect("how will we know, and when?")
        .press("Ctrl+U");
    driver
        .write("in 2 weeks")
        .expect("4 Dec")
        .press("Enter")
        .expect("nothing to look at");
    let check = driver.story("WEB-5").check.as_deref().unwrap();
    assert_eq!(check.how.as_str(), "Median time to pay below 2 min");
    assert_eq!(check.when.unwrap().to_string(), "2026-12-04");
}

/// Accepts the first story of the review with a waiver.
fn accept(driver: &mut Driver) {
    driver
        .press("2 Esc g Enter a")
        .write("good enough")
        .press("Enter");
}

#[test]
fn after_accepting_the_program_asks_how_it_will_be_known_and_when() {
    let mut driver = Driver::on(&World::discovery().backlog);
    accept(&mut driver);
    driver.expect("WEB-6: how will we know, and when?");
    driver
        .write("2026-13-45: fewer calls")
        .expect("`2026-13-45` is no day.")
        .press("Enter")
        .expect("how will we know")
        .press("Ctrl+U");
    driver
        .write("in 4 weeks: fewer calls")
        .expect("18 Dec")
        .press("Enter");
    driver.expect("WEB-6 comes back on 18 Dec.");
    let check = driver.story("WEB-6").check.as_deref().unwrap();
    assert_eq!(check.when.unwrap().to_string(), "2026-12-18");
    assert_eq!(check.how.as_str(), "fewer calls");
}

#[test]
fn the_question_is_skipped_with_esc_and_never_asked_twice() {
    let mut driver = Driver::on(&World::discovery().backlog);
    accept(&mut driver);
    driver
        .expect("how will we know")
        .press("Esc")
        .expect_no("how will we know");
    assert_eq!(driver.story("WEB-6").status, Status::Accepted);
    driver.press("u");
    assert_eq!(driver.story("WEB-6").status, Status::Delivered);
    accept(&mut driver);
    driver.expect_no("how will we know");
    assert_eq!(driver.story("WEB-6").status, Status::Accepted);
}

#[test]
fn who_does_not_use_discovery_is_not_asked() {
    let mut driver = Driver::on(&World::sample().backlog);
    accept(&mut driver);
    driver.expect_no("how will we know");
    driver
        .press("3")
        .expect("A story is worth as much as the problem it solves.");
}

#[test]
fn a_story_that_promises_nothing_is_not_asked_about() {
    let mut world = World::discovery();
    let story = world.id("WEB-6");
    world.edit(story, Edit::Benefit(Line::default()));
    let mut driver = Driver::on(&world.backlog);
    accept(&mut driver);
    driver.expect_no("how will we know");
    assert_eq!(driver.story("WEB-6").status, Status::Accepted);
}

/// Lets somebody else change a problem while a box is open.
fn elsewhere(driver: &mut Driver, change: impl FnOnce(&mut Problem)) {
    let problems = driver.backlog().problems();
    let found = problems
        .iter()
        .find(|problem| problem.title.contains("address"));
    let mut problem = Problem::clone(found.unwrap());
    change(&mut problem);
    driver.input(Input::Problems(vec![(problem.id, Some(problem.into()))]));
}

#[test]
fn an_open_box_does_not_write_over_what_somebody_else_wrote_meanwhile() {
    let theirs = |problem: &mut Problem| problem.who = Line::parse("gift giver");
    // Nothing was typed: theirs stays.
    let mut driver = open();
    driver.press("j e w").expect("Who has the problem?");
    elsewhere(&mut driver, theirs);
    let acts = driver.acts.len();
    driver
        .press("Enter")
        .expect("Somebody else wrote “gift giver” meanwhile. That stays.");
    assert_eq!(driver.acts.len(), acts);
    // Something was typed: whose words count is asked.
    let mut driver = open();
    driver.press("j e w Ctrl+U").write("newcomer");
    elsewhere(&mut driver, theirs);
    driver
        .press("Enter")
        .expect("“gift giver” meanwhile. Enter puts yours");
    driver.press("Enter Esc").expect("newcomer");
    driver.press("u").expect("gift giver");
}

#[test]
fn a_problem_that_goes_into_a_folded_outcome_is_followed() {
    let mut driver = open();
    let to = "Fewer calls about returns";
    // The other outcome holds something first, so that it can be folded.
    driver.press("j J").expect("▌  ▾ Typing the address");
    driver.press("k z").expect(&format!("▌▸ {to}"));
    driver.press("g j").expect("▌    Gifts look like bills");
    driver.press("m").write(to).press("Enter");
    driver.expect("▌    Gifts look like bills");
    assert_eq!(served(&driver, "Gifts").unwrap(), to);
    // The same by the menu of its fields, which stays about it.
    driver
        .press("e o")
        .write("Checkout takes a minute")
        .press("Enter");
    driver.expect("Edit: Gifts look like bills");
}
