//! What the keys of the review do to the story on the sheet, and why not.

use super::SheetPane;
use super::rows::{Rows, Spot, verdict};
use crate::keymap::Action;
use crate::model::{Change, CriterionId, Refusal, Status, Story, Verdict};
use crate::ui::effect::Effect;
use crate::ui::overlays::prompt::decided;
use crate::ui::overlays::{Prompt, Purpose, Record};
use crate::ui::pane::Cx;

const DECIDE: &str =
    "There is nothing to judge in this line. Accept with a, reject with r, or go back up with k.";
const TICK: &str =
    "A line of the definition of done is ticked or not. Press space or y to tick it.";
const JUDGE: &str = "A criterion gets a verdict: y met, n not met, c cannot tell.";
const NOTE: &str = "Notes and evidence belong to a criterion, and this story has none.";

/// Why an action cannot be done in a row: asked before acting, and by footer, help and palette.
pub(super) fn refusal(action: Action, rows: &Rows, row: usize, cx: &Cx) -> Option<String> {
    let story = rows.story;
    if super::judges(action) && story.status != Status::Delivered {
        let key = cx.backlog.key(story);
        let status = story.status;
        return Some(Refusal::NotDelivered { key, status }.to_string());
    }
    let why = match (action, rows.spot(row)) {
        (Action::CannotTell, Spot::Done(_)) => TICK,
        (Action::Met | Action::NotMet | Action::CannotTell | Action::TickDone, Spot::Decision) => {
            DECIDE
        }
        (Action::TickDone, Spot::Criterion(_)) => JUDGE,
        (Action::Note | Action::Evidence, Spot::Done(_) | Spot::Decision)
            if story.criteria.is_empty() =>
        {
            NOTE
        }
        _ => return None,
    };
    Some(why.to_owned())
}

impl SheetPane {
    /// Does what an action asks of the story; `None` when it is none of the review's.
    pub(super) fn review(
        &mut self,
        action: Action,
        rows: &Rows,
        row: usize,
        cx: &Cx,
    ) -> Option<Vec<Effect>> {
        if let Some(refusal) = refusal(action, rows, row, cx) {
            return Some(vec![Effect::refusal(refusal)]);
        }
        Some(match action {
            Action::Met => self.judge(Verdict::Met, rows, row, cx),
            Action::NotMet => self.judge(Verdict::NotMet, rows, row, cx),
            Action::CannotTell => self.judge(Verdict::CannotTell, rows, row, cx),
            Action::RaiseQuestion => vec![ask_question(rows.story, cx)],
            Action::Note | Action::Evidence => {
                let row = rows.to_speak_of(row);
                ask(action, rows, row, cx).into_iter().collect()
            }
            Action::TickDone => match rows.spot(row) {
                Spot::Done(line) => self.tick(line, None, rows),
                Spot::Criterion(_) | Spot::Decision => Vec::new(),
            },
            Action::Accept => accept(rows.story, cx),
            Action::AcceptNote => accept_with_note(rows.story, cx),
            Action::Reject => reject(rows.story, cx),
            Action::Open => self.open(rows, row, cx),
            _ => return None,
        })
    }

    /// Gives a verdict, or ticks a done line with the same keys, and moves on.
    fn judge(&mut self, given: Verdict, rows: &Rows, row: usize, cx: &Cx) -> Vec<Effect> {
        let mut effects = Vec::new();
        match (rows.story.criteria.get(row), rows.spot(row)) {
            (Some(criterion), _) => {
                // The same verdict again changes nothing, but moves on all the same.
                if verdict(rows.story, criterion) != Some(given) {
                    self.judges_itself = true;
                    effects.push(Effect::change(Change::Judge {
                        story: rows.story.id,
                        criterion: criterion.id.clone(),
                        verdict: Some(given),
                    }));
                }
                match given {
                    Verdict::Met => {}
                    Verdict::NotMet => effects.extend(ask(Action::Note, rows, row, cx)),
                    // Before the act, so that a refusal would stand in its place.
                    Verdict::CannotTell => effects.insert(
                        0,
                        Effect::news("What must be known first? w writes it down as a question."),
                    ),
                }
                self.go(rows, rows.after_verdict(row));
            }
            (None, Spot::Done(line)) => {
                effects = self.tick(line, Some(given == Verdict::Met), rows);
                self.go(rows, row + 1);
            }
            (None, Spot::Criterion(_) | Spot::Decision) => {}
        }
        effects
    }

