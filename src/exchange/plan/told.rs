//! Stories as other programs tell them: added once, then updated field by field where the file changed.
//!
//! Beside a story's source stands a fingerprint of each field as the file said it. A field whose fingerprint is the same the
//! next time is left alone, whatever became of it here.

use serde_json::{Map, Value};

use super::Planner;
use crate::exchange::record::{Fields, Identity, Remark, Told, fingerprint};
use crate::exchange::report::lose;
use crate::model::{
    Change, Comment, Criterion, Draft, Edit, Extra, Grade, Line, NewStory, Place, Prose, Question,
    Source, Status, Story, StoryId,
};

/// Where the fingerprints stand in a story's source.
const SAID: &str = "said";

/// One field that the file carries.
struct Carried {
    name: &'static str,
    print: String,
    is_empty: bool,
    is_same: bool,
    edit: Edit,
}

impl Planner<'_> {
    pub(super) fn told(&mut self, told: &Told, new_id: &mut dyn FnMut() -> StoryId) {
        match self.find(&told.identity) {
            Some(story) => self.update(story, told),
            None => self.add(told, new_id),
        }
    }

    fn add(&mut self, told: &Told, new_id: &mut dyn FnMut() -> StoryId) {
        let (id, source) = match &told.identity {
            Identity::Story(id) => (*id, None),
            Identity::Source(source) => {
                let prints = carried(told, None)
                    .into_iter()
                    .map(|field| (field.name, field.print));
                (new_id(), Some(with_prints(source, &Extra::new(), prints)))
            }
        };
        let draft = self.draft(told, source);
        self.blockers.name(id, &told.names);
        if told.status == Some(Status::Accepted) {
            // An accepted story is read-only from its first moment, and waits for nothing any more.
            if told
                .waits_for
                .as_ref()
                .is_some_and(|names| !names.is_empty())
            {
                lose(
                    &mut self.plan.lossy,
                    "Blocked by",
                    "An accepted story waits for nothing.",
                );
            }
        } else {
            self.blockers.want(id, told.waits_for.as_deref());
        }
        self.plan.imported += 1;
        self.plan.changes.push(Change::Add(Box::new(NewStory {
            id,
            draft,
            place: Place::Bottom,
        })));
    }

    fn draft(&self, told: &Told, source: Option<Source>) -> Draft {
        let fields = told.fields.clone();
        Draft {
            kind: fields.kind.unwrap_or_default(),
            persona: fields.persona.unwrap_or_default(),
            want: fields.want.unwrap_or_default(),
            benefit: fields.benefit.unwrap_or_default(),
            notes: fields.notes.unwrap_or_default(),
            criteria: fields.criteria.unwrap_or_default(),
            questions: fields.questions.unwrap_or_default(),
            estimate: fields.estimate.unwrap_or_default(),
            labels: fields.labels.unwrap_or_default(),
            epic: fields.epic.unwrap_or_default(),
            scores: fields
                .scores
                .iter()
                .filter_map(|(_, grade)| *grade)
                .collect(),
            comments: told
                .remarks
                .iter()
                .map(|remark| self.comment(told, remark))
                .collect(),
            source,
            status: told.status.unwrap_or_default(),
            status_at: told.status_at,
            created: told.created,
            ..Draft::titled(told.title.clone())
        }
    }

    fn comment(&self, told: &Told, remark: &Remark) -> Comment {
        Comment {
            at: remark.at.or(told.created).unwrap_or(self.now),
            by: remark.by.clone(),
            text: remark.text.clone(),
            extra: Extra::new(),
        }
    }

    fn update(&mut self, story: &Story, told: &Told) {
        let said = story
            .source
            .as_ref()
            .and_then(|source| source.extra.get(SAID))
            .and_then(Value::as_object);
        let fields = carried(told, Some(story));
        let mut edits: Vec<Edit> = Vec::new();
        let mut prints: Vec<(&str, String)> = Vec::new();
        for field in fields {
            let known = said
                .and_then(|said| said.get(field.name))
                .and_then(Value::as_str);
            let is_news = known != Some(field.print.as_str());
            // A column that is new and empty does not empty what was written here.
            let is_silent =
                field.is_empty && known.is_none() && matches!(told.identity, Identity::Source(_));
            if is_news && !field.is_same && !is_silent {
                edits.push(field.edit);
            }
            prints.push((field.name, field.print));
        }
        if let (Identity::Source(source), Some(own)) = (&told.identity, &story.source) {
            let renewed = with_prints(source, &own.extra, prints.into_iter());
            if renewed != *own {
                edits.push(Edit::Source(Some(renewed)));
            }
        }
        self.note_status(story, told);
        self.edit(story, edits);
        self.new_remarks(story, told);
        self.blockers.name(story.id, &told.names);
        if self.backlog.may_edit(story.id).is_ok() {
            self.blockers.want(story.id, told.waits_for.as_deref());
        }
    }

    fn note_status(&mut self, story: &Story, told: &Told) {
        if let Some(status) = told.status.filter(|status| *status != story.status) {
            let key = self.backlog.key(story);
            self.plan.notes.push(format!(
                "{key} stays {}; the file says {status}.",
                story.status
            ));
        }
    }

    /// Adds remarks that are not there yet.
    fn new_remarks(&mut self, story: &Story, told: &Told) {
        for remark in &told.remarks {
            let signed = signed(remark);
            let is_known = story
                .comments
                .iter()
                .any(|comment| comment.text == remark.text || comment.text == signed);
            if !is_known && !remark.text.is_empty() {
                self.plan.changes.push(Change::Comment {
                    story: story.id,
                    text: signed,
                });
                self.has_changed(story.id);
            }
        }
    }
}

