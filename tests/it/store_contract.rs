//! The contract of `Store`, asked of every implementation.

use std::fs;

use backstory::model::{
    Belief, Change, Deed, Edit, Line, Points, ProblemEdit, Product, Prose, Reason, Setting, Story,
    Subject, Title,
};
use backstory::store::{Broken, MemoryStore, SaveError, Saved, Side, disk::Disk, resolved};

use crate::desk::{Desk, empty_product, heard, stamp, title};

/// A place several programs can open.
trait World {
    fn open(&self) -> Desk;
}

struct OnDisk(tempfile::TempDir);

impl World for OnDisk {
    fn open(&self) -> Desk {
        Desk::at(self.0.path(), Disk::default())
    }
}

struct InMemory(MemoryStore);

impl World for InMemory {
    fn open(&self) -> Desk {
        let (store, opened) = self.0.open();
        Desk::new(Box::new(store), opened)
    }
}

macro_rules! contract {
    ($($name:ident)*) => {
        mod on_disk {
            $(#[test] fn $name() { super::$name(&super::OnDisk(super::empty_product())); })*
        }
        mod in_memory {
            $(#[test] fn $name() {
                let product = super::Product::new("Webshop", None).unwrap();
                super::$name(&super::InMemory(super::MemoryStore::new(product, [])));
            })*
        }
    };
}

contract! {
    what_is_saved_is_there_for_the_next_who_opens
    settings_are_saved
    different_settings_of_two_programs_meet
    an_act_saved_twice_is_done_once
    changes_of_different_fields_of_one_story_meet
    the_same_field_changed_twice_is_a_conflict_and_can_be_resolved
    a_removal_against_an_edit_is_a_conflict
    new_stories_of_two_programs_get_different_numbers
    a_number_is_never_used_again
    whole_stories_keep_their_numbers_in_whatever_order_they_come
    a_whole_story_whose_number_is_used_gets_another_and_remembers_its_own
    stories_that_come_again_after_an_undo_have_their_numbers_again
    reload_tells_what_others_did_once
    reload_says_nothing_about_own_acts
    a_merged_act_can_be_undone
    undo_and_redo_survive_a_restart
    an_act_that_others_did_already_is_fine
    problems_are_saved_and_undone_with_their_stories
    changes_of_two_programs_to_one_problem_meet
    a_problems_title_changed_twice_is_a_conflict_of_the_problem
    a_removed_problem_that_others_changed_is_a_conflict
    reload_tells_of_problems_once
}

fn what_is_saved_is_there_for_the_next_who_opens(world: &dyn World) {
    let mut ana = world.open();
    let id = ana.added("Pay with a card");
    ana.added("Return a parcel");
    let act = ana.edit(id, Edit::Estimate(Some(Points::whole(3))));
    let saved = ana.save(&act).unwrap();
    assert!(!saved.merged);
    assert_eq!(saved.act, act);
    let later = world.open();
    assert_eq!(later.titles(), ["1 Pay with a card", "2 Return a parcel"]);
    assert_eq!(later.story(id), ana.story(id));
    assert_eq!(later.opened.highest_number, 2);
}

fn settings_are_saved(world: &dyn World) {
    let (mut ana, mut ben) = (world.open(), world.open());
    let mut product = Product::clone(ana.backlog.product());
    product.done = vec![Line::parse("help page")];
    let act = ana.perform("settings", &[Change::Settings(Box::new(product.clone()))]);
    ana.save(&act).unwrap();
    let mut other = Product::clone(ben.backlog.product());
    other.done = vec![Line::parse("translated")];
    let act = ben.perform("settings", &[Change::Settings(Box::new(other))]);
    assert!(ben.save(&act).unwrap().merged);
    let done = &world.open().backlog.product().done.clone();
    assert_eq!(done, &[Line::parse("help page"), Line::parse("translated")]);
    assert_eq!(ana.reload().product.unwrap().done, *done);
}

