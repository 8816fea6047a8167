//! What is news, and to whom; and what is found without a memory.

use uuid::Uuid;

use super::*;
use crate::model::{
    ActId, Change, Deed, Delta, Draft, Edit, Forecaster, Iterations, Kind, Learning, NewProblem,
    NewStory, Place, Points, ProblemEdit, Product, Question, Reason, Setting, Stamp, Step, Title,
    Weight, WhatIf, Within,
};

/// A backlog with its journal.
struct World {
    backlog: Backlog,
    acts: Vec<Act>,
    next: u128,
    /// Whether every file could be read.
    is_whole: bool,
}

/// A moment of November 2026, such as `20 9` for the 20th, nine o'clock.
fn at(day: u8, hour: u8) -> Timestamp {
    format!("2026-11-{day:02}T{hour:02}:00:00Z")
        .parse()
        .unwrap()
}

impl World {
    /// Chores in order, written by Ana on the first.
    fn of(count: u32) -> Self {
        let mut world = Self {
            backlog: Backlog::new(Product::new("Webshop", None).unwrap()),
            acts: Vec::new(),
            next: 0,
            is_whole: true,
        };
        for number in 1..=count {
            world.add("Ana", at(1, 9), &format!("Story {number}"));
        }
        world
    }

    fn new_id(&mut self) -> Uuid {
        self.next += 1;
        Uuid::from_u128(self.next)
    }

    fn does(&mut self, by: &str, at: Timestamp, change: &Change) -> &mut Self {
        let id = ActId::new(self.new_id());
        let stamp = Stamp::new(at, by);
        let deltas = self.backlog.apply(change, &stamp).unwrap();
        self.acts.push(Act {
            id,
            label: String::new(),
            at,
            by: stamp.by,
            deltas,
            undoes: None,
            redoes: None,
        });
        self
    }

    fn add(&mut self, by: &str, at: Timestamp, title: &str) -> StoryId {
        let id = StoryId::new(self.new_id());
        let draft = Draft {
            kind: Kind::Chore,
            estimate: Some(Points::whole(5)),
            ..Draft::titled(Title::parse(title).unwrap())
        };
        let new = NewStory {
            id,
            draft,
            place: Place::Bottom,
        };
        self.does(by, at, &Change::Add(Box::new(new)));
        id
    }

    fn id(&self, key: &str) -> StoryId {
        self.backlog.find(key).unwrap().id
    }

    fn steps(&mut self, by: &str, at: Timestamp, key: &str, steps: &[Step]) -> &mut Self {
        for step in steps {
            let step = Change::Step {
                story: self.id(key),
                step: *step,
                reason: step.needs_reason().then(|| Reason::parse("So.").unwrap()),
            };
            self.does(by, at, &step);
        }
        self
    }

    fn move_to(&mut self, by: &str, at: Timestamp, key: &str, place: usize) -> &mut Self {
        let stories = vec![self.id(key)];
        let to = Place::At(place);
        self.does(by, at, &Change::Move { stories, to })
    }

    fn edit(&mut self, by: &str, at: Timestamp, key: &str, edit: Edit) -> &mut Self {
        let story = self.id(key);
        self.does(by, at, &Change::Edit { story, edit })
    }

    fn remember(&self, at: Timestamp) -> Memory {
        Memory::of(&self.backlog, self.forecast(at).as_ref(), at)
    }

    fn forecast(&self, at: Timestamp) -> Option<Forecast> {
        let has = self.backlog.product().iterations.is_some();
        let look =
            || Forecaster::default().look(&self.backlog, at, &TimeZone::UTC, &WhatIf::default());
        has.then(look)
    }

    fn since(&self, memory: &Memory, user: Option<&str>) -> Since {
        let now = at(29, 9);
        let forecast = self.forecast(now);
        let present = Present {
            backlog: &self.backlog,
            forecast: forecast.as_ref(),
            now,
            zone: &TimeZone::UTC,
            user,
            is_whole: self.is_whole,
        };
        Since::of(memory, present, &self.acts)
    }

    /// The news for Ana, a line each: group, key or title, words, by whom.
    fn news(&self, memory: &Memory) -> Vec<String> {
        self.lines(&self.since(memory, Some("Ana")))
    }

