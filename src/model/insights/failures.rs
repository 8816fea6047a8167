//! What reviews fail by: the criteria, their words, the personas and the labels that fail more often than others.
//!
//! With little behind it a rate is an accident, so nothing is told before some rounds have ended, of what has come up
//! a few times only, or of what fails hardly more often than the rest: by less than a quarter.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use unicode_segmentation::UnicodeSegmentation as _;

use crate::model::{Backlog, Judgement, Outcome, Round, Story, Verdict};

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
    /// Criteria, by the rounds that judged them; those that failed most often come first.
    pub criteria: Vec<Failing>,
    /// Words, by the criteria they stand in; words that always stand together are one.
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
    by_name: BTreeMap<String, Occasions>,
    failed: usize,
    of: usize,
}

/// When something came up, counted through all occasions, and how often it failed then.
#[derive(Debug, Default)]
struct Occasions {
    when: Vec<usize>,
    failed: usize,
}

impl Failures {
    /// Looks at all rounds that have ended; `None` where they are too few to tell.
    pub fn of(backlog: &Backlog) -> Option<Self> {
        let (mut criteria, mut words) = (Counts::default(), Counts::default());
        let (mut personas, mut labels) = (Counts::default(), Counts::default());
        let mut rounds = 0;
        for story in backlog.stories() {
            let latest = latest_texts(story);
            for round in story.closed_rounds() {
                rounds += 1;
                let is_rejected = round.outcome == Some(Outcome::Rejected);
                personas.count([story.persona.to_lowercase()], is_rejected);
                labels.count(labels_of(story), is_rejected);
                for (judgement, has_failed) in judged(round) {
                    let text = latest.get(judgement.criterion.as_str()).copied();
                    criteria.count([one_line(text.unwrap_or_default())], has_failed);
                    words.count(words_of(judgement), has_failed);
                }
            }
        }
        (rounds >= ROUNDS).then(|| Self {
            criteria: criteria.most_often(),
            words: words.worst(),
            personas: personas.worst(),
            labels: labels.worst(),
        })
    }

    /// All of them, by what they are.
    pub fn kinds(&self) -> [(&'static str, &[Failing]); 4] {
        [
            ("criterion", &self.criteria),
            ("word", &self.words),
            ("persona", &self.personas),
            ("label", &self.labels),
        ]
    }

    /// Whether nothing fails more often than the rest.
    pub fn is_empty(&self) -> bool {
        let mut kinds = self.kinds().into_iter();
        kinds.all(|(_, failing)| failing.is_empty())
    }
}

impl Counts {
    /// Counts one occasion on which these came up, each once.
    fn count(&mut self, names: impl IntoIterator<Item = String>, has_failed: bool) {
        for name in names {
            if !name.is_empty() {
                let occasions = self.by_name.entry(name).or_default();
                occasions.when.push(self.of);
                occasions.failed += usize::from(has_failed);
            }
        }
        self.of += 1;
        self.failed += usize::from(has_failed);
    }

    /// Those that came up so many times at least and fail clearly more often than all together; those that always came
    /// up together are one.
    fn failing(self, times: usize) -> Vec<Failing> {
        let mut together: BTreeMap<Vec<usize>, Failing> = BTreeMap::new();
        for (name, Occasions { when, failed }) in self.by_name {
            let of = when.len();
            let stands_out = failed * self.of * 4 > self.failed * of * 5;
            if of < times || failed < FAILED || !stands_out {
                continue;
            }
            together
                .entry(when)
                .and_modify(|failing| failing.name = format!("{}, {name}", failing.name))
                .or_insert(Failing { name, failed, of });
        }
        together.into_values().collect()
    }

    /// Those with the highest rates; of equal ones those that failed more often.
    fn worst(self) -> Vec<Failing> {
        let mut worst = self.failing(TIMES);
        // Fractions are compared crosswise, so that no rounding plays a part.
        worst.sort_by(|one, other| {
            (other.failed * one.of)
                .cmp(&(one.failed * other.of))
                .then(other.failed.cmp(&one.failed))
                .then(one.name.cmp(&other.name))
        });
        worst.truncate(MOST);
        worst
    }

