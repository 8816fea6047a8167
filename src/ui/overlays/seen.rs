//! What was seen of a criterion: kept with its verdict, or first asked what it says.

use super::{Menu, MenuRow, Prompt, Purpose};
use crate::model::{Change, CriterionId, Prose, Story, StoryId, Verdict};
use crate::ui::effect::Effect;
use crate::ui::pane::Cx;

/// Keeps the evidence; where there is no verdict yet, what was seen is what it is given by, so that is asked.
pub(super) fn seen(
    story: StoryId,
    criterion: &CriterionId,
    evidence: Prose,
    cx: &Cx,
) -> Vec<Effect> {
    let is_empty = evidence.is_empty();
    let keep = Change::NoteVerdict {
        story,
        criterion: criterion.clone(),
        note: None,
        evidence: Some(evidence),
    };
    let Some(known) = cx.backlog.story(story) else {
        return vec![Effect::change(keep)];
    };
    let round = known.open_round();
    if round.is_some_and(|round| round.judgement(criterion).is_some()) {
        return vec![Effect::change(keep)];
    }
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
        effects: given(known, criterion, verdict, &keep, cx),
    });
    let place = known.criteria.iter().position(|c| c.id == *criterion);
    let number = place.map_or(0, |place| place + 1);
    let title = format!("What does it say of criterion {number}?");
    vec![Effect::open(Menu::new(title, rows.to_vec()))]
}

/// Gives the verdict with the evidence as one act; *not met* asks for its note, as ever.
fn given(
    story: &Story,
    criterion: &CriterionId,
    verdict: Verdict,
    keep: &Change,
    cx: &Cx,
) -> Vec<Effect> {
    let judge = Change::Judge {
        story: story.id,
        criterion: criterion.clone(),
        verdict: Some(verdict),
    };
    let label = judge.label(cx.backlog);
    let mut effects = vec![Effect::act(label, vec![judge, keep.clone()])];
    if verdict == Verdict::NotMet {
        let purpose = Purpose::Note(story.id, criterion.clone());
        let title = format!("Note on {}: what is missing?", cx.backlog.key(story));
        effects.push(Effect::open(Prompt::new(purpose, title, "")));
    }
    effects
}