    fn lines(&self, since: &Since) -> Vec<String> {
        let lines = since.news.iter().map(|news| {
            let about = match news.about {
                _ if matches!(news.what, What::Gone { .. }) => {
                    let key = news.key(&self.backlog).unwrap_or_default();
                    format!("{key} {}", news.title(&self.backlog))
                        .trim()
                        .to_owned()
                }
                About::Story(id) => self.backlog.key_or_id(id),
                About::Problem(id) => self.backlog.problem(id).unwrap().title.to_string(),
                About::Backlog => "all".to_owned(),
            };
            let by = news.by.as_ref().map_or("?", |by| by.as_str());
            format!(
                "{}: {about} {} ({by})",
                news.what.group().word(),
                news.what.words()
            )
        });
        lines.collect()
    }

    /// The same stories as files that somebody brought: nothing of it is in the journal.
    fn brought(&mut self, from: usize) -> &mut Self {
        self.acts.truncate(from);
        self
    }
}

fn weekly() -> Iterations {
    Iterations {
        weeks: Within::clamped(1),
        counts: vec![Kind::Chore],
        ..Iterations::usual("2026-11-02".parse().unwrap())
    }
}

const DELIVER: [Step; 3] = [Step::Agree, Step::Start, Step::Deliver];

#[test]
fn what_others_did_is_news_and_the_own_acts_are_not() {
    let mut world = World::of(9);
    world.steps("Ana", at(2, 9), "5", &DELIVER);
    world.steps("Ana", at(2, 9), "6", &DELIVER);
    let memory = world.remember(at(10, 9));
    assert_eq!(world.news(&memory), Vec::<String>::new());
    world.steps("Ben", at(11, 9), "1", &DELIVER);
    world.steps("Ana", at(11, 9), "2", &DELIVER);
    world.steps("Ben", at(11, 9), "3", &[Step::Agree, Step::Start]);
    world.steps("Ben", at(11, 9), "5", &[Step::Undeliver]);
    let story = world.id("6");
    world.does(
        "Ben",
        at(12, 9),
        &Change::Accept {
            story,
            reason: None,
        },
    );
    world.add("Ben", at(12, 9), "New");
    world.add("Ana", at(12, 9), "Own");
    world.edit("Ben", at(12, 9), "7", Edit::Estimate(None));
    world.edit("Ben", at(12, 10), "7", Edit::Kind(Kind::Bug));
    world.edit("Ana", at(12, 9), "8", Edit::Kind(Kind::Bug));
    let expected = [
        "delivered: WEB-1 delivered (Ben)",
        "came_back: WEB-5 undelivered (Ben)",
        "accepted: WEB-6 accepted (Ben)",
        "new: WEB-10 new (Ben)",
        "changed: WEB-3 started (Ben)",
        "changed: WEB-7 changed: estimate, kind (Ben)",
    ];
    assert_eq!(world.news(&memory), expected);
    // To nobody in particular everything is news.
    let all = world.lines(&world.since(&memory, None));
    assert!(all.contains(&"delivered: WEB-2 delivered (Ana)".to_owned()));
    assert!(all.contains(&"new: WEB-11 new (Ana)".to_owned()));
    assert!(all.contains(&"changed: WEB-8 changed: kind (Ana)".to_owned()));
}

#[test]
fn files_that_were_brought_are_news_however_old_their_dates_are() {
    let mut world = World::of(9);
    let memory = world.remember(at(10, 9));
    let known = world.acts.len();
    world.steps("Ben", at(5, 9), "1", &DELIVER);
    world.edit("Ben", at(5, 9), "2", Edit::Estimate(None));
    world.add("Ben", at(5, 9), "New");
    world.move_to("Ben", at(5, 9), "9", 1).brought(known);
    let expected = [
        "delivered: WEB-1 delivered (Ben)",
        "new: WEB-10 new (?)",
        "changed: WEB-2 changed (?)",
        "moved: WEB-9 moved up from 9 to 1 (?)",
    ];
    assert_eq!(world.news(&memory), expected);
}

