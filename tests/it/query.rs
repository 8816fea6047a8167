//! Queries: what each word finds.

use backstory::model::query::{Index, Query};
use backstory::model::{Edit, Line, Points, Status, Step, Verdict};
use proptest::prelude::*;

use crate::support::driver::now;
use crate::support::world::World;

/// The keys of what a query finds, with blanks between them.
#[track_caller]
fn find(world: &World, query: &str) -> String {
    let query = Query::parse(query, now()).unwrap();
    let found = Index::default().run(&query, &world.backlog);
    let keys: Vec<String> = found
        .into_iter()
        .map(|id| world.backlog.key_or_id(id))
        .collect();
    keys.join(" ")
}

#[track_caller]
fn refused(query: &str) -> (String, String) {
    let error = Query::parse(query, now()).unwrap_err();
    (query.get(error.at).unwrap().to_owned(), error.message)
}

#[test]
fn without_words_the_open_stories_are_meant_in_their_order() {
    let world = World::sample();
    assert_eq!(
        find(&world, "  "),
        "WEB-1 WEB-2 WEB-3 WEB-4 WEB-5 WEB-6 WEB-7"
    );
    assert!(Query::parse("  ", now()).unwrap().is_empty());
}

#[test]
fn status_widens_and_narrows() {
    let world = World::sample();
    assert_eq!(
        find(&world, "status:any"),
        "WEB-1 WEB-2 WEB-3 WEB-4 WEB-5 WEB-6 WEB-7 WEB-8"
    );
    assert_eq!(find(&world, "status:accepted"), "WEB-8");
    assert_eq!(find(&world, "status:closed"), "WEB-8");
    assert_eq!(find(&world, "status:ready,started"), "WEB-1 WEB-2");
    assert_eq!(
        find(&world, "-status:delivered -status:idea"),
        "WEB-1 WEB-2"
    );
    assert_eq!(find(&world, "status:deliv"), "WEB-5 WEB-6 WEB-7");
}

#[test]
fn bare_words_find_titles_first_and_all_text_after_that() {
    let mut world = World::sample();
    let id = world.id("WEB-4");
    world.notes(id, "Somebody returned it.");
    assert_eq!(find(&world, "return parcel"), "WEB-5");
    assert_eq!(find(&world, "RETURNed"), "WEB-4");
    assert!(find(&world, "returning").starts_with("WEB-"));
    assert_eq!(find(&world, "somebody"), "WEB-4");
    assert_eq!(find(&world, "\"vat line\""), "WEB-7");
    assert_eq!(find(&world, "\"line vat\""), "");
    assert_eq!(find(&world, "web-3"), "WEB-3");
    assert_eq!(find(&world, "checkot guest"), "WEB-3");
    assert_eq!(find(&world, "dlivery"), "WEB-2");
    assert_eq!(find(&world, "-card -a"), "");
    assert_eq!(find(&world, "pay -gift"), "WEB-1");
}

#[test]
fn accents_make_no_difference() {
    let mut world = World::sample();
    world.add("Café Zürich zeigen");
    assert_eq!(find(&world, "cafe zurich"), "WEB-9");
    assert_eq!(find(&world, "CAFÉ"), "WEB-9");
}

#[test]
fn fields_narrow_down() {
    let mut world = World::sample();
    let id = world.id("WEB-4");
    world.edit(id, Edit::Estimate(None));
    world.edit(id, Edit::Persona(Line::parse("shop keeper")));
    world.edit(id, Edit::Epic(Line::parse("Faster checkout")));
    let id = world.id("WEB-2");
    world.edit(id, Edit::Estimate(Some(Points::whole(8))));
    for (query, keys) in [
        ("label:checkout", "WEB-3"),
        ("label:none points>3", "WEB-2"),
        ("points:none", "WEB-4"),
        ("points<=3 points:3 -status:delivered", "WEB-1 WEB-3"),
        ("persona:\"shop keeper\"", "WEB-4"),
        ("epic:faster", "WEB-4"),
        ("kind:bug", ""),
        ("kind:feature label:checkout", "WEB-3"),
        ("is:blocked", "WEB-3"),
        ("has:questions", "WEB-3"),
        ("is:ready -is:blocked status:idea", "WEB-4"),
        ("problem:any", ""),
        ("key:WEB-3,8", "WEB-3 WEB-8"),
        ("updated<7d label:checkout", "WEB-3"),
        ("updated>7d", ""),
        ("created>2026-11-19 label:checkout", "WEB-3"),
        ("created<2026-11-19", ""),
    ] {
        assert_eq!(find(&world, query), keys, "{query}");
    }
}

#[test]
fn rounds_and_waivers_are_found() {
    let mut world = World::sample();
    world.judge("WEB-5", "c1", Verdict::Met);
    assert_eq!(find(&world, "rounds>0"), "WEB-5");
    assert_eq!(find(&world, "is:waived status:any"), "WEB-8");
    world.step("WEB-7", Step::Undeliver);
    assert_eq!(world.backlog.find("WEB-7").unwrap().status, Status::Started);
    assert_eq!(find(&world, "status:delivered"), "WEB-5 WEB-6");
}

#[test]
fn a_wrong_query_says_where_and_what_would_be_right() {
    assert_eq!(refused("pay statuss:ready").0, "statuss:ready");
    assert!(
        refused("statuss:ready")
            .1
            .contains("There are: status, label")
    );
    assert!(refused("status:done").1.contains("delivered"));
    assert!(refused("points>many").1.contains("points>3"));
    assert!(refused("updated<soon").1.contains("updated<7d"));
    assert!(refused("has:findings").1.contains("questions"));
    assert!(refused("label:").1.contains("needs a value"));
}

#[test]
fn links_and_times_of_day_are_text() {
    for query in ["http://example.org/a", "10:30", "a>b", "-", "\"half", "c++"] {
        assert!(Query::parse(query, now()).unwrap().has_words(), "{query}");
    }
}

#[test]
fn what_was_found_is_shown_in_the_title() {
    let show = |query: &str, title: &str| {
        let query = Query::parse(query, now()).unwrap();
        let ranges = Index::default().highlights(&query, title);
        ranges
            .into_iter()
            .map(|range| title.get(range).unwrap().to_owned())
            .collect::<Vec<_>>()
    };
    assert_eq!(show("pay card", "Pay with a card"), ["Pay", "card"]);
    assert_eq!(show("cafe", "Das Café dort"), ["Café"]);
    assert_eq!(show("dlivery", "See the delivery"), ["d", "livery"]);
    assert!(show("zzz", "Pay").is_empty());
}

proptest! {
    #[test]
    fn no_input_panics_and_errors_lie_inside_it(text in "\\PC{0,30}|([a-z]{1,8}[:<>=\"-]{0,3}[a-z0-9,]{0,5} ?){0,4}") {
        if let Err(error) = Query::parse(&text, now()) {
            prop_assert!(text.get(error.at.clone()).is_some());
            prop_assert!(error.message.ends_with('.'));
        }
    }

    #[test]
    fn highlights_lie_on_character_borders(query in "[a-zé ]{0,8}", title in "\\PC{0,30}") {
        if let Ok(query) = Query::parse(&query, now()) {
            for range in Index::default().highlights(&query, &title) {
                prop_assert!(title.get(range).is_some());
            }
        }
    }
}
