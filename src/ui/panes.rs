//! The rooms of the screen, one file each.

pub mod acts;
pub mod backlog;
pub mod discovery;
pub mod editor;
pub mod forecast;
pub mod insights;
pub mod refine;
pub mod review;
pub mod settings;
pub mod story;
