//! `backstory show`: one story with everything that belongs to it.

mod reviews;
mod thread;

use jiff::Timestamp;
use jiff::civil::Date;
use jiff::tz::TimeZone;

use super::context::{Context, Failure, zone};
use super::desk::Desk;
use super::print::{Out, Role};
use crate::model::{Backlog, Line, Method, Status, Story};

pub(super) use reviews::sheet;

/// Show a story
#[derive(Debug, clap::Args)]
pub(super) struct Args {
    /// The story, such as WEB-17
    key: String,
}

pub(super) fn run(args: &Args, context: &mut Context) -> Result<(), Failure> {
    let desk = Desk::open(context)?;
    let story = desk.find(&args.key)?;
    if context.json {
        context.out.json_story(&desk.backlog, &story);
    } else {
        let today = context.today();
        Page::new(&desk.backlog, &story, today, &mut context.out).write();
    }
    Ok(())
}

/// A story being written out.
struct Page<'a> {
    backlog: &'a Backlog,
    story: &'a Story,
    out: &'a mut Out,
    zone: TimeZone,
    today: Date,
}

impl<'a> Page<'a> {
    fn new(backlog: &'a Backlog, story: &'a Story, today: Date, out: &'a mut Out) -> Self {
        Self {
            backlog,
            story,
            out,
            zone: zone(),
            today,
        }
    }

    fn write(&mut self) {
        self.head();
        self.sentence();
        self.criteria();
        self.questions();
        self.notes();
        reviews::rounds(self.story, &self.zone, self.out);
        self.comments();
        self.log();
    }

    fn head(&mut self) {
        let story = self.story;
        let key = self.backlog.key(story);
        self.out.painted_line(&[
            (&key, Role::Faint),
            ("  ", Role::Plain),
            (&story.title, Role::Strong),
        ]);
        let mut facts = Vec::new();
        if let Some(since) = story.since() {
            facts.push(format!("since {}", day(since, &self.zone)));
        }
        if let Some(estimate) = story.estimate {
            facts.push(format!("{estimate} points"));
        }
        if let Some(position) = self.backlog.position(story.id) {
            facts.push(format!("place {position} of {}", self.backlog.open_count()));
        }
        if story.rejections() > 0 {
            facts.push(format!("sent back {}", times(story.rejections())));
        }
        facts.insert(0, String::new());
        let facts = facts.join(" · ");
        self.out.painted_line(&[
            (story.kind.word(), Role::Plain),
            (" · ", Role::Plain),
            (story.status.word(), Role::Status(story.status)),
            (&facts, Role::Plain),
        ]);
        self.links();
    }

    fn links(&mut self) {
        let story = self.story;
        let labels: Vec<&str> = story.labels.iter().map(Line::as_str).collect();
        self.field("labels", &labels.join(", "));
        self.field("epic", &story.epic);
        self.list("scores", Method::summaries(story, self.backlog).into_iter());
        let blockers = story.blocked_by.iter();
        self.list(
            "blocked by",
            blockers.map(|id| self.backlog.blocker_in_words(story, *id)),
        );
        let waiting = self.backlog.blocks(story.id).into_iter();
        self.list(
            "blocks",
            waiting.map(|id| self.backlog.waiting_in_words(story, id)),
        );
        self.thread(self.today);
        if let Some(source) = &story.source {
            let parts = [
                source.tool.as_str(),
                source.id.as_str(),
                source.url.as_str(),
            ];
            self.field("from", parts.join(" ").trim());
        }
        if story.status == Status::Idea {
            let missing = self.backlog.missing(story).into_iter();
            self.list("needs", missing.map(|missing| missing.to_string()));
            self.list("ticked", story.ready.iter().map(ToString::to_string));
        }
        let former: Vec<String> = story
            .former_numbers
            .iter()
            .map(|number| self.backlog.product().key_of(*number))
            .collect();
        self.field("formerly", &former.join(", "));
    }