#[test]
fn a_story_came_back_when_it_was_rejected_or_reopened_and_was_delivered_again_after_that() {
    let mut world = World::of(3);
    for key in ["1", "2", "3"] {
        world.steps("Ana", at(2, 9), key, &DELIVER);
    }
    let story = world.id("3");
    world.does(
        "Ana",
        at(2, 10),
        &Change::Accept {
            story,
            reason: None,
        },
    );
    let memory = world.remember(at(10, 9));
    let reason = Reason::parse("Not on mine.").ok();
    for key in ["1", "2"] {
        let story = world.id(key);
        let reason = reason.clone();
        world.does("Ben", at(11, 9), &Change::Reject { story, reason });
    }
    world.steps("Ben", at(12, 9), "2", &[Step::Restart, Step::Deliver]);
    world.steps("Ben", at(12, 9), "3", &[Step::Reopen]);
    let expected = [
        "delivered: WEB-2 delivered again (Ben)",
        "came_back: WEB-1 rejected (Ben)",
        "came_back: WEB-3 reopened (Ben)",
    ];
    assert_eq!(world.news(&memory), expected);
    // What Ana has dealt with is no news any more.
    world.steps("Ana", at(13, 9), "1", &[Step::Restart]);
    assert!(
        !world
            .news(&memory)
            .iter()
            .any(|line| line.contains("WEB-1"))
    );
}

#[test]
fn a_story_delivered_and_undone_is_told_as_it_stands() {
    let mut world = World::of(2);
    world.steps("Ana", at(2, 9), "1", &[Step::Agree, Step::Start]);
    let memory = world.remember(at(10, 9));
    world.steps("Ben", at(11, 9), "1", &[Step::Deliver]);
    let restored = world.acts.last().unwrap().deltas[0].inverse();
    world.does("Ben", at(11, 10), &Change::Restore(vec![restored]));
    assert_eq!(world.news(&memory), Vec::<String>::new());
}

#[test]
fn an_edit_that_was_undone_is_no_news() {
    let mut world = World::of(2);
    let memory = world.remember(at(10, 9));
    let story = world.backlog.find("1").unwrap().id;
    let edit = |edit| Change::Edit { story, edit };
    let title = Edit::Title(Title::parse("Another title").unwrap());
    world.does("Ben", at(11, 9), &edit(title));
    let restored = world.acts.last().unwrap().deltas[0].inverse();
    world.does("Ben", at(11, 10), &Change::Restore(vec![restored]));
    assert_eq!(world.news(&memory), Vec::<String>::new());
    // What was changed beside it is.
    world.does("Ben", at(11, 11), &edit(Edit::Epic(Line::parse("Faster"))));
    assert_eq!(world.news(&memory), ["changed: WEB-1 changed: epic (Ben)"]);
}

#[test]
fn a_story_that_was_dropped_and_is_back_is_no_new_one() {
    let mut world = World::of(3);
    for key in ["1", "2", "3"] {
        world.steps("Ana", at(2, 9), key, &[Step::Drop]);
    }
    let memory = world.remember(at(10, 9));
    let known = world.acts.len();
    world.steps("Ben", at(11, 9), "1", &[Step::Restore]);
    let dropped = world.acts[known - 2].deltas[0].inverse();
    world.does("Ben", at(11, 9), &Change::Restore(vec![dropped]));
    world.steps("Ana", at(11, 9), "3", &[Step::Restore]);
    let expected = [
        "changed: WEB-1 restored (Ben)",
        "changed: WEB-2 restored (Ben)",
    ];
    assert_eq!(world.news(&memory), expected);
    world.brought(known);
    let told = world.news(&memory);
    assert!(told.contains(&expected[0].to_owned()), "{told:?}");
}

#[test]
fn questions_and_comments_are_told_with_their_words() {
    let mut world = World::of(3);
    let story = world.id("1");
    let comment = |text: &str| Change::Comment {
        story,
        text: Prose::parse(text),
    };
    world.does("Ben", at(2, 9), &comment("Old"));
    world.edit(
        "Ana",
        at(2, 9),
        "2",
        Edit::Questions(vec![Question::new("Which cards?")]),
    );
    let memory = world.remember(at(10, 9));
    world.does("Ana", at(11, 9), &comment("Mine"));
    world.does("Ben", at(11, 9), &comment("First"));
    world.does("Cem", at(11, 10), &comment("Which countries\nand when?"));
    let mut questions = world.backlog.find("2").unwrap().questions.clone();
    questions[0].answer = Prose::parse("All.");
    questions.push(Question::new("And cash?"));
    world.edit("Ben", at(12, 9), "2", Edit::Questions(questions));
    let expected = [
        "said: WEB-1 2 comments, the last: “Which countries…” (Cem)",
        "said: WEB-2 question: “And cash?” (Ben)",
        "said: WEB-2 a question answered (Ben)",
    ];
    assert_eq!(world.news(&memory), expected);
}

