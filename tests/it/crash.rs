//! A crash or a refusing disk at every single step of a save: the backlog holds whole acts only.

use std::fs;
use std::io::ErrorKind;
use std::path::Path;
use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};

use backstory::model::{Act, Change, Edit, Place, Points};
use backstory::store::disk::{Disk, Fault, FaultSwitch};
use backstory::store::{JsonStore, SaveError};

use crate::desk::{Desk, empty_product, heard, title};

/// More steps than any save here has.
const ENOUGH: usize = 200;

/// A product with two stories, and an act that changes, adds and moves.
fn prepared() -> (tempfile::TempDir, Desk, FaultSwitch, Act) {
    let folder = empty_product();
    let (faulty, switch) = Disk::with_faults();
    let mut desk = Desk::at(folder.path(), faulty);
    let one = desk.added("One");
    let two = desk.added("Two");
    let changes = [
        Change::Edit {
            story: one,
            edit: title("One, changed"),
        },
        Change::Edit {
            story: one,
            edit: Edit::Estimate(Some(Points::whole(5))),
        },
        Change::Edit {
            story: two,
            edit: title("Two, changed"),
        },
        Change::Move {
            stories: vec![two],
            to: Place::Top,
        },
    ];
    let act = desk.perform("change both", &changes).as_ref().clone();
    (folder, desk, switch, act)
}

fn titles(folder: &Path) -> Vec<String> {
    Desk::at(folder, Disk::default()).titles()
}

fn is_whole(titles: &[String]) -> bool {
    titles == ["1 One", "2 Two"] || titles == ["1 One, changed", "2 Two, changed"]
}

#[test]
fn a_crash_at_any_step_leaves_whole_acts_only() {
    let mut outcomes = [0, 0];
    for step in 0..ENOUGH {
        let (folder, mut desk, switch, act) = prepared();
        switch.arm(step, Fault::Crash);
        let saved = desk.store.save(&act);
        let has_struck = switch.has_struck();
        drop(desk);
        let found = titles(folder.path());
        assert!(is_whole(&found), "step {step}: {found:?}");
        let is_there = found[0] == "1 One, changed";
        assert!(is_there || saved.is_err(), "step {step}: saved, and lost");
        outcomes[usize::from(is_there)] += 1;
        // Life goes on, with every number and undo.
        let mut later = Desk::at(folder.path(), Disk::default());
        later.added("Three");
        assert_eq!(later.titles()[2], "3 Three", "step {step}");
        for _ in 0..later.store.acts().unwrap().len() {
            let act = later.undo();
            later.save(&act).unwrap();
        }
        assert_eq!(titles(folder.path()), [""; 0], "step {step}");
        if !has_struck {
            assert!(
                outcomes[0] > 3 && outcomes[1] > 3,
                "{outcomes:?} of {step} steps"
            );
            return;
        }
    }
    panic!("a save has fewer than {ENOUGH} steps");
}

#[test]
fn a_crash_leaves_a_story_and_its_problem_as_they_belong_together() {
    let mut outcomes = [0, 0];
    for step in 0..ENOUGH {
        let folder = empty_product();
        let (faulty, switch) = Disk::with_faults();
        let mut desk = Desk::at(folder.path(), faulty);
        let story = desk.added("One");
        let problem = desk.problem("Slow");
        let link = Change::Edit {
            story,
            edit: Edit::Problem(Some(problem)),
        };
        let evidence = Change::EditProblem {
            problem,
            edit: Box::new(heard("Gave up")),
        };
        let act = desk.perform("link", &[link, evidence]);
        switch.arm(step, Fault::Crash);
        let saved = desk.store.save(&act);
        let has_struck = switch.has_struck();
        drop(desk);
        let mut later = Desk::at(folder.path(), Disk::default());
        let is_linked = later.story(story).problem == Some(problem);
        let is_heard = !later.the_problem(problem).evidence.is_empty();
        assert_eq!(is_linked, is_heard, "step {step}");
        assert!(is_linked || saved.is_err(), "step {step}: saved, and lost");
        outcomes[usize::from(is_linked)] += 1;
        for _ in 0..later.store.acts().unwrap().len() {
            let act = later.undo();
            later.save(&act).unwrap();
        }
        assert_eq!(titles(folder.path()), [""; 0], "step {step}");
        if !has_struck {
            assert!(outcomes[0] > 3 && outcomes[1] > 3, "{outcomes:?}");
            return;
        }
    }
    panic!("a save has fewer than {ENOUGH} steps");
}

