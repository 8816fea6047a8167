//! Scores as they stand in a story's file, read and written part by part.
//!
//! Invariants: what this version does not know stays where it is; a value that a part may not have counts as missing
//! and stays until another is set; setting what is there already changes nothing, not even how it is written.

use serde_json::{Map, Number, Value};

use super::{Grade, Method, Part};
use crate::model::Extra;

impl Part {
    /// What a story's scores say of this part.
    pub fn read(self, scores: &Extra) -> Option<Grade> {
        let method = scores.get(self.method().word())?;
        match self {
            Self::Class => self.parse(method.as_str()?).ok(),
            _ => self.grade(method.get(self.word())?.as_f64()?),
        }
    }
}

impl Part {
    /// Takes the part's value away; what this version does not know of the method stays.
    pub(in crate::model) fn clear(self, scores: &mut Extra) {
        let method = self.method();
        match scores.get_mut(method.word()) {
            Some(Value::Object(parts)) if self != Self::Class => {
                parts.shift_remove(self.word());
                if parts.is_empty() {
                    scores.shift_remove(method.word());
                }
            }
            Some(Value::String(_)) if self == Self::Class => method.clear(scores),
            _ => {}
        }
    }
}

impl Grade {
    /// The scores of a story that has these values and no others.
    pub(in crate::model) fn all(grades: &[Self]) -> Extra {
        let mut scores = Extra::new();
        for grade in grades {
            grade.write(&mut scores);
        }
        scores
    }

    /// Writes the value into a story's scores.
    pub(in crate::model) fn write(self, scores: &mut Extra) {
        let part = self.part();
        if part.read(scores) == Some(self) {
            return;
        }
        let method = part.method().word();
        if part == Part::Class {
            scores.insert(method.to_owned(), Value::String(self.text()));
            return;
        }
        let parts = scores
            .entry(method)
            .or_insert_with(|| Value::Object(Map::new()));
        if !parts.is_object() {
            *parts = Value::Object(Map::new());
        }
        // Whole numbers are written without a point.
        if let (Some(parts), Ok(number)) = (
            parts.as_object_mut(),
            self.number().to_string().parse::<Number>(),
        ) {
            parts.insert(part.word().to_owned(), Value::Number(number));
        }
    }
}

/// What this version does not know of a story's scores.
pub fn unknown(scores: &Extra) -> Extra {
    let mut rest = scores.clone();
    for method in Method::ALL {
        method.clear(&mut rest);
    }
    rest
}

impl Method {
    /// Whether a story's scores say anything of this method.
    pub fn is_begun(self, scores: &Extra) -> bool {
        self.parts().iter().any(|part| part.read(scores).is_some())
    }

    /// Takes away what a story's scores say of this method; what this version does not know of it stays.
    pub(in crate::model) fn clear(self, scores: &mut Extra) {
        if let Some(Value::Object(parts)) = scores.get_mut(self.word()) {
            for part in self.parts() {
                parts.shift_remove(part.word());
            }
            if !parts.is_empty() {
                return;
            }
        }
        scores.shift_remove(self.word());
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn scores(text: &str) -> Extra {
        serde_json::from_str(text).unwrap()
    }

    fn written(start: &str, grades: &[(Part, &str)]) -> String {
        let mut scores = scores(start);
        for (part, value) in grades {
            part.parse(value).unwrap().write(&mut scores);
        }
        serde_json::to_string(&scores).unwrap()
    }

    #[test]
    fn parts_are_written_one_by_one_and_read_back() {
        let text = written(
            "{}",
            &[
                (Part::Class, "must"),
                (Part::UserValue, "8"),
                (Part::Size, "3"),
                (Part::Months, "1.5"),
            ],
        );
        assert_eq!(
            text,
            r#"{"moscow":"must","wsjf":{"value":8,"size":3},"rice":{"effort":1.5}}"#
        );
        let scores = scores(&text);
        let read = |part: Part| part.read(&scores).map(Grade::text);
        assert_eq!(read(Part::Class), Some("must".to_owned()));
        assert_eq!(read(Part::UserValue), Some("8".to_owned()));
        assert_eq!(read(Part::Urgency), None);
        assert_eq!(read(Part::Value), None, "another method's value");
        assert_eq!(read(Part::Months), Some("1.5".to_owned()));
    }

    #[test]
    fn what_is_not_known_stays() {
        let start = r#"{"mood":"😀","wsjf":{"value":1.0,"by":"Ana","risk":4}}"#;
        assert_eq!(
            written(start, &[(Part::UserValue, "1")]),
            start,
            "the same value"
        );
        assert_eq!(
            written(start, &[(Part::Size, "2")]),
            r#"{"mood":"😀","wsjf":{"value":1.0,"by":"Ana","risk":4,"size":2}}"#
        );
        let mut scores = scores(start);
        Method::Wsjf.clear(&mut scores);
        assert_eq!(
            serde_json::to_string(&scores).unwrap(),
            r#"{"mood":"😀","wsjf":{"by":"Ana"}}"#
        );
    }

    #[test]
    fn one_part_is_taken_away_and_the_others_stay() {
        let mut scores = scores(
            r#"{"moscow":"must","wsjf":{"value":8,"by":"Ana","risk":2},"mood":1,"rice":{"reach":1}}"#,
        );
        for part in [Part::Class, Part::UserValue, Part::Reach, Part::Impact] {
            part.clear(&mut scores);
        }
        assert_eq!(
            serde_json::to_string(&scores).unwrap(),
            r#"{"wsjf":{"by":"Ana","risk":2},"mood":1}"#
        );
    }

    #[test]
    fn a_value_that_is_not_allowed_counts_as_missing() {
        let scores =
            scores(r#"{"moscow":7,"wsjf":{"value":4,"risk":"3"},"rice":[1],"value-effort":{}}"#);
        for method in Method::ALL {
            assert!(!method.is_begun(&scores), "{method}");
        }
        assert_eq!(
            written(r#"{"rice":[1]}"#, &[(Part::Reach, "500")]),
            r#"{"rice":{"reach":500}}"#
        );
    }

    #[test]
    fn clearing_leaves_no_empty_rest_and_the_others_in_their_order() {
        let mut scores = scores(r#"{"moscow":"must","rice":{"reach":1}}"#);
        Method::Moscow.clear(&mut scores);
        Method::Rice.clear(&mut scores);
        Method::Wsjf.clear(&mut scores);
        assert!(scores.is_empty());
        let mut scores = self::scores(r#"{"moscow":"must","wsjf":{},"mood":1,"rice":{"reach":1}}"#);
        Method::Moscow.clear(&mut scores);
        assert_eq!(
            serde_json::to_string(&scores).unwrap(),
            r#"{"wsjf":{},"mood":1,"rice":{"reach":1}}"#
        );
    }
}
