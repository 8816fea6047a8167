//! Views and groups: the same backlog looked at in another way.

use backstory::model::{Belief, Edit, Group, Grouping, Line, Place, Points, Status};
use jiff::civil::date;
use serde_json::json;

use crate::ledger::Ledger;
use crate::support::driver::Driver;
use crate::support::world::World;

/// Six stories of two epics and of none, in this order: Pay 1, Ship 2, Pay 3, none 4, Ship 5, Pay 6.
fn shop() -> World {
    let mut world = World::empty();
    for (title, epic) in [
        ("Pay by card", "Pay"),
        ("Choose a day", "Ship"),
        ("Pay by invoice", "Pay"),
        ("Read the news", ""),
        ("Track a parcel", "Ship"),
        ("Pay in parts", "Pay"),
    ] {
        let id = world.add(title);
        world.edit(id, Edit::Epic(Line::parse(epic)));
        world.edit(id, Edit::Estimate(Some(Points::whole(2))));
    }
    world
}

fn screen() -> Driver {
    Driver::on(&shop().backlog)
}

/// The headings and keys of the list, top down.
fn list(driver: &Driver) -> String {
    let screen = driver.screen();
    let mut shown = Vec::new();
    // The last line is the footer.
    for line in screen.lines().take(35) {
        let list: String = line.chars().take(72).collect();
        if let Some(heading) = list.split(['▾', '▸']).nth(1) {
            let sign = if list.contains('▸') { "+" } else { "" };
            let name = heading.split('·').next().unwrap_or_default();
            shown.push(format!("{sign}{}:", name.trim()));
        } else if let Some(key) = list
            .split_whitespace()
            .find(|word| word.starts_with("WEB-"))
        {
            shown.push(key.trim_start_matches("WEB-").to_owned());
        }
    }
    shown.join(" ")
}

#[test]
fn groups_come_in_the_order_of_their_first_stories_and_the_nameless_last() {
    let mut ledger = Ledger::empty();
    for (title, epic) in [("a", ""), ("b", "Two"), ("c", "One"), ("d", "Two")] {
        let id = ledger.add(title);
        ledger.edit(id, Edit::Epic(Line::parse(epic)));
        ledger.edit(id, Edit::Estimate(Some(Points::whole(3))));
    }
    let groups = Group::all(&ledger.backlog, ledger.backlog.open(), Grouping::Epic);
    let told: Vec<(String, usize, Points)> = groups
        .iter()
        .map(|group| {
            (
                group.title(Grouping::Epic),
                group.stories.len(),
                group.points,
            )
        })
        .collect();
    assert_eq!(
        told,
        [
            ("Two".to_owned(), 2, Points::whole(6)),
            ("One".to_owned(), 1, Points::whole(3)),
            ("no epic".to_owned(), 1, Points::whole(3)),
        ]
    );
}

#[test]
fn statuses_come_in_the_order_of_the_workflow() {
    let world = World::sample();
    let groups = Group::all(&world.backlog, world.backlog.open(), Grouping::Status);
    let names: Vec<&str> = groups.iter().map(|group| group.name.as_str()).collect();
    let all = Status::ALL.map(Status::word);
    let places: Vec<usize> = names
        .iter()
        .map(|name| all.iter().position(|word| word == name).unwrap())
        .collect();
    assert_eq!(names.len(), 4);
    assert!(places.is_sorted(), "{names:?}");
}

/// The shop with a problem of impact 5, one of 1 and one that was refuted at 3, beside one of the same title as the first
/// that nothing speaks for. By stories: 5 to 2 and 6, 1 to 1, refuted to 3, nothing to 4, and none to 5.
fn troubled() -> World {
    let mut world = shop();
    let heavy = world.problem("Parcels come late", None);
    world.heard(heavy, date(2026, 11, 8), "Mia", "Waited all day", 3);
    world.heard(heavy, date(2026, 11, 9), "Tom", "Gave up", 2);
    let light = world.problem("Cards are typed by hand", None);
    world.heard(light, date(2026, 11, 8), "Mia", "A typo", 1);
    let refuted = world.problem("Invoices get lost", None);
    world.heard(refuted, date(2026, 11, 8), "Mia", "Lost one", 3);
    world.believe(refuted, Belief::Refuted, Some("it was in her bag"));
    let silent = world.problem("Parcels come late", None);
    for (key, problem) in [
        ("WEB-1", light),
        ("WEB-2", heavy),
        ("WEB-3", refuted),
        ("WEB-4", silent),
        ("WEB-6", heavy),
    ] {
        world.solves(key, problem);
    }
    world
}