/// A remark with who said it in its words, because a comment that is added carries the name of who adds it.
fn signed(remark: &Remark) -> Prose {
    let day = remark.at.map(|at| at.strftime("%Y-%m-%d").to_string());
    let signature: Vec<&str> = [remark.by.as_str(), day.as_deref().unwrap_or_default()]
        .into_iter()
        .filter(|word| !word.is_empty())
        .collect();
    if signature.is_empty() {
        return remark.text.clone();
    }
    Prose::parse(&format!("{}: {}", signature.join(", "), remark.text))
}

/// The source with fingerprints; what else stands beside the source is kept.
fn with_prints<'p>(
    source: &Source,
    extra: &Extra,
    prints: impl Iterator<Item = (&'p str, String)>,
) -> Source {
    let mut extra = extra.clone();
    let mut said = match extra.get(SAID) {
        Some(Value::Object(said)) => said.clone(),
        _ => Map::new(),
    };
    for (name, print) in prints {
        said.insert(name.to_owned(), Value::from(print));
    }
    extra.insert(SAID.to_owned(), Value::Object(said));
    Source {
        extra,
        ..source.clone()
    }
}

/// The fields that the file carries, compared with the story where there is one.
fn carried(told: &Told, story: Option<&Story>) -> Vec<Carried> {
    let fields = &told.fields;
    let mut carried = vec![field(
        "title",
        &told.title,
        story.is_some_and(|story| story.title == told.title),
        Edit::Title(told.title.clone()),
    )];
    if let Some(kind) = fields.kind {
        let is_same = story.is_some_and(|story| story.kind == kind);
        carried.push(field("kind", kind.word(), is_same, Edit::Kind(kind)));
    }
    let line = |name, value: &Option<Line>, own: Option<&Line>, edit: fn(Line) -> Edit| {
        let value = value.as_ref()?;
        Some(field(name, value, own == Some(value), edit(value.clone())))
    };
    carried.extend(line(
        "persona",
        &fields.persona,
        story.map(|story| &story.persona),
        Edit::Persona,
    ));
    carried.extend(line(
        "want",
        &fields.want,
        story.map(|story| &story.want),
        Edit::Want,
    ));
    carried.extend(line(
        "benefit",
        &fields.benefit,
        story.map(|story| &story.benefit),
        Edit::Benefit,
    ));
    carried.extend(line(
        "epic",
        &fields.epic,
        story.map(|story| &story.epic),
        Edit::Epic,
    ));
    carried.extend(texts(fields, story));
    carried.extend(size_and_labels(fields, story));
    carried.extend(scores(fields, story));
    carried
}

/// The parts of scores.
fn scores(fields: &Fields, story: Option<&Story>) -> impl Iterator<Item = Carried> {
    fields.scores.iter().map(move |&(part, grade)| {
        let print = grade.map_or_else(String::new, Grade::text);
        let is_same = story.is_some_and(|story| part.read(&story.scores) == grade);
        let edit = grade.map_or(Edit::ClearPart(part), Edit::Score);
        field(part.path(), &print, is_same, edit)
    })
}

