//! Several processes on one product: nothing is lost when they write at once, or when one is killed.

use std::env;
use std::io::{self, BufRead as _, BufReader, Write as _};
use std::path::Path;
use std::process::{Child, Command, Stdio};

use backstory::model::{Change, Draft, Edit, Line, NewStory, Place, StoryId, Title};
use backstory::store::disk::Disk;
use uuid::Uuid;

use crate::desk::{Desk, empty_product};

/// Tells a test that it is the child, and in which folder.
const FOLDER: &str = "BACKSTORY_TEST_FOLDER";
const NAME: &str = "BACKSTORY_TEST_NAME";
const ROUNDS: usize = 25;

fn child(test: &str, name: &str, folder: &Path) -> Child {
    Command::new(env::current_exe().unwrap())
        .args(["--exact", &format!("processes::{test}"), "--nocapture"])
        .env(FOLDER, folder)
        .env(NAME, name)
        .stdout(Stdio::null())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap()
}

fn desk_of_child() -> Option<(Desk, String)> {
    let folder = env::var_os(FOLDER)?;
    Some((
        Desk::at(Path::new(&folder), Disk::default()),
        env::var(NAME).unwrap(),
    ))
}

/// Adds two stories in one act.
fn add_pair(desk: &mut Desk, name: &str) {
    let add = |half: &str| {
        let id = StoryId::new(Uuid::now_v7());
        let draft = Draft::titled(Title::parse(&format!("{name} {half}")).unwrap());
        let place = Place::Bottom;
        Change::Add(Box::new(NewStory { id, draft, place }))
    };
    let act = desk.perform(name, &[add("one"), add("two")]);
    desk.save(&act).unwrap();
}

#[test]
fn two_processes_that_write_at_once_lose_nothing() {
    if let Some((mut desk, name)) = desk_of_child() {
        let shared = desk.backlog.find("WEB-1").unwrap().id;
        return write_busily(&mut desk, &name, shared);
    }
    let folder = empty_product();
    Desk::at(folder.path(), Disk::default()).added("Shared");
    let test = "two_processes_that_write_at_once_lose_nothing";
    let children = ["Ana", "Ben"].map(|name| child(test, name, folder.path()));
    for child in children {
        let output = child.wait_with_output().unwrap();
        assert!(
            output.status.success(),
            "{}",
            String::from_utf8_lossy(&output.stderr)
        );
    }
    // The desk asserts that no number is used twice.
    let mut desk = Desk::at(folder.path(), Disk::default());
    assert_eq!(desk.backlog.stories().count(), 1 + 2 * 2 * ROUNDS);
    assert_eq!(desk.backlog.find("WEB-1").unwrap().labels.len(), 2 * ROUNDS);
    assert_eq!(desk.store.acts().unwrap().len(), 1 + 2 * 2 * ROUNDS);
}

/// Adds stories, and labels to a story that the others label too.
fn write_busily(desk: &mut Desk, name: &str, shared: StoryId) {
    for round in 0..ROUNDS {
        add_pair(desk, &format!("{name} {round}"));
        let mut labels = desk.story(shared).labels.clone();
        labels.push(Line::parse(&format!("{name}-{round}")));
        let act = desk.edit(shared, Edit::Labels(labels));
        desk.save(&act).unwrap();
    }
}

#[test]
fn a_killed_process_leaves_whole_acts_and_everything_it_called_saved() {
    if let Some((mut desk, _)) = desk_of_child() {
        for round in 0.. {
            add_pair(&mut desk, &format!("round {round}"));
            // Not a print macro: those are captured.
            writeln!(io::stderr(), "saved {round}").unwrap();
        }
    }
    for rounds in [1, 2, 7] {
        let folder = empty_product();
        let test = "a_killed_process_leaves_whole_acts_and_everything_it_called_saved";
        let mut child = child(test, "Ana", folder.path());
        let lines = BufReader::new(child.stderr.take().unwrap()).lines();
        let mut said = Vec::new();
        for line in lines
            .map_while(Result::ok)
            .filter(|line| line.starts_with("saved"))
        {
            said.push(line);
            if said.len() == rounds {
                child.kill().unwrap();
            }
        }
        child.wait().unwrap();
        assert!(said.len() >= rounds);
        let desk = Desk::at(folder.path(), Disk::default());
        let titles = desk.titles().join("\n");
        let halves = |half| titles.matches(half).count();
        assert_eq!(halves(" one"), halves(" two"), "{titles}");
        assert!(halves(" one") >= said.len(), "{said:?}\n{titles}");
    }
}
