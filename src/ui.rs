//! ui (in the making).

pub mod text;
