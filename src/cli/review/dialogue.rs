//! A review asked criterion by criterion, for the meeting room. Every answer is saved at once, so that a review that is
//! left goes on where it stopped, here or on the screen.

use std::sync::atomic::AtomicBool;

use super::super::context::{Context, Failure, say};
use super::super::desk::Desk;
use super::super::ear::Ear;
use super::super::learn::comes_back;
use crate::command::{self, Group};
use crate::harmless::safe_lines;
use crate::language::again::again;
use crate::language::rewording::marked;
use crate::model::review::Shown;
use crate::model::{
    Agreement, Change, Criterion, Edit, Prose, Question, Reason, Refusal, Story, StoryId, Verdict,
};

/// What stands before a criterion's further lines.
const INDENT: &str = "     ";

/// Asks on stderr and reads answers from stdin.
pub(super) struct Dialogue<'a> {
    story: StoryId,
    desk: &'a mut Desk,
    context: &'a Context,
    ear: Ear,
}

/// Whether to go on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Next {
    On,
    /// The rest is for later.
    Stop,
}

impl<'a> Dialogue<'a> {
    /// A dialogue about a delivered story.
    pub(super) fn new(story: StoryId, desk: &'a mut Desk, context: &'a Context) -> Self {
        Self {
            story,
            desk,
            context,
            ear: Ear::default(),
        }
    }

    /// Asks until the story is accepted or rejected, or the answers stop.
    pub(super) fn ask(mut self) -> Result<(), Failure> {
        self.ear.must_hear()?;
        let story = self.desk.story(self.story)?;
        say(&format!(
            "{}  {} (round {})",
            self.desk.backlog.key(&story),
            story.title,
            story.round_number()
        ));
        if let Some(said) = story.comes_back() {
            say(&said);
        }
        for gone in story.removed_since_agreed() {
            let text = gone.text.replace('\n', " ");
            say(&format!("{INDENT}removed since agreed: {text}"));
        }
        if self.criteria(&story)? == Next::On && self.done()? == Next::On {
            self.decide()?;
        }
        Ok(())
    }

    /// Asks for every verdict that is not given yet, first of what failed last time.
    fn criteria(&mut self, story: &Story) -> Result<Next, Failure> {
        let waits = |criterion: &Criterion| {
            let round = story.open_round();
            round
                .and_then(|round| round.verdict_on(criterion))
                .is_none()
        };
        let places = 0..story.criteria.len();
        let mut order: Vec<usize> = places.collect();
        order.sort_by_key(|place| {
            let criterion = story.criteria.get(*place);
            !criterion.is_some_and(|criterion| story.failed_last_time(&criterion.id))
        });
        for place in order {
            if story.criteria.get(place).is_some_and(waits)
                && self.criterion(story, place)? == Next::Stop
            {
                return Ok(Next::Stop);
            }
        }
        Ok(Next::On)
    }

    /// Asks for the verdict on a criterion, whether there is one or not; what was seen may be told before.
    fn criterion(&mut self, story: &Story, place: usize) -> Result<Next, Failure> {
        let Some(criterion) = story.criteria.get(place) else {
            return Ok(Next::On);
        };
        show(story, criterion, place + 1);
        let of = story.criteria.len();
        let question = format!("{} of {of}. Is it met? [y/n/c/e/s/q] ", place + 1);
        let help =
            "y: met. n: not met. c: cannot tell. e: what was seen. s: skip. q: the rest later.";
        let mut seen = None;
        loop {
            return match self.choose(&question, &["y", "n", "c", "e", "s", "q"], help)? {
                Some("y") => self.judge(criterion, Verdict::Met, None, seen),
                Some("n") => {
                    let note = self.words("What is missing? (Enter: no note) ")?;
                    self.judge(criterion, Verdict::NotMet, note, seen)
                }
                Some("c") => self.cannot_tell(criterion, seen),
                Some("e") => {
                    seen = self.evidence()?.or(seen);
                    continue;
                }
                Some("s") => Ok(Next::On),
                _ => Ok(Next::Stop),
            };
        }
    }

    /// Asks what was seen; a command is run, and what it shows is kept once somebody has seen it.
    fn evidence(&mut self) -> Result<Option<Prose>, Failure> {
        let question = "What was seen? (a word, a path, a link; ! and a command runs it) ";
        let Some(words) = self.words(question)? else {
            return Ok(None);
        };
        let Some(run) = Shown::command_in(&words) else {
            return Ok(Some(Prose::parse(&words)));
        };
        say("It runs …");
        let stop = AtomicBool::new(false);
        let shown = command::run(run, Group::Shared, command::LIMIT, &stop)?;
        for line in safe_lines(&shown.output) {
            say(&format!("{INDENT}| {line}"));
        }
        let question = format!("{} Keep it as evidence? [y/n] ", shown.told());
        let answer = self.choose(&question, &["y", "n"], "y: keep it. n: leave it.")?;
        Ok((answer == Some("y")).then(|| shown.evidence()))
    }

