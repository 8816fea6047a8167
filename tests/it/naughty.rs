//! Strings that programs stumble over, through everything that takes text: the big list of naughty strings, every emoji
//! and characters of every width. Returns at once where the corpus is not at hand.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use backstory::language::lint::{Compared, Surroundings};
use backstory::language::{capture, sentence};
use backstory::model::{Backlog, Change, NewStory, Place, Product, Prose, Refusal, StoryId, Title};
use unicode_segmentation::UnicodeSegmentation as _;
use uuid::Uuid;

use crate::cli::program::Program;
use crate::support::driver::{Driver, stamp};

/// All of the strings; those of the tables of characters some dozens at a time, so that each stands beside others.
fn strings() -> Vec<String> {
    let Some(corpus) = std::env::var_os("BACKSTORY_CORPUS") else {
        return Vec::new();
    };
    let corpus = Path::new(&corpus);
    let text = fs::read_to_string(corpus.join("nasty-blns/blns.json")).unwrap();
    let mut strings: Vec<String> = serde_json::from_str(&text).unwrap();
    assert!(strings.len() > 400);
    for (file, end) in [("emoji-test.txt", ';'), ("EastAsianWidth.txt", ';')] {
        let text = fs::read_to_string(corpus.join("nasty-unicode").join(file)).unwrap();
        let characters: Vec<String> = text
            .lines()
            .filter(|line| !line.starts_with('#') && !line.trim().is_empty())
            .filter_map(|line| characters(line.split(end).next()?))
            .collect();
        assert!(characters.len() > 2_000, "{file}");
        strings.extend(characters.chunks(48).map(|some| some.join(" ")));
    }
    strings
}

/// The characters of a table's row: a sequence (`1F600 200D`), or the first and the last of a range (`3400..4DBF`).
fn characters(codes: &str) -> Option<String> {
    let codes = codes.trim().split("..").flat_map(str::split_whitespace);
    codes
        .map(|code| char::from_u32(u32::from_str_radix(code, 16).ok()?))
        .collect()
}

/// A string alone, and as every part of a sentence.
fn texts(string: &str) -> [String; 3] {
    [
        string.to_owned(),
        format!("As a {string}, I want to {string}, so that {string}"),
        format!("Pay and {string} the card ({string}). {string}"),
    ]
}

fn edges(text: &str) -> BTreeSet<usize> {
    let starts = text.grapheme_indices(true).map(|(at, _)| at);
    starts.chain([text.len()]).collect()
}

/// The letters and digits of a text in their order.
fn letters(text: &str) -> String {
    text.chars().filter(|c| c.is_alphanumeric()).collect()
}

fn count(text: &str) -> usize {
    text.chars().count()
}

#[test]
fn sentences_are_taken_apart_between_characters_and_nothing_is_lost() {
    for string in strings() {
        for text in texts(&string) {
            let Ok(draft) = capture::draft(&text) else {
                let refusal = Title::parse(text.trim()).err();
                assert!(
                    matches!(
                        refusal,
                        Some(Refusal::EmptyTitle | Refusal::LongTitle { .. })
                    ),
                    "{text:?}"
                );
                continue;
            };
            let Some(parsed) = sentence::parse(text.trim()) else {
                let (first, rest) = text.trim().split_once('\n').unwrap_or((text.trim(), ""));
                assert_eq!(draft.title, Title::parse(first).unwrap(), "{text:?}");
                assert_eq!(draft.notes, Prose::parse(rest.trim()), "{text:?}");
                continue;
            };
            let edges = edges(text.trim());
            let parts = [&parsed.persona, &parsed.want, &parsed.benefit];
            let mut kept: Vec<std::ops::Range<usize>> = parsed.rest.clone();
            kept.extend(parts.into_iter().flatten().map(|part| part.span.clone()));
            kept.sort_by_key(|span| span.start);
            for span in &kept {
                assert!(
                    edges.contains(&span.start) && edges.contains(&span.end),
                    "{text:?}"
                );
            }
            // What stands in no part is what joins them, and never the string.
            let spans = kept.iter().filter_map(|span| text.trim().get(span.clone()));
            let spans: usize = spans.map(|span| count(&letters(span))).sum();
            let left = count(&letters(text.trim())) - spans;
            assert!(
                left <= "As an I want to so that".len(),
                "{text:?}: {parsed:?}"
            );
            let told = [&draft.persona, &draft.want, &draft.benefit].map(|part| letters(part));
            let told = told.concat() + &letters(&draft.notes);
            assert_eq!(count(&told), spans, "{text:?}");
        }
    }
}

