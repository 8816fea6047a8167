//! Scores on the screen: quick entry, the column, the order by score, and where it disagrees.

use backstory::model::{Belief, Change, Edit, Kind, Method, Part, Place, Points, Product, Status};
use backstory::ui::{Input, Theme};
use jiff::civil::date;

use crate::support::driver::Driver;
use crate::support::world::World;

/// Stories without a score in a product that uses these methods.
fn world(methods: &[Method], titles: &[&str]) -> World {
    let mut world = World::empty();
    world.settings(|product| product.scores = methods.to_vec());
    for title in titles {
        world.add(title);
    }
    world
}

fn scored(world: &mut World, key: &str, values: &[(Part, &str)]) {
    let id = world.id(key);
    for (part, value) in values {
        world.edit(id, Edit::Score(part.parse(value).unwrap()));
    }
}

fn wsjf(world: &mut World, key: &str, values: [&str; 4]) {
    let parts = [Part::UserValue, Part::Urgency, Part::Risk, Part::Size];
    let values: Vec<(Part, &str)> = parts.into_iter().zip(values).collect();
    scored(world, key, &values);
}

fn three(methods: &[Method]) -> Driver {
    let world = world(methods, &["One", "Two", "Three"]);
    let mut driver = Driver::on(&world.backlog);
    driver.press("g");
    driver
}

fn scores(driver: &Driver, key: &str) -> String {
    serde_json::to_string(&driver.story(key).scores).unwrap()
}

