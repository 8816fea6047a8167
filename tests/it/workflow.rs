//! What each step of the workflow needs, what it leaves behind, and how it says no.

use backstory::model::{
    Agreement, Backlog, Change, Critic, Draft, Edit, Faults, Kind, Line, NewStory, Place, Points,
    Product, Prose, Question, Status, Step, Story, StoryId, Title,
};

use crate::ledger::{Ledger, reason, stepping};

/// A story that can be agreed.
fn agreeable(ledger: &mut Ledger) -> StoryId {
    let id = ledger.add("Pay");
    ledger.criteria(id, &["It works"]);
    id
}

fn asks(ledger: &mut Ledger, change: impl FnOnce(&mut Product)) {
    let mut product = Product::clone(ledger.backlog.product());
    change(&mut product);
    ledger.apply(Change::Settings(Box::new(product)));
}

#[track_caller]
fn answers(ledger: &mut Ledger, story: StoryId, step: Step, sentence: &str) {
    let asked = ledger.backlog.may(story, step).unwrap_err().to_string();
    assert_eq!(asked, sentence);
    assert_eq!(
        ledger.refusal(stepping(story, step)),
        sentence,
        "asking and doing answer alike"
    );
}

#[test]
fn a_story_goes_from_idea_to_delivered_and_each_step_is_kept() {
    let mut ledger = Ledger::empty();
    let id = agreeable(&mut ledger);
    for step in [Step::Agree, Step::Start, Step::Deliver] {
        ledger.step(id, step);
    }
    let story = ledger.story(id);
    let log: Vec<Status> = story.log.iter().map(|entry| entry.status).collect();
    assert_eq!(log, [Status::Ready, Status::Started, Status::Delivered]);
    assert!(story.log.is_sorted_by_key(|entry| entry.at));
    assert!(story.log.iter().all(|entry| entry.by.as_str() == "Ana"));
    assert_eq!(story.since(), story.log.last().map(|entry| entry.at));
    assert_eq!(story.updated, story.log.last().unwrap().at);
}

#[test]
fn may_and_apply_answer_alike_for_every_status_and_step() {
    for status in Status::ALL {
        for step in Step::ALL {
            let mut ledger = Ledger::empty();
            let mut draft = Draft::titled(Title::parse("Pay").unwrap());
            draft.status = status;
            draft.criteria = vec![Prose::parse("It works")];
            let (id, place) = (StoryId::new(ledger.next_id()), Place::Top);
            ledger.apply(Change::Add(Box::new(NewStory { id, draft, place })));
            let may = ledger.backlog.may(id, step);
            let change = Change::Step {
                story: id,
                step,
                reason: Some(reason("because")),
            };
            match (may, ledger.perform(&[change])) {
                (Ok(to), Ok(_)) => assert_eq!(ledger.status(id), to, "{status} {step}"),
                (Err(asked), Err(done)) => assert_eq!(asked, done, "{status} {step}"),
                (asked, done) => panic!("{status} {step}: {asked:?}, but {done:?}"),
            }
        }
    }
}

#[test]
fn a_step_that_leads_nowhere_names_those_that_do() {
    let mut ledger = Ledger::empty();
    let id = agreeable(&mut ledger);
    answers(
        &mut ledger,
        id,
        Step::Deliver,
        "WEB-1 is idea; it cannot take the step deliver. From there it can: agree or drop.",
    );
}

#[test]
fn agreeing_asks_for_a_criterion_of_features_and_bugs_only() {
    for kind in Kind::ALL {
        let mut ledger = Ledger::empty();
        let id = ledger.add("Pay");
        ledger.kind(id, kind);
        if matches!(kind, Kind::Feature | Kind::Bug) {
            let sentence = "WEB-1 has no acceptance criterion. Add one first (e).";
            answers(&mut ledger, id, Step::Agree, sentence);
        } else {
            ledger.step(id, Step::Agree);
            assert_eq!(ledger.status(id), Status::Ready);
        }
    }
}

#[test]
fn agreeing_asks_for_answers() {
    let mut ledger = Ledger::empty();
    let id = agreeable(&mut ledger);
    let question = Question::new("Which cards?");
    let two = vec![question.clone(), Question::new("Which countries?")];
    ledger.edit(id, Edit::Questions(two));
    let sentence = "WEB-1 has 2 unanswered questions. Answer them first (e).";
    answers(&mut ledger, id, Step::Agree, sentence);
    ledger.edit(id, Edit::Questions(vec![question]));
    let sentence = "WEB-1 has an unanswered question. Answer it first (e).";
    answers(&mut ledger, id, Step::Agree, sentence);
    let mut answered = ledger.story(id).questions.clone();
    answered[0].answer = Prose::parse("Visa.");
    ledger.edit(id, Edit::Questions(answered));
    ledger.step(id, Step::Agree);
}

