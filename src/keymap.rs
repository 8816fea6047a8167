//! keymap (in the making).
