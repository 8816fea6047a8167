//! Splitting a story into several, and merging several into one: which changes make it, as one act.
//!
//! A story's parts go to one child each, or stay behind with the parent. What the parent is linked to its children
//! inherit: persona, epic, labels, problem, blockers and place; what waited for the parent waits for all of them.

use super::criteria::{Criterion, Question};
use super::refusal::Refusal;
use super::story::Story;
use super::text::{Line, Prose, Reason, Title};
use super::workflow::{Status, Step};
use super::{
    Backlog, Change, CriterionId, Draft, Edit, Kind, NewStory, Place, QuestionId, StoryId,
};

/// A story to be split.
#[derive(Clone, Debug)]
pub struct Split {
    /// Which one.
    pub story: StoryId,
    /// What becomes of it, in the order they are to stand in.
    pub children: Vec<Child>,
    /// What becomes of the story itself.
    pub parent: Parent,
}

/// One of the stories a story is split into.
#[derive(Clone, Debug)]
pub struct Child {
    /// The id it gets.
    pub id: StoryId,
    /// Its title.
    pub title: Title,
    /// What sort of work it is; the parent's where nothing is said.
    pub kind: Option<Kind>,
    /// What is wanted in it; empty where the title says it.
    pub want: Line,
    /// What it takes of the parent.
    pub parts: Vec<SplitPart>,
}

/// A part of a story that can go to one of its children.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum SplitPart {
    /// A criterion, without its examples.
    Criterion(CriterionId),
    /// An example of a criterion, by its place; the criterion comes with it.
    Example(CriterionId, usize),
    /// A question with its answer.
    Question(QuestionId),
}

impl SplitPart {
    /// Every part of a story, in the order of the page: each criterion before its examples, then the questions.
    pub fn all(story: &Story) -> Vec<Self> {
        let mut parts = Vec::new();
        for criterion in &story.criteria {
            parts.push(Self::Criterion(criterion.id.clone()));
            let places = 0..criterion.examples.len();
            parts.extend(places.map(|place| Self::Example(criterion.id.clone(), place)));
        }
        let questions = story.questions.iter();
        parts.extend(questions.map(|question| Self::Question(question.id.clone())));
        parts
    }
}

/// What becomes of a story that was split.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Parent {
    /// Its title is the epic of its children, and it leaves the backlog.
    Epic,
    /// It leaves the backlog.
    Dropped,
}

impl Parent {
    /// What becomes of a story unless something else is chosen: one that has an epic leaves it to its children.
    pub fn usual(story: &Story) -> Self {
        if story.epic.is_empty() {
            Self::Epic
        } else {
            Self::Dropped
        }
    }
}

impl Backlog {
    /// Whether a story may be split, or merged into another: then it leaves the backlog.
    ///
    /// # Errors
    /// A story that is delivered or closed stays.
    pub fn may_be_divided(&self, id: StoryId) -> Result<(), Refusal> {
        match self.may(id, Step::Drop) {
            Ok(_) => Ok(()),
            Err(Refusal::NoSuchStep { key, status, .. }) => {
                Err(Refusal::NotDivided { key, status })
            }
            Err(refusal) => Err(refusal),
        }
    }
}

impl Split {
    /// The changes that split the story.
    ///
    /// # Errors
    /// A story that is gone, closed or delivered is refused, and so is a split into fewer than two.
    pub fn changes(&self, backlog: &Backlog) -> Result<Vec<Change>, Refusal> {
        let story = backlog
            .story(self.story)
            .ok_or_else(|| Refusal::NoSuchStory(self.story.to_string()))?;
        backlog.may_be_divided(story.id)?;
        if self.children.len() < 2 {
            return Err(Refusal::SplitIntoOne(backlog.key(story)));
        }
        let mut changes: Vec<Change> = Vec::new();
        let mut above = story.id;
        for child in &self.children {
            changes.push(Change::Add(Box::new(NewStory {
                id: child.id,
                draft: self.draft(story, child),
                place: Place::Below(above),
            })));
            changes.push(Change::Edit {
                story: child.id,
                edit: Edit::Criteria(child.criteria(story)),
            });
            if !story.blocked_by.is_empty() {
                changes.push(Change::Edit {
                    story: child.id,
                    edit: Edit::BlockedBy(story.blocked_by.clone()),
                });
            }
            above = child.id;
        }
        let ids: Vec<StoryId> = self.children.iter().map(|child| child.id).collect();
        changes.extend(waiting_for(backlog, &[story.id], &ids));
        changes.push(Change::Step {
            story: story.id,
            step: Step::Drop,
            reason: Some(self.reason()?),
        });
        Ok(changes)
    }