#[test]
fn who_gives_no_estimates_is_not_asked_for_one() {
    let mut ledger = Ledger::empty();
    let id = agreeable(&mut ledger);
    // Two people may have decided the one and the other.
    asks(&mut ledger, |product| {
        product.ready.estimate = true;
        product.scale = Vec::new();
    });
    assert_eq!(ledger.backlog.may(id, Step::Agree), Ok(Status::Ready));
}

#[test]
fn agreeing_asks_for_what_the_product_asks_for() {
    let mut ledger = Ledger::empty();
    let id = agreeable(&mut ledger);
    asks(&mut ledger, |product| {
        product.ready.criteria = 2;
        product.ready.benefit = true;
        product.ready.estimate = true;
    });
    let sentence = "WEB-1 is not ready yet: it needs one more acceptance criterion, a benefit and an estimate.";
    answers(&mut ledger, id, Step::Agree, sentence);
    ledger.edit(id, Edit::Benefit(Line::parse("speed")));
    let sentence =
        "WEB-1 is not ready yet: it needs one more acceptance criterion and an estimate.";
    answers(&mut ledger, id, Step::Agree, sentence);
    ledger.criteria(id, &["It works", "It is fast"]);
    let sentence = "WEB-1 has no estimate. Estimate it first (.).";
    answers(&mut ledger, id, Step::Agree, sentence);
    ledger.edit(id, Edit::Estimate(Some(Points::whole(3))));
    asks(&mut ledger, |product| product.ready.benefit = false);
    ledger.edit(id, Edit::Benefit(Line::parse("")));
    asks(&mut ledger, |product| {
        product.ready.benefit = true;
        product.ready.criteria = 3;
        product.ready.estimate = false;
    });
    ledger.edit(id, Edit::Benefit(Line::parse("speed")));
    let sentence = "WEB-1 needs 3 acceptance criteria. Add what is missing first (e).";
    answers(&mut ledger, id, Step::Agree, sentence);
    ledger.criteria(id, &["It works", "It is fast", "It is kept"]);
    ledger.edit(id, Edit::Benefit(Line::parse("")));
    let sentence = "WEB-1 says nothing of its benefit. Write what it is for first (e).";
    answers(&mut ledger, id, Step::Agree, sentence);
    ledger.edit(id, Edit::Benefit(Line::parse("speed")));
    ledger.step(id, Step::Agree);
}

#[test]
fn agreeing_asks_for_a_problem_and_for_ticked_lines() {
    let mut ledger = Ledger::empty();
    let id = agreeable(&mut ledger);
    let line = Line::parse("Sketch seen by two users");
    asks(&mut ledger, |product| {
        product.ready.problem = true;
        product.ready.lines = vec![line.clone()];
    });
    let sentence = "WEB-1 is not ready yet: it needs a problem that it solves and “Sketch seen by two users” ticked.";
    answers(&mut ledger, id, Step::Agree, sentence);
    let ticked = |ticked| Edit::Ready {
        line: line.clone(),
        ticked,
    };
    ledger.edit(id, ticked(true));
    let sentence = "WEB-1 solves no problem yet. Say which one first (P).";
    answers(&mut ledger, id, Step::Agree, sentence);
    asks(&mut ledger, |product| product.ready.problem = false);
    ledger.edit(id, ticked(false));
    let sentence =
        "WEB-1 is not ready: “Sketch seen by two users” is not ticked. Tick it first (s).";
    answers(&mut ledger, id, Step::Agree, sentence);
    ledger.edit(id, ticked(true));
    ledger.step(id, Step::Agree);
    let unknown = Change::Edit {
        story: id,
        edit: Edit::Ready {
            line: Line::parse("Sung"),
            ticked: true,
        },
    };
    let refused = ledger.refusal(unknown);
    assert!(refused.starts_with("WEB-1 has no line “Sung” in its definition of ready."));
}

/// Finds as many defects in every story as its title has letters `x`.
#[derive(Debug)]
struct Strict;

impl Critic for Strict {
    fn faults(&self, story: &std::sync::Arc<Story>, _: &Backlog) -> Faults {
        Faults {
            defects: story.title.matches('x').count(),
            warnings: 7,
        }
    }
}

#[test]
fn agreeing_asks_the_critic_where_the_product_wants_no_defect() {
    let mut ledger = Ledger::empty();
    let id = agreeable(&mut ledger);
    let title = |title| Edit::Title(Title::parse(title).unwrap());
    ledger.edit(id, title("Pay with x"));
    ledger.backlog.heed(std::sync::Arc::new(Strict));
    asks(&mut ledger, |product| product.ready.sound = true);
    let sentence = "WEB-1 has a defect. Mend it first, or settle it (!).";
    answers(&mut ledger, id, Step::Agree, sentence);
    ledger.edit(id, title("Pay with xx"));
    let sentence = "WEB-1 has 2 defects. Mend them first, or settle them (!).";
    answers(&mut ledger, id, Step::Agree, sentence);
    ledger.edit(id, title("Pay with y"));
    ledger.step(id, Step::Agree);
}

