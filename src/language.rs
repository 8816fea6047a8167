//! language (in the making).
