//! Which rows of a list are in sight.

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

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

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
