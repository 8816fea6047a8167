//! A new order, shown before it is made: which stories would move, from where to where.
//!
//! Enter makes it as one act, Esc leaves everything as it is. Stories that are closed meanwhile drop out of it.

use std::collections::HashMap;

use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};
use ratatui::style::Style;
use ratatui::text::{Line, Span};
use ratatui::widgets::Widget;

use super::frame;
use crate::keymap::Action;
use crate::model::{Change, Jump, StoryId};
use crate::ui::effect::Effect;
use crate::ui::pane::Cx;
use crate::ui::text;
use crate::ui::widgets::viewport::walk;

/// The widest that the words beside a story may be, in columns.
const WIDEST_REASON: usize = 24;

/// The narrowest that a title may become for the sake of the words beside it, in columns.
const NARROWEST_TITLE: usize = 20;

/// A new order for some stories of the backlog, to be agreed to.
#[derive(Clone, Debug)]
pub struct Preview {
    title: String,
    label: String,
    order: Vec<StoryId>,
    reasons: HashMap<StoryId, String>,
    reasons_width: usize,
    then: Vec<Effect>,
    otherwise: Vec<Effect>,
    /// All stories in the new order, and those that move, the largest jumps first.
    arranged: Vec<Jump>,
    jumps: Vec<Jump>,
    /// The backlog's generation that these are right for.
    generation: u64,
    /// Whether all stories are shown, in the new order.
    shows_all: bool,
    top: usize,
    height: usize,
}

impl Preview {
    /// Shows what an order would change; made, it is an act of this label.
    pub fn new(
        title: impl Into<String>,
        label: impl Into<String>,
        order: Vec<StoryId>,
        cx: &Cx,
    ) -> Self {
        let mut preview = Self {
            title: title.into(),
            label: label.into(),
            order,
            reasons: HashMap::new(),
            reasons_width: 0,
            then: Vec::new(),
            otherwise: Vec::new(),
            arranged: Vec::new(),
            jumps: Vec::new(),
            generation: 0,
            shows_all: false,
            top: 0,
            height: 1,
        };
        preview.follow(cx);
        preview
    }

    /// The same with a few words beside stories, such as "WSJF 6.3".
    #[must_use]
    pub fn with_reasons(mut self, reasons: HashMap<StoryId, String>) -> Self {
        let widths = reasons.values().map(|reason| text::width(reason));
        self.reasons_width = widths.max().unwrap_or(0).min(WIDEST_REASON);
        self.reasons = reasons;
        self
    }

    /// The same with effects that follow once the order is made.
    #[must_use]
    pub fn then(mut self, effects: Vec<Effect>) -> Self {
        self.then = effects;
        self
    }

    /// The same with effects that follow when the order is not wanted.
    #[must_use]
    pub fn otherwise(mut self, effects: Vec<Effect>) -> Self {
        self.otherwise = effects;
        self
    }

    pub(super) fn on_action(&mut self, action: Action, cx: &Cx) -> Vec<Effect> {
        self.follow(cx);
        let last = self.rows().len().saturating_sub(self.height);
        if let Some(top) = walk(action, self.top, self.height, last) {
            self.top = top;
            return Vec::new();
        }
        match action {
            Action::OtherView => {
                self.shows_all = !self.shows_all;
                self.top = 0;
            }
            Action::Confirm => return self.made(),
            Action::Close => {
                let mut effects = vec![Effect::Close];
                effects.append(&mut self.otherwise);
                return effects;
            }
            _ => {}
        }
        Vec::new()
    }

    fn made(&mut self) -> Vec<Effect> {
        let mut effects = vec![Effect::Close];
        if !self.jumps.is_empty() {
            let stories = self.arranged.iter().map(|jump| jump.story).collect();
            effects.push(Effect::act(&self.label, vec![Change::Arrange { stories }]));
        }
        effects.append(&mut self.then);
        effects
    }

    /// Follows a backlog that has changed.
    fn follow(&mut self, cx: &Cx) {
        if self.generation != cx.backlog.generation() {
            self.generation = cx.backlog.generation();
            self.arranged = cx.backlog.arrangement(&self.order);
            self.jumps = cx.backlog.jumps(&self.order);
        }
    }

    fn rows(&self) -> &[Jump] {
        if self.shows_all || self.jumps.is_empty() {
            &self.arranged
        } else {
            &self.jumps
        }
    }

