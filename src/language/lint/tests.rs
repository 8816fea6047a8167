//! What each rule speaks about, and what it is silent about.

use proptest::prelude::*;
use unicode_segmentation::UnicodeSegmentation as _;
use uuid::Uuid;

use super::*;
use crate::model::{
    Change, Criterion, Draft, Edit, Kind, Line, NewStory, Place, Prose, Question, Stamp, Status,
    Title,
};

fn stamp() -> Stamp {
    Stamp::new("2026-11-23T10:00:00Z".parse().unwrap(), "Ana")
}

fn id(number: u128) -> StoryId {
    StoryId::new(Uuid::from_u128((7 << 76) | number))
}

/// A story without a fault of its own.
fn sound() -> Draft {
    let mut draft = Draft::titled(Title::parse("Pay with a saved card").unwrap());
    draft.persona = Line::parse("returning customer");
    draft.want = Line::parse("pay with a card I saved before");
    draft.benefit = Line::parse("checkout takes one step");
    draft.criteria = vec![Prose::parse(
        "Given a saved card\nWhen I choose it\nThen I pay without typing its number",
    )];
    draft.estimate = "3".parse().ok();
    draft
}

fn backlog(drafts: Vec<Draft>) -> Backlog {
    let mut backlog = Backlog::new(Product::new("Webshop", None).unwrap());
    for (draft, number) in drafts.into_iter().zip(1..) {
        let new = NewStory {
            id: id(number),
            draft,
            place: Place::Bottom,
        };
        backlog
            .apply(&Change::Add(Box::new(new)), &stamp())
            .unwrap();
    }
    backlog
}

fn findings(draft: Draft) -> Vec<(&'static str, String)> {
    let backlog = backlog(vec![draft]);
    let story = backlog.story(id(1)).unwrap();
    let compared = Compared::of(&backlog);
    let around = Surroundings::of(&backlog, Some(Points::whole(10)), &compared);
    around
        .story(story)
        .into_iter()
        .map(|finding| {
            let text = finding.spot.text(story);
            (
                finding.rule.id,
                text.get(finding.span).unwrap_or("?").to_owned(),
            )
        })
        .collect()
}

fn with_want(want: &str) -> Draft {
    Draft {
        want: Line::parse(want),
        ..sound()
    }
}

fn with_criterion(text: &str) -> Draft {
    Draft {
        criteria: vec![Prose::parse(text)],
        ..sound()
    }
}

#[test]
fn where_the_team_gives_no_estimates_none_is_missing_and_none_too_large() {
    let rules = |estimate: Option<Points>| -> Vec<&str> {
        let draft = Draft {
            status: Status::Ready,
            estimate,
            ..sound()
        };
        let mut backlog = backlog(vec![draft]);
        let mut product = Product::clone(backlog.product());
        product.scale.clear();
        let change = Change::Settings(Box::new(product));
        backlog.apply(&change, &stamp()).unwrap();
        let compared = Compared::of(&backlog);
        let around = Surroundings::of(&backlog, Some(Points::whole(1)), &compared);
        let found = around.story(backlog.story(id(1)).unwrap());
        found.into_iter().map(|finding| finding.rule.id).collect()
    };
    assert_eq!(rules(None), [""; 0]);
    assert_eq!(rules(Some(Points::whole(13))), [""; 0]);
}

#[test]
fn a_sound_story_is_left_alone() {
    assert_eq!(findings(sound()), []);
}

#[test]
fn every_rule_has_a_name_of_its_own_and_a_sentence() {
    let mut names: Vec<&str> = RULES.iter().map(|rule| rule.id).collect();
    names.sort_unstable();
    names.dedup();
    assert_eq!(names.len(), RULES.len());
    // The settings name them, too.
    assert_eq!(LintSettings::RULES, RULES.map(|rule| rule.id));
    for rule in RULES {
        assert!(rule.about.ends_with('.'), "{}", rule.id);
        assert!(super::rule(rule.id).is_some());
    }
}

