//! The story linter: what a story lets its team stumble over, each finding with its place, a reason and a repair.
//!
//! Two schools of rules: the clerical criteria of the Quality User Story framework (Lucassen and others, *Improving
//! agile requirements: the Quality User Story framework and tool*, 2016) and INVEST (Wake, *INVEST in good stories*,
//! 2003). One file a rule; [`RULES`] lists them. Words are those of English stories; in other languages only the rules
//! that need no words speak. A finding is advice: nothing is refused because of one, unless the product's definition
//! of ready asks for it. This module knows neither files nor screens.

mod atomic;
mod benefit;
mod blockers;
mod compared;
mod criteria;
mod dependency;
mod duplicates;
mod linter;
mod minimal;
mod open;
mod persona;
mod phrases;
mod repair;
mod size;
mod solution;
mod uniform;
mod vague;
mod verbs;
mod well_formed;
mod words;

use std::collections::{BTreeMap, HashMap};
use std::fmt;
use std::ops::Range;

use unicode_segmentation::UnicodeSegmentation as _;

use crate::model::{Backlog, LintSettings, Points, Product, Story, StoryId};

use words::Text;

pub use compared::Compared;
pub use duplicates::Likeness;
pub(super) use duplicates::telling;
pub use linter::Linter;

/// What a rule looks after.
#[derive(Debug)]
pub struct Rule {
    /// Its name in settings, files and on the command line.
    pub id: &'static str,
    /// The quality it belongs to.
    pub letter: Letter,
    /// How much it matters.
    pub severity: Severity,
    /// What it asks for, in one sentence.
    pub about: &'static str,
    check: fn(&Look, &mut Found),
}

/// The quality a rule belongs to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Letter {
    /// Quality User Story: clerical quality of the text.
    Quality,
    /// Independent of other stories.
    Independent,
    /// Negotiable: says what, not how.
    Negotiable,
    /// Valuable to somebody.
    Valuable,
    /// Estimable by the team.
    Estimable,
    /// Small enough to be built at once.
    Small,
    /// Testable by its criteria.
    Testable,
}

/// How much a finding matters, the least first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Severity {
    /// Worth a thought.
    Hint,
    /// Likely to cause trouble.
    Warning,
    /// Not a sound story.
    Defect,
}

/// Which text of a story a finding is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Spot {
    /// The story as a whole.
    Story,
    /// The title.
    Title,
    /// The persona.
    Persona,
    /// What is wanted.
    Want,
    /// The benefit.
    Benefit,
    /// A criterion, counted from 0.
    Criterion(usize),
    /// The estimate.
    Estimate,
    /// A question, counted from 0.
    Question(usize),
    /// The stories that block it.
    Blockers,
}

/// One thing the linter noticed.
#[derive(Clone, Debug)]
pub struct Finding {
    /// The rule.
    pub rule: &'static Rule,
    /// Where.
    pub spot: Spot,
    /// The place in that text, in bytes and on the edges of what people see as characters; empty for the whole text.
    pub span: Range<usize>,
    /// What is wrong and what to do, as whole sentences.
    pub why: String,
    /// What could be done about it at once.
    pub repair: Option<Repair>,
}

pub use repair::{Mended, Repair};

/// Every rule, in the order they are told.
pub const RULES: [&Rule; 23] = [
    &well_formed::RULE,
    &atomic::RULE,
    &minimal::RULE,
    &duplicates::UNIQUE,
    &duplicates::SIMILAR,
    &uniform::RULE,
    &dependency::RULE,
    &blockers::TOO_MANY,
    &blockers::CIRCLE,
    &solution::RULE,
    &benefit::MISSING,
    &benefit::REPEATED,
    &benefit::FEATURE,
    &persona::RULE,
    &open::ESTIMATE,
    &open::QUESTION,
    &open::PLACEHOLDER,
    &size::LARGE,
    &size::CRITERIA,
    &size::TITLE,
    &criteria::MISSING,
    &criteria::THIN,
    &vague::RULE,
];

/// The rule of a name.
pub fn rule(id: &str) -> Option<&'static Rule> {
    RULES.into_iter().find(|rule| rule.id == id)
}

/// What the linter knows of the other stories.
#[derive(Clone, Copy, Debug)]
pub struct Surroundings<'a> {
    backlog: &'a Backlog,
    velocity: Option<Points>,
    compared: &'a Compared,
}

impl<'a> Surroundings<'a> {
    /// Looks at stories amid their backlog.
    ///
    /// `velocity` is what the team gets done in an iteration, where that is known.
    pub const fn of(
        backlog: &'a Backlog,
        velocity: Option<Points>,
        compared: &'a Compared,
    ) -> Self {
        Self {
            backlog,
            velocity,
            compared,
        }
    }

    /// What there is to say of one story, the rules that are off and those settled for it left out.
    pub fn story(&self, story: &Story) -> Vec<Finding> {
        self.run(story, RULES)
    }

    /// What some of the rules find in a story.
    fn run(&self, story: &Story, rules: impl IntoIterator<Item = &'static Rule>) -> Vec<Finding> {
        let look = Look {
            story,
            around: *self,
            want: Text::new(if story.want.is_empty() {
                &story.title
            } else {
                &story.want
            }),
            want_spot: if story.want.is_empty() {
                Spot::Title
            } else {
                Spot::Want
            },
            benefit: Text::new(&story.benefit),
            criteria: story
                .criteria
                .iter()
                .map(|criterion| Text::new(&criterion.text))
                .collect(),
        };
        let settings = self.settings();
        let mut findings = Vec::new();
        for rule in rules {
            if settings.is_off(rule.id) || story.is_settled(rule.id) {
                continue;
            }
            let mut found = Found {
                rule,
                story,
                findings: &mut findings,
            };
            (rule.check)(&look, &mut found);
        }
        findings
    }

