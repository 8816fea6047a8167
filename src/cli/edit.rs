//! `backstory edit`: changes to a story's content, by options or in one's own editor.

mod form;
mod outside;

use std::collections::HashSet;

use super::context::{Context, Failure};
use super::desk::Desk;
use super::places::Places;
use crate::model::{
    Backlog, Change, Criterion, Edit, Kind, Line, Prose, Question, Refusal, Story, StoryId, Title,
};

/// Change a story; without an option it opens in $VISUAL or $EDITOR
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  backstory edit WEB-17
  backstory edit WEB-17 --title \"Pay with a saved card\" --estimate 3
  backstory edit WEB-17 --criterion \"The last four digits are shown\" --answer 1=\"Visa and Mastercard\"
  backstory edit WEB-17 --no-label later --benefit \"\"
  backstory edit WEB-17 --blocked-by WEB-9 --no-blocked-by WEB-3

An option replaces what the field holds, and an empty text clears it. Criteria, questions, labels and blockers are \
added to those there are; the --no- options take one away.")]
pub(super) struct Args {
    /// The story, such as WEB-17
    key: String,
    #[command(flatten)]
    fields: Fields,
}

#[derive(Debug, Default, PartialEq, clap::Args)]
struct Fields {
    /// What people call it
    #[arg(long, value_name = "TEXT")]
    title: Option<String>,
    /// feature, bug, chore or spike
    #[arg(long)]
    kind: Option<Kind>,
    /// Who wants it, without an article
    #[arg(long, value_name = "TEXT")]
    persona: Option<String>,
    /// What they want to do
    #[arg(long, value_name = "TEXT")]
    want: Option<String>,
    /// What for
    #[arg(long, value_name = "TEXT")]
    benefit: Option<String>,
    /// Anything else, as Markdown
    #[arg(long, value_name = "TEXT")]
    notes: Option<String>,
    /// One more acceptance criterion
    #[arg(long, value_name = "TEXT")]
    criterion: Vec<String>,
    /// Take the criteria at these places away
    #[arg(long, value_name = "N,…")]
    no_criterion: Vec<Places>,
    /// One more example of the criterion at a place
    #[arg(long, value_name = "N=TEXT")]
    example: Vec<String>,
    /// One more open question
    #[arg(long, value_name = "TEXT")]
    question: Vec<String>,
    /// The answer to the question at a place
    #[arg(long, value_name = "N=TEXT")]
    answer: Vec<String>,
    /// The size in points
    #[arg(long, value_name = "N", allow_negative_numbers = true)]
    estimate: Option<String>,
    /// One more label
    #[arg(long, value_name = "LABEL")]
    label: Vec<String>,
    /// Take this label away
    #[arg(long, value_name = "LABEL")]
    no_label: Vec<String>,
    /// The larger thing it is part of
    #[arg(long)]
    epic: Option<String>,
    /// The problem it is to solve, by words of its title or a part of its id
    #[arg(long, value_name = "PROBLEM")]
    problem: Option<String>,
    /// Tick a line of the definition of ready, by its text or number
    #[arg(long, value_name = "TEXT")]
    ready: Vec<String>,
    /// Take the tick from a line of the definition of ready
    #[arg(long, value_name = "TEXT")]
    not_ready: Vec<String>,
    /// One more story that must come first
    #[arg(long, value_name = "KEY")]
    blocked_by: Vec<String>,
    /// Take this blocker away
    #[arg(long, value_name = "KEY")]
    no_blocked_by: Vec<String>,
}

pub(super) fn run(args: &Args, context: &mut Context) -> Result<(), Failure> {
    let mut desk = Desk::open(context)?;
    let story = desk.find(&args.key)?;
    if args.fields == Fields::default() {
        desk.backlog.may_edit(story.id)?;
        let key = desk.backlog.key(&story);
        let draft = outside::edit(&key, &form::write(&key, &story))?;
        let saved = form::read(draft.text())
            .map_err(Failure::from)
            .and_then(|content| content.edits(&story))
            .and_then(|edits| save(&mut desk, &story, edits, context));
        return draft.settle(saved);
    }
    let edits = args.fields.edits(&desk.backlog, &story)?;
    save(&mut desk, &story, edits, context)
}

