//! Stories as a Markdown document to read, print or paste. Control characters do not get out.

use std::fmt::Write;

use super::quoted;
use crate::language::rewording::marked;
use crate::language::sentence::compose;
use crate::model::review::Shown;
use crate::model::{Agreement, Backlog, Method, Outcome, Prose, Round, Story, Verdict};

/// Writes the document: a heading with the product's name, then one section a story.
pub(super) fn export(stories: &[&Story], backlog: &Backlog) -> String {
    let mut text = format!("# {}\n", quoted::one_line(&backlog.product().name));
    for told in stories {
        text.push('\n');
        text.push_str(&story(told, backlog));
    }
    text
}

/// Writes one story as a section.
pub fn story(story: &Story, backlog: &Backlog) -> String {
    let mut sections = vec![
        format!(
            "## {} {}",
            backlog.key(story),
            quoted::one_line(&story.title)
        ),
        facts(story, backlog),
    ];
    if !story.want.is_empty() {
        let told = line(&compose(&story.persona, &story.want, &story.benefit));
        sections.push(quoted::opening(&told, ""));
    }
    if !story.notes.trim().is_empty() {
        sections.push(quoted::contained(&story.notes));
    }
    sections.extend(list("Acceptance criteria", criteria(story)));
    let questions = story.questions.iter().map(|question| {
        let answer = if question.is_open() {
            "*No answer yet.*".to_owned()
        } else {
            quoted::opening(question.answer.trim(), "  ")
        };
        format!("{}\n  {answer}", entry(&question.text))
    });
    sections.extend(list("Questions", questions));
    sections.extend(list("Reviews", story.reviews.iter().map(round)));
    let comments = story.comments.iter().map(|comment| {
        format!(
            "- {}, {}: {}",
            quoted::one_line(&comment.by),
            comment.at.strftime("%Y-%m-%d"),
            quoted::following(&comment.text, "  ")
        )
    });
    sections.extend(list("Comments", comments));
    let mut text = sections.join("\n\n");
    text.push('\n');
    text
}

/// The criteria, and those that were agreed and are gone, with what has changed since.
fn criteria(story: &Story) -> impl Iterator<Item = String> {
    let criteria = story.criteria.iter().map(|criterion| {
        let examples = criterion.examples.iter();
        let examples = examples.map(|example| format!("\n  - e.g. {}", quoted::one_line(example)));
        let changed = match criterion.agreement(story.agreed.as_ref()) {
            Agreement::Unchanged => String::new(),
            Agreement::Added => "\n  - added since agreed".to_owned(),
            Agreement::Changed { was } => {
                let both = marked(was, &criterion.text);
                format!("\n  - changed since agreed: {}", quoted::one_line(&both))
            }
        };
        format!(
            "{}{}{changed}",
            entry(&criterion.text),
            examples.collect::<String>()
        )
    });
    let gone = story.removed_since_agreed();
    let gone = gone.map(|gone| {
        format!(
            "- {}\n  - removed since agreed",
            quoted::opening(&line(&gone.text), "")
        )
    });
    criteria.chain(gone)
}

/// Kind, status and whatever else fits on a line.
fn facts(story: &Story, backlog: &Backlog) -> String {
    let mut facts = vec![story.kind.to_string(), story.status.to_string()];
    if let Some(points) = story.estimate {
        let word = if points.to_string() == "1" {
            "point"
        } else {
            "points"
        };
        facts.push(format!("{points} {word}"));
    }
    facts.extend(Method::summaries(story, backlog));
    if !story.epic.is_empty() {
        facts.push(format!("epic: {}", quoted::one_line(&story.epic)));
    }
    if !story.labels.is_empty() {
        let labels: Vec<String> = story
            .labels
            .iter()
            .map(|label| quoted::one_line(label))
            .collect();
        facts.push(format!("labels: {}", labels.join(", ")));
    }
    if !story.blocked_by.is_empty() {
        let keys: Vec<String> = story
            .blocked_by
            .iter()
            .map(|id| backlog.key_or_id(*id))
            .collect();
        facts.push(format!("blocked by {}", keys.join(", ")));
    }
    format!("*{}*", facts.join(" · "))
}

/// A round of review with its verdicts.
fn round(round: &Round) -> String {
    let outcome = match round.outcome {
        Some(Outcome::Accepted) => "accepted",
        Some(Outcome::Rejected) => "rejected",
        None => "not ended yet",
    };
    let mut text = format!(
        "- Round {}: {outcome}, {}, {}",
        round.round,
        quoted::one_line(&round.by),
        round.at.strftime("%Y-%m-%d")
    );
    for words in [&round.reason, &round.note].into_iter().flatten() {
        text.push_str(" — ");
        text.push_str(&quoted::one_line(words));
    }
    for judged in &round.verdicts {
        let sign = match judged.verdict {
            Verdict::Met => "✓",
            Verdict::NotMet => "✗",
            Verdict::CannotTell => "?",
        };
        let words = judged.verdict.words();
        let _ = write!(
            text,
            "
  - {sign} {}: {words}",
            quoted::one_line(&judged.text)
        );
        for words in [&judged.note, &judged.evidence] {
            if Shown::is_output(words) {
                text.push_str(&quoted::seen(words, "    "));
            } else if !words.trim().is_empty() {
                text.push_str(" — ");
                text.push_str(&quoted::one_line(words));
            }
        }
    }
    for done in &round.done {
        let sign = if done.ticked { "x" } else { " " };
        let _ = write!(text, "\n  - [{sign}] {}", quoted::one_line(&done.text));
    }
    text
}

fn list(heading: &str, entries: impl Iterator<Item = String>) -> Option<String> {
    let entries: Vec<String> = entries.collect();
    (!entries.is_empty()).then(|| format!("### {heading}\n\n{}", entries.join("\n")))
}

/// A list entry whose further lines stay inside it.
fn entry(text: &str) -> String {
    format!("- {}", quoted::opening(text, "  "))
}

pub(super) fn clean(text: &str) -> String {
    Prose::parse(text).to_string()
}

/// Text on one line.
pub(super) fn line(text: &str) -> String {
    clean(text).split_whitespace().collect::<Vec<_>>().join(" ")
}
