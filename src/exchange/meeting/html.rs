//! The page as one HTML file: no script, nothing from elsewhere, every word escaped, the chart drawn inside.

use std::fmt::Write as _;

use super::{Bar, Entry, Page, Points, Section, Unit};

/// The chart's height for the largest number, in its own units.
const TALL: f64 = 120.0;
/// From one bar to the next.
const STEP: usize = 48;
/// What a bar fills of that.
const WIDE: usize = 32;
/// The room above the tallest bar, for its number.
const ABOVE: f64 = 18.0;

const STYLE: &str = "\
:root{color-scheme:light dark}
body{font:1rem/1.5 system-ui,sans-serif;max-width:46rem;margin:2rem auto;padding:0 1rem}
h1{margin-bottom:0}h2{margin-top:2rem}
.period,.facts,.none{opacity:.7}
ul{list-style:none;padding:0}li{margin:.6rem 0}
.key{font-weight:600}
.words{white-space:pre-wrap;border-left:3px solid;padding-left:.8rem;margin:.2rem 0 .2rem .2rem}
.waiver{border-color:#b58900}.reason{border-color:#dc322f}.note{border-color:#859900}
svg{max-width:100%;height:auto}svg text{font-size:12px;fill:currentColor;text-anchor:middle}
.bar{fill:#268bd2}.goes-on{fill-opacity:.45}.told{stroke:currentColor;stroke-width:2}
.mean{stroke:currentColor;stroke-dasharray:4 4}";

/// Writes the page.
pub(super) fn write(page: &Page) -> String {
    let title = escaped(&page.title);
    let mut text = format!(
        "<!doctype html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n\
         <meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'\">\n\
         <meta name=\"viewport\" content=\"width=device-width\">\n<title>{title}</title>\n\
         <style>\n{STYLE}\n</style>\n</head>\n<body>\n<h1>{title}</h1>\n<p class=\"period\">{}</p>\n",
        escaped(&page.period)
    );
    for section in &page.sections {
        written(section, &mut text);
    }
    let _ = write!(
        text,
        "<h2>Velocity</h2>\n<p>{}</p>\n",
        escaped(&page.velocity)
    );
    chart(page, &mut text);
    text.push_str("</body>\n</html>\n");
    text
}

fn written(section: &Section, text: &mut String) {
    let _ = writeln!(text, "<h2>{}</h2>", escaped(&section.heading));
    if section.entries.is_empty() {
        let _ = writeln!(text, "<p class=\"none\">{}</p>", escaped(section.none));
        return;
    }
    text.push_str("<ul>\n");
    for entry in &section.entries {
        entry_to(entry, text);
    }
    text.push_str("</ul>\n");
}

fn entry_to(entry: &Entry, text: &mut String) {
    let _ = write!(
        text,
        "<li><span class=\"key\">{}</span> {} <span class=\"facts\">({})</span>",
        escaped(&entry.key),
        escaped(&entry.title),
        escaped(&entry.facts)
    );
    for (what, said) in &entry.words {
        let _ = write!(
            text,
            "\n<div class=\"words {}\">{}: {}</div>",
            escaped(&what.to_lowercase()),
            escaped(what),
            escaped(said)
        );
    }
    text.push_str("</li>\n");
}

/// A bar for every iteration, and a line at the velocity.
fn chart(page: &Page, text: &mut String) {
    let most = (page.bars.iter().map(|bar| bar.points))
        .chain([page.mean])
        .max()
        .map_or(0.0, Points::as_f64)
        .max(1.0);
    let accepted = match page.unit {
        Unit::Points => "Points",
        Unit::Stories => "Stories",
    };
    let width = STEP * page.bars.len().max(1) + STEP;
    let ground = TALL + ABOVE;
    let high = |points: f64| points / most * TALL;
    let _ = writeln!(
        text,
        "<svg viewBox=\"0 0 {width} {:.0}\" width=\"{width}\" role=\"img\" aria-label=\"{accepted} accepted by iteration\">",
        ground + 20.0
    );
    for (place, bar) in page.bars.iter().enumerate() {
        bar_to(
            bar,
            STEP / 2 + place * STEP,
            high(bar.points.as_f64()),
            page.unit,
            text,
        );
    }
    let mean = ground - high(page.mean.as_f64());
    let _ = write!(
        text,
        "<line class=\"mean\" x1=\"0\" x2=\"{width}\" y1=\"{mean:.1}\" y2=\"{mean:.1}\"/>\n</svg>\n"
    );
}

fn bar_to(bar: &Bar, left: usize, high: f64, unit: Unit, text: &mut String) {
    let ground = TALL + ABOVE;
    let top = ground - high;
    let middle = left + WIDE / 2;
    let mut class = "bar".to_owned();
    if bar.goes_on {
        class.push_str(" goes-on");
    }
    if bar.is_told {
        class.push_str(" told");
    }
    let _ = writeln!(
        text,
        "<rect class=\"{class}\" x=\"{left}\" y=\"{top:.1}\" width=\"{WIDE}\" height=\"{high:.1}\"><title>Iteration {}, {}: {}</title></rect>\n\
         <text x=\"{middle}\" y=\"{:.1}\">{}</text>\n<text x=\"{middle}\" y=\"{:.1}\">{}</text>",
        bar.number,
        escaped(&bar.days),
        unit.count(bar.points),
        top - 4.0,
        bar.points,
        ground + 15.0,
        bar.number
    );
}

/// Text that means nothing to a browser but itself.
fn escaped(text: &str) -> String {
    let mut safe = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => safe.push_str("&amp;"),
            '<' => safe.push_str("&lt;"),
            '>' => safe.push_str("&gt;"),
            '"' => safe.push_str("&quot;"),
            '\'' => safe.push_str("&#39;"),
            other => safe.push(other),
        }
    }
    safe
}
