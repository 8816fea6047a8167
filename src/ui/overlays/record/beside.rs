//! All rounds of a story side by side: a row a criterion, a column a round.

use ratatui::style::Style;
use ratatui::text::{Line, Span};

use crate::model::{Criterion, CriterionId, Judgement, Outcome, Round, Story};
use crate::ui::pane::Cx;
use crate::ui::text;
use crate::ui::theme::Theme;
use crate::ui::widgets::page::Page;
use crate::ui::widgets::rewording::reworded;

/// A round's column is at least so wide.
const COLUMN: usize = 24;
/// The criteria's column takes this part of the width.
const NAMES: usize = 3;
/// Blank columns between two columns.
const GAP: usize = 2;

/// The columns of the table: how wide the criteria stand, how wide each round, and which rounds.
struct Columns<'a> {
    names: usize,
    width: usize,
    rounds: &'a [Round],
    theme: Theme,
}

/// Whether a story has rounds to be set side by side, and there is room for two of them.
pub(super) fn fits(story: &Story, width: usize) -> bool {
    story.reviews.len() > 1 && width / NAMES + 2 * (COLUMN + GAP) <= width
}

/// Writes the table: first the criterion that was asked for, then what failed last time, then the others.
pub(super) fn write(
    story: &Story,
    chosen: &CriterionId,
    width: usize,
    cx: &Cx,
) -> Vec<Line<'static>> {
    let names = width / NAMES;
    let most = ((width - names) / (COLUMN + GAP)).max(1);
    let first = story.reviews.len().saturating_sub(most);
    let rounds = story.reviews.get(first..).unwrap_or_default();
    let columns = Columns {
        names,
        width: (width - names) / rounds.len().max(1) - GAP,
        rounds,
        theme: cx.theme,
    };
    let mut lines = columns.row(
        |page| {
            if first > 0 {
                page.text(
                    &format!("rounds 1 to {first} are not shown"),
                    cx.theme.dim(),
                );
            }
        },
        |page, round| head(page, round, cx),
    );
    for (index, criterion) in in_order(story, chosen) {
        lines.push(Line::default());
        lines.extend(columns.criterion(index, criterion, criterion.id == *chosen, cx));
    }
    for judgement in story.judged_and_gone(rounds) {
        lines.push(Line::default());
        lines.extend(columns.removed(judgement, cx));
    }
    if rounds.iter().any(|round| !round.done.is_empty()) {
        lines.push(Line::default());
        let heading = |page: &mut Page| {
            page.hanging(indented(), "Definition of done", cx.theme.strong());
        };
        lines.extend(columns.row(heading, done));
    }
    lines
}

/// As far to the right as the words of a criterion.
fn indented() -> Vec<Span<'static>> {
    vec![Span::raw("    ")]
}

/// The criteria with their places: the one that was asked for, what failed last time, the others.
fn in_order<'a>(story: &'a Story, chosen: &CriterionId) -> Vec<(usize, &'a Criterion)> {
    let failed = |criterion: &Criterion| story.failed_last_time(&criterion.id);
    let mut criteria: Vec<(usize, &Criterion)> = story.criteria.iter().enumerate().collect();
    criteria.sort_by_key(|(_, criterion)| (criterion.id != *chosen, !failed(criterion)));
    criteria
}

/// Which round it is, how it ended, when and by whom, and in which words.
fn head(page: &mut Page, round: &Round, cx: &Cx) {
    let theme = cx.theme;
    let (outcome, style) = match round.outcome {
        None => ("under way", theme.accent()),
        Some(Outcome::Accepted) if round.is_waived() => ("waived", theme.warn()),
        Some(Outcome::Accepted) => ("accepted", theme.good()),
        Some(Outcome::Rejected) => ("rejected", theme.bad()),
    };
    page.lines.push(Line::from(vec![
        Span::styled(
            format!("Round {} {} ", round.round, theme.dash()),
            theme.strong(),
        ),
        Span::styled(outcome, style),
    ]));
    let when = format!("{} {} {}", cx.day(round.at), theme.dot(), round.by);
    page.text(&when, theme.dim());
    for words in [&round.reason, &round.note].into_iter().flatten() {
        page.text(words, Style::new());
    }
}

