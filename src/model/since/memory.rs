//! The memory: the backlog as it was last seen, small enough to be written when the screen is left.
//!
//! Of every open story it holds, in their order, what tells whether something has happened to it: where it stood, how
//! long its lists were, when its content last changed, its rank, and the iteration it was to be expected in, where that
//! was near; its number and the beginning of its title, should it be gone. Of the settings it holds fingerprints. It is compared with the backlog of the next start, so that news is found wherever it comes from: an act of
//! the journal, another window, or files that `git pull` brought and whose dates lie before the last visit.
//!
//! A line is some 70 bytes long and that of a story near the top some 40 more; a hundred thousand stories make 7 MB, written and read off the keys' way. Closed stories
//! are left out: what happens to them is dated.

use std::collections::HashMap;
use std::fmt::Write as _;

use jiff::SignedDuration;
use jiff::civil::Date;
use serde::{Deserialize, Serialize, Serializer};
use uuid::Uuid;

use super::settings::{self, Fingerprints};
use super::told::short;
use crate::model::{
    Backlog, Forecast, Problem, ProblemId, Product, Rank, Status, Story, StoryId, Timestamp,
};

/// Iterations farther away than so many are nobody's promise.
const NEAR: i32 = 4;
/// The titles of so many stories are remembered; those farther down are known by their numbers.
const TITLED: usize = 1000;
/// What stands in a line where there is nothing.
const NOTHING: &str = "-";

/// The backlog as it was at a moment.
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(try_from = "Kept")]
pub struct Memory {
    /// The moment, to the second.
    pub at: Timestamp,
    /// The open stories, in their order.
    pub(super) stories: Vec<Known>,
    /// Where they stand there.
    places: HashMap<StoryId, usize>,
    pub(super) problems: HashMap<ProblemId, KnownProblem>,
    /// Empty where they were not remembered.
    pub(super) settings: Fingerprints,
    pub(super) outlook: Option<Outlook>,
}

/// An open story as it was.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Known {
    pub(super) id: StoryId,
    pub(super) status: Status,
    /// How many changes of status it had seen.
    pub(super) log: usize,
    pub(super) comments: usize,
    pub(super) questions: usize,
    pub(super) answered: usize,
    /// When its content had last changed, in seconds since 1970.
    pub(super) updated: i64,
    pub(super) rank: Rank,
    /// The iteration it was to be expected in, where that was near.
    pub(super) iteration: Option<i32>,
    /// The number of its key, where it was remembered.
    pub(super) number: Option<u32>,
    /// The beginning of its title; empty where it was not remembered.
    pub(super) title: String,
}

/// A problem as it was.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct KnownProblem {
    /// How many pieces of evidence it had.
    pub(super) evidence: usize,
    /// How often its state had changed.
    pub(super) log: usize,
    /// The beginning of its title; empty where it was not remembered.
    pub(super) title: String,
}

/// What was to be expected of the whole backlog.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Outlook {
    /// The first day of iteration 1: the numbers of another calendar mean something else.
    start: Date,
    /// How many weeks an iteration had.
    weeks: u8,
    /// The iteration of the last story.
    pub(super) last: Option<i32>,
}

/// The memory as its file has it.
#[derive(Serialize, Deserialize)]
struct Kept {
    format: u32,
    at: Timestamp,
    /// A line a story: id, status, counts of log, comments, questions and answers, time, rank, and, where the memory
    /// is not an older one's, iteration, number and title.
    stories: Vec<String>,
    /// A line a problem: id, counts of evidence and log, and perhaps title.
    #[serde(default)]
    problems: Vec<String>,
    /// A line a setting: name and fingerprint.
    #[serde(default)]
    settings: Vec<String>,
    #[serde(default)]
    outlook: Option<Outlook>,
}

/// The version of the file.
const FORMAT: u32 = 1;