    fn judge(
        &mut self,
        criterion: &Criterion,
        verdict: Verdict,
        note: Option<String>,
        evidence: Option<Prose>,
    ) -> Result<Next, Failure> {
        let judge = Change::Judge {
            story: self.story,
            criterion: criterion.id.clone(),
            verdict: Some(verdict),
        };
        let said = note.is_some() || evidence.is_some();
        let words = said.then(|| Change::NoteVerdict {
            story: self.story,
            criterion: criterion.id.clone(),
            note: note.map(|note| Prose::parse(&note)),
            evidence,
        });
        let changes: Vec<Change> = std::iter::once(judge).chain(words).collect();
        self.perform(&changes)?;
        Ok(Next::On)
    }

    /// Gives the verdict, and puts the question that it raises on the story.
    fn cannot_tell(&mut self, criterion: &Criterion, seen: Option<Prose>) -> Result<Next, Failure> {
        let asked = self.words("What must be known first? (Enter: no question) ")?;
        self.judge(criterion, Verdict::CannotTell, None, seen)?;
        if let Some(asked) = asked {
            let mut questions = self.desk.story(self.story)?.questions.clone();
            questions.push(Question::new(&asked));
            let edit = Edit::Questions(questions);
            let story = self.story;
            self.perform(&[Change::Edit { story, edit }])?;
        }
        Ok(Next::On)
    }

    /// Asks for every line of the definition of done that is not ticked yet.
    fn done(&mut self) -> Result<Next, Failure> {
        let story = self.desk.story(self.story)?;
        let lines: Vec<(String, bool)> = if let Some(round) = story.open_round() {
            let lines = round.done.iter();
            lines
                .map(|line| (line.text.to_string(), line.ticked))
                .collect()
        } else {
            let lines = self.desk.backlog.product().done_for(story.kind).into_iter();
            lines.map(|line| (line.to_string(), false)).collect()
        };
        for (line, (text, _)) in lines.iter().enumerate().filter(|(_, (_, ticked))| !ticked) {
            let question = format!("{text}: is it done? [y/n/q] ");
            match self.choose(
                &question,
                &["y", "n", "q"],
                "y: done. n: not yet. q: the rest later.",
            )? {
                Some("y") => self.perform(&[Change::TickDone {
                    story: self.story,
                    line,
                    ticked: true,
                }])?,
                Some("n") => {}
                _ => return Ok(Next::Stop),
            }
        }
        Ok(Next::On)
    }

    /// Asks for the decision, until there is one or it is left for later; a number goes back to that criterion.
    fn decide(&mut self) -> Result<(), Failure> {
        loop {
            let story = self.desk.story(self.story)?;
            let accept = match self.desk.backlog.may_accept(self.story) {
                Ok(()) => "a: accept",
                Err(_) => "a: accept with a waiver",
            };
            let of = story.criteria.len();
            let met = if story.open_round().is_some() {
                story.criteria_met()
            } else {
                0
            };
            let numbers: Vec<String> = (1..=of).map(|number| number.to_string()).collect();
            let mut words: Vec<&str> = vec!["a", "r", "q"];
            words.extend(numbers.iter().map(String::as_str));
            let question = format!("{met} of {of} met. {accept}, r: reject, q: later. [a/r/q] ");
            let help = "a: accept. r: reject. q: decide later. A number: that criterion again.";
            let change = match self.choose(&question, &words, help)? {
                Some("a") => self.acceptance()?,
                Some("r") => self.rejection()?,
                Some("q") | None => return Ok(()),
                Some(number) => {
                    let place = number.parse::<usize>().unwrap_or(0).saturating_sub(1);
                    if self.criterion(&story, place)? == Next::Stop {
                        return Ok(());
                    }
                    None
                }
            };
            if let Some(change) = change {
                let is_accepted = matches!(change, Change::Accept { .. });
                self.perform(&[change])?;
                return if is_accepted {
                    self.look_again()
                } else {
                    Ok(())
                };
            }
        }
    }

