//! What holds for every backlog, whatever is done to it.

mod copies;
mod order;

use std::collections::HashSet;
use std::sync::Arc;

use backstory::model::{
    Backlog, Belief, Change, Criterion, Draft, Edit, Evidence, Extra, Kind, Learning, Line, Method,
    NewProblem, NewStory, OutcomeId, Part, Place, Points, Problem, ProblemEdit, ProblemId, Product,
    ProductOutcome, Promise, Prose, Question, Rank, Refusal, Source, Status, Step, Story, StoryId,
    Timestamp, Title, Verdict, Weight,
};
use proptest::prelude::*;
use proptest::sample::Index;
use uuid::Uuid;

use crate::ledger::{Ledger, judging, reason, stepping};

/// Something a person may do; stories are named by a place among all there are.
#[derive(Clone, Debug)]
enum Deed {
    Add(Where, Status),
    Insert(u32, &'static str),
    Edit(Index, u8, u8),
    Step(Index, Step),
    Move(Vec<Index>, Where),
    Arrange(Vec<Index>),
    Lift(Vec<Index>),
    Judge(Index, u8, Option<Verdict>),
    Note(Index, u8),
    Tick(Index, u8, bool),
    Accept(Index, bool),
    Reject(Index, bool),
    Comment(Index),
    Learn(Index, u8),
    AddProblem(u8),
    EditProblem(Index, u8, u8),
    Settings(u8),
    Many(Vec<Deed>),
    Undo,
    Redo,
}

#[derive(Clone, Debug)]
enum Where {
    Top,
    Bottom,
    Above(Index),
    Below(Index),
    At(usize),
}

fn place() -> impl Strategy<Value = Where> {
    prop_oneof![
        Just(Where::Top),
        Just(Where::Bottom),
        any::<Index>().prop_map(Where::Above),
        any::<Index>().prop_map(Where::Below),
        (0usize..12).prop_map(Where::At),
    ]
}

fn single() -> impl Strategy<Value = Deed> {
    let story = any::<Index>;
    let verdict = prop::option::of(prop::sample::select(&Verdict::ALL[..]));
    prop_oneof![
        4 => (place(), prop::sample::select(&Status::ALL[..])).prop_map(|(p, s)| Deed::Add(p, s)),
        1 => (0u32..9, prop::sample::select(vec!["a0", "a1", "a1V", "Zz", "a0"]))
            .prop_map(|(number, rank)| Deed::Insert(number, rank)),
        4 => (story(), 0u8..16, any::<u8>()).prop_map(|(s, f, v)| Deed::Edit(s, f, v)),
        6 => (story(), prop::sample::select(&Step::ALL[..])).prop_map(|(s, t)| Deed::Step(s, t)),
        4 => (prop::collection::vec(story(), 0..4), place()).prop_map(|(s, p)| Deed::Move(s, p)),
        2 => prop::collection::vec(story(), 0..6).prop_map(Deed::Arrange),
        3 => (story(), 0u8..4, verdict).prop_map(|(s, c, v)| Deed::Judge(s, c, v)),
        1 => (story(), 0u8..4).prop_map(|(s, c)| Deed::Note(s, c)),
        1 => (story(), 0u8..3, any::<bool>()).prop_map(|(s, l, t)| Deed::Tick(s, l, t)),
        2 => (story(), any::<bool>()).prop_map(|(s, r)| Deed::Accept(s, r)),
        2 => (story(), any::<bool>()).prop_map(|(s, r)| Deed::Reject(s, r)),
        1 => story().prop_map(Deed::Comment),
        2 => (story(), any::<u8>()).prop_map(|(s, v)| Deed::Learn(s, v)),
        1 => any::<u8>().prop_map(Deed::AddProblem),
        3 => (story(), 0u8..8, any::<u8>()).prop_map(|(p, f, v)| Deed::EditProblem(p, f, v)),
        1 => any::<u8>().prop_map(Deed::Settings),
    ]
}

fn deeds() -> impl Strategy<Value = Vec<Deed>> {
    let deed = prop_oneof![
        8 => single(),
        1 => prop::collection::vec(any::<Index>(), 1..4).prop_map(Deed::Lift),
        1 => prop::collection::vec(single(), 2..5).prop_map(Deed::Many),
        2 => Just(Deed::Undo),
        1 => Just(Deed::Redo),
    ];
    prop::collection::vec(deed, 1..60)
}

/// Whether a story comes in that brings its number along.
fn inserts(deed: &Deed) -> bool {
    match deed {
        Deed::Insert(..) => true,
        Deed::Many(deeds) => deeds.iter().any(inserts),
        _ => false,
    }
}

/// The story at a place among all, in the order of their ids.
fn pick(ledger: &Ledger, index: Index) -> StoryId {
    let mut ids: Vec<StoryId> = ledger.backlog.stories().map(|story| story.id).collect();
    ids.sort();
    match ids.len() {
        0 => StoryId::new(Uuid::nil()),
        n => ids[index.index(n)],
    }
}

/// The problem at a place among all.
fn pick_problem(ledger: &Ledger, index: usize) -> ProblemId {
    let problems = ledger.backlog.problems();
    match problems.len() {
        0 => ProblemId::new(Uuid::nil()),
        n => problems[index % n].id,
    }
}

/// One outcome that there may be, or none.
fn outcome(value: u8) -> Option<OutcomeId> {
    (!value.is_multiple_of(3)).then(|| OutcomeId::new(Uuid::from_u128(u128::from(value % 3))))
}

/// The first piece of evidence told anew or taken away; one that is not there where there is none.
fn evidence_anew(known: Option<&Problem>, value: u8) -> ProblemEdit {
    let first = known.and_then(|problem| problem.evidence.first());
    let old = first.cloned().unwrap_or_else(|| Evidence {
        date: jiff::civil::date(2026, 11, 1),
        kind: Line::default(),
        source: Line::default(),
        text: Prose::parse("never"),
        weight: Weight::clamped(0),
        at: Timestamp::UNIX_EPOCH,
        by: Line::default(),
        extra: Extra::new(),
    });
    let new = (!value.is_multiple_of(4)).then(|| {
        Box::new(Evidence {
            text: Prose::parse(["", "felt", "read"][usize::from(value % 3)]),
            ..old.clone()
        })
    });
    let old = Box::new(old);
    ProblemEdit::EvidenceAnew { old, new }
}

fn problem_edit(known: Option<&Problem>, field: u8, value: u8) -> ProblemEdit {
    let line = || Line::parse(&format!("line {}", value % 3));
    let prose = || Prose::parse(["", "seen", "heard"][usize::from(value % 3)]);
    match field {
        0 => ProblemEdit::Title(Title::parse(&line()).unwrap()),
        1 => ProblemEdit::Who(line()),
        2 => ProblemEdit::Outcome(outcome(value)),
        3 => ProblemEdit::Evidence {
            date: jiff::civil::date(2026, 11, 1),
            kind: line(),
            source: line(),
            text: prose(),
            weight: Weight::clamped(value),
        },
        4 => ProblemEdit::Test {
            assumption: Line::parse(["", "A", "b"][usize::from(value % 3)]),
            how: value.is_multiple_of(2).then(prose),
            result: value.is_multiple_of(5).then(prose),
        },
        5 => ProblemEdit::TestAnew {
            old: Line::parse(["A", "b", "c"][usize::from(value % 3)]),
            new: (!value.is_multiple_of(4))
                .then(|| Line::parse(["B", "c"][usize::from(value % 2)])),
        },
        6 => evidence_anew(known, value),
        _ => ProblemEdit::State {
            state: Belief::ALL[usize::from(value % 3)],
            reason: value.is_multiple_of(2).then(|| reason("Seen")),
        },
    }
}

fn learning(value: u8) -> Learning {
    if value.is_multiple_of(2) {
        return Learning::Plan {
            when: (!value.is_multiple_of(3)).then(|| jiff::civil::date(2026, 12, 1)),
            how: (!value.is_multiple_of(5)).then(|| Prose::parse("Ask")),
        };
    }
    Learning::Result {
        result: Promise::ALL[usize::from(value % 3)],
        note: (!value.is_multiple_of(5)).then(|| Prose::parse("Seen")),
        number: (!value.is_multiple_of(7)).then(|| Line::parse("36 %")),
    }
}

fn place_in(ledger: &Ledger, place: &Where) -> Place {
    match place {
        Where::Top => Place::Top,
        Where::Bottom => Place::Bottom,
        Where::Above(story) => Place::Above(pick(ledger, *story)),
        Where::Below(story) => Place::Below(pick(ledger, *story)),
        Where::At(position) => Place::At(*position),
    }
}

fn change(ledger: &mut Ledger, deed: &Deed) -> Change {
    match deed {
        Deed::Add(place, status) => {
            let mut draft = Draft::titled(Title::parse("New").unwrap());
            draft.criteria = vec![Prose::parse("It works")];
            draft.status = *status;
            let place = place_in(ledger, place);
            let id = StoryId::new(ledger.next_id());
            Change::Add(Box::new(NewStory { id, draft, place }))
        }
        Deed::Insert(number, rank) => {
            let mut story = story(0, *number, rank);
            story.id = StoryId::new(ledger.next_id());
            Change::Insert(Box::new(story))
        }
        Deed::Edit(index, field, value) => Change::Edit {
            story: pick(ledger, *index),
            edit: edit(ledger, *field, *value),
        },
        Deed::Step(index, step) => stepping(pick(ledger, *index), *step),
        Deed::Move(stories, to) => Change::Move {
            stories: stories.iter().map(|index| pick(ledger, *index)).collect(),
            to: place_in(ledger, to),
        },
        Deed::Arrange(stories) => Change::Arrange {
            stories: stories.iter().map(|index| pick(ledger, *index)).collect(),
        },
        Deed::Judge(index, criterion, verdict) => {
            judging(pick(ledger, *index), &format!("c{criterion}"), *verdict)
        }
        Deed::Note(index, criterion) => Change::NoteVerdict {
            story: pick(ledger, *index),
            criterion: format!("c{criterion}"),
            note: Some(Prose::parse("It did not work")),
            evidence: None,
        },
        Deed::Tick(index, line, ticked) => Change::TickDone {
            story: pick(ledger, *index),
            line: usize::from(*line),
            ticked: *ticked,
        },
        Deed::Accept(index, why) => Change::Accept {
            story: pick(ledger, *index),
            reason: why.then(|| reason("Good enough")),
        },
        Deed::Reject(index, why) => Change::Reject {
            story: pick(ledger, *index),
            reason: why.then(|| reason("Not good enough")),
        },
        Deed::Comment(index) => Change::Comment {
            story: pick(ledger, *index),
            text: Prose::parse("Hm."),
        },
        Deed::Learn(index, value) => Change::Learn {
            story: pick(ledger, *index),
            learning: learning(*value),
        },
        Deed::AddProblem(value) => Change::AddProblem(Box::new(NewProblem {
            id: ProblemId::new(ledger.next_id()),
            title: Title::parse("Slow").unwrap(),
            who: Line::default(),
            outcome: outcome(*value),
        })),
        Deed::EditProblem(index, field, value) => {
            let problem = pick_problem(ledger, index.index(usize::MAX));
            let known = ledger.backlog.problem(problem).map(AsRef::as_ref);
            let edit = Box::new(problem_edit(known, *field, *value));
            Change::EditProblem { problem, edit }
        }
        Deed::Settings(value) => {
            let mut product = Product::clone(ledger.backlog.product());
            product.outcomes = outcome(1)
                .filter(|_| value % 4 > 0)
                .map(|id| ProductOutcome::titled(id, Title::parse("Faster").unwrap()))
                .into_iter()
                .collect();
            product.done = vec![Line::parse("Released"); usize::from(value % 3)];
            Change::Settings(Box::new(product))
        }
        Deed::Many(_) | Deed::Lift(_) | Deed::Undo | Deed::Redo => {
            unreachable!("not a single change")
        }
    }
}

fn edit(ledger: &Ledger, field: u8, value: u8) -> Edit {
    let line = Line::parse(&format!("line {}", value % 3));
    let prose = || Prose::parse(&format!("prose {}", value % 3));
    match field {
        0 => Edit::Title(Title::parse(&line).unwrap()),
        1 => Edit::Kind(Kind::ALL[usize::from(value % 4)]),
        2 => Edit::Persona(line),
        3 => Edit::Want(line),
        4 => Edit::Benefit(line),
        5 => Edit::Notes(prose()),
        6 => Edit::Criteria(vec![
            Criterion {
                id: ["", "c1", "c2", "c3"][usize::from(value % 4)].to_owned(),
                ..Criterion::new(&prose())
            },
            Criterion::new("New"),
            Criterion {
                id: ["c3", "c2", "c1", ""][usize::from(value % 4)].to_owned(),
                ..Criterion::new("Old")
            },
        ]),
        7 => Edit::Questions(vec![Question::new(&prose()); usize::from(value % 3)]),
        8 => Edit::Estimate((!value.is_multiple_of(3)).then(|| Points::whole(value.into()))),
        9 => Edit::Labels(vec![line; usize::from(value % 3)]),
        10 => Edit::Epic(line),
        11 => Edit::Problem((!value.is_multiple_of(4)).then(|| pick_problem(ledger, value.into()))),
        12 => {
            let mut ids: Vec<StoryId> = ledger.backlog.stories().map(|story| story.id).collect();
            ids.sort();
            Edit::BlockedBy(ids.into_iter().skip(value.into()).take(2).collect())
        }
        13 => {
            let part = [Part::Class, Part::UserValue, Part::Size][usize::from(value % 3)];
            Edit::Score(
                part.grade([1.0, 2.0, 3.0][usize::from(value / 3 % 3)])
                    .unwrap(),
            )
        }
        14 if value.is_multiple_of(3) => Edit::ClearPart(Part::UserValue),
        14 => Edit::ClearScore([Method::Moscow, Method::Wsjf][usize::from(value % 2)]),
        _ => Edit::Source(Some(Source {
            tool: Line::parse("text"),
            id: line,
            url: Line::default(),
            extra: serde_json::Map::new(),
        })),
    }
}

/// The changes that make up something that is neither undo nor redo.
fn changes(ledger: &mut Ledger, deed: &Deed) -> Result<Vec<Change>, Refusal> {
    match deed {
        Deed::Many(deeds) => Ok(deeds.iter().map(|deed| change(ledger, deed)).collect()),
        Deed::Lift(stories) => {
            let stories: Vec<StoryId> = stories.iter().map(|index| pick(ledger, *index)).collect();
            Ok(ledger.backlog.lift(&stories)?.changes())
        }
        deed => Ok(vec![change(ledger, deed)]),
    }
}

/// Does something; a refusal must change nothing.
fn act(ledger: &mut Ledger, deed: &Deed) -> Result<(), TestCaseError> {
    let before = ledger.snapshot();
    let outcome: Result<(), Refusal> = match deed {
        Deed::Undo => ledger.undo().map(|_| ()),
        Deed::Redo => ledger.redo().map(|_| ()),
        deed => changes(ledger, deed)
            .and_then(|changes| ledger.perform(&changes))
            .map(|_| ()),
    };
    if let Err(refusal) = outcome {
        prop_assert_eq!(before, ledger.snapshot(), "{}", refusal);
        prop_assert!(refusal.to_string().ends_with('.'), "{}", refusal);
    }
    Ok(())
}

/// What the backlog keeps up to date must equal what loading the same stories computes.
fn is_sound(backlog: &Backlog) -> Result<(), TestCaseError> {
    let stories: Vec<Story> = backlog.stories().map(|story| Story::clone(story)).collect();
    let count = stories.len();
    let product = Product::clone(backlog.product());
    let (fresh, repairs) = Backlog::load(product, stories, backlog.highest_number());
    let fresh = fresh.with_problems(backlog.problems().into_iter().cloned());
    prop_assert!(repairs.is_empty(), "every number is used once");
    prop_assert!(backlog.open().eq(fresh.open()));
    prop_assert!(backlog.closed().eq(fresh.closed()));
    prop_assert!(backlog.delivered().eq(fresh.delivered()));
    prop_assert_eq!(backlog.open_count(), fresh.open_count());
    prop_assert_eq!(backlog.open_points(), fresh.open_points());
    prop_assert_eq!(backlog.open_loads(), fresh.open_loads());
    prop_assert_eq!(backlog.closed_loads(), fresh.closed_loads());
    for status in Status::ALL {
        prop_assert_eq!(backlog.count(status), fresh.count(status), "{}", status);
    }
    let every: HashSet<StoryId> = backlog.open().chain(backlog.closed()).collect();
    prop_assert_eq!(every.len(), count);
    prop_assert_eq!(backlog.open().len() + backlog.closed().len(), count);
    for (index, id) in backlog.open().enumerate() {
        prop_assert_eq!(backlog.position(id), Some(index + 1));
        prop_assert_eq!(backlog.open_at(index), Some(id));
    }
    for problem in backlog.problems() {
        prop_assert!(
            backlog
                .stories_of(problem.id)
                .eq(fresh.stories_of(problem.id))
        );
        let mine = |story: &&Arc<Story>| story.problem == Some(problem.id);
        let named = backlog.stories().filter(mine).count();
        prop_assert_eq!(backlog.stories_of(problem.id).count(), named);
        let text = serde_json::to_string(&**problem).unwrap();
        let read: Problem = serde_json::from_str(&text).unwrap();
        prop_assert_eq!(&read, &**problem);
    }
    for story in backlog.stories() {
        prop_assert!(
            backlog
                .waiting_for(story.id)
                .eq(fresh.waiting_for(story.id))
        );
        prop_assert_eq!(backlog.find(&backlog.key(story)).unwrap().id, story.id);
        prop_assert!(story.rank.as_str().len() <= 32, "{}", story.rank);
        prop_assert_eq!(Rank::parse(story.rank.as_str()), Some(story.rank.clone()));
        let ids: HashSet<&str> = story.criteria.iter().map(|c| c.id.as_str()).collect();
        prop_assert_eq!(
            ids.len(),
            story.criteria.len(),
            "criteria have ids of their own"
        );
        let text = serde_json::to_string(&**story).unwrap();
        let read: Story = serde_json::from_str(&text).unwrap();
        prop_assert_eq!(&read, &**story);
        prop_assert_eq!(serde_json::to_string(&read).unwrap(), text);
    }
    Ok(())
}

/// A story as another program may have written it.
fn story(id: u128, number: u32, rank: &str) -> Story {
    let id = Uuid::from_u128((7 << 76) | id);
    serde_json::from_value(serde_json::json!({
        "format": 1, "id": id, "number": number, "title": format!("{number}"), "rank": rank,
        "created": "2026-11-19T16:00:00Z", "updated": "2026-11-20T09:12:00Z",
    }))
    .unwrap()
}

/// Stories "1" to "n" with ranks drawn from a few, so that many are equal.
fn crowded() -> impl Strategy<Value = Vec<Story>> {
    let ranks = vec!["Zz", "a0", "a0", "a0V", "a0W", "a1", "a2"];
    prop::collection::vec(prop::sample::select(ranks), 1..30).prop_map(|ranks| {
        let stories = ranks.iter().zip(1u32..);
        stories.map(|(rank, n)| story(n.into(), n, rank)).collect()
    })
}

/// What a move means, without ranks: the moved stories taken out and put in at the place.
fn moved(open: &[StoryId], moving: &[StoryId], to: Place) -> Vec<StoryId> {
    let is_moving = |id: &&StoryId| moving.contains(id);
    let (mine, mut rest): (Vec<StoryId>, Vec<StoryId>) = (
        open.iter().filter(is_moving).copied().collect(),
        open.iter().filter(|id| !is_moving(id)).copied().collect(),
    );
    let place_of = |id| rest.iter().position(|other| *other == id).unwrap();
    let at = match to {
        Place::Top => 0,
        Place::Bottom => rest.len(),
        Place::Above(id) => place_of(id),
        Place::Below(id) => place_of(id) + 1,
        Place::At(position) => position.saturating_sub(1).min(rest.len()),
    };
    rest.splice(at..at, mine);
    rest
}

proptest! {
    #[test]
    fn undoing_all_ends_at_the_start_and_redoing_all_at_the_end(
        start in crowded(),
        deeds in deeds(),
    ) {
        let mut ledger = Ledger::of(start);
        let first = ledger.snapshot();
        for deed in &deeds {
            act(&mut ledger, deed)?;
        }
        while ledger.redo().is_ok() {}
        let last = ledger.snapshot();
        while ledger.undo().is_ok() {}
        prop_assert_eq!(ledger.undo(), Err(Refusal::NothingToUndo));
        prop_assert_eq!(ledger.snapshot(), first);
        is_sound(&ledger.backlog)?;
        while ledger.redo().is_ok() {}
        prop_assert_eq!(ledger.redo(), Err(Refusal::NothingToRedo));
        prop_assert_eq!(ledger.snapshot(), last);
    }

    #[test]
    fn what_is_derived_is_what_loading_would_compute(start in crowded(), deeds in deeds()) {
        let mut ledger = Ledger::of(start);
        is_sound(&ledger.backlog)?;
        for deed in &deeds {
            act(&mut ledger, deed)?;
            is_sound(&ledger.backlog)?;
        }
    }

    #[test]
    fn a_move_puts_the_moved_stories_at_the_place_and_leaves_the_others(
        start in crowded(),
        moving in prop::collection::vec(any::<Index>(), 1..6),
        to in place(),
    ) {
        let mut ledger = Ledger::of(start);
        let open: Vec<StoryId> = ledger.backlog.open().collect();
        let stories: Vec<StoryId> = moving.iter().map(|index| pick(&ledger, *index)).collect();
        let to = place_in(&ledger, &to);
        let outcome = ledger.perform(&[Change::Move { stories: stories.clone(), to }]);
        if let Place::Above(id) | Place::Below(id) = to && stories.contains(&id) {
            prop_assert!(matches!(outcome, Err(Refusal::BesideItself(_))));
        } else {
            outcome.unwrap();
            let after: Vec<StoryId> = ledger.backlog.open().collect();
            prop_assert_eq!(after, moved(&open, &stories, to));
            is_sound(&ledger.backlog)?;
        }
    }

    #[test]
    fn numbers_are_never_reused(deeds in deeds()) {
        let mut ledger = Ledger::empty();
        let mut owners = std::collections::HashMap::new();
        for deed in deeds.iter().filter(|deed| !inserts(deed)) {
            act(&mut ledger, deed)?;
            for story in ledger.backlog.stories() {
                let owner = owners.entry(story.number).or_insert(story.id);
                prop_assert_eq!(*owner, story.id, "number {}", story.number);
                prop_assert!(story.number <= ledger.backlog.highest_number());
            }
        }
    }
}

#[test]
fn a_move_between_stories_of_different_rank_changes_one_story() {
    let mut ledger = Ledger::empty();
    let ids: Vec<StoryId> = (1..=50).map(|n| ledger.add(&n.to_string())).collect();
    for (story, to) in [
        (ids[40], Place::Top),
        (ids[3], Place::Bottom),
        (ids[7], Place::Below(ids[20])),
    ] {
        let stories = vec![story];
        let act = ledger.perform(&[Change::Move { stories, to }]).unwrap();
        assert_eq!(act.unwrap().deltas.len(), 1, "{to:?}");
    }
}

#[test]
fn a_move_to_where_the_stories_stand_is_no_act() {
    let mut ledger = Ledger::empty();
    let ids: Vec<StoryId> = ["a", "b", "c"].map(|title| ledger.add(title)).to_vec();
    for (stories, to) in [
        (vec![ids[0]], Place::Top),
        (vec![ids[2]], Place::Bottom),
        (vec![ids[1], ids[0]], Place::Above(ids[2])),
        (vec![ids[1]], Place::At(2)),
        (Vec::new(), Place::Top),
    ] {
        let act = ledger.perform(&[Change::Move { stories, to }]);
        assert_eq!(act, Ok(None), "{to:?}");
    }
}

#[test]
fn equal_ranks_are_mended_with_few_changes() {
    let stories = (1..=200).map(|n| {
        let rank = if (90..=110).contains(&n) {
            "a5".to_owned()
        } else if n < 90 {
            "a4".to_owned()
        } else {
            "a6".to_owned()
        };
        story(n.into(), n, &rank)
    });
    let mut ledger = Ledger::of(stories);
    let id = |n: u128| StoryId::new(Uuid::from_u128((7 << 76) | n));
    let change = Change::Move {
        stories: vec![id(1)],
        to: Place::Below(id(109)),
    };
    let act = ledger.perform(&[change]).unwrap().unwrap();
    assert!(act.deltas.len() <= 3, "{} stories", act.deltas.len());
    assert_eq!(ledger.backlog.position(id(1)), Some(109));
    assert_eq!(ledger.backlog.position(id(110)), Some(110));
}

#[test]
fn a_thousand_moves_to_one_place_keep_ranks_short() {
    let mut ledger = Ledger::empty();
    let ids: Vec<StoryId> = (0..20).map(|n| ledger.add(&n.to_string())).collect();
    for turn in 0..1_000 {
        let stories = vec![ids[2 + turn % 18]];
        let to = Place::Below(ids[0]);
        ledger.apply(Change::Move { stories, to });
        assert_eq!(ledger.backlog.open_at(1), Some(ids[2 + turn % 18]));
    }
    for story in ledger.backlog.stories() {
        assert!(story.rank.as_str().len() <= 32, "{}", story.rank);
    }
}

#[test]
fn the_end_of_all_ranks_leaves_room_above_it() {
    // The lowest whole part there is, with a fraction: nothing below it is a rank, so the fraction has to give way.
    let lowest = format!("A{}V", "0".repeat(26));
    let mut ledger = Ledger::of([story(1, 1, &lowest)]);
    for n in 2..40 {
        let id = ledger.add_at(&n.to_string(), Place::Top);
        assert_eq!(ledger.backlog.open_at(0), Some(id));
        for story in ledger.backlog.stories() {
            assert!(Rank::parse(story.rank.as_str()).is_some(), "{}", story.rank);
        }
    }
}

#[test]
fn an_act_of_several_changes_is_done_whole_or_not_at_all() {
    let mut ledger = Ledger::empty();
    let id = ledger.add("Pay");
    let before = ledger.snapshot();
    let edit = Edit::Persona(Line::parse("customer"));
    let edit = Change::Edit { story: id, edit };
    let refused = ledger.perform(&[edit, stepping(id, Step::Deliver)]);
    assert!(refused.is_err());
    assert_eq!(ledger.snapshot(), before);
}

#[test]
fn undo_refuses_where_somebody_else_changed_the_story_since() {
    let mut ledger = Ledger::empty();
    let id = ledger.add("Pay");
    ledger.edit(id, Edit::Want(Line::parse("pay")));
    let mut other = Story::clone(ledger.story(id));
    other.benefit = Line::parse("speed");
    ledger.backlog.adopt(id, Some(other.into()));
    let before = ledger.snapshot();
    let refusal = ledger.undo().unwrap_err();
    assert!(refusal.to_string().contains("WEB-1 has changed since"));
    assert_eq!(ledger.snapshot(), before);
}

#[test]
fn the_highest_number_there_can_be_is_no_end() {
    let mut ledger = Ledger::of([story(1, u32::MAX, "a0"), story(2, u32::MAX, "a1")]);
    ledger.add("next");
    ledger.add("and next");
    is_sound(&ledger.backlog).unwrap();
}

#[test]
fn a_number_that_two_clones_gave_out_finds_its_story_after_the_other_was_renumbered() {
    let mut ledger = Ledger::of([story(2, 1, "a0")]);
    let elder = story(1, 1, "a1");
    ledger.backlog.adopt(elder.id, Some(elder.clone().into()));
    let mut younger = story(2, 2, "a0");
    younger.former_numbers = vec![1];
    ledger
        .backlog
        .adopt(younger.id, Some(younger.clone().into()));
    assert_eq!(ledger.backlog.find("WEB-1").unwrap().id, elder.id);
    assert_eq!(ledger.backlog.find("WEB-2").unwrap().id, younger.id);
}

#[test]
fn new_criteria_and_questions_never_get_an_id_that_is_taken() {
    let mut ledger = Ledger::empty();
    let id = ledger.add("Pay");
    let with_id = |id: &str| Criterion {
        id: id.to_owned(),
        ..Criterion::new("Known")
    };
    for (given, expected) in [
        (vec![with_id(""), with_id("c1")], vec!["c2", "c1"]),
        (vec![with_id("c1"), with_id("c1")], vec!["c1", "c3"]),
        (
            vec![with_id("c4294967295"), with_id(""), with_id("")],
            vec!["c4294967295", "c4294967296", "c4294967297"],
        ),
    ] {
        ledger.edit(id, Edit::Criteria(given));
        let ids: Vec<&str> = ledger
            .story(id)
            .criteria
            .iter()
            .map(|c| c.id.as_str())
            .collect();
        assert_eq!(ids, expected);
    }
    let mut known = Question::new("Which cards?");
    known.id = "q1".to_owned();
    ledger.edit(id, Edit::Questions(vec![Question::new("New?"), known]));
    let ids: Vec<&str> = ledger
        .story(id)
        .questions
        .iter()
        .map(|q| q.id.as_str())
        .collect();
    assert_eq!(ids, ["q2", "q1"]);
}

#[test]
fn unknown_fields_survive_wherever_they_stand() {
    let text = r#"{"format":1,"id":"019ab3c4-7c3e-7d5a-9b1e-2f6c1d0a8e4b","number":17,"kind":"feature","title":"Pay","criteria":[{"id":"c1","text":"It works","weight":1.10}],"questions":[{"id":"q1","text":"Why?","to":"Ben"}],"status":"delivered","rank":"a0","estimate":0.5,"scores":{"wsjf":{"value":1.0,"mood":"😀"}},"agreed":{"at":"2026-11-20T09:12:00Z","by":"Ana","criteria":[{"id":"c1","text":"It works","weight":2.50}],"room":3},"reviews":[{"round":1,"at":"2026-11-20T09:12:00Z","by":"Ana","verdicts":[{"criterion":"c1","text":"It works","verdict":"met","sure":0.90}],"done":[{"text":"Released","ticked":true,"by":"Ben"}],"place":{"floor":-0}}],"log":[{"status":"ready","at":"2026-11-20T09:12:00Z","by":"Ana","mood":null}],"comments":[{"at":"2026-11-20T09:12:00Z","by":"Ana","text":"Hm.","likes":1e+3}],"source":{"tool":"text","id":"1","line":12},"created":"2026-11-19T16:00:00Z","updated":"2026-11-20T09:12:00Z","big":123456789012345678901234567890,"exact":1.10,"deep":[{"a":[1.0,{"b":2.00}]}]}"#;
    let story: Story = serde_json::from_str(text).unwrap();
    assert_eq!(serde_json::to_string(&story).unwrap(), text);
    let mut ledger = Ledger::of([story]);
    let id = ledger.backlog.open_at(0).unwrap();
    ledger.edit(id, Edit::Want(Line::parse("pay")));
    ledger.undo().unwrap();
    assert_eq!(serde_json::to_string(&**ledger.story(id)).unwrap(), text);
}

#[test]
fn stories_cannot_block_each_other_in_a_circle() {
    let mut ledger = Ledger::empty();
    let [a, b, c] = ["a", "b", "c"].map(|title| ledger.add(title));
    ledger.edit(a, Edit::BlockedBy(vec![b]));
    ledger.edit(b, Edit::BlockedBy(vec![c]));
    let circles = [
        (
            c,
            a,
            "WEB-3 waits for WEB-1, which waits for WEB-2, which waits for WEB-3.",
        ),
        (c, b, "WEB-3 waits for WEB-2, which waits for WEB-3."),
        (a, a, "WEB-1 cannot wait for itself."),
    ];
    for (story, blocker, path) in circles {
        let edit = Edit::BlockedBy(vec![blocker]);
        let sentence = ledger.refusal(Change::Edit { story, edit });
        assert!(sentence.contains(path), "{sentence}");
    }
}

#[test]
fn a_blocker_that_is_gone_stays_where_it_is_named() {
    let gone = StoryId::new(Uuid::from_u128(9));
    let mut waiting = story(1, 1, "a0");
    waiting.blocked_by = vec![gone];
    let id = waiting.id;
    let mut ledger = Ledger::of([waiting, story(2, 2, "a1")]);
    assert!(!ledger.backlog.is_blocked(ledger.story(id)));
    let other = ledger.backlog.open_at(1).unwrap();
    ledger.edit(id, Edit::BlockedBy(vec![gone, other]));
    assert!(ledger.backlog.is_blocked(ledger.story(id)));
    let edit = Edit::BlockedBy(vec![gone]);
    assert!(
        ledger
            .refusal(Change::Edit { story: other, edit })
            .contains("no story")
    );
}
