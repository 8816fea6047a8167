//! What has happened, on the command line.

use backstory::model::{Backlog, Memory};
use backstory::store::{JsonStore, Visit};
use jiff::Timestamp;

use super::program::{Answer, Program, answer};

/// A product of Ana's with a problem and chores that could be agreed, looked at and left.
fn left() -> Program {
    let program = Program::with_product();
    for title in ["One", "Two", "Three", "Four", "Five", "Six", "Seven"] {
        program.run(["add", title, "--kind", "chore"]).ok();
    }
    program.run(["problem", "add", "Checkout is slow"]).ok();
    visit(&program);
    program
}

/// Leaves the screen.
fn visit(program: &Program) {
    let folder = program.data().join("webshop");
    let (_, opened) = JsonStore::open(&folder).unwrap();
    let (backlog, _) = Backlog::load(opened.product, opened.stories, opened.highest_number);
    let backlog = backlog.with_problems(opened.problems);
    let memory = Memory::of(&backlog, None, Timestamp::now());
    Visit::of(folder, "Ana").save(&memory).unwrap();
}

fn ben(program: &Program, arguments: &[&str]) -> String {
    let mut command = program.command();
    answer(command.env("BACKSTORY_USER", "Ben").args(arguments)).ok()
}

fn bens_day(program: &Program) {
    for step in ["agree", "start", "deliver"] {
        ben(program, &["step", "WEB-1", step]);
    }
    ben(program, &["step", "WEB-2", "agree"]);
    ben(program, &["move", "WEB-7", "--top"]);
    ben(program, &["add", "Eight"]);
    ben(
        program,
        &[
            "problem", "evidence", "checkout", "Gave up", "--source", "Mia",
        ],
    );
}

/// The lines without the dates at their ends.
fn lines(said: &str) -> Vec<String> {
    let line = |line: &str| {
        let words = line.split_whitespace();
        let words: Vec<&str> = words.filter(|word| !word.starts_with("20")).collect();
        words.join(" ")
    };
    said.lines().map(line).collect()
}

#[test]
fn what_others_did_since_the_screen_was_left_is_told_in_groups() {
    let program = left();
    bens_day(&program);
    program.run(["edit", "WEB-3", "--estimate", "5"]).ok();
    program.run(["move", "WEB-6", "--top"]).ok();
    let said = lines(&program.run(["since"]).ok());
    let problem = said.last().unwrap().clone();
    assert!(
        problem.ends_with("Checkout is slow 1 voice Ben"),
        "{problem}"
    );
    let expected = [
        "Delivered",
        "WEB-1 One delivered Ben",
        "",
        "New",
        "WEB-8 Eight new Ben",
        "",
        "Changed",
        "WEB-2 Two agreed Ben",
        "",
        "Moved far",
        "WEB-7 Seven moved up from 7 to 2 Ben",
        "",
        "Evidence",
        &problem,
    ];
    assert_eq!(said, expected);
    visit(&program);
    let quiet = program.run(["since"]);
    assert_eq!((quiet.code, quiet.out.as_str()), (0, ""));
    assert!(
        quiet.err.starts_with("Nothing has happened since 20"),
        "{}",
        quiet.err
    );
}

#[test]
fn with_a_day_everything_is_told_the_own_acts_too() {
    let program = left();
    bens_day(&program);
    let today = Timestamp::now()
        .to_zoned_datetime(jiff::tz::TimeZone::UTC)
        .date();
    let said = lines(&program.run(["since", &today.to_string()]).ok());
    for line in ["WEB-1 One delivered Ben", "WEB-8 Eight new Ben"] {
        assert!(said.contains(&line.to_owned()), "{line}: {said:?}");
    }
    let document = program.run(["since", "--json", &today.to_string()]);
    assert!(document.out.contains("\"WEB-3\""), "{}", document.out);
    let tomorrow = today.tomorrow().unwrap().to_string();
    let refused = program.run(["since", &tomorrow]).usage();
    assert!(refused.contains("has not come yet"), "{refused}");
    program.run(["since", "yesterday"]).usage();
}