    /// What there is to say of every open story, in the order of the backlog; stories without findings are left out.
    pub fn all(&self) -> Vec<(StoryId, Vec<Finding>)> {
        self.backlog
            .open()
            .filter_map(|id| {
                let findings = self.story(self.backlog.story(id)?);
                (!findings.is_empty()).then_some((id, findings))
            })
            .collect()
    }

    fn settings(&self) -> &LintSettings {
        &self.product().lint
    }

    fn product(&self) -> &Product {
        self.backlog.product()
    }
}

/// One story as the rules see it.
#[derive(Debug)]
struct Look<'a> {
    story: &'a Story,
    around: Surroundings<'a>,
    /// What is wanted; the title where there is no want.
    want: Text<'a>,
    want_spot: Spot,
    benefit: Text<'a>,
    criteria: Vec<Text<'a>>,
}

impl Look<'_> {
    /// Chores and spikes are no user stories: only what concerns any work is asked of them.
    const fn is_user_story(&self) -> bool {
        self.story.kind.needs_criteria()
    }
}

/// Takes down what one rule finds.
struct Found<'a> {
    rule: &'static Rule,
    story: &'a Story,
    findings: &'a mut Vec<Finding>,
}

impl Found<'_> {
    fn add(&mut self, spot: Spot, span: Range<usize>, why: impl Into<String>) {
        self.add_with(spot, span, why, None);
    }

    fn add_with(
        &mut self,
        spot: Spot,
        span: Range<usize>,
        why: impl Into<String>,
        repair: Option<Repair>,
    ) {
        self.findings.push(Finding {
            rule: self.rule,
            spot,
            span: whole_characters(spot.text(self.story), span),
            why: why.into(),
            repair,
        });
    }
}

/// The span widened to whole characters as people see them: a mark that joins a bracket belongs to it.
fn whole_characters(text: &str, span: Range<usize>) -> Range<usize> {
    let edges = || text.grapheme_indices(true).map(|(at, _)| at);
    let start = edges().take_while(|at| *at <= span.start).last();
    let end = edges().find(|at| *at >= span.end);
    start.unwrap_or(0).min(text.len())..end.unwrap_or(text.len())
}

/// How many findings there are of each severity.
pub fn tally(findings: &[Finding]) -> BTreeMap<Severity, usize> {
    let mut tally = BTreeMap::new();
    for finding in findings {
        *tally.entry(finding.rule.severity).or_default() += 1;
    }
    tally
}

/// How many stories each rule speaks about.
pub fn by_rule(findings: &[(StoryId, Vec<Finding>)]) -> HashMap<&'static str, usize> {
    let mut stories = HashMap::new();
    for (_, findings) in findings {
        let mut ids: Vec<&str> = findings.iter().map(|finding| finding.rule.id).collect();
        ids.sort_unstable();
        ids.dedup();
        for id in ids {
            *stories.entry(id).or_default() += 1;
        }
    }
    stories
}

impl Finding {
    /// Where it is, with the words it is about where they are few.
    pub fn place(&self, story: &Story) -> String {
        let name = self.spot.name();
        match self.spot.text(story).get(self.span.clone()) {
            Some(words) if !words.is_empty() && words.chars().count() <= 40 => {
                format!("{name} “{words}”")
            }
            _ => name,
        }
    }
}

impl Letter {
    /// The letter: Q for the quality of the text, else one of INVEST.
    pub const fn as_char(self) -> char {
        match self {
            Self::Quality => 'Q',
            Self::Independent => 'I',
            Self::Negotiable => 'N',
            Self::Valuable => 'V',
            Self::Estimable => 'E',
            Self::Small => 'S',
            Self::Testable => 'T',
        }
    }
}

impl Severity {
    /// The word for it.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Hint => "hint",
            Self::Warning => "warning",
            Self::Defect => "defect",
        }
    }
}

impl Spot {
    /// The name of the text, as people read it.
    pub fn name(self) -> String {
        match self {
            Self::Story => "story".to_owned(),
            Self::Title => "title".to_owned(),
            Self::Persona => "persona".to_owned(),
            Self::Want => "want".to_owned(),
            Self::Benefit => "benefit".to_owned(),
            Self::Criterion(index) => format!("criterion {}", index + 1),
            Self::Estimate => "estimate".to_owned(),
            Self::Question(index) => format!("question {}", index + 1),
            Self::Blockers => "blockers".to_owned(),
        }
    }

    /// The text of a story; nothing where the spot is no text.
    pub fn text(self, story: &Story) -> &str {
        match self {
            Self::Title => &story.title,
            Self::Persona => &story.persona,
            Self::Want => &story.want,
            Self::Benefit => &story.benefit,
            Self::Criterion(index) => story
                .criteria
                .get(index)
                .map_or("", |criterion| &criterion.text),
            Self::Question(index) => story
                .questions
                .get(index)
                .map_or("", |question| &question.text),
            Self::Story | Self::Estimate | Self::Blockers => "",
        }
    }
}

impl fmt::Display for Severity {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.word())
    }
}

#[cfg(test)]
mod laws;
#[cfg(test)]
mod tests;