#[test]
fn what_stands_in_a_want() {
    for (want, rule, words) in [
        ("enter my address and get a list of shops", "atomic", "and"),
        ("browse or search for shoes", "atomic", "or"),
        ("save my card and I can pay with it", "atomic", "and"),
        ("edit & delete my cards", "atomic", "&"),
        ("see and edit my name", "atomic", "and"),
        ("list all my cards and pin the newest", "atomic", "and"),
        ("version my parcel and keep its number", "atomic", "and"),
        ("search for shoes and sort by price", "atomic", "and"),
        (
            "pay by card (see the mock-up)",
            "minimal",
            "(see the mock-up)",
        ),
        (
            "pay by card. It is slow today",
            "minimal",
            ". It is slow today",
        ),
        (
            "pay by card - though not abroad",
            "minimal",
            " - though not abroad",
        ),
        ("pay by card so that it is paid", "minimal", "so that"),
        ("press a button", "solution", "button"),
        ("get a user-friendly checkout", "vague", "user-friendly"),
        ("manage my cards", "vague", "manage"),
        ("choose one of several cards", "vague", "several"),
        ("pay with a TBD card", "placeholder", "TBD"),
        ("pay with ???", "placeholder", "???"),
    ] {
        let found = findings(with_want(want));
        assert!(
            found.contains(&(rule, words.to_owned())),
            "{want}: {found:?}"
        );
    }
}

#[test]
fn what_looks_like_a_fault_and_is_none() {
    for want in [
        "enter my name and address",
        "use ALFRED to control the TV and radio",
        "see the order and report pages",
        "be paid as a W&O",
        "see my e-mails, e.g. those of today",
        "choose the parcel(s) to return",
        "open the page at 10:30",
        "see the rest of the list",
        "get an answer as quick as within 2 seconds",
        "follow the migration process",
        "have accurate and complete addresses",
        "see the rows of a drag-and-drop list",
        "scan a parcel or invite code",
        "have a precise search and replace",
        "see sorting and search with my words",
        "see the create, edit and delete operations",
        "know it as soon as it is paid",
        "know how many cards there are",
        "use the pre-clean step",
        "have a list with open and close triggers",
        "know how the shop will check and send parcels",
        "press the print button",
        "see my browser's back button",
        "download it as a CSV file",
        "get it from MS-SQL",
        "write down what I still have to do",
        "use a screen reader",
    ] {
        assert_eq!(findings(with_want(want)), [], "{want}");
    }
}

#[test]
fn what_stands_in_a_criterion() {
    for (text, words) in [
        ("It works", "It works"),
        (
            "Given a saved card\nWhen I choose it",
            "Given a saved card\nWhen I choose it",
        ),
        (
            "Given a card\nWhen I choose it\nWhen I pay\nThen it is paid",
            "Given a card\nWhen I choose it\nWhen I pay\nThen it is paid",
        ),
        ("Given a card\nWhen I pay\nThen", "Then"),
        ("A mail should confirm the return", "should"),
        ("Print the label and send a mail to the shop", "and"),
    ] {
        let found = findings(with_criterion(text));
        assert_eq!(
            found,
            [("untestable-criterion", words.to_owned())],
            "{text}"
        );
    }
    let found = findings(with_criterion("The whole page works as expected"));
    assert_eq!(found, [("vague", "as expected".to_owned())]);
    assert_eq!(findings(with_criterion("返品ラベルを印刷できる")), []);
}

#[test]
fn what_is_missing() {
    let bare = Draft::titled(Title::parse("Pay").unwrap());
    let rules: Vec<&str> = findings(bare).into_iter().map(|(rule, _)| rule).collect();
    assert_eq!(rules, ["well-formed", "no-criteria"]);
    let rules = |change: fn(&mut Draft)| {
        let mut draft = sound();
        change(&mut draft);
        findings(draft)
            .into_iter()
            .map(|(rule, _)| rule)
            .collect::<Vec<_>>()
    };
    assert_eq!(
        rules(|draft| draft.benefit = Line::default()),
        ["no-benefit"]
    );
    assert_eq!(
        rules(|draft| draft.benefit = Line::parse("I pay with a saved card")),
        ["benefit-repeats"]
    );
    assert_eq!(
        rules(|draft| draft.benefit = Line::parse("I can click more")),
        ["benefit-is-a-feature"]
    );
    assert_eq!(
        rules(|draft| draft.persona = Line::parse("System")),
        ["no-user"]
    );
    assert_eq!(
        rules(|draft| draft.estimate = "8".parse().ok()),
        ["too-large"]
    );
    assert_eq!(
        rules(|draft| draft.questions = vec![Question::new("Which cards?")]),
        ["open-question"]
    );
    assert_eq!(
        rules(|draft| (draft.status, draft.estimate) = (Status::Ready, None)),
        ["no-estimate"]
    );
    assert_eq!(
        rules(|draft| draft.title = Title::parse(&"long ".repeat(30)).unwrap()),
        ["long-title"]
    );
    assert_eq!(
        rules(|draft| draft.criteria = (0..9)
            .map(|n| Prose::parse(&format!("The card number {n} is shown")))
            .collect()),
        ["many-criteria"]
    );
}

