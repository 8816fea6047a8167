//! Places in a list as an option names them: `2`, `1,3` or `2-4`. Whether they are there is not known here.

use std::ops::RangeInclusive;
use std::str::FromStr;

/// What to write instead.
const ADVICE: &str = "name them by their places in the list, such as 1,3 or 2-4";

/// Places, in the order in which they were named.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Places(Vec<RangeInclusive<usize>>);

impl Places {
    /// The places, one by one. A range may be longer than any list: stop at the first place that is not there.
    pub(super) fn each(&self) -> impl Iterator<Item = usize> {
        self.0.iter().cloned().flatten()
    }
}

impl FromStr for Places {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let place = |text: &str| {
            let place = text.trim().parse::<usize>();
            place.map_err(|_| ADVICE.to_owned())
        };
        let range = |part: &str| {
            let (first, last) = part.split_once(['-', '–']).unwrap_or((part, part));
            let (first, last) = (place(first)?, place(last)?);
            if first > last {
                return Err(format!("{first} is behind {last}; write {last}-{first}"));
            }
            Ok(first..=last)
        };
        text.split(',')
            .map(range)
            .collect::<Result<_, _>>()
            .map(Self)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Result<Vec<usize>, String> {
        text.parse()
            .map(|places: Places| places.each().take(9).collect())
    }

    #[test]
    fn places_are_read_one_by_one_and_as_ranges() {
        assert_eq!(read("2"), Ok(vec![2]));
        assert_eq!(read("1,3"), Ok(vec![1, 3]));
        assert_eq!(read(" 1 , 3-5"), Ok(vec![1, 3, 4, 5]));
        assert_eq!(read("2–3"), Ok(vec![2, 3]));
        assert_eq!(read("1-99999999999"), Ok((1..10).collect()));
    }

    #[test]
    fn what_is_no_place_is_refused_with_what_to_write() {
        for text in [
            "",
            "x",
            "1,",
            "1-",
            "-3",
            "1-2-3",
            "1.5",
            "99999999999999999999",
        ] {
            assert_eq!(read(text), Err(ADVICE.to_owned()), "{text}");
        }
        assert_eq!(read("3-1"), Err("3 is behind 1; write 1-3".to_owned()));
    }
}
