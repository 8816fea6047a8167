//! Which rows of a list are in sight, and how one walks along them.

use crate::keymap::Action;

/// The rows in sight: the first of them, and how many there are.
#[derive(Clone, Copy, Debug, Default)]
pub struct Viewport {
    top: usize,
    height: usize,
}

impl Viewport {
    /// Takes the height of this frame and scrolls as little as possible so that a row is in sight, with a row or two
    /// around it where there is room. Answers the first row in sight.
    pub fn show(&mut self, at: usize, len: usize, height: u16) -> usize {
        self.height = usize::from(height);
        if self.height == 0 {
            return self.top;
        }
        let margin = (self.height / 6).min(2);
        let lowest = at.saturating_sub(margin);
        let highest = (at + margin + 1).saturating_sub(self.height);
        self.top = self
            .top
            .min(lowest)
            .max(highest)
            .min(len.saturating_sub(self.height));
        self.top
    }

    /// The first row in sight.
    pub const fn top(&self) -> usize {
        self.top
    }

    /// How many rows were in sight in the last frame.
    pub const fn height(&self) -> usize {
        self.height
    }

    /// Shows the first row.
    pub const fn to_top(&mut self) {
        self.top = 0;
    }
}

/// The row that a walking action leads to from another one, with pages of a height; `None` when it is no such action.
pub fn walk(action: Action, at: usize, page: usize, last: usize) -> Option<usize> {
    let to = match action {
        Action::Up => at.saturating_sub(1),
        Action::Down => at + 1,
        Action::PageUp => at.saturating_sub(page),
        Action::PageDown => at + page,
        Action::First => 0,
        Action::Last => last,
        _ => return None,
    };
    Some(to.min(last))
}

/// Whether an action walks along a list.
pub fn is_walk(action: Action) -> bool {
    walk(action, 0, 1, 0).is_some()
}

/// The first row in sight, scrolled as little as possible so that a row of a list with headings is in sight together with
/// the row above it, which may be its heading.
pub fn with_heading(top: usize, at: usize, height: usize) -> usize {
    let above = at.saturating_sub(usize::from(height > 1));
    top.min(above).max((at + 1).saturating_sub(height))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn a_row_is_in_sight_with_its_heading() {
        assert_eq!(with_heading(9, 5, 4), 4, "the heading above it");
        assert_eq!(with_heading(0, 5, 4), 2, "as little as possible");
        assert_eq!(with_heading(3, 5, 4), 3, "where it is in sight already");
        assert_eq!(with_heading(9, 5, 1), 5, "no room for both");
        assert_eq!(with_heading(9, 0, 4), 0);
    }

    #[test]
    fn one_walks_by_rows_and_pages_and_stops_at_the_ends() {
        for (action, from, to) in [
            (Action::Up, 0, 0),
            (Action::Up, 5, 4),
            (Action::Down, 5, 6),
            (Action::Down, 9, 9),
            (Action::PageUp, 5, 1),
            (Action::PageUp, 2, 0),
            (Action::PageDown, 2, 6),
            (Action::PageDown, 7, 9),
            (Action::First, 7, 0),
            (Action::Last, 2, 9),
        ] {
            assert_eq!(walk(action, from, 4, 9), Some(to), "{action:?} {from}");
        }
        assert_eq!(walk(Action::Open, 2, 4, 9), None);
    }

    proptest! {
        #[test]
        fn the_row_is_always_in_sight(steps in prop::collection::vec((0usize..50, 1u16..20), 1..30)) {
            let mut view = Viewport::default();
            for (at, height) in steps {
                let top = view.show(at, 50, height);
                prop_assert!((top..top + usize::from(height)).contains(&at));
                prop_assert!(top + usize::from(height) <= 50 || top == 0);
            }
        }
    }
}
