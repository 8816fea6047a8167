//! Every "no" of the model, as a sentence that says what to do next.

use std::fmt;

use super::backlog::{Missing, tell_missing};
use super::problem::ThreadRefusal;
use super::product::Unfit;
use super::score::Method;
use super::text::Title;
use super::workflow::{Status, Step};

/// Tells the way to do what is advised for the story of a key; empty, or with a blank before it.
pub(super) type Way<'a> = dyn Fn(Advice, &str) -> String + 'a;

/// Why something was not done; nothing has changed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Refusal {
    /// A title without words.
    EmptyTitle,
    /// A title beyond [`Title::LONGEST`].
    LongTitle {
        /// Its length in characters.
        length: usize,
    },
    /// A reason without words.
    EmptyReason,
    /// A product's name without a letter or digit.
    EmptyName,
    /// A key prefix that is none.
    BadKeyPrefix(String),
    /// A word outside a closed list.
    UnknownWord {
        /// What was expected.
        what: &'static str,
        /// The word that was given.
        word: String,
        /// The words there are.
        known: String,
    },
    /// A word that can mean several things.
    Ambiguous {
        /// The word that was given.
        word: String,
        /// The words that mean one thing each.
        known: String,
    },
    /// A number outside its range.
    OutOfRange {
        /// The number that was given.
        number: u64,
        /// The lowest there can be.
        low: u8,
        /// The highest there can be.
        high: u8,
    },
    /// Text that is no number of points.
    NotAnEstimate(String),
    /// Something about problems, outcomes and what became of them.
    Thread(Box<ThreadRefusal>),
    /// Text that does not fit a setting of the product.
    Unfit(Box<Unfit>),
    /// A number below the least there can be, or no number at all.
    NotFrom {
        /// What was expected.
        what: &'static str,
        /// The text that was given.
        word: String,
        /// The least there can be.
        least: String,
    },
    /// Fewer scored stories than it takes to sort them.
    TooFewScores {
        /// The way to score.
        method: Method,
        /// How many are scored.
        scored: usize,
    },
    /// A story that is not (any more) in the backlog.
    NoSuchStory(String),
    /// A story of the same id exists.
    AlreadyThere(String),
    /// A step that does not lead on from the story's status.
    NoSuchStep {
        /// The story's key.
        key: String,
        /// Where it stands.
        status: Status,
        /// The step that was asked for.
        step: Step,
    },
    /// A step that needs a written reason.
    NeedsReason {
        /// The story's key.
        key: String,
        /// The step.
        step: Step,
    },
    /// Something that the definition of ready asks for.
    NotReady {
        /// The story's key.
        key: String,
        /// What the story lacks; never nothing.
        missing: Vec<Missing>,
    },
    /// Not everything is met, so accepting needs a waiver.
    NotAllMet {
        /// The story's key.
        key: String,
        /// Criteria met.
        met: usize,
        /// Criteria there are.
        of: usize,
        /// Criteria that were judged in this round, not found to be met, and deleted then.
        removed: usize,
        /// Lines of the definition of done not ticked.
        unticked: usize,
    },
    /// An estimate where the team gives none.
    NoEstimates,
    /// A rejection without a criterion not met and without a reason.
    NothingToReject(String),
    /// A verdict or tick on a story that is not delivered.
    NotDelivered {
        /// The story's key.
        key: String,
        /// Where it stands.
        status: Status,
    },
    /// A criterion, question or line that the story does not have.
    NoSuchPart {
        /// The story's key.
        key: String,
        /// What it is and which.
        part: String,
    },
    /// An accepted story's content.
    ReadOnly(String),
    /// A place in the order for a story that is not in the backlog.
    NotInBacklog {
        /// The story's key.
        key: String,
        /// Where it stands.
        status: Status,
    },
    /// A place relative to one of the stories that are being moved.
    BesideItself(String),
    /// Stories that would wait for each other in a circle: each for the next, the last being the first.
    Circle(Vec<String>),
    /// Stories that wait for no open one, by their keys.
    NothingBlocks(Vec<String>),
    /// Stories that stand below everything they wait for, by their keys.
    BlockersAbove(Vec<String>),
    /// A split that would leave one story.
    SplitIntoOne(String),
    /// A split or merge of a story that cannot leave the backlog.
    NotDivided {
        /// The story's key.
        key: String,
        /// Where it stands.
        status: Status,
    },
    /// A story changed since the act that would be undone or redone.
    ChangedSince {
        /// The act's label.
        label: String,
        /// What changed.
        what: String,
    },
    /// No act to undo.
    NothingToUndo,
    /// No act to redo.
    NothingToRedo,
}

