//! The keyboard: one table of actions, and everything that is computed from it.
//!
//! Dispatch ([`resolve()`]), the footer, help, the palette and the README's key table all read the
//! rows of [`action`]; there is no second list of keys anywhere.
//!
//! Invariants: this module knows crossterm's key types and nothing else of the program; it never
//! mentions the model, the screen or the disk. Nobody outside of it compares keys.

pub mod action;
pub mod docs;
pub mod key;
pub mod resolve;
pub mod scope;

pub use action::Action;
pub use key::{Key, Spelling};
pub use resolve::{Resolved, resolve};
pub use scope::{Scope, chain};
