//! The one integration test binary.
#![expect(clippy::unwrap_used, reason = "a test that fails should say where")]

mod keys;
mod sentences;
