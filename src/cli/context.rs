//! What every command is given: the options, the surroundings, and the text it writes.
//!
//! This is where the clock, the ids and the author's name come from; below here they are passed on.

use std::env;
use std::fmt;
use std::io::{self, Write as _};
use std::path::PathBuf;
use std::process::ExitCode;

use jiff::Timestamp;
use jiff::civil::Date;
use jiff::tz::TimeZone;
use uuid::Uuid;

use super::print::Out;
use crate::harmless::safe;
use crate::model::{ActId, Advice, Line, OutcomeId, ProblemId, Refusal, Stamp, StoryId};
use crate::paths;
use crate::store::products::{Listed, Products};

/// The exit code for what was refused or failed.
pub(super) const FAILED: u8 = 1;
/// The exit code for wrong usage.
pub(super) const USAGE: u8 = 2;

/// The surroundings of one command.
#[derive(Debug)]
pub(super) struct Context {
    /// What is written to stdout at the end.
    pub(super) out: Out,
    /// Whether one JSON document is wanted.
    pub(super) json: bool,
    product: Option<String>,
    data_dir: Option<PathBuf>,
    notes: Vec<String>,
    /// Whether the answer itself means failure.
    has_failed: bool,
}

/// Why a command came to nothing: a sentence, and the exit code.
#[derive(Debug)]
pub(super) struct Failure {
    sentence: String,
    code: u8,
}

impl Context {
    pub(super) fn new(product: Option<String>, data_dir: Option<PathBuf>, json: bool) -> Self {
        Self {
            out: Out::for_stdout(),
            json,
            product: product.or_else(|| variable("BACKSTORY_PRODUCT")),
            data_dir,
            notes: Vec::new(),
            has_failed: false,
        }
    }

    /// The same surroundings for work of its own.
    pub(super) fn anew(&self) -> Self {
        Self {
            out: Out::for_stdout(),
            json: self.json,
            product: self.product.clone(),
            data_dir: self.data_dir.clone(),
            notes: Vec::new(),
            has_failed: false,
        }
    }

    /// The products of the data directory.
    pub(super) fn products(&self) -> Result<Products, Failure> {
        let directory = paths::data_dir(self.data_dir.as_deref())?;
        Ok(Products::of(directory))
    }

    /// The product that was asked for: by option or variable, else the only one, else the last used.
    pub(super) fn product(&self) -> Result<Listed, Failure> {
        super::products::choose(&self.products()?, self.product.as_deref())
    }

    /// Whether there is any product, or one was asked for by name.
    pub(super) fn has_product(&self) -> Result<bool, Failure> {
        Ok(self.product.is_some() || !self.products()?.list()?.is_empty())
    }

    /// Adds a line of news for stderr.
    pub(super) fn note(&mut self, sentence: impl Into<String>) {
        self.notes.push(sentence.into());
    }

    /// Ends with the exit code of a failure although the answer is written: what was asked for was found wanting.
    pub(super) const fn end_with_failure(&mut self) {
        self.has_failed = true;
    }

    /// Who does it, and when: now.
    #[expect(clippy::unused_self, reason = "the clock belongs to the surroundings")]
    pub(super) fn stamp(&self) -> Stamp {
        Stamp::new(Timestamp::now(), &author())
    }

    /// A new story's id.
    #[expect(clippy::unused_self, reason = "new ids belong to the surroundings")]
    pub(super) fn story_id(&self) -> StoryId {
        StoryId::new(Uuid::now_v7())
    }

    /// A new problem's id.
    #[expect(clippy::unused_self, reason = "new ids belong to the surroundings")]
    pub(super) fn problem_id(&self) -> ProblemId {
        ProblemId::new(Uuid::now_v7())
    }

    /// A new outcome's id.
    #[expect(clippy::unused_self, reason = "new ids belong to the surroundings")]
    pub(super) fn outcome_id(&self) -> OutcomeId {
        OutcomeId::new(Uuid::now_v7())
    }

    /// The day it is here.
    pub(super) fn today(&self) -> Date {
        self.stamp().at.to_zoned_datetime(zone()).date()
    }

    /// A new act's id.
    #[expect(clippy::unused_self, reason = "new ids belong to the surroundings")]
    pub(super) fn act_id(&self) -> ActId {
        ActId::new(Uuid::now_v7())
    }

    /// Writes what was gathered, or the error, and answers with the exit code.
    pub(super) fn finish(self, result: Result<(), Failure>) -> ExitCode {
        for note in &self.notes {
            say(note);
        }
        let has_failed = self.has_failed;
        let result =
            result.and_then(|()| self.out.write().map_err(|error| Failure::unwritten(&error)));
        match result {
            Ok(()) if has_failed => ExitCode::from(FAILED),
            Ok(()) => ExitCode::SUCCESS,
            Err(failure) => {
                say(&failure.sentence);
                ExitCode::from(failure.code)
            }
        }
    }
}