#[test]
fn dropping_and_reopening_need_a_reason_that_is_kept() {
    let mut ledger = Ledger::empty();
    let id = agreeable(&mut ledger);
    let step = Step::Drop;
    let without = Change::Step {
        story: id,
        step,
        reason: None,
    };
    assert_eq!(
        ledger.refusal(without),
        "To drop WEB-1 a reason is needed. Say why."
    );
    ledger.step(id, Step::Drop);
    let kept = ledger.story(id).log.last().unwrap().reason.clone();
    assert_eq!(kept, Some(reason("because")));

    let id = ledger.delivered("Return", &[]);
    ledger.apply(Change::Accept {
        story: id,
        reason: None,
    });
    let without = Change::Step {
        story: id,
        step: Step::Reopen,
        reason: None,
    };
    assert!(ledger.refusal(without).contains("reopen WEB-2"));
    ledger.step(id, Step::Reopen);
    assert_eq!(ledger.status(id), Status::Delivered);
}

#[test]
fn a_dropped_story_leaves_the_backlog_and_comes_back_as_an_idea_at_its_place() {
    let mut ledger = Ledger::empty();
    let [_, b, _] = ["a", "b", "c"].map(|title| ledger.add(title));
    ledger.step(b, Step::Drop);
    assert_eq!(ledger.order(), "a c");
    assert_eq!(ledger.backlog.position(b), None);
    assert_eq!(ledger.backlog.closed().collect::<Vec<_>>(), [b]);
    let change = Change::Move {
        stories: vec![b],
        to: Place::Top,
    };
    assert_eq!(
        ledger.refusal(change),
        "WEB-2 is dropped and has no place in the backlog. Restore it first (s)."
    );
    ledger.step(b, Step::Restore);
    assert_eq!(ledger.order(), "a b c");
    assert_eq!(ledger.status(b), Status::Idea);
}

#[test]
fn no_step_and_no_edit_moves_a_story() {
    let mut ledger = Ledger::empty();
    let ids = ["a", "b", "c"].map(|title| ledger.add(title));
    ledger.criteria(ids[2], &["It works"]);
    for step in [Step::Agree, Step::Start, Step::Deliver] {
        ledger.step(ids[2], step);
    }
    ledger.apply(Change::Reject {
        story: ids[2],
        reason: Some(reason("no")),
    });
    ledger.edit(ids[1], Edit::Benefit(Line::parse("more")));
    ledger.apply(Change::Comment {
        story: ids[1],
        text: Prose::parse("Hm."),
    });
    assert_eq!(ledger.order(), "a b c");
}

#[test]
fn a_move_is_no_change_of_content() {
    let mut ledger = Ledger::empty();
    let [a, _] = ["a", "b"].map(|title| ledger.add(title));
    let before = ledger.story(a).updated;
    let change = Change::Move {
        stories: vec![a],
        to: Place::Bottom,
    };
    ledger.apply(change);
    assert_eq!(ledger.story(a).updated, before);
}

#[test]
fn agreeing_keeps_the_criteria_word_for_word() {
    let mut ledger = Ledger::empty();
    let id = ledger.add("Pay");
    ledger.criteria(id, &["It works", "It is fast"]);
    ledger.step(id, Step::Agree);
    let story = ledger.story(id);
    let agreed = story.agreed.clone().unwrap();
    assert_eq!(agreed.criteria, story.criteria);
    assert_eq!(agreed.at, story.log[0].at);
    assert_eq!(agreed.by.as_str(), "Ana");
}

#[test]
fn a_criterion_changed_or_added_since_it_was_agreed_shows_it() {
    let mut ledger = Ledger::empty();
    let id = ledger.add("Pay");
    ledger.criteria(id, &["It works", "It is fast"]);
    ledger.step(id, Step::Agree);
    ledger.step(id, Step::Start);
    ledger.reword(id, "c2", "It is very fast");
    let mut criteria = ledger.story(id).criteria.clone();
    criteria.push(backstory::model::Criterion::new("It is safe"));
    criteria.reverse();
    ledger.edit(id, Edit::Criteria(criteria));
    let story = ledger.story(id);
    let agreements: Vec<Agreement> = story
        .criteria
        .iter()
        .map(|criterion| criterion.agreement(story.agreed.as_ref()))
        .collect();
    let changed = Agreement::Changed { was: "It is fast" };
    assert_eq!(
        agreements,
        [Agreement::Added, changed, Agreement::Unchanged]
    );
}