    /// Those that failed most often; what failed twice in two rounds is worth remembering.
    fn most_often(self) -> Vec<Failing> {
        let mut most = self.failing(FAILED);
        most.sort_by(|one, other| {
            (other.failed.cmp(&one.failed))
                .then(one.of.cmp(&other.of))
                .then(one.name.cmp(&other.name))
        });
        most.truncate(MOST);
        most
    }
}

fn labels_of(story: &Story) -> BTreeSet<String> {
    story
        .labels
        .iter()
        .map(|label| label.to_lowercase())
        .collect()
}

/// How each criterion of a story was worded when it was judged last: reworded it is still the same.
fn latest_texts(story: &Story) -> HashMap<&str, &str> {
    let rounds = story.closed_rounds();
    let judgements = rounds.flat_map(|round| &round.verdicts);
    judgements
        .map(|judgement| (judgement.criterion.as_str(), judgement.text.as_str()))
        .collect()
}

/// The criteria that were met or not, and whether they failed; what could not be told tells nothing.
fn judged(round: &Round) -> impl Iterator<Item = (&Judgement, bool)> {
    let judged = round.verdicts.iter();
    judged.filter_map(|judgement| match judgement.verdict {
        Verdict::Met => Some((judgement, false)),
        Verdict::NotMet => Some((judgement, true)),
        Verdict::CannotTell => None,
    })
}

fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// The telling words of a criterion, each once.
fn words_of(judgement: &Judgement) -> BTreeSet<String> {
    let told = judgement.text.unicode_words().map(str::to_lowercase);
    told.filter(|word| is_telling(word)).collect()
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
    use crate::model::{Extra, Line, Product, Prose};

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
    fn a_criterion_that_fails_again_is_remembered_however_it_is_reworded() {
        let mut stories = eight();
        let round = |number: u32, text: &str, verdict| {
            let mut again = reviewed(9, &[], "", &[(text, verdict)]).reviews.remove(0);
            again.round = number;
            again.verdicts[0].criterion = "c1".to_owned();
            again
        };
        let reviews = vec![
            round(1, "The label prints", Verdict::NotMet),
            round(2, "The label prints\nin colour", Verdict::NotMet),
            round(3, "The label prints\nin colour", Verdict::Met),
        ];
        stories.push(Story {
            reviews,
            ..story(9, &[])
        });
        let failures = failures(stories).unwrap();
        assert_eq!(
            told(&failures.criteria),
            [("The label prints in colour", 2, 3)]
        );
    }

    #[test]
    fn words_that_always_stand_together_are_told_once() {
        let texts = ["Refund money", "Refund money", "Refund money", "Else"];
        let all = (1..).zip(texts.into_iter().cycle().take(8));
        let stories = all.map(|(number, text)| {
            let verdict = if text == "Else" {
                Verdict::Met
            } else {
                Verdict::NotMet
            };
            reviewed(number, &[], "", &[(text, verdict)])
        });
        let failures = failures(stories.collect()).unwrap();
        assert_eq!(told(&failures.words), [("money, refund", 6, 6)]);
        assert_eq!(told(&failures.criteria), [("Refund money", 6, 6)]);
    }

    #[test]
    fn what_fails_hardly_more_often_than_the_rest_is_not_told() {
        let stories = (1..=20).map(|number| {
            // Half of all fail, and 6 of 10 with the label.
            let (label, fails) = if number <= 10 {
                ("a", number <= 6)
            } else {
                ("b", number <= 14)
            };
            let verdict = if fails { Verdict::NotMet } else { Verdict::Met };
            reviewed(number, &[label], "", &[("It works", verdict)])
        });
        assert_eq!(failures(stories.collect()).unwrap().labels, []);
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
