//! The definition of done: lines for every story, and lines for stories of some kinds only.
//!
//! A line that begins with kinds and a colon, such as `bug, chore: A test fails without it`, is for stories of these
//! kinds; every other line is for all. So the file and the settings hold plain lines.

use super::Product;
use crate::model::{Kind, Line};

impl Product {
    /// The lines of the definition of done for a story of this kind, without the words that say so.
    pub fn done_for(&self, kind: Kind) -> Vec<Line> {
        let lines = self.done.iter().map(|line| parts(line));
        lines
            .filter(|(kinds, _)| kinds.is_empty() || kinds.contains(&kind))
            .map(|(_, words)| Line::parse(words))
            .collect()
    }
}

/// The kinds a line is for, none where it is for all, and its words.
fn parts(line: &str) -> (Vec<Kind>, &str) {
    let all = (Vec::new(), line);
    let Some((before, words)) = line.split_once(':') else {
        return all;
    };
    let kinds: Result<Vec<Kind>, _> = before.split(',').map(str::parse).collect();
    match kinds {
        Ok(kinds) if !words.trim().is_empty() => (kinds, words.trim()),
        _ => all,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn told(lines: &[&str], kind: Kind) -> String {
        let mut product = Product::new("Shop", None).unwrap();
        product.done = lines.iter().map(|line| Line::parse(line)).collect();
        let done = product.done_for(kind);
        done.iter()
            .map(Line::to_string)
            .collect::<Vec<_>>()
            .join("; ")
    }

    #[test]
    fn lines_with_kinds_are_for_these_and_all_others_for_every_story() {
        let lines = [
            "Help page updated",
            "bug: Regression test is there",
            "Feature , CHORE:Told",
            "Note: keep it short",
            "bug, none of these: kept whole",
            "bug:",
        ];
        let always = "Note: keep it short; bug, none of these: kept whole; bug:";
        for (kind, own) in [
            (Kind::Bug, "Regression test is there; "),
            (Kind::Feature, "Told; "),
            (Kind::Chore, "Told; "),
            (Kind::Spike, ""),
        ] {
            let expected = format!("Help page updated; {own}{always}");
            assert_eq!(told(&lines, kind), expected, "{kind}");
        }
    }
}
