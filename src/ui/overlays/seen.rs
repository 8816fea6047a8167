//! A note or what was seen of a criterion: kept with its verdict, or the verdict is asked for first.

use super::{Menu, MenuRow, Prompt, Purpose};
use crate::model::{Change, CriterionId, Prose, Status, Story, StoryId, Verdict};
use crate::ui::effect::Effect;
use crate::ui::pane::Cx;

/// Keeps a note or evidence; where there is no verdict yet, that is asked, and both are one act.
pub(super) fn seen(
    story: StoryId,
    criterion: &CriterionId,
    note: Option<Prose>,
    evidence: Option<Prose>,
    cx: &Cx,
) -> Vec<Effect> {
    let is_empty = [&note, &evidence]
        .into_iter()
        .flatten()
        .all(|words| words.is_empty());
    let has_note = note.is_some();
    let keep = Change::NoteVerdict {
        story,
        criterion: criterion.clone(),
        note,
        evidence,
    };
    let Some(known) = cx.backlog.story(story) else {
        return vec![Effect::change(keep)];
    };
    let round = known.open_round();
    let is_judged = round.is_some_and(|round| round.judgement(criterion).is_some());
    let place = known.criteria.iter().position(|c| c.id == *criterion);
    let number = match place {
        Some(place) if known.status == Status::Delivered && !is_judged => place + 1,
        // What was decided elsewhere meanwhile is refused, and the words stay in their box.
        _ => return vec![Effect::change(keep)],
    };
    if is_empty {
        return Vec::new();
    }
    let rows = [
        ('y', Verdict::Met),
        ('n', Verdict::NotMet),
        ('c', Verdict::CannotTell),
    ];
    let rows = rows.map(|(letter, verdict)| MenuRow {
        letter,
        label: verdict.words().to_owned(),
        refusal: None,
        effects: given(known, criterion, verdict, (&keep, has_note), cx),
    });
    let title = format!("What is the verdict on criterion {number}?");
    let menu = Menu::new(title, rows.to_vec());
    vec![Effect::OpenAbove(Box::new(menu.into()))]
}

/// Gives the verdict with the words as one act; *not met* asks for its note, as ever, where there is none.
fn given(
    story: &Story,
    criterion: &CriterionId,
    verdict: Verdict,
    (keep, has_note): (&Change, bool),
    cx: &Cx,
) -> Vec<Effect> {
    let judge = Change::Judge {
        story: story.id,
        criterion: criterion.clone(),
        verdict: Some(verdict),
    };
    let label = judge.label(cx.backlog);
    // The box with the words is closed by it.
    let mut effects = vec![Effect::Close, Effect::act(label, vec![judge, keep.clone()])];
    if verdict == Verdict::NotMet && !has_note {
        let purpose = Purpose::Note(story.id, criterion.clone());
        let title = format!("Note on {}: what is missing?", cx.backlog.key(story));
        effects.push(Effect::open(Prompt::new(purpose, title, "")));
    }
    effects
}
