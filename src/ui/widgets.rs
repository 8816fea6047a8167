//! Pieces of screen that several panes and overlays share; they know neither the model nor the keys.

pub mod bars;
pub mod page;
pub mod pane_frame;
pub mod plot;
pub mod rewording;
pub mod text_area;
pub mod viewport;
