//! Reads the sources and fails where they break a rule of the architecture that the compiler does not know.

use std::fs;
use std::path::{Path, PathBuf};

/// The longest a file may be before its tests.
const FILE: usize = 500;
/// The longest a function may be.
const FUNCTION: usize = 60;

/// Long functions that are tables, not procedures: one sentence after the other.
const TABLES: &[&str] = &["src/model/refusal.rs"];

/// What each layer must never name, beyond what the compiler forbids.
const FORBIDDEN: &[(&str, &[&str])] = &[
    (
        "model",
        &[
            "crate::ui",
            "crate::store",
            "crate::keymap",
            "crate::cli",
            "crate::runtime",
            "crate::exchange",
            "crate::language",
            "crossterm",
            "ratatui",
            "anyhow",
            "std::fs",
            "std::env",
            "std::time",
            "Timestamp::now",
            "now_v7",
        ],
    ),
    (
        "language",
        &[
            "crate::ui",
            "crate::store",
            "crate::keymap",
            "crate::cli",
            "crate::runtime",
            "crate::exchange",
            "crossterm",
            "ratatui",
            "std::fs",
            "Timestamp::now",
        ],
    ),
    (
        "exchange",
        &[
            "crate::ui",
            "crate::store",
            "crate::keymap",
            "crate::cli",
            "crate::runtime",
            "crossterm",
            "ratatui",
            "std::fs",
            "Timestamp::now",
        ],
    ),
    (
        "store",
        &[
            "crate::ui",
            "crate::keymap",
            "crate::cli",
            "crate::runtime",
            "ratatui",
            "crossterm",
        ],
    ),
    (
        "keymap",
        &[
            "crate::model",
            "crate::ui",
            "crate::store",
            "crate::cli",
            "crate::runtime",
            "ratatui",
        ],
    ),
    (
        "ui",
        &[
            "crate::store",
            "crate::cli",
            "crate::runtime",
            "std::fs",
            "std::env",
            "Timestamp::now",
            "now_v7",
            "crossterm",
        ],
    ),
    (
        "cli",
        &["crate::ui", "crate::keymap", "ratatui", "crossterm"],
    ),
];

struct Source {
    path: PathBuf,
    text: String,
}

impl Source {
    /// The layer the file belongs to: the first part of its path below `src`.
    fn layer(&self) -> String {
        let inside = self.path.strip_prefix(root().join("src")).unwrap();
        let first = inside
            .components()
            .next()
            .unwrap()
            .as_os_str()
            .to_string_lossy()
            .into_owned();
        first.trim_end_matches(".rs").to_owned()
    }

    /// The lines before the tests; a file of tests has none.
    fn code(&self) -> impl Iterator<Item = &str> {
        let is_test = self
            .path
            .components()
            .any(|part| part.as_os_str() == "tests")
            || self.path.file_stem().is_some_and(|name| name == "tests");
        let code = if is_test { "" } else { self.text.as_str() };
        code.lines().take_while(|line| *line != "#[cfg(test)]")
    }

    fn name(&self) -> String {
        self.path
            .strip_prefix(root())
            .unwrap()
            .display()
            .to_string()
    }
}

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

fn sources(folder: &str) -> Vec<Source> {
    let mut folders = vec![root().join(folder)];
    let mut found = Vec::new();
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(&folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|ending| ending == "rs") {
                let text = fs::read_to_string(&path).unwrap();
                found.push(Source { path, text });
            }
        }
    }
    assert!(!found.is_empty(), "there are sources in {folder}");
    found
}

#[test]
fn no_layer_names_what_it_must_not_know() {
    let mut wrong = Vec::new();
    for source in sources("src") {
        let Some((_, forbidden)) = FORBIDDEN.iter().find(|(layer, _)| *layer == source.layer())
        else {
            continue;
        };
        for (number, line) in source.code().enumerate() {
            let code = line.split("//").next().unwrap_or_default();
            for word in *forbidden {
                // `crossterm` may be named in `keymap` alone of the inner layers: it speaks of its key types.
                if code.contains(word) {
                    wrong.push(format!("{}:{}: {word}", source.name(), number + 1));
                }
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn no_file_and_no_function_is_too_long() {
    let mut wrong = Vec::new();
    for source in sources("src") {
        let lines: Vec<&str> = source.code().collect();
        if lines.len() > FILE {
            wrong.push(format!("{}: {} lines", source.name(), lines.len()));
        }
        let mut open: Option<(usize, usize, String)> = None;
        for (number, line) in lines.iter().enumerate() {
            let indent = line.len() - line.trim_start().len();
            let words = line.trim_start();
            let starts =
                words.contains("fn ") && !words.starts_with("//") && line.trim_end().ends_with('{')
                    || words.starts_with("fn ")
                    || words.starts_with("pub fn ")
                    || words.starts_with("pub(super) fn ");
            match &open {
                Some((from, depth, name)) if indent == *depth && words.starts_with('}') => {
                    let length = number - from + 1;
                    if length > FUNCTION && !TABLES.contains(&source.name().as_str()) {
                        wrong.push(format!(
                            "{}:{}: {length} lines: {name}",
                            source.name(),
                            from + 1
                        ));
                    }
                    open = None;
                }
                None if starts => open = Some((number, indent, words.to_owned())),
                _ => {}
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn every_file_says_what_it_is() {
    for source in ["src", "tests", "benches"].into_iter().flat_map(sources) {
        assert!(
            source.text.starts_with("//! "),
            "{} begins without a `//!`",
            source.name()
        );
    }
}

#[test]
fn nothing_is_left_for_later() {
    let marks = [
        "TO\u{44}O",
        "FIX\u{4d}E",
        "XX\u{58}",
        "coming so\u{6f}n",
        "not implemente\u{64}",
    ];
    for source in ["src", "tests", "benches"].into_iter().flat_map(sources) {
        for mark in marks {
            let told = source.text.contains(mark);
            assert!(!told, "{} has a `{mark}`", source.name());
        }
    }
}
