//! The thread: outcomes, problems with their evidence, the stories that solve them, and what became of the benefit.

use std::sync::Arc;

use backstory::model::{
    Act, Backlog, Belief, Change, Delta, Edit, Evidence, Kind, Learning, Line, NewProblem,
    OutcomeId, Points, Problem, ProblemEdit, ProblemId, Product, ProductOutcome, Promise, Promises,
    Prose, Reason, Status, Step, StoryId, Title, Weight,
};
use backstory::ui::Input;
use jiff::civil::{Date, date};
use uuid::Uuid;

use crate::ledger::{Ledger, reason};
use crate::support::driver::Driver;
use crate::support::world::World;

const TODAY: Date = date(2026, 11, 23);

fn evidence(day: Date, source: &str, weight: u8) -> ProblemEdit {
    ProblemEdit::Evidence {
        date: day,
        kind: Line::parse("interview"),
        source: Line::parse(source),
        text: Prose::parse("Gave up at the address"),
        weight: Weight::clamped(weight),
    }
}

fn state(state: Belief, reason: Option<Reason>) -> ProblemEdit {
    ProblemEdit::State { state, reason }
}

fn edit(problem: ProblemId, edit: ProblemEdit) -> Change {
    let edit = Box::new(edit);
    Change::EditProblem { problem, edit }
}

fn learn(story: StoryId, learning: Learning) -> Change {
    Change::Learn { story, learning }
}

fn plan(day: Date) -> Learning {
    Learning::Plan {
        when: Some(day),
        how: Some(Prose::parse("Conversion of returning customers")),
    }
}

fn result(result: Promise) -> Learning {
    Learning::Result {
        result,
        note: None,
        number: Some(Line::parse("36 %")),
    }
}

fn accepted(ledger: &mut Ledger, title: &str) -> StoryId {
    let id = ledger.delivered(title, &[]);
    ledger.apply(Change::Accept {
        story: id,
        reason: None,
    });
    id
}

fn outcome(ledger: &mut Ledger, title: &str) -> OutcomeId {
    let id = OutcomeId::new(ledger.next_id());
    let mut product = Product::clone(ledger.backlog.product());
    let title = Title::parse(title).unwrap();
    product.outcomes.push(ProductOutcome::titled(id, title));
    ledger.apply(Change::Settings(Box::new(product)));
    id
}

#[test]
fn evidence_is_written_down_with_its_day_and_its_writer() {
    let mut ledger = Ledger::empty();
    let id = ledger.problem("Checkout is too long");
    ledger.edit_problem(id, evidence(date(2026, 11, 11), "Mia", 3));
    ledger.edit_problem(id, evidence(date(2026, 11, 1), "Tom", 2));
    let problem = ledger.backlog.problem(id).unwrap();
    assert_eq!((problem.impact(), problem.voices()), (5, 2));
    assert_eq!(problem.age(TODAY), Some(12));
    assert_eq!(problem.evidence[0].by.as_str(), "Ana");
    assert!(problem.updated > problem.created);
    let empty = ProblemEdit::Evidence {
        date: TODAY,
        kind: Line::default(),
        source: Line::default(),
        text: Prose::parse(" "),
        weight: Weight::clamped(1),
    };
    assert_eq!(
        ledger.refusal(edit(id, empty)),
        "Evidence needs words. Type what was seen or heard."
    );
}

#[test]
fn evidence_of_a_day_to_come_is_refused_and_an_old_one_can_still_be_mended() {
    let mut ledger = Ledger::empty();
    let id = ledger.problem("Checkout is too long");
    let refusal = |ledger: &mut Ledger, day| ledger.refusal(edit(id, evidence(day, "Mia", 3)));
    assert_eq!(
        refusal(&mut ledger, date(2027, 11, 20)),
        "2027-11-20 is still to come. Evidence is of a day on which something was seen or heard."
    );
    // Where the sun rises earlier it is tomorrow already.
    ledger.edit_problem(id, evidence(date(2026, 11, 21), "Mia", 3));
    refusal(&mut ledger, date(2026, 11, 22));
    let old = ledger.backlog.problem(id).unwrap().evidence[0].clone();
    let anew = |date| {
        let new = Some(Box::new(Evidence {
            date,
            ..old.clone()
        }));
        edit(
            id,
            ProblemEdit::EvidenceAnew {
                old: Box::new(old.clone()),
                new,
            },
        )
    };
    assert!(
        ledger
            .refusal(anew(date(2026, 12, 24)))
            .contains("still to come")
    );
    ledger.apply(anew(date(2026, 11, 3)));
}

