//! What the keys of the settings do: switch, ask, choose, and work on the lines of a list.

use std::collections::HashSet;

use super::SettingsPane;
use super::rows::{Spot, unfolds};
use crate::keymap::Action;
use crate::model::{Deed, Setting, Shape};
use crate::ui::effect::Effect;
use crate::ui::overlays::{Menu, MenuRow, Part, Prompt, Purpose};
use crate::ui::pane::Cx;
use crate::ui::panes::forecast::usual_start;

/// Whether an action is one of the settings' own.
pub(super) const fn is_mine(action: Action) -> bool {
    matches!(
        action,
        Action::Open
            | Action::ChangeSetting
            | Action::SwitchSetting
            | Action::AddEntry
            | Action::DeleteEntry
            | Action::EntryUp
            | Action::EntryDown
    )
}

/// Why an action cannot be done where the cursor stands.
pub(super) fn refusal(action: Action, spot: &Spot, cx: &Cx) -> Option<String> {
    let setting = spot.setting;
    let title = setting.title();
    match action {
        Action::Open | Action::ChangeSetting => {
            let refusal = setting.refuses(cx.backlog.product())?;
            Some(refusal.to_string())
        }
        Action::SwitchSetting if setting.shape() != Shape::Switch => Some(format!(
            "{title} is neither yes nor no. Press Enter to change it."
        )),
        Action::AddEntry | Action::DeleteEntry | Action::EntryUp | Action::EntryDown
            if !unfolds(setting) =>
        {
            Some(format!(
                "{title} has no lines of its own. Press Enter to change it."
            ))
        }
        Action::DeleteEntry | Action::EntryUp | Action::EntryDown => {
            let entries = setting.entries(cx.backlog.product());
            let place = match &spot.entry {
                None if entries.is_empty() => {
                    return Some("There is no line yet. Write one with n.".to_owned());
                }
                None => {
                    return Some(
                        "Open the list with Enter, and go to one of its lines first.".to_owned(),
                    );
                }
                Some(entry) => entries.iter().position(|other| other == entry)?,
            };
            match action {
                Action::EntryUp if place == 0 => Some("This is the first line already.".to_owned()),
                Action::EntryDown if place + 1 == entries.len() => {
                    Some("This is the last line already.".to_owned())
                }
                _ => None,
            }
        }
        _ => None,
    }
}

impl SettingsPane {
    /// Does one of the settings' own actions where the cursor stands.
    pub(super) fn change(&mut self, action: Action, cx: &Cx) -> Vec<Effect> {
        let Some(Spot { setting, entry }) = self.spot().cloned() else {
            return Vec::new();
        };
        match (action, entry) {
            (Action::AddEntry, _) => {
                self.unfold(setting, cx);
                self.expects = Some(setting);
                vec![Effect::open(new_entry(setting, cx))]
            }
            (Action::DeleteEntry, Some(entry)) => {
                vec![change(setting, Deed::Remove(vec![entry]))]
            }
            (Action::EntryUp, Some(entry)) => vec![change(setting, Deed::Raise(entry))],
            (Action::EntryDown, Some(entry)) => vec![change(setting, Deed::Lower(entry))],
            (Action::Open | Action::ChangeSetting, Some(entry)) => {
                let part = Part::Entry(entry.clone());
                vec![Effect::open(prompt(setting, part, &entry))]
            }
            (Action::Open | Action::ChangeSetting | Action::SwitchSetting, None) => {
                self.change_whole(setting, cx)
            }
            _ => Vec::new(),
        }
    }

