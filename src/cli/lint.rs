//! `backstory lint`: what the linter has to say of stories.

use std::fmt::Write as _;

use serde_json::{Value, json};

use super::context::{Context, Failure, zone};
use super::desk::Desk;
use super::print::Role;
use super::select;
use crate::language::lint::{Compared, Finding, Severity, Surroundings, tally};
use crate::model::{Backlog, StoryId, Velocity};

/// Look for weaknesses of stories
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  backstory lint
  backstory lint is:ready
  backstory lint WEB-17
  backstory lint --markdown > findings.md

The exit code is 1 where a defect is found, so that a hook or a build can ask for sound stories; warnings and hints do \
not count. Rules are switched off with `backstory config lint.off --add RULE`; `backstory config` shows the thresholds.")]
pub(super) struct Args {
    /// Which stories: keys or words, as in `backstory list`
    query: Vec<String>,
    /// Write a report in Markdown
    #[arg(long, conflicts_with = "json")]
    markdown: bool,
}

/// Whether a word is written as a key of this product.
fn is_key(word: &str, backlog: &Backlog) -> bool {
    word.rsplit_once('-').is_some_and(|(prefix, number)| {
        let is_number = !number.is_empty() && number.bytes().all(|byte| byte.is_ascii_digit());
        is_number && prefix.eq_ignore_ascii_case(backlog.product().key.as_str())
    })
}

pub(super) fn run(args: &Args, context: &mut Context) -> Result<(), Failure> {
    let desk = Desk::open(context)?;
    let backlog = &desk.backlog;
    let now = context.stamp().at;
    let ids = match args.query.as_slice() {
        // A hook that names a story must hear when there is none; a search would find nothing and be content.
        [word] if is_key(word, backlog) => vec![backlog.find(word)?.id],
        words => select::stories(backlog, words, now)?,
    };
    let compared = Compared::of(backlog);
    let velocity = Velocity::measured(backlog, now, &zone());
    let around = Surroundings::of(backlog, velocity, &compared);
    let found: Vec<(StoryId, Vec<Finding>)> = ids
        .iter()
        .filter_map(|id| Some((*id, around.story(backlog.story(*id)?))))
        .filter(|(_, findings)| !findings.is_empty())
        .collect();
    if context.json {
        let findings: Vec<Value> = found
            .iter()
            .flat_map(|(id, findings)| findings.iter().map(|finding| value(backlog, *id, finding)))
            .collect();
        context.out.json(
            "finding-list",
            json!({ "stories": ids.len(), "findings": findings }),
        );
    } else if args.markdown {
        context.out.document(&markdown(backlog, &found, ids.len()));
    } else {
        print(backlog, &found, ids.len(), context);
    }
    let all = found.iter().flat_map(|(_, findings)| findings);
    if all
        .clone()
        .any(|finding| finding.rule.severity == Severity::Defect)
    {
        context.end_with_failure();
    }
    Ok(())
}

fn print(backlog: &Backlog, found: &[(StoryId, Vec<Finding>)], of: usize, context: &mut Context) {
    for (story, findings) in found
        .iter()
        .filter_map(|(id, findings)| Some((backlog.story(*id)?, findings)))
    {
        let key = backlog.key(story);
        context.out.painted_line(&[
            (&key, Role::Plain),
            ("  ", Role::Plain),
            (&story.title, Role::Strong),
        ]);
        for finding in findings {
            let rule = finding.rule;
            let head = format!(
                "  {:7}  {} {:22}  ",
                rule.severity,
                rule.letter.as_char(),
                rule.id
            );
            context
                .out
                .block(&head, &format!("{}: {}", finding.place(story), finding.why));
        }
        context.out.gap();
    }
    context.out.line(&summary(found, of));
}

fn summary(found: &[(StoryId, Vec<Finding>)], of: usize) -> String {
    let stories = |count: usize| {
        if count == 1 {
            "1 story".to_owned()
        } else {
            format!("{count} stories")
        }
    };
    if found.is_empty() {
        return format!("Nothing to mend in {}.", stories(of));
    }
    let all: Vec<Finding> = found
        .iter()
        .flat_map(|(_, findings)| findings.clone())
        .collect();
    let counts: Vec<String> = tally(&all)
        .into_iter()
        .rev()
        .map(|(severity, count)| format!("{count} {severity}{}", if count == 1 { "" } else { "s" }))
        .collect();
    format!(
        "{} in {} of {}.",
        counts.join(", "),
        found.len(),
        stories(of)
    )
}

fn markdown(backlog: &Backlog, found: &[(StoryId, Vec<Finding>)], of: usize) -> String {
    let mut text = format!(
        "# Findings in {}\n\n{}\n",
        backlog.product().name,
        summary(found, of)
    );
    for (story, findings) in found
        .iter()
        .filter_map(|(id, findings)| Some((backlog.story(*id)?, findings)))
    {
        let _ = write!(text, "\n## {} {}\n\n", backlog.key(story), story.title);
        for finding in findings {
            let rule = finding.rule;
            let _ = writeln!(
                text,
                "- **{}** `{}` ({}): {}",
                rule.severity,
                rule.id,
                finding.place(story),
                finding.why
            );
        }
    }
    text
}

fn value(backlog: &Backlog, id: StoryId, finding: &Finding) -> Value {
    let rule = finding.rule;
    let text = backlog
        .story(id)
        .map(|story| finding.spot.text(story))
        .unwrap_or_default();
    let characters = |end: usize| text.get(..end).map_or(0, |before| before.chars().count());
    json!({
        "key": backlog.key_or_id(id),
        "story": id.to_string(),
        "rule": rule.id,
        "letter": rule.letter.as_char().to_string(),
        "severity": rule.severity.word(),
        "where": finding.spot.name(),
        "start": characters(finding.span.start),
        "end": characters(finding.span.end),
        "text": text.get(finding.span.clone()).unwrap_or_default(),
        "why": finding.why,
        "repair": finding.repair.as_ref().map(crate::language::lint::Repair::words),
    })
}