    fn draft(&self, story: &Story, child: &Child) -> Draft {
        let mut draft = Draft::titled(child.title.clone());
        draft.kind = child.kind.unwrap_or(story.kind);
        draft.persona = story.persona.clone();
        draft.want = child.want.clone();
        draft.benefit = story.benefit.clone();
        draft.labels.clone_from(&story.labels);
        draft.problem = story.problem;
        draft.epic = match self.parent {
            Parent::Epic => Line::parse(&story.title),
            Parent::Dropped => story.epic.clone(),
        };
        let takes = |question: &&Question| {
            let part = SplitPart::Question(question.id.clone());
            child.parts.contains(&part)
        };
        let questions = story.questions.iter().filter(takes);
        draft.questions = questions.cloned().map(anew).collect();
        draft
    }

    fn reason(&self) -> Result<Reason, Refusal> {
        let titles: Vec<&str> = self
            .children
            .iter()
            .map(|child| child.title.as_str())
            .collect();
        Reason::parse(&format!("Split into: {}.", titles.join("; ")))
    }
}

impl Child {
    /// The criteria that it takes of its parent, each with the examples that it takes.
    fn criteria(&self, parent: &Story) -> Vec<Criterion> {
        let mut criteria = Vec::new();
        for criterion in &parent.criteria {
            let id = &criterion.id;
            let takes = |place: usize| {
                let part = SplitPart::Example(id.clone(), place);
                self.parts.contains(&part)
            };
            let examples = criterion.examples.iter().enumerate();
            let examples: Vec<Line> = examples
                .filter(|(place, _)| takes(*place))
                .map(|(_, example)| example.clone())
                .collect();
            if !examples.is_empty() || self.parts.contains(&SplitPart::Criterion(id.clone())) {
                criteria.push(Criterion {
                    examples,
                    ..Criterion::new(&criterion.text)
                });
            }
        }
        criteria
    }
}

/// Several stories to become one.
#[derive(Clone, Debug)]
pub struct Merge {
    /// The story that stays.
    pub into: StoryId,
    /// The stories whose parts it takes; they leave the backlog.
    pub from: Vec<StoryId>,
}

impl Merge {
    /// The changes that merge the stories: criteria, questions, notes, labels and blockers join those of the story
    /// that stays; the same text twice is kept once.
    ///
    /// # Errors
    /// A story that is gone, closed or delivered is refused.
    pub fn changes(&self, backlog: &Backlog) -> Result<Vec<Change>, Refusal> {
        let find = |id: StoryId| {
            backlog
                .story(id)
                .ok_or_else(|| Refusal::NoSuchStory(id.to_string()))
        };
        let into = find(self.into)?;
        backlog.may_edit(into.id)?;
        let mut merged = Story::clone(into);
        let mut from: Vec<StoryId> = self.from.clone();
        from.retain(|id| *id != into.id);
        for id in &from {
            backlog.may_be_divided(*id)?;
            take_over(&mut merged, find(*id)?);
        }
        merged
            .blocked_by
            .retain(|id| *id != into.id && !from.contains(id));
        let merged_open = merged.open_questions().count();
        let edit = |edit: Edit| Change::Edit {
            story: into.id,
            edit,
        };
        let mut changes = vec![
            edit(Edit::Criteria(merged.criteria)),
            edit(Edit::Questions(merged.questions)),
            edit(Edit::Notes(merged.notes)),
            edit(Edit::Labels(merged.labels)),
            edit(Edit::Problem(merged.problem)),
            edit(Edit::BlockedBy(merged.blocked_by)),
        ];
        // A question that comes along is one that nobody has answered when the story was agreed.
        let is_asked = backlog.product().ready.answers && merged_open > 0;
        if into.status == Status::Ready && is_asked {
            changes.push(Change::Step {
                story: into.id,
                step: Step::Unready,
                reason: None,
            });
        }
        changes.extend(waiting_for(backlog, &from, &[into.id]));
        let reason = Reason::parse(&format!("Merged into {}.", backlog.key(into)))?;
        changes.extend(from.into_iter().map(|story| Change::Step {
            story,
            step: Step::Drop,
            reason: Some(reason.clone()),
        }));
        Ok(changes)
    }
}

