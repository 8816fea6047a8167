//! The settings of the product: a page of them, each with its value, and what the selected one means.
//!
//! The rows come from the model's list of settings. Nothing typed is kept here: every change goes to the model at
//! once. The cursor stands on a setting or on an entry of a list by its text, never by its place.

mod change;
mod render;
mod rows;

use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};

use self::rows::{Rows, Spot};
use crate::keymap::{Action, Scope, chain};
use crate::model::Setting;
use crate::ui::effect::{Effect, Pointer, Screen};
use crate::ui::pane::{Cx, Pane};
use crate::ui::widgets::viewport::Viewport;

/// The page of settings.
#[derive(Debug, Default)]
pub struct SettingsPane {
    rows: Rows,
    /// The row the cursor stands in, counted along those it can stand in.
    at: usize,
    /// The lists that stand open.
    open: Vec<Setting>,
    /// The list that a new entry was asked for: the cursor goes there once it has come.
    expects: Option<Setting>,
    view: Viewport,
    list: Rect,
    /// What stands in the lines of the list, as it was drawn last; `None` in a blank one.
    lines: Vec<Option<usize>>,
}

impl SettingsPane {
    fn spot(&self) -> Option<&Spot> {
        self.rows.spots.get(self.at)
    }

    fn go(&mut self, at: usize) {
        self.at = at.min(self.rows.spots.len().saturating_sub(1));
    }

    fn walk(&mut self, action: Action) -> bool {
        let page = self.view.height().saturating_sub(1).max(1);
        let to = match action {
            Action::Up => self.at.saturating_sub(1),
            Action::Down => self.at + 1,
            Action::PageUp => self.at.saturating_sub(page),
            Action::PageDown => self.at + page,
            Action::First => 0,
            Action::Last => usize::MAX,
            _ => return false,
        };
        self.go(to);
        true
    }

    /// Opens a list or closes it; the cursor stands on its head.
    fn fold(&mut self, setting: Setting, cx: &Cx) {
        if let Some(place) = self.open.iter().position(|open| *open == setting) {
            self.open.remove(place);
        } else {
            self.open.push(setting);
        }
        self.rows = Rows::of(cx.backlog, &self.open);
        let head = Spot::head(setting);
        self.go(self.rows.place(&head).unwrap_or(self.at));
    }

    fn unfold(&mut self, setting: Setting, cx: &Cx) {
        if !self.open.contains(&setting) {
            self.fold(setting, cx);
        }
    }

    /// Writes the rows anew where the settings have changed; the cursor stays with its entry or follows what it became.
    fn refresh(&mut self, cx: &Cx) {
        if self.rows.is_of(cx.backlog) {
            return;
        }
        let before = self.spot().cloned();
        let rows = self.rows.spots.len();
        self.rows = Rows::of(cx.backlog, &self.open);
        let Some(spot) = before else {
            return;
        };
        let is_same_list = |other: &Spot| other.setting == spot.setting;
        let end = self.rows.spots.iter().rposition(is_same_list);
        let is_expected = self.expects.take_if(|list| *list == spot.setting).is_some();
        let place = if is_expected && self.rows.spots.len() > rows {
            end
        } else {
            // An entry that is gone: what stands at its place now, but still in its list.
            let neighbour = end.map(|end| self.at.min(end));
            self.rows.place(&spot).or(neighbour)
        };
        self.go(place.unwrap_or(self.at));
    }
}

impl Pane for SettingsPane {
    fn chain(&self) -> &'static [Scope] {
        chain::SETTINGS
    }

    fn on_action(&mut self, action: Action, cx: &Cx) -> Option<Vec<Effect>> {
        self.refresh(cx);
        self.expects = None;
        if self.walk(action) {
            return Some(Vec::new());
        }
        match action {
            Action::Out => Some(self.out(cx)),
            action if change::is_mine(action) => Some(match self.refuses(action, cx) {
                Some(refusal) => vec![Effect::refusal(refusal)],
                None => self.change(action, cx),
            }),
            _ => None,
        }
    }

    fn on_pointer(&mut self, pointer: Pointer, cx: &Cx) -> Vec<Effect> {
        self.refresh(cx);
        match pointer {
            Pointer::Wheel { rows, .. } => {
                self.go(self.at.saturating_add_signed(rows.try_into().unwrap_or(0)));
            }
            Pointer::Press { row, .. } => {
                let line = row
                    .checked_sub(self.list.y)
                    .filter(|offset| *offset < self.list.height)
                    .and_then(|offset| *self.lines.get(usize::from(offset))?);
                if let Some(at) = line {
                    self.go(at);
                }
            }
            Pointer::Drag { .. } | Pointer::Release { .. } => {}
        }
        Vec::new()
    }

    fn reconcile(&mut self, cx: &Cx) {
        self.refresh(cx);
    }

    fn render(&mut self, area: Rect, buf: &mut Buffer, cx: &Cx, focused: bool) -> Option<Position> {
        self.refresh(cx);
        self.draw(area, buf, cx, focused);
        None
    }

    fn refuses(&self, action: Action, cx: &Cx) -> Option<String> {
        let spot = self.spot()?;
        change::refusal(action, spot, cx)
    }
}

impl SettingsPane {
    /// One step out: from an entry to its list, from there to the backlog.
    fn out(&mut self, cx: &Cx) -> Vec<Effect> {
        match self.spot().cloned() {
            Some(Spot {
                setting,
                entry: Some(_),
            }) => {
                self.fold(setting, cx);
                Vec::new()
            }
            _ => vec![Effect::Show(Screen::Backlog)],
        }
    }
}
