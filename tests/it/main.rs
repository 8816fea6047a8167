//! The one integration test binary.
#![expect(clippy::unwrap_used, reason = "a test that fails should say where")]

mod cli;
mod crash;
mod desk;
mod keys;
mod processes;
mod sentences;
mod store_contract;
