//! What several tests share.

pub(crate) mod driver;
pub(crate) mod review;
pub(crate) mod world;
