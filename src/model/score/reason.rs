//! Why a story stands where its score puts it, in a few words.

use super::{Board, Method, Part, Placed, Scale};
use crate::model::{Backlog, Story};

/// An effort of so many person-months beyond the least is as large as one can be.
const LARGE_EFFORT: f64 = 4.0;

impl Board {
    /// What makes a story's score what it is: `WSJF 0.8 — large size`, `impact 5 — Parcels come late`, `blocks WEB-9
    /// (WSJF 12)`.
    pub fn reason(&self, placed: &Placed, backlog: &Backlog) -> String {
        let told = self.method().told(placed.score.number);
        if let Some(waiting) = placed.score.from {
            return format!("blocks {} ({told})", backlog.key_or_id(waiting));
        }
        let is_up = placed.by_score < placed.place;
        let story = backlog.story(placed.story);
        if self.method() == Method::Impact
            && let Some(problem) = story.and_then(|story| backlog.problem_of(story))
        {
            return format!("{told} — {}", problem.title);
        }
        let telling = story.and_then(|story| telling(self.method(), story, is_up));
        match telling {
            Some((part, is_high)) => format!("{told} — {}", words(part, is_high)),
            None => told,
        }
    }
}

/// The part that pulls a story most up or down, and whether it is a high value of it that does; none where all of them
/// stand in the middle or pull the other way.
fn telling(method: Method, story: &Story, is_up: bool) -> Option<(Part, bool)> {
    let pulls = method.parts().iter().filter_map(|&part| {
        let height = height(part, part.read(&story.scores)?.number())?;
        let is_high = is_up != part.is_cost();
        let pull = if is_high { height } else { 1.0 - height };
        Some((part, is_high, pull))
    });
    // Where two pull alike: the cost, by which all the others are divided, else the one asked for first.
    let strongest = pulls.max_by(|a, b| {
        let is_cost = |part: Part| (part.is_cost(), std::cmp::Reverse(part));
        a.2.total_cmp(&b.2)
            .then_with(|| is_cost(a.0).cmp(&is_cost(b.0)))
    });
    // Reach has no scale: it tells something where nothing else does.
    let reach = (method == Method::Rice).then_some((Part::Reach, is_up));
    strongest
        .filter(|(_, _, pull)| *pull > 0.5)
        .map_or(reach, |(part, is_high, _)| Some((part, is_high)))
}

/// How high a value is among those its part may have, from 0 to 1; nothing where there is no scale.
fn height(part: Part, number: f64) -> Option<f64> {
    match part.scale() {
        Scale::Classes => None,
        Scale::From(_) if !part.is_cost() => None,
        Scale::Steps(steps) => {
            let below = steps.iter().filter(|step| **step < number).count();
            let [below, most] = [below, steps.len().saturating_sub(1)].map(count);
            Some(below / most)
        }
        Scale::From(least) => Some(((number - least) / LARGE_EFFORT).clamp(0.0, 1.0)),
    }
}

fn count(number: usize) -> f64 {
    u32::try_from(number).map_or(f64::MAX, f64::from)
}

const fn words(part: Part, is_high: bool) -> &'static str {
    match (part, is_high) {
        (Part::Class, _) => "",
        (Part::Value | Part::UserValue, true) => "high value",
        (Part::Value | Part::UserValue, false) => "low value",
        (Part::Urgency, true) => "high urgency",
        (Part::Urgency, false) => "low urgency",
        (Part::Risk, true) => "much risk averted",
        (Part::Risk, false) => "little risk averted",
        (Part::Size, true) => "large size",
        (Part::Size, false) => "small size",
        (Part::Reach, true) => "wide reach",
        (Part::Reach, false) => "small reach",
        (Part::Impact, true) => "high impact",
        (Part::Impact, false) => "low impact",
        (Part::Confidence, true) => "high confidence",
        (Part::Confidence, false) => "low confidence",
        (Part::Effort | Part::Months, true) => "large effort",
        (Part::Effort | Part::Months, false) => "small effort",
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{Product, StoryId};
    use uuid::Uuid;

    /// What is told of the first of two stories.
    fn reason(method: Method, first: &str, second: &str) -> String {
        let stories = (1u32..).zip([first, second]).map(|(number, scores)| {
            let scores: serde_json::Value = serde_json::from_str(scores).unwrap();
            let story: Story = serde_json::from_value(serde_json::json!({
                "format": 1, "id": StoryId::new(Uuid::from_u128(number.into())), "number": number, "title": "Pay",
                "rank": format!("a{number}"), "scores": { method.word(): scores },
                "created": "2026-11-19T16:00:00Z", "updated": "2026-11-20T09:12:00Z",
            }))
            .unwrap();
            story
        });
        let backlog = Backlog::load(Product::new("Webshop", None).unwrap(), stories, 0).0;
        let board = Board::new(&backlog, method, backlog.open()).unwrap();
        board.reason(&board.scored()[0], &backlog)
    }

    #[test]
    fn the_part_that_pulls_most_is_told() {
        let high = r#"{"value":20,"urgency":20,"risk":20,"size":1}"#;
        for (method, first, second, told) in [
            (
                Method::Wsjf,
                r#"{"value":2,"urgency":1,"risk":1,"size":20}"#,
                high,
                "WSJF 0.2 — large size",
            ),
            (
                Method::Wsjf,
                r#"{"value":8,"urgency":1,"risk":8,"size":5}"#,
                high,
                "WSJF 3.4 — low urgency",
            ),
            (
                Method::ValueEffort,
                r#"{"value":3,"effort":5}"#,
                r#"{"value":5,"effort":1}"#,
                "value/effort 0.6 — large effort",
            ),
            (
                Method::Rice,
                r#"{"reach":10,"impact":2,"confidence":100,"effort":1}"#,
                r#"{"reach":99,"impact":2,"confidence":100,"effort":1}"#,
                "RICE 20 — small reach",
            ),
            (Method::Moscow, r#""could""#, r#""must""#, "could"),
        ] {
            assert_eq!(reason(method, first, second), told);
        }
    }
}
