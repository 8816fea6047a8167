//! Which rows of the page the fields take, and which of them are in sight.

use ratatui::layout::Rect;

use super::field::Group;
use super::form::Form;

/// The columns of the labels at the left, where there is room.
const LABELS: u16 = 11;

/// Which part of the form is in sight, and where things were drawn.
#[derive(Debug)]
pub(super) struct View {
    pub(super) top: usize,
    pub(super) last_top: usize,
    /// Whether the cursor must be in sight; the wheel looks elsewhere until the next key.
    follows: bool,
    pub(super) drawn: Vec<(Rect, Hit)>,
}

/// What the mouse can point at.
#[derive(Clone, Copy, Debug)]
pub(super) enum Hit {
    /// A field, and where its text was drawn.
    Field(usize, Rect),
    /// A suggestion.
    Suggestion(usize),
}

/// The rows of one field on the page.
#[derive(Debug)]
pub(super) struct Place {
    pub(super) field: usize,
    /// Its first row, with the blank row and the heading before it.
    pub(super) start: usize,
    pub(super) heading: bool,
    /// The first row of its text.
    pub(super) text: usize,
    pub(super) rows: usize,
    /// How many rows of suggestions and remarks follow.
    pub(super) below: usize,
    /// The columns in front of the text.
    pub(super) indent: u16,
}

impl Default for View {
    fn default() -> Self {
        Self {
            top: 0,
            last_top: 0,
            follows: true,
            drawn: Vec::new(),
        }
    }
}

impl View {
    pub(super) fn follow_cursor(&mut self) {
        self.follows = true;
    }

    pub(super) fn scroll(&mut self, rows: i32) {
        let rows = isize::try_from(rows).unwrap_or(0);
        self.top = self.top.saturating_add_signed(rows).min(self.last_top);
        self.follows = false;
    }

    pub(super) fn at(&self, column: u16, row: u16) -> Option<Hit> {
        let mut drawn = self.drawn.iter();
        drawn
            .find(|(area, _)| area.contains((column, row).into()))
            .map(|(_, hit)| *hit)
    }

    /// Scrolls as little as possible, so that the field with the cursor is in sight, or at least the cursor.
    pub(super) fn settle(
        &mut self,
        place: Option<&Place>,
        cursor: usize,
        rows: usize,
        height: usize,
    ) {
        self.last_top = rows.saturating_sub(height);
        if let Some(place) = place.filter(|_| self.follows) {
            let whole = (place.start, place.end());
            let below = if cursor + 1 == place.rows {
                place.below
            } else {
                0
            };
            let row = place.text + cursor;
            let (from, to) = if whole.1 - whole.0 <= height {
                whole
            } else {
                (row, row + 1 + below.min(height.saturating_sub(1)))
            };
            self.top = self.top.min(from).max(to.saturating_sub(height));
        }
        self.top = self.top.min(self.last_top);
    }
}

impl Place {
    pub(super) const fn end(&self) -> usize {
        self.text + self.rows + self.below
    }
}

/// Where every field in sight or out of sight stands on the page.
pub(super) fn lay_out(form: &mut Form, width: u16, below: usize) -> Vec<Place> {
    let mut places: Vec<Place> = Vec::new();
    let mut row = 0;
    let mut before = None;
    let digits = form.digits();
    for at in 0..form.fields.len() {
        if form.is_hidden(at) {
            continue;
        }
        let below = if at == form.focus { below } else { 0 };
        let Some(field) = form.fields.get_mut(at) else {
            continue;
        };
        let group = field.group;
        let indent = indent(group, digits, width);
        let is_first = before != Some(group);
        let heading = is_first && group.has_heading();
        let gap = heading || (is_first && matches!(group, Group::Persona | Group::Estimate));
        let start = row;
        let text = start + usize::from(gap) + usize::from(heading);
        let rows = if group == Group::Kind {
            1
        } else {
            field.area.fit(width.saturating_sub(indent))
        };
        let place = Place {
            field: at,
            start,
            heading,
            text,
            rows,
            below,
            indent,
        };
        row = place.end();
        before = Some(group);
        places.push(place);
    }
    places
}

/// The columns in front of a field's text: the bar, and the label or number.
pub(super) fn indent(group: Group, digits: usize, width: u16) -> u16 {
    let wanted = match group {
        Group::Criteria => u16::try_from(digits).unwrap_or(1) + 3,
        Group::Questions => 4,
        Group::Notes => 1,
        _ => LABELS + 1,
    };
    wanted.min(width / 3).max(1)
}
