//! What holds for any query and any backlog.

use backstory::model::query::{Index, Query};
use backstory::model::{Backlog, Kind, Line, Points, Product, Status, Story};
use jiff::SignedDuration;
use proptest::prelude::*;
use unicode_segmentation::UnicodeSegmentation;
use uuid::Uuid;

use crate::support::driver::now;
use crate::support::world::World;

/// A field, with its meaning said in another way than the search does.
#[derive(Clone, Debug)]
enum Asked {
    Kind(Kind),
    Label(String),
    PointsOver(u32),
    PointsUpTo(u32),
    YoungerThan(i64),
    OlderThan(i64),
    Number(u32),
}

impl Asked {
    fn text(&self) -> String {
        match self {
            Self::Kind(kind) => format!("kind:{}", kind.word()),
            Self::Label(label) => format!("label:{label}"),
            Self::PointsOver(points) => format!("points>{points}"),
            Self::PointsUpTo(points) => format!("points<={points}"),
            Self::YoungerThan(days) => format!("updated<{days}d"),
            Self::OlderThan(days) => format!("updated>{days}d"),
            Self::Number(number) => format!("key:{number}"),
        }
    }

    fn holds(&self, story: &Story, all: &[Story]) -> bool {
        let age = now().as_second() - story.updated.as_second();
        let points = story.estimate;
        match self {
            Self::Kind(kind) => story.kind == *kind,
            Self::Label(label) => {
                let has = |story: &Story| story.labels.contains(&Line::parse(label));
                let begins = |line: &Line| line.as_str().starts_with(label.as_str());
                has(story) || (!all.iter().any(has) && story.labels.iter().any(begins))
            }
            Self::PointsOver(than) => points.is_some_and(|points| points > Points::whole(*than)),
            Self::PointsUpTo(than) => points.is_some_and(|points| points <= Points::whole(*than)),
            Self::YoungerThan(days) => age < days * 86_400,
            Self::OlderThan(days) => age > days * 86_400,
            Self::Number(number) => story.number == *number,
        }
    }
}

fn asked() -> impl Strategy<Value = Asked> {
    prop_oneof![
        prop::sample::select(Kind::ALL.to_vec()).prop_map(Asked::Kind),
        "[abc]{1,2}".prop_map(Asked::Label),
        (0_u32..4).prop_map(Asked::PointsOver),
        (0_u32..4).prop_map(Asked::PointsUpTo),
        (0_i64..30).prop_map(Asked::YoungerThan),
        (0_i64..30).prop_map(Asked::OlderThan),
        (1_u32..9).prop_map(Asked::Number),
    ]
}

/// A story with a little of everything that is asked.
fn any_story(number: u32) -> impl Strategy<Value = Story> {
    let status = prop::sample::select(Status::ALL.to_vec());
    let kind = prop::sample::select(Kind::ALL.to_vec());
    let estimate = prop::option::of(0_u32..4);
    let labels = prop::collection::vec("[ab]{1,2}", 0..3);
    let parts = (status, kind, estimate, labels, 0_i64..30);
    parts.prop_map(move |(status, kind, estimate, labels, days)| {
        let mut story: Story = serde_json::from_value(serde_json::json!({
            "format": 1,
            "id": Uuid::from_u128((7 << 76) | u128::from(number)),
            "number": number,
            "title": "Pay",
            "rank": format!("d{number:04}1"),
            "labels": labels,
            "created": "2026-01-01T00:00:00Z",
            "updated": now() - SignedDuration::from_hours(days * 24),
        }))
        .unwrap();
        (story.status, story.kind) = (status, kind);
        story.estimate = estimate.map(Points::whole);
        story
    })
}

fn any_stories() -> impl Strategy<Value = Vec<Story>> {
    (0_u32..8).prop_flat_map(|count| (1..=count).map(any_story).collect::<Vec<_>>())
}

