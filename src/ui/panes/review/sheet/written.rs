//! The sheet as lines: the sentence, the criteria with verdict and record, the definition of done, the decision.

use std::ops::Range;

use ratatui::style::Style;
use ratatui::text::{Line, Span};

use super::rows::{Rows, Spot, verdict};
use crate::language::sentence;
use crate::model::{Agreement, Criterion, Judgement, Story, Verdict};
use crate::ui::pane::Cx;
use crate::ui::text;
use crate::ui::theme::Theme;
use crate::ui::widgets::page::Page;
use crate::ui::widgets::rewording::reworded;

/// From this width on the heading of the definition of done stands beside its lines.
const BESIDE: usize = 50;
const DONE: &str = "Definition of done";
/// A criterion's words have at least so many columns, or the remarks go below them.
const NARROWEST: usize = 24;

/// A sheet as lines.
#[derive(Debug, Default)]
pub(super) struct Written {
    pub(super) lines: Vec<Line<'static>>,
    /// The lines of every row the cursor can stand in.
    pub(super) rows: Vec<Range<usize>>,
    /// The column of the bar before the selected row.
    pub(super) bar: usize,
    /// How the review stands, for the border.
    pub(super) summary: String,
}

/// How the width is shared among a criterion's words, remarks and verdict; a column without room has none.
#[derive(Clone, Copy, Debug)]
struct Columns {
    digits: usize,
    words: usize,
    remark: usize,
    verdict: usize,
}

/// What is to be seen of one criterion.
struct Entry<'a> {
    story: &'a Story,
    criterion: &'a Criterion,
    number: usize,
    selected: bool,
}

/// Writes the sheet of a story.
pub(super) fn write(rows: &Rows, selected: usize, width: usize, cx: &Cx) -> Written {
    let story = rows.story;
    let mut page = Page::new(width, cx.theme);
    let mut spans = Vec::with_capacity(rows.decision() + 1);
    let told = sentence::compose(&story.persona, &story.want, &story.benefit);
    let opening: &str = if told.is_empty() { &story.title } else { &told };
    page.text(opening, Style::new());
    returned(&mut page, story);
    page.gap();
    let entries = || {
        let criteria = story.criteria.iter().enumerate();
        criteria.map(|(index, criterion)| Entry {
            story,
            criterion,
            number: index + 1,
            selected: index == selected,
        })
    };
    if story.criteria.is_empty() {
        let said = format!("This {} has no acceptance criteria.", story.kind);
        page.text(&said, cx.theme.dim());
    }
    let columns = Columns::share(width, story, entries());
    for entry in entries() {
        let start = page.lines.len();
        entry.write(&mut page, columns);
        spans.push(start..page.lines.len());
    }
    removed(&mut page, story);
    questions(&mut page, story);
    let beside = done(&mut page, rows, selected, &mut spans);
    page.gap();
    let start = page.lines.len();
    decision(&mut page, rows, selected == rows.decision(), cx);
    spans.push(start..page.lines.len());
    let bar = match rows.spot(selected) {
        Spot::Done(_) => beside,
        Spot::Criterion(_) | Spot::Decision => 0,
    };
    Written {
        lines: page.lines,
        rows: spans,
        bar,
        summary: summary(rows, cx),
    }
}

impl Columns {
    fn share<'a>(width: usize, story: &Story, entries: impl Iterator<Item = Entry<'a>>) -> Self {
        let digits = story.criteria.len().to_string().len();
        let remark = entries
            .flat_map(|entry| entry.remarks(Theme::FULL))
            .map(|remark| text::width(&remark))
            .max()
            .unwrap_or(0);
        let lead = 6 + digits;
        let mut columns = Self {
            digits,
            words: 0,
            remark,
            verdict: Verdict::CannotTell.words().len(),
        };
        let gap = |column: usize| if column == 0 { 0 } else { column + 2 };
        let left = |c: &Self| width.saturating_sub(lead + gap(c.remark) + gap(c.verdict));
        if left(&columns) < NARROWEST {
            columns.remark = 0;
        }
        if left(&columns) < NARROWEST / 2 {
            columns.verdict = 0;
        }
        columns.words = left(&columns).max(1);
        columns
    }
}

