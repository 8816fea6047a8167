//! Drawing the whole screen: header, panes, footer, overlays.

use ratatui::Frame;
use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};
use ratatui::style::Style;
use ratatui::text::{Line, Span};
use ratatui::widgets::Widget;

use super::world::Saving;
use super::{App, Stage};
use crate::keymap::docs;
use crate::model::Status;
use crate::ui::effect::{Focus, Screen, Tone};
use crate::ui::pane::Cx;
use crate::ui::text;
use crate::ui::theme::Theme;

/// From this width on list and story stand side by side.
const WIDE: u16 = 100;
/// Below this size nothing useful fits.
const SMALLEST: (u16, u16) = (40, 10);
/// How many rows a notice may take from the panes.
const NOTICE_ROWS: usize = 3;

impl App {
    /// Draws a frame.
    pub fn render(&mut self, frame: &mut Frame) {
        let area = frame.area();
        if let Some(cursor) = self.draw(area, frame.buffer_mut()) {
            frame.set_cursor_position(cursor);
        }
    }

    /// Draws the screen into a buffer and answers where the cursor belongs.
    pub fn draw(&mut self, area: Rect, buf: &mut Buffer) -> Option<Position> {
        if area.is_empty() {
            return None;
        }
        if area.width < SMALLEST.0 || area.height < SMALLEST.1 {
            let said = format!(
                "The window is too small: {} x {} is needed.",
                SMALLEST.0, SMALLEST.1
            );
            for (row, line) in area.rows().zip(text::rows(&said, usize::from(area.width))) {
                Line::raw(line).render(row, buf);
            }
            return None;
        }
        let header = Rect { height: 1, ..area };
        let said = self.notice_lines(area.width);
        let footer_height = u16::try_from(said.len()).unwrap_or(1).max(1);
        let body = Rect {
            y: area.y + 1,
            height: area.height - 1 - footer_height,
            ..area
        };
        let footer = Rect {
            y: area.bottom() - footer_height,
            height: footer_height,
            ..area
        };
        self.draw_header(header, buf);
        let mut cursor = match &self.stage {
            Stage::Welcome => {
                self.draw_welcome(body, buf);
                None
            }
            Stage::Loading(read, of, _) => {
                draw_loading(*read, *of, body, buf);
                None
            }
            Stage::Open(_) => self.draw_panes(body, buf),
        };
        self.draw_footer(footer, &said, buf);
        let overlays = std::mem::take(&mut self.overlays);
        self.overlays = overlays
            .into_iter()
            .map(|mut overlay| {
                cursor = self.draw_overlay(&mut overlay, body, buf);
                overlay
            })
            .collect();
        if self.setting.theme.ascii {
            spell_out(buf);
        }
        cursor
    }

    fn draw_overlay(
        &mut self,
        overlay: &mut crate::ui::overlays::Overlay,
        area: Rect,
        buf: &mut Buffer,
    ) -> Option<Position> {
        // Overlays on the first page see an empty backlog.
        self.with_backlog(|cx| overlay.render(area, buf, cx))
    }

    fn draw_header(&mut self, area: Rect, buf: &mut Buffer) {
        let theme = self.setting.theme;
        let Stage::Open(world) = &self.stage else {
            Line::styled(" backstory", theme.strong()).render(area, buf);
            return;
        };
        let (saved, tone) = match saving_word(&world.saving, theme) {
            // What is being typed is not on the disk before its field is left.
            ("saved", tone)
                if self.rooms.editor.is_typed_in() || self.rooms.backlog.is_score_begun() =>
            {
                ("typing", tone)
            }
            other => other,
        };
        let user = text::truncate(&self.setting.user, 20);
        let right = format!("{saved} {} {user} ", theme.dot());
        let right_width = text::width(&right);
        let tabs = tabs(world.backlog.count(Status::Delivered), area.width);
        let tabs_width: usize = tabs.iter().map(|(_, tab)| tab.len() + 3).sum();
        let room = usize::from(area.width).saturating_sub(right_width + tabs_width + 2);
        let name = heading(&world.backlog.product().name, room, theme);
        let wanted = if area.width >= WIDE { 40 } else { 0 };
        let start = wanted.max(text::width(&name) + 3).min(room + 1);
        let screen = self.screen();
        Line::styled(name, theme.strong()).render(area, buf);
        self.rooms.tabs.clear();
        let mut x = area.x + u16::try_from(start).unwrap_or(0);
        for (which, tab) in tabs {
            let width = u16::try_from(tab.len()).unwrap_or(0);
            // A tab that would run into what stands at the right is left out.
            if usize::from(x - area.x) + usize::from(width) + right_width >= usize::from(area.width)
            {
                break;
            }
            let cell = Rect { x, width, ..area };
            let style = if which == screen {
                theme.selected(true)
            } else {
                theme.accent()
            };
            Line::styled(tab, style).render(cell, buf);
            self.rooms.tabs.push((which, cell));
            x = x.saturating_add(width + 3);
        }
        let right_x = area
            .right()
            .saturating_sub(u16::try_from(right_width).unwrap_or(0));
        let cell = Rect {
            x: right_x,
            width: area.right() - right_x,
            ..area
        };
        Line::styled(right, tone).render(cell, buf);
    }