#[test]
fn without_a_visit_it_tells_of_the_last_days() {
    let program = Program::with_product();
    program.run(["add", "One", "--kind", "chore"]).ok();
    ben(&program, &["add", "Two"]);
    assert_eq!(
        lines(&program.run(["since"]).ok()),
        ["New", "WEB-2 Two new Ben"]
    );
    // A visit that makes no sense is none.
    let file = program.data().join("webshop/.local/visit-_41na.json");
    std::fs::write(file, "{\"format\":1}").unwrap();
    assert_eq!(
        lines(&program.run(["since"]).ok()),
        ["New", "WEB-2 Two new Ben"]
    );
}

#[test]
fn a_document_has_every_group() {
    let program = left();
    bens_day(&program);
    let document = program.run(["since", "--json"]).json("since");
    assert!(document["since"].is_string());
    let delivered = &document["delivered"][0];
    assert_eq!(delivered["key"], "WEB-1");
    assert_eq!(delivered["what"], "delivered");
    assert_eq!(delivered["by"], "Ben");
    let moved = &document["moved"][0];
    assert_eq!((&moved["from"], &moved["to"]), (&7.into(), &1.into()));
    assert_eq!(document["evidence"][0]["voices"], 1);
    assert_eq!(document["evidence"][0]["title"], "Checkout is slow");
    for group in ["came_back", "accepted", "said", "forecast", "due"] {
        assert_eq!(document[group], serde_json::json!([]), "{group}");
    }
    let Answer { out, .. } = program.run(["since", "--json", "2000-01-01"]);
    assert!(out.contains("WEB-5"), "{out}");
}

#[test]
fn a_definition_of_done_that_another_changed_and_a_story_that_is_gone_are_told() {
    let program = left();
    program.run(["undo"]).ok();
    ben(&program, &["config", "done", "--add", "Shown to a user"]);
    let folder = program.data().join("webshop");
    let (_, opened) = JsonStore::open(&folder).unwrap();
    let story = opened.stories.iter().find(|story| story.number == 2);
    let file = format!("stories/{}.json", story.unwrap().id);
    std::fs::remove_file(folder.join(file)).unwrap();
    let said = lines(&program.run(["since"]).ok());
    let expected = [
        "Settings",
        "The settings changed: the definition of done Ben",
        "",
        "Deleted",
        "WEB-2 Two deleted",
    ];
    assert_eq!(said, expected);
    let document = program.run(["since", "--json"]).json("since");
    let settings = &document["settings"][0]["settings"];
    assert_eq!(*settings, serde_json::json!(["the definition of done"]));
    assert_eq!(document["deleted"][0]["key"], "WEB-2");
    // A file that cannot be read is not gone.
    let story = opened.stories.iter().find(|story| story.number == 3);
    let file = format!("stories/{}.json", story.unwrap().id);
    std::fs::write(folder.join(file), "{").unwrap();
    let unread = program.run(["since"]);
    assert!(unread.out.starts_with("Settings"), "{}", unread.out);
    assert!(!unread.out.contains("WEB-3"), "{}", unread.out);
}

#[test]
fn an_import_of_another_is_one_line_and_a_document_names_each_story() {
    let program = left();
    let file = program.data().join("new.txt");
    std::fs::write(
        &file,
        "One more\nTwo more\nThree more\nFour more\nFive more\nSix more\n",
    )
    .unwrap();
    ben(&program, &["import", file.to_str().unwrap()]);
    let said = lines(&program.run(["since"]).ok());
    assert_eq!(said, ["New", "6 new stories added Ben"]);
    let document = program.run(["since", "--json"]).json("since");
    assert_eq!(document["new"].as_array().unwrap().len(), 6);
}
