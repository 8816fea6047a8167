//! store (in the making).
