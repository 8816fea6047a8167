//! How findings of the linter look: their order, their colours, and the words they are about.

use ratatui::style::{Modifier, Style};
use ratatui::text::Span;

use super::theme::Theme;
use super::widgets::page::Mark;
use crate::language::lint::{Finding, Severity, Spot};
use crate::model::Story;

/// The findings of a story, what matters most first.
pub fn sorted(mut findings: Vec<Finding>) -> Vec<Finding> {
    findings.sort_by_key(|finding| std::cmp::Reverse(finding.rule.severity));
    findings
}

/// The colour of what matters so much; there is a word for it, too.
pub fn style(severity: Severity, theme: Theme) -> Style {
    match severity {
        Severity::Defect => theme.bad(),
        Severity::Warning => theme.warn(),
        Severity::Hint => theme.dim(),
    }
}

/// The letter of the rule and how much it matters, 12 columns wide.
pub fn lead(finding: &Finding, theme: Theme) -> Vec<Span<'static>> {
    let rule = finding.rule;
    vec![
        Span::styled(
            format!(" {} ", rule.letter.as_char()),
            style(rule.severity, theme),
        ),
        Span::styled(format!("{:<7}  ", rule.severity), theme.dim()),
    ]
}

/// The words of one text of a story that findings are about; what concerns a whole text marks nothing in it.
pub fn marks(findings: &[Finding], spot: Spot, story: &Story, theme: Theme) -> Vec<Mark> {
    let length = spot.text(story).len();
    let here = findings.iter().filter(|finding| {
        let span = &finding.span;
        finding.spot == spot && !span.is_empty() && *span != (0..length)
    });
    here.map(|finding| {
        let color = match finding.rule.severity {
            Severity::Hint => Style::new(),
            severity => style(severity, theme),
        };
        let marked = color.add_modifier(Modifier::UNDERLINED);
        (finding.span.clone(), marked)
    })
    .collect()
}