#[test]
fn a_problem_is_stale_when_nobody_has_spoken_of_it_for_as_long_as_the_product_says() {
    let mut ledger = Ledger::empty();
    let id = ledger.problem("Checkout is too long");
    ledger.edit_problem(id, evidence(date(2026, 10, 24), "Mia", 3));
    let is_stale = |ledger: &Ledger| {
        let problem = ledger.backlog.problem(id).unwrap();
        ledger.backlog.is_stale(problem, TODAY)
    };
    assert!(!is_stale(&ledger), "30 days");
    let mut product = Product::clone(ledger.backlog.product());
    product.freshness = 29_u64.try_into().unwrap();
    ledger.apply(Change::Settings(Box::new(product)));
    assert!(is_stale(&ledger));
}

#[test]
fn refuting_needs_a_reason_and_every_state_is_logged() {
    let mut ledger = Ledger::empty();
    let id = ledger.problem("Checkout is too long");
    assert_eq!(
        ledger.refusal(edit(id, state(Belief::Refuted, None))),
        "To refute \u{201c}Checkout is too long\u{201d} a reason is needed. Say what showed that it is no problem."
    );
    ledger.edit_problem(id, state(Belief::Validated, None));
    ledger.edit_problem(
        id,
        state(Belief::Refuted, Some(reason("4 of 5 did not mind"))),
    );
    ledger.edit_problem(id, state(Belief::Refuted, None.or(Some(reason("5 of 5")))));
    let problem = ledger.backlog.problem(id).unwrap();
    let log: Vec<(Belief, Option<&str>)> = problem
        .log
        .iter()
        .map(|entry| (entry.state, entry.reason.as_deref()))
        .collect();
    assert_eq!(
        log,
        [
            (Belief::Validated, None),
            (Belief::Refuted, Some("4 of 5 did not mind")),
            (Belief::Refuted, Some("5 of 5")),
        ]
    );
    assert_eq!(problem.reason().unwrap().as_str(), "5 of 5");
}

#[test]
fn an_assumption_is_tested_once_and_its_result_is_told_later() {
    let mut ledger = Ledger::empty();
    let id = ledger.problem("Checkout is too long");
    let test = |assumption: &str, how: Option<&str>, result: Option<&str>| ProblemEdit::Test {
        assumption: Line::parse(assumption),
        how: how.map(Prose::parse),
        result: result.map(Prose::parse),
    };
    ledger.edit_problem(id, test("They have a card saved", Some("Count"), None));
    ledger.edit_problem(id, test("they have a card  saved", None, Some("61 %")));
    let problem = ledger.backlog.problem(id).unwrap();
    assert_eq!(problem.tests.len(), 1);
    assert_eq!(problem.tests[0].how.as_str(), "Count");
    assert_eq!(problem.tests[0].result.as_str(), "61 %");
    assert!(
        ledger
            .refusal(edit(id, test("", None, None)))
            .starts_with("An assumption needs words.")
    );
}

#[test]
fn a_problem_serves_an_outcome_that_is_there() {
    let mut ledger = Ledger::empty();
    let id = ledger.problem("Checkout is too long");
    let nowhere = OutcomeId::new(Uuid::from_u128(9));
    let refusal = ledger.refusal(edit(id, ProblemEdit::Outcome(Some(nowhere))));
    assert!(
        refusal.starts_with("There is no outcome `0000"),
        "{refusal}"
    );
    let outcome = outcome(&mut ledger, "More people finish");
    ledger.edit_problem(id, ProblemEdit::Outcome(Some(outcome)));
    assert_eq!(ledger.backlog.problem(id).unwrap().outcome, Some(outcome));
    let gone = ProblemId::new(Uuid::from_u128(9));
    let refusal = ledger.refusal(edit(gone, ProblemEdit::Outcome(None)));
    assert!(
        refusal.starts_with("There is no problem `0000"),
        "{refusal}"
    );
}