    fn change_whole(&mut self, setting: Setting, cx: &Cx) -> Vec<Effect> {
        let product = cx.backlog.product();
        match setting.shape() {
            Shape::Switch => {
                let to = if setting.is_on(product) == Some(true) {
                    "no"
                } else {
                    "yes"
                };
                vec![change(setting, Deed::Set(vec![to.to_owned()]))]
            }
            Shape::Choices => vec![Effect::open(choices(setting, cx))],
            Shape::Names | Shape::Lines | Shape::Proses => {
                self.fold(setting, cx);
                Vec::new()
            }
            Shape::Text | Shape::Prose | Shape::Words => {
                let prompt = prompt(setting, Part::Whole, &setting.text(product));
                vec![Effect::open(match setting {
                    // The day on which `w` in the backlog would begin.
                    Setting::Start if product.iterations.is_none() => {
                        prompt.suggesting(vec![usual_start(cx).to_string()])
                    }
                    _ => prompt,
                })]
            }
        }
    }
}

const fn change(setting: Setting, deed: Deed) -> Effect {
    Effect::Change { setting, deed }
}

fn prompt(setting: Setting, part: Part, text: &str) -> Prompt {
    let title = match part {
        Part::New => format!("Add to {}", setting.subject()),
        Part::Whole | Part::Entry(_) => format!("Change {}", setting.subject()),
    };
    Prompt::new(Purpose::Setting(setting, part), title, text)
}

/// Asks for a new line; personas that stories speak of and that are not named yet are proposed.
fn new_entry(setting: Setting, cx: &Cx) -> Prompt {
    let prompt = prompt(setting, Part::New, "");
    if setting != Setting::Personas {
        return prompt;
    }
    let named = &cx.backlog.product().personas;
    let used = cx.backlog.personas().into_iter();
    let proposed = used.filter(|persona| !named.contains(persona));
    prompt.suggesting(proposed.map(|persona| persona.to_string()).collect())
}

/// The words of a closed list: a letter takes a word in or out, a capital one puts it first.
fn choices(setting: Setting, cx: &Cx) -> Menu {
    let product = cx.backlog.product();
    let used = setting.entries(product);
    let place = |word: &str| used.iter().position(|entry| entry == word);
    let mut words = lettered(setting);
    if setting == Setting::Scores {
        // Those in use in their order, then the others.
        words.sort_by_key(|(_, word, _)| place(word).unwrap_or(usize::MAX));
    }
    let row = |letter: char, label: String, deed: Deed| MenuRow {
        letter,
        label,
        refusal: setting
            .after(product, &deed, cx.now)
            .err()
            .map(|refusal| refusal.to_string()),
        // The menu stays: more than one word may be meant.
        effects: vec![change(setting, deed), Effect::Run(Action::ChangeSetting)],
    };
    let mut rows = Vec::new();
    for (letter, word, name) in &words {
        let text = vec![(*word).to_owned()];
        let (mark, deed) = match place(word) {
            Some(_) => ("[x]", Deed::Remove(text)),
            None => ("[ ]", Deed::Add(text)),
        };
        rows.push(row(*letter, format!("{mark} {name}"), deed));
    }
    // What comes first matters for scores alone.
    for (letter, word, name) in words.iter().filter(|_| setting == Setting::Scores) {
        if place(word).is_some_and(|place| place > 0) {
            let label = format!("Show {name} first");
            let deed = Deed::First((*word).to_owned());
            rows.push(row(letter.to_ascii_uppercase(), label, deed));
        }
    }
    Menu::new(setting.title(), rows).with_body(vec![setting.about().to_owned()])
}

/// The words of a closed list with a letter each: their first ones, or one after the other where those are not enough.
fn lettered(setting: Setting) -> Vec<(char, &'static str, &'static str)> {
    let words = setting.choices();
    let initial = |word: &str| word.chars().next().unwrap_or(' ');
    let initials: HashSet<char> = words.iter().map(|(word, _)| initial(word)).collect();
    let are_enough = initials.len() == words.len();
    let letters = words.iter().zip('a'..='z');
    letters
        .map(|((word, name), letter)| {
            let letter = if are_enough { initial(word) } else { letter };
            (letter, *word, *name)
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_word_of_a_closed_list_has_a_letter_of_its_own() {
        for setting in Setting::ALL {
            let letters: HashSet<char> = lettered(setting).iter().map(|row| row.0).collect();
            assert_eq!(letters.len(), setting.choices().len(), "{setting:?}");
        }
    }
}