#[test]
fn a_move_is_far_at_the_top_and_near_at_the_bottom() {
    let mut world = World::of(40);
    let memory = world.remember(at(10, 9));
    // Stories above leave: that moves nobody.
    for key in ["1", "2", "3", "4", "5", "6"] {
        world.steps("Ana", at(11, 9), key, &[Step::Drop]);
    }
    world.move_to("Ben", at(11, 9), "9", 1);
    world.move_to("Ben", at(11, 9), "20", 4);
    world.move_to("Ben", at(11, 9), "36", 25);
    world.move_to("Ana", at(11, 9), "40", 1);
    let moved: Vec<String> = world.news(&memory);
    assert_eq!(moved, ["moved: WEB-20 moved up from 14 to 5 (Ben)"]);
}

#[test]
fn what_was_near_slips_and_a_guess_does_not() {
    let mut world = World::of(9);
    let guessed = world.remember(at(3, 9));
    assert_eq!(guessed.outlook, None);
    let mut product = Product::clone(world.backlog.product());
    product.iterations = Some(weekly());
    world.does("Ana", at(2, 9), &Change::Settings(Box::new(product)));
    assert_eq!(world.remember(at(3, 9)).outlook, None, "a guess");
    for (key, day) in [("1", 4), ("2", 11)] {
        world.steps("Ana", at(day, 9), key, &DELIVER);
        let story = world.id(key);
        world.does(
            "Ana",
            at(day, 10),
            &Change::Accept {
                story,
                reason: None,
            },
        );
    }
    // Five points a week: WEB-3 falls in iteration 3, WEB-4 in 4, WEB-9 in 9.
    let memory = world.remember(at(18, 9));
    let kept = |key: &str| memory.story(world.id(key)).unwrap().iteration;
    assert_eq!([kept("3"), kept("6"), kept("7")], [Some(3), Some(6), None]);
    world.add("Ben", at(19, 9), "Twice as much");
    world.move_to("Ben", at(19, 9), "10", 1);
    // It is iteration 4 now, and in the third nothing was accepted: a third less is done in a week.
    let slipped = world.news(&memory);
    let told: Vec<&str> = slipped
        .iter()
        .filter_map(|line| line.strip_prefix("forecast: "))
        .collect();
    assert_eq!(told[0], "WEB-3 slipped from iteration 3 to 7 (?)");
    assert!(
        told.last()
            .unwrap()
            .starts_with("all slipped from iteration 9 to "),
        "{told:?}"
    );
    // Iterations that are counted anew cannot be compared.
    let mut product = Product::clone(world.backlog.product());
    product.iterations = Some(Iterations::usual("2026-11-09".parse().unwrap()));
    world.does("Ana", at(20, 9), &Change::Settings(Box::new(product)));
    assert!(
        !world
            .news(&memory)
            .iter()
            .any(|line| line.contains("slipped"))
    );
}

/// A world with a problem and one piece of evidence.
fn with_problem() -> (World, ProblemId) {
    let mut world = World::of(2);
    let id = ProblemId::new(world.new_id());
    let new = NewProblem {
        id,
        title: Title::parse("Checkout takes too long").unwrap(),
        who: Line::default(),
        outcome: None,
    };
    world.does("Ana", at(2, 9), &Change::AddProblem(Box::new(new)));
    hear(&mut world, id, "Ben", 2, "Mia");
    (world, id)
}

fn hear(world: &mut World, problem: ProblemId, by: &str, day: u8, source: &str) {
    let edit = Box::new(ProblemEdit::Evidence {
        // Seen long before it was written down.
        date: "2026-10-01".parse().unwrap(),
        kind: Line::default(),
        source: Line::parse(source),
        text: Prose::parse("Gave up"),
        weight: Weight::clamped(2),
    });
    world.does(by, at(day, 9), &Change::EditProblem { problem, edit });
}

