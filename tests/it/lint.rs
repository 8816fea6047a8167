//! The linter on whole backlogs: its figures on published stories. Each returns at once where the corpus is not at hand.
#![expect(
    clippy::print_stdout,
    reason = "the figures are what these tests are run for"
)]

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

use backstory::exchange::{self, Format};
use backstory::language::lint::{Compared, Finding, RULES, Surroundings};
use backstory::model::{
    Backlog, Change, Draft, NewStory, Place, Product, Prose, Status, StoryId, Title,
};
use serde_json::Value;
use uuid::Uuid;

use crate::support::driver::{now, stamp};

/// The folders whose text and CSV files are read as an import reads them.
const IMPORTED: [&str; 10] = [
    "ado-csv-ticketflow",
    "backlog-csv-dts",
    "backlog-pipe-fsd",
    "gitlab-csv-import",
    "jira-csv-testautogen",
    "linear-csv-shortcutrepl",
    "pivotal-galvanize-fish",
    "quality-aqusa-core/input",
    "stories-dalpiaz",
    "stories-dalpiaz-variant-nopunct",
];

#[test]
fn the_share_of_published_stories_that_each_rule_speaks_about() {
    let Some(corpus) = corpus() else { return };
    let mut all = 0;
    let imported = IMPORTED
        .iter()
        .map(|name| (*name, imported(&corpus.join(name))));
    let sets = imported.chain([
        ("stories-annotated-doccano", annotated(&corpus)),
        ("backlogmd-self", markdown(&corpus)),
    ]);
    for (name, backlogs) in sets {
        let mut figures: BTreeMap<&str, usize> = BTreeMap::new();
        let mut stories = 0;
        for backlog in &backlogs {
            stories += backlog.open_count();
            let compared = Compared::of(backlog);
            for (id, findings) in findings(backlog) {
                let rules: BTreeSet<&str> = findings.iter().map(|found| found.rule.id).collect();
                for rule in rules {
                    *figures.entry(rule).or_default() += 1;
                }
                for finding in &findings {
                    tell(name, backlog, id, finding, &compared);
                }
            }
        }
        println!("== {name}: {stories} stories");
        for rule in RULES {
            let flagged = figures.get(rule.id).copied().unwrap_or(0);
            println!(
                "== {name}: {} {flagged} of {stories}, {} %",
                rule.id,
                flagged * 100 / stories.max(1)
            );
        }
        assert!(stories > 0, "{name}: nothing was read");
        all += stories;
    }
    assert!(all > 4_000, "{all}");
}

/// AQUSA is the tool of the paper that the clerical rules come from; what it says of two sets is published with it. It
/// is no judge: some of what it reports is none (a verb on one side of the conjunction only).
#[test]
fn what_the_linter_and_aqusa_say_of_the_same_stories() {
    let Some(corpus) = corpus() else { return };
    let folder = corpus.join("quality-aqusa-core");
    let mut figures: BTreeMap<&str, [usize; 3]> = BTreeMap::new();
    for name in ["g09", "g14"] {
        let report = fs::read_to_string(folder.join(format!("output/{name}.html"))).unwrap();
        let told = reported(&report);
        assert!(!told.is_empty());
        let text = fs::read_to_string(folder.join(format!("input/{name}.txt"))).unwrap();
        let lines: Vec<&str> = text.lines().collect();
        let backlog = backlog(
            lines
                .iter()
                .filter_map(|line| backstory::language::capture::draft(line).ok()),
        );
        let found = findings(&backlog);
        let found = |number: usize, rule: &str| {
            let id = id(number);
            let of_story = found.iter().find(|(story, _)| *story == id);
            of_story.is_some_and(|(_, found)| found.iter().any(|found| found.rule.id == rule))
        };
        for rule in ["atomic", "minimal", "unique", "well-formed"] {
            let [both, ours, theirs] = figures.entry(rule).or_default();
            for number in 1..=lines.len() {
                let (we, they) = (
                    found(number, rule),
                    told.contains(&(number, rule.to_owned())),
                );
                *both += usize::from(we && they);
                *ours += usize::from(we && !they);
                *theirs += usize::from(they && !we);
                if we != they {
                    let who = if we { "ours alone" } else { "theirs alone" };
                    println!("{name} {number} {rule}, {who}: {}", lines[number - 1]);
                }
            }
        }
    }
    for (rule, [both, ours, theirs]) in &figures {
        println!("== {rule}: both {both}, ours alone {ours}, theirs alone {theirs}");
    }
    assert!(figures["atomic"][0] >= 3 && figures["unique"][0] >= 1);
}

/// The story's number and the kind of each defect in a report.
fn reported(html: &str) -> BTreeSet<(usize, String)> {
    let rows = html.split("<tr><td>").skip(1);
    rows.filter_map(|row| {
        let mut cells = row.split("</td><td>");
        let number = cells.next()?.parse().ok()?;
        Some((number, cells.nth(1)?.to_owned()))
    })
    .collect()
}

