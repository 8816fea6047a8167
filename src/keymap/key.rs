//! One key press, normalised: the same press is the same value on every terminal.
//!
//! Terminals disagree about Shift (`?` with and without it, `G` as `Shift+g`), about BackTab and
//! about releases. All of that ends here; it must not know what a key does.

use std::fmt;
use std::str::FromStr;

use crossterm::event::{KeyCode, KeyEvent, KeyEventKind, KeyModifiers};

/// A normalised key press.
///
/// Shift is part of a bare character (`G`, `?`) and a modifier of everything else (`Shift+Tab`);
/// a letter with Ctrl or Alt is kept in lower case.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Key {
    code: KeyCode,
    modifiers: KeyModifiers,
}

/// How a key is written for people.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Spelling {
    /// Arrows are drawn: `Alt+↑`.
    #[default]
    Symbols,
    /// Arrows are named: `Alt+Up`, for terminals that show plain ASCII only.
    Ascii,
}

/// A text that names no key.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct UnknownKey(String);

impl Key {
    /// Reads a terminal's event; releases and keys that say nothing (a lone Shift, media keys,
    /// anything with Super) are `None`.
    pub fn from_event(event: KeyEvent) -> Option<Self> {
        match event.kind {
            KeyEventKind::Release => None,
            KeyEventKind::Press | KeyEventKind::Repeat => Self::new(event.code, event.modifiers),
        }
    }

    /// Normalises a code and its modifiers.
    pub fn new(code: KeyCode, modifiers: KeyModifiers) -> Option<Self> {
        let held = KeyModifiers::CONTROL | KeyModifiers::ALT | KeyModifiers::SHIFT;
        if !held.contains(modifiers) {
            return None;
        }
        match code {
            KeyCode::Char(char) if char.is_control() => None,
            KeyCode::Char(char) => Some(Self::of_char(char, modifiers)),
            KeyCode::BackTab => Some(Self {
                code: KeyCode::Tab,
                modifiers: modifiers | KeyModifiers::SHIFT,
            }),
            // Some terminals and Windows report Ctrl+Space so.
            KeyCode::Null => Some(Self::of_char(' ', modifiers | KeyModifiers::CONTROL)),
            KeyCode::F(number @ 1..=35) => Some(Self {
                code: KeyCode::F(number),
                modifiers,
            }),
            _ => NAMES
                .iter()
                .any(|name| name.code == code)
                .then_some(Self { code, modifiers }),
        }
    }

    /// Tells the character this key types, if it types one: no Ctrl, no Alt, no function key.
    pub fn bare(self) -> Option<char> {
        match self.code {
            KeyCode::Char(char) if self.modifiers.is_empty() => Some(char),
            _ => None,
        }
    }

    /// Writes the key in the given spelling.
    pub fn spell(self, spelling: Spelling) -> String {
        let mut text = String::new();
        for (modifier, name) in MODIFIERS {
            if self.modifiers.contains(modifier) {
                text.push_str(name);
                text.push('+');
            }
        }
        text.push_str(&self.spell_code(spelling));
        text
    }

    fn of_char(char: char, modifiers: KeyModifiers) -> Self {
        let mut modifiers = modifiers;
        // AltGr arrives as Ctrl+Alt on Windows. Real Ctrl+Alt presses carry a plain letter or digit,
        // so anything else was typed.
        let typed_with_alt_gr = modifiers.contains(KeyModifiers::CONTROL | KeyModifiers::ALT)
            && !char.is_ascii_alphanumeric()
            && char != ' ';
        if typed_with_alt_gr {
            modifiers = KeyModifiers::NONE;
        }
        let shifted = modifiers.contains(KeyModifiers::SHIFT);
        let commands = modifiers.intersects(KeyModifiers::CONTROL | KeyModifiers::ALT);
        let char = match (commands, shifted) {
            (true, _) => single(char, char.to_lowercase()),
            (false, true) => single(char, char.to_uppercase()),
            (false, false) => char,
        };
        // Ctrl+Shift+C stays apart from Ctrl+C, which quits; `?` holds its Shift already.
        if !(commands && char.is_alphabetic()) {
            modifiers.remove(KeyModifiers::SHIFT);
        }
        Self {
            code: KeyCode::Char(char),
            modifiers,
        }
    }

    fn spell_code(self, spelling: Spelling) -> String {
        if let Some(name) = NAMES.iter().find(|name| name.code == self.code) {
            return match spelling {
                Spelling::Symbols => name.symbol,
                Spelling::Ascii => name.ascii,
            }
            .to_owned();
        }
        match self.code {
            KeyCode::F(number) => format!("F{number}"),
            // A typed arrow sign is not an arrow key.
            KeyCode::Char(char) if is_arrow(char) => format!("U+{:04X}", u32::from(char)),
            KeyCode::Char(char) if self.modifiers.is_empty() => char.to_string(),
            KeyCode::Char(char) => char.to_ascii_uppercase().to_string(),
            other => other.to_string(),
        }
    }
}

