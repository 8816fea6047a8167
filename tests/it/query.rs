//! Queries: what each word finds.

mod laws;

use backstory::model::query::{Index, Query};
use backstory::model::{
    Belief, Change, Edit, Learning, Line, NewProblem, OutcomeId, Place, Points, ProblemEdit,
    ProblemId, ProductOutcome, Reason, Status, Step, Story, Title, Verdict,
};
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
        ("is:blocking", "WEB-1"),
        ("blocked-by:WEB-1", "WEB-3"),
        ("blocked-by:1,2", "WEB-3"),
        ("BLOCKED-BY:web-2", ""),
        ("blocked-by:none status:idea", "WEB-4"),
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
fn stories_are_found_by_the_thread_they_hang_on() {
    let mut world = World::sample();
    let outcome = OutcomeId::new(uuid::Uuid::from_u128(5));
    world.settings(|product| {
        let title = Title::parse("More people finish").unwrap();
        product
            .outcomes
            .push(ProductOutcome::titled(outcome, title));
    });
    let problems = ["The Café checkout is too long", "Parcels come late"];
    let problems = [6, 7].into_iter().zip(problems).map(|(id, title)| {
        let id = ProblemId::new(uuid::Uuid::from_u128(id));
        (id, Title::parse(title).unwrap())
    });
    let ids: Vec<ProblemId> = problems
        .map(|(id, title)| {
            world.apply(&Change::AddProblem(Box::new(NewProblem {
                id,
                title,
                who: Line::default(),
                outcome: (id.uuid().as_u128() == 6).then_some(outcome),
            })));
            id
        })
        .collect();
    for (key, problem) in [("WEB-1", ids[0]), ("WEB-3", ids[0]), ("WEB-2", ids[1])] {
        let story = world.id(key);
        world.edit(story, Edit::Problem(Some(problem)));
    }
    world.heard(ids[1], jiff::civil::date(2026, 11, 8), "Mia", "Waited", 3);
    world.heard(ids[1], jiff::civil::date(2026, 11, 9), "Tom", "Waited", 2);
    let accepted = world.id("WEB-8");
    world.apply(&Change::Learn {
        story: accepted,
        learning: Learning::Plan {
            when: Some(jiff::civil::date(2026, 11, 20)),
            how: None,
        },
    });
    for (query, keys) in [
        ("problem:cafe", "WEB-1 WEB-3"),
        ("problem:\"too long\",late", "WEB-1 WEB-2 WEB-3"),
        ("problem:any -problem:late", "WEB-1 WEB-3"),
        ("problem:none -status:delivered", "WEB-4"),
        ("problem:none,late -status:delivered", "WEB-2 WEB-4"),
        ("outcome:FINISH", "WEB-1 WEB-3"),
        ("outcome:none problem:any", "WEB-2"),
        ("impact>4", "WEB-2"),
        ("impact>5", ""),
        ("impact<=5", "WEB-1 WEB-2 WEB-3"),
        ("impact:5,7", "WEB-2"),
        ("impact:0", "WEB-1 WEB-3"),
        ("impact:none,5 -status:delivered", "WEB-2 WEB-4"),
        ("-impact:none", "WEB-1 WEB-2 WEB-3"),
        ("is:orphan -status:delivered", "WEB-4"),
        ("is:due", "WEB-8"),
        ("is:due status:open", ""),
        ("-is:due label:checkout", "WEB-3"),
    ] {
        assert_eq!(find(&world, query), keys, "{query}");
    }
    let state = ProblemEdit::State {
        state: Belief::Refuted,
        reason: Some(Reason::parse("They are on time").unwrap()),
    };
    world.apply(&Change::EditProblem {
        problem: ids[1],
        edit: Box::new(state),
    });
    assert_eq!(find(&world, "is:orphan problem:any"), "WEB-2");
    assert_eq!(find(&world, "impact>0"), "", "nothing speaks for it now");
    assert_eq!(find(&world, "impact:none problem:any"), "WEB-2");
}

#[test]
fn stories_above_what_they_wait_for_are_found() {
    let mut world = World::sample();
    assert_eq!(find(&world, "is:misplaced"), "", "WEB-3 stands below WEB-1");
    let stories = vec![world.id("WEB-3")];
    world.apply(&Change::Move {
        stories,
        to: Place::Top,
    });
    assert_eq!(find(&world, "is:misplaced"), "WEB-3");
    world.step("WEB-1", Step::Drop);
    assert_eq!(find(&world, "is:misplaced"), "");
    assert_eq!(find(&world, "is:blocked"), "");
    assert_eq!(find(&world, "is:blocking status:any"), "");
    assert_eq!(
        find(&world, "blocked-by:WEB-1"),
        "WEB-3",
        "the link is there"
    );
}