#[test]
fn a_problem_that_is_deleted_leaves_its_stories_and_comes_back_with_its_links() {
    let mut ledger = Ledger::empty();
    let problem = ledger.problem("Checkout is too long");
    let open = ledger.add("Pay");
    ledger.edit(open, Edit::Problem(Some(problem)));
    let done = ledger.delivered("Return", &[]);
    ledger.edit(done, Edit::Problem(Some(problem)));
    ledger.apply(Change::Accept {
        story: done,
        reason: None,
    });
    let act = ledger.perform(&[Change::RemoveProblem(problem)]).unwrap();
    assert!(ledger.backlog.problem(problem).is_none());
    let linked = |ledger: &Ledger| [open, done].map(|id| ledger.backlog.story(id).unwrap().problem);
    assert_eq!(linked(&ledger), [None, None]);
    assert!(
        ledger
            .refusal(Change::RemoveProblem(problem))
            .starts_with("There is no problem")
    );
    let deltas = act
        .unwrap()
        .deltas
        .iter()
        .rev()
        .map(Delta::inverse)
        .collect();
    ledger.apply(Change::Restore(deltas));
    assert!(ledger.backlog.problem(problem).is_some());
    assert_eq!(linked(&ledger), [Some(problem), Some(problem)]);
    assert_eq!(ledger.backlog.stories_of(problem).count(), 2);
}

#[test]
fn a_problem_is_named_by_words_of_its_title_or_by_a_part_of_its_id() {
    let mut ledger = Ledger::empty();
    let long = ledger.problem("Checkout is too long");
    let vague = ledger.problem("Checkout");
    let café = ledger.problem("The Café facade");
    let find = |name: &str| {
        let found = ledger.backlog.find_problem(name);
        found
            .map(|problem| problem.id)
            .map_err(|refusal| refusal.to_string())
    };
    assert_eq!(find("LONG checkout"), Ok(long));
    assert_eq!(find(" checkout "), Ok(vague), "the whole title goes first");
    assert_eq!(find("cafe"), Ok(café));
    assert_eq!(find("facade"), Ok(café), "no part of an id");
    assert_eq!(find(&long.to_string()), Ok(long));
    let short = ledger.backlog.problem(vague).unwrap().short_id();
    assert_eq!(find(&short), Ok(vague));
    assert_eq!(
        find("check"),
        Err(format!(
            "`check` fits 2 problems: \u{201c}Checkout is too long\u{201d} ({}); \u{201c}Checkout\u{201d} ({short}). Use more words or a part of the id.",
            ledger.backlog.problem(long).unwrap().short_id()
        ))
    );
    assert!(find("").is_err() && find("returns").is_err());
}

#[test]
fn the_stories_of_a_problem_are_rolled_up() {
    let mut ledger = Ledger::empty();
    let problem = ledger.problem("Checkout is too long");
    let stories = ["a", "b", "c"].map(|title| ledger.add(title));
    for (story, points) in stories.into_iter().zip([3, 5, 8]) {
        ledger.edit(story, Edit::Problem(Some(problem)));
        ledger.edit(story, Edit::Estimate(Some(Points::whole(points))));
    }
    ledger.step(stories[2], Step::Drop);
    let rollup = ledger.backlog.rollup(problem);
    assert_eq!((rollup.open(), rollup.candidates()), (2, 2));
    assert_eq!(rollup.count(Status::Dropped), 1);
    assert_eq!(rollup.points, Points::whole(8));
    assert_eq!(rollup.accepted_points, Points::ZERO);
    ledger.edit(stories[0], Edit::Problem(None));
    assert_eq!(ledger.backlog.rollup(problem).open(), 1);
}

fn orphans(backlog: &Backlog) -> backstory::model::Orphans {
    backlog.orphans(TODAY)
}

