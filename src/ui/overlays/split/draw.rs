//! Drawing the box of a split: the children with what they get, and every part with its child.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::text::{Line, Span};
use ratatui::widgets::Widget;

use super::SplitBox;
use crate::model::{Parent, SplitPart, Story};
use crate::ui::overlays::frame;
use crate::ui::pane::Cx;
use crate::ui::text;

impl SplitBox {
    pub(super) fn draw(&mut self, screen: Rect, buf: &mut Buffer, cx: &Cx) {
        let Some(story) = cx.backlog.story(self.story) else {
            return;
        };
        let width = frame::widest(screen, 96);
        let head = self.titles.len() + 1;
        let wanted = head + self.parts.len().max(1) + 2 + 2;
        let height = u16::try_from(wanted).unwrap_or(u16::MAX);
        let title = format!("Split {} into {}", cx.backlog.key(story), self.titles.len());
        let inside = frame::draw(screen, (width + 4, height), &title, cx.theme, buf);
        let room = usize::from(inside.height);
        // The parts to be sent matter more than the children above them.
        let below = 2.min(room);
        let above = head.min(room.saturating_sub(below + self.parts.len().clamp(1, 3)));
        let mut areas = inside.rows();
        for (number, area) in (0..above.min(self.titles.len())).zip(areas.by_ref()) {
            self.draw_child(number, area, buf, cx);
        }
        if above == head {
            areas.next();
        }
        let areas: Vec<Rect> = areas.collect();
        let rows = areas.len().saturating_sub(below);
        self.height = rows.max(1);
        let highest = (self.at + 1).saturating_sub(self.height);
        self.top = self.top.min(self.at).max(highest);
        if self.parts.is_empty()
            && let Some(area) = areas.first()
        {
            let said = "It has no criteria and no questions; the children get the rest.";
            Line::styled(
                text::truncate(said, usize::from(area.width)).into_owned(),
                cx.theme.dim(),
            )
            .render(*area, buf);
        }
        let shown = (self.top..self.parts.len()).zip(areas.iter().take(rows));
        for (index, area) in shown {
            self.draw_part(index, story, *area, buf, cx);
        }
        if let Some(area) = areas.last() {
            let said = text::truncate(&self.told(story), usize::from(area.width)).into_owned();
            Line::styled(said, cx.theme.dim()).render(*area, buf);
        }
    }

    fn draw_child(&self, number: usize, area: Rect, buf: &mut Buffer, cx: &Cx) {
        let Some(title) = self.titles.get(number) else {
            return;
        };
        let parts = self.places.iter().filter(|place| **place == Some(number));
        let count = match parts.count() {
            0 => "nothing".to_owned(),
            1 => "1 part".to_owned(),
            many => format!("{many} parts"),
        };
        let room = usize::from(area.width).saturating_sub(4 + text::width(&count) + 2);
        Line::from(vec![
            Span::styled(format!(" {}  ", number + 1), cx.theme.accent()),
            Span::styled(text::fit(title, room), cx.theme.strong()),
            Span::styled(format!("  {count}"), cx.theme.dim()),
        ])
        .render(area, buf);
    }

    fn draw_part(&self, index: usize, story: &Story, area: Rect, buf: &mut Buffer, cx: &Cx) {
        let Some(part) = self.parts.get(index) else {
            return;
        };
        let place = self.places.get(index).copied().flatten();
        let sign = place.map_or_else(
            || cx.theme.dot().to_owned(),
            |place| (place + 1).to_string(),
        );
        let is_selected = index == self.at;
        let bar = if is_selected { cx.theme.bar() } else { " " };
        let words = told(part, story);
        let room = usize::from(area.width).saturating_sub(5);
        Line::from(vec![
            Span::styled(bar, cx.theme.accent()),
            Span::styled(format!("{sign}  "), cx.theme.accent()),
            Span::raw(text::truncate(&words, room).into_owned()),
        ])
        .render(area, buf);
        if is_selected {
            buf.set_style(area, cx.theme.selected(true));
        }
    }

    /// What becomes of the story itself, and of what goes to no child.
    fn told(&self, story: &Story) -> String {
        let parent = match self.parent {
            Parent::Epic => "It leaves the backlog and becomes the children's epic.",
            Parent::Dropped if story.epic.is_empty() => {
                "It leaves the backlog; the children get no epic."
            }
            Parent::Dropped => "It leaves the backlog; the children keep its epic.",
        };
        let left = self.places.iter().filter(|place| place.is_none()).count();
        match left {
            0 => parent.to_owned(),
            1 => format!("{parent} 1 part stays behind."),
            many => format!("{parent} {many} parts stay behind."),
        }
    }
}

/// A part on one line.
fn told(part: &SplitPart, story: &Story) -> String {
    let one_line = |text: &str| text.lines().collect::<Vec<_>>().join(" / ");
    let rule = |id: &str| story.criteria.iter().find(|rule| rule.id == id);
    match part {
        SplitPart::Criterion(id) => rule(id).map_or_else(String::new, |rule| one_line(&rule.text)),
        SplitPart::Example(id, place) => {
            let example = rule(id).and_then(|rule| rule.examples.get(*place));
            format!("  e.g. {}", example.map_or("", |example| example))
        }
        SplitPart::Question(id) => {
            let mut questions = story.questions.iter();
            let question = questions.find(|question| question.id == *id);
            format!(
                "? {}",
                question.map_or_else(String::new, |question| one_line(&question.text))
            )
        }
    }
}
