//! `backstory export --to gherkin -o DIR/`: a `.feature` file for every story that has criteria.
//!
//! The team runs it again and again, so what was written the last time is known by its mark: it is replaced, and it
//! follows the story's title. A file that bears no mark, or that somebody has changed since, is left alone and told.
//!
//! The file of a story that has no criteria any more, or is dropped, goes: a program would go on running what nobody
//! wants. That of a story that was not asked for this time, or is of another product, stays and is told: two exports
//! may share a folder.

use std::collections::HashMap;
use std::fs;
use std::io;
use std::path::Path;

use anyhow::Context as _;
use serde_json::{Value, json};

use super::super::context::{Context, Failure};
use super::count;
use crate::exchange::gherkin::{FeatureFile, Mark, file, is_feature_file};
use crate::model::{Backlog, Status, Story, StoryId};
use crate::store::disk::Disk;
use crate::store::folder::replace;

/// More keys or files than this are counted, not named.
const MANY: usize = 10;

/// A feature that is in the folder already.
struct Found {
    name: String,
    /// What is in it; `None` where it cannot be read as text.
    text: Option<String>,
    mark: Option<Mark>,
}

/// The features in the folder, by what they are looked up by.
#[derive(Default)]
struct Known<'a> {
    of_story: HashMap<StoryId, Vec<&'a Found>>,
    /// By the name in lower case: on some systems capitals do not count.
    named: HashMap<String, Vec<&'a Found>>,
}

/// What became of a story's file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Fate {
    New,
    Changed,
    Unchanged,
    Removed,
    Foreign,
    Touched,
    /// As [`Fate::Touched`], and there is nothing to be written in its place.
    Outlived,
}

/// A story's file and what became of it.
struct Line {
    key: String,
    name: String,
    fate: Fate,
    /// The name it had before.
    was: Option<String>,
}

/// Writes the files and tells what was done.
pub(super) fn run(
    folder: &Path,
    stories: &[&Story],
    backlog: &Backlog,
    context: &mut Context,
) -> Result<(), Failure> {
    let told = folder.display().to_string();
    let found = look(folder).context(told.clone())?;
    let known = Known::of(&found);
    let mut lines = Vec::new();
    let mut bare = Vec::new();
    let mut written = Vec::new();
    for story in stories {
        if story.criteria.is_empty() {
            bare.push(backlog.key(story));
            continue;
        }
        let line = place(story, backlog, folder, &known)?;
        lines.push(line);
        written.push(story.id);
    }
    let mut left = Vec::new();
    for one in &found {
        let Some(mark) = one.mark.filter(|mark| !written.contains(&mark.story)) else {
            continue;
        };
        match backlog.story(mark.story).filter(|story| is_over(story)) {
            Some(story) => lines.push(remove(one, mark, backlog.key(story), folder)?),
            None => left.push(one.name.clone()),
        }
    }
    if context.json {
        let body = document(&told, &lines, &bare, &left);
        context.out.json("export-report", body);
    } else {
        tell(&told, &lines, &bare, &left, context);
    }
    if lines.iter().any(|line| line.fate.is_left_alone()) {
        context.end_with_failure();
    }
    Ok(())
}

impl Fate {
    const fn word(self) -> &'static str {
        match self {
            Self::New => "new",
            Self::Changed => "changed",
            Self::Unchanged => "unchanged",
            Self::Removed => "removed",
            Self::Foreign => "foreign",
            Self::Touched | Self::Outlived => "touched",
        }
    }

    const fn is_left_alone(self) -> bool {
        matches!(self, Self::Foreign | Self::Touched | Self::Outlived)
    }

    /// Whether the story stands in the folder now, as it is.
    const fn is_written(self) -> bool {
        matches!(self, Self::New | Self::Changed | Self::Unchanged)
    }

    /// Why the file was left alone, with what to do.
    const fn reason(self) -> Option<&'static str> {
        match self {
            Self::New | Self::Changed | Self::Unchanged | Self::Removed => None,
            Self::Foreign => Some("was not written by backstory. Rename it, then export again."),
            Self::Touched => Some(
                "was changed by hand. Put the change into the story, delete the file, then export again.",
            ),
            Self::Outlived => Some(
                "was changed by hand, and its story has no criteria any more or is dropped. Delete it.",
            ),
        }
    }
}

/// Reads the features in the folder; there may be no folder yet.
fn look(folder: &Path) -> io::Result<Vec<Found>> {
    let entries = match fs::read_dir(folder) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(Vec::new()),
        other => other?,
    };
    let mut found = Vec::new();
    for entry in entries {
        let path = entry?.path();
        let name = path.file_name().unwrap_or_default().to_string_lossy();
        if !is_feature_file(&name) {
            continue;
        }
        let is_file = fs::metadata(&path).is_ok_and(|data| data.is_file());
        let text = is_file.then(|| fs::read_to_string(&path).ok()).flatten();
        let mark = text.as_deref().and_then(Mark::read);
        let name = name.into_owned();
        found.push(Found { name, text, mark });
    }
    found.sort_by(|one, other| one.name.cmp(&other.name));
    Ok(found)
}

