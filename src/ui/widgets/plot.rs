//! Columns that stand side by side over an axis, with a scale on the left and a line across for what is aimed at.

use ratatui::style::Style;
use ratatui::text::{Line, Span};

use super::bars::{Part, eighths};
use crate::ui::text;
use crate::ui::theme::Theme;

/// The widest a column gets, with the gap behind it.
const WIDEST: usize = 7;

/// A column.
#[derive(Clone, Debug, PartialEq)]
pub struct Column {
    /// What stands below it.
    pub label: String,
    /// What it is made of, from the axis up.
    pub parts: Vec<Part>,
    /// What stands on top of it, where there is room: its number.
    pub words: String,
    /// How high the line across is here.
    pub aim: f64,
}

/// What the line across is drawn with.
pub const fn aim_sign(theme: Theme) -> &'static str {
    if theme.ascii { "=" } else { "─" }
}

/// Draws columns in a picture so many rows high, the scale and the labels included; those that do not fit on the
/// right are left out.
pub fn columns(
    columns: &[Column],
    width: usize,
    height: usize,
    theme: Theme,
) -> Vec<Line<'static>> {
    let highest = columns
        .iter()
        .map(|column| column.amount().max(column.aim))
        .fold(0.0, f64::max);
    let rows = height.saturating_sub(2).max(1);
    let scale = Scale::up_to(highest, rows);
    let label = columns
        .iter()
        .map(|column| text::width(&column.label).max(text::width(&column.words)))
        .max();
    let left = scale.width() + 2;
    let room = width.saturating_sub(left);
    let fair = room.checked_div(columns.len()).unwrap_or(room);
    let cell = fair.clamp((label.unwrap_or(1) + 1).max(3), WIDEST);
    let shown = columns
        .get(..columns.len().min(room / cell))
        .unwrap_or_default();
    let mut lines: Vec<Line> = (0..rows)
        .rev()
        .map(|row| {
            let mut spans = vec![Span::styled(scale.beside(row, theme), theme.dim())];
            spans.extend(
                shown
                    .iter()
                    .flat_map(|column| column.draw(row, cell, &scale, theme)),
            );
            Line::from(spans)
        })
        .collect();
    let (corner, floor) = if theme.ascii {
        ("+", "-")
    } else {
        ("└", "─")
    };
    lines.push(Line::styled(
        format!(
            "{} {corner}{}",
            text::pad_left("0", scale.width()),
            floor.repeat(shown.len() * cell)
        ),
        theme.dim(),
    ));
    let labels: Vec<String> = shown
        .iter()
        .map(|column| centered(&column.label, cell - 1))
        .collect();
    lines.push(Line::raw(" ".repeat(left) + &labels.join(" ")));
    lines
}

/// The scale on the left.
struct Scale {
    /// What the uppermost row reaches up to.
    top: f64,
    rows: usize,
    /// The row that ends at each number of the scale.
    ticks: Vec<(usize, String)>,
}

impl Scale {
    /// A scale of round numbers, with at least two rows from one to the next.
    fn up_to(highest: f64, rows: usize) -> Self {
        let most = (rows / 2).max(1);
        let step = (0..)
            .flat_map(|power| [1.0, 2.0, 5.0].map(|step| step * 10f64.powi(power)))
            .take(30)
            .find(|step| count(highest, *step) <= most)
            .unwrap_or(f64::MAX);
        let steps = count(highest, step).max(1);
        let top = step * float(steps);
        let ticks = (1..=steps).map(|tick| {
            let row = (rows * tick).div_ceil(steps) - 1;
            (row, (step * float(tick)).to_string())
        });
        Self {
            top,
            rows,
            ticks: ticks.collect(),
        }
    }

    fn width(&self) -> usize {
        self.ticks
            .iter()
            .map(|(_, text)| text.len())
            .max()
            .unwrap_or(1)
    }

    /// What stands left of a row.
    fn beside(&self, row: usize, theme: Theme) -> String {
        let axis = if theme.ascii { "|" } else { "│" };
        let tick = if theme.ascii { "+" } else { "┤" };
        match self.ticks.iter().find(|(at, _)| *at == row) {
            Some((_, text)) => format!("{} {tick}", text::pad_left(text, self.width())),
            None => format!("{} {axis}", " ".repeat(self.width())),
        }
    }

    /// How many eighths of a row an amount takes.
    fn eighths(&self, amount: f64) -> usize {
        if amount > 0.0 {
            eighths(amount / self.top, self.rows)
        } else {
            0
        }
    }
}

impl Column {
    fn amount(&self) -> f64 {
        self.parts.iter().map(|part| part.amount).sum()
    }

    /// The cells of one row, the gap behind them included.
    fn draw(&self, row: usize, cell: usize, scale: &Scale, theme: Theme) -> [Span<'static>; 2] {
        let aim = scale.eighths(self.aim).div_ceil(8).max(1) - 1;
        let line = aim_sign(theme);
        let across = |cells: usize| {
            if row == aim && self.aim > 0.0 {
                Span::styled(line.repeat(cells), theme.accent())
            } else {
                Span::raw(" ".repeat(cells))
            }
        };
        let wide = cell - 1;
        let inside = match self.fill(row, scale, theme) {
            Some((sign, style)) => Span::styled(sign.repeat(wide), style),
            None if !self.words.is_empty() && self.is_top(row, scale, theme) => {
                Span::raw(centered(&self.words, wide))
            }
            None => across(wide),
        };
        [inside, across(1)]
    }

    /// Whether this row is the first one over what is filled.
    fn is_top(&self, row: usize, scale: &Scale, theme: Theme) -> bool {
        row.checked_sub(1)
            .is_none_or(|below| self.fill(below, scale, theme).is_some())
    }

