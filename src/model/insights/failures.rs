//! What reviews fail by: the words of criteria, the personas and the labels that are rejected more than others.
//!
//! With little behind it a rate is an accident, so nothing is told before some rounds have ended, of what has come up
//! a few times only, or of what fails no more often than the rest.

use std::collections::{BTreeMap, BTreeSet};

use unicode_segmentation::UnicodeSegmentation as _;

use crate::model::{Backlog, Outcome, Round, Story, Verdict};

/// So many rounds must have ended before anything is told.
const ROUNDS: usize = 8;
/// So often something must have come up.
const TIMES: usize = 3;
/// So often it must have failed.
const FAILED: usize = 2;
/// So many of each are told.
const MOST: usize = 3;
/// English words that say nothing of what a criterion is about.
const EMPTY: &[&str] = &[
    "about", "after", "again", "also", "been", "before", "being", "both", "could", "does", "each",
    "every", "from", "given", "have", "into", "must", "only", "other", "over", "same", "shall",
    "should", "some", "such", "than", "that", "their", "them", "then", "there", "they", "this",
    "through", "until", "were", "what", "when", "where", "which", "while", "will", "with",
    "without", "would", "your",
];

/// What fails more often than the rest.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Failures {
    /// Words, by the criteria they stand in.
    pub words: Vec<Failing>,
    /// Personas, by the rounds of their stories.
    pub personas: Vec<Failing>,
    /// Labels, by the rounds of their stories.
    pub labels: Vec<Failing>,
}

/// Something, and how often it came up and failed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Failing {
    /// What it is.
    pub name: String,
    /// How often it failed.
    pub failed: usize,
    /// Out of how many.
    pub of: usize,
}

/// Counts by name.
#[derive(Debug, Default)]
struct Counts {
    by_name: BTreeMap<String, (usize, usize)>,
    failed: usize,
    of: usize,
}

impl Failures {
    /// Looks at all rounds that have ended; `None` where they are too few to tell.
    pub fn of(backlog: &Backlog) -> Option<Self> {
        let (mut words, mut personas, mut labels) =
            (Counts::default(), Counts::default(), Counts::default());
        let mut rounds = 0;
        for story in backlog.stories() {
            for round in story.closed_rounds() {
                rounds += 1;
                let is_rejected = round.outcome == Some(Outcome::Rejected);
                personas.count([story.persona.to_lowercase()], is_rejected);
                labels.count(labels_of(story), is_rejected);
                count_words(round, &mut words);
            }
        }
        (rounds >= ROUNDS).then(|| Self {
            words: words.worst(),
            personas: personas.worst(),
            labels: labels.worst(),
        })
    }

    /// Whether nothing fails more often than the rest.
    pub fn is_empty(&self) -> bool {
        self.words.is_empty() && self.personas.is_empty() && self.labels.is_empty()
    }
}

impl Counts {
    /// Counts one occasion on which these came up, each once.
    fn count(&mut self, names: impl IntoIterator<Item = String>, has_failed: bool) {
        self.of += 1;
        self.failed += usize::from(has_failed);
        for name in names {
            if !name.is_empty() {
                let (failed, of) = self.by_name.entry(name).or_default();
                *failed += usize::from(has_failed);
                *of += 1;
            }
        }
    }

    /// Those that fail most often, and more often than all together.
    fn worst(self) -> Vec<Failing> {
        let Self {
            by_name,
            failed: all_failed,
            of: all,
        } = self;
        let mut worst: Vec<Failing> = by_name
            .into_iter()
            .map(|(name, (failed, of))| Failing { name, failed, of })
            .filter(|failing| failing.of >= TIMES && failing.failed >= FAILED)
            .filter(|failing| failing.failed * all > all_failed * failing.of)
            .collect();
        // The higher rate first: fractions are compared crosswise, so that no rounding plays a part.
        worst.sort_by(|one, other| {
            (other.failed * one.of)
                .cmp(&(one.failed * other.of))
                .then(other.failed.cmp(&one.failed))
        });
        worst.truncate(MOST);
        worst
    }
}

fn labels_of(story: &Story) -> BTreeSet<String> {
    story
        .labels
        .iter()
        .map(|label| label.to_lowercase())
        .collect()
}