#[test]
fn new_evidence_is_what_was_not_there_and_voices_are_counted_once() {
    let (mut world, problem) = with_problem();
    let memory = world.remember(at(10, 9));
    for source in ["Mia", "mia", "Tom", "Jo"] {
        hear(&mut world, problem, "Ben", 11, source);
    }
    hear(&mut world, problem, "Ana", 11, "Eva");
    let edit = Box::new(ProblemEdit::State {
        state: Belief::Validated,
        reason: None,
    });
    world.does("Cem", at(12, 9), &Change::EditProblem { problem, edit });
    let expected = [
        "evidence: Checkout takes too long 3 voices (Ben)",
        "evidence: Checkout takes too long validated (Cem)",
    ];
    assert_eq!(world.news(&memory), expected);
    let without = World::of(2).remember(at(1, 10));
    assert_eq!(
        world.news(&without),
        Vec::<String>::new(),
        "Ana's own problem"
    );
    world.brought(2);
    assert_eq!(
        world.news(&without)[0],
        "new: Checkout takes too long new (?)"
    );
}

#[test]
fn a_benefit_is_news_on_the_day_it_falls_due() {
    let mut world = World::of(3);
    for key in ["1", "2", "3"] {
        world.steps("Ana", at(2, 9), key, &DELIVER);
        let story = world.id(key);
        world.does(
            "Ana",
            at(2, 10),
            &Change::Accept {
                story,
                reason: None,
            },
        );
    }
    for (key, day) in [
        ("1", "2026-11-10"),
        ("2", "2026-11-29"),
        ("3", "2026-11-30"),
    ] {
        let learning = Learning::Plan {
            when: day.parse().ok(),
            how: None,
        };
        let story = world.id(key);
        world.does("Ana", at(3, 9), &Change::Learn { story, learning });
    }
    let memory = world.remember(at(10, 9));
    let due = ["due: WEB-2 its benefit is due (?)"];
    assert_eq!(world.news(&memory), due);
    let learning = Learning::Result {
        result: Promise::Kept,
        note: None,
        number: None,
    };
    let story = world.id("2");
    world.does("Ben", at(29, 8), &Change::Learn { story, learning });
    assert_eq!(
        world.news(&memory),
        ["evidence: WEB-2 kept its promise (Ben)"]
    );
}

#[test]
fn for_any_day_journal_and_dates_tell_what_has_happened() {
    let (mut world, problem) = with_problem();
    let known = world.acts.len();
    world.steps("Ben", at(11, 9), "1", &DELIVER);
    world.edit("Ben", at(11, 9), "2", Edit::Estimate(None));
    hear(&mut world, problem, "Ben", 11, "Tom");
    let new = world.add("Cem", at(12, 9), "New");
    let comment = Change::Comment {
        story: new,
        text: Prose::parse("Why?"),
    };
    world.does("Ben", at(12, 9), &comment);
    let since = |world: &World, day: u8| {
        let memory = Memory::recalled(&world.backlog, &world.acts, at(day, 0), &TimeZone::UTC);
        world.lines(&world.since(&memory, None))
    };
    let expected = [
        "delivered: WEB-1 delivered (Ben)",
        "new: WEB-3 new (Cem)",
        "changed: WEB-2 changed: estimate (Ben)",
        "evidence: Checkout takes too long 1 voice (Ben)",
    ];
    assert_eq!(since(&world, 10), expected);
    assert_eq!(since(&world, 12), ["new: WEB-3 new (Cem)"]);
    assert_eq!(since(&world, 13), Vec::<String>::new());
    let expected = [
        "delivered: WEB-1 delivered (Ben)",
        "new: WEB-2 new (Ana)",
        "new: WEB-3 new (Cem)",
        "new: Checkout takes too long new (Ana)",
    ];
    assert_eq!(since(&world, 1), expected);
    // Without the journal the dates tell nearly all of it.
    world.brought(known);
    let expected = [
        "delivered: WEB-1 delivered (Ben)",
        "new: WEB-3 new (?)",
        "changed: WEB-2 changed (?)",
        "evidence: Checkout takes too long 1 voice (Ben)",
    ];
    assert_eq!(since(&world, 10), expected);
}

#[test]
fn a_memory_comes_back_from_its_file() {
    let (mut world, _) = with_problem();
    let mut product = Product::clone(world.backlog.product());
    product.iterations = Some(weekly());
    world.does("Ana", at(2, 9), &Change::Settings(Box::new(product)));
    world.steps("Ana", at(3, 9), "1", &DELIVER);
    let story = world.id("1");
    world.does(
        "Ana",
        at(4, 9),
        &Change::Accept {
            story,
            reason: None,
        },
    );
    let memory = world.remember(at(10, 9));
    assert!(memory.story(world.id("2")).unwrap().iteration.is_some());
    let text = serde_json::to_string(&memory).unwrap();
    assert_eq!(serde_json::from_str::<Memory>(&text).unwrap(), memory);
    for broken in [
        text.replace("\"format\":1", "\"format\":2"),
        text.replace(" i ", " q "),
        text.replace("\"stories\":[\"", "\"stories\":[\"zz"),
        "{}".to_owned(),
        "null".to_owned(),
    ] {
        assert!(serde_json::from_str::<Memory>(&broken).is_err(), "{broken}");
    }
}

