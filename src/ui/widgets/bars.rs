//! Bars that lie: a label, the bar, and its number in words beside it.
//!
//! What a part stands for is told by its pattern, so that nothing is lost without colours or on a plain terminal.

use ratatui::style::Style;
use ratatui::text::{Line, Span};

use crate::ui::text;
use crate::ui::theme::Theme;

/// So many cells a bar has before a label is cut.
const LEAST: usize = 5;

/// What a part of a chart is filled with.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fill {
    /// What is certain.
    Solid,
    /// What is nearly certain, or the other half of a whole.
    Dense,
    /// What may be.
    Light,
}

/// A part of a bar.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Part {
    /// How much of it there is.
    pub amount: f64,
    /// Its pattern.
    pub fill: Fill,
    /// Its colour.
    pub style: Style,
}

/// A bar.
#[derive(Clone, Debug, PartialEq)]
pub struct Bar {
    /// What stands before it.
    pub label: String,
    /// What it is made of, from the axis on.
    pub parts: Vec<Part>,
    /// What stands behind it: its number.
    pub words: String,
}

impl Fill {
    /// A whole cell of it.
    pub const fn sign(self, theme: Theme) -> &'static str {
        match (self, theme.ascii) {
            (Self::Solid, false) => "█",
            (Self::Solid, true) => "#",
            (Self::Dense, false) => "▒",
            (Self::Dense, true) => ":",
            (Self::Light, false) => "░",
            (Self::Light, true) => ".",
        }
    }
}

/// Draws bars below each other, on one scale; the longest takes what room there is.
pub fn bars(bars: &[Bar], width: usize, theme: Theme) -> Vec<Line<'static>> {
    bars_up_to(0.0, bars, width, theme)
}

/// The same; this amount at least takes what room there is, so that little is seen as little.
fn bars_up_to(least: f64, bars: &[Bar], width: usize, theme: Theme) -> Vec<Line<'static>> {
    let widest = |text: fn(&Bar) -> &str| bars.iter().map(|bar| text::width(text(bar))).max();
    let words = widest(|bar| &bar.words).unwrap_or(0);
    // Labels give way to the bars, but a short bar still says something.
    let most = width.saturating_sub(words + 4 + LEAST).max(width / 2);
    let label = widest(|bar| &bar.label).unwrap_or(0).min(most);
    let room = width.saturating_sub(label + words + 4).max(1);
    let longest = bars.iter().map(Bar::amount).fold(least, f64::max);
    bars.iter()
        .map(|bar| {
            let mut spans = vec![
                Span::raw(text::fit(&bar.label, label)),
                Span::styled(if theme.ascii { " |" } else { " │" }, theme.dim()),
            ];
            spans.extend(bar.draw(longest, room, theme));
            let space = width.saturating_sub(spans.iter().map(Span::width).sum::<usize>());
            let words = text::truncate(&format!(" {}", bar.words), space).into_owned();
            spans.push(Span::raw(words));
            Line::from(spans)
        })
        .collect()
}

/// Draws bars below each other, one for `least` being the longest one or a longer one, with columns of figures at the
/// right edge, under a heading each.
pub fn table(
    least: f64,
    bars: &[Bar],
    heads: &[&str],
    figures: &[Vec<String>],
    width: usize,
    theme: Theme,
) -> Vec<Line<'static>> {
    let widths: Vec<usize> = (heads.iter().enumerate())
        .map(|(at, head)| {
            let column = figures.iter().filter_map(|row| row.get(at));
            let widest = column.map(|figure| text::width(figure)).max();
            widest.unwrap_or(0).max(text::width(head))
        })
        .collect();
    let taken: usize = widths.iter().map(|width| width + 2).sum();
    let left = width.saturating_sub(taken);
    let row = |of: &mut dyn Iterator<Item = &str>| -> String {
        let cells = of.zip(&widths);
        let cells = cells.map(|(cell, width)| format!("  {}", text::pad_left(cell, *width)));
        cells.collect::<Vec<String>>().concat()
    };
    let head = " ".repeat(left) + &row(&mut heads.iter().copied());
    let mut lines = vec![Line::styled(head, theme.dim())];
    let drawn = bars_up_to(least, bars, left, theme)
        .into_iter()
        .zip(figures);
    lines.extend(drawn.map(|(mut line, figures)| {
        let gap = left.saturating_sub(line.width());
        let figures = row(&mut figures.iter().map(String::as_str));
        line.push_span(Span::raw(" ".repeat(gap) + &figures));
        line
    }));
    lines
}

impl Bar {
    fn amount(&self) -> f64 {
        self.parts.iter().map(|part| part.amount).sum()
    }

