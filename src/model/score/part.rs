//! The parts of each method's score, and the values each of them may have.

use super::Method;
use crate::model::refusal::Refusal;

/// What a story may be in MoSCoW, with the number that sorts it.
const CLASSES: [(&str, f64); 4] = [
    ("must", 4.0),
    ("should", 3.0),
    ("could", 2.0),
    ("wont", 1.0),
];
/// The relative sizes of WSJF.
const SIZES: &[f64] = &[1.0, 2.0, 3.0, 5.0, 8.0, 13.0, 20.0];
/// More people than this no product reaches; it keeps every number finite.
const LARGEST: f64 = 1e12;

/// One part of a score.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Part {
    /// MoSCoW: must, should, could or won't.
    Class,
    /// Value/effort: the value.
    Value,
    /// Value/effort: the effort.
    Effort,
    /// WSJF: the value for users or the business.
    UserValue,
    /// WSJF: how much waiting costs.
    Urgency,
    /// WSJF: the risk it takes away or the opportunity it opens.
    Risk,
    /// WSJF: the size of the job.
    Size,
    /// RICE: how many people it reaches in a span of time.
    Reach,
    /// RICE: how much it does for each of them.
    Impact,
    /// RICE: how sure all that is, in per cent.
    Confidence,
    /// RICE: the effort in person-months; where left out, the story's estimate.
    Months,
}

/// The values a part may have.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Scale {
    /// The words of MoSCoW, most important first.
    Classes,
    /// These numbers.
    Steps(&'static [f64]),
    /// Any number from here on.
    From(f64),
}

/// A part with a value that it may have.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Grade {
    part: Part,
    number: f64,
}

impl Part {
    /// Every part of every method.
    pub fn all() -> impl Iterator<Item = Self> {
        Method::ALL
            .into_iter()
            .flat_map(|method| method.parts().iter().copied())
    }

    /// The part's name in the story's file and on the screen.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Class => "class",
            Self::Value | Self::UserValue => "value",
            Self::Effort | Self::Months => "effort",
            Self::Urgency => "urgency",
            Self::Risk => "risk",
            Self::Size => "size",
            Self::Reach => "reach",
            Self::Impact => "impact",
            Self::Confidence => "confidence",
        }
    }

    /// The part with its method, for sentences.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Class => "MoSCoW class",
            Self::Value => "value",
            Self::Effort => "effort",
            Self::UserValue => "WSJF value",
            Self::Urgency => "WSJF urgency",
            Self::Risk => "WSJF risk",
            Self::Size => "WSJF size",
            Self::Reach => "RICE reach",
            Self::Impact => "RICE impact",
            Self::Confidence => "RICE confidence",
            Self::Months => "RICE effort",
        }
    }

    /// The part's name where no method is told: `moscow`, `wsjf.value`, `rice.effort`.
    pub const fn path(self) -> &'static str {
        match self {
            Self::Class => "moscow",
            Self::Value => "value-effort.value",
            Self::Effort => "value-effort.effort",
            Self::UserValue => "wsjf.value",
            Self::Urgency => "wsjf.urgency",
            Self::Risk => "wsjf.risk",
            Self::Size => "wsjf.size",
            Self::Reach => "rice.reach",
            Self::Impact => "rice.impact",
            Self::Confidence => "rice.confidence",
            Self::Months => "rice.effort",
        }
    }

    /// The method the part belongs to.
    pub const fn method(self) -> Method {
        match self {
            Self::Class => Method::Moscow,
            Self::Value | Self::Effort => Method::ValueEffort,
            Self::UserValue | Self::Urgency | Self::Risk | Self::Size => Method::Wsjf,
            Self::Reach | Self::Impact | Self::Confidence | Self::Months => Method::Rice,
        }
    }

    /// The values the part may have; FIELD.md section 5.
    pub const fn scale(self) -> Scale {
        match self {
            Self::Class => Scale::Classes,
            Self::Value | Self::Effort => Scale::Steps(&[1.0, 2.0, 3.0, 4.0, 5.0]),
            Self::UserValue | Self::Urgency | Self::Risk | Self::Size => Scale::Steps(SIZES),
            Self::Reach => Scale::From(0.0),
            Self::Impact => Scale::Steps(&[0.25, 0.5, 1.0, 2.0, 3.0]),
            Self::Confidence => Scale::Steps(&[50.0, 80.0, 100.0]),
            Self::Months => Scale::From(0.5),
        }
    }

    /// Whether more of it makes the score lower.
    pub const fn is_cost(self) -> bool {
        matches!(self, Self::Effort | Self::Size | Self::Months)
    }

    /// Reads a value: `must`, `8`, `0,5`, `80 %`.
    ///
    /// # Errors
    /// A value the part may not have is refused with those it may.
    pub fn parse(self, text: &str) -> Result<Grade, Refusal> {
        let given = text.trim().to_lowercase();
        let number = match self.scale() {
            Scale::Classes => class_number(&given.replace(['\'', '\u{2019}'], "")),
            Scale::Steps(_) | Scale::From(_) => {
                let digits = given.trim_end_matches('%').trim_end().replace(',', ".");
                digits.parse().ok()
            }
        };
        number
            .and_then(|number| self.grade(number))
            .ok_or_else(|| self.refusal(text.trim()))
    }

    /// The part with a number; `None` where it may not have it. A class is 4 for must, down to 1 for won't.
    pub fn grade(self, number: f64) -> Option<Grade> {
        let is_among = |steps: &[f64]| steps.iter().any(|step| step.to_bits() == number.to_bits());
        let may = match self.scale() {
            Scale::Classes => is_among(&CLASSES.map(|(_, number)| number)),
            Scale::Steps(steps) => is_among(steps),
            Scale::From(least) => (least..=LARGEST).contains(&number),
        };
        // Adding nothing makes a plain zero of a negative one.
        may.then_some(Grade {
            part: self,
            number: number + 0.0,
        })
    }

    fn refusal(self, given: &str) -> Refusal {
        let (what, word) = (self.name(), given.to_owned());
        let known = match self.scale() {
            Scale::Classes => CLASSES.map(|(word, _)| word).join(", "),
            Scale::Steps(steps) => {
                let steps: Vec<String> = steps.iter().map(ToString::to_string).collect();
                steps.join(", ")
            }
            Scale::From(least) => {
                let least = least.to_string();
                return Refusal::NotFrom { what, word, least };
            }
        };
        Refusal::UnknownWord { what, word, known }
    }
}

