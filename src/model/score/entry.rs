//! A value as it is typed with the name of its part: `moscow=must`, `wsjf.value=8`, `urgency=none`.

use super::{Method, Part};
use crate::model::change::Edit;
use crate::model::refusal::Refusal;

/// What takes a value away.
const NONE: &str = "none";

/// Reads a value with the name of its part as the edit that it asks for.
///
/// A part's name may stand alone where it belongs to one of `methods` only, or to one method at all. `none` takes a part
/// away, or all that a method says. A MoSCoW class needs no name: nothing else is called must.
///
/// # Errors
/// A name that is no part, or several, and a value that the part may not have are refused with what there is.
pub fn entry(text: &str, methods: &[Method]) -> Result<Edit, Refusal> {
    let Some((name, value)) = text.split_once('=') else {
        return Part::Class.parse(text).map(Edit::Score);
    };
    let is_none = value.trim().eq_ignore_ascii_case(NONE);
    let method = name
        .parse()
        .ok()
        .filter(|method: &Method| method.is_entered());
    if let Some(method) = method.filter(|_| is_none) {
        return Ok(Edit::ClearScore(method));
    }
    let part = part(name, methods)?;
    if is_none {
        return Ok(Edit::ClearPart(part));
    }
    part.parse(value).map(Edit::Score)
}

/// The part of a name.
fn part(name: &str, methods: &[Method]) -> Result<Part, Refusal> {
    let name = name.trim();
    let word = name.to_lowercase().replace('/', "-");
    let all: Vec<Part> = Part::all().collect();
    if let Some(part) = all.iter().find(|part| part.path() == word) {
        return Ok(*part);
    }
    let named: Vec<Part> = all
        .iter()
        .filter(|part| part.word() == word)
        .copied()
        .collect();
    let in_use: Vec<Part> = named
        .iter()
        .filter(|part| methods.contains(&part.method()))
        .copied()
        .collect();
    match (in_use.as_slice(), named.as_slice()) {
        ([only], _) | ([], [only]) => Ok(*only),
        ([], []) => {
            let method = word.split('.').next().unwrap_or_default().parse::<Method>();
            let of_method = |part: &&Part| method.as_ref().is_ok_and(|m| *m == part.method());
            let mut known: Vec<&Part> = all.iter().filter(of_method).collect();
            if known.is_empty() {
                known = all.iter().collect();
            }
            Err(Refusal::UnknownWord {
                what: "part of a score",
                word: name.to_owned(),
                known: paths(known),
            })
        }
        ([], several) | (several, _) => Err(Refusal::Ambiguous {
            word: name.to_owned(),
            known: paths(several),
        }),
    }
}

fn paths<'a>(parts: impl IntoIterator<Item = &'a Part>) -> String {
    let paths: Vec<&str> = parts.into_iter().map(|part| part.path()).collect();
    paths.join(", ")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn score(part: Part, value: &str) -> Edit {
        Edit::Score(part.parse(value).unwrap())
    }

    #[test]
    fn a_part_is_named_with_its_method_or_alone_where_it_is_clear() {
        for (text, methods, edit) in [
            ("moscow=must", &[][..], score(Part::Class, "must")),
            ("MoSCoW = Won't", &[], score(Part::Class, "wont")),
            ("won't", &[], score(Part::Class, "wont")),
            ("wsjf.value=8", &[], score(Part::UserValue, "8")),
            ("value/effort.effort=2", &[], score(Part::Effort, "2")),
            ("urgency=5", &[], score(Part::Urgency, "5")),
            ("confidence=80%", &[], score(Part::Confidence, "80")),
            ("value=8", &[Method::Wsjf], score(Part::UserValue, "8")),
            (
                "effort=1.5",
                &[Method::Rice, Method::Wsjf],
                score(Part::Months, "1.5"),
            ),
            ("rice.reach=none", &[], Edit::ClearPart(Part::Reach)),
            ("risk=None", &[], Edit::ClearPart(Part::Risk)),
            ("rice=none", &[], Edit::ClearScore(Method::Rice)),
            ("moscow=none", &[], Edit::ClearScore(Method::Moscow)),
        ] {
            assert_eq!(entry(text, methods), Ok(edit), "{text}");
        }
    }

    #[test]
    fn what_is_no_part_or_not_clear_is_refused_with_what_there_is() {
        let all = Method::ALL;
        for (text, methods, sentence) in [
            (
                "wsjf.speed=1",
                &[][..],
                "`wsjf.speed` is no part of a score. Use one of: wsjf.value, wsjf.urgency, wsjf.risk, wsjf.size.",
            ),
            (
                "wsjf=8",
                &[],
                "`wsjf` is no part of a score. Use one of: wsjf.value, wsjf.urgency, wsjf.risk, wsjf.size.",
            ),
            (
                "value=3",
                &[],
                "`value` can mean several things. Use one of: value-effort.value, wsjf.value.",
            ),
            (
                "effort=3",
                &all,
                "`effort` can mean several things. Use one of: value-effort.effort, rice.effort.",
            ),
            (
                "wsjf.risk=4",
                &[],
                "`4` is no WSJF risk. Use one of: 1, 2, 3, 5, 8, 13, 20.",
            ),
            (
                "later",
                &[],
                "`later` is no MoSCoW class. Use one of: must, should, could, wont.",
            ),
            (
                "moscow=",
                &[],
                "`` is no MoSCoW class. Use one of: must, should, could, wont.",
            ),
        ] {
            assert_eq!(entry(text, methods).unwrap_err().to_string(), sentence);
        }
        let sentence = entry("mood=3", &[]).unwrap_err().to_string();
        assert!(
            sentence.starts_with(
                "`mood` is no part of a score. Use one of: moscow, value-effort.value"
            )
        );
    }
}
