//! What several tests share.

pub(crate) mod driver;
#[cfg(unix)]
pub(crate) mod pty;
pub(crate) mod review;
pub(crate) mod world;
