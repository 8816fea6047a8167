//! The questions and answers of `backstory compare`, line by line.

use std::io;

use super::super::context::{Failure, say};
use super::super::ear::Ear;
use crate::harmless::{safe, width};
use crate::model::compare::Answer;
use crate::model::{Backlog, Comparison, Jump, Story, StoryId};
use crate::store::Unfinished;

/// What stands before what tells a story from another one.
const INDENT: &str = "   ";

/// Asks on stderr and reads answers from stdin.
pub(super) struct Dialogue<'a> {
    backlog: &'a Backlog,
    unfinished: &'a Unfinished,
    ear: &'a mut Ear,
}

/// How a dialogue ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum End {
    /// There is no question left.
    Answered,
    /// The rest is for later.
    Stopped,
}

impl<'a> Dialogue<'a> {
    pub(super) const fn new(
        backlog: &'a Backlog,
        unfinished: &'a Unfinished,
        ear: &'a mut Ear,
    ) -> Self {
        Self {
            backlog,
            unfinished,
            ear,
        }
    }

    /// Asks until there is no question left or the answers stop; every answer is kept.
    pub(super) fn ask(&mut self, comparison: &mut Comparison) -> Result<End, Failure> {
        if !comparison.is_begun() {
            let (stories, progress) = (comparison.stories().len(), comparison.progress());
            let noun = if stories == 1 { "story" } else { "stories" };
            say(&format!(
                "{stories} {noun}: about {}, at most {} questions.",
                progress.about, progress.at_most
            ));
        }
        while let Some((first, second)) = comparison.question() {
            self.show_pair(first, second);
            let progress = comparison.progress();
            let question = format!(
                "{} of about {}. Which first? [1/2/=/s/u/q] ",
                progress.asked + 1,
                progress.asked + progress.about
            );
            let heard = self.ear.hear(&question)?;
            let answer = match heard.as_deref() {
                None | Some("q") => return Ok(End::Stopped),
                Some("1") => Answer::First,
                Some("2") => Answer::Second,
                Some("=") => Answer::Equal,
                Some("s") => Answer::Skip,
                Some("u") => {
                    if !comparison.undo() {
                        say("Nothing has been answered yet.");
                    }
                    self.keep(comparison)?;
                    continue;
                }
                Some(other) => {
                    let answers = "1 or 2: that one comes first. =: equal. s: skip. u: take the last answer back. q: stop.";
                    self.ear.mishear(other, answers)?;
                    continue;
                }
            };
            self.ear.understand();
            comparison.answer(answer);
            self.keep(comparison)?;
        }
        Ok(End::Answered)
    }

    /// Shows what would move, the largest jumps first.
    pub(super) fn show(&self, jumps: &[Jump], most: usize) {
        if jumps.is_empty() {
            say("Nothing moves: the stories stand in this order already.");
            return;
        }
        say("");
        for jump in jumps.iter().take(most) {
            let Some(story) = self.backlog.story(jump.story) else {
                continue;
            };
            let key = self.backlog.key(story);
            say(&format!(
                "{:>5} -> {:<5} {key}  {}",
                jump.from, jump.to, story.title
            ));
        }
        if let Some(more) = jumps.len().checked_sub(most).filter(|more| *more > 0) {
            say(&format!("      and {more} more"));
        }
    }

    /// Asks whether the new order is to be made; silence is a no.
    pub(super) fn agrees(&mut self) -> Result<bool, Failure> {
        let answer = self.ear.hear("Make this order? [y/N] ")?;
        Ok(matches!(answer.as_deref(), Some("y" | "yes")))
    }

    fn keep(&self, comparison: &Comparison) -> Result<(), Failure> {
        let kept = comparison.is_begun().then_some(comparison);
        Ok(self.unfinished.save(kept)?)
    }

    fn show_pair(&self, first: StoryId, second: StoryId) {
        say("");
        for (digit, id) in [(1, first), (2, second)] {
            if let Some(story) = self.backlog.story(id) {
                say(&format!(
                    "{digit}) {}  {}",
                    self.backlog.key(story),
                    story.title
                ));
                let room = terminal_size::terminal_size_of(io::stderr())
                    .map(|(columns, _)| usize::from(columns.0).saturating_sub(INDENT.len()));
                let lines = details(story).into_iter();
                for line in lines.flat_map(|line| broken(&line, room)) {
                    say(&format!("{INDENT}{line}"));
                }
            }
        }
    }
}

/// Breaks a line at its words where there is room for so many columns only.
fn broken(line: &str, room: Option<usize>) -> Vec<String> {
    let mut rows: Vec<String> = Vec::new();
    for word in safe(line).split_whitespace() {
        match rows.last_mut() {
            Some(row) if room.is_none_or(|room| width(row) + 1 + width(word) <= room) => {
                row.push(' ');
                row.push_str(word);
            }
            _ => rows.push(word.to_owned()),
        }
    }
    rows
}

/// What tells a story from another one.
fn details(story: &Story) -> Vec<String> {
    let parts = [
        ("As a", &story.persona),
        ("I want to", &story.want),
        ("so that", &story.benefit),
    ];
    let sentence: Vec<String> = parts
        .into_iter()
        .filter(|(_, words)| !words.is_empty())
        .map(|(name, words)| format!("{name} {words}"))
        .collect();
    let mut facts = vec![story.status.word().to_owned()];
    facts.extend(story.estimate.map(|points| format!("{points} points")));
    match story.criteria.len() {
        0 => {}
        1 => facts.push("1 criterion".to_owned()),
        many => facts.push(format!("{many} criteria")),
    }
    let mut details = vec![sentence.join(", "), facts.join(", ")];
    details.retain(|line| !line.is_empty());
    details
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_are_broken_at_words_where_a_terminal_is_narrow() {
        let line = "As a buyer, I want 顧客 to  pay";
        assert_eq!(broken(line, None), ["As a buyer, I want 顧客 to pay"]);
        assert_eq!(
            broken(line, Some(18)),
            ["As a buyer, I want", "顧客 to pay"]
        );
        assert_eq!(broken("endless words", Some(3)), ["endless", "words"]);
        assert_eq!(broken("", Some(3)), [""; 0]);
    }
}
