//! `backstory review`: verdicts on a delivered story, and the end of the round. One call is one act.

mod dialogue;

use std::fs;
use std::io::{self, IsTerminal as _};
use std::path::{Path, PathBuf};
use std::str::FromStr;
use std::sync::atomic::AtomicBool;

use self::dialogue::Dialogue;
use super::context::{Context, Failure};
use super::desk::Desk;
use super::learn::comes_back;
use super::places::Places;
use super::show;
use crate::command::{self, Group};
use crate::exchange::letter::letter;
use crate::language::again::again;
use crate::model::review::Shown;
use crate::model::{
    Backlog, Change, CriterionId, Edit, Prose, Reason, Refusal, Status, Story, Verdict,
};

/// Give verdicts on a delivered story, accept or reject it
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  backstory review WEB-12                                          asks criterion by criterion, on a terminal
  backstory review WEB-12 | cat                                    what is still to be examined
  backstory review WEB-12 --met 1,2 --done 1 --accept
  backstory review WEB-12 --not-met 3 --note 3=\"shows 1 Jan 1970\" --reject
  backstory review WEB-12 --met 1 --evidence '1=!make check'       runs it, and keeps the end of its output
  backstory review WEB-12 --not-met 3 --reject --letter way-back.md
  backstory review WEB-12 --met 1,2,3 --accept --learn \"in 4 weeks: fewer calls\"
  backstory review WEB-12 --cannot-tell 2 --question \"Which currencies?\"
  backstory review WEB-12 --met 1 --accept --reason \"the mail can follow next week\"

Criteria and lines of the definition of done are named by their place in the list: 2, 1,3 or 2-4.")]
pub(super) struct Args {
    /// The story, such as WEB-12
    key: String,
    /// These criteria are met
    #[arg(long, value_name = "N,…")]
    met: Vec<Places>,
    /// These are not
    #[arg(long, value_name = "N,…")]
    not_met: Vec<Places>,
    /// These could not be examined
    #[arg(long, value_name = "N,…")]
    cannot_tell: Vec<Places>,
    /// What is missing, or another remark on a verdict
    #[arg(long, value_name = "N=TEXT")]
    note: Vec<Words>,
    /// What was seen: words, a path, a link, or ! and a command to run
    #[arg(long, value_name = "N=TEXT")]
    evidence: Vec<Words>,
    /// A question that the review raises; it stands on the story until it is answered
    #[arg(long, value_name = "TEXT")]
    question: Vec<String>,
    /// These lines of the definition of done are done
    #[arg(long, value_name = "N,…")]
    done: Vec<Places>,
    /// Ask criterion by criterion, as is done on a terminal where nothing else is said
    #[arg(long, conflicts_with_all = ["met", "not_met", "cannot_tell", "note", "evidence", "question", "done", "accept", "reject", "reason", "letter", "learn"])]
    ask: bool,
    /// Accept the story
    #[arg(long, conflicts_with = "reject")]
    accept: bool,
    /// Send the story back; the reason is composed from the notes
    #[arg(long)]
    reject: bool,
    /// Write what goes back to the team with the rejected story, as Markdown, over the file where it is there; - for standard output
    #[arg(long, value_name = "FILE", conflicts_with = "accept")]
    letter: Option<PathBuf>,
    /// When to look again whether the benefit came, and how it will be known: "in 4 weeks: fewer calls"
    #[arg(long, value_name = "TEXT", requires = "accept")]
    learn: Option<String>,
    /// Why it is sent back, or accepted although not everything is met (a waiver)
    #[arg(long, value_name = "TEXT")]
    reason: Option<String>,
}

/// `3=TEXT`: words to the criterion at a place.
#[derive(Clone, Debug)]
struct Words {
    place: usize,
    text: Prose,
}

impl FromStr for Words {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let wrong = || format!("`{text}` does not name a criterion; write it as 3=TEXT");
        let (place, words) = text.split_once('=').ok_or_else(wrong)?;
        Ok(Self {
            place: place.trim().parse().map_err(|_| wrong())?,
            text: Prose::parse(words),
        })
    }
}