/// What a refusal advises to do, so that each surface can name its own way there.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Advice {
    /// Write a criterion.
    AddCriterion,
    /// Answer a question.
    Answer,
    /// Write the benefit.
    WriteBenefit,
    /// Estimate the story.
    Estimate,
    /// Give a reason.
    GiveReason,
    /// Say of a criterion what is missing.
    NoteWhatIsMissing,
    /// Reopen an accepted story.
    Reopen,
    /// Restore a dropped story.
    Restore,
    /// Look for the story.
    Search,
    /// Score the story by this method.
    Score(Method),
    /// Say which stories block it.
    SayWhatBlocks,
    /// Say which problem the story solves.
    NameProblem,
    /// Mend or settle the story's defects.
    MendDefects,
    /// Tick a line of the definition of ready.
    TickReady,
    /// Choose the estimates that the team gives.
    ChooseScale,
}

impl Advice {
    /// The way there on the screen: its key.
    fn key(self) -> &'static str {
        match self {
            Self::AddCriterion | Self::Answer | Self::WriteBenefit => " (e)",
            Self::Estimate => " (.)",
            Self::GiveReason => "",
            Self::NoteWhatIsMissing => " (n)",
            Self::Reopen | Self::Restore | Self::TickReady => " (s)",
            Self::Search => " (/)",
            Self::Score(_) => " (,)",
            Self::SayWhatBlocks => " (B)",
            Self::NameProblem => " (P)",
            Self::MendDefects => " (!)",
            Self::ChooseScale => " in the settings (5)",
        }
    }
}

impl fmt::Display for Refusal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.tell(f, &|advice, _| advice.key().to_owned())
    }
}

impl Refusal {
    /// The sentence with `way` telling, after a blank, how to do what is advised for the story of a key.
    #[must_use]
    pub fn told(&self, way: impl Fn(Advice, &str) -> String) -> String {
        let mut sentence = String::new();
        // Writing to a string cannot fail.
        let _ = self.tell(&mut sentence, &way);
        sentence
    }

    fn tell(&self, f: &mut dyn fmt::Write, way: &Way<'_>) -> fmt::Result {
        match self {
            Self::EmptyTitle => write!(f, "A story needs a title. Type a few words."),
            Self::LongTitle { length } => write!(
                f,
                "The title has {length} characters, {} are the most. Shorten it and put the rest in the notes.",
                Title::LONGEST
            ),
            Self::EmptyReason => write!(f, "A reason needs words. Type why."),
            Self::EmptyName => write!(
                f,
                "A product needs a name with a letter or digit in it. Type one."
            ),
            Self::BadKeyPrefix(text) => write!(
                f,
                "`{text}` is no key prefix. Use 1 to 10 letters A to Z or digits, a letter first, such as WEB."
            ),
            Self::UnknownWord { what, word, known } => {
                write!(f, "`{word}` is no {what}. Use one of: {known}.")
            }
            Self::Ambiguous { word, known } => {
                write!(f, "`{word}` can mean several things. Use one of: {known}.")
            }
            Self::OutOfRange { number, low, high } => {
                write!(
                    f,
                    "{number} is out of range. Use a number from {low} to {high}."
                )
            }
            Self::NotAnEstimate(text) => {
                write!(
                    f,
                    "`{text}` is no estimate. Use a number of points from 0 to 100000, such as 3."
                )
            }
            Self::Thread(refusal) => write!(f, "{refusal}"),
            Self::Unfit(unfit) => write!(f, "{unfit}"),
            Self::NotFrom { what, word, least } => {
                write!(f, "`{word}` is no {what}. Use a number from {least} on.")
            }
            Self::TooFewScores { method, scored } => too_few_scores(f, *method, *scored, way),
            Self::NoSuchStory(key) => write!(
                f,
                "There is no story {key}. Search for it by its words{}.",
                way(Advice::Search, key)
            ),
            Self::AlreadyThere(key) => write!(f, "{key} is already in the backlog."),
            Self::NoSuchStep { key, status, step } => no_such_step(f, key, *status, *step),
            Self::NeedsReason { key, step } => {
                write!(
                    f,
                    "To {step} {key} a reason is needed. Say why{}.",
                    way(Advice::GiveReason, key)
                )
            }
            Self::NotReady { key, missing } => tell_missing(f, key, missing, way),
            Self::NotAllMet {
                key,
                met,
                of,
                removed,
                unticked,
            } => not_all_met(f, key, (*met, *of, *removed), *unticked),
            Self::NothingToReject(key) => write!(
                f,
                "{key} has no criterion that is not met with a note. Mark what is missing{}, or give a reason{}.",
                way(Advice::NoteWhatIsMissing, key),
                way(Advice::GiveReason, key)
            ),
            Self::NoEstimates => write!(
                f,
                "The team gives no estimates. Choose a scale first{}.",
                way(Advice::ChooseScale, "")
            ),
            Self::NotDelivered { key, status } => {
                write!(
                    f,
                    "{key} is {status}, not delivered. It can be reviewed once it is delivered."
                )
            }
            Self::NoSuchPart { key, part } => {
                write!(f, "{key} has no {part}. Look at the story again.")
            }
            Self::ReadOnly(key) => write!(
                f,
                "{key} is accepted and stays as it is. Reopen it first to change it{}.",
                way(Advice::Reopen, key)
            ),
            Self::NotInBacklog { key, status } => {
                write!(f, "{key} is {status} and has no place in the backlog. ")?;
                match status {
                    Status::Dropped => {
                        write!(f, "Restore it first{}.", way(Advice::Restore, key))
                    }
                    _ => write!(f, "Reopen it first{}.", way(Advice::Reopen, key)),
                }
            }
            Self::BesideItself(key) => write!(
                f,
                "{key} is itself being moved. Choose another story as the place."
            ),
            Self::Circle(keys) => circle(f, keys),
            Self::NothingBlocks(keys) => match keys.as_slice() {
                [only] => write!(
                    f,
                    "{only} waits for no open story. Say first what blocks it{}.",
                    way(Advice::SayWhatBlocks, only)
                ),
                many => write!(
                    f,
                    "None of these {} stories waits for an open one.",
                    many.len()
                ),
            },
            Self::BlockersAbove(keys) => match keys.as_slice() {
                [only] => write!(f, "All that {only} waits for stands above it already."),
                many => write!(
                    f,
                    "All that these {} stories wait for stands above them already.",
                    many.len()
                ),
            },
            Self::SplitIntoOne(key) => write!(
                f,
                "{key} would stay one story. Give each of at least two stories something of it."
            ),
            Self::NotDivided { key, status } => write!(
                f,
                "{key} is {status}. Only an open story that is not delivered can be split, or merged into another."
            ),
            Self::ChangedSince { label, what } => {
                write!(
                    f,
                    "`{label}` cannot be taken back or repeated: {what} has changed since. Change it by hand."
                )
            }
            Self::NothingToUndo => write!(f, "There is nothing to undo."),
            Self::NothingToRedo => write!(f, "There is nothing to redo."),
        }
    }
}