impl Entry<'_> {
    /// The round in which the criterion was last found not met, with the note of that time.
    fn failure(&self) -> Option<(u32, &str)> {
        self.story.closed_rounds().rev().find_map(|round| {
            round
                .judgement(&self.criterion.id)
                .filter(|judgement| judgement.verdict == Verdict::NotMet)
                .map(|judgement| (round.round, judgement.note.as_str()))
        })
    }

    /// Whether a verdict was given in this round on words that the criterion no longer has.
    fn is_outdated(&self) -> bool {
        self.story.open_round().is_some_and(|round| {
            round.judgement(&self.criterion.id).is_some()
                && round.verdict_on(self.criterion).is_none()
        })
    }

    /// What one should know before judging, in a few words each.
    fn remarks(&self, theme: Theme) -> Vec<String> {
        let mut remarks = Vec::new();
        if let Some((round, _)) = self.failure() {
            remarks.push(format!("failed in round {round} {}", theme.behind()));
        }
        match self.criterion.agreement(self.story.agreed.as_ref()) {
            Agreement::Unchanged => {}
            Agreement::Changed { .. } => remarks.push("changed since agreed".to_owned()),
            Agreement::Added => remarks.push("new since agreed".to_owned()),
        }
        if self.is_outdated() {
            remarks.push("changed since verdict".to_owned());
        }
        remarks
    }

    fn write(&self, page: &mut Page, columns: Columns) {
        let theme = page.theme;
        let verdict = verdict(self.story, self.criterion);
        let words = text::rows(&self.criterion.text, columns.words);
        let remarks = self.remarks(theme);
        let indent = 6 + columns.digits;
        let beside = if columns.remark == 0 {
            0
        } else {
            remarks.len()
        };
        for line in 0..words.len().max(beside).max(1) {
            let mut spans = if line == 0 {
                self.lead(verdict, columns, theme)
            } else {
                vec![Span::raw(" ".repeat(indent))]
            };
            let row = words.get(line).map_or("", String::as_str);
            spans.push(Span::raw(text::fit(row, columns.words)));
            if columns.remark > 0 {
                let remark = remarks.get(line).map_or("", String::as_str);
                let remark = text::fit(remark, columns.remark);
                spans.push(Span::styled(format!("  {remark}"), theme.warn()));
            }
            if columns.verdict > 0 && line == 0 {
                let none = if theme.ascii { "-" } else { "—" };
                let said = text::fit(verdict.map_or(none, Verdict::words), columns.verdict);
                spans.push(Span::styled(format!("  {said}"), theme.verdict(verdict)));
            }
            page.lines.push(Line::from(spans));
        }
        let blank = || vec![Span::raw(" ".repeat(indent))];
        if columns.remark == 0 {
            for remark in &remarks {
                page.hanging(blank(), remark, theme.warn());
            }
        }
        for parts in self.record(theme) {
            page.hanging_parts(blank(), &parts);
        }
    }

    fn lead(&self, verdict: Option<Verdict>, columns: Columns, theme: Theme) -> Vec<Span<'static>> {
        let bar = if self.selected { theme.bar() } else { " " };
        let number = format!(" {:>1$}  ", self.number, columns.digits);
        vec![
            Span::styled(bar, theme.accent()),
            Span::raw(" "),
            Span::styled(theme.verdict_sign(verdict), theme.verdict(verdict)),
            Span::styled(number, theme.dim()),
        ]
    }

    /// What was said of the criterion: last time it failed, as it was agreed, and in this round.
    fn record(&self, theme: Theme) -> Vec<Vec<(String, Style)>> {
        let mut record = Vec::new();
        if self.selected {
            let examples = self.criterion.examples.iter();
            record.extend(examples.map(|example| vec![(format!("e.g. {example}"), theme.dim())]));
        }
        if let Some((round, note)) = self.failure().filter(|(_, note)| !note.is_empty()) {
            record.push(vec![(format!("round {round}: \"{note}\""), theme.dim())]);
        }
        if let Agreement::Changed { was } = self.criterion.agreement(self.story.agreed.as_ref())
            && self.selected
        {
            let mut changed = vec![("the change: ".to_owned(), theme.warn())];
            changed.extend(reworded(was, &self.criterion.text, theme));
            record.push(changed);
        }
        let round = self.story.open_round();
        if let Some(judgement) = round.and_then(|round| round.judgement(&self.criterion.id)) {
            let style = theme.verdict(Some(judgement.verdict));
            if !judgement.note.is_empty() {
                record.push(vec![(format!("\"{}\"", judgement.note), style)]);
            }
            if !judgement.evidence.is_empty() {
                let seen = if self.selected {
                    judgement.evidence.to_string()
                } else {
                    beginning(&judgement.evidence, theme)
                };
                record.push(vec![(format!("seen: {seen}"), style)]);
            }
        }
        record
    }
}

/// The first lines of a text, where the whole would take the other criteria's room.
fn beginning(text: &str, theme: Theme) -> String {
    let first: Vec<&str> = text.lines().take(2).collect();
    let more = if text.lines().nth(2).is_some() {
        format!(" {}", theme.behind())
    } else {
        String::new()
    };
    format!("{}{more}", first.join("\n"))
}

/// Says that a story comes back more than once.
fn returned(page: &mut Page, story: &Story) {
    if let Some(said) = story.comes_back() {
        let style = page.theme.bad();
        page.text(&said, style);
    }
}

