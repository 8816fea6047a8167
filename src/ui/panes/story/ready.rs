//! What an idea lacks to be agreed, on its page.

use ratatui::style::Style;
use ratatui::text::Span;

use crate::model::{Missing, Status, Story};
use crate::ui::pane::Cx;
use crate::ui::widgets::page::Page;

/// Writes down what an idea lacks, and the lines to be ticked; nothing where there is neither.
pub(super) fn write(page: &mut Page, story: &Story, cx: &Cx) {
    let lines = &cx.backlog.product().ready.lines;
    let missing = cx.backlog.missing(story);
    if story.status != Status::Idea || (missing.is_empty() && lines.is_empty()) {
        return;
    }
    let remark = match missing.len() {
        0 => "ready: > agrees it".to_owned(),
        many => format!("{many} missing"),
    };
    page.heading("To be agreed", &remark);
    let is_tick = |missing: &&Missing| matches!(missing, Missing::Tick(_));
    for what in missing.iter().filter(|missing| !is_tick(missing)) {
        let lead = vec![Span::styled(
            format!(" {}  ", cx.theme.dot()),
            page.theme.warn(),
        )];
        page.hanging(lead, &what.to_string(), Style::new());
    }
    for line in lines {
        let (sign, style) = if story.is_ticked_ready(line) {
            ("[x]", page.theme.dim())
        } else {
            ("[ ]", Style::new())
        };
        page.hanging(vec![Span::raw(format!(" {sign} "))], line, style);
    }
}