fn different_settings_of_two_programs_meet(world: &dyn World) {
    fn set(desk: &mut Desk, setting: Setting, to: &str) -> bool {
        let deed = Deed::Set(vec![to.to_owned()]);
        let product = setting.after(desk.backlog.product(), &deed, stamp().at);
        let change = Change::Settings(Box::new(product.unwrap()));
        let label = change.label(&desk.backlog);
        let act = desk.perform(&label, &[change]);
        desk.save(&act).unwrap().merged
    }
    set(&mut world.open(), Setting::Start, "2026-11-02");
    let (mut ana, mut ben) = (world.open(), world.open());
    set(&mut ana, Setting::Weeks, "1");
    set(&mut ana, Setting::Views, "Next | is:ready | n");
    assert!(set(&mut ben, Setting::Counts, "feature, bug"));
    set(&mut ben, Setting::Scores, "wsjf");
    let product = world.open().backlog.product().clone();
    for (setting, value) in [
        (Setting::Start, "2026-11-02"),
        (Setting::Weeks, "1"),
        (Setting::Counts, "feature, bug"),
        (Setting::Views, "Next | is:ready | n"),
        (Setting::Scores, "wsjf"),
    ] {
        assert_eq!(setting.text(&product), value);
    }
}

fn an_act_saved_twice_is_done_once(world: &dyn World) {
    let mut ana = world.open();
    let (_, act) = ana.add("Pay with a card");
    ana.save(&act).unwrap();
    ana.save(&act).unwrap();
    assert_eq!(ana.store.acts().unwrap().len(), 1);
    assert_eq!(world.open().titles(), ["1 Pay with a card"]);
}

fn changes_of_different_fields_of_one_story_meet(world: &dyn World) {
    let mut ana = world.open();
    let id = ana.added("Pay with a card");
    let mut ben = world.open();
    let act = ana.edit(id, title("Pay with a saved card"));
    ana.save(&act).unwrap();
    let act = ben.edit(id, Edit::Notes(Prose::parse("Visa first.")));
    let saved = ben.save(&act).unwrap();
    assert!(saved.merged);
    for desk in [&ben, &world.open()] {
        assert_eq!(desk.story(id).title.as_str(), "Pay with a saved card");
        assert_eq!(desk.story(id).notes.as_str(), "Visa first.");
    }
}

fn the_same_field_changed_twice_is_a_conflict_and_can_be_resolved(world: &dyn World) {
    for (side, kept) in [(Side::Ours, "Ben's"), (Side::Theirs, "Ana's")] {
        let mut ana = world.open();
        let id = ana.added("Pay with a card");
        let mut ben = world.open();
        let act = ana.edit(id, title("Ana's"));
        ana.save(&act).unwrap();
        let act = ben.perform(
            "edit",
            &[
                Change::Edit {
                    story: id,
                    edit: title("Ben's"),
                },
                Change::Edit {
                    story: id,
                    edit: Edit::Notes(Prose::parse("kept")),
                },
            ],
        );
        let Err(SaveError::Conflict(conflicts)) = ben.save(&act) else {
            panic!("two titles cannot both be right");
        };
        assert_eq!(conflicts[0].subject, Subject::Story(id));
        assert_eq!(conflicts[0].fields[0].field, "title");
        assert_eq!(conflicts[0].fields[0].theirs, Some("Ana's".into()));
        assert_eq!(
            world.open().story(id).title.as_str(),
            "Ana's",
            "nothing is saved yet"
        );
        ben.save(&resolved(&act, &conflicts, |_| side)).unwrap();
        assert_eq!(world.open().story(id).title.as_str(), kept);
        assert_eq!(world.open().story(id).notes.as_str(), "kept");
    }
}

fn a_removal_against_an_edit_is_a_conflict(world: &dyn World) {
    let mut ana = world.open();
    let (id, act) = ana.add("Pay with a card");
    ana.save(&act).unwrap();
    let mut ben = world.open();
    let act = ana.edit(id, title("Pay with a saved card"));
    ana.save(&act).unwrap();
    // Ben has not seen the edit: for him, undo takes back the story.
    let act = ben.undo();
    let Err(SaveError::Conflict(conflicts)) = ben.save(&act) else {
        panic!("an edited story is not removed unasked");
    };
    assert!(conflicts[0].fields.is_empty());
    ben.save(&resolved(&act, &conflicts, |_| Side::Ours))
        .unwrap();
    assert_eq!(world.open().titles(), [""; 0]);
    // And the other way round.
    let act = ana.edit(id, title("Pay"));
    let Err(SaveError::Conflict(conflicts)) = ana.save(&act) else {
        panic!("a removed story does not come back unasked");
    };
    ana.save(&resolved(&act, &conflicts, |_| Side::Ours))
        .unwrap();
    assert_eq!(world.open().titles(), ["1 Pay"]);
}

