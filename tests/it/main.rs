//! The one integration test binary.
#![expect(clippy::unwrap_used, reason = "a test that fails should say where")]

mod acceptance;
mod backlog_pane;
mod blockers;
mod blockers_pane;
mod capturing;
mod cli;
mod compare;
mod crash;
mod desk;
mod editor_pane;
mod evidence;
mod findings;
mod forecast;
mod insights_pane;
mod journeys;
mod keys;
mod laws;
mod ledger;
mod lint;
mod looks;
mod naughty;
mod placing;
mod preview;
mod processes;
#[cfg(unix)]
mod pty;
mod query;
mod readiness;
mod readme;
mod refine;
mod review_look;
mod review_pane;
mod saving;
mod scores;
mod scoring;
mod sentences;
mod settings_pane;
mod sizes;
mod split;
mod store_contract;
mod support;
mod thread;
mod tidy;
mod views;
mod workflow;