#[test]
fn all_of_it_is_told_in_one_sentence() {
    let (mut world, problem) = with_problem();
    for number in 3..=8 {
        world.add("Ana", at(2, 9), &format!("Story {number}"));
    }
    world.steps("Ana", at(2, 9), "5", &DELIVER);
    let memory = world.remember(at(10, 9));
    let told = |world: &World| world.since(&memory, Some("Ana")).told(&world.backlog);
    assert_eq!(told(&world), None);
    world.steps("Ben", at(11, 9), "1", &DELIVER);
    assert_eq!(told(&world).unwrap(), "WEB-1 was delivered");
    world.steps("Ben", at(11, 9), "2", &DELIVER);
    world.steps("Ben", at(11, 9), "5", &[Step::Undeliver]);
    hear(&mut world, problem, "Ben", 11, "Tom");
    hear(&mut world, problem, "Ben", 11, "Jo");
    assert_eq!(
        told(&world).unwrap(),
        "2 delivered (WEB-1, WEB-2), WEB-5 came back, 2 voices for “Checkout takes too long”"
    );
    for key in ["3", "4"] {
        world.steps("Ben", at(11, 9), key, &DELIVER);
    }
    world.edit("Ben", at(12, 9), "6", Edit::Estimate(None));
    world.steps("Ben", at(12, 9), "6", &[Step::Agree]);
    world.edit(
        "Ben",
        at(12, 9),
        "7",
        Edit::Questions(vec![Question::new("Why?")]),
    );
    world.add("Ben", at(12, 9), "New");
    world.move_to("Ben", at(12, 9), "8", 1);
    assert_eq!(
        told(&world).unwrap(),
        "4 delivered (WEB-1, WEB-2, WEB-3, …), WEB-5 came back, a question on WEB-7, 1 new story, \
         WEB-6 is agreed, WEB-8 moved up from 8 to 1, and 1 more"
    );
}

#[test]
fn settings_that_others_changed_are_news_in_one_line() {
    let mut world = World::of(2);
    let memory = world.remember(at(10, 9));
    let set = |world: &mut World, by: &str, setting: Setting, to: &str| {
        let deed = Deed::Set(vec![to.to_owned()]);
        let product = setting.after(world.backlog.product(), &deed, at(11, 9));
        let change = Change::Settings(Box::new(product.unwrap()));
        world.does(by, at(11, 9), &change);
    };
    set(&mut world, "Ana", Setting::Personas, "guest");
    assert_eq!(world.news(&memory), Vec::<String>::new());
    set(&mut world, "Ben", Setting::Done, "Shown to a user");
    set(&mut world, "Ben", Setting::ReadyCriteria, "2");
    set(&mut world, "Ben", Setting::ReadyBenefit, "yes");
    let told = "the definition of ready and the definition of done changed";
    let line = "settings: all changed: the definition of ready, the definition of done (Ben)";
    assert_eq!(world.news(&memory), [line]);
    let since = world.since(&memory, Some("Ana"));
    assert_eq!(since.told(&world.backlog).unwrap(), told);
    // A day without a memory is put together from the journal.
    let recalled = Memory::recalled(&world.backlog, &world.acts, at(10, 9), &TimeZone::UTC);
    assert_eq!(world.news(&recalled), [line]);
    // Files that were brought say the same, but not who; nor is it known then that one is Ana's own.
    world.brought(2);
    let brought =
        "settings: all changed: the personas, the definition of ready, the definition of done (?)";
    assert_eq!(world.news(&memory), [brought]);
}

