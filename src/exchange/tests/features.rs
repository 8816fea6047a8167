//! Features: what they say, their files, and that a parser of Gherkin would take them.

use super::written::reviewed;
use super::*;
use crate::exchange::gherkin::{Mark, feature, file};
use crate::exchange::{To, export};
use crate::model::{Change, Criterion, Edit, Line};

/// A backlog of one story with these criteria and examples.
fn with_criteria(criteria: &[(&str, &[&str])]) -> Backlog {
    let mut backlog = from_csv("Title\nPay\n");
    let story = stories(&backlog)[0].id;
    let criteria = criteria.iter().map(|(text, examples)| Criterion {
        examples: examples
            .iter()
            .map(|example| Line::parse(example))
            .collect(),
        ..Criterion::new(text)
    });
    let edit = Edit::Criteria(criteria.collect());
    backlog
        .apply(&Change::Edit { story, edit }, &stamp())
        .unwrap();
    backlog
}

fn told(backlog: &Backlog) -> String {
    feature(stories(backlog)[0], backlog)
}

#[test]
fn a_criterion_in_steps_is_a_scenario_and_any_other_a_rule() {
    let backlog = reviewed();
    let expected = "\
@WEB-1 @status:rejected @check-out @pay
Feature: WEB-1 Pay with a saved card
  As a buyer, I want to pay with a saved card, so that I am done.

  Scenario: it is paid
    Given a card
    When I pay
    Then it is paid

  Rule: It is blue
";
    assert_eq!(told(&backlog), expected);
    assert_eq!(export(&stories(&backlog), &backlog, To::Gherkin), expected);
}

#[test]
fn tables_and_odd_lines_in_criteria_make_sound_gherkin() {
    let backlog = with_criteria(&[
        (
            "Scenario: Many\nGiven <a>\nand more\nThen <b>\nExamples:\n| a | b |\n| 1 | 2 |",
            &[],
        ),
        ("Given rows\n| x |\n| y |\nand a remark\nodd | row |", &[]),
        ("Background: x\n@tag\n# note", &[]),
        ("When the paper is out, nothing is lost", &[]),
    ]);
    let expected = "\
@WEB-1 @status:idea
Feature: WEB-1 Pay

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

  Rule: Background: x
    > @tag
    > # note

  Rule: When the paper is out, nothing is lost
";
    assert_eq!(told(&backlog), expected);
    assert_eq!(fault(expected), None);
}

#[test]
fn examples_in_steps_are_scenarios_and_others_are_remarks() {
    let backlog = with_criteria(&[
        (
            "Only a valid card pays",
            &[
                "Visa until 2030",
                "Given an old card When I pay Then it is refused",
            ],
        ),
        (
            "Given a card\nThen it is paid",
            &["Visa", "Given a gift card Then it is paid"],
        ),
    ]);
    let expected = "\
@WEB-1 @status:idea
Feature: WEB-1 Pay

  Scenario: it is paid
    e.g. Visa
    Given a card
    Then it is paid

  Scenario: it is paid (2)
    Given a gift card
    Then it is paid

  Rule: Only a valid card pays
    e.g. Visa until 2030

    Scenario: it is refused
      Given an old card
      When I pay
      Then it is refused
";
    assert_eq!(told(&backlog), expected);
    assert_eq!(fault(expected), None);
}

#[test]
fn a_story_in_another_language_is_a_feature_in_it() {
    let german =
        "gegeben sei ein Korb\nWenn ich zahle\nDann ist er leer\nUnd ich bekomme eine Mail";
    let backlog = with_criteria(&[(german, &[]), ("Regel: immer\nWenn es eilt", &[])]);
    let expected = "\
# language: de
@WEB-1 @status:idea
Funktionalität: WEB-1 Pay

  Szenario: ist er leer
    Gegeben sei ein Korb
    Wenn ich zahle
    Dann ist er leer
    Und ich bekomme eine Mail

  Regel: immer
    > Wenn es eilt
";
    assert_eq!(told(&backlog), expected);
    for (language, criterion, step) in [
        (
            "fr",
            "Étant donné qu’il paie\nQuand il part\nAlors c’est bon",
            "Étant donné qu'il paie",
        ),
        (
            "ja",
            "前提カードがある\nもし払う\nならば済む",
            "    前提カードがある\n",
        ),
        ("zh-CN", "假如有卡\n当付款\n那么完成", "    那么完成\n"),
        (
            "nl",
            "Gegeven een kaart\nAls ik betaal\nDan is het klaar",
            "    Als ik betaal\n",
        ),
    ] {
        let text = told(&with_criteria(&[(criterion, &[])]));
        assert!(
            text.starts_with(&format!("# language: {language}\n")),
            "{text}"
        );
        assert!(text.contains(step), "{text}");
    }
    for english in [
        "Date of birth is shown\nAlso the name",
        "Given a card\nWhen I pay\nThen it is paid",
    ] {
        let text = told(&with_criteria(&[(english, &[])]));
        assert!(!text.contains("# language"), "{text}");
    }
}

#[test]
fn a_file_is_named_for_its_story_and_marked() {
    let backlog = reviewed();
    let story = stories(&backlog)[0];
    let written = file(story, &backlog);
    assert_eq!(written.name, "WEB-1-pay-with-a-saved-card.feature");
    let (first, rest) = written.text.split_once('\n').unwrap();
    assert!(
        first.starts_with(&format!("# backstory: WEB-1, {}, ", story.id)),
        "{first}"
    );
    assert_eq!(rest, told(&backlog));
    let mark = |text: &str| Mark::read(text).unwrap();
    assert_eq!(mark(&written.text).story, story.id);
    assert!(mark(&written.text).is_untouched);
    let dos = written.text.replace('\n', "\r\n");
    assert!(mark(&dos).is_untouched, "line ends are no change");
    let changed = written.text.replace("it is paid", "it is payed");
    assert!(!mark(&changed).is_untouched);
    assert!(!mark(&format!("{}    And more\n", written.text)).is_untouched);
}

#[test]
fn in_another_language_the_mark_comes_second() {
    let backlog = with_criteria(&[("Angenommen a\nWenn b\nDann c", &[])]);
    let story = stories(&backlog)[0];
    let text = file(story, &backlog).text;
    assert!(
        text.starts_with("# language: de\n# backstory: WEB-1, "),
        "{text}"
    );
    assert_eq!(
        Mark::read(&text),
        Some(Mark {
            story: story.id,
            is_untouched: true
        })
    );
}

#[test]
fn a_tag_has_no_blank_and_comes_once() {
    let mut backlog = with_criteria(&[("One", &[])]);
    let story = stories(&backlog)[0].id;
    let labels = ["check out", "#a @b", "check-out", "@", "WEB-1"];
    let labels = labels.iter().map(|label| Line::parse(label)).collect();
    let edit = Edit::Labels(labels);
    backlog
        .apply(&Change::Edit { story, edit }, &stamp())
        .unwrap();
    let text = told(&backlog);
    assert!(
        text.starts_with("@WEB-1 @status:idea @check-out @a-b\n"),
        "{text}"
    );
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
        (_, "Rule") => Some(At::Feature),
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
