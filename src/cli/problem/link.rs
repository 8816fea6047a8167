//! `backstory problem link` and `unlink`: which stories are to solve a problem.

use super::{perform, quoted};
use crate::cli::context::{Context, Failure};
use crate::cli::desk::Desk;
use crate::model::{Change, Edit, ProblemId, StoryId};

/// Say that stories are to solve a problem
#[derive(Debug, clap::Args)]
pub(super) struct Args {
    /// The problem, by words of its title or a part of its id
    problem: String,
    /// The stories, such as WEB-17
    #[arg(required = true, value_name = "KEY")]
    keys: Vec<String>,
}

/// Say that stories have nothing to do with a problem any more
#[derive(Debug, clap::Args)]
pub(super) struct UnlinkArgs {
    /// The problem, by words of its title or a part of its id
    problem: String,
    /// The stories, such as WEB-17
    #[arg(required = true, value_name = "KEY")]
    keys: Vec<String>,
}

pub(super) fn link(args: &Args, context: &mut Context) -> Result<(), Failure> {
    let mut desk = Desk::open(context)?;
    let problem = desk.backlog.find_problem(&args.problem)?;
    let (id, title) = (problem.id, quoted(problem));
    let changes = changes(&desk, &args.keys, |_| Ok(Some(id)))?;
    let keys = keys(&desk, &changes);
    let label = format!("link {keys} to the problem {title}");
    let stories: Vec<StoryId> = changes.iter().filter_map(story_of).collect();
    let left = desk.backlog.no_longer(&stories, id);
    let words = format!("is to be solved by {keys}{left}");
    perform(&mut desk, id, &label, &changes, &words, context)
}

pub(super) fn unlink(args: &UnlinkArgs, context: &mut Context) -> Result<(), Failure> {
    let mut desk = Desk::open(context)?;
    let problem = desk.backlog.find_problem(&args.problem)?;
    let (id, title) = (problem.id, quoted(problem));
    let changes = changes(&desk, &args.keys, |(key, known)| {
        if known == Some(id) {
            return Ok(None);
        }
        Err(Failure::refused(format!(
            "{key} is not linked to {title}. Look at it with `backstory show {key}`."
        )))
    })?;
    let keys = keys(&desk, &changes);
    let label = format!("unlink {keys} from the problem {title}");
    let words = format!("is no concern of {keys} any more");
    perform(&mut desk, id, &label, &changes, &words, context)
}

/// A change for each story; `to` is told its key and its problem, and answers with the new one.
fn changes(
    desk: &Desk,
    keys: &[String],
    to: impl Fn((String, Option<ProblemId>)) -> Result<Option<ProblemId>, Failure>,
) -> Result<Vec<Change>, Failure> {
    let change = |key: &String| {
        let story = desk.find(key)?;
        let problem = to((desk.backlog.key(&story), story.problem))?;
        Ok(Change::Edit {
            story: story.id,
            edit: Edit::Problem(problem),
        })
    };
    keys.iter().map(change).collect()
}

const fn story_of(change: &Change) -> Option<StoryId> {
    match change {
        Change::Edit { story, .. } => Some(*story),
        _ => None,
    }
}

/// The keys of the stories that changes are about.
fn keys(desk: &Desk, changes: &[Change]) -> String {
    let stories = changes.iter().filter_map(story_of);
    let keys = stories.map(|story| desk.backlog.key_or_id(story));
    keys.collect::<Vec<String>>().join(", ")
}