pub(super) fn run(args: &Args, context: &mut Context) -> Result<(), Failure> {
    args.make_sense(context)?;
    let reason = args.reason.as_deref().map(Reason::parse).transpose()?;
    let today = context.today();
    let plan = args.learn.as_deref().map(|words| again(words, today));
    let plan = plan
        .transpose()
        .map_err(|no_day| Failure::usage(no_day.to_string()))?;
    let mut desk = Desk::open(context)?;
    let story = desk.find(&args.key)?;
    let id = story.id;
    args.fit(&desk.backlog, &story)?;
    if args.asks(context) && story.status == Status::Delivered {
        Dialogue::new(id, &mut desk, context).ask()?;
        let story = desk.story(id)?;
        answer(&desk.backlog, &story, context);
        return Ok(());
    }
    let mut changes = verdicts(args, &desk.backlog, &story)?;
    changes.extend(questions(args, &desk.backlog, &story)?);
    if args.accept {
        changes.push(Change::Accept { story: id, reason });
        changes.extend(plan.map(|again| Change::Learn {
            story: id,
            learning: again.learning(),
        }));
    } else if args.reject {
        changes.push(Change::Reject { story: id, reason });
    }
    run_commands(&mut changes, &desk.backlog, context)?;
    let is_end = |change: &&Change| matches!(change, Change::Accept { .. } | Change::Reject { .. });
    let label = match (changes.iter().find(is_end), changes.as_slice()) {
        (Some(end), _) => end.label(&desk.backlog),
        (None, [only]) => only.label(&desk.backlog),
        _ => format!("review {}", desk.backlog.key(&story)),
    };
    desk.perform(&label, &changes, context)?;
    let story = desk.story(id)?;
    if let Some(path) = &args.letter {
        write_letter(path, &desk.backlog, &story, context)?;
    }
    if context.json {
        context.out.json_story(&desk.backlog, &story);
    } else if args.letter_is_the_answer() {
        // It is written already.
    } else if args.accept || args.reject {
        ended(&desk.backlog, &story, context);
        if args.learn.is_some() {
            context.out.line(&comes_back(&desk.backlog, &story));
        }
    } else {
        sheet(&desk.backlog, &story, context);
    }
    Ok(())
}

impl Args {
    /// Whether the options go together.
    fn make_sense(&self, context: &Context) -> Result<(), Failure> {
        if self.reason.is_some() && !self.accept && !self.reject {
            return Err(Failure::usage(
                "A reason belongs to --accept or --reject. Add one of them.",
            ));
        }
        if context.json && self.letter_is_the_answer() {
            return Err(Failure::usage(
                "With --json, write the letter to a file: --letter FILE.",
            ));
        }
        Ok(())
    }

    /// Whether what is asked for can be had of this story.
    fn fit(&self, backlog: &Backlog, story: &Story) -> Result<(), Failure> {
        let key = backlog.key(story);
        if self.letter.is_some() && !self.reject && story.rejections() == 0 {
            return Err(no_letter(&key));
        }
        if self.ask && story.status != Status::Delivered {
            let status = story.status;
            return Err(Refusal::NotDelivered { key, status }.into());
        }
        Ok(())
    }

    /// Whether the letter goes to standard output.
    fn letter_is_the_answer(&self) -> bool {
        let letter = self.letter.as_ref();
        letter.is_some_and(|path| path.as_os_str() == "-")
    }

    /// Whether the verdicts are to be asked for.
    fn asks(&self, context: &Context) -> bool {
        let lists = [&self.met, &self.not_met, &self.cannot_tell, &self.done];
        let says_nothing = lists.iter().all(|list| list.is_empty())
            && self.note.is_empty()
            && self.evidence.is_empty()
            && self.question.is_empty()
            && !self.accept
            && !self.reject
            && self.letter.is_none();
        let is_terminal = || io::stdin().is_terminal() && io::stdout().is_terminal();
        self.ask || (says_nothing && !context.json && is_terminal())
    }
}

/// Tells how the story stands.
fn answer(backlog: &Backlog, story: &Story, context: &mut Context) {
    if context.json {
        context.out.json_story(backlog, story);
    } else if story.status == Status::Delivered {
        sheet(backlog, story, context);
    } else {
        ended(backlog, story, context);
    }
}

fn verdicts(args: &Args, backlog: &Backlog, story: &Story) -> Result<Vec<Change>, Failure> {
    let criterion = |place: usize| criterion(backlog, story, place);
    let given = [
        (&args.met, Verdict::Met),
        (&args.not_met, Verdict::NotMet),
        (&args.cannot_tell, Verdict::CannotTell),
    ];
    let mut changes = Vec::new();
    let mut seen = Vec::new();
    for (places, verdict) in given {
        for place in places.iter().flat_map(Places::each) {
            let criterion = criterion(place)?;
            if seen.contains(&place) {
                return Err(Failure::usage(format!(
                    "Criterion {place} is given two verdicts. Decide on one."
                )));
            }
            seen.push(place);
            changes.push(Change::Judge {
                story: story.id,
                criterion,
                verdict: Some(verdict),
            });
        }
    }
    let words = |words: &Words, is_note: bool| {
        let text = Some(words.text.clone());
        let (note, evidence) = if is_note { (text, None) } else { (None, text) };
        criterion(words.place).map(|criterion| Change::NoteVerdict {
            story: story.id,
            criterion,
            note,
            evidence,
        })
    };
    for note in &args.note {
        changes.push(words(note, true)?);
    }
    for evidence in &args.evidence {
        changes.push(words(evidence, false)?);
    }
    let lines = match story.open_round() {
        Some(round) => round.done.len(),
        None => backlog.product().done_for(story.kind).len(),
    };
    for place in args.done.iter().flat_map(Places::each) {
        if place == 0 || place > lines {
            let part = format!("line {place} in its definition of done");
            return Err(missing(backlog, story, &part));
        }
        changes.push(Change::TickDone {
            story: story.id,
            line: place - 1,
            ticked: true,
        });
    }
    Ok(changes)
}