#[test]
fn a_word_with_a_hyphen_is_text() {
    let mut world = World::sample();
    world.add("Send the e-mail:now line");
    assert_eq!(find(&world, "e-mail:now"), "WEB-9");
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
    assert!(refused("has:wings").1.contains("questions"));
    assert!(refused("label:").1.contains("needs a value"));
}

#[test]
fn points_are_compared_and_a_comma_means_or() {
    let mut world = World::sample();
    for (key, estimate) in [
        ("WEB-1", None),
        ("WEB-2", "5".parse().ok()),
        ("WEB-4", "3.5".parse().ok()),
    ] {
        let id = world.id(key);
        world.edit(id, Edit::Estimate(estimate));
    }
    for (query, keys) in [
        ("points:5", "WEB-2"),
        ("points=5,none", "WEB-1 WEB-2"),
        ("points:3,5 -status:delivered", "WEB-2 WEB-3"),
        ("points:3.5", "WEB-4"),
        ("points<3.5 -status:delivered", "WEB-3"),
        ("points<=3.5 -status:delivered", "WEB-3 WEB-4"),
        ("points>=3.5", "WEB-2 WEB-4"),
        ("points>3.5", "WEB-2"),
        ("-points:none -points:3", "WEB-2 WEB-4"),
    ] {
        assert_eq!(find(&world, query), keys, "{query}");
    }
    for query in ["impact>3,5", "impact>-1", "impact:2.5", "impact:"] {
        assert!(refused(query).1.contains("impact:none"), "{query}");
    }
    for query in ["points>3,5", "points>none", "points:few", "points:"] {
        assert!(refused(query).1.contains("points:none"), "{query}");
    }
}

#[test]
fn ages_and_days_are_understood() {
    let mut world = World::empty();
    let id = world.add("Pay");
    let mut story = Story::clone(world.backlog.story(id).unwrap());
    story.updated = "2026-11-18T12:00:00Z".parse().unwrap();
    world.backlog.adopt(id, Some(story.into()));
    for (query, is_found) in [
        ("updated<7d", true),
        ("updated<1d", false),
        ("updated>1d", true),
        ("updated:2d", true),
        ("updated:1d", false),
        ("updated<45h", false),
        ("updated<=45h", true),
        ("updated>=45h", true),
        ("updated>45h", false),
        ("updated>46H", false),
        ("updated<1w", true),
        ("updated<1m updated<1y", true),
        ("updated<4294967295y", true),
        ("updated:2026-11-18", true),
        ("updated:2026-11-17", false),
        ("updated:2026-11-19", false),
        ("updated>2026-11-17", true),
        ("updated>2026-11-18", false),
        ("updated>=2026-11-18", true),
        ("updated<2026-11-18", false),
        ("updated<=2026-11-18", true),
        ("updated<2026-11-19", true),
        ("-updated<7d", false),
    ] {
        assert_eq!(find(&world, query) == "WEB-1", is_found, "{query}");
    }
    for query in [
        "updated<-3d",
        "updated<2026-13-01",
        "updated<d",
        "created:7",
    ] {
        assert!(refused(query).1.contains("<7d"), "{query}");
    }
}

#[test]
fn statuses_named_twice_are_no_wider() {
    let world = World::sample();
    let every = find(&world, "status:open");
    assert_eq!(find(&world, "status:open,idea,ready"), every);
    assert_eq!(find(&world, "-status:accepted"), every);
}

#[test]
fn keys_find_closed_stories_too_and_left_out_keys_do_not_widen() {
    let world = World::sample();
    assert_eq!(find(&world, "key:web-8"), "WEB-8");
    assert_eq!(find(&world, "-key:WEB-1,2,3,4"), "WEB-5 WEB-6 WEB-7");
}

#[test]
fn stories_that_came_back_are_found() {
    let mut world = World::sample();
    let story = world.id("WEB-5");
    let reason = Some(Reason::parse("no").unwrap());
    world.apply(&Change::Reject { story, reason });
    assert_eq!(find(&world, "is:rejected-before"), "WEB-5");
    assert_eq!(find(&world, "is:rejected"), "WEB-5");
}

