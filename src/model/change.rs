//! What can be asked of a backlog, as data.

use super::benefit::Learning;
use super::criteria::{Criterion, Question};
use super::problem::{NewProblem, Problem, ProblemEdit};
use super::review::Verdict;
use super::score::{Grade, Method, Part};
use super::story::{Comment, Source, Story};
use super::text::{Line, Prose, Reason, Title};
use super::workflow::{Status, Step};
use super::{Backlog, CriterionId, Delta, Kind, Points, ProblemId, Product, StoryId, Timestamp};

/// One change to a backlog; an act is one or more of them.
#[derive(Clone, Debug, PartialEq)]
pub enum Change {
    /// A new story, with the next free number.
    Add(Box<NewStory>),
    /// A whole story with its id, as from another backlog; a number that is taken is replaced by the next free one.
    Insert(Box<Story>),
    /// One field of a story.
    Edit {
        /// Which story.
        story: StoryId,
        /// What of it.
        edit: Edit,
    },
    /// A step of the workflow; accepting and rejecting have changes of their own.
    Step {
        /// Which story.
        story: StoryId,
        /// Which step.
        step: Step,
        /// Why; needed by some steps.
        reason: Option<Reason>,
    },
    /// Another place in the order; several stories keep their order among themselves.
    Move {
        /// Which stories.
        stories: Vec<StoryId>,
        /// Where to.
        to: Place,
    },
    /// Another order for open stories among the places that they hold together; all other stories keep theirs.
    Arrange {
        /// The stories in their new order; one that is named again is not counted again.
        stories: Vec<StoryId>,
    },
    /// A verdict in the open round; the first begins the round.
    Judge {
        /// Which story.
        story: StoryId,
        /// Which criterion.
        criterion: CriterionId,
        /// The verdict; `None` takes it back.
        verdict: Option<Verdict>,
    },
    /// Words to a verdict of the open round.
    NoteVerdict {
        /// Which story.
        story: StoryId,
        /// Which criterion.
        criterion: CriterionId,
        /// What is missing, when it is to change.
        note: Option<Prose>,
        /// What was seen, when it is to change.
        evidence: Option<Prose>,
    },
    /// A tick on a line of the definition of done, in the open round; the first begins the round.
    TickDone {
        /// Which story.
        story: StoryId,
        /// Which line, counted from 0.
        line: usize,
        /// Whether it is done.
        ticked: bool,
    },
    /// Ends the round: accepted. A reason is a waiver where not everything is met, else a note.
    Accept {
        /// Which story.
        story: StoryId,
        /// Why although not everything is met.
        reason: Option<Reason>,
    },
    /// Ends the round: rejected. Without a reason it is composed from the notes.
    Reject {
        /// Which story.
        story: StoryId,
        /// Why, in the product owner's words.
        reason: Option<Reason>,
    },
    /// A remark.
    Comment {
        /// Which story.
        story: StoryId,
        /// What is said.
        text: Prose,
    },
    /// How and when a story's benefit is checked, or what was found.
    Learn {
        /// Which story.
        story: StoryId,
        /// What is to be noted.
        learning: Learning,
    },
    /// A new problem.
    AddProblem(Box<NewProblem>),
    /// A whole problem with its id, as from another backlog.
    InsertProblem(Box<Problem>),
    /// One part of a problem.
    EditProblem {
        /// Which problem.
        problem: ProblemId,
        /// What of it.
        edit: Box<ProblemEdit>,
    },
    /// A problem that is not to be there any more; its stories stay, without a problem.
    RemoveProblem(ProblemId),
    /// The product's settings.
    Settings(Box<Product>),
    /// Brings stories, problems and settings from one recorded state to another, as undo and redo do.
    Restore(Vec<Delta>),
}

/// One field of a story with its new value.
#[derive(Clone, Debug, PartialEq)]
#[expect(missing_docs, reason = "the fields of a story, documented there")]
pub enum Edit {
    Title(Title),
    Kind(Kind),
    Persona(Line),
    Want(Line),
    Benefit(Line),
    Notes(Prose),
    /// All criteria in their new order; those without an id are new.
    Criteria(Vec<Criterion>),
    /// All questions in their new order; those without an id are new.
    Questions(Vec<Question>),
    Estimate(Option<Points>),
    Labels(Vec<Line>),
    Epic(Line),
    Problem(Option<ProblemId>),
    BlockedBy(Vec<StoryId>),
    Source(Option<Source>),
    /// One part of a score.
    Score(Grade),
    /// One part of a score, taken away.
    ClearPart(Part),
    /// Everything that one method says of the story, taken away.
    ClearScore(Method),
    /// A line of the definition of ready, ticked or not.
    Ready {
        line: Line,
        ticked: bool,
    },
    /// A rule of the linter that is no problem here, or is one after all.
    Settle {
        rule: Line,
        settled: bool,
    },
}

/// A place in the order of the backlog.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Place {
    /// Before all others.
    Top,
    /// After all others.
    Bottom,
    /// Directly before this story.
    Above(StoryId),
    /// Directly after this story.
    Below(StoryId),
    /// So that the first story moved is at this position, counted from 1; beyond the end is the end.
    At(usize),
}

/// A story to be added.
#[derive(Clone, Debug, PartialEq)]
pub struct NewStory {
    /// The id it gets.
    pub id: StoryId,
    /// What it says.
    pub draft: Draft,
    /// Where it goes.
    pub place: Place,
}