/// Notes, criteria and questions.
fn texts(fields: &Fields, story: Option<&Story>) -> Vec<Carried> {
    let notes = fields.notes.as_ref().map(|notes| {
        let is_same = story.is_some_and(|story| story.notes == *notes);
        field("notes", notes, is_same, Edit::Notes(notes.clone()))
    });
    let criteria = fields
        .criteria
        .as_deref()
        .map(|texts| criteria(texts, story));
    let questions = fields
        .questions
        .as_deref()
        .map(|asked| questions(asked, story));
    [notes, criteria, questions].into_iter().flatten().collect()
}

/// Estimate and labels.
fn size_and_labels(fields: &Fields, story: Option<&Story>) -> Vec<Carried> {
    let estimate = fields.estimate.map(|estimate| {
        let print = estimate.map_or_else(String::new, |points| points.to_string());
        let is_same = story.is_some_and(|story| story.estimate == estimate);
        field("estimate", &print, is_same, Edit::Estimate(estimate))
    });
    let labels = fields.labels.as_ref().map(|labels| {
        let mut distinct: Vec<Line> = Vec::new();
        for label in labels {
            if !distinct.contains(label) {
                distinct.push(label.clone());
            }
        }
        let print: Vec<&str> = distinct.iter().map(Line::as_str).collect();
        let is_same = story.is_some_and(|story| story.labels == distinct);
        field("labels", &print.join("\n"), is_same, Edit::Labels(distinct))
    });
    [estimate, labels].into_iter().flatten().collect()
}

fn field(name: &'static str, text: &str, is_same: bool, edit: Edit) -> Carried {
    Carried {
        name,
        // Half a fingerprint: enough to see a change, and the story's file stays short.
        print: fingerprint(text).chars().take(8).collect(),
        is_empty: text.is_empty(),
        is_same,
        edit,
    }
}

/// Criteria keep their ids by their words, and else by their place, so that verdicts keep pointing to them.
fn criteria(texts: &[Prose], story: Option<&Story>) -> Carried {
    let own: &[Criterion] = story.map_or(&[], |story| &story.criteria);
    let texts: Vec<&Prose> = texts
        .iter()
        .filter(|text| !text.trim().is_empty())
        .collect();
    let is_same =
        own.len() == texts.len() && own.iter().zip(&texts).all(|(own, text)| own.text == **text);
    let mut free: Vec<Option<&Criterion>> = own.iter().map(Some).collect();
    let mut kept: Vec<Option<Criterion>> = texts
        .iter()
        .map(|text| {
            free.iter_mut()
                .find(|own| own.is_some_and(|own| own.text == **text))?
                .take()
                .cloned()
        })
        .collect();
    for (place, (kept, text)) in kept.iter_mut().zip(&texts).enumerate() {
        if kept.is_none() {
            let reused = free
                .get_mut(place)
                .and_then(Option::take)
                .cloned()
                .unwrap_or_default();
            *kept = Some(Criterion {
                text: (*text).clone(),
                ..reused
            });
        }
    }
    let print: Vec<&str> = texts.iter().map(|text| text.as_str()).collect();
    let criteria = kept.into_iter().flatten().collect();
    field(
        "criteria",
        &print.join("\n\n"),
        is_same,
        Edit::Criteria(criteria),
    )
}

/// Questions keep their ids by their words.
fn questions(asked: &[Question], story: Option<&Story>) -> Carried {
    let own: &[Question] = story.map_or(&[], |story| &story.questions);
    let said = |question: &Question| (question.text.clone(), question.answer.clone());
    let is_same = own.iter().map(said).eq(asked.iter().map(said));
    let print: Vec<String> = asked
        .iter()
        .map(|question| format!("{}\n{}", question.text, question.answer))
        .collect();
    let questions = asked.iter().map(|question| {
        let known = own.iter().find(|own| own.text == question.text).cloned();
        Question {
            answer: question.answer.clone(),
            text: question.text.clone(),
            ..known.unwrap_or_default()
        }
    });
    field(
        "questions",
        &print.join("\n\n"),
        is_same,
        Edit::Questions(questions.collect()),
    )
}