impl Failure {
    /// Something was refused or failed.
    pub(super) fn refused(sentence: impl Into<String>) -> Self {
        Self {
            sentence: sentence.into(),
            code: FAILED,
        }
    }

    /// The output could not be written.
    pub(super) fn unwritten(error: &io::Error) -> Self {
        let reason = plain(&error.to_string());
        Self::refused(format!("The output could not be written: {reason}"))
    }

    /// The command was used in a wrong way.
    pub(super) fn usage(sentence: impl Into<String>) -> Self {
        Self {
            sentence: sentence.into(),
            code: USAGE,
        }
    }
}

impl fmt::Display for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.sentence)
    }
}

impl From<Refusal> for Failure {
    fn from(refusal: Refusal) -> Self {
        Self::refused(refusal.told(command))
    }
}

impl From<anyhow::Error> for Failure {
    fn from(error: anyhow::Error) -> Self {
        Self::refused(plain(&format!("{error:#}")))
    }
}

impl From<io::Error> for Failure {
    fn from(error: io::Error) -> Self {
        Self::refused(plain(&error.to_string()))
    }
}

/// The way to do on the command line what a refusal advises.
fn command(advice: Advice, key: &str) -> String {
    match advice {
        Advice::AddCriterion => format!(": `backstory edit {key} --criterion TEXT`"),
        Advice::Answer => format!(": `backstory edit {key} --answer N=TEXT`"),
        Advice::WriteBenefit => format!(": `backstory edit {key} --benefit TEXT`"),
        Advice::Estimate => format!(": `backstory edit {key} --estimate N`"),
        Advice::GiveReason => " (--reason TEXT)".to_owned(),
        Advice::NoteWhatIsMissing => " (--not-met N --note N=TEXT)".to_owned(),
        Advice::Reopen => format!(": `backstory step {key} reopen --reason TEXT`"),
        Advice::Restore => format!(": `backstory step {key} restore`"),
        Advice::Score(method) => format!(": `{}`", super::score::form(method, key)),
        Advice::SayWhatBlocks => format!(": `backstory edit {key} --blocked-by KEY`"),
        Advice::NameProblem => format!(": `backstory edit {key} --problem PROBLEM`"),
        Advice::MendDefects => format!(": `backstory lint key:{key}`"),
        Advice::TickReady => format!(": `backstory edit {key} --ready TEXT`"),
        Advice::ChooseScale => ": `backstory config scale 1 2 3 5 8`".to_owned(),
        Advice::Search => ": `backstory list status:any WORDS`".to_owned(),
    }
}

/// Reads a day.
pub(super) fn day(text: &str) -> Result<Date, Failure> {
    text.trim().parse().map_err(|_| {
        Failure::usage(format!(
            "`{}` is no day. Write it with year, month and day, such as 2026-11-02.",
            text.trim()
        ))
    })
}

/// The time zone dates are shown in.
pub(super) fn zone() -> TimeZone {
    TimeZone::system()
}

/// Writes one line to stderr; nobody can be told when that fails.
pub(super) fn say(sentence: &str) {
    let _ = writeln!(io::stderr(), "{}", safe(sentence.trim_end()));
}

/// An environment variable that says something.
pub(super) fn variable(name: &str) -> Option<String> {
    env::var(name).ok().filter(|value| !value.trim().is_empty())
}

/// The name under which things are done here.
pub(super) fn author() -> String {
    ["BACKSTORY_USER", "USER", "LOGNAME", "USERNAME"]
        .into_iter()
        .filter_map(variable)
        .map(|name| Line::parse(&name).to_string())
        .find(|name| !name.is_empty())
        .unwrap_or_else(|| "me".to_owned())
}

/// Makes a sentence of a system's error.
fn plain(error: &str) -> String {
    let text = error
        .split_once(" (os error ")
        .map_or(error.to_owned(), |(before, after)| {
            let rest = after.split_once(')').map_or("", |(_, rest)| rest);
            format!("{before}{rest}")
        });
    let text = text.trim_end();
    if text.ends_with(['.', '!', '?']) {
        text.to_owned()
    } else {
        format!("{text}.")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_systems_error_becomes_a_sentence() {
        assert_eq!(
            plain("/x: Permission denied (os error 13)"),
            "/x: Permission denied."
        );
        assert_eq!(plain("Say why."), "Say why.");
    }
}
