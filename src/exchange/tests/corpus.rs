//! Other people's files, where they are at hand: nothing is lost, nothing doubles.
#![expect(
    clippy::print_stdout,
    reason = "figures are read by the person who runs it"
)]

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use super::*;
use crate::exchange::{To, export};
use crate::model::Status;

/// What each folder holds at least: stories, sentences taken apart, criteria, estimates.
const EXPECTED: [(&str, usize, usize, usize, usize); 13] = [
    ("ado-csv-ticketflow", 341, 85, 260, 126),
    ("backlog-csv-dts", 47, 47, 0, 0),
    ("backlog-pipe-fsd", 35, 35, 35, 0),
    ("gitlab-csv-import", 7, 0, 0, 0),
    ("jira-csv-testautogen", 22, 0, 0, 0),
    ("linear-csv-shortcutrepl", 10, 0, 0, 3),
    ("nasty-blns", 480, 0, 0, 0),
    ("pivotal-cm42", 50, 0, 0, 30),
    ("pivotal-galvanize-fish", 11, 0, 8, 10),
    ("quality-aqusa-core", 152, 150, 0, 0),
    ("stories-dalpiaz", 1_038, 1_020, 0, 0),
    ("stories-dalpiaz-variant-nopunct", 876, 860, 0, 0),
    ("storypoints-deepse", 12_464, 800, 0, 12_464),
];

fn corpus() -> Option<PathBuf> {
    std::env::var_os("BACKSTORY_CORPUS").map(PathBuf::from)
}

fn files(folder: &Path, found: &mut Vec<PathBuf>) {
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            files(&path, found);
        } else if path
            .extension()
            .is_some_and(|extension| extension == "csv" || extension == "txt")
        {
            found.push(path);
        }
    }
    found.sort();
}

#[derive(Debug, Default)]
struct Figures {
    files: usize,
    read: usize,
    stories: usize,
    skipped: usize,
    sentences: usize,
    criteria: usize,
    estimates: usize,
    accepted: usize,
}

/// Imports a file twice and out and in again; answers how much it held.
fn measure(path: &Path, figures: &mut Figures) {
    let bytes = std::fs::read(path).unwrap();
    let name = path.to_str();
    let format = Format::detect(name, &bytes);
    let imported = match read(format, &bytes) {
        Ok(imported) => imported,
        Err(error) => {
            println!("{}: {error}", path.display());
            assert!(
                path.ends_with("stories_illegal.csv") && error.line == Some(1),
                "{error}"
            );
            return;
        }
    };
    let mut backlog = empty();
    let plan = planned(imported.clone(), &backlog);
    backlog.apply_all(&plan.changes, &stamp()).unwrap();
    assert_eq!(
        plan.read,
        plan.imported + plan.skipped.len(),
        "{}",
        path.display()
    );
    assert_eq!(imported.records.len(), plan.imported);
    let again = planned(imported.clone(), &backlog);
    assert_eq!(
        (again.changes.len(), again.unchanged),
        (0, plan.imported),
        "{}",
        path.display()
    );
    let told = stories(&backlog);
    out_and_in(path, &backlog);
    figures.files += 1;
    figures.read += plan.read;
    figures.stories += plan.imported;
    figures.skipped += plan.skipped.len();
    figures.sentences += told.iter().filter(|story| !story.want.is_empty()).count();
    figures.criteria += told.iter().map(|story| story.criteria.len()).sum::<usize>();
    figures.estimates += told.iter().filter(|story| story.estimate.is_some()).count();
    figures.accepted += told
        .iter()
        .filter(|story| story.status == Status::Accepted)
        .count();
    show(path, &plan);
}

/// Writes a backlog and reads it again, as a table and whole.
fn out_and_in(path: &Path, backlog: &Backlog) {
    let told = stories(backlog);
    let mut second = empty();
    import(
        &mut second,
        Format::Csv,
        export(&told, backlog, To::Csv).as_bytes(),
    );
    for (one, other) in told.iter().zip(stories(&second)) {
        assert_eq!(
            (&one.title, &one.notes, criteria(one)),
            (&other.title, &other.notes, criteria(other))
        );
    }
    let mut third = empty();
    let json = export(&told, backlog, To::Json);
    import(&mut third, Format::Json, json.as_bytes());
    assert_eq!(
        export(&stories(&third), &third, To::Json),
        json,
        "{}",
        path.display()
    );
}

fn show(path: &Path, plan: &Plan) {
    for skipped in plan.skipped.iter().take(4) {
        println!("  {}:{}: {}", path.display(), skipped.line, skipped.reason);
    }
    for lossy in plan.lossy.iter().take(12) {
        println!(
            "  {}: {} in {}: {}",
            path.display(),
            lossy.field,
            lossy.stories,
            lossy.reason
        );
    }
}

#[test]
fn files_of_other_tools_are_read_whole_and_never_double() {
    let Some(corpus) = corpus() else { return };
    let mut paths = Vec::new();
    files(&corpus, &mut paths);
    let mut figures: BTreeMap<String, Figures> = BTreeMap::new();
    for path in &paths {
        let folder = path
            .strip_prefix(&corpus)
            .unwrap()
            .components()
            .next()
            .unwrap();
        let folder = folder.as_os_str().to_str().unwrap().to_owned();
        measure(path, figures.entry(folder).or_default());
    }
    for (folder, figures) in &figures {
        println!("{folder}: {figures:?}");
    }
    for (folder, stories, sentences, criteria, estimates) in EXPECTED {
        let found = figures
            .get(folder)
            .unwrap_or_else(|| panic!("{folder} is missing"));
        assert!(found.stories >= stories, "{folder}: {found:?}");
        assert!(found.sentences >= sentences, "{folder}: {found:?}");
        assert!(found.criteria >= criteria, "{folder}: {found:?}");
        assert!(found.estimates >= estimates, "{folder}: {found:?}");
    }
}

#[test]
fn every_line_of_a_set_of_stories_is_a_story_or_says_what_an_earlier_one_says() {
    let Some(corpus) = corpus() else { return };
    let path = corpus.join("stories-dalpiaz/g02-federalspending.txt");
    let bytes = std::fs::read(path).unwrap();
    let lines = String::from_utf8(bytes.clone()).unwrap();
    let lines: Vec<&str> = lines
        .lines()
        .map(str::trim)
        .filter(|line| !line.is_empty())
        .collect();
    let plan = planned(read(Format::Text, &bytes).unwrap(), &empty());
    assert_eq!(
        (plan.read, plan.imported + plan.skipped.len()),
        (lines.len(), lines.len())
    );
    for skipped in &plan.skipped {
        let line = lines[skipped.line - 1];
        let first = lines.iter().position(|other| *other == line).unwrap() + 1;
        assert_eq!(skipped.reason, format!("It says the same as line {first}."));
    }
}