impl Memory {
    /// How far back to look where nobody has left the screen before.
    pub const UNVISITED: SignedDuration = SignedDuration::from_hours(7 * 24);

    /// Remembers a backlog as it is at a moment. The forecast must suppose nothing.
    pub fn of(backlog: &Backlog, forecast: Option<&Forecast>, at: Timestamp) -> Self {
        let forecast = forecast.filter(|forecast| counts(forecast));
        let near = forecast.map(|forecast| forecast.pace.current.number.saturating_add(NEAR));
        let stories = backlog.open().enumerate().filter_map(|(row, id)| {
            let iteration = forecast
                .and_then(|forecast| forecast.expected(row, backlog))
                .map(|expected| expected.iteration)
                .filter(|iteration| near.is_some_and(|near| *iteration < near));
            let mut known = Known::of(backlog.story(id)?, iteration);
            if row >= TITLED {
                known.title.clear();
            }
            Some(known)
        });
        let problems = backlog.problems().into_iter();
        Self::new(
            Timestamp::from_second(at.as_second()).unwrap_or(at),
            stories.collect(),
            problems
                .map(|problem| (problem.id, KnownProblem::of(problem)))
                .collect(),
            settings::fingerprints(backlog.product()),
            forecast.and_then(|forecast| Outlook::of(forecast, backlog)),
        )
    }

    fn new(
        at: Timestamp,
        stories: Vec<Known>,
        problems: HashMap<ProblemId, KnownProblem>,
        settings: Fingerprints,
        outlook: Option<Outlook>,
    ) -> Self {
        let places = stories.iter().map(|story| story.id).zip(0..).collect();
        Self {
            at,
            stories,
            places,
            problems,
            settings,
            outlook,
        }
    }

    /// The story as it was, where it was open.
    pub(super) fn story(&self, id: StoryId) -> Option<&Known> {
        self.stories.get(*self.places.get(&id)?)
    }
}

impl Known {
    fn of(story: &Story, iteration: Option<i32>) -> Self {
        Self {
            id: story.id,
            status: story.status,
            log: story.log.len(),
            comments: story.comments.len(),
            questions: story.questions.len(),
            answered: story.questions.len() - story.open_questions().count(),
            updated: story.updated.as_second(),
            rank: story.rank.clone(),
            iteration,
            number: Some(story.number),
            title: short(&story.title),
        }
    }

    fn line(&self) -> String {
        let mut line = format!(
            "{} {} {} {} {} {} {} {}",
            self.id.uuid().simple(),
            letter(self.status),
            self.log,
            self.comments,
            self.questions,
            self.answered,
            self.updated,
            self.rank.as_str(),
        );
        // Writing into a string cannot fail.
        let _ = match self.iteration {
            Some(iteration) => write!(line, " {iteration}"),
            None => write!(line, " {NOTHING}"),
        };
        if let Some(number) = self.number {
            let _ = write!(line, " {number} {}", self.title);
        }
        line
    }

    fn read(line: &str) -> Option<Self> {
        let mut words = line.split_ascii_whitespace();
        Some(Self {
            id: StoryId::new(Uuid::try_parse(words.next()?).ok()?),
            status: status(words.next()?)?,
            log: words.next()?.parse().ok()?,
            comments: words.next()?.parse().ok()?,
            questions: words.next()?.parse().ok()?,
            answered: words.next()?.parse().ok()?,
            updated: words.next()?.parse().ok()?,
            rank: Rank::parse(words.next()?)?,
            iteration: match words.next() {
                None | Some(NOTHING) => None,
                Some(word) => Some(word.parse().ok()?),
            },
            number: match words.next() {
                Some(word) => Some(word.parse().ok()?),
                None => None,
            },
            title: joined(words),
        })
    }
}

impl KnownProblem {
    fn of(problem: &Problem) -> Self {
        Self {
            evidence: problem.evidence.len(),
            log: problem.log.len(),
            title: short(&problem.title),
        }
    }

