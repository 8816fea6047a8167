//! Between a story and the texts of the form: what the fields show, and the edits that they stand for.

use super::field::{Field, Group};
use crate::model::{
    Backlog, Criterion, Edit, Kind, Line, Points, Prose, Question, Refusal, Story, StoryId, Title,
};

/// One entry of a list: its id, and a text for each of its fields.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Entry {
    pub(super) id: String,
    pub(super) texts: Vec<String>,
}

/// What a single field shows of a story.
pub(super) fn text_of(story: &Story, group: Group, backlog: &Backlog) -> String {
    let joined = |words: Vec<String>| words.join(", ");
    match group {
        Group::Title => story.title.to_string(),
        Group::Persona => story.persona.to_string(),
        Group::Want => story.want.to_string(),
        Group::Benefit => story.benefit.to_string(),
        Group::Notes => story.notes.to_string(),
        Group::Estimate => story
            .estimate
            .map(|points| points.to_string())
            .unwrap_or_default(),
        Group::Kind => story.kind.to_string(),
        Group::Labels => joined(story.labels.iter().map(ToString::to_string).collect()),
        Group::Epic => story.epic.to_string(),
        Group::Blockers => {
            let keys = story.blocked_by.iter().map(|id| backlog.key_or_id(*id));
            joined(keys.collect())
        }
        Group::Criteria | Group::Questions => String::new(),
    }
}

/// The entries of a list of a story.
pub(super) fn entries_of(story: &Story, group: Group) -> Vec<Entry> {
    match group {
        Group::Criteria => story
            .criteria
            .iter()
            .map(|criterion| Entry {
                id: criterion.id.clone(),
                texts: vec![criterion.text.to_string()],
            })
            .collect(),
        Group::Questions => story
            .questions
            .iter()
            .map(|question| Entry {
                id: question.id.clone(),
                texts: vec![question.text.to_string(), question.answer.to_string()],
            })
            .collect(),
        _ => Vec::new(),
    }
}

/// What a story says of a group, as the edit that would make it so.
pub(super) fn edit_of(story: &Story, group: Group) -> Edit {
    match group {
        Group::Title => Edit::Title(story.title.clone()),
        Group::Persona => Edit::Persona(story.persona.clone()),
        Group::Want => Edit::Want(story.want.clone()),
        Group::Benefit => Edit::Benefit(story.benefit.clone()),
        Group::Criteria => Edit::Criteria(story.criteria.clone()),
        Group::Questions => Edit::Questions(story.questions.clone()),
        Group::Notes => Edit::Notes(story.notes.clone()),
        Group::Estimate => Edit::Estimate(story.estimate),
        Group::Kind => Edit::Kind(story.kind),
        Group::Labels => Edit::Labels(story.labels.clone()),
        Group::Epic => Edit::Epic(story.epic.clone()),
        Group::Blockers => Edit::BlockedBy(story.blocked_by.clone()),
    }
}

/// The edit that the fields of a group stand for, or why they cannot be saved.
pub(super) fn edit_from(
    fields: &[Field],
    group: Group,
    story: &Story,
    backlog: &Backlog,
) -> Result<Edit, String> {
    let text = fields.first().map(Field::text).unwrap_or_default();
    let said = |refusal: Refusal| refusal.to_string();
    Ok(match group {
        Group::Title => Edit::Title(Title::parse(text).map_err(said)?),
        Group::Persona => Edit::Persona(Line::parse(text)),
        Group::Want => Edit::Want(Line::parse(text)),
        Group::Benefit => Edit::Benefit(Line::parse(text)),
        Group::Criteria => Edit::Criteria(criteria(fields, story)),
        Group::Questions => Edit::Questions(questions(fields, story)?),
        Group::Notes => Edit::Notes(Prose::parse(text)),
        Group::Estimate if text.trim().is_empty() => Edit::Estimate(None),
        Group::Estimate => {
            let points = text.parse::<Points>().map_err(said)?;
            // What was given before the team gave up estimates may stay.
            if story.estimate != Some(points) {
                backlog.may_estimate().map_err(said)?;
            }
            Edit::Estimate(Some(points))
        }
        Group::Kind => Edit::Kind(text.parse::<Kind>().map_err(said)?),
        Group::Labels => Edit::Labels(labels(text)),
        Group::Epic => Edit::Epic(Line::parse(text)),
        Group::Blockers => Edit::BlockedBy(blockers(text, backlog).map_err(said)?),
    })
}

fn criteria(fields: &[Field], story: &Story) -> Vec<Criterion> {
    let written = fields.iter().filter(|field| !field.is_blank());
    written
        .map(|field| {
            let known = story.criteria.iter().find(|known| known.id == field.id);
            let mut criterion = known.cloned().unwrap_or_default();
            criterion.id.clone_from(&field.id);
            if known.is_none() || field.is_typed_in() {
                criterion.text = Prose::parse(field.text());
            }
            criterion
        })
        .collect()
}

fn questions(fields: &[Field], story: &Story) -> Result<Vec<Question>, String> {
    let mut questions = Vec::new();
    for pair in fields.chunks(2) {
        let [asked, answered] = pair else { continue };
        if asked.is_blank() && answered.is_blank() {
            continue;
        }
        if asked.is_blank() {
            return Err(
                "This answer has no question. Type the question, or empty the answer too."
                    .to_owned(),
            );
        }
        let known = story.questions.iter().find(|known| known.id == asked.id);
        let mut question = known.cloned().unwrap_or_default();
        question.id.clone_from(&asked.id);
        if known.is_none() || asked.is_typed_in() {
            question.text = Prose::parse(asked.text());
        }
        if known.is_none() || answered.is_typed_in() {
            question.answer = Prose::parse(answered.text());
        }
        questions.push(question);
    }
    Ok(questions)
}

/// Labels with commas between them, each once.
fn labels(text: &str) -> Vec<Line> {
    let mut labels = Vec::new();
    for label in text.split([',', ';']).map(Line::parse) {
        if !label.is_empty() && !labels.contains(&label) {
            labels.push(label);
        }
    }
    labels
}

/// Keys with commas between them, each once.
fn blockers(text: &str, backlog: &Backlog) -> Result<Vec<StoryId>, Refusal> {
    let mut blockers = Vec::new();
    let keys = text.split([',', ';']).map(str::trim);
    for key in keys.filter(|key| !key.is_empty()) {
        let id = backlog.find(key)?.id;
        if !blockers.contains(&id) {
            blockers.push(id);
        }
    }
    Ok(blockers)
}

/// Whether what stands in a field says the same as the story, blanks around it aside.
pub(super) fn says(field: &Field, text: &str) -> bool {
    field.text() == text || Prose::parse(field.text()).as_str() == text
}
