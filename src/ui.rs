//! ui (in the making).

pub mod text;
pub mod widgets;
