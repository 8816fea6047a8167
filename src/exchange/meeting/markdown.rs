//! The page as Markdown: lists of stories and a table of iterations.

use std::fmt::Write as _;

use super::{Entry, Page, Unit};
use crate::exchange::quoted;

/// Writes the page.
pub(super) fn write(page: &Page) -> String {
    let title = quoted::one_line(&page.title);
    let mut text = format!("# {title}\n\n*{}*\n", page.period);
    for section in &page.sections {
        let _ = write!(text, "\n## {}\n\n", section.heading);
        if section.entries.is_empty() {
            let _ = writeln!(text, "{}", section.none);
        }
        for entry in &section.entries {
            written(entry, &mut text);
        }
    }
    let _ = write!(text, "\n## Velocity\n\n{}\n", page.velocity);
    text.push_str(match page.unit {
        Unit::Points => "\n| Iteration | Days | Stories | Points |\n|---:|---|---:|---:|\n",
        Unit::Stories => "\n| Iteration | Days | Stories |\n|---:|---|---:|\n",
    });
    for bar in &page.bars {
        let still = if bar.goes_on { ", goes on" } else { "" };
        let number = if bar.is_told {
            format!("**{}**", bar.number)
        } else {
            bar.number.to_string()
        };
        let _ = writeln!(
            text,
            "| {number} | {}{still} | {} |{}",
            bar.days,
            bar.stories,
            match page.unit {
                Unit::Points => format!(" {} |", bar.points),
                Unit::Stories => String::new(),
            }
        );
    }
    text
}

fn written(entry: &Entry, text: &mut String) {
    let _ = writeln!(
        text,
        "- **{}** {} ({})",
        entry.key,
        quoted::one_line(&entry.title),
        quoted::one_line(&entry.facts)
    );
    for (what, said) in &entry.words {
        let _ = writeln!(text, "  - {what}: {}", quoted::following(said, "    "));
    }
}
