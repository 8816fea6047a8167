//! Laws over made-up backlogs and bytes: the way out and in is no change, and nothing makes reading panic.

use proptest::prelude::*;
use serde_json::{Map, Value, json};

use super::*;
use crate::exchange::{To, export, gherkin};
use crate::model::{Change, Kind, Line, Part, Place, Prose, Status, Title};

/// Text with everything that files are afraid of.
fn words() -> impl Strategy<Value = String> {
    let word = prop::sample::select(vec![
        "pay",
        "=1+1",
        "'=x",
        "-2",
        "@a",
        "a,b",
        "x;y",
        "\"q\"",
        "1. one",
        "2. two",
        "   in",
        "- list",
        "Ünï 漢",
        "Given a",
        "Then b",
        "Feature: f",
        "# c",
        "@t",
        "| a | b |",
        "Examples:",
        "\"\"\"",
        "Answer: y",
        "As a buyer, I want to pay",
        "\t",
        "\u{feff}",
        "'",
        "*",
    ]);
    prop::collection::vec(
        (word, prop::sample::select(vec![" ", "\n", "\n\n", ""])),
        0..6,
    )
    .prop_map(|parts| {
        parts
            .into_iter()
            .flat_map(|(word, end)| [word, end])
            .collect()
    })
}

fn unknown() -> impl Strategy<Value = Map<String, Value>> {
    prop_oneof![
        3 => Just(Map::new()),
        1 => (words(), -9.5e20..9.5e20f64).prop_map(|(text, number)| {
            json!({ "odd": { "text": text, "numbers": [number, 18_446_744_073_709_551_615_u64, null] } }).as_object().unwrap().clone()
        }),
    ]
}

/// Scores as a file may hold them: sound, half made, wrong and unknown ones.
fn scores() -> impl Strategy<Value = Value> {
    let class = prop::sample::select(vec![
        json!("must"),
        json!("wont"),
        json!("later"),
        json!(7),
        Value::Null,
    ]);
    let size = prop::sample::select(vec![
        json!(1),
        json!(20),
        json!(8.0),
        json!(4),
        json!("3"),
        Value::Null,
    ]);
    let reach = prop_oneof![
        (0..1_000_000_000_u32).prop_map(|hundredths| json!(f64::from(hundredths) / 100.0)),
        Just(Value::Null)
    ];
    let known = (class, [size.clone(), size.clone(), size], reach);
    let known = known.prop_map(|(class, [value, risk, size], reach)| {
        json!({
            "moscow": class, "wsjf": { "value": value, "risk": risk, "size": size, "by": "Ana" },
            "rice": { "reach": reach, "impact": 0.25, "confidence": 80, "effort": 0.5 }, "value-effort": { "value": size },
        })
    });
    prop_oneof![Just(json!({})), known]
}

/// A story as its file may hold it.
fn a_story() -> impl Strategy<Value = Story> {
    let texts = (
        words(),
        words(),
        words(),
        words(),
        prop::collection::vec(words(), 0..4),
        prop::collection::vec(words(), 0..3),
    );
    let rest = (
        any::<u64>(),
        1..60_u32,
        prop::sample::select(Status::ALL.to_vec()),
        prop::sample::select(Kind::ALL.to_vec()),
        prop::option::of(0..4_000_u32),
        0..200_u32,
        (unknown(), scores()),
    );
    (texts, rest).prop_map(|((title, persona, want, notes, criteria, labels), (id, number, status, kind, estimate, rank, (extra, scores)))| {
        let title = format!("T {}", title.replace('\n', " "));
        let criteria: Vec<Value> = (1..).zip(&criteria).map(|(n, text)| json!({ "id": format!("c{n}"), "text": text, "examples": [notes, format!("given a When b Then {text}")] })).collect();
        let mut file = json!({
            "format": 1, "id": Uuid::from_u128(u128::from(id)), "number": number, "kind": kind, "title": title,
            "persona": persona, "want": want, "benefit": labels.first(), "notes": notes, "criteria": criteria,
            "questions": [{ "id": "q1", "text": "Which?", "answer": notes }],
            "status": status, "rank": format!("b{:02}", rank % 100), "labels": labels, "epic": want,
            "blocked_by": [Uuid::from_u128(u128::from(id) + 1)], "scores": scores,
            "log": [{ "status": status, "at": "2026-11-20T09:12:00Z", "by": "Ana" }],
            "source": { "tool": "text", "id": id.to_string(), "said": { "title": "12345678" } },
            "created": "2026-11-19T16:00:00Z", "updated": "2026-11-20T09:12:00.25Z",
        });
        let fields = file.as_object_mut().unwrap();
        if labels.is_empty() {
            fields.remove("benefit");
        }
        if let Some(hundredths) = estimate {
            fields.insert("estimate".to_owned(), json!(f64::from(hundredths) / 100.0));
        }
        fields.extend(extra);
        serde_json::from_value(file).unwrap()
    })
}

