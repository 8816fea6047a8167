//! The same file again: what changes, what stays, what is said.

use super::*;
use crate::exchange::{To, export};
use crate::model::{Change, Edit, Line, Place, Prose, Reason, Step, Title};

const FILE: &str = "Key,Title,Description,Acceptance Criteria,Estimate,Labels,Status\nA-1,Pay,why,one; two,3,x,To Do\nA-2,Ship,,,,,To Do\n";

fn edit(backlog: &mut Backlog, story: StoryId, edit: Edit) {
    backlog
        .apply(&Change::Edit { story, edit }, &stamp())
        .unwrap();
}

#[test]
fn the_same_file_again_changes_nothing() {
    for (format, text) in [
        (Format::Csv, FILE),
        (Format::Csv, "Title,Notes\nPay,x\n"),
        (Format::Text, "As a buyer, I want to pay.\nUS-1: Ship\n"),
    ] {
        let mut backlog = empty();
        let first = import(&mut backlog, format, text.as_bytes());
        let before = stories(&backlog).into_iter().cloned().collect::<Vec<_>>();
        let second = import(&mut backlog, format, text.as_bytes());
        assert_eq!(second.changes, [], "{text}");
        assert_eq!(counts(&second), [0, 0, first.imported, 0]);
        assert_eq!(stories(&backlog), before.iter().collect::<Vec<_>>());
    }
}

#[test]
fn only_what_changed_in_the_file_changes_here() {
    let mut backlog = from_csv(FILE);
    let [pay, ship] = [0, 1].map(|place| stories(&backlog)[place].id);
    edit(
        &mut backlog,
        pay,
        Edit::Title(Title::parse("Pay at once").unwrap()),
    );
    edit(&mut backlog, pay, Edit::Notes(Prose::parse("my words")));
    edit(&mut backlog, ship, Edit::Labels(vec![Line::parse("mine")]));
    backlog
        .apply(
            &Change::Move {
                stories: vec![ship],
                to: Place::Top,
            },
            &stamp(),
        )
        .unwrap();
    let changed = FILE.replace("one; two,3", "one; three; two,5");
    let plan = import(&mut backlog, Format::Csv, changed.as_bytes());
    assert_eq!(counts(&plan), [0, 1, 1, 0]);
    let [first, story] = stories(&backlog)[..] else {
        panic!("two stories")
    };
    assert_eq!((first.id, first.labels[0].as_str()), (ship, "mine"));
    assert_eq!(
        (story.title.as_str(), story.notes.as_str()),
        ("Pay at once", "my words")
    );
    assert_eq!(story.estimate.unwrap().to_string(), "5");
    assert_eq!(criteria(story), ["one", "three", "two"]);
    let ids: Vec<&str> = story
        .criteria
        .iter()
        .map(|criterion| criterion.id.as_str())
        .collect();
    assert_eq!(ids, ["c1", "c3", "c2"]);
    assert_eq!(
        import(&mut backlog, Format::Csv, changed.as_bytes()).changes,
        []
    );
    let emptied = changed.replace("A-1,Pay,why", "A-1,Pay,");
    assert_eq!(
        counts(&import(&mut backlog, Format::Csv, emptied.as_bytes())),
        [0, 1, 1, 0]
    );
    assert_eq!(stories(&backlog)[1].notes.as_str(), "");
}

#[test]
fn a_criterion_with_new_words_in_its_place_keeps_its_id() {
    let mut backlog = from_csv(FILE);
    import(
        &mut backlog,
        Format::Csv,
        FILE.replace("one; two", "one more; two").as_bytes(),
    );
    let story = stories(&backlog)[0];
    assert_eq!(criteria(story), ["one more", "two"]);
    assert_eq!(
        (story.criteria[0].id.as_str(), story.criteria[1].id.as_str()),
        ("c1", "c2")
    );
}

#[test]
fn a_status_is_never_set_back_but_told() {
    let mut backlog = from_csv(FILE);
    let story = stories(&backlog)[0].id;
    let step = Change::Step {
        story,
        step: Step::Agree,
        reason: None,
    };
    backlog.apply(&step, &stamp()).unwrap();
    let plan = import(&mut backlog, Format::Csv, FILE.as_bytes());
    assert_eq!(
        (plan.changes.len(), plan.notes),
        (0, vec!["WEB-1 stays ready; the file says idea.".to_owned()])
    );
}

