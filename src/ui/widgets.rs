//! Pieces of screen that several panes and overlays share; they know neither the model nor the keys.

pub mod page;
pub mod text_area;
pub mod viewport;
