//! A story as a text for an editor: fields a line, then criteria, questions and notes; and the way back.
//!
//! Invariant: a form that was not touched changes nothing.

use std::fmt::{self, Write as _};

use crate::cli::context::Failure;
use crate::model::{Criterion, Edit, Kind, Line, Points, Prose, Question, Refusal, Story, Title};

const FIELDS: [&str; 8] = [
    "title", "kind", "persona", "want", "benefit", "estimate", "labels", "epic",
];
const CRITERIA: &str = "## Acceptance criteria";
const QUESTIONS: &str = "## Questions";
const NOTES: &str = "## Notes";

/// What a form says.
#[derive(Debug, Default)]
pub(super) struct Content {
    fields: Vec<(usize, String, String)>,
    criteria: Vec<String>,
    questions: Vec<String>,
    notes: String,
}

/// A form that cannot be read: where and why.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct FormError {
    line: usize,
    reason: String,
}

/// Writes the story's form.
pub(super) fn write(key: &str, story: &Story) -> String {
    let estimate = story
        .estimate
        .map_or_else(String::new, |points| points.to_string());
    let values = [
        story.title.as_str(),
        story.kind.word(),
        &story.persona,
        &story.want,
        &story.benefit,
        &estimate,
        &labels(story),
        &story.epic,
    ];
    let mut form = format!("# {key} (save and close to change the story)\n\n");
    for (name, value) in FIELDS.into_iter().zip(values) {
        form.push_str(format!("{name}: {value}").trim_end());
        form.push('\n');
    }
    let _ = writeln!(form, "\n{CRITERIA} (an example begins with >)\n");
    for criterion in &story.criteria {
        let examples: Vec<&str> = criterion.examples.iter().map(Line::as_str).collect();
        push_entry(&mut form, &criterion.text, &examples.join("\n"));
    }
    let _ = writeln!(form, "\n{QUESTIONS} (an answer begins with >)\n");
    for question in &story.questions {
        push_entry(&mut form, &question.text, &question.answer);
    }
    let _ = writeln!(form, "\n{NOTES}\n\n{}", story.notes);
    form
}

/// Reads a form.
///
/// # Errors
/// When a line is none of a form's; values are read by [`Content::edits`].
pub(super) fn read(form: &str) -> Result<Content, FormError> {
    let mut content = Content::default();
    let mut part = "";
    let mut lines = form.lines().enumerate();
    while let Some((index, line)) = lines.next() {
        let line = line.trim_end();
        let bad = |reason: String| FormError {
            line: index + 1,
            reason,
        };
        if line.starts_with(NOTES) {
            let rest: Vec<&str> = lines.map(|(_, line)| line).collect();
            content.notes = rest.join("\n");
            break;
        } else if let Some(heading) = [CRITERIA, QUESTIONS]
            .into_iter()
            .find(|h| line.starts_with(h))
        {
            part = heading;
        } else if part.is_empty() {
            if !line.is_empty() && !line.starts_with('#') {
                content.fields.push(field(index + 1, line)?);
            }
        } else {
            let entries = if part == CRITERIA {
                &mut content.criteria
            } else {
                &mut content.questions
            };
            read_entry(entries, line).map_err(bad)?;
        }
    }
    Ok(content)
}

impl Content {
    /// The edits that make the story say what the form says; fields that are missing in the form stay.
    pub(super) fn edits(&self, story: &Story) -> Result<Vec<Edit>, Failure> {
        let mut edits = Vec::new();
        for (line, name, value) in &self.fields {
            let edit = value_of(name, value, story).map_err(|refusal| FormError {
                line: *line,
                reason: refusal.to_string(),
            })?;
            edits.extend(edit);
        }
        edits.push(Edit::Criteria(criteria(&self.criteria, &story.criteria)));
        edits.push(Edit::Questions(questions(
            &self.questions,
            &story.questions,
        )));
        if !is_same(&self.notes, &story.notes) {
            edits.push(Edit::Notes(Prose::parse(&self.notes)));
        }
        Ok(edits)
    }
}

impl From<FormError> for Failure {
    fn from(error: FormError) -> Self {
        Self::refused(error.to_string())
    }
}

impl fmt::Display for FormError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Line {}: {}", self.line, self.reason)
    }
}

fn field(line: usize, text: &str) -> Result<(usize, String, String), FormError> {
    let (name, value) = text.split_once(':').unwrap_or((text, ""));
    let name = name.trim().to_lowercase();
    if text.contains(':') && FIELDS.contains(&name.as_str()) {
        return Ok((line, name, value.trim().to_owned()));
    }
    Err(FormError {
        line,
        reason: format!("`{name}` is no field. There is: {}.", FIELDS.join(", ")),
    })
}