    fn draw(&self, longest: f64, room: usize, theme: Theme) -> Vec<Span<'static>> {
        let mut end = 0.0;
        let mut drawn = 0;
        let last = self.parts.iter().rposition(|part| part.amount > 0.0);
        let mut spans = Vec::new();
        for (place, part) in self.parts.iter().enumerate() {
            if part.amount <= 0.0 || longest <= 0.0 {
                continue;
            }
            end += part.amount;
            let eighths = eighths(end / longest, room).saturating_sub(drawn * 8);
            let exact = Some(place) == last && part.fill == Fill::Solid && !theme.ascii;
            let sign = part.fill.sign(theme);
            // However little there is, it is seen.
            let text = if exact {
                format!("{}{}", sign.repeat(eighths / 8), rest_of_bar(eighths % 8))
            } else {
                sign.repeat(((eighths + 4) / 8).max(1))
            };
            drawn += text.chars().count();
            spans.push(Span::styled(text, part.style));
        }
        spans
    }
}

/// A share of some cells in eighths of a cell, at least one.
pub(super) fn eighths(share: f64, cells: usize) -> usize {
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        clippy::cast_precision_loss,
        reason = "a share of the screen's width or height is small and positive"
    )]
    let eighths = (share.clamp(0.0, 1.0) * cells as f64 * 8.0).round() as usize;
    eighths.max(1)
}

const fn rest_of_bar(eighths: usize) -> &'static str {
    match eighths {
        1 => "▏",
        2 => "▎",
        3 => "▍",
        4 => "▌",
        5 => "▋",
        6 => "▊",
        7 => "▉",
        _ => "",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const PLAIN: Theme = Theme {
        color: false,
        ascii: true,
    };

    fn bar(label: &str, amounts: &[f64], words: &str) -> Bar {
        let fills = [Fill::Solid, Fill::Dense, Fill::Light];
        let parts = amounts.iter().zip(fills).map(|(amount, fill)| Part {
            amount: *amount,
            fill,
            style: Style::new(),
        });
        Bar {
            label: label.to_owned(),
            parts: parts.collect(),
            words: words.to_owned(),
        }
    }

    fn drawn(bars: &[Bar], width: usize, theme: Theme) -> Vec<String> {
        let lines = super::bars(bars, width, theme);
        lines.iter().map(ToString::to_string).collect()
    }

    #[test]
    fn bars_stand_on_one_scale_with_their_numbers_beside_them() {
        let bars = [
            bar("one", &[10.0], "10"),
            bar("two", &[5.0], "5"),
            bar("seven", &[0.0], "0"),
        ];
        assert_eq!(
            drawn(&bars, 21, PLAIN),
            ["one   |########## 10", "two   |##### 5", "seven | 0"]
        );
        assert_eq!(
            drawn(&bars, 20, Theme::FULL),
            ["one   │█████████ 10", "two   │████▌ 5", "seven │ 0"]
        );
    }

    #[test]
    fn figures_stand_in_columns_beside_the_bars() {
        let bars = [bar("one", &[10.0], ""), bar("two", &[5.0], "")];
        let figures = [["3 of 10", "1"], ["", "12"]].map(|row| row.map(str::to_owned).to_vec());
        let lines = table(20.0, &bars, &["bad", "good"], &figures, 30, PLAIN);
        let lines: Vec<String> = lines.iter().map(ToString::to_string).collect();
        assert_eq!(
            lines,
            [
                "                     bad  good",
                "one |####        3 of 10     1",
                "two |##                     12",
            ]
        );
    }

    #[test]
    fn parts_are_told_apart_by_their_patterns() {
        let bars = [bar("", &[4.0, 3.0, 3.0], "10"), bar("", &[0.0, 5.0], "5")];
        assert_eq!(drawn(&bars, 16, PLAIN), [" |####:::... 10", " |::::: 5"]);
        assert_eq!(
            drawn(&bars, 16, Theme::FULL),
            [" │████▒▒▒░░░ 10", " │▒▒▒▒▒ 5"]
        );
    }

    #[test]
    fn the_least_amount_is_seen() {
        let bars = [
            bar("", &[1000.0], ""),
            bar("", &[1.0], ""),
            bar("", &[1.0, 1.0], ""),
        ];
        assert_eq!(drawn(&bars, 10, PLAIN)[1..], [" |# ", " |#: "]);
        assert_eq!(drawn(&bars, 10, Theme::FULL)[1..], [" │▏ ", " │█▒ "]);
    }

    #[test]
    fn no_width_is_too_small() {
        let bars = [
            bar("顧客 and more", &[3.0, 2.0], "5 points"),
            bar("", &[], ""),
        ];
        for width in 0..40 {
            for line in super::bars(&bars, width, PLAIN) {
                assert!(line.width() <= width.max(12), "{width}: {line}");
            }
        }
    }
}