#[test]
fn a_crash_at_any_step_of_the_completion_is_completed_the_next_time() {
    for step in 0..ENOUGH {
        let (folder, mut desk, switch, act) = prepared();
        // Right after the journal's sync: staging has 2 × 2 steps, the line 2.
        switch.arm(6, Fault::Crash);
        desk.store.save(&act).unwrap_err();
        drop(desk);
        let (faulty, switch) = Disk::with_faults();
        switch.arm(step, Fault::Crash);
        drop(Desk::at(folder.path(), faulty));
        let has_struck = switch.has_struck();
        assert_eq!(
            titles(folder.path()),
            ["1 One, changed", "2 Two, changed"],
            "step {step}"
        );
        if !has_struck {
            assert!(step > 3);
            return;
        }
    }
    panic!("a completion has fewer than {ENOUGH} steps");
}

#[test]
fn a_save_that_fails_at_any_step_succeeds_when_tried_again() {
    for step in 0..ENOUGH {
        let (folder, mut desk, switch, act) = prepared();
        switch.arm(step, Fault::Once(ErrorKind::StorageFull));
        let first = desk.store.save(&act);
        if let Err(SaveError::Failed(sentence)) = &first {
            assert!(
                sentence.starts_with("`change both` could not be saved: "),
                "{sentence}"
            );
            assert!(sentence.ends_with(" Free some space."), "{sentence}");
        }
        assert!(is_whole(&titles(folder.path())), "step {step}");
        let again = desk.store.save(&act).unwrap();
        assert_eq!(again.act.deltas, act.deltas, "step {step}");
        assert_eq!(
            titles(folder.path()),
            ["1 One, changed", "2 Two, changed"],
            "step {step}"
        );
        let acts = desk.store.acts().unwrap();
        assert_eq!(acts.len(), 3, "step {step}: done once");
        assert!(desk.reload().is_empty(), "step {step}");
        if !switch.has_struck() {
            return;
        }
    }
    panic!("a save has fewer than {ENOUGH} steps");
}

#[test]
fn an_interrupted_act_is_told_at_the_start() {
    let (folder, mut desk, switch, act) = prepared();
    switch.arm(6, Fault::Crash);
    desk.store.save(&act).unwrap_err();
    drop(desk);
    let later = Desk::at(folder.path(), Disk::default());
    let told = ["`change both` was interrupted; it has been completed."];
    assert_eq!(later.opened.notices, told);
}

#[cfg(unix)]
#[test]
fn a_read_only_folder_is_read_and_says_why_it_cannot_save() {
    use std::fs::{Permissions, set_permissions};
    use std::os::unix::fs::PermissionsExt as _;
    let folder = empty_product();
    set_permissions(folder.path(), Permissions::from_mode(0o555)).unwrap();
    let mut desk = Desk::at(folder.path(), Disk::default());
    let (_, act) = desk.add("One");
    let saved = desk.store.save(&act);
    set_permissions(folder.path(), Permissions::from_mode(0o755)).unwrap();
    match saved {
        Err(SaveError::Failed(sentence)) => assert!(
            sentence.ends_with("Permission denied. Allow writing there."),
            "{sentence}"
        ),
        // The superuser may write anywhere.
        Ok(_) => assert_eq!(titles(folder.path()), ["1 One"]),
        Err(error) => panic!("{error}"),
    }
}

#[test]
fn an_act_that_is_put_in_place_while_the_product_is_read_is_not_missed() {
    let folder = empty_product();
    let (disk, switch) = Disk::with_faults();
    let mut ben = Desk::at(folder.path(), disk);
    ben.added("One");
    let (_, act) = ben.add("Ben's");
    let ben = Mutex::new(ben);
    let rounds = AtomicUsize::new(0);
    // Ben's act is in the journal while Ana reads the files, and his file is not in place yet.
    let meanwhile = |_, _| {
        if rounds.fetch_add(1, Ordering::Relaxed) == 0 {
            // His line is synced after two steps of staging and two of the journal.
            switch.arm(4, Fault::Crash);
            ben.lock().unwrap().store.save(&act).unwrap_err();
        }
    };
    let (store, opened) = JsonStore::open_with(folder.path(), Disk::default(), meanwhile).unwrap();
    let mut ana = Desk::new(Box::new(store), opened);
    ana.added("Ana's");
    ana.reload();
    assert_eq!(ana.titles(), ["1 One", "2 Ben's", "3 Ana's"]);
    // The desk asserts that no number is used twice.
    Desk::at(folder.path(), Disk::default());
}

#[test]
fn a_number_whose_act_is_gone_from_the_journal_is_still_used() {
    let folder = empty_product();
    let mut ana = Desk::at(folder.path(), Disk::default());
    let mut ben = Desk::at(folder.path(), Disk::default());
    ben.added("Ben's");
    fs::write(folder.path().join(".local/journal.jsonl"), "").unwrap();
    ana.added("Ana's");
    assert_eq!(ana.titles(), ["2 Ana's"]);
}
