//! What is told about the keys: help, footer, palette and the README's table.
//!
//! Everything here is computed from the table of actions and from [`resolve`], so that no page can
//! name a key that does something else; nothing here may be written by hand.

use unicode_width::UnicodeWidthStr;

use super::{
    action::{Action, Binding, Footer, bindings},
    key::{Key, Spelling},
    resolve::{Resolved, resolve},
    scope::Scope,
};

/// A part of the help page: the keys of one scope.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct HelpSection {
    /// Whose keys these are; [`Scope::title`] and [`Scope::about`] introduce them.
    pub scope: Scope,
    /// The keys that work and what they do.
    pub rows: Vec<HelpRow>,
}

/// A line of the help page.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct HelpRow {
    /// What is done; [`Action::doc`] says it.
    pub action: Action,
    /// The keys that do it, the one to show first.
    pub keys: Vec<Key>,
}

/// A line of the palette.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PaletteEntry {
    /// What is offered; [`Action::doc`] and [`Action::words`] are searched.
    pub action: Action,
    /// The keys that do it here, the one to show first.
    pub keys: Vec<Key>,
    /// Whether it belongs to the place the palette was opened from.
    pub here: bool,
}

/// A group of the footer: one or two keys and what they do.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FooterGroup {
    /// The keys with the action each of them stands for.
    pub keys: Vec<(Key, Action)>,
    /// What they do, in a word or two.
    pub label: &'static str,
    weight: u8,
    spelling: Spelling,
}

/// Lists the keys that work along a chain, scope by scope, without those that an earlier scope
/// takes for itself.
pub fn help(chain: &[Scope]) -> Vec<HelpSection> {
    let mut told: Vec<Key> = Vec::new();
    let mut sections = Vec::new();
    for scope in with_always(chain) {
        let mut rows = Vec::new();
        for row in rows_of(scope) {
            let mut keys = live_keys(chain, row);
            keys.retain(|key| !told.contains(key));
            told.extend(&keys);
            if !keys.is_empty() {
                rows.push(HelpRow {
                    action: row.action,
                    keys,
                });
            }
        }
        if !rows.is_empty() {
            sections.push(HelpSection { scope, rows });
        }
    }
    sections
}

/// Lists the palette's commands: first those that belong to the chain, then all others.
pub fn palette(chain: &[Scope]) -> Vec<PaletteEntry> {
    let commands = Action::ALL.iter().filter(|action| action.is_command());
    let mut entries: Vec<PaletteEntry> = commands
        .map(|&action| {
            let rows = with_always(chain).flat_map(rows_of);
            let rows: Vec<_> = rows.filter(|row| row.action == action).collect();
            PaletteEntry {
                action,
                keys: rows.iter().flat_map(|row| live_keys(chain, row)).collect(),
                here: !rows.is_empty(),
            }
        })
        .collect();
    entries.sort_by_key(|entry| !entry.here);
    entries
}

/// Chooses the footer's groups for a line of the given width.
///
/// Only whole groups are taken, by weight, until one does not fit; `? help` weighs most. They stand
/// in the order of the table, help last. The line starts with one space and has two between groups.
pub fn footer(chain: &[Scope], width: usize, spelling: Spelling) -> Vec<FooterGroup> {
    let groups = footer_groups(chain, spelling);
    let mut by_weight: Vec<usize> = (0..groups.len()).collect();
    by_weight.sort_by_key(|&index| groups.get(index).map(|group| u8::MAX - group.weight));
    let mut used = 0;
    let mut kept = Vec::new();
    for index in by_weight {
        let gap = if kept.is_empty() { 1 } else { 2 };
        used += gap + groups.get(index).map_or(0, FooterGroup::width);
        if used > width {
            break;
        }
        kept.push(index);
    }
    let numbered = groups.into_iter().enumerate();
    let mut shown: Vec<FooterGroup> = numbered
        .filter(|(index, _)| kept.contains(index))
        .map(|(_, group)| group)
        .collect();
    // Help stands last, wherever one is: the eye finds it without reading.
    shown.sort_by_key(|group| group.keys.iter().any(|(_, action)| *action == Action::Help));
    shown
}

/// Writes the README's key tables, with the two markers around them; those of boxes and of typing are folded away.
pub fn readme_block() -> String {
    let (rooms, boxes): (Vec<Scope>, Vec<Scope>) =
        Scope::ALL.into_iter().partition(|scope| scope.is_room());
    let sections = |scopes: Vec<Scope>| {
        scopes
            .into_iter()
            .map(readme_section)
            .collect::<Vec<_>>()
            .join("\n")
    };
    format!(
        "<!-- keys:begin -->\n{}\n<details>\n<summary>Keys while reading, typing, and in boxes</summary>\n\n{}\n</details>\n\n<!-- keys:end -->\n",
        sections(rooms),
        sections(boxes)
    )
}

/// The scope an action belongs to when it belongs to one alone.
pub fn only_room(action: Action) -> Option<Scope> {
    let mut scopes = bindings().iter().filter(|row| row.action == action);
    let first = scopes.next()?.scope;
    scopes.all(|row| row.scope == first).then_some(first)
}

impl FooterGroup {
    /// Writes the group's keys: `K J`.
    pub fn keys_text(&self) -> String {
        let keys = self.keys.iter();
        keys.map(|(key, _)| key.spell(self.spelling))
            .collect::<Vec<_>>()
            .join(" ")
    }

    /// Tells how many columns the group takes: its keys, a space and its label.
    pub fn width(&self) -> usize {
        self.keys_text().width() + 1 + self.label.width()
    }
}

fn with_always(chain: &[Scope]) -> impl Iterator<Item = Scope> {
    chain.iter().copied().chain([Scope::Always])
}

fn rows_of(scope: Scope) -> impl Iterator<Item = &'static Binding> {
    bindings().iter().filter(move |row| row.scope == scope)
}

fn readme_section(scope: Scope) -> String {
    let rows = rows_of(scope).filter(|row| !row.keys.is_empty());
    let lines: Vec<String> = rows
        .map(|row| {
            let keys: Vec<String> = row.keys.iter().map(|key| format!("`{key}`")).collect();
            format!("| {} | {} |", keys.join(" "), row.action.doc())
        })
        .collect();
    format!(
        "### {}\n\n{}\n\n| keys | what they do |\n|---|---|\n{}\n",
        scope.title(),
        scope.about(),
        lines.join("\n")
    )
}

/// Keeps the keys that mean this row's action here.
fn live_keys(chain: &[Scope], row: &Binding) -> Vec<Key> {
    let meant = Resolved::Action(row.action);
    let keys = row.keys.iter().copied();
    keys.filter(|&key| resolve(chain, key) == meant).collect()
}

fn footer_groups(chain: &[Scope], spelling: Spelling) -> Vec<FooterGroup> {
    let mut groups: Vec<FooterGroup> = Vec::new();
    let mut shown: Vec<Action> = Vec::new();
    for scope in with_always(chain) {
        let first_of_scope = groups.len();
        for row in rows_of(scope) {
            let Some(Footer { weight, label }) = row.footer else {
                continue;
            };
            let Some(&key) = live_keys(chain, row).first() else {
                continue;
            };
            if shown.contains(&row.action) {
                continue;
            }
            shown.push(row.action);
            let mut of_scope = groups.iter_mut().skip(first_of_scope);
            match of_scope.find(|group| group.label == label) {
                Some(group) => group.keys.push((key, row.action)),
                None => groups.push(FooterGroup {
                    keys: vec![(key, row.action)],
                    label,
                    weight,
                    spelling,
                }),
            }
        }
    }
    groups
}