fn value_of(name: &str, value: &str, story: &Story) -> Result<Option<Edit>, Refusal> {
    // What was not touched stays as it is, whatever it is.
    let is_changed = |text: &str| Line::parse(text).as_str() != value;
    Ok(match name {
        "title" if is_changed(&story.title) => Some(Edit::Title(Title::parse(value)?)),
        "kind" => Some(Edit::Kind(value.parse::<Kind>()?)),
        "persona" if is_changed(&story.persona) => Some(Edit::Persona(Line::parse(value))),
        "want" if is_changed(&story.want) => Some(Edit::Want(Line::parse(value))),
        "benefit" if is_changed(&story.benefit) => Some(Edit::Benefit(Line::parse(value))),
        "epic" if is_changed(&story.epic) => Some(Edit::Epic(Line::parse(value))),
        "estimate" if value.is_empty() => Some(Edit::Estimate(None)),
        "estimate" => Some(Edit::Estimate(Some(value.parse::<Points>()?))),
        "labels" if is_changed(&labels(story)) => {
            Some(Edit::Labels(value.split(',').map(Line::parse).collect()))
        }
        _ => None,
    })
}

fn labels(story: &Story) -> String {
    let labels: Vec<&str> = story.labels.iter().map(Line::as_str).collect();
    labels.join(", ")
}

/// Writes one criterion with its examples, or a question with its answer, as a list entry.
fn push_entry(form: &mut String, text: &str, answer: &str) {
    let text = text.lines().map(|line| {
        // A line that looks like an answer is told apart by a backslash.
        let guard = if line.starts_with(['>', '\\']) {
            "\\"
        } else {
            ""
        };
        format!("{guard}{line}")
    });
    let answer = answer.lines().map(|line| format!("> {line}"));
    for (index, line) in text.chain(answer).enumerate() {
        let mark = if index == 0 { "- " } else { "  " };
        form.push_str(format!("{mark}{line}").trim_end());
        form.push('\n');
    }
}

/// Takes in one line of a list: a new entry, or more of the last one.
fn read_entry(entries: &mut Vec<String>, line: &str) -> Result<(), String> {
    if let Some(text) = line.strip_prefix("- ").or_else(|| line.strip_prefix("* ")) {
        entries.push(text.to_owned());
        return Ok(());
    }
    if matches!(line, "-" | "*") {
        entries.push(String::new());
        return Ok(());
    }
    match entries.last_mut() {
        Some(entry) if line.is_empty() || line.starts_with([' ', '\t']) => {
            entry.push('\n');
            let text = line
                .strip_prefix("  ")
                .or_else(|| line.strip_prefix('\t'))
                .unwrap_or(line);
            entry.push_str(text);
            Ok(())
        }
        None if line.is_empty() => Ok(()),
        _ => Err("An entry begins with `- `, its further lines with two blanks.".to_owned()),
    }
}

/// Parts an entry into the words of a question or criterion, and its answer or examples.
fn parted(entry: &str) -> (Prose, Prose) {
    let is_answer = |line: &&str| line.starts_with('>');
    let answer: Vec<&str> = entry
        .lines()
        .filter(is_answer)
        .map(|line| {
            line.strip_prefix("> ")
                .unwrap_or_else(|| line.trim_start_matches('>'))
        })
        .collect();
    let text: Vec<&str> = entry.lines().filter(|line| !is_answer(line)).collect();
    (words(&text.join("\n")), Prose::parse(&answer.join("\n")))
}

/// The words of an entry, without the backslashes that guard some lines.
fn words(text: &str) -> Prose {
    let bare = |line: &str| {
        let guarded = line
            .strip_prefix('\\')
            .filter(|rest| rest.starts_with(['>', '\\']));
        guarded.unwrap_or(line).to_owned()
    };
    let lines: Vec<String> = text.lines().map(bare).collect();
    Prose::parse(&lines.join("\n"))
}

/// Whether two texts differ by more than blanks at the ends of lines, which a form does not keep.
fn is_same(a: &str, b: &str) -> bool {
    let trimmed = |text: &str| -> Vec<String> {
        let clean = Prose::parse(text);
        clean
            .lines()
            .map(|line| line.trim_end().to_owned())
            .collect()
    };
    trimmed(a) == trimmed(b)
}

