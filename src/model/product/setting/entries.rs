//! The values as text.

use super::{Setting, Shape, view};
use crate::model::score::Method;
use crate::model::{Iterations, Kind, Points, Product, Template, View};

impl Setting {
    /// The value, one text an entry; none where nothing is set.
    pub fn entries(self, product: &Product) -> Vec<String> {
        let (ready, lint) = (&product.ready, &product.lint);
        match self {
            Self::Name => vec![product.name.to_string()],
            Self::Key => vec![product.key.to_string()],
            Self::Personas => product.personas.iter().map(ToString::to_string).collect(),
            Self::ReadyCriteria => vec![ready.criteria.to_string()],
            Self::ReadyAnswers => vec![yes_or_no(ready.answers)],
            Self::ReadyBenefit => vec![yes_or_no(ready.benefit)],
            Self::ReadyEstimate => vec![yes_or_no(ready.estimate)],
            Self::ReadyProblem => vec![yes_or_no(ready.problem)],
            Self::ReadySound => vec![yes_or_no(ready.sound)],
            Self::ReadyLines => ready.lines.iter().map(ToString::to_string).collect(),
            Self::Done => product.done.iter().map(ToString::to_string).collect(),
            Self::FeatureCriteria
            | Self::FeatureNotes
            | Self::BugCriteria
            | Self::BugNotes
            | Self::ChoreCriteria
            | Self::ChoreNotes
            | Self::SpikeCriteria
            | Self::SpikeNotes => self.kind().map_or_else(Vec::new, |kind| {
                self.of_template(product.templates.of(kind))
            }),
            Self::Scale => product.scale.iter().map(ToString::to_string).collect(),
            Self::Freshness => vec![product.freshness.to_string()],
            Self::Scores => words(product.scores.iter().copied().map(Method::word)),
            Self::Views => product.views.iter().map(View::to_line).collect(),
            Self::LintOff => lint.off.iter().map(ToString::to_string).collect(),
            Self::LintVague => lint.vague.iter().map(ToString::to_string).collect(),
            Self::LintCriteria => vec![lint.criteria.to_string()],
            Self::LintBlockers => vec![lint.blockers.to_string()],
            Self::LintTitle => vec![lint.title.to_string()],
            Self::Start | Self::Weeks | Self::Window | Self::Counts | Self::Capacity => product
                .iterations
                .as_ref()
                .map_or_else(Vec::new, |iterations| self.of_iterations(iterations)),
        }
    }

    fn of_template(self, template: &Template) -> Vec<String> {
        let texts = match self.shape() {
            Shape::Proses => template.criteria.as_slice(),
            _ => std::slice::from_ref(&template.notes),
        };
        let written = texts.iter().filter(|text| !text.is_empty());
        written.map(ToString::to_string).collect()
    }

    fn of_iterations(self, iterations: &Iterations) -> Vec<String> {
        match self {
            Self::Start => vec![iterations.start.to_string()],
            Self::Weeks => vec![iterations.weeks.to_string()],
            Self::Window => vec![iterations.window.to_string()],
            Self::Counts => words(iterations.counts.iter().copied().map(Kind::word)),
            Self::Capacity => iterations
                .capacity
                .iter()
                .map(|(number, per_cent)| format!("{number}={per_cent}%"))
                .collect(),
            _ => Vec::new(),
        }
    }

    /// The whole value in one line; empty where nothing is set.
    pub fn text(self, product: &Product) -> String {
        let between = if matches!(self.shape(), Shape::Lines | Shape::Proses) {
            "; "
        } else {
            ", "
        };
        self.entries(product).join(between)
    }

    /// Whether the value is yes; `None` where it is not a yes or no.
    pub fn is_on(self, product: &Product) -> Option<bool> {
        let is_switch = self.shape() == Shape::Switch;
        is_switch.then(|| self.entries(product) == [yes_or_no(true)])
    }

    /// Whether somebody who writes `text` means this entry.
    pub(super) fn is_meant(self, entry: &str, text: &str) -> bool {
        let name = match self {
            Self::Capacity => entry.split('=').next().unwrap_or(entry).to_owned(),
            Self::Views => view::name(entry),
            _ => entry.to_owned(),
        };
        let wanted = match self {
            Self::Scale => text.parse::<Points>().map(|points| points.to_string()),
            Self::Scores => text.parse::<Method>().map(|way| way.word().to_owned()),
            _ => Ok(text.to_owned()),
        };
        let wanted = wanted.unwrap_or_else(|_| text.to_owned()).to_lowercase();
        name.to_lowercase() == wanted || entry.to_lowercase() == wanted
    }
}

fn yes_or_no(is_on: bool) -> String {
    if is_on { "yes" } else { "no" }.to_owned()
}

fn words(words: impl Iterator<Item = &'static str>) -> Vec<String> {
    words.map(str::to_owned).collect()
}