/// Adds to a story what another one says.
fn take_over(into: &mut Story, from: &Story) {
    for criterion in &from.criteria {
        let mut known = into.criteria.iter_mut();
        match known.find(|known| known.text == criterion.text) {
            Some(known) => known.examples.extend(criterion.examples.iter().cloned()),
            None => into.criteria.push(Criterion {
                examples: criterion.examples.clone(),
                ..Criterion::new(&criterion.text)
            }),
        }
    }
    for question in &from.questions {
        if !into
            .questions
            .iter()
            .any(|known| known.text == question.text)
        {
            into.questions.push(anew(question.clone()));
        }
    }
    if !from.notes.is_empty() && from.notes != into.notes {
        let notes = format!("{}\n\n{}", into.notes, from.notes);
        into.notes = Prose::parse(notes.trim());
    }
    into.labels.extend(from.labels.iter().cloned());
    into.blocked_by.extend(&from.blocked_by);
    into.problem = into.problem.or(from.problem);
}

/// A question of another story: it gets an id of its own there.
fn anew(question: Question) -> Question {
    Question {
        id: QuestionId::default(),
        ..question
    }
}

/// Lets what waited for some stories wait for others instead.
fn waiting_for(backlog: &Backlog, gone: &[StoryId], instead: &[StoryId]) -> Vec<Change> {
    let mut waiting: Vec<StoryId> = gone
        .iter()
        .flat_map(|id| backlog.waiting_for(*id))
        .filter(|id| !gone.contains(id) && !instead.contains(id))
        .collect();
    waiting.sort_unstable();
    waiting.dedup();
    waiting
        .into_iter()
        .filter_map(|id| {
            let mut blockers = backlog.story(id)?.blocked_by.clone();
            blockers.retain(|id| !gone.contains(id) && !instead.contains(id));
            blockers.extend(instead);
            Some(Change::Edit {
                story: id,
                edit: Edit::BlockedBy(blockers),
            })
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use uuid::Uuid;

    use super::*;
    use crate::model::{Product, Stamp};

    fn stamp() -> Stamp {
        Stamp::new("2026-11-23T10:00:00Z".parse().unwrap(), "Ana")
    }

    fn id(number: u128) -> StoryId {
        StoryId::new(Uuid::from_u128((7 << 76) | number))
    }

    /// Three stories; the second waits for the first, the third for the second.
    fn backlog() -> Backlog {
        let mut backlog = Backlog::new(Product::new("Webshop", None).unwrap());
        for (number, title) in [(1, "Sign in"), (2, "Pay"), (3, "Get a bill")] {
            let mut draft = Draft::titled(Title::parse(title).unwrap());
            draft.persona = Line::parse("customer");
            draft.labels = vec![Line::parse(&format!("l{number}")), Line::parse("all")];
            draft.questions = vec![Question::new(&format!("Which {title}?"))];
            let place = Place::Bottom;
            let new = NewStory {
                id: id(number),
                draft,
                place,
            };
            backlog
                .apply(&Change::Add(Box::new(new)), &stamp())
                .unwrap();
            let criterion = |text: &str, examples: &[&str]| Criterion {
                examples: examples.iter().map(|words| Line::parse(words)).collect(),
                ..Criterion::new(text)
            };
            let edit = Edit::Criteria(vec![
                criterion("One", &["a", title]),
                criterion(&format!("Two of {title}"), &[]),
            ]);
            let story = id(number);
            backlog
                .apply(&Change::Edit { story, edit }, &stamp())
                .unwrap();
        }
        for (waiting, blocker) in [(2, 1), (3, 2)] {
            let edit = Edit::BlockedBy(vec![id(blocker)]);
            let change = Change::Edit {
                story: id(waiting),
                edit,
            };
            backlog.apply(&change, &stamp()).unwrap();
        }
        backlog
    }

    fn words(lines: &[Line]) -> String {
        let lines: Vec<&str> = lines.iter().map(Line::as_str).collect();
        lines.join(", ")
    }

    fn order(backlog: &Backlog) -> Vec<&str> {
        backlog
            .open()
            .map(|id| backlog.story(id).unwrap().title.as_str())
            .collect()
    }

    fn split(backlog: &Backlog, parent: Parent) -> Split {
        let story = backlog.story(id(2)).unwrap();
        let child = |number, title: &str, criterion: usize| Child {
            id: id(number),
            title: Title::parse(title).unwrap(),
            kind: None,
            want: Line::default(),
            parts: {
                let mut parts = vec![SplitPart::Criterion(story.criteria[criterion].id.clone())];
                if criterion == 0 {
                    parts.push(SplitPart::Example(story.criteria[0].id.clone(), 0));
                    parts.push(SplitPart::Question(story.questions[0].id.clone()));
                }
                parts
            },
        };
        Split {
            story: id(2),
            children: vec![child(10, "Pay by card", 0), child(11, "Pay by bill", 1)],
            parent,
        }
    }

    #[test]
    fn children_stand_where_the_parent_stood_and_inherit_what_it_had() {
        let mut backlog = backlog();
        let changes = split(&backlog, Parent::Epic).changes(&backlog).unwrap();
        backlog.apply_all(&changes, &stamp()).unwrap();
        assert_eq!(
            order(&backlog),
            ["Sign in", "Pay by card", "Pay by bill", "Get a bill"]
        );
        let (card, bill) = (
            backlog.story(id(10)).unwrap(),
            backlog.story(id(11)).unwrap(),
        );
        assert_eq!(
            (card.persona.as_str(), card.epic.as_str()),
            ("customer", "Pay")
        );
        assert_eq!(
            (&card.labels, &card.blocked_by),
            (&bill.labels, &vec![id(1)])
        );
        assert_eq!(
            (card.criteria[0].text.as_str(), card.criteria.len()),
            ("One", 1)
        );
        assert_eq!(
            (bill.criteria[0].text.as_str(), bill.criteria.len()),
            ("Two of Pay", 1)
        );
        assert_eq!((card.questions.len(), bill.questions.len()), (1, 0));
        assert_eq!(backlog.story(id(3)).unwrap().blocked_by, [id(10), id(11)]);
        let parent = backlog.story(id(2)).unwrap();
        assert_eq!(parent.status, Status::Dropped);
        let reason = parent.log.last().unwrap().reason.as_ref().unwrap();
        assert_eq!(reason.as_str(), "Split into: Pay by card; Pay by bill.");
    }

    #[test]
    fn an_example_brings_its_criterion_along() {
        let mut backlog = backlog();
        let mut split = split(&backlog, Parent::Epic);
        let first = backlog.story(id(2)).unwrap().criteria[0].id.clone();
        split.children[1].parts.push(SplitPart::Example(first, 1));
        let changes = split.changes(&backlog).unwrap();
        backlog.apply_all(&changes, &stamp()).unwrap();
        let told = |number| -> Vec<String> {
            let criteria = backlog.story(id(number)).unwrap().criteria.iter();
            criteria
                .map(|criterion| format!("{}: {}", criterion.text, words(&criterion.examples)))
                .collect()
        };
        assert_eq!(told(10), ["One: a"]);
        assert_eq!(told(11), ["One: Pay", "Two of Pay: "]);
        let parts = SplitPart::all(backlog.story(id(2)).unwrap());
        assert_eq!(parts.len(), 5);
    }

    #[test]
    fn a_parent_that_is_only_dropped_leaves_its_epic_to_the_children() {
        let mut backlog = backlog();
        let edit = Edit::Epic(Line::parse("Checkout"));
        backlog
            .apply(&Change::Edit { story: id(2), edit }, &stamp())
            .unwrap();
        let changes = split(&backlog, Parent::Dropped).changes(&backlog).unwrap();
        backlog.apply_all(&changes, &stamp()).unwrap();
        assert_eq!(backlog.story(id(10)).unwrap().epic.as_str(), "Checkout");
    }

    #[test]
    fn a_split_into_one_is_refused() {
        let backlog = backlog();
        let mut split = split(&backlog, Parent::Epic);
        split.children.truncate(1);
        let refusal = split.changes(&backlog).unwrap_err();
        assert_eq!(refusal, Refusal::SplitIntoOne("WEB-2".to_owned()));
    }

    #[test]
    fn a_ready_story_that_takes_over_a_question_is_an_idea_again() {
        let mut backlog = backlog();
        let edit = Edit::Questions(Vec::new());
        let change = Change::Edit { story: id(1), edit };
        backlog.apply(&change, &stamp()).unwrap();
        let change = Change::Step {
            story: id(1),
            step: Step::Agree,
            reason: None,
        };
        backlog.apply(&change, &stamp()).unwrap();
        let merge = Merge {
            into: id(1),
            from: vec![id(2)],
        };
        let changes = merge.changes(&backlog).unwrap();
        backlog.apply_all(&changes, &stamp()).unwrap();
        assert_eq!(backlog.story(id(1)).unwrap().status, Status::Idea);
    }

    #[test]
    fn what_is_delivered_is_neither_split_nor_merged() {
        let mut backlog = backlog();
        let edit = Edit::Questions(vec![Question {
            answer: Prose::parse("All."),
            ..Question::new("Which?")
        }]);
        let change = Change::Edit { story: id(2), edit };
        backlog.apply(&change, &stamp()).unwrap();
        for step in [Step::Agree, Step::Start, Step::Deliver] {
            let change = Change::Step {
                story: id(2),
                step,
                reason: None,
            };
            backlog.apply(&change, &stamp()).unwrap();
        }
        let refusal = split(&backlog, Parent::Epic).changes(&backlog).unwrap_err();
        assert_eq!(
            refusal.to_string(),
            "WEB-2 is delivered. Only an open story that is not delivered can be split, or merged into another."
        );
    }

    #[test]
    fn a_merged_story_has_everything_once() {
        let mut backlog = backlog();
        let merge = Merge {
            into: id(1),
            from: vec![id(2), id(1)],
        };
        let changes = merge.changes(&backlog).unwrap();
        backlog.apply_all(&changes, &stamp()).unwrap();
        assert_eq!(order(&backlog), ["Sign in", "Get a bill"]);
        let merged = backlog.story(id(1)).unwrap();
        let texts: Vec<&str> = merged
            .criteria
            .iter()
            .map(|criterion| criterion.text.as_str())
            .collect();
        assert_eq!(texts, ["One", "Two of Sign in", "Two of Pay"]);
        assert_eq!(words(&merged.criteria[0].examples), "a, Sign in, Pay");
        assert_eq!(merged.questions.len(), 2);
        assert_eq!(merged.labels.len(), 3);
        assert_eq!(merged.blocked_by, []);
        assert_eq!(backlog.story(id(3)).unwrap().blocked_by, [id(1)]);
    }
}