fn save(
    desk: &mut Desk,
    story: &Story,
    edits: Vec<Edit>,
    context: &mut Context,
) -> Result<(), Failure> {
    let id = story.id;
    let estimates =
        |edit: &Edit| matches!(edit, Edit::Estimate(Some(to)) if story.estimate != Some(*to));
    if edits.iter().any(estimates) {
        desk.backlog.may_estimate()?;
    }
    let change = |edit| Change::Edit { story: id, edit };
    let changes: Vec<Change> = edits.into_iter().map(change).collect();
    let label = match changes.as_slice() {
        [only] => only.label(&desk.backlog),
        _ => format!("edit {}", desk.backlog.key(story)),
    };
    let act = desk.perform(&label, &changes, context)?;
    let story = desk.story(id)?;
    if context.json {
        context.out.json_story(&desk.backlog, &story);
        return Ok(());
    }
    let key = desk.backlog.key(&story);
    let words = match act {
        Some(_) => format!("{key} is changed: {}", story.title),
        None => format!("{key} is as it was: {}", story.title),
    };
    context.out.line(&words);
    Ok(())
}

impl Fields {
    fn edits(&self, backlog: &Backlog, story: &Story) -> Result<Vec<Edit>, Failure> {
        let mut edits = Vec::new();
        if let Some(title) = &self.title {
            edits.push(Edit::Title(Title::parse(title)?));
        }
        edits.extend(self.kind.map(Edit::Kind));
        let line = |text: &Option<String>| text.as_deref().map(Line::parse);
        edits.extend(line(&self.persona).map(Edit::Persona));
        edits.extend(line(&self.want).map(Edit::Want));
        edits.extend(line(&self.benefit).map(Edit::Benefit));
        edits.extend(line(&self.epic).map(Edit::Epic));
        edits.extend(self.notes.as_deref().map(Prose::parse).map(Edit::Notes));
        if let Some(estimate) = &self.estimate {
            let points = unless_empty(estimate, str::parse)
                .map_err(|refusal: Refusal| Failure::usage(refusal.to_string()))?;
            edits.push(Edit::Estimate(points));
        }
        if let Some(problem) = &self.problem {
            let find = |name: &str| backlog.find_problem(name).map(|problem| problem.id);
            let id = unless_empty(problem, find)?;
            edits.push(Edit::Problem(id));
        }
        edits.extend(self.criteria(backlog, story)?);
        edits.extend(self.questions(backlog, story)?);
        edits.extend(self.labels(story));
        edits.extend(self.blockers(backlog, story)?);
        for (texts, ticked) in [(&self.ready, true), (&self.not_ready, false)] {
            for text in texts {
                let line = ready_line(backlog, story, text)?;
                edits.push(Edit::Ready { line, ticked });
            }
        }
        Ok(edits)
    }

    fn criteria(&self, backlog: &Backlog, story: &Story) -> Result<Option<Edit>, Failure> {
        let mut gone = HashSet::new();
        for place in self.no_criterion.iter().flat_map(Places::each) {
            if place == 0 || place > story.criteria.len() {
                return Err(no_part(backlog, story, &format!("criterion {place}")));
            }
            gone.insert(place);
        }
        let kept = story
            .criteria
            .iter()
            .enumerate()
            .filter(|(index, _)| !gone.contains(&(index + 1)))
            .map(|(_, criterion)| criterion.clone());
        let added = self.criterion.iter().map(|text| Criterion::new(text));
        let is_asked =
            !(self.criterion.is_empty() && self.no_criterion.is_empty() && self.example.is_empty());
        let mut criteria: Vec<Criterion> = kept.chain(added).collect();
        for example in &self.example {
            let (place, text) = numbered(example, "criterion")?;
            let criterion = place
                .checked_sub(1)
                .and_then(|index| criteria.get_mut(index));
            let Some(criterion) = criterion else {
                return Err(no_part(backlog, story, &format!("criterion {place}")));
            };
            criterion.examples.push(Line::parse(text));
        }
        Ok(is_asked.then_some(Edit::Criteria(criteria)))
    }

