//! ui (in the making).