/// What a new story says; everything but the title may be empty.
#[derive(Clone, Debug, PartialEq)]
#[expect(missing_docs, reason = "the fields of a story, documented there")]
pub struct Draft {
    pub title: Title,
    pub kind: Kind,
    pub persona: Line,
    pub want: Line,
    pub benefit: Line,
    pub notes: Prose,
    pub criteria: Vec<Prose>,
    pub questions: Vec<Question>,
    pub estimate: Option<Points>,
    pub labels: Vec<Line>,
    pub epic: Line,
    pub problem: Option<ProblemId>,
    pub scores: Vec<Grade>,
    pub comments: Vec<Comment>,
    pub source: Option<Source>,
    /// Where the story stands elsewhere already; an idea by default.
    pub status: Status,
    /// When it came to stand there, where that is known.
    pub status_at: Option<Timestamp>,
    /// When it was written down, where that was earlier than now.
    pub created: Option<Timestamp>,
}

impl Draft {
    /// A draft with nothing but a title.
    pub fn titled(title: Title) -> Self {
        Self {
            title,
            kind: Kind::default(),
            persona: Line::default(),
            want: Line::default(),
            benefit: Line::default(),
            notes: Prose::default(),
            criteria: Vec::new(),
            questions: Vec::new(),
            estimate: None,
            labels: Vec::new(),
            epic: Line::default(),
            problem: None,
            scores: Vec::new(),
            comments: Vec::new(),
            source: None,
            status: Status::Idea,
            status_at: None,
            created: None,
        }
    }
}

impl Change {
    /// What the change does, in a few words for the history, such as "accept WEB-12".
    pub fn label(&self, backlog: &Backlog) -> String {
        let key = |story: &StoryId| backlog.key_or_id(*story);
        match self {
            Self::Add(new) => format!("add {}", shorten(&new.draft.title)),
            Self::Insert(story) => format!("add {}", shorten(&story.title)),
            Self::Edit { story, edit } => format!("edit {} of {}", edit.field(), key(story)),
            Self::Step { story, step, .. } => format!("{step} {}", key(story)),
            Self::Move { stories, .. } => match stories.as_slice() {
                [only] => format!("move {}", key(only)),
                many => format!("move {} stories", many.len()),
            },
            Self::Arrange { stories } => match stories.len() {
                1 => "arrange 1 story".to_owned(),
                many => format!("arrange {many} stories"),
            },
            Self::Judge { story, verdict, .. } => match verdict {
                Some(verdict) => format!("verdict {} on {}", verdict.words(), key(story)),
                None => format!("take back a verdict on {}", key(story)),
            },
            Self::NoteVerdict { story, .. } => format!("note on {}", key(story)),
            Self::TickDone { story, ticked, .. } => {
                format!(
                    "{} a done line of {}",
                    if *ticked { "tick" } else { "untick" },
                    key(story)
                )
            }
            Self::Accept { story, .. } => format!("accept {}", key(story)),
            Self::Reject { story, .. } => format!("reject {}", key(story)),
            Self::Comment { story, .. } => format!("comment on {}", key(story)),
            Self::Learn { story, learning } => match learning {
                Learning::Plan { .. } => format!("plan the benefit check of {}", key(story)),
                Learning::Result { result, .. } => format!("benefit {result} for {}", key(story)),
            },
            Self::AddProblem(new) => format!("add the problem {}", shorten(&new.title)),
            Self::InsertProblem(problem) => {
                format!("add the problem {}", shorten(&problem.title))
            }
            Self::EditProblem { problem, edit } => {
                let title = problem_title(*problem, backlog);
                format!("{} the problem {title}", edit.told())
            }
            Self::RemoveProblem(problem) => {
                format!("delete the problem {}", problem_title(*problem, backlog))
            }
            Self::Settings(product) => backlog.product().told_change(product),
            Self::Restore(_) => "restore".to_owned(),
        }
    }
}

impl Edit {
    /// Further questions about a story; words that say nothing ask none.
    pub fn asking<'a>(story: &Story, questions: impl IntoIterator<Item = &'a str>) -> Self {
        let asked = questions.into_iter().map(Question::new);
        let asked = asked.filter(|question| !question.text.trim().is_empty());
        Self::Questions(story.questions.iter().cloned().chain(asked).collect())
    }

    /// The field's name.
    pub const fn field(&self) -> &'static str {
        match self {
            Self::Title(_) => "title",
            Self::Kind(_) => "kind",
            Self::Persona(_) => "persona",
            Self::Want(_) => "want",
            Self::Benefit(_) => "benefit",
            Self::Notes(_) => "notes",
            Self::Criteria(_) => "criteria",
            Self::Questions(_) => "questions",
            Self::Estimate(_) => "estimate",
            Self::Labels(_) => "labels",
            Self::Epic(_) => "epic",
            Self::Problem(_) => "problem",
            Self::BlockedBy(_) => "blockers",
            Self::Source(_) => "source",
            Self::Score(_) | Self::ClearPart(_) | Self::ClearScore(_) => "score",
            Self::Ready { .. } => "readiness",
            Self::Settle { .. } => "settled findings",
        }
    }
}

fn problem_title(problem: ProblemId, backlog: &Backlog) -> String {
    let known = backlog.problem(problem);
    known.map_or_else(|| problem.to_string(), |known| shorten(&known.title))
}

/// A title short enough for a label.
fn shorten(title: &str) -> String {
    let mut words: String = title.chars().take(40).collect();
    if words.len() < title.len() {
        words.push('…');
    }
    format!("\u{201c}{words}\u{201d}")
}