#[test]
fn loose_ends_of_the_thread_are_found() {
    let mut ledger = Ledger::empty();
    let (story, other, chore) = (ledger.add("a"), ledger.add("b"), ledger.add("c"));
    ledger.kind(chore, Kind::Chore);
    let problem = ledger.problem("Checkout is too long");
    let found = orphans(&ledger.backlog);
    assert_eq!(found.stories, [story, other], "a chore needs no problem");
    assert_eq!(found.unsolved, [problem]);

    ledger.edit(story, Edit::Problem(Some(problem)));
    let found = orphans(&ledger.backlog);
    assert_eq!((found.stories, found.single), (vec![other], vec![problem]));

    ledger.edit(other, Edit::Problem(Some(problem)));
    assert!(orphans(&ledger.backlog).is_empty());

    ledger.edit_problem(problem, state(Belief::Refuted, Some(reason("No"))));
    let found = orphans(&ledger.backlog);
    let mut open = vec![story, other];
    open.sort();
    assert_eq!(found.refuted, [(problem, open)]);
    assert!(ledger.backlog.is_orphan(ledger.story(story), TODAY));
    for story in [story, other] {
        ledger.step(story, Step::Drop);
    }
    assert!(
        orphans(&ledger.backlog).is_empty(),
        "refuted, and nothing is built"
    );
}

#[test]
fn a_piece_of_evidence_is_told_anew_or_taken_away_and_nothing_else_changes() {
    let mut ledger = Ledger::empty();
    let id = ledger.problem("Checkout is too long");
    for (day, source) in [(1, "Mia"), (2, "Tom"), (3, "Mia")] {
        ledger.edit_problem(id, evidence(date(2026, 11, day), source, 3));
    }
    let before = ledger.backlog.problem(id).unwrap().evidence.clone();
    let anew = |old: &Evidence, new: Option<&Evidence>| ProblemEdit::EvidenceAnew {
        old: Box::new(old.clone()),
        new: new.cloned().map(Box::new),
    };
    let lighter = Evidence {
        weight: Weight::clamped(1),
        ..before[1].clone()
    };
    let change = edit(id, anew(&before[1], Some(&lighter)));
    let label = change.label(&ledger.backlog);
    assert_eq!(label, "edit evidence of the problem “Checkout is too long”");
    ledger.apply(change);
    let problem = ledger.backlog.problem(id).unwrap();
    assert_eq!(problem.impact(), 7);
    assert_eq!(
        problem.evidence,
        [before[0].clone(), lighter, before[2].clone()]
    );
    // Somebody else was quicker: what is no longer there is not written over.
    let stale = ledger.refusal(edit(id, anew(&before[1], None)));
    assert_eq!(
        stale,
        "The evidence of “Checkout is too long” is not as it was. Look at the problem again."
    );
    let wordless = Evidence {
        text: Prose::default(),
        ..before[0].clone()
    };
    let refused = ledger.refusal(edit(id, anew(&before[0], Some(&wordless))));
    assert!(refused.starts_with("Evidence needs words."), "{refused}");
    let change = edit(id, anew(&before[0], None));
    let label = change.label(&ledger.backlog);
    assert_eq!(
        label,
        "remove evidence of the problem “Checkout is too long”"
    );
    ledger.apply(change);
    assert_eq!(ledger.backlog.problem(id).unwrap().evidence.len(), 2);
    ledger.undo().unwrap();
    ledger.undo().unwrap();
    assert_eq!(ledger.backlog.problem(id).unwrap().evidence, before);
}

