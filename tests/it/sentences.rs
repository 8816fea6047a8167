//! Measures the sentence parser against published stories; returns at once where the corpus is not at hand.

use std::ffi::OsStr;
use std::fs;
use std::path::{Path, PathBuf};

use backstory::language::sentence::{Part, parse, propose_title};
use serde_json::Value;

#[derive(Default)]
struct Tally {
    right: usize,
    all: usize,
    wrong: Vec<String>,
}

impl Tally {
    fn count(&mut self, right: bool, line: impl FnOnce() -> String) {
        self.all += 1;
        if right {
            self.right += 1;
        } else {
            self.wrong.push(line());
        }
    }

    #[expect(clippy::print_stdout, reason = "the figures are this test's report")]
    fn assert_share(&self, what: &str, permille: usize) {
        println!("{what}: {} of {}", self.right, self.all);
        for line in &self.wrong {
            println!("  {line}");
        }
        assert!(self.all > 0, "{what}: nothing was read");
        assert!(
            self.right * 1000 >= self.all * permille,
            "{what}: {} of {} is under {permille} per mille",
            self.right,
            self.all
        );
    }
}

#[test]
fn personas_and_benefits_are_those_that_people_marked() {
    let Some(corpus) = corpus() else { return };
    let mut personas = Tally::default();
    let mut benefits = Tally::default();
    for file in files_below(&corpus.join("stories-annotated-doccano"), "jsonl") {
        for line in lines(&file) {
            let Ok(gold) = serde_json::from_str::<Value>(&line) else {
                continue;
            };
            let text = gold["text"].as_str().unwrap_or_default();
            let sentence = parse(text);
            let found = |part: fn(&_) -> &Option<Part>| {
                let part = sentence
                    .as_ref()
                    .and_then(|sentence| part(sentence).clone());
                comparable(&part.map_or(String::new(), |part| part.text))
            };
            if let Some(persona) = marked(&gold, text, "Persona").into_iter().next() {
                let ours = found(|sentence| &sentence.persona);
                personas.count(ours == persona, || {
                    format!("{ours:?} for {persona:?} in {text}")
                });
            }
            let marked = marked(&gold, text, "Benefit");
            if !marked.is_empty() {
                let ours = found(|sentence| &sentence.benefit);
                benefits.count(marked.contains(&ours), || {
                    format!("{ours:?} for {marked:?} in {text}")
                });
            }
        }
    }
    personas.assert_share("personas", 980);
    benefits.assert_share("benefits", 970);
}

#[test]
fn published_stories_are_taken_apart() {
    let Some(corpus) = corpus() else { return };
    for (folder, permille) in [
        ("stories-dalpiaz", 990),
        ("stories-dalpiaz-variant-nopunct", 970),
    ] {
        let mut tally = Tally::default();
        for file in files_below(&corpus.join(folder), "txt") {
            for line in lines(&file) {
                tally.count(parse(&line).is_some(), || line.clone());
            }
        }
        tally.assert_share(folder, permille);
    }
}

#[test]
fn naughty_strings_are_survived_alone_and_as_parts() {
    let Some(corpus) = corpus() else { return };
    let text = fs::read_to_string(corpus.join("nasty-blns/blns.json")).unwrap_or_default();
    let strings: Vec<String> = serde_json::from_str(&text).unwrap_or_default();
    assert!(strings.len() > 100, "the list was not read");
    for nasty in strings {
        for text in [
            nasty.clone(),
            format!("As a {nasty}, I want to {nasty}, so that {nasty}."),
        ] {
            let Some(sentence) = parse(&text) else {
                continue;
            };
            propose_title(&sentence);
            for part in [sentence.persona, sentence.want, sentence.benefit]
                .iter()
                .flatten()
            {
                assert!(text.get(part.span.clone()).is_some(), "{text:?}");
            }
        }
    }
}

/// The marked passages with this label, in the order of the text.
fn marked(gold: &Value, text: &str, label: &str) -> Vec<String> {
    let offset = |entity: &Value, name: &str| {
        let number = entity[name].as_u64().unwrap_or_default();
        usize::try_from(number).unwrap_or(usize::MAX)
    };
    let mut spans: Vec<(usize, usize)> = gold["entities"]
        .as_array()
        .into_iter()
        .flatten()
        .filter(|entity| entity["label"] == label)
        .map(|entity| (offset(entity, "start_offset"), offset(entity, "end_offset")))
        .collect();
    spans.sort_unstable();
    spans
        .into_iter()
        .map(|(start, end)| {
            let passage: String = text
                .chars()
                .skip(start)
                .take(end.saturating_sub(start))
                .collect();
            comparable(&passage)
        })
        .collect()
}

/// Trimmed, small letters, single blanks, without article and final punctuation.
fn comparable(text: &str) -> String {
    let words: Vec<String> = text.split_whitespace().map(str::to_lowercase).collect();
    let article = words.len() > 1
        && words
            .first()
            .is_some_and(|word| ["a", "an", "the"].contains(&word.as_str()));
    let words = words.get(usize::from(article)..).unwrap_or_default();
    words
        .join(" ")
        .trim_end_matches(['.', ',', ';', '!', ' '])
        .to_owned()
}

fn corpus() -> Option<PathBuf> {
    std::env::var_os("BACKSTORY_CORPUS").map(PathBuf::from)
}

fn files_below(folder: &Path, extension: &str) -> Vec<PathBuf> {
    let mut found = Vec::new();
    for entry in fs::read_dir(folder).into_iter().flatten().flatten() {
        let path = entry.path();
        if path.is_dir() {
            found.extend(files_below(&path, extension));
        } else if path.extension() == Some(OsStr::new(extension)) {
            found.push(path);
        }
    }
    found.sort();
    found
}

fn lines(file: &Path) -> Vec<String> {
    let bytes = fs::read(file).unwrap_or_default();
    let text = String::from_utf8_lossy(&bytes);
    text.lines()
        .filter(|line| line.chars().any(char::is_alphanumeric))
        .map(str::to_owned)
        .collect()
}