    fn read(line: &str) -> Option<(ProblemId, Self)> {
        let mut words = line.split_ascii_whitespace();
        let id = ProblemId::new(Uuid::try_parse(words.next()?).ok()?);
        let evidence = words.next()?.parse().ok()?;
        let log = words.next()?.parse().ok()?;
        let title = joined(words);
        let known = Self {
            evidence,
            log,
            title,
        };
        Some((id, known))
    }
}

impl Outlook {
    /// What is to be expected of a backlog now; `None` where the product has no iterations.
    fn of(forecast: &Forecast, backlog: &Backlog) -> Option<Self> {
        Some(Self {
            last: last(forecast, backlog),
            ..Self::calendar(backlog.product())?
        })
    }

    fn calendar(product: &Product) -> Option<Self> {
        let iterations = product.iterations.as_ref()?;
        Some(Self {
            start: iterations.start,
            weeks: iterations.weeks.get(),
            last: None,
        })
    }

    /// Whether the iterations of this product are still counted as they were.
    pub(super) fn is_of(self, product: &Product) -> bool {
        Self::calendar(product) == Some(Self { last: None, ..self })
    }
}

/// Whether a forecast is worth remembering: a guess cannot slip.
pub(super) const fn counts(forecast: &Forecast) -> bool {
    !forecast.velocity.is_guessed() && forecast.what_if.is_nothing()
}

/// The iteration of the last story; `None` where there is no story, or that is too far away to say.
pub(super) fn last(forecast: &Forecast, backlog: &Backlog) -> Option<i32> {
    let row = backlog.open_count().checked_sub(1)?;
    // What is under way counts into the current iteration wherever it stands.
    forecast.expected(row, backlog)?;
    forecast.cuts.last().map(|cut| cut.last)
}

impl Serialize for Memory {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut problems: Vec<String> = self
            .problems
            .iter()
            .map(|(id, known)| {
                let KnownProblem {
                    evidence,
                    log,
                    title,
                } = known;
                format!("{} {evidence} {log} {title}", id.uuid().simple())
            })
            .collect();
        problems.sort_unstable();
        let kept = Kept {
            format: FORMAT,
            at: self.at,
            stories: self.stories.iter().map(Known::line).collect(),
            problems,
            settings: self.settings.iter().map(settings::line).collect(),
            outlook: self.outlook,
        };
        kept.serialize(serializer)
    }
}

impl TryFrom<Kept> for Memory {
    type Error = &'static str;

    fn try_from(kept: Kept) -> Result<Self, Self::Error> {
        const UNREADABLE: &str = "a memory of another kind";
        if kept.format != FORMAT {
            return Err(UNREADABLE);
        }
        let stories: Option<Vec<Known>> = kept.stories.iter().map(|l| Known::read(l)).collect();
        let problems: Option<_> = kept
            .problems
            .iter()
            .map(|line| KnownProblem::read(line))
            .collect();
        let settings: Option<_> = kept.settings.iter().map(|l| settings::read(l)).collect();
        match (stories, problems, settings) {
            (Some(stories), Some(problems), Some(settings)) => Ok(Self::new(
                kept.at,
                stories,
                problems,
                settings,
                kept.outlook,
            )),
            _ => Err(UNREADABLE),
        }
    }
}

/// Words with a space between them.
fn joined<'a>(words: impl Iterator<Item = &'a str>) -> String {
    words.collect::<Vec<_>>().join(" ")
}

const fn letter(status: Status) -> char {
    match status {
        Status::Idea => 'i',
        Status::Ready => 'r',
        Status::Started => 's',
        Status::Delivered => 'd',
        Status::Accepted => 'a',
        Status::Rejected => 'j',
        Status::Dropped => 'x',
    }
}

fn status(word: &str) -> Option<Status> {
    let letters = |status: &Status| word.chars().eq([letter(*status)]);
    Status::ALL.into_iter().find(letters)
}
