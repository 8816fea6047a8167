//! What exports look like.

use super::*;
use crate::exchange::{To, export, json, letter, markdown};
use crate::model::{Change, Criterion, Edit, Prose, Question, Reason, Step, Verdict};

const TABLE: &str = "Title,Notes,Criteria,Estimate,Labels,Epic,Kind\n\
    \"As a buyer, I want to pay with a saved card, so that I am done\",Some *words*.,\"1. Given a card\n   When I pay\n   Then it is paid\n2. It is blue\",3,\"check out, @pay\",Checkout,feature\n";

/// A backlog with one story that went through a review.
pub(super) fn reviewed() -> Backlog {
    let mut backlog = from_csv(TABLE);
    let story = stories(&backlog)[0].id;
    let asked = Question {
        answer: Prose::parse("Visa."),
        ..Question::new("Which cards?")
    };
    let step = |step| Change::Step {
        story,
        step,
        reason: None,
    };
    let judge = |criterion: &str, verdict| Change::Judge {
        story,
        criterion: criterion.to_owned(),
        verdict: Some(verdict),
    };
    let note = Change::NoteVerdict {
        story,
        criterion: "c2".to_owned(),
        note: Some(Prose::parse("It is green.")),
        evidence: None,
    };
    let changes = [
        Change::Edit {
            story,
            edit: Edit::Questions(vec![asked]),
        },
        step(Step::Agree),
        step(Step::Start),
        step(Step::Deliver),
        judge("c1", Verdict::Met),
        judge("c2", Verdict::NotMet),
        note,
        Change::Reject {
            story,
            reason: None,
        },
    ];
    backlog.apply_all(&changes, &stamp()).unwrap();
    backlog
}

#[test]
fn a_story_reads_well_as_markdown() {
    let backlog = reviewed();
    let text = markdown::story(stories(&backlog)[0], &backlog);
    let expected = "\
## WEB-1 Pay with a saved card

*feature · rejected · 3 points · epic: Checkout · labels: check out, @pay*

As a buyer, I want to pay with a saved card, so that I am done.

Some *words*.

### Acceptance criteria

- Given a card\u{20}\u{20}
  When I pay\u{20}\u{20}
  Then it is paid
- It is blue

### Questions

- Which cards?
  Visa.

### Reviews

- Round 1: rejected, Ana, 2026-11-20 — ";
    assert!(text.starts_with(expected), "{text}");
    assert!(text.contains("\n  - ✓ Given a card When I pay Then it is paid: met\n  - ✗ It is blue: not met — It is green.\n"), "{text}");
    let document = export(&stories(&backlog), &backlog, To::Markdown);
    assert_eq!(document, format!("# Webshop\n\n{text}"));
}

#[test]
fn words_that_look_like_tags_are_seen_in_markdown() {
    let mut backlog =
        from_csv("Title,Notes,Criteria\n\"Show <b> and 1 < 2 & `<i>`\",Some <u>words</u>,x\n");
    let story = stories(&backlog)[0].id;
    let edit = Edit::Criteria(vec![Criterion::new("Given <a> `or\nThen </b>")]);
    backlog
        .apply(&Change::Edit { story, edit }, &stamp())
        .unwrap();
    let text = markdown::story(stories(&backlog)[0], &backlog);
    for said in [
        "## WEB-1 Show \\<b> and 1 < 2 & `<i>`\n",
        "\nSome \\<u>words\\</u>\n",
        "- Given \\<a> \\`or  \n  Then \\</b>",
    ] {
        assert!(text.contains(said), "{said}: {text}");
    }
}

#[test]
fn in_markdown_words_stay_words_and_a_commands_output_is_code() {
    let mut backlog = reviewed();
    let mut story = Story::clone(stories(&backlog)[0]);
    let round = &mut story.reviews[0];
    round.reason = Some(Reason::parse("```\n1. <img src=x>").unwrap());
    round.verdicts[1].note = Prose::parse("# not a heading\n```");
    let output = "$ make\nexit code 2 after 1.0 s\n```\n# one";
    round.verdicts[1].evidence = Prose::parse(output);
    story.notes = Prose::parse("# Why\n\n```\nnever closed");
    let id = story.id;
    backlog.adopt(id, Some(std::sync::Arc::new(story)));
    let story = stories(&backlog)[0];
    let letter = letter::letter(story, &backlog).unwrap();
    let expected = "\
> \\`\\`\\`\u{20}\u{20}
> 1\\. \\<img src=x>

### Not met

- **2** It is blue
  - Note: # not a heading\u{20}\u{20}
    \\`\\`\\`
  - Seen:
    ````
    $ make
    exit code 2 after 1.0 s
    ```
    # one
    ````

1 of 2 criteria are met.
";
    assert!(letter.ends_with(expected), "{letter}");
    let text = markdown::story(story, &backlog);
    for part in [
        "\n\n#### Why\n\n```\nnever closed\n```\n\n### Acceptance criteria\n",
        "— \\`\\`\\` 1. \\<img src=x>\n",
        "not met — # not a heading \\`\\`\\`\n    ````\n    $ make\n",
        "    # one\n    ````",
    ] {
        assert!(text.contains(part), "{part}: {text}");
    }
}

#[test]
fn formulas_are_text_in_our_table() {
    let mut backlog = from_csv("Title,Notes\n=1+1,-x\n");
    let table = export(&stories(&backlog), &backlog, To::Csv);
    assert!(
        table.contains(",'=1+1,") && table.contains(",'-x,"),
        "{table}"
    );
    assert_eq!(
        import(&mut backlog, Format::Csv, table.as_bytes()).changes,
        []
    );
}

#[test]
fn a_storys_value_has_its_key_and_position() {
    let backlog = from_csv("Title,Status\nPay,\nShip,Done\n");
    let values: Vec<(String, String)> = stories(&backlog)
        .iter()
        .map(|story| {
            let value = json::story_value(story, &backlog);
            (value["key"].to_string(), value["position"].to_string())
        })
        .collect();
    assert_eq!(
        values,
        [
            ("\"WEB-1\"".to_owned(), "1".to_owned()),
            ("\"WEB-2\"".to_owned(), "null".to_owned())
        ]
    );
    let part = export(&stories(&backlog)[..1], &backlog, To::Json);
    assert!(!part.contains("\"product\"") && part.ends_with("}\n"));
    assert!(export(&stories(&backlog), &backlog, To::Json).contains("\"product\""));
}