#[test]
fn a_word_at_the_beginning_of_a_word_goes_before_one_within() {
    let mut world = World::empty();
    for title in [
        "Repay all",
        "Repay or pay",
        "We pay soon",
        "Pay",
        "Pay all",
        "To pay",
    ] {
        world.add(title);
    }
    assert_eq!(find(&world, "pay"), "WEB-4 WEB-5 WEB-6 WEB-3 WEB-2 WEB-1");
}

#[test]
fn endless_queries_and_titles_are_no_trouble() {
    let mut world = World::empty();
    let id = world.add("Pay");
    let mut story = Story::clone(world.backlog.story(id).unwrap());
    let title = format!("{}c{}b", "a".repeat(5_000), "a".repeat(5_000));
    story.title = serde_json::from_value(title.into()).unwrap();
    world.backlog.adopt(id, Some(story.into()));
    assert_eq!(find(&world, &format!("{}b", "a".repeat(5_000))), "WEB-1");
    assert_eq!(find(&world, &format!("{}b", "a".repeat(9_000))), "");
    assert_eq!(find(&world, &"WEB-1 ".repeat(5_000)), "WEB-1");
}

#[test]
fn an_index_sees_what_has_changed_since() {
    let mut world = World::sample();
    let mut index = Index::default();
    let query = Query::parse("zeppelin", now()).unwrap();
    assert!(index.run(&query, &world.backlog).is_empty());
    let id = world.id("WEB-2");
    world.notes(id, "By zeppelin.");
    assert_eq!(index.run(&query, &world.backlog), [id]);
    let copy = world.backlog.clone();
    world.notes(id, "By ship.");
    assert!(index.run(&query, &world.backlog).is_empty());
    assert_eq!(index.run(&query, &copy), [id], "another backlog");
    world.settings(|product| {
        product.key = backstory::model::KeyPrefix::parse("SHOP").unwrap();
    });
    let query = Query::parse("shop-2", now()).unwrap();
    assert_eq!(index.run(&query, &world.backlog), [id]);
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
        let ranges = query.highlights(title);
        ranges
            .into_iter()
            .map(|range| title.get(range).unwrap().to_owned())
            .collect::<Vec<_>>()
    };
    assert_eq!(show("pay card", "Pay with a card"), ["Pay", "card"]);
    assert_eq!(show("cafe", "Das Café dort"), ["Café"]);
    assert_eq!(show("dlivery", "See the delivery"), ["d", "livery"]);
    assert_eq!(show("svcard", "A saved card"), ["s", "v", "card"]);
    assert_eq!(show("ay pay", "Today pay"), ["ay", "pay"]);
    assert_eq!(show("a", "Pay a lot"), ["a"]);
    assert_eq!(show("strasse", "Die Straße"), ["Straße"]);
    assert_eq!(show("viet", "Tiếng Việt"), ["Việt"]);
    assert_eq!(
        show("resume", "My re\u{301}sume\u{301}"),
        ["re\u{301}sume\u{301}"]
    );
    assert_eq!(show("\"a  card\"", "Pay with a \t card"), ["a \t card"]);
    assert!(show("zzz", "Pay").is_empty());
    assert!(show("-card label:card", "A card").is_empty());
    for elsewhere in ["card", "pay", "web-1", "\"dlivery"] {
        let title = "Place another delivery date by phone";
        assert!(show(elsewhere, title).is_empty(), "{elsewhere}");
    }
}

/// The titles that a word finds in a backlog of these, in their order.
fn titles<'a>(query: &str, titles: &[&'a str]) -> Vec<&'a str> {
    let mut world = World::empty();
    for title in titles {
        world.add(title);
    }
    let found = find(&world, query);
    let keys = found.split_whitespace();
    let numbers = keys.map(|key| key.trim_start_matches("WEB-").parse::<usize>().unwrap());
    numbers.map(|number| titles[number - 1]).collect()
}

#[test]
fn scattered_letters_find_nothing() {
    let all = [
        "Choose another delivery date",
        "The best of all shops",
        "Place an order by phone",
    ];
    for query in ["card", "test", "pay"] {
        assert!(titles(query, &all).is_empty(), "{query}");
    }
    assert_eq!(titles("dlivery", &all), all[..1]);
    assert_eq!(titles("plorder", &all), all[2..]);
    assert!(titles("lorder", &all).is_empty());
    assert_eq!(
        titles("bstall", &["The best all over"]),
        ["The best all over"]
    );
}

#[test]
fn a_word_as_it_stands_goes_before_its_letters() {
    let all = ["A sxaved story", "All saved stories", "The saved one"];
    assert_eq!(
        titles("saved", &all),
        ["The saved one", "All saved stories", "A sxaved story"]
    );
}

