//! What an answer means: the effects of every prompt.

use std::path::PathBuf;

use super::refined::refined;
use super::thread;
use super::{Part, Prompt, Purpose};
use crate::language::capture;
use crate::model::review::Shown;
use crate::model::{
    Change, CriterionId, Deed, Edit, Grouping, Line, Merge, Place, Product, Prose, Reason, Setting,
    Step, Story, StoryId, View,
};
use crate::ui::effect::{Effect, Request};
use crate::ui::overlays::ShownBox;
use crate::ui::overlays::seen::seen;
use crate::ui::overlays::split::assign;
use crate::ui::pane::Cx;
use crate::ui::panes::acts::{letter, merged};
use crate::ui::panes::backlog::forecast::velocity;
use crate::ui::panes::backlog::views::letters;
use crate::ui::suggest;

/// The effects of an answer, or why it cannot be used.
pub(super) fn answer(purpose: &Purpose, text: &str, cx: &Cx) -> Result<Vec<Effect>, String> {
    match purpose {
        Purpose::Capture(place) => captured(*place, text, cx),
        Purpose::Reason(stories, step) => {
            let reason = reason(text)?;
            let changes = steps(stories, *step, Some(&reason));
            let act = Effect::act(many(*step, stories, cx), changes);
            let news = moved_on(stories, *step, cx).into_iter();
            Ok(news.chain([act]).collect())
        }
        // Without words it is accepted as by a.
        Purpose::AcceptNote(story) => Ok(accepted(*story, Reason::parse(text).ok(), cx)),
        Purpose::Waiver(story) => Ok(accepted(*story, Some(reason(text)?), cx)),
        Purpose::Rejection(story) => {
            let (story, reason) = (*story, Some(reason(text)?));
            let said = "is rejected and goes back to the team. Y copies the letter.";
            Ok(decided(story, said, Change::Reject { story, reason }, cx))
        }
        Purpose::Note(story, criterion) => {
            let note = Some(Prose::parse(text));
            Ok(seen(*story, criterion, note, None, cx))
        }
        Purpose::Evidence(story, criterion) => Ok(evidence(*story, criterion, text, cx)),
        Purpose::LetterFile(story) => letter::to_file(*story, text, cx),
        Purpose::Raised(story) => Ok(raised(*story, text, cx)),
        Purpose::Labels(stories, common) => Ok(labels(stories, common, text, cx)),
        Purpose::Blockers(stories, common) => blockers(stories, common, text, cx),
        Purpose::Velocity => supposed(text, cx),
        Purpose::SplitTitles(story, way) => assign(*story, *way, text, cx),
        Purpose::MergeInto(story) => merge_into(*story, text, cx),
        Purpose::Refined(story, what) => refined(*story, what, text, cx),
        Purpose::Thread(asked) => thread::answer(asked, text, cx),
        Purpose::SaveView(query, group) => saved_view(text, query, *group, cx),
        Purpose::Setting(setting, part) => changed(*setting, part, text, cx),
        Purpose::ProductName => {
            Product::new(text, None).map_err(|refusal| refusal.to_string())?;
            Ok(vec![Effect::Ask(Request::MakeProduct(
                text.trim().to_owned(),
            ))])
        }
        Purpose::ImportFile => import_file(text),
        Purpose::ImportName(file) => {
            Product::new(text, None).map_err(|refusal| refusal.to_string())?;
            Ok(vec![Effect::Ask(Request::ImportProduct {
                file: file.clone(),
                name: text.trim().to_owned(),
            })])
        }
    }
}

fn accepted(story: StoryId, reason: Option<Reason>, cx: &Cx) -> Vec<Effect> {
    decided(story, "is accepted.", Change::Accept { story, reason }, cx)
}

/// Keeps what was seen; of a command, what it shows, once the user has seen that.
fn evidence(story: StoryId, criterion: &CriterionId, text: &str, cx: &Cx) -> Vec<Effect> {
    if let Some(command) = Shown::command_in(text) {
        return vec![
            Effect::open(ShownBox::new(story, criterion.clone(), command)),
            Effect::Ask(Request::RunCommand(command.to_owned())),
        ];
    }
    seen(story, criterion, None, Some(Prose::parse(text)), cx)
}

/// Asks the question that a verdict raised; without words none was.
fn raised(story: StoryId, text: &str, cx: &Cx) -> Vec<Effect> {
    let Some(known) = cx.backlog.story(story).filter(|_| !text.trim().is_empty()) else {
        return Vec::new();
    };
    let edit = Edit::asking(known, [text]);
    let key = cx.backlog.key(known);
    // Before the act, so that a refusal would stand in its place.
    let news = format!("The question is on {key} now. If {key} goes back, the letter asks it too.");
    vec![
        Effect::news(news),
        Effect::change(Change::Edit { story, edit }),
    ]
}