impl fmt::Display for Key {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(&self.spell(Spelling::Symbols))
    }
}

impl FromStr for Key {
    type Err = UnknownKey;

    /// Reads either spelling; names of keys and modifiers may be written in any case.
    fn from_str(text: &str) -> Result<Self, UnknownKey> {
        let mut rest = text;
        let mut modifiers = KeyModifiers::NONE;
        while let Some((modifier, after)) = strip_modifier(rest) {
            modifiers |= modifier;
            rest = after;
        }
        parse_code(rest)
            .and_then(|code| Self::new(code, modifiers))
            .ok_or_else(|| UnknownKey(text.to_owned()))
    }
}

impl fmt::Display for UnknownKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "\"{}\" is no key. Write it like Ctrl+P, Alt+Up, space or ?.",
            self.0
        )
    }
}

impl std::error::Error for UnknownKey {}

const MODIFIERS: [(KeyModifiers, &str); 3] = [
    (KeyModifiers::CONTROL, "Ctrl"),
    (KeyModifiers::ALT, "Alt"),
    (KeyModifiers::SHIFT, "Shift"),
];

struct Name {
    code: KeyCode,
    symbol: &'static str,
    ascii: &'static str,
}

const fn name(code: KeyCode, symbol: &'static str, ascii: &'static str) -> Name {
    Name {
        code,
        symbol,
        ascii,
    }
}

const NAMES: [Name; 15] = [
    name(KeyCode::Up, "↑", "Up"),
    name(KeyCode::Down, "↓", "Down"),
    name(KeyCode::Left, "←", "Left"),
    name(KeyCode::Right, "→", "Right"),
    name(KeyCode::Home, "Home", "Home"),
    name(KeyCode::End, "End", "End"),
    name(KeyCode::PageUp, "PgUp", "PgUp"),
    name(KeyCode::PageDown, "PgDn", "PgDn"),
    name(KeyCode::Enter, "Enter", "Enter"),
    name(KeyCode::Esc, "Esc", "Esc"),
    name(KeyCode::Tab, "Tab", "Tab"),
    name(KeyCode::Backspace, "Backspace", "Backspace"),
    name(KeyCode::Delete, "Delete", "Delete"),
    name(KeyCode::Insert, "Insert", "Insert"),
    name(KeyCode::Char(' '), "space", "space"),
];

fn is_arrow(char: char) -> bool {
    matches!(char, '↑' | '↓' | '←' | '→')
}

/// Takes the changed letter where the change is one character for one (`ß` has no such capital).
fn single(char: char, mut changed: impl Iterator<Item = char>) -> char {
    match (changed.next(), changed.next()) {
        (Some(only), None) => only,
        _ => char,
    }
}

fn strip_modifier(text: &str) -> Option<(KeyModifiers, &str)> {
    let (before, after) = text.split_once('+')?;
    MODIFIERS
        .into_iter()
        .find(|(_, name)| name.eq_ignore_ascii_case(before))
        .map(|(modifier, _)| (modifier, after))
}

fn parse_code(text: &str) -> Option<KeyCode> {
    let named = NAMES.iter().find(|name| {
        name.symbol.eq_ignore_ascii_case(text) || name.ascii.eq_ignore_ascii_case(text)
    });
    if let Some(name) = named {
        return Some(name.code);
    }
    let mut chars = text.chars();
    if let (Some(char), None) = (chars.next(), chars.next()) {
        return Some(KeyCode::Char(char));
    }
    if let Some(hex) = text.strip_prefix("U+") {
        let char = u32::from_str_radix(hex, 16).ok().and_then(char::from_u32)?;
        return Some(KeyCode::Char(char));
    }
    let number = text.strip_prefix(['F', 'f'])?;
    number.parse().ok().map(KeyCode::F)
}

#[cfg(test)]
mod tests {
    use crossterm::event::KeyEventState;
    use proptest::prelude::*;

    use super::*;

    fn key(text: &str) -> Key {
        text.parse().unwrap()
    }

    fn press(code: KeyCode, modifiers: KeyModifiers) -> Option<Key> {
        Key::from_event(KeyEvent::new(code, modifiers))
    }

    #[test]
    fn a_release_is_no_key() {
        let event = KeyEvent {
            code: KeyCode::Char('a'),
            modifiers: KeyModifiers::NONE,
            kind: KeyEventKind::Release,
            state: KeyEventState::NONE,
        };
        assert_eq!(Key::from_event(event), None);
    }

    #[test]
    fn a_held_key_repeats() {
        let event =
            KeyEvent::new_with_kind(KeyCode::Char('j'), KeyModifiers::NONE, KeyEventKind::Repeat);
        assert_eq!(Key::from_event(event), Some(key("j")));
    }