#[test]
fn problems_come_by_impact_then_refuted_ones_and_stories_without_one_last() {
    let backlog = troubled().backlog;
    let groups = Group::all(&backlog, backlog.open(), Grouping::Problem);
    let told: Vec<String> = groups
        .iter()
        .map(|group| {
            let figures = group.figures(&backlog).join(", ");
            format!("{}: {figures}", group.title(Grouping::Problem))
        })
        .collect();
    assert_eq!(
        told,
        [
            "Parcels come late: impact 5, 2 voices, 2 stories, 4 points",
            "Cards are typed by hand: impact 1, 1 voice, 1 story, 2 points",
            "Parcels come late: impact 0, 0 voices, 1 story, 2 points",
            "Invoices get lost: refuted, impact 3, 1 voice, 1 story, 2 points",
            "no problem: 1 story, 2 points",
        ]
    );
}

#[test]
fn problems_of_one_title_are_folded_apart_and_the_fold_is_kept() {
    let mut driver = Driver::on(&troubled().backlog);
    driver.press("F i").expect("12 points · by problem");
    assert_eq!(
        list(&driver),
        "Parcels come late: 2 6 Cards are typed by hand: 1 Parcels come late: 4 Invoices get lost: 3 no problem: 5"
    );
    driver.press("g z");
    let folded = "+Parcels come late: Cards are typed by hand: 1 Parcels come late: 4 Invoices get lost: 3 no problem: 5";
    assert_eq!(list(&driver), folded);
    let mut tomorrow = driver.tomorrow();
    tomorrow.learn_problems(&troubled().backlog);
    assert_eq!(list(&tomorrow), folded);
}

#[test]
fn in_a_narrow_list_the_last_figures_of_a_heading_give_way_and_the_impact_stays() {
    let mut driver = Driver::on(&troubled().backlog);
    driver.press("F i");
    driver
        .resize(120, 36)
        .expect("▾ Parcels come late · impact 5 · 2 voices · 2 stories · 4");
    driver
        .resize(40, 36)
        .expect("▾ Parcels come late · impact 5 ")
        .expect_no("2 voices");
}

#[test]
fn grouping_shows_headings_with_counts_and_points_and_changes_no_order() {
    let mut driver = screen();
    let before = driver.order();
    driver.press("F e");
    assert_eq!(list(&driver), "Pay: 1 3 6 Ship: 2 5 no epic: 4");
    driver
        .expect("Pay · 3 stories · 6 points")
        .expect("no epic · 1 story · 2 points")
        .expect("6 stories · 12 points · by epic");
    assert_eq!(driver.order(), before);
    assert!(driver.saved.is_empty(), "{:?}", driver.saved);
    driver.press("F n");
    assert_eq!(list(&driver), "1 2 3 4 5 6");
}

#[test]
fn a_folded_group_is_one_row_and_unfolds_again() {
    let mut driver = screen();
    driver.press("F e j z");
    assert_eq!(list(&driver), "+Pay: Ship: 2 5 no epic: 4");
    driver.press("j");
    driver.expect("WEB-2 ─ feature");
    driver.press("k Enter");
    assert_eq!(list(&driver), "Pay: 1 3 6 Ship: 2 5 no epic: 4");
    driver.press("Z");
    assert_eq!(list(&driver), "+Pay: +Ship: +no epic:");
    driver.press("j z");
    assert_eq!(list(&driver), "+Pay: Ship: 2 5 +no epic:");
    driver.press("Z Z");
    assert_eq!(list(&driver), "Pay: 1 3 6 Ship: 2 5 no epic: 4");
    // The cursor never left its group.
    driver.expect("WEB-2 ─ feature");
}

#[test]
fn what_is_done_to_a_folded_group_by_mistake_is_refused() {
    let mut driver = screen();
    driver.press("F e z");
    for keys in ["K", "t", "m", ".", "x", "e", ">", "y", "l"] {
        driver.press(keys).expect("This row is a folded group.");
    }
    assert!(driver.saved.is_empty(), "{:?}", driver.saved);
    driver.press("F n z").expect("The list is not grouped.");
}

#[test]
fn a_folded_group_is_marked_as_a_whole() {
    let mut driver = screen();
    driver.press("F e z space").expect("3 marked");
    driver.press("b");
    assert_eq!(driver.order(), "WEB-2 WEB-4 WEB-5 WEB-1 WEB-3 WEB-6");
    driver.press("u");
    assert_eq!(driver.order(), "WEB-1 WEB-2 WEB-3 WEB-4 WEB-5 WEB-6");
    driver.press("g space").expect_no("marked");
}

