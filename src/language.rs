//! What the program understands of people's words: story sentences, and whether a story is written so that a team can act on it.
//! This layer works on text and the model alone; it knows neither files nor the terminal.

pub mod again;
pub mod alike;
pub mod capture;
pub mod heard;
pub mod lint;
pub mod rewording;
pub mod scenario;
pub mod sentence;
pub mod split;