    /// A line each, with the name before the first.
    fn list(&mut self, name: &str, lines: impl Iterator<Item = String>) {
        for (index, line) in lines.enumerate() {
            self.field(if index == 0 { name } else { "" }, &line);
        }
    }

    fn field(&mut self, name: &str, text: &str) {
        if !text.is_empty() {
            let head = format!("{name:<11}");
            self.out
                .painted_line(&[(&head, Role::Faint), (text, Role::Plain)]);
        }
    }

    fn sentence(&mut self) {
        let story = self.story;
        let parts = [&story.persona, &story.want, &story.benefit];
        if parts.iter().all(|part| part.is_empty()) {
            return;
        }
        self.out.gap();
        for (name, part) in ["As a", "I want to", "so that"].into_iter().zip(parts) {
            self.field(name, part);
        }
    }

    fn criteria(&mut self) {
        let story = self.story;
        if story.criteria.is_empty() && story.removed_since_agreed().next().is_none() {
            return;
        }
        let agreed = story.agreed.as_ref().map_or_else(String::new, |baseline| {
            format!(
                " (agreed {} by {})",
                day(baseline.at, &self.zone),
                baseline.by
            )
        });
        self.heading("Acceptance criteria", &agreed);
        for (index, criterion) in story.criteria.iter().enumerate() {
            self.out
                .block(&format!("{:>3}  ", index + 1), &criterion.text);
            for example in &criterion.examples {
                self.out.block("     e.g. ", example);
            }
            reviews::since_agreed(story, criterion, self.out);
        }
        reviews::removed_since_agreed(story, self.out);
    }

    fn questions(&mut self) {
        if self.story.questions.is_empty() {
            return;
        }
        self.heading("Questions", "");
        for (index, question) in self.story.questions.iter().enumerate() {
            self.out
                .block(&format!("{:>3}  ", index + 1), &question.text);
            if question.is_open() {
                self.remark("unanswered");
            } else {
                self.out.block("     → ", &question.answer);
            }
        }
    }

    fn notes(&mut self) {
        if !self.story.notes.is_empty() {
            self.heading("Notes", "");
            self.out.block("  ", &self.story.notes);
        }
    }

    fn comments(&mut self) {
        if self.story.comments.is_empty() {
            return;
        }
        self.heading("Comments", "");
        for comment in &self.story.comments {
            let head = format!("  {} {}", day(comment.at, &self.zone), comment.by);
            self.out.painted_line(&[(&head, Role::Faint)]);
            self.out.block("    ", &comment.text);
        }
    }

    fn log(&mut self) {
        self.heading("Log", "");
        let created = day(self.story.created, &self.zone);
        self.out.line(&format!("  {created}  written down"));
        for entry in &self.story.log {
            let at = day(entry.at, &self.zone);
            let word = entry.status.word();
            let by = format!(", {}", entry.by);
            self.out.painted_line(&[
                (&format!("  {at}  "), Role::Plain),
                (word, Role::Status(entry.status)),
                (&by, Role::Plain),
            ]);
            if let Some(reason) = &entry.reason {
                self.out.block("                 ", reason);
            }
        }
    }

    fn heading(&mut self, text: &str, more: &str) {
        self.out.gap();
        self.out
            .painted_line(&[(text, Role::Strong), (more, Role::Faint)]);
    }

    fn remark(&mut self, text: &str) {
        self.out
            .painted_line(&[("     ", Role::Plain), (text, Role::Warning)]);
    }
}

/// A day as people write it, always eleven characters or ten.
fn day(at: Timestamp, zone: &TimeZone) -> String {
    at.to_zoned_datetime(zone.clone())
        .strftime("%e %b %Y")
        .to_string()
        .trim_start()
        .to_owned()
}

fn times(count: usize) -> String {
    match count {
        1 => "once".to_owned(),
        2 => "twice".to_owned(),
        more => format!("{more} times"),
    }
}
