//! What is written on the cards of a story that is refined: rules, examples, questions and answers.

use crate::model::{
    Change, Criterion, CriterionId, Edit, Line, Points, Prose, Question, QuestionId, Story, StoryId,
};
use crate::ui::effect::Effect;
use crate::ui::pane::Cx;

/// What is written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Refined {
    /// A rule; a new one without an id.
    Rule(Option<CriterionId>),
    /// An example of a rule, by its place; a new one without.
    Example(CriterionId, Option<usize>),
    /// A question; a new one without an id.
    Question(Option<QuestionId>),
    /// The answer to a question.
    Answer(QuestionId),
    /// The estimate.
    Estimate,
}

/// The effects of an answer, or why it cannot be used.
pub(super) fn refined(
    story: StoryId,
    what: &Refined,
    text: &str,
    cx: &Cx,
) -> Result<Vec<Effect>, String> {
    let Some(known) = cx.backlog.story(story) else {
        return Err("The story is gone meanwhile. Leave with Esc.".to_owned());
    };
    // An empty answer opens the question again; everything else needs words.
    if text.trim().is_empty() && !matches!(what, Refined::Answer(_) | Refined::Estimate) {
        return Err("There is nothing on the card yet. Type it, or leave with Esc.".to_owned());
    }
    let edit = match what {
        Refined::Rule(id) => Edit::Criteria(with_rule(known, id.as_ref(), text)),
        Refined::Example(id, place) => Edit::Criteria(with_example(known, id, *place, text)),
        Refined::Question(id) => Edit::Questions(with_question(known, id.as_ref(), text)),
        Refined::Answer(id) => {
            let mut questions = known.questions.clone();
            if let Some(question) = questions.iter_mut().find(|question| question.id == *id) {
                question.answer = Prose::parse(text);
            }
            Edit::Questions(questions)
        }
        Refined::Estimate if text.trim().is_empty() => Edit::Estimate(None),
        Refined::Estimate => {
            let points: Points = text
                .trim()
                .parse()
                .map_err(|refusal: crate::model::Refusal| refusal.to_string())?;
            Edit::Estimate(Some(points))
        }
    };
    Ok(vec![Effect::change(Change::Edit { story, edit })])
}

fn with_rule(story: &Story, id: Option<&CriterionId>, text: &str) -> Vec<Criterion> {
    let mut rules = story.criteria.clone();
    match rules.iter_mut().find(|rule| Some(&rule.id) == id) {
        Some(rule) => rule.text = Prose::parse(text),
        None => rules.push(Criterion::new(text)),
    }
    rules
}

fn with_example(
    story: &Story,
    id: &CriterionId,
    place: Option<usize>,
    text: &str,
) -> Vec<Criterion> {
    let mut rules = story.criteria.clone();
    if let Some(rule) = rules.iter_mut().find(|rule| rule.id == *id) {
        match place.and_then(|place| rule.examples.get_mut(place)) {
            Some(example) => *example = Line::parse(text),
            None => rule.examples.push(Line::parse(text)),
        }
    }
    rules
}

fn with_question(story: &Story, id: Option<&QuestionId>, text: &str) -> Vec<Question> {
    let mut questions = story.questions.clone();
    match questions
        .iter_mut()
        .find(|question| Some(&question.id) == id)
    {
        Some(question) => question.text = Prose::parse(text),
        None => questions.push(Question::new(text)),
    }
    questions
}
