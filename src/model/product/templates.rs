//! What new stories of a kind begin with.

use serde::{Deserialize, Serialize};

use crate::model::{Criterion, Draft, Edit, Extra, Kind, Prose, Status, Story};

/// The templates of a product, one a kind.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
#[expect(missing_docs, reason = "the kinds say it")]
pub struct Templates {
    #[serde(skip_serializing_if = "Template::is_empty")]
    pub feature: Template,
    #[serde(skip_serializing_if = "Template::is_empty")]
    pub bug: Template,
    #[serde(skip_serializing_if = "Template::is_empty")]
    pub chore: Template,
    #[serde(skip_serializing_if = "Template::is_empty")]
    pub spike: Template,
    /// Fields this version does not know.
    #[serde(flatten)]
    pub extra: Extra,
}

/// What a new story begins with.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Template {
    /// The criteria.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub criteria: Vec<Prose>,
    /// The notes.
    #[serde(skip_serializing_if = "has_no_words")]
    pub notes: Prose,
    /// Fields this version does not know.
    #[serde(flatten)]
    pub extra: Extra,
}

impl Templates {
    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        *self == Self::default()
    }

    /// The template of a kind.
    pub const fn of(&self, kind: Kind) -> &Template {
        match kind {
            Kind::Feature => &self.feature,
            Kind::Bug => &self.bug,
            Kind::Chore => &self.chore,
            Kind::Spike => &self.spike,
        }
    }

    pub(super) const fn of_mut(&mut self, kind: Kind) -> &mut Template {
        match kind {
            Kind::Feature => &mut self.feature,
            Kind::Bug => &mut self.bug,
            Kind::Chore => &mut self.chore,
            Kind::Spike => &mut self.spike,
        }
    }

    /// Gives a draft what stories of its kind begin with; criteria and notes that it has already come instead.
    pub fn begin(&self, draft: &mut Draft) {
        let template = self.of(draft.kind);
        if draft.criteria.is_empty() {
            draft.criteria.clone_from(&template.criteria);
        }
        if draft.notes.is_empty() {
            draft.notes.clone_from(&template.notes);
        }
    }

    /// What else changes in a story that becomes one of another kind: an idea in which nobody has written criteria or
    /// notes yet gets what the kind begins with.
    pub fn follow(&self, story: &Story, to: Kind) -> Vec<Edit> {
        let (old, new) = (self.of(story.kind), self.of(to));
        let criteria = || story.criteria.iter().map(|criterion| &criterion.text);
        let has_more =
            |criterion: &Criterion| !(criterion.examples.is_empty() && criterion.extra.is_empty());
        let is_untouched = (story.criteria.is_empty() || criteria().eq(&old.criteria))
            && !story.criteria.iter().any(has_more)
            && (story.notes.is_empty() || story.notes == old.notes);
        if story.status != Status::Idea || story.kind == to || !is_untouched {
            return Vec::new();
        }
        let mut edits = Vec::new();
        if !criteria().eq(&new.criteria) {
            let texts = new.criteria.iter();
            let criteria = texts.map(|text| Criterion::new(text)).collect();
            edits.push(Edit::Criteria(criteria));
        }
        if story.notes != new.notes {
            edits.push(Edit::Notes(new.notes.clone()));
        }
        edits
    }
}

impl Template {
    fn is_empty(&self) -> bool {
        *self == Self::default()
    }
}

fn has_no_words(text: &Prose) -> bool {
    text.is_empty()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{Backlog, Change, Line, NewStory, Place, Product, Stamp, StoryId, Title};

    fn templates() -> Templates {
        serde_json::from_str(
            r#"{"bug":{"criteria":["The steps no longer show it","A test holds it"],"notes":"Steps:\nSeen:"},"chore":{"notes":"Why now?"}}"#,
        )
        .unwrap()
    }

    fn draft(kind: Kind) -> Draft {
        let mut draft = Draft::titled(Title::parse("Fix the VAT line").unwrap());
        draft.kind = kind;
        draft
    }

    fn begun(kind: Kind, change: fn(&mut Draft)) -> (usize, String) {
        let mut draft = draft(kind);
        change(&mut draft);
        templates().begin(&mut draft);
        (draft.criteria.len(), draft.notes.to_string())
    }

    #[test]
    fn a_new_story_begins_with_the_template_of_its_kind() {
        assert_eq!(begun(Kind::Bug, |_| ()), (2, "Steps:\nSeen:".to_owned()));
        assert_eq!(begun(Kind::Chore, |_| ()), (0, "Why now?".to_owned()));
        assert_eq!(begun(Kind::Feature, |_| ()), (0, String::new()));
        let own = begun(Kind::Bug, |draft| {
            draft.criteria = vec![Prose::parse("It shows 7 %")];
        });
        assert_eq!(own, (1, "Steps:\nSeen:".to_owned()));
        let own = begun(Kind::Bug, |draft| draft.notes = Prose::parse("Seen today"));
        assert_eq!(own, (2, "Seen today".to_owned()));
    }

    #[test]
    fn an_idea_without_words_of_its_own_follows_its_kind() {
        let id = StoryId::new(uuid::Uuid::from_u128(7 << 76));
        let stamp = Stamp::new("2026-11-23T10:00:00Z".parse().unwrap(), "Ana");
        let story = |kind: Kind, change: fn(&mut Draft)| {
            let mut draft = draft(kind);
            templates().begin(&mut draft);
            change(&mut draft);
            let mut backlog = Backlog::new(Product::new("Shop", None).unwrap());
            let place = Place::Bottom;
            let new = NewStory { id, draft, place };
            backlog.apply(&Change::Add(Box::new(new)), &stamp).unwrap();
            Story::clone(backlog.story(id).unwrap())
        };
        let edits = |story: &Story, to| templates().follow(story, to).len();
        let feature = story(Kind::Feature, |_| ());
        assert_eq!(edits(&feature, Kind::Bug), 2);
        assert_eq!(edits(&feature, Kind::Spike), 0);
        let bug = story(Kind::Bug, |_| ());
        assert_eq!(edits(&bug, Kind::Bug), 0);
        assert_eq!(
            templates().follow(&bug, Kind::Chore),
            [
                Edit::Criteria(Vec::new()),
                Edit::Notes(Prose::parse("Why now?"))
            ]
        );
        let written = story(Kind::Bug, |draft| draft.notes = Prose::parse("Seen today"));
        assert_eq!(edits(&written, Kind::Chore), 0);
        let written = story(Kind::Bug, |draft| {
            draft.criteria.pop();
        });
        assert_eq!(edits(&written, Kind::Chore), 0);
        let mut refined = story(Kind::Bug, |_| ());
        refined.criteria[0].examples = vec![Line::parse("7 % instead of 19 %")];
        assert_eq!(edits(&refined, Kind::Chore), 0);
        let agreed = story(Kind::Bug, |draft| draft.status = Status::Ready);
        assert_eq!(edits(&agreed, Kind::Chore), 0);
    }

    #[test]
    fn templates_come_back_as_they_were_written() {
        let text = r#"{"bug":{"criteria":["It is gone"],"notes":"Steps:","colour":"red"},"epic":{"notes":"x"}}"#;
        let templates: Templates = serde_json::from_str(text).unwrap();
        assert_eq!(serde_json::to_string(&templates).unwrap(), text);
        assert!(!templates.is_empty() && Templates::default().is_empty());
    }
}