/// Writes a story's file, unless that would destroy what somebody else has written.
fn place(story: &Story, backlog: &Backlog, folder: &Path, known: &Known) -> Result<Line, Failure> {
    let FeatureFile { name, text } = file(story, backlog);
    let key = backlog.key(story);
    let line = |name: &str, fate| Line {
        key: key.clone(),
        name: name.to_owned(),
        fate,
        was: None,
    };
    let own = known.of_story.get(&story.id).cloned().unwrap_or_default();
    let is_touched = |f: &&&Found| f.mark.is_some_and(|mark| !mark.is_untouched);
    if let Some(touched) = own.iter().find(is_touched) {
        return Ok(line(&touched.name, Fate::Touched));
    }
    let mut named = known.named.get(&name.to_lowercase()).into_iter().flatten();
    if let Some(other) = named.find(|f| !f.is_of(story.id)) {
        return Ok(line(&other.name, Fate::Foreign));
    }
    let path = folder.join(&name);
    let failed = || path.display().to_string();
    let before = own.iter().find(|f| f.name == name).or(own.first()).copied();
    if let Some(before) = before.filter(|before| before.name != name) {
        // One step: there is never none and never two.
        fs::rename(folder.join(&before.name), &path).with_context(failed)?;
    }
    let fate = match before {
        None => Fate::New,
        Some(before) if before.says(&text) => Fate::Unchanged,
        Some(_) => Fate::Changed,
    };
    if fate != Fate::Unchanged {
        replace(&Disk::default(), &path, text.as_bytes())?;
    }
    let left_over = own
        .iter()
        .filter(|f| before.is_some_and(|before| before.name != f.name))
        .filter(|f| f.name.to_lowercase() != name.to_lowercase());
    for twin in left_over {
        fs::remove_file(folder.join(&twin.name)).with_context(failed)?;
    }
    let was = before.map(|before| before.name.clone());
    Ok(Line {
        was: was.filter(|was| *was != name),
        ..line(&name, fate)
    })
}

/// Whether nothing of the story is to be run any more.
fn is_over(story: &Story) -> bool {
    story.criteria.is_empty() || story.status == Status::Dropped
}

/// Takes the file of a story away that is over, unless somebody has changed it.
fn remove(one: &Found, mark: Mark, key: String, folder: &Path) -> Result<Line, Failure> {
    let fate = if mark.is_untouched {
        let path = folder.join(&one.name);
        fs::remove_file(&path).with_context(|| path.display().to_string())?;
        Fate::Removed
    } else {
        Fate::Outlived
    };
    Ok(Line {
        key,
        name: one.name.clone(),
        fate,
        was: None,
    })
}

impl<'a> Known<'a> {
    fn of(found: &'a [Found]) -> Self {
        let mut known = Self::default();
        for one in found {
            let named = known.named.entry(one.name.to_lowercase()).or_default();
            named.push(one);
            if let Some(mark) = one.mark {
                known.of_story.entry(mark.story).or_default().push(one);
            }
        }
        known
    }
}

impl Found {
    fn is_of(&self, story: StoryId) -> bool {
        self.mark.is_some_and(|mark| mark.story == story)
    }

    /// Whether it says the same, whatever version control has made of the line ends.
    fn says(&self, text: &str) -> bool {
        let own = self.text.as_deref().unwrap_or_default();
        own.lines().eq(text.lines())
    }
}

fn document(folder: &str, lines: &[Line], bare: &[String], left: &[String]) -> Value {
    let written = lines.iter().filter(|line| line.fate.is_written());
    let files = lines.iter().map(|line| {
        json!({
            "key": line.key,
            "file": line.name,
            "state": line.fate.word(),
            "was": line.was,
            "reason": line.fate.reason().map(|reason| format!("{} {reason}", line.name)),
        })
    });
    json!({
        "to": "gherkin",
        "folder": folder,
        "stories": written.count(),
        "files": files.collect::<Vec<Value>>(),
        "without_criteria": bare,
        "left": left,
    })
}

fn tell(folder: &str, lines: &[Line], bare: &[String], left: &[String], context: &mut Context) {
    let with = |fate: Fate| lines.iter().filter(move |line| line.fate == fate);
    let counts: Vec<String> = [Fate::New, Fate::Changed, Fate::Unchanged]
        .into_iter()
        .map(|fate| (with(fate).count(), fate.word()))
        .filter(|(count, _)| *count > 0)
        .map(|(count, word)| format!("{count} {word}"))
        .collect();
    let written = lines.iter().filter(|line| line.fate.is_written());
    let stories = count(written.count());
    let counts = if counts.is_empty() {
        String::new()
    } else {
        format!(": {}", counts.join(", "))
    };
    let out = &mut context.out;
    out.line(&format!("{stories} exported to {folder}{counts}."));
    for line in lines {
        if let Some(was) = &line.was {
            out.line(&format!("{was} is now {}.", line.name));
        }
    }
    let removed: Vec<String> = with(Fate::Removed).map(|line| line.name.clone()).collect();
    if !removed.is_empty() {
        let names = names(&removed);
        out.line(&format!(
            "Removed, because the story is dropped or has no criteria now: {names}."
        ));
    }
    for line in lines {
        if let Some(reason) = line.fate.reason() {
            out.line(&format!("Left alone: {} {reason}", line.name));
        }
    }
    if !left.is_empty() {
        let names = names(left);
        out.line(&format!(
            "Left there, though not exported this time: {names}."
        ));
    }
    if !bare.is_empty() {
        let verb = if bare.len() == 1 { "has" } else { "have" };
        out.line(&format!("{} {verb} no criteria to export.", names(bare)));
    }
}

/// The first names, and how many more there are.
fn names(all: &[String]) -> String {
    let first = all.iter().take(MANY).map(String::as_str);
    let first = first.collect::<Vec<_>>().join(", ");
    match all.len().saturating_sub(MANY) {
        0 => first,
        more => format!("{first} and {more} more"),
    }
}