fn criteria(entries: &[String], old: &[Criterion]) -> Vec<Criterion> {
    let parted: Vec<(Prose, Prose)> = entries.iter().map(|entry| parted(entry)).collect();
    let texts: Vec<Prose> = parted.iter().map(|(text, _)| text.clone()).collect();
    let olds: Vec<&str> = old
        .iter()
        .map(|criterion| criterion.text.as_str())
        .collect();
    let places = matched(&texts, &olds);
    let pairs = parted.into_iter().zip(places);
    pairs
        .map(|((text, examples), place)| {
            let mut criterion = place
                .and_then(|place| old.get(place))
                .cloned()
                .unwrap_or_default();
            if !is_same(&criterion.text, &text) {
                criterion.text = text;
            }
            criterion.examples = examples.lines().map(Line::parse).collect();
            criterion
        })
        .collect()
}

fn questions(entries: &[String], old: &[Question]) -> Vec<Question> {
    let parted: Vec<(Prose, Prose)> = entries.iter().map(|entry| parted(entry)).collect();
    let texts: Vec<Prose> = parted.iter().map(|(text, _)| text.clone()).collect();
    let olds: Vec<&str> = old.iter().map(|question| question.text.as_str()).collect();
    let places = matched(&texts, &olds);
    let pairs = parted.into_iter().zip(places);
    pairs
        .map(|((text, answer), place)| {
            let Some(old) = place.and_then(|place| old.get(place)) else {
                return Question {
                    text,
                    answer,
                    ..Question::default()
                };
            };
            let keep = |old: &Prose, new: Prose| if is_same(old, &new) { old.clone() } else { new };
            Question {
                text: keep(&old.text, text),
                answer: keep(&old.answer, answer),
                ..old.clone()
            }
        })
        .collect()
}

