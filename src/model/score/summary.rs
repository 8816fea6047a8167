//! A score in words, with its parts.

use super::{Grade, Method, Part};
use crate::model::{Backlog, Story};

impl Method {
    /// What a story's scores say of this method: `WSJF 5.3 (value 8, urgency 5, risk 3, size 3)`; what is missing is
    /// named. `None` where they say nothing.
    pub fn summary(self, story: &Story, backlog: &Backlog) -> Option<String> {
        if !self.is_begun(&story.scores) {
            return None;
        }
        let number = self.number(story, backlog);
        if self == Self::Moscow {
            return number.map(|number| format!("MoSCoW {}", self.figure(number)));
        }
        let parts: Vec<String> = self.parts().iter().map(|part| told(*part, story)).collect();
        let head = number.map_or_else(
            || format!("{self} not complete"),
            |number| self.told(number),
        );
        Some(format!("{head} ({})", parts.join(", ")))
    }

    /// The scores of a story by every method that they say something of, in the order of [`Method::ALL`].
    pub fn summaries(story: &Story, backlog: &Backlog) -> Vec<String> {
        let methods = Self::ALL.into_iter();
        methods
            .filter_map(|method| method.summary(story, backlog))
            .collect()
    }
}

fn told(part: Part, story: &Story) -> String {
    let word = part.word();
    match (part.read(&story.scores).map(Grade::text), story.estimate) {
        (Some(value), _) => format!("{word} {value}"),
        (None, Some(points)) if part == Part::Months => format!("{word} {points} as estimated"),
        (None, _) => format!("{word} missing"),
    }
}

#[cfg(test)]
mod tests {
    use super::super::number::tests::{nothing, story};
    use super::*;
    use crate::model::Points;

    #[test]
    fn parts_are_named_and_so_is_what_is_missing() {
        let mut story = story(
            r#"{"moscow":"must","wsjf":{"value":8,"size":3},"rice":{"reach":500,"impact":0.5,"confidence":80}}"#,
        );
        let told = Method::summaries(&story, &nothing());
        assert_eq!(
            told,
            [
                "MoSCoW must",
                "WSJF not complete (value 8, urgency missing, risk missing, size 3)",
                "RICE not complete (reach 500, impact 0.5, confidence 80 %, effort missing)"
            ]
        );
        story.estimate = Some(Points::whole(2));
        assert_eq!(
            Method::Rice.summary(&story, &nothing()).unwrap(),
            "RICE 100 (reach 500, impact 0.5, confidence 80 %, effort 2 as estimated)"
        );
    }
}