    fn questions(&self, backlog: &Backlog, story: &Story) -> Result<Option<Edit>, Failure> {
        if self.question.is_empty() && self.answer.is_empty() {
            return Ok(None);
        }
        let mut questions = story.questions.clone();
        questions.extend(self.question.iter().map(|text| Question::new(text)));
        for answer in &self.answer {
            let (place, text) = numbered(answer, "question")?;
            let question = place
                .checked_sub(1)
                .and_then(|index| questions.get_mut(index));
            let Some(question) = question else {
                return Err(no_part(backlog, story, &format!("question {place}")));
            };
            question.answer = Prose::parse(text);
        }
        Ok(Some(Edit::Questions(questions)))
    }

    fn labels(&self, story: &Story) -> Option<Edit> {
        if self.label.is_empty() && self.no_label.is_empty() {
            return None;
        }
        let gone: Vec<Line> = self
            .no_label
            .iter()
            .map(|label| Line::parse(label))
            .collect();
        let kept = story
            .labels
            .iter()
            .filter(|label| !gone.contains(label))
            .cloned();
        let added = self.label.iter().map(|label| Line::parse(label));
        Some(Edit::Labels(kept.chain(added).collect()))
    }

    fn blockers(&self, backlog: &Backlog, story: &Story) -> Result<Option<Edit>, Failure> {
        if self.blocked_by.is_empty() && self.no_blocked_by.is_empty() {
            return Ok(None);
        }
        let ids = |keys: &[String]| -> Result<Vec<StoryId>, Refusal> {
            // A blocker whose story is gone is known by its id alone.
            let known = |key: &str| key.parse().ok().filter(|id| story.blocked_by.contains(id));
            let find = |key: &String| match known(key) {
                Some(id) => Ok(id),
                None => Ok(backlog.find(key)?.id),
            };
            keys.iter().map(find).collect()
        };
        let gone = ids(&self.no_blocked_by)?;
        let mut blockers = story.blocked_by.clone();
        blockers.retain(|id| !gone.contains(id));
        for id in ids(&self.blocked_by)? {
            if !blockers.contains(&id) {
                blockers.push(id);
            }
        }
        Ok(Some(Edit::BlockedBy(blockers)))
    }
}

/// Reads the place and the text of an option such as `1=TEXT`.
fn numbered<'a>(option: &'a str, part: &str) -> Result<(usize, &'a str), Failure> {
    option
        .split_once('=')
        .and_then(|(place, text)| Some((place.trim().parse::<usize>().ok()?, text)))
        .ok_or_else(|| {
            Failure::usage(format!(
                "`{option}` does not name a {part}. Write it as 1=TEXT."
            ))
        })
}

fn unless_empty<T, E>(text: &str, parse: impl Fn(&str) -> Result<T, E>) -> Result<Option<T>, E> {
    let text = text.trim();
    if text.is_empty() {
        return Ok(None);
    }
    parse(text).map(Some)
}

/// The line of the definition of ready that is meant by a text or a number.
fn ready_line(backlog: &Backlog, story: &Story, text: &str) -> Result<Line, Failure> {
    let lines = &backlog.product().ready.lines;
    let same = |line: &&Line| line.to_lowercase() == text.trim().to_lowercase();
    let place = || text.trim().parse::<usize>().ok()?.checked_sub(1);
    let found = lines.iter().find(same);
    let found = found.or_else(|| lines.get(place()?));
    found.cloned().ok_or_else(|| {
        no_part(
            backlog,
            story,
            &format!("line “{text}” in its definition of ready"),
        )
    })
}

fn no_part(backlog: &Backlog, story: &Story, part: &str) -> Failure {
    Refusal::NoSuchPart {
        key: backlog.key(story),
        part: part.to_owned(),
    }
    .into()
}