#[test]
fn a_title_alone_may_have_signs_and_name_what_is_there() {
    for title in [
        "Web: the list (part 2)",
        "See cards - and hide them",
        "Data is hidden so that nobody sees it",
        "Fix the colour of the dialog",
    ] {
        let rules = only_titled(title);
        assert!(
            !rules.contains(&"minimal") && !rules.contains(&"solution"),
            "{title}: {rules:?}"
        );
    }
    assert!(only_titled("See my cards; hide the others").contains(&"minimal"));
    assert!(only_titled("Add a dialog for cards").contains(&"solution"));
}

/// What rules say of a story that is only a title.
fn only_titled(title: &str) -> Vec<&'static str> {
    let draft = Draft::titled(Title::parse(title).unwrap());
    findings(draft).into_iter().map(|(rule, _)| rule).collect()
}

#[test]
fn who_has_something_of_their_own_in_it_uses_it() {
    for (want, is_user) in [
        ("see what my app costs", true),
        ("move all data to another server", false),
    ] {
        let mut draft = with_want(want);
        draft.persona = Line::parse("developer");
        let rules: Vec<&str> = findings(draft).into_iter().map(|(rule, _)| rule).collect();
        assert_eq!(!rules.contains(&"no-user"), is_user, "{want}");
    }
}

#[test]
fn what_is_no_fault_of_a_criterion() {
    for text in [
        "Users can create, edit and archive tasks",
        "When I visit the page then I should see the list",
        "The list has add and remove controls",
        "Dragging works by drag-and-drop within a column",
        "The page covers both create and edit",
    ] {
        assert_eq!(findings(with_criterion(text)), [], "{text}");
    }
}

#[test]
fn a_chore_need_not_be_a_user_story() {
    let mut chore = Draft::titled(Title::parse("Renew the certificate").unwrap());
    chore.kind = Kind::Chore;
    assert_eq!(findings(chore), []);
}

#[test]
fn the_same_and_the_similar_are_told_from_each_other() {
    let mut stranger = sound();
    stranger.persona = Line::parse("guest");
    let backlog = backlog(vec![
        sound(),
        sound(),
        stranger,
        with_want("print the label of a parcel"),
    ]);
    let compared = Compared::of(&backlog);
    let around = Surroundings::of(&backlog, None, &compared);
    let rules = |number: u128| {
        let story = backlog.story(id(number)).unwrap();
        around
            .story(story)
            .into_iter()
            .map(|finding| (finding.rule.id, finding.why))
            .collect::<Vec<_>>()
    };
    assert!(
        rules(1)[0].0 == "unique" && rules(1)[0].1.starts_with("WEB-2"),
        "{:?}",
        rules(1)
    );
    assert!(
        rules(2)[0].0 == "unique" && rules(2)[0].1.starts_with("WEB-1"),
        "{:?}",
        rules(2)
    );
    assert!(
        rules(3)[0].0 == "similar" && rules(3)[0].1.contains("100 %"),
        "{:?}",
        rules(3)
    );
    assert_eq!(rules(4), []);
}

#[test]
fn a_condition_without_a_link_is_told() {
    let backlog_of = |linked: bool| {
        let mut backlog = backlog(vec![
            sound(),
            with_want("print a label once WEB-1 is there"),
        ]);
        if linked {
            let edit = Edit::BlockedBy(vec![id(1)]);
            backlog
                .apply(&Change::Edit { story: id(2), edit }, &stamp())
                .unwrap();
        }
        let compared = Compared::of(&backlog);
        let around = Surroundings::of(&backlog, None, &compared);
        around.story(backlog.story(id(2)).unwrap()).len()
    };
    assert_eq!((backlog_of(false), backlog_of(true)), (1, 0));
}

#[test]
fn what_is_settled_or_off_is_not_told() {
    let mut backlog = backlog(vec![with_want("manage my cards")]);
    let count = |backlog: &Backlog| {
        let compared = Compared::of(backlog);
        let around = Surroundings::of(backlog, None, &compared);
        around.all().len()
    };
    assert_eq!(count(&backlog), 1);
    let settle = |settled| Change::Edit {
        story: id(1),
        edit: Edit::Settle {
            rule: Line::parse("vague"),
            settled,
        },
    };
    backlog.apply(&settle(true), &stamp()).unwrap();
    assert_eq!(count(&backlog), 0);
    backlog.apply(&settle(false), &stamp()).unwrap();
    assert_eq!(count(&backlog), 1);
    let mut product = Product::clone(backlog.product());
    product.lint.off = vec![Line::parse("vague")];
    backlog
        .apply(&Change::Settings(Box::new(product)), &stamp())
        .unwrap();
    assert_eq!(count(&backlog), 0);
}