#[test]
fn accents_of_many_languages_make_no_difference() {
    for (query, title) in [
        ("viet", "Tiếng Việt"),
        ("tieng", "TIẾNG VIỆT"),
        ("cesky", "Český"),
        ("sipky", "Šipky"),
        ("zluty", "Žlutý"),
        ("ŽLUTÝ", "zluty"),
        ("lodz", "Łódź"),
        ("strasse", "Lange Straße"),
        ("straße", "LANGE STRASSE"),
        ("aether", "Æther"),
        ("oeuvre", "Œuvre"),
        ("don't", "Don’t ask"),
    ] {
        assert_eq!(titles(query, &[title, "Pay"]), [title], "{query}");
    }
}

#[test]
fn phrases_are_found_across_line_ends_and_doubled_blanks() {
    let mut world = World::empty();
    let id = world.add("Pay");
    world.notes(id, "Paid with a saved\n  card\u{a0}only.");
    world.criteria(id, &["The first ends", "here it begins"]);
    assert_eq!(find(&world, "\"saved card only\""), "WEB-1");
    assert_eq!(find(&world, "\"a  saved\tcard\""), "WEB-1");
    assert_eq!(
        find(&world, "\"ends here\""),
        "",
        "a phrase stays in one part"
    );
    assert!(Query::parse("\" \"", now()).unwrap().is_empty());
}

#[test]
fn a_key_is_found_from_its_dash_or_digits_on() {
    let mut world = World::empty();
    for number in 1..=12 {
        world.add(if number == 7 { "Web shop" } else { "Pay" });
    }
    assert_eq!(find(&world, "web"), "WEB-7", "every key has the prefix");
    assert_eq!(find(&world, "-web status:any").split(' ').count(), 11);
    assert_eq!(find(&world, "web-").split(' ').count(), 12);
    for word in ["web-1", "WEB1", "#1", "1"] {
        assert_eq!(find(&world, word), "WEB-1 WEB-10 WEB-11 WEB-12", "{word}");
    }
    for word in ["eb-1", "b-1", "web-01", "app-1", "#", "#13"] {
        assert_eq!(find(&world, word), "", "{word}");
    }
    let left = find(&world, "-web-1");
    assert!(
        left.starts_with("WEB-2 ") && left.contains("WEB-12"),
        "{left}"
    );
}

#[test]
fn a_label_that_there_is_means_itself_and_a_begun_one_all_that_begin_so() {
    let mut world = World::empty();
    for labels in [
        &["Pay"][..],
        &["payment"],
        &["pay", "payout"],
        &["later"],
        &[],
    ] {
        let id = world.add("Sort");
        let labels = labels.iter().map(|label| Line::parse(label)).collect();
        world.edit(id, Edit::Labels(labels));
    }
    for (query, keys) in [
        ("label:p", "WEB-1 WEB-2 WEB-3"),
        ("label:pa", "WEB-1 WEB-2 WEB-3"),
        ("label:pay", "WEB-1 WEB-3"),
        ("label:PAY", "WEB-1 WEB-3"),
        ("label:paym", "WEB-2"),
        ("label:payo,lat", "WEB-3 WEB-4"),
        ("-label:pay", "WEB-2 WEB-4 WEB-5"),
        ("-label:pa", "WEB-4 WEB-5"),
        ("label:none,later", "WEB-4 WEB-5"),
        ("label:ay", ""),
    ] {
        assert_eq!(find(&world, query), keys, "{query}");
    }
    let mut index = Index::default();
    let query = Query::parse("label:payo", now()).unwrap();
    let id = world.id("WEB-3");
    assert_eq!(index.run(&query, &world.backlog), [id]);
    let sorted = world.id("WEB-5");
    world.edit(sorted, Edit::Labels(vec![Line::parse("payo")]));
    assert_eq!(index.run(&query, &world.backlog), [sorted]);
}

