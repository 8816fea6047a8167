//! What the linter finds in a story, to be mended at once or settled: *not a problem here*.
//!
//! What is settled stands at the end, so that it can be taken back.

use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};
use ratatui::style::Style;
use ratatui::text::{Line, Span};
use ratatui::widgets::Widget;

use super::frame;
use crate::keymap::Action;
use crate::language::lint::{self, Finding, Rule};
use crate::model::{Change, Edit, Line as Words, Story, StoryId};
use crate::ui::effect::{Effect, Mending};
use crate::ui::findings::{lead, sorted};
use crate::ui::pane::Cx;
use crate::ui::widgets::page::Page;

/// The findings of a story.
#[derive(Clone, Debug)]
pub struct Findings {
    story: StoryId,
    rows: Vec<Row>,
    at: usize,
    /// The first line in sight.
    top: usize,
    /// The backlog's generation and the linter's knowledge that the rows are right for.
    known: (u64, u64),
}

/// What the cursor can stand on.
#[derive(Clone, Debug)]
enum Row {
    /// Something found.
    Open(Finding),
    /// A rule that is no problem here.
    Settled(&'static Rule),
}

impl Row {
    const fn rule(&self) -> &'static Rule {
        match self {
            Self::Open(finding) => finding.rule,
            Self::Settled(rule) => rule,
        }
    }
}

impl Findings {
    /// The findings of a story; `None` where nothing is found and nothing settled.
    pub fn new(story: StoryId, cx: &Cx) -> Option<Self> {
        let mut findings = Self {
            story,
            rows: Vec::new(),
            at: 0,
            top: 0,
            known: (0, 0),
        };
        findings.follow(cx);
        (!findings.rows.is_empty()).then_some(findings)
    }

    /// Follows a backlog that has changed.
    fn follow(&mut self, cx: &Cx) {
        let known = (cx.backlog.generation(), cx.lint_stamp());
        if self.known == known {
            return;
        }
        self.known = known;
        self.rows = cx.backlog.story(self.story).map_or_else(Vec::new, |story| {
            let open = sorted(cx.findings(story)).into_iter().map(Row::Open);
            let settled = story.settled.iter().filter_map(|rule| lint::rule(rule));
            open.chain(settled.map(Row::Settled)).collect()
        });
        self.at = self.at.min(self.rows.len().saturating_sub(1));
    }

    pub(super) fn on_action(&mut self, action: Action, cx: &Cx) -> Vec<Effect> {
        self.follow(cx);
        let last = self.rows.len().saturating_sub(1);
        match action {
            Action::Up => self.at = self.at.saturating_sub(1),
            Action::Down => self.at = (self.at + 1).min(last),
            Action::First => self.at = 0,
            Action::Last => self.at = last,
            Action::Close => return vec![Effect::Close],
            Action::Confirm => return vec![Effect::Close, Effect::EditStory(self.story)],
            Action::Mend => return self.mend(cx),
            Action::Settle => return self.settle(cx),
            _ => {}
        }
        Vec::new()
    }

    fn mend(&self, cx: &Cx) -> Vec<Effect> {
        match (self.rows.get(self.at), cx.backlog.story(self.story)) {
            (Some(Row::Open(finding)), Some(story)) => {
                vec![mend(finding, story, cx).unwrap_or_else(|| {
                    Effect::refusal("Only words can mend this. Press Enter to write them.")
                })]
            }
            (Some(Row::Settled(_)), _) => vec![Effect::refusal(
                "That is no problem here, so there is nothing to mend. Press n if it is one after all.",
            )],
            _ => Vec::new(),
        }
    }

    fn settle(&self, cx: &Cx) -> Vec<Effect> {
        let row = self.rows.get(self.at).into_iter();
        row.map(|row| settle(self.story, row.rule(), matches!(row, Row::Open(_)), cx))
            .collect()
    }

    pub(super) fn render(&mut self, screen: Rect, buf: &mut Buffer, cx: &Cx) -> Option<Position> {
        self.follow(cx);
        let width = frame::widest(screen, 76);
        let mut page = Page::new(usize::from(width), cx.theme);
        let mut places = Vec::new();
        for (index, row) in self.rows.iter().enumerate() {
            let start = page.lines.len();
            self.write(row, index == self.at, &mut page, cx);
            places.push(start..page.lines.len());
            page.lines.push(Line::default());
        }
        if self.rows.is_empty() {
            page.text("Nothing is left to be mended.", Style::new());
        } else {
            page.lines.pop();
        }
        let height = u16::try_from(page.lines.len() + 2).unwrap_or(u16::MAX);
        let title = format!("Findings in {}", cx.backlog.key_or_id(self.story));
        let inside = frame::draw(screen, (width + 4, height), &title, cx.theme, buf);
        let room = usize::from(inside.height);
        if let Some(place) = places.get(self.at) {
            self.top = self
                .top
                .max(place.end.saturating_sub(room))
                .min(place.start);
        }
        self.top = self.top.min(page.lines.len().saturating_sub(room));
        for (line, area) in page.lines.iter().skip(self.top).zip(inside.rows()) {
            line.render(area, buf);
        }
        None
    }

    fn write(&self, row: &Row, is_selected: bool, page: &mut Page, cx: &Cx) {
        let theme = cx.theme;
        let from = page.lines.len();
        let indent = || vec![Span::raw("   ")];
        match row {
            Row::Open(finding) => {
                let place = cx
                    .backlog
                    .story(self.story)
                    .map(|story| finding.place(story));
                page.hanging(
                    lead(finding, theme),
                    &place.unwrap_or_default(),
                    theme.strong(),
                );
                page.hanging(indent(), &finding.why, Style::new());
                if let Some(repair) = &finding.repair {
                    page.hanging(indent(), &format!("m: {}", repair.words()), theme.accent());
                }
            }
            Row::Settled(rule) => {
                let said = format!("{} (not a problem here)", rule.about);
                page.hanging(
                    vec![Span::styled(
                        format!(" {} settled  ", rule.letter.as_char()),
                        theme.dim(),
                    )],
                    &said,
                    theme.dim(),
                );
            }
        }
        if is_selected && let Some(first) = page.lines.get_mut(from) {
            // The bar stands in the blank before the letter.
            if let Some(lead) = first.spans.first_mut() {
                let rest = lead.content.chars().skip(1).collect::<String>();
                lead.content = rest.into();
            }
            first
                .spans
                .insert(0, Span::styled(theme.bar(), theme.accent()));
            let reversed = theme.selected(true);
            for span in &mut first.spans {
                span.style = span.style.patch(reversed);
            }
        }
    }
}

/// Mends what a finding is about, where the linter knows a repair.
pub fn mend(finding: &Finding, story: &Story, cx: &Cx) -> Option<Effect> {
    let repair = finding.repair.as_ref()?;
    Some(match repair.mend(finding, story) {
        Ok(mended) => Effect::Mend(Box::new(Mending {
            story: story.id,
            label: format!("mend {}: {}", cx.backlog.key(story), repair.words()),
            mended,
        })),
        Err(refusal) => Effect::refusal(refusal.to_string()),
    })
}

/// Says that what a rule finds is no problem in a story, or that it is one after all.
pub fn settle(story: StoryId, rule: &Rule, settled: bool, cx: &Cx) -> Effect {
    let key = cx.backlog.key_or_id(story);
    let label = if settled {
        format!("settle {} in {key}", rule.id)
    } else {
        format!("look for {} in {key} again", rule.id)
    };
    let rule = Words::parse(rule.id);
    let edit = Edit::Settle { rule, settled };
    Effect::act(label, vec![Change::Edit { story, edit }])
}
