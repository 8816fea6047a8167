//! What holds for any query and any backlog.

use backstory::model::query::{Index, Query};
use backstory::model::{
    Backlog, Change, Criterion, Edit, Kind, Line, Place, Points, Product, Prose, Question, Status,
    Step, Story, StoryId, Title,
};
use jiff::SignedDuration;
use proptest::prelude::*;
use proptest::sample::Index as Nth;
use unicode_segmentation::UnicodeSegmentation;
use uuid::Uuid;

use crate::ledger::{Ledger, stepping};
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
        "(status|label|points|updated|created|key|is|has|kind|rounds|problem|impact|epic)",
        "(idea|any|none|7d|99999999999w|2026-11-01|WEB-3|#|3|blocked|bug)",
        "\\PC{0,4}",
    ];
    prop::collection::vec(part, 0..12).prop_map(|parts| parts.concat())
}

/// Words of few letters, so that many are parts of others, nearly the same, or found only letter by letter.
fn written() -> impl Strategy<Value = String> {
    let word = prop_oneof![
        6 => "[abc]{1,4}",
        1 => "[ab]{5,9}",
        1 => "(WEB-1|web-12|#1|12|É|ß|a-b|\u{301}c)",
    ];
    prop::collection::vec(word, 0..5).prop_map(|words| words.join(" "))
}

/// Something that is asked: words, phrases and fields, wanted or not.
fn asked_in_words() -> impl Strategy<Value = String> {
    let part = prop_oneof![
        4 => "-?[abc]{1,6}",
        2 => "-?\"[abc]{1,3}( [abc]{1,3}){0,2}\"?",
        1 => "-?(web-1?|web|#1|1|12|es|ss)",
        1 => "-?(status:any|status:dropped|label:[ab]|is:blocked|persona:[abc]|epic:a|key:1|has:notes)",
    ];
    prop::collection::vec(part, 1..4).prop_map(|parts| parts.join(" "))
}

/// What may happen to a story between two searches.
#[derive(Clone, Debug)]
enum Turn {
    Write(Nth, u8, String),
    Move(Nth, Place),
    Drop(Nth),
    Add(String),
    Undo,
    Redo,
    /// Another program rewrites a story, or takes it away.
    Outside(Nth, Option<String>),
}

fn turn() -> impl Strategy<Value = Turn> {
    let story = any::<Nth>;
    let place = prop_oneof![Just(Place::Top), Just(Place::Bottom), Just(Place::At(3))];
    prop_oneof![
        4 => (story(), 0..9_u8, written()).prop_map(|(s, field, text)| Turn::Write(s, field, text)),
        2 => (story(), place).prop_map(|(s, place)| Turn::Move(s, place)),
        1 => story().prop_map(Turn::Drop),
        2 => written().prop_map(Turn::Add),
        1 => Just(Turn::Undo),
        1 => Just(Turn::Redo),
        1 => (story(), prop::option::of(written())).prop_map(|(s, text)| Turn::Outside(s, text)),
    ]
}

fn take_turn(ledger: &mut Ledger, turn: &Turn) {
    let pick = |ledger: &Ledger, index: &Nth| {
        let mut ids: Vec<StoryId> = ledger.backlog.stories().map(|story| story.id).collect();
        ids.sort();
        (!ids.is_empty()).then(|| *index.get(&ids))
    };
    let change = match turn {
        Turn::Undo => return drop(ledger.undo()),
        Turn::Redo => return drop(ledger.redo()),
        Turn::Add(text) => {
            ledger.add(if text.is_empty() { "a" } else { text });
            return;
        }
        Turn::Outside(index, text) => {
            let Some(id) = pick(ledger, index) else {
                return;
            };
            let rewritten = text.as_ref().map(|text| {
                let mut story = Story::clone(ledger.story(id));
                story.notes = Prose::parse(text);
                story.into()
            });
            return ledger.backlog.adopt(id, rewritten);
        }
        Turn::Write(index, field, text) => pick(ledger, index).map(|story| {
            let (line, prose) = (Line::parse(text), Prose::parse(text));
            let edit = match field {
                0 => Title::parse(text).map_or(Edit::Persona(line), Edit::Title),
                1 => Edit::Persona(line),
                2 => Edit::Want(line),
                3 => Edit::Notes(prose),
                4 => Edit::Criteria(vec![Criterion::new(text)]),
                5 => Edit::Questions(vec![Question::new(text)]),
                6 => Edit::Labels(vec![line]),
                7 => Edit::BlockedBy(ledger.backlog.open_at(0).into_iter().collect()),
                _ => Edit::Epic(line),
            };
            Change::Edit { story, edit }
        }),
        Turn::Move(index, to) => pick(ledger, index).map(|id| Change::Move {
            stories: vec![id],
            to: *to,
        }),
        Turn::Drop(index) => pick(ledger, index).map(|id| stepping(id, Step::Drop)),
    };
    if let Some(change) = change {
        // What is refused is no turn.
        let _ = ledger.perform(&[change]);
    }
}

proptest! {
    #[test]
    fn an_index_finds_what_the_plain_way_finds_whatever_happens_in_between(
        titles in prop::collection::vec(written(), 0..6),
        turns in prop::collection::vec((prop::collection::vec(turn(), 0..4), asked_in_words()), 1..8),
    ) {
        let mut ledger = Ledger::empty();
        for title in &titles {
            take_turn(&mut ledger, &Turn::Add(title.clone()));
        }
        let stories: Vec<_> = ledger.backlog.stories().cloned().collect();
        let (mut kept, mut prepared) = (Index::default(), Index::prepared(&stories));
        for (turns, asked) in &turns {
            for turn in turns {
                take_turn(&mut ledger, turn);
            }
            let query = Query::parse(asked, now()).unwrap();
            let plainly = query.find(&ledger.backlog);
            prop_assert_eq!(kept.run(&query, &ledger.backlog), plainly.clone(), "{}", asked);
            prop_assert_eq!(prepared.run(&query, &ledger.backlog), plainly, "{}", asked);
        }
    }

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
        for range in query.highlights(&title) {
            prop_assert!(range.start < range.end);
            prop_assert!(edges.contains(&range.start) && edges.contains(&range.end));
            prop_assert!(last.is_none_or(|last| last < range.start));
            last = Some(range.end);
        }
    }
}