/// A backlog whose stories have passed the gates of the model, as typed or imported ones have.
fn cleaned(story: &Story) -> Story {
    let line = |line: &Line| Line::parse(line);
    let prose = |prose: &Prose| Prose::parse(prose);
    let mut clean = story.clone();
    clean.title = Title::parse(&story.title).unwrap();
    for field in [
        &mut clean.persona,
        &mut clean.want,
        &mut clean.benefit,
        &mut clean.epic,
    ] {
        *field = line(field);
    }
    clean.notes = prose(&story.notes);
    clean.labels = story
        .labels
        .iter()
        .map(line)
        .filter(|label| !label.is_empty())
        .collect();
    clean.labels.sort();
    clean.labels.dedup();
    clean.criteria = story
        .criteria
        .iter()
        .cloned()
        .filter_map(|mut criterion| {
            criterion.text = prose(&criterion.text);
            (!criterion.text.trim().is_empty()).then_some(criterion)
        })
        .collect();
    for question in &mut clean.questions {
        question.answer = prose(&question.answer);
    }
    clean
}

fn loaded(stories: Vec<Story>) -> Backlog {
    Backlog::load(Product::clone(empty().product()), stories, 0).0
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn json_out_and_in_is_no_change(list in prop::collection::vec(a_story(), 0..8)) {
        let backlog = loaded(list);
        let json = export(&stories(&backlog), &backlog, To::Json);
        let mut second = empty();
        let plan = import(&mut second, Format::Json, json.as_bytes());
        prop_assert_eq!((plan.imported, plan.skipped), (stories(&backlog).len(), vec![]));
        prop_assert_eq!(stories(&second), stories(&backlog));
        prop_assert_eq!(export(&stories(&second), &second, To::Json), json.clone());
        prop_assert_eq!(import(&mut second, Format::Json, json.as_bytes()).changes, vec![]);
    }

    #[test]
    fn our_table_out_and_in_keeps_what_stories_say(list in prop::collection::vec(a_story(), 0..6)) {
        let backlog = loaded(list.iter().map(cleaned).collect());
        let told = stories(&backlog);
        let mut second = empty();
        let plan = import(&mut second, Format::Csv, export(&told, &backlog, To::Csv).as_bytes());
        prop_assert_eq!((plan.imported, plan.skipped), (told.len(), vec![]));
        for story in told {
            let other = second.story(story.id).unwrap();
            prop_assert_eq!((&other.title, other.kind, other.status), (&story.title, story.kind, story.status));
            prop_assert_eq!((&other.persona, &other.want, &other.benefit), (&story.persona, &story.want, &story.benefit));
            prop_assert_eq!((&other.notes, criteria(other)), (&story.notes, criteria(story)));
            prop_assert_eq!((&other.labels, &other.epic, other.estimate), (&story.labels, &story.epic, story.estimate));
            for part in Part::all() {
                prop_assert_eq!(part.read(&other.scores), part.read(&story.scores), "{:?}", part);
            }
            prop_assert_eq!((other.created, &other.questions[0].answer), (story.created, &story.questions[0].answer));
        }
    }

    #[test]
    fn our_table_into_the_same_backlog_changes_nothing(list in prop::collection::vec(a_story(), 0..6)) {
        let mut backlog = loaded(list.iter().map(cleaned).map(|mut story| { story.blocked_by.clear(); story }).collect());
        let table = export(&stories(&backlog), &backlog, To::Csv);
        let plan = import(&mut backlog, Format::Csv, table.as_bytes());
        prop_assert_eq!((plan.changes, plan.imported), (vec![], 0));
    }

    #[test]
    fn every_feature_is_sound_gherkin(story in a_story()) {
        let backlog = loaded(vec![story]);
        for story in stories(&backlog) {
            let file = gherkin::file(story, &backlog);
            prop_assert_eq!(features::fault(&file.text), None, "{}", file.text);
            let mark = gherkin::Mark::read(&file.text);
            prop_assert_eq!(mark, Some(gherkin::Mark { story: story.id, is_untouched: true }));
        }
    }

    #[test]
    fn any_bytes_are_read_or_refused(bytes in prop::collection::vec(any::<u8>(), 0..300)) {
        for format in Format::ALL {
            let _ = read(format, &bytes);
        }
        Format::detect(None, &bytes);
    }

    #[test]
    fn any_table_imports_as_one_act_and_never_doubles(
        header in prop::collection::vec(prop::sample::select(vec!["Title", "Key", "As a", "I want", "Status", "Blocked by", "Criteria", "Description", "Estimate", "Labels", "Comment", "Odd"]), 1..7),
        cells in prop::collection::vec(prop::collection::vec(words(), 0..8), 0..6),
    ) {
        let mut writer = csv::WriterBuilder::new().flexible(true).from_writer(Vec::new());
        writer.write_record(&header).unwrap();
        for row in cells.iter().filter(|row| !row.is_empty()) {
            writer.write_record(row).unwrap();
        }
        let bytes = writer.into_inner().unwrap();
        if let Ok(imported) = read(Format::Csv, &bytes) {
            let mut backlog = empty();
            let plan = import(&mut backlog, Format::Csv, &bytes);
            prop_assert_eq!(plan.read, plan.imported + plan.skipped.len());
            prop_assert_eq!(imported.records.len(), plan.imported);
            let top = Change::Move { stories: backlog.open().collect(), to: Place::Top };
            backlog.apply(&top, &stamp()).unwrap();
            prop_assert_eq!(import(&mut backlog, Format::Csv, &bytes).changes, vec![]);
        }
    }
}