/// A word of a query, and whether a story is meant by it, computed the simple way.
type Meant = (&'static str, fn(&World, &Story) -> bool);

const WORDS: [Meant; 25] = [
    ("status:ready", |_, story| story.status == Status::Ready),
    ("status:open", |_, story| !story.status.is_closed()),
    ("status:any", |_, _| true),
    ("kind:feature", |_, story| story.kind.word() == "feature"),
    ("kind:bug,chore", |_, story| {
        ["bug", "chore"].contains(&story.kind.word())
    }),
    ("label:checkout", |_, story| {
        story.labels.iter().any(|l| l.as_str() == "checkout")
    }),
    ("label:none", |_, story| story.labels.is_empty()),
    ("points:3", |_, story| {
        story.estimate == Some(Points::whole(3))
    }),
    ("points>2", |_, story| {
        story.estimate > Some(Points::whole(2))
    }),
    ("points:none", |_, story| story.estimate.is_none()),
    ("problem:none", |_, story| story.problem.is_none()),
    ("outcome:none", |_, _| true),
    ("impact>2", |world, story| {
        world.backlog.impact(story).is_some_and(|impact| impact > 2)
    }),
    ("impact:none", |world, story| {
        world.backlog.impact(story).is_none()
    }),
    ("is:orphan", |world, story| {
        let is_loose = match world.backlog.problem_of(story) {
            None => story.kind.needs_criteria(),
            Some(problem) => problem.state == Belief::Refuted,
        };
        !story.status.is_closed() && is_loose
    }),
    ("is:blocked", |world, story| world.backlog.is_blocked(story)),
    ("is:blocking", |world, story| {
        let open = world.backlog.open();
        let waits = |id| {
            world
                .backlog
                .story(id)
                .unwrap()
                .blocked_by
                .contains(&story.id)
        };
        !story.status.is_closed() && open.into_iter().any(waits)
    }),
    ("is:misplaced", |world, story| {
        let place = |id| world.backlog.position(id);
        let below = |id: &_| place(*id) > place(story.id);
        place(story.id).is_some() && story.blocked_by.iter().any(below)
    }),
    ("blocked-by:WEB-7", |world, story| {
        story.blocked_by.contains(&world.id("WEB-7"))
    }),
    ("has:questions", |_, story| {
        story.open_questions().count() > 0
    }),
    ("has:reviews", |_, story| !story.reviews.is_empty()),
    ("rounds>0", |_, story| !story.reviews.is_empty()),
    ("updated<7d", |_, _| true),
    ("\"paid\"", |_, story| {
        story.criteria.iter().any(|c| c.text.contains("paid"))
    }),
    ("\"th\"", |_, story| {
        let criteria = story.criteria.iter().map(|c| c.text.to_lowercase());
        let texts = [story.title.to_lowercase(), story.want.to_lowercase()];
        story.persona.contains("th")
            || story.benefit.contains("th")
            || criteria.chain(texts).any(|text| text.contains("th"))
            || story.questions.iter().any(|q| q.text.contains("th"))
    }),
];

proptest! {
    #[test]
    fn a_query_finds_what_looking_at_every_story_finds(
        words in prop::collection::vec((prop::sample::select(&WORDS[..]), any::<bool>()), 0..5),
    ) {
        let mut world = World::sample();
        let (bare, unsized_story) = (world.add("Sort the list"), world.id("WEB-4"));
        let (low, closed) = (world.id("WEB-7"), world.id("WEB-8"));
        world.edit(unsized_story, Edit::BlockedBy(vec![low, closed]));
        world.edit(unsized_story, Edit::Estimate(None));
        world.edit(bare, Edit::Kind(backstory::model::Kind::Chore));
        let problem = world.problem("It takes too long", None);
        world.heard(problem, jiff::civil::date(2026, 11, 8), "Mia", "Waited", 3);
        world.solves("WEB-2", problem);
        let refuted = world.problem("It is too late", None);
        world.believe(refuted, Belief::Refuted, Some("it is not"));
        world.solves("WEB-3", refuted);
        let text: Vec<String> = words
            .iter()
            .map(|((word, _), not)| format!("{}{word}", if *not { "-" } else { "" }))
            .collect();
        // Several statuses without a minus mean one or the other; without one only open stories are meant.
        let (statuses, others): (Vec<_>, Vec<_>) =
            words.iter().partition(|((word, _), not)| word.starts_with("status") && !not);
        let is_meant = |story: &Story| {
            let by_status = match statuses.as_slice() {
                [] => !story.status.is_closed(),
                many => many.iter().any(|((_, test), _)| test(&world, story)),
            };
            by_status && others.iter().all(|((_, test), not)| test(&world, story) != *not)
        };
        let every = world.backlog.open().chain(world.backlog.closed());
        let meant: Vec<_> = every
            .filter(|id| is_meant(world.backlog.story(*id).unwrap()))
            .collect();
        let query = Query::parse(&text.join(" "), now()).unwrap();
        let mut found = Index::default().run(&query, &world.backlog);
        if query.has_words() {
            let place = |id: &_| meant.iter().position(|other| other == id);
            found.sort_by_key(place);
        }
        prop_assert_eq!(found, meant, "{}", text.join(" "));
    }
}