/// The criteria that were agreed and are gone, and those that had failed in this round.
fn removed(page: &mut Page, story: &Story) {
    let gone: Vec<&Criterion> = story.removed_since_agreed().collect();
    if !gone.is_empty() {
        page.gap();
    }
    let dim = page.theme.dim();
    for criterion in gone {
        let said = format!("removed since agreed: {}", criterion.text);
        page.hanging(vec![Span::raw("    ")], &said, dim);
    }
    for judgement in unmet_and_removed(story) {
        let head = judgement.text.lines().next().unwrap_or_default();
        let mut said = format!(
            "deleted in this round, {}: {head}",
            judgement.verdict.words()
        );
        if !judgement.note.is_empty() {
            said = format!("{said}: \"{}\"", judgement.note);
        }
        page.hanging(vec![Span::raw("    ")], &said, page.theme.warn());
    }
}

fn unmet_and_removed(story: &Story) -> impl Iterator<Item = &Judgement> {
    let round = story.open_round().into_iter();
    round.flat_map(|round| round.unmet_and_removed(&story.criteria))
}

/// The questions that nobody has answered yet, one line each.
fn questions(page: &mut Page, story: &Story) {
    let theme = page.theme;
    let room = page.width.saturating_sub(4);
    for (index, question) in story.open_questions().enumerate() {
        if index == 0 {
            page.gap();
        }
        let words = text::truncate(&question.text, room).into_owned();
        page.lines.push(Line::from(vec![
            Span::styled("  ? ", theme.warn()),
            Span::raw(words),
        ]));
    }
}

/// The definition of done; answers the column in which its lines begin.
fn done(page: &mut Page, rows: &Rows, selected: usize, spans: &mut Vec<Range<usize>>) -> usize {
    if rows.done.is_empty() {
        return 0;
    }
    let theme = page.theme;
    page.gap();
    let beside = page.width >= BESIDE;
    let column = if beside { DONE.len() + 1 } else { 0 };
    if !beside {
        let heading = text::truncate(DONE, page.width).into_owned();
        page.lines.push(Line::styled(heading, theme.strong()));
    }
    for (line, (words, ticked)) in rows.done.iter().enumerate() {
        let start = page.lines.len();
        let heading = if line == 0 && beside { DONE } else { "" };
        let is_selected = selected == rows.story.criteria.len() + line;
        let bar = if is_selected { theme.bar() } else { " " };
        let (sign, style) = if *ticked {
            ("[x]", theme.good())
        } else {
            ("[ ]", theme.warn())
        };
        let lead = vec![
            Span::styled(text::fit(heading, column), theme.strong()),
            Span::styled(bar, theme.accent()),
            Span::styled(format!(" {sign} "), style),
        ];
        page.hanging(lead, words, Style::new());
        spans.push(start..page.lines.len());
    }
    column
}

/// The last row: what *accept* and *reject* would do now.
fn decision(page: &mut Page, rows: &Rows, selected: bool, cx: &Cx) {
    let theme = page.theme;
    let accept = if cx.backlog.may_accept(rows.story.id).is_ok() {
        "accept"
    } else {
        "accept with a waiver"
    };
    let reject = match count(rows.story, Some(Verdict::NotMet)) {
        0 => "reject with a reason".to_owned(),
        failed => format!("reject: {failed} not met"),
    };
    let waiting = match count(rows.story, None) {
        0 => String::new(),
        waiting => format!("   {waiting} without a verdict"),
    };
    let lead = vec![
        Span::styled(if selected { theme.bar() } else { " " }, theme.accent()),
        Span::raw(" "),
    ];
    let said = format!("a {accept}   r {reject}{waiting}");
    page.hanging(lead, &said, Style::new());
}

/// How many criteria have this verdict in the open round.
fn count(story: &Story, wanted: Option<Verdict>) -> usize {
    let criteria = story.criteria.iter();
    criteria
        .filter(|criterion| verdict(story, criterion) == wanted)
        .count()
}

/// How the review stands, in a few words.
fn summary(rows: &Rows, cx: &Cx) -> String {
    let story = rows.story;
    let mut parts = vec![match story.criteria.len() {
        0 => "no criteria".to_owned(),
        of => format!("{} of {of} met", count(story, Some(Verdict::Met))),
    }];
    let failed = count(story, Some(Verdict::NotMet));
    if failed > 0 {
        parts.push(format!("reject: {failed} not met"));
    }
    match unmet_and_removed(story).count() {
        0 => {}
        some => parts.push(format!("{some} deleted unmet")),
    }
    match rows.undone() {
        0 => {}
        1 => parts.push("1 done line left".to_owned()),
        many => parts.push(format!("{many} done lines left")),
    }
    if cx.backlog.may_accept(story.id).is_ok() {
        parts.push("ready to accept".to_owned());
    }
    parts.join(&format!(" {} ", cx.theme.dot()))
}