/// Adds a story of one line of text.
fn captured(place: Place, text: &str, cx: &Cx) -> Result<Vec<Effect>, String> {
    let mut draft = capture::draft(text).map_err(|refusal| refusal.to_string())?;
    cx.backlog.product().templates.begin(&mut draft);
    Ok(vec![Effect::Add {
        draft: Box::new(draft),
        place,
    }])
}

/// The changes that take a step with each of some stories.
pub(crate) fn steps(stories: &[StoryId], step: Step, reason: Option<&Reason>) -> Vec<Change> {
    stories
        .iter()
        .map(|&story| Change::Step {
            story,
            step,
            reason: reason.cloned(),
        })
        .collect()
}

/// Says what became of stories that a step may take out of sight; before the act, so that a refusal would stand in its place.
pub(crate) fn moved_on(stories: &[StoryId], step: Step, cx: &Cx) -> Option<Effect> {
    let became = match step {
        Step::Drop => "dropped",
        Step::Restore => "back among the ideas",
        Step::Reopen => "delivered again and waiting for a review",
        _ => return None,
    };
    Some(Effect::news(match stories {
        [only] => format!("{} is {became}.", cx.backlog.key_or_id(*only)),
        many => format!("{} stories are {became}.", many.len()),
    }))
}

/// A label for an act on one or many stories.
pub(crate) fn many(act: impl std::fmt::Display, stories: &[StoryId], cx: &Cx) -> String {
    match stories {
        [only] => format!("{act} {}", cx.backlog.key_or_id(*only)),
        many => format!("{act} {} stories", many.len()),
    }
}

/// Ends a review and says so; the news come first, so that a refusal would stand in their place.
pub(crate) fn decided(story: StoryId, said: &str, change: Change, cx: &Cx) -> Vec<Effect> {
    let news = format!("{} {said}", cx.backlog.key_or_id(story));
    vec![Effect::news(news), Effect::change(change)]
}

fn reason(text: &str) -> Result<Reason, String> {
    Reason::parse(text).map_err(|refusal| refusal.to_string())
}

/// Adds the labels that are new in the answer and takes away those that all stories had and that are gone from it.
fn labels(stories: &[StoryId], common: &[String], text: &str, cx: &Cx) -> Vec<Effect> {
    let wanted: Vec<Line> = text
        .split([',', ';'])
        .map(Line::parse)
        .filter(|label| !label.is_empty())
        .collect();
    let gone =
        |label: &Line| common.iter().any(|old| old == label.as_str()) && !wanted.contains(label);
    let changes = stories
        .iter()
        .filter_map(|id| cx.backlog.story(*id))
        .map(|story| {
            let kept = story.labels.iter().filter(|label| !gone(label)).cloned();
            let mut labels: Vec<Line> = kept.collect();
            labels.extend(
                wanted
                    .iter()
                    .filter(|label| !story.labels.contains(label))
                    .cloned(),
            );
            Change::Edit {
                story: story.id,
                edit: Edit::Labels(labels),
            }
        })
        .collect();
    vec![Effect::act(many("label", stories, cx), changes)]
}

/// Adds the blockers that are new in the answer and takes away those that all stories had and that are gone from it.
fn blockers(
    stories: &[StoryId],
    common: &[StoryId],
    text: &str,
    cx: &Cx,
) -> Result<Vec<Effect>, String> {
    let mut wanted: Vec<StoryId> = Vec::new();
    for word in suggest::listed(text) {
        let story = cx.backlog.find(word).map_err(|_| {
            format!("There is no story `{word}`. Type a key, or words of a title, and choose the story with ↓.")
        })?;
        wanted.push(story.id);
    }
    let mut changes = Vec::new();
    let mut stands_too_high = false;
    for story in stories.iter().filter_map(|id| cx.backlog.story(*id)) {
        let is_kept = |id: &StoryId| wanted.contains(id) || !common.contains(id);
        let mut after = Story::clone(story);
        after.blocked_by.retain(is_kept);
        after.blocked_by.extend(&wanted);
        let edit = Edit::BlockedBy(after.blocked_by.clone());
        let allowed = cx.backlog.may_take(story.id, &edit);
        allowed.map_err(|refusal| refusal.to_string())?;
        stands_too_high |= cx.backlog.is_misplaced(&after);
        changes.push(Change::Edit {
            story: story.id,
            edit,
        });
    }
    let said = match stories {
        [only] => format!(
            "{} stands above what blocks it.",
            cx.backlog.key_or_id(*only)
        ),
        _ => "Some of these stories stand above what blocks them.".to_owned(),
    };
    let news = stands_too_high.then(|| Effect::news(format!("{said} Press L to lift that.")));
    let act = Effect::act(many("change what blocks", stories, cx), changes);
    Ok(news.into_iter().chain([act]).collect())
}

