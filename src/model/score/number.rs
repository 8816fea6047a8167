//! The number that each method makes of a score.

use super::part::class_word;
use super::{Method, Part};
use crate::model::{Backlog, Story};

/// The least effort that RICE divides by.
const LEAST_EFFORT: f64 = 0.5;

impl Method {
    /// The story's own score, higher for what should come earlier; `None` as long as a part is missing.
    ///
    /// MoSCoW: 4 for must, down to 1 for won't. Value/effort: their ratio. WSJF: value, urgency and risk together over
    /// size. RICE: reach times impact times confidence over effort, or over the estimate where no effort is given.
    /// FIELD.md section 5. Impact: that of the story's problem, [`Backlog::impact`].
    pub fn number(self, story: &Story, backlog: &Backlog) -> Option<f64> {
        let read = |part: Part| part.read(&story.scores).map(super::Grade::number);
        match self {
            Self::Moscow => read(Part::Class),
            Self::ValueEffort => Some(read(Part::Value)? / read(Part::Effort)?),
            Self::Wsjf => {
                let worth = read(Part::UserValue)? + read(Part::Urgency)? + read(Part::Risk)?;
                Some(worth / read(Part::Size)?)
            }
            Self::Rice => {
                let effort = read(Part::Months).or_else(|| {
                    let points = story.estimate?.as_f64();
                    Some(points.max(LEAST_EFFORT))
                })?;
                let sure = read(Part::Confidence)? / 100.0;
                Some(read(Part::Reach)? * read(Part::Impact)? * sure / effort)
            }
            Self::Impact => backlog.impact(story).map(f64::from),
        }
    }

    /// A score as it stands in a column: `must`, `6.3`, `8.0`, `533`, `12k`.
    pub fn figure(self, number: f64) -> String {
        match number {
            n if self == Self::Moscow => class_word(n).to_owned(),
            n if self == Self::Impact => format!("{n:.0}"),
            n if n > 0.0 && n < 0.095 => format!("{n:.2}"),
            n if n < 99.95 => format!("{n:.1}"),
            n if n < 9_999.5 => format!("{n:.0}"),
            n if n < 999_500.0 => format!("{:.0}k", n / 1e3),
            n if n < 999_500_000.0 => format!("{:.0}m", n / 1e6),
            _ => ">1bn".to_owned(),
        }
    }

    /// A score in a sentence: `must`, `WSJF 6.3`, `WSJF 8`, `impact 12`.
    pub fn told(self, number: f64) -> String {
        match self {
            Self::Moscow => self.figure(number),
            _ => format!("{self} {}", self.figure(number).trim_end_matches(".0")),
        }
    }
}

#[cfg(test)]
pub(super) mod tests {
    use super::*;
    use crate::model::{Points, Product};

    pub(in crate::model::score) fn story(scores: &str) -> Story {
        let mut story: Story = serde_json::from_value(serde_json::json!({
            "format": 1, "id": "019ab3c4-7c3e-7d5a-9b1e-2f6c1d0a8e4b", "number": 1, "title": "Pay", "rank": "a0",
            "created": "2026-11-19T16:00:00Z", "updated": "2026-11-20T09:12:00Z",
        }))
        .unwrap();
        story.scores = serde_json::from_str(scores).unwrap();
        story
    }

    pub(in crate::model::score) fn nothing() -> Backlog {
        Backlog::new(Product::new("Shop", None).unwrap())
    }

    #[test]
    fn each_method_makes_its_number() {
        for (method, scores, number) in [
            (Method::Moscow, r#"{"moscow":"must"}"#, Some("must")),
            (Method::Moscow, r#"{"moscow":"wont"}"#, Some("wont")),
            (Method::Moscow, "{}", None),
            (
                Method::ValueEffort,
                r#"{"value-effort":{"value":4,"effort":2}}"#,
                Some("2.0"),
            ),
            (
                Method::ValueEffort,
                r#"{"value-effort":{"value":1,"effort":5}}"#,
                Some("0.2"),
            ),
            (Method::ValueEffort, r#"{"value-effort":{"value":4}}"#, None),
            (
                Method::Wsjf,
                r#"{"wsjf":{"value":8,"urgency":5,"risk":3,"size":3}}"#,
                Some("5.3"),
            ),
            (
                Method::Wsjf,
                r#"{"wsjf":{"value":20,"urgency":20,"risk":20,"size":1}}"#,
                Some("60.0"),
            ),
            (
                Method::Wsjf,
                r#"{"wsjf":{"value":8,"urgency":5,"risk":3}}"#,
                None,
            ),
            (
                Method::Rice,
                r#"{"rice":{"reach":500,"impact":2,"confidence":80,"effort":1.5}}"#,
                Some("533"),
            ),
            (
                Method::Rice,
                r#"{"rice":{"reach":100000,"impact":3,"confidence":100,"effort":0.5}}"#,
                Some("600k"),
            ),
            (
                Method::Rice,
                r#"{"rice":{"reach":500,"impact":2,"confidence":80}}"#,
                None,
            ),
            (
                Method::Rice,
                r#"{"rice":{"reach":0,"impact":2,"confidence":80,"effort":2}}"#,
                Some("0.0"),
            ),
        ] {
            let given = method.number(&story(scores), &nothing());
            let shown = given.map(|number| method.figure(number));
            assert_eq!(shown.as_deref(), number, "{method} {scores}");
        }
    }

    #[test]
    fn rice_takes_the_estimate_where_no_effort_is_given() {
        let mut story = story(r#"{"rice":{"reach":100,"impact":1,"confidence":100}}"#);
        story.estimate = Some(Points::whole(4));
        assert_eq!(Method::Rice.number(&story, &nothing()), Some(25.0));
        story.estimate = Some(Points::ZERO);
        assert_eq!(Method::Rice.number(&story, &nothing()), Some(200.0));
    }

    #[test]
    fn figures_are_short() {
        for (number, figure) in [
            (0.0, "0.0"),
            (0.04, "0.04"),
            (0.25, "0.2"),
            (0.999, "1.0"),
            (16.0, "16.0"),
            (99.96, "100"),
            (9_999.6, "10k"),
            (999_600.0, "1m"),
            (6e12, ">1bn"),
        ] {
            assert_eq!(Method::Rice.figure(number), figure);
        }
        assert_eq!(Method::Wsjf.told(6.25), "WSJF 6.2");
        assert_eq!(Method::Wsjf.told(8.0), "WSJF 8");
        assert_eq!(Method::Moscow.told(3.0), "should");
    }
}