fn backlog(stories: &[Story]) -> Backlog {
    let product = Product::new("Webshop", None).unwrap();
    Backlog::load(product, stories.iter().cloned(), 0).0
}

fn found_in(backlog: &Backlog, text: &str) -> Vec<u32> {
    let query = Query::parse(text, now()).unwrap();
    let ids = Index::default().run(&query, backlog).into_iter();
    ids.map(|id| backlog.story(id).unwrap().number).collect()
}

/// Text made of what queries are made of, and of anything.
fn any_text() -> impl Strategy<Value = String> {
    let part = prop_oneof![
        Just("-".to_owned()),
        Just("\"".to_owned()),
        Just(" ".to_owned()),
        "[:<>=,]{1,2}",
        "(status|label|points|updated|created|key|is|has|kind|rounds|problem|epic)",
        "(idea|any|none|7d|99999999999w|2026-11-01|WEB-3|#|3|blocked|bug)",
        "\\PC{0,4}",
    ];
    prop::collection::vec(part, 0..12).prop_map(|parts| parts.concat())
}

proptest! {
    #[test]
    fn any_text_is_a_query_or_an_error_that_lies_inside_it(text in any_text()) {
        thread_local!(static WORLD: World = World::sample());
        match Query::parse(&text, now()) {
            Ok(query) => {
                let count = WORLD.with(|world| Index::default().run(&query, &world.backlog).len());
                prop_assert!(count <= 8);
            }
            Err(error) => {
                let part = text.get(error.at.clone());
                prop_assert!(part.is_some_and(|part| !part.is_empty()), "{error:?}");
                prop_assert!(error.message.ends_with('.'));
            }
        }
    }

    #[test]
    fn a_negated_field_finds_what_the_field_does_not(stories in any_stories(), asked in asked()) {
        let backlog = backlog(&stories);
        let text = asked.text();
        let mut both = found_in(&backlog, &format!("status:any {text}"));
        both.extend(found_in(&backlog, &format!("status:any -{text}")));
        both.sort_unstable();
        let mut all = found_in(&backlog, "status:any");
        all.sort_unstable();
        prop_assert_eq!(both, all);
    }

    #[test]
    fn fields_find_what_a_walk_over_all_stories_finds(
        stories in any_stories(),
        asked in prop::collection::vec((asked(), any::<bool>()), 0..4),
        with_word in any::<bool>(),
    ) {
        let backlog = backlog(&stories);
        let mut text = String::from(if with_word { "pay" } else { "" });
        for (asked, negated) in &asked {
            text = format!("{text} {}{}", if *negated { "-" } else { "" }, asked.text());
        }
        let wants_closed = asked
            .iter()
            .any(|(asked, negated)| matches!(asked, Asked::Number(_)) && !negated);
        let expected: Vec<u32> = backlog
            .open()
            .chain(backlog.closed().filter(|_| wants_closed))
            .map(|id| backlog.story(id).unwrap())
            .filter(|story| asked.iter().all(|(asked, not)| asked.holds(story, &stories) != *not))
            .map(|story| story.number)
            .collect();
        prop_assert_eq!(found_in(&backlog, &text), expected, "{}", text);
    }

    #[test]
    fn highlights_are_whole_graphemes_in_order_and_apart(
        word in "[^\"\\p{C}]{1,4}|[a-e]{1,5}",
        title in "\\PC{0,20}|[a-e ]{0,30}",
    ) {
        let query = Query::parse(&format!("a \"{word}\" ß"), now()).unwrap();
        let mut edges: Vec<usize> = title.grapheme_indices(true).map(|(at, _)| at).collect();
        edges.push(title.len());
        let mut last = None;
        for range in Index::default().highlights(&query, &title) {
            prop_assert!(range.start < range.end);
            prop_assert!(edges.contains(&range.start) && edges.contains(&range.end));
            prop_assert!(last.is_none_or(|last| last < range.start));
            last = Some(range.end);
        }
    }
}
