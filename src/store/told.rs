//! Contested fields in words: `criteria[c1].text` is the text of criterion 1.

use uuid::Uuid;

use crate::model::Story;

/// Says in words which field a path leads to; `story` is the one that it is about, if it is about one.
pub(super) fn in_words(path: &str, story: Option<&Story>) -> String {
    let parts = parts(path).into_iter().rev();
    let words: Vec<String> = parts.map(|(name, key)| word(name, key, story)).collect();
    words.join(" of ")
}

/// The parts of a path, each with what stands in brackets behind it.
fn parts(path: &str) -> Vec<(&str, Option<&str>)> {
    let mut parts = Vec::new();
    let mut rest = path;
    while !rest.is_empty() {
        let end = rest.find(['.', '[']).unwrap_or(rest.len());
        let (name, behind) = rest.split_at(end);
        let Some(inside) = behind.strip_prefix('[') else {
            parts.push((name, None));
            rest = behind.strip_prefix('.').unwrap_or_default();
            continue;
        };
        // A key may hold full stops, and opening brackets.
        let (key, behind) = inside
            .split_once("].")
            .unwrap_or((inside.strip_suffix(']').unwrap_or(inside), ""));
        parts.push((name, Some(key)));
        rest = behind;
    }
    parts
}

fn word(name: &str, key: Option<&str>, story: Option<&Story>) -> String {
    let place = |ids: Vec<&str>| {
        let place = ids.iter().position(|id| Some(*id) == key)?;
        Some(place + 1)
    };
    let criterion = || {
        let criteria = story.map(|story| story.criteria.iter().map(|c| c.id.as_str()));
        let place = place(criteria?.collect())?;
        Some(format!("criterion {place}"))
    };
    let question = || {
        let questions = story.map(|story| story.questions.iter().map(|q| q.id.as_str()));
        let place = place(questions?.collect())?;
        Some(format!("question {place}"))
    };
    let quoted = |key: &str| format!("\u{201c}{key}\u{201d}");
    match (name, key) {
        ("criteria", Some(_)) => criterion().unwrap_or_else(|| "a criterion".to_owned()),
        ("questions", Some(_)) => question().unwrap_or_else(|| "a question".to_owned()),
        ("verdicts", Some(_)) => {
            let criterion = criterion().unwrap_or_else(|| "a criterion".to_owned());
            format!("the verdict on {criterion}")
        }
        ("reviews", Some(round)) => format!("round {round}"),
        ("done", Some(line)) => format!("the done line {}", quoted(line)),
        ("tests", Some(assumption)) => format!("the assumption {}", quoted(assumption)),
        ("ticked", None) => "tick".to_owned(),
        ("blocked_by", _) => "blockers".to_owned(),
        (name, Some(key)) if Uuid::try_parse(key).is_err() => {
            format!("{} {}", name.replace('_', " "), quoted(key))
        }
        (name, _) => name.replace('_', " "),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_field_is_told_without_what_only_files_know() {
        let story: Story = serde_json::from_value(serde_json::json!({
            "format": 1, "id": "019ab3c4-7c3e-7d5a-9b1e-2f6c1d0a8e4b", "number": 1, "title": "Pay",
            "criteria": [{ "id": "c2", "text": "one" }, { "id": "c1", "text": "two" }],
            "questions": [{ "id": "q1", "text": "Which?" }],
            "rank": "a0", "created": "2026-11-19T16:00:00Z", "updated": "2026-11-19T16:00:00Z",
        }))
        .unwrap();
        for (path, words) in [
            ("title", "title"),
            ("blocked_by", "blockers"),
            ("criteria[c1].text", "text of criterion 2"),
            ("criteria[c9]", "a criterion"),
            ("questions[q1].answer", "answer of question 1"),
            (
                "reviews[2].verdicts[c2].note",
                "note of the verdict on criterion 1 of round 2",
            ),
            (
                "reviews[1].done[On test. Now].ticked",
                "tick of the done line \u{201c}On test. Now\u{201d} of round 1",
            ),
            ("scores.wsjf.value", "value of wsjf of scores"),
            (
                "outcomes[019ab3c4-7c3e-7d5a-9b1e-2f6c1d0a8e4b].title",
                "title of outcomes",
            ),
            ("views[Next].query", "query of views \u{201c}Next\u{201d}"),
        ] {
            assert_eq!(in_words(path, Some(&story)), words, "{path}");
        }
        assert_eq!(in_words("criteria[c1].text", None), "text of a criterion");
    }
}