#[test]
fn a_products_own_words_are_vague_there() {
    let mut backlog = backlog(vec![with_want("see a snazzy page of my cards")]);
    let mut product = Product::clone(backlog.product());
    product.lint.vague = vec![Line::parse("Snazzy")];
    backlog
        .apply(&Change::Settings(Box::new(product)), &stamp())
        .unwrap();
    assert_eq!(
        Surroundings::of(&backlog, None, &Compared::of(&backlog))
            .all()
            .len(),
        1
    );
}

#[test]
fn repairs_mend_what_was_found() {
    for (want, rule, mended, notes) in [
        (
            "pay by card (see the mock-up)",
            "minimal",
            "pay by card",
            "(see the mock-up)",
        ),
        (
            "enter my address and get a list of shops",
            "atomic",
            "enter my address",
            "",
        ),
        ("edit and delete my cards", "atomic", "edit my cards", ""),
    ] {
        let mut backlog = backlog(vec![with_want(want)]);
        let compared = Compared::of(&backlog);
        let around = Surroundings::of(&backlog, None, &compared);
        let story = backlog.story(id(1)).unwrap().clone();
        let finding = around
            .story(&story)
            .into_iter()
            .find(|finding| finding.rule.id == rule)
            .unwrap();
        let repair = finding
            .repair
            .clone()
            .unwrap()
            .mend(&finding, &story)
            .unwrap();
        for edit in repair.edits {
            backlog
                .apply(&Change::Edit { story: id(1), edit }, &stamp())
                .unwrap();
        }
        let story = backlog.story(id(1)).unwrap();
        assert_eq!((story.want.as_str(), story.notes.as_str()), (mended, notes));
        assert_eq!(repair.beside.is_some(), rule == "atomic");
        assert!(
            Surroundings::of(&backlog, None, &Compared::of(&backlog))
                .story(story)
                .iter()
                .all(|finding| finding.rule.id != rule)
        );
    }
}

proptest! {
    #[test]
    fn any_text_is_read_and_findings_stand_between_its_characters(
        title in "\\PC{1,60}", want in "\\PC{0,80}", benefit in "\\PC{0,60}", criterion in "(?s).{0,80}",
    ) {
        let Ok(title) = Title::parse(&title) else { return Ok(()) };
        let mut draft = Draft::titled(title);
        draft.persona = Line::parse(&benefit);
        draft.want = Line::parse(&want);
        draft.benefit = Line::parse(&benefit);
        draft.criteria = vec![Criterion::new(&criterion).text];
        let backlog = backlog(vec![draft]);
        let story = backlog.story(id(1)).unwrap();
        for finding in Surroundings::of(&backlog, None, &Compared::of(&backlog)).story(story) {
            let text = finding.spot.text(story);
            let edges: Vec<usize> = text.grapheme_indices(true).map(|(at, _)| at).chain([text.len()]).collect();
            prop_assert!(edges.contains(&finding.span.start) && edges.contains(&finding.span.end), "{finding:?} in {text:?}");
        }
    }
}

