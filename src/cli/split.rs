//! `backstory split`: one story into several.

use clap::builder::PossibleValuesParser;

use super::context::{Context, Failure};
use super::desk::Desk;
use super::list;
use crate::language::split::Way;
use crate::model::{Parent, Split, SplitPart, Story, StoryId, Title};

/// Split a story into several
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  backstory split WEB-17 --by rules
  backstory split WEB-17 \"Pay by card\" \"Pay by invoice\" --criteria 2=3,4 --questions 2=1

The children stand where the story stood and inherit its persona, labels, problem, blockers and what waits for it. The \
story leaves the backlog; where it has no epic, its title becomes the children's. What is sent to no child \
by an option goes where --by puts it, or else to the first.")]
pub(super) struct Args {
    /// The story, such as WEB-17
    key: String,
    /// The children's titles, at least two; without them --by proposes some
    titles: Vec<String>,
    /// Along what
    #[arg(long, value_name = "WAY", value_parser = PossibleValuesParser::new(["paths", "interfaces", "data", "rules", "spike"]))]
    by: Option<String>,
    /// Send criteria, by their places, with their examples to a child
    #[arg(long, value_name = "CHILD=N,N")]
    criteria: Vec<String>,
    /// Send questions, by their places, to a child
    #[arg(long, value_name = "CHILD=N,N")]
    questions: Vec<String>,
    /// Make the story's title the children's epic
    #[arg(long, conflicts_with = "keep_epic")]
    as_epic: bool,
    /// Leave the children in the story's epic, or in none
    #[arg(long)]
    keep_epic: bool,
}

pub(super) fn run(args: &Args, context: &mut Context) -> Result<(), Failure> {
    let mut desk = Desk::open(context)?;
    let story = desk.find(&args.key)?;
    let way = args.by.as_deref().and_then(|word| {
        let mut ways = Way::ALL.into_iter();
        ways.find(|way| way.word() == word)
    });
    let titles = match (args.titles.as_slice(), way) {
        ([], Some(way)) => way.titles(&story),
        ([], None) => {
            return Err(Failure::usage(
                "A split needs titles, or a way to propose some such as --by rules.".to_owned(),
            ));
        }
        (titles, _) => titles.to_vec(),
    };
    let titles: Vec<Title> = titles
        .iter()
        .map(|title| Title::parse(title))
        .collect::<Result<_, _>>()?;
    let way = way.unwrap_or(Way::Paths);
    let mut sent: Vec<Option<usize>> = vec![None; SplitPart::all(&story).len()];
    for (options, is_question) in [(&args.criteria, false), (&args.questions, true)] {
        for option in options {
            send(option, is_question, &story, titles.len(), &mut sent)?;
        }
    }
    let usual = way.places(&story, titles.len()).into_iter().map(Some);
    let places: Vec<Option<usize>> = sent
        .into_iter()
        .zip(usual)
        .map(|(sent, usual)| sent.or(usual))
        .collect();
    let split = Split {
        story: story.id,
        children: way.children(&story, &titles, &places, || context.story_id()),
        parent: match (args.as_epic, args.keep_epic) {
            (true, _) => Parent::Epic,
            (_, true) => Parent::Dropped,
            _ => Parent::usual(&story),
        },
    };
    let changes = split.changes(&desk.backlog)?;
    let key = desk.backlog.key(&story);
    let label = format!("split {key} into {}", split.children.len());
    desk.perform(&label, &changes, context)?;
    let children: Vec<StoryId> = split.children.iter().map(|child| child.id).collect();
    list::print(&desk.backlog, &children, context);
    Ok(())
}

/// Sends the criteria or questions of an option such as `2=1,3` to a child.
fn send(
    option: &str,
    is_question: bool,
    story: &Story,
    children: usize,
    places: &mut [Option<usize>],
) -> Result<(), Failure> {
    let what = if is_question { "question" } else { "criterion" };
    let parsed = option.split_once('=').and_then(|(child, numbers)| {
        let numbers: Result<Vec<usize>, _> = numbers
            .split(',')
            .map(|number| number.trim().parse())
            .collect();
        Some((child.trim().parse::<usize>().ok()?, numbers.ok()?))
    });
    let Some((child, numbers)) = parsed else {
        return Err(Failure::usage(format!(
            "`{option}` does not say which {what} goes to which child. Write it as 2=1,3."
        )));
    };
    if child == 0 || child > children {
        return Err(Failure::refused(format!(
            "There is no child {child}. Use a number from 1 to {children}."
        )));
    }
    for number in numbers {
        let id = number.checked_sub(1).and_then(|index| {
            if is_question {
                story.questions.get(index).map(|question| &question.id)
            } else {
                story.criteria.get(index).map(|criterion| &criterion.id)
            }
        });
        let Some(id) = id else {
            return Err(Failure::refused(format!(
                "The story has no {what} {number}. Look at it with `backstory show`."
            )));
        };
        for (part, place) in SplitPart::all(story).iter().zip(places.iter_mut()) {
            let is_meant = match part {
                SplitPart::Criterion(of) | SplitPart::Example(of, _) => !is_question && of == id,
                SplitPart::Question(of) => is_question && of == id,
            };
            if is_meant && place.is_some_and(|other| other != child - 1) {
                return Err(Failure::usage(format!(
                    "{} {number} is sent to two children. Decide on one.",
                    if is_question { "Question" } else { "Criterion" }
                )));
            }
            if is_meant {
                *place = Some(child - 1);
            }
        }
    }
    Ok(())
}