/// What was said of a criterion in a round; by whom, where it was not the one who ended it.
fn verdict(
    page: &mut Page,
    round: &Round,
    judgement: Option<&Judgement>,
    criterion: Option<&Criterion>,
    cx: &Cx,
) {
    let theme = cx.theme;
    let Some(judgement) = judgement else {
        page.text(theme.dash(), theme.dim());
        return;
    };
    let given = Some(judgement.verdict);
    let said = format!(
        "{} {}",
        theme.verdict_sign(given),
        judgement.verdict.words()
    );
    page.text(&said, theme.verdict(given));
    let indent = || vec![Span::raw("  ")];
    if !judgement.note.is_empty() {
        page.hanging(indent(), &format!("\"{}\"", judgement.note), Style::new());
    }
    if !judgement.evidence.is_empty() {
        page.hanging(
            indent(),
            &format!("seen: {}", judgement.evidence),
            theme.dim(),
        );
    }
    if let Some(criterion) = criterion.filter(|criterion| criterion.text != judgement.text) {
        let mut since = vec![("since then: ".to_owned(), theme.warn())];
        since.extend(reworded(&judgement.text, &criterion.text, theme));
        page.hanging_parts(indent(), &since);
    }
    if let Some(who) = cx.given_by(judgement, round) {
        page.hanging(indent(), &who, theme.dim());
    }
}

fn done(page: &mut Page, round: &Round) {
    for line in &round.done {
        let sign = if line.ticked { "[x] " } else { "[ ] " };
        page.hanging(vec![Span::raw(sign)], &line.text, page.theme.dim());
    }
}

impl Columns<'_> {
    fn criterion(
        &self,
        index: usize,
        criterion: &Criterion,
        is_chosen: bool,
        cx: &Cx,
    ) -> Vec<Line<'static>> {
        let style = if is_chosen {
            cx.theme.strong()
        } else {
            Style::new()
        };
        let lead = vec![Span::styled(format!("{:>2}  ", index + 1), cx.theme.dim())];
        self.row(
            |page| page.hanging(lead, &criterion.text, style),
            |page, round| {
                let judgement = round.judgement(&criterion.id);
                verdict(page, round, judgement, Some(criterion), cx);
            },
        )
    }

    /// A criterion that was judged and is not there any more.
    fn removed(&self, judgement: &Judgement, cx: &Cx) -> Vec<Line<'static>> {
        self.row(
            |page| {
                page.hanging(indented(), &judgement.text, cx.theme.dim());
                page.hanging(indented(), "deleted since", cx.theme.warn());
            },
            |page, round| verdict(page, round, round.judgement(&judgement.criterion), None, cx),
        )
    }

    /// One row of the table, as high as its highest cell.
    fn row(
        &self,
        name: impl FnOnce(&mut Page),
        cell: impl Fn(&mut Page, &Round),
    ) -> Vec<Line<'static>> {
        let mut first = Page::new(self.names, self.theme);
        name(&mut first);
        let mut cells = vec![(first.lines, self.names)];
        for round in self.rounds {
            let mut page = Page::new(self.width, self.theme);
            cell(&mut page, round);
            cells.push((page.lines, self.width));
        }
        let height = cells
            .iter()
            .map(|(lines, _)| lines.len())
            .max()
            .unwrap_or(0);
        let row = |at: usize| {
            let mut spans: Vec<Span<'static>> = Vec::new();
            for (lines, width) in &cells {
                let line = lines.get(at).cloned().unwrap_or_default();
                let used: usize = line
                    .spans
                    .iter()
                    .map(|span| text::width(&span.content))
                    .sum();
                let style = line.style;
                spans.extend(line.spans.into_iter().map(|span| Span {
                    style: style.patch(span.style),
                    ..span
                }));
                spans.push(Span::raw(" ".repeat((width + GAP).saturating_sub(used))));
            }
            Line::from(spans)
        };
        (0..height).map(row).collect()
    }
}