#[test]
fn an_assumption_is_reworded_with_its_test_or_taken_away() {
    let mut ledger = Ledger::empty();
    let id = ledger.problem("Checkout is too long");
    for words in ["They have a card", "They would pay"] {
        ledger.edit_problem(
            id,
            ProblemEdit::Test {
                assumption: Line::parse(words),
                how: Some(Prose::parse("Ask")),
                result: None,
            },
        );
    }
    let anew = |old: &str, new: Option<&str>| ProblemEdit::TestAnew {
        old: Line::parse(old),
        new: new.map(Line::parse),
    };
    ledger.edit_problem(id, anew("they would pay", Some("They would pay 2 €")));
    let problem = ledger.backlog.problem(id).unwrap();
    assert_eq!(problem.tests[1].assumption.as_str(), "They would pay 2 €");
    assert_eq!(problem.tests[1].how.as_str(), "Ask");
    assert_eq!(problem.assumption("card").unwrap(), &problem.tests[0]);
    for (old, new, said) in [
        (
            "They have a card",
            Some("they WOULD pay 2 €"),
            "is already there",
        ),
        ("They have a card", Some(" "), "An assumption needs words."),
        ("They fly", None, "There is not one assumption `They fly`."),
    ] {
        let refused = ledger.refusal(edit(id, anew(old, new)));
        assert!(refused.contains(said), "{refused}");
    }
    assert!(
        ledger
            .backlog
            .problem(id)
            .unwrap()
            .assumption("they")
            .is_err()
    );
    ledger.edit_problem(id, anew("They have a card", None));
    assert_eq!(ledger.backlog.problem(id).unwrap().tests.len(), 1);
    ledger.undo().unwrap();
    assert_eq!(ledger.backlog.problem(id).unwrap().tests.len(), 2);
}

#[test]
fn the_benefit_is_checked_when_a_story_is_accepted_and_not_before() {
    let mut ledger = Ledger::empty();
    let story = ledger.delivered("Pay", &[]);
    assert_eq!(
        ledger.refusal(learn(story, plan(TODAY))),
        "WEB-1 is delivered, not accepted. Its benefit can be checked once it is accepted."
    );
    // Accepted and planned in one act, as a person does it.
    let accept = Change::Accept {
        story,
        reason: None,
    };
    ledger
        .perform(&[accept, learn(story, plan(TODAY))])
        .unwrap();
    assert!(
        ledger
            .refusal(Change::Edit {
                story,
                edit: Edit::Epic(Line::parse("x")),
            })
            .contains("stays as it is")
    );
    assert_eq!(ledger.backlog.learn_queue(date(2026, 11, 22)), []);
    assert_eq!(ledger.backlog.learn_queue(TODAY), [story]);
    ledger.apply(learn(story, result(Promise::Kept)));
    assert_eq!(ledger.backlog.learn_queue(TODAY), []);
    let check = ledger.story(story).check.clone().unwrap();
    assert_eq!(check.result, Some(Promise::Kept));
    assert_eq!((check.number.as_str(), check.by.as_str()), ("36 %", "Ana"));
    assert_eq!(check.how.as_str(), "Conversion of returning customers");
    // Looking once more opens the question again.
    ledger.apply(learn(story, plan(date(2027, 1, 1))));
    let check = ledger.story(story).check.clone().unwrap();
    assert_eq!((check.result, check.number.as_str()), (None, ""));
    ledger.undo().unwrap();
    assert_eq!(
        ledger.story(story).check.clone().unwrap().result,
        Some(Promise::Kept)
    );
}

#[test]
fn a_story_that_is_reopened_leaves_the_queue_and_keeps_its_plan() {
    let mut ledger = Ledger::empty();
    let story = accepted(&mut ledger, "Pay");
    ledger.apply(learn(story, plan(TODAY)));
    ledger.step(story, Step::Reopen);
    assert_eq!(ledger.backlog.learn_queue(TODAY), []);
    assert!(ledger.story(story).check.is_some());
}

