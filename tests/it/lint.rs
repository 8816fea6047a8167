//! The linter on whole backlogs: its figures on published stories, and its laws.

use std::fs;
use std::path::Path;

use backstory::language::{capture, lint};
use backstory::model::{Backlog, Change, NewStory, Place, Product, Stamp, StoryId};
use uuid::Uuid;

/// A backlog of one story a line.
fn backlog(lines: &[String]) -> Backlog {
    let mut backlog = Backlog::new(Product::new("Shop", None).unwrap());
    let stamp = Stamp::new("2026-11-23T10:00:00Z".parse().unwrap(), "Ana");
    for (line, number) in lines.iter().zip(1u128..) {
        let Ok(draft) = capture::draft(line) else {
            continue;
        };
        let id = StoryId::new(Uuid::from_u128((7 << 76) | number));
        let new = NewStory {
            id,
            draft,
            place: Place::Bottom,
        };
        backlog.apply(&Change::Add(Box::new(new)), &stamp).unwrap();
    }
    backlog
}

#[test]
#[expect(clippy::print_stdout, reason = "the figures are this test's report")]
fn the_share_of_published_stories_that_each_rule_speaks_about() {
    let Some(corpus) = std::env::var_os("BACKSTORY_CORPUS") else {
        return;
    };
    let mut stories = 0;
    let mut figures: std::collections::BTreeMap<&str, usize> =
        lint::RULES.iter().map(|rule| (rule.id, 0)).collect();
    let folder = Path::new(&corpus).join("stories-dalpiaz");
    let mut files: Vec<_> = fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .collect();
    files.sort();
    for file in files {
        let text = String::from_utf8_lossy(&fs::read(&file).unwrap()).into_owned();
        let lines: Vec<String> = text
            .lines()
            .map(str::to_owned)
            .filter(|line| !line.trim().is_empty())
            .collect();
        let backlog = backlog(&lines);
        let compared = lint::Compared::of(&backlog);
        let around = lint::Surroundings::of(&backlog, None, &compared);
        let findings = around.all();
        stories += backlog.open_count();
        for (rule, count) in lint::by_rule(&findings) {
            *figures.entry(rule).or_default() += count;
        }
        for (id, findings) in &findings {
            let story = backlog.story(*id).unwrap();
            for finding in findings {
                let text = finding.spot.text(story);
                println!(
                    "{}|{}|{}|{}",
                    finding.rule.id,
                    finding.spot.name(),
                    text.get(finding.span.clone()).unwrap(),
                    text
                );
            }
        }
    }
    for (rule, count) in &figures {
        println!(
            "{rule}: {count} of {stories} stories, {} %",
            count * 100 / stories
        );
    }
    assert!(stories > 1_000);
    assert_eq!(figures["no-criteria"], stories);
}
