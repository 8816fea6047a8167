//! backstory: a terminal backlog manager for product owners.
//!
//! A library and a thin binary; no async, one thread that owns all state, helpers that come back as events.
//!
//! # The map
//!
//! | module | what it is | it never knows |
//! |---|---|---|
//! | [`model`] | products, problems, stories, their one order, workflow, reviews, history, queries | disk, terminal, clock, any other module |
//! | [`language`] | story sentences taken apart | disk, terminal |
//! | [`exchange`] | import and export, one file a format | disk, terminal, the store |
//! | [`store`] | files, journal, lock, merge, watch | the screen |
//! | [`keymap`] | the one table of actions, and what is computed from it | everything else here |
//! | [`ui`] | panes, overlays, widgets, the app | disk, environment, clock |
//! | [`cli`] | one file a command | the screen's inside |
//! | [`command`] | a command of the user's, run with a limit, as evidence | who asked |
//! | [`runtime`] | terminal, events, the loop | the rules of the domain |
//!
//! `tests/it/tidy.rs` reads the sources and fails where a module names what it must not know.
//!
//! # The laws
//!
//! - Every change goes through [`model::Backlog::apply`], which answers with what it changed, before and after, or with
//!   a [`model::Refusal`]. Undo is those answers turned round; the command line uses the same door.
//! - [`model::Backlog::may`] alone says whether a step is allowed and why not: it greys rows, fills the palette's
//!   reasons, guards `apply`, and speaks on the command line.
//! - One table ([`keymap::action`]) makes dispatch, footer, help, palette and the README's key tables.
//! - Panes and overlays ask (with [`ui::Effect`]s), the app acts. The selection is a story's id, never an index.
//! - What one frame costs depends on the screen's height. Nothing waits for the disk before the next frame.
//! - An act is a line of the journal, synced, before it touches a file; *saved* is said only after that.
//!
//! # The way of one key (`a` in the review)
//!
//! 1. `runtime::events` reads it and makes it a [`keymap::Key`].
//! 2. [`ui::App::handle`] asks whoever has the keys for its chain of scopes; [`keymap::resolve()`] makes it an action.
//! 3. [`ui::App::act`], the one door, hands it to the sheet, which reads the model and answers with an effect: apply
//!    *accept WEB-12*.
//! 4. [`model::History::perform`] calls `Backlog::apply`. Refused: a notice. Allowed: the act goes on the undo stack,
//!    every pane follows the changed backlog, and a request to save leaves.
//! 5. The writer's thread takes the lock, compares, writes the journal line and the file, and reports; meanwhile the
//!    next frame is long drawn. Its report makes the header say *saved*.
//!
//! # Where to add what
//!
//! - A key or command of the screen: a row in [`keymap::action`], an arm in the pane that owns it.
//! - A rule of the workflow: [`model::workflow`] and `model/backlog/steps.rs`; its sentence: [`model::refusal`].
//! - A field of a story: [`model::story`], [`model::Edit`], the editor's form, import and export.
//! - A field of a problem: [`model::problem`], [`model::ProblemEdit`]. What follows from the links: [`model::thread`].
//! - A word of the query: `model/query/parse.rs` and `test.rs`.
//! - A sort of news of "since last time": [`model::since`], what it compares in `model/since/memory.rs`.
//! - A format: a file in `exchange`. A command: a file in `cli`. A language of sentences: a file in
//!   `language/sentence`.
#![cfg_attr(
    test,
    expect(clippy::unwrap_used, reason = "a test that fails should say where")
)]

pub mod cli;
pub mod command;
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
