//! Stories as a Markdown document to read, print or paste. Control characters do not get out.

use std::fmt::Write;

use crate::language::rewording::marked;
use crate::language::sentence::compose;
use crate::model::{Agreement, Backlog, Method, Outcome, Prose, Round, Story, Verdict};

/// Writes the document: a heading with the product's name, then one section a story.
pub(super) fn export(stories: &[&Story], backlog: &Backlog) -> String {
    let mut text = format!("# {}\n", line(&backlog.product().name));
    for told in stories {
        text.push('\n');
        text.push_str(&story(told, backlog));
    }
    text
}

/// Writes one story as a section.
pub fn story(story: &Story, backlog: &Backlog) -> String {
    let mut sections = vec![
        format!("## {} {}", backlog.key(story), line(&story.title)),
        facts(story, backlog),
    ];
    if !story.want.is_empty() {
        sections.push(line(&compose(&story.persona, &story.want, &story.benefit)));
    }
    if !story.notes.trim().is_empty() {
        sections.push(clean(&story.notes));
    }
    let criteria = story.criteria.iter().map(|criterion| {
        let examples = criterion.examples.iter();
        let examples = examples.map(|example| format!("\n  - e.g. {}", line(example)));
        let changed = match criterion.agreement(story.agreed.as_ref()) {
            Agreement::Unchanged => String::new(),
            Agreement::Added => "\n  - added since agreed".to_owned(),
            Agreement::Changed { was } => {
                let both = marked(was, &criterion.text);
                format!("\n  - changed since agreed: {}", line(&both))
            }
        };
        format!(
            "{}{}{changed}",
            entry("- ", &criterion.text),
            examples.collect::<String>()
        )
    });
    let gone = story.removed_since_agreed();
    let gone = gone.map(|gone| format!("- {}\n  - removed since agreed", line(&gone.text)));
    let criteria = criteria.chain(gone);
    sections.extend(list("Acceptance criteria", criteria));
    let questions = story.questions.iter().map(|question| {
        let answer = if question.is_open() {
            "*No answer yet.*"
        } else {
            question.answer.trim()
        };
        format!(
            "{}\n  {}",
            entry("- ", &question.text),
            indented(&plain(answer), "  ")
        )
    });
    sections.extend(list("Questions", questions));
    sections.extend(list("Reviews", story.reviews.iter().map(round)));
    let comments = story.comments.iter().map(|comment| {
        let said = format!(
            "{}, {}: {}",
            line(&comment.by),
            comment.at.strftime("%Y-%m-%d"),
            comment.text
        );
        entry("- ", &said)
    });
    sections.extend(list("Comments", comments));
    let mut text = sections.join("\n\n");
    text.push('\n');
    text
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
        facts.push(format!("epic: {}", line(&story.epic)));
    }
    if !story.labels.is_empty() {
        let labels: Vec<String> = story.labels.iter().map(|label| line(label)).collect();
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
        line(&round.by),
        round.at.strftime("%Y-%m-%d")
    );
    for words in [&round.reason, &round.note].into_iter().flatten() {
        text.push_str(" — ");
        text.push_str(&line(words));
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
            line(&judged.text)
        );
        for words in [&judged.note, &judged.evidence] {
            if !words.trim().is_empty() {
                text.push_str(" — ");
                text.push_str(&line(words));
            }
        }
    }
    for done in &round.done {
        let sign = if done.ticked { "x" } else { " " };
        let _ = write!(text, "\n  - [{sign}] {}", line(&done.text));
    }
    text
}

fn list(heading: &str, entries: impl Iterator<Item = String>) -> Option<String> {
    let entries: Vec<String> = entries.collect();
    (!entries.is_empty()).then(|| format!("### {heading}\n\n{}", entries.join("\n")))
}

/// A list entry whose further lines stay inside it.
fn entry(mark: &str, text: &str) -> String {
    // Two blanks at the end keep Given, When and Then on lines of their own.
    let lines = plain(text).replace('\n', "  \n");
    format!("{mark}{}", indented(&lines, "  "))
}

pub(super) fn indented(text: &str, indent: &str) -> String {
    text.replace('\n', &format!("\n{indent}"))
}

pub(super) fn clean(text: &str) -> String {
    Prose::parse(text).to_string()
}

/// Plain text, of which Markdown would not show what looks like a tag: `Then <b>` loses its last word there.
pub(super) fn plain(text: &str) -> String {
    let text = clean(text);
    let mut shown = String::with_capacity(text.len());
    let (mut is_code, mut letters) = (false, text.chars().peekable());
    while let Some(letter) = letters.next() {
        let begins_a_tag = |next: &char| next.is_ascii_alphabetic() || "/!?".contains(*next);
        match letter {
            // In code everything is shown as it stands; a line end leaves it, as most are not meant to go on.
            '`' => is_code = !is_code,
            '\n' => is_code = false,
            // Behind a backslash it is a plain sign already.
            '<' if !is_code
                && !shown.ends_with('\\')
                && letters.peek().is_some_and(begins_a_tag) =>
            {
                shown.push('\\');
            }
            _ => {}
        }
        shown.push(letter);
    }
    shown
}

/// Plain text on one line.
pub(super) fn line(text: &str) -> String {
    let words: Vec<&str> = text.split_whitespace().collect();
    plain(&words.join(" "))
}
