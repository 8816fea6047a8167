//! `backstory compare`: ranking by comparing pairs, asked on the terminal.
//!
//! The questions go to stderr, so that stdout holds the result and nothing else; the comparison is shared with the
//! screen, which goes on where this stopped, and the other way round.

mod dialogue;

use std::collections::HashSet;

use serde_json::json;

use self::dialogue::{Dialogue, End};
use super::context::{Context, Failure, say};
use super::desk::Desk;
use super::ear::Ear;
use super::print::document::story_values;
use super::print::{Cell, Role, Table};
use super::select;
use crate::model::{Backlog, Change, Comparison, Refusal, StoryId};
use crate::store::Unfinished;

/// The most jumps that are shown.
const JUMPS: usize = 10;

/// Rank stories by comparing pairs: which first?
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  backstory compare                         rank the ideas, or go on with what was begun
  backstory compare label:checkout          rank the stories a query finds
  backstory compare WEB-3 WEB-9 WEB-12      rank these stories
  backstory compare WEB-40 --into           find the place of WEB-40 among all others
  printf '1\\n2\\n=\\ny\\n' | backstory compare WEB-3 WEB-9 WEB-12

Answer 1 or 2 for the story that comes first, = for equal, s to skip, u to take the last answer back, q to stop; \
the answers are kept, and `backstory compare` or c on the screen goes on. At the end the largest jumps are shown, and \
y makes the new order.")]
pub(super) struct Args {
    /// Keys, or a query as in `backstory list`; without any, the ideas
    query: Vec<String>,
    /// Place the stories among all others, instead of ranking them among themselves
    #[arg(long)]
    into: bool,
    /// Begin anew, even if a comparison is not finished
    #[arg(long)]
    new: bool,
    /// Make the new order without asking
    #[arg(long)]
    yes: bool,
}

pub(super) fn run(args: &Args, context: &mut Context) -> Result<(), Failure> {
    let mut desk = Desk::open(context)?;
    let unfinished = Unfinished::of(context.product()?.folder);
    let (mut comparison, begun) = which(args, &desk.backlog, &unfinished, context)?;
    let mut ear = Ear::default();
    let needs_agreement = |comparison: &Comparison, backlog: &Backlog| {
        let order = comparison.outcome(backlog.open());
        !args.yes && !backlog.jumps(&order).is_empty()
    };
    if comparison.question().is_some() || needs_agreement(&comparison, &desk.backlog) {
        ear.must_hear()?;
    }
    if let Some(begun) = begun {
        say(&begun);
    }
    let end = Dialogue::new(&desk.backlog, &unfinished, &mut ear).ask(&mut comparison)?;
    let is_agreed = match end {
        End::Stopped => false,
        End::Answered => {
            desk = as_it_is_now(&mut comparison, context)?;
            let jumps = desk.backlog.jumps(&comparison.outcome(desk.backlog.open()));
            let mut dialogue = Dialogue::new(&desk.backlog, &unfinished, &mut ear);
            dialogue.show(&jumps, JUMPS);
            !needs_agreement(&comparison, &desk.backlog) || dialogue.agrees()?
        }
    };
    if is_agreed {
        desk = as_it_is_now(&mut comparison, context)?;
        let label = label(&comparison, &desk.backlog);
        let stories = comparison.outcome(desk.backlog.open());
        desk.perform(&label, &[Change::Arrange { stories }], context)?;
        unfinished.save(None)?;
    }
    answer(&comparison, is_agreed, &desk.backlog, context);
    Ok(())
}

/// The product as it is now: whoever answers takes a while, and others may change the backlog meanwhile.
fn as_it_is_now(comparison: &mut Comparison, context: &Context) -> Result<Desk, Failure> {
    // What there is to say of its files was said when it was opened first.
    let desk = Desk::open(&mut context.anew())?;
    comparison.retain(|id| desk.backlog.position(id).is_some());
    Ok(desk)
}

/// The comparison that is meant, and what to say where it was begun already.
fn which(
    args: &Args,
    backlog: &Backlog,
    unfinished: &Unfinished,
    context: &Context,
) -> Result<(Comparison, Option<String>), Failure> {
    let begun = unfinished
        .load()
        .filter(|_| !args.new)
        .and_then(|mut begun| {
            begun.retain(|id| backlog.position(id).is_some());
            (begun.order().len() > 1 && !begun.stories().is_empty()).then_some(begun)
        });
    let Some(begun) = begun else {
        return Ok((new(args, backlog, context)?, None));
    };
    let is_meant = if args.query.is_empty() && !args.into {
        true
    } else {
        let new = new(args, backlog, context)?;
        new.is_insertion() == begun.is_insertion() && new.stories() == begun.stories()
    };
    let told = format!(
        "You began to {} ({} of about {} questions answered).",
        label(&begun, backlog),
        begun.progress().asked,
        begun.progress().asked + begun.progress().about
    );
    if is_meant {
        let told = format!("{told} It goes on here; --new begins anew.");
        return Ok((begun, Some(told)));
    }
    Err(Failure::refused(format!(
        "{told} Go on with it by `backstory compare`, or begin anew with --new."
    )))
}