/// Finds out which old part each new one is: the one with the same words, else the one left over at the same place.
fn matched(new: &[Prose], old: &[&str]) -> Vec<Option<usize>> {
    let mut is_left = vec![true; old.len()];
    let mut take = |place: Option<usize>| {
        let slot = is_left.get_mut(place?)?;
        std::mem::take(slot).then_some(place).flatten()
    };
    let mut places: Vec<Option<usize>> = Vec::with_capacity(new.len());
    for text in new {
        let same =
            (0..old.len()).filter(|place| old.get(*place).is_some_and(|old| is_same(old, text)));
        let free = same.into_iter().find_map(|place| take(Some(place)));
        places.push(free);
    }
    for (index, place) in places.iter_mut().enumerate() {
        if place.is_none() {
            *place = take(Some(index));
        }
    }
    places
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::model::{
        Backlog, Change, Draft, NewStory, Place, Product, Stamp, StoryId, Timestamp,
    };

    fn stamp() -> Stamp {
        Stamp::new(Timestamp::UNIX_EPOCH, "Ana")
    }

    fn story() -> (Backlog, StoryId) {
        let mut backlog = Backlog::new(Product::new("Webshop", None).unwrap());
        let id: StoryId = "019ab3c4-7c3e-7d5a-9b1e-2f6c1d0a8e4b".parse().unwrap();
        let mut draft = Draft::titled(Title::parse("Pay: with a saved card").unwrap());
        draft.persona = Line::parse("returning customer");
        draft.estimate = Some(Points::whole(3));
        draft.labels = vec![Line::parse("checkout"), Line::parse("payment")];
        draft.criteria = vec![
            Prose::parse("Given a saved card\n\n  When I choose it  \nThen I pay"),
            Prose::parse("> looks like an answer\n\\> and so does this"),
        ];
        draft.questions = vec![
            Question::new("Which cards?\n> all?"),
            Question {
                answer: Prose::parse("Visa.\n\nMastercard."),
                ..Question::new("Since when?")
            },
        ];
        draft.notes = Prose::parse("## Questions\n\n- none\n\n## Notes\n  code");
        let add = Change::Add(Box::new(NewStory {
            id,
            draft,
            place: Place::Top,
        }));
        backlog.apply(&add, &stamp()).unwrap();
        (backlog, id)
    }

    /// Applies what the changed form asks for.
    fn edited(change: impl Fn(&str) -> String) -> (Story, Story) {
        let (mut backlog, id) = story();
        let before = Story::clone(backlog.story(id).unwrap());
        let form = change(&write("WEB-1", &before));
        let edits = read(&form).unwrap().edits(&before).unwrap();
        for edit in edits {
            backlog
                .apply(&Change::Edit { story: id, edit }, &stamp())
                .unwrap();
        }
        let after = Story::clone(backlog.story(id).unwrap());
        (before, after)
    }

    fn odd_text() -> impl Strategy<Value = String> {
        let line = prop::sample::select(vec![
            "",
            "  x",
            "- a",
            "* b",
            "> c",
            ">",
            "\\> d",
            "\\\\",
            "\\",
            "## Notes",
            "## Questions",
            "title: x",
            "\tz",
            "e ",
            "f",
        ]);
        prop::collection::vec(line, 0..5).prop_map(|lines| lines.join("\n"))
    }

    proptest! {
        #[test]
        fn an_untouched_form_changes_nothing_whatever_it_holds(
            criteria in prop::collection::vec((odd_text(), odd_text()), 0..4),
            questions in prop::collection::vec((odd_text(), odd_text()), 0..4),
            notes in odd_text(),
        ) {
            let (mut backlog, id) = story();
            let criterion = |(text, examples): &(String, String)| Criterion {
                examples: examples.lines().map(Line::parse).collect(),
                ..Criterion::new(text)
            };
            let question = |(text, answer): &(String, String)| Question {
                answer: Prose::parse(answer),
                ..Question::new(text)
            };
            for edit in [
                Edit::Criteria(criteria.iter().map(criterion).collect()),
                Edit::Questions(questions.iter().map(question).collect()),
                Edit::Notes(Prose::parse(&notes)),
            ] {
                backlog.apply(&Change::Edit { story: id, edit }, &stamp()).unwrap();
            }
            let before = Story::clone(backlog.story(id).unwrap());
            let form = write("WEB-1", &before);
            for edit in read(&form).unwrap().edits(&before).unwrap() {
                backlog.apply(&Change::Edit { story: id, edit }, &stamp()).unwrap();
            }
            prop_assert_eq!(&**backlog.story(id).unwrap(), &before, "{}", form);
        }
    }

    #[test]
    fn an_untouched_form_changes_nothing() {
        let (before, after) = edited(str::to_owned);
        assert_eq!(before, after);
        let (before, after) = edited(|form| form.replace('\n', "\r\n"));
        assert_eq!(before.criteria, after.criteria);
    }

    #[test]
    fn a_changed_criterion_stays_the_same_criterion() {
        let (before, after) =
            edited(|form| form.replace("Given a saved card", "Given two saved cards"));
        assert_eq!(after.criteria[0].id, before.criteria[0].id);
        assert!(
            after.criteria[0]
                .text
                .starts_with("Given two saved cards\n\n  When")
        );
        assert_eq!(after.criteria[1], before.criteria[1]);
    }

    #[test]
    fn criteria_are_reordered_removed_and_added() {
        let (before, after) = edited(|form| {
            let start = form.find("- Given").unwrap();
            let end = form.find("- \\>").unwrap();
            let first = form.get(start..end).unwrap().to_owned();
            let without = form.replace(&first, "");
            without.replace("\n## Questions (", "- A third one\n\n## Questions (")
        });
        assert_eq!(after.criteria[0], before.criteria[1]);
        assert_eq!(after.criteria[1].text.as_str(), "A third one");
        assert_eq!(after.criteria.len(), 2);
    }

    #[test]
    fn a_question_gets_its_answer() {
        let (before, after) = edited(|form| {
            form.replace(
                "- Since when?",
                "- Which cards, really?\n  > Visa.\n- Since when?",
            )
        });
        assert_eq!(after.questions.len(), 3);
        let question = after
            .questions
            .iter()
            .find(|q| q.text.starts_with("Which cards, really"))
            .unwrap();
        assert_eq!(question.answer.as_str(), "Visa.");
        assert!(after.questions.contains(&before.questions[1]));
    }

    #[test]
    fn a_form_that_cannot_be_read_says_where() {
        let error = |form: &str| read(form).unwrap_err().to_string();
        assert_eq!(
            error("title: x\nsize: 3\n"),
            "Line 2: `size` is no field. There is: title, kind, persona, want, benefit, estimate, labels, epic."
        );
        assert_eq!(
            error("title: x\n\n## Acceptance criteria\nno dash\n"),
            "Line 4: An entry begins with `- `, its further lines with two blanks."
        );
        let (backlog, id) = story();
        let story = backlog.story(id).unwrap();
        let wrong = read("title: x\nestimate: huge\n")
            .unwrap()
            .edits(story)
            .unwrap_err();
        assert!(
            wrong
                .to_string()
                .starts_with("Line 2: `huge` is no estimate."),
            "{wrong}"
        );
    }
}