    /// Ticks a done line, takes the tick away, or turns it round.
    fn tick(&mut self, line: usize, wanted: Option<bool>, rows: &Rows) -> Vec<Effect> {
        let is_ticked = rows.done.get(line).is_some_and(|(_, ticked)| *ticked);
        let ticked = wanted.unwrap_or(!is_ticked);
        if ticked == is_ticked {
            return Vec::new();
        }
        self.judges_itself = true;
        vec![Effect::change(Change::TickDone {
            story: rows.story.id,
            line,
            ticked,
        })]
    }

    /// Shows what stands behind a criterion; a done line is ticked, the decision says its keys.
    fn open(&mut self, rows: &Rows, row: usize, cx: &Cx) -> Vec<Effect> {
        match rows.spot(row) {
            Spot::Criterion(id) => vec![Effect::open(Record::new(rows.story.id, id))],
            Spot::Done(line) => match refusal(Action::TickDone, rows, row, cx) {
                Some(refusal) => vec![Effect::refusal(refusal)],
                None => self.tick(line, None, rows),
            },
            Spot::Decision => vec![Effect::refusal(DECIDE)],
        }
    }
}

/// Opens the prompt for a note or for evidence, with the words there are already.
fn ask(action: Action, rows: &Rows, row: usize, cx: &Cx) -> Option<Effect> {
    let story = rows.story;
    let criterion = story.criteria.get(row)?;
    let judgement = story
        .open_round()
        .and_then(|round| round.judgement(&criterion.id));
    let id: CriterionId = criterion.id.clone();
    let (purpose, words) = if action == Action::Evidence {
        let words = judgement.map(|judgement| judgement.evidence.as_str());
        (Purpose::Evidence(story.id, id), words)
    } else {
        let words = judgement.map(|judgement| judgement.note.as_str());
        (Purpose::Note(story.id, id), words)
    };
    let what = if action == Action::Evidence {
        "Evidence"
    } else {
        "Note"
    };
    let head = criterion.text.lines().next().unwrap_or_default();
    let key = cx.backlog.key(story);
    let title = format!("{what} on {key}, criterion {}: {head}", row + 1);
    let prompt = Prompt::new(purpose, title, words.unwrap_or_default());
    // What was seen is mostly told anew; a command behind old words would be words.
    Some(Effect::open(if action == Action::Evidence {
        prompt.selected()
    } else {
        prompt
    }))
}

/// Asks for a question that must be answered before the story can be judged.
fn ask_question(story: &Story, cx: &Cx) -> Effect {
    let title = format!("A question about {}", cx.backlog.key(story));
    Effect::open(Prompt::new(Purpose::Raised(story.id), title, ""))
}

/// Accepts a story of which everything is met; else asks why it is accepted all the same.
fn accept(story: &Story, cx: &Cx) -> Vec<Effect> {
    let (met, of, removed, unticked) = match cx.backlog.may_accept(story.id) {
        Ok(()) => {
            let (story, reason) = (story.id, None);
            return decided(story, "is accepted.", Change::Accept { story, reason }, cx);
        }
        Err(Refusal::NotAllMet {
            met,
            of,
            removed,
            unticked,
            ..
        }) => (met, of, removed, unticked),
        Err(refusal) => return vec![Effect::refusal(refusal)],
    };
    let key = cx.backlog.key(story);
    let criteria = match of {
        0 => "no criteria".to_owned(),
        of => format!("{met} of {of} met"),
    };
    let undone = match unticked {
        0 => String::new(),
        1 => ", 1 done line left".to_owned(),
        many => format!(", {many} done lines left"),
    };
    let deleted = match removed {
        0 => String::new(),
        some => format!(", {some} deleted unmet"),
    };
    let title = format!("{key}: {criteria}{deleted}{undone}. Accept all the same because …");
    vec![Effect::open(Prompt::new(
        Purpose::Waiver(story.id),
        title,
        "",
    ))]
}

/// Accepts a story with a note; where not everything is met the note is the waiver's reason.
fn accept_with_note(story: &Story, cx: &Cx) -> Vec<Effect> {
    if cx.backlog.may_accept(story.id).is_err() {
        return accept(story, cx);
    }
    let title = format!("Accept {} with the note …", cx.backlog.key(story));
    let purpose = Purpose::AcceptNote(story.id);
    vec![Effect::open(Prompt::new(purpose, title, ""))]
}

/// Asks why a story is rejected, with the reason that the notes make already.
fn reject(story: &Story, cx: &Cx) -> Vec<Effect> {
    let composed = match cx.backlog.may_reject(story.id) {
        Ok(reason) => reason.to_string(),
        Err(Refusal::NothingToReject(_)) => String::new(),
        Err(refusal) => return vec![Effect::refusal(refusal)],
    };
    let title = format!("Reject {} because …", cx.backlog.key(story));
    let purpose = Purpose::Rejection(story.id);
    vec![Effect::open(Prompt::new(purpose, title, &composed))]
}