/// Puts the questions that the review raises on the story.
fn questions(args: &Args, backlog: &Backlog, story: &Story) -> Result<Option<Change>, Failure> {
    if args.question.is_empty() {
        return Ok(None);
    }
    if args
        .question
        .iter()
        .any(|question| question.trim().is_empty())
    {
        return Err(Failure::usage("A question needs words."));
    }
    let (key, status) = (backlog.key(story), story.status);
    if status != Status::Delivered {
        return Err(Refusal::NotDelivered { key, status }.into());
    }
    let edit = Edit::asking(story, args.question.iter().map(String::as_str));
    let story = story.id;
    Ok(Some(Change::Edit { story, edit }))
}

/// Runs the commands among the evidence and puts what they showed in their place, once it is sure that it can be kept.
fn run_commands(
    changes: &mut [Change],
    backlog: &Backlog,
    context: &Context,
) -> Result<(), Failure> {
    let command = |change: &Change| match change {
        Change::NoteVerdict {
            evidence: Some(evidence),
            ..
        } => Shown::command_in(evidence).map(str::to_owned),
        _ => None,
    };
    if !changes.iter().any(|change| command(change).is_some()) {
        return Ok(());
    }
    backlog.clone().apply_all(changes, &context.stamp())?;
    for change in changes {
        let run = command(change);
        if let (Some(run), Change::NoteVerdict { evidence, .. }) = (run, change) {
            let stop = AtomicBool::new(false);
            let shown = command::run(&run, Group::Shared, command::LIMIT, &stop)?;
            *evidence = Some(shown.evidence());
        }
    }
    Ok(())
}

fn criterion(backlog: &Backlog, story: &Story, place: usize) -> Result<CriterionId, Failure> {
    place
        .checked_sub(1)
        .and_then(|index| story.criteria.get(index))
        .map(|criterion| criterion.id.clone())
        .ok_or_else(|| missing(backlog, story, &format!("criterion {place}")))
}

fn missing(backlog: &Backlog, story: &Story, part: &str) -> Failure {
    Refusal::NoSuchPart {
        key: backlog.key(story),
        part: part.to_owned(),
    }
    .into()
}

/// Writes what goes back to the team with a rejected story.
fn write_letter(
    path: &Path,
    backlog: &Backlog,
    story: &Story,
    context: &mut Context,
) -> Result<(), Failure> {
    let key = backlog.key(story);
    let text = letter(story, backlog).ok_or_else(|| no_letter(&key))?;
    if path.as_os_str() == "-" {
        context.out.document(&text);
        return Ok(());
    }
    let failed = |error| {
        let file = path.display();
        anyhow::Error::new(error).context(format!(
            "{key} is {}, but its letter is not written to {file}",
            story.status
        ))
    };
    fs::write(path, text).map_err(failed)?;
    Ok(())
}

fn no_letter(key: &str) -> Failure {
    Failure::refused(format!(
        "{key} was never rejected, so there is no letter. Reject it with --reject."
    ))
}

/// Writes what a review still has to examine, and what must be known first.
fn sheet(backlog: &Backlog, story: &Story, context: &mut Context) {
    show::sheet(backlog, story, &mut context.out);
    for question in story.open_questions() {
        context.out.block("  ?  ", &question.text);
    }
}

/// Tells how the round ended.
fn ended(backlog: &Backlog, story: &Story, context: &mut Context) {
    let key = backlog.key(story);
    let round = story.reviews.last();
    let words = match story.status {
        Status::Accepted if round.is_some_and(crate::model::Round::is_waived) => {
            "accepted by waiver"
        }
        other => other.word(),
    };
    context.out.line(&format!("{key} is {words}."));
    if let Some(reason) = round.and_then(|round| round.reason.as_ref()) {
        context.out.block("  ", reason);
    }
    if story.status == Status::Accepted {
        for deleted in story.deleted_after_failing() {
            let head = format!("{}: ", deleted.told());
            context.out.block(&head, &deleted.words());
        }
    }
}