#[test]
fn a_step_moves_within_the_group_and_stops_at_its_end() {
    let mut driver = screen();
    driver.press("F e j K");
    assert_eq!(list(&driver), "Pay: 3 1 6 Ship: 2 5 no epic: 4");
    assert_eq!(driver.order(), "WEB-3 WEB-1 WEB-2 WEB-4 WEB-5 WEB-6");
    driver
        .press("K")
        .expect("WEB-3 is at the top of its group already.");
    driver.press("J J");
    assert_eq!(list(&driver), "Pay: 1 6 3 Ship: 2 5 no epic: 4");
    driver
        .press("J")
        .expect("WEB-3 is at the bottom of its group already.");
    assert_eq!(driver.order(), "WEB-1 WEB-2 WEB-4 WEB-5 WEB-6 WEB-3");
}

#[test]
fn placing_shows_the_one_order_meanwhile() {
    let mut driver = screen();
    driver.press("F e m");
    driver.expect_no("▾ Pay");
    driver.write("4").press("Enter");
    assert_eq!(driver.order(), "WEB-2 WEB-3 WEB-4 WEB-1 WEB-5 WEB-6");
    driver.expect("▾ Pay");
}

#[test]
fn a_story_that_is_shown_unfolds_its_group() {
    let mut driver = screen();
    driver.press("F e t j b z");
    driver.press("u");
    assert!(!list(&driver).contains("+Pay"), "{}", list(&driver));
}

#[test]
fn words_are_searched_without_groups_and_conditions_within_them() {
    let mut driver = screen();
    driver.press("F e /").write("pay");
    assert!(!list(&driver).contains(':'), "{}", list(&driver));
    driver.press("Ctrl+U").write("points:2").press("Enter");
    assert_eq!(list(&driver), "Pay: 1 3 6 Ship: 2 5 no epic: 4");
}

#[test]
fn a_series_of_estimates_passes_over_folded_groups() {
    let mut driver = screen();
    driver.press("F e j j j z k");
    assert_eq!(list(&driver), "Pay: 1 3 6 +Ship: no epic: 4");
    driver.press(". 5 8");
    assert_eq!(driver.story("WEB-6").estimate, Some(Points::whole(5)));
    assert_eq!(driver.story("WEB-4").estimate, Some(Points::whole(8)));
    driver.press("k 3");
    assert_eq!(driver.story("WEB-6").estimate, Some(Points::whole(3)));
}

#[test]
fn groups_and_folds_are_there_again_at_the_next_start() {
    let mut driver = screen();
    driver.press("F e j j j z k");
    let mut tomorrow = driver.tomorrow();
    assert_eq!(list(&tomorrow), "Pay: 1 3 6 +Ship: no epic: 4");
    tomorrow.press("Esc");
    assert_eq!(list(&tomorrow), "1 2 3 4 5 6");
}

#[test]
fn a_session_that_makes_no_sense_groups_nothing() {
    let driver = screen();
    let session = driver.app.session();
    assert_eq!(session["groups"], json!({ "by": null, "folded": [] }));
    let odd = json!({ "groups": { "by": "colour", "folded": [["epic"], 7] } });
    let started = driver.started_with(odd);
    assert_eq!(list(&started), "1 2 3 4 5 6");
}

#[test]
fn a_view_is_saved_under_a_name_and_brought_back_by_its_key() {
    let mut driver = screen();
    driver.press("f").expect("None is saved yet.");
    driver.press("+").expect("Search (/) or group (F) first");
    driver.press("Esc /").write("epic:Pay").press("Enter F s");
    driver.press("f +").write("Money").press("Enter");
    driver.expect("The view is saved. f m brings it back.");
    assert_eq!(driver.saved.len(), 1);
    driver.expect("· Money");
    driver.press("Esc");
    assert_eq!(list(&driver), "1 2 3 4 5 6");
    driver.press("f m");
    assert_eq!(list(&driver), "idea: 1 3 6");
    driver.press("f .");
    assert_eq!(list(&driver), "1 2 3 4 5 6");
    driver.press("u f").expect("None is saved yet.");
}

