//! The screen: panes, overlays and the app that owns them.
//!
//! Invariants: this layer knows the model and the keymap, never the disk, the environment or the clock; what it needs
//! of them comes in as [`Input`], what it wants done goes out as [`Request`]. Panes and overlays ask (with
//! [`Effect`]s), the app acts. What one frame costs depends on the screen's height, not on the backlog's length.

pub mod app;
pub mod effect;
pub mod findings;
pub mod overlays;
pub mod pane;
pub mod panes;
pub mod search;
mod suggest;
pub mod text;
pub mod theme;
pub mod typing;
pub mod widgets;

pub use app::App;
pub use effect::{Effect, Focus, Input, Notice, Opened, Pointer, Request, Screen};
pub use pane::{Cx, Pane};
pub use theme::Theme;