#[test]
fn an_accepted_story_stays_as_it_is() {
    let text = FILE.replace("x,To Do", "x,Done");
    let mut backlog = from_csv(&text);
    let plan = import(
        &mut backlog,
        Format::Csv,
        text.replace("Pay", "Pay now").as_bytes(),
    );
    assert_eq!(counts(&plan), [0, 0, 2, 0]);
    assert_eq!(
        plan.notes,
        ["WEB-1 is accepted and stays as it is; the file says something else."]
    );
}

#[test]
fn stories_of_different_tools_with_the_same_id_are_different() {
    let mut backlog = from_csv("Id,Title,Current State\n1,Pay,unstarted\n");
    let plan = import(
        &mut backlog,
        Format::Csv,
        b"Id,Title,Work Item Type\n1,Ship,Task\n",
    );
    assert_eq!(counts(&plan), [1, 0, 0, 0]);
}

#[test]
fn new_comments_are_added_once() {
    let text = "Id,Title,Current State,Comment\n1,Pay,unstarted,\"Nice (Bo - May 6, 2014)\"\n";
    let mut backlog = from_csv(text);
    let more = text
        .replace("Comment\n", "Comment,Comment\n")
        .replace("2014)\"", "2014)\",\"More (Li - May 7, 2014)\"");
    assert_eq!(
        counts(&import(&mut backlog, Format::Csv, more.as_bytes())),
        [0, 1, 0, 0]
    );
    assert_eq!(
        stories(&backlog)[0].comments[1].text.as_str(),
        "Li, 2014-05-07: More"
    );
    assert_eq!(
        import(&mut backlog, Format::Csv, more.as_bytes()).changes,
        []
    );
}

#[test]
fn links_that_would_close_a_circle_are_left_out() {
    let text =
        "Key,Title,Status,Blocked by\nA,Pay,,B\nB,Ship,,\"C, A\"\nC,Print,,\nD,Done,Done,A\n";
    let mut backlog = empty();
    let plan = import(&mut backlog, Format::Csv, text.as_bytes());
    let [a, b, c, d] = stories(&backlog)[..] else {
        panic!("four stories")
    };
    assert_eq!(
        (&a.blocked_by[..], &b.blocked_by[..], d.blocked_by.len()),
        (&[b.id][..], &[c.id][..], 0)
    );
    let reasons: Vec<&str> = plan
        .lossy
        .iter()
        .map(|lossy| lossy.reason.as_str())
        .collect();
    assert_eq!(
        reasons,
        [
            "An accepted story waits for nothing.",
            "The stories would wait for each other."
        ]
    );
    assert_eq!(
        import(&mut backlog, Format::Csv, text.as_bytes()).changes,
        []
    );
    let turned = text.replace("A,Pay,,B", "A,Pay,,").replace("\"C, A\"", "A");
    assert_eq!(
        counts(&import(&mut backlog, Format::Csv, turned.as_bytes())),
        [0, 2, 2, 0]
    );
}

#[test]
fn our_own_export_updates_by_id_where_the_file_is_not_older() {
    let mut backlog = from_csv(FILE);
    let json = export(&stories(&backlog), &backlog, To::Json);
    assert_eq!(
        counts(&import(&mut backlog, Format::Json, json.as_bytes())),
        [0, 0, 2, 0]
    );
    let changed = json.replace("\"title\": \"Pay\"", "\"title\": \"Pay now\"");
    assert_eq!(
        counts(&import(&mut backlog, Format::Json, changed.as_bytes())),
        [0, 1, 1, 0]
    );
    assert_eq!(stories(&backlog)[0].title.as_str(), "Pay now");
    let story = stories(&backlog)[0].id;
    let later = Stamp::new("2026-12-01T09:00:00Z".parse().unwrap(), "Bo");
    let edit = Edit::Notes(Prose::parse("later"));
    backlog
        .apply(&Change::Edit { story, edit }, &later)
        .unwrap();
    let plan = import(&mut backlog, Format::Json, json.as_bytes());
    assert_eq!((counts(&plan), plan.changes.len()), ([0, 0, 2, 0], 0));
    assert_eq!(
        plan.notes,
        ["WEB-1 has changed here since the file was written and stays as it is."]
    );
}