/// Counts the words of every criterion that was met or not; what could not be told tells nothing.
fn count_words(round: &Round, words: &mut Counts) {
    for judgement in &round.verdicts {
        let has_failed = match judgement.verdict {
            Verdict::Met => false,
            Verdict::NotMet => true,
            Verdict::CannotTell => continue,
        };
        let told = judgement.text.unicode_words().map(str::to_lowercase);
        let told: BTreeSet<String> = told.filter(|word| is_telling(word)).collect();
        words.count(told, has_failed);
    }
}

/// Whether a word says what a criterion is about.
fn is_telling(word: &str) -> bool {
    // A sign of Chinese or Japanese says as much as a word does elsewhere.
    let is_long = word.chars().count() >= 4 || word.chars().all(|c| c >= '\u{2e80}');
    is_long && word.chars().any(char::is_alphabetic) && !EMPTY.contains(&word)
}

#[cfg(test)]
mod tests {
    use super::super::tests::{day, story};
    use super::*;
    use crate::model::{Extra, Judgement, Line, Product, Prose};

    /// A story with one round that judged these criteria.
    fn reviewed(number: u32, labels: &[&str], persona: &str, judged: &[(&str, Verdict)]) -> Story {
        let is_rejected = judged.iter().any(|(_, verdict)| *verdict != Verdict::Met);
        let verdicts = judged.iter().map(|(text, verdict)| Judgement {
            criterion: text.to_string(),
            text: Prose::parse(text),
            verdict: *verdict,
            at: None,
            by: Line::default(),
            note: Prose::default(),
            evidence: Prose::default(),
            extra: Extra::new(),
        });
        let outcome = if is_rejected {
            Outcome::Rejected
        } else {
            Outcome::Accepted
        };
        let round = Round {
            outcome: Some(outcome),
            verdicts: verdicts.collect(),
            ..Round::begin(1, day(1), Line::default(), &[])
        };
        Story {
            labels: labels.iter().map(|label| Line::parse(label)).collect(),
            persona: Line::parse(persona),
            reviews: vec![round],
            ..story(number, &[])
        }
    }

    fn told(failing: &[Failing]) -> Vec<(&str, usize, usize)> {
        let told = failing.iter();
        told.map(|one| (one.name.as_str(), one.failed, one.of))
            .collect()
    }

    fn failures(stories: Vec<Story>) -> Option<Failures> {
        Failures::of(&Backlog::load(Product::new("Shop", None).unwrap(), stories, 0).0)
    }

    fn eight() -> Vec<Story> {
        use Verdict::{CannotTell, Met, NotMet};
        vec![
            reviewed(1, &["Checkout"], "buyer", &[("The date is shown", NotMet)]),
            reviewed(
                2,
                &["checkout"],
                "Buyer",
                &[("A date of the refund is sent", NotMet)],
            ),
            reviewed(
                3,
                &["checkout"],
                "buyer",
                &[("The date is printed", Met), ("Text is shown", Met)],
            ),
            reviewed(4, &["account"], "clerk", &[("Log in is shown", Met)]),
            reviewed(
                5,
                &["account"],
                "clerk",
                &[("A mail is shown with the date", NotMet)],
            ),
            reviewed(6, &["account"], "clerk", &[("Mail is shown", Met)]),
            reviewed(7, &["account"], "clerk", &[("date", CannotTell)]),
            reviewed(8, &[], "", &[("Mail is shown", Met)]),
        ]
    }

    #[test]
    fn what_fails_more_often_than_the_rest_is_told_the_worst_first() {
        let failures = failures(eight()).unwrap();
        assert_eq!(told(&failures.words), [("date", 3, 4)]);
        assert_eq!(told(&failures.personas), [("buyer", 2, 3)]);
        assert_eq!(told(&failures.labels), [("checkout", 2, 3)]);
    }

    #[test]
    fn with_few_rounds_nobody_can_tell() {
        let mut stories = eight();
        stories.pop();
        assert_eq!(failures(stories), None);
        assert_eq!(failures(Vec::new()), None);
    }

    #[test]
    fn where_all_fails_alike_nothing_stands_out() {
        let all = (1..=9).map(|number| {
            reviewed(
                number,
                &["checkout"],
                "buyer",
                &[("The date is shown", Verdict::NotMet)],
            )
        });
        assert!(failures(all.collect()).unwrap().is_empty());
    }

    #[test]
    fn words_that_say_nothing_and_numbers_are_left_out() {
        for (word, telling) in [
            ("date", true),
            ("日", true),
            ("the", false),
            ("given", false),
            ("2026", false),
            ("größe", true),
        ] {
            assert_eq!(is_telling(word), telling, "{word}");
        }
    }
}