impl Grade {
    /// Which part it is.
    pub const fn part(self) -> Part {
        self.part
    }

    /// Its number.
    pub const fn number(self) -> f64 {
        self.number
    }

    /// Its value as people write it: `must`, `8`, `80 %`.
    pub fn text(self) -> String {
        match self.part {
            Part::Class => class_word(self.number).to_owned(),
            Part::Confidence => format!("{} %", self.number),
            _ => self.number.to_string(),
        }
    }
}

/// The word of a class.
pub(super) fn class_word(number: f64) -> &'static str {
    let class = CLASSES.iter().find(|(_, class)| *class <= number);
    class.map_or("wont", |(word, _)| word)
}

fn class_number(word: &str) -> Option<f64> {
    let word = word.strip_suffix(" have").unwrap_or(word);
    let class = CLASSES.iter().find(|(class, _)| *class == word);
    class.map(|(_, number)| *number)
}

impl Method {
    /// The parts of the method's score, in the order in which they are asked for.
    pub const fn parts(self) -> &'static [Part] {
        match self {
            Self::Moscow => &[Part::Class],
            Self::ValueEffort => &[Part::Value, Part::Effort],
            Self::Wsjf => &[Part::UserValue, Part::Urgency, Part::Risk, Part::Size],
            Self::Rice => &[Part::Reach, Part::Impact, Part::Confidence, Part::Months],
            Self::Impact => &[],
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_part_belongs_to_its_method() {
        for method in Method::ALL {
            for part in method.parts() {
                assert_eq!(part.method(), method, "{part:?}");
                let path = match part {
                    Part::Class => method.word().to_owned(),
                    _ => format!("{}.{}", method.word(), part.word()),
                };
                assert_eq!(part.path(), path);
            }
        }
    }

    #[test]
    fn values_are_read_as_people_write_them() {
        for (part, given, text) in [
            (Part::Class, " Must ", "must"),
            (Part::Class, "won't", "wont"),
            (Part::Class, "Should have", "should"),
            (Part::Value, "5", "5"),
            (Part::Size, "20", "20"),
            (Part::Reach, "0", "0"),
            (Part::Reach, "1250.5", "1250.5"),
            (Part::Impact, "0,25", "0.25"),
            (Part::Confidence, "80%", "80 %"),
            (Part::Confidence, "100 %", "100 %"),
            (Part::Months, "0.5", "0.5"),
        ] {
            assert_eq!(part.parse(given).unwrap().text(), text, "{part:?} {given}");
        }
    }

    #[test]
    fn a_value_a_part_may_not_have_is_refused_with_those_it_may() {
        for (part, given, sentence) in [
            (
                Part::Class,
                "later",
                "`later` is no MoSCoW class. Use one of: must, should, could, wont.",
            ),
            (
                Part::Effort,
                "6",
                "`6` is no effort. Use one of: 1, 2, 3, 4, 5.",
            ),
            (
                Part::Risk,
                "4",
                "`4` is no WSJF risk. Use one of: 1, 2, 3, 5, 8, 13, 20.",
            ),
            (
                Part::Impact,
                "4",
                "`4` is no RICE impact. Use one of: 0.25, 0.5, 1, 2, 3.",
            ),
            (
                Part::Confidence,
                "90",
                "`90` is no RICE confidence. Use one of: 50, 80, 100.",
            ),
            (
                Part::Reach,
                "-1",
                "`-1` is no RICE reach. Use a number from 0 on.",
            ),
            (
                Part::Reach,
                "1e99",
                "`1e99` is no RICE reach. Use a number from 0 on.",
            ),
            (
                Part::Months,
                "0.4",
                "`0.4` is no RICE effort. Use a number from 0.5 on.",
            ),
            (
                Part::Months,
                "NaN",
                "`NaN` is no RICE effort. Use a number from 0.5 on.",
            ),
        ] {
            assert_eq!(part.parse(given).unwrap_err().to_string(), sentence);
        }
    }
}