fn new_stories_of_two_programs_get_different_numbers(world: &dyn World) {
    let (mut ana, mut ben) = (world.open(), world.open());
    ana.added("Ana's");
    let (first, one) = ben.add("Ben's first");
    let (second, two) = ben.add("Ben's second");
    assert!(ben.save(&one).unwrap().merged);
    ben.save(&two).unwrap();
    let numbers = [first, second].map(|id| ben.story(id).number);
    assert_eq!(numbers, [2, 3]);
    assert_eq!(
        world.open().titles(),
        ["1 Ana's", "2 Ben's first", "3 Ben's second"]
    );
}

fn a_number_is_never_used_again(world: &dyn World) {
    let mut ana = world.open();
    ana.added("Kept");
    ana.added("Taken back");
    let act = ana.undo();
    ana.save(&act).unwrap();
    let mut later = world.open();
    assert_eq!(later.titles(), ["1 Kept"]);
    later.added("New");
    assert_eq!(later.titles(), ["1 Kept", "3 New"]);
}

/// Stories as another product wrote them, with these numbers.
fn from_elsewhere(numbers: &[u32]) -> Vec<Story> {
    let mut elsewhere = InMemory(MemoryStore::new(
        Product::new("Elsewhere", None).unwrap(),
        [],
    ))
    .open();
    let written = numbers.iter().map(|number| {
        let id = elsewhere.added(&format!("Elsewhere {number}"));
        let mut story = Story::clone(elsewhere.story(id));
        story.number = *number;
        story
    });
    written.collect()
}

fn insert(desk: &mut Desk, stories: &[Story]) -> Saved {
    let changes = stories.iter().cloned().map(Box::new).map(Change::Insert);
    let act = desk.perform("import", &changes.collect::<Vec<_>>());
    desk.save(&act).unwrap()
}

fn whole_stories_keep_their_numbers_in_whatever_order_they_come(world: &dyn World) {
    let mut ana = world.open();
    let saved = insert(&mut ana, &from_elsewhere(&[3, 1, 7, 2]));
    assert!(!saved.merged, "all numbers are free");
    let titles = ["1", "2", "3", "7"].map(|n| format!("{n} Elsewhere {n}"));
    let mut later = world.open();
    assert_eq!(later.titles(), titles);
    later.added("New");
    assert!(later.titles().contains(&"8 New".to_owned()));
}

fn a_whole_story_whose_number_is_used_gets_another_and_remembers_its_own(world: &dyn World) {
    let (mut ana, mut ben) = (world.open(), world.open());
    ana.added("Ana's");
    let saved = insert(&mut ben, &from_elsewhere(&[1, 2, 3]));
    assert!(saved.merged);
    let later = world.open();
    let titles = ["1 Ana's", "2 Elsewhere 2", "3 Elsewhere 3", "4 Elsewhere 1"];
    assert_eq!(later.titles(), titles);
    let moved = later.backlog.find("4").unwrap();
    assert_eq!(moved.former_numbers, [1]);
}

fn stories_that_come_again_after_an_undo_have_their_numbers_again(world: &dyn World) {
    let stories = from_elsewhere(&[3, 1]);
    let mut ana = world.open();
    insert(&mut ana, &stories);
    let act = ana.undo();
    ana.save(&act).unwrap();
    let mut later = world.open();
    insert(&mut later, &stories);
    assert_eq!(world.open().titles(), ["1 Elsewhere 1", "3 Elsewhere 3"]);
}

fn reload_tells_what_others_did_once(world: &dyn World) {
    let mut ana = world.open();
    let gone = ana.added("Taken back");
    let mut ben = world.open();
    let act = ana.undo();
    ana.save(&act).unwrap();
    let new = ana.added("New");
    let changes = ben.reload();
    let ids: Vec<_> = changes.stories.iter().map(|story| story.id).collect();
    assert_eq!((ids, &changes.removed), (vec![new], &vec![gone]));
    let labels: Vec<_> = changes.acts.iter().map(|act| act.label.as_str()).collect();
    assert_eq!(labels, ["undo add Taken back", "add New"]);
    assert_eq!(changes.highest_number, 2);
    assert!(ben.reload().is_empty());
    assert_eq!(ben.titles(), ana.titles());
}

