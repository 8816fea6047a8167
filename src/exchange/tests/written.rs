//! What exports look like.

use super::*;
use crate::exchange::{To, export, gherkin, json, markdown};
use crate::model::{Change, Edit, Prose, Question, Step, Verdict};

const TABLE: &str = "Title,Notes,Criteria,Estimate,Labels,Epic,Kind\n\
    \"As a buyer, I want to pay with a saved card, so that I am done\",Some *words*.,\"1. Given a card\n   When I pay\n   Then it is paid\n2. It is blue\",3,\"check out, @pay\",Checkout,feature\n";

/// A backlog with one story that went through a review.
fn reviewed() -> Backlog {
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
fn a_story_is_a_feature_and_each_criterion_a_scenario() {
    let backlog = reviewed();
    let features = gherkin::features(&stories(&backlog), &backlog);
    let expected = "\
@check-out @pay
Feature: WEB-1 Pay with a saved card
  As a buyer, I want to pay with a saved card, so that I am done.

  Scenario: it is paid
    Given a card
    When I pay
    Then it is paid

  Scenario: It is blue
";
    assert_eq!(
        features,
        [("web-1.feature".to_owned(), expected.to_owned())]
    );
    assert_eq!(export(&stories(&backlog), &backlog, To::Gherkin), expected);
}

#[test]
fn tables_and_odd_lines_in_criteria_make_sound_gherkin() {
    let table = "Title,Criteria\nx,\"1. Scenario: Many\n   Given <a>\n   and more\n   Then <b>\n   Examples:\n   | a | b |\n   | 1 | 2 |\n\
        2. Given rows\n   | x |\n   | y |\n   and a remark\n   odd | row |\n\
        3. Background: x\n   @tag\n   # note\"\n";
    let backlog = from_csv(
        &table
            .replace("Title,Criteria", "Key,Id,Benefit,Title,Criteria")
            .replace("\nx,", "\n,,,x,"),
    );
    let text = gherkin::feature(stories(&backlog)[0], &backlog);
    let expected = "\
Feature: WEB-1 x

  Scenario Outline: Many
    Given <a>
    And more
    Then <b>

    Examples:
      | a | b |
      | 1 | 2 |

  Scenario: rows
    Given rows
      | x |
      | y |
    And a remark odd | row |

  Scenario: Background: x
    > @tag
    > # note
";
    assert_eq!(text, expected);
    assert_eq!(fault(&text), None);
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

/// Where in a feature a line stands.
#[derive(Clone, Copy, PartialEq)]
enum At {
    Start,
    Feature,
    Scenario,
    Steps,
    Examples,
}

const BLOCKS: [&str; 9] = [
    "Feature",
    "Background",
    "Scenario",
    "Scenario Outline",
    "Scenario Template",
    "Example",
    "Examples",
    "Scenarios",
    "Rule",
];

/// The first line that a Gherkin parser would refuse: a reader of its own, after the grammar.
pub(super) fn fault(text: &str) -> Option<String> {
    let mut at = At::Start;
    let mut width = 0;
    for line in text
        .lines()
        .map(str::trim)
        .filter(|line| !line.is_empty() && !line.starts_with('#'))
    {
        let block = line
            .split_once(':')
            .map(|(word, _)| word)
            .filter(|word| BLOCKS.contains(word));
        let next = match block {
            Some(word) => after_block(at, word),
            None => after_line(at, line, &mut width),
        };
        match next {
            Some(next) => at = next,
            None => return Some(line.to_owned()),
        }
        if block.is_some() {
            width = 0;
        }
    }
    (at == At::Start).then(|| "no feature".to_owned())
}

fn after_block(at: At, word: &str) -> Option<At> {
    match (at, word) {
        (At::Start, "Feature") => Some(At::Feature),
        (At::Start, _) => None,
        (_, "Scenario" | "Scenario Outline") => Some(At::Scenario),
        (At::Steps, "Examples") => Some(At::Examples),
        _ => None,
    }
}

fn after_line(at: At, line: &str, width: &mut usize) -> Option<At> {
    let is_step = ["Given ", "When ", "Then ", "And ", "But ", "* "]
        .iter()
        .any(|word| line.starts_with(word));
    let is_tags = line
        .split(' ')
        .all(|tag| tag.starts_with('@') && tag.len() > 1);
    let is_words = !line.starts_with(['@', '|']) && !line.starts_with("\"\"\"");
    match at {
        At::Start if is_tags => Some(at),
        At::Feature if !line.starts_with('@') => Some(at),
        At::Scenario | At::Steps if is_step => {
            *width = 0;
            Some(At::Steps)
        }
        At::Scenario if is_words => Some(at),
        At::Steps | At::Examples => {
            let cells = line.matches('|').count();
            let fits = *width == 0 || *width == cells;
            *width = cells;
            (line.starts_with('|') && line.ends_with('|') && cells > 1 && fits).then_some(at)
        }
        At::Start | At::Feature | At::Scenario => None,
    }
}
