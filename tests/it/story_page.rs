//! The page of a story: the whole thread from the outcome to what became of the benefit.

use backstory::model::{Belief, Change, Edit, Learning, Line, Promise, Prose, Status};

use crate::support::driver::Driver;
use crate::support::world::World;

/// The lines of the page beside the list, without its frame.
fn page(driver: &Driver) -> Vec<String> {
    let screen = driver.screen();
    let lines = screen.lines().filter_map(|line| line.rsplit_once("││"));
    let lines = lines.map(|(_, page)| page.trim_matches(['│', ' ']).to_owned());
    lines.collect()
}

/// Fails unless the lines stand on the page one below the other.
#[track_caller]
fn expect_lines(driver: &Driver, wanted: &[&str]) {
    let page = page(driver);
    let found = page.windows(wanted.len()).any(|lines| lines == wanted);
    assert!(
        found,
        "{wanted:#?} is not on the page:\n{}",
        page.join("\n")
    );
}

#[test]
fn the_outcome_and_the_freshest_words_stand_beside_the_problem() {
    let mut driver = Driver::on(&World::discovery().backlog);
    driver.press("g");
    expect_lines(
        &driver,
        &[
            "Outcome    Checkout takes a minute",
            "median time to pay 4 min → 1 min",
            "by 31 Mar 2027",
            "Problem    Typing the address takes too long",
            "2 voices · 2 days",
            "\"Asked for a saved address\"",
            "18 Nov · interview, ticket 4711",
        ],
    );
    // Without an outcome the problem stands alone.
    driver.press("j").expect_no("Outcome ");
    driver.expect("\"Called twice\"");
}

#[test]
fn a_refuted_problem_says_why() {
    let mut world = World::discovery();
    let problem = world.backlog.find("WEB-1").unwrap().problem.unwrap();
    world.believe(problem, Belief::Refuted, Some("nobody typed it twice"));
    let mut driver = Driver::on(&world.backlog);
    driver.press("g").expect("refuted: nobody typed it twice");
}

#[test]
fn a_long_quote_takes_three_rows() {
    let mut world = World::discovery();
    let problem = world.backlog.find("WEB-1").unwrap().problem.unwrap();
    let day = jiff::civil::date(2026, 11, 19);
    world.heard(problem, day, "Elif", &"many many words ".repeat(40), 1);
    let mut driver = Driver::on(&world.backlog);
    driver.press("g").expect("19 Nov · interview, Elif");
    let rows = page(&driver);
    let quoted = rows.iter().filter(|row| row.contains("many words")).count();
    assert_eq!(quoted, 3, "{}", rows.join("\n"));
}

#[test]
fn what_became_of_the_benefit_stands_after_the_rounds() {
    let mut world = World::discovery();
    let driver = |world: &World| {
        let mut driver = Driver::on(&world.backlog);
        driver.press("/").write("status:accepted");
        driver.press("Enter g");
        driver
    };
    expect_lines(
        &driver(&world),
        &[
            "Benefit check",
            "To be looked at since 19 Nov.",
            "How        Median time to pay below 2 min",
        ],
    );
    let story = world.id("WEB-5");
    for (result, said) in [
        (
            Promise::Unknown,
            "Nobody can tell whether the benefit came.",
        ),
        (Promise::Missed, "The benefit did not come."),
        (Promise::Kept, "The benefit came."),
    ] {
        world.apply(&Change::Learn {
            story,
            learning: Learning::Result {
                result,
                note: Some(Prose::parse("they pay at once")),
                number: Some(Line::parse("1.5 min")),
            },
        });
        let mut driver = driver(&world);
        driver.expect(" · Ana");
        expect_lines(
            &driver,
            &[
                said,
                "How        Median time to pay below 2 min",
                "Number     1.5 min",
                "Seen       they pay at once",
            ],
        );
    }
}

#[test]
fn a_criterion_shows_which_words_changed_since_it_was_agreed() {
    let mut world = World::sample();
    let story = world.add("Show the date");
    world.criteria(story, &["The page shows a date"]);
    world.to("WEB-9", Status::Ready);
    let mut criteria = world.backlog.story(story).unwrap().criteria.clone();
    criteria[0].text = Prose::parse("The page shows a day");
    world.edit(story, Edit::Criteria(criteria));
    let mut driver = Driver::on(&world.backlog);
    driver.press("G");
    expect_lines(
        &driver,
        &[
            "1  The page shows a day",
            "changed since agreed: The page shows a",
            "date day",
        ],
    );
}