/// A change of a backlog of some stories, by numbers.
fn change(kind: u8, story: u128, other: u128) -> Change {
    let story = id(story);
    let wants = [
        "pay by card",
        "manage & delete cards",
        "wait for WEB-2 after WEB-1",
        "",
    ];
    let edit = |edit| Change::Edit { story, edit };
    match kind {
        0..=2 => edit(Edit::Want(Line::parse(
            wants.get(usize::from(kind) + (other as usize % 2)).unwrap(),
        ))),
        3 => edit(Edit::Persona(Line::parse(
            ["", "guest", "system"][other as usize % 3],
        ))),
        4 => edit(Edit::BlockedBy(vec![id(other)])),
        5 => edit(Edit::Kind(if other.is_multiple_of(2) {
            Kind::Chore
        } else {
            Kind::Feature
        })),
        6 => edit(Edit::Settle {
            rule: Line::parse(["unique", "atomic", "undeclared-dependency"][other as usize % 3]),
            settled: other < 3,
        }),
        7 => Change::Step {
            story,
            step: if other.is_multiple_of(2) {
                crate::model::Step::Drop
            } else {
                crate::model::Step::Restore
            },
            reason: crate::model::Reason::parse("because").ok(),
        },
        _ => Change::Move {
            stories: vec![story],
            to: Place::Top,
        },
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(32))]
    #[test]
    fn what_is_counted_is_what_a_fresh_look_finds_whatever_has_changed(
        changes in prop::collection::vec((0u8..9, 1u128..5, 1u128..5, 0usize..700), 1..24),
    ) {
        let mut backlog = backlog(vec![sound(), sound(), with_want("pay by card"), with_want("print a label")]);
        let linter = std::sync::Arc::new(Linter::default());
        backlog.heed(std::sync::Arc::<Linter>::clone(&linter));
        while !linter.follow(&backlog, 100) {}
        for (kind, story, other, effort) in changes {
            // What is refused has changed nothing.
            let _ = backlog.apply(&change(kind, story, other), &stamp());
            linter.follow(&backlog, effort);
            let compared = Compared::of(&backlog);
            let around = Surroundings::of(&backlog, None, &compared);
            let around_of = |story: &Story| {
                let found = around.story(story).into_iter();
                found.filter(|found| found.rule.id != "no-criteria").collect::<Vec<_>>()
            };
            for id in backlog.open() {
                let story = backlog.story(id).unwrap();
                let fresh = tally(&around_of(story));
                let of = |severity| fresh.get(&severity).copied().unwrap_or(0);
                let faults = backlog.faults(story);
                // Who has turned out to want the same may be learnt a little later; never is anybody blamed wrongly.
                prop_assert!(faults.defects <= of(Severity::Defect));
                prop_assert_eq!(faults.warnings, of(Severity::Warning));
            }
            while !linter.follow(&backlog, 100) {}
            for id in backlog.open() {
                let story = backlog.story(id).unwrap();
                let fresh = around.story(story);
                let of = |severity| tally(&fresh).get(&severity).copied().unwrap_or(0);
                prop_assert_eq!(backlog.faults(story).defects, of(Severity::Defect));
                let told = |findings: Vec<Finding>| findings.into_iter().map(|found| found.why).collect::<Vec<_>>();
                prop_assert_eq!(told(linter.findings(story, &backlog)), told(fresh));
            }
        }
    }
}

#[test]
fn that_an_idea_has_no_criteria_yet_is_told_but_not_counted() {
    let mut draft = sound();
    draft.criteria.clear();
    let mut backlog = backlog(vec![draft.clone(), draft]);
    backlog.heed(std::sync::Arc::new(Linter::default()));
    let mut product = Product::clone(backlog.product());
    product.ready.criteria = 0;
    backlog
        .apply(&Change::Settings(Box::new(product)), &stamp())
        .unwrap();
    let step = Change::Step {
        story: id(1),
        step: crate::model::Step::Agree,
        reason: None,
    };
    backlog.apply(&step, &stamp()).unwrap();
    let warnings = |number| backlog.faults(backlog.story(id(number)).unwrap()).warnings;
    assert_eq!((warnings(1), warnings(2)), (1, 0));
    assert_eq!(
        Linter::default()
            .findings(backlog.story(id(2)).unwrap(), &backlog)
            .iter()
            .filter(|found| found.rule.id == "no-criteria")
            .count(),
        1
    );
}

#[test]
fn following_goes_on_in_portions_and_reads_what_has_changed_only() {
    let mut backlog = backlog(vec![
        sound(),
        with_want("print a label"),
        with_want("go home"),
    ]);
    let linter = Linter::default();
    assert!(!linter.follow(&backlog, 1));
    assert!(!linter.is_done(&backlog));
    assert!(linter.follow(&backlog, 10_000));
    let stamp_before = linter.stamp();
    let edit = Edit::Persona(Line::parse("guest"));
    backlog
        .apply(&Change::Edit { story: id(2), edit }, &stamp())
        .unwrap();
    assert!(!linter.is_done(&backlog));
    assert!(linter.follow(&backlog, 10_000));
    assert_eq!(linter.stamp(), stamp_before + 1);
}

#[test]
fn a_linter_that_is_asked_once_knows_all_stories() {
    let mut backlog = backlog(vec![sound(), sound()]);
    backlog.heed(std::sync::Arc::new(Linter::thorough()));
    let story = backlog.story(id(1)).unwrap();
    assert_eq!(backlog.faults(story).defects, 1);
}