    /// What fills this row, if anything does.
    fn fill(&self, row: usize, scale: &Scale, theme: Theme) -> Option<(&'static str, Style)> {
        let mut end = 0.0;
        let total = scale.eighths(self.amount());
        for part in self.parts.iter().filter(|part| part.amount > 0.0) {
            end += part.amount;
            let top = scale.eighths(end);
            let is_last = top == total;
            // The end of the whole may lie within a row; where parts meet, each takes whole rows.
            if is_last && !theme.ascii && part.fill == super::bars::Fill::Solid {
                if (row + 1) * 8 <= top {
                    return Some((part.fill.sign(theme), part.style));
                }
                if row * 8 < top {
                    return Some((lower_part(top % 8), part.style));
                }
            } else if row * 8 + 4 <= top {
                return Some((part.fill.sign(theme), part.style));
            }
        }
        None
    }
}

fn centered(said: &str, cells: usize) -> String {
    let left = (cells + text::width(said)).div_ceil(2);
    text::fit(&text::pad_left(said, left.min(cells)), cells)
}

/// How many steps reach a height.
fn count(highest: f64, step: f64) -> usize {
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "a number of ticks; what is too large saturates"
    )]
    let steps = (highest / step).ceil() as usize;
    steps
}

fn float(number: usize) -> f64 {
    u32::try_from(number).map_or(f64::MAX, f64::from)
}

const fn lower_part(eighths: usize) -> &'static str {
    match eighths {
        1 => "▁",
        2 => "▂",
        3 => "▃",
        4 => "▄",
        5 => "▅",
        6 => "▆",
        7 => "▇",
        _ => "█",
    }
}

#[cfg(test)]
mod tests {
    use super::super::bars::Fill;
    use super::*;

    const PLAIN: Theme = Theme {
        color: false,
        ascii: true,
    };

    fn column(label: &str, amounts: &[f64], aim: f64) -> Column {
        let fills = [Fill::Solid, Fill::Dense, Fill::Light];
        let parts = amounts.iter().zip(fills).map(|(amount, fill)| Part {
            amount: *amount,
            fill,
            style: Style::new(),
        });
        Column {
            label: label.to_owned(),
            parts: parts.collect(),
            words: String::new(),
            aim,
        }
    }

    fn drawn(columns: &[Column], size: (usize, usize), theme: Theme) -> Vec<String> {
        let lines = super::columns(columns, size.0, size.1, theme);
        lines
            .iter()
            .map(|line| line.to_string().trim_end().to_owned())
            .collect()
    }

    fn burn_up() -> Vec<Column> {
        vec![
            column("9", &[10.0], 30.0),
            column("10", &[25.0], 40.0),
            column("11", &[25.0, 5.0, 10.0], 40.0),
        ]
    }

    #[test]
    fn columns_stand_on_a_scale_and_a_line_across_says_what_they_are_to_reach() {
        assert_eq!(
            drawn(&burn_up(), (17, 10), PLAIN),
            [
                "40 +    ====...=",
                "   |        ...",
                "30 +====    :::",
                "   |    ### ###",
                "20 +    ### ###",
                "   |    ### ###",
                "10 +### ### ###",
                "   |### ### ###",
                " 0 +------------",
                "     9   10  11",
            ]
        );
    }

    #[test]
    fn a_number_stands_on_its_column_where_there_is_room() {
        let mut columns = [
            column("1", &[0.0], 5.0),
            column("2", &[3.0], 0.0),
            column("3", &[5.0], 0.0),
        ];
        for (column, words) in columns.iter_mut().zip(["0", "3", "5"]) {
            column.words = words.to_owned();
        }
        assert_eq!(
            drawn(&columns, (24, 7), PLAIN),
            [
                "5 +=======       ######",
                "  |          3   ######",
                "  |       ###### ######",
                "  |       ###### ######",
                "  |   0   ###### ######",
                "0 +---------------------",
                "      1      2      3",
            ]
        );
    }

    #[test]
    fn what_is_certain_is_drawn_to_an_eighth_of_a_row() {
        let columns = [column("1", &[2.5], 0.0), column("2", &[4.0], 0.0)];
        assert_eq!(
            drawn(&columns, (16, 4), Theme::FULL),
            [
                "5 ┤      ▅▅▅▅▅",
                "  │█████ █████",
                "0 └────────────",
                "     1     2"
            ]
        );
    }

    #[test]
    fn a_scale_has_round_numbers_and_room_between_them() {
        for (highest, rows, ticks) in [
            (0.0, 8, "1@7"),
            (4.0, 8, "1@1 2@3 3@5 4@7"),
            (7.0, 8, "2@1 4@3 6@5 8@7"),
            (118.0, 8, "50@2 100@5 150@7"),
            (100_000.0, 4, "50000@1 100000@3"),
            (3.0, 1, "5@0"),
        ] {
            let scale = Scale::up_to(highest, rows);
            let found: Vec<String> = scale
                .ticks
                .iter()
                .map(|(row, text)| format!("{text}@{row}"))
                .collect();
            assert_eq!(found.join(" "), ticks, "{highest} in {rows}");
            assert!(scale.top >= highest);
        }
    }

    #[test]
    fn no_size_is_too_small() {
        for width in 0..30 {
            for height in 0..12 {
                for theme in [PLAIN, Theme::FULL] {
                    for line in columns(&burn_up(), width, height, theme) {
                        assert!(line.width() <= width.max(5), "{width}x{height}: {line}");
                    }
                    columns(&[], width, height, theme);
                }
            }
        }
    }
}