#[test]
fn the_linter_marks_whole_characters_and_its_repairs_are_possible() {
    let id = StoryId::new(Uuid::from_u128(7 << 76));
    for string in strings() {
        for text in texts(&string) {
            let Ok(mut draft) = capture::draft(&text) else {
                continue;
            };
            draft.criteria = vec![Prose::parse(&text)];
            let mut backlog = Backlog::new(Product::new("Shop", None).unwrap());
            let place = Place::Bottom;
            let add = Change::Add(Box::new(NewStory { id, draft, place }));
            backlog.apply(&add, &stamp()).unwrap();
            let story = backlog.story(id).unwrap();
            let compared = Compared::of(&backlog);
            for finding in Surroundings::of(&backlog, None, &compared).story(story) {
                let edges = edges(finding.spot.text(story));
                let span = &finding.span;
                assert!(
                    edges.contains(&span.start) && edges.contains(&span.end),
                    "{text:?}"
                );
                let Some(Ok(mended)) = finding
                    .repair
                    .as_ref()
                    .map(|repair| repair.mend(&finding, story))
                else {
                    continue;
                };
                let mut after = backlog.clone();
                for edit in mended.edits {
                    after
                        .apply(&Change::Edit { story: id, edit }, &stamp())
                        .unwrap();
                }
            }
        }
    }
}

#[test]
fn what_is_captured_and_edited_on_the_screen_stays_as_it_is() {
    for some in strings().chunks(25) {
        take_down(some);
    }
}

/// Writes a story of each string, and the string into its fields.
fn take_down(strings: &[String]) {
    let product = Product::new("Webshop", None).unwrap();
    let mut driver = Driver::with(product, Vec::new(), (80, 24), backstory::ui::Theme::FULL);
    let mut stories = 0;
    for string in strings {
        driver.press("n Alt+A").paste(string).press("Enter");
        let Ok(draft) = capture::draft(string) else {
            driver.expect("New story").press("Esc");
            continue;
        };
        stories += 1;
        let key = format!("WEB-{stories}");
        let story = driver.story(&key);
        assert_eq!(
            (&story.title, &story.notes),
            (&draft.title, &draft.notes),
            "{string:?}"
        );
        // The persona, the want, the benefit and a criterion.
        driver.press("e");
        for _ in 0..4 {
            driver.press("Tab Alt+A").paste(string);
        }
        driver.press("Esc");
        let story = driver.story(&key);
        let parts = [&story.persona, &story.want, &story.benefit];
        for part in parts {
            assert_eq!(letters(part), letters(string), "{string:?}");
        }
        let criteria: String = story
            .criteria
            .iter()
            .map(|one| letters(&one.text))
            .collect();
        assert_eq!(criteria, letters(string), "{string:?}");
    }
}

#[test]
fn the_command_line_takes_all_of_them_and_prints_nothing_that_acts() {
    let strings = strings();
    if strings.is_empty() {
        return;
    }
    let program = Program::with_product();
    for some in strings.chunks(40) {
        let texts: Vec<Prose> = some
            .iter()
            .map(|text| text.replace('\0', "␀"))
            .map(|text| Prose::parse(&text))
            .filter(|text| !text.is_empty())
            .collect();
        let options = texts.iter().map(|text| format!("--criterion={text}"));
        let title = format!("--notes={}", texts.first().unwrap());
        let arguments = ["add", "Take it", "--json"].map(str::to_owned);
        let answer = program.run(arguments.into_iter().chain([title]).chain(options));
        let document = answer.json("story");
        let key = document["story"]["key"].as_str().unwrap();
        let story = program.story(key);
        let kept = story["criteria"].as_array().unwrap();
        let kept: Vec<&str> = kept
            .iter()
            .map(|one| one["text"].as_str().unwrap())
            .collect();
        assert_eq!(kept, texts.iter().map(Prose::as_str).collect::<Vec<_>>());
        harmless(&program.run(["show", key]).ok());
    }
    let answer = program.run(["lint"]);
    assert_eq!(answer.code, 1, "titles that are the same are a defect");
    harmless(&answer.out);
    let answer = program.run(["lint", "--json"]);
    let document: serde_json::Value = serde_json::from_str(&answer.out).unwrap();
    assert_eq!(document["kind"], "finding-list");
}

/// No character that a terminal takes for a command.
#[track_caller]
fn harmless(printed: &str) {
    let acts = |c: char| {
        (c.is_control() && c != '\n')
            || matches!(c, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
    };
    let found = printed.chars().find(|c| acts(*c));
    assert_eq!(found, None, "{printed}");
}