fn new(args: &Args, backlog: &Backlog, context: &Context) -> Result<Comparison, Failure> {
    let mut stories = stories(&args.query, backlog, context)?;
    stories.retain(|id| backlog.position(*id).is_some());
    stories.sort_by_cached_key(|id| backlog.position(*id));
    stories.dedup();
    if args.into {
        if args.query.is_empty() || stories.is_empty() {
            return Err(Failure::refused(
                "Say which open stories look for a place, as in `backstory compare WEB-40 --into`.",
            ));
        }
        let comparison = Comparison::into_order(backlog.open(), &stories);
        if !comparison.is_insertion() {
            return Err(Failure::refused(
                "There is no other open story to compare with. Leave --into out to rank these.",
            ));
        }
        return Ok(comparison);
    }
    if stories.len() < 2 {
        let found = if stories.is_empty() {
            "none"
        } else {
            "only one"
        };
        return Err(Failure::refused(format!(
            "To compare takes two open stories, and there is {found}. Name others, by key or by a query."
        )));
    }
    Ok(Comparison::among_themselves(stories))
}

/// The stories that are meant: by their keys where all words are keys, else by a query.
fn stories(
    words: &[String],
    backlog: &Backlog,
    context: &Context,
) -> Result<Vec<StoryId>, Failure> {
    if words.is_empty() {
        return select::stories(backlog, &["status:idea".to_owned()], context.stamp().at);
    }
    if !words.iter().all(|word| is_key(word, backlog)) {
        return select::stories(backlog, words, context.stamp().at);
    }
    let find = |word: &String| {
        let story = backlog.find(word)?;
        if story.status.is_closed() {
            let (key, status) = (backlog.key(story), story.status);
            return Err(Refusal::NotInBacklog { key, status }.into());
        }
        Ok(story.id)
    };
    words.iter().map(find).collect()
}

/// Whether a word names a story, or would name one with another number.
fn is_key(word: &str, backlog: &Backlog) -> bool {
    let prefix = backlog.product().key.as_str();
    let number = word.rsplit_once('-').map(|(before, number)| {
        before.eq_ignore_ascii_case(prefix) && number.bytes().all(|byte| byte.is_ascii_digit())
    });
    number == Some(true) || backlog.find(word).is_ok()
}

fn label(comparison: &Comparison, backlog: &Backlog) -> String {
    let act = if comparison.is_insertion() {
        "place"
    } else {
        "rank"
    };
    match comparison.stories().as_slice() {
        [only] => format!("{act} {} by comparing", backlog.key_or_id(*only)),
        many => format!("{act} {} stories by comparing", many.len()),
    }
}

fn answer(comparison: &Comparison, is_made: bool, backlog: &Backlog, context: &mut Context) {
    let progress = comparison.progress();
    let stories: HashSet<StoryId> = comparison.stories().into_iter().collect();
    let mut ranked = comparison.order();
    ranked.retain(|id| stories.contains(id));
    if context.json {
        let body = json!({
            "finished": comparison.question().is_none(),
            "made": is_made,
            "questions": progress.asked,
            "stories": story_values(backlog, &ranked),
        });
        context.out.json("comparison", body);
        return;
    }
    if !is_made {
        context.out.line(&match progress.asked {
            0 => "Nothing is changed.".to_owned(),
            1 => "Nothing is changed. The answer is kept; `backstory compare` goes on.".to_owned(),
            many => format!(
                "Nothing is changed. The {many} answers are kept; `backstory compare` goes on."
            ),
        });
        return;
    }
    let mut table = Table::new(2);
    for story in ranked.iter().filter_map(|id| backlog.story(*id)) {
        let place = backlog.position(story.id).map(|place| place.to_string());
        table.row([
            Cell::number(&place.unwrap_or_default()).role(Role::Faint),
            Cell::text(&backlog.key(story)),
            Cell::text(&story.title).role(Role::Strong),
        ]);
    }
    context.out.table(&table);
}