fn reload_says_nothing_about_own_acts(world: &dyn World) {
    let mut ana = world.open();
    let id = ana.added("Pay with a card");
    assert!(ana.reload().is_empty());
    let mut ben = world.open();
    let act = ben.edit(id, Edit::Notes(Prose::parse("n")));
    ben.save(&act).unwrap();
    ana.added("Return a parcel");
    let changes = ana.reload();
    assert_eq!(changes.acts, [act.as_ref().clone()]);
    assert_eq!(changes.stories.len(), 1);
}

fn a_merged_act_can_be_undone(world: &dyn World) {
    let mut ana = world.open();
    let id = ana.added("Pay with a card");
    let mut ben = world.open();
    let act = ana.edit(id, title("Pay with a saved card"));
    ana.save(&act).unwrap();
    let act = ben.edit(id, Edit::Notes(Prose::parse("n")));
    ben.save(&act).unwrap();
    let act = ben.undo();
    ben.save(&act).unwrap();
    let story = world.open().story(id).clone();
    assert_eq!(story.title.as_str(), "Pay with a saved card");
    assert_eq!(story.notes.as_str(), "");
}

fn undo_and_redo_survive_a_restart(world: &dyn World) {
    let mut ana = world.open();
    ana.added("One");
    ana.added("Two");
    let act = ana.undo();
    ana.save(&act).unwrap();
    let mut later = world.open();
    let act = later.redo();
    later.save(&act).unwrap();
    assert_eq!(world.open().titles(), ["1 One", "2 Two"]);
    let mut last = world.open();
    for _ in 0..2 {
        let act = last.undo();
        last.save(&act).unwrap();
    }
    assert_eq!(world.open().titles(), [""; 0]);
}

fn an_act_that_others_did_already_is_fine(world: &dyn World) {
    let mut ana = world.open();
    let id = ana.added("Pay with a card");
    let mut ben = world.open();
    let act = ana.edit(id, title("Pay"));
    ana.save(&act).unwrap();
    let act = ben.edit(id, title("Pay"));
    assert!(!ben.save(&act).unwrap().merged);
    assert_eq!(world.open().story(id).title.as_str(), "Pay");
    assert_eq!(act.by, stamp().by);
}

fn problems_are_saved_and_undone_with_their_stories(world: &dyn World) {
    let mut ana = world.open();
    let story = ana.added("Pay with a card");
    let problem = ana.problem("Checkout is too long");
    let act = ana.perform(
        "link",
        &[
            Change::Edit {
                story,
                edit: Edit::Problem(Some(problem)),
            },
            Change::EditProblem {
                problem,
                edit: Box::new(heard("Gave up")),
            },
        ],
    );
    let saved = ana.save(&act).unwrap();
    assert_eq!((saved.merged, saved.act.deltas.len()), (false, 2));
    let mut later = world.open();
    assert_eq!(later.the_problem(problem), ana.the_problem(problem));
    assert_eq!(later.backlog.stories_of(problem).count(), 1);
    let act = later.undo();
    later.save(&act).unwrap();
    let act = later.undo();
    later.save(&act).unwrap();
    let mut last = world.open();
    assert_eq!(last.backlog.problems().len(), 0);
    assert_eq!(last.story(story).problem, None);
    for _ in 0..2 {
        let act = last.redo();
        last.save(&act).unwrap();
    }
    assert_eq!(world.open().the_problem(problem).evidence.len(), 1);
}

fn changes_of_two_programs_to_one_problem_meet(world: &dyn World) {
    let mut ana = world.open();
    let id = ana.problem("Checkout is too long");
    let mut ben = world.open();
    for edit in [heard("Ana's"), ProblemEdit::Who(Line::parse("guest"))] {
        let act = ana.edit_problem(id, edit);
        ana.save(&act).unwrap();
    }
    let act = ben.edit_problem(id, heard("Ben's"));
    assert!(ben.save(&act).unwrap().merged);
    let reason = Some(Reason::parse("Five said so").unwrap());
    let state = Belief::Validated;
    let act = ben.edit_problem(id, ProblemEdit::State { state, reason });
    ben.save(&act).unwrap();
    let both = world.open();
    let problem = both.the_problem(id);
    let mut heard: Vec<&str> = problem.evidence.iter().map(|e| e.text.as_str()).collect();
    heard.sort_unstable();
    assert_eq!(heard, ["Ana's", "Ben's"]);
    assert_eq!((problem.who.as_str(), problem.state), ("guest", state));
    assert_eq!(ben.the_problem(id), problem);
}

