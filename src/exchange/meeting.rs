//! The page for a sprint review: what was accepted, what was sent back, what goes on, and how fast the team is.
//!
//! The page is made once, as sections of entries; Markdown and HTML are two ways to write it. Control characters do
//! not get out.

mod html;
mod markdown;
#[cfg(test)]
mod tests;

use std::str::FromStr;

use jiff::civil::Date;

use super::markdown as stories_as_markdown;
use crate::harmless::is_hostile;
use crate::model::insights::Meeting;
use crate::model::{
    Backlog, Calendar, Pace, Past, Points, Status, Story, StoryId, Timestamp, Unit,
};

/// So many completed iterations are shown.
const BARS: i32 = 12;

/// How a page is written.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum PageFormat {
    /// Text to paste.
    #[default]
    Markdown,
    /// One file to open in a browser.
    Html,
}

/// What the page is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum About {
    /// Everything since a day.
    Since(Date),
    /// One iteration.
    Iteration(i32),
}

/// What a page is made from.
#[derive(Debug)]
pub struct Told<'a> {
    /// The stories.
    pub backlog: &'a Backlog,
    /// The days of the iterations.
    pub calendar: &'a Calendar,
    /// What was accepted in each iteration.
    pub pace: &'a Pace,
    /// What the period brought.
    pub meeting: &'a Meeting,
    /// What the page is about.
    pub about: About,
}

/// The page, as sections.
struct Page {
    title: String,
    period: String,
    sections: Vec<Section>,
    velocity: String,
    bars: Vec<Bar>,
    /// The velocity as a number, for the line in the chart.
    mean: Points,
    /// What is counted.
    unit: Unit,
}

/// A heading and what stands below it.
struct Section {
    heading: String,
    /// What is said where there is no entry.
    none: &'static str,
    entries: Vec<Entry>,
}

/// One story in a section.
struct Entry {
    key: String,
    title: String,
    facts: String,
    /// Words below it: what they are, and what they say, on one or more lines.
    words: Vec<(String, String)>,
}

/// What was accepted in one iteration.
struct Bar {
    number: i32,
    days: String,
    stories: usize,
    points: Points,
    /// Whether the page is about it.
    is_told: bool,
    /// Whether it still goes on.
    goes_on: bool,
}

impl PageFormat {
    /// The word for the format.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Markdown => "markdown",
            Self::Html => "html",
        }
    }
}

impl FromStr for PageFormat {
    type Err = String;

    fn from_str(word: &str) -> Result<Self, String> {
        match word.to_ascii_lowercase().as_str() {
            "markdown" | "md" => Ok(Self::Markdown),
            "html" | "htm" => Ok(Self::Html),
            _ => Err(format!(
                "`{word}` is no format of a report. Choose markdown or html."
            )),
        }
    }
}

/// Writes the page.
pub fn write(told: &Told, format: PageFormat) -> String {
    let page = told.page();
    match format {
        PageFormat::Markdown => markdown::write(&page),
        PageFormat::Html => html::write(&page),
    }
}