#[test]
fn what_is_gone_is_told_by_the_name_it_had() {
    let (mut world, problem) = with_problem();
    world.add("Ana", at(1, 9), "Story 3");
    let memory = world.remember(at(10, 9));
    let (first, third) = (world.id("1"), world.id("3"));
    world.backlog.adopt_all(vec![(first, None)]);
    world.backlog.adopt_problems(vec![(problem, None)]);
    let gone = [
        "deleted: WEB-1 Story 1 deleted (?)",
        "deleted: Checkout takes too long deleted (?)",
    ];
    assert_eq!(world.news(&memory), gone);
    let since = world.since(&memory, Some("Ana"));
    assert_eq!(since.told(&world.backlog).unwrap(), "2 deleted");
    // It may lie in a file that cannot be read.
    world.is_whole = false;
    assert_eq!(world.news(&memory), Vec::<String>::new());
    world.is_whole = true;
    // The journal knows who, and the user's own doing is no news.
    let before = world.backlog.story(third).cloned();
    world.backlog.adopt_all(vec![(third, None)]);
    for (by, count) in [("Ben", 3), ("Ana", 2)] {
        let after = None;
        let (before, by) = (before.clone(), Line::parse(by));
        let mut act = world.acts.last().unwrap().clone();
        (act.at, act.by) = (at(11, 9), by);
        act.deltas = vec![Delta::Story { before, after }];
        let mut other = World::of(0);
        other.backlog = world.backlog.clone();
        other.acts = vec![act];
        let news = other.news(&memory);
        assert_eq!(news.len(), count, "{news:?}");
        let told = news.contains(&"deleted: WEB-3 Story 3 deleted (Ben)".to_owned());
        assert_eq!(told, count == 3, "{news:?}");
    }
}

#[test]
fn an_older_memory_is_read_and_makes_no_news_of_what_it_did_not_hold() {
    let (mut world, problem) = with_problem();
    let memory = world.remember(at(10, 9));
    let mut kept: serde_json::Value = serde_json::to_value(&memory).unwrap();
    kept.as_object_mut().unwrap().remove("settings");
    for (lines, words) in [("stories", 8), ("problems", 3)] {
        for line in kept[lines].as_array_mut().unwrap() {
            let old: Vec<&str> = line.as_str().unwrap().split(' ').take(words).collect();
            *line = old.join(" ").into();
        }
    }
    let older: Memory = serde_json::from_value(kept).unwrap();
    assert_eq!(world.news(&older), Vec::<String>::new());
    let mut product = Product::clone(world.backlog.product());
    product.done = vec![Line::parse("Shown to a user")];
    let change = Change::Settings(Box::new(product));
    world.does("Ben", at(11, 9), &change);
    assert_eq!(world.news(&older), Vec::<String>::new());
    let first = world.id("1");
    world.backlog.adopt_all(vec![(first, None)]);
    world.backlog.adopt_problems(vec![(problem, None)]);
    let gone = [
        "deleted: A story deleted (?)",
        "deleted: A problem deleted (?)",
    ];
    assert_eq!(world.news(&older), gone);
}

#[test]
fn many_of_one_act_are_one_line_and_of_many_that_slipped_the_first_is_named() {
    let world = World::of(2);
    let memory = world.remember(at(10, 9));
    let lines = |since: Since| {
        let line = |news: &News| format!("{}: {}", news.title(&world.backlog), news.what.words());
        since.gathered().news.iter().map(line).collect::<Vec<_>>()
    };
    let new = |count: usize, by: &str| News {
        about: About::Story(StoryId::new(Uuid::from_u128(count as u128))),
        what: What::Added,
        at: Some(at(11, 9)),
        by: Some(Line::parse(by)),
    };
    let slipped = |number: u32, to: i32| News {
        about: About::Story(world.id(&format!("{number}"))),
        what: What::Slipped {
            from: 2,
            to: Some(to),
        },
        at: None,
        by: None,
    };
    let since = |news: Vec<News>| Since {
        at: memory.at,
        news,
    };
    let mut many: Vec<News> = (0..6).map(|count| new(count, "Ben")).collect();
    many.extend((6..11).map(|count| new(count, "Mia")));
    let mut expected = vec!["6 new stories: added".to_owned()];
    expected.extend(vec![": new".to_owned(); 5]);
    assert_eq!(lines(since(many)), expected);
    let mut many = vec![slipped(1, 3)];
    many.extend((0..6).map(|_| slipped(2, 4)));
    let first = "Story 1: slipped from iteration 2 to 3";
    let rest = "and 6 more: slipped by 2 iterations";
    assert_eq!(lines(since(many.clone())), [first, rest]);
    many.push(slipped(2, 3));
    let rest = "and 7 more: slipped by 1 to 2 iterations";
    assert_eq!(lines(since(many)), [first, rest]);
}