fn a_problems_title_changed_twice_is_a_conflict_of_the_problem(world: &dyn World) {
    for (side, kept) in [(Side::Ours, "Ben's"), (Side::Theirs, "Ana's")] {
        let mut ana = world.open();
        let id = ana.problem("Checkout is too long");
        let mut ben = world.open();
        let title = |text: &str| ProblemEdit::Title(Title::parse(text).unwrap());
        let act = ana.edit_problem(id, title("Ana's"));
        ana.save(&act).unwrap();
        let act = ben.edit_problem(id, title("Ben's"));
        let Err(SaveError::Conflict(conflicts)) = ben.save(&act) else {
            panic!("two titles cannot both be right");
        };
        assert_eq!(conflicts[0].subject, Subject::Problem(id));
        assert_eq!(conflicts[0].fields[0].field, "title");
        assert_eq!(world.open().the_problem(id).title.as_str(), "Ana's");
        ben.save(&resolved(&act, &conflicts, |_| side)).unwrap();
        assert_eq!(world.open().the_problem(id).title.as_str(), kept);
    }
}

fn a_removed_problem_that_others_changed_is_a_conflict(world: &dyn World) {
    let mut ana = world.open();
    let id = ana.problem("Checkout is too long");
    let mut ben = world.open();
    let act = ana.edit_problem(id, heard("Gave up"));
    ana.save(&act).unwrap();
    // Ben has not seen the evidence: for him, undo takes back the problem.
    let act = ben.undo();
    let Err(SaveError::Conflict(conflicts)) = ben.save(&act) else {
        panic!("a problem with new evidence is not removed unasked");
    };
    assert_eq!(conflicts[0].summary(), "a problem that is gone on one side");
    ben.save(&resolved(&act, &conflicts, |_| Side::Ours))
        .unwrap();
    assert_eq!(world.open().backlog.problems().len(), 0);
}

fn reload_tells_of_problems_once(world: &dyn World) {
    let mut ana = world.open();
    let gone = ana.problem("Taken back");
    let mut ben = world.open();
    let act = ana.undo();
    ana.save(&act).unwrap();
    let new = ana.problem("New");
    let changes = ben.reload();
    let ids: Vec<_> = changes.problems.iter().map(|problem| problem.id).collect();
    assert_eq!((ids, changes.removed_problems), (vec![new], vec![gone]));
    assert_eq!((changes.stories.len(), changes.removed.len()), (0, 0));
    assert!(ben.reload().is_empty());
    assert!(ana.reload().is_empty());
    assert_eq!(ben.backlog.problems(), ana.backlog.problems());
}

