//! What goes back to the team with a rejected story, as Markdown: why, what is not met and what was seen.

use std::fmt::Write as _;

use super::quoted;
use crate::language::rewording::marked;
use crate::model::review::failed_in;
use crate::model::{Backlog, Judgement, Outcome, Round, Story, Verdict};

/// The round in which a story was rejected last, which its letter is about.
pub fn rejection(story: &Story) -> Option<&Round> {
    let mut rounds = story.closed_rounds().rev();
    rounds.find(|round| round.outcome == Some(Outcome::Rejected))
}

/// The letter for the rejection that was the last; `None` where the story was never rejected.
pub fn letter(story: &Story, backlog: &Backlog) -> Option<String> {
    let round = rejection(story)?;
    let mut text = format!(
        "## {} {}: sent back in round {}\n\n*{}, {}*\n",
        backlog.key(story),
        quoted::one_line(&story.title),
        round.round,
        quoted::one_line(&round.by),
        round.at.strftime("%Y-%m-%d")
    );
    if let Some(reason) = &round.reason {
        let _ = write!(text, "\n> {}\n", quoted::opening(reason, "> "));
    }
    judged("Not met", Verdict::NotMet, round, story, &mut text);
    judged(
        "Could not be told",
        Verdict::CannotTell,
        round,
        story,
        &mut text,
    );
    not_looked_at(round, story, &mut text);
    left(round, &mut text);
    asked(story, &mut text);
    let met = story.criteria.iter().filter(|criterion| {
        let judgement = round.judgement(&criterion.id);
        judgement.is_some_and(|judgement| judgement.verdict == Verdict::Met)
    });
    let _ = write!(
        text,
        "\n{} of {} criteria are met.\n",
        met.count(),
        story.criteria.len()
    );
    for deleted in story.deleted_after_failing() {
        let words = quoted::following(&deleted.words(), "");
        let _ = write!(text, "\n{}: {words}\n", deleted.told());
    }
    Some(text)
}

/// The criteria of one verdict, with what was said and seen.
fn judged(heading: &str, verdict: Verdict, round: &Round, story: &Story, text: &mut String) {
    let judged: Vec<&Judgement> = round
        .verdicts
        .iter()
        .filter(|judgement| judgement.verdict == verdict)
        .collect();
    if judged.is_empty() {
        return;
    }
    let _ = write!(text, "\n### {heading}\n\n");
    for judgement in judged {
        let criteria = story.criteria.iter();
        let place = criteria
            .zip(1..)
            .find(|(criterion, _)| criterion.id == judgement.criterion);
        // Not as the number of a list: where one is left out, readers would be shown other numbers. A criterion that
        // was taken away since has none any more.
        let words = match place {
            Some((_, number)) => {
                let words = quoted::following(&judgement.text, "  ");
                format!("**{number}** {words}")
            }
            None => quoted::opening(&judgement.text, "  "),
        };
        let _ = writeln!(text, "- {words}");
        let changed = changed(judgement, story);
        let said = [
            ("Changed since agreed", changed.as_deref()),
            ("Note", Some(judgement.note.as_str())),
            ("Seen", Some(judgement.evidence.as_str())),
        ];
        for (what, said) in said {
            if let Some(said) = said.filter(|said| !said.trim().is_empty()) {
                let _ = writeln!(text, "  - {what}:{}", quoted::seen(said, "    "));
            }
        }
    }
}

/// The criteria that the round has no verdict on, and where they failed before: what is still open must not look done.
fn not_looked_at(round: &Round, story: &Story, text: &mut String) {
    let earlier = story.reviews.iter().position(|other| other == round);
    let earlier = story
        .reviews
        .get(..earlier.unwrap_or(0))
        .unwrap_or_default();
    let open: Vec<String> = (1..)
        .zip(&story.criteria)
        .filter(|(_, criterion)| round.judgement(&criterion.id).is_none())
        .map(|(number, criterion)| {
            let words = quoted::following(&criterion.text, "  ");
            let failed = failed_in(earlier, &criterion.id);
            let failed = failed.map(|round| format!("  - Failed in round {round}\n"));
            format!("- **{number}** {words}\n{}", failed.unwrap_or_default())
        })
        .collect();
    if !open.is_empty() {
        let _ = write!(text, "\n### Not looked at\n\n{}", open.concat());
    }
}

/// What was judged beside what was agreed, where the words are no longer the same.
fn changed(judgement: &Judgement, story: &Story) -> Option<String> {
    let agreed = story.agreed.as_ref()?;
    let mut agreed = agreed.criteria.iter();
    let was = agreed.find(|criterion| criterion.id == judgement.criterion)?;
    (was.text != judgement.text).then(|| marked(&was.text, &judgement.text))
}

/// The questions that nobody has answered yet.
fn asked(story: &Story, text: &mut String) {
    let asked: Vec<String> = story
        .open_questions()
        .map(|question| format!("- {}\n", quoted::opening(&question.text, "  ")))
        .collect();
    if !asked.is_empty() {
        let _ = write!(text, "\n### Open questions\n\n{}", asked.concat());
    }
}

/// The lines of the definition of done that were not done.
fn left(round: &Round, text: &mut String) {
    let left: Vec<String> = round
        .done
        .iter()
        .filter(|line| !line.ticked)
        .map(|left| format!("- [ ] {}\n", quoted::one_line(&left.text)))
        .collect();
    if !left.is_empty() {
        let _ = write!(text, "\n### Not done\n\n{}", left.concat());
    }
}