/// Merges a story into another one, which stays.
fn merge_into(story: StoryId, text: &str, cx: &Cx) -> Result<Vec<Effect>, String> {
    let key = text.trim();
    let into = cx.backlog.find(key).map_err(|_| {
        format!("There is no story `{key}`. Type a key, or words of a title, and choose the story with ↓.")
    })?;
    if into.id == story {
        return Err("A story is not merged into itself. Choose another one.".to_owned());
    }
    let merge = Merge {
        into: into.id,
        from: vec![story],
    };
    merged(&merge, cx)
}

/// Forecasts with another velocity; what else is supposed stays so.
fn supposed(text: &str, cx: &Cx) -> Result<Vec<Effect>, String> {
    let mut what_if = cx
        .forecast
        .map(|forecast| forecast.what_if.clone())
        .unwrap_or_default();
    what_if.velocity = Some(velocity(text)?);
    Ok(vec![Effect::Suppose(what_if)])
}

/// Changes a setting; what does not fit is refused while it can still be mended.
fn changed(setting: Setting, part: &Part, text: &str, cx: &Cx) -> Result<Vec<Effect>, String> {
    let text = text.trim().to_owned();
    let deed = match part {
        Part::Whole => Deed::Set(vec![text]),
        Part::New if text.is_empty() => {
            return Err("There is nothing to add yet. Type it, or leave with Esc.".to_owned());
        }
        Part::New => Deed::Add(vec![text]),
        Part::Entry(old) => Deed::Replace {
            old: old.clone(),
            new: text,
        },
    };
    setting
        .after(cx.backlog.product(), &deed, cx.now)
        .map_err(|refusal| refusal.to_string())?;
    Ok(vec![Effect::Change { setting, deed }])
}

/// Saves a view; one of the same name becomes it.
fn saved_view(
    name: &str,
    query: &str,
    group: Option<Grouping>,
    cx: &Cx,
) -> Result<Vec<Effect>, String> {
    let name = Line::parse(name);
    if name.is_empty() {
        return Err("A view needs a name. Type one, or leave with Esc.".to_owned());
    }
    let views = &cx.backlog.product().views;
    let mut view = View {
        name,
        query: Line::parse(query),
        key: None,
        group,
        extra: crate::model::Extra::new(),
    };
    let same = views.iter().position(|old| old.name == view.name);
    let old = same.and_then(|at| views.get(at));
    view.key = old.and_then(|old| old.key);
    let mut after = views.clone();
    match same {
        Some(at) => after.splice(at..=at, [view.clone()]).for_each(drop),
        None => after.push(view.clone()),
    }
    let at = same.unwrap_or(views.len());
    view.key = view.key.or_else(|| letters(&after).get(at).copied());
    let key = view.key.map_or_else(String::new, |key| format!(" {key}"));
    let deed = match old {
        Some(old) => Deed::Replace {
            old: old.to_line(),
            new: view.to_line(),
        },
        None => Deed::Add(vec![view.to_line()]),
    };
    let setting = Setting::Views;
    setting
        .after(cx.backlog.product(), &deed, cx.now)
        .map_err(|refusal| refusal.to_string())?;
    let news = format!("The view is saved. f{key} brings it back.");
    Ok(vec![Effect::news(news), Effect::Change { setting, deed }])
}

fn import_file(text: &str) -> Result<Vec<Effect>, String> {
    // Files dragged into a terminal come with quotes around them.
    let path = text.trim().trim_matches(['"', '\'']);
    if path.is_empty() {
        return Err("An import needs a file. Type its path.".to_owned());
    }
    let file = PathBuf::from(path);
    let name = file
        .file_stem()
        .map(|stem| stem.to_string_lossy().into_owned())
        .unwrap_or_default();
    let purpose = Purpose::ImportName(file);
    let prompt = Prompt::new(purpose, "Name the product", &name);
    // The path waits below in case that it leads nowhere.
    Ok(vec![Effect::OpenAbove(Box::new(prompt.into()))])
}
