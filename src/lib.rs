//! backstory: a terminal backlog manager for product owners.
#![cfg_attr(
    test,
    expect(clippy::unwrap_used, reason = "a test that fails should say where")
)]

pub mod cli;
pub mod demo;
pub mod exchange;
pub mod harmless;
pub mod keymap;
pub mod language;
pub mod model;
pub mod paths;
pub mod runtime;
pub mod store;
pub mod ui;
