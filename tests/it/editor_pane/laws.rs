//! The story editor, by its keys: what holds for all keys.

use super::*;

use proptest::prelude::*;

/// The editor on a story with two criteria and a question, in a small window.
fn small() -> Driver {
    let mut driver = with_criteria(&["one", "two"]);
    driver
        .press("Tab Tab Tab")
        .write("Which?")
        .press("Enter")
        .write("This");
    driver.press("Tab Ctrl+S").resize(60, 14);
    driver
}

/// Keys that walk, reorder and save, and delete nothing.
const HARMLESS: &[&str] = &[
    "Tab",
    "Shift+Tab",
    "↓",
    "↑",
    "Enter",
    "Ctrl+J",
    "Ctrl+N",
    "Alt+↑",
    "Alt+↓",
    "Ctrl+S",
    "Home",
    "End",
    "←",
    "→",
    "PgDn",
    "PgUp",
    "Ctrl+Home",
    "Ctrl+End",
];

/// Keys that may do anything.
const ALL: &[&str] = &[
    "Tab",
    "Shift+Tab",
    "↓",
    "↑",
    "Enter",
    "Ctrl+J",
    "Ctrl+N",
    "Alt+↑",
    "Alt+↓",
    "Alt+X",
    "Ctrl+S",
    "Esc",
    "e",
    "Backspace",
    "Delete",
    "Ctrl+W",
    "Ctrl+U",
    "Ctrl+K",
    "Alt+A",
    "Ctrl+X",
    "Alt+C",
    "Ctrl+V",
    "Alt+U",
    "Alt+R",
    "Shift+→",
    "Shift+↓",
    "a",
    "space",
    "3",
    ",",
    "Ctrl+E",
    "u",
    "客",
    "Shift+Home",
    "Alt+D",
    "PgDn",
    "Ctrl+→",
];

/// Whether a character stands in the story or, as text that cannot be saved, in the form.
fn has(driver: &Driver, char: char) -> bool {
    let saved = serde_json::to_string(driver.story("WEB-3")).unwrap();
    saved.contains(char) || driver.screen().contains(char)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(32))]

    #[test]
    fn whatever_is_typed_is_in_the_story_or_still_in_its_field(
        keys in prop::collection::vec((prop::sample::select(HARMLESS), 0_u32..3), 1..40),
    ) {
        let mut driver = small();
        let mut typed = Vec::new();
        // Every character is typed once, so that none can stand for another.
        let mut letters = '\u{1200}'..='\u{1248}';
        for (key, count) in keys {
            driver.press(key);
            for letter in letters.by_ref().take(count as usize) {
                driver.write(&letter.to_string());
                if !driver.screen().contains("There are four kinds") {
                    typed.push(letter);
                }
            }
        }
        driver.press("Esc");
        prop_assert!(typed.iter().all(|char| has(&driver, *char)), "{typed:?}\n{}", driver.screen());
        if driver.screen().contains("Not saved yet.") {
            driver.press("Esc e");
            prop_assert!(typed.iter().all(|char| has(&driver, *char)), "{typed:?}\n{}", driver.screen());
        }
    }

    #[test]
    fn no_keys_break_the_form(
        keys in prop::collection::vec((prop::sample::select(ALL), 0_u16..60, 0_u16..14, 0_u8..12), 1..60),
    ) {
        let mut driver = small();
        for (key, column, row, what) in keys {
            match what {
                0 => click(&mut driver, column, row),
                1 => drop(driver.resize(column + 1, row + 1)),
                2 => change_outside(&mut driver, |story| {
                    story.criteria.reverse();
                    story.questions.clear();
                }),
                3 => change_outside(&mut driver, |story| {
                    let id = format!("c{}", 100 + row);
                    story.criteria.insert(0, Criterion { id, ..Criterion::new("elsewhere") });
                }),
                4 => drop(driver.input(Input::Edited(Ok("from\noutside".to_owned())))),
                _ => drop(driver.press(key)),
            }
        }
    }
}
