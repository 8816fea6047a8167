//! `backstory add`: a new story, from a title or a whole sentence.

use std::io::{self, IsTerminal as _, Read as _};

use serde_json::json;

use super::context::{Context, Failure};
use super::desk::Desk;
use super::place::PlaceArgs;
use super::print::document::story_value;
use crate::language::alike::Lookalikes;
use crate::language::capture;
use crate::model::{Backlog, Change, Kind, Line, NewStory, Place, Points, Prose, Question};

/// Write a new story; its key is printed
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  backstory add Pay with a saved card --label checkout --estimate 3
  backstory add \"As a customer, I want to return a parcel, so that I need no phone call\" --top
  backstory add Show the delivery date first --problem checkout
  backstory add - < story.txt

A whole sentence is taken apart, and a title is proposed. Without TEXT, or with -, it is read from standard input; the \
lines after the first become notes. Stories that are much like it are named on standard error; it is added all the same.")]
pub(super) struct Args {
    /// A title or a whole sentence
    text: Vec<String>,
    /// An acceptance criterion; may be given several times
    #[arg(long, value_name = "TEXT")]
    criterion: Vec<String>,
    /// An open question; may be given several times
    #[arg(long, value_name = "TEXT")]
    question: Vec<String>,
    /// A label; may be given several times
    #[arg(long, value_name = "LABEL")]
    label: Vec<String>,
    /// The size in points
    #[arg(long, value_name = "N", allow_negative_numbers = true)]
    estimate: Option<Points>,
    /// feature, bug, chore or spike
    #[arg(long)]
    kind: Option<Kind>,
    /// The larger thing it is part of
    #[arg(long)]
    epic: Option<String>,
    /// The problem it is to solve, by words of its title or a part of its id
    #[arg(long, value_name = "PROBLEM")]
    problem: Option<String>,
    /// Anything else, as Markdown
    #[arg(long, value_name = "TEXT")]
    notes: Option<String>,
    #[command(flatten)]
    place: PlaceArgs,
}

/// So many stories that are like the new one are named.
const MOST_LIKE: usize = 3;

pub(super) fn run(args: &Args, context: &mut Context) -> Result<(), Failure> {
    let text = text(&args.text)?;
    let mut desk = Desk::open(context)?;
    let mut draft = capture::draft(&text)?;
    let like = like(&text, &desk.backlog);
    draft.criteria = args
        .criterion
        .iter()
        .map(|text| Prose::parse(text))
        .collect();
    draft.questions = args
        .question
        .iter()
        .map(|text| Question::new(text))
        .collect();
    draft.labels = args.label.iter().map(|label| Line::parse(label)).collect();
    if args.estimate.is_some() {
        desk.backlog.may_estimate()?;
    }
    draft.estimate = args.estimate;
    draft.kind = args.kind.unwrap_or_default();
    if let Some(epic) = &args.epic {
        draft.epic = Line::parse(epic);
    }
    if let Some(problem) = &args.problem {
        draft.problem = Some(desk.backlog.find_problem(problem)?.id);
    }
    if let Some(notes) = &args.notes {
        let both = [draft.notes.as_str(), notes.as_str()].join("\n\n");
        draft.notes = Prose::parse(&both);
    }
    desk.backlog.product().templates.begin(&mut draft);
    let id = context.story_id();
    let place = args.place.place(&desk)?.unwrap_or(Place::Bottom);
    let change = Change::Add(Box::new(NewStory { id, draft, place }));
    let label = change.label(&desk.backlog);
    desk.perform(&label, &[change], context)?;
    let story = desk.story(id)?;
    if context.json {
        let keys: Vec<&String> = like.iter().map(|(key, _)| key).collect();
        let story = story_value(&desk.backlog, &story);
        context
            .out
            .json("story", json!({ "story": story, "like": keys }));
    } else {
        context.out.line(&desk.backlog.key(&story));
        if !like.is_empty() {
            let stories = like.iter().map(|(key, title)| format!("{key} “{title}”"));
            let stories: Vec<String> = stories.collect();
            context.note(format!("This is like {}.", stories.join(", ")));
        }
    }
    Ok(())
}

/// Key and title of the stories there are that are most like a new one, the likest first.
fn like(text: &str, backlog: &Backlog) -> Vec<(String, String)> {
    let found = Lookalikes::of(backlog).find(text, MOST_LIKE);
    let stories = found.iter().filter_map(|alike| backlog.story(alike.story));
    stories
        .map(|story| (backlog.key(story), story.title.to_string()))
        .collect()
}

/// The words of the command line, or standard input.
fn text(words: &[String]) -> Result<String, Failure> {
    match words {
        [] if io::stdin().is_terminal() => Err(Failure::usage(
            "A story needs a title. Type it after `backstory add`.",
        )),
        [only] if only == "-" => input(),
        [] => input(),
        words => Ok(words.join(" ")),
    }
}

fn input() -> Result<String, Failure> {
    let mut bytes = Vec::new();
    io::stdin().read_to_end(&mut bytes)?;
    String::from_utf8(bytes)
        .map_err(|_| Failure::refused("Standard input is not UTF-8. Save the text as UTF-8 first."))
}