    /// Asks how it will be known whether the accepted story keeps its promise, as the screen does.
    fn look_again(&mut self) -> Result<(), Failure> {
        if !self.desk.backlog.asks_for_check(self.story) {
            return Ok(());
        }
        let question =
            "How will we know, and when? (in 4 weeks: what will have changed; Enter: skip) ";
        while let Some(words) = self.words(question)? {
            match again(&words, self.context.today()) {
                Ok(again) => {
                    self.ear.understand();
                    let (story, learning) = (self.story, again.learning());
                    self.perform(&[Change::Learn { story, learning }])?;
                    let story = self.desk.story(story)?;
                    say(&comes_back(&self.desk.backlog, &story));
                    break;
                }
                Err(no_day) => self.ear.mishear(&words, &no_day.to_string())?,
            }
        }
        Ok(())
    }

    /// The acceptance, with a reason where it is a waiver; `None` where that is not given.
    fn acceptance(&mut self) -> Result<Option<Change>, Failure> {
        let story = self.story;
        let missing = match self.desk.backlog.may_accept(story) {
            Ok(()) => {
                let note = self.words("A note, such as: on staging (Enter: none) ")?;
                let reason = note.and_then(|note| Reason::parse(&note).ok());
                return Ok(Some(Change::Accept { story, reason }));
            }
            Err(refusal) => refusal,
        };
        if !matches!(missing, Refusal::NotAllMet { .. }) {
            return Err(missing.into());
        }
        let words = self.words("Why is it good enough? (Enter: back) ")?;
        let reason = words.and_then(|words| Reason::parse(&words).ok());
        Ok(reason.map(|reason| Change::Accept {
            story,
            reason: Some(reason),
        }))
    }

    /// The rejection, with the reason that the notes make or another one; `None` where there is none.
    fn rejection(&mut self) -> Result<Option<Change>, Failure> {
        let story = self.story;
        let composed = match self.desk.backlog.may_reject(story) {
            Ok(reason) => Some(reason),
            Err(Refusal::NothingToReject(_)) => None,
            Err(refusal) => return Err(refusal.into()),
        };
        let question = if let Some(reason) = &composed {
            for line in safe_lines(reason) {
                say(&format!("{INDENT}{line}"));
            }
            "Enter rejects it for this; or type another reason: "
        } else {
            "Why? (Enter: back) "
        };
        let Some(words) = self.ear.hear_words(question)? else {
            return Ok(None);
        };
        let reason = Reason::parse(&words).ok().or(composed);
        Ok(reason.map(|reason| Change::Reject {
            story,
            reason: Some(reason),
        }))
    }

    fn perform(&mut self, changes: &[Change]) -> Result<(), Failure> {
        let label = changes
            .first()
            .map(|change| change.label(&self.desk.backlog));
        self.desk
            .perform(&label.unwrap_or_default(), changes, self.context)?;
        Ok(())
    }

    /// Asks until one of these words is the answer; `None` when no more answers come.
    fn choose<'w>(
        &mut self,
        question: &str,
        words: &[&'w str],
        help: &str,
    ) -> Result<Option<&'w str>, Failure> {
        while let Some(heard) = self.ear.hear(question)? {
            if let Some(word) = words.iter().find(|word| **word == heard) {
                self.ear.understand();
                return Ok(Some(word));
            }
            self.ear.mishear(&heard, help)?;
        }
        Ok(None)
    }

    /// Hears words; none where there are none.
    fn words(&mut self, question: &str) -> Result<Option<String>, Failure> {
        let words = self.ear.hear_words(question)?;
        Ok(words.filter(|words| !words.is_empty()))
    }
}

/// Shows a criterion, and how it failed last time.
fn show(story: &Story, criterion: &Criterion, number: usize) {
    say("");
    for (line, text) in safe_lines(&criterion.text).enumerate() {
        let lead = if line == 0 {
            format!("{number:>3}  ")
        } else {
            INDENT.to_owned()
        };
        say(&format!("{lead}{text}"));
    }
    match criterion.agreement(story.agreed.as_ref()) {
        Agreement::Unchanged => {}
        Agreement::Added => say(&format!("{INDENT}added since agreed")),
        Agreement::Changed { was } => {
            say(&format!("{INDENT}changed since agreed:"));
            for line in safe_lines(&marked(was, &criterion.text)) {
                say(&format!("{INDENT}| {line}"));
            }
        }
    }
    let last = story.closed_rounds().rev().find_map(|round| {
        let judgement = round.judgement(&criterion.id)?;
        (judgement.verdict == Verdict::NotMet).then_some((round.round, judgement))
    });
    if let Some((round, judgement)) = last {
        say(&format!(
            "{INDENT}failed in round {round}: {}",
            judgement.note
        ));
    }
}
