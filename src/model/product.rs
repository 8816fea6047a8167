//! A product: the settings of one backlog.

mod done;
mod iterations;
mod lint;
mod outcome;
mod setting;
mod templates;
mod views;
mod within;

use std::fmt;

use serde::{Deserialize, Serialize};

use super::refusal::Refusal;
use super::score::Method;
use super::text::Line;
use super::{Extra, OutcomeId, Points, Unit};
pub use iterations::Iterations;
pub use lint::LintSettings;
pub use outcome::ProductOutcome;
pub use setting::{Deed, Setting, Shape, Unfit};
pub use templates::{Template, Templates};
pub use views::{Grouping, View};
pub use within::Within;

/// The letters before the number in a story's key, such as `WEB`.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(try_from = "String")]
pub struct KeyPrefix(String);

/// The settings of one backlog.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Product {
    /// The version of the file's format; see [`Product::FORMAT`].
    pub format: u32,
    /// What people call it.
    pub name: Line,
    /// The prefix of the stories' keys.
    pub key: KeyPrefix,
    /// The people the stories are for.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub personas: Vec<Line>,
    /// What a story needs to be agreed.
    #[serde(default)]
    pub ready: Readiness,
    /// The definition of done: what must be ticked to accept a story, beside its criteria; a line may begin with the
    /// kinds it is for. See [`Product::done_for`].
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub done: Vec<Line>,
    /// What new stories begin with.
    #[serde(default, skip_serializing_if = "Templates::is_empty")]
    pub templates: Templates,
    /// The estimates that are used.
    #[serde(default = "Product::usual_scale")]
    pub scale: Vec<Points>,
    /// How the team's time is cut; without it forecasts guess.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub iterations: Option<Iterations>,
    /// The ways to score that are in use; the first one is shown beside the stories.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub scores: Vec<Method>,
    /// Saved looks at the backlog.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub views: Vec<View>,
    /// What should change for users; problems serve it.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub outcomes: Vec<ProductOutcome>,
    /// After so many days without new evidence a problem is stale.
    #[serde(
        default = "Product::usual_freshness",
        skip_serializing_if = "Product::is_usual_freshness"
    )]
    pub freshness: Within<1, 255>,
    /// What the linter is told.
    #[serde(default, skip_serializing_if = "LintSettings::is_usual")]
    pub lint: LintSettings,
    /// Fields this version does not know.
    #[serde(flatten)]
    pub extra: Extra,
}

/// The definition of ready: what *agree* asks of a story beside a title.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
#[expect(
    clippy::struct_excessive_bools,
    reason = "each is a question of its own in the settings, answered with yes or no"
)]
pub struct Readiness {
    /// At least so many criteria; chores and spikes need none.
    pub criteria: usize,
    /// No question without an answer.
    pub answers: bool,
    /// A benefit.
    pub benefit: bool,
    /// An estimate.
    pub estimate: bool,
    /// A problem that it is to solve.
    #[serde(skip_serializing_if = "is_no")]
    pub problem: bool,
    /// No defect.
    #[serde(skip_serializing_if = "is_no")]
    pub sound: bool,
    /// What must be ticked, in the product owner's words.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub lines: Vec<Line>,
    /// Fields this version does not know.
    #[serde(flatten)]
    pub extra: Extra,
}

impl Default for Readiness {
    fn default() -> Self {
        Self {
            criteria: 1,
            answers: true,
            benefit: false,
            estimate: false,
            problem: false,
            sound: false,
            lines: Vec::new(),
            extra: Extra::new(),
        }
    }
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde passes references")]
const fn is_no(value: &bool) -> bool {
    !*value
}

impl Product {
    /// The version of the format that this program writes.
    pub const FORMAT: u32 = 1;

    /// A new product with the usual settings.
    ///
    /// # Errors
    /// A name without a letter or digit is refused.
    pub fn new(name: &str, key: Option<KeyPrefix>) -> Result<Self, Refusal> {
        let name = Line::parse(name);
        if !name.chars().any(char::is_alphanumeric) {
            return Err(Refusal::EmptyName);
        }
        Ok(Self {
            format: Self::FORMAT,
            key: key.unwrap_or_else(|| KeyPrefix::from_name(&name)),
            name,
            personas: Vec::new(),
            ready: Readiness::default(),
            done: Vec::new(),
            templates: Templates::default(),
            scale: Self::usual_scale(),
            iterations: None,
            scores: Vec::new(),
            views: Vec::new(),
            outcomes: Vec::new(),
            freshness: Self::usual_freshness(),
            lint: LintSettings::default(),
            extra: Extra::new(),
        })
    }

    /// The key of the story with this number.
    pub fn key_of(&self, number: u32) -> String {
        format!("{}-{number}", self.key)
    }

