//! The forecast: how fast the team is, and in which iteration a story is to be expected.
//!
//! Invariants: it reads what stories weigh and when they were accepted, and changes nothing; the same backlog, moment
//! and zone give the same forecast.

mod pace;

pub use pace::{Basis, Pace, Past, Velocity};