    fn draw_panes(&mut self, body: Rect, buf: &mut Buffer) -> Option<Position> {
        self.rooms.follow();
        let areas = self.layout(body);
        self.rooms.areas.clone_from(&areas);
        let focus = self.focus;
        let mut cursor = None;
        for (which, area) in areas {
            let focused = which == focus;
            let at = self.in_pane(which, |pane, cx| pane.render(area, buf, cx, focused));
            if focused {
                cursor = at;
            }
        }
        cursor
    }

    /// Which panes are in sight, and where: side by side where there is room, else the one with the keys.
    fn layout(&self, body: Rect) -> Vec<(Focus, Rect)> {
        let (list, beside, list_width) = match self.screen() {
            Screen::Backlog if self.focus == Focus::Refine => return vec![(Focus::Refine, body)],
            Screen::Backlog if self.focus == Focus::Editor => {
                (Focus::List, Focus::Editor, body.width * 2 / 5)
            }
            Screen::Backlog => (Focus::List, Focus::Story, body.width * 3 / 5),
            Screen::Review if self.focus == Focus::Editor => (Focus::Queue, Focus::Editor, 36),
            Screen::Review => (Focus::Queue, Focus::Sheet, 36),
            Screen::Discovery => return vec![(Focus::Discovery, body)],
            Screen::Insights => return vec![(Focus::Insights, body)],
            Screen::Settings => return vec![(Focus::Settings, body)],
        };
        if body.width < WIDE {
            return vec![(self.focus, body)];
        }
        let left = Rect {
            width: list_width,
            ..body
        };
        let right = Rect {
            x: body.x + list_width,
            width: body.width - list_width,
            ..body
        };
        vec![(list, left), (beside, right)]
    }

    /// The notice and the greeting below it, each in as many rows as it needs: a sentence that stops in the middle helps
    /// nobody.
    fn notice_lines(&self, width: u16) -> Vec<(String, Tone)> {
        let room = usize::from(width).saturating_sub(2);
        let notice = self.notice.iter();
        let notice = notice.map(|notice| (notice.text.as_str(), notice.tone));
        let greeting = self.greeting.iter().map(|text| (text.as_str(), Tone::News));
        notice
            .chain(greeting)
            .flat_map(|(said, tone)| {
                notice_rows(said, room)
                    .into_iter()
                    .map(move |row| (row, tone))
            })
            .collect()
    }

    fn draw_footer(&mut self, area: Rect, said: &[(String, Tone)], buf: &mut Buffer) {
        let theme = self.setting.theme;
        if !said.is_empty() {
            for ((line, tone), row) in said.iter().zip(area.rows()) {
                let style = match tone {
                    Tone::News => theme.good(),
                    Tone::Refusal => theme.warn(),
                    Tone::Failure => theme.bad(),
                };
                Line::styled(format!(" {line}"), style).render(row, buf);
            }
            return;
        }
        let groups = docs::footer(self.chain(), usize::from(area.width), theme.spelling());
        let focus = self.focus;
        let mut spans = vec![Span::raw(" ")];
        for (index, group) in groups.iter().enumerate() {
            let refused = self.overlays.is_empty()
                && group.keys.iter().all(|(_, action)| {
                    self.in_pane(focus, |pane, cx| pane.refuses(*action, cx).is_some())
                });
            let gap = if index == 0 { "" } else { "  " };
            let keys = if refused { theme.dim() } else { theme.accent() };
            spans.push(Span::styled(format!("{gap}{}", group.keys_text()), keys));
            spans.push(Span::styled(format!(" {}", group.label), theme.dim()));
        }
        Line::from(spans).render(area, buf);
    }