impl std::error::Error for Refusal {}

impl From<Refusal> for String {
    fn from(refusal: Refusal) -> Self {
        refusal.to_string()
    }
}

fn no_such_step(f: &mut dyn fmt::Write, key: &str, status: Status, step: Step) -> fmt::Result {
    write!(f, "{key} is {status}; it cannot take the step {step}. ")?;
    let steps: Vec<&str> = status.steps().map(Step::word).collect();
    match steps.as_slice() {
        [] => write!(f, "No step leads on from there."),
        [only] => write!(f, "From there it can: {only}."),
        [most @ .., last] => write!(f, "From there it can: {} or {last}.", most.join(", ")),
    }
}

fn too_few_scores(
    f: &mut dyn fmt::Write,
    method: Method,
    scored: usize,
    way: &Way<'_>,
) -> fmt::Result {
    let have = match scored {
        0 => "None of these stories has",
        _ => "Only one of these stories has",
    };
    if method == Method::Impact {
        return write!(
            f,
            "{have} a problem that stands. Name the problems of two or more first{}.",
            way(Advice::NameProblem, "KEY")
        );
    }
    write!(
        f,
        "{have} a {method} score. Score two or more first{}.",
        way(Advice::Score(method), "KEY")
    )
}

/// Names a circle key by key, along the links.
fn circle(f: &mut dyn fmt::Write, keys: &[String]) -> fmt::Result {
    let mut keys = keys.iter();
    let first = keys.next().map_or("", String::as_str);
    if keys.len() < 2 {
        return write!(f, "{first} cannot wait for itself. Choose another story.");
    }
    write!(f, "That would be a circle: {first}")?;
    for (index, key) in keys.enumerate() {
        let link = if index == 0 {
            " waits"
        } else {
            ", which waits"
        };
        write!(f, "{link} for {key}")?;
    }
    write!(f, ". Take one of these links away first.")
}

fn not_all_met(
    f: &mut dyn fmt::Write,
    key: &str,
    (met, of, removed): (usize, usize, usize),
    unticked: usize,
) -> fmt::Result {
    if of == 0 {
        write!(f, "{key} has no acceptance criterion to be met")?;
    } else {
        write!(f, "{key} has {met} of {of} criteria met")?;
    }
    match removed {
        0 => {}
        1 => write!(f, ", 1 that was not met in this round was deleted")?,
        n => write!(f, ", {n} that were not met in this round were deleted")?,
    }
    match unticked {
        0 => {}
        1 => write!(f, " and 1 line of the definition of done is not ticked")?,
        n => write!(f, " and {n} lines of the definition of done are not ticked")?,
    }
    write!(
        f,
        ". Complete the review, or accept it with a written reason (a waiver)."
    )
}