#[test]
fn an_outcome_counts_the_promises_of_its_stories() {
    let mut ledger = Ledger::empty();
    let outcome = outcome(&mut ledger, "More people finish");
    let problem = ledger.problem("Checkout is too long");
    ledger.edit_problem(problem, ProblemEdit::Outcome(Some(outcome)));
    let mut stories = Vec::new();
    for title in ["a", "b", "c", "d"] {
        let id = ledger.delivered(title, &[]);
        ledger.edit(id, Edit::Problem(Some(problem)));
        ledger.apply(Change::Accept {
            story: id,
            reason: None,
        });
        stories.push(id);
    }
    assert_eq!(orphans(&ledger.backlog).unchecked, stories);
    for (story, promise) in stories.iter().zip(Promise::ALL) {
        ledger.apply(learn(*story, result(promise)));
    }
    let all = Promises {
        accepted: 4,
        kept: 1,
        missed: 1,
        unknown: 1,
    };
    assert_eq!(ledger.backlog.promises(outcome), all);
    assert_eq!(orphans(&ledger.backlog).unchecked, [stories[3]]);
    ledger.apply(learn(stories[3], plan(date(2027, 1, 1))));
    assert!(
        orphans(&ledger.backlog).unchecked.is_empty(),
        "somebody will"
    );
    let later = ledger.backlog.orphans(date(2027, 1, 2));
    assert_eq!(later.unchecked, [stories[3]], "nobody did");
}

/// A story of the sample with its problem on the screen, as a product with problems is opened.
fn on_screen() -> (World, Driver, ProblemId) {
    let mut world = World::sample();
    let id = ProblemId::new(Uuid::from_u128(6));
    world.apply(&Change::AddProblem(Box::new(NewProblem {
        id,
        title: Title::parse("Checkout is too long").unwrap(),
        who: Line::default(),
        outcome: None,
    })));
    for (day, source) in [(date(2026, 11, 8), "Mia"), (date(2026, 11, 1), "Tom")] {
        world.apply(&edit(id, evidence(day, source, 2)));
    }
    let story = world.id("WEB-1");
    world.edit(story, Edit::Problem(Some(id)));
    let mut driver = Driver::on(&world.backlog);
    driver.input(Input::Problems(states(&world)));
    (world, driver, id)
}

fn states(world: &World) -> Vec<(ProblemId, Option<Arc<Problem>>)> {
    let problems = world.backlog.problems().into_iter();
    problems.map(|p| (p.id, Some(Arc::clone(p)))).collect()
}

#[test]
fn a_story_on_the_screen_tells_its_problem_and_how_fresh_it_is() {
    let (mut world, mut driver, id) = on_screen();
    driver.expect("Problem    Checkout is too long");
    driver.expect("2 voices · 12 days");
    let title = ProblemEdit::Title(Title::parse("Paying is too long").unwrap());
    world.apply(&edit(id, title));
    driver.input(Input::Problems(states(&world)));
    driver.expect("Problem    Paying is too long");
    driver.press("j").expect_no("Problem    ");
    driver.press("k").input(Input::Problems(vec![(id, None)]));
    driver.expect_no("Problem    ");
}

#[test]
fn a_problem_with_a_long_title_keeps_its_freshness_in_a_narrow_window() {
    let (mut world, mut driver, id) = on_screen();
    let long = "Checkout takes much too long for everybody who has no card at hand ".repeat(2);
    let title = ProblemEdit::Title(Title::parse(&long).unwrap());
    world.apply(&edit(id, title));
    driver.input(Input::Problems(states(&world)));
    driver
        .expect("Problem    Checkout takes much too")
        .expect("2 voices · 12 days");
}

#[test]
fn what_was_done_to_a_problem_elsewhere_is_taken_back_on_the_screen() {
    let mut ledger = Ledger::empty();
    let story = ledger.add("Pay");
    let problem = ledger.problem("Checkout is too long");
    ledger.edit(story, Edit::Problem(Some(problem)));
    let heard = edit(problem, evidence(date(2026, 11, 8), "Mia", 2));
    let act = ledger.perform(&[heard]).unwrap().unwrap();
    let mut driver = Driver::on(&ledger.backlog);
    let known = Arc::clone(ledger.backlog.problem(problem).unwrap());
    driver.input(Input::Problems(vec![(problem, Some(known))]));
    driver.input(Input::History(vec![Act::clone(&act)]));
    driver.expect("1 voice · 12 days");
    driver.press("u").expect("no evidence");
    assert!(
        driver
            .backlog()
            .problem(problem)
            .unwrap()
            .evidence
            .is_empty()
    );
    driver.press("U").expect("1 voice · 12 days");
}