#[test]
fn stories_of_another_product_come_last_in_their_own_order() {
    let mut other = from_csv("Title\nOne\nTwo\n");
    let ids = stories(&other)
        .iter()
        .map(|story| story.id)
        .collect::<Vec<_>>();
    other
        .apply(
            &Change::Move {
                stories: vec![ids[1]],
                to: Place::Top,
            },
            &stamp(),
        )
        .unwrap();
    let json = export(&stories(&other), &other, To::Json);
    let json = json
        .replace(&ids[0].to_string(), "019ab3c4-7c3e-7d5a-9b1e-2f6c1d0a8e4b")
        .replace(&ids[1].to_string(), "019ab3c4-7c3e-7d5a-9b1e-2f6c1d0a8e4c");
    let mut backlog = from_csv("Key,Title\n1,Zero\n");
    let plan = import(&mut backlog, Format::Json, json.as_bytes());
    let titles: Vec<&str> = stories(&backlog)
        .iter()
        .map(|story| story.title.as_str())
        .collect();
    assert_eq!(titles, ["Zero", "Two", "One"]);
    assert_eq!((plan.imported, plan.notes.len()), (2, 0));
}

#[test]
fn settings_come_along_only_into_a_product_that_has_none_of_its_own() {
    let mut source = empty();
    let mut product = Product::clone(source.product());
    product.done = vec![Line::parse("Help page")];
    product.name = Line::parse("Shop");
    source
        .apply(&Change::Settings(Box::new(product.clone())), &stamp())
        .unwrap();
    let json = export(&[], &source, To::Json);
    let mut backlog = empty();
    let plan = import(&mut backlog, Format::Json, json.as_bytes());
    assert_eq!(
        (&**backlog.product(), plan.notes[0].as_str()),
        (
            &product,
            "The product took its name and settings from the file: Shop (WEB)."
        )
    );
    let mut used = from_csv(FILE);
    let plan = import(&mut used, Format::Json, json.as_bytes());
    assert_eq!(
        plan.notes,
        ["The product keeps its own settings; the file's were left out."]
    );
}

#[test]
fn a_dropped_storys_reason_survives_the_way_out_and_in() {
    let mut backlog = from_csv(FILE);
    let story = stories(&backlog)[1].id;
    let reason = Some(Reason::parse("Nobody asked.").unwrap());
    backlog
        .apply(
            &Change::Step {
                story,
                step: Step::Drop,
                reason,
            },
            &stamp(),
        )
        .unwrap();
    let json = export(&stories(&backlog), &backlog, To::Json);
    let mut second = empty();
    import(&mut second, Format::Json, json.as_bytes());
    assert_eq!(stories(&second), stories(&backlog));
}

/// Inserts stories of a product with these titles, read from a file in which they stand the other way round.
fn brought_into(backlog: &mut Backlog, titles: &str) -> Plan {
    let mut other = from_csv(titles);
    let last = stories(&other).last().unwrap().id;
    let up = Change::Move {
        stories: vec![last],
        to: Place::Top,
    };
    other.apply(&up, &stamp()).unwrap();
    let json = export(&stories(&other), &other, To::Json);
    // Ids of their own: the ids of these tests count from 1 in every product.
    let json = json.replace("00000000-0000-0000-0000-", "019ab3c4-0000-7000-8000-");
    import(backlog, Format::Json, json.as_bytes())
}

#[test]
fn whole_stories_keep_their_numbers_whatever_their_order() {
    let mut backlog = empty();
    let plan = brought_into(&mut backlog, "Title\nOne\nTwo\nThree\n");
    let numbers: Vec<u32> = stories(&backlog).iter().map(|story| story.number).collect();
    assert_eq!(numbers, [3, 1, 2]);
    assert_eq!(plan.told_numbers(&backlog), None);
}

#[test]
fn only_those_whose_number_is_used_get_another_and_that_is_told() {
    let mut backlog = from_csv("Title\nMine\n");
    let plan = brought_into(&mut backlog, "Title\nOne\nTwo\nThree\n");
    let numbers: Vec<(u32, &[u32])> = stories(&backlog)
        .iter()
        .map(|story| (story.number, story.former_numbers.as_slice()))
        .collect();
    assert_eq!(numbers, [(1, &[][..]), (3, &[]), (4, &[1]), (2, &[])]);
    assert_eq!(
        plan.told_numbers(&backlog).unwrap(),
        "Numbers of the file that are used here already: 1 is WEB-4. These stories remember their old number."
    );
}