#[test]
fn one_letter_a_story_says_how_much_it_must_be() {
    let mut driver = three(&[Method::Moscow]);
    driver
        .press(",")
        .expect("MoSCoW: m=must s=should c=could w=wont; - none");
    driver.press("m s c Esc");
    for (key, class) in [("1", "must"), ("2", "should"), ("3", "could")] {
        assert_eq!(scores(&driver, key), format!(r#"{{"moscow":"{class}"}}"#));
        driver.expect(class);
    }
    assert_eq!(driver.saved, ["score WEB-1", "score WEB-2", "score WEB-3"]);
    driver.press("u");
    assert_eq!(scores(&driver, "3"), "{}");
}

#[test]
fn every_key_is_a_part_and_every_story_one_act() {
    let mut driver = three(&[Method::Wsjf]);
    driver
        .press(", 8 5")
        .expect("WSJF value 8 urgency 5 risk: 1 2 3 5 8 9=13 0=20");
    assert_eq!(driver.saved.len(), 0, "not before the last part");
    driver.press("3 3").expect("▌  2").expect("WSJF value:");
    driver.press("9 0 1 1 Esc").expect("5.3").expect("34.0");
    assert_eq!(
        scores(&driver, "2"),
        r#"{"wsjf":{"value":13,"urgency":20,"risk":1,"size":1}}"#
    );
    driver.press("u u");
    assert_eq!(scores(&driver, "1"), "{}");
    driver.press("U");
    assert_eq!(
        scores(&driver, "1"),
        r#"{"wsjf":{"value":8,"urgency":5,"risk":3,"size":3}}"#
    );
}

#[test]
fn what_is_left_in_the_middle_is_kept_and_shown_as_begun() {
    for leaving in ["Esc", "j", "Tab"] {
        let mut driver = three(&[Method::Wsjf, Method::Moscow]);
        driver.press(", 8 5").press(leaving);
        assert_eq!(
            scores(&driver, "1"),
            r#"{"wsjf":{"value":8,"urgency":5}}"#,
            "{leaving}"
        );
        assert_eq!(driver.saved, ["score WEB-1"], "{leaving}");
    }
    let mut driver = three(&[Method::Wsjf]);
    driver.press(", 8 5 Esc").expect("…").press("Enter");
    driver.expect("WSJF not complete (value 8,");
}

#[test]
fn quitting_keeps_what_was_entered() {
    let mut driver = three(&[Method::Rice]);
    driver.press(", 5 0 0 Enter 2 1 7 Ctrl+C");
    assert_eq!(
        scores(&driver, "1"),
        r#"{"rice":{"reach":500,"impact":2,"confidence":100}}"#
    );
    driver.input(Input::Stop);
    assert_eq!(driver.saved, ["score WEB-1"]);
}

#[test]
fn backspace_goes_one_part_back_and_then_to_the_story_above() {
    let mut driver = three(&[Method::ValueEffort]);
    driver.press(", 4 Backspace").expect("value/effort value:");
    driver
        .press("5 1 Backspace")
        .expect("▌  1")
        .expect("value 5 effort (1):");
    driver.press("2 Esc");
    assert_eq!(
        scores(&driver, "1"),
        r#"{"value-effort":{"value":5,"effort":2}}"#
    );
}

#[test]
fn enter_leaves_a_part_as_it_is_and_minus_takes_the_score_away() {
    let mut world = world(&[Method::ValueEffort], &["One", "Two"]);
    scored(
        &mut world,
        "WEB-1",
        &[(Part::Value, "4"), (Part::Effort, "2")],
    );
    let mut driver = Driver::on(&world.backlog);
    driver.press("g , Enter 1 Esc");
    assert_eq!(
        scores(&driver, "1"),
        r#"{"value-effort":{"value":4,"effort":1}}"#
    );
    driver.press("g , - Esc");
    assert_eq!(scores(&driver, "1"), "{}");
    driver.expect("▌  2");
}

#[test]
fn reach_is_typed_and_the_estimate_can_stand_for_the_effort() {
    let mut world = world(&[Method::Rice], &["One", "Two"]);
    let id = world.id("WEB-1");
    world.edit(id, Edit::Estimate(Some(Points::whole(2))));
    let mut driver = Driver::on(&world.backlog);
    driver.press("g , 5 0").expect("RICE reach: 50_ Enter");
    driver
        .press("0 Enter 2 8")
        .expect("RICE reach 500 impact 2 confidence 80 % effort:");
    driver.press("Enter").expect("400").expect("▌  2");
    driver.press("1 Backspace 3 Enter 4 5 Enter");
    driver.expect("There is no estimate to stand for the effort.");
    driver
        .press("0 . 4 Enter")
        .expect("`0.4` is no RICE effort. Use a number from 0.5 on.");
    driver.press("Esc 0 . 5 Enter Esc");
    assert_eq!(
        scores(&driver, "2"),
        r#"{"rice":{"reach":3,"impact":0.25,"confidence":50,"effort":0.5}}"#
    );
}

#[test]
fn a_key_without_a_value_says_which_have_one() {
    let mut driver = three(&[Method::Wsjf]);
    driver.press(", 4").expect(
        "The WSJF value has the keys 1 2 3 5 8 9=13 0=20. Esc ends, - takes the score away.",
    );
    assert_eq!(driver.saved.len(), 0);
}

#[test]
fn marked_stories_get_their_score_all_at_once() {
    let mut driver = three(&[Method::Moscow]);
    driver.press("space space , s");
    assert_eq!(scores(&driver, "1"), scores(&driver, "2"));
    assert_eq!(driver.saved, ["score 2 stories"]);
    driver.press("u");
    assert_eq!(
        (scores(&driver, "1"), scores(&driver, "2")),
        ("{}".into(), "{}".into())
    );
}

#[test]
fn the_first_score_asks_which_way_to_use_and_goes_on() {
    let mut driver = three(&[]);
    driver
        .press("S")
        .expect("No way to score is in use yet. Press , to choose one.");
    driver.press(",").expect("Score by").expect("RICE");
    driver.press("v").expect("value/effort value: 1 2 3 4 5");
    assert_eq!(driver.backlog().product().scores, [Method::ValueEffort]);
    assert_eq!(driver.saved, ["score by value/effort"]);
    driver
        .press("4 2 Esc")
        .expect("2.0")
        .expect("points · value/effort");
    driver.press("u u");
    assert!(driver.backlog().product().scores.is_empty());
}

#[test]
fn tab_shows_the_next_way_to_score() {
    let mut driver = three(&[Method::Moscow, Method::ValueEffort]);
    driver.press(", m").press("k Tab 3 3 Esc");
    driver.expect("1.0").expect("points · value/effort");
    assert_eq!(
        scores(&driver, "1"),
        r#"{"moscow":"must","value-effort":{"value":3,"effort":3}}"#
    );
    driver
        .press(", Tab Esc")
        .expect("must")
        .expect("points · MoSCoW");
    assert_eq!(
        driver.backlog().product().scores,
        [Method::Moscow, Method::ValueEffort],
        "looking changes nothing"
    );
}

/// Four stories: the second for a problem of impact 5, the third for one that nothing speaks for, the fourth for a refuted
/// one of 3; the first waits for nothing and solves nothing.
fn spoken_for(methods: &[Method]) -> World {
    let mut world = world(methods, &["One", "Two", "Three", "Four"]);
    for (key, weights) in [("WEB-2", vec![3, 2]), ("WEB-3", vec![]), ("WEB-4", vec![3])] {
        let problem = world.problem(&format!("Why {key}"), None);
        for weight in weights {
            world.heard(problem, date(2026, 11, 8), "Mia", "Said so", weight);
        }
        if key == "WEB-4" {
            world.believe(problem, Belief::Refuted, Some("nobody else"));
        }
        world.solves(key, problem);
    }
    world
}

/// What stands in the column of scores, by story.
fn column(driver: &Driver) -> Vec<String> {
    let screen = driver.screen();
    let rows = screen.lines().filter_map(|line| {
        let row: Vec<&str> = line.split('│').nth(1)?.split_whitespace().collect();
        let key = row.iter().find(|word| word.starts_with("WEB-"))?;
        // The column stands before the status, where there is anything in it.
        let figure = row.iter().rev().nth(1)?.parse::<u32>();
        let figure = figure.map_or("-".to_owned(), |figure| figure.to_string());
        Some(format!("{key} {figure}"))
    });
    rows.collect()
}

#[test]
fn impact_has_a_column_and_there_is_nothing_to_enter() {
    let mut driver = Driver::on(&spoken_for(&[]).backlog);
    driver
        .press(",")
        .expect("i impact        what speaks for the problem; not entered");
    driver.press("i").expect("points · impact");
    assert_eq!(driver.saved, ["score by impact"]);
    // Without a problem, or with a refuted one, nothing stands there.
    let shown = ["WEB-1 -", "WEB-2 5", "WEB-3 0", "WEB-4 -"];
    assert_eq!(column(&driver), shown);
    driver.press(",").expect("Score by").press("Esc");
    // More evidence is seen at once.
    driver
        .press("3 g j v")
        .write("Tom: so did he !2")
        .press("Enter 1");
    assert_eq!(column(&driver)[1], "WEB-2 7");
}

#[test]
fn impact_is_no_choice_where_no_problem_is_written_down() {
    let mut driver = three(&[]);
    driver.press(",").expect("RICE").expect_no("impact  ");
    driver.press("i");
    assert!(driver.backlog().product().scores.is_empty());
}

#[test]
fn tab_passes_over_impact_where_values_are_entered() {
    let mut driver =
        Driver::on(&spoken_for(&[Method::Wsjf, Method::Impact, Method::Moscow]).backlog);
    driver.press("g , Tab").expect("MoSCoW: m=must");
    driver.press("Tab").expect("WSJF value:");
}

#[test]
fn choosing_impact_while_scoring_ends_the_series_and_keeps_what_was_entered() {
    let mut driver = Driver::on(&spoken_for(&[Method::Wsjf]).backlog);
    driver.press("g , 8 Tab").expect("Score by");
    driver
        .press("i")
        .expect("points · impact")
        .expect_no("WSJF value:");
    assert_eq!(driver.saved, ["score WEB-1", "score by impact"]);
    driver.press("j").expect("WEB-2 ─ feature");
}

#[test]
fn the_order_by_impact_is_shown_before_it_is_made_and_says_for_which_problem() {
    let mut world = spoken_for(&[Method::Impact]);
    let (two, three) = (world.id("WEB-2"), world.id("WEB-3"));
    world.apply(&Change::Move {
        stories: vec![three],
        to: Place::Above(two),
    });
    let mut driver = Driver::on(&world.backlog);
    driver
        .press("S")
        .expect("impact 5 — Why WEB-2")
        .press("Enter");
    assert_eq!(driver.order(), "WEB-1 WEB-2 WEB-3 WEB-4");
    driver.press("D").expect("in the order of their scores");
}

#[test]
fn an_accepted_story_is_not_scored() {
    let mut world = world(&[Method::Moscow], &["One"]);
    let id = world.id("WEB-1");
    world.edit(id, Edit::Kind(Kind::Chore));
    world.to("WEB-1", Status::Accepted);
    let mut driver = Driver::on(&world.backlog);
    driver.press("/").write("status:any").press("Enter ,");
    driver.expect("WEB-1 is accepted and stays as it is.");
}

/// Five stories, of which the first three and the last have a WSJF score; the last waits for the third.
fn weighed() -> World {
    let titles = ["Large", "Middling", "Blocker", "Unscored", "Urgent"];
    let mut world = world(&[Method::Wsjf], &titles);
    wsjf(&mut world, "WEB-1", ["3", "2", "3", "13"]);
    wsjf(&mut world, "WEB-2", ["5", "3", "2", "5"]);
    wsjf(&mut world, "WEB-3", ["1", "1", "1", "3"]);
    wsjf(&mut world, "WEB-5", ["8", "20", "8", "1"]);
    let (blocker, waiting) = (world.id("WEB-3"), world.id("WEB-5"));
    world.edit(waiting, Edit::BlockedBy(vec![blocker]));
    world
}

#[test]
fn a_blocker_shows_what_it_counts_for() {
    let mut driver = Driver::on(&weighed().backlog);
    driver.expect("↑36.0").press("g j j");
    driver.expect("WSJF 1 (value 1, urgency 1,");
    driver.expect("counts for WSJF 36, because");
    let ascii = Theme {
        ascii: true,
        color: false,
    };
    let backlog = weighed().backlog;
    let stories = backlog.stories().map(|story| (**story).clone()).collect();
    let product = Product::clone(backlog.product());
    Driver::with(product, stories, (100, 30), ascii).expect("^36.0");
}

#[test]
fn sorting_by_score_is_shown_first_and_one_act() {
    let mut driver = Driver::on(&weighed().backlog);
    driver.press("S").expect("Sort 4 stories by WSJF");
    driver
        .expect("WSJF 0.6 — large size")
        .expect("blocks WEB-5 (WSJF 36)");
    assert_eq!(driver.order(), "WEB-1 WEB-2 WEB-3 WEB-4 WEB-5");
    driver.press("Enter");
    assert_eq!(driver.order(), "WEB-3 WEB-5 WEB-2 WEB-4 WEB-1");
    assert_eq!(driver.saved, ["sort 4 stories by WSJF"]);
    driver
        .press("S")
        .expect("The stories stand in the order of their WSJF scores already.");
    driver.press("u");
    assert_eq!(driver.order(), "WEB-1 WEB-2 WEB-3 WEB-4 WEB-5");
}

#[test]
fn only_marked_stories_or_those_in_sight_are_sorted() {
    let mut driver = Driver::on(&weighed().backlog);
    driver.press("g space space S Enter");
    assert_eq!(driver.order(), "WEB-2 WEB-1 WEB-3 WEB-4 WEB-5");
    driver.press("u - /").write("l").press("Enter");
    driver
        .press("S")
        .expect("Sort 3 stories by WSJF")
        .press("Enter Esc");
    assert_eq!(driver.order(), "WEB-3 WEB-2 WEB-1 WEB-4 WEB-5");
    driver.press("u G k space S");
    driver.expect("None of these stories has a WSJF score. Score two or more first (,).");
}

#[test]
fn disagreements_lead_to_the_story() {
    let mut driver = Driver::on(&weighed().backlog);
    driver
        .press("g D")
        .expect("Order and WSJF scores")
        .expect("4 of 4 scored stories stand elsewhere; the furthest first.")
        .expect("1 → 5  WEB-1");
    driver
        .press("j Enter")
        .expect_no("Order and WSJF")
        .expect("▌  5  WEB-5");
    assert!(driver.saved.is_empty());
}

#[test]
fn disagreements_that_are_gone_meanwhile_say_so() {
    let mut driver = Driver::on(&weighed().backlog);
    driver.press("g D").expect("4 of 4 scored stories");
    let gone = ["1", "2", "3", "5"].map(|key| (driver.story(key).id, None));
    driver.input(Input::Changed {
        stories: gone.into(),
        product: None,
    });
    driver
        .expect("Fewer than two stories are scored now.")
        .expect_no("WEB-1");
}

#[test]
fn moscow_tells_the_shares_of_effort_and_when_too_much_is_a_must() {
    let mut world = world(&[Method::Moscow], &["One", "Two", "Three", "Four"]);
    for (key, class, points) in [("1", "must", 8), ("2", "should", 3), ("3", "wont", 20)] {
        scored(&mut world, key, &[(Part::Class, class)]);
        let id = world.id(key);
        world.edit(id, Edit::Estimate(Some(Points::whole(points))));
    }
    let mut driver = Driver::on(&world.backlog);
    driver
        .press("D")
        .expect("The 3 scored stories stand in the order of their scores.")
        .expect("must     73 %  1 story, 8 points")
        .expect("should   27 %  1 story, 3 points")
        .expect("wont           1 story, 20 points")
        .expect("73 % of the effort is a must");
}

#[test]
fn parts_of_a_score_that_are_not_on_the_disk_are_not_called_saved() {
    let mut driver = Driver::on(&World::sample().backlog);
    driver.press(", w").expect("saved · Ana");
    driver.press("5 8").expect("typing · Ana");
    driver.press("3 3").expect("saved · Ana");
}