#[test]
fn agreeing_again_keeps_the_newer_words() {
    let mut ledger = Ledger::empty();
    let id = agreeable(&mut ledger);
    ledger.step(id, Step::Agree);
    ledger.reword(id, "c1", "It works well");
    ledger.step(id, Step::Unready);
    assert_eq!(ledger.status(id), Status::Idea);
    ledger.step(id, Step::Agree);
    let story = ledger.story(id);
    assert_eq!(story.agreed.as_ref().unwrap().criteria, story.criteria);
}

#[test]
fn a_criterion_that_was_agreed_never_gives_its_id_to_another() {
    let mut ledger = Ledger::empty();
    let id = ledger.add("Pay");
    ledger.criteria(id, &["It works", "It is fast"]);
    ledger.step(id, Step::Agree);
    ledger.edit(id, Edit::Criteria(Vec::new()));
    ledger.criteria(id, &["It is safe"]);
    let story = ledger.story(id);
    assert_eq!(story.criteria[0].id, "c3");
    assert_eq!(
        story.criteria[0].agreement(story.agreed.as_ref()),
        Agreement::Added
    );
}

#[test]
fn an_accepted_story_stays_as_it_is() {
    let mut ledger = Ledger::empty();
    let id = ledger.delivered("Pay", &[]);
    ledger.apply(Change::Accept {
        story: id,
        reason: None,
    });
    let edit = Edit::Want(Line::parse("more"));
    let sentence = "WEB-1 is accepted and stays as it is. Reopen it first to change it (s).";
    assert_eq!(ledger.refusal(Change::Edit { story: id, edit }), sentence);
    assert_eq!(
        ledger.backlog.may_edit(id).unwrap_err().to_string(),
        sentence
    );
    assert!(ledger.story(id).accepted_at().is_some());
}

#[test]
fn the_problem_of_an_accepted_story_may_be_found_out_afterwards() {
    let mut ledger = Ledger::empty();
    let id = ledger.delivered("Pay", &[]);
    ledger.apply(Change::Accept {
        story: id,
        reason: None,
    });
    let before = ledger.story(id).clone();
    let problem = ledger.problem("Checkout takes too long");
    ledger.edit(id, Edit::Problem(Some(problem)));
    let after = ledger.story(id);
    assert_eq!(after.problem, Some(problem));
    assert_eq!(
        (after.status, &after.agreed, &after.reviews),
        (before.status, &before.agreed, &before.reviews)
    );
    assert_eq!(ledger.backlog.rollup(problem).count(Status::Accepted), 1);
    ledger.edit(id, Edit::Problem(None));
    assert_eq!(ledger.story(id).problem, None);
    ledger.undo().unwrap();
    assert_eq!(ledger.story(id).problem, Some(problem));
}

#[test]
fn an_edit_that_changes_nothing_is_no_act() {
    let mut ledger = Ledger::empty();
    let id = ledger.add("Pay");
    let edit = Edit::Title(Title::parse("Pay").unwrap());
    let act = ledger.perform(&[Change::Edit { story: id, edit }]);
    assert_eq!(act, Ok(None));
}

#[test]
fn blockers_block_until_they_are_closed() {
    let mut ledger = Ledger::empty();
    let [a, b] = ["a", "b"].map(|title| ledger.add(title));
    ledger.edit(a, Edit::BlockedBy(vec![b]));
    assert!(ledger.backlog.is_blocked(ledger.story(a)));
    assert!(ledger.backlog.waiting_for(b).eq([a]));
    ledger.step(b, Step::Drop);
    assert!(!ledger.backlog.is_blocked(ledger.story(a)));
    assert_eq!(ledger.backlog.waiting_for(b).count(), 0);
    ledger.step(b, Step::Restore);
    ledger.step(a, Step::Drop);
    assert_eq!(ledger.backlog.waiting_for(b).count(), 0);
}

#[test]
fn what_is_not_there_is_named() {
    let mut ledger = Ledger::empty();
    let id = StoryId::new(ledger.next_id());
    let sentence = ledger.refusal(stepping(id, Step::Agree));
    assert!(sentence.starts_with("There is no story"), "{sentence}");
    for key in ["WEB-9", "SHOP-1", "", "WEB-", "-1", "WEB-+1", "99999999999"] {
        assert!(ledger.backlog.find(key).is_err(), "{key}");
    }
}

#[test]
fn a_story_is_found_by_its_key_its_number_and_a_former_number() {
    let mut ledger = Ledger::empty();
    let id = ledger.add("Pay");
    let mut story = Story::clone(ledger.story(id));
    story.former_numbers = vec![7];
    ledger.backlog.adopt(id, Some(story.into()));
    for key in ["WEB-1", "web-1", "1", "#1", " WEB-1 ", "WEB-7", "7"] {
        assert_eq!(ledger.backlog.find(key).unwrap().id, id, "{key}");
    }
}