    fn draw_welcome(&self, area: Rect, buf: &mut Buffer) {
        let theme = self.setting.theme;
        let key = |key: &'static str, does: &'static str| {
            Line::from(vec![
                Span::styled(format!("{key}   "), theme.accent()),
                Span::raw(does),
            ])
        };
        let lines = [
            Line::styled("Welcome to backstory", theme.strong()),
            Line::default(),
            Line::raw("A backlog of stories, each with its backstory."),
            Line::default(),
            key("n", "name your product and start"),
            key("i", "import a file: text, CSV or JSON"),
            key("d", "open the demo and look around"),
            Line::default(),
            key("q", "quit"),
        ];
        let width = 46.min(area.width.saturating_sub(2));
        let x = area.x + (area.width - width) / 2;
        let top = usize::from(area.height).saturating_sub(lines.len()) / 3;
        for (line, row) in lines.into_iter().zip(area.rows().skip(top)) {
            line.render(Rect { x, width, ..row }, buf);
        }
    }

    /// Lets something read the backlog, an empty one where none is open.
    fn with_backlog<R>(&self, task: impl FnOnce(&Cx) -> Option<R>) -> Option<R> {
        let empty;
        let world = match &self.stage {
            Stage::Open(world) => world.as_ref(),
            Stage::Welcome | Stage::Loading(..) => {
                empty = super::world::no_world()?;
                &empty
            }
        };
        task(&world.cx(self.now, &self.setting, self.rooms.backlog.selected()))
    }
}

/// The program's name and the product's; where there is little room, people know which program this is.
fn heading(product: &str, room: usize, theme: Theme) -> String {
    let whole = format!(" backstory {} {product}", theme.dot());
    if text::width(&whole) <= room {
        return whole;
    }
    text::truncate(&format!(" {product}"), room).into_owned()
}

/// The screens and what their tabs say; the review's says how many stories wait, and the settings' is left out where
/// there is little room.
fn tabs(waiting: usize, width: u16) -> Vec<(Screen, String)> {
    let review = match waiting {
        0 => "2 Review".to_owned(),
        some => format!("2 Review {some}"),
    };
    let mut tabs = vec![
        (Screen::Backlog, "1 Backlog".to_owned()),
        (Screen::Review, review),
        (Screen::Discovery, "3 Discovery".to_owned()),
        (Screen::Insights, "4 Insights".to_owned()),
    ];
    if width >= WIDE {
        tabs.push((Screen::Settings, "5 Settings".to_owned()));
    }
    tabs
}

/// Leaves nothing in the cells that a plain terminal could not draw.
fn spell_out(buf: &mut Buffer) {
    for cell in &mut buf.content {
        if !cell.symbol().is_ascii() {
            let plain = match cell.symbol() {
                "…" => ".",
                "·" | "–" | "—" => "-",
                "“" | "”" | "„" => "\"",
                "‘" | "’" => "'",
                _ => "?",
            };
            cell.set_symbol(plain);
        }
    }
}

/// How far saving has come, in a word.
fn saving_word(saving: &Saving, theme: Theme) -> (&'static str, Style) {
    if saving.has_failed() {
        ("not saved", theme.bad())
    } else if saving.is_unsaved() {
        ("saving", theme.warn())
    } else {
        ("saved", theme.dim())
    }
}

/// A sentence in as many rows as it may take.
fn notice_rows(said: &str, room: usize) -> Vec<String> {
    let mut rows = text::rows(said, room);
    if rows.len() > NOTICE_ROWS {
        rows.truncate(NOTICE_ROWS);
        if let Some(last) = rows.last_mut() {
            *last = text::truncate(&format!("{last} …"), room).into_owned();
        }
    }
    rows
}

fn draw_loading(read: usize, of: usize, area: Rect, buf: &mut Buffer) {
    let said = if of == 0 {
        "Opening the backlog".to_owned()
    } else {
        format!("Reading {read} of {of} stories")
    };
    let row = Rect {
        y: area.y + area.height / 2,
        height: 1,
        ..area
    };
    Line::raw(said).centered().render(row, buf);
}