/// One line a finding: to be drawn from and read by hand.
fn tell(set: &str, backlog: &Backlog, id: StoryId, finding: &Finding, compared: &Compared) {
    let other = compared
        .likeness(id)
        .filter(|_| matches!(finding.rule.id, "similar" | "unique"))
        .map(|likeness| likeness.other);
    let story = backlog.story(id).unwrap();
    let text = finding.spot.text(story);
    let words = text.get(finding.span.clone()).unwrap();
    let line = |text: &str| text.replace(['\n', '|'], " ");
    println!(
        "{}|{set}|{}|{}|{}|{}",
        finding.rule.id,
        finding.spot.name(),
        line(words),
        line(text),
        line(&match backlog.story(other.unwrap_or(id)) {
            Some(other) if other.id != id => format!("{} {}", other.title, other.want),
            _ => story.title.to_string(),
        })
    );
}

fn findings(backlog: &Backlog) -> Vec<(StoryId, Vec<Finding>)> {
    let compared = Compared::of(backlog);
    Surroundings::of(backlog, None, &compared).all()
}

fn id(number: usize) -> StoryId {
    StoryId::new(Uuid::from_u128((7 << 76) | number as u128))
}

/// A backlog of ideas.
fn backlog(drafts: impl Iterator<Item = Draft>) -> Backlog {
    let mut backlog = Backlog::new(Product::new("Shop", None).unwrap());
    for (mut draft, number) in drafts.zip(1..) {
        draft.status = Status::Idea;
        let new = NewStory {
            id: id(number),
            draft,
            place: Place::Bottom,
        };
        backlog
            .apply(&Change::Add(Box::new(new)), &stamp())
            .unwrap();
    }
    backlog
}

/// The backlogs of a folder's files, as an import reads them.
fn imported(folder: &Path) -> Vec<Backlog> {
    let files = files_below(folder, &["csv", "txt"]);
    let read = files.iter().filter_map(|file| {
        let bytes = fs::read(file).unwrap();
        let imported = exchange::read(Format::detect(file.to_str(), &bytes), &bytes).ok()?;
        let mut next = 0;
        let plan = exchange::plan(
            imported,
            &Backlog::new(Product::new("Shop", None).unwrap()),
            now(),
            &mut || {
                next += 1;
                id(next)
            },
        );
        let drafts = plan.changes.into_iter().filter_map(|change| match change {
            Change::Add(new) => Some(new.draft),
            _ => None,
        });
        Some(backlog(drafts))
    });
    read.collect()
}

/// The annotated stories, without their annotations.
fn annotated(corpus: &Path) -> Vec<Backlog> {
    let files = files_below(&corpus.join("stories-annotated-doccano"), &["jsonl"]);
    let read = files.iter().map(|file| {
        let text = fs::read_to_string(file).unwrap();
        let drafts = text.lines().filter_map(|line| {
            let gold: Value = serde_json::from_str(line).ok()?;
            backstory::language::capture::draft(gold["text"].as_str()?).ok()
        });
        backlog(drafts)
    });
    read.collect()
}

/// Stories with a title and a list of acceptance criteria, one a file.
fn markdown(corpus: &Path) -> Vec<Backlog> {
    let files = files_below(&corpus.join("backlogmd-self"), &["md"]);
    let drafts = files.iter().filter_map(|file| {
        let text = fs::read_to_string(file).unwrap();
        let title = text.lines().find_map(|line| line.strip_prefix("title:"))?;
        let mut draft = Draft::titled(Title::parse(title.trim().trim_matches(['"', '\''])).ok()?);
        let (_, after) = text.split_once("## Acceptance Criteria")?;
        let own = after.split("\n## ").next()?;
        draft.criteria = own
            .lines()
            .filter_map(|line| {
                line.trim()
                    .strip_prefix("- [")
                    .and_then(|rest| rest.get(3..))
            })
            .map(|line| line.trim_start_matches(|c: char| c == '#' || c.is_ascii_digit()))
            .map(Prose::parse)
            .collect();
        Some(draft)
    });
    vec![backlog(drafts)]
}

fn corpus() -> Option<PathBuf> {
    std::env::var_os("BACKSTORY_CORPUS").map(PathBuf::from)
}

fn files_below(folder: &Path, extensions: &[&str]) -> Vec<PathBuf> {
    let mut found = Vec::new();
    for entry in fs::read_dir(folder).into_iter().flatten().flatten() {
        let path = entry.path();
        if path.is_dir() {
            found.extend(files_below(&path, extensions));
        } else if path
            .extension()
            .and_then(|extension| extension.to_str())
            .is_some_and(|extension| extensions.contains(&extension))
        {
            found.push(path);
        }
    }
    found.sort();
    found
}