    fn head(&self) -> String {
        let (all, moved) = (self.arranged.len(), self.jumps.len());
        match (all, moved) {
            (0, _) => "None of these stories is in the backlog any more.".to_owned(),
            (_, 0) => "Nothing moves: the stories stand in this order already.".to_owned(),
            _ if self.shows_all => format!("The new order of {all} stories; {moved} of them move."),
            _ => format!("{moved} of {all} stories move; the largest jumps first."),
        }
    }

    pub(super) fn render(&mut self, screen: Rect, buf: &mut Buffer, cx: &Cx) -> Option<Position> {
        self.follow(cx);
        let width = frame::widest(screen, 86);
        let head = text::rows(&self.head(), usize::from(width).max(1));
        // As high for either view, so that the box stands still.
        let height = u16::try_from(head.len() + self.arranged.len() + 3).unwrap_or(u16::MAX);
        let inside = frame::draw(screen, (width + 4, height), &self.title, cx.theme, buf);
        // The blank row below the head gives way first where there is little room.
        let gap = usize::from(usize::from(inside.height) > head.len() + 2);
        let above = head.len() + gap;
        for (line, area) in head.into_iter().zip(inside.rows()) {
            Line::raw(line).render(area, buf);
        }
        self.height = usize::from(inside.height).saturating_sub(above).max(1);
        self.top = self.top.min(self.rows().len().saturating_sub(self.height));
        let columns = self.columns(usize::from(inside.width), cx);
        let rows = self.rows().iter().skip(self.top);
        for (jump, area) in rows.zip(inside.rows().skip(above)) {
            self.line(*jump, &columns, cx).render(area, buf);
        }
        let below = self.rows().len().saturating_sub(self.top + self.height);
        if below > 0 {
            let border = Rect {
                y: inside.bottom(),
                height: 1,
                ..inside
            };
            Line::styled(format!(" {below} more "), cx.theme.dim())
                .right_aligned()
                .render(border.intersection(screen), buf);
        }
        None
    }

    fn columns(&self, width: usize, cx: &Cx) -> Columns {
        let digits = |number: usize| number.to_string().len();
        let place = digits(cx.backlog.open_count());
        let jump = self.jumps.first().map_or(1, |jump| digits(jump.distance()));
        let key = cx.backlog.longest_key();
        let arrow = text::width(cx.theme.arrow());
        let room = width.saturating_sub(2 * place + arrow + 2 + 2 + 1 + jump + 2 + key + 2);
        let reason = self.reasons_width;
        let fits = reason > 0 && room >= NARROWEST_TITLE + 2 + reason;
        Columns {
            place,
            jump,
            key,
            title: if fits { room - 2 - reason } else { room },
            reason: if fits { reason } else { 0 },
        }
    }

    fn line(&self, jump: Jump, columns: &Columns, cx: &Cx) -> Line<'static> {
        let Some(story) = cx.backlog.story(jump.story) else {
            return Line::default();
        };
        let theme = cx.theme;
        let Columns { place, key, .. } = *columns;
        let moves = jump.distance() > 0;
        let (from, arrow) = if moves {
            (jump.from.to_string(), theme.arrow())
        } else {
            (String::new(), "")
        };
        let arrow = text::fit(arrow, text::width(theme.arrow()));
        let (way, style) = match jump.to.cmp(&jump.from) {
            std::cmp::Ordering::Less => (theme.upwards(), theme.good()),
            std::cmp::Ordering::Equal => (" ", Style::new()),
            std::cmp::Ordering::Greater => (theme.downwards(), theme.warn()),
        };
        let far = if moves {
            jump.distance().to_string()
        } else {
            String::new()
        };
        let mut spans = vec![
            Span::styled(format!("{from:>place$} {arrow} "), theme.dim()),
            Span::raw(format!("{:>place$}  ", jump.to)),
            Span::styled(format!("{way}{}  ", text::fit(&far, columns.jump)), style),
            Span::styled(
                format!("{}  ", text::fit(&cx.backlog.key(story), key)),
                theme.accent(),
            ),
            Span::raw(text::fit(&story.title, columns.title)),
        ];
        if columns.reason > 0
            && let Some(reason) = self.reasons.get(&jump.story)
        {
            let reason = text::truncate(reason, columns.reason);
            spans.push(Span::styled(format!("  {reason}"), theme.dim()));
        }
        Line::from(spans)
    }
}

/// How the width of a row is shared out.
struct Columns {
    place: usize,
    jump: usize,
    key: usize,
    title: usize,
    /// 0 where there is no room for the words beside a story.
    reason: usize,
}