impl Told<'_> {
    fn page(&self) -> Page {
        let product = line(&self.backlog.product().name);
        let velocity = self.pace.velocity;
        Page {
            title: match self.about {
                About::Since(_) => format!("{product}: review"),
                About::Iteration(number) => format!("{product}: iteration {number}"),
            },
            period: self.period(),
            sections: vec![self.accepted(), self.rejected(), self.carried()],
            velocity: format!(
                "{} an iteration, {}.{}",
                self.pace.unit.count(velocity.points),
                velocity.told(),
                self.guess()
            ),
            bars: self.bars(),
            mean: velocity.points,
            unit: self.pace.unit,
        }
    }

    fn period(&self) -> String {
        match self.about {
            About::Since(date) => format!("Since {date}"),
            About::Iteration(number) => {
                let (first, last) = (
                    self.calendar.first_day(number),
                    self.calendar.last_day(number),
                );
                let goes_on = number == self.pace.current.number;
                let still = if goes_on { ", which still goes on" } else { "" };
                format!("{first} to {last}{still}")
            }
        }
    }

    /// What one should know of the days, where nobody has set them.
    fn guess(&self) -> &'static str {
        if self.calendar.is_guessed() {
            " The product has no iterations yet; two weeks each are a guess."
        } else {
            ""
        }
    }

    fn day(&self, at: Timestamp) -> String {
        self.calendar.day_of(at).to_string()
    }

    fn story(&self, id: StoryId) -> Option<&Story> {
        self.backlog.story(id).map(AsRef::as_ref)
    }

    fn entry(&self, story: &Story, facts: &[String]) -> Entry {
        let estimate = story.estimate.filter(|_| self.pace.unit == Unit::Points);
        let estimate = estimate.map(|points| Unit::Points.count(points));
        let mut all: Vec<String> = estimate.into_iter().collect();
        all.extend_from_slice(facts);
        Entry {
            key: self.backlog.key(story),
            title: line(&story.title),
            facts: all.join(", "),
            words: Vec::new(),
        }
    }

    fn accepted(&self) -> Section {
        let entries = self.meeting.accepted.iter().filter_map(|id| {
            let story = self.story(*id)?;
            let round = story.closed_rounds().next_back();
            let mut facts = Vec::new();
            if story.estimate.is_some() && !self.calendar.counts(story.kind) {
                facts.push(format!("not counted: a {}", story.kind));
            }
            facts.extend(story.accepted_at().map(|at| self.day(at)));
            if let Some(round) = round {
                facts.push(line(&round.by));
                if round.round > 1 {
                    facts.push(format!("in round {}", round.round));
                }
            }
            let mut entry = self.entry(story, &facts);
            if let Some(round) = round {
                let words = [("Waiver", &round.reason), ("Note", &round.note)];
                entry.words = (words.into_iter())
                    .filter_map(|(what, said)| Some((what.to_owned(), clean(said.as_ref()?))))
                    .collect();
            }
            let deleted = story.deleted_after_failing();
            let deleted = deleted.iter().map(|d| (d.told(), line(&d.words())));
            entry.words.extend(deleted);
            Some(entry)
        });
        let entries: Vec<Entry> = entries.collect();
        Section {
            heading: match self.pace.unit {
                Unit::Points => format!(
                    "Accepted: {}, {}",
                    stories(entries.len()),
                    Unit::Points.count(self.meeting.points)
                ),
                Unit::Stories => format!("Accepted: {}", stories(entries.len())),
            },
            none: "Nothing was accepted.",
            entries,
        }
    }

    fn rejected(&self) -> Section {
        let entries = self.meeting.rejected.iter().filter_map(|(id, place)| {
            let story = self.story(*id)?;
            let round = story.reviews.get(*place)?;
            let mut facts = vec![
                self.day(round.at),
                line(&round.by),
                format!("round {}", round.round),
            ];
            if story.status != Status::Rejected {
                facts.push(format!("now {}", story.status));
            }
            let mut entry = self.entry(story, &facts);
            let reason = round.reason.iter();
            entry.words = reason
                .map(|reason| ("Reason".to_owned(), clean(reason)))
                .collect();
            Some(entry)
        });
        let entries: Vec<Entry> = entries.collect();
        Section {
            heading: match entries.len() {
                0 => "Rejected: none".to_owned(),
                1 => "Rejected: once".to_owned(),
                times => format!("Rejected: {times} times"),
            },
            none: "Nothing was rejected.",
            entries,
        }
    }

    fn carried(&self) -> Section {
        let entries = self.meeting.carried.iter().filter_map(|(id, status)| {
            let story = self.story(*id)?;
            let mut entry = self.entry(story, &[status.to_string()]);
            let asked = story.open_questions();
            entry.words = asked
                .map(|question| ("Open question".to_owned(), clean(&question.text)))
                .collect();
            Some(entry)
        });
        let entries: Vec<Entry> = entries.collect();
        Section {
            heading: format!("Carried over: {}", stories(entries.len())),
            none: "Nothing is carried over.",
            entries,
        }
    }

    /// The iterations up to now, and back to the one the page is about.
    fn bars(&self) -> Vec<Bar> {
        let current = self.pace.current.number;
        let told = match self.about {
            About::Iteration(number) => number,
            About::Since(_) => current,
        };
        let first = told.min(current.saturating_sub(BARS));
        let all = self.pace.past.iter().chain([&self.pace.current]);
        let bar = |past: &Past| Bar {
            number: past.number,
            days: format!(
                "{} to {}",
                self.calendar.first_day(past.number),
                self.calendar.last_day(past.number)
            ),
            stories: past.stories,
            points: past.points,
            is_told: self.about == About::Iteration(past.number),
            goes_on: past.number == current,
        };
        all.filter(|past| past.number >= first).map(bar).collect()
    }
}

fn stories(count: usize) -> String {
    match count {
        1 => "1 story".to_owned(),
        many => format!("{many} stories"),
    }
}

/// Text of several lines that nobody has to fear.
fn clean(text: &str) -> String {
    let clean = stories_as_markdown::clean(text);
    let safe = clean.chars().filter(|c| *c == '\n' || !is_hostile(*c));
    safe.collect()
}

/// The same on one line.
fn line(text: &str) -> String {
    let words: Vec<&str> = text.split_whitespace().collect();
    clean(&words.join(" "))
}
