//! A view in one line: `NAME | QUERY | KEY | GROUP`. A bar inside a part is written `\|`.

use super::Unfit;
use crate::model::query::Query;
use crate::model::refusal::Refusal;
use crate::model::{Extra, Line, Timestamp, View};

impl View {
    /// The view in one line, as settings show it, without the empty parts at its end.
    pub fn to_line(&self) -> String {
        let key = self.key.map(String::from).unwrap_or_default();
        let group = self.group.map_or("", |group| group.word());
        Self::line_of([self.name.as_str(), &self.query, &key, group])
    }

    /// A view's line of its name, query, key and group as they are typed.
    pub fn line_of(parts: [&str; 4]) -> String {
        let used = parts
            .iter()
            .rposition(|part| !part.is_empty())
            .map_or(0, |last| last + 1);
        let written: Vec<String> = parts
            .iter()
            .take(used)
            .map(|part| part.replace('|', "\\|"))
            .collect();
        written.join(" | ")
    }
}

/// The name in a view's line.
pub(super) fn name(line: &str) -> String {
    parts(line).into_iter().next().unwrap_or_default()
}

/// Reads a view from its line.
pub(super) fn read(line: &str, now: Timestamp) -> Result<View, Refusal> {
    let mut parts = parts(line).into_iter();
    let mut part = || parts.next().unwrap_or_default();
    let (name, query, key, group) = (part(), part(), part(), part());
    if parts.next().is_some() || name.is_empty() {
        return Err(Unfit::NotAView(line.trim().to_owned()).into());
    }
    if let Err(error) = Query::parse(&query, now) {
        return Err(Unfit::BadQuery {
            view: name,
            reason: error.message,
        }
        .into());
    }
    let mut letters = key.chars();
    let key = match (letters.next(), letters.next()) {
        (None, _) => None,
        (Some(letter), None) if letter.is_alphanumeric() => Some(letter),
        _ => return Err(Unfit::NotAKey { view: name, key }.into()),
    };
    let group = if group.is_empty() {
        None
    } else {
        Some(group.parse()?)
    };
    Ok(View {
        name: Line::parse(&name),
        query: Line::parse(&query),
        key,
        group,
        extra: Extra::new(),
    })
}

fn parts(line: &str) -> Vec<String> {
    let mut parts = vec![String::new()];
    let mut letters = line.chars().peekable();
    while let Some(letter) = letters.next() {
        let is_plain = letter != '|';
        let letter = if letter == '\\' {
            letters.next_if_eq(&'|').unwrap_or(letter)
        } else {
            letter
        };
        match parts.last_mut() {
            Some(part) if is_plain => part.push(letter),
            _ => parts.push(String::new()),
        }
    }
    parts.iter().map(|part| part.trim().to_owned()).collect()
}