#[test]
fn a_view_of_the_same_name_is_replaced_and_keeps_its_key() {
    let mut driver = screen();
    driver.press("/").write("points:2").press("Enter f +");
    driver.write("Money").press("Enter / Ctrl+U");
    driver.write("epic:Pay").press("Enter f +");
    driver.write("Money").press("Enter");
    let views = &driver.backlog().product().views;
    assert_eq!(views.len(), 1);
    assert_eq!(views[0].to_line(), "Money | epic:Pay | m");
    driver
        .press("f +")
        .press("Enter")
        .expect("A view needs a name.");
}

#[test]
fn views_without_a_key_get_the_first_free_letter_of_their_name() {
    let mut world = shop();
    world.settings(|product| {
        product.views = ["Next | | m", "Money | epic:Pay", "Mail | epic:Ship", "商店"]
            .map(|line| {
                let parts: Vec<&str> = line.split('|').map(str::trim).collect();
                let part = |at: usize| parts.get(at).copied().unwrap_or_default();
                serde_json::from_value(json!({
                    "name": part(0), "query": part(1), "key": part(2).chars().next(),
                }))
                .unwrap()
            })
            .to_vec();
    });
    let mut driver = Driver::on(&world.backlog);
    driver
        .press("f")
        .expect("m Next")
        .expect("o Money")
        .expect("a Mail")
        .expect("商 商店");
    driver.press("a");
    assert_eq!(list(&driver), "2 5");
}

#[test]
fn headings_and_folded_rows_are_pressed_with_the_mouse() {
    use backstory::ui::Input;
    use backstory::ui::effect::Pointer;
    let mut driver = screen();
    driver.press("F e");
    let press = |driver: &mut Driver, row| {
        driver.input(Input::Pointer(Pointer::Press { column: 5, row }));
        driver.input(Input::Pointer(Pointer::Release { column: 5, row }));
    };
    press(&mut driver, 2);
    assert_eq!(list(&driver), "+Pay: Ship: 2 5 no epic: 4");
    press(&mut driver, 2);
    assert_eq!(list(&driver), "Pay: 1 3 6 Ship: 2 5 no epic: 4");
    driver.input(Input::Pointer(Pointer::Press { column: 5, row: 3 }));
    driver.input(Input::Pointer(Pointer::Drag { column: 5, row: 5 }));
    driver.expect("The list is grouped");
    assert!(driver.saved.is_empty(), "{:?}", driver.saved);
}

#[test]
fn a_new_story_on_a_folded_group_goes_below_its_last() {
    let mut driver = screen().tomorrow();
    driver.press("F e z n").expect("below WEB-6");
    driver.write("Pay later").press("Enter");
    let last = driver.order();
    assert!(last.ends_with("WEB-6 WEB-7"), "{last}");
}

#[test]
fn a_group_that_is_gone_leaves_the_cursor_on_a_neighbour() {
    let mut ledger = Ledger::empty();
    let first = ledger.add("a");
    ledger.edit(first, Edit::Epic(Line::parse("One")));
    ledger.add_at("b", Place::Bottom);
    let mut driver = Driver::on(&ledger.backlog);
    driver.press("F e g x").write("no").press("Enter");
    assert_eq!(list(&driver), "no epic: 2");
    driver.expect("WEB-2 ─ feature");
}

#[test]
fn marked_stories_move_while_the_cursor_stands_on_a_folded_group() {
    let mut driver = screen();
    driver.press("F e j space z").expect_no("3 marked");
    driver.expect("1 marked");
    driver.press("t");
    assert_eq!(driver.order(), "WEB-3 WEB-1 WEB-2 WEB-4 WEB-5 WEB-6");
    driver.press("m").write("6").press("Enter");
    assert_eq!(driver.order(), "WEB-1 WEB-2 WEB-4 WEB-5 WEB-6 WEB-3");
    driver.expect("▸ Pay · 1 marked · 3 stories · 6 points");
}

#[test]
fn while_words_are_searched_a_story_is_placed_in_the_whole_order() {
    let mut driver = screen();
    driver
        .press("/")
        .write("parcel")
        .press("Enter m")
        .expect("Read the news");
    driver.write("1").press("Enter");
    assert_eq!(driver.order(), "WEB-5 WEB-1 WEB-2 WEB-3 WEB-4 WEB-6");
    driver
        .press("K")
        .expect("The list is sorted by how well it matches");
}

#[test]
fn where_a_search_finds_nothing_the_search_is_the_reason() {
    let mut driver = screen();
    driver.press("/").write("zebra").press("Enter >");
    driver.expect("No story is in sight. Clear the search with Esc.");
}