    #[test]
    fn shift_is_part_of_the_character() {
        let shift = KeyModifiers::SHIFT;
        let none = KeyModifiers::NONE;
        for (char, held, expected) in [
            ('?', shift, "?"),
            ('?', none, "?"),
            ('G', shift, "G"),
            ('G', none, "G"),
            ('g', shift, "G"),
            ('ä', shift, "Ä"),
            ('ß', shift, "ß"),
            (' ', shift, "space"),
        ] {
            assert_eq!(press(KeyCode::Char(char), held), Some(key(expected)));
        }
    }

    #[test]
    fn back_tab_is_shift_tab_with_or_without_the_modifier() {
        let expected = Some(key("Shift+Tab"));
        assert_eq!(press(KeyCode::BackTab, KeyModifiers::NONE), expected);
        assert_eq!(press(KeyCode::BackTab, KeyModifiers::SHIFT), expected);
        assert_eq!(press(KeyCode::Tab, KeyModifiers::SHIFT), expected);
    }

    #[test]
    fn a_letter_with_ctrl_has_no_case() {
        let expected = Some(key("Ctrl+P"));
        assert_eq!(press(KeyCode::Char('p'), KeyModifiers::CONTROL), expected);
        assert_eq!(press(KeyCode::Char('P'), KeyModifiers::CONTROL), expected);
        assert_eq!(key("Ctrl+p"), key("Ctrl+P"));
    }

    #[test]
    fn ctrl_shift_c_is_not_ctrl_c() {
        let both = KeyModifiers::CONTROL | KeyModifiers::SHIFT;
        assert_ne!(press(KeyCode::Char('c'), both), Some(key("Ctrl+C")));
    }

    #[test]
    fn a_line_feed_is_not_enter() {
        let line_feed = press(KeyCode::Char('j'), KeyModifiers::CONTROL);
        assert_eq!(line_feed, Some(key("Ctrl+J")));
        assert_ne!(line_feed, Some(key("Enter")));
    }

    #[test]
    fn a_sign_typed_with_alt_gr_is_text() {
        let alt_gr = KeyModifiers::CONTROL | KeyModifiers::ALT;
        let at = press(KeyCode::Char('@'), alt_gr).unwrap();
        assert_eq!(at.bare(), Some('@'));
        let command = press(KeyCode::Char('q'), alt_gr).unwrap();
        assert_eq!(command.bare(), None);
    }

    #[test]
    fn only_characters_without_ctrl_and_alt_are_bare() {
        assert_eq!(key("G").bare(), Some('G'));
        assert_eq!(key("space").bare(), Some(' '));
        for text in ["Ctrl+G", "Alt+g", "Enter", "F1", "Shift+Tab"] {
            assert_eq!(key(text).bare(), None, "{text}");
        }
    }

    #[test]
    fn keys_that_say_nothing_are_left_out() {
        assert_eq!(press(KeyCode::CapsLock, KeyModifiers::NONE), None);
        assert_eq!(press(KeyCode::Char('c'), KeyModifiers::SUPER), None);
        assert_eq!(press(KeyCode::Char('\u{1b}'), KeyModifiers::NONE), None);
    }

    #[test]
    fn keys_are_written_as_people_know_them() {
        for text in [
            "Ctrl+P",
            "Alt+↑",
            "Shift+Tab",
            "space",
            "G",
            "?",
            "Enter",
            "Esc",
            "PgDn",
            "F1",
            "+",
            "Ctrl++",
            "Ctrl+Alt+Shift+←",
        ] {
            assert_eq!(key(text).to_string(), text);
        }
        assert_eq!(key("Alt+↑").spell(Spelling::Ascii), "Alt+Up");
        assert_eq!(key("alt+up"), key("Alt+↑"));
    }

    #[test]
    fn a_text_that_names_no_key_is_refused_in_a_sentence() {
        for text in ["", "Ctrl+", "Entre", "F0", "F99", "U+1B", "Shift"] {
            let error = text.parse::<Key>().unwrap_err().to_string();
            assert!(error.starts_with('"') && error.ends_with('.'), "{error}");
        }
    }

    fn any_code() -> impl Strategy<Value = KeyCode> {
        prop_oneof![
            any::<char>().prop_map(KeyCode::Char),
            proptest::char::range(' ', '~').prop_map(KeyCode::Char),
            proptest::sample::select(vec!['↑', '↓', '←', '→', 'ß', 'İ', 'ſ'])
                .prop_map(KeyCode::Char),
            (0u8..=40).prop_map(KeyCode::F),
            proptest::sample::select(NAMES.iter().map(|name| name.code).collect::<Vec<_>>()),
            Just(KeyCode::BackTab),
            Just(KeyCode::Null),
        ]
    }

    proptest! {
        #[test]
        fn what_is_printed_is_read_back(code in any_code(), bits in 0u8..8) {
            if let Some(key) = press(code, KeyModifiers::from_bits_truncate(bits)) {
                for spelling in [Spelling::Symbols, Spelling::Ascii] {
                    prop_assert_eq!(key.spell(spelling).parse(), Ok(key));
                }
            }
        }
    }
}
