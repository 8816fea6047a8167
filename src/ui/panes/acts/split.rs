//! One story into several, and several into one.

use crate::language::split::Way;
use crate::model::{Merge, StoryId};
use crate::ui::effect::Effect;
use crate::ui::overlays::split::ask;
use crate::ui::overlays::{Menu, MenuRow, Prompt, Purpose};
use crate::ui::pane::Cx;
use crate::ui::text;

/// Asks along what the first of the stories is split.
pub(super) fn split(stories: &[StoryId], cx: &Cx) -> Vec<Effect> {
    let &[only] = stories else {
        return vec![Effect::refusal(
            "Stories are split one at a time. Take the marks away with -, then choose one.",
        )];
    };
    if let Err(refusal) = cx.backlog.may_be_divided(only) {
        return vec![Effect::refusal(refusal)];
    }
    let Some(story) = cx.backlog.story(only) else {
        return Vec::new();
    };
    let rows = Way::ALL.into_iter().map(|way| MenuRow {
        letter: way.word().chars().next().unwrap_or('-'),
        label: format!("{:<11}{}", way.word(), way.about()),
        refusal: None,
        effects: vec![Effect::open(ask(
            story,
            way,
            &way.titles(story).join("\n"),
            cx,
        ))],
    });
    let title = format!("Split {} along what?", cx.backlog.key(story));
    vec![Effect::open(Menu::new(title, rows.collect()))]
}

/// Merges marked stories, asking which one stays; for a single one it asks for the other.
pub(super) fn merge(stories: &[StoryId], cx: &Cx) -> Vec<Effect> {
    if let [only] = stories {
        if let Err(refusal) = cx.backlog.may_be_divided(*only) {
            return vec![Effect::refusal(refusal)];
        }
        let key = cx.backlog.key_or_id(*only);
        let prompt = Prompt::new(
            Purpose::MergeInto(*only),
            format!("Merge {key} into which?"),
            "",
        );
        return vec![Effect::open(prompt)];
    }
    if stories.len() > 9 {
        return vec![Effect::refusal(
            "At most 9 stories are merged at once. Mark fewer.",
        )];
    }
    let rows = ('1'..='9').zip(stories).map(|(letter, into)| {
        let merge = Merge {
            into: *into,
            from: stories.iter().copied().filter(|id| id != into).collect(),
        };
        let title = cx.backlog.story(*into).map_or("", |story| &story.title);
        let label = format!("{}  {}", cx.backlog.key_or_id(*into), title);
        MenuRow {
            letter,
            label: text::truncate(&label, 60).into_owned(),
            refusal: merge
                .changes(cx.backlog)
                .err()
                .map(|refusal| refusal.to_string()),
            effects: merged(&merge, cx).unwrap_or_default(),
        }
    });
    let body = "It takes criteria, questions, notes, labels and blockers of the others, which leave the backlog.";
    let menu = Menu::new("Merge: which story stays?", rows.collect());
    vec![Effect::open(menu.with_body(vec![body.to_owned()]))]
}

/// The act that merges stories.
///
/// # Errors
/// A story that cannot be changed or dropped now is refused.
pub(crate) fn merged(merge: &Merge, cx: &Cx) -> Result<Vec<Effect>, String> {
    let changes = merge
        .changes(cx.backlog)
        .map_err(|refusal| refusal.to_string())?;
    let into = cx.backlog.key_or_id(merge.into);
    let keys = merge.from.iter().map(|id| cx.backlog.key_or_id(*id));
    let keys = keys.collect::<Vec<_>>().join(", ");
    Ok(vec![
        Effect::news(format!("{keys} went into {into}; u takes it back.")),
        Effect::act(format!("merge {keys} into {into}"), changes),
        Effect::Select(merge.into),
    ])
}