    /// Whether the team gives estimates.
    pub const fn has_estimates(&self) -> bool {
        !self.scale.is_empty()
    }

    /// What velocity and forecast are counted in.
    pub const fn unit(&self) -> Unit {
        if self.has_estimates() {
            Unit::Points
        } else {
            Unit::Stories
        }
    }

    /// What a story with this estimate counts for in velocity and forecast: one point where the team gives none.
    pub fn size(&self, estimate: Option<Points>) -> Option<Points> {
        if self.has_estimates() {
            estimate
        } else {
            Some(Points::whole(1))
        }
    }

    /// The outcome with this id.
    pub fn outcome(&self, id: OutcomeId) -> Option<&ProductOutcome> {
        self.outcomes.iter().find(|outcome| outcome.id == id)
    }

    /// The usual limit of freshness: a month.
    const fn usual_freshness() -> Within<1, 255> {
        Within::clamped(30)
    }

    #[expect(
        clippy::trivially_copy_pass_by_ref,
        reason = "serde passes a reference"
    )]
    fn is_usual_freshness(days: &Within<1, 255>) -> bool {
        *days == Self::usual_freshness()
    }

    /// The scale most teams use: 1, 2, 3, 5, 8, 13.
    pub fn usual_scale() -> Vec<Points> {
        [1, 2, 3, 5, 8, 13].map(Points::whole).to_vec()
    }
}

impl KeyPrefix {
    /// Reads a prefix: 1 to 10 letters or digits, a letter first; lower case is raised.
    ///
    /// # Errors
    /// Anything else is refused.
    pub fn parse(text: &str) -> Result<Self, Refusal> {
        let prefix = text.trim().to_ascii_uppercase();
        let sound = (1..=10).contains(&prefix.len())
            && prefix.starts_with(|c: char| c.is_ascii_uppercase())
            && prefix
                .chars()
                .all(|c| c.is_ascii_uppercase() || c.is_ascii_digit());
        if sound {
            Ok(Self(prefix))
        } else {
            Err(Refusal::BadKeyPrefix(text.trim().to_owned()))
        }
    }

    /// Proposes a prefix: the first three Latin letters of the name.
    fn from_name(name: &str) -> Self {
        let letters: String = name
            .chars()
            .filter(char::is_ascii_alphabetic)
            .take(3)
            .collect();
        Self::parse(&letters).unwrap_or_else(|_| Self("S".to_owned()))
    }

    /// The prefix as text.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl TryFrom<String> for KeyPrefix {
    type Error = Refusal;

    fn try_from(text: String) -> Result<Self, Refusal> {
        Self::parse(&text)
    }
}

impl fmt::Display for KeyPrefix {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(&self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_prefix_is_proposed_from_the_name() {
        for (name, prefix) in [
            ("Webshop", "WEB"),
            ("G 02 federal", "GFE"),
            ("Ä1", "S"),
            ("商店", "S"),
        ] {
            assert_eq!(Product::new(name, None).unwrap().key.as_str(), prefix);
        }
    }

    #[test]
    fn odd_prefixes_and_empty_names_are_refused() {
        for text in ["", "1A", "WEB-", "ABCDEFGHIJK", "É"] {
            assert!(KeyPrefix::parse(text).is_err(), "{text}");
        }
        assert_eq!(KeyPrefix::parse(" web2 ").unwrap().as_str(), "WEB2");
        assert!(Product::new(" -- ", None).is_err());
    }

    #[test]
    fn a_short_product_file_gets_the_usual_settings() {
        let product: Product =
            serde_json::from_str(r#"{"format":1,"name":"Shop","key":"SHP","colour":"red"}"#)
                .unwrap();
        assert_eq!(product.ready, Readiness::default());
        assert_eq!(product.scale, Product::usual_scale());
        assert_eq!(product.iterations, None);
        assert!(product.extra.contains_key("colour"));
    }

    #[test]
    fn settings_come_back_as_they_were_written() {
        let text = r#"{"format":1,"name":"Shop","key":"SHP","ready":{"criteria":1,"answers":true,"benefit":false,"estimate":false},"scale":[1],"iterations":{"start":"2026-11-02","weeks":1,"window":3,"counts":["feature","bug"],"capacity":{"12":50}},"scores":["wsjf","value-effort"],"views":[{"name":"Next","query":"is:ready","key":"n","group":"epic"}]}"#;
        let product: Product = serde_json::from_str(text).unwrap();
        assert_eq!(serde_json::to_string(&product).unwrap(), text);
        let iterations = product.iterations.unwrap();
        assert_eq!((iterations.weeks.get(), iterations.capacity[&12]), (1, 50));
    }

    #[test]
    fn short_iterations_get_the_usual_length() {
        let short: Iterations = serde_json::from_str(r#"{"start":"2026-11-02"}"#).unwrap();
        assert_eq!(short, Iterations::usual(short.start));
    }
}