#[test]
fn a_problems_file_is_told_apart_from_others_and_keeps_what_is_not_known() {
    let folder = empty_product();
    let mut ana = Desk::at(folder.path(), Disk::default());
    assert!(!folder.path().join("problems").exists());
    let id = ana.problem("Checkout is too long");
    let newer = "019ab3c4-7c3e-7d5a-9b1e-2f6c1d0a8e4b";
    let problems = folder.path().join("problems");
    let path = problems.join(format!("{id}.json"));
    let text = fs::read_to_string(&path).unwrap();
    assert!(text.starts_with("{\n  \"format\": 1,\n  \"id\": ") && text.ends_with("}\n"));
    let odd = text.replace("\n}", ",\n  \"mood\": {\n    \"n\": 1.50\n  }\n}");
    fs::write(&path, &odd).unwrap();
    fs::write(problems.join(format!("{newer}.json")), r#"{"format":9}"#).unwrap();
    let changes = ana.reload();
    assert_eq!(changes.problems.len(), 1);
    assert_eq!(changes.broken.unwrap()[0].newer, Some(9));
    let act = ana.edit_problem(id, heard("Gave up"));
    ana.save(&act).unwrap();
    let written = fs::read_to_string(&path).unwrap();
    assert!(written.contains("\"n\": 1.50"), "{written}");
    // A problem that broke is not saved over, and stays on the screen.
    fs::write(&path, "{\n<<<<<<< HEAD").unwrap();
    let act = ana.edit_problem(id, heard("Again"));
    let Err(SaveError::Broken(broken)) = ana.save(&act) else {
        panic!("a broken file is not saved over");
    };
    assert_eq!((broken.path.as_path(), broken.line), (path.as_path(), 2));
    assert_eq!(ana.reload().removed_problems, []);
    let later = Desk::at(folder.path(), Disk::default());
    assert_eq!(later.opened.broken.len(), 2);
    assert_eq!(later.backlog.problems().len(), 0);
    // Gone for good: that is told as well.
    fs::remove_file(&path).unwrap();
    assert_eq!(ana.reload().removed_problems, [id]);
}

#[test]
fn a_problem_under_another_name_counts_and_a_copy_is_listed() {
    let folder = empty_product();
    let mut ana = Desk::at(folder.path(), Disk::default());
    let id = ana.problem("Checkout is too long");
    let problems = folder.path().join("problems");
    let (path, copy) = (
        problems.join(format!("{id}.json")),
        problems.join("A copy.json"),
    );
    fs::copy(&path, &copy).unwrap();
    let broken = ana.reload().broken.unwrap();
    assert!(
        broken[0]
            .reason
            .starts_with("holds the same problem as problems/")
    );
    fs::remove_file(&path).unwrap();
    let mut later = Desk::at(folder.path(), Disk::default());
    assert_eq!(later.opened.broken, []);
    let act = later.edit_problem(id, heard("Gave up"));
    later.save(&act).unwrap();
    assert!(fs::read_to_string(&copy).unwrap().contains("Gave up"));
    assert!(!path.exists());
}

#[test]
fn a_file_that_broke_is_never_saved_over() {
    let folder = empty_product();
    let mut ana = Desk::at(folder.path(), Disk::default());
    let id = ana.added("Pay with a card");
    let other = ana.added("Return a parcel");
    let path = folder.path().join(format!("stories/{id}.json"));
    fs::write(&path, "{\n  \"format\": 1,\n  <<<<<<< HEAD").unwrap();
    let act = ana.edit(id, title("Pay"));
    let Err(SaveError::Broken(broken)) = ana.save(&act) else {
        panic!("a broken file is not saved over");
    };
    assert_eq!(
        (broken.path.as_path(), broken.line, broken.column),
        (path.as_path(), 3, 3)
    );
    assert!(fs::read_to_string(&path).unwrap().ends_with("HEAD"));
    let act = ana.edit(other, title("Return"));
    ana.save(&act).unwrap();
    let changes = ana.reload();
    assert_eq!(changes.broken, Some(vec![broken.clone()]));
    assert_eq!((changes.stories.len(), changes.removed.len()), (0, 0));
    let later = Desk::at(folder.path(), Disk::default());
    assert_eq!(later.opened.broken, [broken]);
    assert_eq!(later.titles(), ["2 Return"]);
}

#[test]
fn a_file_that_was_mended_is_told_and_one_that_was_touched_is_not() {
    let folder = empty_product();
    let mut ana = Desk::at(folder.path(), Disk::default());
    let id = ana.added("Pay with a card");
    let path = folder.path().join(format!("stories/{id}.json"));
    let text = fs::read_to_string(&path).unwrap();
    fs::write(&path, "{").unwrap();
    assert_eq!(ana.reload().broken.unwrap().len(), 1);
    fs::write(&path, text.replace("Pay", "Buy")).unwrap();
    let changes = ana.reload();
    assert_eq!(changes.broken, Some(vec![]));
    assert_eq!(changes.stories[0].title.as_str(), "Buy with a card");
    fs::write(&path, text.replace("Pay", "Buy")).unwrap();
    assert!(ana.reload().is_empty());
}

#[test]
fn a_newer_file_is_listed_and_left_alone() {
    let folder = empty_product();
    fs::create_dir(folder.path().join("stories")).unwrap();
    let path = folder
        .path()
        .join("stories/019ab3c4-7c3e-7d5a-9b1e-2f6c1d0a8e4b.json");
    fs::write(&path, r#"{"format": 9, "id": 1}"#).unwrap();
    let desk = Desk::at(folder.path(), Disk::default());
    assert_eq!(desk.opened.broken[0].newer, Some(9));
    assert_eq!(
        fs::read_to_string(&path).unwrap(),
        r#"{"format": 9, "id": 1}"#
    );
}

#[test]
fn a_broken_product_file_locks_no_story_up() {
    let folder = empty_product();
    let mut ana = Desk::at(folder.path(), Disk::default());
    ana.added("Pay with a card");
    fs::write(folder.path().join("product.json"), "{").unwrap();
    let mut later = Desk::at(folder.path(), Disk::default());
    assert_eq!(later.opened.broken.len(), 1);
    later.added("Return a parcel");
    assert_eq!(later.titles(), ["1 Pay with a card", "2 Return a parcel"]);
    assert_eq!(
        fs::read_to_string(folder.path().join("product.json")).unwrap(),
        "{"
    );
}

#[test]
fn a_copy_of_a_story_under_another_name_is_listed() {
    let folder = empty_product();
    let mut ana = Desk::at(folder.path(), Disk::default());
    let id = ana.added("Pay with a card");
    let stories = folder.path().join("stories");
    let (path, copy) = (
        stories.join(format!("{id}.json")),
        stories.join("A copy.json"),
    );
    fs::copy(&path, &copy).unwrap();
    let changes = ana.reload();
    assert_eq!(changes.broken.unwrap()[0].path, copy);
    assert!(changes.stories.is_empty());
    // The only file of a story counts, whatever its name, and is saved under that name.
    fs::remove_file(&path).unwrap();
    let mut later = Desk::at(folder.path(), Disk::default());
    assert_eq!(later.opened.broken, []);
    let act = later.edit(id, title("Pay"));
    later.save(&act).unwrap();
    assert!(fs::read_to_string(&copy).unwrap().contains("\"Pay\""));
    assert!(!path.exists());
}

#[test]
fn a_folder_without_a_product_is_not_opened() {
    let folder = tempfile::tempdir().unwrap();
    let error = backstory::store::JsonStore::open(folder.path()).unwrap_err();
    assert!(error.to_string().ends_with("holds no product"), "{error}");
}

#[cfg(unix)]
#[test]
fn something_else_in_the_place_of_a_file_is_one_broken_file() {
    use std::os::unix::fs::symlink;
    use std::path::Path;
    type Put = fn(&Path);
    let odd: [(Put, &str); 4] = [
        (|path| fs::create_dir(path).unwrap(), "not a file"),
        (|path| make_pipe(path), "not a file"),
        (
            |path| symlink("/nowhere/at/all", path).unwrap(),
            "a link that leads nowhere",
        ),
        (
            |path| symlink(path, path).unwrap(),
            "Too many levels of symbolic links",
        ),
    ];
    for (put, reason) in odd {
        let folder = empty_product();
        let mut ana = Desk::at(folder.path(), Disk::default());
        let id = ana.added("Pay with a card");
        for name in [format!("stories/{id}.json"), "product.json".to_owned()] {
            let path = folder.path().join(name);
            fs::remove_file(&path).unwrap();
            put(&path);
        }
        let changes = ana.reload();
        let reasons = |broken: &[Broken]| {
            let reasons = broken.iter().map(|broken| broken.reason.clone());
            reasons.collect::<Vec<_>>()
        };
        assert_eq!(reasons(&changes.broken.unwrap()), [reason, reason]);
        assert!(changes.removed.is_empty(), "the screen still shows it");
        let act = ana.edit(id, title("Pay"));
        assert!(matches!(ana.save(&act), Err(SaveError::Broken(_))));
        let mut later = Desk::at(folder.path(), Disk::default());
        assert_eq!(reasons(&later.opened.broken), [reason, reason]);
        later.added("Return a parcel");
        assert_eq!(later.titles(), ["2 Return a parcel"]);
        assert!(ana.reload().broken.is_none(), "told once");
    }
}

#[cfg(unix)]
fn make_pipe(path: &std::path::Path) {
    let made = std::process::Command::new("mkfifo").arg(path).status();
    assert!(made.unwrap().success());
}

#[test]
fn a_product_that_was_moved_away_is_not_made_anew_in_its_old_place() {
    let home = tempfile::tempdir().unwrap();
    let (old, new) = (home.path().join("old"), home.path().join("new"));
    fs::rename(empty_product().keep(), &old).unwrap();
    let mut ana = Desk::at(&old, Disk::default());
    let id = ana.added("Pay with a card");
    fs::rename(&old, &new).unwrap();
    let act = ana.edit(id, title("Pay"));
    let Err(SaveError::Failed(sentence)) = ana.save(&act) else {
        panic!("there is no place to save it");
    };
    assert!(sentence.contains("holds no product any more"), "{sentence}");
    assert!(!old.exists());
    // Nothing is told as taken away, and all is well once it is back.
    assert!(ana.store.reload().is_err());
    fs::rename(&new, &old).unwrap();
    ana.save(&act).unwrap();
    assert_eq!(Desk::at(&old, Disk::default()).titles(), ["1 Pay"]);
}

#[test]
fn a_machines_own_folder_that_was_removed_is_made_anew() {
    let folder = empty_product();
    let mut ana = Desk::at(folder.path(), Disk::default());
    let mut ben = Desk::at(folder.path(), Disk::default());
    ana.added("Pay with a card");
    fs::remove_dir_all(folder.path().join(".local")).unwrap();
    ana.added("Return a parcel");
    ben.added("Log in with a link");
    assert_eq!(ben.titles(), ["3 Log in with a link"]);
    ben.reload();
    assert_eq!(ben.titles().len(), 3);
}

#[test]
fn lines_of_rubbish_in_the_journal_do_not_count() {
    let folder = empty_product();
    let mut ana = Desk::at(folder.path(), Disk::default());
    ana.added("Pay with a card");
    let journal = folder.path().join(".local/journal.jsonl");
    let mut bytes = fs::read(&journal).unwrap();
    bytes.extend_from_slice(b"\0\0\xff\n{\"id\": 1}\n\n<<<<<<< HEAD\n");
    fs::write(&journal, bytes).unwrap();
    let mut ben = Desk::at(folder.path(), Disk::default());
    ben.added("Return a parcel");
    assert_eq!(ben.opened.notices, [""; 0]);
    assert_eq!(ben.store.acts().unwrap().len(), 2);
    ana.reload();
    assert_eq!(ana.titles(), ["1 Pay with a card", "2 Return a parcel"]);
    let act = ben.undo();
    ben.save(&act).unwrap();
    let act = ben.undo();
    ben.save(&act).unwrap();
    assert!(ben.titles().is_empty());
}

#[test]
fn a_file_is_as_good_with_a_byte_order_mark_and_other_line_ends() {
    let folder = empty_product();
    let mut ana = Desk::at(folder.path(), Disk::default());
    let id = ana.added("Pay with a card");
    let path = folder.path().join(format!("stories/{id}.json"));
    let text = fs::read_to_string(&path).unwrap();
    let odd = format!("\u{feff}{}", text.replace('\n', "\r\n"));
    fs::write(&path, &odd).unwrap();
    let act = ana.edit(id, title("Pay"));
    assert!(!ana.save(&act).unwrap().merged);
    let mut later = Desk::at(folder.path(), Disk::default());
    let act = later.undo();
    later.save(&act).unwrap();
    assert_eq!(later.titles(), ["1 Pay with a card"]);
}

#[test]
fn a_file_that_was_put_back_is_told_and_can_be_changed() {
    let folder = empty_product();
    let mut ana = Desk::at(folder.path(), Disk::default());
    let id = ana.added("Pay with a card");
    let path = folder.path().join(format!("stories/{id}.json"));
    let text = fs::read_to_string(&path).unwrap();
    let act = ana.edit(id, title("Pay"));
    ana.save(&act).unwrap();
    // As a version control system would.
    fs::write(&path, text).unwrap();
    let changes = ana.reload();
    assert_eq!(changes.stories[0].title.as_str(), "Pay with a card");
    let refused = ana
        .history
        .undo(&mut ana.backlog, crate::desk::new_act_id(), &stamp());
    assert!(refused.is_err(), "it is not there to be taken back");
    let act = ana.edit(id, title("Buy"));
    assert!(!ana.save(&act).unwrap().merged);
}
